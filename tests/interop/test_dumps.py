"""Every dump holds the same dataset for parsers that share no code with ours."""

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from systems import HERE, needed, node

from jsbio_kg.dumps.canonical import canonical_sha256
from jsbio_kg.dumps.reified import restored
from jsbio_kg.release import Release, ReleaseDump

#: How N3.js and jsonld.js call a form.
JAVASCRIPT = {
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "nquads": "N-Quads",
    "trig": "TriG",
    "jsonld": "jsonld",
    "jsonld-framed": "jsonld",
}
RAPPER = {"turtle": "turtle", "trig": "trig", "rdfxml": "rdfxml"}
JENA = ("turtle", "ntriples", "nquads", "trig", "rdfxml", "jsonld", "jsonld-framed", "rdf12")
APT = "apt-get install raptor2-utils serdi"


def whole(release: Release) -> dict[str, ReleaseDump]:
    """Return the dumps of everything, by form."""
    return {d.format: d for d in release.manifest.dumps if d.holds != "graph"}


@pytest.fixture(scope="session")
def by_javascript(release: Release) -> dict[str, str]:
    dumps = [dump for name, dump in whole(release).items() if name in JAVASCRIPT]
    asked = [
        {"file": str(release.root / dump.file), "syntax": JAVASCRIPT[dump.format]} for dump in dumps
    ]
    found = json.loads(node("parse.mjs", text=json.dumps(asked)))
    return {dump.format: found[str(release.root / dump.file)] for dump in dumps}


@pytest.mark.parametrize("form", JAVASCRIPT)
def test_n3_jsonld_and_rdf_canonize_find_the_hash_of_the_manifest(
    form: str, release: Release, by_javascript: dict[str, str]
) -> None:
    assert by_javascript[form] == whole(release)[form].canonical_sha256


@pytest.mark.parametrize("form", RAPPER)
def test_rapper_reads_strictly_what_the_manifest_says(form: str, release: Release) -> None:
    (program,) = needed("rapper", how=APT)
    dump = whole(release)[form]
    path = release.root / dump.file
    command = [program, "-q", "-i", RAPPER[form], "-o", "nquads", path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert canonical_sha256(ox.parse(done.stdout, ox.RdfFormat.N_QUADS)) == dump.canonical_sha256


@pytest.mark.parametrize("form", ["turtle", "trig"])
def test_serdi_reads_strictly_what_the_manifest_says(form: str, release: Release) -> None:
    (program,) = needed("serdi", how=APT)
    dump = whole(release)[form]
    command = [program, "-e", "-i", form, "-o", "nquads", release.root / dump.file]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert canonical_sha256(ox.parse(done.stdout, ox.RdfFormat.N_QUADS)) == dump.canonical_sha256


@pytest.mark.parametrize("program", ["rapper", "serdi"])
def test_each_graph_is_turtle_for_strict_parsers(program: str, release: Release) -> None:
    (path,) = needed(program, how=APT)
    for graph in release.graphs:
        file = release.root / graph.file
        ends = ["ntriples", file.as_uri() if program == "rapper" else str(file)]
        options = ["-q"] if program == "rapper" else ["-e"]
        command = [path, *options, "-i", "turtle", "-o", *ends]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert len(set(done.stdout.splitlines())) == graph.triples, graph.file


@pytest.fixture(scope="session")
def by_jena(release: Release, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("jena-read")
    arguments = []
    for form in JENA:
        arguments += [str(release.root / whole(release)[form].file), str(folder / f"{form}.nq")]
    command = [sys.executable, HERE / "jena_read.py", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return {form: folder / f"{form}.nq" for form in JENA}


@pytest.mark.parametrize("form", JENA)
def test_jena_reads_what_the_manifest_says(
    form: str, release: Release, by_jena: dict[str, Path]
) -> None:
    quads = restored(ox.parse(by_jena[form].read_bytes(), ox.RdfFormat.N_QUADS))
    assert canonical_sha256(quads) == whole(release)[form].canonical_sha256
