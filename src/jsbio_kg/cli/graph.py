"""Which graph a command works on: a named release, or the project's own, built if needed."""

from pathlib import Path

import click

from ..i18n import language_of_terminal, message
from ..release import MANIFEST, Release
from ..settings import locate

__all__ = ["find_release"]


def find_release(named: Path | None, project: Path | None = None) -> Path:
    """Return the folder of a release that is there.

    The project's own release is built when there is none yet, so that an installed package serves
    from any folder.

    :raises ReleaseError: when the named one is missing or broken.
    """
    if named is not None:
        return Release.open(named, verify=False).root
    location = locate(project)
    if not (location.release / MANIFEST).is_file():
        _build(location.root, location.release)
    return location.release


def _build(root: Path, output: Path) -> None:
    # These load the reasoner and SHACL, which serving a built release never needs.
    from ..build.building import build
    from .findings import report, stop_with
    from .progress import shown_progress

    text = message("There is no release yet; building one in %(folder)s.", folder=output)
    click.echo(text.in_language(language_of_terminal()), err=True)
    with shown_progress() as progress:
        built = build(root, output, progress)
    if built.release is None:
        stop_with(report(built.findings))
