"""Addresses of the small release that many tests ask."""

JSON = "/queries/parks.json"
ALL = "/sparql?query=CONSTRUCT+WHERE{?s+?p+?o}"
READ_PATHS = [
    "/",
    "/sparql",
    "/sparql?query=ASK{}",
    "/queries/",
    JSON,
    "/queries/parks.rq",
    "/data/park/biobay",
    "/graph/facts",
    "/graphs?default",
    "/downloads/",
    "/downloads/dataset.nq",
    "/openapi.json",
    "/healthz",
    "/readyz",
    "/metrics",
    "/static/style.css",
]
