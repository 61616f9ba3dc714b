"""One query in one worker: its time, its lane, its end.

In: a worker and a query. Out: the reply, or why there is none. The worker is free again, replaced
or gone when the errand is done, whatever happened.
"""

import signal
import time
from typing import TYPE_CHECKING

from ..errors import (
    DeadlineExceeded,
    JsbioError,
    MemoryExceeded,
    QueryRefused,
    Saturated,
    StoreError,
)
from ..i18n import message
from ..store import Query
from .crew import Worker
from .slow_lane import SlowLane
from .wire import Gone, Incoming, Reply, pack_query, reply_from, send

if TYPE_CHECKING:
    from .pool import WorkerPool

__all__ = ["Errand", "Vanished"]

#: A worker that ends within so many seconds was not ended by the query.
_AT_ONCE = 0.05


class Vanished(StoreError):
    """The worker ended before the query can have had a part in it."""


class Errand:
    """One query in one worker, from the moment it is sent to the moment the worker is free."""

    def __init__(self, pool: "WorkerPool", worker: Worker, lane: SlowLane, seconds: float) -> None:
        self.pool = pool
        self.lane = lane
        self.worker = worker
        self.seconds = seconds
        self.started = time.monotonic()
        self.until = self.started + seconds
        self.is_slow = False
        self.has_left = False

    def run(self, query: Query) -> Reply:
        """Send the query and wait for the reply.

        :raises QueryError: when a limit was broken.
        """
        reply: Reply | None = None
        try:
            self._send(query)
            reply = self._receive()
            return reply
        except Gone:
            raise self._explain_end() from None
        finally:
            self._finish(reply is not None and not reply.is_last)

    def _send(self, query: Query) -> None:
        pieces = pack_query(query)
        if len(pieces) > 1:  # a small one fits the socket's buffer and cannot wait
            self.worker.connection.settimeout(self.seconds)
        try:
            send(self.worker.connection, pieces)
        except TimeoutError:
            raise self._late() from None

    def _receive(self) -> Reply:
        incoming = Incoming(self.worker.connection, self.worker.patience)
        step = self.started + self.pool.share / 2
        used = -1.0
        while True:
            try:
                return reply_from(incoming.wait(min(step, self.until)))
            except TimeoutError:
                now = time.monotonic()
            if now >= self.until:
                raise self._late()
            if self.is_slow:
                step = self.until
                continue
            # What counts is what the query has used: on a busy machine time passes by itself.
            share, spent = self.pool.share, self.worker.processor_seconds()
            if used < 0:
                used = spent
            elif spent - used >= share / 2:
                self._move()
                used = spent
            step = self.until if self.is_slow else time.monotonic() + share / 2

    def _move(self) -> None:
        """Leave the fast lane; or stay, at the lowest priority, while nobody needs the place."""
        self.worker.lower(self.lane.niceness)
        if self.lane.enter():
            self.is_slow = True
            self.pool.replace()
        elif not self.pool.is_calm():
            self._suspend()

    def _suspend(self) -> None:
        """Stop the worker where it is, and go on when the slow lane has a place."""
        self.worker.suspend()
        self.has_left = True
        self.pool.replace()
        if not self.lane.wait(self.until - time.monotonic()):
            raise Saturated(
                message("The query takes long, and others that do have every place for it."),
                "",
                message("Try again in a few seconds, or ask for less."),
            )
        self.is_slow = True
        self.worker.resume()

    def _finish(self, is_whole: bool) -> None:
        if is_whole and not self.worker.is_low:
            self.pool.give(self.worker)
            return
        if not is_whole:
            self.worker.kill()
        self.worker.close()
        if self.is_slow:
            self.lane.leave()
        elif not self.has_left:
            self.pool.replace()

    def _late(self) -> DeadlineExceeded:
        return DeadlineExceeded(
            message("The query did not finish within %(seconds)g seconds.", seconds=self.seconds),
            "",
            message("Bind more terms, add LIMIT, or leave out ORDER BY; or load a dump."),
        )

    def _explain_end(self) -> JsbioError:
        """Say why the worker ended of itself."""
        spent = time.monotonic() - self.started
        fatal = self.worker.fatal_signal()
        if fatal in (0, signal.SIGKILL) and spent < _AT_ONCE:
            return Vanished(message("The worker ended."), "", message("Try again."))
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
