"""SPARQL 1.1 Protocol, Graph Store Protocol and Service Description, from the standards' texts."""

import itertools
import json
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from jsbio_kg.service import Service
from jsbio_kg.store import DATASETS, GRAPHS, SOLUTIONS
from jsbio_kg.vocabulary import BASE
from jsbio_kg.web.negotiation import choose_format, choose_language, choose_type

SELECT = "SELECT ?park { ?park a <https://w3id.org/jsbio/ontology#Park> } ORDER BY ?park"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
FACTS, EVIDENCE = BASE + "graph/facts", BASE + "graph/facts-evidence"
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"


def parks(response) -> list[str]:  # type: ignore[no-untyped-def]
    assert response.status_code == 200, response.text
    rows = json.loads(response.data)["results"]["bindings"]
    return [row["park"]["value"].rpartition("/")[2] for row in rows]


def get(client: FlaskClient, query: str, accept: str = "", **fields: str):  # type: ignore[no-untyped-def]
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql?" + urlencode({"query": query, **fields}), headers=headers)


# -- 2.1 query operation -----------------------------------------------------------------------


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


# -- negotiation -------------------------------------------------------------------------------

TYPES = {
    "select": [each.media_type for each in SOLUTIONS],
    "ask": [each.media_type for each in SOLUTIONS],
    "construct": [each.media_type for each in (*GRAPHS, *DATASETS)],
    "describe": [each.media_type for each in (*GRAPHS, *DATASETS)],
}
QUERIES = {
    "select": SELECT,
    "ask": "ASK { ?s ?p ?o }",
    "construct": f"CONSTRUCT WHERE {{ ?s <{BASE}ontology#locatedIn> ?o }}",
    "describe": f"DESCRIBE <{BASE}id/park/biobay>",
}


@pytest.mark.parametrize(
    ("form", "accept"),
    [(form, media_type) for form, types in TYPES.items() for media_type in types],
)
def test_every_form_comes_in_every_format_of_its_kind(
    client: FlaskClient, form: str, accept: str
) -> None:
    answer = get(client, QUERIES[form], accept)
    assert answer.status_code == 200
    assert answer.mimetype == accept
    assert answer.data


@pytest.mark.parametrize(
    ("form", "accept", "expected"),
    [
        ("select", "", "application/sparql-results+json"),
        ("select", "*/*", "application/sparql-results+json"),
        ("construct", "", "text/turtle"),
        ("construct", "*/*", "text/turtle"),
        ("ask", "", "application/sparql-results+json"),
        ("select", "application/json", "application/json"),
        ("construct", "application/json", "application/json"),
        ("select", "text/*", "text/csv"),
        ("select", "text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        (
            "select",
            "*/*;q=0.1, application/sparql-results+xml;q=0.2",
            "application/sparql-results+xml",
        ),
        ("select", "text/csv, */*", "text/csv"),
        ("select", "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("select", "text/turtle, application/sparql-results+xml", "application/sparql-results+xml"),
        ("construct", "application/sparql-results+json, text/turtle;q=0.1", "text/turtle"),
        ("construct", "application/n-triples, text/turtle;q=0.9", "application/n-triples"),
        ("select", "TEXT/CSV; header=present", "text/csv"),
    ],
)
def test_the_best_of_what_is_accepted_is_given(
    client: FlaskClient, form: str, accept: str, expected: str
) -> None:
    assert get(client, QUERIES[form], accept).mimetype == expected


@pytest.mark.parametrize(
    ("form", "accept"),
    [
        ("select", "text/turtle"),
        ("ask", "application/rdf+xml"),
        ("construct", "text/csv"),
        ("select", "image/png"),
        ("select", "*/*;q=0"),
    ],
)
def test_what_no_format_fits_is_406_with_the_list(
    client: FlaskClient, form: str, accept: str
) -> None:
    answer = get(client, QUERIES[form], accept)
    assert answer.status_code == 406
    offered = (*GRAPHS, *DATASETS) if form == "construct" else SOLUTIONS
    assert all(each.media_type in answer.json["fix"] for each in offered)


def test_a_browser_gets_a_page(client: FlaskClient) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for path in ("/sparql", "/sparql?query=ASK{}", "/queries/parks"):
        assert client.get(path, headers={"Accept": accept}).mimetype == "text/html"


def test_everything_negotiated_says_so(client: FlaskClient) -> None:
    for path in ("/sparql?query=ASK{}", "/sparql?query=A", "/id/park/biobay", "/queries/parks"):
        vary = {each.strip() for each in client.get(path).headers["Vary"].split(",")}
        assert {"Accept", "Accept-Language", "Accept-Encoding"} <= vary, path


ranges = st.sampled_from(
    [each.media_type for each in SOLUTIONS] + ["*/*", "text/*", "application/*", "image/png"]
)
weights = st.sampled_from(["", ";q=0", ";q=0.3", ";q=0.5", ";q=1", "; Q=0.7", ";q=x"])


@given(st.lists(st.tuples(ranges, weights), min_size=1, max_size=6))
def test_no_type_of_weight_zero_is_given_while_another_fits(
    accepted: list[tuple[str, str]],
) -> None:
    header = ", ".join(value + weight for value, weight in accepted)
    chosen = choose_format(header, SOLUTIONS)
    if chosen is not None:
        covering = [
            (value, weight)
            for value, weight in accepted
            if value in (chosen.media_type, "*/*", chosen.media_type.split("/")[0] + "/*")
        ]
        assert any(weight not in (";q=0", ";q=x") for _, weight in covering)


@given(st.lists(st.tuples(ranges, weights), min_size=1, max_size=5))
def test_the_order_of_the_header_does_not_matter(accepted: list[tuple[str, str]]) -> None:
    values = dict(accepted)
    headers = {
        ", ".join(value + weight for value, weight in order)
        for order in itertools.permutations(values.items())
    }
    assert len({choose_format(header, SOLUTIONS) for header in headers}) == 1


@given(st.text(max_size=80))
def test_no_header_breaks_negotiation(header: str) -> None:
    choose_type(header, ("text/html", "text/csv"))
    assert choose_language(header, header) in ("en", "zh")


# -- results reach the client unchanged ----------------------------------------------------------


@pytest.mark.parametrize("form", ["select", "construct"])
def test_the_bytes_are_the_engines(service: Service, client: FlaskClient, form: str) -> None:
    for accept in TYPES[form]:
        if accept in ("text/turtle",):
            continue  # written with prefixes, which the engine does not
        answer = get(client, QUERIES[form], accept).data
        assert answer == get(client, QUERIES[form] + " ", accept).data


def test_triple_terms_go_through(client: FlaskClient) -> None:
    text = "SELECT ?t { BIND(<<( <urn:a> <urn:b> 'c'@en--ltr )>> AS ?t) }"
    [row] = get(client, text).json["results"]["bindings"]
    assert row["t"]["type"] == "triple"


# -- Graph Store HTTP Protocol -------------------------------------------------------------------


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


# -- Service Description -------------------------------------------------------------------------


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
