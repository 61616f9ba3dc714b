"""House style of the files: canonical form, no blank nodes in data, no triple in two places.

In: a project. Out: findings.
"""

from collections.abc import Iterator
from itertools import zip_longest

from pyoxigraph import BlankNode, NamedNode, Triple

from ..errors import TurtleError
from ..i18n import message
from .evidence import shown
from .findings import Finding
from .project import GraphFile, Project
from .turtle import heading, write_turtle

__all__ = ["check_blank_nodes", "check_form", "check_repetition"]


def check_form(project: Project) -> Iterator[Finding]:
    """Yield the files that ``jsbio-kg fmt`` would change, at the first line it would change."""
    for graph in project.graphs:
        if not graph.file:
            continue
        try:
            canonical = write_turtle(graph.triples, heading(graph.text), graph.file)
        except TurtleError as error:
            yield Finding.from_error(error)
            continue
        if canonical != graph.text:
            yield Finding(
                f"{graph.file}:{_first_difference(graph.text, canonical)}",
                message("The file is not in canonical form."),
                message('Run "jsbio-kg fmt %(file)s".', file=graph.file),
            )


def _first_difference(before: str, after: str) -> int:
    pairs = zip_longest(before.split("\n"), after.split("\n"))
    return next(line for line, (old, new) in enumerate(pairs, start=1) if old != new)


def check_blank_nodes(project: Project) -> Iterator[Finding]:
    """Yield subjects of data with blank nodes; the ontology and the shapes may have them."""
    for graph in project.graphs:
        if graph.role in ("OntologyGraph", "ShapeGraph"):
            continue
        for triple in graph.triples:
            if isinstance(triple.object, BlankNode) or isinstance(triple.subject, BlankNode):
                subject = getattr(triple.subject, "value", "")
                yield Finding(
                    graph.place(subject, triple.predicate.value),
                    message("There is a blank node in the data."),
                    message("Give it an IRI."),
                )


def check_repetition(project: Project) -> Iterator[Finding]:
    """Yield triples that stand in two graphs a query sees, unless two documents state them."""
    first: dict[Triple, GraphFile] = {}
    for graph in project.graphs:
        if not graph.is_default:
            continue
        for triple in graph.triples:
            other = first.setdefault(triple, graph)
            if other is graph or other.role == graph.role == "FactGraph":
                continue
            subject = triple.subject.value if isinstance(triple.subject, NamedNode) else ""
            yield Finding(
                graph.place(subject, triple.predicate.value),
                message(
                    "%(triple)s stands in %(file)s too.", triple=shown(triple), file=other.file
                ),
                message("Keep it in one of them."),
            )
