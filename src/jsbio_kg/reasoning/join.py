"""What a rule with two premises about data looks like to the engine."""

from collections.abc import Collection, Mapping, Set
from typing import Final, Protocol, TypeAlias

from .facts import Facts

__all__ = ["EMPTY", "Join", "News", "Stateless"]

News: TypeAlias = Mapping[int, set[int]]
EMPTY: Final[Set[int]] = frozenset()


class Join(Protocol):
    """A rule with two premises about data."""

    properties: Collection[int]
    classes: Collection[int]

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Add what follows from the news together with all that is known."""

    def renamed(self, facts: Facts) -> None:
        """Rename what is remembered of the facts, since terms were made one."""


class Stateless:
    """A join that remembers nothing, or nothing that an old name could harm."""

    def renamed(self, facts: Facts) -> None:
        """Leave all as it is."""
