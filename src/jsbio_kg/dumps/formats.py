"""The forms a dump can take: one table.

In: nothing. Out: :data:`FORMATS`, by name. What streams holds no more than a batch of lines in
memory; ``limit`` says what the others hold.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from ..errors import NotFound
from ..i18n import message
from . import framed as framing
from .compression import opened
from .content import Content
from .facts import COLUMNS, rows
from .kuzu import write_kuzu
from .neo4j import write_neo4j
from .rdf import write_jsonld, write_nquads, write_ntriples, write_rdf12, write_rdfxml
from .tables import csv_lines, write_parquet, write_xlsx
from .turtle import trig, turtle

__all__ = ["FORMATS", "DumpFormat", "FolderWriter", "format_of"]

Writer = Callable[[Content, IO[bytes]], None]
FolderWriter = Callable[[Content, Path], None]


@dataclass(frozen=True)
class DumpFormat:
    """One form.

    :param suffix: of its file; empty for a folder.
    :param write: writes one stream; or
    :param write_folder: writes a folder.
    :param holds: ``dataset`` (graphs kept apart), ``union`` (one graph of all), ``property
        graph`` or ``table``.
    :param syntax: the name of the RDF syntax it can be read back as, or empty.
    :param is_binary: whether it is not for a terminal.
    """

    name: str
    title: str
    title_zh: str
    media_type: str
    suffix: str
    holds: str
    write: Writer | None = None
    write_folder: FolderWriter | None = None
    streams: bool = True
    syntax: str = ""
    is_binary: bool = False


def _text(parts: Callable[[Content], Iterator[str]]) -> Writer:
    def write(content: Content, out: IO[bytes]) -> None:
        for part in parts(content):
            out.write(part.encode())

    return write


def _facts_csv(content: Content) -> Iterator[str]:
    return csv_lines(COLUMNS, rows(content))


def _facts_xlsx(content: Content, out: IO[bytes]) -> None:
    write_xlsx(COLUMNS, rows(content), "facts", out)


def _facts_parquet(content: Content, out: IO[bytes]) -> None:
    write_parquet(COLUMNS, rows(content), out)


def _parquet(content: Content, out: IO[bytes]) -> None:
    columns = ("subject", "predicate", "object", "graph")
    terms = (
        tuple(map(str, (q.subject, q.predicate, q.object, q.graph_name))) for q in content.quads()
    )
    write_parquet(columns, terms, out)


def _turtle_graphs(content: Content, folder: Path) -> None:
    """Write one Turtle file a graph, named by the last part of its IRI."""
    for graph in content.graphs:
        with opened(folder / f"{graph.iri.rpartition('/')[2]}.ttl") as out:
            for part in turtle(content, graph.iri):
                out.write(part.encode())


_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMATS: Final = {
    form.name: form
    for form in (
        DumpFormat(
            "turtle", "Turtle", "Turtle", "text/turtle", ".ttl", "union",
            _text(turtle), syntax="turtle",
        ),
        DumpFormat(
            "turtle-graphs", "Turtle, one file a graph", "Turtle，每图一个文件", "text/turtle", "",
            "dataset", write_folder=_turtle_graphs,
        ),
        DumpFormat(
            "ntriples", "N-Triples", "N-Triples", "application/n-triples", ".nt", "union",
            write_ntriples, syntax="ntriples",
        ),
        DumpFormat(
            "nquads", "N-Quads", "N-Quads", "application/n-quads", ".nq", "dataset",
            write_nquads, syntax="nquads",
        ),
        DumpFormat(
            "trig", "TriG", "TriG", "application/trig", ".trig", "dataset",
            _text(trig), syntax="trig",
        ),
        DumpFormat(
            "rdfxml", "RDF/XML", "RDF/XML", "application/rdf+xml", ".rdf", "union",
            write_rdfxml, syntax="rdfxml",
        ),
        DumpFormat(
            "jsonld", "JSON-LD, expanded", "JSON-LD（展开）", "application/ld+json", ".jsonld",
            "dataset", write_jsonld, syntax="jsonld",
        ),
        DumpFormat(
            "jsonld-framed", "JSON-LD, framed", "JSON-LD（成框）", "application/ld+json",
            ".framed.jsonld", "union", _text(framing.framed), streams=False, syntax="jsonld",
        ),
        DumpFormat(
            "rdf12", "RDF 1.2: N-Quads with evidence on triple terms",
            "RDF 1.2：以三元组项承载证据的 N-Quads", "application/n-quads;version=1.2",
            ".rdf12.nq", "dataset", write_rdf12, syntax="nquads",
        ),
        DumpFormat(
            "neo4j", "Nodes and edges for neo4j-admin", "供 neo4j-admin 导入的节点与边", "text/csv",
            "", "property graph", write_folder=write_neo4j, streams=False,
        ),
        DumpFormat(
            "kuzu", "Nodes and edges for COPY of Kùzu and Ladybug",
            "供 Kùzu 与 Ladybug COPY 的节点与边", "text/csv", "", "property graph",
            write_folder=write_kuzu, streams=False,
        ),
        DumpFormat(
            "facts-csv", "Table of facts, CSV", "事实表（CSV）", "text/csv", ".facts.csv", "table",
            _text(_facts_csv), streams=False,
        ),
        DumpFormat(
            "facts-xlsx", "Table of facts, XLSX", "事实表（XLSX）", _XLSX, ".facts.xlsx", "table",
            _facts_xlsx, streams=False, is_binary=True,
        ),
        DumpFormat(
            "facts-parquet", "Table of facts, Parquet", "事实表（Parquet）",
            "application/vnd.apache.parquet", ".facts.parquet", "table", _facts_parquet,
            streams=False, is_binary=True,
        ),
        DumpFormat(
            "parquet", "Quads, Parquet", "四元组（Parquet）", "application/vnd.apache.parquet",
            ".parquet", "table", _parquet, is_binary=True,
        ),
    )
}  # fmt: skip


def format_of(name: str) -> DumpFormat:
    """Return a form by name.

    :raises NotFound: when there is none.
    """
    if name in FORMATS:
        return FORMATS[name]
    raise NotFound(
        message("There is no format %(name)r.", name=name),
        "--format",
        message("Take one of: %(names)s.", names=", ".join(FORMATS)),
    )
