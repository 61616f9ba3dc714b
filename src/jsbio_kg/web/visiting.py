"""Visiting what everybody visits, so that it is worked out before anybody waits for it.

In: a service. Out: nothing; whoever stands behind the service has seen every query that pages
without parameters, and saved queries as they stand, ask of it.
"""

import logging
from collections.abc import Iterator
from urllib.parse import urlencode

from flask import Flask

from ..i18n import LANGUAGES
from ..service import Service
from .app import create_app

__all__ = ["draw", "visit"]

log = logging.getLogger(__name__)


#: Things that so many triples lead to that counting them takes long.
_HUBS = """SELECT ?thing (COUNT(*) AS ?links) WHERE { ?s ?p ?thing FILTER(ISIRI(?thing)) }
GROUP BY ?thing HAVING (COUNT(*) > 1000) ORDER BY DESC(?links)"""
#: The pages that are drawn before the first visitor asks for one.
FIRST = ("/", "/ontology", "/queries/", "/sparql", "/downloads/", "/search", "/page/ontology/Park")


def draw(app: Flask) -> None:
    """Draw the pages that everybody begins with, so that templates and names are at hand."""
    for language in LANGUAGES:
        for path in FIRST:
            headers = {"Accept": "text/html"}
            with app.test_request_context(f"{path}?lang={language}", headers=headers):
                answer = app.full_dispatch_request()
            if answer.status_code >= 500:
                log.warning("%s: %d", path, answer.status_code)


def visit(service: Service) -> None:
    """Ask for what everybody asks for.

    That is every page without parameters, in every language, every saved query, every term of the
    vocabulary, and every thing that very much links to.
    """
    client = create_app(service).test_client()
    for address in _addresses(service):
        is_page = "/page" in address or "lang=" in address
        headers = {"Accept": "text/html" if is_page else "*/*"}
        answer = client.get(address, headers=headers, follow_redirects=True)
        if answer.status_code >= 400:
            log.warning("%s: %d", address, answer.status_code)


def _addresses(service: Service) -> Iterator[str]:
    names = sorted(service.site.queries)
    for language in LANGUAGES:
        for path in ("/", "/queries/", "/ontology", "/downloads/"):
            yield f"{path}?lang={language}"
        for name in names:
            yield f"/queries/{name}?lang={language}"
    for name in names:
        yield f"/queries/{name}"
    # What a page asks of the graph is the same in every language.
    hubs = (row["thing"].value for row in service.table(_HUBS).dicts())
    vocabulary = service.vocabulary
    for iri in dict.fromkeys((*vocabulary.terms, *vocabulary.used, *hubs)):
        yield f"/page?{urlencode({'iri': iri})}"
