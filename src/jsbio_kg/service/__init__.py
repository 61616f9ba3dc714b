"""The service: what can be asked of a graph, kept within limits.

In: a release (or files) and a store. Out: :class:`Service`. Knows queries, knows no HTTP.
"""

from .service import Entity, Property, Service
from .site import Site
from .table import Table, Term, read_table

__all__ = ["Entity", "Property", "Service", "Site", "Table", "Term", "read_table"]
