"""The dataset of a release: every named graph, files and computed ones, under one base.

In: a checked project. Out: graphs with their triples, and the canonical N-Quads they make.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, Triple

from ..queries import SavedQuery, load_queries
from .catalogue import catalogue
from .describe import describe
from .project import GraphFile, Project
from .rebase import Rebase

__all__ = ["NamedGraph", "assemble", "canonical_quads"]


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
            triples = tuple(describe(others, graph.iri, rebase.base))
            graphs[place] = NamedGraph(graph.iri, graph.source, triples)
    return sorted(graphs, key=lambda graph: graph.iri.value)


def _published(graph: GraphFile, triples: Sequence[Triple], rebase: Rebase) -> NamedGraph:
    moved = tuple(dict.fromkeys(map(rebase.triple, triples)))
    return NamedGraph(rebase.iri(graph.iri), graph, moved)


def _content(project: Project, graph: GraphFile, queries: Iterable[SavedQuery]) -> Sequence[Triple]:
    if graph.role == "InferredGraph":
        return project.inferred
    if graph.role == "CatalogueGraph":
        return catalogue(queries)
    return graph.triples


def canonical_quads(graphs: Iterable[NamedGraph]) -> bytes:
    """Return a dataset as canonical N-Quads (RDFC-1.0), sorted by code point."""
    quads = [Quad(t.subject, t.predicate, t.object, g.iri) for g in graphs for t in g.triples]
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset)).encode()
