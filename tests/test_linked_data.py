"""An IRI leads to a page or to data, as its reader likes."""

import pytest
from flask.testing import FlaskClient
from rdflib import Dataset, Graph, URIRef

# rdflib's own parsers use what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

BASE = "https://w3id.org/jsbio/"
BIOBAY = URIRef(BASE + "id/park/biobay")
FORMATS = {
    "text/turtle": ("ttl", "turtle"),
    "application/n-triples": ("nt", "nt"),
    "application/ld+json": ("jsonld", "json-ld"),
    "application/rdf+xml": ("rdf", "xml"),
    "application/trig": ("trig", "trig"),
    "application/n-quads": ("nq", "nquads"),
}
PRIMARY = URIRef("http://xmlns.com/foaf/0.1/primaryTopic")
LICENCE = URIRef("http://purl.org/dc/terms/license")
LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
PART = URIRef("http://purl.org/dc/terms/isPartOf")
DERIVED = URIRef("http://www.w3.org/ns/prov#wasDerivedFrom")


@pytest.mark.parametrize(
    "accept, location",
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "/page/park/biobay"),
        ("text/turtle", "/data/park/biobay"),
        ("application/ld+json, text/html;q=0.5", "/data/park/biobay"),
        ("text/html;q=0.5, application/rdf+xml;q=0.4", "/page/park/biobay"),
        ("text/*", "/data/park/biobay"),
        ("*/*", "/data/park/biobay"),
        ("", "/data/park/biobay"),
    ],
)
def test_an_iri_answers_303(site: FlaskClient, accept: str, location: str) -> None:
    answer = site.get("/id/park/biobay", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, location)
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/id/park/biobay.ttl", "/id/park/biobay?format=turtle"])
def test_a_suffix_or_a_field_overrides_the_header(site: FlaskClient, path: str) -> None:
    answer = site.get(path, headers={"Accept": "text/html"})
    assert answer.headers["Location"] == "/data/park/biobay.ttl"


def test_a_number_with_a_dot_is_no_suffix(site: FlaskClient) -> None:
    assert site.get("/id/passage/D1.67", headers={"Accept": "text/turtle"}).status_code == 303
    assert site.get("/data/passage/D1.67.nt").mimetype == "application/n-triples"


@pytest.mark.parametrize("path", ["/id/park/nowhere", "/data/park/nowhere", "/page/park/nowhere"])
def test_what_the_graph_does_not_know_is_not_found(site: FlaskClient, path: str) -> None:
    assert site.get(path).status_code == 404


def test_what_cannot_be_given_is_refused_with_a_list(site: FlaskClient) -> None:
    answer = site.get("/data/park/biobay", headers={"Accept": "image/png"})
    assert answer.status_code == 406 and "text/turtle" in answer.get_data(as_text=True)


@pytest.mark.parametrize("media_type", FORMATS)
def test_a_document_parses_in_every_format(site: FlaskClient, media_type: str) -> None:
    suffix, parser = FORMATS[media_type]
    answer = site.get("/data/park/biobay", headers={"Accept": media_type})
    assert answer.mimetype == media_type
    assert answer.data == site.get(f"/data/park/biobay.{suffix}").data
    dataset = Dataset()
    dataset.parse(data=answer.data, format=parser)
    triples = {(s, p, o) for s, p, o, _ in dataset.quads()}
    document = URIRef(BASE + "data/park/biobay")
    assert (document, PRIMARY, BIOBAY) in triples
    assert {LICENCE, PART, DERIVED} <= {p for s, p, _ in triples if s == document}
    assert any(s == BIOBAY for s, _, _ in triples)
    assert any(o == BIOBAY and s != document for s, _, o in triples)


def test_evidence_stands_in_its_own_graph(site: FlaskClient) -> None:
    for suffix, parser in (("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")):
        dataset = Dataset()
        dataset.parse(data=site.get(f"/data/park/biobay.{suffix}").data, format=parser)
        where = {str(graph) for s, _, _, graph in dataset.quads() if "/id/evidence/" in str(s)}
        assert where and all(name.endswith("evidence") for name in where), suffix


def test_a_document_holds_the_labels_of_what_it_mentions(site: FlaskClient) -> None:
    graph = Graph().parse(data=site.get("/data/park/biobay.ttl").data, format="turtle")
    park = URIRef(BASE + "id/park/suzhou-industrial-park")
    assert {label.language for label in graph.objects(park, LABEL)} == {"en", "zh"}  # type: ignore[attr-defined]


def test_a_document_is_the_same_every_time(site: FlaskClient) -> None:
    first = site.get("/data/province/jiangsu.nq")
    assert first.data == site.get("/data/province/jiangsu.nq").data


def test_a_page_and_its_data_name_each_other(site: FlaskClient) -> None:
    for path in ("/page/park/biobay", "/data/park/biobay.ttl"):
        link = site.get(path, headers={"Accept": "*/*"}).headers["Link"]
        assert '</page/park/biobay>; rel="alternate"; type="text/html"' in link
        assert '</data/park/biobay.ttl>; rel="describedby"; type="text/turtle"' in link
        canonical = "http://localhost/page/park/biobay" if path.startswith("/page") else BIOBAY
        assert f'<{canonical}>; rel="canonical"' in link


@pytest.mark.parametrize("path", ["/page/park/biobay", "/data/park/biobay.ttl", "/ontology.ttl"])
def test_tags_conditions_and_head_hold(site: FlaskClient, path: str) -> None:
    whole = site.get(path)
    tag = whole.headers["ETag"]
    assert tag.startswith('"')
    assert site.get(path, headers={"If-None-Match": tag}).status_code == 304
    head = site.head(path)
    assert head.data == b"" and head.headers["ETag"] == tag


def test_the_ontology_negotiates(site: FlaskClient) -> None:
    for media_type, parser in (
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ):
        answer = site.get("/ontology", headers={"Accept": media_type})
        assert answer.mimetype == media_type
        assert len(Graph().parse(data=answer.data, format=parser)) > 1000
    page = site.get("/ontology", headers={"Accept": "text/html"})
    assert page.mimetype == "text/html" and 'id="Park"' in page.get_data(as_text=True)


def test_terms_of_the_vocabulary_have_data_too(site: FlaskClient) -> None:
    graph = Graph().parse(data=site.get("/data/ontology/Park.ttl").data, format="turtle")
    assert (URIRef(BASE + "ontology#Park"), None, None) in graph
