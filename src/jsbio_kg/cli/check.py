"""``jsbio-kg check``: everything that is wrong with the files of a project."""

from pathlib import Path

import click

from ..build.check import check_project
from ..i18n import language_of_terminal, message
from ..settings import locate
from .findings import report, stop_with
from .progress import shown_progress

__all__ = ["check"]


@click.command()
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
def check(project: Path | None) -> None:
    """Check syntax, form, names, evidence, shapes, reasoning and queries of a project."""
    with shown_progress() as progress:
        read, findings = check_project(locate(project).root, progress)
    if findings:
        stop_with(report(findings))
    done = message(
        "No findings: %(graphs)d graphs, %(queries)d queries.",
        graphs=len(read.graphs),
        queries=len(read.queries),
    )
    click.echo(done.in_language(language_of_terminal()))
