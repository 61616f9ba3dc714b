"""The service: what can be asked of a graph, kept within limits.

In: a release (or files, or a remote endpoint). Out: :class:`Service`. Knows queries, knows no HTTP.
"""

from .cache import ByteCache, is_volatile
from .comparing import Comparison
from .display import Cell, Shown, show
from .fence import die_with_parent
from .footprint import Footprint, footprint_of
from .history import Edition, History
from .names import Names, read_names
from .opening import Source, check_source, open_service, prepare_release
from .plan import Plan
from .pool import Lanes, WorkerPool
from .service import Service
from .site import Site
from .table import Table, Term, read_table
from .texts import Texts, read_texts
from .thing import Thing, read_thing

__all__ = [
    "ByteCache",
    "Cell",
    "Comparison",
    "Edition",
    "Footprint",
    "History",
    "Lanes",
    "Names",
    "Plan",
    "Service",
    "Shown",
    "Site",
    "Source",
    "Table",
    "Term",
    "Texts",
    "Thing",
    "WorkerPool",
    "check_source",
    "die_with_parent",
    "footprint_of",
    "is_volatile",
    "open_service",
    "prepare_release",
    "read_names",
    "read_table",
    "read_texts",
    "read_thing",
    "show",
]
