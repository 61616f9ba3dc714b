"""Pinyin: how Chinese sounds, without tones.

In: Chinese text, or pinyin as people type it (``suzhou``, ``su zhou``, ``sūzhōu``, ``su1zhou1``,
initials). Out: syllables. ü is written u: ``lü``, ``lv`` and ``lu`` are one.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from .words import CHINESE

__all__ = ["Syllables", "initials", "normalize", "syllables"]

_RUN: Final = re.compile(rf"[{CHINESE}]+")
_TONE: Final = re.compile(r"(?<=[a-z])[1-5](?![0-9])")
_UMLAUT: Final = re.compile(r"(?<=[ln])v")
#: How many ways to cut a word into syllables are tried; "xian" has two.
_MOST_WAYS: Final = 12
_LONGEST: Final = 64


def syllables(text: str) -> list[str]:
    """Return one syllable for each Chinese character of a text; phrases decide how it is read.

    >>> syllables("BioBAY 重庆绿地")
    ['chong', 'qing', 'lu', 'di']
    """
    from pypinyin import lazy_pinyin  # loads a large dictionary: only when Chinese is there

    found: list[str] = []
    for run in _RUN.findall(text):
        read = lazy_pinyin(run)
        if len(read) != len(run):
            read = [lazy_pinyin(character)[0] for character in run]
        found += [normalize(each) or each for each in read]
    return found


def initials(sounds: Sequence[str]) -> str:
    """Return the first letters.

    >>> initials(["su", "zhou"])
    'sz'
    """
    return "".join(sound[0] for sound in sounds)


def normalize(word: str) -> str:
    """Return typed pinyin, already folded, without tone numbers and with one way to write ü.

    >>> normalize("su1zhou1"), normalize("lv4di4"), normalize("nve")
    ('suzhou', 'ludi', 'nue')
    """
    return _UMLAUT.sub("u", _TONE.sub("", word))


class Syllables:
    """The syllables that there are; cuts typed pinyin into them."""

    def __init__(self, known: Collection[str]) -> None:
        self._whole = frozenset(known)
        self._begun = frozenset(each[:end] for each in known for end in range(1, len(each) + 1))

    def cut(self, word: str) -> list[tuple[tuple[str, ...], bool]]:
        """Return the ways to read a word as syllables, and whether the last one is whole.

        >>> Syllables(["xi", "an", "xian", "su", "zhou"]).cut("xian")
        [(('xian',), True), (('xi', 'an'), True)]
        >>> Syllables(["su", "zhou"]).cut("suzh")
        [(('su', 'zh'), False)]
        """
        text = normalize(word)
        if not text.isascii() or not text.isalpha() or len(text) > _LONGEST:
            return []
        ways: list[tuple[tuple[str, ...], bool]] = []
        for way in self._ways(text, 0, ()):
            ways.append(way)
            if len(ways) == _MOST_WAYS:
                break
        whole = [way for way in ways if way[1]]
        return whole or ways

    def _ways(
        self, text: str, start: int, before: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], bool]]:
        for end in range(min(len(text), start + 6), start, -1):
            piece = text[start:end]
            if end == len(text):
                if piece in self._whole:
                    yield (*before, piece), True
                elif piece in self._begun:
                    yield (*before, piece), False
            elif piece in self._whole:
                yield from self._ways(text, end, (*before, piece))
