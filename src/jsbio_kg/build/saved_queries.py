"""Whether the saved queries keep their rules.

In: a project. Out: findings.
"""

from collections.abc import Iterator

from ..errors import SourceError
from ..queries import load_queries, load_query
from .findings import Finding
from .project import Project

__all__ = ["check_queries"]


def check_queries(project: Project) -> Iterator[Finding]:
    """Yield the first broken rule of each query, and picks from a query that is not there."""
    broken = False
    for path in project.queries:
        try:
            load_query(path)
        except SourceError as error:
            broken = True
            yield Finding.from_error(error)
    if not broken:
        try:
            load_queries(project.root / "queries")
        except SourceError as error:
            yield Finding.from_error(error)
