"""The journeys of the three kinds of people, in both languages, with script and without."""

import pytest
from playwright.sync_api import expect
from visiting import Visit

WORDS = {
    "en": {"ask": "Ask", "evidence": "Evidence", "other": "中文", "edit": "Edit in SPARQL"},
    "zh": {"ask": "查询", "evidence": "证据", "other": "English", "edit": "在 SPARQL 中编辑"},
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_analyst_follows_a_rank_to_its_sentence(either: Visit, language: str) -> None:
    page = either.open(f"/?lang={language}")
    page.locator("#questions ~ ul a").first.click()
    expect(page.locator("h1")).to_be_visible()
    page = either.open(f"/queries/park-ranks?lang={language}")
    page.locator("select, input[name=year]").first.fill("2023")
    page.locator(".panel button").click()
    assert "year=2023" in page.url and f"lang={language}" in page.url
    page.locator("td a").first.click()
    assert "/page/park/" in page.url
    page.locator('.by a[href^="#e"]').first.click()
    assert "#e" in page.url
    page.locator(".evidence .ground a").first.click()
    expect(page.locator("#place")).to_be_visible()
    page.get_by_role("link", name=WORDS[language]["other"]).click()
    expected = "en" if language == "zh" else "zh-Hans"
    assert page.locator("html").get_attribute("lang") == expected
    assert "/page/passage/" in page.url


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_analyst_sorts_and_filters_by_links(either: Visit, language: str) -> None:
    page = either.open(f"/queries/strengths?lang={language}")
    rows = page.locator("tbody tr").count()
    page.locator("details").first.locator("summary").click()
    page.locator("details").first.locator("a").first.click()
    assert 0 < page.locator("tbody tr").count() < rows
    page.locator("th a").first.click()
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    assert "only=" in page.url and "sort=" in page.url


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_engineer_finds_the_dump_and_the_terms(either: Visit, language: str) -> None:
    page = either.open(f"/downloads/?lang={language}")
    link = page.locator('a[href$="dataset.nq"]').get_attribute("href")
    answer = page.request.head(either.address + str(link))
    assert answer.ok and int(answer.headers["content-length"]) > 100_000
    page.goto(f"{either.address}/ontology?lang={language}#Park")
    page.locator("#Park dd a").last.click()
    assert "/sparql?" in page.url
    expect(page.locator("textarea").first).to_be_attached()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_developer_gets_from_a_page_to_its_data(either: Visit, language: str) -> None:
    page = either.open(f"/page/park/biobay?lang={language}")
    link = page.get_by_role("link", name="Turtle").get_attribute("href")
    answer = page.request.get(either.address + str(link))
    assert answer.ok and answer.headers["content-type"].startswith("text/turtle")
    alternate = page.locator('link[type="application/ld+json"]').get_attribute("href")
    assert page.request.get(either.address + str(alternate)).ok
    iri = either.address + "/id/park/biobay"
    assert page.request.get(iri, headers={"Accept": "text/turtle"}).url.endswith(
        "/data/park/biobay"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_question_can_be_taken_to_the_editor(either: Visit, language: str) -> None:
    page = either.open(f"/queries/cities?lang={language}")
    page.get_by_role("link", name=WORDS[language]["edit"]).click()
    assert "/sparql?" in page.url
    expect(page.locator("tbody tr")).to_have_count(13)


def test_pages_other_than_the_editor_carry_no_script(visit: Visit) -> None:
    for path in ("/", "/queries/", "/queries/cities", "/page/park/biobay", "/ontology"):
        page = visit.open(path)
        assert page.locator("script:not([type='application/ld+json'])").count() == 0, path
