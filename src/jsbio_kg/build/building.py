"""Building: check, reason, write.

In: a project. Out: a release, or the findings that stand in its way; an earlier release stays
as it was.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import ReleaseError
from ..i18n import message
from ..release import Release
from ..vocabulary import BASE
from .check import CHECKS, Progress, run_checks
from .dataset import assemble
from .findings import Finding
from .fingerprint import FINGERPRINT, fingerprint, is_stale
from .project import read_project
from .rebase import Rebase, check_base
from .writing import CARRIED, replaced_folder, write_release

__all__ = ["Built", "build"]

#: The steps of a build beside the checks: reading, assembling, writing.
OTHER_STEPS = 3


@dataclass(frozen=True)
class Built:
    """What a build came to.

    :param release: None when there are findings.
    :param is_new: whether anything was written.
    """

    release: Release | None
    findings: tuple[Finding, ...]
    is_new: bool


def build(
    root: Path,
    output: Path,
    progress: Progress,
    base: str = BASE,
    force: bool = False,
    carried: int = CARRIED,
    is_kept: bool = False,
) -> Built:
    """Build a release of a project, unless it is there already.

    :param force: build even when nothing has changed.
    :param carried: quads up to which the release carries every form of itself, and twice the
        inferred triples up to which it carries their proofs.
    :param is_kept: keep the release that was there, beside the new one.
    :raises SourceError: when the project cannot be read at all.
    :raises ReleaseError: when the release cannot be written.
    """
    if not force and not is_stale(root, output, check_base(base)):
        release = _whole(output)
        if release is not None:
            return Built(release, (), is_new=False)
    with _uncollected():
        return _made(root, output, progress, check_base(base), carried, is_kept)


def _made(
    root: Path, output: Path, progress: Progress, base: str, carried: int, is_kept: bool
) -> Built:
    made_from = fingerprint(root, base)
    steps = len(CHECKS) + OTHER_STEPS
    progress(0, steps, message("files"))
    project, findings = read_project(root)
    if not findings:
        findings = run_checks(project, CHECKS, lambda done, _, step: progress(done, steps, step))
    if findings:
        return Built(None, tuple(findings), is_new=False)
    progress(steps - 2, steps, message("dataset"))
    project.forget_index()
    rebase = Rebase(base)
    graphs = assemble(project, rebase)
    progress(steps - 1, steps, message("release"))
    names = ("syntax", "declarations", *(name for name, _, _ in CHECKS))
    with replaced_folder(output, is_kept) as folder:
        write_release(folder, project, graphs, rebase, names, carried)
        (folder / FINGERPRINT).write_text(f"{made_from}\n")
    progress(steps, steps, message("done"))
    return Built(Release.open(output), (), is_new=True)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put off the search for garbage in cycles.

    A build makes millions of objects that stay until its end, and looking through them again and
    again took a fifth of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _whole(output: Path) -> Release | None:
    try:
        return Release.open(output)
    except ReleaseError:
        return None
