"""``jsbio-kg check``: everything that is wrong with the files of a project."""

from collections.abc import Sequence
from pathlib import Path

import click

from ..build.check import CHECKS, check_project
from ..build.project import read_project
from ..build.shapes import check_data
from ..i18n import language_of_terminal, message
from ..settings import locate
from .findings import report, stop_with
from .negotiation import check_negotiation
from .progress import shown_progress

__all__ = ["check"]

#: Those of the build, and what takes the site as well.
ALL_CHECKS = (*CHECKS, ("negotiation", message("content negotiation"), check_negotiation))


@click.command()
@click.option(
    "--data",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File of RDF to hold against the shapes instead; may be repeated.",
)
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
def check(files: tuple[Path, ...], more: tuple[Path, ...], project: Path | None) -> None:
    """Check syntax, form, names, evidence, shapes, vocabulary, reasoning and queries of a project.

    With --data FILE..., check anybody's RDF against the shapes of the project.
    """
    if more and not files:
        raise click.UsageError(f"Got unexpected extra arguments ({' '.join(map(str, more))})")
    if files:
        _check_files((*files, *more), project)
        return
    with shown_progress() as progress:
        read, findings = check_project(locate(project).root, progress, ALL_CHECKS)
    if findings:
        stop_with(report(findings))
    done = message(
        "No findings: %(graphs)d graphs, %(queries)d queries.",
        graphs=len(read.graphs),
        queries=len(read.queries),
    )
    click.echo(done.in_language(language_of_terminal()))


def _check_files(files: Sequence[Path], project: Path | None) -> None:
    read, findings = read_project(locate(project).root)
    if not findings:
        findings = list(check_data(read, files))
    if findings:
        stop_with(report(findings))
    done = message("No findings: %(files)d files.", files=len(files))
    click.echo(done.in_language(language_of_terminal()))
