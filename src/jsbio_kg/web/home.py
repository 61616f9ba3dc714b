"""The overview: the development pattern as the headline, and where to go from there.

In: a service. Out: a blueprint.
"""

from flask import Blueprint, render_template

from ..i18n import LANGUAGES, message, translations
from ..queries import SavedQuery
from ..service import Service
from ..service.overview import Component, Overview, read_overview
from .bridge import language
from .context import Options, current_urls
from .figures import Map, Mark, draw_map
from .figures.map import SHAPES as PATHS
from .jsonld import describe_dataset
from .things import public_address
from .urls import Urls

__all__ = ["make_blueprint"]

#: Shapes of the components in their order; with their colour they carry the role.
SHAPES = ("triangle", "square", "diamond", "hexagon", "circle")
#: Questions that show what the graph is good for.
QUESTIONS = ("provisions-meet-strengths", "park-ranks", "gaps")
_NAME = message("Jiangsu Bio-pharma Graph")
_ABOUT = message(
    "A knowledge graph of the bio-pharmaceutical industry of Jiangsu Province, built from "
    "documents, with evidence behind every fact."
)


def make_blueprint(service: Service, options: Options) -> Blueprint:
    """Return the overview."""
    home = Blueprint("home", __name__)

    @home.get("/")
    def overview() -> str:
        shown = read_overview(service)
        urls = current_urls(service.site.base)
        address = public_address(options)
        questions = [
            service.site.queries[name] for name in QUESTIONS if name in service.site.queries
        ]
        return render_template(
            "home.html",
            overview=shown,
            names=shown.names,
            headline=_headline(shown),
            shapes=SHAPES,
            shape_paths=PATHS,
            map=_draw(shown, urls),
            questions=questions or _some(service),
            address=address,
            json_ld=describe_dataset(
                service.site,
                address,
                {each: _NAME.in_language(each) for each in LANGUAGES},
                {each: _ABOUT.in_language(each) for each in LANGUAGES},
            ),
        )

    return home


def _some(service: Service) -> list[SavedQuery]:
    return list(service.site.queries.values())[:3]


def _headline(shown: Overview) -> str:
    """Return the names of the components as one line; without a pattern, the name of the site."""
    chosen = language()
    # A line breaks between the names, not inside one.
    names = [
        shown.names.text(each.iri, chosen).replace(" ", "\N{NO-BREAK SPACE}")
        for each in shown.components
    ]
    if not names:
        return translations(chosen).gettext(_NAME.text)
    return ("、" if chosen == "zh" else ", ").join(names)


def _draw(shown: Overview, urls: Urls) -> Map | None:
    """Return the map: the cities of the components with their shapes, the others as dots."""
    if not shown.spots:
        return None
    chosen = language()
    roles: dict[str, tuple[int, Component]] = {}
    for place, component in enumerate(shown.components, 1):
        for city in component.cities:
            roles.setdefault(city, (place, component))
    marks = []
    for spot in shown.spots:
        label = shown.names.text(spot.city, chosen)
        place, held = roles.get(spot.city, (0, None))
        if held is None:
            marks.append(
                Mark(label, spot.longitude, spot.latitude, urls.page(spot.city), shape="dot")
            )
            continue
        marks.append(
            Mark(
                label,
                spot.longitude,
                spot.latitude,
                urls.page(held.filler if len(held.cities) == 1 else spot.city),
                note=shown.names.text(held.iri, chosen),
                shape=SHAPES[(place - 1) % len(SHAPES)],
                role=min(place, len(SHAPES)),
            )
        )
    return draw_map(marks)
