"""``jsbio-kg diff``: what lies between two versions."""

import hashlib
from pathlib import Path

import click
from pyoxigraph import RdfFormat, parse

from ..changes import (
    Changes,
    Version,
    as_json,
    changes_between,
    fetch_version,
    rdf_patch,
    read_version,
    sparql_update,
    tell,
)
from ..changes.fetching import TOLD_ROLES
from ..dumps.compression import opened
from ..i18n import language_of_terminal
from ..release import MANIFEST
from ..settings import locate
from .progress import shown_progress

__all__ = ["diff"]


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "rdf-patch", "sparql-update", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the text.")
@click.option("--output", type=click.Path(path_type=Path), help="File; .gz and .zst compress.")
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
def diff(
    old: str, new: str, form: str, lang: str | None, output: Path | None, project: Path | None
) -> None:
    """Compare OLD with NEW: release folders, addresses of releases, or git revisions."""
    changes = changes_between(_version(old, project), _version(new, project))
    with opened(output) as out:
        out.write(_written(changes, form, lang or language_of_terminal()).encode())


def _written(changes: Changes, form: str, language: str) -> str:
    if form == "rdf-patch":
        return "".join(rdf_patch(changes))
    if form == "sparql-update":
        return "".join(sparql_update(changes))
    if form == "json":
        return as_json(changes)
    return "".join(f"{line}\n" for line in tell(changes, language))


def _version(name: str, project: Path | None) -> Version:
    if name.startswith(("http://", "https://")):
        return fetch_version(name)
    if (Path(name) / MANIFEST).is_file() or Path(name).is_dir():
        return read_version(Path(name))
    # This loads what builds, which comparing releases does not need.
    from ..build.revision import dataset_of_revision

    with shown_progress() as progress:
        revision = dataset_of_revision(locate(project).root, name, progress)
    return Version(
        name=name,
        sha256=hashlib.sha256(revision.quads).hexdigest(),
        quads=tuple(parse(revision.quads, RdfFormat.N_QUADS)),
        told=frozenset(iri for iri, role in revision.roles.items() if role in TOLD_ROLES),
    )
