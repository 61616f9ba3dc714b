"""The service: saved queries by name, and answers that are kept."""

import time

import pytest

from jsbio_kg.errors import (
    NotFound,
    ParameterError,
)
from jsbio_kg.service import Service, is_volatile
from jsbio_kg.store import Query


def test_a_saved_query_is_answered_with_values(service: Service) -> None:
    query = service.query("parks-in-city")
    answer = service.answer_saved(query, {"city": ["city:nanjing"]})
    assert b"id/park/valley" in answer.body
    answer = service.answer_saved(query, {"city": ["city:nanjing"], "most": ["3"]})
    assert answer.rows == 0


def test_an_unknown_query_or_parameter_is_said(service: Service) -> None:
    with pytest.raises(NotFound):
        service.query("none")
    with pytest.raises(ParameterError):
        service.answer_saved(service.query("parks"), {"city": ["x"]})


def test_an_answer_is_kept_unless_it_changes_with_the_moment(service: Service) -> None:
    text = "SELECT ?s { ?s ?p ?o } LIMIT 2"
    assert service.answer(Query(text)) is service.answer(Query(text))
    volatile = "SELECT (RAND() AS ?x) {}"
    assert service.answer(Query(volatile)).body != service.answer(Query(volatile)).body
    hidden = "SELECT (RAND # (\n () AS ?x) {}"
    assert service.answer(Query(hidden)).body != service.answer(Query(hidden)).body


@pytest.mark.parametrize("piece", ["now#", "now ", "now\n#\n", "now\t\t\t\t", "\\u004eow#", "now("])
def test_no_text_takes_long_to_be_looked_at(piece: str) -> None:
    text = "ASK { FILTER(true) } #" + piece * (1_000_000 // len(piece))
    started = time.process_time()
    is_volatile(text)
    assert time.process_time() - started < 2


def test_warming_answers_every_saved_query(service: Service) -> None:
    assert service.warm() == 4
    hits = service.answers.hits
    service.answer(Query(service.query("parks").text))
    assert service.answers.hits == hits + 1
