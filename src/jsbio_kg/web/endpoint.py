"""What programs ask for: the SPARQL endpoint, saved queries and graphs as data.

In: a request, before Flask. Out: its response, or nothing when the client likes a page better or
the path is not one of these.
"""

import json
import re
from dataclasses import replace

from ..errors import NotFound
from ..i18n import message
from ..service import Service
from ..store import DATASETS, EXTENSIONS, GRAPHS, SOLUTIONS, Dataset, Query
from .admission import HOST
from .description import describe_service, describing_graphs
from .downloads import answer_download
from .exchange import Request, Response
from .graphs import answer_graphs
from .negotiation import choose_format, choose_type
from .openapi import describe_api
from .problems import HttpError
from .saved import answer_saved
from .sparql import METHODS, answer_query, read_query, refuse_formats, respond_answer

__all__ = ["Endpoint", "methods_of"]

_TYPES = tuple(
    dict.fromkeys(name for each in (*SOLUTIONS, *GRAPHS, *DATASETS) for name in each.media_types)
)
#: Paths that only programs read.
_READ = frozenset("/.well-known/void /graphs /healthz /metrics /openapi.json /readyz /void".split())
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_QUERY_TYPE = "application/sparql-query"
_OWN_MACHINE = re.compile(r"http://(127\.[0-9.]+|localhost|0\.0\.0\.0|\[::1?\])(:\d+)?(?=/)")


class Endpoint:
    """The data side of one service."""

    def __init__(self, service: Service, address: str) -> None:
        self.service = service
        self.address = address

    def respond(self, request: Request) -> Response | None:
        """Answer a request, or leave it to the pages.

        :raises JsbioError: when the request or the query is at fault.
        """
        path = request.path
        is_file = path.startswith("/downloads/") and len(path) > len("/downloads/")
        if (is_file or (path in _READ and path != "/graphs")) and request.method != "GET":
            raise refuse_method(request, ("GET", "HEAD", "OPTIONS"))
        if is_file:
            return answer_download(self.service.site, path[len("/downloads/") :])
        if path in ("/healthz", "/readyz"):
            return self._health(path)
        if path in ("/sparql", "/query"):
            return self._sparql(request)
        if path.startswith("/queries/") and len(path) > len("/queries/"):
            return self._saved(request, path[len("/queries/") :])
        if path in ("/void", "/.well-known/void"):
            return self._void(request)
        if path == "/openapi.json":
            return self._openapi(request)
        if path.startswith("/graph/") and prefers_page(request, _TYPES):
            return Response(303, b"", (("Location", f"/page{path}"),))
        if path == "/graphs" or path.startswith("/graph/"):
            return answer_graphs(self.service, request, self._reached(request))
        return None

    def _reached(self, request: Request) -> str:
        """Return where the site is; one that has no address but its own machine's is where asked.

        A server behind a proxy, or on all addresses of a machine, cannot know how it is reached.
        """
        host = request.header("host")
        if (own := _OWN_MACHINE.match(self.address)) and HOST.match(host):
            return f"http://{host}{self.address[own.end() :]}"
        return self.address

    def _health(self, path: str) -> Response:
        """Say that the process lives, or that the graph answers too."""
        if path == "/readyz":
            self.service.check()
        headers = (("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"))
        return Response(200, b"ok\n", headers)

    def _sparql(self, request: Request) -> Response | None:
        asked = read_query(request)
        if prefers_page(request, _TYPES):
            return None
        if asked.text is None and not asked.has_parameters:
            return self._description(request)
        return answer_query(self.service, asked, request.header("accept"))

    def _description(self, request: Request) -> Response:
        """Return the service description (SPARQL 1.1 Service Description, section 2)."""
        count = self.service.table("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
        number = int(count.value) if count else 0
        return self._triples(
            request, Query(describe_service(self.service.site, self._reached(request), number))
        )

    def _void(self, request: Request) -> Response:
        """Return the graphs in which the release describes itself (VoID, DCAT)."""
        graphs = describing_graphs(self.service.site)
        if not graphs:
            raise NotFound(
                message("The files that are served do not describe themselves."),
                fix=message("The service description is at /sparql."),
            )
        return self._triples(request, Query(_ALL, dataset=Dataset(graphs)))

    def _triples(self, request: Request, query: Query) -> Response:
        """Answer a query for triples in the format that the client likes best."""
        chosen = choose_format(request.header("accept"), (*GRAPHS, *DATASETS))
        if chosen is None:
            raise refuse_formats((*GRAPHS, *DATASETS))
        return respond_answer(self.service.answer(replace(query, graph=chosen.format)), chosen)

    def _openapi(self, request: Request) -> Response:
        api = describe_api(self.service.site, self._reached(request))
        body = json.dumps(api, ensure_ascii=False)
        return Response(200, body.encode(), (("Content-Type", "application/json"),))

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
    if path in ("/sparql", "/query", "*"):
        return METHODS
    if path in _READ or path.startswith(("/graph/", "/downloads/")):
        return ("GET", "HEAD", "OPTIONS")
    return ()


def refuse_method(request: Request, allowed: tuple[str, ...]) -> HttpError:
    """Say that a path does not have a method, and which it has."""
    return HttpError(
        405,
        message("The method %(method)s is not allowed here.", method=request.method[:20]),
        message("Use one of: %(allowed)s.", allowed=", ".join(allowed)),
        headers=(("Allow", ", ".join(allowed)),),
    )


def prefers_page(request: Request, types: tuple[str, ...]) -> bool:
    """Tell whether a client likes a page better than data; without ``Accept`` it does not."""
    accept = request.header("accept")
    return bool(accept) and choose_type(accept, (*types, "text/html")) == "text/html"


def _prefers_text(accept: str) -> bool:
    return choose_type(accept, (*_TYPES, "text/html", _QUERY_TYPE)) == _QUERY_TYPE
