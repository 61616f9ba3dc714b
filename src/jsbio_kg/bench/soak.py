"""The soak: a server under a mixed load for a long time, with swaps of the release and harm.

In: two releases and how long. Out: what honest clients met, and what the server held as time went
by. Honest clients ask saved queries, queries nobody asked before, pages, searches and downloads;
hostile ones ask what never ends, throughout; every few minutes the other release is put in place.
"""

import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import quote, urlencode

from ..queries import load_queries
from .asking import ACCEPT, HOSTILE, fetch, quantile
from .processes import Failed, Server, serve

__all__ = ["Sample", "Soaked", "soak"]

#: What a client waits for an answer, and between two requests, in seconds.
PATIENCE: Final = 30.0
PAUSE: Final = 0.05
#: What a server is given to come to rest before and after the load, in seconds.
REST: Final = 40.0
#: A deadline and a little more after a swap, the server of before has gone.
SETTLING: Final = 14.0
#: Growth that is noise, as a share and beside it: MiB, open files, processes. Under load the number
#: of workers goes up and down with the hostile queries that are stopped; at rest it does not.
NOISE: Final = {"memory": (0.1, 64.0), "files": (0.25, 16.0), "processes": (0.25, 4.0)}
NOISE_AT_REST: Final = {"memory": (0.1, 64.0), "files": (0.0, 4.0), "processes": (0.0, 0.0)}


@dataclass(frozen=True)
class Sample:
    """What the server and its children held at a moment.

    :param seconds: since the load began.
    :param memory: resident MiB of what lasts; workers come and go, each within its limit.
    """

    seconds: float
    memory: float
    files: int
    processes: int


@dataclass
class Soaked:
    """What came of a soak.

    :param answers: honest answers, by kind of request.
    :param errors: what honest clients were told instead, and how often.
    :param times: seconds of honest answers.
    :param refused: how hostile queries ended, and how often.
    :param swaps: when the release was swapped.
    :param rest: what was held before the load and after it.
    """

    answers: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)
    rest: list[Sample] = field(default_factory=list)
    swaps: list[float] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """Return the time within which a share of the honest answers came."""
        return quantile(self.times, share)

    def growth(self) -> dict[str, tuple[float, float]]:
        """Return medians of memory, files and processes in the first and second half of the time.

        Moments count when no server of before a swap can be left, and the first workers are warm.
        """
        settled = [
            sample
            for sample in self.samples
            if all(not 0 <= sample.seconds - swap < SETTLING for swap in (0.0, *self.swaps))
        ]
        middle = self.samples[-1].seconds / 2
        halves = (
            [sample for sample in settled if sample.seconds < middle],
            [sample for sample in settled if sample.seconds >= middle],
        )
        names = ("memory", "files", "processes")
        return {
            name: tuple(median(getattr(sample, name) for sample in half) for half in halves)
            for name in names
        }

    def faults(self) -> list[str]:
        """Return what should not have happened; nothing when all was well."""
        found = [f"{count} times: {what}" for what, count in self.errors.most_common()]
        growth = self.growth()
        for name, (share, more) in NOISE.items():
            first, last = growth[name]
            if last > first * (1 + share) + more:
                found.append(f"{name} grew from {first:.0f} to {last:.0f}")
        for name, (share, more) in NOISE_AT_REST.items():
            first, last = (getattr(sample, name) for sample in self.rest)
            if last > first * (1 + share) + more:
                found.append(f"{name} at rest: {first:.0f} before, {last:.0f} after")
        return found

    def write(self, path: Path) -> None:
        """Write everything but the single times as JSON."""
        content = {
            "answers": dict(self.answers),
            "errors": dict(self.errors),
            "refused": dict(self.refused),
            "swaps": self.swaps,
            "samples": [asdict(sample) for sample in self.samples],
            "rest": [asdict(sample) for sample in self.rest],
            "growth": self.growth(),
            "seconds": {share: self.quantile(share) for share in (0.5, 0.99)},
        }
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def soak(
    releases: Sequence[Path],
    place: Path,
    seconds: float,
    swap_every: float,
    clients: int = 4,
    hostile_every: float = 1.0,
) -> Soaked:
    """Serve the first release under load, and put the next in its place again and again.

    :param releases: release folders of the same vocabulary.
    :param place: a folder for the link that is served.
    :param hostile_every: seconds from one hostile query to the next.
    """
    served = place / "current"
    _point(served, releases[0])
    soaked = Soaked()
    with serve(served, "--reload") as server:
        asked = _requests(releases[0], server.address)
        _warm(asked)
        soaked.rest.append(_at_rest(server))
        stop = threading.Event()
        threads = [
            threading.Thread(target=_honest, args=(asked, soaked, stop, number))
            for number in range(clients)
        ]
        threads.append(threading.Thread(target=_harm, args=(server, soaked, stop, hostile_every)))
        for thread in threads:
            thread.start()
        try:
            _watch(server, soaked, served, releases, seconds, swap_every)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        soaked.rest.append(_at_rest(server, soaked.rest[0].processes))
    return soaked


def _warm(asked: dict[str, list[tuple[str, str]]]) -> None:
    """Ask for everything once: answers are kept after the load, and so before it too."""
    for requests in asked.values():
        for address, accept in requests:
            with suppress(Failed):
                fetch(address, accept, PATIENCE)


def _at_rest(server: Server, processes: int = 0) -> Sample:
    """Wait until nothing changes, or as many processes are left, and take a sample."""
    until = time.monotonic() + REST
    last = _sample(server, 0.0)
    while time.monotonic() < until:
        time.sleep(2.0)
        now = _sample(server, 0.0)
        if now.processes <= (processes or last.processes) and now.files == last.files:
            return now
        last = now
    return last


def _sample(server: Server, seconds: float) -> Sample:
    return Sample(round(seconds, 1), server.resident(), server.open_files(), server.processes())


def _watch(
    server: Server,
    soaked: Soaked,
    served: Path,
    releases: Sequence[Path],
    seconds: float,
    swap_every: float,
) -> None:
    """Take samples and swap releases until the time is over."""
    began = time.monotonic()
    step = max(1.0, min(10.0, seconds / 60))
    while (now := time.monotonic() - began) < seconds:
        soaked.samples.append(_sample(server, now))
        if now >= swap_every * (len(soaked.swaps) + 1):
            soaked.swaps.append(round(now, 1))
            _point(served, releases[len(soaked.swaps) % len(releases)])
        time.sleep(step)


def _point(link: Path, release: Path) -> None:
    """Let a link name a release, from one moment to the next."""
    new = link.with_name("next")
    new.unlink(missing_ok=True)
    new.symlink_to(release.resolve())
    os.replace(new, link)


def _requests(release: Path, address: str) -> dict[str, list[tuple[str, str]]]:
    """Return addresses and what to accept, by kind; ``{n}`` is filled in anew each time."""
    names = sorted(load_queries(release / "queries"))
    things = ("park/biobay", "city/suzhou", "sector/antibody-drugs", "passage/D1.67")
    unique = "SELECT ?p ?o {{ <https://w3id.org/jsbio/id/{thing}> ?p ?o }} # {{n}}"
    return {
        "saved query": [(f"{address}/queries/{name}", ACCEPT) for name in names],
        "new query": [
            (f"{address}/sparql?{urlencode({'query': unique.format(thing=thing)})}", ACCEPT)
            for thing in things
        ],
        "page": [(f"{address}/page/{thing}", "text/html") for thing in things]
        + [(f"{address}/{path}", "text/html") for path in ("", "queries/", "ontology")],
        "search": [
            (f"{address}/search.json?q={quote(word)}", "application/json")
            for word in ("biobay", "苏州", "jiangsu sheng", "high-tech zone")
        ],
        "data": [(f"{address}/id/{thing}", "text/turtle") for thing in things],
        "download": [(f"{address}/downloads/manifest.json", "application/json")],
    }


def _honest(
    asked: dict[str, list[tuple[str, str]]], soaked: Soaked, stop: threading.Event, seed: int
) -> None:
    chance = random.Random(seed)
    kinds = list(asked)
    number = seed
    while not stop.wait(PAUSE):
        number += 10
        kind = chance.choice(kinds)
        address, accept = chance.choice(asked[kind])
        try:
            taken = fetch(address.replace("%7Bn%7D", str(number)), accept, PATIENCE)
        except Failed as error:
            soaked.errors[f"{kind}: {error}"] += 1
        else:
            soaked.answers[kind] += 1
            soaked.times.append(taken)


def _harm(server: Server, soaked: Soaked, stop: threading.Event, every: float) -> None:
    """Send hostile queries at a steady pace, waiting for none of them."""
    running: list[threading.Thread] = []

    def send(query: str) -> None:
        try:
            fetch(f"{server.endpoint}?{urlencode({'query': query})}", ACCEPT, PATIENCE)
        except Failed as error:
            soaked.refused[str(error)] += 1
        else:
            soaked.refused["answered"] += 1

    number = 0
    while not stop.wait(every):
        number += 1
        query = f"{HOSTILE[number % len(HOSTILE)]} # {number}"
        thread = threading.Thread(target=send, args=(query,))
        thread.start()
        running = [*(each for each in running if each.is_alive()), thread]
    for thread in running:
        thread.join()
