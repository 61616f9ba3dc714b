"""What was typed, made into questions that the index can answer.

In: the text of a search. Out: :class:`Asked`, with its words, the ways to read them as pinyin, and
expressions of SQLite's full-text search. Nothing typed reaches an expression but letters, digits
and Chinese, each in quotes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from ..errors import ParameterError
from ..i18n import message
from .pinyin import Syllables, normalize
from .words import Term, fold, pairs, split, stem

__all__ = ["MOST_CHARACTERS", "MOST_TERMS", "Asked", "read_search"]

MOST_CHARACTERS: Final = 200
MOST_TERMS: Final = 16

#: English words that tell nothing beside others, and what joins Chinese ones in a question.
_JOINING: Final = frozenset(
    "a an and are as at by do does for from has have how in is it its of on or that the their"
    " there these this to was were what when where which who whose with".split()
)
_PARTICLES: Final = re.compile(
    "有哪些|是什么|有什么|哪些|什么|多少|怎样|如何|哪个|[的了是吗呢有和与及在]"
)

Way = tuple[tuple[str, ...], bool]


@dataclass(frozen=True, eq=False)
class Asked:
    """A search.

    :param key: the text as names are compared.
    :param spellings: words to look for beside one that was typed.
    :param is_heard: it was made from how another search sounds.
    :param common: words that so many things have that their beginnings need not be looked for.
    """

    text: str
    key: str
    terms: tuple[Term, ...]
    syllables: Syllables = field(repr=False)
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_heard: bool = False
    common: frozenset[str] = frozenset()
    _ways: dict[str, list[Way]] = field(default_factory=dict, repr=False)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the words that are not Chinese."""
        return tuple(term.text for term in self.terms if not term.is_run)

    @cached_property
    def runs(self) -> tuple[str, ...]:
        """Return the runs of Chinese."""
        return tuple(term.text for term in self.terms if term.is_run)

    @cached_property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """Return for each term that is a word the words to look for."""
        return tuple((word, *self.spellings.get(word, ())) for word in self.words)

    @cached_property
    def whole(self) -> list[Way]:
        """Return the ways to read all of it as one stretch of pinyin."""
        if self.runs or not self.words:
            return []
        return self.syllables.cut("".join(normalize(word) for word in self.words))

    def ways(self, word: str) -> list[Way]:
        """Return the ways to read one word as pinyin; a bare beginning is none."""
        if word not in self._ways:
            cuts = self.syllables.cut(word)
            self._ways[word] = [way for way in cuts if way[1] or len(way[0]) > 1]
        return self._ways[word]

    def expression(self, columns: str = "names") -> str:
        """Return the search for things that have every term in these columns, or sound like it."""
        every = " AND ".join(f"({self._term(term, columns)})" for term in self.terms)
        sounds = self._sounds(self.whole)
        return f"({every}) OR {sounds}" if sounds and len(self.words) > 1 else f"({every})"

    def some(self) -> str:
        """Return the search for things that have any of the terms."""
        pieces: list[str] = []
        for term in self.terms:
            if not term.is_run:
                pieces.append(self._term(term, "names"))
            elif len(term.text) > 1:
                pieces += [f"{{names}} : {_quote([pair])}" for pair in pairs(term.text)]
            else:
                pieces.append(self._term(term, "names"))
        return " OR ".join(pieces)

    def without_particles(self) -> "Asked":
        """Return the search for the pieces of its runs, cut where a question joins them."""
        pieces = [
            Term(text, 0, len(text), term.is_run)
            for term in self.terms
            for text in (_PARTICLES.split(term.text) if term.is_run else [term.text])
            if text
        ]
        terms = tuple({piece.text: piece for piece in pieces}.values())
        same = [term.text for term in terms] == [term.text for term in self.terms]
        return self if same or not terms else replace(self, terms=terms[:MOST_TERMS], _ways={})

    def _term(self, term: Term, columns: str) -> str:
        if term.is_run:
            run = [term.text] if len(term.text) == 1 else pairs(term.text)
            return f"{{{columns}}} : {_quote(run)}{'*' if len(term.text) == 1 else ''}"
        if term.text in self.common:
            exact = f"{{{columns}}} : {_quote([stem(term.text)])}"
            whole = self._sounds(way for way in self.ways(term.text) if way[1])
            return f"{exact} OR {whole}" if whole else exact
        typed = (term.text, *self.spellings.get(term.text, ()))
        pieces = [f"{{{columns}}} : {_quote([stem(word)])}*" for word in typed]
        pieces += filter(None, [self._sounds(self.ways(term.text))])
        if len(term.text) > 1 and term.text.isascii() and term.text.isalpha():
            pieces.append(f"{{initials}} : {_quote([term.text])}*")
        return " OR ".join(pieces)

    @staticmethod
    def _sounds(ways: Iterable[Way]) -> str:
        return " OR ".join(
            f"{{sounds}} : {_quote(syllables)}{'' if is_whole else '*'}"
            for syllables, is_whole in ways
        )


def _quote(tokens: Sequence[str]) -> str:
    """Return tokens as a phrase; they hold no quotes, being letters and digits."""
    return '"' + " ".join(tokens) + '"'


def read_search(text: str, syllables: Syllables) -> Asked:
    """Read what was typed.

    :raises ParameterError: when it is longer than anything has a name.
    """
    if len(text) > MOST_CHARACTERS:
        raise ParameterError(
            message("The search has %(count)d characters.", count=len(text)),
            "q",
            message("Use at most %(most)d.", most=MOST_CHARACTERS),
        )
    key = fold(text)
    terms = {term.text: term for term in split(key)}
    telling = [term for term in terms.values() if term.is_run or _tells(term.text)]
    chosen = (telling or list(terms.values()))[:MOST_TERMS]
    return Asked(text.strip(), key, tuple(chosen), syllables)


def _tells(word: str) -> bool:
    return (len(word) > 1 or not word.isascii()) and word not in _JOINING
