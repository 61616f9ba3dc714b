"""All checks of a project, in order.

In: a project. Out: findings. A check is a function from a project to findings; what is passed in
is what runs.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from ..i18n import Message, message
from .consistency import check_consistency
from .entities import check_described, check_names
from .evidence import check_evidence
from .findings import Finding
from .form import check_blank_nodes, check_form, check_repetition
from .project import Project, read_project
from .quality import check_vocabulary
from .saved_queries import check_queries
from .shapes import check_shapes

__all__ = ["CHECKS", "Check", "Checks", "Progress", "check_project", "run_checks"]

Check: TypeAlias = Callable[[Project], Iterable[Finding]]

#: Told before each step: how many steps are done, how many there are, what comes now.
Progress: TypeAlias = Callable[[int, int, Message], None]

#: Each check with its name and its title.
Checks: TypeAlias = Sequence[tuple[str, Message, Check]]

CHECKS: Final[Checks] = (
    ("form", message("canonical form"), check_form),
    ("blank-nodes", message("blank nodes"), check_blank_nodes),
    ("repetition", message("repeated triples"), check_repetition),
    ("names", message("labels and descriptions"), check_names),
    ("described", message("undescribed things"), check_described),
    ("evidence", message("evidence"), check_evidence),
    ("shapes", message("shapes"), check_shapes),
    ("vocabulary", message("vocabulary"), check_vocabulary),
    ("consistency", message("reasoning"), check_consistency),
    ("queries", message("saved queries"), check_queries),
)


def check_project(
    root: Path, progress: Progress, checks: Checks = CHECKS
) -> tuple[Project, list[Finding]]:
    """Read a project and run every check on it; a file that cannot be read is told alone.

    :raises SourceError: when the project cannot be read at all.
    """
    progress(0, len(checks) + 1, message("files"))
    project, findings = read_project(root)
    if not findings:
        findings = run_checks(project, checks, progress)
    progress(len(checks) + 1, len(checks) + 1, message("checked"))
    return project, findings


def run_checks(project: Project, checks: Checks, progress: Progress) -> list[Finding]:
    """Run checks and return their findings in order."""
    findings: list[Finding] = []
    for done, (_, title, check) in enumerate(checks, start=1):
        progress(done, len(checks) + 1, title)
        findings += check(project)
    return findings
