"""Memory: what is said at the start of a service is what it takes."""

import subprocess
import sys
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from serving import serving

from jsbio_kg.bench.processes import Server
from jsbio_kg.release import Release
from jsbio_kg.service import Footprint, Lanes, Plan, Source, prepare_release
from jsbio_kg.store import Limits

LOADING = """
import sys
from pathlib import Path
from jsbio_kg.release import Release
from jsbio_kg.service import Plan

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096

release = Release.open(Path(sys.argv[1]), verify=False)
before = resident()
store = Plan(((str(release.dataset), "nquads", ""),), release.default_graphs).load()
print(resident() - before)
"""
SCAN = "SELECT (COUNT(?o) AS ?n) (MAX(STRLEN(STR(?o))) AS ?m) { GRAPH ?g { ?s ?p ?o } } # {n}"


def plan_of(release: Release, disk: str = "") -> Plan:
    copies = sum(graph.triples for graph in release.graphs if graph.default)
    return Plan((), disk=disk, triples=release.manifest.triples, copies=copies)


def test_the_store_takes_what_is_predicted(release: Release) -> None:
    command = [sys.executable, "-c", LOADING, str(release.root)]
    taken = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert plan_of(release).store_bytes / 2 < taken < plan_of(release).store_bytes * 1.5


def test_the_service_takes_no_more_than_is_said(release: Release) -> None:
    lanes = Lanes(fast=3, slow=1)
    most = Footprint.of(plan_of(release), lanes).read
    with serving("--release", str(release.root), "--workers", "3") as (address, process):
        server = Server(address, f"{address}/sparql", process, 0.0)

        def scan(number: int) -> None:
            query = urllib.parse.urlencode({"query": SCAN.replace("{n}", str(number))})
            urllib.request.urlopen(f"{server.endpoint}?{query}", timeout=60).close()

        with ThreadPoolExecutor(8) as clients:
            list(clients.map(scan, range(60)))
        assert server.memory() * 2**20 < most


def test_a_graph_on_disk_takes_no_memory_of_its_own() -> None:
    lanes, limits = Lanes(fast=3, slow=1), Limits(heap=1 << 30)
    large = {"triples": 10_000_000, "copies": 3_000_000, "limits": limits}
    in_memory = Footprint.of(Plan((), **large), lanes)
    on_disk = Footprint.of(Plan((), disk="store", **large), lanes)
    assert on_disk.shared < 1 << 30 < in_memory.shared < in_memory.read
    assert on_disk.read == in_memory.read


def test_a_small_release_needs_no_store_on_disk(release: Release) -> None:
    before = sorted(release.root.parent.iterdir())
    prepare_release(Source(release=release.root), lambda _: None)
    assert sorted(release.root.parent.iterdir()) == before
