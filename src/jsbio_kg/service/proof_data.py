"""A proof as data: JSON, and RDF in the terms of PROV-O.

In: an :class:`~jsbio_kg.service.proof.Explanation`. Out: text.

In RDF each triple of the proof is an ``rdf:Statement`` and a ``prov:Entity``. One that follows
``prov:wasDerivedFrom`` its premises and ``prov:wasGeneratedBy`` an activity, which ``prov:used``
them, bears the name of its rule (``dcterms:identifier``) and ``dcterms:conformsTo`` the section of
OWL 2 Profiles that defines it. One that is stated names its graphs with ``jsbio:inGraph`` and what
it rests on with ``prov:hadPrimarySource``; where it has an evidence record, that record is the
statement. What does not follow is an ``earl:Assertion`` whose outcome is ``earl:failed``.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from ..errors import NotEntailed
from ..i18n import LANGUAGES
from ..release import TripleText
from ..vocabulary import PREFIXES, expand
from .grounds import Ground
from .proof import Explained, Explanation
from .rules import SPECIFICATION, rule_sentence
from .table import Term
from .triple import to_term

__all__ = ["no_proof_as_json", "no_proof_as_turtle", "proof_as_json", "proof_as_turtle"]

#: The Evaluation and Report Language of the W3C, for what was tried and failed.
EARL = "http://www.w3.org/ns/earl#"

Node = NamedNode | BlankNode | Literal


def proof_as_json(explanation: Explanation, language: str) -> str:
    """Return a proof as JSON; terms are written as in SPARQL results."""
    content = {
        "is_entailed": True,
        "is_inferred": explanation.is_inferred,
        "steps": [_step_as_json(explanation, step, language) for step in explanation.steps],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def no_proof_as_json(triple: TripleText, error: NotEntailed, language: str) -> str:
    """Return as JSON that a triple does not follow."""
    content = {
        "is_entailed": False,
        "triple": _triple_as_json(map(to_term, triple)),
        "says": error.in_language(language),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def no_proof_as_turtle(triple: TripleText, error: NotEntailed) -> str:
    """Return as Turtle that a triple does not follow."""
    assertion, test, result = (BlankNode(name) for name in ("assertion", "test", "result"))
    triples = [
        _of(assertion, "rdf:type", NamedNode(EARL + "Assertion")),
        Triple(assertion, NamedNode(EARL + "test"), test),
        Triple(assertion, NamedNode(EARL + "result"), result),
        _of(test, "rdf:type", NamedNode(expand("rdf:Statement"))),
        *(
            _of(test, name, _parsed(text))
            for name, text in zip(
                ("rdf:subject", "rdf:predicate", "rdf:object"), triple, strict=True
            )
        ),
        _of(result, "rdf:type", NamedNode(EARL + "TestResult")),
        Triple(result, NamedNode(EARL + "outcome"), NamedNode(EARL + "failed")),
        *(
            _of(result, "dcterms:description", Literal(error.in_language(each), language=each))
            for each in LANGUAGES
        ),
    ]
    return _turtle(triples)


def _triple_as_json(terms: Iterable[Term]) -> Mapping[str, Any]:
    names = ("subject", "predicate", "object")
    return {name: _term_as_json(term) for name, term in zip(names, terms, strict=True)}


def _step_as_json(explanation: Explanation, step: Explained, language: str) -> Mapping[str, Any]:
    names = ("subject", "predicate", "object")
    triple = _triple_as_json(step.terms)
    labels = {
        name: explanation.names.text(term.value, language)
        for name, term in zip(names, step.terms, strict=True)
        if term.kind == "uri"
    }
    found: dict[str, Any] = {"number": step.number, "triple": triple, "labels": labels}
    if step.members:
        found["members"] = [_term_as_json(term) for term in step.members]
    if step.rule:
        found |= {"rule": step.rule, "says": rule_sentence(step.rule, language)}
        return {**found, "premises": list(step.premises)}
    found["graphs"] = list(step.graphs)
    return {**found, "evidence": [_ground_as_json(ground) for ground in step.grounds]}


def _term_as_json(term: Term) -> Mapping[str, str]:
    found = {"type": term.kind, "value": term.value}
    found |= {"xml:lang": term.language} if term.language else {}
    return {**found, "datatype": term.datatype} if term.datatype else found


def _ground_as_json(ground: Ground) -> Mapping[str, Any]:
    if ground.passage is None:
        return {"source": ground.source, "verification": ground.verification}
    passage = ground.passage
    return {
        "passage": passage.iri,
        "document": passage.document,
        "section": passage.section,
        "sentences": list(passage.sentences),
        "start": passage.start,
        "end": passage.end,
        "phrase": passage.phrase,
        "readings": [
            {
                "reading": reading.iri,
                "as_written": reading.written,
                "read_as": reading.read,
                "confidence": reading.confidence,
            }
            for reading in ground.readings
        ],
    }


def proof_as_turtle(explanation: Explanation) -> str:
    """Return a proof as Turtle; see the head of this module for its terms."""
    nodes = {step.number: _node(step) for step in explanation.steps}
    triples = [t for step in explanation.steps for t in _described(step, nodes)]
    place = {node: first for first, node in enumerate(dict.fromkeys(t.subject for t in triples))}
    triples.sort(key=lambda triple: place[triple.subject])
    return _turtle(triples)


def _turtle(triples: list[Triple]) -> str:
    known = {**PREFIXES, "earl": EARL}
    prefixes = {name: space for name, space in known.items() if _is_used(space, triples)}
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes)
    assert written is not None
    return written.decode()


def _is_used(space: str, triples: Iterable[Triple]) -> bool:
    return any(f"<{space}" in str(triple) for triple in triples)


def _node(step: Explained) -> NamedNode | BlankNode:
    return NamedNode(step.records[0].iri) if step.records else BlankNode(f"step{step.number}")


def _described(step: Explained, nodes: Mapping[int, NamedNode | BlankNode]) -> Iterator[Triple]:
    node = nodes[step.number]
    yield _of(node, "rdf:type", NamedNode(expand("rdf:Statement")))
    yield _of(node, "rdf:type", NamedNode(expand("prov:Entity")))
    for name, text in zip(("rdf:subject", "rdf:predicate", "rdf:object"), step.text, strict=True):
        yield _of(node, name, _parsed(text))
    if all(member.kind == "uri" for member in step.members):
        yield from _list(step)
    if step.rule:
        activity = BlankNode(f"rule{step.number}")
        yield _of(node, "prov:wasGeneratedBy", activity)
        yield _of(activity, "rdf:type", NamedNode(expand("prov:Activity")))
        yield _of(activity, "dcterms:identifier", Literal(step.rule))
        yield _of(activity, "dcterms:conformsTo", NamedNode(SPECIFICATION))
        for language in LANGUAGES:
            label = Literal(rule_sentence(step.rule, language), language=language)
            yield _of(activity, "rdfs:label", label)
        for premise in step.premises:
            yield _of(activity, "prov:used", nodes[premise])
            yield _of(node, "prov:wasDerivedFrom", nodes[premise])
    for graph in step.graphs:
        yield _of(node, "jsbio:inGraph", NamedNode(graph))
    for ground in step.grounds:
        source = ground.passage.iri if ground.passage else ground.source
        yield _of(node, "prov:hadPrimarySource", NamedNode(source))
        for reading in ground.readings:
            yield _of(node, "jsbio:restsOn", NamedNode(reading.iri))


def _parsed(text: str) -> Node:
    node = next(iter(parse(f"<urn:s> <urn:p> {text} .", RdfFormat.N_TRIPLES))).object
    assert isinstance(node, NamedNode | BlankNode | Literal)
    return node


def _list(step: Explained) -> Iterator[Triple]:
    """Yield the list that is the object of a triple."""
    cell = _parsed(step.text[2])
    for place, member in enumerate(step.members, start=1):
        assert isinstance(cell, BlankNode)
        following = BlankNode(f"list{step.number}.{place}")
        yield _of(cell, "rdf:first", NamedNode(member.value))
        is_last = place == len(step.members)
        yield _of(cell, "rdf:rest", NamedNode(expand("rdf:nil")) if is_last else following)
        cell = following


def _of(subject: NamedNode | BlankNode, predicate: str, value: Node) -> Triple:
    return Triple(subject, NamedNode(expand(predicate)), value)
