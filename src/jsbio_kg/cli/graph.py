"""Which graph a command works on: a named release, or the project's own, built if needed."""

from pathlib import Path

import click

from ..build.fingerprint import is_stale
from ..errors import ReleaseError
from ..i18n import language_of_terminal, message
from ..release import Release
from ..settings import locate
from ..vocabulary import BASE

__all__ = ["find_release"]


def find_release(named: Path | None, project: Path | None = None) -> Path:
    """Return the folder of a release that is there.

    The project's own release is built when there is none yet or its files have changed, so that
    an installed package serves from any folder.

    :raises ReleaseError: when the named one is missing or broken.
    """
    if named is not None:
        return Release.open(named, verify=False).root
    location = locate(project)
    base = _base(location.release)
    if is_stale(location.root, location.release, base):
        _build(location.root, location.release, base)
    return location.release


def _base(release: Path) -> str:
    """Return the address that a release was built for."""
    try:
        return Release.open(release, verify=False).manifest.base
    except ReleaseError:
        return BASE


def _build(root: Path, output: Path, base: str) -> None:
    # These load the reasoner and SHACL, which serving a built release never needs.
    from ..build.building import build
    from .findings import report, stop_with
    from .progress import shown_progress

    text = message("Building %(folder)s, since the files are newer.", folder=output)
    click.echo(text.in_language(language_of_terminal()), err=True)
    with shown_progress() as progress:
        built = build(root, output, progress, base)
    if built.release is None:
        stop_with(report(built.findings))
