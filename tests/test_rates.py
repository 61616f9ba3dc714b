"""How often one may ask, and who it is that asks."""

import ipaddress

import pytest

from jsbio_kg.service import Service
from jsbio_kg.web.app import create_app
from jsbio_kg.web.front import FrontSettings
from jsbio_kg.web.rates import Rates, client_of


def test_who_asks_too_often_is_told_when_to_come_again(service: Service) -> None:
    rates = Rates(requests=3, seconds=60, counts_loopback=True)
    client = create_app(service, settings=FrontSettings(rates=rates)).test_client()
    answers = [client.get(f"/sparql?query=ASK{{}}%23{n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[0].headers["RateLimit"] == '"default";r=2;t=60'
    assert answers[0].headers["RateLimit-Policy"] == '"default";q=3;w=60'
    assert int(answers[3].headers["Retry-After"]) in range(1, 61)
    assert answers[3].json["fix"]
    assert client.get("/sparql?query=ASK{}%230").status_code == 200, "what is kept is free"
    assert client.get("/healthz").status_code == 200


def test_a_machines_own_clients_are_not_counted_unless_told(service: Service) -> None:
    settings = FrontSettings(rates=Rates(requests=1))
    client = create_app(service, settings=settings).test_client()
    for number in range(4):
        assert client.get(f"/sparql?query=ASK{{}}%23{number}x").status_code == 200


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "2001:db8::5", "2001:db8::/64"),
        ("10.0.0.1", "garbage", ""),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_says_who_asks(remote: str, forwarded: str, client: str) -> None:
    environ = {"REMOTE_ADDR": remote}
    if forwarded:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    assert client_of(environ, (ipaddress.ip_network("10.0.0.0/8"),)) == client
