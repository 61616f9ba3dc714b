"""Asking for SPARQL in tests: of a client in this process, and of a real server over HTTP."""

import json
import urllib.error
import urllib.request
from email.message import Message
from urllib.parse import urlencode

from flask.testing import FlaskClient

from jsbio_kg.vocabulary import BASE

SELECT = "SELECT ?park { ?park a <https://w3id.org/jsbio/ontology#Park> } ORDER BY ?park"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
FACTS, EVIDENCE = BASE + "graph/facts", BASE + "graph/facts-evidence"
#: The graphs of the W3C's cases of the protocol, by number.
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
SD = "http://www.w3.org/ns/sparql-service-description#"


def parks(response) -> list[str]:  # type: ignore[no-untyped-def]
    assert response.status_code == 200, response.text
    rows = json.loads(response.data)["results"]["bindings"]
    return [row["park"]["value"].rpartition("/")[2] for row in rows]


def get(client: FlaskClient, query: str, accept: str = "", **fields: str):  # type: ignore[no-untyped-def]
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql?" + urlencode({"query": query, **fields}), headers=headers)


class Answer:
    """What a server answered, whether well or not."""

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
