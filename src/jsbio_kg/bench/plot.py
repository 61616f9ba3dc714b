"""A plot of lines on logarithmic axes, as SVG, readable on light and on dark ground."""

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

__all__ = ["plot"]

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 28, 44
COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")


def plot(title: str, unit: str, lines: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Return a plot of costs against triples.

    :param lines: points of each, by name; those that are not above zero are left out.
    """
    shown = {name: [p for p in points if min(p) > 0] for name, points in lines.items()}
    shown = {name: points for name, points in shown.items() if points}
    every = [point for points in shown.values() for point in points] or [(1.0, 1.0)]
    xs, ys = _decades(x for x, _ in every), _decades(y for _, y in every)

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - xs[0]) / (xs[-1] - xs[0])
        up = (math.log10(y) - ys[0]) / (ys[-1] - ys[0])
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (
            HEIGHT - TOP - BOTTOM
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        "<style>text{fill:#333}.g{stroke:#999;stroke-opacity:.35}"
        "@media(prefers-color-scheme:dark){text{fill:#ddd}}</style>",
        f'<text x="{LEFT}" y="16" font-weight="600">{escape(title)}</text>',
    ]
    for decade in xs:
        x, _ = place(10.0**decade, 10.0 ** ys[0])
        parts.append(f'<path class="g" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{HEIGHT - 26}" text-anchor="middle">{_short(decade)}</text>'
        )
    for decade in ys:
        _, y = place(10.0 ** xs[0], 10.0**decade)
        parts.append(f'<path class="g" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_short(decade)}</text>'
        )
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 8}">triples; up: {escape(unit)}</text>')
    for number, (name, points) in enumerate(shown.items()):
        colour = COLOURS[number % len(COLOURS)]
        spots = [place(*point) for point in sorted(points)]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
        parts.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots]
        y = TOP + 12 + 18 * number
        x = WIDTH - RIGHT + 12
        parts.append(f'<path d="M{x} {y - 4}h18" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{x + 24}" y="{y}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _decades(values: Iterable[float]) -> list[int]:
    logs = [math.log10(value) for value in values]
    first, last = math.floor(min(logs)), math.ceil(max(logs))
    return list(range(first, max(last, first + 1) + 1))


def _short(decade: int) -> str:
    names = {3: "1 k", 4: "10 k", 5: "100 k", 6: "1 M", 7: "10 M", 8: "100 M"}
    return names.get(decade, f"{10.0**decade:g}")
