"""Releases of the small project, built and looked into."""

from pathlib import Path

from pyoxigraph import Triple

from jsbio_kg.build.building import Built, build
from jsbio_kg.build.reading import read_turtle
from jsbio_kg.release import Release
from jsbio_kg.vocabulary import BASE

GRAPH = BASE + "graph/"
OTHER = "https://kg.example.org/jiangsu/"


def quiet(*step: object) -> None:
    assert len(step) == 3


def built(project: Path, output: Path, **options: object) -> Built:
    return build(project, output, quiet, **options)  # type: ignore[arg-type]


def released(project: Path, output: Path, **options: object) -> Release:
    release = built(project, output, **options).release
    assert release is not None
    return release


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".found-whole")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def graph_of(release: Release, name: str) -> list[Triple]:
    return read_turtle((release.root / release.graph(GRAPH + name).file).read_text("utf-8"))
