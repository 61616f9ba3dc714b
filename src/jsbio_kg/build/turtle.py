"""Canonical Turtle: the one way a file of the project is written.

In: Turtle of any layout, or triples. Out: the same triples in a fixed order, one block a subject,
so that an edit changes only the lines it means. ``STYLE.md``, "Turtle", lists the rules.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..errors import TurtleError
from ..i18n import message
from ..vocabulary import BORROWED, PREFIXES, expand
from .index import terms_of
from .reading import read_turtle
from .terms import NaturalKey, Node, Resource, Spelling, compact, natural, object_order

__all__ = [
    "dropped_comments",
    "format_turtle",
    "heading",
    "write_turtle",
]

Properties: TypeAlias = dict[str, list[Node]]
Graph: TypeAlias = Mapping[Resource, Properties]

RDF: Final = BORROWED["rdf"]
TYPE, FIRST, REST, NIL = RDF + "type", RDF + "first", RDF + "rest", RDF + "nil"
INDENT: Final = "    "
WIDTH: Final = 100

#: What a reader wants first; everything else follows alphabetically.
LEADING: Final = {
    expand(name): place
    for place, name in enumerate(
        """rdf:type rdfs:label skos:prefLabel skos:altLabel skos:definition dcterms:description
        skos:scopeNote skos:example rdfs:subClassOf rdfs:subPropertyOf rdfs:domain rdfs:range
        rdf:subject rdf:predicate rdf:object owl:onProperty sh:path""".split()
    )
}

#: The order of the blocks of a file.
KINDS_OF_SUBJECT: Final = {
    expand("owl:Ontology"): 0,
    expand("owl:AnnotationProperty"): 1,
    expand("owl:Class"): 2,
    expand("rdfs:Class"): 2,
    expand("rdfs:Datatype"): 2,
    expand("owl:ObjectProperty"): 3,
    expand("owl:DatatypeProperty"): 4,
    expand("rdf:Property"): 5,
}
INDIVIDUAL: Final = 6

TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^>\s]*>"
    r"|(?P<comment>\#[^\n]*)",
    re.DOTALL,
)


def format_turtle(text: str, where: str = "") -> str:
    """Return a Turtle text in canonical form, with its leading comment block.

    :raises TurtleError: when it is not Turtle, or a blank node is used in more than one place.

    >>> print(format_turtle("<http://a.example/b> a <http://a.example/C> ."), end="")
    <http://a.example/b>
        a <http://a.example/C> ;
    .
    """
    return write_turtle(read_turtle(text, where), heading(text), where)


def heading(text: str) -> str:
    """Return the comment lines that a text opens with."""
    match = re.match(r"\ufeff?(?:[ \t]*\r?\n)*((?:#[^\n]*(?:\n|\Z))*)", text)
    lines = match[1].splitlines() if match else []
    return "".join(f"{line.rstrip()}\n" for line in lines)


def dropped_comments(text: str) -> list[int]:
    """Return the lines of the comments that formatting drops: all but the leading block."""
    kept = len(heading(text).splitlines())
    comments = [match.start() for match in TOKEN.finditer(text) if match["comment"]]
    return [text.count("\n", 0, start) + 1 for start in comments[kept:]]


def write_turtle(
    triples: Iterable[Triple],
    comment: str = "",
    where: str = "",
    prefixes: Mapping[str, str] = PREFIXES,
) -> str:
    """Return triples as canonical Turtle.

    :param comment: lines that open the file, each with its ``#``.
    :param prefixes: the namespaces by prefix; only those that are used are declared.
    :raises TurtleError: when a blank node is shared or part of a cycle.
    """
    return _Writer(triples, where, prefixes).document(comment)


class _Writer:
    """Writes one document; holds the triples by subject and the spelling of the prefixes."""

    def __init__(self, triples: Iterable[Triple], where: str, prefixes: Mapping[str, str]) -> None:
        self.where = where
        self.spelling = Spelling(prefixes)
        self.graph: dict[Resource, Properties] = {}
        self.uses: dict[BlankNode, int] = {}
        self.written: set[BlankNode] = set()
        for triple in dict.fromkeys(triples):
            subject, predicate, value = terms_of(triple)
            assert not isinstance(subject, Literal)
            properties = self.graph.setdefault(subject, {})
            properties.setdefault(predicate.value, []).append(value)
            if isinstance(value, BlankNode):
                self.uses[value] = self.uses.get(value, 0) + 1

    def document(self, comment: str) -> str:
        self._refuse_shared()
        named = [subject for subject in self.graph if isinstance(subject, NamedNode)]
        named.sort(key=lambda subject: (self._kind(subject), natural(subject.value)))
        blocks = [self._block(self.spelling.iri(subject.value), subject) for subject in named]
        roots = [s for s in self.graph if isinstance(s, BlankNode) and s not in self.uses]
        blocks += sorted((self._block("[]", root) for root in roots), key=natural)
        self._refuse_cycles()
        parts = [comment, "".join(f"{line}\n" for line in self.spelling.prefix_lines())]
        return "\n".join(part for part in [*parts, *blocks] if part)

    def _kind(self, subject: NamedNode) -> int:
        types = [term.value for term in self.graph[subject].get(TYPE, [])]
        return min((KINDS_OF_SUBJECT.get(name, INDIVIDUAL) for name in types), default=INDIVIDUAL)

    def _block(self, name: str, subject: Resource) -> str:
        lines = [name, *self._properties(subject, INDENT), "."]
        return "".join(f"{line}\n" for line in lines)

    def _properties(self, subject: Resource, indent: str) -> list[str]:
        """Return the lines of a subject's predicates, each ended by a semicolon."""
        lines = []
        for predicate in self._ordered(self.graph.get(subject, {})):
            name = "a" if predicate == TYPE else self.spelling.iri(predicate)
            objects = self.graph[subject][predicate]
            if len(objects) == 1:
                lines.append(f"{indent}{name} {self._object(objects[0], indent, len(name))} ;")
                continue
            deeper = indent + INDENT
            written = [(term, self._object(term, deeper)) for term in objects]
            written.sort(key=lambda pair: object_order(*pair))
            lines.append(f"{indent}{name}")
            lines += [f"{deeper}{text} ," for _, text in written[:-1]]
            lines.append(f"{deeper}{written[-1][1]} ;")
        return lines

    def _ordered(self, properties: Properties) -> list[str]:
        return sorted(properties, key=_place_of_predicate)

    def _object(self, term: Node, indent: str, taken: int = 0) -> str:
        if isinstance(term, NamedNode):
            return self.spelling.iri(term.value)
        if isinstance(term, Literal):
            return self.spelling.literal(term)
        members = self._members(term)
        if members is not None:
            return self._list(members, indent, taken)
        self.written.add(term)
        lines = self._properties(term, indent + INDENT)
        return "\n".join(["[", *lines, f"{indent}]"]) if lines else "[]"

    def _list(self, members: list[Node], indent: str, taken: int) -> str:
        """Return a collection: on one line where that fits, else one member a line."""
        deeper = indent + INDENT
        texts = [self._object(member, deeper) for member in members]
        line = f"( {' '.join(texts)} )"
        if "\n" not in line and len(indent) + taken + len(line) + 3 <= WIDTH:
            return line
        return "\n".join(["(", *(f"{deeper}{text}" for text in texts), f"{indent})"])

    def _members(self, node: Resource) -> list[Node] | None:
        """Return the members of a well-formed collection that starts here, else None."""
        members: list[Node] = []
        cells: set[BlankNode] = set()
        current: Node = node
        while isinstance(current, BlankNode):
            cell = self.graph.get(current, {})
            if current in cells or set(cell) != {FIRST, REST}:
                return None
            if len(cell[FIRST]) != 1 or len(cell[REST]) != 1:
                return None
            cells.add(current)
            members.append(cell[FIRST][0])
            current = cell[REST][0]
        if not isinstance(current, NamedNode) or current.value != NIL:
            return None
        self.written |= cells
        return members

    def _refuse_shared(self) -> None:
        for node, uses in self.uses.items():
            if uses > 1:
                users = [s for s, p in self.graph.items() if any(node in o for o in p.values())]
                raise self._not_a_tree(users)

    def _refuse_cycles(self) -> None:
        lost = [node for node in self.uses if node not in self.written]
        if lost:
            raise self._not_a_tree([])

    def _not_a_tree(self, users: list[Resource]) -> TurtleError:
        names = sorted(compact(user.value) for user in users if isinstance(user, NamedNode))
        if names:
            text = message("A blank node is shared (used by %(names)s).", names=", ".join(names))
        else:
            text = message("A blank node is used in more than one place, or leads back to itself.")
        return TurtleError(text, self.where, message("Give it an IRI."))


@cache
def _place_of_predicate(name: str) -> tuple[int, NaturalKey]:
    """Return the place of a predicate among those of its subject."""
    return LEADING.get(name, len(LEADING)), natural(compact(name))
