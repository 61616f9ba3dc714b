"""Saved queries: files in, questions out.

In: ``queries/*.rq``. Out: :class:`SavedQuery`, each checked against the rules of the house, with
its parameters bound as RDF terms. Nothing here runs a query.

A file is SPARQL that runs as it is, under a header of ``#+`` lines in YAML::

    #+ summary: Parks of a city
    #+ summary_zh: 某市的园区
    #+ description: One row a park, by name.
    #+ description_zh: 每个园区一行，按名称排列。
    #+ tags: [parks]
    #+ params:
    #+   city: {type: iri, label: City, label_zh: 城市, class: "jsbio:City"}
    PREFIX city: <https://w3id.org/jsbio/id/city/>
    ...
    SELECT ?park WHERE { VALUES ?city { city:suzhou } ?park jsbio:locatedIn ?city } ORDER BY ?park

The block is the parameter: a caller's values replace what stands between its braces. A parameter
with ``optional: true`` may be left empty and is then ``UNDEF``, which restricts nothing; its
committed block may be ``{ UNDEF }``. Fixed lists are written ``VALUES (?x) { (...) }``.
"""

from .escapes import decode_escapes
from .fault import extent_of
from .header import Header, read_keys
from .saved import MOST_VALUES, Parameter, SavedQuery, load_queries, load_query, read_query
from .syntax import explain_syntax
from .terms import serialize_iri
from .tokens import Token, place_of, tokenize

__all__ = [
    "MOST_VALUES",
    "Header",
    "Parameter",
    "SavedQuery",
    "Token",
    "decode_escapes",
    "explain_syntax",
    "extent_of",
    "load_queries",
    "load_query",
    "place_of",
    "read_keys",
    "read_query",
    "serialize_iri",
    "tokenize",
]
