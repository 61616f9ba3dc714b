"""The SPARQL page: an editor, an answer, and what the editor's script asks for.

In: a service. Out: a blueprint with ``/sparql`` as a page and ``/sparql/vocabulary.json``. The page
is whole without the script: a form, the answer as a table, errors with their place, downloads.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, render_template, request
from flask import Response as FlaskResponse

from ..errors import JsbioError
from ..i18n import message
from ..queries import extent_of
from ..search import vocabulary_of
from ..service import Cell, Service, Shown, Table, Term, read_table
from ..service.triples import read_triples
from ..store import EXTENSIONS, FORMATS, GRAPHS, SOLUTIONS, Answer, Format, Query
from .bridge import accept, current_request, language, to_flask
from .exchange import Response
from .gallery import GROUPS, group_title, name_cells
from .grid import GRID_FIELDS, MOST_ROWS, Grid, make_grid
from .preference import wants_page
from .problems import problem_of
from .sparql import METHODS, Asked, answer_query, read_query

__all__ = ["make_blueprint"]

#: A query that is longer goes into no address.
LONGEST_LINK: Final = 15_000
#: Characters of a text that a cell shows.
LONGEST_TEXT: Final = 5_000
_SCRIPT: Final = Path(__file__).parent / "static" / "editor" / "editor.js"
_FIRST: Final = """PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?park ?name ?city WHERE {{
  ?park a jsbio:Park ;
    rdfs:label ?name ;
    jsbio:locatedIn ?city .
  ?city a jsbio:City .
  FILTER(LANGMATCHES(LANG(?name), "{language}"))
}}
ORDER BY ?name
"""
_HELD: Final = (*GRID_FIELDS, "lang")
_PLAIN: Final = (
    "SELECT ?subject ?predicate ?object WHERE {\n  ?subject ?predicate ?object\n}\nLIMIT 50\n"
)


@dataclass(frozen=True)
class Outcome:
    """An answer, or why there is none, as the page shows it.

    :param count: rows or triples of the whole answer.
    :param excerpt: the line of an error: its number, what stands before, at and behind the place.
    """

    kind: str = ""
    grid: Grid | None = None
    is_true: bool = False
    count: int = 0
    milliseconds: int = 0
    formats: tuple[Format, ...] = ()
    problem: Mapping[str, Any] = field(default_factory=dict)
    excerpt: tuple[int, str, str, str] | None = None


def make_blueprint(service: Service) -> Blueprint:
    """Return the SPARQL page of one service."""
    blueprint = Blueprint("editor", __name__)
    script = _script_address()
    vocabulary: list[bytes] = []

    @blueprint.route("/sparql", methods=[*METHODS], provide_automatic_options=True)
    @blueprint.route("/query", methods=[*METHODS], provide_automatic_options=True)
    def sparql() -> FlaskResponse | tuple[str, int, dict[str, str]]:
        asked = read_query(current_request())
        if not wants_page():
            return to_flask(answer_query(service, asked, accept()))
        chosen = EXTENSIONS.get(request.values.get("format", ""))
        if asked.text is not None and chosen is not None:
            return _download(service, asked, chosen)
        outcome, status = _run(service, asked)
        page = render_template(
            "sparql.html",
            groups=_groups(service),
            longest_link=LONGEST_LINK,
            most_rows=MOST_ROWS,
            outcome=outcome,
            script=script,
            text=_starting_text(service) if asked.text is None else asked.text,
            texts=_texts(),
        )
        return page, status, {} if status == 200 else {"Cache-Control": "no-store"}

    @blueprint.get("/sparql/vocabulary.json")
    def terms() -> FlaskResponse:
        if not vocabulary:
            found = vocabulary_of(service.search, service.site.prefixes)
            vocabulary.append(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode())
        return to_flask(Response(200, vocabulary[0], (("Content-Type", "application/json"),)))

    return blueprint


def _run(service: Service, asked: Asked) -> tuple[Outcome | None, int]:
    """Answer a query for the page; an error is shown beside the query, which is kept."""
    if asked.text is None:
        return None, 200
    started = time.perf_counter()
    try:
        answer = service.answer(
            Query(asked.text, SOLUTIONS[0], FORMATS["ntriples"], asked.dataset, asked.seconds, True)
        )
        return _show(service, asked.text, answer, started), 200
    except JsbioError as error:
        problem = problem_of(error, language())
        excerpt = _excerpt(asked.text, problem.members)
        return Outcome(problem=problem.members, excerpt=excerpt), problem.status


def _show(service: Service, text: str, answer: Answer, started: float) -> Outcome:
    spent = round((time.perf_counter() - started) * 1000)
    if answer.kind == "boolean":
        is_true = bool(json.loads(answer.body)["boolean"])
        return Outcome("boolean", None, is_true, 1, spent, SOLUTIONS[:2])
    if answer.kind == "graph":
        table, count = read_triples(answer.body, MOST_ROWS), answer.body.count(b"\n")
        formats: tuple[Format, ...] = GRAPHS
    else:
        table, count = read_table(answer.body, MOST_ROWS), answer.rows or 0
        formats = SOLUTIONS
    named = name_cells(service, _as_asked(table))
    held = [("query", text)]
    held += [(name, value) for name, value in request.args.items(multi=True) if name in _HELD]
    grid = make_grid(named, request.script_root + "/sparql", held)
    return Outcome(answer.kind, grid, False, count, spent, formats)


def _as_asked(table: Table) -> Shown:
    """Return a table with the columns that the query names, as it names them."""
    rows = tuple(tuple(Cell(_shorten(term)) for term in row) for row in table.rows)
    return Shown(table.columns, table.columns, rows)


def _shorten(term: Term | None) -> Term | None:
    """Return a term as far as a page shows it; the downloads hold all of it."""
    if term is None or len(term.value) <= LONGEST_TEXT:
        return term
    return replace(term, value=term.value[:LONGEST_TEXT] + " …")


def _groups(service: Service) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the saved queries by the question they belong to, each with its name."""
    held: dict[str, list[tuple[str, str]]] = {}
    for query in service.site.queries.values():
        title = group_title(query.group)
        held.setdefault(title, []).append((query.name, query.summary[language()]))
    order = {title.in_language(language()): place for place, title in enumerate(GROUPS.values())}
    return sorted(held.items(), key=lambda item: order.get(item[0], len(order)))


def _download(service: Service, asked: Asked, chosen: Format) -> FlaskResponse:
    """Send an answer as a file."""
    response = answer_query(service, asked, chosen.media_type)
    name = f'attachment; filename="answer.{chosen.extension}"'
    return to_flask(response.with_headers(("Content-Disposition", name)))


def _excerpt(text: str, problem: Mapping[str, Any]) -> tuple[int, str, str, str] | None:
    """Return the line of an error: its number, what stands before, at and behind the place."""
    lines = text.split("\n")
    number = problem.get("line", 0)
    if not 0 < number <= len(lines):
        return None
    line, at = lines[number - 1].rstrip("\r"), problem["column"] - 1
    start, end = extent_of(text, number, problem["column"])
    behind = at + min(end - start, len(line) - at)
    return number, line[:at], line[at:behind] or " ", line[behind:]


def _starting_text(service: Service) -> str:
    """Return what the editor begins with: a saved query that was chosen, or an example."""
    if name := request.args.get("saved", ""):
        lines = service.query(name).text.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("#+"))
    return _FIRST.format(language=language()) if service.site.ontology_iri else _PLAIN


def _script_address() -> str:
    """Return where the script is, named by its content; empty when it was not built."""
    if not _SCRIPT.is_file():
        return ""
    return f"/static/editor/editor.js?v={hashlib.sha256(_SCRIPT.read_bytes()).hexdigest()[:12]}"


def _texts() -> str:
    """Return the words of the script in the language of the page."""
    words = {
        "running": message("Running …"),
        "failed": message("The server cannot be reached. Try again; the query is kept."),
        "used": message("Used {count} times"),
        "leave": message("Press Escape and then Tab to leave the editor."),
    }
    phrases = {
        "Completions": message("Completions"),
        "Diagnostics": message("Errors"),
        "No diagnostics": message("No errors"),
        "close": message("close"),
    }
    tongue = language()
    said: dict[str, Any] = {key: text.in_language(tongue) for key, text in words.items()}
    said["phrases"] = {key: text.in_language(tongue) for key, text in phrases.items()}
    return json.dumps(said, ensure_ascii=False)
