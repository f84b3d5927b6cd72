"""Answers as gzip: for whom, and which bytes."""

from __future__ import annotations

import gzip

import pytest

from dashboard.web.encoding import chosen, packed, takes_gzip


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("gzip;q=0.5, br", True),
        ("br, GZIP", True),
        ("br , gzip ; q=0.001", True),
        ("gzip;q=0, br", False),
        ("br, gzip; q=0.000", False),
        ("notgzip", False),
        ("identity", False),
        ("", False),
    ],
)
def test_who_takes_gzip_says_so(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) == takes


def test_what_is_packed_is_the_same_whenever_it_was() -> None:
    made = packed(b"x" * 5000)
    assert gzip.decompress(made) == b"x" * 5000 and len(made) < 100
    assert made[4:8] == bytes(4), "the time of the file's header (RFC 1952, 2.3)"


@pytest.mark.parametrize(
    ("accepted", "zipped", "sent"),
    [
        ("gzip", b"short", (b"short", {"Content-Encoding": "gzip"})),
        ("identity", b"short", (b"the whole", {})),
        ("gzip", b"", (b"the whole", {})),
    ],
)
def test_an_answer_says_when_it_is_packed(
    accepted: str, zipped: bytes, sent: tuple[bytes, dict[str, str]]
) -> None:
    assert chosen(accepted, b"the whole", zipped) == sent
