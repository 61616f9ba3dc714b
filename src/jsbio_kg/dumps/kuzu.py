"""CSV and a schema for ``COPY`` of Kùzu and its successor Ladybug.

In: a property graph. Out: ``schema.cypher`` (tables, then ``COPY``), ``nodes.csv``, and one file of
edges a relation, since a relation is a table there. Several texts of one property are one text
parted by a vertical line, because the reader of CSV there keeps the quotes that a comma inside a
list needs.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from .compression import opened
from .content import Content
from .property_graph import Edge, PropertyGraph
from .tables import csv_lines

__all__ = ["write_kuzu"]

KINDS: Final = {"integer": "INT64", "decimal": "DOUBLE", "text": "STRING"}
BETWEEN: Final = "|"
OPTIONS: Final = "(HEADER=true, PARALLEL=false)"


def write_kuzu(content: Content, folder: Path) -> None:
    """Write the files into a folder; ``COPY`` names them relative to it."""
    graph = PropertyGraph(content)
    header = ["iri", "types", "label_en", "label_zh", *graph.columns]
    _write(folder / "nodes.csv", csv_lines(header, _nodes(graph)))
    by_type: dict[str, list[Edge]] = {name: [] for name in graph.edge_types}
    for edge in graph.edges:
        by_type[edge.type].append(edge)
    for name, edges in by_type.items():
        rows = ((e.source, e.target, e.id, _list(e.graphs), _list(e.evidence)) for e in edges)
        header = ["from", "to", "id", "graphs", "evidence"]
        _write(folder / f"edges-{name}.csv", csv_lines(header, rows))
    _write(folder / "schema.cypher", _schema(graph))


def _write(path: Path, parts: Iterable[str]) -> None:
    with opened(path) as out:
        for part in parts:
            out.write(part.encode())


def _nodes(graph: PropertyGraph) -> Iterator[list[str]]:
    for node in graph.nodes:
        row = [node.iri, _list(sorted(node.types)), node.label_en, node.label_zh]
        for name, kind in graph.columns.items():
            held = node.values.get(name, [])
            row.append(BETWEEN.join(held) if kind.startswith("text") else _list_or_one(held, kind))
        yield row


def _list_or_one(held: list[str], kind: str) -> str:
    return _list(held) if kind.endswith("[]") else "".join(held)


def _list(values: Iterable[str]) -> str:
    """Return a list of names or numbers, as the reader of CSV there takes it."""
    held = ",".join(values)
    return f"[{held}]" if held else ""


def _schema(graph: PropertyGraph) -> Iterator[str]:
    columns = ["iri STRING", "types STRING[]", "label_en STRING", "label_zh STRING"]
    columns += [f"`{name}` {_type(kind)}" for name, kind in graph.columns.items()]
    yield f"CREATE NODE TABLE Thing ({', '.join(columns)}, PRIMARY KEY (iri));\n"
    for name in graph.edge_types:
        fields = "FROM Thing TO Thing, id STRING, graphs STRING[], evidence STRING[]"
        yield f"CREATE REL TABLE `{name}` ({fields});\n"
    yield f'COPY Thing FROM "nodes.csv" {OPTIONS};\n'
    for name in graph.edge_types:
        yield f'COPY `{name}` FROM "edges-{name}.csv" {OPTIONS};\n'


def _type(kind: str) -> str:
    name = kind.removesuffix("[]")
    return KINDS[name] + ("[]" if name != kind and name != "text" else "")
