"""Whether a text says a number: digits, words, fractions, and the bound it puts on them.

In: a sentence and a number. Out: yes or no. "Over 300" says 300 as a bound and not as a value.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Final

__all__ = ["numbers_in", "says_number"]

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


#: What a number is said to be by the words before it, for the properties that give a bound.
BOUNDS: Final = {
    "minExclusive": r"over|above|beyond|more than|exceed(?:s|ing|ed)?|in excess of|超过|逾",
    "minInclusive": r"at least|no(?:t)? (?:less|fewer) than|不少于|至少",
    "maxExclusive": r"under|below|less than|fewer than|不足|低于",
    "maxInclusive": r"top|up to|at most|within|no(?:t)? more than|不超过|至多|前",
}
QUALIFIED: Final = "|".join([*BOUNDS.values(), "about|around|some|nearly|almost|roughly|约|近"])
BEFORE: Final = r"(?:^|(?<![a-z]))(?:{})\s*(?:an?\s+|the\s+)?$"


def numbers_in(text: str) -> frozenset[Decimal]:
    """Return the numbers a text says, in digits or in words, multiplied out.

    >>> sorted(str(n) for n in numbers_in("over 300 of twenty-five; 100 million RMB; a quarter"))
    ['0.25', '100000000', '25', '300']
    >>> numbers_in("(PD-1) as stated [2]")
    frozenset()
    """
    return frozenset(value for value, _ in _numbers(text))


def says_number(text: str, number: Decimal, bound: str) -> bool:
    """Whether a text says a number, and says it as the bound or the exact value that it is to be.

    :param bound: the local name of the property that holds the number.

    >>> says_number("over 300 platforms", Decimal(300), "minExclusive")
    True
    >>> says_number("over 300 platforms", Decimal(300), "exactValue")
    False
    """
    before = [text[:start].lower() for value, start in _numbers(text) if value == number]
    if bound in BOUNDS:
        return any(re.search(BEFORE.format(BOUNDS[bound]), words) for words in before)
    if bound == "exactValue":
        return any(not re.search(BEFORE.format(QUALIFIED), words) for words in before)
    return bool(before)


@cache
def _numbers(text: str) -> tuple[tuple[Decimal, int], ...]:
    """Return the numbers of a text, each with the offset at which it begins."""
    found: list[tuple[Decimal, int]] = []
    for run, start in _runs((match[0], match.start()) for match in TOKEN.finditer(text.lower())):
        value = _value(run)
        found.append((value, start))
        if run[-1] in PERCENT:
            found.append((value / 100, start))
    return tuple(found)


def _runs(tokens: Iterable[tuple[str, int]]) -> Iterator[tuple[list[str], int]]:
    """Yield the groups of neighbouring tokens that make one number together."""
    run: list[str] = []
    begin = 0
    for token, start in tokens:
        word = token.removesuffix("s") if token.removesuffix("s") in FRACTIONS else token
        is_number = word[0].isdigit() or word in UNITS or word in ORDINALS
        ends = word in FRACTIONS or (bool(run) and word in PERCENT)
        goes_on = bool(run) and (word in SCALES or (is_number and _continues(run[-1], word)))
        if run and not (goes_on or ends):
            yield run, begin
            run = []
        if is_number or goes_on or ends:
            begin = begin if run else start
            run.append(word)
        if ends:
            yield run, begin
            run = []
    if run:
        yield run, begin


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
