"""The journeys of the three kinds of people, in both languages, with script and without."""

import hashlib

import pytest
from playwright.sync_api import Browser, expect
from visiting import Visit

WORDS = {
    "en": {
        "ask": "Ask",
        "evidence": "Evidence",
        "other": "中文",
        "edit": "Edit in SPARQL",
        "silent": "do not say",
    },
    "zh": {
        "ask": "查询",
        "evidence": "证据",
        "other": "English",
        "edit": "在 SPARQL 中编辑",
        "silent": "均未述及",
    },
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
def test_an_analyst_asks_what_the_plan_wants_and_what_is_not_said(
    either: Visit, language: str
) -> None:
    page = either.open(f"/queries/?lang={language}")
    page.locator('a[href^="/queries/plan-targets"]').click()
    assert f"lang={language}" in page.url
    expect(page.locator("figure.line dt").first).to_be_visible()
    expect(page.locator("tbody tr").first).to_be_visible()
    page.locator("#basis ~ ul a").first.click()
    expect(page.locator("#place")).to_be_visible()
    page = either.open(f"/queries/plan-meets-strength?lang={language}")
    assert page.locator("tbody tr").count() > 3
    page = either.open(f"/queries/plan-target-figures?lang={language}")
    expect(page.get_by_text(WORDS[language]["silent"])).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_engineer_checks_what_was_downloaded(either: Visit, language: str) -> None:
    page = either.open(f"/downloads/?lang={language}")
    row = page.locator("tr", has=page.locator('a[href$="/dataset.nq"]'))
    stated = row.locator("td").last.inner_text()
    address = row.locator("a").get_attribute("href")
    body = page.request.get(either.address + str(address)).body()
    assert hashlib.sha256(body).hexdigest() == stated
    lead = page.locator(".lead").inner_text().replace(",", "")
    assert str(len(body.splitlines())) in lead


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_developer_asks_the_endpoint_that_the_page_names(either: Visit, language: str) -> None:
    page = either.open(f"/?lang={language}")
    page.locator(".foot a", has_text="/sparql").click()
    endpoint = page.url.partition("?")[0]
    described = page.request.get(endpoint, headers={"Accept": "text/turtle"})
    assert "sparql-service-description#" in described.text()
    answer = page.request.post(endpoint, form={"query": "ASK { ?s ?p ?o }"})
    assert answer.json()["boolean"] is True
    assert answer.headers["access-control-allow-origin"] == "*"


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


@pytest.mark.parametrize(
    "fault",
    [
        "<img src='http://127.0.0.2:9/elsewhere.png'>",
        "<p style='color: red'>inline</p>",
        "<iframe src='http://127.0.0.2:9/'></iframe>",
    ],
)
def test_the_watch_sees_what_it_watches_for(browser: Browser, address: str, fault: str) -> None:
    context = browser.new_context()
    visit = Visit(context, address)
    page = visit.open("/")
    visit.check()
    page.evaluate("fault => document.body.insertAdjacentHTML('beforeend', fault)", fault)
    page.wait_for_timeout(200)
    with pytest.raises(AssertionError):
        visit.check()
    context.close()


def test_a_request_off_the_site_is_seen(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    visit = Visit(context, address)
    visit.page.goto(address.replace("127.0.0.1", "localhost"))
    assert visit.elsewhere
    context.close()


def test_pages_other_than_the_editor_carry_no_script(visit: Visit) -> None:
    for path in ("/", "/queries/", "/queries/cities", "/page/park/biobay", "/ontology"):
        page = visit.open(path)
        assert page.locator("script:not([type='application/ld+json'])").count() == 0, path
