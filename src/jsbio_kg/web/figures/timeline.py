"""A timeline: years from left to right, what belongs to each below it.

In: rows of label and year. Out: one column a year; the distance between years is drawn true to
scale on the axis, the labels stand in a list by year.
"""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Event", "Timeline", "Year", "draw_timeline"]

WIDTH = 720
EDGE = 28


@dataclass(frozen=True)
class Event:
    """Something of a year."""

    label: str
    year: int
    href: str = ""
    language: str = ""


@dataclass(frozen=True)
class Year:
    """A year on the axis with its events."""

    year: int
    x: float
    size: float
    has_label: bool
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Timeline:
    """The drawing."""

    width: int
    height: int
    years: tuple[Year, ...]


def draw_timeline(events: Sequence[Event]) -> Timeline | None:
    """Return the drawing, or nothing without events."""
    by_year: dict[int, dict[str, Event]] = {}
    for event in events:
        by_year.setdefault(event.year, {}).setdefault(event.label, event)
    if not by_year:
        return None
    first, last = min(by_year), max(by_year)
    span = (last - first) or 1
    years = []
    edge = -100.0
    for year in sorted(by_year):
        x = EDGE + (WIDTH - 2 * EDGE) * (year - first) / span if first != last else WIDTH / 2
        has_label = x - edge >= 44
        edge = x if has_label else edge
        events_of = by_year[year].values()
        count = len(events_of)
        years.append(
            Year(
                year, round(x, 1), 4 + 2.2 * min(count, 6), has_label, tuple(by_year[year].values())
            )
        )
    return Timeline(WIDTH, 64, tuple(years))
