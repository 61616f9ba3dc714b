"""What a dataset says of its own graphs and vocabulary, compared with its manifest.

In: a dataset. Out: each member of the manifest that the dataset contradicts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from .. import __version__
from ..i18n import Message, message
from ..vocabulary import JSBIO, expand, prefixes_under
from .content import Content, nodes_of

__all__ = ["Difference", "compared", "declared_otherwise"]

TYPE = expand("rdf:type")


@dataclass(frozen=True)
class Difference:
    """One thing that is not as the manifest says.

    :param where: a file, or a member of the manifest.
    """

    where: str
    what: Message


@dataclass
class _Said:
    """What the dataset says of one of its graphs, or of an ontology."""

    roles: set[str] = field(default_factory=set)
    title: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


def declared_otherwise(content: Content) -> Iterator[Difference]:
    """Yield what the dataset declares otherwise than its manifest."""
    manifest = content.manifest
    said = _said(content)
    for graph in manifest.graphs:
        known = said[graph.iri]
        name = graph.iri.rpartition("/")[2]
        stated = (graph.file, graph.title, graph.licence, graph.evidence)
        found = (
            f"graphs/{name}.ttl",
            dict(sorted(known.title.items())),
            known.values.get(expand("dcterms:license"), ""),
            known.values.get(expand("jsbio:evidencedBy"), ""),
        )
        for member, one, other in zip(
            ("file", "title", "licence", "evidence"), stated, found, strict=True
        ):
            yield from compared(f"{graph.iri} {member}", one, other)
        if graph.role not in known.roles:
            yield from compared(f"{graph.iri} role", graph.role, ", ".join(sorted(known.roles)))
    ontology = said.get(manifest.ontology_iri, _Said()).values
    versions = {ontology.get(expand(f"owl:{name}")) for name in ("versionInfo", "versionIRI")}
    if manifest.ontology_version not in versions:
        text = ", ".join(sorted(filter(None, versions)))
        yield from compared("ontology_version", manifest.ontology_version, text)
    if manifest.software_version == __version__:
        expected = dict(prefixes_under(manifest.base))
        yield from compared("prefixes", dict(manifest.prefixes), expected)


def compared(where: str, stated: object, found: object) -> Iterator[Difference]:
    """Yield a difference unless what is stated was found."""
    if stated != found:
        what = message("Stated: %(stated)s; found: %(found)s.", stated=stated, found=found)
        yield Difference(where, what)


def _said(content: Content) -> dict[str, _Said]:
    said = {graph.iri: _Said() for graph in content.graphs}
    said[content.manifest.ontology_iri] = _Said()
    for triple in content.union():
        subject, predicate, value = nodes_of(triple)
        if not isinstance(subject, NamedNode) or subject.value not in said:
            continue
        known = said[subject.value]
        if predicate.value == TYPE:
            known.roles.add(value.value.removeprefix(JSBIO))
        elif predicate.value == expand("rdfs:label") and isinstance(value, Literal):
            known.title[value.language or ""] = value.value
        else:
            known.values[predicate.value] = value.value
    return said
