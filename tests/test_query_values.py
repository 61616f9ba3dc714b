"""Values of a saved query: what becomes a term, what is refused, and no text leaves its place."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_files import GOOD, read, with_parameter

from jsbio_kg.errors import ParameterError
from jsbio_kg.queries import tokenize
from jsbio_kg.queries.terms import serialize_value


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("iri", "city:suzhou", "<https://w3id.org/jsbio/id/city/suzhou>"),
        ("iri", "https://w3id.org/jsbio/id/city/苏州", "<https://w3id.org/jsbio/id/city/苏州>"),
        ("iri", "<urn:x>", "<urn:x>"),
        ("string", 'a "b"\n\\', '"a \\"b\\"\\n\\\\"'),
        ("langstring", '"Suzhou"@en', '"Suzhou"@en'),
        ("langstring", "苏州@zh-Hans", '"苏州"@zh-hans'),
        ("langstring", "a@b@en", '"a@b"@en'),
        ("integer", "-007", "-7"),
        ("year", " 2030 ", "2030"),
        ("enum", "park:biobay", "<https://w3id.org/jsbio/id/park/biobay>"),
        ("enum", "MeSH", '"MeSH"'),
    ],
)
def test_a_value_becomes_a_term(kind: str, value: str, term: str) -> None:
    assert serialize_value(kind, value, "p", ("park:biobay", "MeSH")) == term  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("iri", "suzhou"),
        ("iri", "city:su zhou"),
        ("iri", "<urn:x> <urn:y>"),
        ("iri", "urn:x> } DROP ALL #"),
        ("iri", "city:a>b"),
        ("iri", ""),
        ("integer", "1.5"),
        ("integer", "٣"),
        ("integer", "1" * 30),
        ("year", "1899"),
        ("year", "2101"),
        ("langstring", "Suzhou"),
        ("langstring", '"x"@'),
        ("string", "a\0b"),
        ("string", "x" * 5000),
        ("enum", "GND"),
    ],
)
def test_a_value_of_another_type_is_refused_by_the_parameters_name(kind: str, value: str) -> None:
    with pytest.raises(ParameterError) as caught:
        serialize_value(kind, value, "city", ("MeSH",))  # type: ignore[arg-type]
    assert caught.value.where == "city"
    assert caught.value.fix is not None


def test_an_unknown_parameter_is_refused_by_name() -> None:
    with pytest.raises(ParameterError) as caught:
        read(GOOD).bind({"town": ["x"]})
    assert caught.value.where == "town"
    assert "city" in str(caught.value.fix)


def test_a_parameter_given_empty_is_refused_unless_it_is_optional() -> None:
    with pytest.raises(ParameterError):
        read(GOOD).bind({"city": [""]})
    optional = with_parameter("{type: year, label: Y, label_zh: 年, optional: true}", "2023")
    assert "VALUES ?p { UNDEF }" in optional.bind({"p": [""]})


def test_an_optional_parameter_may_be_committed_empty() -> None:
    query = with_parameter("{type: iri, label: Y, label_zh: 年, optional: true}", "UNDEF")
    assert query.parameters["p"].default == ()


def test_too_many_values_are_refused() -> None:
    with pytest.raises(ParameterError):
        read(GOOD).bind({"city": [f"urn:{n}" for n in range(101)]})


@given(st.text(max_size=60))
def test_no_text_leaves_its_string(text: str) -> None:
    query = with_parameter("{type: string, label: T, label_zh: 文}", '"x"')
    try:
        bound = query.bind({"p": [text]})
    except ParameterError:
        return
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(text)))
    assert len(list(store.query(bound))) == 1  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_no_text_leaves_its_iri(text: str) -> None:
    try:
        bound = read(GOOD).bind({"city": [text]})
    except ParameterError:
        return
    before, after = GOOD.split("city:suzhou", 1)
    assert bound.startswith(before) and bound.endswith(after)
    [iri] = [t for t in tokenize(bound[len(before) : len(bound) - len(after)])]
    assert iri.kind == "iri"
