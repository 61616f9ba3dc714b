"""The dataset's description of itself, in VoID: what it holds, graph by graph.

In: the other graphs. Out: the triples of ``graph:description``. Everything is counted, nothing is
written by hand, so that it cannot drift.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from ..vocabulary import PREFIXES, expand

if TYPE_CHECKING:
    from .dataset import NamedGraph

__all__ = ["describe"]

TYPE = expand("rdf:type")


def describe(graphs: Iterable["NamedGraph"], description: NamedNode, base: str) -> Iterator[Triple]:
    """Yield the description of a dataset and of each of its graphs.

    :param description: the graph of the description itself, which is not counted.
    """
    dataset = NamedNode(f"{description.value}#dataset")
    yield _of(dataset, "rdf:type", NamedNode(expand("void:Dataset")))
    yield _of(dataset, "rdf:type", NamedNode(expand("dcat:Dataset")))
    yield _of(dataset, "void:uriSpace", Literal(base))
    parts = [(graph, _Tally(graph.triples)) for graph in graphs]
    whole = _Tally(())
    for _, tally in parts:
        whole.add(tally)
    yield from whole.told_of(dataset)
    for space in sorted(whole.vocabularies()):
        yield _of(dataset, "void:vocabulary", NamedNode(space))
    for graph, tally in parts:
        part = NamedNode(f"{description.value}#{graph.name}")
        yield _of(dataset, "void:subset", part)
        yield _of(part, "rdf:type", NamedNode(expand("void:Dataset")))
        yield _of(part, "dcterms:subject", graph.iri)
        for language, title in graph.source.title.items():
            yield _of(part, "rdfs:label", Literal(title, language=language))
        if graph.source.licence:
            yield _of(part, "dcterms:license", NamedNode(graph.source.licence))
        yield from tally.told_of(part)


class _Tally:
    """Counts triples and the distinct terms in each place."""

    def __init__(self, triples: Sequence[Triple]) -> None:
        self.triples = len(triples)
        self.subjects: set[object] = set()
        self.predicates: set[NamedNode] = set()
        self.objects: set[object] = set()
        self.classes: set[object] = set()
        type_ = NamedNode(TYPE)
        for subject, predicate, value in triples:
            self.subjects.add(subject)
            self.predicates.add(predicate)
            self.objects.add(value)
            if predicate == type_:
                self.classes.add(value)

    def add(self, other: "_Tally") -> None:
        """Count what another has counted too."""
        self.triples += other.triples
        self.subjects |= other.subjects
        self.predicates |= other.predicates
        self.objects |= other.objects
        self.classes |= other.classes

    def told_of(self, node: NamedNode) -> Iterator[Triple]:
        """Yield the counts, as they are said of a dataset."""
        yield _of(node, "void:triples", _integer(self.triples))
        yield _of(node, "void:distinctSubjects", _integer(len(self.subjects)))
        yield _of(node, "void:distinctObjects", _integer(len(self.objects)))
        yield _of(node, "void:properties", _integer(len(self.predicates)))
        yield _of(node, "void:classes", _integer(len(self.classes)))

    def vocabularies(self) -> set[str]:
        """Return the namespaces of the predicates and classes in use."""
        terms = {term.value for term in self.predicates}
        terms |= {term.value for term in self.classes if isinstance(term, NamedNode)}
        spaces = sorted(PREFIXES.values(), key=len, reverse=True)
        found = (next((s for s in spaces if term.startswith(s)), "") for term in terms)
        return {space for space in found if space}


def _of(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Triple:
    return Triple(subject, NamedNode(expand(predicate)), value)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(PREFIXES["xsd"] + "integer"))
