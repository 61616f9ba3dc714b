"""``jsbio-kg evidence``: check evidence against the documents, or show what a fact rests on."""

from collections.abc import Mapping
from pathlib import Path

import click
from pyoxigraph import NamedNode

from ..build.documents import find_documents
from ..build.evidence import shown
from ..build.project import read_project
from ..build.records import read_evidence
from ..build.showing import Shown, show
from ..build.verify import verify
from ..i18n import language_of_terminal, message
from ..settings import locate
from .findings import report, stop_with

__all__ = ["evidence"]


@click.command()
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    help="Folder with your own copies of the documents, found by their hash.",
)
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
@click.argument("name", required=False, metavar="[FACT or ENTITY]")
def evidence(sources: Path | None, project: Path | None, name: str | None) -> None:
    """Check all evidence, or show the sentence that a fact (D1.67) or entity rests on."""
    read, findings = read_project(locate(project).root)
    if findings:
        stop_with(report(findings))
    texts: Mapping[NamedNode, str] = {}
    if sources is not None:
        texts, findings = find_documents(read, sources)
    gathered = read_evidence(read)
    if name is not None:
        for passage in show(read, gathered, texts, name):
            _print(passage)
        return
    count = report([*findings, *verify(read, texts)])
    if count:
        stop_with(count)
    records = sum(len(held) for held in gathered.records.values())
    done = message(
        "Checked: %(records)d records, %(passages)d passages, %(documents)d documents.",
        records=records,
        passages=len(gathered.passages),
        documents=len(texts),
    )
    click.echo(done.in_language(language_of_terminal()))
    if sources is None:
        text = message("The documents were not read. Name their folder with --sources.")
        click.echo(text.in_language(language_of_terminal()), err=True)


def _print(passage: Shown) -> None:
    language = language_of_terminal()
    place = message(
        "%(document)s, section %(section)s, sentence %(sentence)s, characters %(start)d-%(end)d",
        document=passage.document,
        section=passage.section,
        sentence=passage.sentences,
        start=passage.start,
        end=passage.end,
    )
    click.echo(f"{click.style(passage.number, bold=True)}  {place.in_language(language)}")
    phrase = click.style(f"[{passage.phrase}]", bold=True)
    sentence = f"… {phrase} …"
    if passage.before is not None and passage.after is not None:
        sentence = " ".join(f"{passage.before}{phrase}{passage.after}".split())
    click.echo(f"  {sentence}")
    for triple in passage.triples:
        click.echo(f"    {shown(triple)}")
    for reading in passage.readings:
        text = message(
            "%(name)s (confidence %(confidence)s): %(written)r read as %(read)r",
            name=reading.name,
            confidence=reading.confidence or "-",
            written=reading.as_written,
            read=reading.read_as,
        )
        click.echo(f"    {text.in_language(language)}")
