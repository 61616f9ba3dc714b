"""A slow lane: a few places for queries that take long, and a queue before them.

In: queries that have had their share of the fast lane. Out: their turn, in the order they came.
"""

import threading
from collections import deque

__all__ = ["SlowLane"]


class SlowLane:
    """Places for queries that take long.

    :param places: how many run at once.
    :param queue: how many may wait, suspended.
    :param niceness: the priority of those that run, from 0, the highest, to 19.
    """

    def __init__(self, places: int, queue: int, niceness: int) -> None:
        self.niceness = niceness
        self._places = self._free = places
        self._queue = queue
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @property
    def running(self) -> int:
        """Return how many queries have a place."""
        return self._places - self._free

    @property
    def waiting(self) -> int:
        """Return how many queries wait for one."""
        return len(self._waiting)

    def enter(self) -> bool:
        """Take a place, if there is one."""
        with self._lock:
            if self._free == 0:
                return False
            self._free -= 1
        return True

    def wait(self, seconds: float) -> bool:
        """Wait for a place; tell whether there is one now."""
        turn = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            if len(self._waiting) >= self._queue:
                return False
            self._waiting.append(turn)
        if turn.wait(seconds):
            return True
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return False
        return True

    def leave(self) -> None:
        """Give a place to who has waited longest, or back."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
