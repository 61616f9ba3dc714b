"""Errors as pages: the words of the problem, and a way on.

In: a problem. Out: HTML: a mistyped address gets likely ones, a refused format the list of formats,
a refused query its own text back.
"""

import logging
from urllib.parse import parse_qs

from flask import render_template, request

from ..errors import JsbioError
from ..service import Names, Service
from ..service.naming import suggest
from ..store import DATASETS, EXTENSIONS, FORMATS, GRAPHS, Format
from .problems import Problem
from .urls import Urls

__all__ = ["draw_problem"]

log = logging.getLogger(__name__)


def draw_problem(service: Service, problem: Problem) -> str:
    """Return the page of a problem."""
    suggested: list[str] = []
    names = Names(base=service.site.base)
    if problem.status == 404:
        try:
            suggested, names = suggest(service, request.args.get("iri", "") or request.path)
        except JsbioError:
            log.warning("no suggestion for %s", request.path, exc_info=True)
    return render_template(
        "problem.html",
        problem=problem.members,
        suggested=suggested,
        names=names,
        formats=_formats(service),
        query=_query(),
    )


def _formats(service: Service) -> list[tuple[Format, str]]:
    """Return the formats there are of what was asked for, each with its address where it has one.

    Only a thing has data of its own at an address that names the format.
    """
    first, _, name = request.path.strip("/").partition("/")
    if first in ("id", "page", "data") and name:
        urls = Urls(service.site.base, prefix=request.script_root)
        stem, dot, extension = name.rpartition(".")
        iri = urls.iri(stem if dot and extension in EXTENSIONS else name)
        return [(each, urls.data(iri, each.extension)) for each in (*GRAPHS, *DATASETS)]
    return [(each, "") for each in FORMATS.values()]


def _query() -> str:
    """Return the query that the request sent, so that it is not lost."""
    if request.path not in ("/sparql", "/query"):
        return ""
    if request.method == "POST":
        form = parse_qs(request.get_data(as_text=True)[:100_000])
        return (form.get("query") or [""])[0]
    return request.args.get("query", "")
