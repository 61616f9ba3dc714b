"""What the tests share: the release of the real files, and a small one that is served."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Store

from jsbio_kg import store as stores
from jsbio_kg.build.building import build
from jsbio_kg.release import Release
from jsbio_kg.service import Lanes, Service, Site, Source, open_service
from jsbio_kg.store.remote import RemoteStore
from jsbio_kg.web.app import create_app
from jsbio_kg.web.context import Options

sys.path.insert(0, str(Path(__file__).parent))

from asking import DATA
from serving import make_release, serving

ROOT = Path(__file__).parent.parent

# What these find wrong is told with its values, as in the tests themselves.
pytest.register_assert_rewrite("hostility", "page_reader", "releasing", "shape_engines", "w3c_rows")


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


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of thirty-odd triples and four saved queries."""
    return Release.open(make_release(tmp_path_factory.mktemp("served") / "release"))


@pytest.fixture(scope="session")
def server(served: Release) -> Iterator[str]:
    """The address of a real server of that release, with short limits."""
    limits = ("--timeout", "2", "--memory", "256")
    with serving("--release", str(served.root), *limits) as (address, _):
        yield address


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server of one's own files: the graphs of the W3C's cases, and more."""
    folder = tmp_path_factory.mktemp("own")
    named, default = folder / "named.trig", folder / "default.ttl"
    kind = "<http://xmlns.com/foaf/0.1/Document>"
    graphs = (f"<{DATA.format(n)}> {{ <{DATA.format(n)}> a {kind} }}\n" for n in (1, 2, 3))
    named.write_text("".join(graphs), "utf-8")
    default.write_text('<a> <b> <c> , "é"@fr .\n', "utf-8")
    with serving("--default-graph", "strict", str(named), str(default)) as (address, _):
        yield address


@pytest.fixture(scope="session", params=["embedded", "remote"])
def store(request: pytest.FixtureRequest, served: Release) -> Iterator[stores.Store]:
    """The same graph behind both stores."""
    if request.param == "embedded":
        yield stores.EmbeddedStore.from_dataset(served.dataset, served.default_graphs)
    else:
        yield RemoteStore(request.getfixturevalue("server") + "/sparql")


@pytest.fixture(scope="session")
def service(served: Release) -> Iterator[Service]:
    """The service of that release, with workers."""
    limits = stores.Limits(seconds=2.0, heap=256 << 20, result_bytes=8 << 20, rows=100_000)
    source = Source(release=served.root, limits=limits, lanes=Lanes(fast=2, slow=1, patience=3))
    service = open_service(source)
    yield service
    service.close()


@pytest.fixture()
def client(service: Service) -> FlaskClient:
    """A client of the site."""
    return create_app(service).test_client()


@pytest.fixture
def root() -> Path:
    """Return the checkout."""
    return ROOT


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Return a small project of its own: the real ontology, one document of four sentences."""
    project = tmp_path / "tiny"
    shutil.copytree(ROOT / "tests" / "tiny", project)
    shutil.copytree(ROOT / "ontology", project / "ontology")
    return project


@pytest.fixture
def edit(tiny: Path) -> Callable[[str, str, str], None]:
    """Return a function that changes a file of the small project: file, old text, new text."""

    def change(file: str, old: str, new: str) -> None:
        text = (tiny / file).read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        (tiny / file).write_text(text.replace(old, new, 1), "utf-8")

    return change


@pytest.fixture(scope="session")
def real_service(release: Release) -> Service:
    """The service of the real release, in this process and without workers."""
    store = stores.EmbeddedStore.from_dataset(release.dataset, release.default_graphs)
    return Service(store, Site.from_release(release, stores.Limits()))


@pytest.fixture(scope="session")
def site(real_service: Service) -> FlaskClient:
    """A client of the site of the real release."""
    options = Options(report="https://example.org/report?about={iri}")
    return create_app(real_service, options).test_client()
