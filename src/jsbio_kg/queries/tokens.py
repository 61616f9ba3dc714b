"""SPARQL cut into tokens, so that strings, comments and IRIs are never mistaken for code.

In: the text of a query. Out: tokens with their places. This is no parser: it knows the terminals of
the grammar (SPARQL 1.1, section 19.8) and brackets, in one pass whose time grows with the length of
the text only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

__all__ = ["Token", "TokenKind", "place_of", "tokenize"]

TokenKind = Literal[
    "iri", "string", "variable", "language", "number", "name", "word", "punctuation", "unknown"
]

_LOCAL = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_LOCAL_REST = r"(?:[\w:.\-·]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_TOKEN = re.compile(
    rf'''
    (?P<space>[\s\ufeff]+ | \#[^\r\n]*)
  | (?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
  | (?P<string>"""(?:[^"\\]|\\.|"(?!""))*+"""
      | \'\'\'(?:[^'\\]|\\.|'(?!\'\'))*+\'\'\'
      | "(?:[^"\\\r\n]|\\.)*+"
      | '(?:[^'\\\r\n]|\\.)*+')
  | (?P<variable>[?$]\w[\w·]*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>(?:[^\W\d_][\w.\-·]{{0,100}}+|_)?:(?:{_LOCAL}{_LOCAL_REST}*(?<!\.))?)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<punctuation><<\( | \)>> | <<|>>|\{{\||\|\}} | \^\^ | && | \|\| | != | <= | >=
      | [{{}}()\[\].,;*+/|^!?=<>~-])
  | (?P<unknown>.)
    ''',
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, its text, where it starts and how deep in brackets it stands.

    An opening bracket and the closing one that belongs to it have the same depth.
    """

    kind: TokenKind
    text: str
    start: int
    depth: int

    @property
    def end(self) -> int:
        """Return the offset behind the last character."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Tell whether this is one of these keywords, in any case."""
        return self.kind == "word" and self.text.upper() in words

    def is_mark(self, *marks: str) -> bool:
        """Tell whether this is one of these punctuation marks."""
        return self.kind == "punctuation" and self.text in marks


def tokenize(text: str) -> Iterator[Token]:
    """Cut a query into tokens; spaces and comments are left out.

    >>> [token.text for token in tokenize('ASK { ?s ?p "} # }" } # }')]
    ['ASK', '{', '?s', '?p', '"} # }"', '}']
    """
    depth = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "space" or kind is None:
            continue
        found = match.group()
        if kind == "punctuation" and found in ("}", ")", "]", "|}", ")>>"):
            depth = max(0, depth - 1)
        yield Token(kind, found, match.start(), depth)  # type: ignore[arg-type]
        if kind == "punctuation" and found in ("{", "(", "[", "{|", "<<("):
            depth += 1


def place_of(text: str, offset: int) -> tuple[int, int]:
    r"""Return line and column, counted from one, of an offset.

    >>> place_of("ASK\n{ }", 4)
    (2, 1)
    """
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1
