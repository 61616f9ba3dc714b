"""Verifying evidence against the documents: all the rules together.

In: a project and the folder with the reader's own copies. Out: findings, each with its place.
"""

from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from .evidence import check_evidence
from .findings import Finding
from .project import Project
from .records import Evidence, read_evidence
from .textual import TextualCheck, check_phrases

__all__ = ["check_against", "verify"]


def verify(project: Project, texts: Mapping[NamedNode, str]) -> Iterator[Finding]:
    """Yield everything that is wrong with the evidence of a project.

    :param texts: the documents at hand; what cites another one is checked as far as files tell.
    """
    yield from check_evidence(project)
    yield from check_against(project, read_evidence(project), texts)


def check_against(
    project: Project, evidence: Evidence, texts: Mapping[NamedNode, str]
) -> Iterator[Finding]:
    """Yield what the documents do not say."""
    for holder in project.of_role("EvidenceGraph"):
        yield from check_phrases(holder, evidence, texts)
    for graph in project.of_role("FactGraph"):
        holder_of = project.graph(graph.evidence) if graph.evidence else None
        if holder_of is None:
            continue
        check = TextualCheck(project, graph, evidence, texts)
        for record in evidence.of(graph):
            for found in check.findings(record):
                yield Finding(holder_of.place(record.iri.value), found.what, found.fix)
