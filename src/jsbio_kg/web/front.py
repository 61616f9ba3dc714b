"""The front: what every request passes, ahead of Flask.

In: a request as WSGI has it. Out: its response, from the cache when it was given before. Here, once
for all routes, live the headers of security and of sharing, tags and conditions, codings, HEAD and
OPTIONS, the sizes a request may have, and the cache. The SPARQL endpoint and the saved queries as
data are answered here; pages go on to Flask.
"""

import io
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from ..errors import JsbioError
from ..i18n import message
from ..service import ByteCache, Service, is_volatile
from .coding import choose_coding, encode
from .conditional import make_etag
from .endpoint import Endpoint, methods_of
from .exchange import Environ, Request, Response, StartResponse
from .headers import CORS, DESCRIBED_BY, PREFLIGHT, SECURITY, VARY
from .problems import HttpError, respond_problem
from .sending import Finished, language_of, send

__all__ = ["Front", "FrontSettings"]

log = logging.getLogger(__name__)

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

#: Headers whose text is kept in keys and small caches: longer ones are refused.
_SHORT_HEADERS = ("HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING")
#: What a 304 repeats of the 200 that it stands for.
_BRIEF = ("etag", "cache-control", "vary", "access-control-allow-origin")


@dataclass(frozen=True)
class FrontSettings:
    """Sizes and times of the front.

    :param cache: bytes of responses to keep.
    :param seconds: how long a client may use an answer without asking again.
    """

    cache: int = 64 << 20
    seconds: int = 60
    longest_address: int = 64 << 10
    longest_header: int = 4 << 10
    largest_body: int = 1 << 20


class Front:
    """A WSGI application in front of the pages.

    :param pages: the pages, as a WSGI application.
    :param methods_of: the methods of a path of theirs; none when there is no such path.
    """

    def __init__(
        self,
        pages: Application,
        methods_of: Callable[[str], Sequence[str]],
        service: Service,
        settings: FrontSettings | None = None,
    ) -> None:
        self.settings = settings or FrontSettings()
        self.cache: ByteCache[Finished] = ByteCache(self.settings.cache)
        self._pages = pages
        self._methods_of = methods_of
        self._endpoint = Endpoint(service)
        is_fixed = service.site.is_fixed
        self._lasting = f"public, max-age={self.settings.seconds}" if is_fixed else "no-cache"
        self._is_fixed = is_fixed

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        method = environ["REQUEST_METHOD"]
        key = _key(environ) if method in ("GET", "HEAD") else None
        if key is not None and (kept := self.cache.get(key)):
            return send(environ, start_response, kept, 'cache;desc="hit"')
        started = time.perf_counter()
        try:
            response = self._respond(environ, method)
        except Exception as error:
            if not isinstance(error, JsbioError):
                log.error("%s %s failed", method, environ["PATH_INFO"], exc_info=error)
            response = respond_problem(error, language_of(environ))
        kept = self._finish(environ, response)
        if key is not None and kept.is_lasting:
            self.cache.put(key, kept, len(kept.body) + sum(map(len, key)))
        spent = (time.perf_counter() - started) * 1000
        return send(environ, start_response, kept, f"total;dur={spent:.1f}")

    # -- from the request to a response ----------------------------------------------------------

    def _respond(self, environ: Environ, method: str) -> Response:
        self._check_sizes(environ)
        path = _path(environ)
        if method == "OPTIONS":
            return self._preflight(path)
        request = Request(
            method="GET" if method == "HEAD" else method,
            path=path,
            query=environ.get("QUERY_STRING", ""),
            headers=_headers(environ),
            body=self._body(environ) if method not in ("GET", "HEAD") else b"",
            client=environ.get("REMOTE_ADDR", ""),
        )
        if response := self._endpoint.respond(request):
            return response
        page = self._page(environ, request)
        if path in ("/sparql", "/query") and is_volatile(unquote_plus(request.query)):
            return page.with_headers(("Cache-Control", "no-store"))
        return page

    def _check_sizes(self, environ: Environ) -> None:
        address = len(environ["PATH_INFO"]) + len(environ.get("QUERY_STRING", ""))
        if address > self.settings.longest_address:
            raise HttpError(
                414,
                message("The address has %(length)d characters.", length=address),
                message("Send the query by POST."),
            )
        for name in _SHORT_HEADERS:
            if len(environ.get(name, "")) > self.settings.longest_header:
                raise HttpError(
                    431,
                    message("The header %(name)s is too long.", name=_header_name(name)),
                    message("Send a shorter one."),
                )

    def _body(self, environ: Environ) -> bytes:
        most = self.settings.largest_body
        length = environ.get("CONTENT_LENGTH") or "0"
        body: bytes = b""
        if length.isdigit() and int(length) <= most:
            body = environ["wsgi.input"].read(most + 1)
        if len(body) > most or not length.isdigit() or int(length) > most:
            raise HttpError(
                413,
                message("The request is larger than %(bytes)d bytes.", bytes=most),
                message("Send a smaller one."),
            )
        if environ.get("HTTP_CONTENT_ENCODING", "identity").lower() != "identity":
            raise HttpError(
                415,
                message("The request comes in a content coding."),
                message("Send it as it is."),
                headers=(("Accept-Encoding", "identity"),),
            )
        return body

    def _preflight(self, path: str) -> Response:
        methods = methods_of(path) or self._methods_of(path)
        if not methods:
            raise HttpError(
                404,
                message("There is nothing at %(path)r.", path=path[:200]),
                message("Begin at /, which links to everything."),
            )
        allowed = ", ".join(methods)
        headers = (("Allow", allowed), ("Access-Control-Allow-Methods", allowed), *PREFLIGHT)
        return Response(204, b"", headers)

    def _page(self, environ: Environ, request: Request) -> Response:
        """Ask the pages."""
        head: list[Any] = []
        inner = {
            **environ,
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

    # -- from a response to what is sent ---------------------------------------------------------

    def _finish(self, environ: Environ, response: Response) -> Finished:
        """Add what all responses have, and code the body."""
        is_read = environ["REQUEST_METHOD"] in ("GET", "HEAD")
        headers = [*response.headers]
        names = {name.lower() for name, _ in headers}
        media_type = response.header("content-type").partition(";")[0]
        body = response.body
        has_ranges = "accept-ranges" in names
        if not (has_ranges and "HTTP_RANGE" in environ) and "content-encoding" not in names:
            coding = choose_coding(environ.get("HTTP_ACCEPT_ENCODING", ""), media_type, len(body))
            if coding:
                body = encode(body, coding)
                headers.append(("Content-Encoding", coding))
        headers = [item for item in headers if item[0].lower() not in ("content-length", "vary")]
        headers.append(("Vary", VARY))
        if "cache-control" not in names:
            is_good = response.status in (200, 303) and is_read
            headers.append(("Cache-Control", self._lasting if is_good else "no-store"))
        etag = make_etag(body) if response.status == 200 and is_read else ""
        if etag:
            headers.append(("ETag", etag))
        if response.status != 204:
            headers.append(("Content-Length", str(len(body))))
        headers += [
            item for item in (*SECURITY, *CORS, DESCRIBED_BY) if item[0].lower() not in names
        ]
        return Finished(
            response.status,
            headers,
            body,
            etag,
            tuple(item for item in headers if item[0].lower() in _BRIEF),
            bool(etag) and self._is_fixed and "no-store" not in dict(headers)["Cache-Control"],
            has_ranges,
        )


def _key(environ: Environ) -> tuple[str, ...]:
    get = environ.get
    return (
        environ["PATH_INFO"],
        get("QUERY_STRING", ""),
        get("HTTP_ACCEPT", ""),
        get("HTTP_ACCEPT_LANGUAGE", ""),
        get("HTTP_ACCEPT_ENCODING", ""),
        "range" if "HTTP_RANGE" in environ else "",
    )


def _path(environ: Environ) -> str:
    """Return the path, which WSGI carries as bytes in Latin-1."""
    return str(environ["PATH_INFO"]).encode("latin-1", "replace").decode("utf-8", "replace")


def _headers(environ: Environ) -> dict[str, str]:
    headers = {
        _header_name(name).lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    return headers


def _header_name(name: str) -> str:
    return name.removeprefix("HTTP_").replace("_", "-").title()
