"""Building a release: the same bytes for the same files, whole or not at all, only when needed."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from releasing import OTHER, built, content, released

from jsbio_kg.cli import main
from jsbio_kg.cli.graph import find_release
from jsbio_kg.errors import ReleaseError, SourceError
from jsbio_kg.release import MANIFEST, Release
from jsbio_kg.settings import Location, locate

Edit = Callable[[str, str, str], None]


def test_two_builds_in_other_folders_under_other_hash_seeds_are_equal_byte_by_byte(
    tiny: Path, tmp_path: Path
) -> None:
    outputs = []
    for seed in ("1", "2"):
        project = tmp_path / f"project-{seed}"
        shutil.copytree(tiny, project)
        outputs.append(tmp_path / f"folder-{seed}" / f"release-{seed}")
        command = [sys.executable, "-m", "jsbio_kg.cli", "build", "--project", str(project)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        subprocess.run(
            [*command, "--output", str(outputs[-1])],
            env=environment,
            check=True,
            capture_output=True,
        )
    first, second = map(content, outputs)
    assert first == second
    assert str(tmp_path).encode() not in b"".join(first.values())


def test_a_release_is_not_built_again_while_nothing_has_changed(tiny: Path, edit: Edit) -> None:
    output = tiny / "build" / "release"
    released(tiny, output)
    written = (output / MANIFEST).stat().st_mtime_ns
    started = time.perf_counter()
    assert built(tiny, output).is_new is False
    assert time.perf_counter() - started < 2
    assert (output / MANIFEST).stat().st_mtime_ns == written
    assert built(tiny, output, force=True).is_new is True
    edit("data/entities.ttl", "A park for young firms.", "A park for new firms.")
    assert built(tiny, output).is_new is True


@pytest.mark.parametrize("damage", ["removed", "changed"])
def test_a_damaged_release_is_built_again(damage: str, tiny: Path) -> None:
    output = tiny / "build" / "release"
    dataset = released(tiny, output).dataset
    whole = dataset.read_bytes()
    dataset.unlink() if damage == "removed" else dataset.write_bytes(whole[:-1] + b" ")
    assert built(tiny, output).is_new is True
    assert dataset.read_bytes() == whole


def test_a_failed_build_leaves_the_earlier_release_as_it_was(tiny: Path, edit: Edit) -> None:
    output = tiny / "build" / "release"
    released(tiny, output)
    before = content(output)
    edit("data/entities.ttl", "    a jsbio:Park ;\n", "")
    failed = built(tiny, output)
    assert failed.release is None and failed.findings
    assert content(output) == before
    assert [path.name for path in output.parent.iterdir()] == ["release"]


def test_a_folder_of_something_else_is_not_replaced(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(ReleaseError, match="This is no release, and is not replaced"):
        built(tiny, tmp_path / "thesis")
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "years of work"


@pytest.mark.parametrize("base", ["kg.example.org/", "https://kg.example.org", "https://k/#", ""])
def test_a_base_that_is_none_is_refused(base: str, tiny: Path) -> None:
    with pytest.raises(SourceError, match="A base IRI is an http address that ends with a slash"):
        built(tiny, tiny / "build" / "release", base=base)


def test_a_stale_release_is_made_anew_when_it_is_needed(tiny: Path, edit: Edit) -> None:
    first = Release.open(find_release(None, tiny)).version
    edit("data/entities.ttl", "A park for young firms.", "A park for new firms.")
    assert Release.open(find_release(None, tiny)).version != first
    edit("data/entities.ttl", "    a jsbio:Park ;\n", "")
    with pytest.raises(SystemExit):
        find_release(None, tiny)


def test_a_release_stays_under_its_address_when_it_is_made_anew(tiny: Path, edit: Edit) -> None:
    released(tiny, tiny / "build" / "release", base=OTHER)
    edit("data/entities.ttl", "A park for young firms.", "A park for new firms.")
    assert Release.open(find_release(None, tiny)).manifest.base == OTHER


def test_the_command_builds_and_says_what_it_built(tiny: Path) -> None:
    arguments = ["build", "--project", str(tiny)]
    first = CliRunner().invoke(main, arguments)
    assert first.exit_code == 0, first.stderr
    assert first.stdout.startswith(f"Built {tiny / 'build' / 'release'}: ")
    assert "[0/" in first.stderr and "shapes" in first.stderr
    assert CliRunner().invoke(main, arguments).stdout.startswith("Unchanged ")


def test_the_command_names_the_findings_and_builds_nothing(tiny: Path, edit: Edit) -> None:
    edit("data/entities.ttl", "    a jsbio:Park ;\n", "")
    result = CliRunner().invoke(main, ["build", "--project", str(tiny)])
    assert result.exit_code == 1
    assert "park:biobay has no type" in result.stderr
    assert not (tiny / "build").exists()


def test_a_project_is_found_from_any_folder_inside_it(tiny: Path, root: Path) -> None:
    assert locate(start=tiny / "data" / "note") == Location(tiny, tiny / "build")
    assert locate(start=root / "src") == Location(root, root / "build")
