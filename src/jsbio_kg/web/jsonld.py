"""What search engines read: schema.org descriptions in JSON-LD, inside the page.

In: a thing, or the site. Out: the text of a ``script`` element of type ``application/ld+json``,
which is data: no browser runs it, so the content security policy lets it be.
"""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from ..service import Site, Thing
from ..vocabulary import JSBIO

__all__ = ["describe_dataset", "describe_thing"]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
#: The class of schema.org that fits best; what has none is a plain Thing.
_TYPES = {
    "AdministrativeArea": "AdministrativeArea",
    "City": "City",
    "Country": "Country",
    "DevelopmentZone": "Place",
    "District": "AdministrativeArea",
    "Document": "CreativeWork",
    "FreeTradeZone": "Place",
    "FreeTradeZoneArea": "Place",
    "Organisation": "Organization",
    "InnovationPlatform": "Organization",
    "Park": "Place",
    "PolicyPlan": "CreativeWork",
    "Province": "State",
    "ReferenceSource": "CreativeWork",
    "Sector": "DefinedTerm",
    "Technology": "DefinedTerm",
}


def _write(content: Mapping[str, Any]) -> Markup:
    """Return JSON that no text inside can end early."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(character, escaped)
    return Markup(text)


def _localized(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"@value": text, "@language": "zh-Hans" if language == "zh" else language}
        for language, text in sorted(values.items())
        if language
    ]


def describe_thing(thing: Thing, address: str, dataset: str) -> Markup:
    """Return the description of a thing."""
    locals_ = [iri.removeprefix(JSBIO) for iri in thing.types if iri.startswith(JSBIO)]
    kind = next((_TYPES[name] for name in locals_ if name in _TYPES), "Thing")
    content: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": thing.iri,
        "name": _localized(thing.names.labels.get(thing.iri, {})),
        "url": address,
        "subjectOf": {"@type": "Dataset", "@id": dataset},
    }
    if thing.descriptions:
        content["description"] = _localized(thing.descriptions)
    own = [point for point in thing.points if point.is_own]
    if own and kind != "Thing":
        content["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": own[0].latitude,
            "longitude": own[0].longitude,
        }
    return _write(content)


def describe_dataset(
    site: Site, address: str, names: Mapping[str, str], about: Mapping[str, str]
) -> Markup:
    """Return the description of the whole dataset.

    :param names: its name by language.
    :param about: one sentence by language.
    """
    files = [
        {
            "@type": "DataDownload",
            "encodingFormat": "application/n-quads",
            "contentUrl": f"{address}downloads/dataset.nq",
        }
    ]
    return _write(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": f"{site.base}graph/description#dataset",
            "name": _localized(names),
            "description": _localized(about),
            "url": address,
            "license": LICENCE,
            "version": site.version,
            "isAccessibleForFree": True,
            "inLanguage": ["en", "zh-Hans"],
            "spatialCoverage": {"@type": "State", "@id": f"{site.base}id/province/jiangsu"},
            "creator": {"@type": "Organization", "name": "jsbio-kg contributors"},
            "distribution": files if "dataset.nq" in site.files else [],
        }
    )
