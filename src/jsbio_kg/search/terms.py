"""The vocabulary in use: classes and properties, how often, and which goes with which.

In: an index. Out: plain data for an editor that completes queries.
"""

from collections.abc import Mapping
from typing import Any

from ..vocabulary import shrink
from .searching import Search

__all__ = ["vocabulary_of"]

_TERMS = "SELECT id, iri, is_class, label_en, label_zh, sound, count FROM term ORDER BY id"


def vocabulary_of(search: Search, prefixes: Mapping[str, str]) -> dict[str, Any]:
    """Return prefixes, classes and properties.

    A term is ``name`` (as a query writes it: compact, or in angle brackets), ``en``, ``zh``,
    ``sound`` (pinyin of its Chinese label), ``count`` and, for a property, ``of``: the places of
    classes in their list, with how often things of the class have it.
    """
    classes: list[dict[str, Any]] = []
    properties: list[dict[str, Any]] = []
    places: dict[int, tuple[bool, int]] = {}
    for number, iri, is_class, en, zh, sound, count in search.index.rows(_TERMS):
        name = shrink(iri)
        if name == iri:
            name = f"<{iri}>"
        into = classes if is_class else properties
        places[number] = (bool(is_class), len(into))
        term = {"name": name, "en": en, "zh": zh, "sound": sound, "count": count}
        into.append(term if is_class else {**term, "of": {}})
    for class_number, number, count in search.index.rows("SELECT * FROM usage"):
        if class_number in places and number in places:
            is_class, place = places[number]
            if not is_class:
                properties[place]["of"][str(places[class_number][1])] = count
    return {"prefixes": dict(prefixes), "classes": classes, "properties": properties}
