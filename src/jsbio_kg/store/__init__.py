"""Stores: one seam over an embedded Oxigraph and any remote SPARQL endpoint.

In: a :class:`Query` with the formats its caller takes. Out: an :class:`Answer`, whole bytes. Knows
no HTTP of ours, no saved query, no worker.
"""

from .answer import Answer, AnswerKind, Dataset, Limits, Query, Store
from .embedded import EmbeddedStore
from .formats import DATASETS, EXTENSIONS, FORMATS, GRAPHS, SOLUTIONS, Format

__all__ = [
    "DATASETS",
    "EXTENSIONS",
    "FORMATS",
    "GRAPHS",
    "SOLUTIONS",
    "Answer",
    "AnswerKind",
    "Dataset",
    "EmbeddedStore",
    "Format",
    "Limits",
    "Query",
    "Store",
]
