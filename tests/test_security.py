"""What any site may read, and what keeps readers from harm: policies, nothing reflected."""

import pytest
from addresses import JSON, READ_PATHS
from flask.testing import FlaskClient


@pytest.mark.parametrize("path", [*READ_PATHS, "/none", "/sparql?query=X", "/id/park/biobay"])
def test_everything_may_be_read_by_any_site_and_is_kept_from_harm(
    client: FlaskClient, path: str
) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "DELETE"):
        headers = client.open(path, method=method).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "Set-Cookie" not in headers


def test_a_preflight_allows_what_reading_needs(client: FlaskClient) -> None:
    headers = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = client.options("/sparql", headers=headers)
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


def test_the_description_is_linked_from_everything(client: FlaskClient) -> None:
    assert 'rel="service-desc"' in client.get(JSON).headers["Link"]


def test_input_is_never_reflected_as_markup(client: FlaskClient) -> None:
    bad = "<script>alert(1)</script>"
    for path in (f"/{bad}", f"/queries/{bad}", f"/page/{bad}", f"/sparql?query={bad}"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code >= 400
        assert b"<script>alert" not in answer.data


def test_a_header_cannot_be_injected(client: FlaskClient) -> None:
    for path in ("/id/park/x%0d%0aX-Evil:1", "/id/park/x?a=%0d%0aX-Evil:1"):
        answer = client.get(path)
        assert "X-Evil" not in answer.headers
        assert "\n" not in answer.headers.get("Location", "")
