"""Searching: the best things first, each with the reason why it is there.

In: what was typed, perhaps a kind of thing. Out: :class:`Found`. Things whose name is the text come
first, then those whose name begins with it, then those with its words, its sound, its words in the
description. Only when nothing has them are spellings mended, and only then is less than all of the
words enough. The same search gives the same answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .asking import Asked, read_search
from .index import Index
from .matching import Match, Spans, best_match, mark
from .pinyin import syllables
from .spelling import distance, most_errors, stumps
from .words import stem

__all__ = ["Facet", "Found", "Hit", "Search"]

#: How many things are put in order; the most prominent when more match.
MOST_RANKED: Final = 500
#: How many things are counted.
MOST_COUNTED: Final = 10_000
_MOST_SPELLINGS: Final = 4
Labels = Mapping[str, str]
Ranked = tuple[int, Match]


@dataclass(frozen=True)
class Hit:
    """A thing that was found, and why.

    :param spans: places in the text of the match to mark.
    """

    iri: str
    kind: str
    labels: Labels
    abouts: Labels
    match: Match
    spans: Spans

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """Return the text that matched, in pieces that are marked or not."""
        return cut(self.match.name.text, self.spans)


@dataclass(frozen=True)
class Facet:
    """A kind of thing and how many of it were found."""

    kind: str
    labels: Labels
    count: int


@dataclass(frozen=True)
class Found:
    """One page of what was found.

    :param total: how many things match; of the kind, when one was asked for.
    :param is_more: there are more than were counted.
    :param reachable: how many of them can be paged through.
    :param spellings: words that were looked for beside typed ones.
    :param is_heard: nothing is written so, and what sounds like it was looked for.
    """

    text: str
    hits: tuple[Hit, ...]
    total: int
    is_more: bool
    reachable: int
    facets: tuple[Facet, ...]
    spellings: Mapping[str, tuple[str, ...]]
    is_heard: bool = False


class Search:
    """What can be searched for in one index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def find(self, text: str, kind: str = "", offset: int = 0, limit: int = 20) -> Found:
        """Return a page of the things that match a text.

        :param kind: only things of this kind.
        :raises ParameterError: when the text is too long.
        """
        asked = read_search(text, self.index.syllables)
        if not asked.terms:
            return Found(asked.text, (), 0, False, 0, (), {})
        common = frozenset(word for word in asked.words if self._is_common(word))
        asked, ranked, expression = self._search(replace(asked, common=common), "")
        if len(ranked) < MOST_RANKED:
            counts = self.index.kinds_of(thing for thing, _ in ranked)
        else:
            counts = dict(self.index.counts(expression, MOST_COUNTED))
        if kind and len(ranked) < MOST_RANKED:
            of_kind = self.index.of_kind((thing for thing, _ in ranked), kind)
            ranked = [each for each in ranked if each[0] in of_kind]
        elif kind:
            ranked = self._answer(asked, kind)
        facets = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        total = counts.get(kind, 0) if kind else sum(counts.values())
        return Found(
            text=asked.text,
            hits=self._hits(asked, ranked[offset : offset + limit]),
            total=max(total, len(ranked)),
            is_more=sum(counts.values()) >= MOST_COUNTED,
            reachable=len(ranked),
            facets=tuple(Facet(name, self.index.kinds[name], n) for name, n in facets),
            spellings=asked.spellings,
            is_heard=asked.is_heard,
        )

    def suggest(self, text: str, kind: str = "", limit: int = 8) -> list[Hit]:
        """Return the things that a text may be the beginning of.

        :raises ParameterError: when the text is too long.
        """
        return list(self.find(text, kind, 0, limit).hits)

    def close(self) -> None:
        """Let go of the index."""
        self.index.close()

    # -- from strict to generous ------------------------------------------------------------------

    def _search(self, asked: Asked, kind: str) -> tuple[Asked, list[Ranked], str]:
        """Return the search that found something, what it found in order, and its expression."""
        generous = asked
        for each in self._readings(asked):
            if ranked := self._answer(each, kind):
                return each, ranked, each.expression("names about")
            if each.spellings and not generous.spellings:
                generous = each
        some = generous.some()
        return generous, self._rank(generous, self.index.closest(some, kind, MOST_RANKED)), some

    def _answer(self, asked: Asked, kind: str) -> list[Ranked]:
        things = self.index.beginning(asked.key, kind, MOST_RANKED)
        things += self.index.matching(asked.expression(), kind, MOST_RANKED)
        if len(set(things)) < MOST_RANKED:
            things += self.index.matching(asked.expression("names about"), kind, MOST_RANKED)
        return self._rank(asked, things)

    def _readings(self, asked: Asked) -> Iterator[Asked]:
        """Yield the search as typed, then ever more freely read.

        Freer is: cut where questions join words, with unknown words mended, with every word
        mended, as it sounds.
        """
        yield asked
        pieces = asked.without_particles()
        if pieces is not asked:
            yield pieces
        mended = self._mend(pieces, [each for each in pieces.words if self._is_unknown(each)])
        if mended is not pieces:
            yield mended
        bold = self._mend(pieces, pieces.words)
        if bold is not pieces:
            yield bold
        if asked.runs:
            yield self._listen(asked)

    def _is_common(self, word: str) -> bool:
        """Tell whether more things have a word than are put in order."""
        exact = f'{{names}} : "{stem(word)}"'
        return len(self.index.matching(exact, "", MOST_RANKED)) == MOST_RANKED

    def _is_unknown(self, word: str) -> bool:
        return not self.index.is_word(word)

    def _mend(self, asked: Asked, words: Sequence[str]) -> Asked:
        found = {word: self._spellings(word) for word in words}
        spellings = {word: each for word, each in found.items() if each}
        return replace(asked, spellings=spellings) if spellings else asked

    def _spellings(self, word: str) -> tuple[str, ...]:
        most = most_errors(word)
        if not most or not word.isascii() or not word.isalpha():
            return ()
        near = [
            (distance(word, other, most), -count, other)
            for other, count in self.index.spelled(stumps(word))
        ]
        right = sorted(each for each in near if 0 < each[0] <= most and stem(each[2]) != stem(word))
        return tuple(other for errors, _, other in right if errors == right[0][0])[:_MOST_SPELLINGS]

    def _listen(self, asked: Asked) -> Asked:
        """Return a search for what sounds like the Chinese that was typed."""
        text = "".join(
            "".join(syllables(term.text)) if term.is_run else term.text for term in asked.terms
        )
        heard = read_search(text[:200], self.index.syllables)
        return replace(heard, text=asked.text, is_heard=True)

    # -- from numbers to things -------------------------------------------------------------------

    def _rank(self, asked: Asked, things: Sequence[int]) -> list[Ranked]:
        wanted = list(dict.fromkeys(things))[:MOST_RANKED]
        matches = [
            (thing, match)
            for thing, names in self.index.names(wanted).items()
            if (match := best_match(asked, names)) is not None
        ]
        return sorted(matches, key=lambda item: (item[1].rank, item[0]))

    def _hits(self, asked: Asked, ranked: Sequence[Ranked]) -> tuple[Hit, ...]:
        rows = self.index.things(thing for thing, _ in ranked)
        hits = []
        for thing, match in ranked:
            iri, kind, en, zh, about_en, about_zh = rows[thing]
            labels, abouts = {"en": en, "zh": zh}, {"en": about_en, "zh": about_zh}
            hits.append(Hit(iri, kind, labels, abouts, match, mark(asked, match)))
        return tuple(hits)


def cut(text: str, spans: Spans) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is marked.

    >>> cut("Suzhou Park", ((0, 6),))
    [('Suzhou', True), (' Park', False)]
    """
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]
