"""Whether the files contradict each other under the semantics of the ontology.

In: a project. Out: findings.
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from ..reasoning import Inconsistency
from .findings import Finding
from .index import triple_of
from .project import Project

__all__ = ["check_consistency"]


def check_consistency(project: Project) -> Iterator[Finding]:
    """Yield the contradiction that reasoning meets."""
    try:
        _ = project.inferred
    except Inconsistency as error:
        yield Finding(_place(project, error), error.what, error.fix)


def _place(project: Project, error: Inconsistency) -> str:
    """Return where a file states the first of the triples, or what it follows from, or names it."""
    for terms in (*error.triples, *error.asserted):
        triple = triple_of(*terms)
        for graph in project.graphs:
            if isinstance(triple.subject, NamedNode) and triple in graph.triples:
                value = getattr(triple.object, "value", "")
                return graph.place(triple.subject.value, triple.predicate.value, value)
    subjects = (terms[0] for terms in error.triples)
    named = (project.place(node) for node in subjects if isinstance(node, NamedNode))
    return next((place for place in named if place), "")
