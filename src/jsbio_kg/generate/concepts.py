"""The concepts that made-up documents speak of: those of the project, by class."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from ..build.index import Index

__all__ = ["Concept", "read_concepts"]


@dataclass(frozen=True)
class Concept:
    """A thing of the project, with its labels."""

    iri: NamedNode
    en: str
    zh: str


def read_concepts(files: Iterable[Path], classes: Iterable[str]) -> Mapping[str, list[Concept]]:
    """Return the named things of some classes, by class and IRI."""
    index = Index(
        quad.triple for path in files for quad in parse(path=path, format=RdfFormat.TURTLE)
    )
    found: dict[str, list[Concept]] = {}
    for name in classes:
        nodes = sorted(index.of_type(name), key=lambda node: node.value)
        found[name] = [_concept(index, node) for node in nodes]
    return found


def _concept(index: Index, node: NamedNode) -> Concept:
    labels = {lit.language: lit.value for lit in index.literals(node, "rdfs:label")}
    return Concept(node, labels.get("en", ""), labels.get("zh", ""))
