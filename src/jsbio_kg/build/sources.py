"""Registering a document: what the project has to know of it before its first fact.

In: a text file and what people call it. Out: its entry and its three graphs in
``data/sources.ttl``, and a folder with ``facts.ttl``, ``names.ttl`` and ``evidence.ttl``, of which
the last holds its sentences with their offsets. The text itself is not copied.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from ..errors import SourceError
from ..i18n import message
from ..vocabulary import PREFIXES, expand
from .documents import documents_of
from .project import Project
from .reading import read_text, read_turtle
from .sentences import NumberedSentence, split_text
from .turtle import heading, write_turtle

__all__ = ["NewSource", "Registered", "described", "register", "rewrite"]

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

#: The three graphs of a document: role, last part of its name, file, titles and descriptions.
GRAPHS: Final = (
    (
        "FactGraph",
        "",
        "facts.ttl",
        {"en": "Facts of “{}”", "zh": "《{}》的事实"},
        {"en": "Holds what “{}” states, and nothing else.", "zh": "只存放《{}》所陈述的内容。"},
    ),
    (
        "EvidenceGraph",
        "-evidence",
        "evidence.ttl",
        {"en": "Evidence of “{}”", "zh": "《{}》的证据"},
        {
            "en": "Says for each triple taken from “{}” on which numbered passages it rests.",
            "zh": "逐条说明取自《{}》的三元组所依据的编号段落。",
        },
    ),
    (
        "EntityGraph",
        "-names",
        "names.ttl",
        {"en": "Names in “{}”", "zh": "《{}》的命名"},
        {
            "en": "Names and describes the things that exist because “{}” describes them.",
            "zh": "命名并描述因《{}》有所描述而存在的事物。",
        },
    ),
)


@dataclass(frozen=True)
class NewSource:
    """A document to register.

    :param languages: of its text, such as ``en``; the first is that of the title.
    :param title: what it is called, by language; ``about`` one sentence on it, likewise.
    :param slug: its name in IRIs and of its folder; empty to make it from the English title.
    """

    path: Path
    languages: tuple[str, ...]
    title: Mapping[str, str]
    about: Mapping[str, str] = field(default_factory=dict)
    slug: str = ""


@dataclass(frozen=True)
class Registered:
    """What registering came to."""

    document: NamedNode
    identifier: str
    folder: Path
    sentences: tuple[NumberedSentence, ...]


def register(project: Project, source: NewSource) -> Registered:
    """Register a document in a project.

    :raises SourceError: when there is no text, it cannot be read or is registered, or the name is
        taken.
    """
    content = read_text(source.path)
    if not content.strip():
        what = message("There is no text in the file.")
        raise SourceError(what, str(source.path), message("Name the file that holds the text."))
    digest = hashlib.sha256(source.path.read_bytes()).hexdigest()
    slug = source.slug or _slug(source.title)
    if not SLUG.fullmatch(slug):
        raise SourceError(
            message("%(slug)r cannot be part of an IRI.", slug=slug),
            "--slug",
            message("Use lower-case letters, digits and hyphens."),
        )
    document = NamedNode(expand(f"document:{slug}"))
    folder = project.root / "data" / slug
    known = documents_of(project)
    _refuse_known(project, document, folder, digest)
    numbers = [int(each.identifier[1:]) for each in known if each.identifier[1:].isdecimal()]
    identifier = f"D{max(numbers, default=0) + 1}"
    sentences = tuple(split_text(content))
    about = _document(document, identifier, source, digest, len(content))
    entries = [*about, *_graphs(document, slug, source.title)]
    evidence = [t for each in sentences for t in _sentence(document, identifier, each)]
    folder.mkdir(parents=True)
    rewrite(folder / "facts.ttl", ())
    rewrite(folder / "names.ttl", ())
    rewrite(folder / "evidence.ttl", evidence)
    sources = project.root / "data" / "sources.ttl"
    rewrite(sources, [*read_turtle(read_text(sources), str(sources)), *entries])
    return Registered(document, identifier, folder, sentences)


def _slug(title: Mapping[str, str]) -> str:
    words = re.findall(r"[a-z0-9]+", title.get("en", "").lower())
    if words:
        return "-".join(words)
    raise SourceError(
        message("There is no English title to make a name from."),
        "--slug",
        message("Give the document a name with --slug."),
    )


def _refuse_known(project: Project, document: NamedNode, folder: Path, digest: str) -> None:
    for each in documents_of(project):
        if each.sha256 == digest or each.iri == document:
            raise SourceError(
                message("%(name)s is registered already.", name=each.identifier),
                project.place(each.iri),
                message("Go on with its files, or choose another --slug for another text."),
            )
    if folder.exists():
        raise SourceError(
            message("There is a folder of this name already."),
            str(folder),
            message("Choose another name with --slug."),
        )


def _document(
    document: NamedNode, identifier: str, source: NewSource, digest: str, characters: int
) -> Iterator[Triple]:
    yield described(document, "rdf:type", NamedNode(expand("jsbio:Document")))
    for language, text in source.title.items():
        yield described(document, "rdfs:label", Literal(text, language=language))
    for language, text in source.about.items():
        yield described(document, "dcterms:description", Literal(text, language=language))
    yield described(document, "dcterms:identifier", Literal(identifier))
    for language in source.languages:
        yield described(document, "dcterms:language", Literal(language))
    yield described(document, "jsbio:characters", _integer(characters))
    yield described(document, "jsbio:fileName", Literal(source.path.name))
    yield described(document, "jsbio:sha256", Literal(digest))


def _graphs(document: NamedNode, slug: str, title: Mapping[str, str]) -> Iterator[Triple]:
    for role, suffix, file, labels, descriptions in GRAPHS:
        graph = NamedNode(expand(f"graph:{slug}{suffix}"))
        yield described(graph, "rdf:type", NamedNode(expand(f"jsbio:{role}")))
        for predicate, texts in (("rdfs:label", labels), ("dcterms:description", descriptions)):
            for language, text in texts.items():
                name = title.get(language) or next(iter(title.values()))
                yield described(graph, predicate, Literal(text.format(name), language=language))
        yield described(graph, "dcterms:license", NamedNode(LICENCE))
        yield described(graph, "jsbio:file", Literal(f"data/{slug}/{file}"))
        if role != "EntityGraph":
            yield described(graph, "dcterms:source", document)
        if role == "FactGraph":
            evidence = NamedNode(expand(f"graph:{slug}-evidence"))
            yield described(graph, "jsbio:evidencedBy", evidence)


def _sentence(document: NamedNode, identifier: str, sentence: NumberedSentence) -> Iterator[Triple]:
    node = NamedNode(expand(f"sentence:{identifier}.{sentence.number}"))
    yield described(node, "rdf:type", NamedNode(expand("jsbio:Sentence")))
    yield described(node, "jsbio:section", Literal(sentence.section))
    yield described(node, "jsbio:sentenceNumber", Literal(sentence.number))
    yield described(node, "oa:hasSource", document)
    yield described(node, "oa:start", _integer(sentence.start))
    yield described(node, "oa:end", _integer(sentence.end))


def described(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Triple:
    """Return a triple, its predicate given as a compact name."""
    return Triple(subject, NamedNode(expand(predicate)), value)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(PREFIXES["xsd"] + "integer"))


def rewrite(path: Path, triples: Iterable[Triple]) -> None:
    """Write a Turtle file in canonical form, whole or not at all; its heading stays."""
    before = read_text(path) if path.is_file() else ""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(write_turtle(triples, heading(before), str(path)).encode())
    beside.replace(path)
