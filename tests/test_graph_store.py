"""SPARQL 1.1 Graph Store HTTP Protocol, from the standard's text."""

from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from asking import DATA, FACTS, SD, call, get
from flask.testing import FlaskClient
from serving import serving

from jsbio_kg.store import DATASETS, GRAPHS

#: How many graphs are very many.
MANY = 700


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


def test_graphs_are_read_by_the_graph_store_protocol(own_server: str) -> None:
    url = f"{own_server}/graphs?graph={quote(DATA.format(1), safe='')}"
    answer = call(url, Accept="application/n-triples")
    assert answer.body.decode().count("\n") == 1
    assert call(url, "HEAD", Accept="application/n-triples").headers["Content-Length"] == str(
        len(answer.body)
    )
    assert (
        call(f"{own_server}/graphs?default", Accept="application/n-triples").body.count(b"\n") == 2
    )
    assert call(f"{own_server}/graphs?graph=urn:none").status == 404
    assert call(f"{own_server}/graphs?graph=urn:none", "HEAD").status == 404
    assert call(f"{own_server}/graphs?graph=relative").status == 400
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        answer = call(url, method, "<a> <b> <c> .", Content_Type="text/turtle")
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_graphs_may_have_long_iris(tmp_path: Path) -> None:
    path, name = tmp_path / "long.nq", "http://example.org/" + "g" * 2000
    lines = (f'<urn:s> <urn:p> "{n}" <{name}{n}> .\n' for n in range(400))
    path.write_text("".join(lines), "utf-8")
    with serving("--default-graph", "strict", str(path)) as (address, _):
        answer = call(f"{address}/graphs?graph={name}399", Accept="application/n-triples")
        assert answer.body == b'<urn:s> <urn:p> "399" .\n'


def test_of_very_many_graphs_every_one_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("many") / "many.nq"
    lines = (f'<urn:s> <urn:p> "{n}" <urn:g:{n}> .\n' for n in range(MANY))
    path.write_text("".join(lines), "utf-8")
    with serving("--default-graph", "union", str(path)) as (address, _):
        for number in (0, MANY // 2, MANY - 1):
            answer = call(f"{address}/graphs?graph=urn:g:{number}", Accept="application/n-triples")
            assert answer.body == f'<urn:s> <urn:p> "{number}" .\n'.encode()
        assert call(f"{address}/graphs?graph=urn:g:{MANY}").status == 404
        assert (
            f"{SD}UnionDefaultGraph>".encode()
            in call(f"{address}/sparql", Accept="application/n-triples").body
        )
