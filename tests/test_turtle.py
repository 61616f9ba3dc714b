"""The canonical Turtle writer: nothing lost, nothing rewritten, one order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from jsbio_kg.build.reading import read_turtle
from jsbio_kg.build.turtle import dropped_comments, format_turtle, write_turtle
from jsbio_kg.errors import TurtleError
from jsbio_kg.vocabulary import PREFIXES, expand

XSD = PREFIXES["xsd"]
NASTY = ["", '"', '""', '"""', 'a"', '\\"', "\\", "\n", '\n"', '\n""', '\\\n\\"', "\r\n", "\t\b\f"]
NASTY += [
    "\x00",
    "\x7f",
    "\u2028",
    "\ufeff",
    "\u202e",
    "\U0001f600",
    "“江苏方案”",
    "a\\u0041",
    "@en",
]
NUMBERS = ["0", "-0", "+1", "007", "1.", ".5", "1.0", "1.10", "-0.0", "1e5", "true", "1", "INF"]

iris = st.builds(
    lambda space, local: NamedNode(space + local),
    st.sampled_from([*PREFIXES.values(), "http://a.example/"]),
    st.one_of(
        st.sampled_from(["a", "D1.67", "1", "a.", ".a", "-a", "a/b", "a%20b", "_", "é", "a~b", ""]),
        st.text("abAB019_-.", max_size=4),
    ),
)
texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"])))
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(["en", "zh"])),
    st.builds(
        lambda text, name: Literal(text, datatype=NamedNode(XSD + name)),
        st.one_of(st.sampled_from(NUMBERS), texts),
        st.sampled_from(["integer", "decimal", "boolean", "double", "date", "string"]),
    ),
)
triples = st.lists(st.builds(Triple, iris, iris, st.one_of(iris, literals)), max_size=12)


@given(triples)
def test_what_is_written_is_read_back_term_by_term(given_triples: list[Triple]) -> None:
    written = write_turtle(given_triples)
    assert set(read_turtle(written)) == set(given_triples)


@given(triples)
def test_formatting_twice_changes_nothing(given_triples: list[Triple]) -> None:
    once = write_turtle(given_triples)
    assert format_turtle(once) == once


@given(triples, st.randoms())
def test_the_order_of_the_triples_does_not_matter(given_triples: list[Triple], random) -> None:
    shuffled = random.sample(given_triples, len(given_triples))
    assert write_turtle(shuffled) == write_turtle(given_triples)


@st.composite
def trees(draw: st.DrawFn) -> list[Triple]:
    """Draw triples whose blank nodes form trees, some of them collections."""
    made: list[Triple] = []

    def node(depth: int):
        kind = draw(st.integers(0, 3 if depth else 1))
        if kind == 0:
            return draw(iris)
        if kind == 1:
            return draw(literals)
        fresh = BlankNode()
        if kind == 2:
            for _ in range(draw(st.integers(0, 3))):
                made.append(Triple(fresh, draw(iris), node(depth - 1)))
            return fresh
        first, rest, nil = (NamedNode(expand(n)) for n in ("rdf:first", "rdf:rest", "rdf:nil"))
        members = [node(depth - 1) for _ in range(draw(st.integers(1, 3)))]
        tail = nil
        for member in members:
            cell = BlankNode()
            made.extend([Triple(cell, first, member), Triple(cell, rest, tail)])
            tail = cell
        return tail

    for _ in range(draw(st.integers(1, 4))):
        made.append(Triple(draw(iris), draw(iris), node(3)))
    return made


@given(trees(), st.randoms())
def test_trees_of_blank_nodes_keep_their_shape_whatever_their_names(tree, random) -> None:
    written = write_turtle(tree)
    again = read_turtle(written)
    assert len(again) == len(set(tree))
    assert write_turtle(random.sample(again, len(again))) == written


def test_an_ontology_stands_in_the_order_a_reader_wants() -> None:
    text = """
PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
jsbio:x a jsbio:Park .
jsbio:year a owl:DatatypeProperty ; rdfs:range xsd:integer .
jsbio:place a owl:ObjectProperty , owl:FunctionalProperty .
jsbio:Park rdfs:subClassOf [ owl:someValuesFrom jsbio:City ; owl:onProperty jsbio:place ;
    a owl:Restriction ] , jsbio:Place ; rdfs:label "园区"@zh , "Park"@en ; a owl:Class ;
    owl:disjointUnionOf ( jsbio:A jsbio:B ) ; skos:definition "A park."@en .
jsbio:note a owl:AnnotationProperty .
<https://w3id.org/jsbio/ontology> a owl:Ontology .
"""
    assert (
        format_turtle(text)
        == """\
PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

<https://w3id.org/jsbio/ontology>
    a owl:Ontology ;
.

jsbio:note
    a owl:AnnotationProperty ;
.

jsbio:Park
    a owl:Class ;
    rdfs:label
        "Park"@en ,
        "园区"@zh ;
    skos:definition "A park."@en ;
    rdfs:subClassOf
        jsbio:Place ,
        [
            a owl:Restriction ;
            owl:onProperty jsbio:place ;
            owl:someValuesFrom jsbio:City ;
        ] ;
    owl:disjointUnionOf ( jsbio:A jsbio:B ) ;
.

jsbio:place
    a
        owl:FunctionalProperty ,
        owl:ObjectProperty ;
.

jsbio:year
    a owl:DatatypeProperty ;
    rdfs:range xsd:integer ;
.

jsbio:x
    a jsbio:Park ;
.
"""
    )


def test_the_leading_comment_stays_and_the_others_are_named() -> None:
    text = "# Title\n# Licence\n\n<http://a/#b> <http://a/c> '# no' . # lost\n"
    assert format_turtle(text).startswith("# Title\n# Licence\n\n<http://a/#b>\n")
    assert dropped_comments(text) == [4]


def test_adding_a_subclass_adds_lines_and_moves_none() -> None:
    before = "<http://a/C> <http://a/p> [ <http://a/q> 1 ] , 2 . <http://a/E> a <http://a/F> ."
    after = before + "<http://a/D> a <http://a/F> ."
    lines = format_turtle(after).splitlines()
    assert [line for line in format_turtle(before).splitlines() if line not in lines] == []


def test_changing_one_of_several_restrictions_changes_one_line() -> None:
    text = "<http://a/C> <http://a/p> [ <http://a/q> 1 ], [ <http://a/q> 3 ], [ <http://a/q> 5 ] ."
    before = format_turtle(text).splitlines()
    after = format_turtle(text.replace("3", "4")).splitlines()
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_a_fault_is_told_with_line_column_and_the_line() -> None:
    text = "PREFIX x: <http://x/>\nx:a x:b x:c .\nx:d x:e 'f\n' .\n"
    with pytest.raises(TurtleError) as caught:
        read_turtle(text, "data/parks.ttl")
    assert caught.value.where == "data/parks.ttl:3:11"
    assert "x:d x:e 'f" in str(caught.value)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    "text",
    [
        "<http://a/a> <http://a/p> _:x . <http://a/b> <http://a/p> _:x .",
        "_:x <http://a/p> _:y . _:y <http://a/p> _:x .",
        "_:x <http://a/p> _:x .",
    ],
)
def test_shared_and_cyclic_blank_nodes_are_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(TurtleError, match="Give it an IRI"):
        format_turtle(text, "data/parks.ttl")


def test_a_triple_inside_a_triple_is_refused() -> None:
    text = "<http://a/a> <http://a/p> <<( <http://a/s> <http://a/p> <http://a/o> )>> ."
    with pytest.raises(TurtleError, match="inside another triple"):
        format_turtle(text)
