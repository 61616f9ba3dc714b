"""The catalogue of saved queries as RDF, so that queries can be queried.

In: saved queries. Out: the triples of ``graph:queries``.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from ..queries import SavedQuery
from ..vocabulary import PREFIXES, expand

__all__ = ["catalogue"]

#: The class of SHACL and its property for the text, by form of the query.
FORMS: Final = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ASK": ("sh:SPARQLAskExecutable", "sh:ask"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
}
#: DESCRIBE has neither in SHACL; the catalogues of others write it so.
DESCRIBE: Final = ("sh:SPARQLDescribeExecutable", "sh:describe")


def catalogue(queries: Iterable[SavedQuery]) -> list[Triple]:
    """Return what the graph says of its own saved queries."""
    return [triple for query in queries for triple in _described(query)]


def _described(query: SavedQuery) -> Iterator[Triple]:
    node = NamedNode(query.iri)
    executable, text = FORMS.get(query.kind, DESCRIBE)
    yield _of(node, "rdf:type", "sh:SPARQLExecutable")
    yield _of(node, "rdf:type", executable)
    yield Triple(node, NamedNode(expand(text)), Literal(query.text))
    yield Triple(node, NamedNode(expand("dcterms:identifier")), Literal(query.name))
    for language, label in query.summary.items():
        yield _named(node, "rdfs:label", label, language)
    for language, description in query.description.items():
        yield _named(node, "dcterms:description", description, language)
    for tag in query.tags:
        yield Triple(node, NamedNode(expand("schema:keywords")), Literal(tag))
    for parameter in query.parameters.values():
        place = NamedNode(f"{query.iri}#{parameter.name}")
        yield Triple(node, NamedNode(expand("sh:parameter")), place)
        yield _of(place, "rdf:type", "sh:Parameter")
        yield Triple(place, NamedNode(expand("sh:path")), place)
        for language, label in parameter.label.items():
            yield _named(place, "sh:name", label, language)
        optional = Literal(str(parameter.is_optional).lower(), datatype=_xsd("boolean"))
        yield Triple(place, NamedNode(expand("sh:optional")), optional)
        if parameter.class_iri:
            full = "://" in parameter.class_iri
            class_iri = parameter.class_iri if full else expand(parameter.class_iri)
            yield Triple(place, NamedNode(expand("sh:class")), NamedNode(class_iri))


def _of(subject: NamedNode, predicate: str, value: str) -> Triple:
    return Triple(subject, NamedNode(expand(predicate)), NamedNode(expand(value)))


def _named(subject: NamedNode, predicate: str, text: str, language: str) -> Triple:
    return Triple(subject, NamedNode(expand(predicate)), Literal(text, language=language))


def _xsd(name: str) -> NamedNode:
    return NamedNode(PREFIXES["xsd"] + name)
