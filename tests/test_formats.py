"""Answers in the format that was asked for: which one is chosen, and what is written in it."""

import itertools
import json
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from asking import SELECT, call, get
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from jsbio_kg.service import Service
from jsbio_kg.store import DATASETS, GRAPHS, SOLUTIONS
from jsbio_kg.vocabulary import BASE
from jsbio_kg.web.negotiation import choose_format, choose_language, choose_type

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


# -- byte by byte, as the standards write them -----------------------------------------------------


TERMS = (
    'SELECT ?a ?b { VALUES (?a ?b) { (<http://ex/?x=1&y=2> "plain") ("a\\"b\\nc,\\td" UNDEF) '
    '("<&>é😀"@en 1) (true "x"^^<http://ex/dt>) ("r"@ar--rtl <<( <urn:s> <urn:p> "o" )>>) '
    "(UNDEF UNDEF) } }"
)
WRITTEN = {
    "application/sparql-results+json": (
        '{"head":{"vars":["a","b"]},"results":{"bindings":['
        '{"a":{"type":"uri","value":"http://ex/?x=1&y=2"},"b":{"type":"literal","value":"plain"}},'
        '{"a":{"type":"literal","value":"a\\"b\\nc,\\td"}},'
        '{"a":{"type":"literal","value":"<&>é😀","xml:lang":"en"},'
        '"b":{"type":"literal","value":"1",'
        '"datatype":"http://www.w3.org/2001/XMLSchema#integer"}},'
        '{"a":{"type":"literal","value":"true",'
        '"datatype":"http://www.w3.org/2001/XMLSchema#boolean"},'
        '"b":{"type":"literal","value":"x","datatype":"http://ex/dt"}},'
        '{"a":{"type":"literal","value":"r","xml:lang":"ar","its:dir":"rtl"},'
        '"b":{"type":"triple","value":{"subject":{"type":"uri","value":"urn:s"},'
        '"predicate":{"type":"uri","value":"urn:p"},'
        '"object":{"type":"literal","value":"o"}}}},{}]}}'
    ),
    "text/csv": (
        'a,b\r\nhttp://ex/?x=1&y=2,plain\r\n"a""b\nc,\td",\r\n<&>é😀,1\r\ntrue,x\r\n'
        "r,urn:s urn:p o\r\n,\r\n"
    ),
    "text/tab-separated-values": (
        '?a\t?b\n<http://ex/?x=1&y=2>\t"plain"\n"a\\"b\\nc,\\td"\t\n"<&>é😀"@en\t1\n'
        'true\t"x"^^<http://ex/dt>\n"r"@ar--rtl\t<<( <urn:s> <urn:p> "o" )>>\n\t\n'
    ),
}


@pytest.mark.parametrize("media_type", WRITTEN)
def test_rows_are_written_as_their_format_has_them(own_server: str, media_type: str) -> None:
    answer = call(f"{own_server}/sparql?{urlencode({'query': TERMS})}", Accept=media_type)
    assert answer.body.decode() == WRITTEN[media_type]
    assert answer.kind == media_type


def test_every_format_says_the_same(own_server: str) -> None:
    url = f"{own_server}/sparql?{urlencode({'query': TERMS})}"
    kinds = {
        "application/sparql-results+json": ox.QueryResultsFormat.JSON,
        "application/sparql-results+xml": ox.QueryResultsFormat.XML,
        "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    }
    found = []
    for media_type, format in kinds.items():
        parsed = ox.parse_query_results(call(url, Accept=media_type).body, format)
        assert isinstance(parsed, ox.QuerySolutions)
        found.append([(row["a"], row["b"]) for row in parsed])
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("text", "accept"),
    [
        ('SELECT ("\\u0007" AS ?x) {}', "application/sparql-results+xml"),
        ('CONSTRUCT { <urn:s> <urn:p> "\\u0001" } WHERE {}', "application/rdf+xml"),
        ("CONSTRUCT { <urn:s> <http://ex/1> 1 } WHERE {}", "application/rdf+xml"),
        ("CONSTRUCT { <urn:s> <urn:p> <<( <urn:a> <urn:b> 1 )>> } {}", "application/ld+json"),
    ],
)
def test_what_a_format_cannot_say_is_406(own_server: str, text: str, accept: str) -> None:
    answer = call(f"{own_server}/sparql?{urlencode({'query': text})}", Accept=accept)
    assert answer.status == 406, answer.body
    assert accept in json.loads(answer.body)["detail"]
