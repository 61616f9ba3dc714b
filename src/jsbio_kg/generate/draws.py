"""Drawing lots: the same on every version of Python, and skewed as things in the world are."""

from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import TypeVar

__all__ = ["Draws"]

T = TypeVar("T")


class Draws:
    """A stream of lots.

    Only ``Random.random`` is used, since Python promises that its numbers stay as they are.

    >>> draws = Draws("7:1")
    >>> [draws.below(100) for _ in range(4)]
    [98, 71, 15, 39]
    """

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def below(self, n: int) -> int:
        """Return a whole number below ``n``, each as likely."""
        return int(self._random.random() * n)

    def between(self, first: int, last: int) -> int:
        """Return a whole number from one to another, each as likely."""
        return first + self.below(last - first + 1)

    def rank(self, n: int) -> int:
        """Return a whole number below ``n``; the k-th comes 1/k as often as the first (Zipf)."""
        return bisect(_cumulated(n), self._random.random() * _cumulated(n)[-1])

    def skewed(self, items: Sequence[T]) -> T:
        """Return one of some things, the first the most often (Zipf)."""
        return items[self.rank(len(items))]

    def happens(self, share: float) -> bool:
        """Whether something happens that happens in this share of cases."""
        return self._random.random() < share


@cache
def _cumulated(n: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (place + 1) for place in range(n)))
