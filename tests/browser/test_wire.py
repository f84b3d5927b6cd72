"""What a page with a map and the server say to each other, and the room the map has meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.test_map import atlas, country, tick

Visit = Callable[..., None]
Settle = Callable[[], None]
MOST = 20_000  # bytes that a change may cost, both ways, not packed
ROOM = """() => document.querySelector("[class*='st-key-room_']")?.getBoundingClientRect().height"""


def test_a_change_stays_small(visit: Visit, page: Page, settle: Settle) -> None:
    """The map alone is 5 to 10 kB of it; Streamlit's own words about the page 5 kB."""
    sizes: list[int] = []

    def listen(socket: WebSocket) -> None:
        for event in ("framereceived", "framesent"):
            socket.on(event, lambda content: sizes.append(len(content)))

    page.on("websocket", listen)
    visit("/dekking")
    expect(country(page, "CAN")).to_have_count(1)
    costs = {}
    for name in ("NP", "KMar", "GPI"):
        sizes.clear()
        tick(page, "organisation", name)
        settle()
        costs[name] = sum(sizes)
    tick(page, "organisation", "NP")
    settle()
    sizes.clear()
    country(page, "CAN").dispatch_event("click")
    page.wait_for_url("**land=CAN**")
    settle()
    costs["CAN"] = sum(sizes)
    assert {name: cost for name, cost in costs.items() if not 5_000 < cost < MOST} == {}
    # Nothing of the files to take along was there; it comes when it is asked for.
    expect(page.locator(".st-key-take_make")).to_have_count(0)


def test_the_map_of_a_change_comes_before_the_rest_of_the_page(
    visit: Visit, page: Page, settle: Settle
) -> None:
    """Else the browser draws all of the page first: two thirds of the time until the map changes.

    Streamlit has no setting for it (dashboard/web/ahead.py): this tells when it sends in another
    way.
    """
    kinds: list[str] = []

    def note(content: str | bytes) -> None:
        message = ForwardMsg.FromString(content if isinstance(content, bytes) else b"")
        part = message.delta.new_element.WhichOneof("type") or message.WhichOneof("type")
        kinds.append(part or "")

    page.on("websocket", lambda socket: socket.on("framereceived", note))
    visit("/dekking")
    expect(country(page, "CAN")).to_have_count(1)
    for name in ("NP", "KMar"):
        settle()
        kinds.clear()
        tick(page, "organisation", name)
        settle()
        order = [kinds.index(kind) for kind in ("component_instance", "navigation", "heading")]
        assert order == sorted(order)


@pytest.mark.parametrize(
    ("path", "viewport"),
    [("/vlekken", (1280, 800)), ("/dekking", (390, 844)), ("/dekking", (1280, 800))],
)
def test_the_map_has_its_room_before_it_comes(
    address: str, page: Page, path: str, viewport: tuple[int, int]
) -> None:
    waiting: list[Route] = []
    held = "**/component/**/index.html*"
    page.route(held, lambda route: waiting.append(route))
    page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}{path}")
    page.wait_for_function("document.querySelector('.source-line')")
    page.wait_for_selector("iframe", state="attached")
    page.wait_for_selector("[data-test-script-state='notRunning']")
    before = page.evaluate(ROOM)
    for route in waiting:
        route.continue_()
    page.unroute(held)
    expect(atlas(page).locator("path[data-iso='FRA']").first).to_be_attached()
    page.wait_for_selector("[class*='st-key-room_'][data-drawn]")
    page.wait_for_function(f"room => Math.abs(({ROOM})() - room) <= 3", arg=before, timeout=9_000)
    assert before > 200
