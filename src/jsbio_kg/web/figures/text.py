"""How wide words are drawn, near enough to lay them out without a browser."""

import unicodedata

__all__ = ["cut", "width"]


def width(text: str, size: float) -> float:
    """Return about how wide a text is drawn at a font size.

    >>> round(width("苏州", 10)), round(width("Suzhou", 10))
    (20, 38)
    """
    return sum(_advance(character) for character in text) * size


def _advance(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in "iljft.,:;'|()[] -":
        return 0.36
    return 0.74 if character.isupper() or character in "mw" else 0.62


def cut(text: str, size: float, room: float) -> str:
    """Return a text that fits a width, with an ellipsis where it was cut."""
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"
