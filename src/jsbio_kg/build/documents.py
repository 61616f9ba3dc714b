"""Finding the documents among the reader's own copies, by their hash.

In: a project and a folder. Out: their texts, and a finding for each that is not there.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from ..errors import SourceError
from ..i18n import message
from ..vocabulary import shrink
from .findings import Finding
from .project import Project

__all__ = ["Document", "find_documents"]


@dataclass(frozen=True)
class Document:
    """A document as the project declares it.

    :param identifier: its short name, such as D1.
    """

    iri: NamedNode
    identifier: str
    file_name: str
    sha256: str
    characters: int | None


def documents_of(project: Project) -> list[Document]:
    """Return the documents that a project declares, by IRI."""
    index = project.index
    return [
        Document(
            iri=iri,
            identifier=index.text(iri, "dcterms:identifier"),
            file_name=index.text(iri, "jsbio:fileName"),
            sha256=index.text(iri, "jsbio:sha256"),
            characters=index.number(iri, "jsbio:characters"),
        )
        for iri in sorted(index.of_type("jsbio:Document"), key=str)
    ]


def find_documents(project: Project, folder: Path) -> tuple[Mapping[NamedNode, str], list[Finding]]:
    """Return the text of each document that a folder holds, whatever its file is called.

    :raises SourceError: when the folder does not exist.
    """
    if not folder.is_dir():
        raise SourceError(
            message("There is no such folder."),
            str(folder),
            message("Name the folder with your copies of the documents."),
        )
    copies: dict[str, bytes] = {}
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        content = path.read_bytes()
        copies[hashlib.sha256(content).hexdigest()] = content
    texts: dict[NamedNode, str] = {}
    findings = []
    for document in documents_of(project):
        content_found = copies.get(document.sha256)
        if content_found is None:
            findings.append(_missing(document, folder))
            continue
        texts[document.iri] = content_found.decode("utf-8")
        if document.characters != len(texts[document.iri]):
            findings.append(
                Finding(
                    project.place(document.iri),
                    message("The document has %(n)d characters.", n=len(texts[document.iri])),
                    message("Correct jsbio:characters."),
                )
            )
    return texts, findings


def _missing(document: Document, folder: Path) -> Finding:
    name = shrink(document.iri.value)
    if document.file_name and (folder / document.file_name).is_file():
        return Finding(
            str(folder / document.file_name),
            message("This is not the text that %(name)s was taken from.", name=name),
            message("Use the copy with SHA-256 %(sha256)s.", sha256=document.sha256),
        )
    return Finding(
        str(folder),
        message("There is no copy of %(name)s (%(file)s).", name=name, file=document.file_name),
        message("Add the file with SHA-256 %(sha256)s.", sha256=document.sha256),
    )
