"""The editor's sources: pinned, without a registry's address, and right about where a cursor is."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).parents[1] / "web"


def test_the_lock_file_names_no_registry() -> None:
    lock = (WEB / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == len(json.loads(lock)["packages"]) - 1


def test_every_package_is_pinned() -> None:
    package = json.loads((WEB / "package.json").read_text("utf-8"))
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert all(version[0].isdigit() for version in versions.values()), versions


def test_the_script_knows_where_a_cursor_is() -> None:
    node = shutil.which("node")
    if node is None or not (WEB / "node_modules").is_dir():
        pytest.skip('There is no Node, or no package: run "make editor" on a machine with Node.')
    done = subprocess.run([node, "--test"], cwd=WEB, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
