"""Each small fault in the engine is noticed: by the cases, or by a few random graphs."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
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
    joins,
    paths,
    plan,
    program,
    schema,
)
from jsbio_kg.reasoning.facts import Facts

resource = pytest.importorskip("resource")  # not on Windows

#: Graphs that owlrl cannot be asked about.
MORE = [
    ":C owl:onProperty :p ; owl:maxCardinality :one . :one owl:sameAs 1 . :a a :C ; :p :b , :c .",
    ":same owl:sameAs owl:sameAs . :f a owl:FunctionalProperty . :x :f :a , :b . :c :p :d .",
    ":x a :A . rdf:type rdfs:subPropertyOf :is . owl:Thing rdfs:subClassOf :T . :A a owl:Class .",
    ":p a owl:AsymmetricProperty . :a :p :b . :b :p :a . :c :p :d .",
    ":p a owl:IrreflexiveProperty . :a :p :b . :c :p :c .",
]

#: Mutants that no graph can tell from the engine, and why.
EQUIVALENT = {
    # an old name beside the new one is one copy more of what is published under both
    "engine._run: without `join.renamed(facts)`",
    "equality._rename_pairs: without `facts.drop_from_indexes(property_, stale)`",
    "equality._rename_pairs: without `facts.pairs[property_].difference_update(stale)`",
    "equality._rename_members: without `known -= stale`",
    "equality._move_pairs: without `facts.forget_indexes(property_)`",
    # only more work: merged later, known paths extended again, classes in any order
    "engine.saturate: without `unify(facts, ())`",
    "paths.TransitiveJoin._extend: without `frontier -= known`",
    "plan._ordered: without `waiting += [(following, False) for following in after.get(node, ())]`",
    # the same, said otherwise: a path to where a new edge starts; both parts of `x p x`
    "paths.TransitiveJoin.run: the other part of `pair % SPAN`",
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
        facts = Facts(triples)
        axioms = engine.saturate(facts)
        result = closure.Closure(facts, axioms)
        wrong = list(consistency.contradictions(facts, axioms))
        inferred = result.inferred()
        proven = [result.explain(*triple) is not None for triple in inferred if proofs]
    except JsbioError as error:
        return str(error)
    return inferred, wrong, proven


@cache
def expected() -> tuple[object, ...]:
    return tuple(outcome(*graph) for graph in corpus())


class Endless(BaseException):
    """A mutant that does not come to an end."""


@contextmanager
def bounded(seconds: float, more_memory: int) -> Iterator[None]:
    """Stop what takes too long or too much: a mutant may run for ever, and grow."""

    def stop(*_: object) -> None:
        raise Endless

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    usual, most = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGALRM, stop)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + more_memory, most))
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
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
    [program, joins, paths, plan, engine, equality, schema, consistency, closure],
    ids=lambda module: module.__name__.rpartition(".")[2],
)
def test_every_fault_is_noticed(module):
    made = [mutant for mutant in mutants(module) if "Inconsistency" not in mutant.where]
    unnoticed = {
        str(mutant) for mutant in made if str(mutant) not in EQUIVALENT and not is_noticed(mutant)
    }
    assert unnoticed == set()
    assert len(made) > 5


def test_the_list_of_equivalent_mutants_is_not_out_of_date():
    modules = [paths, plan, engine, equality, consistency]
    names = {str(mutant) for module in modules for mutant in mutants(module)}
    assert names >= EQUIVALENT
