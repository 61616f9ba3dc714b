"""The graph's description of itself says what queries answer, count by count."""

import json
from collections import Counter
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from jsbio_kg.service import Service
from jsbio_kg.vocabulary import BASE

GRAPH = BASE + "graph/"
OF_ITSELF = ("CatalogueGraph", "DescriptionGraph")
PREFIXES = """PREFIX void: <http://rdfs.org/ns/void#>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX spdx: <http://spdx.org/rdf/terms#>
"""
Row = tuple[str, ...]


def ask(site: FlaskClient, text: str) -> list[Row]:
    answer = site.post("/sparql", data=PREFIXES + text, content_type="application/sparql-query")
    assert answer.status_code == 200, answer.text
    content = json.loads(answer.data)
    names = content["head"]["vars"]
    return sorted(
        tuple(row[name]["value"] for name in names) for row in content["results"]["bindings"]
    )


def told(site: FlaskClient, pattern: str, names: str) -> list[Row]:
    """Return rows of what the description says."""
    return ask(site, f"SELECT {names} {{ GRAPH <{GRAPH}description> {{ {pattern} }} }}")


#: What is counted, as the description has it and as a query does.
COUNTS = {
    "void:triples": "(STR(COUNT(*)) AS ?n)",
    "void:distinctSubjects": "(STR(COUNT(DISTINCT ?s)) AS ?n)",
    "void:distinctObjects": "(STR(COUNT(DISTINCT ?o)) AS ?n)",
    "void:properties": "(STR(COUNT(DISTINCT ?p)) AS ?n)",
}


@pytest.mark.parametrize("count", COUNTS)
def test_every_graph_is_described_by_its_counts(site: FlaskClient, count: str) -> None:
    counted = ask(
        site,
        f"SELECT ?g {COUNTS[count]} {{ GRAPH ?g {{ ?s ?p ?o }} "
        f"FILTER(?g != <{GRAPH}description>) }} GROUP BY ?g",
    )
    assert told(site, f"?part dcterms:subject ?g ; {count} ?n", "?g ?n") == counted


def test_every_class_of_every_graph_is_counted(site: FlaskClient) -> None:
    counted = ask(
        site,
        "SELECT ?g ?c (STR(COUNT(DISTINCT ?s)) AS ?n) { GRAPH ?g { ?s a ?c } "
        f"FILTER(isIRI(?c) && ?g != <{GRAPH}description>) }} GROUP BY ?g ?c",
    )
    pattern = "?part dcterms:subject ?g ; void:classPartition [ void:class ?c ; void:entities ?n ]"
    assert told(site, pattern, "?g ?c ?n") == counted


def test_every_property_of_every_graph_is_counted(site: FlaskClient) -> None:
    counted = ask(
        site,
        "SELECT ?g ?p (STR(COUNT(*)) AS ?n) { GRAPH ?g { ?s ?p ?o } "
        f"FILTER(?g != <{GRAPH}description>) }} GROUP BY ?g ?p",
    )
    pattern = (
        "?part dcterms:subject ?g ; void:propertyPartition [ void:property ?p ; void:triples ?n ]"
    )
    assert told(site, pattern, "?g ?p ?n") == counted


@pytest.mark.parametrize("name", ["dataset", "default"])
def test_the_whole_and_the_default_graph_are_counted_too(
    site: FlaskClient, real_service: Service, name: str
) -> None:
    node, where = f"<{GRAPH}description#{name}>", "?s ?p ?o"
    if name == "dataset":
        left_out = [f"<{g.iri}>" for g in real_service.site.graphs if g.role in OF_ITSELF]
        where = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({', '.join(left_out)}))"
    for count, form in COUNTS.items():
        assert told(site, f"{node} {count} ?n", "?n") == ask(site, f"SELECT {form} {{ {where} }}")
    classes = where.replace("?p", "a")
    counted = ask(
        site,
        f"SELECT ?o (STR(COUNT(DISTINCT ?s)) AS ?n) {{ {classes} FILTER isIRI(?o) }} GROUP BY ?o",
    )
    pattern = f"{node} void:classPartition [ void:class ?o ; void:entities ?n ]"
    assert told(site, pattern, "?o ?n") == counted
    assert len(told(site, f"{node} void:classes ?n", "?n")) == 1
    counted = ask(site, f"SELECT ?p (STR(COUNT(*)) AS ?n) {{ {where} }} GROUP BY ?p")
    pattern = f"{node} void:propertyPartition [ void:property ?p ; void:triples ?n ]"
    assert told(site, pattern, "?p ?n") == counted


def test_every_link_to_the_data_of_others_is_in_a_linkset(site: FlaskClient) -> None:
    links = "owl:sameAs skos:broadMatch skos:closeMatch skos:exactMatch skos:narrowMatch"
    all_links = ask(
        site,
        "PREFIX owl: <http://www.w3.org/2002/07/owl#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        f"SELECT ?g ?p ?o {{ VALUES ?p {{ {links} skos:relatedMatch }} GRAPH ?g {{ ?s ?p ?o }} "
        f'FILTER(STRSTARTS(STR(?s), "{BASE}") && !STRSTARTS(STR(?o), "{BASE}")) }}',
    )
    pattern = (
        "?part dcterms:subject ?g ; void:subset ?set . ?set a void:Linkset ; "
        "void:linkPredicate ?p ; void:objectsTarget [ void:uriSpace ?space ] ; void:triples ?n"
    )
    sets = told(site, pattern, "?g ?p ?space ?n")
    found = Counter(
        (g, p, space) for g, p, o in all_links for x, y, space, _ in sets
        if (g, p) == (x, y) and o.startswith(space)
    )  # fmt: skip
    assert {(g, p, space): int(n) for g, p, space, n in sets} == found
    assert sum(found.values()) == len(all_links) > 50


def test_every_graph_leads_to_a_file_that_holds_it(site: FlaskClient) -> None:
    pattern = "?part dcterms:subject ?g ; void:triples ?n ; void:dataDump ?file"
    rows = told(site, pattern, "?file ?n")
    assert len(rows) == len(told(site, "?part dcterms:subject ?g", "?g"))
    for file, number in rows:
        answer = site.get("/" + file.removeprefix(BASE))
        assert answer.status_code == 200, file
        assert len(set(ox.parse(answer.data, ox.RdfFormat.TURTLE))) == int(number), file
    [(whole,)] = told(site, f"<{GRAPH}description#dataset> void:dataDump ?file", "?file")
    assert site.get("/" + whole.removeprefix(BASE)).mimetype == "application/n-quads"


def test_every_distribution_is_there_with_its_size(site: FlaskClient) -> None:
    address = BASE + "downloads/dcat.ttl"
    answer = site.get("/downloads/dcat.ttl")
    store = ox.Store()
    store.load(answer.data, ox.RdfFormat.TURTLE, base_iri=address)
    query = PREFIXES + "SELECT ?url ?size { ?d dcat:downloadURL ?url ; dcat:byteSize ?size }"
    rows = [(row["url"].value, row["size"].value) for row in store.query(query)]  # type: ignore
    assert len(rows) > 10
    for url, size in rows:
        found = site.head("/" + urljoin(address, url).removeprefix(BASE))
        assert (found.status_code, found.headers["Content-Length"]) == (200, size), url


def test_a_distribution_of_the_description_names_its_media_type(site: FlaskClient) -> None:
    rows = told(site, "?d a dcat:Distribution ; dcat:mediaType ?type", "?d ?type")
    for file, media_type in rows:
        found = site.head("/" + file.removeprefix(BASE)).mimetype
        assert media_type.endswith("/media-types/" + found)


def test_the_description_is_served_as_it_stands_in_its_graph(
    site: FlaskClient, dataset: ox.Store
) -> None:
    answer = site.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    node = ox.NamedNode(GRAPH + "description")
    held = {quad.triple for quad in dataset.quads_for_pattern(None, None, None, node)}
    found = {quad.triple for quad in ox.parse(answer.data, ox.RdfFormat.N_TRIPLES)}
    assert held <= found
