"""Downloads: the release to take away, file by file, and what robots may read.

In: a service. Out: a blueprint with the page ``/downloads/`` (the files themselves come ahead of
it), ``/sitemap.xml`` and ``/robots.txt``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from flask import Blueprint, render_template
from flask import Response as FlaskResponse

from ..i18n import LANGUAGES, Message, message
from ..release import ReleaseFile, ReleaseGraph
from ..service import Service, Site
from ..service.naming import read_things
from .bridge import language, to_flask
from .context import Options, html_language
from .exchange import Response
from .things import public_address
from .urls import Urls

__all__ = ["human_size", "make_blueprint"]

#: The kinds of graphs, in the order in which they are told of, each with what it holds.
_ROLES: dict[str, Message] = {
    "FactGraph": message("what a document states"),
    "EntityGraph": message("names of things"),
    "EvidenceGraph": message("evidence"),
    "ReferenceGraph": message("known from elsewhere"),
    "MappingGraph": message("identifiers of others"),
    "EditorialGraph": message("judgements of the editors"),
    "InferredGraph": message("what follows"),
    "OntologyGraph": message("vocabulary"),
    "ShapeGraph": message("shapes"),
    "DescriptionGraph": message("description"),
    "CatalogueGraph": message("saved queries"),
}
#: What files hold that are neither a graph nor a form of the dataset, by their name's beginning.
_FILES: dict[str, Message] = {
    "dataset.nq": message("every graph, as canonical N-Quads"),
    "dcat.ttl": message("description of these files, as DCAT"),
    "proofs.json": message("why each inferred triple follows"),
    "docs/model": message("diagram of the vocabulary"),
    "docs/ontology.css": message("style of the page of the vocabulary"),
    "docs/ontology": message("the vocabulary as one page"),
    "dumps/context": message("the context of the JSON-LD files"),
}


@dataclass(frozen=True)
class Item:
    """A file with the graph that it holds."""

    name: str
    file: ReleaseFile
    graph: ReleaseGraph
    role: str


def human_size(count: int) -> str:
    """Return a number of bytes as people read it.

    >>> human_size(730), human_size(5219862)
    ('730 B', '5.0 MiB')
    """
    size = float(count)
    for unit in ("B", "KiB", "MiB"):
        if size < 1024 or unit == "MiB":
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    raise AssertionError


def make_blueprint(service: Service, options: Options) -> Blueprint:
    """Return the shelf of one service."""
    shelf = Blueprint("shelf", __name__)
    site = service.site

    @shelf.get("/downloads/")
    def downloads() -> str:
        order = list(_ROLES)
        items = [
            Item(graph.file, site.files[graph.file], graph, _role(graph.role))
            for graph in sorted(
                site.graphs,
                key=lambda g: (order.index(g.role) if g.role in order else 99, g.iri),
            )
            if graph.file in site.files
        ]
        held = {item.name for item in items}
        return render_template(
            "downloads.html",
            items=items,
            whole=[(name, file) for name, file in site.files.items() if "/" not in name],
            others={
                name: file
                for name, file in site.files.items()
                if "/" in name
                and name not in held
                and not name.startswith(("queries/", "quality/"))
            },
            rules={n: file for n, file in site.files.items() if n.startswith("quality/")},
            size=human_size,
            about=lambda name: _about(site, name),
            address=public_address(options),
        )

    @shelf.get("/sitemap.xml")
    def sitemap() -> FlaskResponse:
        body = "".join(_sitemap(service, public_address(options))).encode()
        return to_flask(Response(200, body, (("Content-Type", "application/xml; charset=utf-8"),)))

    @shelf.get("/robots.txt")
    def robots() -> FlaskResponse:
        text = (
            "User-agent: *\nDisallow: /sparql\nDisallow: /query\nDisallow: /search\n"
            f"Sitemap: {public_address(options)}sitemap.xml\n"
        )
        return to_flask(Response(200, text.encode(), (("Content-Type", "text/plain"),)))

    return shelf


def _about(site: Site, name: str) -> str:
    """Return what a file holds, in the language of the page."""
    for dump in site.dumps:
        if dump.file == name:
            return dump.title.get(language(), "")
    found = next((text for start, text in _FILES.items() if name.startswith(start)), None)
    return found.in_language(language()) if found else ""


def _role(name: str) -> str:
    return _ROLES[name].in_language(language()) if name in _ROLES else name


def _sitemap(service: Service, address: str) -> Iterable[str]:
    """Yield the sitemap: every page in both languages (sitemaps.org, with alternates)."""
    urls = Urls(service.site.base)
    paths = ["/", "/queries/", "/ontology", "/downloads/"]
    paths += ["/releases/"] if service.history else []
    paths += [f"/queries/{name}" for name in service.site.queries]
    paths += [urls.page(iri) for iri in read_things(service)]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    yield 'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for path in paths:
        whole = escape(address.rstrip("/") + path)
        yield f"<url><loc>{whole}</loc>"
        for each in LANGUAGES:
            yield (
                f'<xhtml:link rel="alternate" hreflang="{html_language(each)}" '
                f'href="{whole}?lang={each}"/>'
            )
        yield "</url>\n"
    yield "</urlset>\n"
