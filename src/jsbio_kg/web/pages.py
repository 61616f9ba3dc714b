"""The pages for people: home, the endpoint's form, saved queries, things.

In: a service. Out: a blueprint whose views choose between a page and data by what is asked for.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request
from flask import Response as FlaskResponse

from ..service import Service, read_table
from ..store import DATASETS, EXTENSIONS, GRAPHS, SOLUTIONS, Query
from .bridge import accept, current_request, language, to_flask
from .context import Options
from .exchange import Response
from .forms import make_fields
from .negotiation import choose_type
from .saved import answer_saved, read_values
from .sparql import METHODS, answer_query, read_query

__all__ = ["make_blueprint"]

_DATA_TYPES = tuple(each.media_type for each in (*SOLUTIONS, *GRAPHS, *DATASETS))
View = Callable[..., Any]


def wants_page(*types: str) -> bool:
    """Tell whether the client likes a page better than data."""
    return bool(accept()) and choose_type(accept(), (*(types or _DATA_TYPES), "text/html")) == (
        "text/html"
    )


def make_blueprint(service: Service, options: Options) -> Blueprint:
    """Return the pages of one service."""
    pages = Blueprint("pages", __name__)
    site = service.site

    @pages.get("/")
    def home() -> str:
        return render_template("home.html")

    @pages.route("/sparql", methods=[*METHODS], provide_automatic_options=True)
    @pages.route("/query", methods=[*METHODS], provide_automatic_options=True)
    def sparql() -> FlaskResponse | str:
        asked = read_query(current_request())
        if asked.text is None and not asked.has_parameters and wants_page():
            return render_template("sparql.html", text="", answer=None)
        if asked.text is not None and wants_page():
            return _result_page(service, asked.text)
        return to_flask(answer_query(service, asked, accept()))

    @pages.get("/queries/")
    def queries() -> str:
        groups: dict[str, list[Any]] = {}
        for each in site.queries.values():
            groups.setdefault(each.group, []).append(each)
        return render_template("queries.html", groups=sorted(groups.items()))

    @pages.get("/queries/<path:name>")
    def query(name: str) -> FlaskResponse | str:
        stem, dot, extension = name.partition(".")
        saved = service.query(stem)
        if extension == "rq" or (not dot and _asks_text()):
            return to_flask(_raw(saved.text))
        if dot or not wants_page():
            chosen = EXTENSIONS.get(extension) if dot else None
            if dot and chosen is None:
                service.query(name)
            return to_flask(answer_saved(service, saved, current_request().query, accept(), chosen))
        values, limit, offset = read_values(saved, current_request().query)
        answer = service.answer_saved(saved, values, limit=limit, offset=offset)
        table = read_table(answer.body, 1000) if answer.kind == "solutions" else None
        return render_template(
            "query.html",
            query=saved,
            fields=make_fields(service, saved, values, language()),
            table=table,
            answer=answer,
            search=request.query_string.decode("latin-1"),
        )

    return pages


def _asks_text() -> bool:
    return choose_type(accept(), (*_DATA_TYPES, "text/html", "application/sparql-query")) == (
        "application/sparql-query"
    )


def _raw(text: str) -> Response:
    return Response(200, text.encode(), (("Content-Type", "application/sparql-query"),))


def _result_page(service: Service, text: str) -> str:
    answer = service.answer(Query(text))
    table = read_table(answer.body, 1000) if answer.kind == "solutions" else None
    return render_template("sparql.html", text=text, answer=answer, table=table)
