"""Every kind of page, in both languages, light and dark, narrow and wide."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from visiting import Visit

PAGES = [
    "/",
    "/queries/",
    "/queries/strengths",
    "/queries/park-ranks",
    "/queries/cities",
    "/queries/foundings",
    "/queries/cities-in-documents",
    "/sparql",
    "/ontology",
    "/downloads/",
    "/search?q=suzhou",
    "/search?q=qqqqzzzz",
    "/explain?s=park%3Abiobay&p=jsbio%3AlocatedIn&o=city%3Asuzhou",
    "/page/park/biobay",
    "/page/group/multiple-poles",
    "/page/passage/D1.67",
    "/page/ontology/locatedIn",
    "/page/nowhere/nothing",
]
#: The parts of axe: WCAG 2.2 A and AA, and what is good practice besides.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: Chinese characters outside of an element that says so.
UNMARKED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent;
    const holder = walker.currentNode.parentElement;
    if (!/[\\u4e00-\\u9fff]/.test(text) || holder.closest('script, textarea, pre')) continue;
    const marked = holder.closest('[lang]').getAttribute('lang');
    if (!marked.startsWith('zh')) found.push(text.trim().slice(0, 60));
  }
  return found;
}"""


def with_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def overflow(page: Page) -> bool:
    wide: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing_and_nothing_overflows(
    browser: Browser, address: str, language: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=False
    )
    visit = Visit(context, address)
    for path in PAGES:
        page = visit.open(with_language(path, language))
        assert not overflow(page), path
        violations = Axe().run(page, options=RULES).response["violations"]
        said = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
        assert not said, path
    visit.check()
    context.close()


@pytest.mark.parametrize("path", ["/queries/strengths", "/queries/park-ranks"])
def test_a_cell_of_chinese_holds_more_than_a_character_a_line(
    browser: Browser, address: str, path: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 900})
    page = Visit(context, address).open(with_language(path, "zh"))
    widths = page.evaluate(
        """() => [...document.querySelectorAll('td:not(.number)')]
           .filter(e => e.textContent.trim().length > 3).map(e => e.clientWidth)"""
    )
    assert min(widths) >= 90
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_chinese_is_marked_as_chinese(visit: Visit, path: str) -> None:
    assert visit.open(with_language(path, "en")).evaluate(UNMARKED) == []


@pytest.mark.parametrize("path", ["/", "/page/park/biobay", "/queries/strengths"])
def test_the_keyboard_alone_reaches_everything(visit: Visit, path: str) -> None:
    page = visit.open(path)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll(
             'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')]
           .filter(e => e.checkVisibility() && e.getClientRects().length).length"""
    )
    reached = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        mark = page.evaluate(
            """() => { const e = document.activeElement;
                 if (!e || e === document.body) return null;
                 e.dataset.reached ??= String(Math.random()); return e.dataset.reached; }"""
        )
        if mark:
            reached.add(mark)
    assert len(reached) >= wanted


def test_the_first_stop_skips_to_the_content(visit: Visit) -> None:
    page = visit.open("/?lang=en")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    assert skip.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


@pytest.mark.parametrize("path", ["/", "/page/park/biobay", "/queries/strengths"])
def test_a_page_prints_without_its_frame(visit: Visit, path: str) -> None:
    page = visit.open(path)
    page.emulate_media(media="print")
    assert page.locator(".top nav").is_hidden()
    assert page.locator("main h1").is_visible()
    assert page.locator(".noprint:visible").count() == 0


def test_a_click_or_the_tab_key_selects_the_whole_iri(visit: Visit) -> None:
    page = visit.open("/page/park/biobay?lang=en")
    iri = "https://w3id.org/jsbio/id/park/biobay"
    page.locator(".copied code").click()
    assert page.evaluate("String(getSelection())").strip() == iri
    page.locator(".kind a").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("String(getSelection())").strip() == iri
    assert page.locator(".copied input").evaluate("e => e.getBoundingClientRect().width > 200")


@pytest.mark.parametrize(
    "scheme, colour", [("light", "rgb(24, 34, 44)"), ("dark", "rgb(232, 236, 239)")]
)
def test_a_drawing_that_stands_alone_follows_light_and_dark(
    browser: Browser, address: str, scheme: Any, colour: str
) -> None:
    context = browser.new_context(color_scheme=scheme)
    visit = Visit(context, address)
    page = visit.open("/downloads/docs/model.en.svg")
    assert page.locator("text.ink").first.evaluate("e => getComputedStyle(e).fill") == colour
    visit.check()
    context.close()
