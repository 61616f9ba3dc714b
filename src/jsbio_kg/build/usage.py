"""Which terms of the vocabulary anything uses: a term that no data and no question needs goes.

Not one of the checks of every project, since a project may use a part of the vocabulary; the tests
ask it of the real one.
"""

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from ..i18n import message
from ..queries import load_queries
from ..vocabulary import JSBIO, shrink
from .findings import Finding
from .index import Index
from .project import Project
from .quality import HIERARCHIES, KINDS

__all__ = ["check_questions", "check_usage"]

NAME: Final = re.compile(r"(?<![\w:<])[a-z]+:[A-Za-z0-9_]+")


def check_usage(project: Project) -> Iterator[Finding]:
    """Yield the terms that neither data nor saved queries use, themselves or by a term below."""
    used = _terms_in_data(project) | _terms_in_queries(project)
    for graph in project.of_role("OntologyGraph"):
        index = Index(graph.triples)
        carried = _with_those_above(index, used)
        for term in index.of_type(*KINDS):
            if term.value not in carried:
                yield Finding(
                    graph.place(term.value),
                    message("No data and no query use %(term)s.", term=shrink(term.value)),
                    message("Remove it, or ask a question that needs it."),
                )


def check_questions(project: Project) -> Iterator[Finding]:
    """Yield the terms of ours that no saved query asks with: in its text, or for a parameter.

    A competency question for each term, or it goes. What a description mentions does not count.
    """
    asked: set[str] = set()
    for query in load_queries(project.root / "queries").values():
        text = "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
        asked |= set(NAME.findall(text))
        for parameter in query.parameters.values():
            asked |= {*parameter.values, parameter.class_iri}
    for graph in project.of_role("OntologyGraph"):
        for term in Index(graph.triples).of_type(*KINDS):
            if term.value.startswith(JSBIO) and shrink(term.value) not in asked:
                yield Finding(
                    graph.place(term.value),
                    message("No saved query asks with %(term)s.", term=shrink(term.value)),
                    message("Ask a question that needs it, or remove it."),
                )


def _terms_in_data(project: Project) -> set[str]:
    """Return what the files have as predicates and, outside the vocabulary, as objects."""
    used: set[str] = set()
    for graph in project.graphs:
        if graph.role == "ShapeGraph":
            continue
        for triple in graph.triples:
            used.add(triple.predicate.value)
            in_use = graph.role != "OntologyGraph" or shrink(triple.predicate.value) == "rdf:type"
            if in_use and isinstance(triple.object, NamedNode):
                used.add(triple.object.value)
    return used


def _terms_in_queries(project: Project) -> set[str]:
    """Return the terms that the saved queries name."""
    text = "\n".join(path.read_text("utf-8") for path in project.queries)
    names = set(NAME.findall(text))
    terms = (t for g in project.of_role("OntologyGraph") for t in Index(g.triples).of_type(*KINDS))
    return {term.value for term in terms if shrink(term.value) in names}


def _with_those_above(index: Index, used: set[str]) -> set[str]:
    carried, waiting = set(used), list(used)
    while waiting:
        term = NamedNode(waiting.pop())
        above = {iri for name in HIERARCHIES for iri in index.iris(term, name)} - carried
        carried |= above
        waiting += above
    return carried
