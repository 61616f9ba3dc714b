"""Saved queries: what a file must be, and how it is bound."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_files import GOOD, read

from jsbio_kg.errors import SourceError
from jsbio_kg.queries import load_queries, load_query, read_query, tokenize


def test_a_file_is_read_into_a_question_in_two_languages() -> None:
    query = read(GOOD)
    assert query.summary == {"en": "Parks of a city", "zh": "某市的园区"}
    assert (query.kind, query.variables, query.group) == ("SELECT", ("park", "label"), "parks")
    assert query.iri == "https://w3id.org/jsbio/queries/parks"
    assert query.parameters["city"].default == ("city:suzhou",)


def test_a_query_runs_as_it_is_committed() -> None:
    assert read(GOOD).bind({}) == GOOD


def test_a_value_takes_the_place_of_the_committed_one_and_of_nothing_else() -> None:
    bound = read(GOOD).bind({"city": ["city:wuxi"]})
    wuxi = "<https://w3id.org/jsbio/id/city/wuxi>"
    assert bound == GOOD.replace("{ city:suzhou }", f"{{ {wuxi} }}", 1)


def test_several_values_stand_side_by_side_once_each() -> None:
    bound = read(GOOD).bind({"city": ["urn:a", "<urn:b>", "urn:a"]})
    assert "VALUES ?city { <urn:a> <urn:b> }" in bound


@pytest.mark.parametrize(
    ("limit", "offset", "clause"),
    [
        (5, 0, "LIMIT 5"),
        (5, 7, "LIMIT 5\nOFFSET 7"),
        (50, 18, "LIMIT 2\nOFFSET 18"),
        (None, 30, "LIMIT 0\nOFFSET 30"),
    ],
)
def test_a_page_stays_inside_the_querys_own_limit(
    limit: int | None, offset: int, clause: str
) -> None:
    bound = read(GOOD).bind({}, limit, offset)
    assert bound.rstrip().endswith(f"ORDER BY ?park \n{clause}")
    ox.Store().query(bound)


def test_a_page_of_a_query_without_limit_keeps_its_order() -> None:
    text = GOOD.replace(" LIMIT 20", "").rstrip() + " # the end"
    bound = read(text).bind({}, 3, 4)
    assert "ORDER BY ?park\nLIMIT 3\nOFFSET 4 # the end" in bound


def test_an_own_offset_is_added_to() -> None:
    bound = read(GOOD.replace("LIMIT 20", "OFFSET 2 LIMIT 20")).bind({}, 5, 10)
    assert "OFFSET 12" in bound and "LIMIT 5" in bound and "OFFSET 2 " not in bound


# -- what is refused, each with its place ----------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("#+ tags: [parks]", "#+ tags: [parks]\n#+ method: GET", 6, "'method'"),
        ("#+ summary: Parks of a city\n", "", 1, "'summary'"),
        ("#+ summary_zh: 某市的园区\n", "", 1, "'summary_zh'"),
        ("#+ description: One row a park.\n", "", 1, "'description'"),
        ("#+ description_zh: 每个园区一行。\n", "", 1, "'description_zh'"),
        ("#+ tags: [parks]\n", "", 1, "'tags'"),
        ("[parks]", "parks", 5, "list of words"),
        ("summary: Parks of", "summary: Parks: of", 1, "not YAML"),
        ("#+ tags: [parks]", "#+ tags: [parks]\n#+ tags: [x]", 6, "twice"),
        ("type: iri", "type: uri", 7, "'uri'"),
        ("label_zh: 城市, ", "", 7, "'label_zh'"),
        ("VALUES ?city { city:suzhou }", "", 7, "declared and not used"),
        ("#+   city:", "#+   town:", 11, "?city is not declared"),
        ("ORDER BY ?park LIMIT 20", "", 13, "no order"),
        ("?park ?label WHERE", "* WHERE", 10, "not named"),
        ("?park jsbio", "SERVICE <urn:x> {} ?park jsbio", 12, "SERVICE"),
        ("jsbio: <https://w3id.org/jsbio/ontology#>", "jsbio: <urn:x>", 9, "another IRI"),
        ("PREFIX city:", "PREFIX town: <urn:x> PREFIX city:", 8, "not one of the project"),
        ("?label .", "?label . FILTER NOT EXISTS { ?park a ?x . ?x a ?y }", 12, "MINUS"),
        ("?label .", "?label . FILTER NOT EXISTS { ?park a ?x ; <urn:b> ?y }", 12, "MINUS"),
        ("?label .", "?label . FILTER(NOT EXISTS { ?park a ?x { ?x a ?y } })", 12, "MINUS"),
        ("VALUES ?city { city:suzhou }", "VALUES ?city { UNDEF }", 7, "no value"),
        ("VALUES ?city { city:suzhou }", 'VALUES ?city { "x" }', 7, "not an IRI"),
        ("?label .", "?label . VALUES ?city { city:suzhou }", 12, "exactly one"),
        ("LIMIT 20", "LIMIT 20 VALUES ?x { 1 }", 14, "not declared"),
        ("WHERE {", "WHERE (", 10, "not SPARQL"),
        (
            "#+ params:",
            "#+ columns:\n#+   parc: {label: P, label_zh: 园}\n#+ params:",
            7,
            "no column 'parc'",
        ),
        (
            "#+ params:",
            "#+ figure: {kind: pie, label: park}\n#+ params:",
            6,
            "kind of figure",
        ),
        (
            "#+ params:",
            "#+ figure: {kind: bars, value: rank}\n#+ params:",
            6,
            "no column 'rank'",
        ),
    ],
)
def test_a_broken_rule_is_refused_where_it_is_broken(
    old: str, new: str, line: int, says: str
) -> None:
    assert old in GOOD
    with pytest.raises(SourceError) as caught:
        read(GOOD.replace(old, new, 1))
    assert says in str(caught.value)
    assert caught.value.where.split(":")[:2] == ["queries/parks.rq", str(line)], caught.value
    assert caught.value.fix is not None


def test_a_name_that_makes_no_iri_is_refused() -> None:
    with pytest.raises(SourceError):
        read_query("Parks of", GOOD, "queries/Parks of.rq")


def test_a_file_without_header_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        read("ASK {}")
    assert "no header" in str(caught.value)


def test_a_single_pattern_in_not_exists_is_fine() -> None:
    read(GOOD.replace("?label .", "?label . FILTER NOT EXISTS { ?park a ?x FILTER(?x > 1) }"))


def test_one_row_needs_no_order() -> None:
    aggregate = "SELECT (COUNT(*) AS ?label) (MAX(?label) AS ?park) WHERE"
    text = GOOD.replace("SELECT ?park ?label WHERE", aggregate)
    read(text.replace("ORDER BY ?park LIMIT 20", ""))
    with pytest.raises(SourceError):
        read(text.replace("ORDER BY ?park LIMIT 20", "GROUP BY ?city"))


def test_fixed_values_are_written_with_brackets() -> None:
    read(GOOD.replace("?label .", "?label . VALUES (?label) { ('a') }"))


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        load_query(tmp_path / "none.rq")
    assert "No such file" in str(caught.value)


def test_a_file_that_is_not_utf8_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_bytes(b"#+ summary: \xff")
    with pytest.raises(SourceError) as caught:
        load_query(tmp_path / "a.rq")
    assert "UTF-8" in str(caught.value)


def test_a_picker_names_a_query_that_exists(tmp_path: Path) -> None:
    text = GOOD.replace('class: "jsbio:City"', "query: cities")
    (tmp_path / "parks.rq").write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        load_queries(tmp_path)
    assert "'cities'" in str(caught.value)


def test_every_query_of_the_project_loads(root: Path) -> None:
    assert len(load_queries(root / "queries")) >= 40


@given(st.text(max_size=200))
def test_tokens_cover_every_text(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert token.start >= end
        end = token.end
    assert end <= len(text)


def test_a_query_moves_with_the_things_it_names() -> None:
    base = "https://example.org/kg/"
    text = (
        "#+ summary: Where is it?\n#+ summary_zh: 在哪里？\n"
        "#+ description: Where a park lies.\n#+ description_zh: 园区所在。\n"
        "#+ tags: [places]\n#+ params:\n"
        "#+   park: {type: iri, label: Park, label_zh: 园区}\n"
        "PREFIX jsbio: <https://w3id.org/jsbio/ontology#>\n"
        f"PREFIX park: <{base}id/park/>\n"
        "SELECT ?city WHERE { VALUES ?park { park:biobay } ?park jsbio:locatedIn ?city }\n"
        "ORDER BY ?city\n"
    )
    query = read_query("where", text, "where.rq", base)
    assert query.iri == f"{base}queries/where"
    bound = query.bind({"park": ["park:china-medical-city"]})
    assert f"<{base}id/park/china-medical-city>" in bound
