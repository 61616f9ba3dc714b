"""The report on saved queries: a line a query, a column an engine, and what is slow.

In: the rows of the part. Out: lines of Markdown. A table of every size, engine and query would be
too long to read; all figures are in the file beside the report.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import geometric_mean
from typing import Final, TypeAlias

from .rows import Row, growth, show
from .trials import OURS

__all__ = ["compared", "query_tables"]

COLD: Final = f"{OURS}, cold"
#: What is slower than this, in seconds, has a written reason.
SLOW: Final = 1.0
#: Why a query is slow and what is done about it: written by hand.
REASONS: Final = Path(__file__).with_name("slow_queries.md")

#: Rows by query and engine.
Found: TypeAlias = Mapping[tuple[str, str], Row]


def query_tables(rows: Sequence[Row]) -> Iterator[str]:
    """Yield what is slow at the largest size, and a table of all."""
    found = _by_size(rows)
    largest = max(found)
    yield from _slow(found[largest], largest)
    yield ""
    yield from _all(found, _engines(rows))


def compared(rows: Sequence[Row]) -> Iterator[str]:
    """Yield how many times as long each peer takes, in the geometric mean, size by size."""
    peers = [engine for engine in _engines(rows) if not engine.startswith(OURS)]
    heads = "".join(f" {peer}, times ours |" for peer in peers)
    yield f"| triples | questions | cold: slowest | by the engine: median | slowest |{heads}"
    yield "|---:|" + "---:|" * (4 + len(peers))
    for size, found in _by_size(rows).items():
        cold = [row.seconds for (_, engine), row in found.items() if engine == COLD]
        asked = sorted(row.seconds for (_, engine), row in found.items() if engine == OURS)
        ratios = "".join(f" {_ratio(found, peer)} |" for peer in peers)
        middle, last = (asked[len(asked) // 2], asked[-1]) if asked else (0.0, 0.0)
        slowest = show(max(cold, default=0.0))
        yield f"| {size:,} | {len(asked)} | {slowest} | {show(middle)} | {show(last)} |{ratios}"


def _by_size(rows: Sequence[Row]) -> dict[int, Found]:
    sizes = sorted({row.triples for row in rows})
    return {size: {(r.what, r.engine): r for r in rows if r.triples == size} for size in sizes}


def _engines(rows: Sequence[Row]) -> list[str]:
    """Return the engines, ours first."""
    return sorted({row.engine for row in rows}, key=lambda each: (each[:8] != OURS, each))


def _ratio(rows: Found, peer: str) -> str:
    """Return the mean ratio of a peer to ours, and how many queries it did not answer."""
    ratios, refused = [], 0
    for (what, engine), ours in rows.items():
        if engine != OURS or not ours.seconds:
            continue
        other = rows.get((what, peer))
        if other is not None and other.seconds:
            ratios.append(other.seconds / ours.seconds)
        else:
            refused += 1
    if not ratios:
        return "–"
    mean = geometric_mean(ratios)
    return f"{mean:.2f}" + (f" ({refused} not answered)" if refused else "")


def _slow(rows: Found, size: int) -> Iterator[str]:
    """Yield what is slow at the largest size, and the written reasons."""
    slow = {
        what: _cell(row)
        for (what, engine), row in rows.items()
        if engine == OURS and not 0 < row.seconds < SLOW
    }
    yield (
        f"Over {SLOW:g} s by the engine at {size:,}: "
        + (", ".join(f"`{what}` ({slow[what]})" for what in sorted(slow)) or "none")
        + "."
    )
    yield ""
    yield REASONS.read_text("utf-8").rstrip()


def _all(found: Mapping[int, Found], engines: Sequence[str]) -> Iterator[str]:
    """Yield every query: all engines at the largest size that each answered, and our growth."""
    last = {
        engine: max((s for s, rows in found.items() if _has(rows, engine)), default=0)
        for engine in engines
    }
    shown = [engine for engine in engines if last[engine]]
    yield "| query |" + "".join(f" {each}, {last[each]:,} |" for each in shown) + " growth |"
    yield "|---|" + "---:|" * (len(shown) + 1)
    for what in sorted({what for rows in found.values() for what, _ in rows if what != "all"}):
        cells = "".join(f" {_cell(found[last[each]].get((what, each)))} |" for each in shown)
        points = ((size, rows.get((what, OURS))) for size, rows in found.items())
        slope = growth((size, row.seconds) for size, row in points if row is not None)
        yield f"| `{what}` |{cells} {'' if slope is None else f'{slope:.2f}'} |"


def _has(rows: Found, engine: str) -> bool:
    return any(each == engine and row.seconds for (_, each), row in rows.items())


def _cell(row: Row | None) -> str:
    if row is None:
        return ""
    return show(row.seconds) if row.seconds else row.note
