"""Answers kept as bytes.

In: a key and what it leads to, with its size. Out: the same again, until room is needed. A release
never changes while it is served, so what is kept stays true; what changes from one moment to the
next (``NOW()``, ``RAND()``, a remote store) is not offered.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from ..queries import decode_escapes

__all__ = ["ByteCache", "is_volatile"]

T = TypeVar("T")
#: What one entry costs beside its bytes, roughly.
_OVERHEAD = 1024
#: A name before its bracket, or before a comment, behind which the bracket may come. Comments are
#: not read to their ends: a text of many would take time by the square of its length.
_VOLATILE = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\s*+[(#]", re.IGNORECASE)


def is_volatile(text: str) -> bool:
    r"""Tell whether a query may answer differently the next time; rather too often than not.

    >>> is_volatile("SELECT (NOW() AS ?now) {}"), is_volatile("ASK {}")
    (True, False)
    >>> is_volatile("SELECT (NOW#?\n() AS ?now) {}"), is_volatile(r"SELECT (\u004eOW() AS ?now) {}")
    (True, True)
    """
    if "\\u" in text or "\\U" in text:
        text = decode_escapes(text)
    return "(" in text and _VOLATILE.search(text) is not None


class ByteCache(Generic[T]):
    """The most recently used entries, bounded by bytes; one entry takes an eighth at most."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0
        self.hits = 0
        self.misses = 0
        self._entries: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable) -> T | None:
        """Return what is kept under a key, or nothing."""
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                self.misses += 1
                return None
            self._entries.move_to_end(key)
            self.hits += 1
            return found[0]

    def put(self, key: Hashable, value: T, size: int) -> None:
        """Keep a value of a size in bytes, and let go of those not used for longest."""
        size += _OVERHEAD
        if size > self.most // 8:
            return
        with self._lock:
            if known := self._entries.pop(key, None):
                self.bytes -= known[1]
            self._entries[key] = (value, size)
            self.bytes += size
            while self.bytes > self.most:
                _, (_, gone) = self._entries.popitem(last=False)
                self.bytes -= gone
