"""SPARQL 1.1 Service Description, from the standard's text."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from asking import DATA, SD, call, get
from flask.testing import FlaskClient
from serving import serving

from jsbio_kg.store import DATASETS, GRAPHS, SOLUTIONS
from jsbio_kg.vocabulary import BASE

VOID = "http://rdfs.org/ns/void#"


@pytest.fixture()
def description(client: FlaskClient) -> ox.Store:
    answer = client.get("/sparql")
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    store = ox.Store()
    store.load(answer.data, ox.RdfFormat.TURTLE)
    return store


def values(store: ox.Store, predicate: str, subject: str | None = None) -> list[str]:
    node = ox.NamedNode(subject) if subject else None
    quads = store.quads_for_pattern(node, ox.NamedNode(predicate), None, None)
    return sorted(getattr(quad.object, "value", str(quad.object)) for quad in quads)


def test_the_service_describes_itself_where_no_query_is_sent(description: ox.Store) -> None:
    assert values(description, SD + "endpoint") == [BASE + "sparql"]
    assert values(description, SD + "supportedLanguage") == [SD + "SPARQL11Query"]


def test_every_format_is_described(description: ox.Store) -> None:
    assert len(values(description, SD + "resultFormat")) == len(SOLUTIONS + GRAPHS + DATASETS)


def test_every_named_graph_is_described_with_the_count_that_a_query_gives(
    client: FlaskClient, description: ox.Store
) -> None:
    text = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    rows = get(client, text).json["results"]["bindings"]
    counted = {row["g"]["value"]: row["n"]["value"] for row in rows}
    assert values(description, SD + "name") == sorted(counted)
    for graph, count in counted.items():
        assert values(description, VOID + "triples", graph) == [count]


def test_the_default_graph_is_described_with_its_count(
    client: FlaskClient, description: ox.Store
) -> None:
    [row] = get(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json["results"]["bindings"]
    assert values(description, VOID + "triples", BASE + "sparql#default") == [row["n"]["value"]]


def test_the_limits_are_told(description: ox.Store) -> None:
    texts = values(description, "http://purl.org/dc/terms/description")
    assert any("2 seconds and 256 MiB" in text for text in texts)


def test_prefixes_are_declared(client: FlaskClient, description: ox.Store) -> None:
    assert BASE + "id/park/" in values(description, "http://www.w3.org/ns/shacl#namespace")


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("", ox.RdfFormat.TURTLE),
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_the_service_describes_itself_as_the_standard_has_it(
    own_server: str, accept: str, format: ox.RdfFormat
) -> None:
    headers = {"Accept": accept} if accept else {}
    answer = call(f"{own_server}/sparql", **headers)
    store = ox.Store()
    store.load(answer.body, format)

    def objects(name: str) -> set[str]:
        quads = store.quads_for_pattern(None, ox.NamedNode(SD + name), None)
        return {quad.object.value for quad in quads if not isinstance(quad.object, ox.Triple)}

    assert objects("endpoint") == {f"{own_server}/sparql"}
    assert SD + "SPARQL11Query" in objects("supportedLanguage")
    assert {"http://www.w3.org/ns/formats/SPARQL_Results_CSV"} <= objects("resultFormat")
    assert objects("name") == {DATA.format(n) for n in (1, 2, 3)}
    assert SD + "UnionDefaultGraph" not in objects("feature")
    assert len(objects("defaultDataset")) == len(objects("defaultGraph")) == 1


def test_graphs_whose_iris_end_alike_are_described_apart(tmp_path: Path) -> None:
    names = {"http://example.org/a/g", "http://example.org/b/g", "urn:g", "http://example.org/g#1"}
    path = tmp_path / "alike.nq"
    path.write_text("".join(f"<urn:s> <urn:p> <urn:o> <{name}> .\n" for name in names), "utf-8")
    with serving("--default-graph", "strict", str(path)) as (address, _):
        store = ox.Store()
        answer = call(f"{address}/sparql", Accept="application/n-triples")
        store.load(answer.body, ox.RdfFormat.N_TRIPLES)
    named = list(store.quads_for_pattern(None, ox.NamedNode(SD + "name"), None))
    assert {quad.object.value for quad in named} == names
    assert len({quad.subject for quad in named}) == len(names)
