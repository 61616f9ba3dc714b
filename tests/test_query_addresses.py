"""A saved query under its address: values, pages of rows, and forms of the answer."""

import json

import pytest
from addresses import JSON
from flask.testing import FlaskClient

from jsbio_kg.release import Release
from jsbio_kg.vocabulary import BASE


def rows(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    bindings = json.loads(answer.data)["results"]["bindings"]
    return [row["park"]["value"].rpartition("/")[2] for row in bindings]


def test_a_parameter_is_bound_from_the_address(client: FlaskClient) -> None:
    path = "/queries/parks-in-city.json"
    assert rows(client, path) == ["biobay"]
    assert rows(client, path + "?city=city:nanjing") == ["valley"]
    assert rows(client, path + f"?city={BASE}id/city/nanjing") == ["valley"]
    assert rows(client, path + "?city=city:nanjing&city=city:suzhou") == ["biobay", "valley"]
    assert rows(client, path + "?city=city:nanjing&most=4") == []
    assert rows(client, path + "?city=city:nanjing&most=") == ["valley"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("city=nanjing", "city"),
        ("city=", "city"),
        ("most=five", "most"),
        ("town=city:nanjing", "town"),
        ("limit=-1", "limit"),
        ("limit=1&limit=2", "limit"),
        ("offset=x", "offset"),
    ],
)
def test_a_wrong_parameter_is_named(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/queries/parks-in-city.json?{query}")
    assert answer.status_code == 400
    assert answer.json["parameter"] == parameter
    assert answer.json["fix"]


def test_pages_of_rows_keep_their_order(client: FlaskClient) -> None:
    whole = rows(client, JSON)
    assert rows(client, JSON + "?limit=1") == whole[:1]
    assert rows(client, JSON + "?limit=1&offset=1") == whole[1:2]
    assert rows(client, JSON + "?limit=0") == []


def test_rows_that_were_cut_off_are_told(client: FlaskClient) -> None:
    assert client.get(JSON + "?limit=1").headers["X-Rows-Cut"] == "yes"
    assert "X-Rows-Cut" not in client.get(JSON + "?limit=2").headers


@pytest.mark.parametrize("extension", ["json", "csv", "tsv", "xml"])
def test_rows_come_by_extension(client: FlaskClient, extension: str) -> None:
    assert client.get(f"/queries/parks.{extension}").status_code == 200


@pytest.mark.parametrize("extension", ["ttl", "jsonld", "nt", "rdf"])
def test_triples_come_by_extension(client: FlaskClient, extension: str) -> None:
    assert client.get(f"/queries/park-graph.{extension}").status_code == 200


@pytest.mark.parametrize("extension", ["json", "csv"])
def test_triples_do_not_come_as_rows(client: FlaskClient, extension: str) -> None:
    assert client.get(f"/queries/park-graph.{extension}").status_code == 406


def test_a_query_that_gives_rows_is_described_to_who_wants_triples(client: FlaskClient) -> None:
    by_extension = client.get("/queries/parks.ttl")
    by_accept = client.get("/queries/parks", headers={"Accept": "text/turtle"})
    assert by_extension.data == by_accept.data
    assert "sh:SPARQLSelectExecutable" in by_accept.text


def test_a_query_comes_as_it_was_written(client: FlaskClient, served: Release) -> None:
    text = (served.root / "queries" / "parks.rq").read_bytes()
    assert client.get("/queries/parks.rq").data == text
    headers = {"Accept": "application/sparql-query"}
    assert client.get("/queries/parks", headers=headers).data == text
