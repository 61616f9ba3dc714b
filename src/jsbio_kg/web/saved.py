"""Saved queries as an API: the fields of a link, checked and bound.

In: a saved query and a query string. Out: the values of its parameters, and the answer.
"""

from ..errors import ParameterError
from ..i18n import message
from ..queries import SavedQuery
from ..service import Service
from ..store import DATASETS, GRAPHS, SOLUTIONS, Dataset, Format, Query
from .exchange import Response, read_form
from .grid import GRID_FIELDS
from .negotiation import Choice, choose_format
from .sparql import refuse_formats, respond_answer

__all__ = ["answer_saved", "describe_saved", "read_values"]

#: Fields that are not parameters of the query.
_OURS = ("lang", "limit", "offset", *GRID_FIELDS)
_LARGEST = 1_000_000


def read_values(query: SavedQuery, text: str) -> tuple[dict[str, list[str]], int | None, int]:
    """Return the values of parameters, the limit and the offset in a query string.

    :raises ParameterError: when a field is unknown, or limit or offset is no number.
    """
    fields = read_form(text, "query string")
    values = {name: given for name, given in fields.items() if name not in _OURS}
    for name in values:
        if name not in query.parameters:
            query.bind({name: [""]})
    limit = _number(fields, "limit")
    return values, limit, _number(fields, "offset") or 0


def answer_saved(
    service: Service, query: SavedQuery, text: str, accept: str, format: Format | None = None
) -> Response:
    """Answer a saved query in the format of its extension, or the one that is accepted."""
    values, limit, offset = read_values(query, text)
    is_graph = query.kind in ("CONSTRUCT", "DESCRIBE")
    offered = (*GRAPHS, *DATASETS) if is_graph else SOLUTIONS
    if format is None:
        chosen = choose_format(accept, offered)
    else:
        chosen = Choice(format, format.media_type) if format in offered else None
    if chosen is None:
        return describe_saved(service, query, accept, format)
    answer = service.answer_saved(query, values, chosen.format, chosen.format, limit, offset)
    response = respond_answer(answer, chosen)
    if limit is not None and not is_graph and service.has_more(query, values, offset + limit):
        return response.with_headers(("X-Rows-Cut", "yes"))
    return response


def describe_saved(
    service: Service, query: SavedQuery, accept: str, format: Format | None
) -> Response:
    """Return what the catalogue says of a query, for who wants triples of one that gives rows.

    :raises NotAcceptable: when no format fits.
    """
    graphs = tuple(each.iri for each in service.site.graphs if each.role == "CatalogueGraph")
    chosen = choose_format(accept, GRAPHS) if format is None else None
    if format in GRAPHS and format is not None:
        chosen = Choice(format, format.media_type)
    if chosen is None or not graphs or query.kind in ("CONSTRUCT", "DESCRIBE"):
        raise refuse_formats(SOLUTIONS if query.kind in ("SELECT", "ASK") else GRAPHS)
    iri = f"{service.site.base}queries/{query.name}"
    text = (
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o "
        f'FILTER(?s = <{iri}> || STRSTARTS(STR(?s), "{iri}#")) }}'
    )
    asked = Query(text, graph=chosen.format, dataset=Dataset(graphs))
    return respond_answer(service.answer(asked), chosen)


def _number(fields: dict[str, list[str]], name: str) -> int | None:
    values = fields.get(name, [])
    if not values or values == [""]:
        return None
    is_number = len(values) == 1 and values[0].isascii() and values[0].isdigit()
    if not is_number or len(values[0]) > 20 or int(values[0]) > _LARGEST:
        raise ParameterError(
            message("%(value)r is not a count of rows.", value=", ".join(values)[:100]),
            name,
            message("Give one number in digits, at most %(most)d.", most=_LARGEST),
        )
    return int(values[0])
