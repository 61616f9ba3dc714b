"""The servers that ``serve.py`` compares, over the same made-up triples.

Oxigraph's own server in memory and on disk, each also with nginx and its cache in front, and ours.
"""

import getpass
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from jsbio_kg.bench.peers import PING
from jsbio_kg.bench.processes import find_tool, free_port, ours, serving

__all__ = ["LIMITED", "OURS", "PEERS", "ask", "servers", "write_data"]

OURS = "ours"
LIMITED = "disk, timeout 10 s"
PEERS = ("memory", "disk", "memory + nginx", "disk + nginx")
XSD = "http://www.w3.org/2001/XMLSchema#"
NGINX = """daemon off;
user {user};
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=answers:32m max_size=2g use_temp_path=off;
  {servers}
}}
"""
NGINX_SERVER = """
  upstream at{port} {{ server 127.0.0.1:{behind} max_fails=0; keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://at{port};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_cache answers;
      proxy_cache_key "$server_port $request_uri $http_accept";
      proxy_cache_valid 200 10m;
    }}
  }}"""


def write_data(path: Path, triples: int) -> None:
    """Write subjects of five triples each, in groups of a thousand, as N-Triples."""
    base = "http://example.org/"
    with path.open("w") as stream:
        for number in range(triples // 5):
            subject = f"<{base}s/{number}>"
            stream.write(
                f"{subject} <{base}type> <{base}Class{number % 20}> .\n"
                f"{subject} <{base}group> <{base}group/{number // 1000}> .\n"
                f'{subject} <{base}label> "Label of {number}"@en .\n'
                f'{subject} <{base}value> "{number % 997}"^^<{XSD}integer> .\n'
                f"{subject} <{base}next> <{base}s/{(number * 7 + 1) % (triples // 5)}> .\n"
            )


def ask(address: str, query: str, timeout: float = 60) -> bytes:
    """Return the answer of a query."""
    url = f"{address}/query?" + urllib.parse.urlencode({"query": query})
    request = urllib.request.Request(url, headers={"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        body: bytes = answer.read()
        return body


@contextmanager
def servers(data: Path, folder: Path) -> Iterator[dict[str, str]]:
    """Run every server over the same data; give their addresses by name, ours first."""
    oxigraph = find_tool("oxigraph")
    location = str(folder / "disk")
    load = [oxigraph, "load", "--location", location, "--file", str(data)]
    subprocess.run(load, check=True, stderr=subprocess.DEVNULL)
    subprocess.run([oxigraph, "optimize", "--location", location], check=True)
    with ExitStack() as stack:

        def start(port: int, *command: str) -> str:
            return stack.enter_context(running(port, *command))

        memory, disk = free_port(), free_port()
        at = f"127.0.0.1:{memory}"
        found = {"memory": start(memory, oxigraph, "serve", "--bind", at)}
        at = f"127.0.0.1:{disk}"
        stored = ("serve-read-only", "--location", location, "--bind")
        found["disk"] = start(disk, oxigraph, *stored, at)
        # With a timeout Oxigraph keeps a thread for every query until it is over: at some thousand
        # queries a second there are no threads left, so only the hostile load has one.
        limited = free_port()
        at = f"127.0.0.1:{limited}"
        found[LIMITED] = start(limited, oxigraph, *stored, at, "--timeout-s", "10")
        _post(f"{found['memory']}/store?default", data)
        fronts = {free_port(): memory, free_port(): disk}
        first, second = fronts
        start(first, *_nginx(folder, fronts))
        found["memory + nginx"] = f"http://127.0.0.1:{first}"
        found["disk + nginx"] = f"http://127.0.0.1:{second}"
        port = free_port()
        command = ours("serve", "--port", str(port), "--timeout", "10", str(data))
        yield {OURS: start(port, *command), **found}


@contextmanager
def running(port: int, *command: str) -> Iterator[str]:
    """Run a server until it answers and has done what it does at its start."""
    address = f"http://127.0.0.1:{port}"
    endpoint = f"{address}/query"
    with serving(command, address, endpoint, endpoint + PING) as server:
        server.rest()
        yield address


def _post(address: str, data: Path) -> None:
    headers = {"Content-Type": "application/n-triples"}
    request = urllib.request.Request(address, data.read_bytes(), headers, method="POST")
    urllib.request.urlopen(request, timeout=600).close()


def _nginx(folder: Path, fronts: dict[int, int]) -> list[str]:
    servers = "".join(NGINX_SERVER.format(port=port, behind=fronts[port]) for port in fronts)
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, user=getpass.getuser(), servers=servers))
    return [find_tool("nginx"), "-c", str(configuration), "-p", str(folder)]
