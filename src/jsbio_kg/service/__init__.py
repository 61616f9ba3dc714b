"""The service: what can be asked of a graph, kept within limits.

In: a release (or files, or a remote endpoint). Out: :class:`Service`. Knows queries, knows no HTTP.
"""

from .display import Cell, Shown, show
from .opening import Source, check_source, open_service
from .plan import Plan
from .pool import Lanes, WorkerPool
from .service import Entity, Property, Service
from .site import Site
from .table import Table, Term, read_table

__all__ = [
    "Cell",
    "Entity",
    "Lanes",
    "Plan",
    "Property",
    "Service",
    "Shown",
    "Site",
    "Source",
    "Table",
    "Term",
    "WorkerPool",
    "check_source",
    "open_service",
    "read_table",
    "show",
]
