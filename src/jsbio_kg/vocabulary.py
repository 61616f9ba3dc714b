"""The names of the graph: base IRI, namespaces, prefixes.

Everything that makes or reads an IRI of ours takes it from here.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

__all__ = [
    "BASE",
    "BORROWED",
    "JSBIO",
    "KINDS",
    "LIMITED_PREFIXES",
    "PREFIXES",
    "expand",
    "prefixes_under",
    "shrink",
]

BASE = "https://w3id.org/jsbio/"
JSBIO = BASE + "ontology#"

#: Kinds of things, each a path segment of ``id/<kind>/<slug>`` and a prefix of that name.
KINDS = (
    "action",
    "aim",
    "alignment",
    "aspect",
    "assessment",
    "basis",
    "city",
    "classification",
    "claim",
    "closure",
    "cluster",
    "component",
    "country",
    "derivation",
    "district",
    "document",
    "effect",
    "evidence",
    "gap",
    "geometry",
    "group",
    "hedge",
    "kind",
    "level",
    "measure",
    "organisation",
    "park",
    "passage",
    "plan",
    "province",
    "ranking",
    "reading",
    "reference",
    "relation",
    "role",
    "scheme",
    "sector",
    "selector",
    "sentence",
    "stance",
    "statistic",
    "structure",
    "target",
    "technology",
    "topic",
    "trend",
    "unit",
    "zone",
)

#: Vocabularies of others that the project uses, by their customary prefix.
BORROWED = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "wgs": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: Identifier spaces of others, used by the mappings.
LIMITED_PREFIXES = {
    "chebi": "http://purl.obolibrary.org/obo/CHEBI_",
    "edam": "http://edamontology.org/",
    "geonames": "https://sws.geonames.org/",
    "maxo": "http://purl.obolibrary.org/obo/MAXO_",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "nace": "http://data.europa.eu/ux2/nace2/",
    "ncit": "http://purl.obolibrary.org/obo/NCIT_",
    "qudtunit": "http://qudt.org/vocab/unit/",
    "ror": "https://ror.org/",
    "wd": "http://www.wikidata.org/entity/",
}

PREFIXES: dict[str, str] = dict(
    sorted(
        {
            "graph": BASE + "graph/",
            "shape": BASE + "shapes#",
            "jsbio": JSBIO,
            **{kind: f"{BASE}id/{kind}/" for kind in KINDS},
            **BORROWED,
            **LIMITED_PREFIXES,
        }.items()
    )
)


@cache
def prefixes_under(base: str) -> Mapping[str, str]:
    """Return the prefixes with the things, graphs and queries at another address.

    The vocabulary and its shapes never move.

    >>> prefixes_under("https://example.org/kg/")["park"]
    'https://example.org/kg/id/park/'
    >>> prefixes_under("https://example.org/kg/")["jsbio"]
    'https://w3id.org/jsbio/ontology#'
    """
    return {
        name: base + space.removeprefix(BASE)
        if space.startswith((BASE + "id/", BASE + "graph/"))
        else space
        for name, space in PREFIXES.items()
    }


def expand(curie: str) -> str:
    """Return the IRI of a compact name.

    :raises KeyError: when the prefix is not one of :data:`PREFIXES`.

    >>> expand("park:biobay")
    'https://w3id.org/jsbio/id/park/biobay'
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


@lru_cache(maxsize=8192)
def shrink(iri: str) -> str:
    """Return the shortest compact name of an IRI, or the IRI itself when no prefix fits.

    >>> shrink("https://w3id.org/jsbio/ontology#Park")
    'jsbio:Park'
    """
    fitting = [(len(space), name) for name, space in PREFIXES.items() if iri.startswith(space)]
    if not fitting:
        return iri
    length, name = max(fitting)
    local = iri[length:]
    return iri if "/" in local or "#" in local else f"{name}:{local}"
