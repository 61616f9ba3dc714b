"""A store behind workers: every query in a process of its own that can be killed.

In: a plan of what to load. Out: answers, or the error that a limit was broken. A query starts in
the fast lane. One that needs longer than a fast share moves, with its worker, to a slow lane, which
has few places and a low priority; when they are taken it is suspended where it is until its turn
comes. A fresh worker takes its place in the fast lane. So a query that is too heavy meets its
deadline in the company of its like, and no small one waits for it. What our own pages ask has a
slow lane of its own: a page of a large graph does not wait for what strangers ask.
"""

import os
import threading
import time
from collections import deque
from dataclasses import dataclass

from ..errors import Saturated, StoreError
from ..i18n import message
from ..store import Answer, Query
from .crew import Crew, Worker
from .errand import Errand, Vanished
from .plan import Plan
from .slow_lane import SlowLane
from .wire import Reply

__all__ = ["Lanes", "WorkerPool"]


@dataclass(frozen=True)
class Lanes:
    """How the workers are shared out.

    :param fast: workers of the fast lane.
    :param slow: places in the slow lane for queries of strangers.
    :param own: places in the one for queries of our own pages, which no stranger can fill.
    :param share: seconds that a query may hold a fast worker while nobody waits; the more wait,
        the fewer, so that who asks little is served however many ask much.
    :param suspended: queries that may wait, suspended, for a place in the slow lane.
    :param queue: queries that may wait for a fast worker.
    :param patience: seconds that one may wait.
    """

    fast: int = 3
    slow: int = 1
    own: int = 1
    share: float = 0.1
    suspended: int = 8
    queue: int = 256
    patience: float = 5.0

    @classmethod
    def of_machine(cls, fast: int | None = None) -> "Lanes":
        """Share out this machine: half its cores, at the lowest priority, for what takes long."""
        cores = os.cpu_count() or 1
        return cls(fast=fast or cores + 1, slow=max(1, cores // 2))


class _Waiter:
    """A query that waits for a worker."""

    def __init__(self) -> None:
        self.worker: Worker | None = None
        # A bare lock: an event costs as much as the rest of a small query's errand.
        self._turn = threading.Lock()
        self._turn.acquire()

    def serve(self, worker: Worker) -> None:
        """Hand over a worker."""
        self.worker = worker
        self._turn.release()

    def wait(self, seconds: float) -> None:
        """Wait until there is a worker, or so long."""
        self._turn.acquire(timeout=seconds)


class WorkerPool:
    """A store whose queries run in workers; see :class:`~jsbio_kg.store.Store`."""

    def __init__(self, plan: Plan, lanes: Lanes | None = None) -> None:
        self.plan = plan
        self.lanes = lanes or Lanes()
        self.triples = 0
        self.graphs: tuple[str, ...] = ()
        self.replaced = 0
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._waiting: deque[_Waiter] = deque()
        self._foreign_lane = SlowLane(self.lanes.slow, self.lanes.suspended, 19)
        self._own_lane = SlowLane(self.lanes.own, self.lanes.queue, 5)
        self._is_closed = False
        self._first = threading.Event()
        self._crew = Crew(plan, self._welcome, self._miss)

    def start(self) -> "WorkerPool":
        """Wait until the graph is loaded and a worker is there.

        :raises StoreError: when the graph cannot be loaded.
        """
        self.triples, self.graphs = self._crew.start()
        for _ in range(self.lanes.fast):
            self._crew.want()
        if not self._first.wait(30):
            raise StoreError(message("No worker starts."))
        return self

    @property
    def zygote(self) -> int:
        """Return the process that the workers are forked from."""
        return self._crew.zygote

    @property
    def waiting(self) -> int:
        """Return how many queries wait for a worker."""
        return len(self._waiting)

    @property
    def idle(self) -> int:
        """Return how many workers wait for a query."""
        return len(self._idle)

    @property
    def suspended(self) -> int:
        """Return how many queries wait for a place in a slow lane."""
        return self._foreign_lane.waiting + self._own_lane.waiting

    @property
    def slow(self) -> int:
        """Return how many queries run in a slow lane."""
        return self._foreign_lane.running + self._own_lane.running

    def answer(self, query: Query) -> Answer:
        """Answer a query in a worker; see :class:`~jsbio_kg.store.Store`."""
        most = self.plan.limits.seconds
        seconds = min(query.seconds, most) if query.seconds else most
        reply = self._send(query, seconds)
        if reply.error is not None:
            raise reply.error
        assert reply.answer is not None
        return reply.answer

    def _send(self, query: Query, seconds: float) -> Reply:
        """Find a worker that lives: one that went before the query came is nobody's fault."""
        lane = self.slow_lane(query)
        for _ in range(self.lanes.fast):
            try:
                return Errand(self, self._take(), lane, seconds).run(query)
            except Vanished:
                continue
        return Errand(self, self._take(), lane, seconds).run(query)

    def close(self) -> None:
        """End every worker."""
        with self._lock:
            self._is_closed = True
        self._crew.close()
        self._let_go()

    # -- workers come and go ---------------------------------------------------------------------

    def _take(self) -> Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if len(self._waiting) >= self.lanes.queue or self._is_closed:
                raise _saturated()
            waiter = _Waiter()
            self._waiting.append(waiter)
        waiter.wait(self.lanes.patience)
        with self._lock:
            if waiter.worker is None:
                if waiter in self._waiting:
                    self._waiting.remove(waiter)
                raise _saturated()
            return waiter.worker

    def _welcome(self, worker: Worker) -> None:
        worker.be_patient(self.lanes.share)
        self.give(worker)

    def give(self, worker: Worker) -> None:
        """Hand a worker to who has waited longest, or let it wait."""
        with self._lock:
            if self._is_closed:
                worker.close()
            elif self._waiting:
                self._waiting.popleft().serve(worker)
            else:
                self._idle.append(worker)
        self._first.set()

    def _miss(self, worker: Worker | None) -> None:
        """Replace an idle worker that ended; start anew when the zygote did."""
        if worker is None:
            self._let_go()
            if not self._is_closed:
                self._start_anew()
            return
        with self._lock:
            if worker not in self._idle:
                return
            self._idle.remove(worker)
        worker.close()
        self._crew.want()

    def _let_go(self) -> None:
        with self._lock:
            gone, self._idle = self._idle, []
        for worker in gone:
            worker.close()

    def _start_anew(self) -> None:
        self._crew.close()
        time.sleep(0.5)
        crew = Crew(self.plan, self._welcome, self._miss)
        with self._lock:
            is_wanted = not self._is_closed
            if is_wanted:
                self._crew = crew
        if not is_wanted:
            crew.close()
            return
        crew.start()
        for _ in range(self.lanes.fast):
            crew.want()

    def replace(self) -> None:
        """Ask for a worker in place of one that left the fast lane."""
        self.replaced += 1
        self._crew.want()

    @property
    def share(self) -> float:
        """Return how many seconds a query may hold a fast worker now."""
        return self.lanes.share / (1 + len(self._waiting) / 8)

    def slow_lane(self, query: Query) -> SlowLane:
        """Return the lane that a query moves to when it takes long."""
        return self._foreign_lane if query.is_foreign else self._own_lane

    def is_calm(self) -> bool:
        """Tell whether one worker more than the next query needs is free, and nobody waits."""
        return len(self._idle) > 1 and not self._waiting


def _saturated() -> Saturated:
    return Saturated(
        message("Every worker is busy, and the queue is full."),
        "",
        message("Try again in a few seconds."),
    )
