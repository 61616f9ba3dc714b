"""Node and edge CSV with the headers of ``neo4j-admin database import full``.

In: a property graph. Out: ``nodes.csv`` and ``edges.csv``; several values of a cell are parted by
a vertical line (``--array-delimiter="|"``), since wordings hold semicolons and commas.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .compression import opened
from .content import Content
from .property_graph import GraphNode, PropertyGraph
from .tables import csv_lines

__all__ = ["COMMAND", "write_neo4j"]

KINDS: Final = {"integer": "long", "decimal": "double", "text": "string"}
BETWEEN: Final = "|"
COMMAND: Final = (
    "neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv"
    ' --array-delimiter="|" --multiline-fields=true jsbio'
)


def write_neo4j(content: Content, folder: Path) -> None:
    """Write the two files into a folder."""
    graph = PropertyGraph(content)
    columns = [f"{n}:{_type(kind)}" for n, kind in graph.columns.items()]
    header = ["iri:ID", ":LABEL", "label_en:string", "label_zh:string", *columns]
    with opened(folder / "nodes.csv") as out:
        for line in csv_lines(header, _nodes(graph)):
            out.write(line.encode())
    header = [":START_ID", ":END_ID", ":TYPE", "id:string", "graphs:string[]", "evidence:string[]"]
    rows = (
        (e.source, e.target, e.type, e.id, BETWEEN.join(e.graphs), BETWEEN.join(e.evidence))
        for e in graph.edges
    )
    with opened(folder / "edges.csv") as out:
        for line in csv_lines(header, rows):
            out.write(line.encode())


def _nodes(graph: PropertyGraph) -> Iterator[list[str]]:
    for node in graph.nodes:
        yield [node.iri, BETWEEN.join(_labels(node)), node.label_en, node.label_zh] + [
            BETWEEN.join(value.replace(BETWEEN, "/") for value in node.values.get(name, ()))
            for name in graph.columns
        ]


def _labels(node: GraphNode) -> list[str]:
    return ["Resource", *sorted(node.types)]


def _type(kind: str) -> str:
    name = kind.removesuffix("[]")
    return KINDS[name] + ("[]" if name != kind else "")
