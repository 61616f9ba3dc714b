"""``serve FILE... --default-graph strict``: data of one's own, as a suite of tests would bring it.

The cases of the protocol are those of the W3C's manifest for SPARQL 1.1 Protocol (queries) and its
successor for 1.2; the formats are compared byte by byte with what their standards write.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from serving import serving

from jsbio_kg.cli import main

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
DOCUMENT = "<http://xmlns.com/foaf/0.1/Document>"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
SD = "http://www.w3.org/ns/sparql-service-description#"
MANY = 700


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of a TriG file with the suite's graphs, a Turtle file, and very many graphs."""
    folder = tmp_path_factory.mktemp("own")
    trig = "".join(f"<{DATA.format(n)}> {{ <{DATA.format(n)}> a {DOCUMENT} }}\n" for n in (1, 2, 3))
    (folder / "named.trig").write_text(trig, "utf-8")
    (folder / "default.ttl").write_text('<a> <b> <c> , "é"@fr .\n', "utf-8")
    with serving(
        "--default-graph", "strict", str(folder / "named.trig"), str(folder / "default.ttl")
    ) as (
        address,
        _,
    ):
        yield address


class Answer:
    def __init__(self, status: int, headers: Message, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def kind(self) -> str:
        return self.headers.get_content_type()

    @property
    def truth(self) -> bool:
        assert self.status == 200, self.body
        return bool(json.loads(self.body)["boolean"])


def call(url: str, method: str = "GET", body: str | bytes | None = None, **headers: str) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=data, headers=named, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read())


def fields(*pairs: tuple[str, object]) -> str:
    return urlencode([(name, str(value)) for name, value in pairs])


def defaults(*numbers: int) -> list[tuple[str, str]]:
    return [("default-graph-uri", DATA.format(n)) for n in numbers]


def named(*numbers: int) -> list[tuple[str, str]]:
    return [("named-graph-uri", DATA.format(n)) for n in numbers]


BOTH = f"ASK {{ <{DATA.format(1)}> a ?type . <{DATA.format(2)}> a ?type . }}"
GRAPHS = (
    f"ASK {{ GRAPH ?g1 {{ <{DATA.format(1)}> a ?type }} "
    f"GRAPH ?g2 {{ <{DATA.format(2)}> a ?type }} }}"
)


# -- the W3C's cases -------------------------------------------------------------------------------


def test_query_post_form(address: str) -> None:
    body = urlencode({"query": "ASK {}"})
    url = f"{address}/sparql/?{fields(*defaults(0))}"
    assert call(url, "POST", body, Content_Type=FORM).truth


def test_query_dataset_default_graphs(address: str) -> None:
    assert call(f"{address}/sparql?{fields(('query', BOTH), *defaults(1, 2))}").truth
    url = f"{address}/sparql?{fields(*defaults(1, 2))}"
    assert call(url, "POST", BOTH, Content_Type=DIRECT).truth
    body = fields(("query", BOTH), *defaults(1, 2))
    assert call(f"{address}/sparql", "POST", body, Content_Type=FORM).truth
    assert not call(f"{address}/sparql?{fields(('query', BOTH), *defaults(1))}").truth


def test_query_dataset_named_graphs(address: str) -> None:
    assert call(f"{address}/sparql?{fields(('query', GRAPHS), *named(1, 2))}").truth
    url = f"{address}/sparql?{fields(*named(1, 2))}"
    assert call(url, "POST", GRAPHS, Content_Type=DIRECT).truth
    assert not call(f"{address}/sparql?{fields(('query', GRAPHS), *named(1))}").truth


def test_query_dataset_full(address: str) -> None:
    text = f"ASK {{ <{DATA.format(3)}> a ?type {GRAPHS[5:]}"
    url = f"{address}/sparql?{fields(*defaults(3), *named(1, 2))}"
    assert call(url, "POST", text, Content_Type=DIRECT).truth


def test_query_multiple_dataset(address: str) -> None:
    text = GRAPHS.replace("ASK", f"ASK FROM <{DATA.format(3)}>", 1)
    url = f"{address}/sparql?{fields(*named(1, 2))}"
    assert call(url, "POST", text, Content_Type=DIRECT).truth
    plain = f"ASK FROM <{DATA.format(3)}> {{ <{DATA.format(3)}> ?p ?o }}"
    assert call(f"{address}/sparql", "POST", plain, Content_Type=DIRECT).truth
    assert not call(url, "POST", plain, Content_Type=DIRECT).truth, "the request overrides FROM"


def test_query_get(address: str) -> None:
    assert call(f"{address}/sparql/?{fields(('query', 'ASK {}'), *defaults(0))}").truth


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("SELECT (1 AS ?value) {}", ("application/sparql-results+json",)),
        ("ASK {}", ("application/sparql-results+json",)),
        ("DESCRIBE <http://example.org/>", ("text/turtle",)),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", ("text/turtle",)),
    ],
)
def test_query_content_type(address: str, text: str, kinds: tuple[str, ...]) -> None:
    url = f"{address}/sparql?{fields(*defaults(0))}"
    answer = call(url, "POST", text, Content_Type=DIRECT)
    assert (answer.status, answer.kind) == (200, *kinds)


def test_query_with_version(address: str) -> None:
    assert call(f"{address}/sparql?{fields(('query', 'ASK {}'), ('version', '1.2'))}").truth
    kind = f"{DIRECT}; version=1.2"
    assert call(f"{address}/sparql", "POST", "ASK {}", Content_Type=kind).truth
    twice = fields(("query", "ASK {}"), ("version", "1.1"), ("version", "1.2"))
    assert call(f"{address}/sparql?{twice}").status == 400


@pytest.mark.parametrize(
    ("method", "search", "body", "kind", "status"),
    [
        ("PUT", "", "ASK {}", DIRECT, 405),  # bad_query_method
        ("GET", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, "", 400),
        ("POST", "", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        ("POST", "query=ASK%20%7B%7D", "query=ASK%20%7B%7D", FORM, 400),
        ("POST", "", "ASK {}", "text/plain", 415),  # bad_query_wrong_media_type
        ("POST", "", "query=ASK%20%7B%7D", "application/octet-stream", 415),
        ("POST", "", "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16", 415),
        ("POST", "", "ASK {}".encode("utf-16"), DIRECT, 400),  # bad_query_non_utf8
        ("GET", "query=ASK%20%7B", None, "", 400),  # bad_query_syntax
        ("GET", "update=CLEAR%20ALL", None, "", 400),  # bad_update_get
        ("POST", "", "update=CLEAR%20ALL", FORM, 400),
        ("POST", "", "CLEAR ALL", "application/sparql-update", 415),
        ("POST", "", "", FORM, 400),
        ("POST", "", "", DIRECT, 400),
        ("GET", "query=", None, "", 400),
    ],
)
def test_bad_requests(
    address: str, method: str, search: str, body: str | bytes | None, kind: str, status: int
) -> None:
    headers = {"Content_Type": kind} if kind else {}
    answer = call(f"{address}/sparql?{search}".rstrip("?"), method, body, **headers)
    assert answer.status == status, answer.body
    assert answer.kind == "application/problem+json"
    assert json.loads(answer.body)["fix"]


# -- graphs that are not here ----------------------------------------------------------------------


def test_a_graph_that_is_not_here_is_empty_and_named(address: str) -> None:
    text = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    pairs = [("query", text), ("default-graph-uri", "http://example.org/no%20ne")]
    pairs += [("named-graph-uri", "urn:none")]
    answer = call(f"{address}/sparql?{fields(*pairs)}")
    assert json.loads(answer.body)["results"]["bindings"] == []
    assert answer.headers["X-Graphs-Missing"] == "<http://example.org/no%20ne>, <urn:none>"
    here = call(f"{address}/sparql?{fields(('query', text), *defaults(1))}")
    assert "X-Graphs-Missing" not in here.headers


@pytest.mark.parametrize(
    "iri",
    [
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "http://127.0.0.1:1/",
        "http://localhost/x",
        "http://LOCALHOST.:80/x",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "https://a.localhost/",
        "relative",
        "",
        "http://a b/",
        "http://[broken",
    ],
)
def test_what_could_only_be_meant_to_be_fetched_is_refused(address: str, iri: str) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        answer = call(f"{address}/sparql?{fields(('query', 'ASK {}'), (name, iri))}")
        assert answer.status == 400, (name, answer.body)
        assert json.loads(answer.body)["fix"]


def test_from_of_what_is_not_here_is_refused(address: str) -> None:
    for clause in ("FROM <http://example.org/none>", "FROM NAMED <file:///etc/passwd>"):
        answer = call(f"{address}/sparql?{urlencode({'query': f'ASK {clause} {{}}'})}")
        assert answer.status == 400 and b"none is fetched" in answer.body


def test_from_that_the_request_overrides_may_name_anything_but_what_is_near(address: str) -> None:
    for clause, status in (
        ("FROM <http://example.org/none>", 200),
        ("PREFIX e: <http://example.org/> ASK FROM NAMED e:none", 200),
        ("FROM <file:///etc/passwd>", 400),
        ("FROM <http://127.0.0.1/>", 400),
        ("FROM", 400),
    ):
        text = f"{clause if 'ASK' in clause else 'ASK ' + clause} {{ ?s ?p ?o }}"
        answer = call(f"{address}/sparql?{fields(('query', text), *defaults(1))}")
        assert answer.status == status, (clause, answer.body)


# -- what is the same in files and queries ---------------------------------------------------------


def test_the_default_graph_is_what_stands_in_no_named_graph(address: str) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    answer = call(f"{address}/sparql?{urlencode({'query': text})}", Accept="text/csv")
    assert answer.body == b"n\r\n2\r\n"


def test_relative_iris_of_files_and_of_queries_are_the_same(address: str) -> None:
    assert call(f"{address}/sparql?{urlencode({'query': 'ASK { <a> <b> <c> }'})}").truth


def test_a_mark_at_the_beginning_is_no_part_of_a_query(address: str) -> None:
    text = "\ufeffASK { <a> <b> <c> }"
    assert call(f"{address}/sparql?{urlencode({'query': text})}").truth
    assert call(f"{address}/sparql", "POST", text, Content_Type=DIRECT).truth


def test_escapes_stand_anywhere(address: str) -> None:
    text = r"ASK { <\u0061> ?\u0070 ?o . ?s ?p ?\U0000006f }"
    assert call(f"{address}/sparql?{urlencode({'query': text})}").truth
    text = r"ASK { SERV\u0049CE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    answer = call(f"{address}/sparql?{urlencode({'query': text})}")
    assert answer.status == 400 and b"SERVICE is not allowed" in answer.body


def test_a_function_that_nobody_knows_is_named(address: str) -> None:
    text = "SELECT (<http://example.org/f>(1) AS ?x) {}"
    answer = call(f"{address}/sparql?{urlencode({'query': text})}")
    assert answer.status == 400 and b"<http://example.org/f>" in answer.body


# -- formats, byte by byte -------------------------------------------------------------------------

TERMS = (
    'SELECT ?a ?b { VALUES (?a ?b) { (<http://ex/?x=1&y=2> "plain") ("a\\"b\\nc,\\td" UNDEF) '
    '("<&>é😀"@en 1) (true "x"^^<http://ex/dt>) ("r"@ar--rtl <<( <urn:s> <urn:p> "o" )>>) '
    "(UNDEF UNDEF) } }"
)
WRITTEN = {
    "application/sparql-results+json": (
        '{"head":{"vars":["a","b"]},"results":{"bindings":['
        '{"a":{"type":"uri","value":"http://ex/?x=1&y=2"},"b":{"type":"literal","value":"plain"}},'
        '{"a":{"type":"literal","value":"a\\"b\\nc,\\td"}},'
        '{"a":{"type":"literal","value":"<&>é😀","xml:lang":"en"},'
        '"b":{"type":"literal","value":"1",'
        '"datatype":"http://www.w3.org/2001/XMLSchema#integer"}},'
        '{"a":{"type":"literal","value":"true",'
        '"datatype":"http://www.w3.org/2001/XMLSchema#boolean"},'
        '"b":{"type":"literal","value":"x","datatype":"http://ex/dt"}},'
        '{"a":{"type":"literal","value":"r","xml:lang":"ar","its:dir":"rtl"},'
        '"b":{"type":"triple","value":{"subject":{"type":"uri","value":"urn:s"},'
        '"predicate":{"type":"uri","value":"urn:p"},'
        '"object":{"type":"literal","value":"o"}}}},{}]}}'
    ),
    "text/csv": (
        'a,b\r\nhttp://ex/?x=1&y=2,plain\r\n"a""b\nc,\td",\r\n<&>é😀,1\r\ntrue,x\r\n'
        "r,urn:s urn:p o\r\n,\r\n"
    ),
    "text/tab-separated-values": (
        '?a\t?b\n<http://ex/?x=1&y=2>\t"plain"\n"a\\"b\\nc,\\td"\t\n"<&>é😀"@en\t1\n'
        'true\t"x"^^<http://ex/dt>\n"r"@ar--rtl\t<<( <urn:s> <urn:p> "o" )>>\n\t\n'
    ),
}


@pytest.mark.parametrize("media_type", WRITTEN)
def test_rows_are_written_as_their_format_has_them(address: str, media_type: str) -> None:
    answer = call(f"{address}/sparql?{urlencode({'query': TERMS})}", Accept=media_type)
    assert answer.body.decode() == WRITTEN[media_type]
    assert answer.kind == media_type


def test_every_format_says_the_same(address: str) -> None:
    url = f"{address}/sparql?{urlencode({'query': TERMS})}"
    kinds = {
        "application/sparql-results+json": ox.QueryResultsFormat.JSON,
        "application/sparql-results+xml": ox.QueryResultsFormat.XML,
        "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    }
    found = []
    for media_type, format in kinds.items():
        parsed = ox.parse_query_results(call(url, Accept=media_type).body, format)
        assert isinstance(parsed, ox.QuerySolutions)
        found.append([(row["a"], row["b"]) for row in parsed])
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("text", "accept"),
    [
        ('SELECT ("\\u0007" AS ?x) {}', "application/sparql-results+xml"),
        ('CONSTRUCT { <urn:s> <urn:p> "\\u0001" } WHERE {}', "application/rdf+xml"),
        ("CONSTRUCT { <urn:s> <http://ex/1> 1 } WHERE {}", "application/rdf+xml"),
        ("CONSTRUCT { <urn:s> <urn:p> <<( <urn:a> <urn:b> 1 )>> } {}", "application/ld+json"),
    ],
)
def test_what_a_format_cannot_say_is_406(address: str, text: str, accept: str) -> None:
    answer = call(f"{address}/sparql?{urlencode({'query': text})}", Accept=accept)
    assert answer.status == 406, answer.body
    assert accept in json.loads(answer.body)["detail"]


# -- graph store and service description -----------------------------------------------------------


def test_graphs_are_read_by_the_graph_store_protocol(address: str) -> None:
    url = f"{address}/graphs?graph={quote(DATA.format(1), safe='')}"
    answer = call(url, Accept="application/n-triples")
    assert answer.body.decode().count("\n") == 1
    assert call(url, "HEAD", Accept="application/n-triples").headers["Content-Length"] == str(
        len(answer.body)
    )
    assert call(f"{address}/graphs?default", Accept="application/n-triples").body.count(b"\n") == 2
    assert call(f"{address}/graphs?graph=urn:none").status == 404
    assert call(f"{address}/graphs?graph=urn:none", "HEAD").status == 404
    assert call(f"{address}/graphs?graph=relative").status == 400
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        answer = call(url, method, "<a> <b> <c> .", Content_Type="text/turtle")
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("", ox.RdfFormat.TURTLE),
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_the_service_describes_itself_as_the_standard_has_it(
    address: str, accept: str, format: ox.RdfFormat
) -> None:
    headers = {"Accept": accept} if accept else {}
    answer = call(f"{address}/sparql", **headers)
    store = ox.Store()
    store.load(answer.body, format)

    def objects(name: str) -> set[str]:
        quads = store.quads_for_pattern(None, ox.NamedNode(SD + name), None)
        return {quad.object.value for quad in quads if not isinstance(quad.object, ox.Triple)}

    assert objects("endpoint") == {f"{address}/sparql"}
    assert SD + "SPARQL11Query" in objects("supportedLanguage")
    assert {"http://www.w3.org/ns/formats/SPARQL_Results_CSV"} <= objects("resultFormat")
    assert objects("name") == {DATA.format(n) for n in (1, 2, 3)}
    assert SD + "UnionDefaultGraph" not in objects("feature")
    assert len(objects("defaultDataset")) == len(objects("defaultGraph")) == 1


def test_graphs_whose_iris_end_alike_are_described_apart(tmp_path: Path) -> None:
    names = {"http://example.org/a/g", "http://example.org/b/g", "urn:g", "http://example.org/g#1"}
    path = tmp_path / "alike.nq"
    path.write_text("".join(f"<urn:s> <urn:p> <urn:o> <{name}> .\n" for name in names), "utf-8")
    with serving("--default-graph", "strict", str(path)) as (address, _):
        store = ox.Store()
        answer = call(f"{address}/sparql", Accept="application/n-triples")
        store.load(answer.body, ox.RdfFormat.N_TRIPLES)
    named = list(store.quads_for_pattern(None, ox.NamedNode(SD + "name"), None))
    assert {quad.object.value for quad in named} == names
    assert len({quad.subject for quad in named}) == len(names)


def test_graphs_may_have_long_iris(tmp_path: Path) -> None:
    path, name = tmp_path / "long.nq", "http://example.org/" + "g" * 2000
    lines = (f'<urn:s> <urn:p> "{n}" <{name}{n}> .\n' for n in range(400))
    path.write_text("".join(lines), "utf-8")
    with serving("--default-graph", "strict", str(path)) as (address, _):
        answer = call(f"{address}/graphs?graph={name}399", Accept="application/n-triples")
        assert answer.body == b'<urn:s> <urn:p> "399" .\n'


@pytest.mark.parametrize(
    "option", [("--timeout", "0"), ("--memory", "0"), ("--rate", "-1"), ("--port", "70000")]
)
def test_a_limit_that_is_none_is_refused(option: tuple[str, str]) -> None:
    result = CliRunner().invoke(main, ["serve", *option])
    assert result.exit_code == 2 and f"Invalid value for '{option[0]}'" in result.output


def test_of_very_many_graphs_every_one_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("many") / "many.nq"
    lines = (f'<urn:s> <urn:p> "{n}" <urn:g:{n}> .\n' for n in range(MANY))
    path.write_text("".join(lines), "utf-8")
    with serving("--default-graph", "union", str(path)) as (address, _):
        for number in (0, MANY // 2, MANY - 1):
            answer = call(f"{address}/graphs?graph=urn:g:{number}", Accept="application/n-triples")
            assert answer.body == f'<urn:s> <urn:p> "{number}" .\n'.encode()
        assert call(f"{address}/graphs?graph=urn:g:{MANY}").status == 404
        assert (
            f"{SD}UnionDefaultGraph>".encode()
            in call(f"{address}/sparql", Accept="application/n-triples").body
        )
