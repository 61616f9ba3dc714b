"""The forms of RDF that the engine writes: lines, RDF/XML, JSON-LD, and RDF 1.2.

All stream. The engine orders the prefixes of RDF/XML by chance; :class:`_Ordered` puts them in
order, so that the same dataset gives the same bytes.
"""

import re
from typing import IO, Final, cast

from pyoxigraph import RdfFormat, serialize

from .content import Content
from .reified import reified

__all__ = ["write_jsonld", "write_nquads", "write_ntriples", "write_rdf12", "write_rdfxml"]

DECLARATION: Final = re.compile(rb' (xmlns:[^=]+="[^"]*")')


def write_ntriples(content: Content, out: IO[bytes]) -> None:
    """Write the union of the graphs, one triple a line."""
    for triple in content.union():
        out.write(f"{triple} .\n".encode())


def write_nquads(content: Content, out: IO[bytes]) -> None:
    """Write the graphs, one quad a line: canonical, when all graphs are taken."""
    for line in content.lines():
        out.write(line)


def write_rdf12(content: Content, out: IO[bytes]) -> None:
    """Write the graphs as N-Quads of RDF 1.2, each evidence record as a reified triple term."""
    for quad in reified(content.quads()):
        out.write(f"{quad} .\n".encode())


def write_rdfxml(content: Content, out: IO[bytes]) -> None:
    """Write the union of the graphs as RDF/XML."""
    prefixes = dict(content.prefixes)
    ordered = cast(IO[bytes], _Ordered(out))
    serialize(content.union(), output=ordered, format=RdfFormat.RDF_XML, prefixes=prefixes)


def write_jsonld(content: Content, out: IO[bytes]) -> None:
    """Write the graphs as expanded JSON-LD."""
    quads = (quad for graph in content.graphs for quad in content.quads(graph.iri))
    serialize(quads, output=out, format=RdfFormat.JSON_LD)


class _Ordered:
    """Passes on what is written, the declarations of the first element in order."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        """Write, once the first element has come to its end."""
        if self._head is None:
            self._out.write(data)
            return len(data)
        self._head += data
        start = self._head.find(b"<rdf:RDF")
        end = self._head.find(b">", start) if start >= 0 else -1
        if end >= 0:
            names = DECLARATION.findall(self._head[start:end])
            element = b"<rdf:RDF " + b" ".join(sorted(names))
            self._out.write(self._head[:start] + element + self._head[end:])
            self._head = None
        return len(data)

    def flush(self) -> None:
        """Flush what was passed on."""
        self._out.flush()
