"""Messages between the service and its workers: a query out, an answer or an error back.

In: our own types. Out: bytes on a socket, a small JSON head and a body. Nothing is unpickled: a
worker that a query took over could send nothing but a wrong answer.
"""

import json
import socket
import struct
import time
from dataclasses import dataclass
from typing import Any

from .. import errors
from ..errors import JsbioError, StoreError
from ..i18n import Message, message
from ..store import FORMATS, Answer, Dataset, Query

__all__ = [
    "Gone",
    "Incoming",
    "Reply",
    "pack_answer",
    "pack_error",
    "pack_query",
    "reply_from",
    "unpack_query",
]

_SIZES = struct.Struct("<IQ")


class Gone(Exception):
    """The other end has closed."""


@dataclass(frozen=True)
class Reply:
    """What a worker sent: an answer, or the error to raise; and whether it retires now."""

    answer: Answer | None
    error: JsbioError | None
    is_last: bool


def _pack(head: dict[str, Any], body: bytes) -> list[bytes]:
    packed = json.dumps(head, separators=(",", ":")).encode()
    return [_SIZES.pack(len(packed), len(body)), packed, body]


def pack_query(query: Query) -> list[bytes]:
    """Return the pieces of the message that carries a query."""
    head: dict[str, Any] = {}
    if query.solutions:
        head["solutions"] = query.solutions.name
    if query.graph:
        head["graph"] = query.graph.name
    if query.dataset is not None:
        head["dataset"] = [query.dataset.default_graphs, query.dataset.named_graphs]
    return _pack(head, query.text.encode())


def unpack_query(head: dict[str, Any], body: bytes) -> Query:
    """Return the query of a message."""
    dataset = head.get("dataset")
    return Query(
        text=body.decode(),
        solutions=FORMATS[head["solutions"]] if "solutions" in head else None,
        graph=FORMATS[head["graph"]] if "graph" in head else None,
        dataset=Dataset(tuple(dataset[0]), tuple(dataset[1])) if dataset else None,
    )


def pack_answer(answer: Answer, is_last: bool = False) -> list[bytes]:
    """Return the pieces of the message that carries an answer."""
    head = {"kind": answer.kind, "format": answer.format.name, "rows": answer.rows}
    return _pack({**head, "last": is_last}, answer.body)


def pack_error(error: Exception, is_last: bool = False) -> list[bytes]:
    """Return the pieces of the message that carries an error, or that there was one of ours."""
    if not isinstance(error, JsbioError):
        error = StoreError(message("The worker failed: %(error)s.", error=type(error).__name__))
    head = {
        "error": type(error).__name__,
        "what": _message(error.what),
        "where": error.where,
        "fix": _message(error.fix) if error.fix else None,
        "last": is_last,
    }
    return _pack(head, b"")


def _message(text: Message) -> list[Any]:
    return [text.text, {name: _plain(value) for name, value in text.values.items()}]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else str(value)


class Incoming:
    """One message on its way; waiting can be given up and taken up again."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._parts: list[memoryview] = []
        self._part = memoryview(bytearray(_SIZES.size))
        self._filled = 0

    def wait(self, until: float | None = None) -> tuple[dict[str, Any], bytes]:
        """Return head and body of the whole message.

        :param until: the moment (monotonic) to give up.
        :raises TimeoutError: when the moment comes first; what has come is kept.
        :raises Gone: when the other end closes first.
        """
        self._fill(until)
        if not self._parts:
            self._parts = [
                memoryview(bytearray(size)) for size in _SIZES.unpack(self._part.tobytes())
            ]
            self._part, self._filled = self._parts[0], 0
        self._fill(until)
        if self._part is self._parts[0]:
            self._part, self._filled = self._parts[1], 0
        self._fill(until)
        return json.loads(self._parts[0].tobytes()), self._parts[1].tobytes()

    def _fill(self, until: float | None) -> None:
        while self._filled < len(self._part):
            if until is not None:
                left = until - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                self._connection.settimeout(left)
            try:
                count = self._connection.recv_into(self._part[self._filled :])
            except ConnectionError:
                raise Gone from None
            if count == 0:
                raise Gone
            self._filled += count


def reply_from(head: dict[str, Any], body: bytes) -> Reply:
    """Return what a worker's message says."""
    is_last = bool(head["last"])
    if "error" in head:
        kind = getattr(errors, head["error"], StoreError)
        fix = Message(*head["fix"]) if head["fix"] else None
        return Reply(None, kind(Message(*head["what"]), head["where"], fix), is_last)
    return Reply(Answer(head["kind"], FORMATS[head["format"]], body, head["rows"]), None, is_last)
