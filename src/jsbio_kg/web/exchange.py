"""A request and a response, without a framework.

In: what any server knows of a request. Out: what any server can send. The SPARQL protocol and the
cache speak these two types only, so that they run ahead of Flask and behind it alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from ..errors import ParameterError
from ..i18n import message

__all__ = [
    "MOST_FIELDS",
    "Environ",
    "Request",
    "Response",
    "StartResponse",
    "name_header",
    "path_of",
    "read_form",
    "read_headers",
]

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

#: How many fields a query string or a form may have.
MOST_FIELDS = 1000


@dataclass(frozen=True)
class Request:
    """A request; header names are in lower case, several of one name joined by commas."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    client: str = ""

    def header(self, name: str) -> str:
        """Return a header, or an empty text."""
        return self.headers.get(name, "")


@dataclass(frozen=True)
class Response:
    """A response.

    :param facts: what the log and the metrics want to know of it.
    :param file: the body, when it is a file.
    """

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    file: Path | None = None

    def header(self, name: str) -> str:
        """Return the first header of this name, or an empty text."""
        for key, value in self.headers:
            if key.lower() == name.lower():
                return value
        return ""

    def with_headers(self, *headers: tuple[str, str]) -> "Response":
        """Return the same response with more headers."""
        return replace(self, headers=(*self.headers, *headers))

    def with_facts(self, **facts: Any) -> "Response":
        """Return the same response with more facts."""
        return replace(self, facts={**self.facts, **facts})


def read_form(text: str, where: str) -> dict[str, list[str]]:
    """Read ``application/x-www-form-urlencoded`` text, which must be UTF-8.

    :param where: what holds it, for errors.
    :raises ParameterError: when it is not UTF-8 or has too many fields.

    >>> read_form("query=ASK%20%7B%7D&lang=", "query string")
    {'query': ['ASK {}'], 'lang': ['']}
    """
    fields: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError:
        raise ParameterError(
            message("The text is not UTF-8."), where, message("Encode it as UTF-8.")
        ) from None
    except ValueError:
        raise ParameterError(
            message("There are more than %(most)d fields.", most=MOST_FIELDS),
            where,
            message("Send fewer."),
        ) from None
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def path_of(environ: Environ) -> str:
    """Return the path, which WSGI carries as bytes in Latin-1."""
    return str(environ["PATH_INFO"]).encode("latin-1", "replace").decode("utf-8", "replace")


def read_headers(environ: Environ) -> dict[str, str]:
    """Return the headers by their names in lower case."""
    headers = {
        name_header(name).lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    headers["content-length"] = environ.get("CONTENT_LENGTH", "")
    return headers


def name_header(name: str) -> str:
    """Return the name of a header as HTTP has it.

    >>> name_header("HTTP_IF_RANGE")
    'If-Range'
    """
    return name.removeprefix("HTTP_").replace("_", "-").title()
