"""How much memory a service will take, said before it is taken.

In: a plan and how the workers are shared out. Out: bytes, at rest and at most.
"""

from dataclasses import dataclass
from pathlib import Path

from ..store import Store
from .plan import Plan
from .pool import Lanes, WorkerPool

__all__ = ["Footprint", "footprint_of", "free_memory"]

#: What the process that speaks HTTP takes with full caches, and a worker beside the graph.
_SERVER = 320 << 20
_WORKER = 24 << 20


@dataclass(frozen=True)
class Footprint:
    """Bytes of memory, predicted.

    :param store: the graph in memory.
    :param is_on_disk: whether workers read it from disk instead.
    :param workers: how many there are when every lane is full.
    :param heap: what one query may take.
    """

    store: int
    is_on_disk: bool
    workers: int
    heap: int

    @classmethod
    def of(cls, plan: Plan, lanes: Lanes) -> "Footprint":
        """Predict what a plan takes."""
        workers = lanes.fast + lanes.slow + lanes.own
        return cls(plan.store_bytes, bool(plan.disk), workers, plan.limits.heap)

    @property
    def shared(self) -> int:
        """Return what is taken before the first query: one graph for all."""
        return _SERVER + _WORKER * self.workers + (0 if self.is_on_disk else self.store)

    @property
    def read(self) -> int:
        """Return what is taken in memory when every worker has read the whole graph.

        Counting references writes to the pages of a graph, so they are shared no longer.
        """
        return _SERVER + _WORKER * self.workers + self.store * (1 + self.workers)


def footprint_of(store: Store) -> Footprint | None:
    """Return what a store with workers takes; nothing for one that is elsewhere."""
    return Footprint.of(store.plan, store.lanes) if isinstance(store, WorkerPool) else None


def free_memory() -> int:
    """Return how many bytes of memory are to be had; a guess of 1 GiB where nobody tells."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 1 << 30
    free = (line.split()[1] for line in lines if line.startswith("MemAvailable:"))
    return int(next(free, 1 << 20)) << 10
