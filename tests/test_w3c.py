"""The W3C's own tests of SPARQL 1.0 and 1.1, asked of a real server over HTTP.

Each evaluation test names its graphs by the protocol, asks in JSON, XML and TSV, and compares what
comes with what the suite expects; syntax tests look whether the server finds fault with the text.
"""

import csv
import io
import json
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from serving import serving
from w3c import FORMATS, Case, Suites, find_archive
from w3c_rows import Row, are_same, plain, rows_of

ARCHIVE = find_archive()
pytestmark = pytest.mark.skipif(
    ARCHIVE is None, reason='the suites are not there; "make test" fetches them'
)
SUITES = Suites(ARCHIVE) if ARCHIVE else None
CASES = {case.name: case for case in SUITES.cases()} if SUITES else {}
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
RESULTS = {"srx": ox.QueryResultsFormat.XML, "srj": ox.QueryResultsFormat.JSON}
RESULTS["tsv"] = ox.QueryResultsFormat.TSV
_SAME = "numbers and dates of one value are one term for the engine"
_EARLY = "of SPARQL 1.0, which 1.1 has changed"
_BRACES = "{n,m} in paths did not make it into SPARQL 1.1"
_FUNCTION = "a function that nobody knows is refused with its name"
#: What the engine does otherwise, and why; where it comes to do as the suite says, this must go.
OTHERWISE = {
    **dict.fromkeys(
        (
            *("distinct/distinct-1", "distinct/distinct-9", "expr-builtin/dawg-str-1"),
            *("expr-builtin/dawg-str-2", "expr-builtin/sameTerm-eq"),
            *("expr-builtin/sameTerm-not-eq", "expr-builtin/sameTerm-simple"),
            *("expr-equals/eq-graph-1", "expr-equals/eq-graph-2", "open-world/date-3"),
            *("csv-tsv-res/tsv03",),
        ),
        _SAME,
    ),
    **dict.fromkeys(
        ("distinct/distinct-2", "reduced/reduced-1", "reduced/reduced-2"),
        ("a plain literal is an xsd:string since RDF 1.1"),
    ),
    **dict.fromkeys(
        ("functions/strlang03", "functions/strdt03"),
        ("a plain literal is an xsd:string since RDF 1.1"),
    ),
    **dict.fromkeys(("basic/term-6", "basic/term-7", "syntax-sparql1/syntax-lit-08"), _EARLY),
    "expr-builtin/dawg-datatype-2": _EARLY,
    "open-world/date-2": "dates compare as XML Schema 1.1 has them",
    "open-world/open-eq-01": "values of unknown types compare as terms",
    "aggregates/agg-empty-group": "a group of nothing is no group, as an erratum has it",
    "functions/strafter01": "replaced by strafter01a: no match is a plain empty text",
    "functions/strbefore01": "replaced by strbefore01a: no match is a plain empty text",
    "functions/bnode01": "BNODE of one text is one node in all rows for the engine",
    **{f"property-path/pp{n:02}": _BRACES for n in (4, 5, 13, 15, 20, 22, 24, 26, 27, 29)},
    **dict.fromkeys(
        (
            *("syntax-sparql1/syntax-order-05", "syntax-sparql1/syntax-order-06"),
            *("syntax-sparql1/syntax-expr-05", "syntax-query/test_4"),
            *(f"syntax-sparql2/syntax-function-0{n}" for n in (1, 2, 3, 4)),
        ),
        _FUNCTION,
    ),
    "syntax-query/test_52": "a colon is not escaped in a name",
    "syntax-sparql3/syn-bad-26": "the engine takes <?a&&?b> for a comparison",
}


def of_kind(*kinds: str) -> list[Any]:
    return [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=OTHERWISE[name]))
        if name in OTHERWISE
        else name
        for name, case in CASES.items()
        if case.kind in kinds
    ]


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of all data of the suites, every file as a graph of its own."""
    assert SUITES is not None
    path = tmp_path_factory.mktemp("w3c") / "data.nq"
    path.write_bytes(SUITES.quads(list(CASES.values())))
    with serving("--default-graph", "strict", str(path)) as (address, _):
        yield address + "/sparql"


def ask(endpoint: str, case: Case, accept: str) -> tuple[int, bytes]:
    assert SUITES is not None
    query = f"BASE <{case.query}>\n".encode() + SUITES.files[case.query]
    fields = [("default-graph-uri", iri) for iri in case.default]
    fields += [("named-graph-uri", iri) for iri in case.named]
    request = urllib.request.Request(
        f"{endpoint}?{urlencode(fields)}",
        data=query,
        headers={"Content-Type": "application/sparql-query", "Accept": accept},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def test_the_suites_are_whole() -> None:
    kinds = Counter(case.kind for case in CASES.values())
    assert kinds["QueryEvaluationTest"] > 350
    assert kinds["PositiveSyntaxTest"] + kinds["PositiveSyntaxTest11"] > 150
    assert kinds["NegativeSyntaxTest"] + kinds["NegativeSyntaxTest11"] > 60
    assert kinds["CSVResultFormatTest"] == 3


# -- evaluation ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", of_kind("QueryEvaluationTest"))
def test_a_query_answers_as_the_suite_says(endpoint: str, name: str) -> None:
    case = CASES[name]
    expected = read_expected(case)
    if "/service/" in case.query:
        status, body = ask(endpoint, case, "*/*")
        assert (status, json.loads(body)["type"][-13:]) == (400, "query-refused")
        return
    if isinstance(expected, ox.Dataset):
        status, body = ask(endpoint, case, "application/n-triples")
        assert status == 200, body
        assert canonical(ox.Dataset(ox.parse(body, ox.RdfFormat.N_TRIPLES))) == expected
        return
    for media_type, format in TABLES.items():
        status, body = ask(endpoint, case, media_type)
        assert status == 200, body
        if isinstance(expected, bool):
            assert read_boolean(body, media_type) == expected
        else:
            rows = rows_of(ox.parse_query_results(body, format))
            assert are_same(rows, expected), (media_type, body.decode(), expected)


@pytest.mark.parametrize("name", of_kind("CSVResultFormatTest"))
def test_rows_in_csv_are_those_of_the_suite(endpoint: str, name: str) -> None:
    assert SUITES is not None
    status, body = ask(endpoint, CASES[name], "text/csv")
    assert status == 200, body
    assert body.count(b"\n") == body.count(b"\r\n")
    found, wanted = (csv_rows(each) for each in (body, SUITES.files[CASES[name].result]))
    assert found == wanted


def csv_rows(body: bytes) -> Counter[tuple[tuple[str, str], ...]]:
    """Read CSV; columns in any order, numbers by value, blank nodes without their names."""

    def plain(cell: str) -> str:
        try:
            return str(Decimal(cell).normalize())
        except ArithmeticError:
            return "_:" if cell.startswith("_:") else cell

    reader = csv.DictReader(io.StringIO(body.decode(), newline=""))
    return Counter(tuple(sorted((k, plain(v)) for k, v in row.items())) for row in reader)


def read_boolean(body: bytes, media_type: str) -> bool:
    if media_type.endswith("values"):
        return {b"true": True, b"false": False}[body.strip()]
    parsed = ox.parse_query_results(body, TABLES[media_type])
    assert isinstance(parsed, ox.QueryBoolean)
    return bool(parsed)


def read_expected(case: Case) -> ox.Dataset | list[Row] | bool:
    assert SUITES is not None
    data, extension = SUITES.files[case.result], case.result.rpartition(".")[2]
    if extension in RESULTS:
        parsed = ox.parse_query_results(data, RESULTS[extension])
        return bool(parsed) if isinstance(parsed, ox.QueryBoolean) else rows_of(parsed)
    graph = ox.Dataset(ox.parse(data, FORMATS[extension], base_iri=case.result))
    if any(graph.quads_for_object(ox.NamedNode(RS + "ResultSet"))):
        return read_result_set(graph)
    return canonical(graph)


def read_result_set(graph: ox.Dataset) -> list[Row] | bool:
    """Read rows, or a truth, written as triples."""

    def values(node: ox.BlankNode | ox.NamedNode, name: str) -> list[object]:
        quads = graph.quads_for_subject(node)
        return [quad.object for quad in quads if quad.predicate == ox.NamedNode(RS + name)]

    [whole] = (q.subject for q in graph.quads_for_object(ox.NamedNode(RS + "ResultSet")))
    if truth := values(whole, "boolean"):
        return truth[0].value == "true"  # type: ignore[attr-defined]
    return [
        frozenset(
            (values(binding, "variable")[0].value, plain(values(binding, "value")[0]))  # type: ignore
            for binding in values(solution, "binding")  # type: ignore[arg-type]
        )
        for solution in values(whole, "solution")  # type: ignore[arg-type]
    ]


def canonical(graph: ox.Dataset) -> ox.Dataset:
    graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return graph


# -- syntax ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", of_kind("PositiveSyntaxTest", "PositiveSyntaxTest11"))
def test_no_fault_is_found_with_what_is_sparql(endpoint: str, name: str) -> None:
    status, body = ask(endpoint, CASES[name], "*/*")
    if status != 200:  # SERVICE and graphs that are not here are refused, and that is said
        assert b"SERVICE is not allowed" in body or b"There is no graph" in body, body.decode()


@pytest.mark.parametrize("name", of_kind("NegativeSyntaxTest", "NegativeSyntaxTest11"))
def test_what_is_not_sparql_is_refused_with_its_place(endpoint: str, name: str) -> None:
    status, body = ask(endpoint, CASES[name], "*/*")
    assert status == 400, body
    problem = json.loads(body)
    assert problem["type"].endswith(("query-syntax", "query-refused")), problem
    assert problem["line"] >= 1 and problem["column"] >= 1
