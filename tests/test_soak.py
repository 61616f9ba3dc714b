"""The soak, in its short form: a mixed load with swaps of the release and hostile queries."""

import json
from pathlib import Path

import pytest

from jsbio_kg.bench.soak import Sample, Soaked, soak
from jsbio_kg.build.building import build
from jsbio_kg.generate import generate_project
from jsbio_kg.release import Release

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the same files with a yearbook more."""
    place = tmp_path_factory.mktemp("other")
    generate_project(ROOT, place / "project", 2000, 1)
    built = build(place / "project", place / "release", lambda *_: None)
    assert built.release is not None
    return place / "release"


def soaked(memory: list[float], after: Sample | None = None) -> Soaked:
    """Return a soak of a minute, with other figures at rest afterwards if wanted."""
    before = Sample(0.0, 250.0, 40, 6)
    samples = [Sample(2.0 * n, each, 50, 8) for n, each in enumerate(memory)]
    return Soaked(samples=samples, rest=[before, after or before])


def test_growth_is_a_fault_and_noise_is_not() -> None:
    assert soaked([300.0] * 30).faults() == []
    assert soaked([300.0, 340.0, 310.0] * 10).faults() == []
    (fault,) = soaked([300.0 + 10 * n for n in range(30)]).faults()
    assert fault.startswith("memory grew from")


def test_what_is_left_behind_is_a_fault() -> None:
    left = soaked([300.0] * 30, after=Sample(0.0, 400.0, 60, 7)).faults()
    assert left == [
        "memory at rest: 250 before, 400 after",
        "files at rest: 40 before, 60 after",
        "processes at rest: 6 before, 7 after",
    ]


def test_an_error_of_an_honest_client_is_a_fault() -> None:
    met = soaked([300.0] * 30)
    met.errors["page: HTTP 500"] += 2
    assert met.faults() == ["2 times: page: HTTP 500"]


def test_what_came_of_it_is_written(tmp_path: Path) -> None:
    met = soaked([300.0] * 30)
    met.answers["page"] += 3
    met.write(tmp_path / "soak.json")
    written = json.loads((tmp_path / "soak.json").read_text())
    assert written["answers"] == {"page": 3}
    assert len(written["samples"]) == 30 and written["growth"]["memory"] == [300.0, 300.0]


def test_a_minute_of_load_swaps_and_harm_leaves_no_trace(
    release: Release, other: Path, tmp_path: Path
) -> None:
    met = soak((release.root, other), tmp_path, seconds=75.0, swap_every=25.0)
    assert met.faults() == []
    assert len(met.swaps) == 2
    assert set(met.answers) == {
        "saved query",
        "new query",
        "page",
        "search",
        "data",
        "download",
    }
    assert sum(met.refused.values()) > 20
