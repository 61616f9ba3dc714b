"""What others use instead, each started on the same N-Quads; what is not installed is left out."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from .processes import DEADLINE, Cost, Server, find_tool, free_port, run, serving

__all__ = ["ENDPOINTS", "OXIGRAPH", "PING", "load_oxigraph", "load_virtuoso", "serve_peer"]

OXIGRAPH: Final = "oxigraph serve-read-only"
#: Names of the peers that serve, each with the size beyond which it is not asked: it would take
#: longer than all the others together, or more memory than there is.
ENDPOINTS: Final = {
    OXIGRAPH: 100_000_000,
    "Virtuoso": 100_000_000,
    "Jena": 2_000_000,
    "rdflib-endpoint": 50_000,
}
VIRTUOSO: Final = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
SSLServerPort =
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
DirsAllowed = {data}
[HTTPServer]
ServerPort = {http}
ServerRoot = .
MaxKeepAlives = 10
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = {deadline}
"""
PING: Final = "?query=ASK%20%7B%7D"


def load_oxigraph(data: Path, place: Path) -> Cost:
    """Load a file with ``oxigraph load`` into an empty folder."""
    shutil.rmtree(place, ignore_errors=True)
    return run([find_tool("oxigraph"), "load", "--location", str(place), "--file", str(data)])


def load_virtuoso(data: Path, place: Path) -> Cost:
    """Start Virtuoso on an empty folder and load a file with its bulk loader."""
    with _virtuoso(data, place) as (server, cost):
        return Cost(cost.seconds, cost.cpu, server.memory(), "")


@contextmanager
def serve_peer(
    name: str, data: Path, place: Path, timeout: float | None = None
) -> Iterator[Server]:
    """Serve a file with a peer.

    :param timeout: seconds that Oxigraph gives a query. It then keeps a thread for every query
        until they are over, however soon it was answered: only for loads of few queries.
    :raises Failed: when it is not installed or does not start.
    """
    if name == "Virtuoso":
        with _virtuoso(data, place) as (server, _):
            yield server
        return
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    if name == OXIGRAPH:
        load_oxigraph(data, place)
        run([find_tool("oxigraph"), "optimize", "--location", str(place)])
        command = [find_tool("oxigraph"), "serve-read-only", "--location", str(place)]
        command += ["--bind", f"127.0.0.1:{port}"]
        command += [] if timeout is None else ["--timeout-s", f"{timeout:.0f}"]
        endpoint = f"{address}/query"
    elif name == "rdflib-endpoint":
        at = ["--host", "127.0.0.1", "--port", str(port)]
        command = [find_tool("rdflib-endpoint"), "serve", *at, str(data)]
        endpoint = f"{address}/"
    else:
        command = [sys.executable, "-m", "jsbio_kg.bench.jena", str(port), str(data)]
        endpoint = f"{address}/sparql"
    with serving(command, address, endpoint, endpoint + PING) as server:
        yield server


@contextmanager
def _virtuoso(data: Path, place: Path) -> Iterator[tuple[Server, Cost]]:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    sql, http = free_port(), free_port()
    text = VIRTUOSO.format(sql=sql, http=http, data=data.parent, deadline=DEADLINE)
    (place / "virtuoso.ini").write_text(text)
    command = [find_tool("virtuoso-t"), "+foreground", "+configfile", "virtuoso.ini"]
    address = f"http://127.0.0.1:{http}"
    endpoint = f"{address}/sparql"
    with serving(command, address, endpoint, endpoint + PING, folder=place) as server:
        before = server.cpu()
        started = time.perf_counter()
        script = (
            f"ld_dir('{data.parent}', '{data.name}', 'urn:x-jsbio:default');"
            "rdf_loader_run(); checkpoint;"
        )
        client = [find_tool("isql-vt"), str(sql), "dba", "dba", f"EXEC={script}"]
        subprocess.run(client, check=False, capture_output=True)
        cost = Cost(time.perf_counter() - started, server.cpu() - before, 0.0, "")
        yield server, cost
