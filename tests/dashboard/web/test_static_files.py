"""Files that never change: sent whole from memory, packed, and only under their exact address."""

from __future__ import annotations

import asyncio
import gzip
import threading
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from dashboard.figures import map_elements
from dashboard.web import encoding, static_files
from dashboard.web.static_files import STREAMLIT, StaticFiles

FIRST = next((STREAMLIT / "static" / "js").glob("index.*.js"))
SHAPES = f"/app/static/shapes/world.json?v={map_elements.version()}"


@pytest.fixture(scope="module")
def client() -> TestClient:
    """The files before an application that has nothing itself."""
    return TestClient(Starlette(middleware=[Middleware(StaticFiles, "atlas")]))


@pytest.mark.parametrize("base", ["", "/atlas"])
def test_a_file_of_streamlit_comes_packed_to_who_takes_that(client: TestClient, base: str) -> None:
    address = f"{base}/static/js/{FIRST.name}"
    packed = client.get(address, headers={"accept-encoding": "gzip, br"})
    plain = client.get(address, headers={"accept-encoding": "identity"})
    assert packed.content == plain.content == FIRST.read_bytes()
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    sizes = [int(answer.headers["content-length"]) for answer in (packed, plain)]
    assert sizes == [len(gzip.compress(FIRST.read_bytes(), 6)), FIRST.stat().st_size]
    for answer in (packed, plain):
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["vary"] == "Accept-Encoding"


def test_ours_come_under_the_version_of_today_only(client: TestClient) -> None:
    assert client.get(SHAPES).content == (map_elements.STATIC / "shapes/world.json").read_bytes()
    path = SHAPES.partition("?")[0]
    for address in (path, f"{path}?v=0123456789", f"{SHAPES}&x=1", SHAPES.replace("?", "/?")):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize(
    "address",
    [
        "/static/js/../index.html",
        "/static/../../../__init__.py",
        "/static//js/" + FIRST.name,
        "/static/js/%2e%2e/index.html",
        "/static/js",
    ],
)
def test_no_other_file_can_be_asked_for(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_part_of_a_file_or_its_headers_are_left_to_the_application(client: TestClient) -> None:
    assert client.get(SHAPES, headers={"range": "bytes=0-9"}).status_code == 404
    assert client.head(SHAPES).status_code == 404
    assert client.post(SHAPES).status_code == 404


def test_who_asks_first_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not there yet is packed beside the thread that answers, and once."""
    monkeypatch.setattr(static_files, "_contents", {})
    packing: list[int] = []

    def compress(plain: bytes) -> bytes:
        packing.append(threading.get_ident())
        return plain

    monkeypatch.setattr(encoding, "packed", compress)
    headers = [(b"accept-encoding", b"gzip")]
    scope = {"type": "http", "method": "GET", "path": f"/static/js/{FIRST.name}"}

    async def twice() -> int:
        async def send(message: object) -> None: ...

        for _ in range(2):
            await StaticFiles(send)({**scope, "headers": headers}, send, send)
        return threading.get_ident()

    answering = asyncio.run(twice())
    assert len(packing) == 1 and packing[0] != answering


def test_what_takes_long_is_packed_beforehand(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    contents: dict[tuple[Path, bool], bytes] = {}
    monkeypatch.setattr(static_files, "_contents", contents)
    large, small, letters = (tmp_path / name for name in ("large.js", "small.js", "large.woff2"))
    for path, size in ((large, 100_001), (small, 100), (letters, 100_001)):
        path.write_bytes(b"x" * size)
    known = {path.name: path for path in (large, small, letters)}
    monkeypatch.setattr(static_files, "files", lambda: known)
    static_files.pack(lambda: True, 0)
    assert not contents
    static_files.pack(lambda: False, 0)
    assert list(contents) == [(large, True)]
    assert gzip.decompress(contents[large, True]) == large.read_bytes()
