"""The shapes ask for all that the vocabulary declares, and for no text where none is foreseen."""

from functools import cache

import pyoxigraph as ox
from rdflib import RDF, SH, URIRef
from shape_engines import ONTOLOGY, SUFFIX, n_triples, objects, read, rust, shapes

from jsbio_kg.vocabulary import PREFIXES, expand, shrink

DECLARATIONS = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
#: The properties that may hold text. Everything else is a typed entity, a number or a date.
FREE_TEXT = frozenset(
    expand(name)
    for name in """dcterms:bibliographicCitation dcterms:creator dcterms:description
    dcterms:identifier dcterms:language dcterms:title jsbio:agencyIdentifier jsbio:asWritten
    jsbio:documentNumber jsbio:factNumber jsbio:file jsbio:fileName jsbio:formula jsbio:gb2260Code
    jsbio:heading jsbio:iso3166Code jsbio:licenses jsbio:readAs jsbio:section jsbio:sentenceNumber
    jsbio:sha256 jsbio:statisticalCode jsbio:strayLine oa:exact oa:prefix oa:suffix org:identifier
    skos:altLabel skos:definition skos:editorialNote skos:notation skos:prefLabel skos:scopeNote
    vann:preferredNamespacePrefix vann:preferredNamespaceUri""".split()
)
#: Where a property that has no domain stands, by the start of its name.
STANDS_ON = {
    "jsbio:citationMarker": "jsbio:Document",
    "jsbio:c": "rdf:Statement",
    "jsbio:inGraph": "rdf:Statement",
    "jsbio:leavesOpen": "owl:ObjectProperty",
    "jsbio:verification": "rdf:Statement",
    "oa:hasS": "jsbio:Passage",
    "oa:": "oa:TextPositionSelector",
    "skos:": "jsbio:Topic",
    "": "jsbio:Trend",
}


@cache
def vocabulary() -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in read(ONTOLOGY))
    return store


def in_vocabulary(predicate: str, value: str | None = None) -> set[tuple[str, str]]:
    node = ox.NamedNode(expand(value)) if value else None
    found = vocabulary().quads_for_pattern(None, ox.NamedNode(expand(predicate)), node)
    return {(quad.subject.value, str(quad.object).strip("<>")) for quad in found}


def declared() -> set[str]:
    return {term for kind in DECLARATIONS for term, _ in in_vocabulary("rdf:type", kind)}


def test_the_domain_of_every_property_is_asked_for() -> None:
    asked = {
        (str(user), str(kind))
        for shape in shapes().subjects(RDF.type, SH.NodeShape)
        for user in objects(shape, "targetSubjectsOf")
        for kind in objects(shape, "class")
    }
    assert in_vocabulary("rdfs:domain") <= asked


def test_the_range_of_every_property_is_asked_for() -> None:
    asked = {
        (str(shapes().value(shape, SH.path)), str(value))
        for shape in shapes().subjects(SH.path)
        for value in objects(shape, "class", "datatype")
    }
    paths = {path for path, _ in asked}
    numbers = {expand("xsd:decimal")}
    for name, value in in_vocabulary("rdfs:range") - asked:
        assert value in numbers or name not in paths, (shrink(name), shrink(value))


def test_the_known_properties_are_those_of_the_vocabulary() -> None:
    listed = shapes().value(URIRef(expand("shape:KnownProperties")), SH.ignoredProperties)
    known = {str(name) for name in shapes().items(listed)}
    built_in = {
        str(name) for name in known if str(name).startswith((PREFIXES["rdf"], PREFIXES["rdfs"]))
    }
    assert known - built_in == declared()


def user_of(name: str) -> ox.NamedNode:
    domains = dict(in_vocabulary("rdfs:domain"))
    place = next(place for start, place in STANDS_ON.items() if shrink(name).startswith(start))
    return ox.NamedNode(domains.get(name, expand(place)))


def test_text_is_refused_where_no_text_is_foreseen() -> None:
    term_of = (ox.NamedNode(expand("rdfs:isDefinedBy")), ox.NamedNode("urn:ontology"))
    triples, accepted = [], []
    refusing = sorted(declared() - FREE_TEXT)
    for name in refusing:
        node = ox.NamedNode(f"urn:node:{shrink(name)}")
        triples.append(ox.Triple(node, ox.NamedNode(expand("rdf:type")), user_of(name)))
        triples.append(ox.Triple(node, ox.NamedNode(name), ox.Literal("some words")))
        triples.append(ox.Triple(node, *term_of))
    results = rust(n_triples(ONTOLOGY, more=triples))
    for name in refusing:
        if not any(
            result.focus_node == f"<urn:node:{shrink(name)}>"
            and name in (result.path or "")
            and (result.value == '"some words"' or result.component == "MaxCount" + SUFFIX)
            for result in results
        ):
            accepted.append(shrink(name))
    assert not accepted, ", ".join(accepted)


def test_every_listed_free_text_property_is_declared() -> None:
    assert declared() >= FREE_TEXT
