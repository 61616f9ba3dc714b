"""A property graph: nodes with types, labels and values; edges with their evidence.

In: what a query sees by default, without the vocabulary. Out: nodes and edges, for the tools that
import such graphs as CSV. An edge is a triple between two IRIs; its identifier is made from the
triple, so that it is unique and stays the same. Types become labels of nodes, literals become
properties. Held in memory.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from ..vocabulary import JSBIO, PREFIXES, expand, shrink
from .content import Content, nodes_of
from .records import Labels, Records

__all__ = ["Edge", "GraphNode", "PropertyGraph", "identifier"]

TYPE: Final = expand("rdf:type")
#: What says something of terms, not of things.
TERMS: Final = ("rdf:", "rdfs:", "owl:")
LABELS: Final = (expand("rdfs:label"), expand("skos:prefLabel"))


@dataclass
class GraphNode:
    """A thing.

    :param values: texts by property, such as ``year`` or ``altLabel_en``.
    """

    iri: str
    types: list[str] = field(default_factory=list)
    label_en: str = ""
    label_zh: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Edge:
    """A relation between two things, in all graphs that say it."""

    id: str
    type: str
    source: str
    target: str
    graphs: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)


def identifier(iri: str) -> str:
    """Return a name for a property or class that property graphs take without quotes.

    >>> identifier("https://w3id.org/jsbio/ontology#locatedIn")
    'locatedIn'
    >>> identifier("http://www.w3.org/2004/02/skos/core#broader")
    'skos_broader'
    """
    name = iri.removeprefix(JSBIO) if iri.startswith(JSBIO) else shrink(iri)
    if "://" in name:
        name = name[max(name.rfind("/"), name.rfind("#")) + 1 :]
    return re.sub(r"[^A-Za-z0-9_]", "_", name) or "_"


class PropertyGraph:
    """The nodes and edges of a dataset."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._nodes: dict[str, GraphNode] = {}
        self._edges: dict[str, Edge] = {}
        self._numbers: dict[str, str] = {}
        self._labels = Labels(content.whole())
        self._records = Records(content)
        self._terms = self._terms_of_vocabulary()
        for graph in content.graphs:
            if graph.default and graph.role != "OntologyGraph":
                for triple in content.triples(graph.iri):
                    self._add(graph.iri, triple)
        self._add_passages()

    @property
    def nodes(self) -> Iterator[GraphNode]:
        """Yield the nodes by IRI."""
        return (self._nodes[iri] for iri in sorted(self._nodes))

    @property
    def edges(self) -> Iterator[Edge]:
        """Yield the edges by type, source and target."""
        return iter(sorted(self._edges.values(), key=lambda e: (e.type, e.source, e.target)))

    @cached_property
    def columns(self) -> dict[str, str]:
        """Return the properties of nodes with their kind: ``integer``, ``decimal`` or ``text``.

        A property that one node has more than once has ``[]`` after its kind.
        """
        many = {n for node in self._nodes.values() for n, v in node.values.items() if len(v) > 1}
        kinds = sorted(self._numbers.items())
        return {name: kind + ("[]" if name in many else "") for name, kind in kinds}

    @cached_property
    def edge_types(self) -> list[str]:
        """Return the types of edges."""
        return sorted({edge.type for edge in self._edges.values()})

    def _terms_of_vocabulary(self) -> set[str]:
        whole = self.content.whole()
        return {
            quad.subject.value
            for graph in whole.of_role("OntologyGraph")
            for quad in whole.quads(graph.iri)
            if isinstance(quad.subject, NamedNode)
        }

    def _node(self, iri: str) -> GraphNode:
        if iri not in self._nodes:
            english, chinese = (self._labels.get(iri, language) for language in ("en", "zh"))
            self._nodes[iri] = GraphNode(iri, label_en=english, label_zh=chinese)
        return self._nodes[iri]

    def _add(self, graph: str, triple: Triple) -> None:
        subject, predicate, value = nodes_of(triple)
        if not isinstance(subject, NamedNode) or subject.value in self._terms:
            return
        if isinstance(value, Literal):
            self._add_value(subject.value, predicate.value, value)
        elif predicate.value == TYPE:
            name = identifier(value.value)
            types = self._node(subject.value).types
            if name not in types:
                types.append(name)
        elif isinstance(value, NamedNode) and not shrink(predicate.value).startswith(TERMS):
            self._add_edge(graph, triple)

    def _add_value(self, subject: str, predicate: str, value: Literal) -> None:
        node = self._node(subject)
        if predicate in LABELS:
            return
        name = identifier(predicate) + (f"_{value.language}" if value.language else "")
        kind = {"integer": "integer", "decimal": "decimal"}.get(
            value.datatype.value.removeprefix(PREFIXES["xsd"]), "text"
        )
        known = self._numbers.setdefault(name, kind)
        if known != kind:
            numbers = {known, kind} == {"integer", "decimal"}
            self._numbers[name] = "decimal" if numbers else "text"
        held = node.values.setdefault(name, [])
        if value.value not in held:
            held.append(value.value)

    def _add_edge(self, graph: str, triple: Triple) -> None:
        subject, predicate, value = nodes_of(triple)
        assert isinstance(subject, NamedNode) and isinstance(value, NamedNode)
        line = f"{subject} {predicate} {value} ."
        key = hashlib.sha256(line.encode()).hexdigest()[:16]
        edge = self._edges.get(key)
        if edge is None:
            self._node(subject.value), self._node(value.value)
            name = identifier(predicate.value)
            edge = self._edges[key] = Edge(key, name, subject.value, value.value)
        edge.graphs.append(shrink(graph))
        edge.evidence += [record.iri for record in self._records.of(graph, triple)]

    def _add_passages(self) -> None:
        """Say of each passage that an edge leads to where it stands."""
        for iri, node in list(self._nodes.items()):
            values = self._records.values
            number = values.text(NamedNode(iri), "jsbio:factNumber")
            if not number:
                continue
            node.types.append("Passage")
            node.label_en = node.label_zh = number
            for name in ("jsbio:factNumber", "jsbio:section"):
                value = Literal(values.text(NamedNode(iri), name))
                self._add_value(iri, expand(name), value)
