"""What hostile clients send and honest ones ask, and what a server's processes hold meanwhile."""

import random
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

SECONDS = 2
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o ."
ATTACKS = {
    "cartesian product": f"SELECT (COUNT(*) AS ?x) {{ {PRODUCT} }}",
    "product with order": f"SELECT * {{ {PRODUCT} }} ORDER BY ?a ?f ?i",
    "memory eater": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x) {{ {PRODUCT} }}",
    "distinct product": f"SELECT DISTINCT * {{ {PRODUCT} }}",
    "large answer": f"SELECT * {{ {PRODUCT} }}",
    "endless path": "SELECT * { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>|^!<urn:x>)* ?d . "
    "?e (!<urn:x>)* ?f }",
    "huge regular expression": "SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT("
    'STR(?o), STR(?c), STR(?f)), "(((a|b|c|d|e|f|g)*){0,30}){0,30}z$")) }',
    "repeated string": "SELECT (STRLEN(?z) AS ?n) { BIND(REPEAT AS ?z) }",
    "growing string": "SELECT (STRLEN(?z) AS ?n) { BIND('xxxxxxxxxxxxxxxx' AS ?v0) "
    + " ".join(f"BIND(CONCAT({', '.join([f'?v{n}'] * 16)}) AS ?v{n + 1})" for n in range(9))
    + " BIND(?v9 AS ?z) }",
    "many values": "SELECT * { VALUES ?x { " + "1 " * 200_000 + "} VALUES ?y { 1 2 3 } }",
    "deep nesting": "ASK " + "{" * 20_000 + "}" * 20_000,
    "deep brackets": "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "deep negation": "ASK { FILTER(" + "!" * 300_000 + "true) }",
    "deep collection": "ASK { " + "(" * 200 + "1" + ")" * 200 + " ?p ?o }",
    "long sequence": "ASK { ?s " + "/".join(["<urn:x>"] * 5_000) + " ?o }",
    "service": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "service by value": "SELECT * { VALUES ?w { <http://127.0.0.1:1/> } SERVICE ?w { ?s ?p ?o } }",
    "file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "load": "LOAD <file:///etc/passwd>",
    "update": "DELETE WHERE { ?s ?p ?o }",
}


def post(address: str, query: bytes | str, timeout: float = 30) -> tuple[int, bytes]:
    body = query.encode() if isinstance(query, str) else query
    request = urllib.request.Request(
        f"{address}/sparql",
        data=body,
        headers={"Content-Type": "application/sparql-query", "Accept": "*/*"},
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def honest(address: str) -> float:
    """Ask something small and new; return how long it took."""
    number = random.random()
    started = time.monotonic()
    query = f"SELECT ?s {{ ?s ?p ?o }} LIMIT 1 # {number}"
    while True:
        status, body = post(address, query)
        if status == 503 and time.monotonic() - started < 10:
            time.sleep(0.1)
            continue
        assert status == 200, body
        return time.monotonic() - started


def patient(address: str, outcomes: list[int]) -> int:
    """Ask something small as any client would; return how many others were answered meanwhile."""
    before = len(outcomes)
    text = f"SELECT ?s {{ ?s ?p ?o }} LIMIT 1 # {random.random()}"
    while True:
        request = urllib.request.Request(
            f"{address}/sparql",
            data=text.encode(),
            headers={"Content-Type": "application/sparql-query"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                assert answer.status == 200
                return len(outcomes) - before
        except urllib.error.HTTPError as error:
            assert error.code == 503, error.read()
            assert len(outcomes) - before <= 200 * TURNS
            time.sleep(int(error.headers["Retry-After"]))


#: How often each of many may be answered before one that waits is.
TURNS = 10


def connect(address: str) -> socket.socket:
    host, _, port = address.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=20)


def raw(address: str, data: bytes) -> bytes:
    """Send bytes and return what comes until the server closes or is silent."""
    with connect(address) as connection:
        connection.settimeout(5)
        received = b""
        try:
            connection.sendall(data)
            while piece := connection.recv(65536):
                received += piece
        except (TimeoutError, ConnectionError):
            pass
        return received


def tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in tree(int(child)))]


def memory(pid: int) -> int:
    """Return the memory that a process and its children hold for themselves, in bytes."""
    total = 0
    for each in tree(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))
    return total << 10


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False
