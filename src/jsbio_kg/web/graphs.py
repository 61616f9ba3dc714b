"""Reading graphs (SPARQL 1.1 Graph Store HTTP Protocol, section 5.2); they are never written here.

In: a request at ``/graphs`` with ``?graph=IRI`` or ``?default``, or at ``/graph/<name>``. Out: the
graph.
"""

import re

from ..errors import NotFound, ParameterError
from ..i18n import message
from ..service import Service
from ..store import DATASETS, GRAPHS, Dataset, Query
from .exchange import Request, Response, read_form
from .negotiation import choose_format
from .problems import HttpError
from .sparql import refuse_formats, respond_answer

__all__ = ["answer_graphs"]

_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
#: An IRI that is whole, and holds nothing that would end it inside a query.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*\Z")
_METHODS = (("Allow", "GET, HEAD, OPTIONS"),)


def answer_graphs(service: Service, request: Request, address: str) -> Response:
    """Return a graph, or refuse to change it.

    :param address: where the site is reached, with the final slash; a graph may have its IRI there.
    :raises HttpError: for a method that would write.
    :raises ParameterError: when not exactly one graph is named.
    :raises NotFound: when the graph is not here.
    """
    if request.method not in ("GET", "HEAD"):
        raise HttpError(
            405,
            message("A graph is read here, never written."),
            message("Change its file, build a release, and serve that."),
            headers=_METHODS,
        )
    iri = _named(service, request, address)
    offered = (*GRAPHS, *DATASETS)
    chosen = choose_format(request.header("accept"), offered)
    if chosen is None:
        raise refuse_formats(offered)
    dataset = None if iri is None else Dataset((iri,))
    return respond_answer(service.answer(Query(_ALL, graph=chosen.format, dataset=dataset)), chosen)


def _named(service: Service, request: Request, address: str) -> str | None:
    """Return the IRI of the graph that is asked for; ``None`` for the default graph."""
    fields = read_form(request.query, "query string")
    if request.path.startswith("/graph/"):
        iri = service.site.base + request.path[1:]
        if not _is_here(service, iri) and _is_here(service, address + request.path[1:]):
            return address + request.path[1:]
    elif ("graph" in fields) == ("default" in fields) or len(fields.get("graph", "")) > 1:
        raise ParameterError(
            message("The request names no graph, or more than one."),
            "graph",
            message('Add either "?default" or one "?graph=IRI".'),
        )
    elif "default" in fields:
        return None
    else:
        [iri] = fields["graph"]
        if not _ABSOLUTE.match(iri):
            raise ParameterError(
                message("%(iri)r is not an absolute IRI.", iri=iri[:200]),
                "graph",
                message("Give the whole IRI of a graph."),
            )
    if not _is_here(service, iri):
        raise NotFound(
            message("There is no graph %(iri)s.", iri=iri[:200]),
            fix=message("The service description at /sparql lists the graphs."),
        )
    return iri


def _is_here(service: Service, iri: str) -> bool:
    site = service.site
    if iri in {graph.iri for graph in site.graphs}:
        return True
    if site.has_all_graphs or not _ABSOLUTE.match(iri):
        return False
    asked = Query(f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")
    return b"true" in service.answer(asked).body
