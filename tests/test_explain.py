"""Why a triple holds: on the command line and as a page, down to what is stated and by what."""

import json
import re
import time
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from jsbio_kg.build.proving import prove
from jsbio_kg.cli import main
from jsbio_kg.release import PROOFS, Proofs, Release, Step
from jsbio_kg.service import Lanes, Source, open_service
from jsbio_kg.service.rules import RULES, rule_sentence
from jsbio_kg.service.triple import QUOTED
from jsbio_kg.vocabulary import expand
from jsbio_kg.web.app import create_app

CHAIN = (
    "assessment:anti-tumor-drugs",
    "jsbio:concernsSector",
    "sector:biopharmaceutical-industry",
)
STATED = ("statistic:innovation-platforms", "jsbio:minExclusive", "300")
NOT_ENTAILED = ("statistic:innovation-platforms", "jsbio:exactValue", "300")


def run(release: Release, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments, "--release", str(release.root)])


@pytest.fixture(scope="module")
def site(release: Release) -> Iterator[FlaskClient]:
    service = open_service(Source(release=release.root, lanes=Lanes(fast=1, slow=1, patience=5)))
    yield create_app(service).test_client()
    service.close()


def test_every_inferred_triple_has_a_proof_that_ends_in_asserted_ones(
    release: Release, dataset: Store
) -> None:
    proofs = Proofs.read(release.root / PROOFS)
    inferred = NamedNode(expand("graph:inferred"))
    default = [NamedNode(iri) for iri in release.default_graphs if iri != inferred.value]
    asserted = {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for graph in default
        for quad in dataset.quads_for_pattern(None, None, None, graph)
    }
    wanted = list(dataset.quads_for_pattern(None, None, None, inferred))
    assert wanted
    for quad in wanted:
        steps = proofs.steps((str(quad.subject), str(quad.predicate), str(quad.object)))
        assert not steps[0].is_asserted
        for step in steps:
            assert not step.is_asserted or step.triple in asserted or "_:" in str(step.triple)


def test_no_proof_leads_back_to_itself(release: Release) -> None:
    proofs = Proofs.read(release.root / PROOFS)
    for triple in proofs.last:
        seen: list[tuple[str, str, str]] = []
        for step in proofs.steps(triple):
            assert not set(step.premises) & set(seen)
            seen.append(step.triple)


def test_the_same_graph_gives_the_same_proofs(release: Release) -> None:
    graphs = [iri for iri in release.default_graphs if iri != expand("graph:inferred")]
    again = prove(release.dataset.read_bytes(), graphs).to_json()
    assert again == (release.root / PROOFS).read_text("utf-8")


def test_a_proof_is_read_back_as_it_was_written() -> None:
    one, two, three = (("<urn:a>", "<urn:p>", f'"{text}\\"x"@en') for text in ("1", "2", "3"))
    proofs = Proofs.of([Step(one, "prp-trp", (two, three)), Step(two, "prp-spo1", (three,))])
    assert [step.triple for step in proofs.steps(one)] == [one, two, three]


def test_the_text_goes_rule_by_rule_down_to_the_sentence(release: Release) -> None:
    result = run(release, *CHAIN)
    assert result.exit_code == 0
    assert "follows by prp-spo2 from" in result.output
    assert "(concerns sector, broader transitive)" in result.output
    assert "stated in graph:jiangsu-introduction" in result.output
    assert re.search(r"D1\.\d+ “[^”]+” · Introduction of Jiangsu", result.output)


def test_the_text_is_chinese_when_asked(release: Release) -> None:
    result = run(release, *CHAIN, "--lang", "zh")
    assert "江苏产业介绍的事实" in result.output
    assert "follows by" not in result.output


def test_a_stated_triple_says_so_with_its_evidence(release: Release) -> None:
    result = run(release, *STATED)
    assert result.exit_code == 0
    assert "follows" not in result.output
    assert "D1.59 “over 300 innovation platforms”" in result.output


def test_a_reference_value_names_its_source(release: Release) -> None:
    result = run(release, "city:nanjing", "jsbio:gb2260Code", "'320100'")
    assert result.exit_code == 0, result.output
    assert "reference:gb2260" in result.output


def test_what_rests_on_a_reading_shows_it(release: Release) -> None:
    triple = (
        "measure:data-export-negative-list",
        "jsbio:sector",
        "sector:biopharmaceutical-industry",
    )
    output = run(release, *triple).output
    assert "reading:R-biopharmaceutical-sector (confidence" in output


def test_an_axiom_that_follows_is_explained_though_it_is_not_published(release: Release) -> None:
    result = run(release, "jsbio:Park", "rdfs:subClassOf", "geo:Feature")
    assert result.exit_code == 0
    assert "scm-sco" in result.output


@pytest.mark.parametrize("language, words", [("en", "Not entailed: "), ("zh", "推不出：")])
def test_what_does_not_follow_is_told_with_a_status_of_its_own(
    release: Release, language: str, words: str
) -> None:
    result = run(release, *NOT_ENTAILED, "--lang", language)
    assert result.exit_code == 3
    assert result.stdout.startswith(f"{words}statistic:innovation-platforms")


@pytest.mark.parametrize("language, words", [("en", "Not entailed: "), ("zh", "推不出：")])
def test_what_does_not_follow_is_told_in_json(release: Release, language: str, words: str) -> None:
    result = run(release, *NOT_ENTAILED, "--lang", language, "--format", "json")
    assert result.exit_code == 3
    content = json.loads(result.stdout)
    assert content["is_entailed"] is False
    assert content["triple"]["object"]["value"] == "300"
    assert content["says"].startswith(words)


def test_what_does_not_follow_is_told_in_rdf(release: Release) -> None:
    result = run(release, *NOT_ENTAILED, "--format", "turtle")
    assert result.exit_code == 3
    store = Store()
    store.extend(parse(result.stdout, RdfFormat.TURTLE))
    assert store.query(
        "PREFIX earl: <http://www.w3.org/ns/earl#> PREFIX jsbio: <https://w3id.org/jsbio/ontology#>"
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ASK { [] a earl:Assertion ; "
        "earl:test [ rdf:predicate jsbio:exactValue ; rdf:object 300 ] ; earl:result [ "
        "earl:outcome earl:failed ] }"
    )


@pytest.mark.parametrize(
    "triple, language, words",
    [
        (("jsbio:Park", "rdfs:subClassOf", "jsbio:Park"), "en", "Each class is within itself"),
        (("jsbio:Park", "rdfs:subClassOf", "owl:Thing"), "en", "and within owl:Thing"),
        (("owl:Nothing", "rdfs:subClassOf", "jsbio:Park"), "zh", "owl:Nothing 归入它"),
        (("jsbio:place", "rdfs:subPropertyOf", "jsbio:place"), "zh", "每个属性都是其自身的特例"),
    ],
)
def test_the_sentence_of_a_rule_fits_each_of_its_conclusions(
    release: Release, triple: tuple[str, str, str], language: str, words: str
) -> None:
    result = run(release, *triple, "--lang", language)
    assert result.exit_code == 0
    assert words in result.output


@pytest.mark.parametrize("term", ["thirteen", "<no iri>", "'open"])
def test_what_is_no_term_is_told(release: Release, term: str) -> None:
    result = run(release, "park:biobay", "a", term)
    assert result.exit_code == 1
    assert "object: " in result.output


@pytest.mark.parametrize("piece", ['"^^a', "'^^a", '"@a-a', '"', "'"])
def test_no_term_takes_long_to_be_read(piece: str) -> None:
    started = time.process_time()
    assert QUOTED.fullmatch(piece[0] + piece * (60_000 // len(piece)) + " ") is None
    assert time.process_time() - started < 1


def test_json_holds_the_steps_with_their_evidence(release: Release) -> None:
    content = json.loads(run(release, *CHAIN, "--format", "json").output)
    assert content["is_entailed"] is True
    assert content["is_inferred"] is True
    steps = content["steps"]
    assert [step["number"] for step in steps] == list(range(1, len(steps) + 1))
    assert all(step.get("premises") or step["graphs"] for step in steps)
    assert any(ground["phrase"] for step in steps for ground in step.get("evidence", ()))


def test_turtle_says_it_in_prov_o(release: Release) -> None:
    text = run(release, *CHAIN, "--format", "turtle").output
    store = Store()
    store.extend(parse(text, RdfFormat.TURTLE))
    derived = NamedNode(expand("prov:wasDerivedFrom"))
    assert len(list(store.quads_for_pattern(None, derived, None))) > 5
    query = (
        "PREFIX prov: <http://www.w3.org/ns/prov#> ASK { ?goal prov:wasDerivedFrom+ ?stated . "
        "?stated prov:hadPrimarySource ?passage . FILTER(STRSTARTS(STR(?stated), "
        f"'{expand('evidence:')}')) }}"
    )
    assert store.query(query)


def test_the_page_shows_the_proof_in_both_languages(site: FlaskClient) -> None:
    for language, words in (("en", "Why this holds"), ("zh", "为何成立")):
        fields = dict(zip("spo", CHAIN, strict=True), lang=language)
        answer = site.get("/explain", query_string=fields, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert words in answer.text and "prp-spo2" in answer.text and 'id="step2"' in answer.text


@pytest.mark.parametrize("thing", ["assessment/anti-tumor-drugs", "province/jiangsu"])
def test_the_page_of_a_thing_leads_to_the_proofs_of_what_is_inferred(
    site: FlaskClient, thing: str
) -> None:
    page = site.get(f"/page/{thing}", headers={"Accept": "text/html"}).text
    links = [part.partition('"')[0] for part in page.split('href="/explain')[1:]]
    assert links
    for link in links:
        address = "/explain" + link.replace("&amp;", "&")
        assert site.get(address, headers={"Accept": "text/html"}).status_code == 200


def test_the_page_gives_data_to_who_asks_for_data(site: FlaskClient) -> None:
    fields = dict(zip("spo", CHAIN, strict=True))
    as_json = site.get("/explain", query_string=fields, headers={"Accept": "application/json"})
    assert as_json.json["is_inferred"] is True
    turtle = site.get("/explain", query_string={**fields, "format": "turtle"})
    assert turtle.mimetype == "text/turtle"


def test_the_page_says_what_is_not_entailed_and_what_is_wrong(site: FlaskClient) -> None:
    fields = dict(zip("spo", NOT_ENTAILED, strict=True))
    assert site.get("/explain", query_string=fields).status_code == 404
    assert site.get("/explain", query_string={"s": "park:biobay"}).status_code == 400
    assert site.get("/explain", query_string={**fields, "o": "<x"}).status_code == 400
    assert site.get("/explain", query_string={**fields, "format": "pdf"}).status_code == 400


def test_every_rule_of_a_proof_is_said_in_words_in_both_languages(release: Release) -> None:
    for rule in Proofs.read(release.root / PROOFS).rules:
        assert rule in RULES
    for rule in RULES:
        assert rule_sentence(rule, "en").endswith(".")
        assert rule_sentence(rule, "zh").endswith("。"), rule
