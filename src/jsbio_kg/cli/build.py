"""``jsbio-kg build``: files to release."""

from pathlib import Path

import click

from ..build.building import build as build_release
from ..i18n import language_of_terminal, message
from ..search import open_search
from ..service import Lanes, Source, prepare_release
from ..settings import locate
from ..vocabulary import BASE
from .findings import report, stop_with
from .progress import shown_progress

__all__ = ["build"]


@click.command()
@click.option("--output", type=click.Path(path_type=Path), help="Folder of the release.")
@click.option("--base-iri", default=BASE, show_default=True, help="Address of the things.")
@click.option("--force", is_flag=True, help="Build even when nothing has changed.")
@click.option("--keep", is_flag=True, help="Keep the release that this one takes the place of.")
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
def build(
    output: Path | None, base_iri: str, force: bool, keep: bool, project: Path | None
) -> None:
    """Check the files of a project, reason over them and write a release."""
    location = locate(project)
    with shown_progress() as progress:
        built = build_release(
            location.root,
            output or location.release,
            progress,
            base_iri,
            force,
            is_kept=keep,
        )
        if built.release is not None and built.is_new:
            progress(0, 1, message("search index"))
            open_search(built.release).close()
            progress(0, 1, message("long answers"))
            from ..web.visiting import visit  # a small graph needs no pages to be built

            source = Source(release=built.release.root, lanes=Lanes.of_machine())
            prepare_release(source, visit)
            progress(1, 1, message("done"))
    if built.release is None:
        stop_with(report(built.findings))
    text = message(
        "%(state)s %(folder)s: %(triples)d triples in %(graphs)d graphs, dataset %(version)s.",
        state=message("Built") if built.is_new else message("Unchanged"),
        folder=built.release.root,
        triples=built.release.manifest.triples,
        graphs=len(built.release.graphs),
        version=built.release.version[:12],
    )
    click.echo(text.in_language(language_of_terminal()))
