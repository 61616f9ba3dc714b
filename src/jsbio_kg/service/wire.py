"""Messages between the service and its workers: a query out, an answer or an error back.

In: our own types. Out: bytes on a socket: a fixed head, details as JSON if there are any, a body.
Nothing is unpickled: a worker that a query took over could send nothing but a wrong answer.
"""

import json
import socket
import struct
import time
from dataclasses import dataclass
from typing import Any, get_args

from .. import errors
from ..errors import JsbioError, StoreError
from ..i18n import Message, message
from ..store import FORMATS, Answer, AnswerKind, Dataset, Format, Query

__all__ = [
    "PIECE",
    "Gone",
    "Incoming",
    "Parcel",
    "Reply",
    "pack_answer",
    "pack_error",
    "pack_query",
    "reply_from",
    "send",
    "unpack_query",
]

#: Two small numbers, whether the worker retires, rows, the sizes of details and body.
_HEAD = struct.Struct("<BBBqIQ")
_FORMATS = (None, *FORMATS.values())
_NUMBERS = {each: number for number, each in enumerate(_FORMATS)}
_KINDS: tuple[AnswerKind, ...] = get_args(AnswerKind)
_ERROR = 255
#: What is read at once: a small message comes in one piece.
PIECE = 1 << 16


class Gone(Exception):
    """The other end has closed."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message taken apart."""

    first: int
    second: int
    is_last: bool
    rows: int
    details: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker sent: an answer, or the error to raise; and whether it retires now."""

    answer: Answer | None
    error: JsbioError | None
    is_last: bool


def _pack(
    first: int, second: int, is_last: bool, rows: int, details: bytes, body: bytes
) -> list[bytes]:
    head = _HEAD.pack(first, second, is_last, rows, len(details), len(body))
    if len(body) < PIECE:
        return [head + details + body]
    return [head + details, body]


def pack_query(query: Query) -> list[bytes]:
    """Return the pieces of the message that carries a query."""
    dataset = query.dataset
    details = b""
    if dataset is not None:
        details = json.dumps([dataset.default_graphs, dataset.named_graphs]).encode()
    numbers = _NUMBERS[query.solutions], _NUMBERS[query.graph]
    return _pack(*numbers, False, 0, details, query.text.encode())


def unpack_query(parcel: Parcel) -> Query:
    """Return the query of a message."""
    dataset = None
    if parcel.details:
        default, named = json.loads(parcel.details)
        dataset = Dataset(tuple(default), tuple(named))
    formats = _FORMATS[parcel.first], _FORMATS[parcel.second]
    return Query(parcel.body.decode(), *formats, dataset)


def pack_answer(answer: Answer, is_last: bool = False) -> list[bytes]:
    """Return the pieces of the message that carries an answer."""
    rows = -1 if answer.rows is None else answer.rows
    kind, format = _KINDS.index(answer.kind), _NUMBERS[answer.format]
    return _pack(kind, format, is_last, rows, b"", answer.body)


def pack_error(error: Exception, is_last: bool = False) -> list[bytes]:
    """Return the pieces of the message that carries an error, or that there was one of ours."""
    if not isinstance(error, JsbioError):
        error = StoreError(message("The worker failed: %(error)s.", error=type(error).__name__))
    details = {
        "error": type(error).__name__,
        "what": _message(error.what),
        "where": error.where,
        "fix": _message(error.fix) if error.fix else None,
    }
    return _pack(_ERROR, 0, is_last, 0, json.dumps(details).encode(), b"")


def _message(text: Message) -> list[Any]:
    return [text.text, {name: _plain(value) for name, value in text.values.items()}]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else str(value)


def reply_from(parcel: Parcel) -> Reply:
    """Return what a worker's message says."""
    if parcel.first != _ERROR:
        format = _FORMATS[parcel.second]
        assert isinstance(format, Format)
        rows = None if parcel.rows < 0 else parcel.rows
        answer = Answer(_KINDS[parcel.first], format, parcel.body, rows)
        return Reply(answer, None, parcel.is_last)
    details = json.loads(parcel.details)
    kind = getattr(errors, details["error"], StoreError)
    fix = Message(*details["fix"]) if details["fix"] else None
    error = kind(Message(*details["what"]), details["where"], fix)
    return Reply(None, error, parcel.is_last)


def send(connection: socket.socket, pieces: list[bytes]) -> None:
    """Send the pieces of a message.

    :raises Gone: when the other end has closed.
    """
    try:
        for piece in pieces:
            connection.sendall(piece)
    except ConnectionError:
        raise Gone from None


class Incoming:
    """One message on its way; waiting can be given up and taken up again.

    :param patience: seconds after which the socket itself gives up, when it was told to.
    """

    def __init__(self, connection: socket.socket, patience: float = 0.0) -> None:
        self._connection = connection
        self._patience = patience
        self._buffer = bytearray()
        self._wanted = 0

    def wait(self, until: float | None = None) -> Parcel:
        """Return the whole message.

        :param until: the moment (monotonic) to give up.
        :raises TimeoutError: when the moment comes first; what has come is kept.
        :raises Gone: when the other end closes first.
        """
        while True:
            if self._wanted == 0 and len(self._buffer) >= _HEAD.size:
                *_, details, body = _HEAD.unpack_from(self._buffer)
                self._wanted = _HEAD.size + details + body
            if self._wanted and len(self._buffer) >= self._wanted:
                return self._take_apart()
            self._receive(until)

    def _receive(self, until: float | None) -> None:
        """Receive once; a socket that gives up by itself saves asking the kernel twice."""
        if until is not None:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            patience = None if self._patience and left >= self._patience * 0.99 else left
            if patience != self._connection.gettimeout():
                self._connection.settimeout(patience)
        missing = max(PIECE, self._wanted - len(self._buffer))
        try:
            piece = self._connection.recv(min(missing, 1 << 24))
        except ConnectionError:
            raise Gone from None
        except BlockingIOError:
            raise TimeoutError from None
        if not piece:
            raise Gone
        self._buffer += piece

    def _take_apart(self) -> Parcel:
        first, second, is_last, rows, details, _ = _HEAD.unpack_from(self._buffer)
        middle = _HEAD.size + details
        with memoryview(self._buffer) as view:
            return Parcel(
                first,
                second,
                bool(is_last),
                rows,
                bytes(view[_HEAD.size : middle]),
                bytes(view[middle : self._wanted]),
            )
