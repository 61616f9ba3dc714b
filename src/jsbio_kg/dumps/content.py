"""What a dump is made from: sorted canonical N-Quads, read in a stream, graph by graph or whole.

The order of the lines is the order of everything that is written, so that the same dataset gives
the same bytes. Nothing is held in memory but a batch of lines; what goes graph by graph reads each
from a file of its own, see :mod:`~jsbio_kg.dumps.parts`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Self

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from ..errors import NotFound
from ..i18n import message
from ..release import Manifest, ReleaseGraph
from .parts import Parts

__all__ = ["Content", "Node", "Tick", "as_triple", "nodes_of", "parse_lines"]

Node = NamedNode | BlankNode | Literal

#: Told how many quads were read since it was told last.
Tick = Callable[[int], None]

BATCH: Final = 8192


def _silent(_: int) -> None:
    """Report nothing."""


@dataclass(frozen=True)
class Content:
    """A dataset, or some of its graphs.

    :param path: N-Quads, one a line, sorted by code point, blank nodes canonically named.
    :param graphs: the graphs to take, by IRI.
    :param parts: the same lines, one file a graph.
    :param every_graph: whether these are all there are.
    """

    path: Path
    graphs: tuple[ReleaseGraph, ...]
    manifest: Manifest
    parts: Parts
    every_graph: bool = True
    tick: Tick = field(default=_silent, compare=False)

    @classmethod
    def of(cls, path: Path, manifest: Manifest) -> Self:
        """Take a whole dataset."""
        return cls(path, _by_iri(manifest), manifest, Parts(path))

    def whole(self) -> Self:
        """Take all graphs again, and report nothing."""
        graphs = _by_iri(self.manifest)
        return replace(self, graphs=graphs, every_graph=True, tick=_silent)

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Return the namespaces by prefix."""
        return self.manifest.prefixes

    @property
    def size(self) -> int:
        """Return how many quads the graphs hold."""
        return sum(graph.triples for graph in self.graphs)

    def narrowed(self, names: Iterable[str]) -> Self:
        """Take some graphs only, named by IRI or by last part; ``default`` names what a query sees.

        :raises NotFound: when there is no such graph.
        """
        wanted: set[str] = set()
        for name in names:
            found = {graph.iri for graph in self.graphs if _answers_to(graph, name)}
            if not found:
                raise NotFound(
                    message("There is no graph %(name)r.", name=name),
                    "--graph",
                    message(
                        "Name one of: default, %(names)s.",
                        names=", ".join(_name(graph) for graph in self.graphs),
                    ),
                )
            wanted |= found
        kept = tuple(graph for graph in self.graphs if graph.iri in wanted)
        return replace(self, graphs=kept, every_graph=len(kept) == len(self.graphs))

    def reporting(self, tick: Tick) -> Self:
        """Report what is read."""
        return replace(self, tick=tick)

    def of_role(self, *roles: str) -> list[ReleaseGraph]:
        """Return the graphs of some roles."""
        return [graph for graph in self.graphs if graph.role in roles]

    def lines(self, graph: str | None = None) -> Iterator[bytes]:
        """Yield the lines of one graph, or of all that were taken."""
        read = 0
        for line in self.parts.of(graph) if graph else self._lines():
            yield line
            read += 1
            if read == BATCH:
                self.tick(read)
                read = 0
        self.tick(read)

    def _lines(self) -> Iterator[bytes]:
        wanted = tuple(f" <{graph.iri}> .\n".encode() for graph in self.graphs)
        with self.path.open("rb") as stream:
            for line in stream:
                if self.every_graph or line.endswith(wanted):
                    yield line

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Yield the quads of one graph, or of all that were taken, in the order of the lines."""
        return parse_lines(self.lines(graph))

    def triples(self, graph: str) -> Iterator[Triple]:
        """Yield the triples of one graph."""
        return (as_triple(quad) for quad in self.quads(graph))

    def union(self) -> Iterator[Triple]:
        """Yield the triples of all graphs that were taken, each once.

        Lines that differ in their graph only stand next to each other.
        """
        last: Triple | None = None
        for quad in self.quads():
            triple = as_triple(quad)
            if triple != last:
                last = triple
                yield triple


def parse_lines(lines: Iterable[bytes]) -> Iterator[Quad]:
    """Yield the quads of N-Quads lines, the names of blank nodes as written."""
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield from parse(b"".join(batch), RdfFormat.N_QUADS)
            batch.clear()
    if batch:
        yield from parse(b"".join(batch), RdfFormat.N_QUADS)


def as_triple(quad: Quad) -> Triple:
    """Return the triple of a quad."""
    return Triple(quad.subject, quad.predicate, quad.object)


def nodes_of(triple: Triple) -> tuple[NamedNode | BlankNode, NamedNode, Node]:
    """Return the terms of a triple of RDF 1.1."""
    subject, value = triple.subject, triple.object
    assert not isinstance(subject, Triple) and not isinstance(value, Triple)
    return subject, triple.predicate, value


def _by_iri(manifest: Manifest) -> tuple[ReleaseGraph, ...]:
    return tuple(sorted(manifest.graphs, key=lambda graph: graph.iri))


def _name(graph: ReleaseGraph) -> str:
    return graph.iri.rpartition("/")[2]


def _answers_to(graph: ReleaseGraph, name: str) -> bool:
    if name == "default":
        return graph.default
    return name in (graph.iri, _name(graph), f"graph:{_name(graph)}")
