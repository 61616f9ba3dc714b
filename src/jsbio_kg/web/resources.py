"""What machines ask for beside queries: things as data, the ontology, downloads, health.

In: a service. Out: a blueprint.
"""

from flask import Blueprint, render_template, request, send_file
from flask import Response as FlaskResponse

from ..errors import NotFound
from ..i18n import message
from ..service import Service
from ..store import DATASETS, EXTENSIONS, GRAPHS
from .bridge import accept, to_flask
from .exchange import Response
from .negotiation import Choice, choose_format, choose_type
from .sparql import refuse_formats, respond_answer

__all__ = ["make_blueprint"]

_FORMATS = (*GRAPHS, *DATASETS)
_TYPES = {
    ".ttl": "text/turtle; charset=utf-8",
    ".nq": "application/n-quads",
    ".json": "application/json",
    ".rq": "application/sparql-query",
}


def make_blueprint(service: Service) -> Blueprint:
    """Return the resources of one service."""
    resources = Blueprint("resources", __name__)
    site = service.site

    @resources.get("/id/<path:name>")
    def thing(name: str) -> FlaskResponse:
        types = tuple(each.media_type for each in _FORMATS)
        chosen = choose_type(accept(), ("text/html", *types))
        if chosen is None:
            raise refuse_formats(_FORMATS)
        target = f"/page/{name}" if chosen == "text/html" else f"/data/{name}"
        search = request.query_string.decode("latin-1")
        location = f"{target}?{search}" if search else target
        headers = (("Location", location), ("Vary", "Accept"), ("Content-Type", "text/plain"))
        return to_flask(Response(303, b"", headers))

    @resources.get("/data/<path:name>")
    def data(name: str) -> FlaskResponse:
        stem, dot, extension = name.rpartition(".")
        format = EXTENSIONS.get(extension) if dot else None
        if format in _FORMATS and format is not None:
            chosen: Choice | None = Choice(format, format.media_type)
        else:
            stem, chosen = name, choose_format(accept(), _FORMATS)
        if chosen is None:
            raise refuse_formats(_FORMATS)
        answer = service.describe(f"{site.base}id/{stem}", chosen.format)
        return to_flask(respond_answer(answer, chosen))

    @resources.get("/ontology")
    def ontology() -> FlaskResponse:
        graph = next((each for each in site.graphs if each.role == "OntologyGraph"), None)
        if graph is None:
            raise _no_file("ontology")
        return _send(graph.file)

    @resources.get("/downloads/")
    def downloads() -> str:
        return render_template("downloads.html")

    @resources.get("/downloads/<path:name>")
    def download(name: str) -> FlaskResponse:
        return _send(name)

    @resources.get("/healthz")
    def healthz() -> FlaskResponse:
        return FlaskResponse("ok\n", mimetype="text/plain")

    @resources.get("/readyz")
    def readyz() -> FlaskResponse:
        service.table("SELECT (1 AS ?one) {}")
        return FlaskResponse("ready\n", mimetype="text/plain")

    def _send(name: str) -> FlaskResponse:
        if site.folder is None or (name not in site.files and name != "manifest.json"):
            raise _no_file(name)
        suffix = "." + name.rpartition(".")[2]
        return send_file(site.folder / name, mimetype=_TYPES.get(suffix, "text/plain"), etag=False)

    return resources


def _no_file(name: str) -> NotFound:
    return NotFound(
        message("There is no file %(name)r.", name=name[:200]),
        fix=message("The page /downloads/ lists the files."),
    )
