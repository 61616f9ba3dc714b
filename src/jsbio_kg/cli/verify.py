"""``jsbio-kg verify``: whether a release is what its manifest says."""

from pathlib import Path

import click

from ..dumps import verify as differences
from ..errors import ReleaseError
from ..i18n import language_of_terminal, message
from .progress import shown_progress

__all__ = ["verify"]


@click.command()
@click.argument("release", type=click.Path(path_type=Path))
def verify(release: Path) -> None:
    """Work out anew all hashes and counts that a RELEASE states, and name what differs."""
    language = language_of_terminal()
    with shown_progress() as progress:
        found = differences(release, progress)
    for difference in found:
        click.echo(f"{difference.where}: {difference.what.in_language(language)}", err=True)
    if found:
        raise ReleaseError(
            message("%(n)d things differ from the manifest.", n=len(found)),
            str(release),
            message("Fetch the release again, or build it anew."),
        )
    click.echo(message("The release is what its manifest says.").in_language(language))
