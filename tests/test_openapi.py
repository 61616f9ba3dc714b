"""The description of the interface is whole, and holds: a generator and a fuzzer go by it."""

import json
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from jsbio_kg.service import Service
from jsbio_kg.web.app import create_app

HERE = Path(__file__).parent
#: Pages of which there is no interface to speak: files of the pages themselves.
NO_INTERFACE = {"/static/{filename}"}
#: Paths that answer ahead of the pages.
AHEAD = {
    "/changes/{old}/{new}.{ending}",
    "/releases/{version}/",
    "/.well-known/void",
    "/downloads/{file}",
    "/graph/{name}",
    "/graphs",
    "/healthz",
    "/metrics",
    "/openapi.json",
    "/readyz",
    "/void",
}
#: What a route calls by one name and the description by two.
SPELLINGS = {"/page/{name}": "/page/{kind}/{name}", "/id/{name}": "/id/{kind}/{name}"}
SPELLINGS["/data/{name}"] = "/data/{kind}/{name}"
#: What the generator knows no reader or writer for, and as what it may take it.
AS_TEXT = ("application/sparql-query", "application/xml", "application/gzip", "application/zip")


@pytest.fixture()
def api(client: FlaskClient) -> dict[str, Any]:
    content: dict[str, Any] = client.get("/openapi.json").json
    return content


def test_every_public_path_is_described(service: Service, api: dict[str, Any]) -> None:
    rules = create_app(service).url_map.iter_rules()
    routes = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in rules}
    routes = {SPELLINGS.get(route, route) for route in routes} - NO_INTERFACE
    described = {re.sub(r"^/queries/\{name\}.*", "/queries/{name}", path) for path in api["paths"]}
    assert (routes | AHEAD) - described == set()


def test_every_operation_has_a_name_of_its_own_and_every_path_its_errors(
    api: dict[str, Any],
) -> None:
    operations = [each for path in api["paths"].values() for each in path.values()]
    names = [each["operationId"] for each in operations]
    assert len(set(names)) == len(names)
    for operation in operations:
        assert operation["summary"]
        problems = {s: r for s, r in operation["responses"].items() if s >= "400"}
        assert problems, operation["operationId"]
        for status, response in problems.items():
            assert status in ("414", "431") or "application/problem+json" in response["content"]


def test_a_generic_generator_makes_a_client_that_works(server: str, tmp_path: Path) -> None:
    overrides = "".join(f"  {name}: text/plain\n" for name in AS_TEXT)
    (tmp_path / "config.yaml").write_text(
        f"post_hooks: []\ncontent_type_overrides:\n{overrides}", "utf-8"
    )
    with urllib.request.urlopen(f"{server}/openapi.json") as answer:
        (tmp_path / "openapi.json").write_bytes(answer.read())
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    command += ["--path", "openapi.json", "--config", "config.yaml", "--output-path", "generated"]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert made.returncode == 0, made.stdout + made.stderr
    script = (
        "import json, sys\n"
        "from generated import Client\n"
        "from generated.api.parks import parks_in_city\n"
        "client = Client(base_url=sys.argv[1])\n"
        "ask = parks_in_city.sync_detailed\n"
        "good = ask(client=client, city=['city:nanjing'], limit=5).parsed\n"
        "bad = ask(client=client, city=['nanjing']).parsed\n"
        "print(json.dumps([good.to_dict(), bad.to_dict()]))\n"
    )
    used = subprocess.run(
        [sys.executable, "-c", script, server],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert used.returncode == 0, used.stderr
    good, bad = json.loads(used.stdout)
    [row] = good["results"]["bindings"]
    assert row["park"]["value"].endswith("/park/valley")
    assert (bad["status"], bad["parameter"]) == (400, "city")


def test_a_fuzzer_that_goes_by_the_description_finds_no_fault(server: str, tmp_path: Path) -> None:
    """Schemathesis, with every check; ``schemathesis.toml`` says how far it goes."""
    for name in ("schemathesis.toml", "schemathesis_hooks.py"):
        shutil.copy(HERE / name, tmp_path)
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", "schemathesis.toml"]
    command += ["run", f"{server}/openapi.json", "--no-color"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert found.returncode == 0, found.stdout[-8000:] + found.stderr[-2000:]
    assert re.search(r"Tested: \d{2,}", found.stdout)


def test_openapi_lists_every_query_with_its_parameters(client: FlaskClient) -> None:
    api = client.get("/openapi.json").json
    assert api["openapi"].startswith("3.1")
    operation = api["paths"]["/queries/parks-in-city"]["get"]
    assert [each["name"] for each in operation["parameters"]] == [
        "city",
        "most",
        "limit",
        "offset",
        "lang",
    ]
    names = {path.removeprefix("/queries/") for path in api["paths"] if "/queries/" in path}
    assert {"is-ranked", "park-graph", "parks", "parks-in-city"} <= names
