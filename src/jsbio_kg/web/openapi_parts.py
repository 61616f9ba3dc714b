"""The pieces that the description of the interface is made of.

In: names, formats and statuses. Out: the objects that OpenAPI 3.1 has for them.
"""

from collections.abc import Sequence
from typing import Any, Final

from ..store import Format

__all__ = [
    "HEADERS",
    "IRI",
    "LANGUAGE",
    "SCHEMAS",
    "Json",
    "answers",
    "field",
    "give",
    "operation",
    "place",
    "plain",
]

Json = dict[str, Any]
#: IRIs, whole or with a prefix, as far as a pattern can say what is surely one.
IRI: Final = r"^[A-Za-z][A-Za-z0-9+.\-]*:[A-Za-z0-9._~/\-]*(#[A-Za-z0-9._~/\-]*)?$"
_REASONS = {
    400: "A parameter or the query is wrong.",
    404: "There is no such thing.",
    406: "No format fits the Accept header.",
    413: "The request is too large.",
    414: "The address is too long.",
    415: "The media type of the request is not supported.",
    416: "The range begins behind the end.",
    429: "Too many requests.",
    431: "A header is too long.",
    503: "The service is busy.",
    504: "The query took too long.",
    507: "The query needed too much memory, or its answer is too large.",
}
_WAITING = (429, 503)
#: What the HTTP server may say by itself, without words.
_BARE = (414, 431)


def plain(kind: str, **rules: Any) -> Json:
    """Return a schema."""
    return {"type": kind, **rules}


def field(name: str, about: str, schema: Json, required: bool = False, **more: str) -> Json:
    """Return a field of the query string."""
    made: Json = {"name": name, "in": "query", "description": about, "schema": schema, **more}
    if more.get("style") == "form":
        made["explode"] = True
    if required:
        made["required"] = True
    return made


def place(name: str, about: str, pattern: str, example: str) -> Json:
    """Return a part of a path."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": about,
        "schema": plain("string", pattern=pattern),
        "example": example,
    }


LANGUAGE: Final = field("lang", "Language of messages and pages: en or zh.", plain("string"))


def operation(name: str, summary: str, parameters: list[Json], responses: Json) -> Json:
    """Return an operation."""
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": responses,
    }


def answers(about: str, formats: Sequence[Format], headers: Sequence[str] = ()) -> Json:
    """Return the good answer, in every format under every name it has."""
    content: Json = {name: {"schema": {}} for each in formats for name in each.media_types}
    if "application/sparql-results+json" in content:
        content["application/sparql-results+json"] = {
            "schema": {"$ref": "#/components/schemas/Results"}
        }
    named = ("ETag", *headers)
    held = {name: {"$ref": f"#/components/headers/{name}"} for name in named}
    return {"200": {"description": about, "headers": held, "content": content}}


def give(*statuses: int) -> Json:
    """Return what may go wrong: problem details, or the same words as a page."""
    content = {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
        "text/html": {"schema": plain("string")},
    }
    made: Json = {}
    for status in statuses:
        made[str(status)] = {"description": _REASONS[status]}
        if status not in _BARE:
            made[str(status)]["content"] = content
        if status in _WAITING:
            made[str(status)]["headers"] = {
                "Retry-After": {"$ref": "#/components/headers/Retry-After"}
            }
    return made


HEADERS: Final[Json] = {
    "ETag": {
        "description": "Made from the bytes of this representation in this coding.",
        "required": True,
        "schema": plain("string"),
    },
    "Retry-After": {
        "description": "Seconds after which to ask again.",
        "schema": plain("integer", minimum=1),
    },
    "X-Rows-Cut": {
        "description": "Present when there are more rows than the limit let through.",
        "schema": plain("string", enum=["yes"]),
    },
}

_text = plain("string")
_strings = plain("array", items=_text)
SCHEMAS: Final[Json] = {
    "Problem": plain(
        "object",
        description="RFC 9457, with what to do in fix.",
        properties={
            "type": plain("string", format="uri"),
            "title": _text,
            "status": plain("integer"),
            "detail": _text,
            "fix": _text,
            "parameter": _text,
            "line": plain("integer", minimum=1),
            "column": plain("integer", minimum=1),
        },
        required=["type", "title", "status", "detail", "fix"],
    ),
    "Results": plain(
        "object",
        description="SPARQL 1.1 Query Results JSON Format.",
        properties={
            "head": plain("object", properties={"vars": _strings}),
            "results": plain(
                "object",
                properties={"bindings": plain("array", items=plain("object"))},
                required=["bindings"],
            ),
            "boolean": plain("boolean"),
        },
        required=["head"],
    ),
}
