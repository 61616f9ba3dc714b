"""Whether everything has its names and a type, and everything that is used is described.

In: a project. Out: findings.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from ..i18n import LANGUAGES, message
from ..vocabulary import BASE, JSBIO, PREFIXES, expand, shrink
from .findings import Finding
from .project import Project

__all__ = ["check_described", "check_names"]

#: Kinds of things that are no entities: parts of the evidence, and values with an IRI.
UNNAMED: Final = tuple(
    expand(f"{kind}:") for kind in ("evidence", "geometry", "passage", "selector", "sentence")
)

#: Vocabularies that OWL builds on; nobody declares them.
BUILT_IN: Final = tuple(PREFIXES[name] for name in ("owl", "rdf", "rdfs", "xsd"))
RDF_TYPE: Final = expand("rdf:type")
OURS: Final = (BASE + "id/", BASE + "graph/")
DESCRIBED_BY: Final = ("dcterms:description", "skos:definition")


def check_names(project: Project) -> Iterator[Finding]:
    """Yield entities without exactly one label and description a language, or a type.

    Of the terms of the ontology the shapes and the rules of quality tell.
    """
    for node in _entities(project):
        for what, properties in (("label", ("rdfs:label",)), ("description", DESCRIBED_BY)):
            found = [lit for name in properties for lit in project.index.literals(node, name)]
            for language in LANGUAGES:
                count = sum(literal.language == language for literal in found)
                if count != 1:
                    yield _misnamed(project, node, what, language, count)
        if not project.index.values(node, "rdf:type"):
            yield Finding(
                project.place(node),
                message("%(node)s has no type.", node=shrink(node.value)),
                message('Say what it is with "a".'),
            )


def _misnamed(project: Project, node: NamedNode, what: str, language: str, count: int) -> Finding:
    name = shrink(node.value)
    names = {
        ("label", 0): message("%(node)s has no label @%(language)s.", node=name, language=language),
        ("description", 0): message(
            "%(node)s has no description @%(language)s.", node=name, language=language
        ),
        ("label", 1): message(
            "%(node)s has %(n)d labels @%(language)s.", node=name, language=language, n=count
        ),
        ("description", 1): message(
            "%(node)s has %(n)d descriptions @%(language)s.", node=name, language=language, n=count
        ),
    }
    if count:
        fix = message("Keep one; other names go into skos:altLabel, notes into skos:scopeNote.")
    else:
        fix = message("Add it.")
    return Finding(project.place(node), names[what, min(count, 1)], fix)


def _entities(project: Project) -> list[NamedNode]:
    """Return what needs names: our own things."""
    found: dict[NamedNode, None] = {}
    for graph in project.graphs:
        if graph.role in ("EvidenceGraph", "OntologyGraph", "ShapeGraph"):
            continue
        for triple in graph.triples:
            if isinstance(triple.subject, NamedNode):
                iri = triple.subject.value
                if iri.startswith(BASE) and not iri.startswith(UNNAMED):
                    found[triple.subject] = None
    return list(found)


def check_described(project: Project) -> Iterator[Finding]:
    """Yield what is used and nowhere described: our own things, and the terms of any vocabulary."""
    known = {node.value for node in project.index.subjects() if isinstance(node, NamedNode)}
    terms = {
        triple.subject.value
        for graph in project.of_role("OntologyGraph")
        for triple in graph.triples
        if isinstance(triple.subject, NamedNode)
    }
    told: set[str] = set()
    for graph in project.graphs:
        if graph.role == "ShapeGraph":
            continue
        for triple in graph.triples:
            subject = getattr(triple.subject, "value", "")
            predicate = triple.predicate.value
            if predicate not in terms and not predicate.startswith(BUILT_IN):
                if predicate not in told:
                    told.add(predicate)
                    yield _undeclared(graph.place(subject, predicate), predicate)
            value = triple.object
            if not isinstance(value, NamedNode) or value.value in told:
                continue
            if _is_undescribed(value.value, predicate, known, terms):
                told.add(value.value)
                yield _undeclared(graph.place(subject, predicate, value.value), value.value)


def _is_undescribed(iri: str, predicate: str, known: set[str], terms: set[str]) -> bool:
    if iri.startswith(JSBIO) or (predicate == RDF_TYPE and not iri.startswith(BUILT_IN)):
        return iri not in terms
    return iri not in known and iri.startswith(OURS)


def _undeclared(where: str, iri: str) -> Finding:
    if iri.startswith(BASE) and not iri.startswith(JSBIO):
        what = message("%(name)s is used and nowhere described.", name=shrink(iri))
        return Finding(where, what, message("Describe it, or correct the name."))
    what = message("The ontology does not declare %(name)s.", name=shrink(iri))
    return Finding(where, what, message("Declare it in the ontology, or correct the name."))
