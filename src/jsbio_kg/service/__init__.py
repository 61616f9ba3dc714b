"""The service: what can be asked of a graph, kept within limits.

In: a release (or files, or a remote endpoint). Out: :class:`Service`. Knows queries, knows no HTTP.
"""

from .opening import Source, check_source, open_service
from .plan import Plan
from .pool import Lanes, WorkerPool
from .service import Entity, Property, Service
from .site import Site
from .table import Table, Term, read_table

__all__ = [
    "Entity",
    "Lanes",
    "Plan",
    "Property",
    "Service",
    "Site",
    "Source",
    "Table",
    "Term",
    "WorkerPool",
    "check_source",
    "open_service",
    "read_table",
]
