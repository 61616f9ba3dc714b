"""Where in a Turtle file a term stands, for the line number of a finding."""

import re

from .terms import compact

__all__ = ["place_of"]


def place_of(text: str, subject: str, predicate: str = "", value: str = "") -> int:
    r"""Return the line of a subject's block or of something in it; 0 when it is not found.

    Canonical Turtle begins a block at the margin and ends it with a dot at the margin, so no
    parser is needed; in a file of another layout the first mention is the best guess.

    >>> place_of("PREFIX …\n\npark:biobay\n    a jsbio:Park ;\n.\n",
    ...          "https://w3id.org/jsbio/id/park/biobay")
    3
    """
    start = _line_start(text, subject)
    if start < 0:
        return 0
    end = text.find("\n.", start)
    block = text[start : end if end >= 0 else len(text)]
    offset = 0
    for term in (predicate, value):
        found = block.find(_written(term), offset) if term else -1
        offset = found if found >= 0 else offset
    return text.count("\n", 0, start + offset) + 1


def _line_start(text: str, subject: str) -> int:
    names = "|".join(re.escape(name) for name in {compact(subject), f"<{subject}>"})
    match = re.search(rf"^(?:{names})(?=\s|$)", text, re.MULTILINE)
    match = match or re.search(rf"(?:{names})(?=[\s;,.)\]])", text)
    return match.start() if match else -1


def _written(term: str) -> str:
    name = compact(term)
    return " a " if name == "rdf:type" else name
