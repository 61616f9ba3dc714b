"""Parts that serve: start and memory, saved queries, analytic mix, pages, search, hostile load."""

from collections.abc import Iterator
from typing import Final

from ..queries import load_queries
from .asking import ACCEPT, under_load
from .material import Material
from .peers import ENDPOINTS, OXIGRAPH, serve_peer
from .processes import DEADLINE, Failed, Server, serve
from .rows import Row
from .soak import soak
from .trials import (
    OURS,
    RUNS,
    asker,
    engine_rows,
    loaded,
    mixed,
    once,
    refused,
    some_saved,
    twice,
)

__all__ = ["hostile", "mix", "pages", "queries", "search", "soaking", "start"]

#: Seconds of each load.
LOAD_SECONDS: Final = 8.0

#: Things whose pages are small, middling and large.
PAGES: Final = (
    "park/biobay",
    "city/suzhou",
    "province/jiangsu",
    "country/china",
    "sector/antibody-drugs",
    "level/leading-domestically",
    "passage/D1.67",
    "document/yearbook-1",
)
WORDS: Final = ("biobay", "suzhou", "苏州", "suzhu", "jiangsu sheng", "high-tech zone", "anbai")

PREFIXES: Final = (
    "PREFIX jsbio: <https://w3id.org/jsbio/ontology#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
#: Questions that look through much of the graph.
MIX: Final = {
    "statistics by sector": "SELECT ?sector (COUNT(*) AS ?n) { ?s a jsbio:Count ; "
    "jsbio:sector ?sector } GROUP BY ?sector ORDER BY DESC(?n)",
    "parks with the most statements": "SELECT ?park (COUNT(*) AS ?n) { ?park a jsbio:Park . "
    "?s jsbio:place ?park } GROUP BY ?park ORDER BY DESC(?n) ?park LIMIT 20",
    "sums of sales by place": "SELECT ?place (SUM(?v) AS ?sum) { ?s a jsbio:Amount ; jsbio:place "
    "?place ; jsbio:minExclusive ?v } GROUP BY ?place ORDER BY DESC(?sum) ?place LIMIT 20",
    "levels and sectors": "SELECT ?level ?sector (COUNT(*) AS ?n) { ?a a jsbio:Assessment ; "
    "jsbio:level ?level ; jsbio:sector ?sector } GROUP BY ?level ?sector ORDER BY DESC(?n)",
    "places below a province": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p jsbio:locatedIn "
    "<https://w3id.org/jsbio/id/province/jiangsu> }",
    "labels with a word": "SELECT (COUNT(*) AS ?n) { ?s rdfs:label ?l "
    "FILTER(CONTAINS(LCASE(?l), 'biomedical')) }",
    "strong fields in plans": "SELECT (COUNT(DISTINCT ?sector) AS ?n) { ?m a jsbio:Measure ; "
    "jsbio:sector ?sector . ?a a jsbio:Assessment ; jsbio:sector ?sector }",
    "classes": "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c",
}


def start(material: Material) -> Iterator[Row]:
    """Measure the time until a server answers, and what it then holds."""
    for engine, server in _each(material):
        if isinstance(server, Failed):
            yield refused("start", "ready", engine, material, server)
        else:
            memory = server.memory()
            yield Row("start", "ready", engine, material.triples, server.ready, memory=memory)


def queries(material: Material) -> Iterator[Row]:
    """Measure every saved query: by its name as users ask ours, by its text the engine of each."""
    saved = load_queries(material.release.root / "queries")
    texts = {name: saved[name].text for name in sorted(saved)}
    for engine, server in _each(material, timeout=DEADLINE):
        if isinstance(server, Failed):
            yield refused("queries", "all", engine, material, server)
            continue
        if engine == OURS:
            for name in texts:
                address = f"{server.address}/queries/{name}"
                yield from twice(material, "queries", name, address, accept=ACCEPT)
        yield from engine_rows(material, "queries", engine, server, texts)


def mix(material: Material) -> Iterator[Row]:
    """Measure questions that look through much of the graph."""
    texts = {name: PREFIXES + question for name, question in MIX.items()}
    for engine, server in _each(material, timeout=DEADLINE):
        if isinstance(server, Failed):
            yield refused("mix", "all", engine, material, server)
            continue
        if engine == OURS:
            server.rest()
            for name, text in texts.items():
                yield once(material, "mix", name, f"{OURS}, cold", asker(server, text), 1)
                yield once(material, "mix", name, f"{OURS}, cached", asker(server, text), RUNS)
        yield from engine_rows(material, "mix", engine, server, texts)


def pages(material: Material) -> Iterator[Row]:
    """Measure pages of things, when they are first asked for and again."""
    with serve(material.release.root) as server:
        server.rest()
        for name in PAGES:
            yield from twice(material, "pages", name, f"{server.address}/page/{name}")
        yield from twice(material, "pages", "home", f"{server.address}/")
        yield from twice(material, "pages", "gallery", f"{server.address}/queries/")


def search(material: Material) -> Iterator[Row]:
    """Measure searches for names, right and nearly right, in English, Chinese and pinyin."""
    from urllib.parse import quote

    with serve(material.release.root) as server:
        server.rest()
        for word in WORDS:
            address = f"{server.address}/search.json?q={quote(word)}"
            yield from twice(material, "search", word, address)


def hostile(material: Material) -> Iterator[Row]:
    """Measure honest clients alone, and beside clients who mean harm."""
    texts = some_saved(material)
    for what, number, timeout in (("alone", 0, None), ("beside hostile queries", 2, DEADLINE)):
        for engine, server in _each(material, (OURS, OXIGRAPH), timeout):
            if isinstance(server, Failed):
                yield refused("hostile", what, engine, material, server)
                continue
            asked = mixed(texts, number)
            load = under_load(server.endpoint, asked, LOAD_SECONDS, hostile=number)
            yield from loaded(material, "hostile", engine, what, load, server.memory())


def soaking(material: Material, minutes: float) -> Iterator[Row]:
    """Measure what honest clients meet in a long time of mixed load, swaps and harm."""
    other = Material(material.root, material.folder / "other", material.size * 101 // 100)
    releases = (material.release.root, other.release.root)
    place = material.folder / "soak"
    place.mkdir(parents=True, exist_ok=True)
    seconds = minutes * 60
    soaked = soak(releases, place, seconds, min(300.0, seconds / 4))
    soaked.write(place / "soak.json")
    ends = ", ".join(f"{what} {count}" for what, count in soaked.refused.most_common())
    held = ", ".join(f"{name} {a:.0f} to {b:.0f}" for name, (a, b) in soaked.growth().items())
    note = (
        f"{minutes:g} minutes, {len(soaked.swaps)} swaps, {soaked.answers.total()} honest answers; "
        f"{held}; hostile queries: {ends}; faults: {'; '.join(soaked.faults()) or 'none'}"
    )
    for share in (0.5, 0.99):
        yield Row(
            "soak", f"{share:.0%} of honest answers", OURS, material.triples,
            soaked.quantile(share), memory=soaked.samples[-1].memory, runs=len(soaked.times),
            note=note,
        )  # fmt: skip


def _each(
    material: Material,
    only: tuple[str, ...] = (OURS, *ENDPOINTS),
    timeout: float | None = None,
) -> Iterator[tuple[str, Server | Failed]]:
    """Yield each engine with its server while it runs, or with what kept it from running."""
    for engine in only:
        if engine == OURS:
            with serve(material.release.root) as server:
                yield engine, server
        elif material.triples > ENDPOINTS[engine]:
            yield engine, Failed("too large for it to answer in reasonable time")
        else:
            try:
                folder = material.folder / engine.replace(" ", "-")
                with serve_peer(engine, material.served, folder, timeout) as server:
                    yield engine, server
            except Failed as error:
                yield engine, error
