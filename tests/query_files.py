"""The file of a saved query, whole, for tests to change."""

from jsbio_kg.queries import SavedQuery, read_query

GOOD = """#+ summary: Parks of a city
#+ summary_zh: 某市的园区
#+ description: One row a park.
#+ description_zh: 每个园区一行。
#+ tags: [parks]
#+ params:
#+   city: {type: iri, label: City, label_zh: 城市, class: "jsbio:City"}
PREFIX city: <https://w3id.org/jsbio/id/city/>
PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
SELECT ?park ?label WHERE {
  VALUES ?city { city:suzhou } # VALUES ?city { }
  ?park jsbio:locatedIn ?city ; <urn:label> ?label .
}
ORDER BY ?park LIMIT 20
"""


def read(text: str) -> SavedQuery:
    return read_query("parks", text, "queries/parks.rq")


def with_parameter(declared: str, block: str) -> SavedQuery:
    header = GOOD.partition("#+ params:")[0] + f"#+ params:\n#+   p: {declared}\n"
    return read(f"{header}SELECT ?s WHERE {{ VALUES ?p {{ {block} }} ?s ?x ?p }} ORDER BY ?s")
