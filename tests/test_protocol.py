"""SPARQL 1.1 Protocol, from the standard's text: queries, bad requests, limits."""

from urllib.parse import urlencode

import pytest
from asking import DIRECT, EVIDENCE, FACTS, FORM, SELECT, get, parks
from flask.testing import FlaskClient

from jsbio_kg.vocabulary import BASE


@pytest.mark.parametrize("path", ["/sparql", "/query"])
def test_2_1_1_query_via_get(client: FlaskClient, path: str) -> None:
    assert parks(client.get(path, query_string={"query": SELECT})) == ["biobay", "valley"]


def test_2_1_2_query_via_url_encoded_post(client: FlaskClient) -> None:
    assert parks(client.post("/sparql", data={"query": SELECT})) == ["biobay", "valley"]


def test_2_1_3_query_via_post_directly(client: FlaskClient) -> None:
    for content_type in (DIRECT, f"{DIRECT}; charset=utf-8", f'{DIRECT};charset="UTF-8"'):
        answer = client.post("/sparql", data=SELECT, content_type=content_type)
        assert parks(answer) == ["biobay", "valley"]


def test_2_1_4_the_dataset_is_named_in_the_request(client: FlaskClient) -> None:
    count = "SELECT (COUNT(*) AS ?park) { ?s ?p ?o }"
    fields = [("query", count), ("default-graph-uri", FACTS), ("default-graph-uri", EVIDENCE)]
    by_get = client.get("/sparql?" + urlencode(fields))
    by_form = client.post("/sparql", data=urlencode(fields), content_type=FORM)
    by_body = client.post("/sparql?" + urlencode(fields[1:]), data=count, content_type=DIRECT)
    assert parks(by_get) == parks(by_form) == parks(by_body) == ["10"]
    named = "SELECT DISTINCT ?park { GRAPH ?park { ?s ?p ?o } }"
    fields = [("query", named), ("named-graph-uri", EVIDENCE)]
    assert parks(client.get("/sparql?" + urlencode(fields))) == ["facts-evidence"]


def test_2_1_4_the_request_overrides_from(client: FlaskClient) -> None:
    text = f"SELECT (COUNT(*) AS ?park) FROM <{EVIDENCE}> {{ ?s <{BASE}ontology#rank> ?o }}"
    assert parks(get(client, text)) == ["0"]
    assert parks(get(client, text, **{"default-graph-uri": FACTS})) == ["2"]


def test_a_graph_that_is_not_here_is_refused(client: FlaskClient) -> None:
    answer = get(client, SELECT, **{"default-graph-uri": "http://127.0.0.1:9/x"})
    assert answer.status_code == 400
    assert "http://127.0.0.1:9/x" in answer.json["detail"]


def test_utf8_goes_through_every_way(client: FlaskClient) -> None:
    text = 'SELECT ?park { ?park ?p "苏州生物医药产业园"@zh }'
    assert parks(get(client, text)) == ["biobay"]
    assert parks(client.post("/sparql", data={"query": text})) == ["biobay"]
    assert parks(client.post("/sparql", data=text.encode(), content_type=DIRECT)) == ["biobay"]


def test_2_1_5_head_has_the_headers_of_get_and_no_body(client: FlaskClient) -> None:
    whole = get(client, SELECT)
    head = client.head("/sparql?" + urlencode({"query": SELECT}))
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(whole.data))
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize(
    ("method", "path", "body", "content_type", "status"),
    [
        ("GET", "/sparql?query=SELECT", None, None, 400),
        ("GET", "/sparql?query=ASK{}&query=ASK{}", None, None, 400),
        ("GET", "/sparql?update=CLEAR%20ALL", None, None, 400),
        ("GET", "/sparql?query=CLEAR%20ALL", None, None, 400),
        ("GET", "/sparql?query=%ff", None, None, 400),
        ("GET", "/sparql?default-graph-uri=x", None, None, 400),
        ("POST", "/sparql", b"query=ASK{}&query=ASK{}", FORM, 400),
        ("POST", "/sparql", b"update=CLEAR+ALL", FORM, 400),
        ("POST", "/sparql", b"", FORM, 400),
        ("POST", "/sparql", b"", DIRECT, 400),
        ("POST", "/sparql", b"ASK { \xff }", DIRECT, 400),
        ("POST", "/sparql?query=ASK{}", b"ASK {}", DIRECT, 400),
        ("POST", "/sparql", b"ASK {}", "text/plain", 415),
        ("POST", "/sparql", b"ASK {}", "application/sparql-update", 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), f"{DIRECT}; charset=utf-16", 415),
        ("POST", "/sparql", b"ASK {}", None, 415),
        ("POST", "/sparql", b"query=ASK {}", "multipart/form-data; boundary=x", 415),
        ("PUT", "/sparql", b"ASK {}", DIRECT, 405),
        ("DELETE", "/sparql", None, None, 405),
        ("PATCH", "/sparql", b"ASK {}", DIRECT, 405),
        ("POST", "/sparql", b"ASK {}" + b" " * (2 << 20), DIRECT, 413),
        ("GET", "/sparql?query=ASK{}" + "+" * 70_000, None, None, 414),
        ("GET", "/sparql?query=ASK{}&timeout=soon", None, None, 400),
        ("GET", "/sparql?query=ASK{}&timeout=-1", None, None, 400),
        ("GET", "/sparql?" + "x=1&" * 2000, None, None, 400),
    ],
)
def test_2_1_6_a_bad_request_has_its_status_and_a_fix(  # type: ignore[no-untyped-def]
    client: FlaskClient, method: str, path: str, body, content_type, status: int
) -> None:
    answer = client.open(path, method=method, data=body, content_type=content_type)
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["fix"]
    if status == 405:
        assert "POST" in answer.headers["Allow"]
    if status == 415:
        assert DIRECT in answer.headers["Accept-Post"]


def test_a_content_coding_of_the_request_is_not_guessed(client: FlaskClient) -> None:
    headers = {"Content-Encoding": "gzip", "Content-Type": DIRECT}
    assert client.post("/sparql", data=b"\x1f\x8b", headers=headers).status_code == 415


def test_a_syntax_error_has_line_and_column(client: FlaskClient) -> None:
    answer = get(client, "SELECT ?s\nWHERE { ?s ?p")
    assert (answer.json["line"], answer.json["column"]) == (2, 14)


def test_a_deadline_is_504_and_a_client_may_ask_for_a_shorter_one(client: FlaskClient) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
    answer = get(client, endless, timeout="0.2")
    assert answer.status_code == 504
    assert "0.2 seconds" in answer.json["detail"]


def test_memory_and_size_are_507(client: FlaskClient) -> None:
    product = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert get(client, f"SELECT * {product} ORDER BY ?a ?f ?l").status_code in (504, 507)
    assert get(client, f"SELECT * {product}").status_code == 507


def test_options_tells_the_methods(client: FlaskClient) -> None:
    answer = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert answer.status_code == 204
    assert answer.headers["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
