"""``jsbio-kg fmt``: canonical Turtle."""

import sys
from pathlib import Path

import click

from ..build.reading import read_text
from ..build.turtle import dropped_comments, format_turtle
from ..i18n import language_of_terminal, message
from ..settings import locate

__all__ = ["fmt"]


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def fmt(check: bool, project: Path | None, files: tuple[Path, ...]) -> None:
    """Write Turtle FILES in canonical form, or all of the project; "-" reads and writes a pipe."""
    if files == (Path("-"),):
        click.echo(format_turtle(sys.stdin.read(), "-"), nl=False)
        return
    changed = 0
    for path in files or _turtle_files(locate(project).root):
        before = read_text(path)
        after = format_turtle(before, str(path))
        if after == before:
            continue
        changed += 1
        for line in [] if check else dropped_comments(before):
            _say(path, line)
        if not check:
            _replace(path, after)
        click.echo(str(path))
    if check and changed:
        text = message('Files not in canonical form: %(n)d. Run "jsbio-kg fmt".', n=changed)
        click.echo(text.in_language(language_of_terminal()), err=True)
        sys.exit(1)


def _turtle_files(root: Path) -> list[Path]:
    return sorted(
        path for folder in ("ontology", "data") for path in (root / folder).rglob("*.ttl")
    )


def _say(path: Path, line: int) -> None:
    text = message("The comment was dropped. Keep notes as skos:editorialNote.")
    click.echo(f"{path}:{line}: {text.in_language(language_of_terminal())}", err=True)


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text.encode())
    beside.replace(path)
