"""Comunica answers a join by following links, from nothing but the IRI it begins with.

It would go on to read every document of the graph; told how many rows there are, it stops at them.
"""

import json

from systems import Endpoint, node

from jsbio_kg.release import Release

#: From the role to who fills it, on to the city that is in, and to its code: each is stated in
#: the document of another thing.
QUERY = """PREFIX component: <{base}id/component/>
PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
SELECT DISTINCT ?park ?city ?code WHERE {{
  component:one-park jsbio:filledBy ?park .
  ?park jsbio:locatedIn ?city .
  ?city a jsbio:City ; jsbio:gb2260Code ?code .
}}"""


def test_a_join_over_dereferenced_iris(service: Endpoint, release: Release) -> None:
    base = release.manifest.base
    query = QUERY.format(base=base)
    seed = f"{base}id/component/one-park"
    bindings = service.select(query)["results"]["bindings"]  # type: ignore[index]
    expected = [{name: term["value"] for name, term in row.items()} for row in bindings]
    server = service.address.removesuffix("sparql")
    limited = f"{query} LIMIT {len(expected)}"
    found = json.loads(node("traverse.mjs", base, server, seed, text=limited))
    assert expected
    assert sorted(found["rows"], key=str) == sorted(expected, key=str)
    things = {row[name] for row in expected for name in ("park", "city")}
    assert {seed, *things} <= set(found["fetched"])
