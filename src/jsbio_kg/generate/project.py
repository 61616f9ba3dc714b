"""Writing a made-up project: copies of what the real one has, and folder by folder what is new.

In: a project's folder. Out: another, and the texts of its documents.
"""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from ..build.reading import read_text, read_turtle
from ..build.turtle import write_turtle
from ..errors import SourceError
from ..i18n import message
from .concepts import Concept, read_concepts
from .draws import Draws
from .region import declare_provinces, region_of
from .statements import CLASSES, Scene, write_sentence
from .writing import Writer, integer, known

__all__ = ["Generated", "generate_project"]

SOURCES: Final = Path("data") / "sources.ttl"
#: The folder for the texts, which a real project leaves to its readers.
DOCUMENTS: Final = "documents"
#: Triples of one document with its evidence; the memory that the generator takes follows.
DOCUMENT_SIZE: Final = 20_000
#: What the declarations of one document come to.
DECLARED: Final = 33
#: Numbers of the real documents end below.
FIRST_NUMBER: Final = 100
LICENCE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")


@dataclass(frozen=True)
class Generated:
    """What was written.

    :param triples: those that are new.
    """

    root: Path
    documents: int
    triples: int


def generate_project(
    source: Path,
    output: Path,
    triples: int,
    seed: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Generated:
    """Write a project with a number of triples more than another has, or slightly more.

    :param progress: told how many new triples there are, and how many there will be.
    :raises SourceError: when the folder is not empty, or the project cannot be read.
    """
    if output.exists() and any(output.iterdir()):
        raise SourceError(
            message("The folder is not empty."), str(output), message("Name a new one.")
        )
    for folder in ("ontology", "data", "queries"):
        shutil.copytree(source / folder, output / folder)
    (output / DOCUMENTS).mkdir()
    entities = sorted((source / "data").rglob("entities/*.ttl"))
    concepts = read_concepts(entities, CLASSES)
    declared = read_turtle(read_text(output / SOURCES), str(SOURCES))
    written = documents = 0
    while written < triples:
        size = min(DOCUMENT_SIZE, triples - written)
        writer = _document(documents, size, seed, concepts)
        added = _write(output, writer)
        declared += added
        documents += 1
        written += len(writer) + len(added)
        progress(written, triples)
    (output / SOURCES).write_text(write_turtle(declared), "utf-8", newline="\n")
    return Generated(output, documents, written)


def _document(number: int, size: int, seed: int, concepts: Mapping[str, list[Concept]]) -> Writer:
    """Return a document of some size, written to its end."""
    draws = Draws(f"{seed}:{number}")
    writer = Writer(FIRST_NUMBER + number, f"yearbook-{number + 1}")
    title = f"Yearbook {number + 1} of made-up places"
    literal = Literal(title, language="en")
    writer.state(title, [(writer.iri, "dcterms:title", literal)])
    if number == 0:
        declare_provinces(writer)
    scene = Scene(writer, draws, region_of(number, draws, writer), concepts)
    while len(writer) + DECLARED < size:
        write_sentence(scene)
    return writer


def _write(output: Path, writer: Writer) -> list[Triple]:
    """Write the files of a document; return what declares them."""
    slug = writer.graph.value.rpartition("/")[2]
    folder = output / "data" / slug
    folder.mkdir()
    text = writer.text.encode()
    (output / DOCUMENTS / f"{slug}.txt").write_bytes(text)
    for name, held in (
        ("facts", writer.facts),
        ("evidence", writer.evidence),
        ("names", writer.names),
    ):
        (folder / f"{name}.ttl").write_text(write_turtle(held), "utf-8", newline="\n")
    return _declarations(writer, slug, text)


def _declarations(writer: Writer, slug: str, text: bytes) -> list[Triple]:
    graph, iri = writer.graph.value, writer.iri
    evidence, names = NamedNode(f"{graph}-evidence"), NamedNode(f"{graph}-names")
    number = slug.rpartition("-")[2]
    book, zh = f"yearbook {number}", f"年鉴{number}"
    made: list[Triple] = []

    def say(node: NamedNode, predicate: str, *values: NamedNode | Literal) -> None:
        made.extend(Triple(node, known(predicate), value) for value in values)

    def name(node: NamedNode, type_: str, en: str, zh: str) -> None:
        say(node, "rdf:type", known(type_))
        say(node, "rdfs:label", Literal(en, language="en"), Literal(zh, language="zh"))
        about = (f"{en}, made up by the generator.", f"{zh}，由生成器虚构。")
        say(node, "dcterms:description", Literal(about[0], language="en"))
        say(node, "dcterms:description", Literal(about[1], language="zh"))

    for node, type_, en_title, zh_title, file in (
        (writer.graph, "jsbio:FactGraph", f"Facts of {book}", f"{zh}的事实", "facts"),
        (evidence, "jsbio:EvidenceGraph", f"Evidence of {book}", f"{zh}的证据", "evidence"),
        (names, "jsbio:EntityGraph", f"Names in {book}", f"{zh}的命名", "names"),
    ):
        name(node, type_, en_title, zh_title)
        say(node, "dcterms:license", LICENCE)
        say(node, "jsbio:file", Literal(f"data/{slug}/{file}.ttl"))
    say(writer.graph, "dcterms:source", iri)
    say(writer.graph, "jsbio:evidencedBy", evidence)
    name(iri, "jsbio:Document", book.capitalize(), zh)
    say(iri, "dcterms:identifier", Literal(f"D{writer.number}"))
    say(iri, "dcterms:language", Literal("en"))
    say(iri, "jsbio:characters", integer(len(text.decode())))
    say(iri, "jsbio:fileName", Literal(f"{slug}.txt"))
    say(iri, "jsbio:sha256", Literal(hashlib.sha256(text).hexdigest()))
    return made
