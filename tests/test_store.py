"""Both stores answer alike: the same tests on the embedded one and on a real endpoint."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest

from jsbio_kg.errors import (
    NotAcceptable,
    QueryRefused,
    QuerySyntaxError,
    ResultTooLarge,
    StoreError,
)
from jsbio_kg.store import FORMATS, Dataset, EmbeddedStore, Limits, Query, Store
from jsbio_kg.store.remote import RemoteStore
from jsbio_kg.vocabulary import BASE

PARKS = """PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
SELECT ?park ?rank WHERE { ?park jsbio:rank ?rank } ORDER BY ?park"""
FACTS, EVIDENCE = BASE + "graph/facts", BASE + "graph/facts-evidence"


def rows(store: Store, text: str, dataset: Dataset | None = None) -> list[dict[str, str]]:
    answer = store.answer(Query(text, dataset=dataset))
    bindings = json.loads(answer.body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def test_select_gives_rows_in_json(store: Store) -> None:
    assert rows(store, PARKS) == [
        {"park": BASE + "id/park/biobay", "rank": "1"},
        {"park": BASE + "id/park/valley", "rank": "5"},
    ]


def test_rows_are_counted_in_every_format(store: Store) -> None:
    for name in ("json", "xml", "csv", "tsv"):
        assert store.answer(Query(PARKS, FORMATS[name])).rows == 2, name


def test_no_rows_count_as_none(store: Store) -> None:
    for name in ("json", "xml", "csv", "tsv"):
        answer = store.answer(Query("SELECT ?s { ?s <urn:none> ?o }", FORMATS[name]))
        assert answer.rows == 0, name


def test_csv_and_tsv_hold_the_same_rows_as_json(store: Store) -> None:
    text = store.answer(Query(PARKS, FORMATS["csv"])).body.decode()
    assert list(csv.reader(io.StringIO(text)))[1] == [BASE + "id/park/biobay", "1"]
    text = store.answer(Query(PARKS, FORMATS["tsv"])).body.decode()
    assert text.splitlines()[1] == f"<{BASE}id/park/biobay>\t1"


def test_xml_is_well_formed_with_awkward_text(store: Store) -> None:
    text = "SELECT ?o { ?s <http://www.w3.org/2004/02/skos/core#note> ?o }"
    tree = ET.fromstring(store.answer(Query(text, FORMATS["xml"])).body)
    [literal] = tree.iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert literal.text == "a line\nand <another> & more, with a tab\there"


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_ask_gives_a_boolean(store: Store, name: str) -> None:
    answer = store.answer(Query("ASK { ?s ?p ?o }", FORMATS[name]))
    assert (answer.kind, answer.rows) == ("boolean", None)
    assert b"true" in answer.body


@pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld", "rdfxml"])
def test_construct_gives_the_same_triples_in_every_format(store: Store, name: str) -> None:
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s <{BASE}ontology#locatedIn> ?o . ?s ?p ?o }}"
    answer = store.answer(Query(text, graph=FORMATS[name]))
    rdf = {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }[name]
    assert answer.kind == "graph"
    assert {str(quad.object) for quad in ox.parse(answer.body, rdf)} == {
        f"<{BASE}id/city/suzhou>",
        f"<{BASE}id/city/nanjing>",
    }


def test_turtle_declares_the_prefixes_that_occur_and_no_other(store: Store) -> None:
    text = f"CONSTRUCT WHERE {{ <{BASE}id/park/biobay> <{BASE}ontology#locatedIn> ?o }}"
    turtle = store.answer(Query(text)).body.decode()
    assert "park:biobay jsbio:locatedIn city:suzhou ." in turtle
    assert "@prefix skos:" not in turtle


def test_describe_gives_a_graph(store: Store) -> None:
    answer = store.answer(Query(f"DESCRIBE <{BASE}id/park/biobay>"))
    assert b"BioBAY" in answer.body


def test_evidence_is_not_in_the_default_graph_and_is_asked_for_by_name(store: Store) -> None:
    pattern = f"?e <{BASE}ontology#citesPassage> ?p"
    assert rows(store, f"SELECT ?e {{ {pattern} }}") == []
    assert len(rows(store, f"SELECT ?e {{ GRAPH ?g {{ {pattern} }} }}")) == 1


def test_graphs_named_beside_the_query_are_its_dataset(store: Store) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    facts, evidence = Dataset((FACTS,)), Dataset((), (EVIDENCE,))
    assert rows(store, count, facts) == [{"n": "5"}]
    assert rows(store, graphs, facts) == []
    assert rows(store, count, evidence) == [{"n": "0"}]
    assert rows(store, graphs, evidence) == [{"g": EVIDENCE}]


def test_graphs_named_beside_the_query_override_from(store: Store) -> None:
    text = f"SELECT (COUNT(*) AS ?n) FROM <{EVIDENCE}> {{ ?s ?p ?o }}"
    assert rows(store, text) == [{"n": "5"}]
    facts = f"SELECT ?s FROM <{EVIDENCE}> {{ ?s <{BASE}ontology#rank> ?o }}"
    assert len(rows(store, facts, Dataset((FACTS,)))) == 2


def test_a_syntax_error_has_its_place(store: Store) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.answer(Query("SELECT ?s\nWHERE { ?s ?p"))
    assert caught.value.where == "2:14"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?where { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX a: <urn:x> DROP ALL",
        "SELECT * FROM <http://127.0.0.1:9/g> { ?s ?p ?o }",
        "PREFIX x: <file:///etc/> SELECT * FROM NAMED x:passwd { GRAPH ?g { ?s ?p ?o } }",
        "ASK " + "{" * 400 + "}" * 400,
    ],
)
def test_what_is_not_done_here_is_refused_with_a_place(store: Store, text: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        store.answer(Query(text))
    assert caught.value.fix is not None


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?s { ?s ?p "SERVICE <http://x/>" } # SERVICE FROM <urn:x>',
        "SELECT ?service ?from { ?service ?p ?from } LIMIT 1",
        "PREFIX service: <urn:from/> ASK { ?s service:load 'DROP' }",
        f"SELECT ?s FROM <{FACTS}> {{ ?s ?p ?o }} LIMIT 1",
    ],
)
def test_words_inside_strings_names_and_comments_are_not_refused(store: Store, text: str) -> None:
    store.answer(Query(text))


def test_a_caller_that_takes_no_format_of_the_answer_is_told_the_formats(store: Store) -> None:
    with pytest.raises(NotAcceptable):
        store.answer(Query("ASK {}", solutions=None))
    with pytest.raises(NotAcceptable):
        store.answer(Query("CONSTRUCT WHERE { ?s ?p ?o }", graph=None))


def test_an_answer_is_whole_or_an_error(served) -> None:  # type: ignore[no-untyped-def]
    limits = Limits(result_bytes=500)
    store = EmbeddedStore.from_dataset(served.dataset, served.default_graphs, limits)
    store.answer(Query("SELECT ?s { ?s ?p ?o } LIMIT 1"))
    with pytest.raises(ResultTooLarge):
        store.answer(Query("SELECT ?s ?p ?o { ?s ?p ?o }"))
    limits = Limits(rows=3)
    store = EmbeddedStore.from_dataset(served.dataset, served.default_graphs, limits)
    for name in ("json", "xml", "csv", "tsv"):
        with pytest.raises(ResultTooLarge):
            store.answer(Query("SELECT ?s { ?s ?p ?o } LIMIT 4", FORMATS[name]))
        store.answer(Query("SELECT ?s { ?s ?p ?o } LIMIT 3", FORMATS[name]))


def test_triple_terms_reach_the_client() -> None:
    store = EmbeddedStore()
    text = "SELECT ?t { BIND(<<( <urn:a> <urn:b> 'c' )>> AS ?t) }"
    answer = store.answer(Query(text))
    assert json.loads(answer.body)["results"]["bindings"][0]["t"]["type"] == "triple"
    assert answer.rows == 1


def test_an_endpoint_that_is_not_there_is_the_stores_fault() -> None:
    with pytest.raises(StoreError) as caught:
        RemoteStore("http://127.0.0.1:9/sparql").answer(Query("ASK {}"))
    assert "Check its address" in str(caught.value)


def test_a_page_that_is_no_endpoint_is_the_stores_fault(server: str) -> None:
    with pytest.raises(StoreError):
        RemoteStore(server + "/healthz").answer(Query("ASK {}"))
