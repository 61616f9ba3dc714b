"""What follows from a few triples, written short."""

from pyoxigraph import NamedNode
from reasoning_oracle import turtle

from jsbio_kg.reasoning import materialise

EX = "http://example.org/"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def named(name: str) -> NamedNode:
    return NamedNode(EX + name)


def inferred(text: str) -> set[tuple]:
    return set(materialise(turtle(text)).inferred())
