"""The diagram of the model, as SVG: each family of classes with what its classes have.

In: a :class:`~jsbio_kg.build.model.Model` and a language. Out: SVG text. A panel for each family:
on the left the tree of its classes, then the properties of each, and a line from every property
to its range on the right. Everything is placed by rule, so the same ontology gives the same bytes.
"""

from html import escape
from typing import Final

from ..i18n import message
from ..vocabulary import PREFIXES
from .model import ANYTHING, Family, Model, Row, Term

__all__ = ["COLOURS", "draw_diagram"]

WIDTH: Final = 960
LINE: Final = 22
HEAD: Final = 40
GAP: Final = 18
SPACE: Final = 5
INDENT: Final = 18
TREE: Final = 18
PORT: Final = 500
CHIPS: Final = 670
CHIP: Final = 280
FONT: Final = 13

XSD: Final = PREFIXES["xsd"]
#: Datatypes in words.
DATATYPES: Final = {
    XSD + "boolean": message("yes or no"),
    XSD + "date": message("date"),
    XSD + "decimal": message("number"),
    XSD + "integer": message("whole number"),
    XSD + "nonNegativeInteger": message("whole number from 0"),
    XSD + "string": message("text"),
    PREFIXES["rdf"] + "langString": message("text in a language"),
}
ANY: Final = message("any thing")
ANY_VALUE: Final = message("anything")
TITLE: Final = message("Model of the vocabulary")
ABOUT: Final = message(
    "Each panel shows a tree of classes, the properties that they have, and a line from each "
    "property to the kind of its values. Dashed frames hold terms of other vocabularies."
)

#: Colours as name, in light and in dark; the stylesheet of the page has the same.
COLOURS: Final = {
    "paper": ("#ffffff", "#12171c"),
    "panel": ("#f4f6f8", "#1a2127"),
    "edge": ("#78848f", "#7d8a96"),
    "ink": ("#18222c", "#e8ecef"),
    "quiet": ("#52606d", "#a9b4be"),
    "link": ("#0b5590", "#82c0f2"),
    "thing": ("#1660a8", "#74b3f0"),
    "value": ("#1b7a4c", "#5cc490"),
}


def draw_diagram(model: Model, language: str, page: str = "") -> str:
    """Return the diagram in a language.

    :param page: where the links to terms lead; empty for a diagram within that page, which then
        has no style of its own.
    """
    parts: list[str] = []
    top = 0.0
    for family in model.families:
        panel, height = _panel(model, family, language, page)
        parts.append(f'<g transform="translate(0 {top:g})">{panel}</g>')
        top += height + GAP
    height = max(top - GAP, 1)
    words = (text.in_language(language) for text in (TITLE, ABOUT))
    title, about = map(escape, words)
    tongue = "zh-Hans" if language == "zh" else language
    style = f"<style>{_style()}</style>" if page else ""
    size = f'width="{WIDTH}" height="{height:g}" ' if page else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="model" {size}'
        f'viewBox="0 0 {WIDTH} {height:g}" '
        f'role="group" aria-labelledby="model-title" aria-describedby="model-about" '
        f'lang="{tongue}" font-size="{FONT}" font-family="system-ui, -apple-system, '
        f"'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', "
        f'sans-serif"><title id="model-title">{title}</title>'
        f'<desc id="model-about">{about}</desc>{style}\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _style() -> str:
    """Return the style of a diagram that stands alone: it follows the reader's preference."""
    dark = "".join(
        f".model .{name}{{fill:{colours[1]}}}.model .{name}-line{{stroke:{colours[1]}}}"
        for name, colours in COLOURS.items()
    )
    hover = ".model a:hover text{text-decoration:underline}"
    return f"{hover}@media(prefers-color-scheme:dark){{{dark}}}"


def _panel(model: Model, family: Family, language: str, page: str) -> tuple[str, float]:
    """Return a panel and its height."""
    bands: list[str] = []
    parts: list[str] = []
    open_at: dict[int, float] = {}
    y = HEAD + LINE / 2
    for row in family.rows:
        taken = LINE * max(1, len(row.properties))
        if row.properties:
            bands.append(_band(y, taken))
            parts += _properties(model, row, y, language, page)
        if row.depth:
            parts.append(_elbow(row.depth, open_at[row.depth - 1], y))
        open_at[row.depth] = y
        parts.append(_class(model, row, y, language, page))
        y += taken + (SPACE if row.properties else 0)
    height = y - LINE / 2 + 12
    frame = _rect(0.5, 0.5, WIDTH - 1, height - 1, "panel", "edge", 8)
    return "".join([frame, _head(model, family, language), *bands, *parts]), height


def _band(y: float, height: float) -> str:
    """Return the ground that joins a class to its properties."""
    return (
        f'<rect x="8" y="{y - LINE / 2:g}" width="{WIDTH - 16}" height="{height:g}" rx="4" '
        f'class="paper" fill="{COLOURS["paper"][0]}"/>'
    )


def _head(model: Model, family: Family, language: str) -> str:
    is_loose = family.root == ANYTHING
    name = ANY.in_language(language) if is_loose else model.label(family.root, language)
    return _text(16, 25, name, "ink", weight=True, size=15)


def _properties(model: Model, row: Row, y: float, language: str, page: str) -> list[str]:
    """Return the properties of a class, their ranges, and the lines between them."""
    heights = {term.iri: y + place * LINE for place, term in enumerate(row.properties)}
    sources: dict[str, list[float]] = {}
    for term in row.properties:
        for target in _targets(term):
            sources.setdefault(target, []).append(heights[term.iri])
    ordered = sorted(sources, key=lambda iri: (sum(sources[iri]) / len(sources[iri]), iri))
    places = _spread([sum(sources[iri]) / len(sources[iri]) for iri in ordered], y)
    chips = dict(zip(ordered, places, strict=True))
    lines = [
        _line(term, heights[term.iri], chips[target])
        for term in row.properties
        for target in _targets(term)
    ]
    names = [_property(model, t, heights[t.iri], language, page) for t in row.properties]
    return [*lines, *names, *(_chip(model, iri, at, language, page) for iri, at in chips.items())]


def _targets(term: Term) -> tuple[str, ...]:
    return term.ranges or (ANYTHING,)


def _spread(wanted: list[float], top: float) -> list[float]:
    """Return heights near the wanted ones, in their order, none closer than a line to the next."""
    found: list[float] = []
    for height in wanted:
        found.append(max(height, found[-1] + LINE if found else top))
    return found


def _class(model: Model, row: Row, y: float, language: str, page: str) -> str:
    if row.iri == ANYTHING:
        return _text(TREE, y + 4.5, ANY.in_language(language), "ink")
    x = TREE + row.depth * INDENT
    label = model.label(row.iri, language)
    term = model.terms[row.iri]
    parts = _text(x, y + 4.5, label, "link" if term.is_own else "quiet", italic=not term.is_own)
    parts = _link(page, term.anchor, parts)
    if row.also:
        others = ", ".join(model.label(iri, language) for iri in row.also)
        parts += _text(x + _length(label) + 10, y + 4.5, f"⊂ {others}", "quiet", size=11)
    return parts


def _elbow(depth: int, above: float, y: float) -> str:
    """Return the line from a class up to its parent, with the triangle of a generalisation."""
    x = TREE + (depth - 1) * INDENT + 5
    top = above + 9
    edge, paper = COLOURS["edge"][0], COLOURS["paper"][0]
    return (
        f'<path d="M{x:g} {top + 6:g}V{y:g}H{x + 9:g}" class="edge-line" fill="none" '
        f'stroke="{edge}"/><path d="M{x:g} {top:g}l3.5 6h-7z" class="paper edge-line" '
        f'fill="{paper}" stroke="{edge}"/>'
    )


def _property(model: Model, term: Term, y: float, language: str, page: str) -> str:
    label = model.label(term.iri, language)
    return _link(page, term.anchor, _text(PORT - 8, y + 4.5, label, "ink", anchor="end"))


def _line(term: Term, start: float, end: float) -> str:
    colour = "thing" if term.kind == "object" else "value"
    middle, tip = (PORT + CHIPS) / 2, CHIPS - 7
    return (
        f'<path d="M{PORT:g} {start:g}C{middle:g} {start:g} {middle:g} {end:g} {tip:g} {end:g}" '
        f'fill="none" class="{colour}-line" stroke="{COLOURS[colour][0]}"/>'
        f'<path d="M{CHIPS - 8:g} {end - 4:g}l8 4-8 4z" class="{colour}" '
        f'fill="{COLOURS[colour][0]}"/>'
    )


def _chip(model: Model, iri: str, y: float, language: str, page: str) -> str:
    term = model.terms.get(iri)
    if iri in DATATYPES:
        label = DATATYPES[iri].in_language(language)
    elif iri == ANYTHING:
        label = ANY_VALUE.in_language(language)
    else:
        label = model.label(iri, language)
    is_value = term is None and iri != ANYTHING
    width = min(_length(label) * 1.06 + 20, CHIP)
    frame = _rect(
        CHIPS, y - 9, width, 18, "panel", "value" if is_value else "thing", 9 if is_value else 3,
        dashed=term is not None and not term.is_own,
    )  # fmt: skip
    text = frame + _text(CHIPS + 9, y + 4.5, label, "ink" if term is None else "link")
    return text if term is None else _link(page, term.anchor, text)


def _link(page: str, anchor: str, content: str) -> str:
    return f'<a href="{page}#{anchor}">{content}</a>'


def _rect(
    x: float, y: float, width: float, height: float, fill: str, line: str, radius: float,
    dashed: bool = False,
) -> str:  # fmt: skip
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" '
        f'class="{fill} {line}-line" fill="{COLOURS[fill][0]}" stroke="{COLOURS[line][0]}"{dash}/>'
    )


def _text(
    x: float, y: float, text: str, colour: str, anchor: str = "", weight: bool = False,
    italic: bool = False, size: int = 0,
) -> str:  # fmt: skip
    more = f' text-anchor="{anchor}"' if anchor else ""
    more += ' font-weight="650"' if weight else ""
    more += ' font-style="italic"' if italic else ""
    more += f' font-size="{size}"' if size else ""
    return (
        f'<text x="{x:g}" y="{y:g}" class="{colour}" fill="{COLOURS[colour][0]}"{more}>'
        f"{escape(text)}</text>"
    )


def _length(text: str) -> float:
    """Return about how long a text is when it is drawn."""
    return sum(FONT if ord(character) > 0x2E7F else FONT * 0.56 for character in text)
