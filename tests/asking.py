"""Asking for SPARQL in tests: queries of the small release, and how they are sent."""

import json
from urllib.parse import urlencode

from flask.testing import FlaskClient

from jsbio_kg.vocabulary import BASE

SELECT = "SELECT ?park { ?park a <https://w3id.org/jsbio/ontology#Park> } ORDER BY ?park"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
FACTS, EVIDENCE = BASE + "graph/facts", BASE + "graph/facts-evidence"
SD = "http://www.w3.org/ns/sparql-service-description#"


def parks(response) -> list[str]:  # type: ignore[no-untyped-def]
    assert response.status_code == 200, response.text
    rows = json.loads(response.data)["results"]["bindings"]
    return [row["park"]["value"].rpartition("/")[2] for row in rows]


def get(client: FlaskClient, query: str, accept: str = "", **fields: str):  # type: ignore[no-untyped-def]
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql?" + urlencode({"query": query, **fields}), headers=headers)
