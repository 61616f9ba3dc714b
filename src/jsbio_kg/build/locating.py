"""Finding a phrase in a text: in which sentence it stands, and what tells it from its likes.

In: a phrase, the text of a document and its sentences. Out: the one place, or why there is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ..errors import SourceError
from ..i18n import message
from .passages import LONGEST_PHRASE
from .project import Project
from .records import Span

__all__ = ["Citation", "Place", "context_of", "find_phrase"]

#: How many characters before a phrase may be quoted before some behind it are.
MOST_CONTEXT = 32


@dataclass(frozen=True)
class Citation:
    """What is to be cited.

    :param phrase: up to eight words of the text; empty to cite a passage that is there.
    :param number: of the fact, such as D3.1; empty for the next one.
    :param sentence: its number, where the phrase stands in several.
    :param occurrence: which one of several in one sentence, from 1.
    """

    phrase: str
    number: str = ""
    readings: tuple[NamedNode, ...] = ()
    sentence: str = ""
    occurrence: int = 0


@dataclass(frozen=True)
class Place:
    """Where a phrase stands."""

    sentence: NamedNode
    number: str
    section: str
    span: Span
    phrase: Span


def find_phrase(project: Project, document: NamedNode, text: str, citation: Citation) -> Place:
    """Return the one place where a phrase stands.

    :raises SourceError: when there is none, or no telling which.
    """
    words = citation.phrase.split()
    if not 0 < len(words) <= LONGEST_PHRASE:
        raise SourceError(
            message("A locating phrase has one to %(n)d words.", n=LONGEST_PHRASE),
            "--phrase",
            message("Quote less.") if words else message("Quote some words of the text."),
        )
    pattern = r"\s+".join(map(re.escape, words))
    hits = [Span(*match.span()) for match in re.finditer(pattern, text)]
    places = [place for hit in hits for place in _sentences_around(project, document, hit)]
    if citation.sentence:
        places = [place for place in places if place.number == citation.sentence]
    if not places:
        raise _not_found(citation, bool(hits))
    numbers = list(dict.fromkeys(place.number for place in places))
    if len(numbers) > 1:
        raise SourceError(
            message("The phrase stands in several sentences: %(n)s.", n=", ".join(numbers)),
            "--phrase",
            message("Name one of them with --sentence, or quote more words."),
        )
    if len(places) > 1 and not 0 < citation.occurrence <= len(places):
        raise SourceError(
            message("The phrase stands %(n)d times in its sentence.", n=len(places)),
            "--phrase",
            message("Say which with --occurrence, from 1, or quote more words."),
        )
    return places[max(citation.occurrence, 1) - 1]


def _not_found(citation: Citation, is_elsewhere: bool) -> SourceError:
    if is_elsewhere and not citation.sentence:
        what = message("The phrase goes beyond one sentence.")
    else:
        what = message("The text does not hold the phrase %(phrase)r.", phrase=citation.phrase)
    return SourceError(
        what, "--phrase", message("Copy it from the text, letter by letter, within one sentence.")
    )


def _sentences_around(project: Project, document: NamedNode, hit: Span) -> Iterator[Place]:
    index = project.index
    for node in index.of_type("jsbio:Sentence"):
        start, end = index.number(node, "oa:start"), index.number(node, "oa:end")
        if index.nodes(node, "oa:hasSource") != [document] or start is None or end is None:
            continue
        if Span(start, end).holds(hit):
            number = index.text(node, "jsbio:sentenceNumber")
            section = index.text(node, "jsbio:section")
            yield Place(node, number, section, Span(start, end), hit)


def context_of(text: str, place: Place) -> tuple[str, str]:
    """Return the shortest text before, or else before and behind, that makes a quotation unique."""
    sentence = text[place.span.start : place.span.end]
    start, end = place.phrase.start - place.span.start, place.phrase.end - place.span.start
    for more in range(MOST_CONTEXT + 1):
        prefix = sentence[max(0, start - more) : start]
        if sentence.count(prefix + sentence[start:end]) == 1:
            return prefix, ""
    for more in range(1, len(sentence)):
        prefix, suffix = sentence[max(0, start - more) : start], sentence[end : end + more]
        if sentence.count(prefix + sentence[start:end] + suffix) == 1:
            return prefix, suffix
    return sentence[:start], sentence[end:]
