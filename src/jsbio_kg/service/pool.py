"""A store behind workers: every query in a process of its own that can be killed.

In: a plan of what to load. Out: answers, or the error that a limit was broken. A query starts in
the fast lane. One that needs longer than a fast share moves, with its worker, to the slow lane,
which has few places and the lowest priority; a fresh worker takes its place in the fast lane. So a
query that is too heavy meets its deadline alone, and no other query waits for it.
"""

import signal
import threading
import time
from collections import deque
from dataclasses import dataclass

from ..errors import (
    DeadlineExceeded,
    JsbioError,
    MemoryExceeded,
    QueryRefused,
    Saturated,
    StoreError,
)
from ..i18n import message
from ..store import Answer, Query
from .crew import Crew, Worker
from .plan import Plan
from .wire import Gone, Incoming, Reply, pack_query, reply_from

__all__ = ["Lanes", "WorkerPool"]


@dataclass(frozen=True)
class Lanes:
    """How the workers are shared out.

    :param fast: workers of the fast lane.
    :param slow: places in the slow lane.
    :param share: seconds that a query may hold a fast worker.
    :param queue: queries that may wait for a fast worker.
    :param patience: seconds that one may wait.
    """

    fast: int = 3
    slow: int = 1
    share: float = 0.25
    queue: int = 64
    patience: float = 5.0


class _Waiter:
    """A query that waits for a worker."""

    def __init__(self) -> None:
        self.worker: Worker | None = None
        self.is_served = threading.Event()


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
        self._slow_places = self.lanes.slow
        self._is_closed = False
        self._first = threading.Event()
        self._crew = Crew(plan, self._give, self._miss)

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
    def waiting(self) -> int:
        """Return how many queries wait for a worker."""
        return len(self._waiting)

    @property
    def idle(self) -> int:
        """Return how many workers wait for a query."""
        return len(self._idle)

    @property
    def slow(self) -> int:
        """Return how many queries run in the slow lane."""
        return self.lanes.slow - self._slow_places

    def answer(self, query: Query) -> Answer:
        """Answer a query in a worker; see :class:`~jsbio_kg.store.Store`."""
        most = self.plan.limits.seconds
        seconds = min(query.seconds, most) if query.seconds else most
        errand = _Errand(self, self._take(), seconds)
        reply = errand.run(query)
        if reply.error is not None:
            raise reply.error
        assert reply.answer is not None
        return reply.answer

    def close(self) -> None:
        """End every worker."""
        self._is_closed = True
        self._crew.close()

    # -- workers come and go ---------------------------------------------------------------------

    def _take(self) -> Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if len(self._waiting) >= self.lanes.queue or self._is_closed:
                raise _saturated()
            waiter = _Waiter()
            self._waiting.append(waiter)
        waiter.is_served.wait(self.lanes.patience)
        with self._lock:
            if waiter.worker is None:
                if waiter in self._waiting:
                    self._waiting.remove(waiter)
                raise _saturated()
            return waiter.worker

    def _give(self, worker: Worker) -> None:
        """Hand a worker to who has waited longest, or let it wait."""
        with self._lock:
            if self._waiting:
                waiter = self._waiting.popleft()
                waiter.worker = worker
                waiter.is_served.set()
            else:
                self._idle.append(worker)
        self._first.set()

    def _miss(self, worker: Worker | None) -> None:
        """Replace an idle worker that ended; start anew when the zygote did."""
        with self._lock:
            if worker is not None:
                if worker in self._idle:
                    self._idle.remove(worker)
                    worker.close()
                    self._crew.want()
                return
            self._idle.clear()
            if self._is_closed:
                return
        self._crew.close()
        time.sleep(0.5)
        self._crew = Crew(self.plan, self._give, self._miss)
        self._crew.start()
        for _ in range(self.lanes.fast):
            self._crew.want()

    def _replace(self) -> None:
        self.replaced += 1
        self._crew.want()

    def _enter_slow_lane(self) -> bool:
        with self._lock:
            if self._slow_places == 0:
                return False
            self._slow_places -= 1
        return True

    def _leave_slow_lane(self) -> None:
        with self._lock:
            self._slow_places += 1

    def _is_calm(self) -> bool:
        return bool(self._idle) and not self._waiting


class _Errand:
    """One query in one worker, from the moment it is sent to the moment the worker is free."""

    def __init__(self, pool: WorkerPool, worker: Worker, seconds: float) -> None:
        self.pool = pool
        self.worker = worker
        self.seconds = seconds
        self.until = time.monotonic() + seconds
        self.is_slow = False

    def run(self, query: Query) -> Reply:
        reply: Reply | None = None
        try:
            self.send(query)
            reply = self.receive()
            return reply
        except (Gone, ConnectionError):
            raise self.explain_end() from None
        finally:
            self.finish(reply is not None and not reply.is_last)

    def send(self, query: Query) -> None:
        self.worker.connection.settimeout(self.seconds)
        try:
            for piece in pack_query(query):
                self.worker.connection.sendall(piece)
        except TimeoutError:
            raise self.late() from None

    def receive(self) -> Reply:
        incoming = Incoming(self.worker.connection)
        step = time.monotonic() + self.pool.lanes.share
        while True:
            try:
                return reply_from(*incoming.wait(min(step, self.until)))
            except TimeoutError:
                now = time.monotonic()
            if now >= self.until:
                raise self.late()
            if not self.is_slow:
                self.move()
            step = self.until if self.is_slow else now + self.pool.lanes.share

    def move(self) -> None:
        """Leave the fast lane, or stay while nobody needs the place."""
        if self.pool._enter_slow_lane():
            self.is_slow = True
            self.worker.lower()
            self.pool._replace()
        elif not self.pool._is_calm():
            raise Saturated(
                message("The query takes long, and others that do have every place for it."),
                "",
                message("Try again in a few seconds, or ask for less."),
            )

    def finish(self, is_whole: bool) -> None:
        if is_whole and not self.is_slow:
            self.pool._give(self.worker)
            return
        if not is_whole:
            self.worker.kill()
        self.worker.close()
        if self.is_slow:
            self.pool._leave_slow_lane()
        else:
            self.pool._replace()

    def late(self) -> DeadlineExceeded:
        return DeadlineExceeded(
            message("The query did not finish within %(seconds)g seconds.", seconds=self.seconds),
            "",
            message("Bind more terms, add LIMIT, or leave out ORDER BY; or load a dump."),
        )

    def explain_end(self) -> JsbioError:
        """Say why the worker ended of itself."""
        fatal = self.worker.fatal_signal()
        if fatal in (signal.SIGABRT, signal.SIGKILL):
            return MemoryExceeded(
                message(
                    "The query needs more than %(mib)d MiB of memory.",
                    mib=self.pool.plan.limits.heap >> 20,
                ),
                "",
                message("Add LIMIT, or leave out ORDER BY, DISTINCT or a product of patterns."),
            )
        if fatal in (signal.SIGSEGV, signal.SIGBUS):
            return QueryRefused(
                message("The query nests deeper than the engine can read."),
                "",
                message("Write it with fewer brackets, paths or operators in one another."),
            )
        return StoreError(message("The worker ended."), "", message("Try again."))


def _saturated() -> Saturated:
    return Saturated(
        message("Every worker is busy, and the queue is full."),
        "",
        message("Try again in a few seconds."),
    )
