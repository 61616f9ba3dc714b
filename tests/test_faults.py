"""A syntax error is told where it is: at the word at fault, not where the engine looked last."""

from pathlib import Path

import pytest

from jsbio_kg.errors import QuerySyntaxError
from jsbio_kg.i18n import Message
from jsbio_kg.queries import extent_of, load_queries, place_of, tokenize
from jsbio_kg.queries.syntax import check_syntax

QUERIES = load_queries(Path(__file__).parent.parent / "queries")
#: Queries with a mark before the word at fault, and behind it.
WRONG = [
    "SELECT * { ?s a ?o »FILTR« } LIMIT 3",
    "SELECT * { ?s a ?o } »LIMT« 3",
    "»SELCT« ?s { ?s ?p ?o }",
    "SELECT ?x WHERE »?s« ?p ?o",
    "SELECT ?s WHERE {\n  ?s ?p »}«",
    "SELECT ?s WHERE {\r\n  ?s ?p »}«\r\n",
    "SELECT * { ?s ?p ?o . FILTER(STRLEN(?s) > »)« } ORDER BY ?s",
    "SELECT (COUNT(*)»)« { ?s ?p ?o }",
    "SELECT ?s { ?s ?p ?o } ORDER »?s«",
    "SELECT (»foo«(?s) AS ?n) { ?s ?p ?o }",
    "SELECT ?s { ?s ?p ?o FILTER(REGEX(?s»)«) }",
    "SELECT ?s { ?s ?p ?o FILTER(STRLEN(?s»,« ?p)) }",
    "SELECT ?s { VALUES (?a ?b) { (1) »}« }",
    "SELECT ?s { _:a ?p ?o . { »_:a« ?q ?r } }",
    "SELECT ?s { ?s ?p »foo:bar« ; ?q ?r }",
    "# 位于\nSELECT ?名 { ?名 ?p ?o »]« }",
    'SELECT * { ?s ?p »"open }«\n}',
    "SELECT * { ?s ?p »'open }«",
    "SELECT * { ?s ?p »<http://example.org/a b>« }",
    "»SELECT« (?x AS ?x) { ?x ?y ?z }",
    "»SELECT« ?s (COUNT(*) AS ?n) { ?s ?p ?o }",
    "»INSERT« DATA { <a> <b> <c> }",
    "ASK { ?s ?p ?o } »}«",
    "ASK { ?s ?p ?o »..« }".replace("»..«", ". »,«"),
    "SELECT ?s { { SELECT ?s { ?s ?p »}« } }",
    "SELECT ?s { ?s ?p ?o } LIMIT »ten«",
    "SELECT ?s { ?s ?p ?o } GROUP BY »}«",
    "PREFIX jsbio <https://w3id.org/jsbio/ontology#> ASK {}".replace("jsbio ", "»jsbio« "),
    "DESCRIBE »WHERE« { ?s ?p ?o }",
]


def fault(text: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        check_syntax(text)
    return caught.value


def advice(text: str) -> str:
    fix = fault(text).fix
    assert isinstance(fix, Message)
    return fix.in_language("en")


@pytest.mark.parametrize("marked", WRONG)
def test_the_place_is_that_of_the_word_at_fault(marked: str) -> None:
    start, end = marked.index("»"), marked.index("«") - 1
    text = marked.replace("»", "").replace("«", "")
    line, column = place_of(text, start)
    assert fault(text).where == f"{line}:{column}"
    assert extent_of(text, line, column) == (start, end)


@pytest.mark.parametrize("name", QUERIES)
def test_a_sign_that_no_query_has_is_found_wherever_it_stands(name: str) -> None:
    text = QUERIES[name].text
    for token in list(tokenize(text))[1::11]:
        broken = f"{text[: token.start]}§ {text[token.start :]}"
        line, column = place_of(broken, token.start)
        assert fault(broken).where == f"{line}:{column}"


@pytest.mark.parametrize("text", ["", "SELECT", "DESCRIBE", "ASK { ?s ?p ?o", "ASK { ?s ?p ?o\n\n"])
def test_what_ends_too_early_is_told_at_its_end(text: str) -> None:
    line, column = place_of(text, len(text.rstrip()))
    assert fault(text).where == f"{line}:{column}"
    assert extent_of(text, line, column)[1] == len(text.rstrip())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASK {\n  ?s ?p ?o", "Close the { of line 1, column 5."),
        ("ASK {", "Close the { of line 1, column 5."),
        ("SELECT", "Complete the text: it ends too early."),
        ("ASK { ?s OPTINAL ?o } ", "Perhaps OPTIONAL is meant."),
        ('ASK { ?s ?p "a }', 'Close the text that begins here with ".'),
        ("SELECT ?s ?s { ?s ?p ?o }", "Name each variable of SELECT once."),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "Name the variables: * does not go with GROUP BY."),
        (
            "ASK { ?s jsbio:locatedIn ?o }",
            'Declare the prefix: "PREFIX jsbio: <https://w3id.org/jsbio/ontology#>".',
        ),
    ],
)
def test_the_advice_fits_the_fault(text: str, expected: str) -> None:
    assert advice(text) == expected


def test_a_query_that_is_whole_but_for_its_end_is_not_run() -> None:
    """To find the place, beginnings of the text are parsed; this one would take hours to run."""
    product = " ".join(f"VALUES ?v{n} {{ {'1 ' * 50} }}" for n in range(9))
    assert fault(f"ASK {{ {product} FILTER(false) }} LIMT 3").where


def test_a_very_long_text_is_told_where_the_engine_says() -> None:
    assert fault("ASK { " + "?s ?p ?o . " * 20_000 + "}}").where.startswith("1:")
