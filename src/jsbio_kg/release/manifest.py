"""The manifest of a release, as data and as JSON."""

import builtins
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self, TypeVar, get_origin

__all__ = ["FORMAT", "MANIFEST", "Manifest", "ReleaseDump", "ReleaseFile", "ReleaseGraph"]

MANIFEST: Final = "manifest.json"

#: The kind of release this software writes and reads; a new number for a breaking change.
FORMAT: Final = "jsbio-kg release 1"


@dataclass(frozen=True)
class ReleaseGraph:
    """One named graph of a release.

    :param role: the local name of its class, such as ``FactGraph``.
    :param file: where its Turtle stands inside the release.
    :param title: by language.
    :param default: whether a query that names no graph sees it.
    :param licence: the IRI of its licence, or empty.
    :param evidence: the IRI of the graph that holds its evidence, or empty.
    """

    iri: str
    role: str
    file: str
    triples: int
    title: Mapping[str, str]
    default: bool
    licence: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class ReleaseFile:
    """Size and SHA-256 of one file of a release."""

    bytes: int
    sha256: str

    @classmethod
    def of(cls, content: builtins.bytes) -> "ReleaseFile":
        """Return what is said of a file with this content."""
        return cls(len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True)
class ReleaseDump:
    """One form of the dataset that people take away; its size and SHA-256 stand in ``files``.

    :param file: where it stands inside the release.
    :param format: the name that ``export --format`` knows.
    :param media_type: of the content, without what compresses it.
    :param encoding: ``gzip``, ``zip``, or empty.
    :param holds: ``dataset`` (graphs kept apart), ``union`` (one graph of all), ``graph`` (one of
        them), ``property graph``, ``table`` or ``context``.
    :param triples: how many quads or triples it holds; edges, or rows of a table.
    :param title: by language.
    :param canonical_sha256: the SHA-256 of its content as canonical N-Quads (RDFC-1.0), sorted by
        code point; empty for what is no RDF.
    :param graph: the IRI of the one graph it holds, or empty.
    """

    file: str
    format: str
    media_type: str
    encoding: str
    holds: str
    triples: int
    title: Mapping[str, str]
    canonical_sha256: str = ""
    graph: str = ""


_Part = TypeVar("_Part", ReleaseGraph, ReleaseFile, ReleaseDump)


@dataclass(frozen=True)
class Manifest:
    """What a release says of itself.

    :param base: the address under which its things have their IRIs.
    :param dataset_version: the SHA-256 of its canonical N-Quads.
    :param triples: how many quads the dataset holds.
    :param checks: the names of the checks its sources passed.
    :param licence: the IRI of the licence of the whole.
    :param dumps: the forms of the dataset that it carries.
    """

    base: str
    software_version: str
    ontology_iri: str
    ontology_version: str
    dataset_version: str
    triples: int
    graphs: tuple[ReleaseGraph, ...]
    default_graphs: tuple[str, ...]
    prefixes: Mapping[str, str]
    checks: tuple[str, ...]
    files: Mapping[str, ReleaseFile]
    licence: str = ""
    dumps: tuple[ReleaseDump, ...] = ()

    def to_json(self) -> str:
        """Return the manifest as JSON, the same text for the same content."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """Return the manifest in parsed JSON.

        :raises KeyError: when a member is missing.
        :raises TypeError: when a member has another shape.
        """
        return cls(
            base=str(content["base"]),
            software_version=str(content["software_version"]),
            ontology_iri=str(content["ontology_iri"]),
            ontology_version=str(content["ontology_version"]),
            dataset_version=str(content["dataset_version"]),
            triples=int(content["triples"]),
            graphs=tuple(_made(ReleaseGraph, graph) for graph in content["graphs"]),
            default_graphs=tuple(content["default_graphs"]),
            prefixes=dict(content["prefixes"]),
            checks=tuple(content["checks"]),
            files={name: _made(ReleaseFile, file) for name, file in content["files"].items()},
            licence=str(content.get("licence", "")),
            dumps=tuple(_made(ReleaseDump, dump) for dump in content.get("dumps", ())),
        )


def _made(kind: type[_Part], members: Mapping[str, Any]) -> _Part:
    """Return a part of a manifest; JSON has one way to write each of its members.

    :raises TypeError: when a member has another shape.
    """
    made = kind(**members)
    for each in fields(kind):
        expected = get_origin(each.type) or each.type
        value = getattr(made, each.name)
        if type(value) is not (dict if expected is Mapping else expected):
            raise TypeError(each.name)
    return made
