"""A table as a reader of one language sees it.

In: a table whose columns come as ``thing``, ``thingEn``, ``thingZh``. Out: one column ``thing``,
each cell its term with the name in the reader's language. Data formats keep all three.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .table import Table, Term

__all__ = ["Cell", "Shown", "show"]

_SUFFIXES = {"en": "En", "zh": "Zh"}


@dataclass(frozen=True)
class Cell:
    """A term, or nothing, with the name to show for it."""

    term: Term | None
    label: str = ""

    @property
    def text(self) -> str:
        """Return what a reader reads."""
        return self.label or (self.term.value if self.term else "")


@dataclass(frozen=True)
class Shown:
    """Column names, their headings, and rows of cells."""

    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def show(table: Table, language: str, labels: Mapping[str, Mapping[str, str]]) -> Shown:
    """Return the columns that a reader of a language needs, names joined to their things.

    :param labels: headings by column and language; a column without one is headed by its name.
    """
    places = {name: place for place, name in enumerate(table.columns)}
    shown = [name for name in table.columns if not _is_name_column(name, places)]
    names = [places.get(name + _SUFFIXES[language]) for name in shown]
    rows = tuple(
        tuple(
            Cell(row[places[name]], _text(row[at]) if at is not None else "")
            for name, at in zip(shown, names, strict=True)
        )
        for row in table.rows
    )
    headings = tuple(labels[name][language] if name in labels else _spell(name) for name in shown)
    return Shown(tuple(shown), headings, rows)


def _is_name_column(name: str, places: Mapping[str, int]) -> bool:
    return name[-2:] in _SUFFIXES.values() and name[:-2] in places


def _text(term: Term | None) -> str:
    return term.value if term else ""


def _spell(name: str) -> str:
    """Return a column's name as words.

    >>> _spell("planSector")
    'plan sector'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
