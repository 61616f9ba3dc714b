"""Whether the files contradict each other under the semantics of the ontology.

In: a project. Out: findings.
"""

from collections.abc import Iterator

from ..errors import JsbioError
from .findings import Finding
from .project import Project

__all__ = ["check_consistency"]


def check_consistency(project: Project) -> Iterator[Finding]:
    """Yield the contradiction that reasoning meets."""
    try:
        _ = project.inferred
    except JsbioError as error:
        yield Finding.from_error(error)
