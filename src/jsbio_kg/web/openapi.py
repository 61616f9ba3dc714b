"""The interface as OpenAPI 3.1: what a client generator and a fuzzer read.

In: a site. Out: the document, made from the saved queries, the formats and the errors as they are.
"""

from collections.abc import Sequence
from typing import Any

from ..queries import MOST_VALUES, Parameter, SavedQuery
from ..service import Site
from ..store import DATASETS, GRAPHS, SOLUTIONS, Format

__all__ = ["describe_api"]

Json = dict[str, Any]
_PROBLEM = "#/components/schemas/Problem"
_IRI_PATTERN = r"^<?[A-Za-z][A-Za-z0-9+.\-]*:[A-Za-z0-9._~/\-]*>?$"
_REASONS = {
    400: "A parameter or the query is wrong.",
    404: "There is no such thing.",
    405: "The method is not allowed.",
    406: "No format fits the Accept header.",
    413: "The request is too large.",
    414: "The address is too long.",
    415: "The media type of the request is not supported.",
    429: "Too many requests.",
    503: "The service is busy.",
    504: "The query took too long.",
    507: "The query needed too much memory, or its answer is too large.",
}
_LANGUAGE: Json = {
    "name": "lang",
    "in": "query",
    "description": "Language of messages and pages.",
    "schema": {"type": "string", "enum": ["en", "zh"]},
}
_PAGE: list[Json] = [
    {
        "name": name,
        "in": "query",
        "description": description,
        "schema": {"type": "integer", "minimum": 0, "maximum": 1_000_000},
    }
    for name, description in (
        ("limit", "Rows at most, in the query's own order."),
        ("offset", "Rows to pass over."),
    )
]


def describe_api(site: Site, address: str) -> Json:
    """Return the OpenAPI document.

    :param address: where the site is reached, with the final slash.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "jsbio-kg",
            "summary": "The bio-pharmaceutical industry of Jiangsu, as a knowledge graph.",
            "version": site.software,
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": address.rstrip("/")}],
        "paths": {
            "/sparql": {"get": _sparql_get(), "post": _sparql_post()},
            **{f"/queries/{query.name}": {"get": _saved(query)} for query in site.queries.values()},
            "/graphs": {"get": _graphs()},
            "/void": {"get": _read("void", "The graph's description of itself.", GRAPHS)},
            "/healthz": {"get": _text("healthz", "Whether the process lives.")},
            "/readyz": {"get": _text("readyz", "Whether the graph answers.")},
        },
        "components": {"schemas": {"Problem": _problem(), "Results": _results()}},
    }


def _saved(query: SavedQuery) -> Json:
    is_graph = query.kind in ("CONSTRUCT", "DESCRIBE")
    return {
        "operationId": query.name,
        "summary": query.summary["en"],
        "description": f"{query.description['en']}\n\n{query.summary['zh']}",
        "tags": list(query.tags),
        "parameters": [
            *(_parameter(each) for each in query.parameters.values()),
            *([] if is_graph else _PAGE),
            _LANGUAGE,
        ],
        "responses": {
            "200": _content("The answer.", (*GRAPHS, *DATASETS) if is_graph else SOLUTIONS),
            **_errors(400, 406, 414, 429, 503, 504, 507),
        },
    }


def _parameter(parameter: Parameter) -> Json:
    items: Json = {"type": "string", "maxLength": 1000}
    if parameter.type in ("integer", "year"):
        items = {"type": "integer", "minimum": -(10**17), "maximum": 10**17}
    if parameter.type == "year":
        items = {"type": "integer", "minimum": 1900, "maximum": 2100}
    if parameter.type == "iri":
        items["pattern"] = _IRI_PATTERN
    if parameter.type == "langstring":
        items["pattern"] = "^[A-Za-z0-9 ]*@(en|zh)$"
    if parameter.type in ("string", "langstring"):
        items["minLength"] = 1
    if parameter.values:
        items = {"type": "string", "enum": list(parameter.values)}
    return {
        "name": parameter.name,
        "in": "query",
        "description": f"{parameter.label['en']} / {parameter.label['zh']}",
        "style": "form",
        "explode": True,
        "schema": {"type": "array", "items": items, "minItems": 1, "maxItems": MOST_VALUES},
        **({"example": [_plain(term) for term in parameter.default]} if parameter.default else {}),
    }


def _plain(term: str) -> str:
    return term[1:-1] if term[0] == term[-1] == '"' else term


def _sparql_get() -> Json:
    query = {
        "name": "query",
        "in": "query",
        "required": True,
        "description": "A SPARQL 1.1 query.",
        "schema": {"type": "string"},
        "example": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 3",
    }
    return {
        "operationId": "query",
        "summary": "Ask the graph anything (SPARQL 1.1 Protocol).",
        "parameters": [query, *_dataset_parameters(), _LANGUAGE],
        "responses": _query_responses(),
    }


def _sparql_post() -> Json:
    form = {
        "type": "object",
        "properties": {"query": {"type": "string"}},
        "required": ["query"],
    }
    return {
        "operationId": "queryByPost",
        "summary": "The same, with the query in the body.",
        "parameters": [*_dataset_parameters(), _LANGUAGE],
        "requestBody": {
            "required": True,
            "content": {
                "application/sparql-query": {"schema": {"type": "string"}},
                "application/x-www-form-urlencoded": {"schema": form},
            },
        },
        "responses": {**_query_responses(), **_errors(413, 415)},
    }


def _query_responses() -> Json:
    return {
        "200": _content("The answer.", (*SOLUTIONS, *GRAPHS, *DATASETS)),
        **_errors(400, 406, 414, 429, 503, 504, 507),
    }


def _dataset_parameters() -> list[Json]:
    graphs = {"type": "array", "items": {"type": "string"}, "maxItems": 50}
    return [
        *(
            {"name": name, "in": "query", "style": "form", "explode": True, "schema": graphs}
            for name in ("default-graph-uri", "named-graph-uri")
        ),
        {
            "name": "timeout",
            "in": "query",
            "description": "Seconds that the query may take, up to the service's own limit.",
            "schema": {"type": "number", "exclusiveMinimum": 0, "maximum": 999_999},
        },
    ]


def _graphs() -> Json:
    return {
        "operationId": "graph",
        "summary": "A whole graph (SPARQL 1.1 Graph Store HTTP Protocol, reading).",
        "parameters": [
            {"name": "graph", "in": "query", "schema": {"type": "string"}},
            {"name": "default", "in": "query", "schema": {"type": "string", "enum": [""]}},
            _LANGUAGE,
        ],
        "responses": {
            "200": _content("The graph.", (*GRAPHS, *DATASETS)),
            **_errors(400, 404, 406, 429, 503, 504, 507),
        },
    }


def _read(name: str, summary: str, formats: Sequence[Format]) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [_LANGUAGE],
        "responses": {
            "200": _content("The triples.", formats),
            **_errors(400, 406, 429, 503, 504, 507),
        },
    }


def _text(name: str, summary: str) -> Json:
    plain = {"text/plain": {"schema": {"type": "string"}}}
    return {
        "operationId": name,
        "summary": summary,
        "responses": {"200": {"description": "It does.", "content": plain}, **_errors(503, 504)},
    }


def _content(description: str, formats: Sequence[Format]) -> Json:
    names = dict.fromkeys(name for each in formats for name in each.media_types)
    return {
        "description": description,
        "content": {
            name: {
                "schema": {"$ref": "#/components/schemas/Results"}
                if name == "application/sparql-results+json"
                else {}
            }
            for name in names
        },
    }


def _errors(*statuses: int) -> Json:
    content = {"application/problem+json": {"schema": {"$ref": _PROBLEM}}}
    return {
        str(status): {"description": _REASONS[status], "content": content} for status in statuses
    }


def _problem() -> Json:
    text: Json = {"type": "string"}
    return {
        "type": "object",
        "description": "RFC 9457, with what to do in fix.",
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "fix": text,
            "parameter": text,
            "line": {"type": "integer", "minimum": 1},
            "column": {"type": "integer", "minimum": 1},
        },
        "required": ["type", "title", "status", "detail", "fix"],
    }


def _results() -> Json:
    strings = {"type": "array", "items": {"type": "string"}}
    rows = {"type": "array", "items": {"type": "object"}}
    bindings = {"type": "object", "properties": {"bindings": rows}, "required": ["bindings"]}
    return {
        "type": "object",
        "description": "SPARQL 1.1 Query Results JSON Format.",
        "properties": {
            "head": {"type": "object", "properties": {"vars": strings}},
            "results": bindings,
            "boolean": {"type": "boolean"},
        },
        "required": ["head"],
    }
