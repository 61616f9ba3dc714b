"""What endpoints say, each in a way of its own, made into what is said here.

In: the body of an answer, or the status and body of an error. Out: rows as the standard writes
them; an error of ours, with the endpoint's own words.
"""

import json
import re
from typing import Any, Final

import pyoxigraph

from ..errors import (
    DeadlineExceeded,
    JsbioError,
    MemoryExceeded,
    QueryRefused,
    QuerySyntaxError,
    ResultTooLarge,
    Saturated,
    StoreError,
)
from ..i18n import message
from .embedded import RESULT_FORMATS
from .formats import Format

__all__ = ["explain", "is_boolean", "late", "rewrite"]

#: Virtuoso calls blank nodes by addresses, which no format allows.
_VIRTUOSO_BLANK: Final = re.compile(
    rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*"|<bnode>)nodeID://'
)
_VIRTUOSO_ASK: Final = "__ASK_RETVAL"
_Solutions = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean
_KINDS: dict[str, type[JsbioError]] = {
    "query-syntax": QuerySyntaxError,
    "query-refused": QueryRefused,
    "deadline": DeadlineExceeded,
    "memory": MemoryExceeded,
    "result-too-large": ResultTooLarge,
    "saturated": Saturated,
}
_STATUSES: dict[int, type[JsbioError]] = {
    400: QuerySyntaxError,
    503: Saturated,
    504: DeadlineExceeded,
    507: MemoryExceeded,
}


def rewrite(body: bytes, found: Format, wanted: Format) -> bytes:
    """Return rows, or yes or no, in a format, spelled as the standard has them.

    :raises SyntaxError: when they cannot be read.
    """
    body = _VIRTUOSO_BLANK.sub(rb"\1", body)
    return _written(pyoxigraph.parse_query_results(body, RESULT_FORMATS[found.name]), wanted)


def _written(parsed: _Solutions, wanted: Format) -> bytes:
    """Return rows, or yes or no, in a format; Virtuoso says yes or no in a row."""
    format = RESULT_FORMATS[wanted.name]
    if not isinstance(parsed, pyoxigraph.QueryBoolean) and [
        variable.value for variable in parsed.variables
    ] == [_VIRTUOSO_ASK]:
        is_true = any(row[0].value == "1" for row in parsed)
        text = f'{{"head":{{}},"boolean":{str(is_true).lower()}}}'
        parsed = pyoxigraph.parse_query_results(text, RESULT_FORMATS["json"])
    return parsed.serialize(format=format) or b""


def is_boolean(body: bytes) -> bool:
    """Tell whether an answer is yes or no, in whatever format."""
    if len(body) > 1000:
        return False
    return body.strip() in (b"true", b"false") or bool(
        re.search(rb'"boolean"\s*:\s*(true|false)|<boolean>', body) and b"bindings" not in body
    )


def late() -> DeadlineExceeded:
    """Say that the endpoint was not in time."""
    return DeadlineExceeded(
        message("The endpoint did not answer in time."),
        "",
        message("Bind more terms, add LIMIT, or leave out ORDER BY."),
    )


def explain(status: int, body: bytes, elsewhere: str | None = None) -> JsbioError:
    """Turn an endpoint's error into ours; problem details of our kind keep their words.

    :param elsewhere: where it sends us.
    """
    if 300 <= status < 400:
        return StoreError(
            message(
                "The endpoint sends us to another address, %(to)r.", to=(elsewhere or "")[:300]
            ),
            fix=message("Name that address with --store, if it is the one you mean."),
        )
    try:
        content: dict[str, Any] = json.loads(body)
        kind = str(content.get("type", "")).rpartition("/")[2]
    except (ValueError, AttributeError):
        content, kind = {}, ""
    error = _KINDS.get(kind) or _STATUSES.get(status, StoreError)
    if status in (401, 403):
        return StoreError(
            message("The endpoint does not let us in (%(status)d).", status=status),
            fix=message("Check the credentials in the environment; docs/deployment.md names them."),
        )
    detail = str(content.get("detail") or f"HTTP {status}")[:300]
    where = f"{content['line']}:{content['column']}" if "line" in content else ""
    return error(
        message("The endpoint says: %(detail)s", detail=detail),
        where,
        message("%(fix)s", fix=content["fix"]) if content.get("fix") else message("Try again."),
    )
