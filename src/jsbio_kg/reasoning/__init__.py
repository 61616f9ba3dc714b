"""The reasoning room: everything that follows from a graph under OWL 2 RL.

In: triples. Out: the inferred triples, each with its proof, or the sentence that says why the graph
contradicts itself. Any ontology and any data will do; nothing here knows ours.

How it works. Terms become integers (:mod:`.terms`), triples columns and sets of them
(:mod:`.facts`). The axioms are read and closed (:mod:`.schema`) and turned into rules about data
(:mod:`.program`, :mod:`.steps`, sorted in :mod:`.plan`), which run to their fixpoint over what is
new (:mod:`.engine`, :mod:`.joins`, :mod:`.paths`); terms that are the same become one
(:mod:`.equality`). Then the rules whose conclusion is false are tried (:mod:`.consistency`), and
what is new and about things is published (:mod:`.closure`). A proof is searched for when it is
asked for (:mod:`.proof`), with the rules as the W3C states them (:mod:`.rules`, which also lists
the rules that are left out, and why).

Why our own, in figures: none of the reasoners that Python can install gives all that follows, and
none is as fast. ``docs/reasoning.md`` compares them, and lists the rules that are left out.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from .closure import Closure
from .consistency import Inconsistency, contradictions
from .engine import saturate
from .facts import Facts
from .proof import Proof
from .terms import Triple

__all__ = ["Closure", "Inconsistency", "Proof", "materialise"]


def materialise(triples: Iterable[Triple]) -> Closure:
    """Return a graph with all that follows from it under OWL 2 RL.

    :raises Inconsistency: when the graph contradicts itself.
    """
    with _no_collection():
        facts = Facts(triples)
        schema = saturate(facts)
    closure = Closure(facts, schema)
    for rule, found in contradictions(facts, schema):
        names = facts.terms.names
        triples = tuple((names[s], names[p], names[o]) for s, p, o in found)
        raise Inconsistency(rule, triples, _behind(closure, triples), facts)
    return closure


def _behind(closure: Closure, triples: tuple[Triple, ...]) -> tuple[Triple, ...]:
    """Return what is asserted from which those triples follow that are not."""
    proofs = [closure.explain(*triple) for triple in triples]
    behind = (step for proof in proofs if proof and proof.premises for step in proof.asserted())
    return tuple(dict.fromkeys(behind))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the collector of cycles quiet: reasoning allocates much, and makes no cycles.

    At a million triples it takes a fifth of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
