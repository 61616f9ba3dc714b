"""The test suites of the W3C for SPARQL 1.0 and 1.1, as rdflib's source distribution carries them.

In: the archive that ``make test`` fetches beside the virtual environment. Out: cases, and their
data as one file of N-Quads in which every file of a suite is the graph of its own IRI.
"""

import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

ARCHIVES = Path(sys.prefix) / "suites"
_INSIDE = "test/data/suites/w3c/"
#: Where the suites stand in the archive, and the address that their files call each other by.
_SUITES = {
    "dawg-data-r2": "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/",
    "sparql11": "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/",
}
#: What is not asked of an endpoint that reads: updates, entailment and protocols (tested apart).
_OUTSIDE = {
    "add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert",
    "delete-where", "drop", "entailment", "http-rdf-update", "move", "protocol",
    "service-description", "update-silent", "syntax-update-1", "syntax-update-2",
}  # fmt: skip
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_APPROVED = ox.Quad(
    ox.BlankNode(),
    ox.NamedNode("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#approval"),
    ox.NamedNode("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#Approved"),
)
FORMATS = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "ttl": ox.RdfFormat.TURTLE,
}


@dataclass(frozen=True)
class Case:
    """One test: its name, its kind, the IRIs of its query, its data and its result."""

    name: str
    kind: str
    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    result: str


class Suites:
    """The suites, read into memory: ``files`` holds every file by its IRI."""

    def __init__(self, archive: Path) -> None:
        self.files: dict[str, bytes] = {}
        with tarfile.open(archive) as held:
            for member in held:
                _, found, path = member.name.partition("/" + _INSIDE)
                suite, _, rest = path.partition("/")
                if found and suite in _SUITES and member.isfile():
                    stream = held.extractfile(member)
                    assert stream is not None
                    self.files[_SUITES[suite] + rest] = stream.read()

    def cases(self) -> Iterator[Case]:
        """Yield the approved cases that are asked of an endpoint."""
        for iri in sorted(self.files):
            folder, _, name = iri.rpartition("/")
            if name == "manifest.ttl" and folder.rpartition("/")[2] not in _OUTSIDE:
                yield from filter(self._is_whole, self._read(iri))

    def _is_whole(self, case: Case) -> bool:
        """Tell whether the archive has every file of a case; it lacks a few."""
        return {*case.default, *case.named, case.query} <= self.files.keys()

    def _read(self, iri: str) -> Iterator[Case]:
        manifest = ox.Store()
        manifest.load(self.files[iri], ox.RdfFormat.TURTLE, base_iri=iri)

        def values(node: ox.NamedNode | ox.BlankNode, predicate: str) -> list[str]:
            quads = manifest.quads_for_pattern(node, ox.NamedNode(predicate), None)
            return sorted(str(quad.object.value) for quad in quads)

        for quad in manifest.quads_for_pattern(None, _APPROVED.predicate, _APPROVED.object):
            test = quad.subject
            [kind] = values(test, _RDF + "type")
            [action] = (
                each.object
                for each in manifest.quads_for_pattern(test, ox.NamedNode(_MF + "action"), None)
            )
            given = isinstance(action, ox.BlankNode)
            yield Case(
                name="/".join(test.value.split("/")[-2:]).replace("manifest#", ""),
                kind=kind.rpartition("#")[2],
                query=values(action, _QT + "query")[0] if given else action.value,
                default=tuple(values(action, _QT + "data")) if given else (),
                named=tuple(values(action, _QT + "graphData")) if given else (),
                result=next(iter(values(test, _MF + "result")), ""),
            )

    def quads(self, cases: list[Case]) -> bytes:
        """Return the data of these cases, and of the graphs that their queries name themselves."""
        folders = {case.query.rpartition("/")[0] for case in cases if not case.default}
        wanted = {iri for case in cases for iri in (*case.default, *case.named)}
        wanted |= {
            iri
            for iri in self.files
            if iri.rpartition("/")[0] in folders and "/data-" in iri and iri.endswith(".ttl")
        }
        held = []
        for iri in sorted(wanted):
            format = FORMATS[iri.rpartition(".")[2]]
            parsed = ox.parse(self.files[iri], format, base_iri=iri, rename_blank_nodes=True)
            held += [ox.Quad(*quad.triple, ox.NamedNode(iri)) for quad in parsed]
        return ox.serialize(held, format=ox.RdfFormat.N_QUADS) or b""


def find_archive() -> Path | None:
    """Return the archive, when it was fetched."""
    return next(iter(sorted(ARCHIVES.glob("rdflib-*.tar.gz"))), None)
