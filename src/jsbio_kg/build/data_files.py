"""Reading files of RDF that are no part of a project, in any of the usual formats.

In: a path. Out: its triples, whatever graph they stand in, as a graph without a name of its own.
"""

import re
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ..errors import SourceError
from ..i18n import message
from .project import GraphFile
from .reading import read_text, read_turtle

__all__ = ["FORMATS", "DataFile", "read_data"]

PREFIX: Final = re.compile(r"^\s*@?prefix\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)

#: The formats by the ending of a file's name.
FORMATS: Final = {
    ".jsonld": RdfFormat.JSON_LD,
    ".n3": RdfFormat.N3,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".owl": RdfFormat.RDF_XML,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".xml": RdfFormat.RDF_XML,
}


class DataFile(GraphFile):
    """A file in anybody's layout, with anybody's prefixes."""

    def place(self, subject: str, predicate: str = "", value: str = "") -> str:
        """Return file and line where a subject is first written, or a predicate behind it."""
        at = self._find(subject, 0)
        if at < 0:
            return self.file
        behind = self._find(predicate, at) if predicate else -1
        line = self.text.count("\n", 0, behind if behind >= 0 else at) + 1
        return f"{self.file}:{line}"

    def _find(self, iri: str, start: int) -> int:
        """Return the offset of an IRI, in full or with a prefix of the file; -1 for none."""
        spaces = PREFIX.findall(self.text)
        short = [f"{name}:{iri[len(space) :]}" for name, space in spaces if iri.startswith(space)]
        names = "|".join(re.escape(name) for name in (f"<{iri}>", f'"{iri}"', *short))
        match = re.compile(rf"(?<![\w:]){'(?:' + names + ')'}(?![\w/:-])").search(self.text, start)
        return match.start() if match else -1


def read_data(path: Path) -> DataFile:
    """Return the triples of a file.

    :raises SourceError: when it is missing, its ending is not known, or it is not of its format.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise SourceError(
            message("The kind of file is not known by its ending."),
            str(path),
            message("Use a file that ends in one of: %(known)s.", known=", ".join(FORMATS)),
        )
    text = read_text(path)
    is_turtle = form is RdfFormat.TURTLE
    triples = read_turtle(text, str(path)) if is_turtle else _read(text, form, path)
    iri = NamedNode(path.absolute().as_uri())
    return DataFile(iri, "", str(path), {}, "", None, (), text, tuple(triples))


def _read(text: str, form: RdfFormat, path: Path) -> list[Triple]:
    base = path.absolute().as_uri()
    try:
        quads = list(parse(text, form, base_iri=base, rename_blank_nodes=True))
    except SyntaxError as error:
        place = f"{path}:{error.lineno}:{error.offset}" if error.lineno else str(path)
        raise SourceError(
            message("This is not %(format)s: %(reason)s.", format=form.name, reason=error.msg),
            place,
            message("Correct the text at or before this place."),
        ) from None
    return [quad.triple for quad in quads]
