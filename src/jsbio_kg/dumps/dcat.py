"""A release described in DCAT: each dump a distribution, with size, checksum and licence.

In: a manifest. Out: Turtle. Addresses are relative, so that the description is true wherever the
folder is served. It is no part of the dataset, whose hash it states.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from ..release import Manifest, ReleaseDump
from ..vocabulary import BORROWED

__all__ = ["describe"]

MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
SPDX: Final = "http://spdx.org/rdf/terms#"
NAMES: Final = ("dcat", "dcterms", "prov", "rdfs", "xsd")


def describe(manifest: Manifest) -> str:
    """Return the description; the same text for the same manifest."""
    prefixes = {name: BORROWED[name] for name in NAMES} | {"spdx": SPDX}
    parts = [f"PREFIX {name}: <{space}>\n" for name, space in sorted(prefixes.items())]
    parts.append("\n" + "".join(_dataset(manifest)))
    parts += ["\n" + "".join(_distribution(manifest, dump)) for dump in manifest.dumps]
    return "".join(parts)


def _dataset(manifest: Manifest) -> Iterator[str]:
    yield f"{NamedNode(manifest.base + 'graph/description#dataset')}\n    a dcat:Dataset ;\n"
    yield f"    dcterms:license {NamedNode(manifest.licence)} ;\n"
    yield f"    dcterms:identifier {Literal('sha256:' + manifest.dataset_version)} ;\n"
    yield f"    dcat:version {Literal(manifest.dataset_version[:12])} ;\n"
    yield f"    dcterms:conformsTo {NamedNode(manifest.ontology_iri)} ;\n"
    software = Literal(f"jsbio-kg {manifest.software_version}")
    yield f"    prov:wasGeneratedBy [ a prov:Activity ; rdfs:label {software} ] ;\n"
    for check in manifest.checks:
        yield "    dcterms:provenance [ a dcterms:ProvenanceStatement ; "
        yield f"rdfs:label {Literal('passed: ' + check)} ] ;\n"
    for dump in manifest.dumps:
        yield f"    dcat:distribution <#{dump.file}> ;\n"
    yield ".\n"


def _distribution(manifest: Manifest, dump: ReleaseDump) -> Iterator[str]:
    file = manifest.files[dump.file]
    yield f"<#{dump.file}>\n    a dcat:Distribution ;\n"
    for language, title in sorted(dump.title.items()):
        yield f"    dcterms:title {Literal(title, language=language)} ;\n"
    if dump.graph:
        yield f"    dcterms:subject {NamedNode(dump.graph)} ;\n"
    yield f"    dcterms:license {NamedNode(manifest.licence)} ;\n"
    yield f"    dcat:downloadURL <{dump.file}> ;\n"
    media_type = dump.media_type.partition(";")[0]
    yield f"    dcat:mediaType {NamedNode(MEDIA_TYPES + media_type)} ;\n"
    if dump.encoding:
        packed = NamedNode(f"{MEDIA_TYPES}application/{dump.encoding}")
        name = "compressFormat" if dump.encoding == "gzip" else "packageFormat"
        yield f"    dcat:{name} {packed} ;\n"
    yield f'    dcat:byteSize "{file.bytes}"^^xsd:nonNegativeInteger ;\n'
    if dump.canonical_sha256:
        yield f"    dcterms:identifier {Literal('rdfc-1.0-sha256:' + dump.canonical_sha256)} ;\n"
    yield "    spdx:checksum [\n        a spdx:Checksum ;\n"
    yield "        spdx:algorithm spdx:checksumAlgorithm_sha256 ;\n"
    yield f'        spdx:checksumValue "{file.sha256}"^^xsd:hexBinary ;\n    ] ;\n.\n'
