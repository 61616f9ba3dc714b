"""Data of one's own, ``serve FILE...``: graphs that are not here, and what is the same in files."""

import json
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest
from asking import DIRECT, call, defaults, fields
from serving import serving


def test_files_of_ones_own_are_served_with_their_graphs(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> <rel> .")
    (tmp_path / "b.trig").write_text("<urn:g> { <urn:b> <urn:p> 2 . }")
    files = [str(tmp_path / "a.ttl"), str(tmp_path / "b.trig")]
    counts = {}
    for mode in ("union", "strict"):
        with serving("--default-graph", mode, *files) as (address, _):
            for name, query in (
                ("default", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
                ("named", "SELECT (COUNT(*) AS ?n) { GRAPH <urn:g> { ?s ?p ?o } }"),
            ):
                request = urllib.request.Request(
                    f"{address}/sparql",
                    data=query.encode(),
                    headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"},
                )
                with urllib.request.urlopen(request) as answer:
                    counts[mode, name] = int(answer.read().split()[1])
            with urllib.request.urlopen(f"{address}/graphs?default") as answer:
                assert str(tmp_path).encode() not in answer.read(), "no path of the host"
    assert counts == {
        ("union", "default"): 2,
        ("union", "named"): 1,
        ("strict", "default"): 1,
        ("strict", "named"): 1,
    }


def test_a_graph_that_is_not_here_is_empty_and_named(own_server: str) -> None:
    text = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    pairs = [("query", text), ("default-graph-uri", "http://example.org/no%20ne")]
    pairs += [("named-graph-uri", "urn:none")]
    answer = call(f"{own_server}/sparql?{fields(*pairs)}")
    assert json.loads(answer.body)["results"]["bindings"] == []
    assert answer.headers["X-Graphs-Missing"] == "<http://example.org/no%20ne>, <urn:none>"
    here = call(f"{own_server}/sparql?{fields(('query', text), *defaults(1))}")
    assert "X-Graphs-Missing" not in here.headers


@pytest.mark.parametrize(
    "iri",
    [
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "http://127.0.0.1:1/",
        "http://localhost/x",
        "http://LOCALHOST.:80/x",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "https://a.localhost/",
        "relative",
        "",
        "http://a b/",
        "http://[broken",
    ],
)
def test_what_could_only_be_meant_to_be_fetched_is_refused(own_server: str, iri: str) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        answer = call(f"{own_server}/sparql?{fields(('query', 'ASK {}'), (name, iri))}")
        assert answer.status == 400, (name, answer.body)
        assert json.loads(answer.body)["fix"]


def test_from_of_what_is_not_here_is_refused(own_server: str) -> None:
    for clause in ("FROM <http://example.org/none>", "FROM NAMED <file:///etc/passwd>"):
        answer = call(f"{own_server}/sparql?{urlencode({'query': f'ASK {clause} {{}}'})}")
        assert answer.status == 400 and b"none is fetched" in answer.body


def test_from_that_the_request_overrides_may_name_anything_but_what_is_near(
    own_server: str,
) -> None:
    for clause, status in (
        ("FROM <http://example.org/none>", 200),
        ("PREFIX e: <http://example.org/> ASK FROM NAMED e:none", 200),
        ("FROM <file:///etc/passwd>", 400),
        ("FROM <http://127.0.0.1/>", 400),
        ("FROM", 400),
    ):
        text = f"{clause if 'ASK' in clause else 'ASK ' + clause} {{ ?s ?p ?o }}"
        answer = call(f"{own_server}/sparql?{fields(('query', text), *defaults(1))}")
        assert answer.status == status, (clause, answer.body)


def test_the_default_graph_is_what_stands_in_no_named_graph(own_server: str) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    answer = call(f"{own_server}/sparql?{urlencode({'query': text})}", Accept="text/csv")
    assert answer.body == b"n\r\n2\r\n"


def test_relative_iris_of_files_and_of_queries_are_the_same(own_server: str) -> None:
    assert call(f"{own_server}/sparql?{urlencode({'query': 'ASK { <a> <b> <c> }'})}").truth


def test_a_mark_at_the_beginning_is_no_part_of_a_query(own_server: str) -> None:
    text = "\ufeffASK { <a> <b> <c> }"
    assert call(f"{own_server}/sparql?{urlencode({'query': text})}").truth
    assert call(f"{own_server}/sparql", "POST", text, Content_Type=DIRECT).truth


def test_escapes_stand_anywhere(own_server: str) -> None:
    text = r"ASK { <\u0061> ?\u0070 ?o . ?s ?p ?\U0000006f }"
    assert call(f"{own_server}/sparql?{urlencode({'query': text})}").truth
    text = r"ASK { SERV\u0049CE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    answer = call(f"{own_server}/sparql?{urlencode({'query': text})}")
    assert answer.status == 400 and b"SERVICE is not allowed" in answer.body


def test_a_function_that_nobody_knows_is_named(own_server: str) -> None:
    text = "SELECT (<http://example.org/f>(1) AS ?x) {}"
    answer = call(f"{own_server}/sparql?{urlencode({'query': text})}")
    assert answer.status == 400 and b"<http://example.org/f>" in answer.body
