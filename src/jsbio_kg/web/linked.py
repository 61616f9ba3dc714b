"""Linked data: an IRI leads to a page or to data, by what is asked for.

In: a service. Out: a blueprint: ``/id/...`` answers 303, ``/data/...`` gives the document,
``/ontology`` gives the vocabulary. A suffix (``.ttl``) or ``?format=`` overrides the Accept header.
"""

from urllib.parse import quote, urlencode

from flask import Blueprint, request
from flask import Response as FlaskResponse

from ..errors import NotAcceptable
from ..i18n import message
from ..service import Service
from ..service.document import is_known, write_document
from ..service.thing import unknown_thing
from ..store import DATASETS, EXTENSIONS, FORMATS, GRAPHS, Format, Query
from .bridge import accept, to_flask
from .exchange import Response
from .negotiation import Choice, choose_format, choose_type
from .sparql import refuse_formats
from .urls import Urls, link_header
from .vocabulary_page import draw_vocabulary

__all__ = ["make_blueprint"]

_FORMATS = (*GRAPHS, *DATASETS)
_VARY = ("Vary", "Accept, Accept-Encoding, Origin")
_PAGE = "html"


def make_blueprint(service: Service) -> Blueprint:
    """Return the linked data of one service."""
    linked = Blueprint("linked", __name__)
    base = service.site.base

    @linked.get("/id/<path:name>")
    def thing(name: str) -> FlaskResponse:
        stem, wanted = _override(name)
        chosen = wanted or _prefer()
        urls = Urls(base, prefix=request.script_root)
        iri = urls.iri(stem)
        if not is_known(service, iri):
            raise unknown_thing(iri)
        target = f"/page/{stem}" if chosen == _PAGE else f"/data/{stem}"
        kept = {n: v for n, v in request.args.items() if n != "format"}
        if wanted and chosen != _PAGE:
            target += "." + FORMATS[chosen].extension
        location = quote(target, safe="/:@!$&'()*+,;=~-._") + (
            "?" + urlencode(kept) if kept else ""
        )
        headers = (("Location", location), _VARY, link_header(urls, iri, urls.page(iri)))
        return to_flask(Response(303, b"", (*headers, ("Content-Type", "text/plain"))))

    @linked.get("/data/<path:name>")
    def data(name: str) -> FlaskResponse:
        stem, wanted = _override(name)
        return _document(Urls(base).iri(stem), _choice(wanted), f"{base}data/{stem}")

    @linked.get("/data")
    def other_data() -> FlaskResponse:
        iri = request.args.get("iri", "")
        _, wanted = _override("")
        address = f"{service.site.base}data?{urlencode({'iri': iri})}"
        return _document(iri, _choice(wanted), address)

    @linked.get("/ontology")
    @linked.get("/ontology.<extension>")
    def ontology(extension: str = "") -> FlaskResponse | str:
        _, wanted = _override(f"ontology.{extension}" if extension else "ontology")
        if extension and not wanted:
            raise unknown_thing(f"{service.site.base}ontology.{extension}")
        chosen = wanted or _prefer()
        if chosen == _PAGE:
            return draw_vocabulary(service)
        return _vocabulary(service, FORMATS[chosen])

    @linked.get("/ontology/<version>")
    def ontology_version(version: str) -> FlaskResponse | str:
        if version != service.site.ontology_version:
            raise unknown_thing(f"{service.site.base}ontology/{version}")
        return ontology()

    def _document(iri: str, choice: Choice, address: str) -> FlaskResponse:
        body = write_document(service, iri, choice.format, address)
        headers = (("Content-Type", choice.content_type), _VARY)
        urls = Urls(base, prefix=request.script_root)
        link = link_header(urls, iri, urls.page(iri))
        return to_flask(Response(200, body, (*headers, link)))

    return linked


def _vocabulary(service: Service, format: Format) -> FlaskResponse:
    """Return the graph of the vocabulary in a format."""
    graph = next((each.iri for each in service.site.graphs if each.role == "OntologyGraph"), None)
    if graph is None:
        raise unknown_thing(f"{service.site.base}ontology")
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    answer = service.answer(Query(text, graph=format))
    choice = Choice(format, format.media_type)
    return to_flask(Response(200, answer.body, (("Content-Type", choice.content_type), _VARY)))


def _override(name: str) -> tuple[str, str]:
    """Return a name without its suffix, and the name of the format it or ``?format=`` asks for.

    :raises NotAcceptable: when there is no such format.
    """
    asked = request.args.get("format", "")
    stem, dot, extension = name.rpartition(".")
    if dot and (extension == _PAGE or EXTENSIONS.get(extension) in _FORMATS):
        return stem, _PAGE if extension == _PAGE else EXTENSIONS[extension].name
    if not asked:
        return name, ""
    for each in _FORMATS:
        if asked in (each.name, each.extension, *each.media_types):
            return name, each.name
    if asked in (_PAGE, "text/html"):
        return name, _PAGE
    raise NotAcceptable(
        message("There is no format %(format)r.", format=asked[:60]),
        "format",
        message("Use one of: %(known)s.", known=", ".join(e.extension for e in _FORMATS)),
    )


def _prefer() -> str:
    """Return what the Accept header likes best: the page, or the name of a format.

    :raises NotAcceptable: when it takes neither.
    """
    names = {kind: each.name for each in reversed(_FORMATS) for kind in each.media_types}
    offered = (
        *(each.media_type for each in _FORMATS),
        "text/html",
        "application/xhtml+xml",
        *names,
    )
    chosen = choose_type(accept(), tuple(dict.fromkeys(offered)))
    if chosen is None:
        raise refuse_formats(_FORMATS)
    return names.get(chosen, _PAGE)


def _choice(name: str) -> Choice:
    """Return the format of a document: the one that is named, or the one that is accepted.

    :raises NotAcceptable: when the client takes none, or asks for a page where there are data.
    """
    if name and name != _PAGE:
        format = FORMATS[name]
        return Choice(format, format.media_type)
    chosen = choose_format(accept(), _FORMATS)
    if chosen is None:
        raise refuse_formats(_FORMATS)
    return chosen
