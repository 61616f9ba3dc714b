"""Triples in words: as Turtle writes them, with blank nodes told by what is said of them.

In: triples that contradict each other, and the facts. Out: a text. A list is written with its
members and a restriction with its parts, since the name of a blank node tells nobody anything; one
that no axiom speaks of is given a number. Of a long list those members are shown that the other
triples name.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal

from ..vocabulary import shrink
from . import terms as t
from .facts import Facts
from .terms import SPAN, Term, Triple, compact

__all__ = ["listed"]

#: Members of a list that are shown, whoever they are.
MEMBERS: Final = 6
#: Blank nodes inside of each other that are told; deeper ones are not.
DEPTH: Final = 4

Said = dict[Term, list[tuple[Term, Term]]]


def listed(triples: Iterable[Triple], facts: Facts) -> str:
    """Return triples one after the other; a blank node that is an axiom is told once, whole."""
    triples = tuple(triples)
    said = _said(facts)
    words = _Words(said, {term for triple in triples for term in triple})
    parts: list[str] = []
    for subject, predicate, object_ in triples:
        whole = words.term(subject, 0)
        of_axiom = said.get(subject, ()) if isinstance(subject, BlankNode) else ()
        if (predicate, object_) not in of_axiom:
            parts.append(f"{whole} {words.term(predicate, 0)} {words.term(object_, 0)}")
        elif not any(whole in part for part in parts):
            parts.append(whole)
    return "; ".join(parts)


def _said(facts: Facts) -> Said:
    """Return what the axioms say of blank nodes, predicates in their order in the tables."""
    names = facts.terms.names
    said: Said = {}
    for predicate in (t.TYPE, *t.AXIOMS):
        for pair in sorted(facts.columns.get(predicate, ())):
            subject, value = names[pair // SPAN], names[pair % SPAN]
            is_kind = predicate != t.TYPE or pair % SPAN in t.METACLASSES
            if isinstance(subject, BlankNode) and is_kind:
                said.setdefault(subject, []).append((names[predicate], value))
    return said


class _Words:
    """Writes terms.

    :param named: the terms that the triples name, which are shown in a list of any length.
    """

    def __init__(self, said: Said, named: set[Term]) -> None:
        self._said = said
        self._named = named
        self._numbers: dict[BlankNode, int] = {}

    def term(self, term: Term, depth: int) -> str:
        """Return a term, a blank node by what is said of it."""
        if isinstance(term, BlankNode):
            return self.node(term, depth)
        if isinstance(term, Literal) and not term.language:
            name = shrink(term.datatype.value)
            if name == "xsd:integer":
                return term.value
            return str(Literal(term.value)) + (f"^^{name}" if name != "xsd:string" else "")
        return compact(term)

    def node(self, node: BlankNode, depth: int) -> str:
        """Return a list in round brackets, another axiom in square ones, a thing by a number."""
        said = self._said.get(node, [])
        if not said:
            return f"_:b{self._numbers.setdefault(node, len(self._numbers) + 1)}"
        if depth == DEPTH:
            return "[]"
        members = list(self._members(node))
        if members:
            return self._list(members, depth)
        parts = (
            ("a" if names == _TYPE else compact(names), self.term(value, depth + 1))
            for names, value in said
        )
        return "[ " + " ; ".join(map(" ".join, parts)) + " ]"

    def _list(self, members: list[Term], depth: int) -> str:
        is_short = len(members) <= MEMBERS
        shown = [
            self.term(member, depth + 1) if is_short or member in self._named else "…"
            for member in members
        ]
        kept = (
            word
            for place, word in enumerate(shown)
            if word != "…" or place == 0 or shown[place - 1] != "…"
        )
        return f"( {' '.join(kept)} )"

    def _members(self, node: Term) -> Iterator[Term]:
        """Yield the members of a list that starts at a node; none when it is no list."""
        seen = set()
        while node in self._said and node not in seen:
            seen.add(node)
            parts = dict(self._said[node])
            if _FIRST not in parts:
                return
            yield parts[_FIRST]
            node = parts.get(_REST, _NIL)


_TYPE, _FIRST, _REST, _NIL = (t.RESERVED[term] for term in (t.TYPE, t.FIRST, t.REST, t.NIL))
