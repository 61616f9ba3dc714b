"""Search over HTTP: the page, the same as JSON, suggestions, what is refused."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from jsbio_kg.release import Release
from jsbio_kg.service import Source, open_service
from jsbio_kg.vocabulary import PREFIXES
from jsbio_kg.web.app import create_app


@pytest.fixture(scope="module")
def site(release: Release) -> Iterator[FlaskClient]:
    service = open_service(Source(release=release.root))
    yield create_app(service).test_client()
    service.close()


def test_the_page_marks_what_matched_and_links_to_the_thing(site: FlaskClient) -> None:
    page = site.get("/search?q=biobay&lang=zh", headers={"Accept": "text/html"})
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert '<a href="/page/park/biobay?lang=zh">' in text
    assert "<mark>BioBAY</mark>" in text
    assert "/search?q=biobay&amp;kind=park&amp;lang=zh" in text


def test_the_same_as_json_by_address_or_by_accept(site: FlaskClient) -> None:
    by_address = site.get("/search.json?q=suzhuo")
    by_accept = site.get("/search?q=suzhuo", headers={"Accept": "application/json"})
    assert by_address.json == by_accept.json
    content = by_address.get_json()
    assert content["spellings"] == {"suzhuo": ["suzhou"]}
    assert content["results"][0]["name"] == "city:suzhou"
    assert content["results"][0]["match"]["spans"] == [[0, 6]]
    assert site.get("/search/suggest?q=biob").get_json()[0]["name"] == "park:biobay"


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 201,
        "q=%ED%A0%80",
        "q=%FF",
        "q=a&q=b",
        "q=a&page=x",
        "q=a&page=0",
        "q=a&page=-1",
    ],
)
def test_what_cannot_be_searched_for_is_refused_in_one_sentence(
    site: FlaskClient, query: str
) -> None:
    refused = site.get(f"/search.json?{query}")
    assert refused.status_code == 400
    assert refused.get_json()["fix"]


@pytest.mark.parametrize("query", ["", "q=", "q=%00", "q=%F0%9F%98%80", "q=a&page=900", "kind=x"])
def test_a_search_for_nothing_says_what_to_do(site: FlaskClient, query: str) -> None:
    for tongue in ("en", "zh"):
        page = site.get(f"/search?{query}&lang={tongue}", headers={"Accept": "text/html"})
        assert page.status_code == 200


def test_the_vocabulary_ranks_properties_by_class(site: FlaskClient) -> None:
    answer = site.get("/sparql/vocabulary.json")
    found = answer.get_json()
    again = site.get("/sparql/vocabulary.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert found["prefixes"]["jsbio"] == PREFIXES["jsbio"]
    park = next(str(n) for n, term in enumerate(found["classes"]) if term["name"] == "jsbio:Park")
    located = next(term for term in found["properties"] if term["name"] == "jsbio:locatedIn")
    assert (located["en"], located["zh"], located["sound"]) == ("located in", "位于", "weiyu")
    assert located["of"][park] >= 8
