"""The map in a real browser: colours follow the filters; countries are chosen in three ways."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from dashboard.figures import labelling
from data.load import reference
from tests.browser.stillness import until

Visit = Callable[..., None]
Settle = Callable[[], None]
WHOLE = "box => box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth"


def atlas(page: Page) -> FrameLocator:
    """The frame the map is drawn in."""
    return page.frame_locator("iframe")


def country(page: Page, iso3: str) -> Locator:
    """The shape of a country on the map."""
    return atlas(page).locator(f"path[data-iso='{iso3}']")


def mark(page: Page, iso3: str) -> Locator:
    """The mark of a small state on the map."""
    return atlas(page).locator(f"g[data-iso='{iso3}']").first


def tick(page: Page, group: str, name: str) -> None:
    """Press one checkbox of the sidebar."""
    page.locator(f".st-key-w_{group}_{name} label").click()


def choose(page: Page, name: str, option: str) -> None:
    """Choose from a list above the map."""
    page.locator(f".st-key-w_{name} input").click()
    page.get_by_role("option", name=option, exact=True).click()


OF_NAIROBI = {
    "Tanzania": "TZA",
    "Zuid-Soedan": "SSD",
    "Somalië": "SOM",
    "Ethiopië": "ETH",
    "Eritrea": "ERI",
    "Soedan": "SDN",
    "Seychellen": "SYC",
    "Zuid-Afrika": "ZAF",
}


def apart(one: Locator, other: Locator) -> float:
    """How many px lie between two boxes, across or down."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a and b
    across = max(a["x"] - b["x"] - b["width"], b["x"] - a["x"] - a["width"], 0)
    return max(across, a["y"] - b["y"] - b["height"], b["y"] - a["y"] - a["height"])


@pytest.mark.parametrize("query", ["", "?org=NP&gebied=africa"])
def test_the_map_ends_in_the_window(visit: Visit, page: Page, settle: Settle, query: str) -> None:
    """At once, and after a choice that puts more above it; it is as high before as after."""
    visit(f"/dekking{query}", viewport=(1280, 800))
    expect(country(page, "FRA")).to_have_count(1)
    place = """() => {
      const { bottom, height } = document.querySelector('iframe').getBoundingClientRect();
      return [bottom, height].map(Math.round);
    }"""
    bottom, height = page.evaluate(place)
    assert 680 <= bottom <= 758  # a line of the legend below it
    tick(page, "organisation", "KMar")
    settle()
    expect(page.locator(".st-key-narrowed")).to_have_count(1)
    bottom, after = page.evaluate(place)
    assert 680 <= bottom <= 758 and after == height


def test_the_map_as_a_reader_finds_it(visit: Visit, page: Page, settle: Settle) -> None:
    """One visit: dark and light, every unit, the widest posts, and a small state that is chosen.

    Table 1 prints 38 cities with a post; Nairobi (rows 25 and 26) is the fifth, with 9.
    """
    page.emulate_media(color_scheme="dark")
    visit("/dekking", viewport=(1280, 720))
    expect(country(page, "NGA")).to_have_attribute("fill", "#e6f5fc")
    page.emulate_media(color_scheme="light")
    expect(country(page, "NGA")).to_have_attribute("fill", "#083d56")
    drawn = (
        atlas(page)
        .locator("[data-iso]")
        .evaluate_all("all => [...new Set(all.map(one => one.dataset.iso))]")
    )
    for iso3 in ("VAT", "MLT", "LCA", "TUV", "NRU", "BES", "GUF", "XKX", "PSE", "SGP", "MCO"):
        assert iso3 in drawn
    assert len(drawn) >= 244
    card = atlas(page).locator(".card")
    expect(card.locator(".lead")).to_have_text(
        "Deze 5 van de 38 standplaatsen bedienen wereldwijd de meeste landen"
    )
    expect(card.locator("li")).to_have_count(5)
    expect(card.locator("li").last).to_have_text("Nairobi9")
    assert card.evaluate(WHOLE)
    page.set_viewport_size({"width": 1280, "height": 800})
    settle()
    assert card.evaluate(WHOLE)
    mark(page, "BRB").click()  # Barbados at world zoom: served only through the region of row 4
    expect(atlas(page).locator(".card", has_text="Barbados")).to_be_visible()
    settle()
    assert "land=BRB" in page.url


def test_small_maps_answer_pointer_and_keyboard(visit: Visit, page: Page, settle: Settle) -> None:
    """Nigeria is served by the KMar only (row 28).

    In a low window the table beside them stands whole; on a telephone each takes the width.
    """
    visit("/dekking", viewport=(1280, 720))
    choose(page, "colouring", "Organisaties naast elkaar")
    settle()
    assert "kleur=organisations" in page.url
    panel = atlas(page).locator(".panel").nth(1)
    expect(panel.locator("div")).to_have_text("KMar")
    expect(atlas(page).locator(".stage")).to_have_attribute("data-layout", "quarter")
    assert atlas(page).locator(".card").evaluate(WHOLE)
    nigeria = panel.locator("path[data-iso='NGA']")
    expect(nigeria).to_have_attribute("fill", "#9a4f00")
    nigeria.hover()
    expect(atlas(page).locator(".tip")).to_contain_text("Nigeria")
    nigeria.click()
    settle()
    assert "land=NGA" in page.url
    expect(atlas(page).locator(".panel .chosen[data-iso='NGA']")).to_have_count(3)
    page.set_viewport_size({"width": 390, "height": 844})
    settle()
    russia = [
        one.bounding_box() for one in atlas(page).locator(".panel path[data-iso='RUS']").all()
    ]
    assert all(box and box["width"] > 90 for box in russia), russia  # of 350 px
    expect(panel.locator("p")).to_have_text("post in het landbediend vanuit een ander land")
    expect(panel.locator("p i").first).to_have_css("background-color", "rgb(154, 79, 0)")


def test_the_map_cannot_be_moved_into_empty_sea(visit: Visit, page: Page) -> None:
    """An address asks for the north of the Pacific, three times nearer: land stays in sight."""
    visit("/dekking?kaart=83,-168,3")
    expect(country(page, "CAN")).to_be_visible()
    chart = atlas(page).locator(".leaflet-container").bounding_box()
    alaska = country(page, "USA").bounding_box()
    assert chart is not None and alaska is not None
    assert alaska["y"] < chart["y"] + chart["height"] / 2
    assert chart["y"] + chart["height"] <= page.evaluate("innerHeight"), "as tall as the window"


def test_a_filter_recolours_without_remounting(
    visit: Visit, page: Page, settle: Settle, record
) -> None:
    """Nor does the geometry travel again."""

    def requests() -> int:
        return sum("/shapes/world" in url for url in record.requests)

    visit("/dekking")
    # Nigeria is served by the KMar only (row 28), Ghana by NP (24) and KMar (28).
    expect(country(page, "NGA")).to_have_attribute("data-state", re.compile("post"))
    first = requests()
    assert 1 <= first <= 2  # early by the page, and by the map, which finds it in the cache
    before = {iso: country(page, iso).get_attribute("fill") for iso in ("NGA", "GHA", "AGO")}
    country(page, "NGA").evaluate("shape => { shape.ownerDocument.kept = true; }")
    tick(page, "organisation", "KMar")
    settle()
    expect(country(page, "NGA")).to_have_attribute("data-state", re.compile("none"))
    after = {iso: country(page, iso).get_attribute("fill") for iso in before}
    # In Ghana the officer of the NP remains: how it is served does not change.
    assert after["NGA"] != before["NGA"] and after["GHA"] == before["GHA"]
    assert after["AGO"] == before["AGO"] == after["NGA"]
    assert country(page, "NGA").evaluate("shape => shape.ownerDocument.kept") is True
    assert "org=NP,GPI,not-stated" in page.url.replace("%2C", ",")
    choose(page, "view", "Europa")
    settle()
    assert requests() == first


def test_a_post_shows_its_work_area_and_asks_nothing_of_the_page(
    visit: Visit, page: Page, settle: Settle
) -> None:
    """Suriname: one officer of the NP, also for Guyana, French Guiana and Trinidad (row 7)."""
    visit("/dekking")
    page.evaluate("""() => { window.runs = 0;
      new MutationObserver(() => { window.runs += 1; }).observe(
        document.querySelector('[data-testid=stApp]'),
        { attributes: true, attributeFilter: ['data-test-script-state'] }); }""")
    atlas(page).locator(".marks g[data-iso='SUR'][data-post]").first.click()
    card = atlas(page).locator(".card")
    expect(card.locator("h2")).to_have_text("Paramaribo, Suriname")
    expect(card.locator("li button")).to_have_text(
        ["Suriname", "Frans-Guyana", "Guyana", "Trinidad en Tobago"]
    )
    expect(country(page, "BRA")).to_have_class(re.compile("dim"))
    expect(country(page, "GUY")).not_to_have_class(re.compile("dim"))
    expect(atlas(page).locator(".leaflet-pane .links .outward")).to_have_count(3)
    settle()
    assert "post=5.87,-55.17" in page.url and page.evaluate("window.runs") == 0
    page.reload()
    expect(card.locator("h2")).to_have_text("Paramaribo, Suriname")
    settle()
    assert "post=5.87,-55.17" in page.url
    card.get_by_role("button", name="Guyana", exact=True).press("Escape")
    expect(country(page, "BRA")).not_to_have_class(re.compile("dim"))
    page.wait_for_function("!location.search.includes('post=')")
    page.wait_for_function("document.activeElement.tagName === 'IFRAME'")
    # On a telephone not all of the nine of Nairobi have room; what is named stands there.
    page.set_viewport_size({"width": 390, "height": 844})
    settle()
    atlas(page).locator("g[data-iso='KEN'][data-post]").first.click()
    names = atlas(page).locator(".leaflet-pane .labels text", has_text="km")
    expect(names.filter(has_text="Zuid-Afrika 2.861 km")).to_have_count(1)
    settle()
    for name in names.all():
        text = name.text_content() or ""
        iso3 = OF_NAIROBI[text.removesuffix(" km").rpartition(" ")[0]]
        land = atlas(page).locator(f"[data-iso='{iso3}']").first
        assert apart(name, land) <= 12, text


def test_outside_the_area_the_map_is_silent_until_a_country_is_chosen(
    visit: Visit, page: Page
) -> None:
    """Kenya has a post of the KMar, which serves nothing of South America, as Bangkok does not."""
    visit("/dekking?gebied=south-america&land=KEN")
    card = atlas(page).locator(".card")
    expect(card.locator("p").first).to_have_text(
        "Ligt buiten Zuid-Amerika en telt hierboven niet mee."
    )
    expect(card.locator("li button")).to_have_text(["Nairobi"])
    posts = atlas(page).locator("g[data-post]")
    expect(posts.and_(atlas(page).locator("[data-iso='KEN']"))).to_have_count(1)
    expect(posts.and_(atlas(page).locator("[data-iso='THA']"))).to_have_count(0)
    country(page, "ETH").hover(force=True)
    expect(atlas(page).locator(".tip")).to_have_text("Ethiopiëbuiten Zuid-Amerika")
    card.locator(".close").click()
    expect(posts.and_(atlas(page).locator("[data-iso='KEN']"))).to_have_count(0)


def test_the_card_of_a_country_by_keyboard(visit: Visit, page: Page, settle: Settle) -> None:
    """Kosovo is served from Tirana by three organisations, and has police in missions."""
    visit("/dekking?land=XKX")
    card = atlas(page).locator(".card")
    expect(card.locator("h2")).to_have_text("Kosovo")
    expect(card).to_contain_text("EULEX")
    atlas(page).locator(".leaflet-container").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card.locator("h2")).to_have_text("Tirana, Albanië")
    expect(card).to_contain_text("3 officieren: 1 NP, 1 KMar, 1 GPI")
    page.keyboard.press("Escape")
    expect(card.locator("h2")).to_have_text("Kosovo")
    page.keyboard.press("Escape")
    settle()
    assert "land=" not in page.url


def test_insets_answer_like_the_map(visit: Visit, page: Page, settle: Settle) -> None:
    """On the world posts of an inset are points: with the others those of 38 cities (table 1)."""
    visit("/dekking")
    world = atlas(page).locator(".leaflet-pane")
    expect(world.locator(".specks circle").first).to_be_attached()
    assert world.locator(".specks circle, g[data-post]").count() == 38
    serbia = atlas(page).locator(".inset.europe path[data-unit='SRB']")
    expect(serbia).to_have_attribute("fill", country(page, "SRB").get_attribute("fill") or "")
    serbia.hover(force=True, position={"x": 3, "y": 3})
    expect(atlas(page).locator(".inset.caribbean text", has_text="Cuba")).to_be_visible()
    cuba = atlas(page).locator(".inset.caribbean path[data-unit='CUB']")
    santo_domingo = atlas(page).locator(".inset.caribbean g[data-iso='DOM'][data-post]")
    cuba.dispatch_event("click")
    settle()
    assert "land=CUB" in page.url
    expect(atlas(page).locator(".inset.caribbean .rings .chosen")).to_have_count(2)
    expect(atlas(page).locator(".tip")).to_be_hidden()  # the card tells it all
    page.keyboard.press("Escape")
    settle()
    assert "land=" not in page.url
    cuba.dispatch_event("click")
    settle()
    santo_domingo.click()
    settle()
    assert "land=" not in page.url and "post=18.47" in page.url, "one choice at a time"
    expect(atlas(page).locator(".inset.caribbean .rings .chosen")).to_have_count(0)
    expect(atlas(page).locator("#help")).to_be_hidden()


def test_the_browser_names_in_the_order_of_the_rule(
    visit: Visit, page: Page, settle: Settle
) -> None:
    """As `labelling` has it: by its own two functions on the same five units.

    So Denmark has its name between its neighbours, in either language.
    """
    visit("/dekking")
    europe = atlas(page).locator(".inset.europe .labels")
    for name in ("Denemarken", "België", "Nederland", "Duitsland", "Zweden"):
        expect(europe.get_by_text(name, exact=True)).to_be_visible()
    page.locator(".st-key-w_language button", has_text="English").click()
    settle()
    for name in ("Denmark", "Belgium", "Netherlands", "Germany", "Sweden"):
        expect(europe.get_by_text(name, exact=True)).to_be_visible()
    frame = next(each for each in page.frames if each.parent_frame)
    codes, before = ["JEY", "DNK", "DEU", "RUS", "ABW"], ["DEU", "IND"]
    turns = frame.evaluate(
        """async ([codes, before]) => {
          const all = await Atlas.units;
          return Atlas.inTurn(Object.fromEntries(codes.map(iso => [iso, all[iso]])), before);
        }""",
        [codes, before],
    )
    units = reference("units")
    ranks = labelling.ranks(units)
    expected = labelling.in_turn(codes, before, ranks)
    assert [tuple(turn) for turn in turns] == expected
    named = frame.evaluate(
        """async turns => {
          const all = await Atlas.units;
          const units = Object.fromEntries(turns.map(([iso]) => [iso, all[iso]]));
          return Atlas.putInTurn(units, [], turns, () => true, iso => iso !== 'DNK');
        }""",
        turns,
    )
    waits = labelling.waits(units)
    assert named == labelling.put_in_turn(expected, waits, lambda iso3, _: iso3 != "DNK")
    assert "JEY" not in named
    owners = """async () => {
      const shapes = Atlas.decode(await Atlas.world);
      // A map whose pixels are hundredths of degrees.
      const latLng = (x, y) => ({ lat: y / 100, lng: x / 100 });
      const flat = { coarse: shapes, view: () => "", latLng };
      return [[-7220, 1900], [-7050, 1880], [-7400, 1500]]
        .map(at => Atlas.owner(flat, ...at) ?? null);
    }"""
    assert frame.evaluate(owners) == ["HTI", "DOM", None], "no name may lie on another's land"


def test_the_search_box_knows_what_people_type(visit: Visit, page: Page, settle: Settle) -> None:
    visit("/dekking")
    box, told = page.get_by_role("combobox", name="Zoek een land"), page.locator("#country-told")
    box.fill("xyzzy")
    expect(told).to_have_text(re.compile("Geen land of gebied gevonden"))
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("rabat")
    option = page.get_by_role("option", selected=True)
    expect(option).to_have_text(re.compile("Marokko.*stad Rabat"))
    expect(box).to_have_attribute("aria-activedescendant", "country-MAR")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    page.keyboard.type("VS")
    page.keyboard.press("Enter")
    settle()
    assert "land=USA" in page.url
    expect(box).to_have_value("Verenigde Staten")
    expect(box).to_be_focused()
    page.get_by_role("button", name="Wis de keuze").first.click()
    settle()
    assert "land=" not in page.url
    box.fill("san mar")
    page.keyboard.press("Enter")
    settle()
    assert "land=SMR" in page.url
    expect(atlas(page).locator(".card", has_text="San Marino")).to_be_visible()


def test_a_choice_stays_on_another_page(visit: Visit, page: Page, settle: Settle) -> None:
    visit("/dekking?org=NP&land=MLT")
    atlas(page).get_by_role("link", name="Open het dossier").click()
    page.wait_for_url(re.compile("/land"))
    settle()
    expect(page.locator("h1")).to_contain_text("Malta")
    assert "/land?" in page.url and "org=NP" in page.url
    page.get_by_role("link", name="Kaart", exact=True).click()
    settle()
    assert "org=NP" in page.url and "land=MLT" in page.url
    expect(page.locator("h1")).to_contain_text("96 van")


def test_the_language_switch(visit: Visit, page: Page, settle: Settle) -> None:
    visit("/dekking?org=NP")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.get_by_role("radio", name="English").or_(
        page.locator("button", has_text="English")
    ).first.click()
    settle()
    expect(page.locator("h1")).to_contain_text("96 of 244 countries")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "taal=en" in page.url and "org=NP" in page.url


def unfold(page: Page) -> None:
    """Open the list of countries below the map."""
    page.locator(".st-key-coverage_list summary").click()
    expect(page.locator("table.filled tbody tr:first-child td:nth-child(3)")).not_to_be_empty()


def test_the_dossier_by_keyboard_only(visit: Visit, page: Page, settle: Settle) -> None:
    visit("/land")
    box = page.locator(".st-key-w_land input")
    for _ in range(40):
        page.keyboard.press("Tab")
        if box.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.type("ecua")
    page.keyboard.press("Enter")
    settle()
    expect(page.locator("h1")).to_contain_text("Ecuador heeft geen officier")
    page.set_viewport_size({"width": 1280, "height": 720})  # a low window shows the map whole
    settle()
    expect(page.locator(".still-map [data-drawing] > svg")).to_be_in_viewport(ratio=1)


def test_back_returns_to_what_was(visit: Visit, page: Page, settle: Settle) -> None:
    visit("/dekking?org=NP")
    tick(page, "organisation", "KMar")
    settle()
    expect(page.locator("h1")).to_contain_text("117 van")
    page.get_by_role("link", name="Vergelijken", exact=True).first.click()
    settle()
    page.go_back()
    settle()
    expect(page.locator("h1")).to_contain_text("117 van")


def test_two_quick_clicks_both_count(visit: Visit, page: Page, settle: Settle) -> None:
    visit("/dekking")
    page.evaluate(
        """() => ['KMar', 'GPI'].forEach(name =>
             document.querySelector(`.st-key-w_organisation_${name} input`).click())"""
    )
    settle()
    expect(page.locator("h1")).to_contain_text("van NP en een onbekende organisatie")
    assert "org=NP,not-stated" in page.url.replace("%2C", ",")


def test_a_table_is_sorted_and_stays_so(visit: Visit, page: Page, settle: Settle) -> None:
    visit("/dekking")
    unfold(page)
    first = page.locator("table.filled tbody tr th").first
    before = first.inner_text()
    distance = page.locator("table.filled thead button", has_text="Afstand")
    distance.click()
    distance.click()
    # Pakistan is served by the Belgian post in Istanbul only (row 54), the farthest of all.
    expect(first).to_have_text("Pakistan")
    assert before != "Pakistan"
    button = page.locator("table.filled thead button", has_text="Posten")
    button.click()
    button.click()
    tick(page, "organisation", "NP")
    settle()
    column = page.locator("table.filled tbody tr td:nth-child(3)")

    def descending() -> bool:
        numbers = [int(text) for text in column.all_inner_texts() if text]
        return numbers[0] > 1 and numbers == sorted(numbers, reverse=True)

    until(page, descending, "the posts are sorted as before")


def test_a_link_to_a_dossier_follows_the_choices(visit: Visit, page: Page, settle: Settle) -> None:
    visit("/dekking?org=NP")
    unfold(page)
    link = page.locator("table.filled a", has_text="Spanje")
    link.dispatch_event("pointerdown")
    tick(page, "organisation", "KMar")
    settle()
    link.click()
    settle()
    expect(page.locator("h1")).to_have_text(
        "Spanje heeft 2 officieren in het land: Nederlandse politie en Koninklijke "
        "Marechaussee in Madrid"
    )
