"""The formats an answer is written in: the one table of media types and extensions.

In: nothing. Out: :data:`SOLUTIONS` (rows and booleans), :data:`GRAPHS` (triples) and
:data:`DATASETS` (quads), each in the order of preference when a client leaves the choice to us.
"""

from dataclasses import dataclass

__all__ = ["DATASETS", "EXTENSIONS", "FORMATS", "GRAPHS", "SOLUTIONS", "Format"]


@dataclass(frozen=True, eq=False)
class Format:
    """One serialisation; there is one object of each, compared by identity.

    :param media_type: what it is called by its standard.
    :param also: names that clients also use for it; a client that asks by one is answered by it.
    """

    name: str
    media_type: str
    extension: str
    also: tuple[str, ...] = ()

    @property
    def media_types(self) -> tuple[str, ...]:
        """Return all names, the standard's first."""
        return (self.media_type, *self.also)


SOLUTIONS = (
    Format("json", "application/sparql-results+json", "json", ("application/json",)),
    Format("xml", "application/sparql-results+xml", "xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv", "csv"),
    Format("tsv", "text/tab-separated-values", "tsv"),
)
GRAPHS = (
    Format("turtle", "text/turtle", "ttl", ("application/x-turtle", "application/turtle")),
    Format("ntriples", "application/n-triples", "nt", ("text/plain",)),
    Format("jsonld", "application/ld+json", "jsonld", ("application/json",)),
    Format("rdfxml", "application/rdf+xml", "rdf", ("application/xml", "text/xml")),
)
DATASETS = (
    Format("trig", "application/trig", "trig", ("application/x-trig",)),
    Format("nquads", "application/n-quads", "nq", ("text/x-nquads",)),
)
FORMATS = {format.name: format for format in (*SOLUTIONS, *GRAPHS, *DATASETS)}
EXTENSIONS = {format.extension: format for format in FORMATS.values()}
