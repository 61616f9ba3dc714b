"""A log of requests as JSON, one a line, which holds nothing personal unless told to.

In: a request and its response. Out: a line. Who asked is left out, or hashed with a salt that is
forgotten when the process ends; what was asked is a hash, unless texts are wanted.
"""

import hashlib
import json
import os
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

__all__ = ["LogSettings", "QueryLog"]


@dataclass(frozen=True)
class LogSettings:
    """Where the log goes and what it tells.

    :param path: a file; ``-`` is standard output; none: no log.
    :param clients: tell clients apart by a hash.
    :param texts: write the text of queries.
    :param slow: seconds from which a request is marked slow.
    """

    path: str = ""
    clients: bool = False
    texts: bool = False
    slow: float = 1.0


class QueryLog:
    """A log, open for as long as the process lives."""

    def __init__(self, settings: LogSettings) -> None:
        self.settings = settings
        self.is_on = bool(settings.path)
        self._lock = threading.Lock()
        self._salt = os.urandom(16)
        self._stream: IO[str] | None = None
        if settings.path == "-":
            self._stream = sys.stdout
        elif settings.path:
            self._stream = Path(settings.path).open("a", encoding="utf-8")

    def write(
        self,
        *,
        method: str,
        path: str,
        status: int,
        seconds: float,
        size: int,
        is_cached: bool,
        client: str,
        query: str,
        facts: dict[str, object],
    ) -> None:
        """Write one line."""
        if self._stream is None:
            return
        entry: dict[str, object] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": method,
            "path": path,
            "status": status,
            "seconds": round(seconds, 6),
            "bytes": size,
            "cached": is_cached,
            **{name: value for name, value in facts.items() if value is not None},
        }
        if seconds >= self.settings.slow:
            entry["slow"] = True
        if self.settings.clients and client:
            salted = self._salt + client.encode()
            entry["client"] = hashlib.sha256(salted).hexdigest()[:16]
        if query:
            entry["query"] = hashlib.sha256(query.encode()).hexdigest()[:16]
            if self.settings.texts:
                entry["text"] = query
        line = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        with self._lock:
            self._stream.write(line + "\n")
            self._stream.flush()
