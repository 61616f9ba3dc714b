"""Proofs of everything that a release infers, so that what serves it need not reason.

In: the quads of a release. Out: :class:`~jsbio_kg.release.Proofs`, with blank nodes called as in
the release itself.
"""

from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ..reasoning import Closure, Proof, materialise
from ..release import Proofs, Release, Step, TripleText
from .index import Term, terms_of

__all__ = ["prove", "prove_one"]

#: The name that the reasoner gives to what needs no rule.
ASSERTED = "asserted"


def prove(quads: bytes, graphs: Collection[str]) -> Proofs:
    """Return the proof of each triple that the asserted ones of some graphs entail.

    :param quads: N-Quads.
    :param graphs: the IRIs of the graphs that are reasoned over.
    """
    return Proofs.of(_proved(materialise(map(terms_of, _triples(quads, graphs)))))


def _triples(quads: bytes, graphs: Collection[str]) -> Iterator[Triple]:
    wanted = {NamedNode(iri) for iri in graphs}
    for quad in parse(quads, RdfFormat.N_QUADS):
        if quad.graph_name in wanted:
            yield quad.triple


def _proved(closure: Closure) -> Iterator[Step]:
    known: set[tuple[Term, Term, Term]] = set()
    for terms in closure.inferred():
        proof = None if terms in known else closure.explain(*terms)
        if proof is not None:
            known.update(step.triple for step in proof.steps())
            yield from _steps(proof)


def prove_one(release: Release, wanted: TripleText) -> Proofs | None:
    """Return the proof of any triple from what a release asserts; None when it does not follow."""
    inferred = {graph.iri for graph in release.graphs if graph.role == "InferredGraph"}
    triples = _triples(release.dataset.read_bytes(), set(release.default_graphs) - inferred)
    closure = materialise(map(terms_of, triples))
    (goal,) = parse(f"{' '.join(wanted)} .", RdfFormat.N_TRIPLES)
    proof = closure.explain(*terms_of(goal.triple))
    return None if proof is None else Proofs.of(_steps(proof))


def _steps(proof: Proof) -> Iterable[Step]:
    return [
        Step(_text(step), step.rule, tuple(map(_text, step.premises)))
        for step in proof.steps()
        if step.rule != ASSERTED
    ]


def _text(proof: Proof) -> TripleText:
    subject, predicate, value = proof.triple
    return str(subject), str(predicate), str(value)
