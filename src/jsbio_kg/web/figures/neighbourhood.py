"""The neighbourhood of a thing: what links to it on the left, what it links to on the right.

On a narrow page what links to it stands above, what it links to below.

In: names and links by property. Out: boxes and the curves between them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .text import cut, width

__all__ = ["Neighbour", "Neighbourhood", "draw_neighbourhood"]

WIDTH = 720
BOX = 218
ROW = 30
FONT = 13
MIDDLE = 176
#: On a narrow page everything stands in one column, held together by a rail.
NARROW = 340
INDENT = 40
RAIL = 14
GAP = 8


@dataclass(frozen=True)
class Neighbour:
    """A thing beside the one in the middle."""

    label: str
    href: str
    property: str
    language: str = ""


@dataclass(frozen=True)
class Box:
    """A neighbour in its place; its property stands above the first of each."""

    neighbour: Neighbour
    text: str
    heading: str
    x: int
    y: int
    curve: str


@dataclass(frozen=True)
class Neighbourhood:
    """The drawing, and the same for a narrow page."""

    width: int
    height: int
    box_width: int
    middle_x: int
    middle_y: int
    middle_width: int
    lines: tuple[str, ...]
    boxes: tuple[Box, ...]
    narrow: "Neighbourhood | None" = None


def draw_neighbourhood(
    label: str, incoming: Sequence[Neighbour], outgoing: Sequence[Neighbour]
) -> Neighbourhood | None:
    """Return the drawing, or nothing for a thing without neighbours."""
    if not incoming and not outgoing:
        return None
    height = max(_height(incoming), _height(outgoing), 80)
    boxes = [
        *_column(incoming, 0, height, is_left=True),
        *_column(outgoing, WIDTH - BOX, height, is_left=False),
    ]
    return Neighbourhood(
        width=WIDTH,
        height=height,
        box_width=BOX,
        middle_x=(WIDTH - MIDDLE) // 2,
        middle_y=height // 2,
        middle_width=MIDDLE,
        lines=tuple(_wrap(label, MIDDLE)),
        boxes=tuple(boxes),
        narrow=_stack(label, incoming, outgoing),
    )


def _stack(
    label: str, incoming: Sequence[Neighbour], outgoing: Sequence[Neighbour]
) -> Neighbourhood:
    """Return the drawing in one column."""
    lines = _wrap(label, NARROW)
    top = _height(incoming) if incoming else 0
    high = 22 + 20 * len(lines)
    bottom = top + high
    below = bottom + GAP
    return Neighbourhood(
        width=NARROW,
        height=below + _height(outgoing) if outgoing else bottom + 1,
        box_width=NARROW - INDENT,
        middle_x=0,
        middle_y=top + high // 2,
        middle_width=NARROW,
        lines=tuple(lines),
        boxes=(*_pile(incoming, 0, top), *_pile(outgoing, below, bottom)),
    )


def _pile(side: Sequence[Neighbour], y: int, end: int) -> list[Box]:
    """Return boxes below each other, each with a line along the rail to the thing."""
    boxes = []
    for each, heading, top in _placed(side, y):
        curve = f"M{INDENT} {top + (ROW - 6) // 2}H{RAIL}V{end}"
        text = cut(each.label, FONT, NARROW - INDENT - 20)
        boxes.append(Box(each, text, heading, INDENT, top, curve))
    return boxes


def _placed(side: Sequence[Neighbour], y: int) -> Iterator[tuple[Neighbour, str, int]]:
    """Yield each neighbour with the heading above it, if it begins a group, and its top."""
    for heading, group in groupby(side, key=lambda each: each.property):
        y += 22
        for place, each in enumerate(group):
            yield each, "" if place else heading, y
            y += ROW


def _headings(side: Sequence[Neighbour]) -> int:
    return len(dict.fromkeys(each.property for each in side))


def _height(side: Sequence[Neighbour]) -> int:
    return len(side) * ROW + _headings(side) * 22 + 8


def _column(side: Sequence[Neighbour], x: int, height: int, is_left: bool) -> list[Box]:
    centre = height // 2
    boxes = []
    for each, heading, y in _placed(side, (height - _height(side)) // 2 + 4):
        middle = y + (ROW - 6) // 2
        start, end = (BOX, (WIDTH - MIDDLE) // 2) if is_left else (x, (WIDTH + MIDDLE) // 2)
        half = (start + end) // 2
        curve = f"M{start} {middle}C{half} {middle} {half} {centre} {end} {centre}"
        boxes.append(Box(each, cut(each.label, FONT, BOX - 20), heading, x, y, curve))
    return boxes


def _wrap(label: str, wide: int) -> list[str]:
    """Return the name of the thing on up to three lines that fit a box."""
    words = label.split(" ") if " " in label else [label]
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, FONT + 1) <= wide - 24:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > 3:
        lines = [*lines[:2], " ".join(lines[2:])]
    return [cut(line, FONT + 1, wide - 20) for line in lines]
