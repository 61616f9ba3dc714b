"""Cutting a text into sentences, each with its number and its offsets.

In: a text in English or Chinese. Out: spans. A line that ends without a full stop and is short is
a heading, the first of them the title; sections are counted by headings, or by paragraphs where
there are none. Own code, since what is needed is offsets that are exact, in two languages, and
the libraries that give them (pysbd among them) are no longer kept up; the tests hold it to the
sentences that people cut by hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["NumberedSentence", "split_text"]

LINE: Final = re.compile(r"[^\n]*[^\s][^\n]*")
#: Where a sentence may end: its mark with what closes behind it, and citation markers.
END: Final = re.compile(
    r"(?:[。！？]|[.!?](?=[\"'”’)\]\s\[]|$))"  # the mark; a dot inside a number or name is none
    r"[\"'”’」』）)\]]*(?:\[\d+\])*"
)
OPENING: Final = re.compile(r"[\s\"'“‘(（「『]*[^\sa-z]")
ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|al|approx|Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Fig|Figs|Co|Inc|Ltd|Corp|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z]|^\s*\d+)\.$"
)
#: A heading is no longer than this, in words and in characters.
MOST_WORDS: Final = 14
MOST_CHARACTERS: Final = 90
#: An open line of this length, with another right below, was cut by its width.
WRAPPED: Final = 60


@dataclass(frozen=True)
class NumberedSentence:
    """One sentence, heading or title.

    :param number: ``T`` for the title, ``H1`` for a heading, else section and place, ``2.3``.
    :param start: the offset of its first code point; ``end`` of the one behind its last.
    """

    number: str
    section: str
    start: int
    end: int


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    is_heading: bool
    begins_paragraph: bool


def split_text(text: str) -> list[NumberedSentence]:
    r"""Return the sentences of a text in their order.

    >>> text = "Parks\n\nIn 2023, 3 parks (e.g. BioBAY) grew. 0.5% did not."
    >>> [(each.number, text[each.start:each.end]) for each in split_text(text)][1:]
    [('1.1', 'In 2023, 3 parks (e.g. BioBAY) grew.'), ('1.2', '0.5% did not.')]
    """
    lines = list(_lines(text))
    counts_headings = any(line.is_heading for line in lines[1:])
    found: list[NumberedSentence] = []
    section = headings = place = 0
    for first, line in enumerate(lines):
        if line.is_heading and first == 0:
            found.append(NumberedSentence("T", "title", line.start, line.end))
            continue
        if line.is_heading:
            headings += 1
            section, place = section + 1, 0
            found.append(NumberedSentence(f"H{headings}", "heading", line.start, line.end))
            continue
        if (line.begins_paragraph and not counts_headings) or section == 0:
            section, place = section + 1, 0
        for start, end in _sentences(text, line):
            place += 1
            found.append(NumberedSentence(f"{section}.{place}", str(section), start, end))
    return found


def _lines(text: str) -> Iterator[_Line]:
    before = 0
    for start, end in _joined(text):
        gap = text[before:start]
        yield _Line(start, end, _is_heading(text[start:end]), gap.count("\n") != 1)
        before = end


def _joined(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of a text; a line that goes on with a sentence belongs to the one before."""
    start = end = -1
    for match in LINE.finditer(text):
        content = match[0]
        first = match.start() + len(content) - len(content.lstrip())
        if start >= 0 and not _goes_on(text, start, end, first):
            yield start, end
            start = -1
        start = first if start < 0 else start
        end = match.start() + len(content.rstrip())
    if start >= 0:
        yield start, end


def _goes_on(text: str, start: int, end: int, following: int) -> bool:
    """Whether a sentence that a line leaves open goes on in the next: it is small, or wrapped."""
    line = text[start:end]
    if any(match.end() == len(line) for match in END.finditer(line)):
        return False
    last = line.rpartition("\n")[2]
    is_wrapped = text[end:following].count("\n") == 1 and len(last) >= WRAPPED
    return text[following].islower() or is_wrapped


def _is_heading(line: str) -> bool:
    is_short = len(line) <= MOST_CHARACTERS and len(line.split()) <= MOST_WORDS
    last = [match.end() for match in END.finditer(line)]
    return is_short and len(line) not in last and line[-1] not in ":：;；,，"


def _sentences(text: str, line: _Line) -> Iterator[tuple[int, int]]:
    start = line.start
    for match in END.finditer(text, line.start, line.end):
        rest = text[match.end() : line.end]
        mark = text[start : match.start() + 1]
        is_last = not rest.strip()
        if not is_last and (ABBREVIATION.search(mark) or not _opens(match[0], rest)):
            continue
        yield start, match.end()
        start = match.end() + len(rest) - len(rest.lstrip())
    if start < line.end:
        yield start, line.end


def _opens(mark: str, rest: str) -> bool:
    """Whether what follows a mark begins a sentence: a Chinese mark needs no space behind it."""
    if mark[0] in "。！？":
        return True
    return rest[0].isspace() and OPENING.match(rest) is not None
