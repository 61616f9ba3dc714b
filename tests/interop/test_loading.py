"""A release loaded into Virtuoso, by each way; what it changes is counted and named."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal
from systems import Endpoint, virtuoso

from jsbio_kg.dumps import Content, Difference
from jsbio_kg.loading import Credentials, Target, Transfer, compare, load_graphs, load_updates
from jsbio_kg.loading.bulk import bulk_virtuoso
from jsbio_kg.release import Release

WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
LARGE = '"3100000000"'


def target(endpoint: Endpoint) -> Target:
    known = Credentials("dba", "dba")
    return Target(endpoint.address, endpoint.update, endpoint.graphs, known)


def changed_by_virtuoso(content: Content) -> int:
    """Return how many quads it cannot keep: points on the map, integers over 32 bits."""
    values = [quad.object for quad in content.quads() if isinstance(quad.object, Literal)]
    return sum(1 for value in values if WKT == value.datatype.value or LARGE in str(value))


def assert_only_known(found: list[Difference], content: Content) -> None:
    first, *rest = (str(difference.what) for difference in found)
    ((missing, more),) = re.findall(r"(\d+) triples missing, (\d+) not published", first)
    assert missing == more
    # Updates keep a large integer in one graph and change it in another.
    assert changed_by_virtuoso(content) - 1 <= int(missing) <= changed_by_virtuoso(content)
    assert all(WKT in t or "virtrdf#Geometry" in t or LARGE in t for t in rest), rest


@pytest.fixture(scope="module")
def empty(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A Virtuoso that each way fills anew, in turn: what was there is replaced."""
    with virtuoso(release, tmp_path_factory.mktemp("filled")) as endpoint:
        yield endpoint


@pytest.mark.parametrize("way", ["bulk", "graphs", "updates"])
def test_virtuoso_keeps_all_but_geometry_and_large_integers(
    way: str, release: Release, content: Content, empty: Endpoint, tmp_path: Path
) -> None:
    filled, record = target(empty), Transfer(tmp_path / "record")
    if way == "bulk":
        bulk_virtuoso(release, empty.sql, {})
    elif way == "graphs":
        load_graphs(content, filled, record, lambda *_: None)
    else:
        load_updates(content, filled, record, lambda *_: None, size=250)
    assert compare(content, filled, "counts") == []
    assert_only_known(compare(content, filled), content)
