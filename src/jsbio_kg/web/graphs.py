"""Reading graphs (SPARQL 1.1 Graph Store HTTP Protocol, section 5.2); they are never written here.

In: a request at ``/graphs`` with ``?graph=IRI`` or ``?default``, or at ``/graph/<name>``. Out: the
graph. Without either parameter, the whole dataset.
"""

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
_METHODS = (("Allow", "GET, HEAD, OPTIONS"),)


def answer_graphs(service: Service, request: Request) -> Response:
    """Return a graph, or refuse to change it.

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
    iri = _named(service, request)
    offered = (*GRAPHS, *DATASETS)
    chosen = choose_format(request.header("accept"), offered)
    if chosen is None:
        raise refuse_formats(offered)
    dataset = None if iri is None else Dataset((iri,))
    return respond_answer(service.answer(Query(_ALL, graph=chosen.format, dataset=dataset)), chosen)


def _named(service: Service, request: Request) -> str | None:
    """Return the IRI of the graph that is asked for; ``None`` for the default graph."""
    fields = read_form(request.query, "query string")
    if request.path.startswith("/graph/"):
        iri = f"{service.site.base}graph/{request.path[len('/graph/') :]}"
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
    if iri not in {graph.iri for graph in service.site.graphs}:
        raise NotFound(
            message("There is no graph %(iri)s.", iri=iri[:200]),
            fix=message("The service description at /sparql lists the graphs."),
        )
    return iri
