"""Reading a project: every graph that ``data/sources.ttl`` declares, with its file.

In: a folder. Out: a :class:`Project`, and a finding for each file that cannot be read, is not
declared, or is declared and missing. What can be read is read, so that one run tells all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from ..errors import SourceError
from ..i18n import message
from ..reasoning import materialise
from ..vocabulary import expand, shrink
from .findings import Finding
from .index import Index, terms_of, triple_of
from .places import place_of
from .reading import read_text, read_turtle

__all__ = ["COMPUTED_ROLES", "DEFAULT_ROLES", "ROLES", "GraphFile", "Project", "read_project"]

#: What a query sees that names no graph.
DEFAULT_ROLES: Final = frozenset(
    """EntityGraph FactGraph ReferenceGraph EditorialGraph MappingGraph OntologyGraph
    InferredGraph""".split()
)

#: Graphs that the build computes; they are declared and have no file. One graph of descriptions
#: is ``data/sources.ttl`` itself.
COMPUTED_ROLES: Final = frozenset(("InferredGraph", "DescriptionGraph", "CatalogueGraph"))

ROLES: Final = DEFAULT_ROLES | COMPUTED_ROLES | {"EvidenceGraph", "ShapeGraph"}

SOURCES: Final = "data/sources.ttl"
FOLDERS: Final = ("data", "ontology")


@dataclass(frozen=True)
class GraphFile:
    """One named graph and the file it is kept in.

    :param file: path inside the project with forward slashes; empty when the graph is computed.
    :param evidence: the graph that holds its evidence records, if it has any.
    :param documents: what its facts are taken from.
    """

    iri: NamedNode
    role: str
    file: str
    title: Mapping[str, str]
    licence: str
    evidence: NamedNode | None
    documents: tuple[NamedNode, ...]
    text: str
    triples: tuple[Triple, ...]

    @property
    def is_default(self) -> bool:
        """Whether a query that names no graph sees it."""
        return self.role in DEFAULT_ROLES

    def place(self, subject: str, predicate: str = "", value: str = "") -> str:
        """Return file and line of a subject's block, or of a predicate or object in it."""
        line = place_of(self.text, subject, predicate, value)
        return f"{self.file}:{line}" if line else self.file


@dataclass(frozen=True)
class Project:
    """The files of a project, read.

    :param queries: paths of the saved queries, by name.
    """

    root: Path
    graphs: tuple[GraphFile, ...]
    queries: tuple[Path, ...]

    def of_role(self, *roles: str) -> list[GraphFile]:
        """Return the graphs of some roles."""
        return [graph for graph in self.graphs if graph.role in roles]

    def graph(self, iri: NamedNode) -> GraphFile | None:
        """Return the graph of an IRI."""
        return self._by_iri.get(iri)

    @cached_property
    def _by_iri(self) -> Mapping[NamedNode, GraphFile]:
        return {graph.iri: graph for graph in self.graphs}

    @cached_property
    def index(self) -> Index:
        """Return the triples of all files together, by subject and predicate."""
        return Index(triple for graph in self.graphs for triple in graph.triples)

    def forget_index(self) -> None:
        """Give back the memory of the index, which writing a release needs for its lines."""
        vars(self).pop("index", None)

    @cached_property
    def inferred(self) -> tuple[Triple, ...]:
        """Return what follows from what a query sees, and is asserted in no graph at all.

        :raises ShapeError: when the files contradict each other.
        """
        asserted = {t: None for graph in self.graphs if graph.is_default for t in graph.triples}
        closure = materialise(map(terms_of, asserted))
        inferred = dict.fromkeys(triple_of(*terms) for terms in closure.inferred())
        for graph in self.graphs:
            for triple in graph.triples if not graph.is_default else ():
                inferred.pop(triple, None)
        return tuple(inferred)

    def place(self, subject: NamedNode) -> str:
        """Return file and line of the block of a subject: where it has a type, or is at all."""
        rdf_type = NamedNode(expand("rdf:type"))
        holders = [g for g in self.graphs if any(t.subject == subject for t in g.triples)]
        typing = [
            graph
            for graph in holders
            if any(t.subject == subject and t.predicate == rdf_type for t in graph.triples)
        ]
        for graph in [*typing, *holders]:
            return graph.place(subject.value)
        return ""


def read_project(root: Path) -> tuple[Project, list[Finding]]:
    """Read a project.

    :raises SourceError: when ``data/sources.ttl`` is missing or not Turtle; without it no file
        has a meaning.
    """
    text = read_text(root / SOURCES, SOURCES)
    declared = read_turtle(text, SOURCES)
    findings: list[Finding] = []
    graphs: list[GraphFile] = []
    declarations = list(_declarations(Index(declared)))
    for graph in declarations:
        where = f"{SOURCES}:{place_of(text, graph.iri.value)}"
        findings += _declaration_findings(graph, where)
        try:
            graphs.append(_with_content(root, graph, where))
        except SourceError as error:
            findings.append(Finding.from_error(error))
    findings += _undeclared(root, {graph.file for graph in declarations})
    queries = tuple(sorted((root / "queries").glob("*.rq")))
    return Project(root, tuple(graphs), queries), findings


def _declarations(index: Index) -> Iterator[GraphFile]:
    """Yield each graph that is declared, yet without content, by IRI."""
    roles = {expand(f"jsbio:{role}"): role for role in sorted(ROLES)}
    for subject in sorted(index.subjects(), key=str):
        role = next((roles[c] for c in index.iris(subject, "rdf:type") if c in roles), None)
        if role is None or not isinstance(subject, NamedNode):
            continue
        labels = index.values(subject, "rdfs:label")
        evidence = index.iris(subject, "jsbio:evidencedBy")
        yield GraphFile(
            iri=subject,
            role=role,
            file=index.text(subject, "jsbio:file"),
            title={o.language: o.value for o in labels if isinstance(o, Literal) and o.language},
            licence=next(iter(index.iris(subject, "dcterms:license")), ""),
            evidence=NamedNode(evidence[0]) if evidence else None,
            documents=tuple(NamedNode(iri) for iri in index.iris(subject, "dcterms:source")),
            text="",
            triples=(),
        )


def _declaration_findings(graph: GraphFile, where: str) -> Iterator[Finding]:
    name = shrink(graph.iri.value)
    if graph.role in COMPUTED_ROLES - {"DescriptionGraph"} and graph.file:
        yield Finding(
            where,
            message("%(graph)s is computed by the build and has a file.", graph=name),
            message("Remove its jsbio:file."),
        )
    parts = PurePosixPath(graph.file).parts
    if graph.file and (parts[0] not in FOLDERS or ".." in parts):
        yield Finding(
            where,
            message("%(graph)s is kept outside data and ontology.", graph=name),
            message("Move its file there."),
        )


def _with_content(root: Path, graph: GraphFile, where: str) -> GraphFile:
    """Return a declared graph with the text and the triples of its file."""
    if graph.role in COMPUTED_ROLES and not graph.file:
        return graph
    if not graph.file:
        what = message("%(graph)s has no jsbio:file.", graph=shrink(graph.iri.value))
        raise SourceError(what, where, message("Name the file that holds it."))
    if not (root / graph.file).is_file():
        what = message(
            "%(file)s, declared for %(graph)s, is missing.",
            file=graph.file,
            graph=shrink(graph.iri.value),
        )
        raise SourceError(what, where, message("Add the file, or remove the declaration."))
    text = read_text(root / graph.file, graph.file)
    content = {"text": text, "triples": tuple(read_turtle(text, graph.file))}
    return GraphFile(**{**vars(graph), **content})


def _undeclared(root: Path, declared: set[str]) -> Iterator[Finding]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.ttl")):
            file = path.relative_to(root).as_posix()
            if file not in declared and not path.name.startswith("."):
                yield Finding(
                    file,
                    message("The file belongs to no declared graph."),
                    message("Declare its graph in %(sources)s.", sources=SOURCES),
                )
