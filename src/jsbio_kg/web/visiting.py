"""Visiting what everybody visits, so that it is worked out before anybody waits for it.

In: a service. Out: nothing; whoever stands behind the service has seen every query that pages
without parameters, and saved queries as they stand, ask of it.
"""

import logging
from collections.abc import Iterator

from ..i18n import LANGUAGES
from ..service import Service
from .app import create_app

__all__ = ["visit"]

log = logging.getLogger(__name__)


def visit(service: Service) -> None:
    """Ask for every page without parameters, in every language, and every saved query."""
    client = create_app(service).test_client()
    for address in _addresses(service):
        is_page = "lang=" in address
        answer = client.get(address, headers={"Accept": "text/html" if is_page else "*/*"})
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
