"""Run by `make interop` only; a skip that is not on the committed list fails."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

#: Programs of their own; and everything, when nobody asked for it.
collect_ignore_glob = ["jena_*.py"] if "JSBIO_INTEROP" in os.environ else ["*.py"]

if "JSBIO_INTEROP" in os.environ:
    import systems
    from answers import Reference
    from systems import Endpoint

    from jsbio_kg.dumps import Content
    from jsbio_kg.loading import Target as LoadTarget
    from jsbio_kg.loading import Transfer, load_graphs
    from jsbio_kg.loading.bulk import bulk_virtuoso
    from jsbio_kg.release import Release

    ALLOWED = {
        line.split(":")[0].strip()
        for line in (HERE / "skips.txt").read_text().splitlines()
        if line.strip() and not line.startswith("#")
    }

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Turn a skip into a failure, unless the system it names is on the list."""
        outcome = yield
        report = outcome.get_result()  # type: ignore[attr-defined]
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else ""
            name = reason.removeprefix("Skipped: ").split(":")[0]
            if name not in ALLOWED:
                report.outcome = "failed"
                report.longrepr = f"{name} is not on tests/interop/skips.txt: {reason}"

    @pytest.fixture(scope="session")
    def content(release: Release) -> Content:
        return Content.of(release.dataset, release.manifest)

    @pytest.fixture(scope="session")
    def reference(release: Release) -> Reference:
        return Reference(release)

    @pytest.fixture(scope="session")
    def oxigraph(
        release: Release, content: Content, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[Endpoint]:
        folder = tmp_path_factory.mktemp("oxigraph")
        with systems.oxigraph(release, folder) as endpoint:
            target = LoadTarget(endpoint.address, endpoint.update, endpoint.graphs)
            load_graphs(content, target, Transfer(folder / "record"), lambda *_: None)
            yield endpoint

    @pytest.fixture(scope="session")
    def virtuoso(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
        with systems.virtuoso(release, tmp_path_factory.mktemp("virtuoso")) as endpoint:
            bulk_virtuoso(release, endpoint.sql, {})
            yield endpoint

    @pytest.fixture(scope="session")
    def jena(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
        with systems.jena(release, tmp_path_factory.mktemp("jena")) as endpoint:
            yield endpoint

    @pytest.fixture(scope="session")
    def service(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
        with systems.service(release, tmp_path_factory.mktemp("service")) as endpoint:
            yield endpoint
