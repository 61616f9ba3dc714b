"""A real browser at a real server of the real release."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from serving import serving

from jsbio_kg.release import Release

sys.path.insert(0, str(Path(__file__).parent))

from visiting import Visit

#: Where systems keep the browser; the tests never fetch one.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="session")
def address(release: Release) -> Iterator[str]:
    """Where the real release is served."""
    with serving("--release", str(release.root)) as (where, _):
        yield where.rstrip("/")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the system."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("there is no Chromium here; install it, as .ci/run does")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A visit with script, wide and light."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visit = Visit(context, address)
    yield visit
    visit.check()
    context.close()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def either(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    """A visit with script, and one without."""
    context = browser.new_context(java_script_enabled=request.param)
    visit = Visit(context, address)
    yield visit
    assert not visit.elsewhere and not visit.complaints
    context.close()
