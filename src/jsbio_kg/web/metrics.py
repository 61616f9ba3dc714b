"""Numbers for those who run the service, in the Prometheus text format.

In: every response, and the service. Out: the text of ``/metrics``.
"""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ..service import ByteCache, Service, WorkerPool

__all__ = ["Metrics"]

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Counts of responses by route and status, and how long they took."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._responses: Counter[tuple[str, int]] = Counter()
        self._problems: Counter[str] = Counter()
        self._buckets = [0] * (len(_BOUNDS) + 1)
        self._seconds = 0.0

    def note(self, route: str, status: int, seconds: float, problem: str) -> None:
        """Count a response that was not in the cache."""
        with self._lock:
            self._responses[route, status] += 1
            if problem:
                self._problems[problem] += 1
            self._buckets[bisect_left(_BOUNDS, seconds)] += 1
            self._seconds += seconds

    def render(self, service: Service, responses: ByteCache[Any]) -> str:
        """Return all numbers as text."""
        with self._lock:
            lines = [*self._own()]
        lines += _cache("responses", responses)
        lines += _cache("answers", service.answers)
        if isinstance(service.store, WorkerPool):
            lines += _workers(service.store)
        lines += _gauge("jsbio_triples", "Triples of the dataset.", [("", service.site.triples)])
        return "\n".join(lines) + "\n"

    def _own(self) -> Iterator[str]:
        yield from _family("jsbio_responses_total", "counter", "Responses not from the cache.")
        for (route, status), count in sorted(self._responses.items()):
            yield f'jsbio_responses_total{{route="{route}",status="{status}"}} {count}'
        yield from _family("jsbio_problems_total", "counter", "Problems by kind.")
        for kind, count in sorted(self._problems.items()):
            yield f'jsbio_problems_total{{kind="{kind}"}} {count}'
        name = "jsbio_response_seconds"
        yield from _family(name, "histogram", "Seconds of responses not from the cache.")
        total = 0
        for bound, count in zip((*_BOUNDS, "+Inf"), self._buckets, strict=True):
            total += count
            yield f'{name}_bucket{{le="{bound}"}} {total}'
        yield f"{name}_sum {self._seconds:.6f}"
        yield f"{name}_count {total}"


def _family(name: str, kind: str, about: str) -> tuple[str, str]:
    return f"# HELP {name} {about}", f"# TYPE {name} {kind}"


def _gauge(name: str, about: str, values: Iterable[tuple[str, float]]) -> Iterator[str]:
    yield from _family(name, "gauge", about)
    for labels, value in values:
        yield f"{name}{labels} {value}"


def _cache(name: str, cache: ByteCache[Any]) -> Iterator[str]:
    labels = f'{{cache="{name}"}}'
    yield f"jsbio_cache_hits_total{labels} {cache.hits}"
    yield f"jsbio_cache_misses_total{labels} {cache.misses}"
    yield f"jsbio_cache_bytes{labels} {cache.bytes}"
    yield f"jsbio_cache_entries{labels} {len(cache)}"


def _workers(pool: WorkerPool) -> Iterator[str]:
    states = [('{state="idle"}', pool.idle), ('{state="slow"}', pool.slow)]
    states.append(('{state="suspended"}', pool.suspended))
    yield from _gauge("jsbio_workers", "Workers by state.", states)
    yield from _gauge("jsbio_queue", "Queries that wait for a worker.", [("", pool.waiting)])
    yield from _family("jsbio_workers_replaced_total", "counter", "Workers that were replaced.")
    yield f"jsbio_workers_replaced_total {pool.replaced}"
