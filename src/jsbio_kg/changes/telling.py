"""Changes told to people, in English or Chinese, and to programs, in JSON.

In: changes. Out: which things were added, removed and changed, with labels. People are told what
documents, references and editors say; counts cover everything.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from ..i18n import LANGUAGES, message
from ..vocabulary import expand, shrink
from .changes import Changes, Version

__all__ = ["as_json", "summary", "tell"]

LABEL: Final = expand("rdfs:label")


class _Told:
    """The things that changed, as far as people are told."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self._labels: dict[tuple[str, str], str] = {}
        for version in (changes.old, changes.new):
            self._learn(version.quads)
        before, after = _things(changes.old), _things(changes.new)
        self.plus = _by_thing(q for q in changes.added if _graph(q) in changes.new.told)
        self.minus = _by_thing(q for q in changes.removed if _graph(q) in changes.old.told)
        touched = self.plus.keys() | self.minus.keys()
        self.added = sorted(touched - before)
        self.removed = sorted(touched - after)
        self.changed = sorted(touched & before & after)

    def label(self, iri: str, language: str) -> str:
        """Return the label of a thing or term, or its compact name."""
        found = self._labels.get((iri, language)) or self._labels.get((iri, "en"))
        return found or shrink(iri)

    def value(self, quad: Quad, language: str) -> str:
        """Return the object of a quad for people."""
        value = quad.object
        if isinstance(value, NamedNode):
            return self.label(value.value, language)
        if isinstance(value, Literal):
            return f"{value.value!r}@{value.language}" if value.language else value.value
        return str(value)

    def _learn(self, quads: Iterable[Quad]) -> None:
        for quad in quads:
            value, subject = quad.object, quad.subject
            if (
                quad.predicate.value == LABEL
                and isinstance(value, Literal)
                and value.language
                and isinstance(subject, NamedNode)
            ):
                self._labels[subject.value, value.language] = value.value


def tell(changes: Changes, language: str) -> Iterator[str]:
    """Yield lines for people."""
    told = _Told(changes)
    yield message(
        "%(old)s to %(new)s: %(added)d triples added, %(removed)d removed.",
        old=_named(changes.old),
        new=_named(changes.new),
        added=len(changes.added),
        removed=len(changes.removed),
    ).in_language(language)
    parts = (
        (message("Things added: %(n)d.", n=len(told.added)), told.added, "+"),
        (message("Things removed: %(n)d.", n=len(told.removed)), told.removed, "-"),
        (message("Things changed: %(n)d.", n=len(told.changed)), told.changed, "~"),
    )
    for title, things, sign in parts:
        if things:
            yield ""
            yield title.in_language(language)
        for iri in things:
            yield f"  {sign} {told.label(iri, language)} ({shrink(iri)})"
            if sign == "~":
                yield from _lines(told, told.minus.get(iri, ()), "-", language)
                yield from _lines(told, told.plus.get(iri, ()), "+", language)


def _lines(told: _Told, quads: Iterable[Quad], sign: str, language: str) -> Iterator[str]:
    for quad in quads:
        name = told.label(quad.predicate.value, language)
        yield f"      {sign} {name}: {told.value(quad, language)}"


def as_json(changes: Changes) -> str:
    """Return the changes as JSON, quads as N-Quads."""
    content = {
        **summary(changes),
        "added": [f"{quad} ." for quad in changes.added],
        "removed": [f"{quad} ." for quad in changes.removed],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def summary(changes: Changes, most: int | None = None) -> dict[str, Any]:
    """Return what people are told, with labels in both languages, for programs.

    :param most: how many things of each kind are listed; all are counted.
    """
    told = _Told(changes)
    plus, minus = _counted(changes.added), _counted(changes.removed)
    return {
        "from": _version(changes.old),
        "to": _version(changes.new),
        "counts": {
            "triples": {"added": len(changes.added), "removed": len(changes.removed)},
            "things": {
                "added": len(told.added),
                "removed": len(told.removed),
                "changed": len(told.changed),
            },
        },
        "graphs": [
            {"graph": graph, "added": plus[graph], "removed": minus[graph]}
            for graph in sorted(plus.keys() | minus.keys())
        ],
        "things": {
            "added": [_thing(told, iri) for iri in told.added[:most]],
            "removed": [_thing(told, iri) for iri in told.removed[:most]],
            "changed": [
                {
                    **_thing(told, iri),
                    "added": [_said(told, quad) for quad in told.plus.get(iri, ())],
                    "removed": [_said(told, quad) for quad in told.minus.get(iri, ())],
                }
                for iri in told.changed[:most]
            ],
        },
    }


def _thing(told: _Told, iri: str) -> dict[str, Any]:
    return {"iri": iri, "label": {tag: told.label(iri, tag) for tag in LANGUAGES}}


def _said(told: _Told, quad: Quad) -> dict[str, Any]:
    return {
        "property": quad.predicate.value,
        "label": {tag: told.label(quad.predicate.value, tag) for tag in LANGUAGES},
        "value": str(quad.object),
        "text": {tag: told.value(quad, tag) for tag in LANGUAGES},
        "graph": _graph(quad),
    }


def _version(version: Version) -> dict[str, Any]:
    return {"name": version.name, "sha256": version.sha256, "triples": len(version.quads)}


def _named(version: Version) -> str:
    return f"{version.name} ({version.sha256[:12]})"


def _things(version: Version) -> set[str]:
    return _by_thing(quad for quad in version.quads if _graph(quad) in version.told).keys() | set()


def _by_thing(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    held: dict[str, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            held.setdefault(quad.subject.value, []).append(quad)
    return held


def _graph(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


def _counted(quads: Iterable[Quad]) -> Counter[str]:
    return Counter(map(_graph, quads))
