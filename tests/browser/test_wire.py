"""What a page with a map and the server say to each other, and the room the map has meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import Record
from tests.browser.silence import Silence
from tests.browser.stillness import patience, until
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
    page.wait_for_function(f"room => Math.abs(({ROOM})() - room) <= 3", arg=before)
    assert before > 200


def test_the_map_is_ahead_of_its_page_and_then_agrees_with_it(
    visit: Visit, page: Page, settle: Settle
) -> None:
    """Canberra has an officer of the NP only, Moscow one of the GPI only (table 1)."""
    silence = Silence(page, begun=False)
    visit("/dekking")
    title, drawn = page.locator("h1"), atlas(page).locator(":root")
    before = title.inner_text()
    expect(country(page, "AUS")).to_have_attribute("data-state", "post")
    silence.begun = True
    tick(page, "organisation", "NP")
    expect(country(page, "AUS")).to_have_attribute("data-state", "none")
    expect(country(page, "RUS")).to_have_attribute("data-state", "post")
    tick(page, "organisation", "GPI")  # from what is drawn, not from what the page said last
    expect(country(page, "RUS")).to_have_attribute("data-state", "none")
    assert title.inner_text() == before
    times = drawn.get_attribute("data-painted")
    silence.end()
    expect(title).not_to_have_text(before)
    settle()
    assert "org=KMar%2Cnot-stated" in page.url
    assert drawn.get_attribute("data-painted") == times, "what the page names is drawn already"


def test_presses_that_come_at_once_are_all_drawn(visit: Visit, page: Page, settle: Settle) -> None:
    """To a busy page they may come so soon after each other that nothing runs in between."""
    silence = Silence(page, begun=False)
    visit("/dekking")
    silence.begun = True
    page.evaluate(
        """() => ["NP", "GPI", "NP"].forEach((name) =>
          document.querySelector(`.st-key-w_organisation_${name} label p`).click())"""
    )
    expect(country(page, "RUS")).to_have_attribute("data-state", "none")
    expect(country(page, "AUS")).to_have_attribute("data-state", "post")
    silence.end()


def test_a_map_whose_data_does_not_come_says_so_and_recovers(
    visit: Visit, page: Page, settle: Settle, record: Record
) -> None:
    page.route("**/map.json?*", lambda route: route.fulfill(status=500))
    visit("/dekking")
    failed = atlas(page).locator(".failed")
    expect(failed).to_contain_text("kaart")
    tick(page, "organisation", "KMar")
    settle()
    page.unroute("**/map.json?*")
    tick(page, "organisation", "NP")
    expect(country(page, "RUS")).to_have_attribute("data-state", "post")
    expect(failed).to_have_count(0)
    assert [line for line in record.errors if line.startswith("uncaught")] == []


def test_data_that_does_not_come_for_a_press_is_asked_for_again_by_its_page(
    visit: Visit, page: Page, settle: Settle
) -> None:
    """As on a connection that was gone for a moment; Canberra has an officer of the NP only."""
    visit("/dekking")
    page.route("**/map.json?*", lambda route: route.abort(), times=1)
    tick(page, "organisation", "NP")
    expect(country(page, "AUS")).to_have_attribute("data-state", "none")
    expect(atlas(page).locator(".failed")).to_have_count(0)


COUNTRIES = "[data-iso='BRA'], [data-iso='CAN'], [data-iso='ZAF']"
PLACES = """all => Object.fromEntries(all.map(one => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return [one.dataset.iso, [x, y, width, height, one.getAttribute('fill')]];
}))"""


@pytest.mark.parametrize(("path", "scheme"), [("/dekking?org=NP", "dark"), ("/?org=NP", "light")])
def test_the_first_map_stands_where_the_map_will_and_in_its_colours(
    address: str, page: Page, path: str, scheme: Literal["dark", "light"]
) -> None:
    waiting: list[Route] = []
    held = "**/component/**/index.html*"
    page.route(held, lambda route: waiting.append(route))
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{address}{path}")
    first = page.locator(".first-map")
    expect(first.locator("[data-iso='BRA']")).to_be_visible()
    page.wait_for_selector("[data-test-script-state='notRunning']")
    page.wait_for_selector("iframe", state="attached")
    before = first.locator(COUNTRIES).evaluate_all(PLACES)
    for route in waiting:
        route.continue_()
    page.unroute(held)
    page.wait_for_selector("[class*='st-key-room_'][data-drawn]")
    expect(first).to_have_count(0)
    frame = page.locator("iframe").bounding_box()
    assert frame
    after = atlas(page).locator(f"path:is({COUNTRIES})").evaluate_all(PLACES)
    assert set(after) == {"BRA", "CAN", "ZAF"}
    for iso3, (x, y, wide, tall, fill) in after.items():
        there = [frame["x"] + x, frame["y"] + y, wide, tall]
        assert before[iso3][:4] == pytest.approx(there, abs=3), iso3
        assert before[iso3][4] == fill, iso3


def test_the_first_map_does_not_lie_over_why_the_map_cannot_be_drawn(
    address: str, page: Page
) -> None:
    waiting: list[Route] = []
    page.route("**/shapes/world.json*", lambda route: waiting.append(route))
    page.goto(f"{address}/dekking")
    expect(page.locator(".first-map")).to_be_visible()
    until(page, lambda: bool(waiting), "the shapes were never asked for")
    for route in waiting:
        route.fulfill(status=500)
    expect(atlas(page).locator(".failed")).to_contain_text("kaart")
    expect(page.locator(".first-map")).to_have_count(0)


def test_choices_while_an_answer_is_on_its_way_do_not_stop_the_page(
    address: str, page: Page, settle: Settle
) -> None:
    """The second choice of the panel is made before a word of the answer to the first has come."""
    silence = Silence(page, begun=False)
    page.goto(f"{address}/land?land=PER")
    settle()
    page.locator(".st-key-take_open button").first.click()
    kinds = page.locator(".st-key-take_kind [role=radiogroup] label")
    expect(page.locator("[data-whole]")).to_have_count(1)
    settle()
    for place in (3, 0, 3):  # a briefing, which asks for more, was there and is gone again
        kinds.nth(place).click()
        settle()
    beside = page.locator(".st-key-take_beside")
    expect(beside).to_have_count(0)
    silence.begun = True
    kinds.nth(4).click()
    until(page, lambda: any(map(_ends, silence.held)), "the server has answered")
    kinds.nth(0).click()
    silence.end()
    expect(beside).to_have_count(1)
    settle()


def _ends(message: bytes) -> bool:
    """Whether a message of the server says that a run has ended."""
    return ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"


SHIFTS = """if (window.top === window) {
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => {
    if (!one.hadRecentInput) window.shifted += one.value;
  })).observe({ type: 'layout-shift', buffered: true });
}"""


@pytest.mark.parametrize("path", ["/bronnen", "/vergelijken"])
def test_a_page_does_not_jump_while_it_comes(visit: Visit, page: Page, path: str) -> None:
    """The two that moved most on a telephone, by 0.4; a tenth is what a reader does not mind."""
    page.add_init_script(SHIFTS)
    page.set_viewport_size({"width": 390, "height": 844})
    visit(path)
    page.locator("body[data-came]").wait_for(state="attached")
    if path == "/vergelijken":
        page.wait_for_selector("[class*='st-key-room_'][data-drawn]")
    assert page.evaluate("window.shifted") <= 0.1
    page.evaluate("document.querySelector('h1').style.marginTop = '300px'")
    page.wait_for_function("window.shifted > 0.1")  # so it is seen where one jumps


IS_SEEN = "text => text.checkVisibility({ opacityProperty: true, visibilityProperty: true })"
SEEN_BELOW = """() => {
  const bars = [...document.querySelectorAll("[data-testid='stSkeleton']")];
  const side = (one) => !one.closest("[data-testid='stSidebar']");
  const below = (one) => bars.some((bar) => side(bar) === side(one)
    && one.compareDocumentPosition(bar) & Node.DOCUMENT_POSITION_PRECEDING);
  const own = ".st-key-w_find, [data-testid='stSkeleton'], [data-testid='stSkeleton'] *";
  return [...document.querySelectorAll(":is(.stMainBlockContainer, .stSidebarUserContent) *")]
    .filter((one) => below(one) && !one.querySelector(own) && !one.closest(own))
    .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .map((one) => one.outerHTML.slice(0, 200));
}"""


def test_nothing_is_seen_below_a_part_that_never_comes(address: str, page: Page) -> None:
    """Texts too, which Streamlit calls visible; but for the search box. And not for ever."""
    page.add_init_script(patience(8_000))
    page.route("**/static/js/PageLink.*.js", lambda route: None)
    page.route("**/liaisonatlas.js*", lambda route: route.abort())
    page.goto(f"{address}/netwerk", wait_until="commit")
    text = page.locator(".stMainBlockContainer .stMarkdown p").last
    text.wait_for(state="attached")
    box = page.locator(".st-key-w_find input")
    box.wait_for()
    for place in ("[data-testid='stSidebar']", ".stMainBlockContainer"):
        page.locator(f"{place} [data-testid='stSkeleton']").first.wait_for()
    came = page.locator("body[data-came]")
    assert (page.evaluate(SEEN_BELOW), text.evaluate(IS_SEEN), came.count()) == ([], False, 0)
    page.evaluate("window.patience()")
    assert (text.evaluate(IS_SEEN), came.count()) == (True, 1)
