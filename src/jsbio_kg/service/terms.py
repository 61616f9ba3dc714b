"""The vocabulary as people read it: every term with what it means and how it is used.

In: nothing but the graph. Out: a :class:`Vocabulary`: the terms that the ontology declares, the
tree of classes, what the shapes ask of each class, how often each term is used, one example of it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..vocabulary import JSBIO, PREFIXES, shrink
from .names import Names, read_names, values_of
from .table import Term as Node

if TYPE_CHECKING:
    from .service import Service

__all__ = ["Branch", "Constraint", "Term", "Vocabulary", "read_vocabulary"]

KINDS = {
    PREFIXES["owl"] + "Class": "class",
    PREFIXES["owl"] + "ObjectProperty": "object",
    PREFIXES["owl"] + "DatatypeProperty": "datatype",
    PREFIXES["owl"] + "AnnotationProperty": "annotation",
    PREFIXES["owl"] + "NamedIndividual": "individual",
}
_TRIPLES = """SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} FILTER(ISIRI(?s)) }}
ORDER BY ?s ?p ?o"""
_USE_OF_CLASSES = """SELECT ?term (COUNT(DISTINCT ?s) AS ?count) (MIN(?s) AS ?example) WHERE {
  GRAPH ?g { ?s a ?term } FILTER(ISIRI(?s))
} GROUP BY ?term"""
_USE_OF_PROPERTIES = """SELECT ?term (COUNT(*) AS ?count) (MIN(?s) AS ?example) WHERE {
  { SELECT DISTINCT ?s ?term ?o WHERE { GRAPH ?g { ?s ?term ?o } FILTER(ISIRI(?s)) } }
} GROUP BY ?term"""
_VALUES = """SELECT DISTINCT ?thing ?term ?value WHERE {{
  VALUES (?thing ?term) {{ {pairs} }} GRAPH ?g {{ ?thing ?term ?value }}
}}"""
_SHAPES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?class ?path ?min ?max ?value WHERE { GRAPH ?g {
  ?shape sh:targetClass ?class ; sh:property ?property . ?property sh:path ?path
  FILTER(ISIRI(?path))
  OPTIONAL { ?property sh:minCount ?min } OPTIONAL { ?property sh:maxCount ?max }
  OPTIONAL { ?property sh:class|sh:datatype ?value }
} FILTER(BOUND(?min) || BOUND(?max) || BOUND(?value)) } ORDER BY ?class ?path ?value ?min ?max"""


@dataclass(frozen=True)
class Constraint:
    """What a shape asks of a property: how many values, of which class or datatype."""

    predicate: str
    least: int
    most: int | None
    value: str


@dataclass(frozen=True)
class Term:
    """A term of the vocabulary.

    :param example: a thing that uses it, and for a property the value it has there; an IRI as
        value begins with ``<``.
    """

    iri: str
    kind: str
    definitions: Mapping[str, str]
    notes: Mapping[str, str]
    parents: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    constraints: tuple[Constraint, ...]
    count: int
    example: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Return the fragment of the term on the page: for our own, that of its IRI.

        >>> Term(JSBIO + "Park", "class", {}, {}, (), (), (), (), 0, ()).anchor
        'Park'
        """
        own = self.iri.startswith(JSBIO)
        return self.iri[len(JSBIO) :] if own else shrink(self.iri).replace(":", "-")


@dataclass(frozen=True)
class Branch:
    """A class in the tree, with those below it."""

    iri: str
    below: tuple["Branch", ...]


@dataclass(frozen=True)
class Vocabulary:
    """All terms by IRI, the tree of classes, and the names of everything mentioned.

    :param used: every class and property that is used, declared or borrowed.
    """

    terms: Mapping[str, Term]
    tree: tuple[Branch, ...]
    names: Names
    title: Mapping[str, str]
    about: Mapping[str, str]
    used: tuple[str, ...] = ()

    def of_kind(self, kind: str) -> list[Term]:
        """Return the terms of a kind, our own first."""
        found = [term for term in self.terms.values() if term.kind == kind]
        return sorted(found, key=lambda term: (not term.iri.startswith(JSBIO), term.anchor.lower()))


def read_vocabulary(service: "Service") -> Vocabulary:
    """Return the vocabulary; without an ontology graph it is empty."""
    graph = next((each.iri for each in service.site.graphs if each.role == "OntologyGraph"), "")
    said: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for row in service.table(_TRIPLES.format(graph=graph or "urn:x"), 100_000).dicts():
        said[row["s"].value][row["p"].value].append(row["o"])
    use = _read_use(service)
    constraints = _read_constraints(service)
    terms = {}
    for iri, properties in said.items():
        types = [node.value for node in properties.get(PREFIXES["rdf"] + "type", ())]
        kind = next((KINDS[each] for each in types if each in KINDS), "")
        if kind:
            terms[iri] = _term(iri, kind, properties, use, constraints)
    header = said.get(f"{service.site.base}ontology", {})
    return Vocabulary(
        terms=terms,
        tree=_tree(terms),
        names=read_names(service, sorted(_mentioned(terms))),
        title=_texts(header, "dcterms", "title"),
        about=_texts(header, "dcterms", "description"),
        used=tuple(use),
    )


def _term(
    iri: str,
    kind: str,
    properties: Mapping[str, Sequence[Node]],
    use: Mapping[str, tuple[int, tuple[str, ...]]],
    constraints: Mapping[str, Sequence[Constraint]],
) -> Term:
    count, example = use.get(iri, (0, ()))
    above = "subClassOf" if kind == "class" else "subPropertyOf"
    return Term(
        iri=iri,
        kind=kind,
        definitions=_texts(properties, "skos", "definition"),
        notes=_texts(properties, "skos", "scopeNote"),
        parents=_iris(properties, above),
        domains=_iris(properties, "domain"),
        ranges=_iris(properties, "range"),
        constraints=tuple(constraints.get(iri, ())),
        count=count,
        example=example,
    )


def _iris(properties: Mapping[str, Sequence[Node]], name: str) -> tuple[str, ...]:
    nodes = properties.get(PREFIXES["rdfs"] + name, ())
    return tuple(node.value for node in nodes if node.kind == "uri")


def _texts(properties: Mapping[str, Sequence[Node]], prefix: str, name: str) -> dict[str, str]:
    nodes = properties.get(PREFIXES[prefix] + name, ())
    return {node.language.split("-")[0]: node.value for node in nodes}


def _read_use(service: "Service") -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return how often each term is used, declared or borrowed, and an example with its value."""
    use: dict[str, tuple[int, tuple[str, ...]]] = {}
    for row in service.table(_USE_OF_CLASSES, 10_000).dicts():
        if "term" in row and "example" in row:
            use[row["term"].value] = (int(row["count"].value), (row["example"].value,))
    properties = [
        (row["term"].value, row["example"].value, int(row["count"].value))
        for row in service.table(_USE_OF_PROPERTIES, 10_000).dicts()
        if "term" in row and "example" in row
    ]
    pairs = " ".join(f"({values_of([thing])} {values_of([term])})" for term, thing, _ in properties)
    # Engines differ in which of two texts is the lesser, so the first is found here.
    rows = service.table(_VALUES.format(pairs=pairs), 10_000).dicts()
    rows.sort(key=lambda row: (row["value"].language not in ("", "en"), row["value"].value))
    values: dict[tuple[str, str], Node] = {}
    for row in rows:
        values.setdefault((row["term"].value, row["thing"].value), row["value"])
    for term, thing, count in properties:
        value = values.get((term, thing))
        shown = () if value is None else ("<" * (value.kind == "uri") + value.value,)
        use[term] = (count, (thing, *shown))
    return use


def _read_constraints(service: "Service") -> dict[str, list[Constraint]]:
    """Return what the shapes ask, the rows of one property of a class taken together."""
    merged: dict[tuple[str, str], Constraint] = {}
    for row in service.table(_SHAPES, 10_000).dicts():
        key = (row["class"].value, row["path"].value)
        known = merged.get(key, Constraint(key[1], 0, None, ""))
        most = int(row["max"].value) if "max" in row else None
        bounds = [each for each in (known.most, most) if each is not None]
        merged[key] = Constraint(
            predicate=key[1],
            least=max(known.least, int(row["min"].value) if "min" in row else 0),
            most=min(bounds, default=None),
            value=known.value or (row["value"].value if "value" in row else ""),
        )
    found: dict[str, list[Constraint]] = {}
    for (iri, _), constraint in merged.items():
        found.setdefault(iri, []).append(constraint)
    return found


def _tree(terms: Mapping[str, Term]) -> tuple[Branch, ...]:
    below: dict[str, list[str]] = defaultdict(list)
    roots = []
    for term in terms.values():
        if term.kind == "class":
            parents = [iri for iri in term.parents if iri in terms and iri != term.iri]
            for parent in parents:
                below[parent].append(term.iri)
            if not parents:
                roots.append(term.iri)

    def grow(iri: str, above: frozenset[str]) -> Branch:
        inner = sorted(set(below[iri]) - above)
        return Branch(iri, tuple(grow(each, above | {iri}) for each in inner))

    return tuple(grow(iri, frozenset()) for iri in sorted(roots))


def _mentioned(terms: Mapping[str, Term]) -> set[str]:
    found = set(terms)
    for term in terms.values():
        found |= {*term.parents, *term.domains, *term.ranges}
        found |= {*term.example[:1], *(v[1:] for v in term.example[1:] if v.startswith("<"))}
        for each in term.constraints:
            found |= {each.predicate, each.value} - {""}
    return found
