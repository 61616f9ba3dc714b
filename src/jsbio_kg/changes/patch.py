"""Changes as RDF Patch, and back.

In: changes. Out: the text, one change a line (https://afs.github.io/rdf-patch/). Blank nodes are
called by the names they have in the canonical N-Quads of the old version, which is what the patch
is applied to.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad, RdfFormat, parse

from ..errors import SourceError
from ..i18n import message
from .changes import Changes

__all__ = ["apply_patch", "rdf_patch"]

#: What names a version in the head of a patch.
VERSION = "urn:x-jsbio:dataset:"


def rdf_patch(changes: Changes) -> Iterator[str]:
    """Yield the lines of the patch."""
    yield f"H id <{VERSION}{changes.new.sha256}> .\n"
    yield f"H prev <{VERSION}{changes.old.sha256}> .\n"
    yield "TX .\n"
    for quad in changes.removed:
        yield f"D {quad} .\n"
    for quad in changes.added:
        yield f"A {quad} .\n"
    yield "TC .\n"


def apply_patch(quads: Iterable[Quad], patch: str) -> set[Quad]:
    """Return what a patch makes of a dataset.

    :raises SourceError: when a line is none of a patch, or deletes what is not there.
    """
    held = set(quads)
    for number, line in enumerate(patch.split("\n"), start=1):
        code, _, rest = line.partition(" ")
        if code in ("H", "TX", "TC") or not line:
            continue
        quad = _quad(rest) if code in ("A", "D") else None
        if quad is None or (code == "D" and quad not in held):
            raise SourceError(
                message("The line %(line)r does not fit.", line=line[:120]),
                f"patch:{number}",
                message("Apply the patch to the version that it names in its head."),
            )
        if code == "A":
            held.add(quad)
        else:
            held.discard(quad)
    return held


def _quad(text: str) -> Quad | None:
    try:
        quads = list(parse(text, RdfFormat.N_QUADS))
    except SyntaxError:
        return None
    return quads[0] if len(quads) == 1 else None
