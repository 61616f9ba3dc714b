"""The dataset's description of itself, in VoID: what it holds, graph by graph.

In: the other graphs. Out: the triples of ``graph:description``. Everything is counted, nothing is
written by hand, so that it cannot drift.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
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
    held = list(graphs)
    triples = [triple for graph in held for triple in graph.triples]
    yield from _counted(dataset, triples)
    for space in sorted(_vocabularies(triples)):
        yield _of(dataset, "void:vocabulary", NamedNode(space))
    for graph in held:
        part = NamedNode(f"{description.value}#{graph.name}")
        yield _of(dataset, "void:subset", part)
        yield _of(part, "rdf:type", NamedNode(expand("void:Dataset")))
        yield _of(part, "dcterms:subject", graph.iri)
        for language, title in graph.source.title.items():
            yield _of(part, "rdfs:label", Literal(title, language=language))
        if graph.source.licence:
            yield _of(part, "dcterms:license", NamedNode(graph.source.licence))
        yield from _counted(part, graph.triples)


def _counted(node: NamedNode, triples: Iterable[Triple]) -> Iterator[Triple]:
    held = list(triples)
    classes = Counter(t.object for t in held if t.predicate.value == TYPE)
    yield _of(node, "void:triples", _integer(len(held)))
    yield _of(node, "void:distinctSubjects", _integer(len({t.subject for t in held})))
    yield _of(node, "void:distinctObjects", _integer(len({t.object for t in held})))
    yield _of(node, "void:properties", _integer(len({t.predicate for t in held})))
    yield _of(node, "void:classes", _integer(len(classes)))


def _vocabularies(triples: Iterable[Triple]) -> set[str]:
    """Return the namespaces of the predicates and classes in use."""
    terms = {t.predicate.value for t in triples}
    types = (triple.object for triple in triples if triple.predicate.value == TYPE)
    terms |= {term.value for term in types if isinstance(term, NamedNode)}
    spaces = sorted(PREFIXES.values(), key=len, reverse=True)
    found = (next((s for s in spaces if term.startswith(s)), "") for term in terms)
    return {space for space in found if space}


def _of(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Triple:
    return Triple(subject, NamedNode(expand(predicate)), value)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(PREFIXES["xsd"] + "integer"))
