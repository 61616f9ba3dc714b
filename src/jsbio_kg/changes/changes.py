"""What was added and what was removed between two versions."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad

from .matching import renamed

__all__ = ["Changes", "Version", "changes_between"]


@dataclass(frozen=True)
class Version:
    """One version of the dataset.

    :param name: how it was called: a folder, an address, a revision.
    :param sha256: the hash of its canonical N-Quads.
    :param quads: its content; the names of blank nodes are those of its canonical N-Quads.
    :param told: the IRIs of the graphs that people are told of: what documents, references and
        editors say, not what is computed from it or keeps its books.
    """

    name: str
    sha256: str
    quads: tuple[Quad, ...]
    told: frozenset[str]


@dataclass(frozen=True)
class Changes:
    """What turns one version into another, by line.

    :param renamed: the whole new version, its blank nodes named as in the old one where they match.
    """

    old: Version
    new: Version
    added: tuple[Quad, ...]
    removed: tuple[Quad, ...]
    renamed: tuple[Quad, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def changes_between(old: Version, new: Version) -> Changes:
    """Compare two versions."""
    after = renamed(new.quads, old.quads)
    before_set, after_set = set(old.quads), set(after)
    return Changes(
        old,
        new,
        added=_by_line(after_set - before_set),
        removed=_by_line(before_set - after_set),
        renamed=_by_line(after_set),
    )


def _by_line(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    return tuple(sorted(quads, key=str))
