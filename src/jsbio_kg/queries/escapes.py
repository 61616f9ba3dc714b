r"""Escapes of code points in the text of a query (SPARQL 1.1, section 19.2).

In: a text. Out: the same text with ``\u0041`` and ``\U00000041`` as the characters they stand for.
"""

import re

__all__ = ["decode_escapes"]

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def decode_escapes(text: str) -> str:
    r"""Return a text without escapes; one that stands for no character is left.

    >>> decode_escapes(r"SELECT ?\u0078 {}")
    'SELECT ?x {}'
    """
    return _ESCAPE.sub(_decode, text)


def _decode(match: re.Match[str]) -> str:
    point = int(match[1] or match[2], 16)
    is_character = point < 0xD800 or 0xDFFF < point <= 0x10FFFF
    return chr(point) if is_character else match[0]
