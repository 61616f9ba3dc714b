"""A log of requests as JSON, one a line, which holds nothing personal unless told to.

In: a request and its response. Out: a line. Who asked is left out, or hashed with a salt that is
forgotten when the process ends; what was asked is a hash, unless texts are wanted.
"""

import hashlib
import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

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
        self._salt = os.urandom(16)
        self._descriptor = -1
        if settings.path == "-":
            self._descriptor = sys.stdout.fileno()
        elif settings.path:
            # Lines of several processes, while one is swapped for another, do not mix.
            self._descriptor = os.open(settings.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)

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
        if not self.is_on:
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
        os.write(self._descriptor, line.encode() + b"\n")
