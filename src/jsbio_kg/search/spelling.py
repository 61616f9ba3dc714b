"""Typing errors in words written with letters.

In: the words of the index. Out: for a word that is not among them, those it may be a slip of. Each
word is filed under what is left of its beginning when up to two letters are taken out (symmetric
deletes, as in SymSpell), so that looking up costs a few dozen keys however many words there are.
"""

from itertools import combinations
from typing import Final

__all__ = ["distance", "most_errors", "stumps"]

#: Letters of a word's beginning that its stumps are made from.
_BEGINNING: Final = 7


def most_errors(word: str) -> int:
    """Return how many errors a word of this length is forgiven.

    >>> most_errors("bio"), most_errors("suzhuo"), most_errors("pharmaceuticl")
    (0, 1, 2)
    """
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def stumps(word: str) -> set[str]:
    """Return what is left of a word's beginning when up to so many letters are taken out.

    >>> sorted(stumps("park"))
    ['ark', 'pak', 'par', 'park', 'prk']
    """
    beginning = word[:_BEGINNING]
    found = {beginning}
    for count in range(1, most_errors(word) + 1):
        for kept in combinations(beginning, max(0, len(beginning) - count)):
            found.add("".join(kept))
    return found


def distance(one: str, other: str, most: int) -> int:
    """Return the typing errors between two words, or ``most + 1`` when there are more.

    A letter too many, too few or wrong, or two neighbours swapped (optimal string alignment).

    >>> distance("suzhuo", "suzhou", 2), distance("nanking", "nanjing", 2)
    (1, 1)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before = before, row
        row = [i]
        for j, expected in enumerate(other, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != expected))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == expected:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
