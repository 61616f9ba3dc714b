"""From something that is tried to its rows: done some times over, or refused with the reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from statistics import mode
from typing import Final

from ..queries import load_queries
from ..vocabulary import BASE
from .asking import Load, ask, fetch
from .material import Material
from .processes import DEADLINE, Failed, Server
from .rows import Row

__all__ = [
    "BEHIND",
    "NAMED",
    "OF_A_PARK",
    "OURS",
    "RUNS",
    "asker",
    "engine_rows",
    "in_other_words",
    "loaded",
    "mixed",
    "once",
    "refused",
    "some_saved",
    "twice",
]

OURS: Final = "jsbio-kg"
BEHIND: Final = f"{OURS} --store"
NAMED: Final = f"{BEHIND}, graphs named"
RUNS: Final = 3
#: A small query.
OF_A_PARK: Final = f"SELECT ?p ?o {{ <{BASE}id/park/biobay> ?p ?o }}"
#: Saved queries of a load; no multiple of five, so that all of them get a turn.
SAVED: Final = 21
#: Requests made ready for a load, more than are sent.
REQUESTS: Final = 40_000
#: Failures in a row after which an engine is not asked any more.
MOST_FAILURES: Final = 3
#: Seconds that a client waits for the answer of a query, a little more than engines have for it.
PATIENCE: Final = DEADLINE + 2.0
#: Seconds beyond which a run is not done again.
LONG: Final = 2.0


def once(
    material: Material, part: str, what: str, engine: str, work: Callable[[], float], runs: int
) -> Row:
    """Return the row of some work, done so many times, or one that says why it was not done.

    What takes long is not done again.
    """
    times: list[float] = []
    try:
        while len(times) < runs and (not times or times[-1] < LONG):
            times.append(work())
        return Row.of(part, what, engine, material.triples, times)
    except Failed as error:
        return refused(part, what, engine, material, error)


def twice(
    material: Material, part: str, name: str, address: str, accept: str = "text/html"
) -> Iterator[Row]:
    """Fetch an address of ours for the first time, and again."""

    def work() -> float:
        return fetch(address, accept)

    yield once(material, part, name, f"{OURS}, cold", work, 1)
    yield once(material, part, name, f"{OURS}, cached", work, RUNS)


def engine_rows(
    material: Material, part: str, engine: str, server: Server, texts: Mapping[str, str]
) -> Iterator[Row]:
    """Ask each query so that the engine has to work it out.

    One that failed so many times in a row is not asked again: what it goes on with, although nobody
    waits any more, would be measured with the next.
    """
    server.rest()
    failures = 0
    for name, text in texts.items():
        if failures == MOST_FAILURES:
            error = Failed(f"not asked after {MOST_FAILURES} failures in a row")
            yield refused(part, name, engine, material, error)
            continue
        work = in_other_words(server, text) if engine == OURS else asker(server, text)
        row = once(material, part, name, engine, work, RUNS)
        failures = 0 if row.seconds else failures + 1
        yield row


def refused(part: str, what: str, engine: str, material: Material, error: Failed) -> Row:
    """Return the row of what could not be done."""
    return Row(part, what, engine, material.triples, 0.0, note=str(error))


def loaded(
    material: Material, part: str, engine: str, what: str, load: Load, memory: float
) -> Iterator[Row]:
    """Return the rows of a load: what half and nearly all of its answers took."""
    note = f"{load.rate:.0f} answers a second, {len(load.errors)} errors"
    if load.errors:
        note += f", most often {mode(load.errors)}"
    for share in (0.5, 0.99):
        name = f"{what}, {share:.0%} of answers"
        seconds = load.quantile(share)
        yield Row(
            part, name, engine, material.triples, seconds, memory=memory,
            runs=len(load.times), note=note,
        )  # fmt: skip


def asker(server: Server, text: str) -> Callable[[], float]:
    """Return what asks a server a query."""
    return lambda: ask(server.endpoint, text, PATIENCE)


def some_saved(material: Material) -> list[str]:
    """Return the texts of some saved queries."""
    saved = load_queries(material.release.root / "queries")
    return [saved[name].text for name in sorted(saved)][:SAVED]


def mixed(texts: Sequence[str], load: int) -> list[str]:
    """Return four of these queries for each that nobody asked before.

    :param load: no other load has the same new ones.
    """
    return [
        f"{OF_A_PARK} # {load} {number}" if number % 5 == 0 else texts[number % len(texts)]
        for number in range(REQUESTS)
    ]


def in_other_words(server: Server, text: str) -> Callable[[], float]:
    """Return what asks a query each time in other words, so that no answer is kept already."""
    asked = count()
    return lambda: ask(server.endpoint, f"{text}\n# {next(asked)}", PATIENCE)
