"""The IRI of an evidence record: made from the triple it speaks of and the graph that holds it."""

import hashlib

from pyoxigraph import NamedNode, Triple

from ..vocabulary import BASE

__all__ = ["evidence_iri"]


def evidence_iri(triple: Triple, graph: NamedNode, base: str = BASE) -> NamedNode:
    """Return the IRI of the record of a triple in a graph.

    Its local part is the first 16 hexadecimal digits of the SHA-256 of the N-Quads line.

    >>> fact = Triple(NamedNode("http://a.example/s"), NamedNode("http://a.example/p"),
    ...               NamedNode("http://a.example/o"))
    >>> evidence_iri(fact, NamedNode("http://a.example/g")).value
    'https://w3id.org/jsbio/id/evidence/c40b7dbe02473ee9'
    """
    line = f"{triple.subject} {triple.predicate} {triple.object} {graph} ."
    return NamedNode(base + "id/evidence/" + hashlib.sha256(line.encode()).hexdigest()[:16])
