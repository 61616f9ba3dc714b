"""A table that sorts and filters by plain links.

In: rows of cells as a reader sees them, and the fields of the address. Out: a :class:`Grid`. Every
state of a table is an address: ``sort`` names a column, ``order`` a direction, ``only`` a value of
a column, ``page`` a screenful.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ..service import Cell, Shown

__all__ = [
    "GRID_FIELDS",
    "MOST_ROWS",
    "Column",
    "Grid",
    "Link",
    "make_grid",
    "page_number",
    "page_window",
]

#: The fields of an address that belong to the table, not to the query.
GRID_FIELDS = ("sort", "order", "only", "page")
ON_PAGE = 100
#: Rows that a table holds; the downloads hold them all.
MOST_ROWS = 1000
#: A column with at most this many values offers each of them as a filter.
MOST_FACETS = 12
#: Characters that the links of a table may repeat of its address; with more there are no links.
MOST_LINKED = 2_000_000
#: So many pages are all linked to; of more, the nearest, the first and the last.
MOST_PAGES = 25
Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Link:
    """A link with its words; ``count`` says how many rows it leads to."""

    text: str
    href: str
    count: int = 0


@dataclass(frozen=True)
class Column:
    """A column: its heading, the link that sorts by it, the values to filter by."""

    name: str
    heading: str
    href: str
    sorted: str
    is_number: bool
    facets: tuple[Link, ...]


@dataclass(frozen=True)
class Grid:
    """What a table shows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    count: int
    filters: tuple[Link, ...]
    pages: tuple[Link, ...]
    page: int


def page_number(text: str) -> int:
    """Return the number of a screenful as an address has it; 1 for what is none."""
    is_number = text.isascii() and text.isdigit() and len(text) < 7
    return max(1, int(text)) if is_number else 1


def page_window(page: int, last: int) -> list[int]:
    """Return the numbers of pages to link to from one of them; 0 stands for those left out.

    >>> page_window(50, 100)
    [1, 2, 0, 47, 48, 49, 50, 51, 52, 53, 0, 99, 100]
    >>> page_window(2, 5)
    [1, 2, 3, 4, 5]
    """
    near = {1, 2, *range(page - 3, page + 4), last - 1, last}
    shown = [number for number in range(1, last + 1) if last <= MOST_PAGES or number in near]
    gaps = zip(shown, [*shown[1:], last + 1], strict=True)
    return [
        each for number, after in gaps for each in ([number, 0] if after > number + 1 else [number])
    ]


def make_grid(shown: Shown, path: str, fields: Fields) -> Grid:
    """Return the table in the state that the address asks for; what it misspells is passed over."""
    held = dict(fields)
    only = [value for name, value in fields if name == "only"]
    wanted = [tuple(each.split("~", 1)) for each in only if "~" in each]
    places = {name: place for place, name in enumerate(shown.columns)}
    rows = list(shown.rows)
    for name, value in wanted:
        if name in places:
            rows = [row for row in rows if row[places[name]].text == value]
    sort, order = held.get("sort", ""), held.get("order", "")
    if sort in places:
        _sort(rows, places[sort], order == "descending")
    last = max(1, -(-len(rows) // ON_PAGE))
    number = min(page_number(held.get("page", "")), last)

    length = sum(len(value) for _, value in fields)
    is_linked = length * (len(places) + last) <= MOST_LINKED

    def link(**changes: str) -> str:
        return _link(path, fields, changes) if is_linked else ""

    return Grid(
        columns=tuple(
            _column(name, heading, places[name], rows, held, only, link)
            for name, heading in zip(shown.columns, shown.headings, strict=True)
        ),
        rows=tuple(rows[(number - 1) * ON_PAGE : number * ON_PAGE]),
        total=len(shown.rows),
        count=len(rows),
        filters=tuple(
            Link(value, _without(path, fields, f"{name}~{value}"))
            for name, value in wanted
            if name in places
        ),
        pages=tuple(Link(str(n), link(page=str(n))) for n in range(1, last + 1))
        if last > 1 and is_linked
        else (),
        page=number,
    )


def _column(
    name: str,
    heading: str,
    place: int,
    rows: Sequence[Sequence[Cell]],
    held: Mapping[str, str],
    only: Sequence[str],
    link: Callable[..., str],
) -> Column:
    cells = [row[place] for row in rows]
    is_sorted = held.get("sort") == name
    direction = "descending" if held.get("order") == "descending" else "ascending"
    turned = "descending" if is_sorted and direction == "ascending" else "ascending"
    counts = Counter(cell.text for cell in cells if cell.text)
    is_filtered = any(each.startswith(name + "~") for each in only)
    is_telling = 1 < len(counts) <= MOST_FACETS and len(cells) >= 2 * len(counts)
    facets = sorted(counts.items(), key=lambda item: (-item[1], item[0])) if is_telling else []
    return Column(
        name=name,
        heading=heading,
        href=link(sort=name, order=turned, page=""),
        sorted=direction if is_sorted else "",
        is_number=any(cell.term for cell in cells) and all(_is_number(cell) for cell in cells),
        facets=tuple(
            Link(text, link(only=f"{name}~{text}", page=""), count) for text, count in facets
        )
        if not is_filtered and link()
        else (),
    )


def _is_number(cell: Cell) -> bool:
    if cell.term is None:
        return True
    if not cell.term.datatype.endswith(("#integer", "#decimal", "#double")):
        return False
    try:
        float(cell.term.value)
    except ValueError:  # a literal may be none of its own type
        return False
    return True


def _sort(rows: list[tuple[Cell, ...]], place: int, is_descending: bool) -> None:
    """Sort by a column: numbers by size, words by their letters, empty cells last."""

    def key(row: tuple[Cell, ...]) -> tuple[float, str]:
        cell = row[place]
        if cell.term is not None and _is_number(cell):
            return float(cell.term.value), ""
        return 0.0, cell.text.casefold()

    empty = [row for row in rows if not row[place].text]
    rows[:] = sorted((row for row in rows if row[place].text), key=key, reverse=is_descending)
    rows += empty


def _link(path: str, fields: Fields, changes: Mapping[str, str]) -> str:
    kept = [(n, v) for n, v in fields if n not in changes or n == "only"]
    added = [(n, v) for n, v in changes.items() if v]
    return f"{path}?{urlencode([*kept, *added])}#answer"


def _without(path: str, fields: Fields, value: str) -> str:
    kept = [(n, v) for n, v in fields if (n, v) != ("only", value) and n != "page"]
    return f"{path}?{urlencode(kept)}#answer"
