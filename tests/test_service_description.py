"""SPARQL 1.1 Service Description, from the standard's text."""

import pyoxigraph as ox
import pytest
from asking import SD, get
from flask.testing import FlaskClient

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
