"""Errors as problem details (RFC 9457), the same shape on every route, in English or Chinese.

In: an error and a language. Out: a response with ``type``, ``title``, ``status``, ``detail``,
``fix`` and, where there is one, the place: ``parameter``, or ``line`` and ``column``.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from ..errors import (
    DeadlineExceeded,
    JsbioError,
    LimitError,
    MemoryExceeded,
    NotAcceptable,
    NotFound,
    ParameterError,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    ResultTooLarge,
    Saturated,
    StoreError,
)
from ..i18n import Message, message
from ..vocabulary import BASE
from .exchange import Response

__all__ = ["HttpError", "Problem", "is_fault", "problem_of", "respond_problem"]

_PLACE = re.compile(r"(\d+):(\d+)\Z")


class HttpError(JsbioError):
    """A request that HTTP itself has a status for: wrong method, too large, wrong type."""

    def __init__(
        self,
        status: int,
        what: Message,
        fix: Message,
        where: str = "",
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(what, where, fix)
        self.status = status
        self.headers = headers


#: Class, status and title, the most special first.
_KINDS: tuple[tuple[type[JsbioError], int, str, Message], ...] = (
    (QuerySyntaxError, 400, "query-syntax", message("The query is not SPARQL")),
    (QueryRefused, 400, "query-refused", message("The query is refused")),
    (ParameterError, 400, "parameter", message("A parameter is wrong")),
    (NotAcceptable, 406, "not-acceptable", message("No format fits")),
    (DeadlineExceeded, 504, "deadline", message("The query took too long")),
    (MemoryExceeded, 507, "memory", message("The query needed too much memory")),
    (ResultTooLarge, 507, "result-too-large", message("The answer is too large")),
    (LimitError, 507, "limit", message("The query broke a limit")),
    (QueryError, 400, "query", message("The query is wrong")),
    (NotFound, 404, "not-found", message("Not found")),
    (Saturated, 503, "saturated", message("The service is busy")),
    (StoreError, 502, "store", message("The store failed")),
)
_STATUSES = {
    400: ("request", message("The request is wrong")),
    404: ("not-found", message("Not found")),
    405: ("method", message("The method is not allowed")),
    406: ("not-acceptable", message("No format fits")),
    408: ("slow-request", message("The request came too slowly")),
    412: ("precondition", message("The condition does not hold")),
    413: ("too-large", message("The request is too large")),
    414: ("too-long", message("The address is too long")),
    415: ("media-type", message("The media type is not supported")),
    416: ("range", message("The range is not there")),
    429: ("rate", message("Too many requests")),
    431: ("headers", message("The headers are too large")),
    500: ("internal", message("An error of ours")),
    503: ("saturated", message("The service is busy")),
}


@dataclass(frozen=True)
class Problem:
    """The members of problem details, and the headers that go with them."""

    status: int
    members: dict[str, Any]
    headers: tuple[tuple[str, str], ...] = ()


def problem_of(error: Exception, language: str) -> Problem:
    """Say an error in a language; an unknown one says nothing of its inside."""
    if isinstance(error, HttpError):
        kind, title = _STATUSES.get(error.status, _STATUSES[400])
        return _describe(error, error.status, kind, title, language, error.headers)
    for each, status, kind, title in _KINDS:
        if isinstance(error, each):
            retry = (("Retry-After", "2"),) if status == 503 else ()
            return _describe(error, status, kind, title, language, retry)
    kind, title = _STATUSES[500]
    unknown = JsbioError(
        message("The service made an error, and has logged it."),
        fix=message("Try again; if it happens again, tell the people who run the service."),
    )
    return _describe(unknown, 500, kind, title, language, ())


def _describe(
    error: JsbioError,
    status: int,
    kind: str,
    title: Message,
    language: str,
    headers: tuple[tuple[str, str], ...],
) -> Problem:
    members: dict[str, Any] = {
        "type": f"{BASE}problems/{kind}",
        "title": title.in_language(language),
        "status": status,
        "detail": error.what.in_language(language),
        "fix": error.fix.in_language(language) if error.fix else "",
    }
    if isinstance(error, ParameterError) and error.where:
        members["parameter"] = error.where
    elif place := _PLACE.match(error.where):
        members["line"], members["column"] = int(place[1]), int(place[2])
    return Problem(status, members, headers)


def is_fault(error: Exception) -> bool:
    """Tell whether an error is one of ours, which is to be logged."""
    return not isinstance(error, HttpError) and not any(isinstance(error, k[0]) for k in _KINDS)


def respond_problem(error: Exception, language: str) -> Response:
    """Return the response for an error."""
    problem = problem_of(error, language)
    return Response(
        problem.status,
        json.dumps(problem.members, ensure_ascii=False, indent=2).encode() + b"\n",
        (
            ("Content-Type", "application/problem+json"),
            ("Content-Language", language),
            ("Cache-Control", "no-store"),
            *problem.headers,
        ),
        {"problem": problem.members["type"]},
    )
