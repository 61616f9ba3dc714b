"""Contrast is worked out from the tokens of the stylesheet: axe cannot look into SVG (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

STYLE = Path(__file__).parent.parent / "src/jsbio_kg/web/static/style.css"
TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")

#: Text and what it stands on: 1.4.3 asks for 4.5.
TEXT = [
    ("ink", "paper"),
    ("ink", "wash"),
    ("ink", "mark"),
    ("ink", "province"),
    ("ink", "land"),
    ("ink", "sea"),
    ("ink", "lake"),
    ("quiet", "paper"),
    ("quiet", "wash"),
    ("link", "paper"),
    ("link", "wash"),
    ("link", "province"),
    ("on-button", "button"),
    ("on-step-1", "step-1"),
    ("on-step-1", "step-2"),
    ("on-step-2", "step-2"),
    ("on-step-3", "step-3"),
    ("on-step-4", "step-4"),
]
#: Shapes that carry meaning, borders of fields, outlines of focus: 1.4.11 asks for 3.
SHAPES = [
    ("edge", "paper"),
    ("edge", "wash"),
    ("link", "paper"),
    ("step-3", "paper"),
    ("shore", "province"),
    *((f"role-{number}", ground) for number in range(1, 6) for ground in ("province", "paper")),
]


def tokens(place: int) -> dict[str, str]:
    return {match[1]: match[place] for match in TOKEN.finditer(STYLE.read_text("utf-8"))}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("place", [2, 3], ids=["light", "dark"])
@pytest.mark.parametrize("front, ground", TEXT)
def test_text_can_be_read(front: str, ground: str, place: int) -> None:
    colours = tokens(place)
    assert contrast(colours[front], colours[ground]) >= 4.5


@pytest.mark.parametrize("place", [2, 3], ids=["light", "dark"])
@pytest.mark.parametrize("front, ground", SHAPES)
def test_shapes_can_be_told(front: str, ground: str, place: int) -> None:
    colours = tokens(place)
    assert contrast(colours[front], colours[ground]) >= 3


def test_every_colour_of_the_stylesheet_is_a_token() -> None:
    rules = STYLE.read_text("utf-8").partition("}")[2]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", rules)
