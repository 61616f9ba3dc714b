"""What programs ask for: the SPARQL endpoint, saved queries and graphs as data.

In: a request, before Flask. Out: its response, or nothing when the client likes a page better or
the path is not one of these.
"""

from ..service import Service
from ..store import DATASETS, EXTENSIONS, GRAPHS, SOLUTIONS, Query
from .exchange import Request, Response
from .graphs import answer_graphs
from .negotiation import choose_type
from .saved import answer_saved
from .sparql import METHODS, answer_query, describe_service, read_query

__all__ = ["Endpoint", "methods_of"]

_TYPES = tuple(
    dict.fromkeys(name for each in (*SOLUTIONS, *GRAPHS, *DATASETS) for name in each.media_types)
)
_QUERY_TYPE = "application/sparql-query"


class Endpoint:
    """The data side of one service."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def respond(self, request: Request) -> Response | None:
        """Answer a request, or leave it to the pages.

        :raises JsbioError: when the request or the query is at fault.
        """
        path = request.path
        if path in ("/healthz", "/readyz"):
            return self._health(path)
        if path in ("/sparql", "/query"):
            return self._sparql(request)
        if path.startswith("/queries/") and len(path) > len("/queries/"):
            return self._saved(request, path[len("/queries/") :])
        if path.startswith("/graph/") and prefers_page(request, _TYPES):
            return Response(303, b"", (("Location", f"/page{path}"),))
        if path == "/graphs" or path.startswith("/graph/"):
            return answer_graphs(self.service, request)
        return None

    def _health(self, path: str) -> Response:
        """Say that the process lives, or that the graph answers too."""
        if path == "/readyz":
            self.service.store.answer(Query("ASK {}"))
        headers = (("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"))
        return Response(200, b"ok\n", headers)

    def _sparql(self, request: Request) -> Response | None:
        asked = read_query(request)
        if prefers_page(request, _TYPES):
            return None
        if asked.text is None and not asked.has_parameters:
            return describe_service(self.service, request)
        return answer_query(self.service, asked, request.header("accept"))

    def _saved(self, request: Request, name: str) -> Response | None:
        if request.method not in ("GET", "HEAD"):
            return None
        stem, dot, extension = name.partition(".")
        accept = request.header("accept")
        if not dot and not _prefers_text(accept) and prefers_page(request, _TYPES):
            return None
        query = self.service.query(stem)
        if extension == "rq" or (not dot and _prefers_text(accept)):
            headers = (("Content-Type", _QUERY_TYPE), ("Content-Language", "en, zh"))
            return Response(200, query.text.encode(), headers)
        format = EXTENSIONS.get(extension)
        if dot and format is None:
            self.service.query(name)
        return answer_saved(self.service, query, request.query, accept, format)


def methods_of(path: str) -> tuple[str, ...]:
    """Return the methods of a path of ours; none when it is not."""
    if path in ("/sparql", "/query"):
        return METHODS
    if path in ("/graphs", "/healthz", "/readyz") or path.startswith("/graph/"):
        return ("GET", "HEAD", "OPTIONS")
    return ()


def prefers_page(request: Request, types: tuple[str, ...]) -> bool:
    """Tell whether a client likes a page better than data; without ``Accept`` it does not."""
    accept = request.header("accept")
    return bool(accept) and choose_type(accept, (*types, "text/html")) == "text/html"


def _prefers_text(accept: str) -> bool:
    return choose_type(accept, (*_TYPES, "text/html", _QUERY_TYPE)) == _QUERY_TYPE
