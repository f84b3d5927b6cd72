"""Everything without a mouse: the map, and a focus that no redrawing takes away."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Frame, Locator, Page, expect

from dashboard.figures.maps import _centre
from dashboard.figures.views import FRAMES

Visit = Callable[..., None]
Settle = Callable[[], None]

# Where the arrows begin among the countries that a projection shows, and where each leads (left,
# right, up, down).
STEPS = """async centre => {
  const [world, all] = await Promise.all([Atlas.world, Atlas.units]);
  const shown = Object.fromEntries(
    Object.entries(all).filter(([, u]) => !Atlas.behind(centre, u[2], u[3])));
  const start = Atlas.entry(Atlas.crs(centre), shown, 'NLD');
  const steps = Atlas.steps(Atlas.crs(centre), shown, Atlas.borders(world), start);
  return [start, Object.fromEntries(steps)];
}"""
LEFT, RIGHT, UP, DOWN = range(4)
# Looked up in an atlas: whoever goes that way over land comes there first.
ACROSS = [
    *[("NLD", RIGHT, "DEU"), ("NLD", DOWN, "BEL"), ("DEU", RIGHT, "POL"), ("PRT", RIGHT, "ESP")],
    *[("FRA", DOWN, "ESP"), ("FRA", RIGHT, "CHE"), ("COL", DOWN, "PER"), ("BRA", LEFT, "BOL")],
    *[("NOR", RIGHT, "SWE"), ("USA", UP, "CAN"), ("IND", LEFT, "PAK"), ("CHN", UP, "MNG")],
]
# Areas on whose map the Netherlands lie behind -> the country next to the middle of its frame.
FAR = {
    "Australia and New Zealand": "AUS",  # 28 south, 138 east: the outback
    "Melanesia": "SLB",  # 12 south, 160 east: Honiara lies at 9 south, 160 east
    "Micronesia": "MHL",  # 8 north, 168 east: Majuro at 7 north, 171 east
    "Polynesia": "COK",  # 16 south, 156 west: Rarotonga at 21 south, 160 west
}
SMALL = ("VAT", "SMR", "MCO", "LIE", "AND", "MLT", "SGP", "BRB", "SXM", "TUV", "NRU", "GIB")
# What has the focus: the key of its control and what it says, or the name of the element.
FOCUS = """() => {
  const focus = document.activeElement;
  const key = [...(focus.closest('[class*=st-key-]')?.classList ?? [])]
    .find(name => name.startsWith('st-key-')) ?? '';
  return [focus.tagName, key, focus.ariaLabel || focus.textContent.trim()];
}"""


def frame(page: Page) -> Frame:
    """The map's own document."""
    page.frame_locator("iframe").locator("path[data-iso='FRA']").wait_for(state="attached")
    return next(each for each in page.frames if each.parent_frame)


def spoken(page: Page) -> Locator:
    """What the map says to who listens."""
    return page.frame_locator("iframe").locator("[aria-live='polite']")


def reached(steps: dict[str, list[str | None]], start: str) -> set[str]:
    """Every country that some row of arrows leads to."""
    seen, waiting = {start}, [start]
    while waiting:
        new = {goal for goal in steps[waiting.pop()] if goal} - seen
        seen |= new
        waiting += new
    return seen


def arrows_lead_to_every_country_and_out_of_it(page: Page) -> None:
    """On the map of every area."""
    for view, box in FRAMES.items():
        start, steps = frame(page).evaluate(STEPS, None if view == "world" else _centre(box))
        assert start == ("NLD" if "NLD" in steps else FAR[view]), view
        back: dict[str, list[str | None]] = {iso: [] for iso in steps}
        for iso, goals in steps.items():
            for goal in filter(None, goals):
                back[goal].append(iso)
        assert reached(steps, start) == set(steps), view
        assert reached(back, start) == set(steps), view  # from each of them the start again
        if view == "world":
            assert len(steps) == 245 and set(SMALL) <= set(steps)
            assert [(iso, way, steps[iso][way]) for iso, way, _ in ACROSS] == ACROSS


SOUTH_AMERICA = {
    *("Argentinië", "Bolivia", "Brazilië", "Chili", "Colombia", "Ecuador", "Falklandeilanden"),
    *("Frans-Guyana", "Guyana", "Paraguay", "Peru", "Suriname", "Uruguay", "Venezuela"),
}


def test_with_an_area_chosen_arrows_stay_in_it(visit: Visit, page: Page):
    """To its north lie Panama and the Caribbean, which the map shows and tells nothing of."""
    visit("/dekking?gebied=south-america")
    page.frame_locator("iframe").locator(".leaflet-container").focus()
    passed = set()
    for way in ("Right", *("Up",) * 5, *("Right",) * 3, *("Up",) * 3, *("Left",) * 4, "Up", "Up"):
        before = spoken(page).inner_text()
        page.keyboard.press(f"Arrow{way}")
        passed.add(spoken(page).inner_text().partition(". ")[0] or before)
    assert passed <= SOUTH_AMERICA and len(passed) > 4


def test_the_map_by_keyboard(visit: Visit, page: Page, settle: Settle):
    visit("/dekking")
    arrows_lead_to_every_country_and_out_of_it(page)
    chart = page.frame_locator("iframe").locator(".leaflet-container")
    expect(chart).to_have_attribute("role", "application")
    expect(chart).to_have_attribute("aria-roledescription", "kaart")
    page.locator(".st-key-w_view button").last.focus()
    for _ in range(9):  # the other views, and whatever else lies between
        page.keyboard.press("Tab")
        if frame(page).evaluate("() => document.activeElement.className.includes('leaflet')"):
            break
    expect(page.frame_locator("iframe").locator("#help")).to_be_visible()
    page.keyboard.press("ArrowRight")  # to where the keyboard starts: the home country
    page.keyboard.press("ArrowRight")
    # Row 32 of the annex: one posting of NP.
    expect(spoken(page)).to_have_text(re.compile(r"^Duitsland\. post in het land: NP"))
    expect(page.frame_locator("iframe").locator(".leaflet-pane .cursor .focus")).to_have_count(2)
    page.keyboard.press("Enter")
    expect(spoken(page)).to_have_text("Duitsland gekozen.")
    expect(page.frame_locator("iframe").locator(".card h2")).to_have_text("Duitsland")
    settle()
    assert "land=DEU" in page.url
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"  # the rerun left it there
    page.keyboard.press("Escape")
    expect(spoken(page)).to_have_text("Duitsland losgelaten.")
    settle()
    assert "land=" not in page.url
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.tagName === 'H1'")
    page.frame_locator("iframe").locator(".leaflet-container").focus()
    page.keyboard.press("Tab")  # no trap, and no second stop
    frame(page).wait_for_function("() => !document.hasFocus()")


def test_a_filter_is_heard_of_the_country_where_the_keyboard_is(
    visit: Visit, page: Page, settle: Settle
):
    visit("/dekking?land=NGA")
    expect(page.frame_locator("iframe").locator("html[data-painted]")).to_be_attached()
    expect(spoken(page)).to_have_text("")  # the page begins with what it says itself
    page.locator(".st-key-w_organisation_KMar input").press("Space")
    settle()
    # Nigeria is served by the KMar only (row 28).
    expect(spoken(page)).to_have_text(
        "Nigeria. geen officier van NP, GPI of een onbekende organisatie"
    )


def kept(page: Page, settle: Settle, key: str, *presses: str) -> None:
    """Presses keys on a control and sees that it still has the focus when all is drawn."""
    before = page.evaluate(FOCUS)
    for press in presses:
        page.keyboard.press(press)
    settle()
    assert key in before[1]
    assert page.evaluate(FOCUS)[:2] == before[:2]


def test_a_rerun_leaves_the_focus(visit: Visit, page: Page, settle: Settle):
    visit("/vlekken")
    for key, what, presses in (
        ("w_organisation_NP", "input", ["Space"]),
        ("w_area", "input", ["ArrowDown", "ArrowDown", "Enter"]),
    ):
        page.locator(f".st-key-{key} {what}").focus()
        kept(page, settle, key, *presses)
    head = page.locator("table.sortable thead button:visible").first
    head.focus()
    page.keyboard.press("Enter")
    settle()
    assert head.evaluate("one => one === document.activeElement")


def test_what_goes_away_hands_the_focus_on(visit: Visit, page: Page, settle: Settle):
    visit("/dekking?release=kst-31015-94")
    button = page.locator(".st-key-aged_show button")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_count(0)
    page.wait_for_function("document.activeElement.tagName === 'H1'")
    settle()
    page.get_by_role("link", name="Netwerk").focus()
    page.keyboard.press("Enter")  # another page, without loading
    page.wait_for_url(re.compile("/netwerk"))
    settle()
    page.wait_for_function("document.activeElement.tagName === 'H1'")
    # Who puts the focus down finds it nowhere, not back.
    page.evaluate("document.activeElement.blur()")
    page.locator(".st-key-w_organisation_NP label").click()
    settle()
    assert page.evaluate(FOCUS)[1] == "st-key-w_organisation_NP"


def test_a_panel_takes_the_focus_and_gives_it_back(visit: Visit, page: Page):
    visit("/dekking")
    opener = page.get_by_test_id("stPopover").get_by_role("button")
    opener.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('[data-testid=stPopoverBody]') !== null")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    page.wait_for_function(
        "document.activeElement.getAttribute('data-testid') === 'stPopoverButton'"
    )


def test_keys_of_the_stage(visit: Visit, page: Page, settle: Settle):
    visit("/presenteren")
    stage = page.locator(".st-key-stage")
    expect(stage).to_be_focused()
    for _ in range(3):  # within a few hundredths of a second: three steps
        page.keyboard.press("PageDown")
    expect(page.locator(".st-key-w_step [aria-checked=true]")).to_have_text("4")
    page.wait_for_url(re.compile("stap=4"))
    settle()
    expect(stage).to_be_focused()
    # A letter alone does something on the stage only (WCAG 2.1.4).
    page.wait_for_selector("[data-cards]", state="attached")
    fold = page.locator("summary").last
    fold.focus()
    page.keyboard.press("e")
    expect(page.locator("dialog")).to_have_count(0)
    stage.focus()
    page.keyboard.press("e")
    expect(page.locator("dialog input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(stage).to_be_focused()
    # Nor does Streamlit run the page again at an R.
    page.evaluate("""() => { window.runs = 0;
      new MutationObserver(() => { window.runs += 1; }).observe(
        document.querySelector('[data-testid=stApp]'),
        { attributes: true, attributeFilter: ['data-test-script-state'] }); }""")
    fold.focus()
    page.keyboard.press("r")
    settle()
    assert page.evaluate("window.runs") == 0


def test_a_chart_is_read_by_arrow_keys_and_a_long_list_is_searched(
    visit: Visit, page: Page, settle: Settle
):
    """An old address of a part that moved leads to it; row 17 alone serves 8 of its 9 countries."""
    visit("/netwerk?org=NP,KMar,GPI,not-stated#carried")
    page.wait_for_url(re.compile("/werklast"))
    settle()
    chart = page.locator(".st-key-chart_carried .js-plotly-plot")
    expect(chart).to_have_attribute("tabindex", "0")
    chart.focus()
    for _ in range(2):  # Santo Domingo, then Dubai
        page.keyboard.press("ArrowDown")
    live = page.locator(".st-key-chart_carried [data-says]")
    expect(live).to_contain_text("Dubai, NP. alleen deze post: 8 Bron: bijlage najaar 2025")
    expect(page.locator(".st-key-chart_carried .hoverlayer")).to_contain_text("Dubai, NP")
    page.get_by_text("Alle landen met de posten die ze bedienen (").click()
    box = page.locator(".row-filter", has_text="Alle landen met de posten")
    box.locator("[data-filter-rows]").fill("curacao")
    expect(box.locator("tbody tr:visible")).to_have_count(1)
    expect(box.locator("[data-filtered]")).to_have_text("1 van 212 rijen")
