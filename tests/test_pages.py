"""The pages of the real release, as they leave the server."""

import base64
import hashlib
import itertools
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from jsbio_kg.errors import SourceError
from jsbio_kg.service import Service, read_texts
from jsbio_kg.service.naming import read_things
from jsbio_kg.web.app import create_app
from jsbio_kg.web.context import Options
from jsbio_kg.web.urls import Urls

HTML = {"Accept": "text/html"}
BASE = "https://w3id.org/jsbio/"
#: One page of every kind.
KINDS = [
    "/",
    "/queries/",
    "/queries/strengths",
    "/queries/park-ranks",
    "/queries/cities",
    "/queries/foundings",
    "/queries/plan-target-figures",
    "/sparql",
    "/ontology",
    "/downloads/",
    "/page/park/biobay",
    "/page/province/jiangsu",
    "/page/group/multiple-poles",
    "/page/passage/D1.67",
    "/page/document/jiangsu-introduction",
    "/page/ontology/Park",
    "/page/graph/jiangsu-introduction",
    "/page?iri=http://www.w3.org/2004/02/skos/core%23broader",
    "/page?iri=http://www.w3.org/ns/shacl%23targetSubjectsOf",
]

#: Three words of English in a row.
ENGLISH = re.compile(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}[ ,]+[a-z]{2,}")


class Reader(HTMLParser):
    """Collects what the tests ask of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.inline: list[str] = []
        self.languages: list[str] = []
        self.foreign: list[str] = []
        self.english: list[str] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if held.get("id"):
            self.ids.append(str(held["id"]))
        if tag == "a":
            self.links.append(held.get("href") or "")
        self.inline += [name for name in held if name == "style" or name.startswith("on")]
        if tag == "script" and "src" not in held and held.get("type") != "application/ld+json":
            self.inline.append("script")
        if tag not in ("meta", "link", "input", "br", "hr", "img", "path", "rect", "circle"):
            self._open.append((tag, held.get("lang") or (self._open[-1][1] if self._open else "")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, language = self._open[-1] if self._open else ("", "")
        if re.search(r"[\u4e00-\u9fff]", data) and tag not in ("script", "textarea", "option"):
            self.foreign.append(f"{language}: {data.strip()[:60]}")
        is_code = any(
            each in ("script", "textarea", "code", "pre", "title") for each, _ in self._open
        )
        if language.startswith("zh") and not is_code and ENGLISH.search(data):
            self.english.append(data.strip()[:60])


def read(site: FlaskClient, path: str, language: str = "en") -> tuple[str, Reader]:
    mark = "&" if "?" in path else "?"
    answer = site.get(f"{path}{mark}lang={language}", headers=HTML)
    assert answer.status_code == 200, path
    reader = Reader()
    text = answer.get_data(as_text=True)
    reader.feed(text)
    return text, reader


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", KINDS)
def test_a_page_is_well_made(site: FlaskClient, path: str, language: str) -> None:
    text, page = read(site, path, language)
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(page.headings))
    assert len(page.ids) == len(set(page.ids))
    assert not page.inline
    assert f'<html lang="{"zh-Hans" if language == "zh" else "en"}">' in text
    assert 'href="#main"' in text


@pytest.mark.parametrize("path", KINDS)
def test_every_run_of_chinese_says_so(site: FlaskClient, path: str) -> None:
    _, page = read(site, path)
    queries = ("en: PREFIX", "en: #")
    wrong = [each for each in page.foreign if not each.startswith(("zh-Hans", *queries))]
    assert not wrong


@pytest.mark.parametrize("path", [*KINDS, "/page/passage/D1.12", "/page/reading/G2"])
def test_every_run_of_english_on_a_page_in_chinese_says_so(site: FlaskClient, path: str) -> None:
    _, page = read(site, path, "zh")
    assert not page.english


@pytest.mark.parametrize("path", KINDS)
def test_a_page_in_chinese_speaks_chinese(site: FlaskClient, path: str) -> None:
    text, _ = read(site, path, "zh")
    for english in ("Overview", "Use this page", "What links here", "Answer", "Ontology<"):
        assert english not in re.sub(r"<(script|pre|code).*?</\1>", "", text, flags=re.S)


def test_the_home_page_and_the_page_of_a_thing_are_small(site: FlaskClient) -> None:
    for path in ("/", "/page/park/biobay", "/page/province/jiangsu", "/page/city/suzhou"):
        text, _ = read(site, path)
        assert len(text.encode()) < 60_000, path


def test_every_kind_of_thing_has_a_page(site: FlaskClient, real_service: Service) -> None:
    kinds: dict[str, str] = {}
    for iri in read_things(real_service):
        kinds.setdefault(iri.split("/")[-2], iri)
    urls = Urls(BASE)
    for iri in kinds.values():
        assert site.get(urls.page(iri), headers=HTML).status_code == 200, iri


def test_every_graph_has_a_page(site: FlaskClient, real_service: Service) -> None:
    for graph in real_service.site.graphs:
        path = Urls(BASE).page(graph.iri)
        assert site.get(path, headers=HTML).status_code == 200, path


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_saved_query_has_a_page(
    site: FlaskClient, real_service: Service, language: str
) -> None:
    for name in real_service.site.queries:
        answer = site.get(f"/queries/{name}?lang={language}", headers=HTML)
        assert answer.status_code == 200, name


@pytest.mark.parametrize("path", ["/", "/queries/", "/ontology", "/page/park/biobay"])
def test_links_of_the_site_lead_somewhere(site: FlaskClient, path: str) -> None:
    _, page = read(site, path)
    paths = {urlsplit(link)._replace(fragment="").geturl() for link in page.links}
    local = sorted(each for each in paths if each.startswith("/") and "/sparql" not in each)
    for link in local[:120]:
        assert site.get(link, headers=HTML).status_code in (200, 303), link


def test_fragments_of_a_page_are_on_it(site: FlaskClient) -> None:
    for path in ("/ontology", "/queries/", "/page/park/biobay"):
        _, page = read(site, path)
        assert {link[1:] for link in page.links if link.startswith("#")} <= {*page.ids}


def test_the_headline_is_the_pattern(site: FlaskClient) -> None:
    text = read(site, "/")[0].replace("\N{NO-BREAK SPACE}", " ")
    assert ">One Valley, One City, One Port, One Park, Multiple Poles</h1>" in text
    assert ">一谷、一城、一港、一园、多极</h1>" in read(site, "/", "zh")[0]


def test_counts_of_the_overview_come_from_the_graph(
    site: FlaskClient, real_service: Service
) -> None:
    passage = f"<{BASE}ontology#Passage>"
    text = f"SELECT (COUNT(DISTINCT ?p) AS ?n) {{ GRAPH ?g {{ ?p a {passage} }} }}"
    cell = real_service.table(text).rows[0][0]
    assert cell and f"{cell.value} numbered facts" in read(site, "/")[0]


def test_a_value_shows_its_evidence(site: FlaskClient) -> None:
    text, page = read(site, "/page/park/biobay")
    assert "e1" in page.ids and "#e1" in page.links
    assert "D1.87" in text and "reference" in text and "inferred" in text


def test_a_repaired_place_shows_reading_and_confidence(site: FlaskClient) -> None:
    text, _ = read(site, "/page/group/multiple-poles")
    assert "rests on the reading" in text and "confidence 0.75" in text


def test_long_lists_of_links_are_paged(site: FlaskClient) -> None:
    path = "/page/graph/jiangsu-introduction?by=https://w3id.org/jsbio/ontology%23inGraph"
    first, second = read(site, path)[0], read(site, path + "&page=2")[0]
    assert 'aria-current="page">2' in second and first != second


def test_a_table_sorts_and_filters_by_its_address(site: FlaskClient) -> None:
    up, _ = read(site, "/queries/cities?sort=code&order=ascending")
    down, _ = read(site, "/queries/cities?sort=code&order=descending")
    assert up.index("320100") < up.index("321300") and down.index("321300") < down.index("320100")
    assert 'aria-sort="descending"' in down
    one, _ = read(site, "/queries/strengths?only=level~leads+the+nation")
    assert "show all again" in one and "antibody drugs</a></td>" not in one


def test_an_empty_answer_says_that_the_documents_do_not_say(site: FlaskClient) -> None:
    assert "do not say" in read(site, "/queries/plan-target-figures")[0]


def test_an_answer_says_what_it_rests_on(site: FlaskClient) -> None:
    text, _ = read(site, "/queries/park-ranks")
    assert "What the answer rests on" in text and ">D1.73</a>" in text


def test_fixed_choices_are_named_in_the_language_of_the_page(site: FlaskClient) -> None:
    text, _ = read(site, "/queries/statistics-of-kind", "zh")
    assert '<option value="jsbio:Count" selected>计数</option>' in text
    assert ">jsbio:" not in text.partition("</form>")[0].partition('class="panel"')[2]


def test_an_evidence_record_is_called_by_its_triple(site: FlaskClient) -> None:
    text, _ = read(site, "/page/passage/D1.67")
    assert "Number of Jiangsu parks in the national top 50, 2023 · exact value · 13</a>" in text


def test_a_part_of_a_document_is_named_in_chinese(site: FlaskClient) -> None:
    text, _ = read(site, "/page/passage/D2.9", "zh")
    assert "第 1 组" in text and "Group 1，" not in text


def test_cities_without_a_row_keep_their_tile(site: FlaskClient) -> None:
    text, _ = read(site, "/queries/cities-in-documents")
    tiles = text.partition('<figure class="tiles">')[2].partition("</figure>")[0]
    assert tiles.count('<rect class="tile') == 13
    assert tiles.count(">–</text>") == 4


def test_an_iri_can_be_copied_by_pointer_and_by_keyboard(site: FlaskClient) -> None:
    text, _ = read(site, "/page/park/biobay")
    iri = BASE + "id/park/biobay"
    assert f'<code aria-hidden="true">{iri}</code>' in text
    assert f'<input readonly aria-label="IRI" aria-describedby="iri-hint" value="{iri}">' in text


def test_search_engines_read_json_ld(site: FlaskClient) -> None:
    for path, kind in (("/", "Dataset"), ("/page/city/suzhou", "City")):
        text, _ = read(site, path)
        match = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
        assert match
        assert json.loads(match[1])["@type"] == kind


def test_the_sitemap_lists_every_thing(site: FlaskClient, real_service: Service) -> None:
    text = site.get("/sitemap.xml").get_data(as_text=True)
    assert text.count("<url>") > len(read_things(real_service))
    assert "Sitemap: " in site.get("/robots.txt").get_data(as_text=True)


@pytest.mark.parametrize("language, words", [("en", "Perhaps you meant"), ("zh", "您要找的可能是")])
def test_a_mistyped_address_gets_suggestions(site: FlaskClient, language: str, words: str) -> None:
    answer = site.get(f"/page/park/biobey?lang={language}", headers=HTML)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 404 and words in text and "/page/park/biobay" in text


def test_an_unknown_format_gets_the_list(site: FlaskClient) -> None:
    answer = site.get("/id/park/biobay?format=docx", headers=HTML)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 406 and 'href="/data/park/biobay.ttl"' in text
    assert "text/csv" not in text


def test_a_refused_query_is_not_lost(site: FlaskClient) -> None:
    answer = site.get("/sparql?query=SELECT+lost", headers=HTML)
    assert answer.status_code == 400 and "SELECT lost" in answer.get_data(as_text=True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_drawing_that_stands_alone_may_use_its_own_style(
    site: FlaskClient, language: str
) -> None:
    answer = site.get(f"/downloads/docs/model.{language}.svg")
    policy = answer.headers["Content-Security-Policy"]
    (style,) = re.findall(rb"<style>(.*?)</style>", answer.data, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy and policy.startswith("default-src 'none'")


def test_report_this_is_there_only_with_an_address(
    site: FlaskClient, real_service: Service
) -> None:
    assert "example.org/report?about=https%3A%2F%2Fw3id.org" in read(site, "/page/park/biobay")[0]
    text, page = read(site, "/page/park/biobay")
    facts = {link for link in page.links if "jsbio%2Fid%2Fevidence%2F" in link}
    assert len(facts) == text.count('aria-label="Report this fact"') > 3
    plain = create_app(real_service).test_client()
    assert "Report" not in read(plain, "/page/park/biobay")[0]


def test_a_folder_without_the_documents_is_refused(real_service: Service, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Something else.", "utf-8")
    with pytest.raises(SourceError, match="none of the documents"):
        read_texts(real_service, tmp_path)


@pytest.mark.skipif("JSBIO_SOURCES" not in os.environ, reason="the documents are not at hand")
def test_the_sentence_is_shown_where_the_document_is_at_hand(real_service: Service) -> None:
    texts = read_texts(real_service, Path(os.environ["JSBIO_SOURCES"]))
    client = create_app(real_service, Options(texts=texts)).test_client()
    assert "<mark>" in read(client, "/page/passage/D1.67")[0]


@pytest.mark.parametrize(
    "path, english, chinese",
    [
        ("/page/ontology/Park", "Shape LocatedPlace", "形状 LocatedPlace"),
        ("/page/ontology/Park", "Whole dataset · Park", "整个数据集 · 园区"),
        ("/page/ontology/locatedIn", "holds for everything with", "适用于有此属性的事物"),
        ("/page/graph/description%23dataset", "number of triples", "三元组数目"),
    ],
)
def test_what_describes_the_graph_has_names(
    site: FlaskClient, path: str, english: str, chinese: str
) -> None:
    for language, words in (("en", english), ("zh", chinese)):
        text = read(site, path, language)[0]
        assert words in text
        assert not re.search(r">(sh|void|dcat):\w+</a>", text)


def test_what_only_follows_is_folded_away_below_what_is_stated(site: FlaskClient) -> None:
    text = read(site, "/page/sector/medical-devices")[0]
    links = text[text.index('id="links"') : text.index('id="evidence"')]
    stated, _, implied = links.partition("<details>")
    assert ">broader<" in stated and ">concerns sector<" in implied
    assert "inferred" not in stated
    chosen = read(site, "/page/sector/medical-devices?by=https://w3id.org/jsbio/ontology%23about")[
        0
    ]
    assert "<details>" not in chosen[chosen.index('id="links"') :]


def test_a_thing_of_others_is_a_click_away(site: FlaskClient) -> None:
    text = read(site, "/page?iri=http://www.wikidata.org/entity/Q42622")[0]
    assert 'rel="external" href="http://www.wikidata.org/entity/Q42622"' in text
    assert 'rel="external"' not in read(site, "/page/ontology/Park")[0]
