"""A release loaded into Virtuoso, by each way; what it changes is counted and named."""

import re
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


@pytest.mark.parametrize("way", ["bulk", "graphs", "updates"])
def test_virtuoso_keeps_all_but_geometry_and_large_integers(
    way: str, release: Release, content: Content, tmp_path: Path
) -> None:
    with virtuoso(release, tmp_path) as endpoint:
        if way == "bulk":
            bulk_virtuoso(release, endpoint.sql, {})
        elif way == "graphs":
            load_graphs(content, target(endpoint), Transfer(tmp_path / "r"), lambda *_: None)
        else:
            bulk_virtuoso(release, endpoint.sql, {})  # to be replaced, not added to
            record = Transfer(tmp_path / "r")
            load_updates(content, target(endpoint), record, lambda *_: None, size=250)
        found = compare(content, target(endpoint))
        assert compare(content, target(endpoint), "counts") == []
        assert_only_known(found, content)
