"""``jsbio-kg export``: a dump in any form."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ..build.moving import moved
from ..dumps import FORMATS, Content, DumpFormat, format_of
from ..dumps import export as write
from ..errors import ReleaseError
from ..i18n import language_of_terminal, message
from ..release import Release
from .graph import find_release
from .progress import shown_progress

__all__ = ["export"]

#: Progress is told this many times at most.
STEPS = 10


@click.command()
@click.option(
    "--format",
    "name",
    required=True,
    type=click.Choice(list(FORMATS)),
    help="Form of the dump.",
)
@click.option(
    "--graph", "graphs", multiple=True, help="Graph to take, or default; may be repeated."
)
@click.option("--base-iri", help="Address to move the things to.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="File, compressed when it ends in .gz or .zst; or folder.",
)
@click.option("--release", type=click.Path(path_type=Path), help="Folder of the release.")
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
def export(
    name: str,
    graphs: tuple[str, ...],
    base_iri: str | None,
    output: Path | None,
    release: Path | None,
    project: Path | None,
) -> None:
    """Write the graph, or some of its graphs, in a form that others read."""
    form = format_of(name)
    if form.is_binary and output is None and sys.stdout.isatty():
        raise ReleaseError(
            message("The format %(name)s is not for a terminal.", name=name),
            "--output",
            message("Name a file with --output."),
        )
    with _content(Release.open(find_release(release, project)), base_iri) as content:
        _write(content.narrowed(graphs) if graphs else content, form, output)
    if output is not None:
        done = message("Wrote %(output)s as %(format)s.", output=output, format=form.title)
        click.echo(done.in_language(language_of_terminal()), err=True)


@contextmanager
def _content(release: Release, base: str | None) -> Iterator[Content]:
    if base is None or base == release.manifest.base:
        yield Content.of(release.dataset, release.manifest)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield moved(release, base, Path(folder))


def _write(content: Content, form: DumpFormat, output: Path | None) -> None:
    total, read, told = max(content.size, 1), 0, 0
    with shown_progress() as progress:

        def tick(count: int) -> None:
            nonlocal read, told
            read += count
            step = min(read * STEPS // total, STEPS)
            if step > told:
                told = step
                progress(step, STEPS, message("quads"))

        write(content.reporting(tick), form, output)
