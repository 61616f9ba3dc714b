"""``jsbio-kg generate``: the project, grown to any size with made-up documents."""

from pathlib import Path

import click

from ..generate import generate_project
from ..i18n import language_of_terminal, message
from ..settings import locate
from .progress import shown_progress

__all__ = ["generate"]


@click.command()
@click.option("--triples", type=click.IntRange(min=1), required=True, help="How many to add.")
@click.option("--seed", default=1, show_default=True, help="Another seed, another graph.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("generated"),
    show_default=True,
    help="Folder of the new project.",
)
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
def generate(triples: int, seed: int, output: Path, project: Path | None) -> None:
    """Write a larger project: this one, and documents made up by lot.

    Build, serve and export it like any other: jsbio-kg build --project FOLDER.
    """
    with shown_progress() as progress:
        made = generate_project(
            locate(project).root,
            output,
            triples,
            seed,
            lambda done, total: progress(min(done, total), total, message("documents")),
        )
    text = message(
        "Generated %(folder)s: %(triples)d triples more, in %(documents)d documents.",
        folder=made.root,
        triples=made.triples,
        documents=made.documents,
    )
    click.echo(text.in_language(language_of_terminal()))
