"""What is asked of a store and what it answers: the seam between engines and everything above.

A query names a format for rows and one for triples, because only the store learns which of the two
the text asks for. An answer is bytes, whole: nobody above the seam iterates rows.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from .formats import GRAPHS, SOLUTIONS, Format

__all__ = ["Answer", "AnswerKind", "Dataset", "Limits", "Query", "Store"]

AnswerKind = Literal["solutions", "boolean", "graph"]


@dataclass(frozen=True)
class Dataset:
    """The graphs that a query is asked of, when its caller names them (SPARQL Protocol, 2.1.4)."""

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """What one query may use: time, memory of its own, bytes and rows of its answer."""

    seconds: float = 10.0
    heap: int = 1 << 30
    result_bytes: int = 64 << 20
    rows: int = 1_000_000


@dataclass(frozen=True)
class Query:
    """A query text with the formats its answer may take; ``None``: the caller takes none of them.

    :param dataset: the graphs named beside the query; they override FROM.
    :param seconds: a deadline below the store's own.
    :param is_foreign: whether its text is a stranger's, and not one of ours.
    """

    text: str
    solutions: Format | None = SOLUTIONS[0]
    graph: Format | None = GRAPHS[0]
    dataset: Dataset | None = None
    seconds: float | None = None
    is_foreign: bool = False


@dataclass(frozen=True)
class Answer:
    """A whole answer.

    :param rows: rows of solutions, counted in the bytes; ``None`` for triples.
    """

    kind: AnswerKind
    format: Format
    body: bytes
    rows: int | None = None


class Store(Protocol):
    """Anything that answers queries: embedded, behind workers, or remote."""

    def answer(self, query: Query) -> Answer:
        """Answer a query, whole.

        :raises QueryError: when the query is at fault, or broke a limit.
        :raises StoreError: when the store is at fault.
        """
        ...

    def close(self) -> None:
        """Let go of files, processes and connections."""
        ...
