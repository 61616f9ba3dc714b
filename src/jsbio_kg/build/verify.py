"""Verifying evidence against the documents: all the rules together.

In: a project and the folder with the reader's own copies. Out: findings, each with its place.
"""

from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from .evidence import check_evidence, check_grounds
from .findings import Finding
from .kinds import Kinds
from .passages import check_company, stated_in
from .project import GraphFile, Project
from .records import Evidence, Record, read_evidence
from .textual import TextualCheck, check_phrases

__all__ = ["RecordCheck", "check_against", "verify"]


class RecordCheck:
    """Everything that can be asked of one record of a document graph.

    :param texts: the documents at hand.
    """

    def __init__(
        self,
        project: Project,
        graph: GraphFile,
        evidence: Evidence,
        texts: Mapping[NamedNode, str],
    ) -> None:
        self._project = project
        self._evidence = evidence
        self._stated = stated_in(graph, Kinds(project))
        self._text = TextualCheck(project, graph, evidence, texts)

    def findings(self, record: Record) -> Iterator[Finding]:
        """Yield what is wrong with a record, without its place."""
        yield from check_grounds(self._project, record, self._evidence, frozenset())
        yield from check_company(record, self._stated)
        yield from self._text.findings(record)


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
