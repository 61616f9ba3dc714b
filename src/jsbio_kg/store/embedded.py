"""The embedded store: Oxigraph, in the process that asks.

In: files, and the graphs that make up the default graph. Out: answers, serialised by the engine.
It has no deadline and cannot be interrupted, so strangers' queries reach it in workers only.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryResultsFormat, RdfFormat

from ..errors import MemoryExceeded, NotAcceptable, QueryRefused, StoreError
from ..i18n import message
from ..queries import decode_escapes, explain_syntax
from ..vocabulary import BASE
from .answer import Answer, Limits, Query
from .formats import DATASETS, GRAPHS, SOLUTIONS, Format
from .screen import check_graph, refuse_graph, screen
from .writing import (
    Sink,
    check_written,
    count_rows,
    refuse_rows,
    refuse_writing,
    turtle_from_ntriples,
)

__all__ = ["RDF_FORMATS", "RESULT_FORMATS", "EmbeddedStore", "required"]

RESULT_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
RDF_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}
Rows = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean
Result = Rows | pyoxigraph.QueryTriples
#: A graph that does not exist: the default graph of a dataset that names none.
_NOTHING = NamedNode("urn:x-jsbio:nothing")
_UNKNOWN_FUNCTION = re.compile(r"custom function (<[^>]*>) is not supported")


class EmbeddedStore:
    """A graph in memory, or on disk; its default graph is a copy of those that belong to it.

    The copy costs memory once and saves time always: a default graph made of many named graphs is
    up to four times slower to read.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        base: str = BASE,
        engine: pyoxigraph.Store | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.base = base
        self._store = pyoxigraph.Store() if engine is None else engine
        self._graphs: frozenset[str] = frozenset()
        if engine is not None:
            self._note_graphs()

    @classmethod
    def from_dataset(
        cls, path: Path, default_graphs: Iterable[str], limits: Limits | None = None
    ) -> "EmbeddedStore":
        """Load N-Quads and make the default graph of these named graphs."""
        store = cls(limits)
        store.load(path, "nquads")
        store.make_default(default_graphs)
        return store

    @classmethod
    def on_disk(cls, path: Path, limits: Limits | None = None, base: str = BASE) -> "EmbeddedStore":
        """Open a store on disk, which nobody may change, for reading.

        :raises StoreError: when it cannot be opened.
        """
        try:
            return cls(limits, base, pyoxigraph.Store.read_only(str(path)))
        except OSError as error:
            raise StoreError(
                message("The store on disk cannot be opened: %(reason)s.", reason=error),
                path.name,
                message("Delete its folder; it is built again from the release."),
            ) from None

    def finish_on_disk(self) -> None:
        """Put a store on disk in the order that reads fastest, and write all of it."""
        self._store.optimize()
        self._store.flush()

    def __len__(self) -> int:
        return len(self._store)

    @property
    def graphs(self) -> frozenset[str]:
        """Return the IRIs of the named graphs."""
        return self._graphs

    def load(self, path: Path, format: str, base: str | None = None) -> None:
        """Load a file.

        :raises StoreError: when it is missing or not of the format.
        """
        try:
            self._store.bulk_load(path=str(path), format=RDF_FORMATS[format], base_iri=base)
        except (OSError, SyntaxError, ValueError) as error:
            raise StoreError(
                message("The file cannot be loaded: %(reason)s.", reason=str(error)[:300]),
                path.name,
                message("Check the file, or build the release again."),
            ) from None
        self._note_graphs()

    def make_default(self, graphs: Iterable[str]) -> None:
        """Copy the triples of these named graphs into the default graph."""
        present = [iri for iri in graphs if iri in self._graphs]
        self._store.update(";".join(f"ADD {NamedNode(iri)} TO DEFAULT" for iri in present))

    def make_union(self) -> None:
        """Copy the triples of every named graph into the default graph."""
        self.make_default(self._graphs)

    def answer(self, query: Query) -> Answer:
        """Answer a query, whole; see :class:`~jsbio_kg.store.Store`."""
        screen(query.text, self._graphs, self.base, query.dataset is not None)
        try:
            result = self._run_as_written(query)
            if isinstance(result, pyoxigraph.QueryTriples):
                return self._write_graph(result, required(query.graph, (*GRAPHS, *DATASETS)))
            return self._write_result(result, required(query.solutions, SOLUTIONS))
        except SyntaxError as error:
            raise explain_syntax(query.text, str(error)) from None
        except MemoryError:
            raise MemoryExceeded(
                message("The query needs more memory than a query may use."),
                "",
                message("Add LIMIT, or leave out ORDER BY, DISTINCT or a product of patterns."),
            ) from None
        except OSError as error:  # its words may name files
            if "RDF 1.2" in str(error) and query.graph is not None:
                raise refuse_writing(
                    message(
                        "The answer holds a triple term, which %(format)s cannot write.",
                        format=query.graph.media_type,
                    )
                ) from None
            raise StoreError(
                message("The store cannot be read."), "", message("Try again.")
            ) from error
        except (RuntimeError, ValueError) as error:
            if function := _UNKNOWN_FUNCTION.search(str(error)):
                raise QueryRefused(
                    message("The function %(iri)s is not known here.", iri=function[1][:200]),
                    "",
                    message("Use the functions of SPARQL 1.1 and the casts of XML Schema."),
                ) from None
            raise StoreError(
                message("The query could not be run to its end: %(reason)s.", reason=str(error)),
                "",
                message("Try a simpler query."),
            ) from error

    def close(self) -> None:
        """Do nothing: memory goes with the process."""

    def _note_graphs(self) -> None:
        self._graphs = frozenset(
            node.value for node in self._store.named_graphs() if isinstance(node, NamedNode)
        )

    def _run_as_written(self, query: Query) -> Result:
        """Run a query; where it is not SPARQL otherwise, with its escapes decoded first.

        SPARQL 1.1 has them decoded ahead of everything (section 19.2), the engine in texts and
        IRIs only.
        """
        try:
            return self._run(query)
        except SyntaxError:
            decoded = decode_escapes(query.text)
            if decoded == query.text:
                raise
        screen(decoded, self._graphs, self.base, query.dataset is not None)
        try:
            return self._run(replace(query, text=decoded))
        except SyntaxError:
            return self._run(query)

    def _run(self, query: Query) -> Result:
        if query.dataset is None:
            return self._store.query(query.text, base_iri=self.base)
        for iri in (*query.dataset.default_graphs, *query.dataset.named_graphs):
            if iri not in self._graphs:
                check_graph(iri)
        default: list[NamedNode | BlankNode | DefaultGraph] = [
            *map(_graph, query.dataset.default_graphs)
        ]
        named: list[NamedNode | BlankNode] = [*map(_graph, query.dataset.named_graphs)]
        return self._store.query(
            query.text,
            base_iri=self.base,
            default_graph=default or _NOTHING,
            named_graphs=named,
        )

    def _write_result(self, result: Rows, format: Format) -> Answer:
        sink = Sink(self.limits.result_bytes)
        result.serialize(sink, RESULT_FORMATS[format.name])
        body = sink.getvalue()
        check_written(body, format)
        if isinstance(result, pyoxigraph.QueryBoolean):
            return Answer("boolean", format, body)
        rows = count_rows(body, format)
        if rows > self.limits.rows:
            raise refuse_rows(self.limits.rows)
        return Answer("solutions", format, body, rows)

    def _write_graph(self, result: pyoxigraph.QueryTriples, format: Format) -> Answer:
        sink = Sink(self.limits.result_bytes)
        if format.name == "turtle":
            plain = Sink(self.limits.result_bytes)
            result.serialize(plain, RdfFormat.N_TRIPLES)
            turtle_from_ntriples(plain.getvalue(), sink)
        else:
            result.serialize(sink, RDF_FORMATS[format.name])
        body = sink.getvalue()
        check_written(body, format)
        return Answer("graph", format, body)


def _graph(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        raise refuse_graph(iri) from None


def required(format: Format | None, offered: Sequence[Format]) -> Format:
    """Return the format that the caller takes.

    :raises NotAcceptable: when it takes none of those that the answer has.
    """
    if format is None:
        raise NotAcceptable(
            message("The answer comes in none of the formats that are accepted."),
            "Accept",
            message(
                "Accept one of: %(types)s.", types=", ".join(each.media_type for each in offered)
            ),
        )
    return format
