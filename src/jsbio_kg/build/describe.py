"""The dataset's description of itself, in VoID and DCAT: what it holds, graph by graph.

In: the other graphs. Out: the triples of ``graph:description``. Everything is counted, nothing is
written by hand, so that it cannot drift. The counts of the whole leave out the graphs in which the
project describes itself and its queries, as the default graph does.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from ..vocabulary import expand
from .tally import Tally, count_links, triple_of

if TYPE_CHECKING:
    from .dataset import NamedGraph

__all__ = ["describe"]

#: The graphs in which the project speaks of itself.
_OF_ITSELF = ("CatalogueGraph", "DescriptionGraph")
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_TURTLE, _NQUADS = _MEDIA_TYPES + "text/turtle", _MEDIA_TYPES + "application/n-quads"
_WHOLE = {"en": "Every graph, as N-Quads", "zh": "全部图，N-Quads 格式"}
_SEEN = {"en": "What a query sees that names no graph", "zh": "不指明图的查询所见的全部内容"}


def describe(graphs: Iterable["NamedGraph"], description: NamedNode, base: str) -> Iterator[Triple]:
    """Yield the description of a dataset and of each of its graphs.

    :param description: the graph of the description itself, which is not counted.
    """
    dataset = f"{description.value}#dataset"
    yield _of(dataset, "rdf:type", _iri("void:Dataset"))
    yield _of(dataset, "rdf:type", _iri("dcat:Dataset"))
    yield _of(dataset, "void:uriSpace", Literal(base))
    yield _of(dataset, "void:sparqlEndpoint", NamedNode(base + "sparql"))
    yield from _served(f"{description.value}#service", dataset, base)
    yield from _dump(dataset, base + "downloads/dataset.nq", _NQUADS, _WHOLE)
    parts = [(graph, Tally(graph.triples)) for graph in graphs]
    whole = Tally(())
    for graph, tally in parts:
        if graph.source.role not in _OF_ITSELF:
            whole.add(tally)
    yield from whole.told_of(dataset)
    yield from _default(f"{description.value}#default", dataset, [graph for graph, _ in parts])
    for graph, tally in parts:
        yield from _part(graph, tally, f"{description.value}#{graph.name}", dataset, base)


def _part(
    graph: "NamedGraph", tally: Tally, part: str, dataset: str, base: str
) -> Iterator[Triple]:
    """Yield the description of one graph, with its links to the data of others."""
    yield _of(dataset, "void:subset", NamedNode(part))
    yield _of(part, "rdf:type", _iri("void:Dataset"))
    yield _of(part, "dcterms:subject", graph.iri)
    for language, title in graph.source.title.items():
        yield _of(part, "rdfs:label", Literal(title, language=language))
    if graph.source.licence:
        yield _of(part, "dcterms:license", NamedNode(graph.source.licence))
    address = f"{base}downloads/graphs/{graph.name}.ttl"
    yield from _dump(part, address, _TURTLE, graph.source.title)
    yield from tally.told_of(part)
    yield from count_links(graph.triples, part, dataset, base)


def _default(node: str, dataset: str, graphs: Iterable["NamedGraph"]) -> Iterator[Triple]:
    """Yield the description of the default graph, which is a union: what two say counts once."""
    held = dict.fromkeys(t for graph in graphs if graph.source.is_default for t in graph.triples)
    yield _of(dataset, "void:subset", NamedNode(node))
    yield _of(node, "rdf:type", _iri("void:Dataset"))
    for language, title in _SEEN.items():
        yield _of(node, "rdfs:label", Literal(title, language=language))
    yield from Tally(tuple(held)).told_of(node)


def _served(service: str, dataset: str, base: str) -> Iterator[Triple]:
    """Yield where the dataset is asked, as DCAT has it."""
    yield _of(service, "rdf:type", _iri("dcat:DataService"))
    yield _of(service, "dcat:endpointURL", NamedNode(base + "sparql"))
    yield _of(service, "dcat:endpointDescription", NamedNode(base + "openapi.json"))
    yield _of(service, "dcat:servesDataset", NamedNode(dataset))


def _dump(node: str, address: str, media_type: str, title: Mapping[str, str]) -> Iterator[Triple]:
    """Yield the file that holds a dataset; its size and hash are in the release's manifest."""
    file = NamedNode(address)
    yield _of(node, "void:dataDump", file)
    yield _of(node, "dcat:distribution", file)
    yield _of(address, "rdf:type", _iri("dcat:Distribution"))
    yield _of(address, "dcat:downloadURL", file)
    yield _of(address, "dcat:mediaType", NamedNode(media_type))
    for language, text in title.items():
        yield _of(address, "dcterms:title", Literal(text, language=language))


def _of(subject: str, predicate: str, value: NamedNode | Literal) -> Triple:
    return triple_of(NamedNode(subject), predicate, value)


def _iri(name: str) -> NamedNode:
    return NamedNode(expand(name))
