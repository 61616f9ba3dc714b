"""What a made-up document is about: a city with its districts, parks, firms and a plan.

In: the number of a document. Out: things with names. Some tell of themselves at once, so that each
is declared in the document that first speaks of it.
"""

from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode

from .draws import Draws
from .naming import Name, organisation_name, park_name, place_name
from .writing import Writer, term

__all__ = [
    "CHINA",
    "PROVINCES",
    "Region",
    "Thing",
    "add_firm",
    "add_park",
    "declare_provinces",
    "region_of",
]

#: Numbers of the names that a document may give away, far more than it needs.
ROOM: Final = 1000
DISTRICTS: Final = (3, 11)


@dataclass(frozen=True)
class Thing:
    """Something with an IRI and a name that sentences use."""

    iri: NamedNode
    en: str
    zh: str


@dataclass
class Region:
    """A city; parks and firms come one by one as the document goes on."""

    number: int
    province: Thing
    city: Thing
    plan: Thing
    districts: list[Thing]
    parks: list[Thing] = field(default_factory=list)
    firms: int = 0


CHINA: Final = Thing(term("country:china"), "China", "中国")
PROVINCES: Final = (
    Thing(term("province:jiangsu"), "Jiangsu Province", "江苏省"),
    *(
        Thing(term(f"province:{name.slug}"), name.en, name.zh)
        for name in (place_name(number, "省") for number in range(1, 12))
    ),
)


def declare_provinces(writer: Writer) -> None:
    """Write of the made-up provinces; the first document does so for all."""
    for place in PROVINCES[1:]:
        about = ("A province that the generator made up.", "由生成器虚构的省份。")
        writer.name(place.iri, "jsbio:Province", _name(place), about)
        writer.state(f"{place.en} lies in China.", [(place.iri, "jsbio:locatedIn", CHINA.iri)])


def region_of(number: int, draws: Draws, writer: Writer) -> Region:
    """Write of the city of a document, its districts and its plan; return them."""
    first = ROOM * (number + 1)
    province = draws.skewed(PROVINCES)
    city = _place("city", place_name(first, "市"))
    about = (f"A made-up city of {province.en}.", f"虚构的{province.zh}城市。")
    writer.name(city.iri, "jsbio:City", _name(city), about)
    writer.state(f"{city.en} lies in {province.en}.", [(city.iri, "jsbio:locatedIn", province.iri)])
    plan = Thing(
        term(f"plan:{city.iri.value.rpartition('/')[2]}"),
        f"{city.en} Biomedical Development Plan",
        f"{city.zh}生物医药发展规划",
    )
    about = (f"A made-up plan for {city.en}.", f"虚构的{city.zh}规划。")
    writer.name(plan.iri, "jsbio:PolicyPlan", _name(plan), about)
    writer.state(
        f"The {plan.en} applies to {city.en}.", [(plan.iri, "jsbio:appliesToPlace", city.iri)]
    )
    region = Region(number, province, city, plan, [])
    for place in range(draws.between(*DISTRICTS)):
        region.districts.append(_district(region, place_name(first + 1 + place, "区"), writer))
    return region


def _district(region: Region, name: Name, writer: Writer) -> Thing:
    district = _place("district", name)
    city = region.city
    about = (f"A made-up district of {city.en}.", f"虚构的{city.zh}辖区。")
    writer.name(district.iri, "jsbio:District", name, about)
    writer.state(
        f"{district.en} District lies in {city.en}.",
        [(district.iri, "jsbio:locatedIn", city.iri)],
    )
    return district


def add_park(region: Region, draws: Draws, writer: Writer) -> Thing:
    """Write of one more park, in one of the districts; some have many, most have few."""
    name = park_name(ROOM * (region.number + 1) + len(region.parks))
    park, district = _place("park", name), draws.skewed(region.districts)
    about = (f"A made-up park in {district.en}.", f"位于{district.zh}的虚构园区。")
    writer.name(park.iri, "jsbio:Park", name, about)
    writer.state(
        f"The {park.en} lies in {district.en}.", [(park.iri, "jsbio:locatedIn", district.iri)]
    )
    region.parks.append(park)
    return park


def add_firm(region: Region, draws: Draws, writer: Writer) -> None:
    """Write of one more firm: where it is based, and sometimes where it is settling."""
    name = organisation_name(ROOM * (region.number + 1) + region.firms)
    region.firms += 1
    firm = Thing(term(f"organisation:{name.slug}"), name.en, name.zh)
    district = draws.skewed(region.districts)
    about = (f"A made-up firm in {district.en}.", f"位于{district.zh}的虚构企业。")
    writer.name(firm.iri, "jsbio:Organisation", name, about)
    writer.state(
        f"{firm.en} is based in {district.en}.", [(firm.iri, "jsbio:basedIn", district.iri)]
    )
    if region.parks and draws.happens(0.2):
        park = draws.skewed(region.parks)
        writer.state(
            f"{firm.en} is settling in the {park.en}.", [(firm.iri, "jsbio:settlingIn", park.iri)]
        )


def _place(kind: str, name: Name) -> Thing:
    return Thing(term(f"{kind}:{name.slug}"), name.en, name.zh)


def _name(thing: Thing) -> Name:
    return Name(thing.en, thing.zh, "")
