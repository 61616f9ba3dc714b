"""What kind of thing a node is, for the checks: named by the document, or only described by it."""

from pyoxigraph import NamedNode

from ..vocabulary import expand
from .project import Project

__all__ = ["Kinds"]

#: Nodes that no document names: the bookkeeping, and units, which a plain count leaves unsaid.
BOOKKEEPING = (
    "jsbio:Articulation",
    "jsbio:Document",
    "jsbio:Graph",
    "jsbio:Passage",
    "jsbio:Reading",
    "jsbio:ReferenceSource",
    "jsbio:Sentence",
)
#: Units of pure numbers, which no sentence writes out: three parks, the first, a quarter.
PURE_NUMBERS = frozenset(map(expand, ("unit:one", "unit:rank", "unit:share")))
TERMS = (
    "owl:AnnotationProperty",
    "owl:Class",
    "owl:DatatypeProperty",
    "owl:ObjectProperty",
    "owl:Ontology",
    "rdfs:Datatype",
)


class Kinds:
    """Answers by asserted types and the class hierarchy of the ontology."""

    def __init__(self, project: Project) -> None:
        self._index = project.index
        self._above: dict[str, frozenset[str]] = {}

    def classes_of(self, node: NamedNode) -> frozenset[str]:
        """Return the classes of a node and those above them."""
        found: frozenset[str] = frozenset()
        for name in self._index.iris(node, "rdf:type"):
            found |= self._closure(name)
        return found

    def _closure(self, name: str) -> frozenset[str]:
        if name not in self._above:
            found, waiting = {name}, [name]
            while waiting:
                above = self._index.iris(NamedNode(waiting.pop()), "rdfs:subClassOf")
                waiting += [iri for iri in above if iri not in found]
                found.update(above)
            self._above[name] = frozenset(found)
        return self._above[name]

    def is_described(self, node: NamedNode) -> bool:
        """Whether a node stands for what a document describes and does not name."""
        return expand("jsbio:Articulation") in self.classes_of(node)

    def is_named(self, node: NamedNode) -> bool:
        """Whether a document has to name a node where it speaks of it."""
        if node.value in PURE_NUMBERS:
            return False
        return self.classes_of(node).isdisjoint(map(expand, BOOKKEEPING + TERMS))
