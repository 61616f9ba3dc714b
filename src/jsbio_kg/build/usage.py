"""What uses which term of the vocabulary: a digest, for the rules of quality to ask.

In: a project. Out: triples. A graph ``quality:uses`` the predicates and the objects of its triples,
the ontology only what it annotates and types its own terms with; so do the rules of quality, of
the terms that they name. A saved query ``quality:asksWith`` what its text and its parameters name,
not what its comments mention. All data would be too much to ask SPARQL of, and it reads no text.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from ..errors import SourceError
from ..queries import SavedQuery, load_query, place_of, tokenize
from ..vocabulary import BASE, PREFIXES, expand, shrink
from .project import GraphFile, Project

__all__ = ["place_of_use", "uses"]

SPACE: Final = "https://w3id.org/jsbio/quality#"
USES: Final = NamedNode(SPACE + "uses")
ASKS_WITH: Final = NamedNode(SPACE + "asksWith")
TYPE: Final = NamedNode(expand("rdf:type"))


def uses(project: Project) -> Iterator[Triple]:
    """Yield which terms the graphs, the rules of quality and the saved queries use."""
    terms = {
        triple.subject.value
        for graph in project.of_role("OntologyGraph")
        for triple in graph.triples
        if triple.predicate == TYPE and isinstance(triple.subject, NamedNode)
    }
    for graph in project.graphs:
        for term in sorted(_in_graph(graph) & terms):
            yield Triple(graph.iri, USES, NamedNode(term))
    for path in sorted((project.root / "ontology" / "quality").glob("*.rq")):
        rule = NamedNode(f"urn:rule:{path.stem}")
        for term in sorted(set(_named(path.read_text("utf-8", errors="replace"))) & terms):
            yield Triple(rule, USES, NamedNode(term))
    for query in _queries(project):
        for term in sorted(_asked(query) & terms):
            yield Triple(NamedNode(query.iri), ASKS_WITH, NamedNode(term))


def place_of_use(project: Project, user: str, term: str) -> str:
    """Return file and line where a graph or a saved query first uses a term."""
    for graph in project.graphs:
        if graph.iri.value == user:
            for triple in graph.triples if term else ():
                if term in (triple.predicate.value, getattr(triple.object, "value", "")):
                    value = getattr(triple.object, "value", "")
                    subject = getattr(triple.subject, "value", "")
                    return graph.place(subject, triple.predicate.value, value)
            return graph.file
    name = user.removeprefix(f"{BASE}queries/")
    for path in project.queries:
        if path.stem == name:
            text = path.read_text("utf-8")
            found = [token.start for token in tokenize(text) if _iri(token.text) == term]
            where = f":{place_of(text, found[0])[0]}" if found else ""
            return f"queries/{path.name}{where}"
    return shrink(user)


def _in_graph(graph: GraphFile) -> set[str]:
    if graph.role == "ShapeGraph":
        return set()
    is_ontology = graph.role == "OntologyGraph"
    found = {triple.predicate for triple in graph.triples}
    values = (t.object for t in graph.triples if not is_ontology or t.predicate == TYPE)
    return {term.value for term in found} | {v.value for v in values if isinstance(v, NamedNode)}


def _queries(project: Project) -> Iterator[SavedQuery]:
    """Yield the saved queries that can be read; the others are a finding of their own."""
    for path in project.queries:
        try:
            yield load_query(path)
        except SourceError:
            continue


def _asked(query: SavedQuery) -> set[str]:
    parameters = query.parameters.values()
    given = {value for each in parameters for value in (*each.values, each.class_iri)}
    return {*_named(query.text), *map(_iri, given)}


def _named(text: str) -> Iterable[str]:
    return (_iri(token.text) for token in tokenize(text) if token.kind in ("iri", "name"))


def _iri(text: str) -> str:
    """Return the IRI that a name or an IRI in angle brackets stands for; empty for neither."""
    if text.startswith("<"):
        return text[1:-1]
    prefix, colon, local = text.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else ""
