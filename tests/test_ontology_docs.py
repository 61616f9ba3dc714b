"""The documentation of the vocabulary: complete, in both languages, readable without a server."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from jsbio_kg.build.diagram import COLOURS
from jsbio_kg.build.model import Model, read_model
from jsbio_kg.build.ontology_page import ontology_files
from jsbio_kg.build.reading import read_turtle
from jsbio_kg.release import Release

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = ("en", "zh")
KINDS = (("ontology", "html"), ("model", "svg"))


class Page(HTMLParser):
    """Collects the anchors and the links of a page, and whether its elements close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name == "href" and value]
        if tag not in ("meta", "link") and "xmlns" not in held:
            self.open.append(tag)
        elif tag == "svg":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def pages(release: Release) -> dict[str, str]:
    folder = release.root / "docs"
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


@pytest.fixture(scope="module")
def model() -> Model:
    return read_model(read_turtle((ROOT / "ontology" / "jsbio.ttl").read_text("utf-8")))


def test_a_release_holds_page_and_diagram_in_both_languages(
    release: Release, pages: dict[str, str]
) -> None:
    named = {f"{name}.{language}.{kind}" for language in LANGUAGES for name, kind in KINDS}
    assert pages.keys() == named | {"ontology.css"}
    assert {f"docs/{name}" for name in pages} <= release.manifest.files.keys()


def test_the_same_ontology_gives_the_same_bytes() -> None:
    triples = read_turtle((ROOT / "ontology" / "jsbio.ttl").read_text("utf-8"))
    one = ontology_files(triples, "x.ttl")
    assert one == ontology_files(reversed(triples), "x.ttl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_term_with_label_and_definition(
    language: str, pages: dict[str, str], model: Model
) -> None:
    text = pages[f"ontology.{language}.html"]
    page = Page(text)
    assert page.open == []
    for term in model.terms.values():
        assert page.ids.count(term.anchor) == 1, term.name
        definition = term.definitions[language]
        assert definition.split("“")[0].split('"')[0].split("'")[0].split("&")[0] in text, term.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_page_leads_somewhere(
    language: str, pages: dict[str, str], release: Release
) -> None:
    page = Page(pages[f"ontology.{language}.html"])
    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        file, _, fragment = link.partition("#")
        if file.startswith("https:"):
            continue
        assert (release.root / "docs" / file).resolve().exists(), link
        assert not fragment or fragment in page.ids, link


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_diagram_shows_every_class_and_property_of_ours(
    language: str, pages: dict[str, str], model: Model
) -> None:
    drawing = ElementTree.fromstring(pages[f"model.{language}.svg"])
    words = {element.text for element in drawing.iter(f"{SVG}text")}
    kinds = ("class", "object", "datatype")
    for term in model.terms.values():
        below = any(term.iri in other.parents for other in model.terms.values())
        alone = term.kind == "class" and not (term.parents or below or used(model, term.iri))
        if term.is_own and term.kind in kinds and not alone:
            assert term.labels[language] in words, term.name


def used(model: Model, iri: str) -> bool:
    users = (*model.users(iri, "domains"), *model.users(iri, "ranges"))
    return any(user.kind != "annotation" for user in users)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_is_drawn_from_every_property_to_each_of_its_ranges(
    language: str, pages: dict[str, str], model: Model
) -> None:
    drawing = ElementTree.fromstring(pages[f"model.{language}.svg"])
    curves = [path for path in drawing.iter(f"{SVG}path") if "C" in path.get("d", "")]
    own = [t for t in model.terms.values() if t.is_own and t.kind in ("object", "datatype")]
    assert len(curves) == sum(max(1, len(term.ranges)) for term in own)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_the_diagram_lie_on_each_other(language: str, pages: dict[str, str]) -> None:
    drawing = ElementTree.fromstring(pages[f"model.{language}.svg"])
    for panel in drawing.findall(f"{SVG}g"):
        held = sorted(boxes(panel), key=lambda box: (box[1], box[0]))
        for place, (left, y, right, text) in enumerate(held):
            for other_left, other_y, other_right, other in held[place + 1 :]:
                apart = other_y - y >= 14 or other_left >= right or left >= other_right
                assert apart, (text, other)


def boxes(panel: ElementTree.Element) -> Iterator[tuple[float, float, float, str]]:
    for text in panel.iter(f"{SVG}text"):
        x, y, words = float(text.get("x", "")), float(text.get("y", "")), text.text or ""
        width = sum(13 if ord(character) > 0x2E7F else 7.3 for character in words)
        left = x - width if text.get("text-anchor") == "end" else x
        assert left >= 0 and left + width <= 960, words
        yield left, y, left + width, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_diagram_says_what_it_is_to_those_who_cannot_see_it(
    language: str, pages: dict[str, str]
) -> None:
    drawing = ElementTree.fromstring(pages[f"model.{language}.svg"])
    title, about = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
    assert title is not None and about is not None and title.text and about.text
    assert drawing.get("aria-labelledby") == title.get("id")
    assert drawing.get("aria-describedby") == about.get("id")
    assert drawing.get("lang") == {"en": "en", "zh": "zh-Hans"}[language]


def test_every_colour_of_words_can_be_read_in_light_and_in_dark() -> None:
    for ground in ("paper", "panel"):
        for name in ("ink", "quiet", "link"):
            for scheme in (0, 1):
                assert contrast(COLOURS[name][scheme], COLOURS[ground][scheme]) >= 4.5
        for name in ("thing", "value", "edge"):
            for scheme in (0, 1):
                assert contrast(COLOURS[name][scheme], COLOURS[ground][scheme]) >= 3


def contrast(one: str, other: str) -> float:
    first, second = sorted((luminance(one), luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part, 16) / 255 for part in re.findall("..", colour.removeprefix("#"))]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_page_needs_no_script_and_nothing_from_elsewhere(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        assert "<script" not in text and "url(" not in text, name
        assert not re.search(r'(?:src|<link[^>]*stylesheet[^>]*href)="https?:', text), name
        if name.endswith(".html"):
            assert " style=" not in text and "<style" not in text, name
