"""The figure that a saved query declares, drawn from its own rows.

In: the ``figure`` of the header (``{kind: bars, label: parkEn, upper: atMost, link: park}``), the
table. Out: a figure and the name of the template that draws it; nothing when the rows give none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..service import Table, Term
from ..service.thing import read_point
from .figures import (
    Bars,
    Map,
    Mark,
    Tiles,
    Timeline,
    draw_bars,
    draw_map,
    draw_tiles,
    draw_timeline,
)
from .figures.bars import BarRow
from .figures.tiles import TileRow
from .figures.timeline import Event
from .urls import Urls

__all__ = ["Drawing", "draw_figure"]

_OTHER = {"en": ("Zh", "En"), "zh": ("En", "Zh")}
Row = Mapping[str, Term]


@dataclass(frozen=True)
class Drawing:
    """A figure and its kind, which is the name of its template."""

    kind: str
    figure: Bars | Map | Tiles | Timeline


class _Reader:
    """Reads a row by the roles of the figure, in the language of the page."""

    def __init__(
        self, figure: Mapping[str, str], language: str, urls: Urls, cities: Mapping[str, str]
    ) -> None:
        self.cities = cities
        self.figure = figure
        self.language = language
        self.urls = urls

    def term(self, row: Row, role: str) -> Term | None:
        column = self.figure.get(role, "")
        wrong, right = _OTHER[self.language]
        if column.endswith(wrong) and column[: -len(wrong)] + right in row:
            column = column[: -len(wrong)] + right
        return row.get(column)

    def text(self, row: Row, role: str) -> str:
        term = self.term(row, role)
        return term.value if term else ""

    def number(self, row: Row, role: str) -> float | None:
        try:
            return float(self.text(row, role))
        except ValueError:
            return None

    def href(self, row: Row) -> str:
        term = self.term(row, "link")
        return self.urls.link(term.value) if term and term.kind == "uri" else ""

    def tongue(self, row: Row) -> str:
        term = self.term(row, "label")
        return term.language.split("-")[0] if term else ""


def draw_figure(
    figure: Mapping[str, str],
    table: Table,
    language: str,
    urls: Urls,
    cities: Mapping[str, str] | None = None,
) -> Drawing | None:
    """Return the figure of a query, or nothing.

    :param cities: the names of the cities by IRI, for tiles without a row.
    """
    if not figure:
        return None
    read = _Reader(figure, language, urls, cities or {})
    rows = table.dicts()
    draw = _KINDS[figure["kind"]]
    drawn = draw(read, rows)
    return Drawing(figure["kind"], drawn) if drawn else None


def _bars(read: _Reader, rows: list[dict[str, Term]]) -> Bars | None:
    return draw_bars(
        [
            BarRow(
                label=read.text(row, "label"),
                href=read.href(row),
                value=read.number(row, "value"),
                lower=read.number(row, "lower"),
                upper=read.number(row, "upper"),
                language=read.tongue(row),
                is_above=read.number(row, "moreThan") is not None,
                is_below=read.number(row, "lessThan") is not None,
            )
            for row in rows
        ]
    )


def _tiles(read: _Reader, rows: list[dict[str, Term]]) -> Tiles | None:
    return draw_tiles(
        [
            TileRow(
                label=read.text(row, "label"),
                href=read.href(row),
                group=read.text(row, "group"),
                city=read.text(row, "place").rpartition("/")[2],
                value=read.number(row, "value"),
                language=read.tongue(row),
            )
            for row in rows
        ],
        {
            iri.rpartition("/")[2]: TileRow(name, read.urls.link(iri))
            for iri, name in read.cities.items()
        },
    )


def _map(read: _Reader, rows: list[dict[str, Term]]) -> Map | None:
    marks = {}
    for row in rows:
        if wkt := read.text(row, "geometry"):
            point = read_point(wkt)
            marks[point] = Mark(read.text(row, "label"), *point, read.href(row), role=3)
    return draw_map(list(marks.values())) if marks else None


def _timeline(read: _Reader, rows: list[dict[str, Term]]) -> Timeline | None:
    events = []
    for row in rows:
        year = read.number(row, "year")
        if year is not None:
            events.append(
                Event(read.text(row, "label"), int(year), read.href(row), read.tongue(row))
            )
    return draw_timeline(events)


_KINDS: Mapping[
    str, Callable[[_Reader, list[dict[str, Term]]], Bars | Map | Tiles | Timeline | None]
] = {
    "bars": _bars,
    "tiles": _tiles,
    "map": _map,
    "timeline": _timeline,
}
