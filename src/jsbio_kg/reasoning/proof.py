"""Proofs: why a triple follows, down to what is asserted.

Nothing is recorded while the rules run. A proof is searched for when it is asked for: from the
triple backwards, one level of premises at a time, over the triples of the closed graph, until what
is asserted among them suffices; then the smallest proof within what was seen is taken. The same
graph gives the same proof.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from . import terms as t
from .matching import Instance, Matcher
from .terms import Triple
from .view import Numbers, View

__all__ = ["ASSERTED", "Proof", "search"]

#: The rule of a triple that needs no proof.
ASSERTED = "asserted"


@dataclass(frozen=True)
class Proof:
    """A triple, the rule that gives it, and the proofs of that rule's premises."""

    triple: Triple
    rule: str
    premises: tuple["Proof", ...] = ()

    def steps(self) -> Iterator["Proof"]:
        """Give every triple of the proof once, premises before what follows from them."""
        seen = set()
        waiting = [(self, False)]
        while waiting:
            proof, done = waiting.pop()
            if done:
                yield proof
            elif proof.triple not in seen:
                seen.add(proof.triple)
                waiting.append((proof, True))
                waiting += [(premise, False) for premise in reversed(proof.premises)]

    def asserted(self) -> list[Triple]:
        """Return the asserted triples that the proof rests on."""
        return [step.triple for step in self.steps() if step.rule == ASSERTED]


@dataclass(frozen=True, slots=True)
class _Reason:
    """The cheapest known way to a triple."""

    cost: int
    rule: str
    premises: tuple[Numbers, ...] = ()


def search(view: View, goal: Numbers, names: list[t.Term]) -> Proof | None:
    """Return the proof of a triple, None when it does not follow."""
    known: dict[Numbers, list[Instance]] = {}
    matcher = Matcher(view)
    frontier = {goal}
    leaves: dict[Numbers, _Reason] = {}
    while frontier:
        following: dict[Numbers, None] = {}
        for triple in sorted(frontier):
            if (leaf := _leaf(view, triple)) is not None:
                leaves[triple] = leaf
                continue
            known[triple] = _linear(view, matcher, triple)
            following.update((p, None) for _, premises in known[triple] for p in premises)
        reasons = _cheapest(leaves, known)
        if goal in reasons:
            return _written(goal, reasons, names)
        frontier = following.keys() - known.keys() - leaves.keys()
    return None


def _leaf(view: View, triple: Numbers) -> _Reason | None:
    if view.is_asserted(triple):
        return _Reason(0, ASSERTED)
    if triple[1] == t.SAME_AS and triple[0] == triple[2]:
        return _Reason(1, "eq-ref")
    return None


def _linear(view: View, matcher: Matcher, triple: Numbers) -> list[Instance]:
    """Return the ways to a triple, transitivity only along edges.

    Every path is a path and one edge more; an edge is what transitivity is not needed for. So a
    path of n nodes is searched in n steps, not in n².
    """
    return [
        (rule, premises)
        for rule, premises in matcher.instances(triple)
        if rule != "prp-trp"
        or view.is_asserted(premises[2])
        or (view.is_given_otherwise(premises[2][1]) and matcher.is_edge(premises[2]))
    ]


def _cheapest(
    leaves: dict[Numbers, _Reason], known: dict[Numbers, list[Instance]]
) -> dict[Numbers, _Reason]:
    """Return the smallest proof of each triple that has one (Knuth's extension of Dijkstra's)."""
    needs: dict[Numbers, list[tuple[int, Numbers]]] = defaultdict(list)
    for conclusion, instances in known.items():
        for place, (_, premises) in enumerate(instances):
            for premise in set(premises):
                needs[premise].append((place, conclusion))
    left = {
        (place, conclusion): len(set(premises))
        for conclusion, instances in known.items()
        for place, (_, premises) in enumerate(instances)
    }
    reasons: dict[Numbers, _Reason] = {}
    heap = [(leaf.cost, 0, triple, leaf.rule, ()) for triple, leaf in leaves.items()]
    heap.sort()
    waiting: list[tuple[int, int, Numbers, str, tuple[Numbers, ...]]] = list(heap)
    while waiting:
        cost, _, triple, rule, premises = heappop(waiting)
        if triple in reasons:
            continue
        reasons[triple] = _Reason(cost, rule, premises)
        for place, conclusion in needs[triple]:
            left[place, conclusion] -= 1
            if not left[place, conclusion]:
                name, parts = known[conclusion][place]
                total = 1 + sum(reasons[part].cost for part in parts)
                heappush(waiting, (total, place, conclusion, name, parts))
    return reasons


def _written(goal: Numbers, reasons: dict[Numbers, _Reason], names: list[t.Term]) -> Proof:
    """Return the proof as a tree; what is used twice is one object."""
    done: dict[Numbers, Proof] = {}
    waiting = [goal]
    while waiting:
        triple = waiting[-1]
        reason = reasons[triple]
        missing = [premise for premise in reason.premises if premise not in done]
        if missing:
            waiting += missing
            continue
        waiting.pop()
        s, p, o = triple
        parts = tuple(done[premise] for premise in reason.premises)
        done[triple] = Proof((names[s], names[p], names[o]), reason.rule, parts)
    return done[goal]
