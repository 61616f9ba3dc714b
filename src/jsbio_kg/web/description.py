"""What the service says of itself: SPARQL 1.1 Service Description, and VoID from the release.

In: a service and where it is reached. Out: triples as the text of a CONSTRUCT query, which the
store writes in any format. Formats, graphs, counts and limits are read from where they are used, so
that none can be told otherwise than it is.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from ..service import Site
from ..store import DATASETS, GRAPHS, SOLUTIONS

__all__ = ["describe_service", "describing_graphs"]

_PREFIXES = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ent: <http://www.w3.org/ns/entailment/>
PREFIX prof: <http://www.w3.org/ns/owl-profile/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
#: The IRIs that W3C gives to formats (https://www.w3.org/ns/formats/).
_FORMATS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}

#: What the service can do beside SPARQL 1.1, for which W3C has no IRI.
_FEATURES = (
    ("triple-terms", "Triple terms of RDF 1.2", "RDF 1.2 的三元组项"),
    ("base-direction", "Base directions of RDF 1.2", "RDF 1.2 的文字基本方向"),
    (
        "timeout",
        "The parameter timeout asks for a shorter deadline",
        "参数 timeout 可要求更短的时限",
    ),
)


def describe_service(site: Site, address: str, triples_by_default: int) -> str:
    """Return the service description as a query that constructs it.

    :param address: where the site is reached, with the final slash.
    :param triples_by_default: how many triples a query sees that names no graph.
    """
    default = f"<{address}sparql#default> void:triples {triples_by_default}"
    triples = "\n".join(f"  {line} ." for line in (*_service(site, address), default))
    return f"{_PREFIXES}CONSTRUCT {{\n{triples}\n}} WHERE {{}}"


def describing_graphs(site: Site) -> tuple[str, ...]:
    """Return the IRIs of the graphs in which the release describes itself."""
    return tuple(each.iri for each in site.graphs if each.role == "DescriptionGraph")


def _service(site: Site, address: str) -> Iterator[str]:
    service, endpoint = f"<{address}sparql#service>", f"<{address}sparql>"
    yield f"{service} a sd:Service ; sd:endpoint {endpoint}"
    yield f"{service} sd:supportedLanguage sd:SPARQL11Query"
    for each in (*SOLUTIONS, *GRAPHS, *DATASETS):
        yield f"{service} sd:resultFormat <http://www.w3.org/ns/formats/{_FORMATS[each.name]}>"
    yield f"{service} sd:defaultEntailmentRegime ent:Simple"
    if site.default_graphs and {each.iri for each in site.graphs} == set(site.default_graphs):
        yield f"{service} sd:feature sd:UnionDefaultGraph"
    for name, english, chinese in _FEATURES:
        feature = f"<{address}sparql#{name}>"
        yield f"{service} sd:feature {feature}"
        yield f'{feature} a sd:Feature ; rdfs:label "{english}"@en , "{chinese}"@zh'
    yield from _limits(site, service)
    yield from _dataset(site, service, address)


def _limits(site: Site, service: str) -> Iterator[str]:
    limits = site.limits
    values = (limits.seconds, limits.heap >> 20, limits.rows, limits.result_bytes >> 20)
    english = (
        "A query may take %g seconds and %d MiB of memory; its answer may have %d rows and "
        "%d MiB. SERVICE, and graphs that are not here, are refused. The parameter timeout asks "
        "for fewer seconds."
    )
    chinese = (
        "一次查询最多用时 %g 秒、占用内存 %d MiB；结果最多 %d 行、%d MiB。"
        "不接受 SERVICE 及本库之外的图。参数 timeout 可要求更短的时限。"
    )
    yield f'{service} dcterms:description "{english % values}"@en'
    yield f'{service} dcterms:description "{chinese % values}"@zh'


def _dataset(site: Site, service: str, address: str) -> Iterator[str]:
    dataset, default = f"<{address}sparql#dataset>", f"<{address}sparql#default>"
    yield f"{service} sd:defaultDataset {dataset} ; sd:availableGraphs {dataset}"
    yield f"{dataset} a sd:Dataset , sd:GraphCollection ; sd:defaultGraph {default}"
    yield f"{default} a sd:Graph"
    for name, iri in sorted(site.prefixes.items()):
        node = f"<{address}sparql#prefix-{name}>"
        yield f"{dataset} sh:declare {node}"
        yield f'{node} sh:prefix "{name}" ; sh:namespace "{iri}"^^xsd:anyURI'
    for graph in site.graphs:
        name = graph.iri.removeprefix(f"{site.base}graph/")
        node = f"<{address}sparql#named-{quote(name, safe='')}>"
        yield f"{dataset} sd:namedGraph {node}"
        yield f"{node} a sd:NamedGraph ; sd:name <{graph.iri}> ; sd:graph <{graph.iri}>"
        yield f"<{graph.iri}> a sd:Graph"
        if graph.role:
            yield f"<{graph.iri}> void:triples {graph.triples}"
        if graph.role == "InferredGraph":
            yield f"{node} sd:entailmentRegime ent:OWL-RDF-Based"
            yield f"{node} sd:supportedEntailmentProfile prof:RL"
    yield from _parts(site.default_graphs, default)


def _parts(graphs: Iterable[str], default: str) -> Iterator[str]:
    """Say of which graphs the default graph is made."""
    for iri in graphs:
        yield f"{default} dcterms:hasPart <{iri}>"
