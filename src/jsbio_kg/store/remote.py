"""A remote store: any SPARQL endpoint that was asked for, through SPARQLWrapper.

In: the address of an endpoint. Out: answers in the same shape as the embedded store's. An endpoint
that writes another format than the one asked for has its bytes read and written again. Reading may
be done twice, so what a network or a gateway broke is asked again while there is time.
"""

import http.client
import math
import re
import time
from collections.abc import Sequence
from email.message import Message as Headers
from typing import Final
from urllib.error import HTTPError
from urllib.request import OpenerDirector

import pyoxigraph
from SPARQLWrapper import POST, SELECT, SPARQLWrapper

from ..errors import JsbioError, StoreError
from ..i18n import message
from ..loading import Credentials, opener_for
from ..queries import tokenize
from ..vocabulary import BASE
from .answer import Answer, Dataset, Limits, Query
from .embedded import RDF_FORMATS, required
from .formats import FORMATS, GRAPHS, SOLUTIONS, Format
from .replies import explain, is_boolean, late, rewrite
from .screen import check_graph, screen
from .writing import Sink, count_rows, refuse_rows, turtle_from_ntriples

__all__ = ["RemoteStore"]

_CHUNK = 1 << 16
#: Seconds before asking again; after the last try nobody waits.
_PAUSES: Final = (0.1, 0.4, None)
#: What a gateway says when the store behind it may be back in a moment.
_PASSING: Final = (502, 503)
_FROM: Final = re.compile(r"\bfrom\b", re.IGNORECASE)


class _Passing(Exception):
    """A failure that may be gone in a moment.

    :param error: what to say when it is not.
    """

    def __init__(self, error: JsbioError) -> None:
        super().__init__(str(error))
        self.error = error


class _Everything:
    """The graphs of an endpoint, which nobody here knows."""

    def __contains__(self, iri: object) -> bool:
        return True


class _Wrapper(SPARQLWrapper):
    """Asks one address and no other: a redirect would take the credentials with it.

    :param opener: what opens the address; its errors are told by status, whatever it is.
    """

    def __init__(self, address: str, opener: OpenerDirector) -> None:
        super().__init__(address)
        self._opener = opener

    def _query(self) -> tuple[http.client.HTTPResponse, str]:
        response = self._opener.open(self._createRequest(), timeout=self.timeout)
        return response, self.returnFormat


class RemoteStore:
    """An endpoint.

    A query that names no graph of its own is asked of both kinds of graphs below, since endpoints
    differ in what they take then; one that does is passed on untouched.

    :param default_graphs: what makes up the default graph.
    :param named_graphs: what GRAPH may name.
    :param timeout: the unit in which the endpoint takes a parameter ``timeout``, ``s`` or ``ms``;
        empty when it takes none. The deadline is kept here all the same.
    """

    def __init__(
        self,
        address: str,
        default_graphs: Sequence[str] = (),
        limits: Limits | None = None,
        named_graphs: Sequence[str] = (),
        credentials: Credentials | None = None,
        timeout: str = "",
    ) -> None:
        self.address = address
        self.dataset = Dataset(tuple(default_graphs), tuple(named_graphs))
        self.limits = limits or Limits()
        self._credentials = credentials or Credentials()
        self._timeout = timeout

    def answer(self, query: Query) -> Answer:
        """Answer a query, whole; see :class:`~jsbio_kg.store.Store`."""
        screen(query.text, _Everything(), BASE)
        if query.dataset is not None:
            for iri in (*query.dataset.default_graphs, *query.dataset.named_graphs):
                check_graph(iri)
        until = time.monotonic() + min(query.seconds or self.limits.seconds, self.limits.seconds)
        for pause in _PAUSES:
            try:
                return self._convert(*self._ask(query, until), query)
            except _Passing as passing:
                if pause is None or time.monotonic() + pause >= until:
                    raise passing.error from passing
                time.sleep(pause)
        raise AssertionError

    def close(self) -> None:
        """Do nothing: every query has its own connection."""

    def _ask(self, query: Query, until: float) -> tuple[bytes, str]:
        """Return the endpoint's answer and its media type.

        :raises _Passing: when it may be worth asking again.
        """
        try:
            response = self._wrapper(query, until).query().response
            if response.headers.get("X-SQL-State") == "S1TAT":  # Virtuoso gives a part then
                raise late()
            return self._read(response, until), _media_type(response.headers)
        except HTTPError as error:
            with error:
                explained = explain(error.code, error.read(_CHUNK), error.headers.get("Location"))
            if error.code in _PASSING:
                raise _Passing(explained) from None
            raise explained from None
        except TimeoutError:
            raise late() from None
        except (OSError, http.client.HTTPException) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise late() from None
            raise _Passing(self._unreachable()) from error

    def _unreachable(self) -> StoreError:
        return StoreError(
            message("The endpoint cannot be reached."),
            self.address,
            message("Check its address, and that it runs."),
        )

    def _wrapper(self, query: Query, until: float) -> SPARQLWrapper:
        wrapper = _Wrapper(self.address, opener_for(self._credentials, self.address))
        # Set directly: setQuery would search the text with expressions that take their time.
        wrapper.queryString, wrapper.queryType = query.text, SELECT
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", _accept(query))
        left = max(0.001, until - time.monotonic())
        wrapper.timeout = left  # type: ignore[assignment]
        if self._timeout:
            unit = 1000 if self._timeout == "ms" else 1
            wrapper.addParameter("timeout", str(math.ceil(left * unit)))
        if self._credentials.user:
            wrapper.setCredentials(self._credentials.user, self._credentials.password)
        for name, value in self._credentials.header.items():
            wrapper.addCustomHttpHeader(name, value)
        dataset = query.dataset
        if dataset is None and not _names_graphs(query.text):
            dataset = self.dataset
        for iri in dataset.default_graphs if dataset else ():
            wrapper.addParameter("default-graph-uri", iri)
        for iri in dataset.named_graphs if dataset else ():
            wrapper.addParameter("named-graph-uri", iri)
        return wrapper

    def _read(self, response: http.client.HTTPResponse, until: float) -> bytes:
        """Return the body, piece by piece as it comes: one that trickles is given up in time."""
        sink = Sink(self.limits.result_bytes)
        while piece := response.read1(_CHUNK):
            sink.write(piece)
            if time.monotonic() > until:
                raise late()
        if response.length:  # the connection ended before the answer did
            raise http.client.IncompleteRead(b"", response.length)
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
        if found.name in ("json", "xml"):  # written again: engines spell them in ways of their own
            body = rewrite(body, found, wanted)
        elif found is not wanted:
            raise ValueError(found.name)
        if is_boolean(body):
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


def _names_graphs(text: str) -> bool:
    """Tell whether a query says FROM itself, outside strings and comments.

    >>> _names_graphs("SELECT * FROM <urn:g> {}"), _names_graphs("ASK { ?s ?p 'from' } # from")
    (True, False)
    """
    return bool(_FROM.search(text)) and any(token.is_word("FROM") for token in tokenize(text))


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
