"""SPARQL 1.1 Graph Store HTTP Protocol, from the standard's text."""

import pyoxigraph as ox
import pytest
from asking import FACTS, get
from flask.testing import FlaskClient

from jsbio_kg.store import DATASETS, GRAPHS


def triples(response) -> set[str]:  # type: ignore[no-untyped-def]
    assert response.status_code == 200, response.text
    return {str(quad.triple) for quad in ox.parse(response.data, ox.RdfFormat.TURTLE)}


def test_5_2_a_graph_is_read_indirectly_directly_and_by_head(client: FlaskClient) -> None:
    indirect = client.get("/graphs", query_string={"graph": FACTS})
    direct = client.get("/graph/facts")
    assert triples(indirect) == triples(direct)
    assert len(triples(direct)) == 5
    assert client.head("/graph/facts").headers["Content-Length"] == str(len(direct.data))


def test_5_2_the_default_graph_is_what_a_query_sees(client: FlaskClient) -> None:
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert triples(client.get("/graphs?default")) == triples(get(client, text))


def test_5_2_a_graph_comes_in_every_rdf_format(client: FlaskClient) -> None:
    for each in (*GRAPHS, *DATASETS):
        answer = client.get("/graph/facts", headers={"Accept": each.media_type})
        assert (answer.status_code, answer.mimetype) == (200, each.media_type)


def test_a_graph_that_is_not_here_is_404(client: FlaskClient) -> None:
    assert client.get("/graph/none").status_code == 404
    assert client.get("/graphs", query_string={"graph": "urn:x"}).status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?graph=urn:a&graph=urn:b", "?default&graph=urn:a", "?graph="]
)
def test_not_exactly_one_graph_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get("/graphs" + query).status_code in (400, 404)


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/graphs?default", "/graph/facts"])
def test_writing_is_refused_with_the_way_to_change_a_graph(
    client: FlaskClient, method: str, path: str
) -> None:
    answer = client.open(path, method=method, data=b"<urn:a> <urn:b> <urn:c> .")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert "file" in answer.json["fix"]
