"""Why a name matches, how well, and which of its characters.

In: a search and the names of a thing. Out: the best :class:`Match`, comparable with others, and the
places to mark. The order is the same for the same names, whoever asks and however often.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from .asking import Asked
from .schema import ABOUT, ADDRESS, LABEL, ROLES
from .words import CHINESE, fold_places, pairs, split, stem

__all__ = ["How", "Match", "Name", "Spans", "best_match", "mark"]

_LETTER: Final = rf"[^\W_{CHINESE}]"
Spans = tuple[tuple[int, int], ...]


class How(IntEnum):
    """How a name matches, the best first."""

    EXACT = 0
    BEGINS = 1
    SOUNDS_EXACT = 2
    WORDS = 3
    BEGINNINGS = 4
    SOUNDS = 5
    SPREAD = 6
    INITIALS = 7
    DESCRIBED = 8
    SOME = 9


@dataclass(frozen=True)
class Name:
    """One name or description of a thing, as the index holds it."""

    role: int
    language: str
    text: str
    key: str
    sound: str


@dataclass(frozen=True)
class Match:
    """The name that matches best.

    :param rank: smaller is better.
    """

    how: How
    name: Name
    rank: tuple[int, int, int, int]

    @property
    def role(self) -> str:
        """Return what the name is to the thing."""
        return ROLES[self.name.role]


def best_match(asked: Asked, names: Iterable[Name]) -> Match | None:
    """Return the match of the best of a thing's names."""
    best: Match | None = None
    for name in names:
        if best is not None and not _may_be_better(asked, name, best):
            continue
        how, missing = _how(asked, name)
        if how is None:
            continue
        role = LABEL if name.role == ADDRESS and how is How.EXACT else name.role
        match = Match(how, name, (how, missing, role, len(name.key)))
        if best is None or match.rank < best.rank:
            best = match
    return best


def _may_be_better(asked: Asked, name: Name, best: Match) -> bool:
    """Tell whether a name, which is no better by what it is, may still match better."""
    if best.how <= How.WORDS:
        return name.key.startswith(asked.key) and name.role != ABOUT
    return best.how > How.SPREAD or name.role < ADDRESS or name.key == asked.key


def _how(asked: Asked, name: Name) -> tuple[How | None, int]:
    """Return how a name matches and how many terms it lacks."""
    if name.role == ABOUT:
        missing = _missing(asked, name)
        return (How.DESCRIBED, missing) if missing < len(asked.terms) else (None, 0)
    if name.key == asked.key:
        return How.EXACT, 0
    if name.key.startswith(asked.key) and name.role != ADDRESS:
        return How.BEGINS, 0
    sound = _sound_of(asked, name)
    if sound is How.SOUNDS_EXACT:
        return sound, 0
    if name.role != ADDRESS and not _missing(asked, name, whole=True):
        return How.WORDS, 0
    if not _missing(asked, name):
        return How.BEGINNINGS, 0
    if sound is not None:
        return sound, 0
    missing = _missing(asked, name, heard=True)
    if not missing:
        return How.SOUNDS, 0
    if missing < len(asked.terms):
        return How.SPREAD, missing
    share = _shared_pairs(asked, name.key)
    return (How.SOME, 100 - share) if share else (None, 0)


def _missing(asked: Asked, name: Name, whole: bool = False, heard: bool = False) -> int:
    """Return how many terms a name lacks, as whole words, or also as what it sounds like."""
    count = sum(run not in name.key for run in asked.runs)
    for words in asked.forms:
        if not any(_pattern(word, whole).search(name.key) for word in words):
            count += not (heard and _find_sound(asked.ways(words[0]), name))
    return count


@lru_cache(maxsize=1024)
def _pattern(word: str, whole: bool) -> re.Pattern[str]:
    """Return what finds a word in a key: with either ending, or whatever begins so."""
    root = re.escape(stem(word))
    if not whole:
        return re.compile(rf"(?<!{_LETTER}){root}")
    forms = f"{root}s?" if not root.endswith("y") else f"{root[:-1]}(?:y|ies)"
    return re.compile(rf"(?<!{_LETTER})(?:{forms})(?!{_LETTER})")


def _sound_of(asked: Asked, name: Name) -> How | None:
    if not name.sound or asked.runs:
        return None
    if any(is_whole and name.sound == " ".join(way) for way, is_whole in asked.whole):
        return How.SOUNDS_EXACT
    if _find_sound(asked.whole, name):
        return How.SOUNDS
    first = "".join(each[0] for each in name.sound.split())
    joined = "".join(asked.words)
    return How.INITIALS if len(joined) > 1 and first.startswith(joined) else None


def _find_sound(ways: Iterable[tuple[Sequence[str], bool]], name: Name) -> tuple[int, int] | None:
    """Return the first and last of the characters that sound so, counted among the Chinese."""
    if not name.sound:
        return None
    sounds = f" {name.sound} "
    for way, is_whole in ways:
        at = sounds.find(f" {' '.join(way)}{' ' if is_whole else ''}")
        if at >= 0:
            first = sounds.count(" ", 0, at)
            return first, first + len(way)
    return None


def _shared_pairs(asked: Asked, key: str) -> int:
    """Return how much of the runs stands in a name, in hundredths; less than half is nothing."""
    wanted = [pair for run in asked.runs for pair in pairs(run)]
    found = sum(pair in key for pair in wanted)
    return found * 100 // len(wanted) if wanted and found * 2 >= len(wanted) else 0


def mark(asked: Asked, match: Match) -> Spans:
    """Return the places in the name to mark, in order, apart from each other."""
    name = match.name
    folded, places = fold_places(name.text)
    found: list[tuple[int, int]] = []
    for term in split(folded):
        for wanted in asked.terms:
            if term.is_run and wanted.is_run:
                found += _runs(wanted.text, term.text, term.start)
            elif not term.is_run and not wanted.is_run:
                words = (wanted.text, *asked.spellings.get(wanted.text, ()))
                found += [(term.start, end) for end in _ends(words, term.text, term.start)]
    if match.how in (How.SOUNDS_EXACT, How.SOUNDS, How.INITIALS):
        found += _sounding(asked, name, folded)
    spans = sorted((places[start], places[end - 1] + 1) for start, end in found)
    return _join(spans)


def _ends(words: Sequence[str], text: str, start: int) -> Iterable[int]:
    for word in words:
        if stem(text) == stem(word):
            yield start + len(text)
        elif text.startswith(stem(word)):
            yield start + len(stem(word))


def _runs(wanted: str, run: str, start: int) -> list[tuple[int, int]]:
    pieces = [wanted] if wanted in run else pairs(wanted)
    return [
        (start + match.start(), start + match.end())
        for piece in pieces
        for match in re.finditer(re.escape(piece), run)
    ]


def _sounding(asked: Asked, name: Name, folded: str) -> list[tuple[int, int]]:
    characters = [match.start() for match in re.finditer(f"[{CHINESE}]", folded)]
    ways = [asked.whole, *(asked.ways(word) for word in asked.words)]
    found = [place for each in ways if (place := _find_sound(each, name))]
    if not found and (short := len("".join(asked.words))) and not asked.runs:
        found = [(0, short)]
    return [
        (characters[at], characters[at] + 1)
        for first, last in found
        for at in range(first, min(last, len(characters)))
    ]


def _join(spans: Sequence[tuple[int, int]]) -> Spans:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
