"""Every inferred triple has a proof, and owlrl agrees with every step of it."""

import random

import pytest
from hypothesis import given, settings
from pyoxigraph import NamedNode
from reasoning_graphs import graphs
from reasoning_oracle import cases, reference, turtle
from test_reasoning_reference import real_graph, steady

from jsbio_kg.reasoning import Proof, materialise
from jsbio_kg.reasoning.closure import Closure
from jsbio_kg.reasoning.engine import saturate
from jsbio_kg.reasoning.facts import Facts
from jsbio_kg.reasoning.proof import ASSERTED
from jsbio_kg.reasoning.rules import RULES

EX = "http://example.org/"
LISTS = ("first", "rest")


def named(name: str) -> NamedNode:
    return NamedNode(EX + name)


def explain(text: str, *goal: str) -> Proof | None:
    return materialise(turtle(text)).explain(*map(named, goal))


def check(proof: Proof, triples: list[tuple]) -> None:
    """Fail unless a proof starts from what is asserted and each step follows by itself."""
    asserted = set(triples)
    lists = [triple for triple in triples if triple[1].value.endswith(LISTS)]
    proven = set()
    for step in proof.steps():
        if step.rule == ASSERTED:
            assert step.triple in asserted
        else:
            premises = [premise.triple for premise in step.premises]
            assert proven.issuperset(premises), "a step rests on what comes after it"
            mentioned = [(step.triple[0], named("mentions"), step.triple[2])]
            closed, _ = reference(
                [*premises, *lists, *(mentioned if step.rule == "eq-ref" else [])]
            )
            assert step.triple in closed, step
        proven.add(step.triple)


@pytest.mark.parametrize("rule", [rule for rule, (_, gives) in cases().items() if gives])
def test_what_a_rule_gives_is_proven_with_the_rule(rule):
    triples, gives = cases()[rule]
    closure = materialise(triples)
    proofs = [closure.explain(*triple) for triple in gives]
    for proof in proofs:
        check(proof, triples)
    if rule in {known.name for known in RULES}:
        assert rule in {step.rule for proof in proofs for step in proof.steps()}


@settings(steady, max_examples=60)
@given(graphs(), graphs(wild=True))
def test_proofs_of_random_graphs_hold(plain, wild):
    for text in (plain, wild):
        triples = turtle(text)
        try:
            facts = Facts(triples)
            closure = Closure(facts, saturate(facts))
        except ValueError:
            continue
        for triple in closure.inferred()[:6]:
            check(closure.explain(*triple), triples)


def test_every_inferred_triple_of_the_real_graph_has_a_proof():
    triples = real_graph()
    asserted = set(triples)
    closure = materialise(triples)
    for triple in closure.inferred():
        proof = closure.explain(*triple)
        assert proof.triple == triple
        assert set(proof.asserted()) <= asserted


def test_proofs_of_the_real_graph_hold():
    triples = real_graph()
    closure = materialise(triples)
    for triple in random.Random(5).sample(closure.inferred(), 40):
        check(closure.explain(*triple), triples)


class TestExplain:
    text = """
        :in a owl:TransitiveProperty . :in rdfs:subPropertyOf :near .
        :a :in :b . :b :in :c . :c :in :d . :x :likes :y .
    """

    def test_an_inferred_triple_is_explained_down_to_what_is_asserted(self):
        proof = explain(self.text, "a", "near", "d")
        assert proof.rule == "prp-spo1"
        assert [premise.rule for premise in proof.premises] == [ASSERTED, "prp-trp"]
        assert (named("b"), named("in"), named("c")) in proof.asserted()

    def test_an_asserted_triple_explains_itself(self):
        proof = explain(self.text, "a", "in", "b")
        assert (proof.rule, proof.premises) == (ASSERTED, ())

    def test_what_does_not_follow_has_no_proof(self):
        assert explain(self.text, "d", "near", "a") is None
        assert explain(self.text, "x", "near", "y") is None

    def test_a_term_that_is_not_in_the_graph_has_no_proof(self):
        assert explain(self.text, "a", "in", "nowhere") is None

    def test_what_is_not_published_can_be_explained_all_the_same(self):
        closure = materialise(turtle(":C a owl:Class . :D rdfs:subClassOf :C . :x a :D ."))
        thing = NamedNode("http://www.w3.org/2002/07/owl#Thing")
        kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        assert closure.explain(named("x"), kind, thing).rule == "cax-sco"

    def test_the_shortest_proof_is_taken(self):
        text = self.text + ":a :in :d2 . :d2 owl:sameAs :d ."
        assert len(list(explain(text, "a", "near", "d").steps())) <= 7

    def test_proofs_do_not_depend_on_the_run(self):
        triples = turtle(self.text)
        goal = named("a"), named("near"), named("d")
        assert materialise(triples).explain(*goal) == materialise(triples).explain(*goal)

    def test_things_that_prove_each_other_are_not_taken_for_a_proof(self):
        text = """
            :p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p . :r rdfs:subPropertyOf :p .
            :a :r :b .
        """
        proof = explain(text, "a", "q", "b")
        assert (named("a"), named("r"), named("b")) in proof.asserted()

    def test_a_path_of_a_thousand_is_explained(self):
        text = ":in a owl:TransitiveProperty ." + "".join(
            f":n{i} :in :n{i + 1} ." for i in range(200)
        )
        proof = explain(text, "n0", "in", "n200")
        assert len(proof.asserted()) == 201
