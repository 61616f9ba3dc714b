"""A reader of pages: headings, links, languages, and what a page may not hold."""

import re
from html.parser import HTMLParser

from flask.testing import FlaskClient

HTML = {"Accept": "text/html"}
BASE = "https://w3id.org/jsbio/"
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
