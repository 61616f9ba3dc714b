"""`jsbio-kg export`: where it writes to, and what it says when it cannot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from jsbio_kg.cli import main
from jsbio_kg.release import Release

ROOT = Path(__file__).parent.parent


def test_the_command_writes_to_standard_output_and_names_what_it_lacks(release: Release) -> None:
    runner = CliRunner()
    options = ["export", "--release", str(release.root), "--format"]
    done = runner.invoke(main, [*options, "ntriples", "--graph", "ontology"])
    assert done.exit_code == 0
    assert done.stdout.count(" .\n") == len(done.stdout.splitlines()) > 1000
    missing = runner.invoke(main, [*options, "turtle", "--graph", "none"])
    assert missing.exit_code == 1
    assert "--graph: There is no graph 'none'. Name one of: default, " in missing.stderr
    folder = runner.invoke(main, [*options, "neo4j"])
    assert "--output: The format neo4j is a folder of files." in folder.stderr
    assert runner.invoke(main, [*options, "nothing"]).exit_code == 2


@pytest.mark.parametrize(
    "name, text",
    [
        (
            "dump.zip",
            "Files are not compressed as .zip. Name a file that ends in one of: .gz, .zst",
        ),
        ("dump.bz2", "Files are not compressed as .bz2."),
        (".", "A file is needed here, not a folder."),
        ("/proc/none/dump", "/proc/none/dump: The file cannot be written ("),
    ],
)
def test_a_target_that_cannot_be_is_refused(name: str, text: str, release: Release) -> None:
    options = ["export", "--release", str(release.root), "--format", "nquads", "--output", name]
    done = CliRunner().invoke(main, options)
    assert done.exit_code == 1 and text in done.stderr


def export_to(release: Release, target: str) -> tuple[int, str]:
    """Run the command in a shell of its own, so that its end is the real one."""
    command = f"{sys.executable} -m jsbio_kg.cli export --release {release.root} --format ntriples"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C"}
    text = f"set -o pipefail; {command} {target}"
    done = subprocess.run(["bash", "-c", text], capture_output=True, text=True, env=environment)
    return done.returncode, done.stderr


def test_a_full_disk_is_told_and_a_reader_who_leaves_is_not_an_error(release: Release) -> None:
    status, said = export_to(release, "> /dev/full")
    assert status == 1 and "Traceback" not in said
    assert "--output: The file cannot be written (No space left on device)." in said
    status, said = export_to(release, "| head -c 10 > /dev/null")
    assert status == 1 and "Traceback" not in said and "Error" not in said
