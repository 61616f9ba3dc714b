"""``jsbio-kg source``: the documents that the graph is taken from."""

from pathlib import Path

import click

from ..build.project import read_project
from ..build.sources import NewSource, register
from ..i18n import LANGUAGES, language_of_terminal, message
from ..settings import locate
from ..vocabulary import shrink
from .findings import report, stop_with

__all__ = ["source"]


@click.group()
def source() -> None:
    """Register documents."""


@source.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", required=True, help="Title, in the language of the text.")
@click.option(
    "--language",
    "languages",
    required=True,
    multiple=True,
    help="Two-letter code of the language of the text; may be repeated.",
)
@click.option("--title-en", help="Title in English, where --title is not.")
@click.option("--title-zh", help="Title in Chinese, where --title is not.")
@click.option("--about", "about_en", help="One sentence on the document, in English.")
@click.option("--about-zh", help="The same in Chinese.")
@click.option("--slug", default="", help="Its name in IRIs; made from the English title.")
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
def add(
    file: Path,
    title: str,
    languages: tuple[str, ...],
    title_en: str | None,
    title_zh: str | None,
    about_en: str | None,
    about_zh: str | None,
    slug: str,
    project: Path | None,
) -> None:
    """Register the text in FILE: its hash, its graphs, its sentences; nothing of it is copied."""
    read, findings = read_project(locate(project).root)
    if findings:
        stop_with(report(findings))
    spoken = languages[0] if languages[0] in LANGUAGES else "en"
    titles = {spoken: title, **_given(title_en, title_zh)}
    about = _given(about_en, about_zh)
    done = register(read, NewSource(file, languages, titles, about, slug))
    language = language_of_terminal()
    name = shrink(done.document.value)
    text = message("Registered %(identifier)s, %(name)s.", identifier=done.identifier, name=name)
    click.echo(text.in_language(language))
    text = message(
        "Sentences: %(n)d. Files: %(folder)s.", n=len(done.sentences), folder=done.folder
    )
    click.echo(text.in_language(language))


def _given(english: str | None, chinese: str | None) -> dict[str, str]:
    return {name: text for name, text in (("en", english), ("zh", chinese)) if text}
