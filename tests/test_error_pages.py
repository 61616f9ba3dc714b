"""Errors are pages for people, wherever in the house they begin, in both languages."""

import pytest
from flask.testing import FlaskClient

from jsbio_kg.errors import Saturated
from jsbio_kg.i18n import message
from jsbio_kg.service import Service
from jsbio_kg.store import Answer, Query
from jsbio_kg.web.app import create_app
from jsbio_kg.web.front import FrontSettings
from jsbio_kg.web.rates import Rates

HTML = {"Accept": "text/html,*/*;q=0.8"}
WAIT = {"en": "Nothing is lost", "zh": "没有内容丢失"}


class FullStore:
    """A store whose workers are all busy."""

    def answer(self, query: Query) -> Answer:
        raise Saturated(message("Every worker is busy, and the queue is full."))

    def close(self) -> None:
        pass


def page(client: FlaskClient, path: str, status: int) -> str:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == status
    assert answer.mimetype == "text/html" and answer.headers["Cache-Control"] == "no-store"
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_busy_service_says_so_on_a_page(real_service: Service, language: str) -> None:
    client = create_app(Service(FullStore(), real_service.site)).test_client()
    text = page(client, f"/page/park/biobay?lang={language}", 503)
    assert WAIT[language] in text
    assert client.get("/page/park/biobay", headers=HTML).headers["Retry-After"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_too_many_requests_get_a_page(real_service: Service, language: str) -> None:
    rates = Rates(requests=1, seconds=3600, counts_loopback=True)
    client = create_app(real_service, settings=FrontSettings(rates=rates)).test_client()
    client.get("/robots.txt")
    assert WAIT[language] in page(client, f"/downloads/?lang={language}", 429)


def test_programs_get_the_same_as_problem_details(real_service: Service) -> None:
    client = create_app(Service(FullStore(), real_service.site)).test_client()
    answer = client.get("/data/park/biobay.ttl", headers={"Accept": "text/turtle"})
    assert answer.status_code == 503 and answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("language, title", [("en", "Not found"), ("zh", "未找到")])
def test_a_wrong_address_leads_on(site: FlaskClient, language: str, title: str) -> None:
    text = page(site, f"/nowhere?lang={language}", 404)
    assert f"<h1>{title}</h1>" in text and 'href="/?lang=' in text


def test_an_unknown_query_leads_on(site: FlaskClient) -> None:
    assert "/queries/" in page(site, "/queries/no-such-question", 404)


def test_a_wrong_parameter_is_named(site: FlaskClient) -> None:
    assert "<code>year</code>" in page(site, "/queries/park-ranks?year=soon", 400)
