"""Forward chaining to the fixpoint.

Rules with one premise run first, to their own fixpoint, since they are cheap and feed the others;
then the joins, each once over all that has become new; then terms found to be the same are made
one. When an axiom was among what followed, the rules about data are made anew.
"""

from collections import defaultdict

from . import terms as t
from .consistency import Watch
from .equality import unify
from .facts import Facts, Pairs, occurring
from .kinds import unused
from .plan import OnPairs, Plan
from .program import steps_of
from .schema import CLOSED, Schema
from .terms import SPAN

__all__ = ["saturate"]


def saturate(facts: Facts) -> Schema:
    """Add to the facts all that follows from them; return the axioms, closed."""
    unify(facts, ())
    while True:
        facts.axioms_changed = False
        schema = Schema(facts)
        watch = Watch(schema)
        steps = steps_of(schema)
        plan = Plan(steps, unused(facts, steps), watch.classes, watch.properties)
        _begin(facts, plan, schema)
        _run(facts, plan)
        if not facts.axioms_changed:
            return schema


def _begin(facts: Facts, plan: Plan, schema: Schema) -> None:
    """Bring the facts into the form that the plan reads."""
    read = facts.read_properties = frozenset(plan.properties)
    facts.read_classes = frozenset(plan.classes)
    facts.new_pairs, facts.new_members = {}, {}
    for property_ in read:
        if facts.stale(facts.of(property_)):
            facts.pairs_of(property_)
    for predicate in read & CLOSED:
        facts.pairs[predicate] |= {s * SPAN + o for s, o in schema.entailed(predicate)}
    if t.TYPE in read:
        facts.pairs[t.TYPE] = {
            member * SPAN + class_
            for class_ in facts.typed.keys() | facts.members.keys()
            for member in facts.members_of(facts.find(class_))
        }
    if t.SAME_AS in read:
        facts.pairs[t.SAME_AS] = {facts.find(term) * (SPAN + 1) for term in occurring(facts)}
    for individual, class_ in plan.members:
        facts.add_members(class_, {individual})


def _run(facts: Facts, plan: Plan) -> None:
    _spread(facts, plan, everything=True)
    for join in plan.joins:
        join.run(facts, {}, {})
    while True:
        pairs, members = _spread(facts, plan)
        if pairs or members:
            for join in plan.joins:
                if not (pairs.keys().isdisjoint(join.properties)) or not (
                    members.keys().isdisjoint(join.classes)
                ):
                    join.run(facts, pairs, members)
        elif unify(facts, plan.properties):
            for join in plan.joins:
                join.renamed(facts)
        else:
            return


def _spread(
    facts: Facts, plan: Plan, everything: bool = False
) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Run the rules with one premise to their fixpoint; return what was new, for the joins.

    :param everything: take all facts, not the news only.
    """
    pairs: dict[int, set[int]] = {}
    members: dict[int, set[int]] = {}
    while everything or facts.new_pairs or facts.new_members:
        for property_ in plan.properties:
            news: Pairs = facts.new_pairs.pop(property_, ())
            if news and property_ in plan.joined_properties:
                pairs.setdefault(property_, set()).update(news)
            if everything:
                news = facts.of(property_)
            if news and property_ in plan.on_pairs:
                _from_pairs(facts, plan.on_pairs[property_], news)
        for class_ in plan.classes:
            arrived = facts.new_members.pop(class_, set())
            if arrived and class_ in plan.joined_classes:
                members.setdefault(class_, set()).update(arrived)
            if everything:
                arrived = facts.members_of(class_)
            if arrived and class_ in plan.on_members:
                _from_members(facts, plan, class_, arrived)
        everything = False
    return pairs, members


def _from_pairs(facts: Facts, on: OnPairs, pairs: Pairs) -> None:
    for wider in on.wider:
        facts.add_pairs(wider, pairs)
    if on.inverses:
        inverted = {pair % SPAN * SPAN + pair // SPAN for pair in pairs}
        for inverse in on.inverses:
            facts.add_pairs(inverse, inverted)
    if on.subject_types:
        subjects = {pair // SPAN for pair in pairs}
        for type_ in on.subject_types:
            facts.add_members(type_, subjects)
    if on.object_types:
        objects = {pair % SPAN for pair in pairs}
        for type_ in on.object_types:
            facts.add_members(type_, objects)
    if values := on.types_by_value:
        subjects_of: dict[int, set[int]] = defaultdict(set)
        for pair in [pair for pair in pairs if pair % SPAN in values]:
            subjects_of[pair % SPAN].add(pair // SPAN)
        for value, having in subjects_of.items():
            for type_ in values[value]:
                facts.add_members(type_, having)


def _from_members(facts: Facts, plan: Plan, class_: int, members: set[int]) -> None:
    on = plan.on_members[class_]
    for wider in on.wider:
        facts.add_members(wider, members)
    for property_, value in on.values:
        facts.add_pairs(property_, {member * SPAN + value for member in members})
