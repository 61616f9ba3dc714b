"""The W3C's cases of SPARQL 1.1 Protocol (queries) and of its successor for 1.2."""

import json
from urllib.parse import urlencode

import pytest
from asking import DATA, DIRECT, FORM, call, defaults, fields, named

BOTH = f"ASK {{ <{DATA.format(1)}> a ?type . <{DATA.format(2)}> a ?type . }}"
GRAPHS = (
    f"ASK {{ GRAPH ?g1 {{ <{DATA.format(1)}> a ?type }} "
    f"GRAPH ?g2 {{ <{DATA.format(2)}> a ?type }} }}"
)


def test_query_post_form(own_server: str) -> None:
    body = urlencode({"query": "ASK {}"})
    url = f"{own_server}/sparql/?{fields(*defaults(0))}"
    assert call(url, "POST", body, Content_Type=FORM).truth


def test_query_dataset_default_graphs(own_server: str) -> None:
    assert call(f"{own_server}/sparql?{fields(('query', BOTH), *defaults(1, 2))}").truth
    url = f"{own_server}/sparql?{fields(*defaults(1, 2))}"
    assert call(url, "POST", BOTH, Content_Type=DIRECT).truth
    body = fields(("query", BOTH), *defaults(1, 2))
    assert call(f"{own_server}/sparql", "POST", body, Content_Type=FORM).truth
    assert not call(f"{own_server}/sparql?{fields(('query', BOTH), *defaults(1))}").truth


def test_query_dataset_named_graphs(own_server: str) -> None:
    assert call(f"{own_server}/sparql?{fields(('query', GRAPHS), *named(1, 2))}").truth
    url = f"{own_server}/sparql?{fields(*named(1, 2))}"
    assert call(url, "POST", GRAPHS, Content_Type=DIRECT).truth
    assert not call(f"{own_server}/sparql?{fields(('query', GRAPHS), *named(1))}").truth


def test_query_dataset_full(own_server: str) -> None:
    text = f"ASK {{ <{DATA.format(3)}> a ?type {GRAPHS[5:]}"
    url = f"{own_server}/sparql?{fields(*defaults(3), *named(1, 2))}"
    assert call(url, "POST", text, Content_Type=DIRECT).truth


def test_query_multiple_dataset(own_server: str) -> None:
    text = GRAPHS.replace("ASK", f"ASK FROM <{DATA.format(3)}>", 1)
    url = f"{own_server}/sparql?{fields(*named(1, 2))}"
    assert call(url, "POST", text, Content_Type=DIRECT).truth
    plain = f"ASK FROM <{DATA.format(3)}> {{ <{DATA.format(3)}> ?p ?o }}"
    assert call(f"{own_server}/sparql", "POST", plain, Content_Type=DIRECT).truth
    assert not call(url, "POST", plain, Content_Type=DIRECT).truth, "the request overrides FROM"


def test_query_get(own_server: str) -> None:
    assert call(f"{own_server}/sparql/?{fields(('query', 'ASK {}'), *defaults(0))}").truth


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("SELECT (1 AS ?value) {}", ("application/sparql-results+json",)),
        ("ASK {}", ("application/sparql-results+json",)),
        ("DESCRIBE <http://example.org/>", ("text/turtle",)),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", ("text/turtle",)),
    ],
)
def test_query_content_type(own_server: str, text: str, kinds: tuple[str, ...]) -> None:
    url = f"{own_server}/sparql?{fields(*defaults(0))}"
    answer = call(url, "POST", text, Content_Type=DIRECT)
    assert (answer.status, answer.kind) == (200, *kinds)


def test_query_with_version(own_server: str) -> None:
    assert call(f"{own_server}/sparql?{fields(('query', 'ASK {}'), ('version', '1.2'))}").truth
    kind = f"{DIRECT}; version=1.2"
    assert call(f"{own_server}/sparql", "POST", "ASK {}", Content_Type=kind).truth
    twice = fields(("query", "ASK {}"), ("version", "1.1"), ("version", "1.2"))
    assert call(f"{own_server}/sparql?{twice}").status == 400


@pytest.mark.parametrize(
    ("method", "search", "body", "kind", "status"),
    [
        ("PUT", "", "ASK {}", DIRECT, 405),  # bad_query_method
        ("GET", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, "", 400),
        ("POST", "", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        ("POST", "query=ASK%20%7B%7D", "query=ASK%20%7B%7D", FORM, 400),
        ("POST", "", "ASK {}", "text/plain", 415),  # bad_query_wrong_media_type
        ("POST", "", "query=ASK%20%7B%7D", "application/octet-stream", 415),
        ("POST", "", "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16", 415),
        ("POST", "", "ASK {}".encode("utf-16"), DIRECT, 400),  # bad_query_non_utf8
        ("GET", "query=ASK%20%7B", None, "", 400),  # bad_query_syntax
        ("GET", "update=CLEAR%20ALL", None, "", 400),  # bad_update_get
        ("POST", "", "update=CLEAR%20ALL", FORM, 400),
        ("POST", "", "CLEAR ALL", "application/sparql-update", 415),
        ("POST", "", "", FORM, 400),
        ("POST", "", "", DIRECT, 400),
        ("GET", "query=", None, "", 400),
    ],
)
def test_bad_requests(
    own_server: str, method: str, search: str, body: str | bytes | None, kind: str, status: int
) -> None:
    headers = {"Content_Type": kind} if kind else {}
    answer = call(f"{own_server}/sparql?{search}".rstrip("?"), method, body, **headers)
    assert answer.status == status, answer.body
    assert answer.kind == "application/problem+json"
    assert json.loads(answer.body)["fix"]
