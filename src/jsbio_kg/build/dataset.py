"""The dataset of a release: every named graph, files and computed ones, under one base.

In: a checked project. Out: graphs with their triples, and the canonical N-Quads they make.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from ..queries import SavedQuery, load_queries
from .catalogue import catalogue
from .describe import describe
from .project import GraphFile, Project
from .rebase import Rebase

__all__ = ["NamedGraph", "assemble", "canonical_lines", "canonical_quads"]


@dataclass(frozen=True)
class NamedGraph:
    """One graph of the dataset, as it is published.

    :param source: how the project declares it.
    """

    iri: NamedNode
    source: GraphFile
    triples: tuple[Triple, ...]

    @property
    def name(self) -> str:
        """Return the last part of its IRI, which names its file."""
        return self.iri.value.rpartition("/")[2]


def assemble(project: Project, rebase: Rebase) -> list[NamedGraph]:
    """Return all graphs by IRI; what is computed is computed here."""
    rebase.know_records(graph.triples for graph in project.of_role("EvidenceGraph"))
    queries = load_queries(project.root / "queries").values() if project.queries else ()
    graphs = [
        _published(graph, _content(project, graph, queries), rebase) for graph in project.graphs
    ]
    for place, graph in enumerate(graphs):
        if graph.source.role == "DescriptionGraph" and not graph.source.file:
            others = [other for other in graphs if other is not graph]
            triples = tuple(dict.fromkeys(describe(others, graph.iri, rebase.base)))
            graphs[place] = NamedGraph(graph.iri, graph.source, triples)
    return sorted(graphs, key=lambda graph: graph.iri.value)


def _published(graph: GraphFile, triples: Sequence[Triple], rebase: Rebase) -> NamedGraph:
    if graph.file and not rebase.moves:
        return NamedGraph(graph.iri, graph, graph.triples)
    moved = tuple(dict.fromkeys(map(rebase.triple, triples)))
    return NamedGraph(rebase.iri(graph.iri), graph, moved)


def _content(project: Project, graph: GraphFile, queries: Iterable[SavedQuery]) -> Sequence[Triple]:
    if graph.role == "InferredGraph":
        return project.inferred
    if graph.role == "CatalogueGraph":
        return catalogue(queries)
    return graph.triples


def canonical_lines(graphs: Iterable[NamedGraph]) -> list[bytes]:
    """Return a dataset as canonical N-Quads (RDFC-1.0), sorted by code point.

    Only where there are blank nodes is there anything to canonicalise: their names follow from the
    quads that they stand in, and from no others.
    """
    plain: list[bytes] = []
    blank: list[bytes] = []
    for graph in graphs:
        text = serialize(graph.triples, format=RdfFormat.N_TRIPLES) or b""
        lines = text.replace(b" .\n", f" {graph.iri} .\n".encode()).splitlines(keepends=True)
        if b"_:" in text:
            blank += (line for line in lines if b"_:" in line)
            lines = [line for line in lines if b"_:" not in line]
        plain += lines
    dataset = Dataset(parse(b"".join(blank), RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    plain += (f"{quad} .\n".encode() for quad in dataset)
    plain.sort()
    return plain


def canonical_quads(graphs: Iterable[NamedGraph]) -> bytes:
    """Return a dataset as canonical N-Quads in one piece."""
    return b"".join(canonical_lines(graphs))
