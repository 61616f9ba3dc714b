"""Content codings: the same bytes by each, and the one that the client likes best."""

import gzip

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from addresses import ALL
from flask.testing import FlaskClient


def test_each_coding_gives_the_same_bytes(client: FlaskClient) -> None:
    plain = client.get(ALL).data
    decoders = {
        "gzip": gzip.decompress,
        "br": brotli.decompress,
        "zstd": lambda data: zstandard.ZstdDecompressor().decompress(data),
    }
    for coding, decode in decoders.items():
        answer = client.get(ALL, headers={"Accept-Encoding": coding})
        assert answer.headers["Content-Encoding"] == coding
        assert len(answer.data) < len(plain)
        assert decode(answer.data) == plain


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("*", "zstd"),
        ("*, zstd;q=0", "br"),
        ("identity", None),
        ("deflate", None),
        ("gzip;q=0", None),
        ("identity, gzip;q=0.5", None),
    ],
)
def test_the_coding_is_the_one_the_client_likes_best(
    client: FlaskClient, accept: str, expected: str | None
) -> None:
    answer = client.get(ALL, headers={"Accept-Encoding": accept})
    assert answer.headers.get("Content-Encoding") == expected


def test_what_is_small_is_not_coded(client: FlaskClient) -> None:
    answer = client.get("/sparql?query=ASK{}", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
