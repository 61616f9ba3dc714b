"""Contradictions: found after all that follows, and told in a sentence that says why."""

import pytest
from reasoning_closure import EX, RDF_TYPE, inferred, named

from jsbio_kg.reasoning import Inconsistency


class TestContradictions:
    def test_the_sentence_names_the_rule_and_the_triples(self):
        with pytest.raises(Inconsistency) as caught:
            inferred(
                ":Cat owl:disjointWith :Dog . :tom a :Cat . :bark rdfs:domain :Dog . :tom :bark 1 ."
            )
        assert str(caught.value).startswith("By rule cax-dw these triples contradict each other: ")
        assert "http://example.org/tom rdf:type http://example.org/Dog" in str(caught.value)
        assert caught.value.triples[0] == (named("tom"), RDF_TYPE, named("Cat"))

    def test_the_sentence_goes_back_to_what_is_asserted(self):
        with pytest.raises(Inconsistency) as caught:
            inferred(":size a owl:FunctionalProperty . :x :size 5 , 7 .")
        assert {(s.value, o.value) for s, p, o in caught.value.asserted if p == named("size")} == {
            (EX + "x", "5"),
            (EX + "x", "7"),
        }
        assert "; they follow from: http://example.org/size rdf:type owl:Func" in str(caught.value)

    @pytest.mark.parametrize(
        "text, words",
        [
            (
                "[] a owl:AllDisjointClasses ; owl:members ( :A :B ) . :x a :A , :B .",
                "[ a owl:AllDisjointClasses ; owl:members ( :A :B ) ]",
            ),
            (
                "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C :D :E :F :G :H ) . "
                ":x a :C , :G .",
                "owl:members ( … :C … :G … ) ]",
            ),
            (
                ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 0 ] . "
                ":x a :A ; :p 1 .",
                ":x rdf:type [ owl:onProperty :p ; owl:maxCardinality 0 ]; :x :p 1; they follow",
            ),
            (
                ":A owl:onProperty :p ; owl:onClass :B ; owl:maxQualifiedCardinality 0 . "
                ":x a :A ; :p :y . :y a :B .",
                ":A owl:onProperty :p; :A owl:maxQualifiedCardinality 0; :A owl:onClass :B.",
            ),
            (
                "[] owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetValue 'v' . "
                ":a :p 'v' .",
                '[ owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetValue "v" ]',
            ),
            (
                "[] a owl:AllDifferent ; owl:distinctMembers ( :a :b ) . :a owl:sameAs :b .",
                "[ a owl:AllDifferent ; owl:distinctMembers ( :a :b ) ]",
            ),
            (
                ":l owl:propertyChainAxiom ( :p :q ) ; a owl:IrreflexiveProperty . "
                ":a :p :b . :b :q :a .",
                "they follow from: :l owl:propertyChainAxiom ( :p :q ); :a :p :b; :b :q :a.",
            ),
            (":a owl:sameAs :b ; owl:differentFrom :b .", ":a owl:sameAs :b; :a owl:differentFrom"),
        ],
    )
    def test_the_sentence_tells_all_that_decides_and_no_blank_node_by_its_name(self, text, words):
        with pytest.raises(Inconsistency) as caught:
            inferred(text)
        sentence = str(caught.value).replace(EX, ":")
        assert words in sentence
        assert "_:" not in sentence and "[]" not in sentence

    @pytest.mark.parametrize(
        "text, words",
        [
            (":A owl:disjointWith :B . _:x a :A , :B .", "_:b1 rdf:type :A; _:b1 rdf:type :B; :A"),
            (
                ":p a owl:IrreflexiveProperty . :a :p _:y . _:x :p _:x .",
                "other: _:b1 :p _:b1; :p rdf:type",
            ),
            (
                ":p rdfs:range owl:Nothing . :a :p [] .",
                "other: _:b1 rdf:type owl:Nothing; they follow from: :p rdfs:range owl:Nothing; "
                ":a :p _:b1.",
            ),
            (
                "[ owl:unionOf ( :A :B ) ] a owl:Nothing .",
                "other: [ owl:unionOf ( :A :B ) ] rdf:type owl:Nothing.",
            ),
        ],
    )
    def test_a_thing_without_a_name_is_told_by_a_number_and_with_its_triple(self, text, words):
        with pytest.raises(Inconsistency) as caught:
            inferred(text)
        assert words in str(caught.value).replace(EX, ":")

    def test_a_list_that_goes_round_is_told_to_where_it_comes_back(self):
        text = (
            "_:l rdf:first :A ; rdf:rest _:m . _:m rdf:first :B ; rdf:rest _:l , () . "
            "[] a owl:AllDisjointClasses ; owl:members _:l . :x a :A , :B ."
        )
        with pytest.raises(Inconsistency, match="owl:members"):
            inferred(text)

    def test_the_sentence_does_not_change_from_run_to_run(self):
        text = "[] a owl:AllDisjointClasses ; owl:members ( :A :B ) . :x a :A , :B ."
        sentences = set()
        for _ in range(3):
            with pytest.raises(Inconsistency) as caught:
                inferred(text)
            sentences.add(str(caught.value))
        assert len(sentences) == 1

    def test_they_are_found_after_all_that_follows(self):
        with pytest.raises(Inconsistency, match="eq-diff1"):
            inferred(
                ":code a owl:InverseFunctionalProperty . :a :code 1 . :b :code 1 . "
                ":a owl:differentFrom :b ."
            )
