"""Each small fault in the engine is noticed: by the cases, or by a few random graphs."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from pyoxigraph import NamedNode
from reasoning_graphs import graphs
from reasoning_mutants import Mutant, installed, mutants
from reasoning_oracle import cases, turtle
from test_reasoning_reference import steady

from jsbio_kg.errors import JsbioError
from jsbio_kg.reasoning import (
    closure,
    consistency,
    engine,
    equality,
    facts,
    joins,
    kinds,
    matching,
    paths,
    plan,
    program,
    proof,
    schema,
    steps,
    terms,
    values,
    view,
)
from jsbio_kg.reasoning.facts import Facts
from jsbio_kg.reasoning.proof import Proof

resource = pytest.importorskip("resource")  # not on Windows

#: What no graph speaks of.
UNKNOWN = NamedNode("http://example.org/unknown")

#: Values of a property that has one: some pairs are apart beyond doubt.
LITERALS = [
    *(
        "'a' , 'b'",
        "'a' , 'a'@en",
        "'a'@en , 'a'@EN",
        "5 , '5'",
        "5 , 5.0",
        "5 , '05'^^xsd:integer",
    ),
    *("true , '1'^^xsd:boolean", "true , false", "true , 'maybe'^^xsd:boolean", "true , 1"),
    *("'a'^^:kind , 'b'^^:kind", "1e0 , 2e0", "'x'^^xsd:decimal , 1.0", "'1'^^xsd:byte , 2"),
]

#: Nobody hears that a thing is of a datatype, but rules may read it.
YOUNG = ":D a rdfs:Datatype . :p rdfs:range :D . :x :p :y , :y2 . :y :q :a , :b . :y2 :q :a ."
UNPUBLISHED = [
    ":R owl:onProperty :r ; owl:someValuesFrom :D . :z :r :y .",
    ":I owl:intersectionOf ( :D :E ) . :y a :E .",
    ":D owl:onProperty :v ; owl:hasValue :w .",
    ":D owl:onProperty :q ; owl:allValuesFrom :B .",
    ":D owl:hasKey ( :q ) .",
    ":D owl:onProperty :q ; owl:maxCardinality 1 .",
    ":D owl:onProperty :q ; owl:maxCardinality 0 .",
    ":N owl:onProperty :m ; owl:onClass :D ; owl:maxQualifiedCardinality 1 . "
    ":n a :N ; :m :y , :y2 .",
    ":D rdfs:subClassOf :E .",
    "rdf:type rdfs:subPropertyOf :is .",
    ":c owl:propertyChainAxiom ( rdf:type :r ) . :D :r :e .",
    ":is owl:sameAs rdf:type .",
]

#: Graphs that owlrl cannot be asked about.
MORE = [
    ":C owl:onProperty :p ; owl:maxCardinality :one . :one owl:sameAs 1 . :a a :C ; :p :b , :c .",
    ":same owl:sameAs owl:sameAs . :f a owl:FunctionalProperty . :x :f :a , :b . :c :p :d .",
    ":x a :A . rdf:type rdfs:subPropertyOf :is . owl:Thing rdfs:subClassOf :T . :A a owl:Class .",
    ":p a owl:AsymmetricProperty . :a :p :b . :b :p :a . :c :p :d .",
    ":p a owl:IrreflexiveProperty . :a :p :b . :c :p :c .",
    *(f":p a owl:FunctionalProperty . :x :p {values} ." for values in LITERALS),
    *(f"{YOUNG} {rest}" for rest in UNPUBLISHED),
    ":p rdfs:range owl:TransitiveProperty . :x :p :t . :a :t :b . :b :t :c .",
    "xsd:thing owl:sameAs :C . :p rdfs:range :C . :x :p :y .",
    # members of a class that arrive twice before anybody looks
    ":p1 owl:propertyChainAxiom ( :u :v ) ; rdfs:range :C . :C rdfs:subClassOf :D . "
    ":p2 owl:propertyChainAxiom ( :u :w ) ; rdfs:range :C . :x :u :y . :y :v :a ; :w :b .",
    # a pair that comes after the index was made, and its object's class after the pair
    ":H owl:onProperty :next ; owl:someValuesFrom :H ; rdfs:subClassOf :F . :n0 a :H . "
    ":n1 :next :n0 . :n2 :next :n1 . :n3 :next :n2 . :n4 :next :n3 . :n5 :next :n4 . "
    ":n6 :next :n5 . :n7 :next :n6 . :n8 :next :n7 ; :m :n4 . "
    ":K owl:onProperty :m ; owl:someValuesFrom :H ; rdfs:subClassOf :V . :e :p :f , :n0 . "
    ":V owl:onProperty :pInv ; owl:hasValue :x . :pInv owl:inverseOf :p . "
    ":R owl:onProperty :p ; owl:someValuesFrom :F .",
    "_:b owl:sameAs :p . :x :p :y .",
    # what is not of the class, and is said late
    ":D owl:onProperty :q ; owl:maxCardinality 1 . :q owl:propertyChainAxiom ( :u :v ) . :d a :D . "
    ":x :u :y . :y :v :a , :b .",
    ":D owl:hasKey ( :q ) . :q owl:propertyChainAxiom ( :u :v ) . :d a :D . :x :u :y . :x2 :u :y . "
    ":y :v :a .",
    # the proof rests on what is stated where it can
    ":p rdfs:domain :C . :y1 :q :x . :q owl:inverseOf :p . :x :p :y2 .",
    ":p owl:propertyChainAxiom () . :a :q :b ; :p :c .",
    "rdf:type rdfs:domain :Typed . :x a :A .",
]

#: All that decides what follows; :mod:`.join` holds a protocol only.
MODULES = [
    *(program, steps, joins, paths, plan, engine, equality, facts, kinds, schema, terms),
    *(consistency, values, closure, view, matching, proof),
]
#: What only words a result, which other tests read.
SPEAKS = re.compile("Inconsistency|Proof.asserted")

#: Mutants that no graph can tell from the engine, and why.
EQUIVALENT = {
    # an old name beside the new one is one copy more of what is published under both
    "engine._run: without `join.renamed(facts)`",
    "equality._rename_pairs: without `facts.drop_from_indexes(property_, stale)`",
    "equality._rename_members: without `known -= stale`",
    "equality._move_pairs: without `facts.forget_indexes(property_)`",
    "facts.Facts.members_of: without `known -= stale`",
    "facts.Facts.drop_from_indexes: without `_take(index, ((pair // SPAN, pair % SPAN) for pair in "
    "pairs))`",
    "facts.Facts.drop_from_indexes: without `_take(index, ((pair % SPAN, pair // SPAN) for pair in "
    "pairs))`",
    "facts.Facts.drop_from_indexes: the other part of `pair // SPAN`",
    "facts.Facts.drop_from_indexes: the other part of `pair // SPAN` (2)",
    "facts.Facts.drop_from_indexes: the other part of `pair % SPAN`",
    "facts.Facts.drop_from_indexes: the other part of `pair % SPAN` (2)",
    "facts.Facts.forget_indexes: without `self._by_subject.pop(property_, None)`",
    "facts.Facts.forget_indexes: without `self._by_object.pop(property_, None)`",
    "facts._take: without `gone[key].add(value)`",
    "facts._take: whatever `value not in values`",
    # what is made when it is first asked for; aliases whose facts are moved as well
    "facts.Facts._load: without `self.members_of(metaclass)`",
    "facts.Facts.pairs_of: only one name in `self.names_of(property_)`",
    "facts.Facts.members_of: only one name in `self.names_of(class_)`",
    "view.View.__init__: without `facts.forget_indexes(predicate)`",
    # only more work: an index instead of a look, all pairs looked at for old names, steps that are
    # not dropped, premises that are searched for in vain, ways that are longer, in another order
    "facts.Facts._only_once: without `self._looked_through[property_] += 1`",
    "facts.Facts.stale: whatever `pair // SPAN in gone or pair % SPAN in gone`",
    "steps.class_given: never the case `SubClass(_, _, wide)`",
    "steps.class_given: never the case `AllValues(_, _, _, filler)`",
    "steps.class_given: never the case `SubjectType(type=type_) | ObjectType(type=type_) | "
    "ValueType(type=type_) | Member(type=type_) | SomeValues(type=type_) | "
    "Intersection(type=type_)`",
    "kinds.unused: only one name in `facts.names_of(c)` (2)",
    "view.View._given_otherwise: whatever `not isinstance(step, Transitive)`",
    "view.View._pairs: without `self._renamed.add(p)`",
    "view.View._pairs: whatever `o is None or end == o`",
    "matching._readiness: the opposite of `object_ in known`",
    "matching.Matcher._ways: the opposite of `backward.rule.name in ('eq-rep-s', 'eq-rep-o')`",
    "proof.search: other sets for `following.keys() - known.keys() - leaves.keys()`",
    "proof._cheapest: without `heap.sort()`",
    "consistency.Watch.classes: whatever `c is not None`",
    "joins.FunctionalJoin.run: whatever `merge[0] != merge[1]`",
    "paths.TransitiveJoin.run: other sets for `pairs.get(self.property, EMPTY) - self._own`",
    "paths.TransitiveJoin._extend: other sets for `set(frontier) - known`",
    "plan._ordered: the opposite of the condition `done`",
    "plan._ordered: whatever `node in nodes`",
    "plan._needed: whatever `(given := s.class_given(step)) not in unused or given in looked_at`",
    "engine._from_pairs: whatever `pair % SPAN in values`",
    "equality.unify: other sets for `gone & (facts.pairs.keys() | facts.columns.keys())`",
    "equality.unify: other sets for `gone & (facts.members.keys() | facts.typed.keys())`",
    "schema.Schema._inherited: whatever `up in found`",
    "closure.Closure._inferred: whatever `pairs`",
    "closure.Closure._derived: whatever `not alike.isdisjoint(triple)`",
    "closure.Closure._derived: whatever `p // SPAN in alike or p % SPAN in alike or property_ in "
    "alike`",
    # only more work: known paths extended again, classes in any order
    "paths.TransitiveJoin._extend: without `frontier -= known`",
    "plan._ordered: without `waiting += [(following, False) for following in after.get(node, ())]`",
    # the same, said otherwise: a path to where a new edge starts; both parts of `x p x`
    "paths.TransitiveJoin.run: the other part of `pair % SPAN` (2)",
    "consistency._forbidden_pairs: the other part of `p // SPAN`",
}


@cache
def corpus() -> tuple[tuple[list[tuple], bool], ...]:
    """Return graphs, and whether to ask for the proofs too."""
    found = [(triples, True) for triples, _ in cases().values()]
    found += [(turtle(text), True) for text in MORE]

    @settings(steady, max_examples=80)
    @given(graphs(), graphs(wild=True))
    def collect(plain, wild):
        found.extend(((turtle(plain), False), (turtle(wild), False)))

    collect()
    return tuple(found)


def outcome(triples: list[tuple], proofs: bool) -> object:
    """Return all that the engine says of a graph."""
    try:
        known = Facts(triples)
        axioms = engine.saturate(known)
        result = closure.Closure(known, axioms)
        wrong = list(consistency.contradictions(known, axioms))
        inferred = result.inferred()
        goals = [*inferred, *asked(triples, known, axioms)] if proofs else []
        proven = [shown(result.explain(*goal)) for goal in goals]
    except JsbioError as error:
        return str(error)
    return inferred, wrong, proven


def asked(triples: list[tuple], known: Facts, axioms: schema.Schema) -> Iterator[tuple]:
    """Give triples beside what is published: axioms that follow, and what may not follow."""
    names = known.terms.names
    for predicate in sorted(schema.CLOSED):
        for s, o in sorted(axioms.entailed(predicate))[:20]:
            yield names[s], names[predicate], names[o]
    for s, p, o in triples[:20]:
        yield o, p, s
        yield s, p, s
        yield from ((UNKNOWN, p, o), (s, UNKNOWN, o), (s, p, UNKNOWN))


def shown(found: Proof | None) -> object:
    """Return a proof in a form that can be compared."""
    if found is None:
        return None
    return [(s.triple, s.rule, [each.triple for each in s.premises]) for s in found.steps()]


@cache
def expected() -> tuple[object, ...]:
    return tuple(outcome(*graph) for graph in corpus())


class Endless(BaseException):
    """A mutant that does not come to an end."""


@contextmanager
def bounded(seconds: float, more_memory: int) -> Iterator[None]:
    """Stop what takes too long or too much: a mutant may run for ever, and grow.

    :param seconds: of the processor, since a busy machine finds no fault.
    """

    def stop(*_: object) -> None:
        raise Endless

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    usual, most = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + more_memory, most))
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (usual, most))


def is_noticed(mutant: Mutant) -> bool:
    wanted = expected()
    try:
        with installed(mutant):
            for graph, result in zip(corpus(), wanted, strict=True):
                with bounded(1, 2**28):
                    if outcome(*graph) != result:
                        return True
    except (Exception, Endless):
        return True
    return False


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs limits of Linux")
@pytest.mark.parametrize(
    "module",
    MODULES,
    ids=lambda module: module.__name__.rpartition(".")[2],
)
def test_every_fault_is_noticed(module):
    made = [mutant for mutant in mutants(module) if not SPEAKS.search(mutant.where)]
    unnoticed = {
        str(mutant) for mutant in made if str(mutant) not in EQUIVALENT and not is_noticed(mutant)
    }
    assert unnoticed == set()
    assert len(made) > 5


def test_the_list_of_equivalent_mutants_is_not_out_of_date():
    names = {str(mutant) for module in MODULES for mutant in mutants(module)}
    assert names >= EQUIVALENT
