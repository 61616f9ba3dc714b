"""The schematic map of the province: an outline of little detail, and points on it.

In: places with longitude and latitude. Out: paths and labels in the units of the drawing. The
outline is Natural Earth's, simplified; it is no statement about boundaries.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from .text import width

__all__ = ["SHAPES", "Map", "Mark", "draw_map"]

WEST, EAST, SOUTH, NORTH = 116.05, 122.35, 30.55, 35.25
WIDTH = 640
_SCALE = WIDTH / (EAST - WEST)
_STRETCH = 1 / math.cos(math.radians((SOUTH + NORTH) / 2))
HEIGHT = round((NORTH - SOUTH) * _SCALE * _STRETCH)
FONT = 15
LARGE_FONT = 27
#: Shapes of marks, drawn about the origin; a shape and a colour together carry a role.
SHAPES = {
    "triangle": "M0-10 10 8H-10Z",
    "square": "M-8.5-8.5h17v17h-17Z",
    "diamond": "M0-11 11 0 0 11-11 0Z",
    "hexagon": "M-5.5-9.5h11L11 0 5.5 9.5h-11L-11 0Z",
    "circle": "M-7.5 0a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0-15 0Z",
    "dot": "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0Z",
}


@dataclass(frozen=True)
class Mark:
    """A point to show.

    :param note: a second line under the label.
    :param shape: one of :data:`SHAPES`.
    :param role: a number that picks the colour; 0 is plain.
    """

    label: str
    longitude: float
    latitude: float
    href: str = ""
    note: str = ""
    shape: str = "circle"
    role: int = 0


@dataclass(frozen=True)
class Placed:
    """A mark with its place, and where its label goes."""

    mark: Mark
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str

    @property
    def path(self) -> str:
        """Return the shape of the mark."""
        return SHAPES[self.mark.shape]


@dataclass(frozen=True)
class Map:
    """The drawing: the land, the lakes, the marks; laid out for a wide and for a narrow place.

    In the narrow layout the letters are larger beside the drawing, and plain marks have none.
    """

    width: int
    height: int
    neighbours: str
    province: str
    lakes: str
    wide: tuple[Placed, ...]
    narrow: tuple[Placed, ...]


def _project(longitude: float, latitude: float) -> tuple[float, float]:
    return (longitude - WEST) * _SCALE, (NORTH - latitude) * _SCALE * _STRETCH


@cache
def _outline() -> dict[str, str]:
    source = files("jsbio_kg") / "web" / "figures" / "jiangsu.geojson"
    content: dict[str, Any] = json.loads(source.read_text("utf-8"))
    paths: dict[str, list[str]] = {"province": [], "lake": [], "neighbour": []}
    for feature in content["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        for polygon in polygons:
            paths[feature["properties"]["kind"]] += [_path(ring) for ring in polygon]
    return {kind: "".join(parts) for kind, parts in paths.items()}


def _path(ring: Iterable[Sequence[float]]) -> str:
    """Return a ring as a path of whole steps; steps of no length are left out."""
    points: list[tuple[int, int]] = []
    for longitude, latitude, *_ in ring:
        x, y = _project(longitude, latitude)
        point = (round(x), round(y))
        if not points or points[-1] != point:
            points.append(point)
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"


def draw_map(marks: Sequence[Mark]) -> Map:
    """Return the map with these marks; labels keep out of each other's way."""
    outline = _outline()
    has_roles = any(mark.role for mark in marks)
    large = [
        replace(mark, note="", label=mark.label if mark.role or not has_roles else "")
        for mark in marks
    ]
    return Map(
        WIDTH,
        HEIGHT,
        outline["neighbour"],
        outline["province"],
        outline["lake"],
        _layout(marks, FONT),
        _layout(large, LARGE_FONT),
    )


def _layout(marks: Sequence[Mark], font: int) -> tuple[Placed, ...]:
    spots = [(*_project(mark.longitude, mark.latitude), mark) for mark in marks]
    taken = [(x - 11, y - 11, x + 11, y + 11) for x, y, _ in spots]
    placed = []
    for x, y, mark in sorted(spots, key=lambda spot: (spot[2].role == 0, spot[1])):
        own = (x - 11, y - 11, x + 11, y + 11)
        label = _place(x, y, mark, font, [box for box in taken if box != own])
        if mark.label:
            taken.append(_box(label, mark, font))
        placed.append(Placed(mark, round(x, 1), round(y, 1), *label))
    return tuple(sorted(placed, key=lambda each: each.mark.role))


_Box = tuple[float, float, float, float]
_Label = tuple[float, float, str]


def _place(x: float, y: float, mark: Mark, font: int, taken: Sequence[_Box]) -> _Label:
    """Return where the label goes: the first side where it meets nothing, or the least."""
    gap = (9 if mark.shape == "dot" else 15) + (font - FONT) // 2
    lift = -2 if mark.note else font // 3
    candidates: list[_Label] = [
        (round(x + gap), round(y + lift), "start"),
        (round(x - gap), round(y + lift), "end"),
        (round(x), round(y + gap + font - 5), "middle"),
        (round(x), round(y - gap - (15 if mark.note else 0)), "middle"),
    ]
    return min(candidates, key=lambda label: _overlap(_box(label, mark, font), taken))


def _box(label: _Label, mark: Mark, font: int) -> _Box:
    x, y, anchor = label
    wide = max(width(mark.label, font) * (1.2 if mark.role else 1.05), width(mark.note, font - 2))
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return left, y - font + 2, left + wide, y + (font + 5 if mark.note else 4)


def _overlap(box: _Box, taken: Sequence[_Box]) -> float:
    """Return how much of a box is taken or off the drawing."""
    outside = max(0.0, 8 - box[0]) + max(0.0, box[2] - WIDTH + 8)
    area = outside * FONT * 10
    for other in taken:
        wide = min(box[2], other[2]) - max(box[0], other[0])
        high = min(box[3], other[3]) - max(box[1], other[1])
        area += max(0.0, wide) * max(0.0, high)
    return area
