"""What every template sees beside what its view gives it.

In: a service, the options of the site, the request. Out: the names that templates use.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from flask import request
from markupsafe import Markup, escape

from ..i18n import LANGUAGES, Message, message
from ..service import Edition, Service, Texts
from ..vocabulary import shrink
from .bridge import language
from .grid import page_window
from .urls import Urls

__all__ = ["Options", "current_urls", "html_language", "make_context", "mixed", "tongue_of"]


_CHINESE = re.compile(r"[\u3400-\u9fff]")
#: Runs of Chinese, with the punctuation inside them.
_RUNS = re.compile(r"([\u3400-\u9fff][\u3000-\u303f\u3400-\u9fff\uff00-\uffef]*)")
_WORDS = re.compile(r"[A-Za-z]{2} [A-Za-z]{2}")
#: Three words of English and more, in a text that is Chinese; each letter is looked at a few times,
#: however long a text of a stranger's query is.
_ENGLISH = re.compile(
    r"(?<![A-Za-z0-9_'’.-])([A-Za-z][A-Za-z0-9_'’.-]*+(?:,? [A-Za-z][A-Za-z0-9_'’.-]*+){2,})"
)
#: Parts of the documents that have a name and no number.
_PARTS = {
    "Core Viewpoint": message("the core viewpoint"),
    "Introduction": message("the introduction"),
    "artefact": message("a leftover of its layout"),
    "heading": message("a heading"),
    "title": message("the title"),
}


@dataclass(frozen=True)
class Options:
    """What the operator says of the site beside the graph.

    :param texts: the operator's own copies of the documents.
    :param report: where "report this" leads, with ``{iri}`` for what it is about; none: no link.
    :param public: where the site is reached from outside, for the sitemap and for search engines.
    :param edition: the release whose own address this is; none for the site that is served now.
    """

    texts: Texts = field(default_factory=Texts)
    report: str = ""
    public: str = ""
    edition: Edition | None = None


def html_language(name: str) -> str:
    """Return the language tag that HTML wants: Chinese here is in simplified characters.

    >>> html_language("zh")
    'zh-Hans'
    """
    return "zh-Hans" if name == "zh" else name


def tongue_of(text: str) -> str:
    """Return the language that a text without a tag is written in, as far as its letters tell.

    >>> tongue_of("商自贸发〔2025〕162号"), tongue_of("Forerunner in the Country"), tongue_of("D1")
    ('zh', 'en', '')
    """
    if _CHINESE.search(text):
        return "zh"
    return "en" if _WORDS.search(text) else ""


def mixed(text: str, tongue: str) -> Markup:
    """Return a text in which runs of the other language say which they are.

    >>> mixed("Suzhou (苏州)", "en")
    Markup('Suzhou (<span lang="zh-Hans">苏州</span>)')
    """
    runs, other = (_ENGLISH, "en") if tongue == "zh" else (_RUNS, "zh-Hans")
    pieces = [
        Markup('<span lang="{}">{}</span>').format(other, piece) if place % 2 else escape(piece)
        for place, piece in enumerate(runs.split(text))
    ]
    return Markup("").join(pieces)


def section_of(section: str) -> str:
    """Return where a passage stands in its document, in the language of the page."""
    first, _, number = section.partition(" ")
    text: Message
    if section in _PARTS:
        text = _PARTS[section]
    elif first == "Group" and number:
        text = message("group %(number)s", number=number)
    else:
        text = message("section %(section)s", section=section)
    return text.in_language(language())


def current_urls(base: str) -> Urls:
    """Return the addresses for this request: its language is kept when its address named it."""
    asked = language() if request.args.get("lang") in LANGUAGES else ""
    return Urls(base, asked, request.script_root)


def make_context(service: Service, options: Options) -> dict[str, Any]:
    """Return what every template sees."""
    urls = current_urls(service.site.base)
    chosen = language()
    other = next(each for each in LANGUAGES if each != chosen)
    fields = request.args.to_dict()
    served_now = Urls(urls.base, urls.language)
    return {
        "comma": "，" if chosen == "zh" else ", ",
        "edition": options.edition,
        "has_releases": options.edition is not None or service.history is not None,
        "html_language": html_language,
        "language": chosen,
        "latest_url": served_now.same(request.path, fields, chosen),
        "mixed": mixed,
        "options": options,
        "other": other,
        "other_url": urls.same(request.path, fields, other),
        "page_window": page_window,
        "releases_url": served_now.to("/releases/"),
        "section_of": section_of,
        "shrink": shrink,
        "site": service.site,
        "tongue_of": tongue_of,
        "urls": urls,
    }
