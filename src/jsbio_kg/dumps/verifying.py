"""Verifying a release: everything its manifest says, worked out again.

In: a release. Out: what differs, by name, all of it; nothing when all is as stated.
"""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Set
from dataclasses import asdict
from pathlib import Path

from .. import __version__
from ..i18n import Message, message
from ..release import MANIFEST, Manifest, Release, ReleaseDump
from .canonical import canonical_lines, read_dump, sha256_of
from .content import Content
from .dcat import describe
from .declared import Difference, compared, declared_otherwise
from .formats import FORMATS
from .releasing import DATASET, DCAT, stated_dumps
from .remade import is_remade

__all__ = ["Difference", "verify"]

#: Told before each step: how many are done, how many there are, what comes now.
Progress = Callable[[int, int, Message], None]
#: Caches that others keep beside a release.
CACHES = ("store", "search")


def verify(root: Path, progress: Progress) -> list[Difference]:
    """Return everything in which a release differs from its manifest.

    :raises ReleaseError: when there is no manifest to compare with.
    """
    release = Release.unchecked(root)
    manifest = release.manifest
    steps = len(manifest.dumps) + 2
    progress(0, steps, message("files"))
    found = [*_files(release), *_extra(release)]
    broken = {difference.where for difference in found}
    found += _form(root, manifest)
    progress(1, steps, message("dataset"))
    if DATASET not in broken:
        found += _of_dataset(Content.of(release.dataset, manifest), root, broken)
    for done, dump in enumerate(manifest.dumps, start=2):
        progress(done, steps, message("%(file)s", file=dump.file))
        if dump.file not in broken:
            found += _dump(root, dump)
    if DCAT not in broken:
        found += _described(root, manifest)
    progress(steps, steps, message("done"))
    return found


def _form(root: Path, manifest: Manifest) -> Iterator[Difference]:
    """Compare the manifest with how it would be written: what else it says, nobody can check."""
    stated: dict[str, object] = json.loads((root / MANIFEST).read_bytes())
    written: dict[str, object] = json.loads(manifest.to_json())
    for name, value in stated.items():
        if name not in written or json.dumps(value) != json.dumps(written[name]):
            yield Difference(
                MANIFEST, message("The member %(name)r is not as a manifest has it.", name=name)
            )


def _of_dataset(content: Content, root: Path, broken: Set[str]) -> Iterator[Difference]:
    """Compare what is said and what is made of the dataset with the dataset itself."""
    yield from _dataset(content)
    yield from declared_otherwise(content)
    held = {line[line.rfind(b" ", 0, -3) + 1 : -3] for line in content.lines()}
    if held <= {f"<{graph.iri}>".encode() for graph in content.graphs}:
        yield from _stated(content)
        yield from _remade(content, root, broken)


def _remade(content: Content, root: Path, broken: Set[str]) -> Iterator[Difference]:
    """Make what is no RDF again; another version of the software may make it otherwise."""
    manifest = content.manifest
    for dump in manifest.dumps if manifest.software_version == __version__ else ():
        if dump.canonical_sha256 or dump.file in broken:
            continue
        is_known = dump.holds == "context" or dump.format in FORMATS
        if is_known and not is_remade(content, dump, root / dump.file):
            yield Difference(dump.file, message("It does not hold what the dataset gives."))


def _files(release: Release) -> Iterator[Difference]:
    names = set(release.manifest.files)
    for needed in (DATASET, DCAT, *(dump.file for dump in release.manifest.dumps)):
        if needed not in names:
            yield Difference(needed, message("The manifest does not list it."))
    for name, entry in release.manifest.files.items():
        path = release.root / name
        if not path.resolve().is_relative_to(release.root.resolve()):
            yield Difference(name, message("It names %(name)r, outside itself.", name=name))
            continue
        if not path.is_file():
            yield Difference(name, message("The file is missing."))
            continue
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = path.stat().st_size
        if (size, digest) != (entry.bytes, entry.sha256):
            yield Difference(
                name,
                message(
                    "Stated: %(bytes)d bytes, SHA-256 %(sha256)s; found: %(size)d, %(digest)s.",
                    bytes=entry.bytes,
                    sha256=entry.sha256,
                    size=size,
                    digest=digest,
                ),
            )


def _extra(release: Release) -> Iterator[Difference]:
    known = {MANIFEST, *release.manifest.files}
    for path in sorted(release.root.rglob("*")):
        name = path.relative_to(release.root).as_posix()
        first = name.partition("/")[0]
        if path.is_file() and name not in known and first not in CACHES and first[0] != ".":
            yield Difference(name, message("The manifest does not list it."))


def _dataset(content: Content) -> Iterator[Difference]:
    """Compare versions, counts and the list of graphs with the dataset itself."""
    manifest = content.manifest
    quads = list(content.quads())
    lines = canonical_lines(quads)
    yield from compared("dataset_version", manifest.dataset_version, sha256_of(lines))
    yield from compared("triples", manifest.triples, len(quads))
    if content.path.read_bytes() != "".join(lines).encode():
        yield Difference(content.path.name, message("It is not canonical N-Quads."))
    counts = Counter(quad.graph_name.value for quad in quads if hasattr(quad.graph_name, "value"))
    for graph in manifest.graphs:
        yield from compared(graph.iri, graph.triples, counts.pop(graph.iri, 0))
    for iri, count in sorted(counts.items()):
        yield from compared(iri, 0, count)
    yield from compared("default_graphs", manifest.default_graphs, _default(manifest))


def _default(manifest: Manifest) -> tuple[str, ...]:
    return tuple(graph.iri for graph in manifest.graphs if graph.default)


def _dump(root: Path, dump: ReleaseDump) -> Iterator[Difference]:
    """Read a dump back and compare its content with what is stated."""
    if dump.format == "facts-csv":
        with (root / dump.file).open(encoding="utf-8", newline="") as stream:
            yield from compared(dump.file, dump.triples, sum(1 for _ in csv.reader(stream)) - 1)
    if not dump.canonical_sha256 or dump.format not in FORMATS:
        return
    try:
        quads = read_dump(root / dump.file, dump.format)
    except (SyntaxError, OSError) as error:
        reason = str(error)[:200]
        yield Difference(dump.file, message("It cannot be read: %(reason)s.", reason=reason))
        return
    lines = canonical_lines(quads)
    yield from compared(dump.file, dump.triples, len(lines))
    yield from compared(dump.file, dump.canonical_sha256, sha256_of(lines))


def _stated(content: Content) -> Iterator[Difference]:
    """Compare what is stated of the dumps with what the dataset makes of them."""
    stated = {dump.file: dump for dump in content.manifest.dumps}
    single = ("graph", "context")
    forms = [
        (dump.file, dump.format)
        for dump in stated.values()
        if dump.holds not in single and dump.file != DATASET and dump.format in FORMATS
    ]
    for dump in stated_dumps(content, forms):
        other = stated.pop(dump.file, None)
        if other is None:
            yield Difference(dump.file, message("The manifest does not describe it."))
            continue
        for name, value in asdict(dump).items():
            yield from compared(f"{dump.file} {name}", asdict(other)[name], value)
    for name in stated:
        yield Difference(name, message("The manifest describes it as no form that is known."))


def _described(root: Path, manifest: Manifest) -> Iterator[Difference]:
    """Compare the description in DCAT with the manifest."""
    try:
        is_same = (root / DCAT).read_text("utf-8") == describe(manifest)
    except (KeyError, ValueError):  # the manifest cannot be described as it is
        is_same = False
    if not is_same:
        yield Difference(DCAT, message("It does not say what the manifest says."))
