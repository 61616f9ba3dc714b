"""Whether the site answers the address of the ontology in every form that people ask for.

In: a project, or the address and the site. Out: findings. After FOOPS!: the IRI of the ontology
and its version IRI give the page to a browser and the vocabulary, whole, to who asks for RDF. The
site is asked in this process, without a port. It is no check of the build, since a release may
not depend on what will serve it; this room alone knows both.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Triple, parse, serialize
from werkzeug.test import Client, TestResponse

from ..build.findings import Finding
from ..build.index import Index, quads_of
from ..build.project import GraphFile, Project
from ..i18n import message
from ..release import ReleaseGraph
from ..service import Service, Site
from ..store import EmbeddedStore, Limits
from ..vocabulary import BASE
from ..web.app import create_app

__all__ = ["check_negotiation", "negotiate"]

PAGE: Final = "text/html"
#: The formats of RDF in which a vocabulary is asked for.
FORMATS: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
}


def check_negotiation(project: Project) -> Iterator[Finding]:
    """Yield what the site does not answer as it should at the addresses of the ontology."""
    site = None
    for graph in project.of_role("OntologyGraph"):
        index = Index(graph.triples)
        for header in index.of_type("owl:Ontology"):
            site = site or _site(project)
            addresses = [("", header.value)]
            addresses += [("owl:versionIRI", iri) for iri in index.iris(header, "owl:versionIRI")]
            for predicate, address in addresses:
                where = graph.place(header.value, predicate)
                yield from negotiate(site, address, graph.triples, where)


def negotiate(
    site: object, address: str, triples: tuple[Triple, ...], where: str
) -> Iterator[Finding]:
    """Yield each form in which a site does not answer an address.

    :param site: a WSGI application that stands for what is below :data:`BASE`.
    :param triples: what it should answer.
    """
    if not address.startswith(BASE):
        what = message("<%(iri)s> lies outside of %(base)s.", iri=address, base=BASE)
        yield Finding(where, what, message("Name an address that the site serves."))
        return
    client = Client(site)  # type: ignore[arg-type]
    path = "/" + address.removeprefix(BASE)
    for accept in (PAGE, *FORMATS):
        answer = client.get(path, headers={"Accept": accept}, follow_redirects=True)
        if answer.status_code != 200 or answer.mimetype != accept:
            what = message(
                "Asked for %(accept)s, <%(iri)s> answers %(status)d, %(type)s.",
                accept=accept,
                iri=address,
                status=answer.status_code,
                type=answer.mimetype or "-",
            )
            yield Finding(where, what, message("Correct the IRI, or what serves it."))
        elif accept != PAGE and not _is_whole(answer, accept, triples):
            what = message("As %(accept)s, <%(iri)s> is not whole.", accept=accept, iri=address)
            yield Finding(where, what, message("Correct what serves it."))
        elif "accept" not in answer.headers.get("Vary", "").lower():
            what = message("<%(iri)s> does not say that it varies by Accept.", iri=address)
            yield Finding(where, what, message("Correct what serves it."))


def _is_whole(answer: TestResponse, accept: str, triples: tuple[Triple, ...]) -> bool:
    """Tell whether an answer holds the triples; blank nodes have no name to compare."""
    try:
        held = [quad.triple for quad in parse(answer.get_data(), FORMATS[accept], base_iri=BASE)]
    except SyntaxError:
        return False
    named = {triple for triple in triples if "_:" not in str(triple)}
    return len(set(held)) == len(set(triples)) and named <= set(held)


def _site(project: Project) -> object:
    """Return the site of the vocabulary alone, which is all that is asked for."""
    roles = ("OntologyGraph", "ShapeGraph", "DescriptionGraph")
    graphs = [graph for graph in project.of_role(*roles) if graph.file]
    with tempfile.TemporaryDirectory(prefix="jsbio-kg-") as folder:
        path = Path(folder) / "vocabulary.nq"
        quads = (quad for graph in graphs for quad in quads_of(graph.triples, graph.iri))
        serialize(quads, str(path), RdfFormat.N_QUADS)
        shown = [graph.iri.value for graph in graphs if graph.is_default]
        store = EmbeddedStore.from_dataset(path, shown)
    told = tuple(map(_told, graphs))
    header = _header(graphs)
    site = Site(
        BASE,
        "vocabulary",
        sum(graph.triples for graph in told),
        told,
        tuple(shown),
        ontology_iri=header[0],
        ontology_version=header[1],
        limits=Limits(),
    )
    return create_app(Service(store, site))


def _told(graph: GraphFile) -> ReleaseGraph:
    return ReleaseGraph(
        graph.iri.value, graph.role, graph.file, len(graph.triples), graph.title, graph.is_default
    )


def _header(graphs: list[GraphFile]) -> tuple[str, str]:
    """Return the IRI and the version of the ontology, as a release would name them."""
    for graph in graphs:
        index = Index(graph.triples)
        for header in index.of_type("owl:Ontology") if graph.role == "OntologyGraph" else ():
            return header.value, index.text(header, "owl:versionInfo")
    return "", ""
