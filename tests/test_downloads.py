"""Files of the release over HTTP: whole, in ranges, in pieces, and no other file."""

import hashlib

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from jsbio_kg.release import Release
from jsbio_kg.service import Service
from jsbio_kg.web.app import create_app
from jsbio_kg.web.conditional import Part, evaluate, make_etag, read_range


def test_a_dump_is_given_in_parts(client: FlaskClient, served: Release) -> None:
    path, whole = "/downloads/dataset.nq", served.dataset.read_bytes()
    tag = client.get(path).headers["ETag"]
    assert client.get(path).headers["Accept-Ranges"] == "bytes"
    for header, first, last in (
        ("bytes=0-9", 0, 9),
        ("bytes=10-", 10, len(whole) - 1),
        ("bytes=-7", len(whole) - 7, len(whole) - 1),
        ("bytes=5-999999999", 5, len(whole) - 1),
    ):
        answer = client.get(path, headers={"Range": header, "Accept-Encoding": "gzip"})
        assert (answer.status_code, answer.data) == (206, whole[first : last + 1])
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
        assert answer.headers["ETag"] == tag
    answer = client.get(path, headers={"Range": f"bytes={len(whole)}-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(whole)}"


def test_a_range_of_other_bytes_gives_the_whole(client: FlaskClient, served: Release) -> None:
    path = "/downloads/dataset.nq"
    headers = {"Range": "bytes=0-9", "If-Range": '"x"'}
    assert client.get(path, headers=headers).data == served.dataset.read_bytes()
    headers["If-Range"] = client.get(path).headers["ETag"]
    assert client.get(path, headers=headers).status_code == 206


@pytest.mark.parametrize("header", ["bytes=0-1,5-6", "items=0-5", "bytes=9-2", "bytes=-", "x"])
def test_a_range_that_is_not_understood_gives_the_whole(client: FlaskClient, header: str) -> None:
    answer = client.get("/downloads/dataset.nq", headers={"Range": header})
    assert answer.status_code == 200


def test_a_large_file_is_sent_in_pieces(
    service: Service, served: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jsbio_kg.web.finishing._SMALL_FILE", 100)
    client = create_app(service).test_client()
    path, whole = "/downloads/dataset.nq", served.dataset.read_bytes()
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.data == whole
    assert answer.headers["ETag"] == make_etag(whole)
    answer = client.get(path, headers={"Range": "bytes=3-20"})
    assert (answer.status_code, answer.data) == (206, whole[3:21])
    headers = {"If-None-Match": make_etag(whole)}
    assert client.get(path, headers=headers).status_code == 304


def test_no_name_leads_out_of_the_release(client: FlaskClient) -> None:
    for name in ("../manifest.json", "..%2f..%2fetc/passwd", "/etc/passwd", "graphs/", "x"):
        assert client.get(f"/downloads/{name}").status_code == 404, name


def test_a_download_is_the_file_that_the_manifest_names(
    client: FlaskClient, served: Release
) -> None:
    for name, entry in served.manifest.files.items():
        data = client.get(f"/downloads/{name}").data
        assert hashlib.sha256(data).hexdigest() == entry.sha256


@given(st.text(max_size=30), st.text(max_size=30), st.integers(0, 50))
def test_no_header_breaks_ranges_and_conditions(range_: str, tag: str, size: int) -> None:
    part = read_range(range_, tag, '"a"', size)
    assert part is None or isinstance(part, Part)
    assert evaluate('"a"', tag, range_) in (200, 304, 412)
