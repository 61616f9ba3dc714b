"""Tiles: the 13 cities where they lie, or things in groups.

In: rows of label and group, or of city and value. Out: tiles. The places of the cities are those
of the schematic map, rounded to a grid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["CITIES", "Tile", "TileGroup", "Tiles", "draw_tiles"]

#: Column and row of each city, by the last part of its IRI.
CITIES: Mapping[str, tuple[int, int]] = {
    "xuzhou": (0, 0),
    "lianyungang": (2, 0),
    "suqian": (1, 1),
    "huaian": (2, 1),
    "yancheng": (3, 1),
    "yangzhou": (1, 2),
    "taizhou": (2, 2),
    "nantong": (3, 2),
    "nanjing": (0, 3),
    "zhenjiang": (1, 3),
    "changzhou": (2, 3),
    "wuxi": (3, 3),
    "suzhou": (4, 3),
}
SIDE = 104
STEPS = 4


@dataclass(frozen=True)
class Tile:
    """One tile; ``step`` is how dark it is, from 0 (no value) to :data:`STEPS`."""

    label: str
    href: str
    note: str = ""
    step: int = 0
    x: int = 0
    y: int = 0
    language: str = ""


@dataclass(frozen=True)
class TileGroup:
    """Things that belong together, under the name of what they share."""

    label: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Tiles:
    """Tiles of cities on a grid, or groups of tiles."""

    width: int
    height: int
    side: int = SIDE
    cities: tuple[Tile, ...] = ()
    groups: tuple[TileGroup, ...] = ()


@dataclass(frozen=True)
class TileRow:
    """What a tile shows: a thing of a group, or a city with a number."""

    label: str
    href: str = ""
    group: str = ""
    city: str = ""
    value: float | None = None
    language: str = ""


def draw_tiles(
    rows: Sequence[TileRow], others: Mapping[str, TileRow] | None = None
) -> Tiles | None:
    """Return tiles of cities when the rows are of cities, otherwise groups.

    :param others: what to draw for a city without a row, by the last part of its IRI.
    """
    if any(row.city in CITIES for row in rows):
        return _draw_cities(rows, others or {})
    groups: dict[str, dict[str, Tile]] = {}
    for row in rows:
        held = groups.setdefault(row.group, {})
        held.setdefault(row.label, Tile(row.label, row.href, language=row.language))
    made = tuple(TileGroup(name, tuple(tiles.values())) for name, tiles in groups.items())
    return Tiles(0, 0, groups=made) if made else None


def _draw_cities(rows: Sequence[TileRow], others: Mapping[str, TileRow]) -> Tiles:
    counted: dict[str, TileRow] = {}
    for row in rows:
        if row.city in CITIES:
            known = counted.get(row.city)
            value = row.value if row.value is not None else 1 + ((known.value or 0) if known else 0)
            counted[row.city] = TileRow(row.label, row.href, "", row.city, value, row.language)
    largest = max((row.value or 0 for row in counted.values()), default=0) or 1
    tiles = [
        Tile(
            label=row.label,
            href=row.href,
            note=f"{row.value:g}" if row.value is not None else "–",
            step=max(1, round(STEPS * row.value / largest)) if row.value is not None else 0,
            x=CITIES[name][0] * SIDE,
            y=CITIES[name][1] * SIDE,
            language=row.language,
        )
        for name, row in {**others, **counted}.items()
    ]
    return Tiles(5 * SIDE, 4 * SIDE, cities=tuple(tiles))
