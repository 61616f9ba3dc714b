"""``jsbio-kg explain``: why a triple holds."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from ..errors import NotEntailed, NotFound
from ..i18n import LANGUAGES, language_of_terminal, message
from ..release import Release, TripleText
from ..service import Service, Site
from ..service.grounds import Ground
from ..service.proof import Explained, Explanation, read_proofs, written
from ..service.proof import explain as explain_triple
from ..service.proof_data import (
    no_proof_as_json,
    no_proof_as_turtle,
    proof_as_json,
    proof_as_turtle,
)
from ..service.rules import rule_sentence
from ..service.triple import read_triple
from ..store import EmbeddedStore, Limits
from ..vocabulary import shrink
from .graph import find_release

__all__ = ["explain"]

#: The shell is its owner's: nothing is cut but by the machine.
_LIMITS = Limits(result_bytes=1 << 40, rows=1 << 40)

#: The status with which the command ends when the triple does not follow.
NOT_ENTAILED: Final = 3


@click.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    show_default=True,
    help="How to write.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of names and sentences.")
@click.option("--release", type=click.Path(path_type=Path), help="Folder of the release.")
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
def explain(
    subject: str,
    predicate: str,
    object_: str,
    format_name: str,
    lang: str | None,
    release: Path | None,
    project: Path | None,
) -> None:
    """Prove a triple, rule by rule, down to what is stated and where.

    Terms are names (park:biobay), IRIs, numbers, or texts in quotes ("'Wuxi'@en"); "a" is rdf:type.
    A triple that is not entailed is told in the same format, and the command ends with status 3;
    what cannot be asked ends it with 1.
    """
    language = lang or language_of_terminal()
    opened = Release.open(find_release(release, project), verify=False)
    triple = read_triple(subject, predicate, object_, opened.prefixes)
    try:
        explanation = _explain(opened, triple)
    except NotEntailed as error:
        if format_name == "json":
            click.echo(no_proof_as_json(triple, error, language), nl=False)
        elif format_name == "turtle":
            click.echo(no_proof_as_turtle(triple, error), nl=False)
        else:
            click.echo(error.in_language(language))
        sys.exit(NOT_ENTAILED)
    if format_name == "json":
        click.echo(proof_as_json(explanation, language), nl=False)
    elif format_name == "turtle":
        click.echo(proof_as_turtle(explanation), nl=False)
    else:
        for line in _lines(explanation, language):
            click.echo(line)


def _explain(opened: Release, triple: TripleText) -> Explanation:
    """Return the proof of a triple.

    :raises NotEntailed: when it does not follow.
    """
    store = EmbeddedStore.from_dataset(opened.dataset, opened.default_graphs, _LIMITS)
    service = Service(store, Site.from_release(opened, _LIMITS))
    try:
        return explain_triple(service, read_proofs(service), triple)
    except NotFound:
        # Not published is not yet not entailed: axioms, and what is left out, follow too.
        from ..build.proving import prove_one

        proofs = prove_one(opened, triple)
        if proofs is None or triple not in proofs.last:
            raise
        return explain_triple(service, proofs, triple)


def _lines(explanation: Explanation, language: str) -> Iterator[str]:
    for step in explanation.steps:
        number = click.style(f"{step.number:>3}", bold=True)
        yield f"{number}  {_named(explanation, step, language)}"
        yield click.style(f"     {written(step.terms)}", dim=True)
        if step.rule:
            yield "     " + message(
                "follows by %(rule)s from %(premises)s: %(sentence)s",
                rule=step.rule,
                premises=", ".join(map(str, step.premises)) or "-",
                sentence=rule_sentence(step.rule, language),
            ).in_language(language)
            continue
        for graph in step.graphs:
            yield "     " + message(
                "stated in %(graph)s (%(title)s)",
                graph=shrink(graph),
                title=explanation.names.text(graph, language),
            ).in_language(language)
        for ground in step.grounds:
            yield from (f"       {line}" for line in _ground(explanation, ground, language))


def _named(explanation: Explanation, step: Explained, language: str) -> str:
    """Return a triple in words."""
    names = explanation.names
    words = [names.text(t.value, language) if t.kind == "uri" else t.value for t in step.terms[:2]]
    value = step.terms[2]
    if step.members:
        members = (names.text(term.value, language) for term in step.members)
        return f"{words[0]} · {words[1]} · ({', '.join(members)})"
    text = names.text(value.value, language) if value.kind == "uri" else value.value
    return f"{words[0]} · {words[1]} · {text if value.kind != 'bnode' else '[…]'}"


def _ground(explanation: Explanation, ground: Ground, language: str) -> Iterator[str]:
    names = explanation.names
    if ground.passage is None:
        verified = names.text(ground.verification, language) if ground.verification else ""
        yield f"{shrink(ground.source)} {names.text(ground.source, language)} · {verified}"
        return
    passage = ground.passage
    place = message(
        "%(document)s, section %(section)s, sentence %(sentence)s",
        document=names.text(passage.document, language),
        section=passage.section,
        sentence=", ".join(passage.sentences) or "-",
    ).in_language(language)
    yield f"{click.style(passage.number, bold=True)} “{passage.phrase}” · {place}"
    for reading in ground.readings:
        yield message(
            "%(name)s (confidence %(confidence)s): %(written)r read as %(read)r",
            name=shrink(reading.iri),
            confidence=reading.confidence or "-",
            written=reading.written,
            read=reading.read,
        ).in_language(language)
