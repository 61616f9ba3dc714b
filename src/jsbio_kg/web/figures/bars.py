"""Bars: one row a thing, one number each, or the range between two bounds.

In: rows of label and value, or lower and upper bound. Out: bars from a common zero. A bound that
is not stated is drawn open: the bar ends without an edge there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .text import cut

__all__ = ["Bar", "BarRow", "Bars", "draw_bars"]

WIDTH = 820
LABEL = 340
ROW = 28
FONT = 14
ROOM = WIDTH - LABEL - 96


@dataclass(frozen=True)
class BarRow:
    """What a bar shows.

    :param value: a number; or nothing, and then the bounds.
    :param is_above: the true number is above the lower bound, not at it.
    :param is_below: the true number is below the upper bound, not at it.
    """

    label: str
    href: str = ""
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    language: str = ""
    is_above: bool = False
    is_below: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar in its place."""

    row: BarRow
    text: str
    y: int
    x: float
    length: float
    note: str
    is_open_below: bool
    is_open_above: bool


@dataclass(frozen=True)
class Bars:
    """The drawing."""

    width: int
    height: int
    zero: int
    bars: tuple[Bar, ...]


def draw_bars(rows: Sequence[BarRow]) -> Bars | None:
    """Return the drawing, or nothing when no row has a number."""
    numbered = [row for row in rows if _most(row) is not None]
    if not numbered:
        return None
    largest = max((_most(row) or 0.0 for row in numbered), default=0.0) or 1.0
    bars = []
    for place, row in enumerate(numbered):
        start, end, note = _span(row, largest)
        bars.append(
            Bar(
                row=row,
                text=cut(row.label, FONT, LABEL - 16),
                y=place * ROW,
                x=round(LABEL + start * ROOM / largest, 1),
                length=round(max((end - start) * ROOM / largest, 3), 1),
                note=note,
                is_open_below=row.value is None and row.lower is None,
                is_open_above=row.value is None and row.upper is None,
            )
        )
    return Bars(WIDTH, len(bars) * ROW + 4, LABEL, tuple(bars))


def _most(row: BarRow) -> float | None:
    known = [number for number in (row.value, row.lower, row.upper) if number is not None]
    return max(known, default=None)


def _span(row: BarRow, largest: float) -> tuple[float, float, str]:
    """Return where a bar starts and ends, and how its number reads."""
    if row.value is not None:
        return 0.0, row.value, _number(row.value)
    least = f"{'>' if row.is_above else '≥'} {_number(row.lower or 0.0)}"
    most = f"{'<' if row.is_below else '≤'} {_number(row.upper or 0.0)}"
    if row.lower is not None and row.upper is not None:
        if row.lower == row.upper:
            return 0.0, row.lower, _number(row.lower)
        return row.lower, row.upper, f"{least}, {most}"
    if row.lower is not None:
        return 0.0, row.lower, least
    return 0.0, row.upper or 0.0, most


def _number(value: float) -> str:
    """Return a number as people write it.

    >>> _number(1373.0), _number(0.25)
    ('1,373', '0.25')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"
