"""The report: tables, plots, ratios and growth, from nothing but the rows.

In: results. Out: Markdown, and one SVG a plot beside it.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import geometric_mean
from typing import Final

from .peers import OXIGRAPH
from .plot import plot
from .query_report import compared, query_tables
from .rows import Results, Row, growth, show
from .trials import BEHIND, NAMED, OURS

__all__ = ["write_report"]

LOADER: Final = "oxigraph load"

#: What was slow and what became of it: written by hand, the figures being of the day they changed.
CHANGES: Final = Path(__file__).with_name("changes.md")

TITLES: Final = {
    "load": "Build and load",
    "reasoning": "Reasoning",
    "start": "Start and memory",
    "queries": "Saved queries",
    "mix": "Analytic questions",
    "pages": "Pages",
    "search": "Search",
    "hostile": "Honest clients beside hostile ones",
    "soak": "Soak",
    "store": "A store elsewhere",
    "replicas": "Replicas behind a proxy",
    "export": "Export",
    "diff": "Difference of releases",
}
#: What each part measures, and how.
METHODS: Final = {
    "load": "CPU seconds (user and system) of `jsbio-kg build --force` with all checks, reasoning, "
    "N-Quads and self-description, step by step, and of its search index; beside bare loaders that "
    "are given the same asserted triples as one N-Quads file.",
    "reasoning": "The reasoner on the default graph, reading not counted. Its peers are in "
    "`benchmarks/reasoning.py`.",
    "start": "From the start of the process until it answers, by the clock; then its memory with "
    "all its workers (proportional set size). Ours, Jena and rdflib-endpoint read the graph into "
    "memory (ours opens the store on disk that the build made where memory is short); Virtuoso "
    "and Oxigraph open what they loaded before.",
    "queries": "Each saved query with the values it stands with, over HTTP. *Cold*: asked by its "
    "name for the first time, as users ask, of a server that has just come up (what takes long in "
    "a large release was worked out by the build); *cached*: again; without a word: its text, "
    "worked out by the engine each time, median of three, as the peers are asked. They are given "
    "the same triples, with the default graph spelled out.",
    "mix": "Questions that look through much of the graph, as the saved queries are asked.",
    "pages": "Pages of things over HTTP, first and again, when the server has warmed up.",
    "search": "Searches for names over HTTP, first and again, when the server has warmed up.",
    "hostile": "Four honest clients ask saved queries and, each fifth time, a small one that "
    "nobody asked before, for some seconds: alone, and while two others send products, sorts of "
    "products and paths through everything. The peer gives a query ten seconds beside hostile "
    "ones, as ours does; alone it has no limit, for which it would keep a thread a query.",
    "soak": "A mixed load for a long time (saved and new queries, pages, searches, data, downloads "
    "by four honest clients; one hostile query a second throughout; another release put in place "
    "every five minutes). Files and memory: medians of the first half and the second.",
    "store": "Our service over its own graph (in memory up to 2 million quads, then on disk); over "
    "`oxigraph serve-read-only` that holds the same graphs and our default graph as its own "
    "(`--store` with `--store-graphs own`); that server asked directly; and `--store` as it is by "
    "itself, naming the graphs with each query, for some of the questions. Analytic questions are "
    "those above without `strong fields in plans`, which takes a large store too long. Queries are "
    "new each time; a run of over two seconds is not repeated. Answers of a store elsewhere are "
    "not kept, so a page that is asked for again is made again. The ratios are geometric means "
    "over the queries or pages of a kind, of the same run.",
    "replicas": "Four clients ask saved queries and, each fifth time, a small one that nobody "
    "asked before: of one instance; of two behind nginx with the file of `docs/scaling.md`; and of "
    "the two, one of which is killed with all its processes half way. The clients, nginx and both "
    "instances share the cores of one machine: this shows what the proxy costs and who notices the "
    "end of an instance, not what a second machine brings.",
    "export": "`jsbio-kg export` of the whole release, CPU seconds.",
    "diff": "`jsbio-kg diff` of the release with one that has a tenth more documents.",
}


def write_report(results: Results, path: Path) -> None:
    """Write the report, and its plots into a folder of the same name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plots = path.with_suffix("")
    lines = [*_opening(results)]
    for part in [part for part in TITLES if any(row.part == part for row in results.rows)]:
        rows = [row for row in results.rows if row.part == part]
        lines += ["", f"## {TITLES[part]}", "", METHODS[part], ""]
        tables = query_tables if part == "queries" else _table
        if part in RATIOS:
            lines += [*RATIOS[part](rows), ""]
        plots.mkdir(exist_ok=True)
        (plots / f"{part}.svg").write_text(_plot(part, rows), "utf-8")
        lines += [f"![{TITLES[part]}]({plots.name}/{part}.svg)", "", *tables(rows)]
    lines += ["", CHANGES.read_text("utf-8").rstrip()]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _opening(results: Results) -> Iterator[str]:
    machine = results.machine
    versions = ", ".join(f"{name} {found}" for name, found in machine["versions"].items())
    yield "# Benchmarks"
    yield ""
    yield (
        "Written by `make bench`; `jsbio-kg bench PART` measures one part anew. The figures behind "
        "it are in [benchmarks.json](benchmarks.json)."
    )
    yield ""
    yield (
        f"Machine: {machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}, "
        f"Python {machine['python']}; {versions}. Load average when the last run began: "
        f"{', '.join(map(str, machine['load_average']))}; where that is above the number of cores, "
        "times by the clock are those of a busy machine: compare CPU seconds and ratios. "
        "*Spread* is the slowest run less the fastest, as a share of the median. *Growth* is the "
        "slope of the logarithm of the cost over that of the triples; 1 is linear."
    )
    yield ""
    yield (
        "The graphs are made by `jsbio-kg generate`: the real project and, on top, yearbooks with "
        "texts, facts, names and evidence for every fact. A size counts all quads of the release."
    )


def _ratios(rows: list[Row]) -> Iterator[str]:
    yield "| triples | build and index, CPU s | oxigraph load, CPU s | ratio |"
    yield "|---:|---:|---:|---:|"
    for size in _sizes(rows):
        built = _cpu(rows, size, "build and search index", OURS)
        loaded = _cpu(rows, size, "bare load", LOADER)
        if built and loaded:
            yield f"| {size:,} | {built:.2f} | {loaded:.2f} | {built / loaded:.1f} |"


def _overheads(rows: list[Row]) -> Iterator[str]:
    heads = ("to our own graph", "to the store alone", "graphs named, to not named")
    yield f"| triples | what | {' | '.join(f'`--store` {head}' for head in heads)} |"
    yield "|---:|---|---:|---:|---:|"
    for size in _sizes(rows):
        taken: dict[str, dict[str, dict[str, float]]] = {}
        for row in rows:
            if row.triples == size and row.seconds:
                kind, _, name = row.what.partition(": ")
                taken.setdefault(kind, {}).setdefault(row.engine, {})[name] = row.seconds
        for kind, engines in taken.items():
            compared = ((BEHIND, OURS), (BEHIND, OXIGRAPH), (NAMED, BEHIND))
            cells = (_ratio(engines.get(a, {}), engines.get(b, {})) for a, b in compared)
            yield f"| {size:,} | {kind} | {' | '.join(cells)} |"


def _ratio(taken: Mapping[str, float], other: Mapping[str, float]) -> str:
    """Return the geometric mean of the ratios of what both took; nothing where there is none."""
    ratios = [seconds / other[name] for name, seconds in taken.items() if name in other]
    return f"{geometric_mean(ratios):.1f}" if ratios else ""


#: The ratios that stand above the table of a part.
RATIOS: Final = {"load": _ratios, "mix": compared, "queries": compared, "store": _overheads}


def _cpu(rows: Iterable[Row], size: int, what: str, engine: str) -> float:
    return next((r.cpu for r in rows if (r.triples, r.what, r.engine) == (size, what, engine)), 0.0)


def _table(rows: list[Row]) -> Iterator[str]:
    sizes = _sizes(rows)
    heads = "".join(f" {size:,} |" for size in sizes)
    yield f"| what | engine |{heads} growth | MiB | spread | note |"
    yield "|---|---|" + "---:|" * (len(sizes) + 3) + "---|"
    for what, engine in dict.fromkeys((row.what, row.engine) for row in rows):
        same = {r.triples: r for r in rows if (r.what, r.engine) == (what, engine)}
        cells = "".join(f" {_cost(same.get(size))} |" for size in sizes)
        slope = growth((size, _value(row)) for size, row in same.items())
        last = same[max(same)]
        memory = f"{last.memory:.0f}" if last.memory else ""
        spread = f"{last.spread:.0%}" if last.runs > 1 and last.spread else ""
        shown = f"{slope:.2f}" if slope is not None else ""
        note = last.note.replace("|", "\\|").replace("\n", " ")
        yield f"| {what} | {engine} |{cells} {shown} | {memory} | {spread} | {note} |"


def _plot(part: str, rows: list[Row]) -> str:
    """Return the plot of a part: each engine's sum, or each step where ours is alone."""
    lines: dict[str, list[tuple[float, float]]] = {}
    is_steps = part in ("export", "load")
    for row in rows:
        if part == "load" and row.what.startswith("build:"):
            continue
        name = f"{row.engine}: {row.what}" if is_steps else row.engine
        lines.setdefault(name, [])
    for name in lines:
        for size in _sizes(rows):
            of_size = [r for r in rows if r.triples == size]
            values = [
                _value(r)
                for r in of_size
                if (f"{r.engine}: {r.what}" if is_steps else r.engine) == name and _value(r)
            ]
            if values:
                lines[name].append((size, sum(values) / len(values)))
    unit = "CPU seconds" if part in ("load", "reasoning", "export", "diff") else "seconds"
    return plot(TITLES[part], unit if is_steps else f"{unit}, mean", lines)


def _value(row: Row) -> float:
    return row.cpu or row.seconds


def _cost(row: Row | None) -> str:
    if row is None:
        return ""
    return show(_value(row))


def _sizes(rows: Iterable[Row]) -> list[int]:
    return sorted({row.triples for row in rows})
