"""What an answer is said to rest on, beside the facts that were worked out for it by hand."""

import csv
import re
from pathlib import Path

import pytest

from jsbio_kg.queries import tokenize
from jsbio_kg.service import Service
from jsbio_kg.service.basis import read_basis, with_all_variables

EXPECTED = Path(__file__).parent / "expected"
#: Where a chain of properties, a DESCRIBE or a judgement on a judgement stands between.
INCOMPLETE = {
    "about-sector",
    "describe-thing",
    "judgements-on-fact",
    "plan-sectors",
    "plan-within-strength",
    "unnamed-groups",
}


def worked_out(name: str) -> set[str]:
    """Return the fact numbers of the answer to the example, as written beside it by hand."""
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    example = [r for r in rows if not any(v for k, v in r.items() if k.startswith("$"))]
    return {number for row in example for number in re.findall(r"D\d\.\d+", row["facts"])}


def told(service: Service, name: str) -> set[str]:
    return {each.number for each in read_basis(service, service.site.queries[name].text).passages}


@pytest.mark.parametrize("name", sorted(path.stem for path in EXPECTED.glob("*.csv")))
def test_an_answer_rests_on_the_facts_that_were_worked_out(
    real_service: Service, name: str
) -> None:
    missing = worked_out(name) - told(real_service, name)
    assert not missing or name in INCOMPLETE


def test_little_is_told_that_was_not_worked_out(real_service: Service) -> None:
    names = [path.stem for path in EXPECTED.glob("*.csv")]
    answers = {name: told(real_service, name) for name in names}
    more = sum(len(answers[name] - worked_out(name)) for name in names)
    assert more < sum(map(len, answers.values())) / 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?s { ?s ?p ?o }", "SELECT * WHERE { ?s ?p ?o } LIMIT 1000"),
        ("ASK WHERE { ?s ?p ?o }", "SELECT * WHERE { ?s ?p ?o } LIMIT 1000"),
        (
            "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING(?n > 1) ORDER BY ?n",
            "SELECT * WHERE { ?s ?p ?o } LIMIT 1000",
        ),
        (
            "CONSTRUCT { ?s ?p ?o } FROM <urn:g> WHERE { ?s ?p ?o { ?o ?q ?r } } LIMIT 3",
            "SELECT * FROM <urn:g> WHERE { ?s ?p ?o { ?o ?q ?r } } LIMIT 1000",
        ),
        (
            "PREFIX a: <urn:a> SELECT ?s { ?s ?p ?o } ORDER BY ?s VALUES ?s { a:b }",
            "PREFIX a: <urn:a> SELECT * WHERE { ?s ?p ?o } LIMIT 1000 VALUES ?s { a:b }",
        ),
        (
            "SELECT ?s { { SELECT DISTINCT ?s WHERE { ?s ?p ?o } } ?s ?q ?r }",
            "SELECT * WHERE { { SELECT * WHERE { ?s ?p ?o } } ?s ?q ?r } LIMIT 1000",
        ),
        (
            "SELECT ?s { { SELECT (MAX(?o) AS ?m) { ?s ?p ?o } } ?s ?q ?m }",
            "SELECT * WHERE { { SELECT (MAX(?o) AS ?m) { ?s ?p ?o } } ?s ?q ?m } LIMIT 1000",
        ),
    ],
)
def test_a_query_is_asked_again_for_all_its_variables(text: str, expected: str) -> None:
    found = with_all_variables(text, list(tokenize(text)))
    assert " ".join(found.split()) == expected
