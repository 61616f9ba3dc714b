"""Figures: what they show, and that they keep within their bounds."""

import pytest

from jsbio_kg.service import Cell, Shown, Table, Term
from jsbio_kg.web.drawing import draw_figure
from jsbio_kg.web.figures import Mark, Neighbour, draw_bars, draw_map, draw_neighbourhood
from jsbio_kg.web.figures.bars import BarRow
from jsbio_kg.web.figures.map import HEIGHT, WIDTH
from jsbio_kg.web.figures.tiles import CITIES, TileRow, draw_tiles
from jsbio_kg.web.figures.timeline import Event, draw_timeline
from jsbio_kg.web.grid import make_grid
from jsbio_kg.web.urls import Urls

NANJING = Mark("Nanjing", 118.778, 32.062, "/page/city/nanjing", "One Valley", "triangle", 1)
SUZHOU = Mark("Suzhou", 120.595, 31.304, "/page/city/suzhou", "One Park", "hexagon", 4)
URLS = Urls("https://w3id.org/jsbio/")


def number(value: str) -> Term:
    return Term("literal", value, datatype="http://www.w3.org/2001/XMLSchema#integer")


def test_places_lie_inside_the_map_and_north_is_up() -> None:
    drawn = draw_map([NANJING, SUZHOU, Mark("Xuzhou", 117.284, 34.204)])
    where = {each.mark.label: (each.x, each.y) for each in drawn.wide}
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in where.values())
    assert where["Xuzhou"][1] < where["Nanjing"][1] < where["Suzhou"][1]
    assert where["Xuzhou"][0] < where["Nanjing"][0] < where["Suzhou"][0]


def test_labels_of_neighbours_do_not_meet() -> None:
    near = [Mark(f"City {n}", 119.9 + n / 20, 32.0, shape="circle", role=1) for n in range(4)]
    labels = [(each.label_x, each.label_y, each.anchor) for each in draw_map(near).wide]
    assert len(set(labels)) == 4


def test_the_narrow_map_names_only_what_has_a_role() -> None:
    drawn = draw_map([NANJING, Mark("Suqian", 118.296, 33.949, shape="dot")])
    assert {each.mark.label for each in drawn.narrow} == {"Nanjing", ""}


def test_bars_grow_with_their_numbers() -> None:
    bars = draw_bars([BarRow("a", value=10), BarRow("b", value=5), BarRow("c")])
    assert bars is not None
    assert [bar.row.label for bar in bars.bars] == ["a", "b"]
    assert bars.bars[0].length == 2 * bars.bars[1].length


def test_a_bound_is_drawn_open_and_says_so() -> None:
    bars = draw_bars([BarRow("a", lower=300), BarRow("b", upper=20), BarRow("c", lower=4, upper=4)])
    assert bars is not None
    assert [bar.note for bar in bars.bars] == ["≥ 300", "≤ 20", "4"]
    assert [(bar.is_open_below, bar.is_open_above) for bar in bars.bars] == [
        (False, True),
        (True, False),
        (False, False),
    ]


def test_a_bound_that_excludes_its_number_is_not_drawn_as_one_that_includes_it() -> None:
    bars = draw_bars(
        [BarRow("over 300", lower=300, is_above=True), BarRow("c", lower=1, upper=2, is_below=True)]
    )
    assert bars is not None
    assert [bar.note for bar in bars.bars] == ["> 300", "≥ 1, < 2"]
    names = ("label", "lower", "over")
    row = (Term("literal", "platforms"), number("300"), number("300"))
    figure = {"kind": "bars", "label": "label", "lower": "lower", "moreThan": "over"}
    drawing = draw_figure(figure, Table(names, (row,)), "en", URLS)
    assert drawing is not None
    assert drawing.figure.bars[0].note == "> 300"  # type: ignore[union-attr]


def test_no_figure_is_drawn_of_nothing() -> None:
    assert draw_bars([]) is None
    assert draw_timeline([]) is None
    assert draw_tiles([]) is None
    assert draw_neighbourhood("alone", [], []) is None


def test_every_city_has_a_tile_of_its_own() -> None:
    assert len(CITIES) == len(set(CITIES.values())) == 13
    tiles = draw_tiles([TileRow("Suzhou", city="suzhou", value=4), TileRow("Wuxi", city="wuxi")])
    assert tiles is not None
    assert {tile.label: tile.step for tile in tiles.cities} == {"Suzhou": 4, "Wuxi": 1}


def test_years_stand_true_to_scale() -> None:
    line = draw_timeline([Event("a", 2000), Event("b", 2010), Event("c", 2020), Event("c", 2020)])
    assert line is not None
    first, second, third = (year.x for year in line.years)
    assert third - second == pytest.approx(second - first, abs=0.2)
    assert len(line.years[2].events) == 1


def test_neighbours_stand_left_and_right_of_the_thing() -> None:
    left = Neighbour("One Park", "/page/component/one-park", "filled by")
    right = Neighbour("Suzhou Industrial Park", "/page/park/sip", "located in")
    near = draw_neighbourhood("BioBAY", [left], [right])
    assert near is not None
    places = {box.neighbour.label: box.x for box in near.boxes}
    assert places["One Park"] < near.middle_x < places["Suzhou Industrial Park"]


def test_on_a_narrow_page_neighbours_stand_above_and_below_the_thing() -> None:
    near = draw_neighbourhood(
        "BioBAY",
        [Neighbour("One Park", "/a", "filled by"), Neighbour("A centre", "/b", "based in")],
        [Neighbour("Suzhou Industrial Park", "/c", "located in")],
    )
    assert near is not None and near.narrow is not None
    narrow = near.narrow
    places = {box.neighbour.label: box.y for box in narrow.boxes}
    assert places["One Park"] < places["A centre"] < narrow.middle_y
    assert narrow.middle_y < places["Suzhou Industrial Park"] < narrow.height
    assert all(box.x + narrow.box_width <= narrow.width for box in narrow.boxes)


def test_a_figure_reads_the_names_of_the_language_of_the_page() -> None:
    park = Term("uri", "https://w3id.org/jsbio/id/park/biobay")
    row = (park, Term("literal", "BioBAY", "en"), Term("literal", "苏州园", "zh"), number("20"))
    table = Table(("park", "parkEn", "parkZh", "atMost"), (row,))
    figure = {"kind": "bars", "label": "parkEn", "upper": "atMost", "link": "park"}
    drawing = draw_figure(figure, table, "zh", URLS)
    assert drawing is not None
    assert drawing.figure.bars[0].row.label == "苏州园"  # type: ignore[union-attr]
    assert drawing.figure.bars[0].row.href == "/page/park/biobay"  # type: ignore[union-attr]


def test_a_table_sorts_numbers_by_size_and_empty_cells_last() -> None:
    rows = tuple((Cell(number(value) if value else None),) for value in ("9", "", "10"))
    shown = Shown(("size",), ("Size",), rows)
    for order, expected in (("ascending", ["9", "10", ""]), ("descending", ["10", "9", ""])):
        grid = make_grid(shown, "/queries/x", [("sort", "size"), ("order", order)])
        assert [row[0].text for row in grid.rows] == expected
        assert grid.columns[0].sorted == order and grid.columns[0].is_number


def test_a_filter_is_taken_away_by_a_link() -> None:
    rows = tuple((Cell(Term("literal", value)),) for value in ("a", "a", "b", "b"))
    grid = make_grid(Shown(("x",), ("X",), rows), "/queries/x", [("only", "x~a"), ("lang", "zh")])
    assert (grid.count, grid.total) == (2, 4)
    assert grid.filters[0].href == "/queries/x?lang=zh#answer"
    assert not grid.columns[0].facets
