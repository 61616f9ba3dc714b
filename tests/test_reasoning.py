"""The rules one by one: what each gives, what each forbids, and what is not published."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal
from reasoning_closure import EX, RDF_TYPE, inferred, named
from reasoning_oracle import CORRECTIONS, cases, published, reference, turtle

from jsbio_kg.errors import ShapeError
from jsbio_kg.reasoning import Inconsistency, materialise
from jsbio_kg.reasoning.rules import LEFT_OUT, RULES

CASES = cases()
#: The rules of OWL 2 Profiles, section 4.3, tables 4 to 9.
SPECIFIED = """
eq-ref eq-sym eq-trans eq-rep-s eq-rep-p eq-rep-o eq-diff1 eq-diff2 eq-diff3
prp-ap prp-dom prp-rng prp-fp prp-ifp prp-irp prp-symp prp-asyp prp-trp prp-spo1 prp-spo2 prp-eqp1
prp-eqp2 prp-pdw prp-adp prp-inv1 prp-inv2 prp-key prp-npa1 prp-npa2
cls-thing cls-nothing1 cls-nothing2 cls-int1 cls-int2 cls-uni cls-com cls-svf1 cls-svf2 cls-avf
cls-hv1 cls-hv2 cls-maxc1 cls-maxc2 cls-maxqc1 cls-maxqc2 cls-maxqc3 cls-maxqc4 cls-oo
cax-sco cax-eqc1 cax-eqc2 cax-dw cax-adc
dt-type1 dt-type2 dt-eq dt-diff dt-not-type
scm-cls scm-sco scm-eqc1 scm-eqc2 scm-op scm-dp scm-spo scm-eqp1 scm-eqp2 scm-dom1 scm-dom2 scm-rng1
scm-rng2 scm-hv scm-svf1 scm-svf2 scm-avf1 scm-avf2 scm-int scm-uni
""".split()


@pytest.mark.parametrize("rule", CASES)
def test_a_case_gives_what_it_says(rule):
    given, gives = CASES[rule]
    if gives is None:
        with pytest.raises(Inconsistency) as caught:
            materialise(given)
        assert caught.value.rule == rule
    else:
        assert set(materialise(given).inferred()) == gives


@pytest.mark.parametrize("rule", CASES)
def test_a_case_gives_what_owlrl_gives(rule):
    given, gives = CASES[rule]
    closed, contradictions = reference(given)
    if gives is not None:
        assert published(closed, given) == gives
    # dt-diff is the one that owlrl passes over
    assert bool(contradictions) == (gives is None and rule != "dt-diff")


def test_every_rule_of_the_specification_is_used_or_stated_to_be_left_out():
    assert len(SPECIFIED) == 78
    assert {rule.name for rule in RULES} | LEFT_OUT.keys() == set(SPECIFIED)
    assert {rule.name for rule in RULES} & LEFT_OUT.keys() == {"eq-ref"}  # used, not published


def test_every_rule_that_is_used_has_a_case():
    assert CASES.keys() >= {rule.name for rule in RULES} | {"dt-diff"}


def test_every_rule_that_gives_something_stands_in_a_proof():
    seen = set()
    for given, gives in CASES.values():
        closure = materialise(given) if gives else None
        for triple in gives or ():
            seen |= {step.rule for step in closure.explain(*triple).steps()}
    giving = {rule.name for rule in RULES if rule.conclusion}
    assert giving - seen == set()


@pytest.mark.parametrize("correction", CORRECTIONS, ids=lambda correction: correction.why)
def test_owlrl_deviates_from_the_specification(correction):
    given = turtle(correction.shows)
    others = [other for other in CORRECTIONS if other is not correction]
    right, wrong = reference(given), reference(given, others)
    assert (published(right[0], given), bool(right[1])) != (
        published(wrong[0], given),
        bool(wrong[1]),
    )
    try:
        assert set(materialise(given).inferred()) == published(right[0], given)
    except Inconsistency as error:
        assert right[1], error


class TestWhatIsLeftOut:
    """One test for each entry of LEFT_OUT."""

    def test_nothing_is_said_to_be_the_same_as_itself(self):  # eq-ref
        assert inferred(":a :knows :b .") == set()
        assert inferred(":a owl:sameAs :a .") == set()

    def test_annotation_properties_are_not_declared(self):  # prp-ap
        assert inferred(':a rdfs:label "a" . rdf:type rdfs:subPropertyOf :kind .') == set()

    def test_thing_and_nothing_are_not_declared_classes(self):  # cls-thing, cls-nothing1
        assert inferred("rdfs:subClassOf rdfs:subPropertyOf :under . owl:Nothing a :X .") == set()

    def test_nothing_is_said_to_be_a_thing(self):
        assert inferred(":C a owl:Class . :a a :C .") == set()

    def test_datatypes_and_literals_are_not_typed(self):  # dt-type1, dt-type2
        assert inferred(":size rdfs:range xsd:integer . :a :size 5 .") == set()

    def test_a_number_is_not_repeated_in_its_other_spellings(self):  # dt-eq
        assert inferred(':a :size 5 . :b :size "05"^^xsd:integer .') == set()

    def test_values_that_may_be_equal_are_not_said_to_differ(self):  # dt-diff
        functional = ":size a owl:FunctionalProperty . "
        inferred(functional + ':a :size 5 , "05"^^xsd:integer , 5.0 .')
        inferred(functional + ":a :size 5e0 , 6e0 .")
        with pytest.raises(Inconsistency):
            inferred(functional + ':a :size "x"@en , "x"@zh .')

    def test_ill_typed_literals_are_not_found(self):  # dt-not-type
        assert inferred(':a :size "x"^^xsd:integer .') == set()

    def test_each_entry_has_a_test(self):
        assert len(LEFT_OUT) == 9


class TestWhatIsPublished:
    def test_blank_nodes_are_reasoned_with_and_not_published(self):
        found = inferred(
            ":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :B ] . "
            ":x a :A ; :p :y , [ :q :z ] . :q rdfs:subPropertyOf :r ."
        )
        assert {str(s) for s, _, _ in found} == {f"<{EX}y>"}

    def test_no_triple_starts_with_a_literal(self):
        text = ':p rdfs:range :Name . :p owl:inverseOf :q . :a :p "x" .'
        assert inferred(text) == set()

    def test_axioms_are_used_and_not_published(self):
        text = ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :p rdfs:domain :A ."
        assert inferred(text) == set()

    def test_they_are_sorted_and_stand_once_whatever_the_order_of_the_input(self):
        for given, gives in CASES.values():
            if gives is not None:
                one, other = (materialise(order).inferred() for order in (given, given[::-1]))
                assert one == other
                assert one == sorted(one, key=lambda triple: [str(term) for term in triple])
                assert len(one) == len(gives)

    def test_what_is_asserted_is_not_inferred(self):
        assert inferred(":p a owl:SymmetricProperty . :a :p :b . :b :p :a .") == set()
        same = ":a owl:sameAs :b . :a :p :c . :b :p :c . :b owl:sameAs :a ."
        assert inferred(same) == set()


class TestTheUnusual:
    """Graphs that a rule set for one ontology would get wrong."""

    def test_axioms_may_themselves_be_inferred(self):
        text = """
            :broader rdfs:subPropertyOf rdfs:subClassOf . :A :broader :B . :x a :A .
            :Linking rdfs:subClassOf owl:TransitiveProperty . :p a :Linking . :x :p :y . :y :p :z .
        """
        assert (named("x"), named("p"), named("z")) in inferred(text)
        assert (named("x"), RDF_TYPE, named("B")) in inferred(text)

    def test_type_may_be_a_property_like_any_other(self):
        text = """
            :kind rdfs:subPropertyOf rdf:type . rdf:type rdfs:subPropertyOf :is . :x :kind :A .
            :hasSort owl:propertyChainAxiom ( :member rdf:type ) . :group :member :x .
        """
        assert inferred(text) >= {
            (named("x"), RDF_TYPE, named("A")),
            (named("x"), named("is"), named("A")),
            (named("group"), named("hasSort"), named("A")),
        }

    def test_classes_and_properties_may_be_the_same(self):
        text = ":A owl:sameAs :B . :p owl:sameAs :q . :A rdfs:subClassOf :C . :x a :B ; :p :y ."
        assert inferred(text) >= {
            (named("x"), RDF_TYPE, named("C")),
            (named("x"), named("q"), named("y")),
        }

    def test_sameness_found_late_reaches_what_was_derived_early(self):
        text = """
            :code a owl:InverseFunctionalProperty . :id rdfs:subPropertyOf :code .
            :a :id "1" ; :in :b . :c :id "1" . :b :in :d . :in a owl:TransitiveProperty .
            :d owl:sameAs :e . :e :in :f .
        """
        assert (named("c"), named("in"), named("f")) in inferred(text)

    def test_a_list_may_be_a_circle_or_have_two_tails(self):
        text = ":C owl:unionOf _:l . _:l rdf:first :A ; rdf:rest _:l . :x a :A ."
        assert inferred(text) == set()
        forked = """
            :C owl:unionOf _:l . _:l rdf:first :A ; rdf:rest _:m , _:n .
            _:m rdf:first :B ; rdf:rest rdf:nil . _:n rdf:first :D ; rdf:rest rdf:nil .
            :x a :D .
        """
        assert (named("x"), RDF_TYPE, named("C")) in inferred(forked)

    def test_an_empty_list_says_nothing(self):
        text = ":C owl:intersectionOf () ; owl:hasKey () . :p owl:propertyChainAxiom () . :x a :C ."
        assert inferred(text) == set()

    def test_two_terms_of_the_vocabulary_cannot_be_the_same(self):
        with pytest.raises(ShapeError, match="owl:Thing and owl:Nothing are the same"):
            inferred("owl:Thing owl:sameAs owl:Nothing .")

    def test_a_datatype_that_is_declared_has_no_members_to_publish(self):
        text = ":D a rdfs:Datatype . :p rdfs:range :D . :x :p :y . "
        more = ":i owl:intersectionOf ( :D :E ) . :y a :E ."
        assert inferred(text + more) == set(turtle(":y a :i ."))

    def test_an_empty_graph_has_an_empty_closure(self):
        assert materialise([]).inferred() == []


def test_the_document_lists_the_rules_that_are_left_out():
    text = (Path(__file__).parents[1] / "docs" / "reasoning.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| ([a-z]+-[a-z0-9-]+) \| (.+) \|$", text, re.MULTILINE))
    assert listed == LEFT_OUT


def test_terms_of_a_closure_are_those_of_the_input():
    objects = {o for _, _, o in inferred(':p rdfs:subPropertyOf :q . :a :p "x"@en , 5 , [] .')}
    assert objects == {Literal("x", language="en"), Literal(5)}
