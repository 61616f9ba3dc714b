"""What the tests share: the release of the real files, built once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from jsbio_kg.build.building import build
from jsbio_kg.release import Release

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of the files of the checkout."""
    built = build(ROOT, tmp_path_factory.mktemp("real") / "release", lambda *_: None)
    assert built.release is not None, [str(finding) for finding in built.findings]
    return built.release


@pytest.fixture(scope="session")
def dataset(release: Release) -> Iterator[Store]:
    """The quads of that release in memory."""
    store = Store()
    store.bulk_load(path=release.dataset, format=RdfFormat.N_QUADS)
    yield store


@pytest.fixture(scope="session")
def default_graph(release: Release) -> list[NamedNode]:
    """The graphs that a query without FROM or GRAPH sees."""
    return [NamedNode(iri) for iri in release.default_graphs]
