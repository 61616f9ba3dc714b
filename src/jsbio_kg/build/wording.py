"""Whether a text says a number or a name: the rules behind the evidence check.

In: a sentence and what is looked for. Out: yes or no. The rules are strict on purpose; what a
sentence does not say literally has to be licensed by a reading.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final

__all__ = ["has_citation_marker", "has_wording", "numbers_in"]

UNITS: Final = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
} | {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split(),
        start=1,
    )
}
SCALES: Final = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "亿": 10**8,
}
FRACTIONS: Final = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
PERCENT: Final = ("%", "％", "percent", "per cent")

#: Digits that are no part of a name (PD-1), a citation marker ([1]) or a longer number.
DIGITS: Final = r"(?<![A-Za-z0-9.,\[])(?<![A-Za-z]-)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\])"
TOKEN: Final = re.compile(rf"{DIGITS}|per cent|[a-z]+|[百千万亿%％]")


def numbers_in(text: str) -> frozenset[Decimal]:
    """Return the numbers a text says, in digits or in words, multiplied out.

    >>> sorted(str(n) for n in numbers_in("over 300 of twenty-five; 100 million RMB; a quarter"))
    ['0.25', '100000000', '25', '300']
    >>> numbers_in("(PD-1) as stated [2]")
    frozenset()
    """
    return _numbers(text)


@cache
def _numbers(text: str) -> frozenset[Decimal]:
    found: set[Decimal] = set()
    for run in _runs(TOKEN.findall(text.lower())):
        value = _value(run)
        found.add(value)
        if run[-1] in PERCENT:
            found.add(value / 100)
    return frozenset(found)


def _runs(tokens: list[str]) -> Iterator[list[str]]:
    """Yield the groups of neighbouring tokens that make one number together."""
    run: list[str] = []
    for token in tokens:
        singular = token.removesuffix("s") if token.removesuffix("s") in FRACTIONS else token
        if singular[0].isdigit() or singular in UNITS or singular in ORDINALS:
            if run and not _continues(run[-1], singular):
                yield run
                run = []
            run.append(singular)
        elif run and singular in SCALES:
            run.append(singular)
        elif singular in FRACTIONS or (run and singular in PERCENT):
            yield [*run, singular]
            run = []
        else:
            if run:
                yield run
            run = []
    if run:
        yield run


def _continues(last: str, token: str) -> bool:
    """Whether a number word goes on with the one before: twenty five, two hundred fifth."""
    if token[0].isdigit():
        return False
    value = UNITS.get(token, 0) or ORDINALS.get(token, 0)
    return last in SCALES or (UNITS.get(last, 0) >= 20 and value < 10)


def _value(run: list[str]) -> Decimal:
    total, current = Decimal(0), Decimal(0)
    for position, token in enumerate(run):
        if token[0].isdigit():
            current = Decimal(token.replace(",", ""))
        elif token in UNITS:
            current += UNITS[token]
        elif token in ORDINALS:
            current += ORDINALS[token]
        elif token == "hundred":
            current = (current or Decimal(1)) * 100
        elif token in SCALES:
            total, current = total + (current or Decimal(1)) * SCALES[token], Decimal(0)
        elif token in FRACTIONS:
            return FRACTIONS[token] * (total + current if position else Decimal(1))
    return total + current


def has_citation_marker(text: str, number: str) -> bool:
    """Whether a text carries a bracketed number.

    >>> has_citation_marker("growth by 2030 [1][2].", "2")
    True
    """
    return f"[{number}]" in text


def has_wording(text: str, wording: str) -> bool:
    r"""Whether a text has a name in it, as whole words; case, line breaks, plurals are folded.

    >>> has_wording("over 300 Innovation\nplatforms", "innovation platform")
    True
    >>> has_wording("the bio-pharmaceutical industry", "pharmaceutical industry")
    False
    """
    return _pattern(wording).search(text) is not None


@cache
def _pattern(wording: str) -> re.Pattern[str]:
    words = wording.split()
    if not words:
        return re.compile(r"(?!)")
    first, last = wording.strip()[0], wording.strip()[-1]
    before = r"(?<![0-9A-Za-z])(?<![0-9A-Za-z]-)" if _is_ascii_word(first) else ""
    after = r"(?![0-9A-Za-z])(?!-[0-9A-Za-z])" if _is_ascii_word(last) else ""
    body = r"\s+".join([*map(re.escape, words[:-1]), _either_number(words[-1])])
    return re.compile(before + body + after, re.IGNORECASE)


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _either_number(word: str) -> str:
    """Return a pattern of a word in singular and plural: the simple forms only."""
    for ending, pattern in (("ies", "(?:y|ies)"), ("y", "(?:y|ies)"), ("ss", "ss(?:es)?")):
        if word.lower().endswith(ending) and len(word) > len(ending) + 1:
            return re.escape(word[: -len(ending)]) + pattern
    if len(word) < 3 or not word[-1].isalpha() or not word.isascii():
        return re.escape(word)
    return re.escape(word.removesuffix("s")) + "s?"
