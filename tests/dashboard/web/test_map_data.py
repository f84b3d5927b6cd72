"""The data of the coverage map at its own address: its numbers, its boxes, and who may ask."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import links, snapshot
from dashboard.filters import CHOICES, LAYERS, Filters
from dashboard.web import budgets, map_data
from dashboard.web.api.answers import Answers
from dashboard.web.budgets import Requests

R2025 = "release=bijlage-2025-11&taal=nl"
AWAY: list[str] = []

pytestmark = pytest.mark.usefixtures("module_store")


@pytest.fixture(scope="module")
def app(module_store: None) -> TestClient:
    """Asks for maps as they are mounted, also behind a prefix."""
    application = Starlette(routes=[*map_data.routes(AWAY.append, "/atlas/")])
    return TestClient(application, base_url="http://127.0.0.1:8501")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A budget of its own for each test, and nothing kept from another one."""
    monkeypatch.setattr(budgets, "MAPS", Requests())
    monkeypatch.setattr(map_data, "KEPT", Answers(lambda: snapshot.current().version))


def got(app: TestClient, query: str) -> dict[str, Any]:
    """The data for a query that is all right."""
    answer = app.get(f"/map.json?{query}")
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()
    return data


# From the table of the annex of 2025, as the worked example of the README has them.
@pytest.mark.parametrize(
    ("query", "covered"),
    [("", 138), ("org=NP", 96), ("org=KMar", 37), ("org=GPI", 50), ("org=NP,KMar", 117)],
)
def test_the_colours_count_what_the_annex_prints(app: TestClient, query: str, covered: int):
    drawn = got(app, query)["map"]
    looks = Counter(drawn["looks"][row[0]] for row in drawn["units"].values())
    assert looks["post"] + looks["accredited"] + looks["region"] == covered


def test_an_address_says_what_the_map_shows_and_nothing_else(app: TestClient):
    """In the order of every address; what only other pages show stays out, as does nonsense."""
    said = got(app, "posten=3&org=GPI&org=NP&land=per&gebied=atlantis&x=1")["address"]
    path, _, version = said.partition("&v=")
    assert path == f"map.json?{R2025}&org=NP,GPI&land=PER" and len(version) == 8
    again = got(app, urlsplit(said).query)
    assert again["address"] == said and again["map"]["selected"] == "PER"


def test_another_state_of_the_data_is_another_address(monkeypatch: pytest.MonkeyPatch):
    before = map_data.address(Filters("bijlage-2025-11"))
    monkeypatch.setattr(snapshot, "current", lambda: snapshot.Snapshot("after an import"))
    after = map_data.address(Filters("bijlage-2025-11"))
    assert before.partition("&v=")[0] == after.partition("&v=")[0] and before != after


@pytest.mark.parametrize(
    ("query", "key", "query_after"),
    [
        ("", "w_organisation_NP", "org=KMar,GPI,not-stated"),
        ("", "w_organisation_not_stated", "org=NP,KMar,GPI"),
        ("org=NP", "w_organisation_NP", ""),  # nothing chosen means all
        ("org=NP", "w_organisation_GPI", "org=NP,GPI"),
        ("org=NP,KMar,GPI", "w_organisation_not_stated", ""),
        ("org=NP&kleur=GPI", "w_layer_planned", "org=NP&lagen=regions,planned&kleur=GPI"),
        ("", "w_layer_regions", "lagen=none"),
        ("lagen=filo", "w_layer_filo", "lagen=none"),
        ("lagen=none", "w_layer_regions", ""),
    ],
)  # fmt: skip
def test_a_box_leads_to_what_it_shows_once_it_is_pressed(
    app: TestClient, query: str, key: str, query_after: str
):
    presses = got(app, query)["presses"]
    after = "&".join(part for part in (R2025, query_after) if part)
    assert presses[key].partition("&v=")[0] == f"map.json?{after}"
    assert set(presses) == {
        *("w_organisation_NP", "w_organisation_KMar", "w_organisation_GPI"),
        *("w_organisation_not_stated", "w_layer_regions", "w_layer_planned", "w_layer_filo"),
    }


def test_every_box_twice_is_as_before():
    """As the page does with each box, whatever else is chosen."""
    release = Filters("bijlage-2025-11")
    for organisations in ((), ("NP",), ("KMar", "GPI"), CHOICES[:3]):
        for layers in ((), LAYERS[:1], LAYERS):
            chosen = replace(release, organisations=organisations, layers=layers)
            for key, address in map_data.presses(chosen).items():
                query = links.joined(part.split("=") for part in urlsplit(address).query.split("&"))
                pressed, _ = links.from_query(query, snapshot.valid_names())
                back = map_data.presses(pressed)[key]
                alone = organisations and key == f"w_organisation_{organisations[0]}"
                if not (alone and len(organisations) == 1):  # the last one: then all are chosen
                    assert back == map_data.address(chosen), (chosen, key)


def test_a_document_without_a_network_has_no_map(app: TestClient):
    assert got(app, "release=bijlage-2023-12")["map"] is None


def test_what_did_not_change_is_not_sent_again_and_what_is_sent_is_packed(app: TestClient):
    first = app.get("/map.json?org=NP", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    assert int(first.headers["content-length"]) < 5_000 < len(first.content)
    tag = {"If-None-Match": first.headers["etag"]}
    again = app.get("/map.json?org=NP", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert app.get("/map.json?org=GPI", headers=tag).status_code == 200
    assert app.get("/atlas/map.json?org=NP").content == first.content
    assert "no-cache" in first.headers["cache-control"]
    assert first.headers["content-security-policy"].startswith("default-src 'none'")


def test_one_address_asks_so_often_and_another_is_not_in_its_way(
    app: TestClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(budgets, "REQUEST_BURST", 3)
    monkeypatch.setattr(budgets, "REQUEST_PACE", 0.001)
    monkeypatch.setattr(budgets, "SECOND", 0)
    AWAY.clear()
    assert [app.get("/map.json").status_code for _ in range(5)] == [200] * 3 + [429] * 2
    assert AWAY == ["map"] * 2
    other = {"X-Forwarded-For": "192.0.2.7"}  # as nginx says it
    assert app.get("/map.json", headers=other).status_code == 200


def test_where_too_many_wait_the_next_is_told_so(app: TestClient, monkeypatch: pytest.MonkeyPatch):
    assert app.get("/map.json").status_code == 200
    monkeypatch.setattr(budgets, "QUEUE", 0)
    assert app.get("/map.json").status_code == 200  # at hand
    assert app.get("/map.json?org=NP").json()["code"] == "api_too_busy"


def test_a_query_that_no_page_has_is_refused(app: TestClient):
    assert app.get(f"/map.json?x={'y' * map_data.LONGEST}").status_code == 400


def test_a_fault_of_ours_is_told_without_its_inside(
    app: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def broken(query: str) -> bytes:
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr(map_data, "data", broken)
    answer = app.get("/map.json")
    assert answer.status_code == 500 and "secret" not in answer.text
    assert "secret of the machine" in caplog.text
