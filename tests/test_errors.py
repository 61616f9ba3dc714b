"""Every error has the one shape on every route, in the language of the request."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from jsbio_kg import errors
from jsbio_kg.errors import JsbioError
from jsbio_kg.i18n import message
from jsbio_kg.service import Service
from jsbio_kg.store import Answer, Query
from jsbio_kg.web.app import create_app
from jsbio_kg.web.problems import problem_of

MEMBERS = {"type", "title", "status", "detail", "fix"}
EXTRA = {"parameter", "line", "column"}
WRONG = [
    ("GET", "/none", 404),
    ("GET", "/queries/none", 404),
    ("GET", "/queries/none.json", 404),
    ("GET", "/queries/parks.zip", 404),
    ("GET", "/queries/parks.json?x=1", 400),
    ("GET", "/queries/parks-in-city.json?city=x", 400),
    ("GET", "/queries/park-graph.csv", 406),
    ("GET", "/page/park/none", 404),
    ("GET", "/data/park/none", 404),
    ("GET", "/downloads/none", 404),
    ("GET", "/graph/none", 404),
    ("GET", "/graphs", 400),
    ("GET", "/void", 404),
    ("GET", "/static/none.css", 404),
    ("GET", "/sparql?query=SELECT", 400),
    ("GET", "/sparql?query=ASK{SERVICE<urn:x>{}}", 400),
    ("GET", "/sparql?x=1", 400),
    ("POST", "/sparql", 415),
    ("PUT", "/sparql", 405),
    ("POST", "/", 405),
    ("DELETE", "/queries/parks", 405),
    ("POST", "/queries/parks.json", 405),
    ("PATCH", "/graphs?default", 405),
    ("POST", "/openapi.json", 405),
    ("POST", "/healthz", 405),
    ("POST", "/downloads/dataset.nq", 405),
    ("PUT", "/data/park/biobay", 405),
    ("GET", "/sparql?query=ASK{}" + "x" * 70_000, 414),
]


def check_shape(body: bytes, status: int) -> dict[str, object]:
    """Check the members of a problem and return them."""
    problem: dict[str, object] = json.loads(body)
    assert set(problem) >= MEMBERS
    assert set(problem) <= MEMBERS | EXTRA
    assert problem["status"] == status
    for name in ("title", "detail", "fix"):
        assert problem[name], name
    assert str(problem["detail"]).rstrip().endswith((".", "。"))
    assert str(problem["type"]).startswith("https://")
    return problem


@pytest.mark.parametrize(("method", "path", "status"), WRONG)
def test_every_routes_error_has_the_one_shape(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Language"] == "en"
    check_shape(answer.data, status)


@pytest.mark.parametrize(("method", "path", "status"), WRONG)
def test_every_error_is_said_in_chinese_to_who_asks_for_it(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    headers = {"Accept-Language": "zh-CN, en;q=0.5"}
    answer = client.open(path, method=method, headers=headers)
    problem = check_shape(answer.data, status)
    assert answer.headers["Content-Language"] == "zh"
    for name in ("title", "detail", "fix"):
        assert re.search("[\u4e00-\u9fff]", str(problem[name])), problem[name]


def test_the_address_decides_the_language_before_the_header(client: FlaskClient) -> None:
    answer = client.get("/sparql?query=X&lang=en", headers={"Accept-Language": "zh"})
    assert answer.headers["Content-Language"] == "en"


@pytest.mark.parametrize("path", ["/none", "/queries/none", "/page/park/none", "/sparql?query=X"])
def test_a_browser_gets_the_same_words_as_a_page(client: FlaskClient, path: str) -> None:
    problem = client.get(path).json
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.mimetype == "text/html"
    assert answer.status_code == problem["status"]
    page = answer.text.replace("&#39;", "'").replace("&#34;", '"')
    assert problem["detail"] in page
    assert problem["fix"] in page


class Failing:
    """A store that fails in a way nobody foresaw."""

    def answer(self, query: Query) -> Answer:
        raise ZeroDivisionError("/secret/path and what is inside")

    def close(self) -> None:
        pass


@pytest.mark.parametrize("path", ["/sparql?query=ASK{}", "/queries/parks.json", "/data/park/x"])
def test_a_fault_of_ours_is_500_and_tells_nothing_of_its_inside(
    service: Service, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(Service(Failing(), service.site)).test_client()
    answer = client.get(path)
    check_shape(answer.data, 500)
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert "/secret/path" in caplog.text, "it is logged"


def all_classes(base: type[JsbioError]) -> list[type[JsbioError]]:
    return [base, *(each for child in base.__subclasses__() for each in all_classes(child))]


def test_every_error_of_a_caller_has_a_status_of_its_kind() -> None:
    for name in errors.__all__:
        kind = getattr(errors, name)
        problem = problem_of(kind(message("It is so."), "1:2", message("Change it.")), "en")
        if issubclass(kind, errors.LimitError) or kind is errors.Saturated:
            assert problem.status in (503, 504, 507), name
        elif issubclass(kind, errors.QueryError | errors.NotFound):
            assert 400 <= problem.status < 500, name
        else:
            assert problem.status >= 500, name


def test_saturation_says_when_to_come_again() -> None:
    problem = problem_of(errors.Saturated(message("Busy.")), "en")
    assert dict(problem.headers)["Retry-After"]


def test_no_answer_holds_a_path_or_a_version_of_the_host(client: FlaskClient) -> None:
    root = str(Path(__file__).parents[1])
    for method, path, _ in WRONG:
        answer = client.open(path, method=method)
        assert root not in answer.text
        assert "Python" not in answer.text + str(answer.headers)
        assert "Werkzeug" not in answer.text + str(answer.headers)
