"""The SPARQL page in a browser: with its script, and without."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

BUNDLE = Path(__file__).parents[2] / "src/jsbio_kg/web/static/editor/editor.js"
CONTENT = ".cm-content"
OPTIONS = ".cm-tooltip-autocomplete li"
PHONE = {"width": 320, "height": 640}

pytestmark = pytest.mark.skipif(
    not BUNDLE.is_file(), reason='The editor is not built: run "make editor".'
)


#: Writes down what the content security policy refuses.
WATCH = """window.refused = []; addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A function that opens a path in a new window, with options of a browser context.

    A request off the site, a refusal of the content security policy, a script that throws, and a
    page wider than its window fail the test.
    """
    pages: list[Page] = []
    faults: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((f"{address}/", "data:", "blob:")):
            faults.append(f"off the site: {request.url}")

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(**options)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", note)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        pages.append(page)
        page.goto(address + path)
        return page

    yield open_page
    for page in pages:
        faults += page.evaluate("window.refused || []")
        if (width := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            faults.append(f"{page.url}: wider than the window by {width} px")
        page.context.close()
    assert not faults


def write(page: Page, text: str) -> None:
    """Put a query into the editor and the cursor at its end, as typing does."""
    page.locator(CONTENT).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def query_of(page: Page) -> str:
    return "\n".join(page.locator(".cm-line").all_inner_texts()).replace("\u200b", "")


def test_the_script_is_small() -> None:
    assert len(gzip.compress(BUNDLE.read_bytes())) < 160_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_query_runs_with_control_and_enter(visit, language: str, scheme: str) -> None:
    page = visit(f"/sparql?lang={language}", color_scheme=scheme)
    page.locator(CONTENT).click()
    page.keyboard.press("Control+Enter")
    cell = page.locator("#answer tbody a").first
    expect(cell).to_be_visible()
    assert cell.get_attribute("href").startswith("/page/park/")
    assert re.search(r"8 .* · \d+ ms", page.locator("#answer h2").inner_text())
    assert "query=" in page.url


def test_the_button_runs_too_and_back_returns(visit) -> None:
    page = visit("/sparql")
    expect(page.locator(CONTENT)).to_be_visible()
    write(page, "ASK { ?s ?p ?o }")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#answer .lead")).to_have_text("Yes")
    page.go_back()
    expect(page.locator("#answer .lead")).to_have_count(0)


@pytest.mark.parametrize("typed", ["位", "loc", "weiyu"])
def test_a_property_is_offered_by_either_name_or_its_sound(visit, typed: str) -> None:
    page = visit("/sparql?lang=zh")
    write(page, "SELECT * WHERE { ?park ")
    page.keyboard.insert_text(typed)
    first = page.locator(OPTIONS).first
    expect(first).to_contain_text("jsbio:locatedIn")
    expect(first).to_contain_text("位于")


def test_a_completion_brings_its_prefix(visit) -> None:
    page = visit("/sparql")
    write(page, "SELECT * WHERE { ?park locat")
    expect(page.locator(OPTIONS).first).to_contain_text("jsbio:locatedIn")
    page.wait_for_timeout(
        200
    )  # a list that has just opened takes no key, lest one be meant otherwise
    page.keyboard.press("Enter")
    lines = query_of(page).split("\n")
    assert lines[0] == "PREFIX jsbio: <https://w3id.org/jsbio/ontology#>"
    assert lines[1].rstrip("}").rstrip() == "SELECT * WHERE { ?park jsbio:locatedIn"


def test_properties_of_the_class_of_the_subject_come_first(visit) -> None:
    page = visit("/sparql")
    write(page, "SELECT * WHERE { ?r a jsbio:Reading . ?r ")
    page.keyboard.press("Control+Space")
    expect(page.locator(OPTIONS).first).to_be_visible()
    offered = page.locator(OPTIONS).all_inner_texts()[:12]
    assert any("jsbio:confidence" in text for text in offered)
    assert not any("geo:asWKT" in text for text in offered)


def test_classes_follow_a(visit) -> None:
    page = visit("/sparql?lang=zh")
    write(page, "SELECT * WHERE { ?x a 园区")
    expect(page.locator(OPTIONS).first).to_contain_text("jsbio:Park")


def test_things_are_offered_by_name_as_objects(visit) -> None:
    page = visit("/sparql")
    write(page, "SELECT * WHERE { ?x jsbio:locatedIn 苏州")
    expect(page.locator(OPTIONS, has_text="city:suzhou")).to_be_visible()


def test_no_completion_in_comments_and_strings(visit) -> None:
    page = visit("/sparql")
    write(page, "SELECT * WHERE { # loc")
    page.wait_for_timeout(400)
    assert page.locator(OPTIONS).count() == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_error_is_marked_where_it_is_and_the_query_kept(visit, language: str) -> None:
    page = visit(f"/sparql?lang={language}")
    broken = "SELECT ?s WHERE {\n  ?s ?p }"
    write(page, broken)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer [role=alert]")).to_contain_text("2")
    expect(page.locator(".cm-lintRange-error")).to_be_visible()
    expect(page.locator(".cm-lint-marker-error")).to_be_visible()
    assert query_of(page).startswith(broken)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("SELECT * { ?s a ?o FILTR } LIMIT 3", "FILTR"),
        ("SELECT * { ?s a ?o } LIMT 3", "LIMT"),
        ("SELECT ?x WHERE ?s", "?s"),
        ("SELECT * {\n  ?park a ?x .\n  ?park lo\n}\nORDER BY ?name", "lo"),
    ],
)
def test_the_mark_is_on_the_word_that_is_wrong(visit, query: str, wrong: str) -> None:
    page = visit("/sparql")
    write(page, query)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".cm-lintRange-error")).to_have_text(wrong)


def test_the_history_is_kept_in_the_browser_and_can_be_forgotten(visit) -> None:
    page = visit("/sparql")
    write(page, "ASK { ?first ?p ?o }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer .lead")).to_be_visible()
    page.goto(page.url.split("?")[0])
    box = page.locator("[data-history]")
    box.locator("summary").click()
    box.get_by_role("button", name="ASK { ?first ?p ?o }").click()
    assert query_of(page) == "ASK { ?first ?p ?o }"
    box.get_by_role("button", name="Forget them").click()
    expect(box).to_be_hidden()
    assert json.loads(page.evaluate("localStorage.getItem('jsbio-kg.queries')")) == []


def test_escape_and_tab_leave_the_editor(visit) -> None:
    page = visit("/sparql")
    page.locator(CONTENT).click()
    inside = "document.activeElement.shadowRoot !== null"
    page.keyboard.press("Tab")
    assert page.evaluate(inside)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not page.evaluate(inside)
    assert page.evaluate("document.activeElement.textContent") == "Run"
    expect(page.get_by_text("leaves the editor")).to_be_visible()


def test_the_editor_has_a_name_and_says_how_to_leave(visit) -> None:
    page = visit("/sparql?lang=zh")
    box = page.get_by_role("textbox", name="查询", exact=True)
    expect(box).to_be_visible()
    assert "Esc" in box.get_attribute("aria-description")


def test_a_saved_query_is_a_start(visit) -> None:
    page = visit("/sparql")
    page.get_by_label("Start from a saved query").select_option("parks")
    page.get_by_role("button", name="Open").click()
    expect(page.locator(".cm-line", has_text="SELECT")).to_be_visible()
    assert "#+" not in query_of(page)


def test_a_long_query_is_sent_whole(visit) -> None:
    page = visit("/sparql")
    write(page, "ASK { ?s ?p ?o } # " + "x" * 20_000)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer .lead")).to_have_text("Yes")


@pytest.mark.parametrize("extension", ["csv", "tsv", "json", "xml"])
def test_the_answer_downloads_in_every_format(visit, extension: str) -> None:
    page = visit("/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%203")
    with page.expect_download() as download:
        page.locator("#answer").get_by_role("link", name=extension.upper(), exact=True).click()
    assert download.value.suggested_filename == f"answer.{extension}"


def test_triples_are_shown_as_a_table_with_links(visit) -> None:
    page = visit("/sparql?query=DESCRIBE%20%3Chttps://w3id.org/jsbio/id/park/biobay%3E")
    expect(page.locator("#answer thead")).to_contain_text("predicate")
    expect(page.locator("#answer").get_by_role("link", name="Turtle")).to_be_visible()


def test_the_page_fits_a_phone(visit) -> None:
    page = visit("/sparql?lang=zh", viewport=PHONE)
    page.locator(CONTENT).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer table")).to_be_visible()


def test_without_script_the_plain_form_does_the_same(visit) -> None:
    page = visit("/sparql?lang=zh", java_script_enabled=False)
    box = page.get_by_label("查询", exact=True)
    expect(box).to_be_visible()
    box.fill("SELECT ?s WHERE {\n  ?s ?p }")
    page.get_by_role("button", name="运行").click()
    expect(page.locator("#answer [role=alert] mark")).to_be_visible()
    expect(box).to_have_value("SELECT ?s WHERE {\n  ?s ?p }")
    box.fill("ASK {}")
    page.get_by_role("button", name="运行").click()
    expect(page.locator("#answer")).to_contain_text("是")


def test_search_leads_from_the_box_to_the_thing(visit) -> None:
    page = visit("/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("suzhougongye")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".hits mark").first).to_have_text("苏州工业")
    page.get_by_role("link", name="Park", exact=True).click()
    page.locator(".hits a").first.click()
    assert page.url.endswith("/page/park/suzhou-industrial-park")
