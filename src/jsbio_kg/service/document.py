"""The data about one thing, as a document that says which document it is.

In: an IRI and a format. Out: bytes: the triples about the thing and those that point to it, their
evidence, the labels of what they mention, and what the document itself is. Where the format has
graphs, the evidence stands in its own; everything else is in the default graph, where every client
looks first.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from ..queries import serialize_iri
from ..store import DATASETS, Format, Query
from ..vocabulary import PREFIXES
from .names import values_of
from .table import Term
from .thing import unknown_thing

if TYPE_CHECKING:
    from .service import Service

__all__ = ["is_known", "write_document"]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
#: How many triples point to a thing at most in its document; the endpoint has them all.
MOST_INCOMING = 2000
#: How many records of evidence it carries at most, those of what is said of the thing first.
MOST_RECORDS = 500
MOST_ROWS = 200_000
#: JSON-LD has graphs too.
_HAVE_GRAPHS = (*(each.name for each in DATASETS), "jsonld")

_OUTGOING = """SELECT DISTINCT ?g ?s ?p ?o WHERE {{
  BIND({iri} AS ?s) {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"""
_INCOMING = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?g ?s ?p ?o WHERE {{
  BIND({iri} AS ?o) {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }}
  FILTER(?p NOT IN (rdf:subject, rdf:predicate, rdf:object))
}} LIMIT {most}"""
_EVIDENCE = """PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?node WHERE {{ GRAPH ?g {{
  {{ SELECT DISTINCT ?record {{ GRAPH ?any {{
    {{ ?record rdf:subject {iri} }} UNION {{ ?record rdf:object {iri} }} }} }} LIMIT {most} }}
  ?record (jsbio:citesPassage/(oa:hasSelector/oa:refinedBy?)?)? ?node
}} }}"""
_NODES = (
    """SELECT DISTINCT ?g ?s ?p ?o WHERE {{ VALUES ?s {{ {nodes} }} GRAPH ?g {{ ?s ?p ?o }} }}"""
)
_LABELS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?s {{ {things} }} BIND(rdfs:label AS ?p)
  {{ ?s rdfs:label ?o }} UNION {{ GRAPH ?g {{ ?s rdfs:label ?o }} }} }}"""
_KNOWN = """ASK {{ {{ {iri} ?p ?o }} UNION {{ ?s ?p {iri} }} UNION {{ GRAPH ?g {{ {iri} ?p ?o }} }}
  UNION {{ GRAPH ?g {{ ?s ?p {iri} }} }} UNION {{ ?s {iri} ?o }}
  UNION {{ GRAPH ?g {{ ?s {iri} ?o }} }} }}"""
Row = Mapping[str, Term]


def is_known(service: "Service", iri: str) -> bool:
    """Tell whether the graph says anything of an IRI."""
    text = _KNOWN.format(iri=serialize_iri(f"<{iri}>", "iri"))
    return b"true" in service.answer(Query(text)).body


def write_document(service: "Service", iri: str, format: Format, address: str) -> bytes:
    """Return the document about a thing.

    :param address: the IRI of the document itself.
    :raises NotFound: when the graph says nothing of the thing.
    """
    term = serialize_iri(f"<{iri}>", "iri")
    roles = {graph.iri: graph.role for graph in service.site.graphs}
    about = service.table(_OUTGOING.format(iri=term), MOST_ROWS).dicts()
    about += service.table(_INCOMING.format(iri=term, most=MOST_INCOMING), MOST_ROWS).dicts()
    if not about and not is_known(service, iri):
        raise unknown_thing(iri)
    text = _EVIDENCE.format(iri=term, most=MOST_RECORDS)
    nodes = values_of(row["node"].value for row in service.table(text, MOST_ROWS).dicts())
    evidence = service.table(_NODES.format(nodes=nodes), MOST_ROWS).dicts() if nodes else []
    named = {row[place].value for row in about for place in "spo" if row[place].kind == "uri"}
    labels = service.table(_LABELS.format(things=values_of(sorted(named))), MOST_ROWS).dicts()
    quads = {
        *_quads(about, roles),
        *_quads(evidence, roles),
        *_quads(labels, {}),
        *_self_description(service, iri, address, {row["g"].value for row in about if "g" in row}),
    }
    return _serialize(quads, format, service.site.prefixes)


def _quads(rows: Iterable[Row], roles: Mapping[str, str]) -> Iterable[Quad]:
    """Yield rows as quads; only the evidence keeps its graph, and no blank node is cut off."""
    for row in rows:
        if any(row[place].kind not in ("uri", "literal") for place in "spo"):
            continue
        graph = row["g"].value if "g" in row else ""
        kept = NamedNode(graph) if roles.get(graph) == "EvidenceGraph" else DefaultGraph()
        yield Quad(NamedNode(row["s"].value), NamedNode(row["p"].value), _node(row["o"]), kept)


def _node(term: Term) -> NamedNode | Literal:
    if term.kind == "uri":
        return NamedNode(term.value)
    if term.language:
        return Literal(term.value, language=term.language)
    return Literal(term.value, datatype=NamedNode(term.datatype) if term.datatype else None)


def _self_description(
    service: "Service", iri: str, address: str, graphs: set[str]
) -> Iterable[Quad]:
    """Yield what the document says of itself."""
    site = service.site
    said: Sequence[tuple[str, str, NamedNode | Literal]] = (
        ("rdf", "type", NamedNode(PREFIXES["foaf"] + "Document")),
        ("foaf", "primaryTopic", NamedNode(iri)),
        ("dcterms", "license", NamedNode(LICENCE)),
        ("dcterms", "isPartOf", NamedNode(f"{site.base}graph/description#dataset")),
        ("void", "inDataset", NamedNode(f"{site.base}graph/description#dataset")),
        ("owl", "versionInfo", Literal(site.version)),
        *(("prov", "wasDerivedFrom", NamedNode(graph)) for graph in sorted(graphs)),
    )
    for prefix, local, value in said:
        yield Quad(NamedNode(address), NamedNode(PREFIXES[prefix] + local), value, DefaultGraph())


def _serialize(quads: set[Quad], format: Format, prefixes: Mapping[str, str]) -> bytes:
    kind = RdfFormat.from_media_type(format.media_type)
    assert kind is not None
    ordered = sorted(quads, key=str)
    used = _used_prefixes(ordered, prefixes)
    if format.name in _HAVE_GRAPHS:
        return serialize(ordered, format=kind, prefixes=used) or b""
    triples = dict.fromkeys(quad.triple for quad in ordered)
    return serialize(list[Triple](triples), format=kind, prefixes=used) or b""


def _used_prefixes(quads: Sequence[Quad], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that the document uses, so that it does not begin with a page of them."""
    iris = {
        node.value
        for quad in quads
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, NamedNode)
    }
    spaces = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
    return {name: space for name, space in prefixes.items() if space in spaces}
