"""Asking over HTTP as clients do: one request, many at once, and requests meant to do harm."""

import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Final

from .processes import Failed

__all__ = ["ACCEPT", "HOSTILE", "Load", "ask", "fetch", "quantile", "under_load"]

ACCEPT: Final = (
    "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8, */*;q=0.1"
)

#: Queries that never end where nobody stops them, or that take all the memory there is.
HOSTILE: Final = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c",
    "SELECT DISTINCT ?a ?f { ?a ?b ?c . ?d ?e ?f }",
    "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:x>)* ?b }",
)


#: How an answer of Oxigraph's ends that took too long; it begins with a status of success.
CANCELLED: Final = b"The SPARQL operation has been cancelled"


def fetch(address: str, accept: str = "text/html", patience: float = 60.0) -> float:
    """Return the seconds that a request took, its answer read to the end.

    :raises Failed: when it is not answered with success, or not whole.
    """
    request = urllib.request.Request(address, headers={"Accept": accept})
    started = time.perf_counter()
    try:
        with urllib.request.urlopen(request, timeout=patience) as answer:
            if answer.read().endswith(CANCELLED):
                raise Failed(f"HTTP {answer.status}, but cut short")
    except urllib.error.HTTPError as error:
        raise Failed(f"HTTP {error.code}") from None
    except (OSError, HTTPException) as error:
        raise Failed(f"{type(error).__name__}: {str(error)[:80]}") from None
    return time.perf_counter() - started


def ask(endpoint: str, query: str, patience: float = 60.0) -> float:
    """Return the seconds that a query took.

    :raises Failed: when it is not answered with success, or not whole.
    """
    return fetch(f"{endpoint}?{urllib.parse.urlencode({'query': query})}", ACCEPT, patience)


@dataclass
class Load:
    """What clients met who asked at the same time.

    :param times: seconds of each answer.
    :param errors: what the others were told.
    """

    seconds: float
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """Return the time within which a share of the answers came."""
        return quantile(self.times, share)

    @property
    def rate(self) -> float:
        """Return answers a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0


def quantile(times: Sequence[float], share: float) -> float:
    """Return the time that a share of times does not exceed; 0 when there is none.

    >>> quantile([3, 1, 2], 0.5)
    2
    """
    ordered = sorted(times)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def under_load(
    endpoint: str,
    queries: Sequence[str],
    seconds: float,
    clients: int = 4,
    hostile: int = 0,
) -> Load:
    """Let honest clients ask for a while, with hostile ones beside them.

    :param queries: each client begins elsewhere in them, and goes round.
    :param hostile: how many clients send nothing but hostile queries; their answers do not count.
    """
    load = Load(seconds)
    until = time.perf_counter() + seconds

    def honest(first: int) -> None:
        place = first
        while time.perf_counter() < until:
            place += 1
            try:
                load.times.append(ask(endpoint, queries[place % len(queries)], 30.0))
            except Failed as error:
                load.errors.append(str(error))

    def harmful(first: int) -> None:
        place = first
        while time.perf_counter() < until:
            place += 1
            try:
                ask(endpoint, HOSTILE[place % len(HOSTILE)], seconds)
            except Failed:
                time.sleep(0.05)

    apart = max(1, len(queries) // clients)
    threads = [threading.Thread(target=honest, args=(n * apart,)) for n in range(clients)]
    threads += [threading.Thread(target=harmful, args=(n,), daemon=True) for n in range(hostile)]
    for thread in threads:
        thread.start()
    for thread in threads[:clients]:
        thread.join()
    return load
