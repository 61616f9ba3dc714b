"""Equality (table 4): terms that are the same become one term.

Instead of copying every triple of a term to every name of it (rules eq-rep-s, eq-rep-p, eq-rep-o),
the store speaks of one name only; the copies are made when the closure is published. The facts that
named a term which now has a representative become news under the new name, so every rule that they
complete fires.
"""

from collections.abc import Iterable

from ..errors import ShapeError
from ..i18n import message
from .facts import Facts
from .terms import RESERVED, SAME_AS, TYPE, compact

__all__ = ["unify"]


def unify(facts: Facts, read: Iterable[int]) -> bool:
    """Make one what ``facts.merges`` says is the same; tell whether anything changed.

    :param read: the properties whose pairs the rules read.
    :raises ShapeError: when two terms of the rules' own vocabulary are the same.
    """
    gone = _join_cliques(facts)
    if not gone:
        return False
    for property_ in {*facts.pairs, *read}:
        _rename_pairs(facts, property_)
    for class_ in list(facts.members):
        _rename_members(facts, class_, gone)
    for property_ in gone & (facts.pairs.keys() | facts.columns.keys()):
        _move_pairs(facts, property_)
    for class_ in gone & (facts.members.keys() | facts.typed.keys()):
        _move_members(facts, class_)
    return True


def _join_cliques(facts: Facts) -> set[int]:
    """Join the cliques of the merges; return the representatives that are none any more."""
    gone = set()
    for one, other in facts.merges:
        keep, drop = sorted((facts.find(one), facts.find(other)))
        if keep == drop:
            continue
        if drop < len(RESERVED):
            raise ShapeError(
                message(
                    "It follows that %(one)s and %(other)s are the same.",
                    one=compact(RESERVED[keep]),
                    other=compact(RESERVED[drop]),
                ),
                fix=message("Leave the vocabulary of OWL and RDF as it is."),
            )
        facts.parents[drop] = keep
        facts.cliques[keep] = facts.names_of(keep) + facts.cliques.pop(drop, [drop])
        facts.axioms_changed |= keep < len(RESERVED)
        gone.add(drop)
    facts.merges = []
    return gone


def _rename_pairs(facts: Facts, property_: int) -> None:
    stale = facts.stale(facts.of(property_))
    if not stale:
        return
    facts.drop_from_indexes(property_, stale)
    renewed = facts.renamed(set(stale))
    if property_ in facts.pairs:
        facts.pairs[property_].difference_update(stale)
    else:
        facts.pairs_of(property_).difference_update(renewed)  # only to be added as news
    if property_ not in (TYPE, SAME_AS):  # their pairs mirror what is kept elsewhere
        facts.add_pairs(property_, renewed)


def _rename_members(facts: Facts, class_: int, gone: set[int]) -> None:
    known = facts.members[class_]
    stale = known & gone
    if stale:
        known -= stale
        facts.add_members(class_, set(map(facts.find, stale)))


def _move_pairs(facts: Facts, property_: int) -> None:
    """Give the pairs of a property to the one that now stands for it."""
    pairs = facts.pairs_of(property_)
    del facts.pairs[property_]
    facts.forget_indexes(property_)
    facts.add_pairs(facts.find(property_), pairs)
    facts.axioms_changed = True


def _move_members(facts: Facts, class_: int) -> None:
    """Give the members of a class to the one that now stands for it."""
    members = facts.members_of(class_)
    del facts.members[class_]
    facts.add_members(facts.find(class_), members)
    facts.axioms_changed = True
