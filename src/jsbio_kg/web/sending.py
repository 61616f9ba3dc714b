"""Sending a finished response, or what a client's conditions and ranges make of it.

In: a response with everything on it, and the request's headers. Out: what WSGI sends.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus

from ..i18n import message
from .conditional import evaluate, read_range
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

_STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


@dataclass(frozen=True)
class Finished:
    """A finished response: what is sent unless the client's conditions say otherwise."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    etag: str = ""
    brief: tuple[tuple[str, str], ...] = ()
    is_lasting: bool = False
    has_ranges: bool = False


def send(
    environ: Environ, start_response: StartResponse, kept: Finished, timing: str
) -> list[bytes]:
    """Send a response, or what the client's conditions make of it."""
    status, headers, body = kept.status, kept.headers, kept.body
    if kept.etag:
        if_match, if_none_match = environ.get("HTTP_IF_MATCH"), environ.get("HTTP_IF_NONE_MATCH")
        if if_match or if_none_match:
            status = evaluate(kept.etag, if_match or "", if_none_match or "")
        if status == 200 and kept.has_ranges and "HTTP_RANGE" in environ:
            status, headers, body = _cut(environ, kept)
    if status == 304:
        headers, body = [*kept.brief], b""
    elif status in (412, 416):
        headers, body = _refuse(environ, kept, status)
    start_response(_STATUS_LINES[status], [*headers, ("Server-Timing", timing)])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _cut(environ: Environ, kept: Finished) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return the part of a body that a range asks for."""
    size = len(kept.body)
    part = read_range(environ["HTTP_RANGE"], environ.get("HTTP_IF_RANGE", ""), kept.etag, size)
    if part is None:
        return 200, kept.headers, kept.body
    headers = [item for item in kept.headers if item[0] != "Content-Length"]
    if part.first is None or part.last is None:
        return 416, [], b""
    body = kept.body[part.first : part.last + 1]
    headers += [
        ("Content-Range", f"bytes {part.first}-{part.last}/{size}"),
        ("Content-Length", str(len(body))),
    ]
    return 206, headers, body


def _refuse(environ: Environ, kept: Finished, status: int) -> tuple[list[tuple[str, str]], bytes]:
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
            message("The range begins behind the last of %(size)d bytes.", size=len(kept.body)),
            message("Ask for bytes before the end."),
            headers=(("Content-Range", f"bytes */{len(kept.body)}"),),
        )
    problem = respond_problem(error, language_of(environ))
    shared = [item for item in kept.headers if item[0].lower() not in _OF_THE_BODY]
    length = ("Content-Length", str(len(problem.body)))
    return [*problem.headers, length, *shared], problem.body


def language_of(environ: Environ) -> str:
    """Return the language that a request asks for, in its address or its header."""
    asked = re.search(r"(?:^|&)lang=([a-zA-Z-]*)", environ.get("QUERY_STRING", ""))
    return choose_language(asked[1] if asked else "", environ.get("HTTP_ACCEPT_LANGUAGE", "")[:999])
