"""Releases and what changed between them, as pages.

In: a service with its history. Out: a blueprint with ``/releases/`` and ``/changes/OLD/NEW``; what
lies below a version comes from :mod:`~jsbio_kg.web.editions`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response as Answer

from ..service import Comparison, Edition, History, Service
from .bridge import accept, language, to_flask
from .context import current_urls
from .exchange import Response
from .grid import page_number
from .negotiation import choose_type
from .shelf import human_size
from .urls import Urls

__all__ = ["make_blueprint"]

#: Things on one page of changes.
PAGE = 100
_JSON = "application/json"


@dataclass(frozen=True)
class Row:
    """One release in the list, with the one before it and what changed since."""

    edition: Edition
    before: Edition | None
    changes: Comparison | None


@dataclass(frozen=True)
class Change:
    """One thing that changed, for the template.

    :param sign: ``+`` added, ``-`` removed, ``~`` changed.
    """

    sign: str
    label: str
    iri: str
    href: str
    lines: tuple[tuple[str, Mapping[str, Any]], ...] = ()


def make_blueprint(service: Service) -> Blueprint:
    """Return the pages of a service's history; none when it has no history."""
    releases = Blueprint("releases", __name__)
    history = service.history
    if history is None:
        return releases

    @releases.get("/releases/")
    def listed() -> FlaskResponse | str:
        rows = [_row(history, edition) for edition in history.editions]
        wanted = request.args.get("format", "")
        kind = choose_type(accept(), ("text/html", _JSON))
        if wanted == "json" or (not wanted and kind == _JSON):
            body = json.dumps([_as_json(row) for row in rows], ensure_ascii=False, indent=2)
            return to_flask(Response(200, f"{body}\n".encode(), (("Content-Type", _JSON),)))
        return render_template("releases.html", rows=rows, current=history.current)

    @releases.get("/changes/")
    def chosen() -> Answer:
        urls = current_urls(service.site.base)
        old, new = request.args.get("from", ""), request.args.get("to", "")
        if not old or not new:
            return redirect(urls.to("/releases/"), 303)
        return redirect(_address(urls, history.find(old), history.find(new), history), 303)

    @releases.get("/changes/<old>/<new>")
    def changes(old: str, new: str) -> Answer | str:
        before, after = history.find(old), history.find(new)
        urls = current_urls(service.site.base)
        address = _address(urls, before, after, history)
        if urls.to(request.path) != address:
            return redirect(address, 308)
        return _draw(history, before, after, urls)

    return releases


def _row(history: History, edition: Edition) -> Row:
    before = history.before(edition)
    return Row(edition, before, history.known_changes(before, edition) if before else None)


def _address(urls: Urls, old: Edition, new: Edition, history: History) -> str:
    """Return the page of the changes, from the earlier release to the later."""
    if history.editions.index(old) < history.editions.index(new):
        old, new = new, old
    return urls.to(f"/changes/{old.name}/{new.name}")


def _draw(history: History, before: Edition, after: Edition, urls: Urls) -> str:
    comparison = history.changes(before, after)
    content = comparison.content
    things = list(_things(content, before, after, urls))
    pages = max(1, -(-len(things) // PAGE))
    page = min(page_number(request.args.get("page", "")), pages)
    counted = sum(content["counts"]["things"].values())
    return render_template(
        "changes.html",
        before=before,
        after=after,
        content=content,
        files=comparison.files,
        graphs=_graphs(content, before, after),
        things=things[(page - 1) * PAGE : page * PAGE],
        listed=len(things),
        counted=counted,
        page=page,
        pages=pages,
        size=human_size,
    )


def _things(
    content: Mapping[str, Any], before: Edition, after: Edition, urls: Urls
) -> list[Change]:
    held = content["things"]
    kinds = (("added", "+", after), ("removed", "-", before), ("changed", "~", after))
    found = []
    for kind, sign, edition in kinds:
        there = Urls(urls.base, urls.language, f"/releases/{edition.name}")
        for thing in held[kind]:
            lines = [("-", line) for line in thing.get("removed", ())]
            lines += [("+", line) for line in thing.get("added", ())]
            label = thing["label"][language()]
            href = there.page(thing["iri"])
            found.append(Change(sign, label, thing["iri"], href, tuple(lines)))
    return found


def _graphs(
    content: Mapping[str, Any], before: Edition, after: Edition
) -> list[tuple[str, int, int]]:
    """Return the graphs that changed, by title, with triples added and removed."""
    titles = {
        graph.iri: graph.title.get(language()) or graph.title.get("en") or graph.iri
        for edition in (before, after)
        for graph in edition.release.graphs
    }
    return [
        (titles.get(each["graph"], each["graph"]), each["added"], each["removed"])
        for each in content["graphs"]
    ]


def _as_json(row: Row) -> dict[str, Any]:
    manifest = row.edition.release.manifest
    return {
        "version": manifest.dataset_version,
        "released": row.edition.released,
        "isCurrent": row.edition.is_current,
        "triples": manifest.triples,
        "graphs": len(manifest.graphs),
        "ontology": manifest.ontology_version,
        "software": manifest.software_version,
        "address": f"/releases/{row.edition.name}/",
        "downloads": f"/releases/{row.edition.name}/downloads/",
        **(
            {"changes": f"/changes/{row.before.name}/{row.edition.name}.json"} if row.before else {}
        ),
    }
