"""Text taken apart for searching: folded, split into words and runs of Chinese, stemmed.

In: any text. Out: the same text in the form that is compared. Names and queries go through the same
functions, so what matches is decided here. Nothing here knows the index.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = [
    "CHINESE",
    "Term",
    "fold",
    "fold_places",
    "pairs",
    "spell_out",
    "split",
    "stem",
    "tokens",
]

#: Characters that are written without spaces between words.
CHINESE: Final = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_TERM: Final = re.compile(rf"([{CHINESE}]+)|[^\W_{CHINESE}]+")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HYPHENS: Final = re.compile(r"[-\u2010-\u2013]\Z")


@dataclass(frozen=True)
class Term:
    """A word, or a run of Chinese, and where it stands."""

    text: str
    start: int
    end: int
    is_run: bool


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    if "\ud800" <= character <= "\udfff" or unicodedata.category(character) == "Cc":
        return " "
    plain = unicodedata.normalize("NFKD", character.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def fold_places(text: str) -> tuple[str, list[int]]:
    """Return a text without case, accents and width, and where each character came from."""
    folded, places = [], []
    for place, character in enumerate(text):
        for each in _fold_character(character):
            folded.append(each)
            places.append(place)
    return "".join(folded), places


def fold(text: str) -> str:
    """Return a text without case, accents, width and needless space.

    >>> fold("  Sūzhōu　ＢｉｏＢＡＹ ")
    'suzhou biobay'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())
    return " ".join("".join(map(_fold_character, text)).split())


def split(folded: str) -> list[Term]:
    """Return the words and runs of a folded text.

    >>> [term.text for term in split("biobay 苏州园区, pd-1")]
    ['biobay', '苏州园区', 'pd', '1']
    """
    return [
        Term(match[0], match.start(), match.end(), match[1] is not None)
        for match in _TERM.finditer(folded)
    ]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return an English word without its plural ending (Harman's S stemmer).

    >>> stem("therapies"), stem("parks"), stem("status")
    ('therapy', 'park', 'status')
    """
    if len(word) < 4 or not word.isascii() or not word.endswith("s"):
        return word
    if word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if word.endswith("es") and word[-3] in "aeo":
        return word
    return word if word[-2] in "us" else word[:-1]


def tokens(text: str) -> Iterator[str]:
    """Return what a text is indexed under.

    Words give their stems, a hyphenated word also the whole; a run of Chinese gives its pairs of
    characters and its last character, so that a phrase of pairs finds every part of a run, a
    prefix finds every character, and no phrase reaches from one run into the next.

    >>> list(tokens("Bio-pharma 工业园区"))
    ['bio', 'pharma', 'biopharma', '工业', '业园', '园区', '区']
    """
    folded = fold(text)
    last: Term | None = None
    for term in split(folded):
        if term.is_run:
            yield from pairs(term.text)
            yield term.text[-1]
            last = None
            continue
        yield stem(term.text)
        if last is not None and _HYPHENS.search(folded[last.end : term.start]):
            yield stem(last.text + term.text)
        last = term


def pairs(run: str) -> list[str]:
    """Return the pairs of neighbouring characters.

    >>> pairs("工业园")
    ['工业', '业园']
    """
    return [run[at : at + 2] for at in range(len(run) - 1)]


def spell_out(name: str) -> str:
    """Return the words of an identifier.

    >>> spell_out("locatedIn"), spell_out("suzhou-industrial-park")
    ('located In', 'suzhou industrial park')
    """
    return _CAMEL.sub(" ", name).replace("-", " ").replace("_", " ")
