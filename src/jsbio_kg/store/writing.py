"""Writing answers: a sink with a cap, rows counted in bytes, Turtle with its prefixes.

In: what the engine serialises. Out: bytes, whole, or the error that there would be too many.
"""

import io
import re

import pyoxigraph
from pyoxigraph import RdfFormat

from ..errors import NotAcceptable, ResultTooLarge
from ..i18n import Message, message
from ..vocabulary import PREFIXES
from .formats import Format

__all__ = [
    "Sink",
    "check_written",
    "count_rows",
    "refuse_rows",
    "refuse_writing",
    "turtle_from_ntriples",
]

#: Characters that XML 1.0 has no way to write, and how the engine writes an element without a name.
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NO_NAME = b"<oxprefix: "


class Sink(io.BytesIO):
    """Bytes in memory, up to a cap.

    :raises ResultTooLarge: on the first write beyond it.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._room = most
        self._most = most

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take a piece."""
        self._room -= len(data)
        if self._room < 0:
            raise ResultTooLarge(
                message("The answer has more than %(bytes)d bytes.", bytes=self._most),
                "",
                message("Add LIMIT, or ask for less."),
            )
        return super().write(data)


def count_rows(body: bytes, format: Format) -> int:
    r"""Count the rows of written solutions, by marks that cannot stand inside a value.

    In CSV a value may hold a line end, so the count may be too high there; in JSON and XML rows
    without any value may be missed. Both matter to the cap on rows only.

    >>> from .formats import SOLUTIONS
    >>> count_rows(b"s\r\n<http://a/>\r\n", SOLUTIONS[2])
    1
    """
    if format.name == "json":
        return 0 if body.endswith(b'"bindings":[]}}') else body.count(b'}},{"') + 1
    if format.name == "xml":
        return body.count(b"<result>")
    return body.count(b"\r\n" if format.name == "csv" else b"\n") - 1


def check_written(body: bytes, format: Format) -> None:
    """Look whether a format could say what was written in it: XML cannot say everything.

    :raises NotAcceptable: when a reader of the format would stumble.
    """
    if format.name in ("xml", "rdfxml") and _NOT_IN_XML.search(body):
        raise refuse_writing(
            message(
                "The answer holds a control character, which %(format)s cannot write.",
                format=format.media_type,
            )
        )
    if format.name == "rdfxml" and _NO_NAME in body:
        raise refuse_writing(
            message(
                "The answer holds a property without a name, which %(format)s cannot write.",
                format=format.media_type,
            )
        )


def refuse_writing(what: Message) -> NotAcceptable:
    """Say that a format has no way to write something that is in the answer."""
    return NotAcceptable(what, "Accept", message("Accept another format."))


def refuse_rows(most: int) -> ResultTooLarge:
    """Say that an answer has too many rows."""
    return ResultTooLarge(
        message("The answer has more than %(rows)d rows.", rows=most),
        "",
        message("Add LIMIT, or ask for less."),
    )


def turtle_from_ntriples(triples: bytes, sink: Sink) -> None:
    """Write triples as Turtle: sorted, one block a subject, with the prefixes that occur."""
    lines = sorted(triples.splitlines())
    body = b"\n".join(lines)
    used = {name: iri for name, iri in PREFIXES.items() if f"<{iri}".encode() in body}
    pyoxigraph.serialize(
        pyoxigraph.parse(body, RdfFormat.N_TRIPLES),
        sink,
        RdfFormat.TURTLE,
        prefixes=used,
    )
