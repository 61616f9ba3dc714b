"""What made-up documents state: kinds of sentences, each with the facts that it says.

In: a region and the concepts of the project. Out: one sentence more in a document. Every name and
number of a fact stands in its sentence, as the evidence check demands.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from .concepts import Concept
from .draws import Draws
from .region import CHINA, Region, Thing, add_firm, add_park
from .writing import Fact, Writer, integer, known

__all__ = ["CLASSES", "Scene", "write_sentence"]

#: The concepts that sentences need.
CLASSES: Final = (
    "jsbio:Action",
    "jsbio:Aspect",
    "jsbio:CountedKind",
    "jsbio:Level",
    "jsbio:Sector",
    "jsbio:Topic",
)
#: Words before a number, and the property they make of it.
BOUNDS: Final = (
    ("", "", "jsbio:exactValue"),
    ("over ", "超过", "jsbio:minExclusive"),
    ("at least ", "不少于", "jsbio:minInclusive"),
    ("no more than ", "不超过", "jsbio:maxInclusive"),
)


class Scene:
    """All that a sentence is made from: where, in which words, by which lots."""

    def __init__(
        self,
        writer: Writer,
        draws: Draws,
        region: Region,
        concepts: Mapping[str, list[Concept]],
    ) -> None:
        self.writer = writer
        self.draws = draws
        self.region = region
        self._concepts = concepts
        self._ranking: tuple[Thing, Concept] | None = None

    def concept(self, kind: str) -> Concept:
        """Return a concept of a class, the first ones the most often."""
        return self.draws.skewed(self._concepts[f"jsbio:{kind}"])

    def place(self) -> Thing:
        """Return a place to speak of: mostly a park, seldom a district, the city, the province."""
        region, lot = self.region, self.draws.below(100)
        if lot < 85 and region.parks:
            return self.draws.skewed(region.parks)
        if lot < 95:
            return self.draws.skewed(region.districts)
        return region.city if lot < 98 else region.province

    def year(self) -> int:
        """Return a year."""
        return self.draws.between(2015, 2025)

    def state(
        self,
        kind: str,
        type_: str,
        sentence: str,
        facts: list[tuple[str, object]],
        labels: tuple[str, str],
    ) -> Thing:
        """Write a sentence about a new node; return the node."""
        node = self.writer.node(kind)
        made: list[Fact] = [(node, "rdf:type", known(type_))]
        for predicate, value in facts:
            if isinstance(value, int):
                made.append((node, predicate, integer(value)))
            elif isinstance(value, Thing | Concept):
                made.append((node, predicate, value.iri))
            else:
                made.append((node, predicate, known(str(value))))
        self.writer.state(sentence, made, node)
        en, zh = self.region.city.en, self.region.city.zh
        about = (f"Made up by the generator for {en}.", f"由生成器为{zh}虚构。")
        self.writer.label(node, labels, about)
        return Thing(node, *labels)

    def ranking(self) -> tuple[Thing, Concept]:
        """Return the ranking of the document, which is written of when it is first needed."""
        if self._ranking is None:
            kind, aspect, year = self.concept("CountedKind"), self.concept("Aspect"), self.year()
            city = self.region.city
            ranking = self.state(
                "ranking",
                "jsbio:Ranking",
                f"In {year} the {kind.en} of {city.en} were ranked by {aspect.en}.",
                [
                    ("jsbio:rankedKind", kind),
                    ("jsbio:criterion", aspect),
                    ("jsbio:place", city),
                    ("jsbio:year", year),
                ],
                (f"{city.en} ranking {year}", f"{city.zh}{year}年排名"),
            )
            self._ranking = ranking, kind
        return self._ranking


def _count(scene: Scene) -> None:
    place, kind, sector = scene.place(), scene.concept("CountedKind"), scene.concept("Sector")
    words, zh, bound = scene.draws.skewed(BOUNDS)
    number, year = scene.draws.between(2, 900), scene.year()
    scene.state(
        "statistic",
        "jsbio:Count",
        f"In {year} {place.en} had {words}{number} {kind.en} in the field of {sector.en}.",
        [
            ("jsbio:place", place),
            ("jsbio:counts", kind),
            ("jsbio:sector", sector),
            (bound, number),
            ("jsbio:unit", "unit:one"),
            ("jsbio:year", year),
        ],
        (f"{place.en}: {words}{number} {kind.en}", f"{place.zh}：{zh}{number}{kind.zh}"),
    )


def _amount(scene: Scene) -> None:
    place, sector, number = scene.place(), scene.concept("Sector"), scene.draws.between(2, 90)
    year = scene.year()
    scene.state(
        "statistic",
        "jsbio:Amount",
        f"{place.en} reached sales of over {number} million RMB in {sector.en} in {year}.",
        [
            ("jsbio:place", place),
            ("jsbio:sector", sector),
            ("jsbio:aspect", "aspect:sales"),
            ("jsbio:minExclusive", number * 10**6),
            ("jsbio:unit", "unit:cny"),
            ("jsbio:year", year),
        ],
        (f"{place.en}: sales of {sector.en}", f"{place.zh}{sector.zh}销售额"),
    )


def _assessment(scene: Scene) -> None:
    place, level, sector = scene.place(), scene.concept("Level"), scene.concept("Sector")
    facts: list[tuple[str, object]] = [
        ("jsbio:place", place),
        ("jsbio:level", level),
        ("jsbio:sector", sector),
    ]
    where = ""
    if scene.draws.happens(0.3):
        where = " within China"
        facts.append(("jsbio:comparisonArea", CHINA))
    scene.state(
        "assessment",
        "jsbio:Assessment",
        f"In {sector.en} {place.en} is rated {level.en}{where}.",
        facts,
        (f"{place.en}: {level.en} in {sector.en}", f"{place.zh}{sector.zh}{level.zh}"),
    )


def _rank(scene: Scene) -> None:
    if not scene.region.parks:
        return _count(scene)
    ranking, kind = scene.ranking()
    place, number = scene.draws.skewed(scene.region.parks), scene.draws.between(1, 50)
    scene.state(
        "statistic",
        "jsbio:Rank",
        f"{place.en} came {number} in that ranking of {kind.en}.",
        [
            ("jsbio:rankedThing", place),
            ("jsbio:inRanking", ranking),
            ("jsbio:counts", kind),
            ("jsbio:exactValue", number),
            ("jsbio:unit", "unit:rank"),
        ],
        (f"{place.en}: place {number}", f"{place.zh}第{number}名"),
    )


def _cluster(scene: Scene, is_there: bool = True) -> None:
    district, sector = scene.draws.skewed(scene.region.districts), scene.concept("Sector")
    name = "cluster of" if is_there else "planned cluster of"
    scene.state(
        "cluster",
        "jsbio:ExistingCluster" if is_there else "jsbio:IntendedCluster",
        f"A {name} {sector.en} {'lies' if is_there else 'will lie'} in {district.en}.",
        [("jsbio:locatedIn", district), ("jsbio:focusSector", sector)],
        (f"{district.en} {name} {sector.en}", f"{district.zh}{sector.zh}集群"),
    )


def _intended(scene: Scene) -> None:
    _cluster(scene, is_there=False)


def _measure(scene: Scene) -> None:
    plan, action, topic = scene.region.plan, scene.concept("Action"), scene.concept("Topic")
    sector = scene.concept("Sector")
    scene.state(
        "measure",
        "jsbio:Measure",
        f"The {plan.en} is to {action.en} {topic.en} in {sector.en}.",
        [
            ("jsbio:isMeasureOf", plan),
            ("jsbio:action", action),
            ("jsbio:actsOn", topic),
            ("jsbio:sector", sector),
        ],
        (f"{action.en} {topic.en}", f"{action.zh}{topic.zh}"),
    )


def _target(scene: Scene) -> None:
    plan, action, topic = scene.region.plan, scene.concept("Action"), scene.concept("Topic")
    year = scene.draws.between(2026, 2035)
    scene.state(
        "target",
        "jsbio:Target",
        f"By {year} the {plan.en} will {action.en} {topic.en}.",
        [
            ("jsbio:isTargetOf", plan),
            ("jsbio:action", action),
            ("jsbio:actsOn", topic),
            ("jsbio:targetYear", year),
        ],
        (f"By {year}: {action.en} {topic.en}", f"到{year}年{action.zh}{topic.zh}"),
    )


def _trend(scene: Scene) -> None:
    place, action, aspect = scene.place(), scene.concept("Action"), scene.concept("Aspect")
    scene.state(
        "trend",
        "jsbio:Trend",
        f"{place.en} goes on to {action.en} its {aspect.en}.",
        [("jsbio:place", place), ("jsbio:action", action), ("jsbio:aspect", aspect)],
        (f"{place.en}: {action.en} {aspect.en}", f"{place.zh}{action.zh}{aspect.zh}"),
    )


def _group(scene: Scene) -> None:
    place = scene.place()
    sectors = {c.iri: c for c in (scene.concept("Sector") for _ in range(4))}.values()
    scene.state(
        "group",
        "jsbio:Group",
        f"The open list of fields of {place.en} names {', '.join(c.en for c in sectors)}.",
        [
            ("jsbio:about", place),
            ("jsbio:closure", "closure:open"),
            *(("jsbio:hasMember", sector) for sector in sectors),
        ],
        (f"Fields of {place.en}", f"{place.zh}领域"),
    )


Kind: TypeAlias = Callable[[Scene], object]

#: The kinds of sentences, in the order of how often they come, by hundredths.
KINDS: Final[tuple[tuple[int, Kind], ...]] = (
    (26, _count),
    (16, _assessment),
    (14, lambda scene: add_firm(scene.region, scene.draws, scene.writer)),
    (12, _measure),
    (8, lambda scene: add_park(scene.region, scene.draws, scene.writer)),
    (7, _trend),
    (5, _rank),
    (4, _group),
    (3, _amount),
    (2, _cluster),
    (2, _target),
    (1, _intended),
)


def write_sentence(scene: Scene) -> None:
    """Write one more sentence."""
    lot = scene.draws.below(sum(share for share, _ in KINDS))
    for share, kind in KINDS:
        lot -= share
        if lot < 0:
            kind(scene)
            return
