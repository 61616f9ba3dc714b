"""The page of a thing: every IRI of the graph has one.

In: a service. Out: a blueprint with ``/page/...`` for our own things and ``/page?iri=`` for others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from flask import Response as Page
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from ..i18n import Message, message
from ..service import Service, Thing, read_thing
from ..service.grounds import Ground
from ..service.links import Links
from ..service.names import Named
from ..service.thing import Value
from ..vocabulary import PREFIXES, shrink
from .bridge import language
from .context import Options, current_urls
from .figures import (
    Map,
    Mark,
    Neighbour,
    Neighbourhood,
    draw_map,
    draw_neighbourhood,
)
from .grid import page_number
from .jsonld import describe_thing
from .urls import Urls, link_header

__all__ = ["make_blueprint", "public_address"]

#: How many neighbours the figure shows on each side.
NEIGHBOURS = 8
_TYPE = PREFIXES["rdf"] + "type"
#: What is no neighbour: kinds, and where the evidence stands.
_NO_NEIGHBOURS = (_TYPE, PREFIXES["jsbio"] + "statedIn", PREFIXES["dcterms"] + "source")
_ASSERTED = {
    "ReferenceGraph": message("reference"),
    "MappingGraph": message("mapping"),
    "EditorialGraph": message("editors"),
    "InferredGraph": message("inferred"),
}
_IMPLIED = message("Inferred links, which follow from others")
_OWN_POINT = message("The mark is the place's own point.")
_CITY_POINT = message("The mark is the seat of the place it is in.")


@dataclass(frozen=True)
class View:
    """What the template shows that takes thinking."""

    thing: Thing
    title: Named
    other: str
    description: Named | None
    citation: str
    canonical: str
    report: str
    report_about: str
    json_ld: Markup
    is_filtered: bool
    map_caption: str
    anchors: Mapping[str, str]

    @property
    def inferred_count(self) -> int:
        """Return how many values only follow from others."""
        return sum(len(fact.values) for fact in self.thing.inferred)

    @property
    def links(self) -> list[tuple[str, list[Links]]]:
        """Return the links that somebody states, then under a heading those that only follow."""
        stated = [each for each in self.thing.links if self.is_filtered or not each.is_inferred]
        implied = [each for each in self.thing.links if each not in stated]
        return [("", stated), (_IMPLIED.in_language(language()), implied)]

    @property
    def places(self) -> list[list[Ground]]:
        """Return the grounds, those of one sentence together."""
        sentences = groupby(
            self.thing.grounds,
            key=lambda ground: (
                (ground.passage.document, ground.passage.start, ground.passage.end)
                if ground.passage
                else ground.number
            ),
        )
        return [list(grounds) for _, grounds in sentences]

    def report_of(self, value: Value) -> str:
        """Return where to report a fact: it is known by its evidence record, where it has one."""
        return _fill(self.report_about, value.record) if value.record else self.report

    def asserted(self, value: Value) -> str:
        """Return who says so: a document by its number, a kind of graph, or nothing to say."""
        said = []
        for graph in value.graphs:
            role = self.thing.roles.get(graph, "")
            if role == "FactGraph":
                passages = (self.thing.grounds[number - 1].passage for number in value.grounds)
                said += [each.number.partition(".")[0] for each in passages if each]
            elif role in _ASSERTED:
                said.append(_ASSERTED[role].in_language(language()))
        return ", ".join(dict.fromkeys(said))


def make_blueprint(service: Service, options: Options) -> Blueprint:
    """Return the pages of things."""
    things = Blueprint("things", __name__)
    base = service.site.base

    @things.get("/page/<path:name>")
    def page(name: str) -> Page:
        return _draw(service, options, current_urls(base).iri(name))

    @things.get("/page")
    def other_page() -> Answer:
        iri = request.args.get("iri", "")
        urls = current_urls(base)
        if urls.name(iri):
            return redirect(urls.page(iri), 308)
        return _draw(service, options, iri)

    return things


def public_address(options: Options) -> str:
    """Return where the site is reached, with the final slash."""
    return options.public.rstrip("/") + "/" if options.public else request.host_url


def _draw(service: Service, options: Options, iri: str) -> Page:
    by = request.args.get("by", "")
    thing = read_thing(service, iri, by, page_number(request.args.get("page", "")))
    urls = current_urls(service.site.base)
    view = _make_view(service, options, thing, urls, bool(by))
    body = render_template(
        "thing.html",
        thing=thing,
        names=thing.names,
        view=view,
        near=None if by else _draw_near(thing, urls),
        map=_draw_map(thing, urls),
    )
    plain = Urls(urls.base, prefix=urls.prefix)
    return Page(body, headers=[link_header(plain, iri, plain.page(iri), view.canonical)])


def _make_view(
    service: Service, options: Options, thing: Thing, urls: Urls, is_filtered: bool
) -> View:
    chosen = language()
    title = thing.names.of(thing.iri, chosen)
    labels = thing.names.labels.get(thing.iri, {})
    description = next(
        (
            Named(thing.descriptions[each], each)
            for each in (chosen, "en", "zh", "")
            if thing.descriptions.get(each)
        ),
        None,
    )
    site = service.site
    address = public_address(options)
    own = bool(thing.points) and thing.points[0].is_own
    return View(
        thing=thing,
        title=title,
        other=next((text for name, text in labels.items() if name not in (chosen, "")), ""),
        description=description,
        citation=_cite(title.text, site.version, thing.iri),
        canonical=address.rstrip("/") + Urls(site.base).page(thing.iri),
        report=_fill(options.report, thing.iri),
        report_about=options.report,
        json_ld=describe_thing(
            thing,
            address.rstrip("/") + Urls(site.base).page(thing.iri),
            f"{site.base}graph/description#dataset",
        ),
        is_filtered=is_filtered,
        map_caption=(_OWN_POINT if own else _CITY_POINT).in_language(chosen),
        anchors={
            each.predicate: "by-" + shrink(each.predicate).replace(":", "-") for each in thing.links
        },
    )


def _fill(address: str, iri: str) -> str:
    """Return an address with what it is about.

    >>> _fill("https://example.org/new?about={iri}", "https://w3id.org/jsbio/id/park/biobay")
    'https://example.org/new?about=https%3A%2F%2Fw3id.org%2Fjsbio%2Fid%2Fpark%2Fbiobay'
    """
    return address.replace("{iri}", quote(iri, safe=""))


def _cite(title: str, version: str, iri: str) -> str:
    text: Message = message(
        "jsbio-kg contributors: %(title)s. Jiangsu Bio-pharma Graph, dataset %(version)s. %(iri)s",
        title=title,
        version=version[:12],
        iri=iri,
    )
    return text.in_language(language())


def _draw_near(thing: Thing, urls: Urls) -> Neighbourhood | None:
    chosen = language()
    names = thing.names

    def neighbour(iri: str, by: str) -> Neighbour:
        named = names.of(iri, chosen)
        return Neighbour(named.text, urls.link(iri), names.text(by, chosen), named.language)

    outgoing = [
        neighbour(value.term.value, fact.predicate)
        for fact in thing.stated
        if fact.predicate not in _NO_NEIGHBOURS
        for value in fact.values
        if value.term.kind == "uri" and not value.is_inferred and urls.name(value.term.value)
    ]
    incoming = [
        neighbour(source.iri, each.predicate)
        for each in thing.links
        if not each.predicate.startswith(PREFIXES["void"])
        for source in each.sources[:3]
        if not source.is_inferred and urls.name(source.iri) and "/id/evidence/" not in source.iri
    ]
    title = names.text(thing.iri, chosen)
    return draw_neighbourhood(title, incoming[:NEIGHBOURS], outgoing[:NEIGHBOURS])


def _draw_map(thing: Thing, urls: Urls) -> Map | None:
    if not thing.points:
        return None
    marks = [
        Mark(
            label=thing.names.text(point.place, language()),
            longitude=point.longitude,
            latitude=point.latitude,
            href="" if point.is_own else urls.page(point.place),
            role=3,
            shape="diamond",
        )
        for point in thing.points
    ]
    return draw_map(marks)
