"""The pages for people, put together; and the endpoint's own page.

In: a service. Out: the blueprints of the site's pages, for the application to register.
"""

from flask import Blueprint, render_template
from flask import Response as FlaskResponse

from ..service import Service, read_table, show
from ..store import Query
from . import gallery, home, things
from .bridge import accept, current_request, language, to_flask
from .context import Options
from .gallery import name_cells
from .grid import make_grid
from .preference import wants_page
from .sparql import METHODS, answer_query, read_query

__all__ = ["make_blueprints"]

#: What the form holds before anything was asked.
EXAMPLE = """PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?park ?name WHERE {
  ?park a jsbio:Park ; rdfs:label ?name .
}
ORDER BY ?name
LIMIT 50
"""
#: How many rows the page shows; the data formats hold them all.
MOST_ROWS = 1000


def make_blueprints(service: Service, options: Options) -> list[Blueprint]:
    """Return every blueprint of pages."""
    return [
        home.make_blueprint(service, options),
        gallery.make_blueprint(service, options),
        things.make_blueprint(service, options),
        _make_endpoint_page(service),
    ]


def _make_endpoint_page(service: Service) -> Blueprint:
    endpoint = Blueprint("endpoint", __name__)

    @endpoint.route("/sparql", methods=[*METHODS], provide_automatic_options=True)
    @endpoint.route("/query", methods=[*METHODS], provide_automatic_options=True)
    def sparql() -> FlaskResponse | str:
        asked = read_query(current_request())
        if asked.text is None and not asked.has_parameters and wants_page():
            return render_template("sparql.html", text=EXAMPLE, answer=None)
        if asked.text is not None and wants_page():
            return _draw(service, asked.text)
        return to_flask(answer_query(service, asked, accept()))

    return endpoint


def _draw(service: Service, text: str) -> str:
    answer = service.answer(Query(text))
    grid = None
    if answer.kind == "solutions":
        table = read_table(answer.body, MOST_ROWS)
        shown = name_cells(service, show(table, language(), {}))
        grid = make_grid(shown, "/sparql", [("query", text)])
    return render_template("sparql.html", text=text, answer=answer, grid=grid)
