"""A graph of the shape of ours, of any size, the same each time it is made.

Provinces, cities, districts and parks inside each other; organisations with sectors and partners;
statistics with bounds; assessments; half of the triples are provenance, which no rule reads. The
ontology uses what the rules of OWL 2 RL know: hierarchies, inverses, transitivity, chains of two
and three, functional properties and keys that make things the same, and restrictions of each kind.
"""

import random
from collections.abc import Iterator
from itertools import count

__all__ = ["ONTOLOGY", "n_triples"]

BASE = "https://example.org/kg/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"

ONTOLOGY = """
PREFIX : <https://example.org/kg/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
:Entity a owl:Class .
:Place a owl:Class ; rdfs:subClassOf :Entity .
:Region a owl:Class ; rdfs:subClassOf :Place .
:Province a owl:Class ; rdfs:subClassOf :Region .
:City a owl:Class ; rdfs:subClassOf :Region .
:District a owl:Class ; rdfs:subClassOf :Region .
:Park a owl:Class ; rdfs:subClassOf :Place .
:Organisation a owl:Class ; rdfs:subClassOf :Entity .
:Company a owl:Class ; rdfs:subClassOf :Organisation .
:Institute a owl:Class ; rdfs:subClassOf :Organisation .
:Sector a owl:Class ; rdfs:subClassOf :Entity .
:Statement a owl:Class .
:Statistic a owl:Class ; rdfs:subClassOf :Statement .
:Count a owl:Class ; rdfs:subClassOf :Statistic .
:Share a owl:Class ; rdfs:subClassOf :Statistic .
:Assessment a owl:Class ; rdfs:subClassOf :Statement .
[] a owl:AllDisjointClasses ; owl:members ( :Place :Organisation :Sector :Statement ) .
:Count owl:disjointWith :Share .
:locatedIn a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:domain :Entity ; rdfs:range :Place .
:hosts a owl:ObjectProperty ; owl:inverseOf :locatedIn .
:partOf a owl:ObjectProperty ; rdfs:subPropertyOf :locatedIn .
:relatedTo a owl:ObjectProperty .
:hasSector a owl:ObjectProperty ; rdfs:subPropertyOf :relatedTo ; rdfs:range :Sector .
:mainSector a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:subPropertyOf :hasSector .
:broader a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:domain :Sector ; rdfs:range :Sector .
:underSector a owl:ObjectProperty ; owl:propertyChainAxiom ( :mainSector :broader ) .
:parkSector a owl:ObjectProperty ; owl:propertyChainAxiom ( :hostsDirectly :mainSector ) .
:hostsDirectly a owl:ObjectProperty ; owl:inverseOf :basedIn .
:basedIn a owl:ObjectProperty ; rdfs:subPropertyOf :locatedIn .
:partnersSector a owl:ObjectProperty ; owl:propertyChainAxiom ( :partner :partner :mainSector ) .
:partner a owl:ObjectProperty , owl:SymmetricProperty , owl:IrreflexiveProperty .
:registryCode a owl:DatatypeProperty , owl:InverseFunctionalProperty .
:about a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:domain :Statement .
:exactValue a owl:DatatypeProperty ; rdfs:subPropertyOf :minInclusive , :maxInclusive .
:minInclusive a owl:DatatypeProperty ; rdfs:subPropertyOf :lowerBound .
:maxInclusive a owl:DatatypeProperty ; rdfs:subPropertyOf :upperBound .
:minExclusive a owl:DatatypeProperty ; rdfs:subPropertyOf :lowerBound .
:lowerBound a owl:DatatypeProperty ; rdfs:domain :Statistic .
:upperBound a owl:DatatypeProperty ; rdfs:domain :Statistic .
:level a owl:ObjectProperty .
:StrongAssessment a owl:Class ; owl:intersectionOf ( :Assessment
    [ a owl:Restriction ; owl:onProperty :level ; owl:hasValue :strong ] ) .
:StrongPark a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :Park
    [ a owl:Restriction ; owl:onProperty :assessedBy ; owl:someValuesFrom :StrongAssessment ] ) ] .
:assessedBy a owl:ObjectProperty ; owl:inverseOf :assesses .
:assesses a owl:ObjectProperty ; rdfs:subPropertyOf :about .
:Actor a owl:Class ; owl:unionOf ( :Company :Institute ) .
:Level a owl:Class ; owl:oneOf ( :strong :fair ) .
:Startup a owl:Class ; rdfs:subClassOf :Company ,
    [ a owl:Restriction ; owl:onProperty :investor ; owl:allValuesFrom :Fund ] ,
    [ a owl:Restriction ; owl:onProperty :founder ;
      owl:maxCardinality "1"^^xsd:nonNegativeInteger ] .
:Fund a owl:Class ; rdfs:subClassOf :Organisation .
:Institute owl:hasKey ( :shortName :basedIn ) .
"""

_TYPE, _LABEL = f"<{RDF}type>", f"<{RDFS}label>"


def n_triples(triples: int, seed: int = 20301231) -> Iterator[str]:
    """Give the lines of about so many triples of data; the ontology is apart."""
    chance = random.Random(seed)
    written = 0
    for number in count():
        for line in _park(number, chance):
            written += 1
            yield line
        if written >= triples:
            return


def _iri(kind: str, number: object) -> str:
    return f"<{BASE}{kind}/{number}>"


def _p(name: str) -> str:
    return f"<{BASE}{name}>"


def _line(subject: str, predicate: str, object_: str) -> str:
    return f"{subject} {predicate} {object_} .\n"


def _sector(number: int) -> str:
    """Return one of 121 sectors, a tree of three levels."""
    return _iri("sector", number % 121)


def _places(number: int) -> Iterator[str]:
    """Give the regions, each with its first park: one city of ten parks, a province of 130."""
    if number == 0:
        for sector in range(121):
            yield _line(_sector(sector), _TYPE, _p("Sector"))
            if sector:
                yield _line(_sector(sector), _p("broader"), _sector((sector - 1) // 3))
    if number % 10 == 0:
        city = _iri("city", number // 10)
        yield _line(city, _TYPE, _p("City"))
        yield _line(city, _p("partOf"), _iri("province", number // 130))
    if number % 130 == 0:
        yield _line(_iri("province", number // 130), _TYPE, _p("Province"))


def _park(number: int, chance: random.Random) -> Iterator[str]:
    yield from _places(number)
    park, district = _iri("park", number), _iri("district", number // 3)
    yield _line(park, _TYPE, _p("Park"))
    yield _line(park, _LABEL, f'"Park {number}"@en')
    yield _line(park, _LABEL, f'"园区{number}"@zh')
    yield from _stated(park, _p("locatedIn"), district, number)
    if number % 3 == 0:
        yield _line(district, _TYPE, _p("District"))
        yield _line(district, _p("partOf"), _iri("city", number // 10))
    yield from _stated(park, _p("mainSector"), _sector(chance.randrange(121)), number)
    for of in range(3):
        yield from _organisation(number * 3 + of, number, chance)
    yield from _statistic(number, park, chance)
    assessment = _iri("assessment", number)
    yield _line(assessment, _TYPE, _p("Assessment"))
    yield from _stated(assessment, _p("assesses"), park, number)
    level = "strong" if chance.random() < 0.3 else "fair"
    yield _line(assessment, _p("level"), _p(level))


def _organisation(number: int, park: int, chance: random.Random) -> Iterator[str]:
    organisation = _iri("organisation", number)
    kind = ("Company", "Startup", "Institute")[number % 3]
    yield _line(organisation, _TYPE, _p(kind))
    yield _line(organisation, _LABEL, f'"Organisation {number}"@en')
    yield _line(organisation, _LABEL, f'"机构{number}"@zh')
    yield from _stated(organisation, _p("basedIn"), _iri("park", park), number)
    code = number - 7 if number % 200 == 7 else number  # the same organisation twice
    yield from _stated(organisation, _p("mainSector"), _sector(code * 31), number)
    yield _line(organisation, _p("registryCode"), f'"{code}"')
    if kind == "Startup":
        yield _line(organisation, _p("investor"), _iri("fund", number % 50))
        yield _line(organisation, _p("founder"), _iri("person", number))
    elif kind == "Institute":
        yield _line(organisation, _p("shortName"), f'"I{number}"')
    if number > 10 and number % 4 == 0:
        yield _line(
            organisation, _p("partner"), _iri("organisation", number - chance.randint(1, 9))
        )


def _statistic(number: int, park: str, chance: random.Random) -> Iterator[str]:
    statistic = _iri("statistic", number)
    value = f'"{chance.randrange(10_000)}"^^<{XSD}integer>'
    yield _line(statistic, _TYPE, _p("Count" if number % 2 else "Share"))
    yield from _stated(statistic, _p("about"), park, number)
    yield _line(statistic, _p("minExclusive" if number % 3 else "exactValue"), value)
    yield _line(statistic, _p("year"), f'"{2015 + number % 10}"^^<{XSD}integer>')


def _stated(subject: str, predicate: str, object_: str, number: int) -> Iterator[str]:
    """Give a triple, and for one in two where it is stated."""
    yield _line(subject, predicate, object_)
    if number % 2:
        name = f"{subject}{predicate}".replace(f"<{BASE}", "").replace(">", "-")
        record = _iri("record", name)
        yield _line(record, _TYPE, f"<{RDF}Statement>")
        yield _line(record, f"<{RDF}subject>", subject)
        yield _line(record, f"<{RDF}predicate>", predicate)
        yield _line(record, f"<{RDF}object>", object_)
        yield _line(record, _p("passage"), _iri("passage", number % 5000))
        yield _line(record, _p("inGraph"), _iri("graph", number % 20))
