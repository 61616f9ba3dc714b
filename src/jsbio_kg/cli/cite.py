"""``jsbio-kg cite``: evidence for triples, from a phrase of the text."""

import shlex
from collections.abc import Sequence
from pathlib import Path

import click
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ..build.citing import cite as write_evidence
from ..build.citing import graph_of, open_triples
from ..build.documents import find_documents
from ..build.findings import Finding
from ..build.locating import Citation
from ..build.project import Project, read_project
from ..build.records import read_evidence
from ..build.verify import RecordCheck
from ..errors import ParameterError
from ..i18n import language_of_terminal, message
from ..service.triple import read_term, read_triple
from ..settings import locate
from .findings import report, stop_with

__all__ = ["cite"]


@click.command()
@click.argument("triples", nargs=-1, required=True, metavar="TRIPLE-or-THING...")
@click.option("--phrase", default="", help="Up to eight words of the text, letter by letter.")
@click.option("--fact", "number", default="", help="Number of the fact; the next one if left out.")
@click.option("--reading", "readings", multiple=True, help="Reading that the triples rest on.")
@click.option("--document", default="", help="Which document, where several state it.")
@click.option("--sentence", default="", help="Which sentence, where the phrase is in several.")
@click.option("--occurrence", type=click.IntRange(1), default=None, help="Which one in it.")
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder with your own copies of the documents, found by their hash.",
)
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
def cite(
    triples: tuple[str, ...],
    phrase: str,
    number: str,
    readings: tuple[str, ...],
    document: str,
    sentence: str,
    occurrence: int | None,
    sources: Path,
    project: Path | None,
) -> None:
    """Write evidence for triples: a passage for the phrase, and a record for each triple.

    Each TRIPLE is one argument ("park:biobay jsbio:locatedIn city:suzhou"); a THING alone
    (park:biobay) stands for all that a document states of it and no record speaks of yet.
    """
    root = locate(project).root
    read, findings = read_project(root)
    if findings:
        stop_with(report(findings))
    wanted = [triple for text in triples for triple in _read(read, text)]
    graph = graph_of(read, wanted, document)
    resting = tuple(NamedNode(read_term(each, "--reading")[1:-1]) for each in readings)
    texts, _ = find_documents(read, sources)
    citation = Citation(phrase, number, resting, sentence, occurrence or 0)
    done = write_evidence(read, graph, wanted, citation, texts)
    text = message(
        "%(number)s now bears %(n)d triples, in %(file)s.",
        number=done.number,
        n=len(done.records),
        file=done.file,
    )
    click.echo(text.in_language(language_of_terminal()))
    count = report(_doubts(root, done.records, sources))
    if count:
        stop_with(count)


def _read(project: Project, text: str) -> list[Triple]:
    """Return the triple that an argument writes, or the open ones of the thing it names."""
    parts = _parts(text)
    if len(parts) == 1:
        return open_triples(project, NamedNode(read_term(parts[0], "THING")[1:-1]))
    if len(parts) != 3:
        raise ParameterError(
            message("%(value)r is no triple and no thing.", value=text),
            "TRIPLE",
            message("Write subject, predicate and object in one pair of quotes."),
        )
    line = " ".join(read_triple(parts[0], parts[1], parts[2]))
    return [quad.triple for quad in parse(f"{line} .", RdfFormat.N_TRIPLES)]


def _parts(text: str) -> list[str]:
    """Split a triple at its spaces; the object may be a text that holds some."""
    lexer = shlex.shlex(text, posix=False, punctuation_chars=False)
    lexer.whitespace_split, lexer.quotes = True, "\"'"
    try:
        parts = list(lexer)
    except ValueError:
        parts = text.split()
    return parts if len(parts) < 4 else [*parts[:2], text.split(maxsplit=2)[2]]


def _doubts(root: Path, records: Sequence[NamedNode], sources: Path) -> list[Finding]:
    """Return what is wrong with records that were written, now that they are read again."""
    project, findings = read_project(root)
    texts, _ = find_documents(project, sources)
    evidence = read_evidence(project)
    for graph in project.of_role("FactGraph"):
        holder = project.graph(graph.evidence) if graph.evidence else None
        check = RecordCheck(project, graph, evidence, texts)
        for record in evidence.of(graph):
            if record.iri in records and holder is not None:
                where = holder.place(record.iri.value)
                findings += [Finding(where, f.what, f.fix) for f in check.findings(record)]
    return findings
