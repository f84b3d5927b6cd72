"""The files that are put together for the browser: under which address, and what is in them."""

from __future__ import annotations

import gzip

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import theme
from dashboard.figures import map_elements
from dashboard.web import assets


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=assets.routes("atlas")))


@pytest.mark.parametrize("base", ["", "/atlas"])
def test_the_script_of_the_map_is_one_file(client: TestClient, base: str) -> None:
    answer = client.get(f"{base}/app/static/map/map.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    first, last = (answer.text.index(text) for text in ("Atlas.scheme =", "Atlas.start ="))
    assert first < last, "each part builds on those before it"
    assert map_elements.LOADED[-1] == "map/map.js"


def test_every_look_and_mark_has_one_swatch(client: TestClient) -> None:
    text = client.get(f"/app/static/{assets.STYLE}").text
    assert text.startswith(theme.css()) and "FiraSans" in text
    keys = [*theme.classes(), *theme.MARKS]
    assert [text.count(f".swatch.{key}::before") for key in keys] == [1] * len(keys)


def test_who_takes_it_packed_gets_it_packed(client: TestClient) -> None:
    packed = client.get("/app/static/map/map.js", headers={"accept-encoding": "gzip"})
    plain = client.get("/app/static/map/map.js", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers and plain.text == packed.text
    assert int(packed.headers["content-length"]) < len(gzip.compress(plain.content)) + 100
