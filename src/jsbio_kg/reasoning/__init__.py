"""The reasoning room: everything that follows from a graph under OWL 2 RL.

In: triples. Out: the inferred triples, each with its proof, or the sentence that says why the graph
contradicts itself.
"""

from collections.abc import Iterable

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
    facts = Facts(triples)
    schema = saturate(facts)
    for rule, found in contradictions(facts, schema):
        names = facts.terms.names
        raise Inconsistency(rule, tuple((names[s], names[p], names[o]) for s, p, o in found))
    return Closure(facts, schema)
