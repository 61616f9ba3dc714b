"""The SPARQL 1.1 Protocol, for queries.

In: a request at the endpoint. Out: its answer. The three ways to send a query are those of section
2.1 of the protocol; formats are negotiated before the query runs and chosen when it is known
whether it gives rows or triples. A parameter that the protocol does not have is passed over, since
clients send their own (``format``, ``output``, ``infer``) to endpoints that may not know them; one
that it has stands once, save the graphs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ..errors import NotAcceptable, ParameterError
from ..i18n import message
from ..service import Service, is_volatile
from ..store import DATASETS, GRAPHS, SOLUTIONS, Answer, Dataset, Format, Query
from .exchange import Request, Response, read_form
from .negotiation import Choice, choose_format
from .problems import HttpError

__all__ = [
    "METHODS",
    "Asked",
    "answer_query",
    "read_query",
    "refuse_formats",
    "respond_answer",
]

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
LARGEST_BODY = 1 << 20
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_GRAPH_FORMATS = (*GRAPHS, *DATASETS)
#: What an IRI may hold and a header too.
_SAFE = "/:?#[]@!$&'()*+,;=%-._~"
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Asked:
    """What a request asks: the query if there is one, the graphs it names, its deadline."""

    text: str | None
    dataset: Dataset | None
    seconds: float | None
    has_parameters: bool


def read_query(request: Request) -> Asked:
    """Read the query of a request, sent in any of the three ways.

    :raises HttpError: for a method, size or media type that the protocol does not have.
    :raises ParameterError: when a parameter is there twice, missing or not UTF-8.
    """
    if request.method not in METHODS:
        raise HttpError(
            405,
            message("The method %(method)s is not one of the endpoint's.", method=request.method),
            message("Use GET or POST."),
            headers=(("Allow", ", ".join(METHODS)),),
        )
    fields = read_form(request.query, "query string")
    if request.method != "POST":
        if request.header("content-length").strip("0 ") or request.header("transfer-encoding"):
            raise HttpError(
                400,
                message("The request has a body, which GET does not have."),
                message("Send the query in the address, or by POST."),
            )
        return _asked(fields, _single(fields, "query"))
    if len(request.body) > LARGEST_BODY:
        raise HttpError(
            413,
            message("The query is larger than %(bytes)d bytes.", bytes=LARGEST_BODY),
            message("Send a smaller one."),
        )
    media_type, _, parameters = request.header("content-type").partition(";")
    media_type = media_type.strip().lower()
    if media_type not in (_FORM, _DIRECT) or not _is_utf8(parameters):
        raise HttpError(
            415,
            message("A query is not sent as %(type)r.", type=request.header("content-type")),
            message("Send %(direct)s or %(form)s, in UTF-8.", direct=_DIRECT, form=_FORM),
            headers=(("Accept-Post", f"{_DIRECT}, {_FORM}"),),
        )
    body = _decode(request.body)
    if media_type == _DIRECT:
        if "query" in fields:
            raise _twice("query")
        return _asked(fields, body)
    form = read_form(body, "body")
    merged = {name: [*fields.get(name, ()), *form.get(name, ())] for name in {**fields, **form}}
    return _asked(merged, _required(_single(merged, "query")))


def answer_query(service: Service, asked: Asked, accept: str) -> Response:
    """Run a query and write its answer in the format that the client likes best."""
    solutions = choose_format(accept, SOLUTIONS)
    graph = choose_format(accept, _GRAPH_FORMATS)
    if solutions is None and graph is None:
        raise refuse_formats((*SOLUTIONS, *_GRAPH_FORMATS))
    answer = service.answer(
        Query(
            text=_required(asked.text),
            solutions=solutions.format if solutions else None,
            graph=graph.format if graph else None,
            dataset=asked.dataset,
            seconds=asked.seconds,
            is_foreign=True,
        )
    )
    chosen = graph if answer.kind == "graph" else solutions
    assert chosen is not None
    response = respond_answer(answer, chosen).with_headers(*_tell_missing(service, asked.dataset))
    if is_volatile(_required(asked.text)):
        return response.with_headers(("Cache-Control", "no-store"))
    return response


def respond_answer(answer: Answer, chosen: Choice) -> Response:
    """Return the response that carries an answer."""
    return Response(
        200,
        answer.body,
        (("Content-Type", chosen.content_type),),
        {"kind": answer.kind, "rows": answer.rows},
    )


def _tell_missing(service: Service, dataset: Dataset | None) -> tuple[tuple[str, str], ...]:
    """Name the graphs that a request asks for and that are not here, which are empty."""
    if dataset is None or not service.site.has_all_graphs:
        return ()
    here = {graph.iri for graph in service.site.graphs}
    asked = dict.fromkeys((*dataset.default_graphs, *dataset.named_graphs))
    missing = [f"<{quote(iri, safe=_SAFE)}>" for iri in asked if iri not in here]
    return (("X-Graphs-Missing", ", ".join(missing)[:1000]),) if missing else ()


def refuse_formats(offered: Sequence[Format]) -> NotAcceptable:
    """Say that none of the accepted media types is offered, and list what is."""
    return NotAcceptable(
        message("The answer comes in none of the formats that are accepted."),
        "Accept",
        message("Accept one of: %(types)s.", types=", ".join(each.media_type for each in offered)),
    )


def _asked(fields: Fields, text: str | None) -> Asked:
    default, named = fields.get("default-graph-uri", ()), fields.get("named-graph-uri", ())
    dataset = Dataset(tuple(default), tuple(named)) if default or named else None
    _single(fields, "version")  # of SPARQL 1.2; what is understood does not depend on it
    if text is not None:
        text = text.removeprefix("\ufeff")
    return Asked(text, dataset, _seconds(fields), bool(fields.keys() - {"lang"}))


def _seconds(fields: Fields) -> float | None:
    value = _single(fields, "timeout")
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < 1e6:
        raise ParameterError(
            message("%(value)r is not a number of seconds.", value=value),
            "timeout",
            message("Give a number above 0, such as 2.5."),
        )
    return seconds


def _single(fields: Fields, name: str) -> str | None:
    values = fields.get(name, ())
    if len(values) > 1:
        raise _twice(name)
    return values[0] if values else None


def _twice(name: str) -> ParameterError:
    return ParameterError(
        message("The parameter is there more than once."), name, message("Send it once.")
    )


def _required(text: str | None) -> str:
    if text is None:
        raise ParameterError(
            message("The request has no query."),
            "query",
            message('Send one, such as "query=ASK {}", or no parameter for the description.'),
        )
    return text


def _is_utf8(parameters: str) -> bool:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower() in ("utf-8", "utf8")
    return True


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParameterError(
            message("The query is not UTF-8 from byte %(byte)d on.", byte=error.start),
            "body",
            message("Encode it as UTF-8."),
        ) from None
