"""A remote store: any SPARQL endpoint that was asked for, through SPARQLWrapper.

In: the address of an endpoint. Out: answers in the same shape as the embedded store's. An endpoint
that writes another format than the one asked for has its bytes read and written again.
"""

import ast
import json
import re
import time
from collections.abc import Sequence
from email.message import Message as Headers
from typing import Any, BinaryIO
from urllib.error import HTTPError, URLError

import pyoxigraph
from SPARQLWrapper import POST, SELECT, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

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
from ..vocabulary import BASE
from .answer import Answer, Dataset, Limits, Query
from .embedded import RDF_FORMATS, RESULT_FORMATS, required
from .formats import FORMATS, GRAPHS, SOLUTIONS, Format
from .screen import screen
from .writing import Sink, count_rows, refuse_rows, turtle_from_ntriples

__all__ = ["RemoteStore"]

_CHUNK = 1 << 16
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


class _Everything:
    """The graphs of an endpoint, which nobody here knows."""

    def __contains__(self, iri: object) -> bool:
        return True


class RemoteStore:
    """An endpoint.

    :param default_graphs: sent as the default graph of a query that names no graph of its own;
        without them the endpoint's own rule holds.
    """

    def __init__(
        self, address: str, default_graphs: Sequence[str] = (), limits: Limits | None = None
    ) -> None:
        self.address = address
        self.default_graphs = tuple(default_graphs)
        self.limits = limits or Limits()

    def answer(self, query: Query) -> Answer:
        """Answer a query, whole; see :class:`~jsbio_kg.store.Store`."""
        screen(query.text, _Everything(), BASE)
        until = time.monotonic() + min(query.seconds or self.limits.seconds, self.limits.seconds)
        try:
            response = self._wrapper(query, until).query().response
            media_type = _media_type(response.info())
            body = self._read(response, until)
        except SPARQLWrapperException as error:
            raise _explain(_status_of(error), _body_of(error)) from None
        except HTTPError as error:
            raise _explain(error.code, error.read(_CHUNK)) from None
        except TimeoutError:
            raise _late() from None
        except (URLError, OSError) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise _late() from None
            raise StoreError(
                message("The endpoint cannot be reached."),
                self.address,
                message("Check its address, and that it runs."),
            ) from error
        return self._convert(body, media_type, query)

    def close(self) -> None:
        """Do nothing: every query has its own connection."""

    def _wrapper(self, query: Query, until: float) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self.address)
        # Set directly: setQuery would search the text with expressions that take their time.
        wrapper.queryString, wrapper.queryType = query.text, SELECT
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", _accept(query))
        wrapper.timeout = max(0.001, until - time.monotonic())  # type: ignore[assignment]
        dataset = query.dataset
        if dataset is None and not re.search(r"\bfrom\b", query.text, re.IGNORECASE):
            dataset = Dataset(self.default_graphs)
        for iri in dataset.default_graphs if dataset else ():
            wrapper.addParameter("default-graph-uri", iri)
        for iri in dataset.named_graphs if dataset else ():
            wrapper.addParameter("named-graph-uri", iri)
        return wrapper

    def _read(self, response: BinaryIO, until: float) -> bytes:
        sink = Sink(self.limits.result_bytes)
        while piece := response.read(_CHUNK):
            sink.write(piece)
            if time.monotonic() > until:
                raise _late()
        return sink.getvalue()

    def _convert(self, body: bytes, media_type: str, query: Query) -> Answer:
        found = _format_of(media_type, query)
        if found is None:
            raise StoreError(
                message("The endpoint answers in %(type)r.", type=media_type[:100]),
                self.address,
                message("Name the address of a SPARQL endpoint."),
            )
        try:
            if found in SOLUTIONS:
                return self._solutions(body, found, required(query.solutions, SOLUTIONS))
            return self._graph(body, found, required(query.graph, GRAPHS))
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                message("The endpoint's answer cannot be read: %(reason)s.", reason=error),
                self.address,
                message("Try again."),
            ) from None

    def _solutions(self, body: bytes, found: Format, wanted: Format) -> Answer:
        if found is not wanted:
            parsed = pyoxigraph.parse_query_results(body, RESULT_FORMATS[found.name])
            body = parsed.serialize(format=RESULT_FORMATS[wanted.name]) or b""
        if _is_boolean(body):
            return Answer("boolean", wanted, body)
        rows = count_rows(body, wanted)
        if rows > self.limits.rows:
            raise refuse_rows(self.limits.rows)
        return Answer("solutions", wanted, body, rows)

    def _graph(self, body: bytes, found: Format, wanted: Format) -> Answer:
        if found is wanted:
            return Answer("graph", wanted, body)
        triples = pyoxigraph.parse(body, RDF_FORMATS[found.name])
        plain = pyoxigraph.serialize(triples, format=RDF_FORMATS["ntriples"])
        sink = Sink(self.limits.result_bytes)
        if wanted.name == "turtle":
            turtle_from_ntriples(plain or b"", sink)
        else:
            again = pyoxigraph.parse(plain or b"", RDF_FORMATS["ntriples"])
            pyoxigraph.serialize(again, sink, RDF_FORMATS[wanted.name])
        return Answer("graph", wanted, sink.getvalue())


def _accept(query: Query) -> str:
    """Ask for the wanted formats first, and for those that can be read and written again."""
    ranges = [each.media_type for each in (query.solutions, query.graph) if each]
    spare = (SOLUTIONS[0], SOLUTIONS[1], GRAPHS[1], GRAPHS[0])
    ranges += [f"{each.media_type};q=0.5" for each in spare if each.media_type not in ranges]
    return ", ".join(ranges)


def _media_type(headers: Headers) -> str:
    return headers.get_content_type().lower()


def _format_of(media_type: str, query: Query) -> Format | None:
    """Return the format of a media type; of two that share a name, the wanted one."""
    for each in (query.solutions, query.graph, *FORMATS.values()):
        if each is not None and media_type in each.media_types:
            return each
    return None


def _is_boolean(body: bytes) -> bool:
    if len(body) > 1000:
        return False
    return body.strip() in (b"true", b"false") or bool(
        re.search(rb'"boolean"\s*:\s*(true|false)|<boolean>', body) and b"bindings" not in body
    )


def _status_of(error: SPARQLWrapperException) -> int:
    name = type(error).__name__
    return {"QueryBadFormed": 400, "EndPointNotFound": 404, "Unauthorized": 401}.get(name, 500)


def _body_of(error: SPARQLWrapperException) -> bytes:
    """Return the endpoint's words, which SPARQLWrapper keeps only inside its own."""
    _, _, written = str(error).partition("Response:\n")
    try:
        body = ast.literal_eval(written)
    except (SyntaxError, ValueError):
        return b""
    return body if isinstance(body, bytes) else b""


def _late() -> DeadlineExceeded:
    return DeadlineExceeded(
        message("The endpoint did not answer in time."),
        "",
        message("Bind more terms, add LIMIT, or leave out ORDER BY."),
    )


def _explain(status: int, body: bytes) -> JsbioError:
    """Turn an endpoint's error into ours; problem details of our kind keep their words."""
    try:
        content: dict[str, Any] = json.loads(body)
        kind = str(content.get("type", "")).rpartition("/")[2]
    except (ValueError, AttributeError):
        content, kind = {}, ""
    error = _KINDS.get(kind) or _STATUSES.get(status, StoreError)
    detail = str(content.get("detail") or f"HTTP {status}")[:300]
    where = f"{content['line']}:{content['column']}" if "line" in content else ""
    return error(
        message("The endpoint says: %(detail)s", detail=detail),
        where,
        message("%(fix)s", fix=content["fix"]) if content.get("fix") else message("Try again."),
    )
