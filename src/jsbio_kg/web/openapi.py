"""The interface as OpenAPI 3.1: what a client generator and a fuzzer read.

In: a site. Out: the document, made from the saved queries, the formats and the errors as they are.
HEAD stands wherever GET does, and OPTIONS everywhere; neither is listed.
"""

from ..queries import MOST_VALUES, Parameter, SavedQuery
from ..service import Site
from ..store import DATASETS, GRAPHS, SOLUTIONS
from .openapi_parts import (
    HEADERS,
    IRI,
    LANGUAGE,
    SCHEMAS,
    Json,
    answers,
    field,
    give,
    operation,
    place,
    plain,
)
from .openapi_reading import comparing, reading, schemas, searching, taking, watching

__all__ = ["describe_api"]

_TRIPLES = (*GRAPHS, *DATASETS)


def describe_api(site: Site, address: str) -> Json:
    """Return the OpenAPI document.

    :param address: where the site is reached, with the final slash.
    """
    saved = {f"/queries/{each.name}": {"get": _saved(each)} for each in site.queries.values()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "jsbio-kg",
            "summary": "The bio-pharmaceutical industry of Jiangsu, as a knowledge graph.",
            "description": "HEAD is answered wherever GET is. Answers carry a strong ETag.",
            "version": site.software,
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": address.rstrip("/")}],
        "paths": {
            **_asking(),
            **saved,
            **_queries(site),
            **reading(),
            **searching(),
            **taking(),
            **comparing(),
            **watching(),
        },
        "components": {"schemas": SCHEMAS, "headers": HEADERS},
    }


# -- asking ----------------------------------------------------------------------------------------


def _asking() -> dict[str, Json]:
    query = field("query", "A SPARQL 1.1 query.", plain("string", minLength=1), required=True)
    query["example"] = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 3"
    form = plain("object", properties={"query": plain("string")}, required=["query"])
    responses = {
        **answers("The answer.", (*SOLUTIONS, *_TRIPLES)),
        **give(400, 406, 414, 429, 431, 503, 504, 507),
    }
    post = operation(
        "askByPost", "The same, with the query in the body.", [*_dataset(), LANGUAGE], responses
    )
    post["requestBody"] = {
        "required": True,
        "content": {
            "application/sparql-query": {
                "schema": plain("string"),
                "example": "ASK { ?s ?p ?o }",
            },
            "application/x-www-form-urlencoded": {"schema": form},
        },
    }
    post["responses"] = {**responses, **give(413, 415)}
    summary = "Ask the graph anything (SPARQL 1.1 Protocol)."
    get = operation("askByGet", summary, [query, *_dataset(), LANGUAGE], responses)
    again = {
        "get": {**get, "operationId": "askByGetAtAlias"},
        "post": {**post, "operationId": "askByPostAtAlias"},
    }
    return {"/sparql": {"get": get, "post": post}, "/query": again}


def _dataset() -> list[Json]:
    graphs = plain("array", items=plain("string", pattern=IRI), maxItems=50)
    what = {"default-graph-uri": "default graph", "named-graph-uri": "named graphs"}
    return [
        *(
            field(name, f"A graph of the {text}; overrides FROM.", graphs, style="form")
            for name, text in what.items()
        ),
        field(
            "timeout",
            "Seconds that the query may take, up to the service's own limit.",
            plain("number", exclusiveMinimum=0, maximum=999_999),
        ),
    ]


# -- saved queries ---------------------------------------------------------------------------------


def _saved(query: SavedQuery) -> Json:
    is_graph = query.kind in ("CONSTRUCT", "DESCRIBE")
    responses = {
        **answers("The answer.", _TRIPLES if is_graph else SOLUTIONS, ("X-Rows-Cut",)),
        **give(400, 406, 414, 429, 431, 503, 504, 507),
    }
    parameters = [
        *(_parameter(each) for each in query.parameters.values()),
        *([] if is_graph else _page()),
        LANGUAGE,
    ]
    return {
        **operation(query.name, query.summary["en"], parameters, responses),
        "description": f"{query.description['en']}\n\n{query.summary['zh']}",
        "tags": list(query.tags),
    }


def _page() -> list[Json]:
    count = plain("integer", minimum=0, maximum=1_000_000)
    return [
        field("limit", "Rows at most, in the query's own order.", count),
        field("offset", "Rows to pass over.", count),
    ]


def _parameter(parameter: Parameter) -> Json:
    items = plain("string", minLength=1, maxLength=1000)
    if parameter.type == "integer":
        items = plain("integer", minimum=-(10**17), maximum=10**17)
    elif parameter.type == "year":
        items = plain("integer", minimum=1900, maximum=2100)
    elif parameter.type == "iri":
        items["pattern"] = IRI
    elif parameter.type == "langstring":
        items["pattern"] = "^[A-Za-z0-9 ]*@(en|zh)$"
    elif parameter.type == "string":
        items["pattern"] = r"^[^\u0000]*$"
    if parameter.values:
        items = plain("string", enum=list(parameter.values))
    array = plain("array", items=items, minItems=1, maxItems=MOST_VALUES)
    made = field(
        parameter.name, f"{parameter.label['en']} / {parameter.label['zh']}", array, style="form"
    )
    if parameter.default:
        made["example"] = [_plain(term) for term in parameter.default]
    return made


def _plain(term: str) -> str:
    return term[1:-1] if term[0] == term[-1] == '"' else term


def _queries(site: Site) -> dict[str, Json]:
    if not site.queries:
        return {}
    name = place("name", "Name of a saved query.", "", next(iter(site.queries)))
    name["schema"] = plain("string", enum=list(site.queries))
    written = schemas({"application/sparql-query": plain("string")})
    text = {"200": {"description": "The query.", "content": written}}
    return {
        "/queries/{name}.rq": {
            "get": operation(
                "readQuery", "A saved query as it was written.", [name], {**text, **give(404, 429)}
            )
        },
        "/queries/{name}.ttl": {
            "get": operation(
                "describeQuery",
                "What the catalogue says of a query; of one that gives triples, its answer.",
                [name, LANGUAGE],
                {**answers("Triples.", GRAPHS[:1]), **give(400, 404, 406, 429, 503, 504, 507)},
            )
        },
    }
