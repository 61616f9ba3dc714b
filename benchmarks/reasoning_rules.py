"""The rules of OWL 2 RL in the languages of engines that bring none: SPARQL Update, and Nemo.

In: the reading copy of the rules (``jsbio_kg.reasoning.rules``). Out: texts. The rules about all
members of a list are written here: by recursion along the list where the language has it (Nemo),
else for each length that occurs (SPARQL).
"""

from collections.abc import Iterable, Iterator

from jsbio_kg.reasoning.rules import RULES, Rule
from jsbio_kg.vocabulary import PREFIXES, expand

__all__ = ["nemo_program", "sparql_updates"]

_APART = frozenset(("eq-ref", "prp-spo2", "prp-key", "cls-int1"))
_HEAD = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("owl", "rdf", "rdfs", "xsd"))
_RDF = PREFIXES["rdf"]


def _plain() -> Iterator[Rule]:
    """Give the rules that conclude something and are written out whole."""
    return (rule for rule in RULES if rule.conclusion and rule.name not in _APART)


# -- SPARQL


def sparql_updates(lengths: Iterable[int]) -> list[str]:
    """Return one INSERT a rule.

    :param lengths: the lengths of the property chains of the graph.
    """
    updates = [
        _insert(str(rule.conclusion), " . ".join(map(_sparql, rule.premises))) for rule in _plain()
    ]
    for length in sorted(set(lengths)):
        parts = [
            f"?l {'rdf:rest/' * at}rdf:first ?p{at} . ?x{at} ?p{at} ?x{at + 1}"
            for at in range(length)
        ]
        end = f"?l {'rdf:rest/' * (length - 1)}rdf:rest rdf:nil"
        where = " . ".join(("?p owl:propertyChainAxiom ?l", end, *parts))
        updates.append(_insert(f"?x0 ?p ?x{length}", where))
    updates.append(
        _insert(
            "?x a ?c",
            "?c owl:intersectionOf ?l . ?l rdf:first ?first . ?x a ?first . FILTER NOT EXISTS "
            "{ ?l rdf:rest*/rdf:first ?d . FILTER NOT EXISTS { ?x a ?d } }",
        )
    )
    updates.append(
        _insert(
            "?x owl:sameAs ?y",
            "?c owl:hasKey ?l . ?l rdf:first ?p . ?x a ?c ; ?p ?z . ?y a ?c ; ?p ?z . FILTER NOT "
            "EXISTS { ?l rdf:rest*/rdf:first ?q . FILTER NOT EXISTS { ?x ?q ?w . ?y ?q ?w } }",
        )
    )
    return updates


def _insert(conclusion: str, premises: str) -> str:
    return f"{_HEAD}\nINSERT {{ {conclusion} }} WHERE {{ {premises} }}"


def _sparql(premise: str) -> str:
    subject, predicate, object_ = premise.split()
    if predicate == "in":
        return f"{object_} rdf:rest*/rdf:first {subject}"
    if object_.startswith("="):
        return f"{subject} {predicate} ?bound FILTER(?bound {object_})"
    return premise


# -- Nemo


def nemo_program(resource: str) -> str:
    """Return the rules as a program over the triples of a resource, which are its output."""
    lines = [
        f'@import triple :- ntriples {{ resource = "{resource}" }} .',
        f"item(?l, ?d) :- {_first('?l', '?d')} .",
        f"item(?l, ?d) :- {_rest('?l', '?m')}, item(?m, ?d) .",
        # each x that is a member of all classes of a list
        f"all(?x, ?l) :- {_first('?l', '?d')}, {_rest('?l', _iri('rdf:nil'))}, "
        f"{_triple('?x', _iri('rdf:type'), '?d')} .",
        f"all(?x, ?l) :- {_first('?l', '?d')}, {_rest('?l', '?m')}, all(?x, ?m), "
        f"{_triple('?x', _iri('rdf:type'), '?d')} .",
        f"{_triple('?x', _iri('rdf:type'), '?c')} :- "
        f"{_triple('?c', _iri('owl:intersectionOf'), '?l')}, all(?x, ?l) .",
        # each x and y at the ends of a chain
        f"ends(?x, ?l, ?y) :- chain(?l), {_first('?l', '?p')}, {_rest('?l', _iri('rdf:nil'))}, "
        "triple(?x, ?p, ?y) .",
        f"ends(?x, ?l, ?y) :- chain(?l), {_first('?l', '?p')}, {_rest('?l', '?m')}, "
        "triple(?x, ?p, ?z), ends(?z, ?m, ?y) .",
        f"chain(?l) :- {_triple('?p', _iri('owl:propertyChainAxiom'), '?l')} .",
        f"chain(?m) :- chain(?l), {_rest('?l', '?m')} .",
        f"triple(?x, ?p, ?y) :- {_triple('?p', _iri('owl:propertyChainAxiom'), '?l')}, "
        "ends(?x, ?l, ?y) .",
        # each x and y that share a value of every property of a list
        f"share(?x, ?l, ?y) :- key(?l), {_first('?l', '?p')}, {_rest('?l', _iri('rdf:nil'))}, "
        "triple(?x, ?p, ?z), triple(?y, ?p, ?z) .",
        f"share(?x, ?l, ?y) :- key(?l), {_first('?l', '?p')}, {_rest('?l', '?m')}, "
        "share(?x, ?m, ?y), triple(?x, ?p, ?z), triple(?y, ?p, ?z) .",
        f"key(?l) :- {_triple('?c', _iri('owl:hasKey'), '?l')} .",
        f"key(?m) :- key(?l), {_rest('?l', '?m')} .",
        f"{_triple('?x', _iri('owl:sameAs'), '?y')} :- {_triple('?c', _iri('owl:hasKey'), '?l')}, "
        f"{_triple('?x', _iri('rdf:type'), '?c')}, {_triple('?y', _iri('rdf:type'), '?c')}, "
        "share(?x, ?l, ?y) .",
    ]
    lines += [
        f"{_nemo(str(rule.conclusion))} :- {', '.join(map(_nemo, rule.premises))} ."
        for rule in _plain()
    ]
    return "\n".join([*lines, "@output triple ."])


def _nemo(premise: str) -> str:
    subject, predicate, object_ = premise.split()
    if predicate == "in":
        return f"item({object_}, {subject})"
    return _triple(*map(_term, (subject, predicate, object_)))


def _term(token: str) -> str:
    if token.startswith("?"):
        return token
    return token[1:] if token.startswith("=") else _iri(token)


def _iri(name: str) -> str:
    return f"<{expand(name)}>"


def _triple(subject: str, predicate: str, object_: str) -> str:
    return f"triple({subject}, {predicate}, {object_})"


def _first(cell: str, member: str) -> str:
    return _triple(cell, f"<{_RDF}first>", member)


def _rest(cell: str, rest: str) -> str:
    return _triple(cell, f"<{_RDF}rest>", rest)
