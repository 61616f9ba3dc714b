"""The documents themselves, where the operator has copies of them.

In: a folder. Out: :class:`Texts`, which gives the sentence behind a passage. A file is taken for a
document only when its bytes have the hash that the graph records; its name does not matter.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import SourceError
from ..i18n import message
from .grounds import Passage

if TYPE_CHECKING:
    from .service import Service

__all__ = ["Piece", "Texts", "read_texts"]

_DOCUMENTS = """PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
SELECT DISTINCT ?document ?hash WHERE { GRAPH ?graph { ?document jsbio:sha256 ?hash } }"""
LARGEST = 16 << 20


@dataclass(frozen=True)
class Piece:
    """A run of a sentence: a locating phrase, or what stands between phrases."""

    text: str
    is_phrase: bool = False


@dataclass(frozen=True)
class Texts:
    """The texts at hand, by the IRI of their document."""

    by_document: Mapping[str, str] = field(default_factory=dict)

    def excerpt(self, *passages: Passage) -> tuple[Piece, ...]:
        """Return the sentence of passages that share it, cut at their phrases.

        Empty when the document is not at hand.

        >>> texts = Texts({"d": "One. Two words here. Three."})
        >>> texts.excerpt(Passage("p", "d", "D1.1", "1", (), 5, 20, "words"))[1]
        Piece(text='words', is_phrase=True)
        """
        text = self.by_document.get(passages[0].document)
        if text is None:
            return ()
        sentence = text[passages[0].start : passages[0].end]
        marked = [False] * len(sentence)
        for passage in passages:
            at = sentence.find(passage.phrase)
            if at >= 0:
                marked[at : at + len(passage.phrase)] = [True] * len(passage.phrase)
        pieces = groupby(zip(sentence, marked, strict=True), key=lambda each: each[1])
        return tuple(Piece("".join(c for c, _ in run), is_marked) for is_marked, run in pieces)


def read_texts(service: "Service", folder: Path) -> Texts:
    """Return the documents of the graph that a folder holds, told by their hash.

    :raises SourceError: when the folder is missing or holds none of them.
    """
    if not folder.is_dir():
        raise SourceError(
            message("There is no such folder."), str(folder), message("Check its name.")
        )
    wanted = {row["hash"].value: row["document"].value for row in service.table(_DOCUMENTS).dicts()}
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.stat().st_size <= LARGEST:
            content = path.read_bytes()
            document = wanted.get(hashlib.sha256(content).hexdigest())
            if document:
                found[document] = content.decode("utf-8")
    if not found:
        raise SourceError(
            message("The folder holds none of the documents."),
            str(folder),
            message(
                "Put unchanged copies of them there; the page of a document gives its SHA-256."
            ),
        )
    return Texts(found)
