"""Search: a box, a list, and why each thing is in it; the same as JSON, and as suggestions.

In: a service. Out: a blueprint with ``/search``, ``/search.json`` and ``/search/suggest``.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, render_template
from flask import Response as FlaskResponse

from ..errors import ParameterError
from ..i18n import LANGUAGES, Message, message
from ..search import Found, Hit, How
from ..service import Service
from ..vocabulary import shrink
from .bridge import accept, current_request, language, to_flask
from .exchange import Response, read_form
from .negotiation import choose_type

__all__ = ["make_blueprint"]

PAGE: Final = 20
MOST_SUGGESTED: Final = 20
_LARGEST_PAGE: Final = 1000

#: Kinds that are no class of the graph.
_KINDS: Final = {
    "class": message("Class"),
    "graph": message("Named graph"),
    "namedindividual": message("Individual"),
    "ontology": message("Ontology"),
    "property": message("Property"),
    "query": message("Saved query"),
    "thing": message("Thing"),
}
_ROLES: Final = {
    "label": message("name"),
    "alias": message("other name"),
    "identifier": message("identifier"),
    "address": message("address"),
    "description": message("description"),
}
_LANGUAGES: Final = {"en": message("in English"), "zh": message("in Chinese")}
_BY: Final = {
    How.SOUNDS_EXACT: message("by its sound"),
    How.SOUNDS: message("by its sound"),
    How.INITIALS: message("by its initials"),
}
_QUALIFIER: Final = re.compile(r"\s*[(（][^()（）]*[)）]\Z")


@dataclass(frozen=True)
class Wanted:
    """What a request asks for."""

    text: str
    kind: str
    page: int


@dataclass(frozen=True)
class Row:
    """A hit as a reader of one language sees it; empty texts are left out.

    :param pieces: the name, in pieces that are marked or not.
    :param matched: the text that matched, when it is not the name that is shown.
    """

    iri: str
    tongue: str
    pieces: Sequence[tuple[str, bool]]
    other: str
    kind: str
    about: str
    about_tongue: str
    role: Message | None
    spoken: Message | None
    by: Message | None
    matched: Sequence[tuple[str, bool]]
    matched_tongue: str


def make_blueprint(service: Service) -> Blueprint:
    """Return the search of one service."""
    blueprint = Blueprint("search", __name__)

    @blueprint.get("/search")
    def page() -> FlaskResponse | str:
        wanted = _read()
        if choose_type(accept(), ("text/html", "application/json")) == "application/json":
            return _json(service, wanted)
        found = service.search.find(wanted.text, wanted.kind, (wanted.page - 1) * PAGE, PAGE)
        kinds = [(each.kind, _kind(each.kind, each.labels), each.count) for each in found.facets]
        return render_template(
            "search.html",
            found=found,
            kinds=kinds,
            pages=-(-found.reachable // PAGE),
            rows=[_row(service, hit, language()) for hit in found.hits],
            search_words=wanted.text,
            wanted=wanted,
        )

    @blueprint.get("/search.json")
    def data() -> FlaskResponse:
        return _json(service, _read())

    @blueprint.get("/search/suggest")
    def suggest() -> FlaskResponse:
        wanted = _read()
        hits = service.search.suggest(wanted.text, wanted.kind)
        return _send([_hit(service, hit) for hit in hits])

    return blueprint


def _read() -> Wanted:
    """Read the fields of a request.

    :raises ParameterError: when one is there twice, not UTF-8, or no number.
    """
    raw = current_request().query.encode("latin-1", "replace")  # some clients send bare UTF-8
    fields = read_form(raw.decode("utf-8", "replace"), "query string")
    for name in ("q", "kind", "page"):
        if len(fields.get(name, ())) > 1:
            raise ParameterError(
                message("The parameter is there more than once."), name, message("Send it once.")
            )
    text, kind, page = (fields.get(name, [""])[0] for name in ("q", "kind", "page"))
    is_number = page.isascii() and page.isdigit() and 0 < int(page[:9]) <= _LARGEST_PAGE
    if page and not is_number:
        raise ParameterError(
            message("%(value)r is not the number of a page.", value=page[:50]),
            "page",
            message("Give a number from 1 on."),
        )
    return Wanted(text.strip(), kind[:100], int(page) if page else 1)


def _row(service: Service, hit: Hit, tongue: str) -> Row:
    name, spoken = _named(service, hit, tongue)
    match = hit.match.name
    is_shown = hit.match.role == "label" and match.text == name
    other = next(
        (hit.labels[each] for each in LANGUAGES if each != spoken and hit.labels[each]), ""
    )
    about, about_tongue = next(
        ((hit.abouts[each], each) for each in (tongue, *LANGUAGES) if hit.abouts[each]), ("", "")
    )
    is_about = hit.match.role == "description"
    return Row(
        iri=hit.iri,
        tongue=spoken,
        pieces=hit.pieces if is_shown else [(name, False)],
        other="" if other in (name, match.text) else other,
        kind=_kind(hit.kind, service.search.index.kinds[hit.kind]),
        about="" if is_about else about,
        about_tongue=about_tongue,
        role=None if is_shown else _ROLES[hit.match.role],
        spoken=_LANGUAGES.get(match.language),
        by=_BY.get(hit.match.how),
        matched=() if is_shown else hit.pieces,
        matched_tongue=match.language,
    )


def _named(service: Service, hit: Hit, tongue: str) -> tuple[str, str]:
    """Return what to call a thing, and in which language that is."""
    for each in (tongue, *LANGUAGES):
        if hit.labels[each]:
            return hit.labels[each], each
    if hit.kind == "passage":
        return message("Passage %(name)s").in_language(tongue) % {
            "name": hit.iri.rpartition("/")[2]
        }, tongue
    return shrink(hit.iri), ""


def _kind(kind: str, labels: Mapping[str, str], tongue: str = "") -> str:
    """Return the name of a kind, without the vocabulary that its class is from."""
    tongue = tongue or language()
    if kind in _KINDS:
        return _KINDS[kind].in_language(tongue)
    return _QUALIFIER.sub("", labels[tongue] or labels["en"]) or kind


# -- the same as data -----------------------------------------------------------------------------


def _json(service: Service, wanted: Wanted) -> FlaskResponse:
    found = service.search.find(wanted.text, wanted.kind, (wanted.page - 1) * PAGE, PAGE)
    return _send(
        {
            "query": found.text,
            "kind": wanted.kind or None,
            "page": wanted.page,
            "pages": -(-found.reachable // PAGE),
            "total": found.total,
            "isMore": found.is_more,
            "spellings": {word: list(others) for word, others in found.spellings.items()},
            "kinds": [_facet(found, place) for place in range(len(found.facets))],
            "results": [_hit(service, hit) for hit in found.hits],
        }
    )


def _facet(found: Found, place: int) -> dict[str, Any]:
    facet = found.facets[place]
    labels = {tongue: _kind(facet.kind, facet.labels, tongue) for tongue in LANGUAGES}
    return {"kind": facet.kind, "label": labels, "count": facet.count}


def _hit(service: Service, hit: Hit) -> dict[str, Any]:
    return {
        "iri": hit.iri,
        "name": shrink(hit.iri),
        "kind": hit.kind,
        "label": {tongue: _named(service, hit, tongue)[0] for tongue in LANGUAGES},
        "description": {tongue: text for tongue, text in hit.abouts.items() if text},
        "match": {
            "text": hit.match.name.text,
            "language": hit.match.name.language or None,
            "of": hit.match.role,
            "how": hit.match.how.name.lower().replace("_", "-"),
            "spans": [list(span) for span in hit.spans],
        },
    }


def _send(content: object) -> FlaskResponse:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    return to_flask(Response(200, body, (("Content-Type", "application/json"),)))
