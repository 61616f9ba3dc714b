"""The header of the ontology: what a reader has to know of a vocabulary before using it."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from ..i18n import Message, message
from ..vocabulary import JSBIO
from .findings import Finding
from .index import Index
from .project import GraphFile

__all__ = ["check_header"]

#: The version before which there was none.
FIRST_VERSION: Final = "0.1.0"
REQUIRED: Final = (
    "dcterms:bibliographicCitation",
    "dcterms:creator",
    "dcterms:license",
    "dcterms:title",
    "owl:versionIRI",
    "owl:versionInfo",
    "vann:preferredNamespacePrefix",
    "vann:preferredNamespaceUri",
)


def check_header(index: Index, graph: GraphFile) -> Iterator[Finding]:
    """Yield what the header of an ontology lacks or gets wrong."""
    headers = index.of_type("owl:Ontology")
    if len(headers) != 1:
        what = message("The file describes %(n)d ontologies.", n=len(headers))
        yield Finding(graph.file, what, message("Describe one with owl:Ontology."))
        return
    header = headers[0]
    for predicate in REQUIRED:
        if not index.values(header, predicate):
            yield Finding(
                graph.place(header.value),
                message("The ontology has no %(predicate)s.", predicate=predicate),
                message("Add it to the header."),
            )
    for predicate, what, fix in _contradictions(index, header):
        yield Finding(graph.place(header.value, predicate), what, fix)


def _contradictions(index: Index, header: NamedNode) -> Iterator[tuple[str, Message, Message]]:
    version = index.text(header, "owl:versionInfo")
    iri = f"{header.value}/{version}"
    if version and index.iris(header, "owl:versionIRI") not in ([], [iri]):
        what = message("The version IRI is not that of version %(version)s.", version=version)
        yield "owl:versionIRI", what, message("Make it <%(iri)s>.", iri=iri)
    citation = index.text(header, "dcterms:bibliographicCitation")
    if citation and version not in citation:
        what = message("The citation is not that of version %(version)s.", version=version)
        yield "dcterms:bibliographicCitation", what, message("Name the version in it.")
    namespace = index.text(header, "vann:preferredNamespaceUri")
    if namespace not in ("", JSBIO):
        what = message("The preferred namespace is not the one in use.")
        yield "vann:preferredNamespaceUri", what, message("Make it %(iri)s.", iri=JSBIO)
    prior = index.iris(header, "owl:priorVersion")
    if version and version != FIRST_VERSION and not prior:
        what = message("Version %(version)s does not name the one before it.", version=version)
        yield "owl:versionInfo", what, message("Add owl:priorVersion.")
    if prior and (version == FIRST_VERSION or iri in prior):
        what = message(
            "Version %(version)s names a version before it that is none.", version=version
        )
        yield "owl:priorVersion", what, message("Correct or remove owl:priorVersion.")
