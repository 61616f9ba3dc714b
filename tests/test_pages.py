"""The pages of the real release are whole: marked up, in both languages, linked, found."""

import base64
import hashlib
import itertools
import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from page_reader import BASE, HTML, read

from jsbio_kg.service import Service
from jsbio_kg.service.naming import read_things
from jsbio_kg.web.urls import Urls

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
