"""The part of the interface that is read: graphs, things, pages, files, names, health.

In: nothing but the formats. Out: the paths with their operations, for :mod:`.openapi`.
"""

from ..store import DATASETS, GRAPHS
from .downloads import MEDIA_TYPES
from .openapi_parts import IRI, LANGUAGE, Json, answers, field, give, operation, place, plain

__all__ = ["comparing", "reading", "schemas", "searching", "taking", "watching"]

_TRIPLES = (*GRAPHS, *DATASETS)
_EXTENSIONS = [each.extension for each in _TRIPLES]
_HTML = {"text/html": plain("string")}
_TEXT = {"text/plain": plain("string")}
_JSON = {"application/json": plain("object")}
_KIND = place("kind", "Kind of thing, such as park.", r"^[a-z][a-z-]*$", "park")
_NAME = place(
    "name", "Name of the thing, such as biobay.", r"^[A-Za-z0-9][A-Za-z0-9._-]*$", "biobay"
)


def reading() -> dict[str, Json]:
    """Return how graphs, things and the vocabulary are read."""
    triples = answers("Triples.", _TRIPLES)
    faults = give(400, 404, 406, 414, 429, 431, 503, 504, 507)
    graph = field("graph", "IRI of a named graph.", plain("string", pattern=IRI))
    default = field("default", "The default graph.", plain("string"))
    iri = field("iri", "IRI of anything in the graph.", plain("string", pattern=IRI), True)
    page = {"200": {"description": "A page.", "content": schemas(_HTML)}}
    see = {
        "303": {"description": "Where the page or the data are.", "headers": _header("Location")}
    }
    extension = place("extension", "The format.", "", "ttl")
    extension["schema"] = plain("string", enum=[*_EXTENSIONS, "html"])
    whole = {"200": {**triples["200"], "content": {**triples["200"]["content"], **schemas(_HTML)}}}
    protocol = "A whole graph (SPARQL 1.1 Graph Store HTTP Protocol, reading)."
    return _gets(
        {
            "/graphs": ("readGraph", protocol, [graph, default, LANGUAGE], triples),
            "/graph/{name}": ("readGraphByName", protocol, [_NAME, LANGUAGE], {**triples, **see}),
            "/id/{kind}/{name}": ("resolve", "Where a thing is.", [_KIND, _NAME, LANGUAGE], see),
            "/data/{kind}/{name}": (
                "readThing",
                "What is said of a thing.",
                [_KIND, _NAME],
                triples,
            ),
            "/data": ("readAnything", "What is said of any IRI.", [iri], triples),
            "/page/{kind}/{name}": (
                "showThing",
                "The page of a thing.",
                [_KIND, _NAME, LANGUAGE],
                page,
            ),
            "/page": ("showAnything", "The page of any IRI.", [iri, LANGUAGE], page),
            "/ontology": ("readOntology", "The vocabulary.", [LANGUAGE], whole),
            "/ontology.{extension}": (
                "readOntologyAs",
                "The vocabulary.",
                [extension, LANGUAGE],
                whole,
            ),
            "/ontology/{version}": (
                "readOntologyVersion",
                "A version of the vocabulary.",
                [place("version", "Its version.", r"^[A-Za-z0-9.-]+$", "1.0.0"), LANGUAGE],
                whole,
            ),
            "/void": ("readDescription", "The graph's description of itself.", [], triples),
            "/.well-known/void": ("readDescriptionWellKnown", "The same.", [], triples),
        },
        faults,
    )


def searching() -> dict[str, Json]:
    """Return how things are found, and why a triple holds."""
    words = field("q", "Words, in English, Chinese or pinyin.", plain("string"))
    kind = field("kind", "Only this kind of thing.", plain("string"))
    number = field("page", "Which page.", plain("integer", minimum=1, maximum=1000))
    asked = [words, kind, number, LANGUAGE]
    found = {"200": {"description": "What was found.", "content": schemas(_JSON)}}
    listed = plain("array", items=plain("object"))
    suggested = {
        "200": {"description": "Names.", "content": {"application/json": {"schema": listed}}}
    }
    both = {"200": {"description": "What was found.", "content": schemas({**_HTML, **_JSON})}}
    parts = [
        field(name, text, plain("string", pattern=pattern, minLength=1), True)
        for name, text, pattern in (
            ("s", "The subject.", IRI),
            ("p", "The predicate.", IRI),
            ("o", "The object: an IRI, a number or a text in quotes.", IRI),
        )
    ]
    proof = {**_HTML, **_JSON, "text/turtle": plain("string")}
    why = {"200": {"description": "The proof.", "content": schemas(proof)}}
    return _gets(
        {
            "/search": ("search", "Find things by their names.", asked, both),
            "/search.json": ("searchAsJson", "The same, as JSON.", asked, found),
            "/search/suggest": ("suggest", "Names that begin so.", asked, suggested),
            "/sparql/vocabulary.json": ("readTerms", "The terms for an editor.", [], found),
            "/explain": ("explain", "Why a triple holds.", [*parts, LANGUAGE], why),
        },
        give(400, 404, 406, 414, 429, 431, 503, 504),
    )


def taking() -> dict[str, Json]:
    """Return the pages of the site and the files to take away."""
    page = {"200": {"description": "A page.", "content": schemas(_HTML)}}
    file = place("file", "Name of a file of the release.", "", "dataset.nq")
    file["schema"] = plain("string", minLength=1)
    bytes_: Json = {name: {"schema": {}} for name in MEDIA_TYPES}
    part = {
        "200": {"description": "The file.", "content": bytes_},
        "206": {"description": "The part that was asked for.", "content": bytes_},
        **give(416),
    }
    map_ = {"200": {"description": "Every page.", "content": schemas({"application/xml": {}})}}
    return _gets(
        {
            "/": ("showHome", "The first page.", [LANGUAGE], page),
            "/queries/": ("showQueries", "The saved queries.", [LANGUAGE], page),
            "/downloads/": ("showDownloads", "The files of the release.", [LANGUAGE], page),
            "/downloads/{file}": ("download", "A file of the release.", [file], part),
            "/sitemap.xml": ("readSitemap", "The addresses of all pages.", [], map_),
        },
        give(400, 404, 406, 414, 429, 431, 503, 504, 507),
    )


def comparing() -> dict[str, Json]:
    """Return how older releases are reached, and what changed between two of them."""
    older, newer, version = (
        place(name, text, r"^[0-9a-f]+$", "0123456789ab")
        for name, text in (
            ("old", "The earlier release."),
            ("new", "The later release."),
            ("version", "The release, by the beginning of its hash."),
        )
    )
    ending = place("ending", "The format.", r"^[a-z]+$", "json")
    pair = [field(name, "A release.", plain("string")) for name in ("from", "to")]
    listed = schemas({**_HTML, "application/json": plain("array", items=plain("object"))})
    releases = {"200": {"description": "The releases that are kept.", "content": listed}}
    moved = {s: {"description": "At its own address."} for s in ("303", "308")}
    page = {"200": {"description": "A page.", "content": schemas(_HTML)}, **moved}
    file = {"200": {"description": "A file.", "content": {n: {"schema": {}} for n in MEDIA_TYPES}}}
    return _gets(
        {
            "/releases/": ("showReleases", "The releases that are kept.", [LANGUAGE], releases),
            "/releases/{version}/": ("showRelease", "The whole site of one.", [version], page),
            "/changes/": ("compare", "What changed between two.", [*pair, LANGUAGE], page),
            "/changes/{old}/{new}": ("showChanges", "The same.", [older, newer, LANGUAGE], page),
            "/changes/{old}/{new}.{ending}": (
                "readChanges",
                "The same, as a file.",
                [older, newer, ending],
                {**file, **moved},
            ),
        },
        give(400, 404, 406, 414, 429, 431, 503, 504, 507),
    )


def watching() -> dict[str, Json]:
    """Return what tells how the service does, and what it is."""
    text = {"200": {"description": "As it is now.", "content": schemas(_TEXT)}}
    api = {"200": {"description": "The interface.", "content": schemas(_JSON)}}
    return _gets(
        {
            "/healthz": ("isAlive", "Whether the process lives.", [], text),
            "/readyz": ("isReady", "Whether the graph answers.", [], text),
            "/metrics": ("readMetrics", "Numbers for Prometheus.", [], text),
            "/robots.txt": ("readRobots", "What robots may read.", [], text),
            "/openapi.json": ("readInterface", "This document.", [], api),
        },
        give(400, 414, 431, 503, 504),
    )


def _gets(rows: dict[str, tuple[str, str, list[Json], Json]], faults: Json) -> dict[str, Json]:
    return {
        path: {"get": operation(name, summary, parameters, {**responses, **faults})}
        for path, (name, summary, parameters, responses) in rows.items()
    }


def schemas(types: Json) -> Json:
    """Return media types with their schemas."""
    return {name: {"schema": schema} for name, schema in types.items()}


def _header(name: str) -> Json:
    return {name: {"schema": plain("string")}}
