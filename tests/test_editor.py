"""The SPARQL page as the server draws it; ``tests/browser`` drives its script."""

import re
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from jsbio_kg.service import Service
from jsbio_kg.web import editor
from jsbio_kg.web.app import create_app

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
MANY = "SELECT ?a ?b { VALUES ?a { %s } VALUES ?b { %s } }" % ((" ".join(map(str, range(40))),) * 2)


def ask(client: FlaskClient, query: str, more: str = "") -> TestResponse:
    return client.get(f"/sparql?query={quote(query)}{more}", headers=PAGE)


@pytest.mark.parametrize("path", ["/sparql", "/sparql?lang=zh", "/query", "/sparql?lang=en"])
def test_without_a_query_the_page_is_a_form_with_an_example(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers=PAGE)
    assert page.status_code == 200
    assert "SELECT" in page.get_data(as_text=True).partition("<textarea")[2]


def test_an_answer_says_how_many_and_how_long(client: FlaskClient) -> None:
    text = ask(client, "SELECT ?s { ?s ?p ?o } LIMIT 3").get_data(as_text=True)
    assert re.search(r"3 rows · \d+ ms", text)
    assert re.search(r"3 行 · \d+ ms", ask(client, "SELECT ?s {?s ?p ?o} LIMIT 3", "&lang=zh").text)


def test_what_is_cut_short_says_so_and_the_download_holds_all(client: FlaskClient) -> None:
    assert "The first 1000 are shown; the downloads hold all 1600." in ask(client, MANY).text
    whole = ask(client, MANY, "&format=csv")
    assert whole.headers["Content-Disposition"] == 'attachment; filename="answer.csv"'
    assert whole.get_data().count(b"\n") == 1601


def test_columns_are_those_of_the_query(client: FlaskClient) -> None:
    text = ask(client, 'SELECT ?park ?parkEn { BIND(1 AS ?park) BIND("x" AS ?parkEn) }').text
    assert re.findall(r'<th scope="col"[^>]*><a [^>]*>(\w+)', text) == ["park", "parkEn"]


def test_an_error_keeps_the_query_and_marks_the_place(client: FlaskClient) -> None:
    page = ask(client, "SELECT ?s {\n  ?s <p> }")
    assert page.status_code == 400
    assert page.headers["Cache-Control"] == "no-store"
    assert "SELECT ?s {\n  ?s &lt;p&gt; }</textarea>" in page.text
    assert 'data-line="2" data-column="' in page.text
    assert re.search(r'<span class="quiet">2 </span>.*<mark>', page.text)


def test_markup_in_a_query_stays_text(client: FlaskClient) -> None:
    page = ask(client, "</textarea><script>alert(1)</script>")
    assert "<script>alert" not in page.text


def test_a_long_query_downloads_by_a_form(client: FlaskClient) -> None:
    query = "ASK {} #" + "x" * 20_000
    page = client.post("/sparql", data={"query": query}, headers=PAGE)
    assert page.status_code == 200
    assert '<button class="quiet-button" name="format" value="json"' in page.text


def test_triples_come_as_a_table_and_in_every_format_of_triples(client: FlaskClient) -> None:
    page = ask(client, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2")
    assert "2 triples" in page.text and ">subject</a>" in page.text
    for extension in ("ttl", "nt", "jsonld", "rdf"):
        assert f"format={extension}" in page.text


def test_a_saved_query_is_a_start_without_its_header(client: FlaskClient, service: Service) -> None:
    name = next(iter(service.site.queries))
    text = client.get(f"/sparql?saved={name}", headers=PAGE).text.partition("<textarea")[2]
    assert "PREFIX" in text and "#+" not in text
    assert client.get("/sparql?saved=none", headers=PAGE).status_code == 404


def test_without_the_script_the_page_says_so_and_works(
    service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(editor, "_SCRIPT", tmp_path / "none.js")
    client = create_app(service).test_client()
    page = client.get("/sparql", headers=PAGE)
    assert "make editor" in page.text and "<script" not in page.text
    assert ask(client, "ASK {}").status_code == 200


def test_programs_are_not_shown_a_page(client: FlaskClient) -> None:
    assert client.get("/sparql?query=ASK%20%7B%7D").mimetype == "application/sparql-results+json"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (CONCAT(" + ",".join(['"aaaaaaaaaa"'] * 60_000) + ") AS ?x) {}",
        "SELECT (CONCAT(" + ",".join(['"苏a苏a苏a苏a"'] * 30_000) + ") AS ?x) {}",
        "SELECT " + " ".join(f"?a{n}" for n in range(5_000)) + " { ?s ?p ?o } LIMIT 500",
        "SELECT ?x { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f } LIMIT 90000",
        "SELECT * { VALUES ?x {" + " <urn:x>" * 100_000 + " } }",
        'SELECT ?x { VALUES ?x { "x"^^<http://www.w3.org/2001/XMLSchema#integer> 1 "y" } }',
    ],
    ids=["long-text", "long-mixed-text", "columns", "rows", "long-query", "no-number"],
)
def test_a_page_stays_small_and_quick_whatever_the_answer_is(
    client: FlaskClient, text: str
) -> None:
    started = time.process_time()
    path, kind = "/sparql?sort=x&order=descending", "application/sparql-query"
    answer = client.post(path, data=text, content_type=kind, headers=PAGE)
    assert answer.status_code == 200, answer.text[:300]
    assert len(answer.data) < 4_000_000 + 6 * len(text)
    assert time.process_time() - started < 8, "this very process, not the worker"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("query=ASK{}&query=ASK{}", "application/x-www-form-urlencoded", 400),
        ("query=ASK{}" + "+" * 1_100_000, "application/x-www-form-urlencoded", 413),
        ("ASK {}", "text/plain", 415),
        ("ASK {", "application/sparql-query", 400),
    ],
)
def test_an_error_of_a_sent_query_is_a_page_too(
    client: FlaskClient, body: str, kind: str, status: int
) -> None:
    answer = client.post("/sparql", data=body, content_type=kind, headers=PAGE)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
