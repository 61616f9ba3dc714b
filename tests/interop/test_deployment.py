"""The files of docs/deployment.md and docs/scaling.md, run as they stand but for the ports."""

import re
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from systems import free_port, needed, running, wait_until_ready

from jsbio_kg.release import Release

DOCS = Path(__file__).parent.parent.parent / "docs"
HOW = "apt-get install nginx-light openssl"


def block(name: str, language: str) -> str:
    (text,) = re.findall(rf"```{language}\n(.*?)```", (DOCS / name).read_text(), re.DOTALL)
    return str(text)


@contextmanager
def instance(release: Release, folder: Path, port: int, *options: str) -> Iterator[None]:
    folder.mkdir()
    command = [sys.executable, "-m", "jsbio_kg.cli", "serve", "--port", str(port)]
    command += ["--release", str(release.root), "--workers", "1", *options]
    with running(command, folder, port):
        wait_until_ready(port)
        yield


@contextmanager
def proxy(folder: Path, name: str, text: str, port: int) -> Iterator[None]:
    (program,) = needed("nginx", how=HOW)
    (folder / name).write_text(text)
    command = [program, "-p", str(folder), "-c", name, "-g", "daemon off;"]
    with running(command, folder, port):
        yield


def test_tls_in_front_passes_everything_on(release: Release, tmp_path: Path) -> None:
    (openssl,) = needed("openssl", how=HOW)
    text = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -keyout kg.key -out kg.crt -subj /CN=localhost"
    )
    command = [openssl, *text.split(), "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    port, outer = free_port(), free_port()
    text = block("deployment.md", "nginx").replace(":8000", f":{port}").replace("8443", str(outer))
    trust = ssl.create_default_context(cafile=str(tmp_path / "kg.crt"))
    address = f"https://localhost:{outer}/"
    with (
        instance(release, tmp_path / "one", port, "--public-url", address),
        proxy(tmp_path, "kg.conf", text, outer),
    ):
        request = urllib.request.Request(f"{address}queries/parks.csv")
        with urllib.request.urlopen(request, context=trust, timeout=30) as answer:
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
            tag, body = answer.headers["ETag"], answer.read()
        assert tag and body.count(b"\n") > 3
        again = urllib.request.Request(request.full_url, headers={"If-None-Match": tag})
        with pytest.raises(urllib.error.HTTPError, match="304"):
            urllib.request.urlopen(again, context=trust, timeout=30)
        with urllib.request.urlopen(f"{address}sitemap.xml", context=trust, timeout=30) as answer:
            assert f"<loc>{address}".encode() in answer.read()


def as_written(folder: Path, release: Release, ports: dict[int, int]) -> list[list[str]]:
    """Return the commands of docs/scaling.md, to be run where its file and its release are."""
    text, file = block("scaling.md", "bash"), block("scaling.md", "nginx")
    for there, here in ports.items():
        text, file = (each.replace(str(there), str(here)) for each in (text, file))
    (folder / "replicas.conf").write_text(file)
    (folder / "build").mkdir()
    (folder / "build" / "release").symlink_to(release.root)
    program = folder / "jsbio-kg"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m jsbio_kg.cli "$@"\n')
    program.chmod(0o755)
    needed("nginx", how=HOW)
    path = f"PATH={folder}:$PATH:/usr/sbin"
    lines = [line.removesuffix(" &") for line in text.splitlines() if line]
    return [["bash", "-c", f"{path}; exec {line}"] for line in lines]


def test_one_of_two_replicas_is_killed_under_load_and_nothing_is_lost(
    release: Release, tmp_path: Path
) -> None:
    first, second, outer = free_port(), free_port(), free_port()
    ports = {8001: first, 8002: second, 8080: outer}
    one, two, balancer = as_written(tmp_path, release, ports)
    query = b"query=SELECT+(COUNT(*)+AS+%3Fn)+WHERE+%7B+%3Fs+%3Fp+%3Fo+%7D"
    answers: list[bytes] = []
    failures: list[str] = []
    enough = threading.Event()

    def ask() -> None:
        for _ in range(60):
            try:
                address = f"http://127.0.0.1:{outer}/sparql"
                with urllib.request.urlopen(address, query, timeout=60) as answer:
                    answers.append(answer.read())
            except OSError as error:
                failures.append(str(error))
            if len(answers) >= 40:
                enough.set()

    with running(two, tmp_path, second), running(balancer, tmp_path, outer):
        with running(one, tmp_path, first, is_killed=True):
            wait_until_ready(first)
            wait_until_ready(second)
            people = [threading.Thread(target=ask) for _ in range(3)]
            for person in people:
                person.start()
            assert enough.wait(120)
        for person in people:
            person.join()
    assert failures == []
    assert len(answers) == 180 and len(set(answers)) == 1
