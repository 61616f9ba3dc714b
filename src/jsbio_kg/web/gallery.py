"""Saved queries for people: the gallery, and the page of one question.

In: a service. Out: a blueprint; the same addresses give data to who asks for data.
"""

import re
from urllib.parse import parse_qsl

from flask import Blueprint, render_template, request
from flask import Response as FlaskResponse

from ..i18n import message
from ..queries import SavedQuery
from ..service import Cell, Service, Shown, read_names, read_table, show
from ..service.basis import read_basis
from ..store import EXTENSIONS, Answer
from .bridge import accept, current_request, language, to_flask
from .context import Options, current_urls
from .drawing import draw_figure
from .exchange import Response
from .figures.tiles import CITIES
from .forms import make_fields
from .grid import GRID_FIELDS, MOST_ROWS, make_grid
from .negotiation import choose_type
from .preference import DATA_TYPES, wants_page
from .saved import answer_saved, read_values
from .urls import Urls

__all__ = ["GROUPS", "make_blueprint", "name_cells"]

#: The groups of the gallery by first tag, in their order, each as the question it answers.
GROUPS = {
    "pattern": message("How is the industry arranged?"),
    "places": message("What is where?"),
    "clusters": message("Which clusters are there, and which are planned?"),
    "ranking": message("Who ranks where?"),
    "strengths": message("In what is Jiangsu strong?"),
    "trends": message("What is changing?"),
    "sectors": message("Which sectors are there?"),
    "organisations": message("Who takes part?"),
    "plan": message("What does the plan want by 2030?"),
    "joins": message("Where do plan and strength meet?"),
    "counts": message("How many, and how much?"),
    "derived": message("What follows from the numbers?"),
    "gaps": message("What do the documents not say?"),
    "documents": message("What do the documents name?"),
    "names": message("What is it called?"),
    "evidence": message("What does a fact rest on?"),
    "readings": message("How were unclear places read?"),
    "dataset": message("What is in the dataset?"),
}
_NAME = re.compile(r"\b([a-z][a-z0-9]*):([A-Za-z][\w-]*)|\ba\b")


def make_blueprint(service: Service, options: Options) -> Blueprint:
    """Return the gallery and the pages of the queries."""
    gallery = Blueprint("gallery", __name__)
    site = service.site

    @gallery.get("/queries/")
    def queries() -> str:
        held: dict[str, list[SavedQuery]] = {}
        for each in site.queries.values():
            held.setdefault(each.group, []).append(each)
        names = [name for name in GROUPS if name in held]
        names += sorted(name for name in held if name not in GROUPS)
        groups = [(name, group_title(name), held[name]) for name in names]
        return render_template("queries.html", groups=groups)

    @gallery.get("/queries/<path:name>")
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
        return _draw(service, saved)

    return gallery


def group_title(name: str) -> str:
    """Return the heading of a group."""
    return GROUPS[name].in_language(language()) if name in GROUPS else name


def _draw(service: Service, saved: SavedQuery) -> str:
    search = request.query_string.decode("latin-1")
    values, limit, offset = read_values(saved, search)
    answer = service.answer_saved(saved, values, limit=limit, offset=offset)
    urls = current_urls(service.site.base)
    table = read_table(answer.body, MOST_ROWS) if answer.kind == "solutions" else None
    fields = [(n, v) for n, v in parse_qsl(search, keep_blank_values=True) if n in _kept(saved)]
    grid = None
    if table is not None:
        shown = name_cells(service, show(table, language(), saved.columns))
        grid = make_grid(shown, request.script_root + request.path, fields)
    data_fields = [(n, v) for n, v in fields if n in saved.parameters]
    return render_template(
        "query.html",
        query=saved,
        group=group_title(saved.group),
        fields=make_fields(service, saved, values, language()),
        grid=grid,
        answer=answer,
        yes=_verdict(answer),
        drawing=draw_figure(saved.figure, table, language(), urls, _cities(service, saved))
        if table
        else None,
        basis=read_basis(service, saved.bind(values)),
        bound=_without_header(saved.bind(values, limit, offset)),
        data=_data_links(saved, data_fields),
        text=answer.body.decode() if answer.kind == "graph" else "",
    )


def _cities(service: Service, saved: SavedQuery) -> dict[str, str]:
    """Return the names of the cities, where the figure of a query is tiles of them."""
    if saved.figure.get("kind") != "tiles" or "place" not in saved.figure:
        return {}
    iris = [f"{service.site.base}id/city/{slug}" for slug in CITIES]
    names = read_names(service, iris)
    return {iri: names.text(iri, language()) for iri in iris if iri in names.labels}


def _kept(saved: SavedQuery) -> tuple[str, ...]:
    return (*saved.parameters, *GRID_FIELDS, "lang", "limit", "offset")


def _verdict(answer: Answer) -> bool | None:
    return b"true" in answer.body if answer.kind == "boolean" else None


def _data_links(saved: SavedQuery, fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    is_graph = saved.kind in ("CONSTRUCT", "DESCRIBE")
    extensions = ("ttl", "jsonld", "nt", "rdf") if is_graph else ("csv", "json", "tsv", "xml")
    urls = Urls("", prefix=request.script_root)
    return [
        (each.upper(), urls.to(f"/queries/{saved.name}.{each}", **dict(fields)))
        for each in extensions
    ]


def name_cells(service: Service, shown: Shown) -> Shown:
    """Return rows in which things without a name column have their names too."""
    nameless = {
        cell.term.value
        for row in shown.rows
        for cell in row
        if cell.term and cell.term.kind == "uri" and not cell.label
    }
    if not nameless:
        return shown
    names = read_names(service, sorted(nameless)[:2000])

    def named(cell: Cell) -> Cell:
        if cell.term is None or cell.term.kind != "uri" or cell.label:
            return cell
        return Cell(cell.term, names.text(cell.term.value, language()))

    rows = tuple(tuple(named(cell) for cell in row) for row in shown.rows)
    return Shown(shown.columns, shown.headings, rows)


def _without_header(text: str) -> str:
    """Return a query without the lines that describe it, which the page says in words."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#+"))


def _asks_text() -> bool:
    return choose_type(accept(), (*DATA_TYPES, "text/html", "application/sparql-query")) == (
        "application/sparql-query"
    )


def _raw(text: str) -> Response:
    return Response(200, text.encode(), (("Content-Type", "application/sparql-query"),))
