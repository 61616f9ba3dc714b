"""The front: what every request passes, ahead of Flask.

In: a request as WSGI has it. Out: its response, from the cache when it was given before. Here are
decided, once for all routes, the sizes a request may have, how much one client may ask, HEAD and
OPTIONS; the SPARQL endpoint, the saved queries and the graphs are answered as data; pages go on to
Flask. Everything is counted and, where wanted, logged.
"""

import io
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from ..i18n import message
from ..service import ByteCache, Service, is_volatile
from .admission import Intake, check_request, has_body
from .editions import Editions
from .endpoint import Endpoint, methods_of
from .exchange import (
    Environ,
    Request,
    Response,
    StartResponse,
    path_of,
    read_headers,
)
from .finishing import finish
from .headers import PREFLIGHT
from .metrics import Metrics
from .problems import HttpError, is_fault, respond_problem
from .querylog import LogSettings, QueryLog
from .rates import Gate, Rates, client_of
from .sending import Finished, language_of, send

__all__ = ["Front", "FrontSettings"]

log = logging.getLogger(__name__)

Application = Callable[[Environ, StartResponse], Iterable[bytes]]
#: Conditions and ranges, which are judged when the bytes are known.
_CONDITIONS = (
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_RANGE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
)
#: Paths that no client is kept from, and that are never kept.
_WATCHING = ("/healthz", "/readyz", "/metrics")
_HIT = ("Server-Timing", 'cache;desc="hit"')


@dataclass(frozen=True)
class FrontSettings:
    """Sizes, times and rates of the front.

    :param address: where the site is reached, with the final slash; the address of its things when
        it is not known.
    :param cache: bytes of responses to keep.
    :param seconds: how long a client may use an answer without asking again.
    """

    address: str = ""
    cache: int = 64 << 20
    seconds: int = 60
    longest_address: int = 64 << 10
    longest_header: int = 4 << 10
    largest_body: int = 1 << 20
    rates: Rates = field(default_factory=Rates)
    log: LogSettings = field(default_factory=LogSettings)


class Front:
    """A WSGI application in front of the pages.

    :param pages: the pages, as a WSGI application.
    :param methods_of_page: the methods of a path of theirs; none when there is no such path.
    :param page_of_error: an error as a page, for who likes a page better.
    """

    def __init__(
        self,
        pages: Application,
        methods_of_page: Callable[[str], Sequence[str]],
        service: Service,
        settings: FrontSettings | None = None,
        page_of_error: Callable[[Environ, Exception], Response | None] | None = None,
    ) -> None:
        self.settings = settings or FrontSettings()
        self._page_of_error = page_of_error or (lambda *_: None)
        self.cache: ByteCache[Finished] = ByteCache(self.settings.cache)
        self.metrics = Metrics()
        self.log = QueryLog(self.settings.log)
        self._service = service
        self._pages = pages
        self._methods_of_page = methods_of_page
        self._endpoint = Endpoint(service, self.settings.address or service.site.base)
        #: Who answers for releases by their version.
        self.editions: Editions | None = None
        self._gate = Gate(self.settings.rates)
        self._intake = Intake(self.settings.largest_body)
        is_fixed = service.site.is_fixed
        self._lifetime = f"public, max-age={self.settings.seconds}" if is_fixed else ""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if environ["PATH_INFO"] in ("/sparql/", "/query/"):  # as many write an endpoint
            environ["PATH_INFO"] = environ["PATH_INFO"][:-1]
        if environ["REQUEST_METHOD"] != "GET":  # ranges are of GET alone (RFC 9110, section 14.2)
            environ.pop("HTTP_RANGE", None)
        key = _key(environ) if environ["REQUEST_METHOD"] in ("GET", "HEAD") else None
        if has_body(environ):
            key = None
        if key is not None and (kept := self.cache.get(key)):
            if self.log.is_on:
                self._log(environ, kept, 0.0, True, {})
            return send(environ, start_response, kept, _HIT)
        started = time.perf_counter()
        response = self._respond(environ)
        kept = finish(environ, response, self._lifetime)
        if key is not None and kept.is_lasting:
            self.cache.put(key, kept, len(kept.body) + sum(map(len, key)))
        seconds = time.perf_counter() - started
        self._note(environ, kept, seconds, response)
        timing = ("Server-Timing", f"total;dur={seconds * 1000:.1f}")
        return send(environ, start_response, kept, timing, *response.facts.get("headers", ()))

    def _respond(self, environ: Environ) -> Response:
        """Return the response, or what went wrong as one."""
        try:
            check_request(environ, self.settings.longest_address, self.settings.longest_header)
            path = path_of(environ)
            if path == "/metrics" and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
                return self._metrics()
            if path in _WATCHING:
                return self.dispatch(environ, path)
            with self._gate.passage(environ) as headers:
                response = self.dispatch(environ, path)
            return response.with_facts(headers=headers) if headers else response
        except Exception as error:
            if is_fault(error):
                log.error("%s failed", environ["REQUEST_METHOD"], exc_info=error)
            return self._say(environ, error)

    def _say(self, environ: Environ, error: Exception) -> Response:
        """Return an error as a page for who likes one better, and in any case as data."""
        try:
            if page := self._page_of_error(environ, error):
                return page
        except Exception as fault:
            log.error("the page of an error failed", exc_info=fault)
        return respond_problem(error, language_of(environ))

    def dispatch(self, environ: Environ, path: str) -> Response:
        """Return the response of whoever answers for a path.

        :raises JsbioError: when the request is at fault, or the answer cannot be had.
        """
        if self.editions is not None and (response := self.editions.respond(environ, path)):
            return response
        method = environ["REQUEST_METHOD"]
        if method == "OPTIONS":
            return self._preflight(path)
        request = Request(
            method="GET" if method == "HEAD" else method,
            path=path,
            query=environ.get("QUERY_STRING", ""),
            headers=read_headers(environ),
            body=self._intake.read(environ) if method not in ("GET", "HEAD") else b"",
        )
        if response := self._endpoint.respond(request):
            return response
        page = self._page(environ, request)
        if path in ("/sparql", "/query") and is_volatile(unquote_plus(request.query)):
            return page.with_headers(("Cache-Control", "no-store"))
        return page

    def _preflight(self, path: str) -> Response:
        methods = methods_of(path) or self._methods_of_page(path)
        if not methods:
            raise HttpError(
                404,
                message("There is nothing at %(path)r.", path=path[:200]),
                message("Begin at /, which links to everything."),
            )
        allowed = ", ".join(methods)
        headers = (("Allow", allowed), ("Access-Control-Allow-Methods", allowed), *PREFLIGHT)
        return Response(204, b"", headers)

    # -- who answers -----------------------------------------------------------------------------

    def _page(self, environ: Environ, request: Request) -> Response:
        """Ask the pages."""
        head: list[Any] = []
        inner = {
            **{name: value for name, value in environ.items() if name not in _CONDITIONS},
            "REQUEST_METHOD": request.method,
            "CONTENT_LENGTH": str(len(request.body)),
            "wsgi.input": io.BytesIO(request.body),
        }
        pieces = self._pages(inner, lambda *given: head.extend(given))
        try:
            body = b"".join(pieces)
        finally:
            getattr(pieces, "close", lambda: None)()
        return Response(int(head[0].split(" ", 1)[0]), body, tuple(head[1]))

    def _metrics(self) -> Response:
        text = self.metrics.render(self._service, self.cache)
        media_type = "text/plain; version=0.0.4; charset=utf-8"
        headers = (("Content-Type", media_type), ("Cache-Control", "no-store"))
        return Response(200, text.encode(), headers)

    # -- what is noted ---------------------------------------------------------------------------

    def _note(self, environ: Environ, kept: Finished, seconds: float, response: Response) -> None:
        problem = str(response.facts.get("problem", "")).rpartition("/")[2]
        route = "/" + environ["PATH_INFO"].lstrip("/").partition("/")[0]
        self.metrics.note(route if kept.status < 400 else "*", kept.status, seconds, problem)
        if self.log.is_on:
            facts = {name: response.facts.get(name) for name in ("kind", "rows")}
            self._log(environ, kept, seconds, False, {**facts, "problem": problem or None})

    def _log(
        self,
        environ: Environ,
        kept: Finished,
        seconds: float,
        is_cached: bool,
        facts: dict[str, object],
    ) -> None:
        self.log.write(
            method=environ["REQUEST_METHOD"],
            path=path_of(environ)[:500],
            status=kept.status,
            seconds=seconds,
            size=kept.size,
            is_cached=is_cached,
            client=client_of(environ, self._gate.proxies),
            query=environ.get("QUERY_STRING", ""),
            facts=facts,
        )


def _key(environ: Environ) -> tuple[str, ...]:
    get = environ.get
    return (
        environ["PATH_INFO"],
        get("QUERY_STRING", ""),
        get("HTTP_ACCEPT", ""),
        get("HTTP_ACCEPT_LANGUAGE", ""),
        get("HTTP_ACCEPT_ENCODING", ""),
        get("HTTP_HOST", ""),  # pages without a public address name the host
        "range" if "HTTP_RANGE" in environ else "",
    )
