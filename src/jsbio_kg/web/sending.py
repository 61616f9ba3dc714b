"""Sending a finished response, or what a client's conditions and ranges make of it.

In: a response with everything on it, and the request's headers. Out: what WSGI sends.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from ..i18n import message
from .conditional import Part, evaluate, read_range
from .exchange import Environ, StartResponse
from .negotiation import choose_language
from .problems import HttpError, respond_problem

__all__ = ["Finished", "language_of", "send"]

#: Headers of a representation, which a refusal does not have.
_OF_THE_BODY = (
    "accept-ranges",
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-type",
    "etag",
)

_CHUNK = 256 << 10
_STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


@dataclass(frozen=True)
class Finished:
    """A finished response: what is sent unless the client's conditions say otherwise.

    :param file: the body, when it is too large to be held in memory; ``body`` is then empty.
    """

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    etag: str = ""
    brief: tuple[tuple[str, str], ...] = ()
    is_lasting: bool = False
    has_ranges: bool = False
    file: Path | None = None
    size: int = 0


def send(
    environ: Environ, start_response: StartResponse, kept: Finished, *more: tuple[str, str]
) -> Iterable[bytes]:
    """Send a response, or what the client's conditions make of it."""
    status, headers = kept.status, kept.headers
    part = None
    if kept.etag:
        if_match, if_none_match = environ.get("HTTP_IF_MATCH"), environ.get("HTTP_IF_NONE_MATCH")
        if if_match or if_none_match:
            status = evaluate(kept.etag, if_match or "", if_none_match or "")
        if status == 200 and kept.has_ranges and "HTTP_RANGE" in environ:
            if_range = environ.get("HTTP_IF_RANGE", "")
            part = read_range(environ["HTTP_RANGE"], if_range, kept.etag, kept.size)
            status = 200 if part is None else 416 if part.first is None else 206
    body: Iterable[bytes] = [kept.body]
    if status == 304:
        headers, body = [*kept.brief], []
    elif status in (412, 416):
        headers, body = _refuse(environ, kept, status)
    elif part is not None:
        headers, body = _cut(kept, part)
    elif kept.file is not None:
        body = _read(kept.file, 0, kept.size)
    start_response(_STATUS_LINES[status], [*headers, *more])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else body


def _cut(kept: Finished, part: Part) -> tuple[list[tuple[str, str]], Iterable[bytes]]:
    """Return the part of a body that a range asks for."""
    first, last = part.first or 0, part.last or 0
    headers = [
        *(item for item in kept.headers if item[0] != "Content-Length"),
        ("Content-Range", f"bytes {first}-{last}/{kept.size}"),
        ("Content-Length", str(last - first + 1)),
    ]
    if kept.file is not None:
        return headers, _read(kept.file, first, last - first + 1)
    return headers, [kept.body[first : last + 1]]


def _read(path: Path, first: int, length: int) -> Iterator[bytes]:
    """Read a piece of a file, chunk by chunk; what breaks ends the connection."""
    with path.open("rb") as stream:
        stream.seek(first)
        while length > 0 and (chunk := stream.read(min(length, _CHUNK))):
            length -= len(chunk)
            yield chunk


def _refuse(
    environ: Environ, kept: Finished, status: int
) -> tuple[list[tuple[str, str]], list[bytes]]:
    """Say that the client's condition or range does not fit these bytes."""
    if status == 412:
        error = HttpError(
            412,
            message("The representation is another one now: its tag is %(tag)s.", tag=kept.etag),
            message("Get it anew, without If-Match."),
        )
    else:
        error = HttpError(
            416,
            message("The range begins behind the last of %(size)d bytes.", size=kept.size),
            message("Ask for bytes before the end."),
            headers=(("Content-Range", f"bytes */{kept.size}"),),
        )
    problem = respond_problem(error, language_of(environ))
    shared = [item for item in kept.headers if item[0].lower() not in _OF_THE_BODY]
    length = ("Content-Length", str(len(problem.body)))
    return [*problem.headers, length, *shared], [problem.body]


def language_of(environ: Environ) -> str:
    """Return the language that a request asks for, in its address or its header."""
    asked = re.search(r"(?:^|&)lang=([a-zA-Z-]*)", environ.get("QUERY_STRING", ""))
    return choose_language(asked[1] if asked else "", environ.get("HTTP_ACCEPT_LANGUAGE", "")[:999])
