"""What each screen says, in both languages and for every kind of document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.links import PATHS
from dashboard.web import auth
from dashboard.web.auth import SignIn
from pages import presenteren
from pages.aanmelden import PUBLIC
from tests.pages.reading import html, visible

Screen = Callable[..., AppTest]
# Opened here on both pages, in a browser on one of them in turn.
HOSTILE = (
    "release=nix&land=%3Cscript%3Ealert(1)%3C/script%3E&org=FBI&taal=xx&kaart=a,b,c",
    "tour=%3Cimg%20src=x%3E;;;!&stap=-1&kaart=1e9,1e9,1e9&scenario=~~~~",
    "kaart=0,0,0&weging=kind:999&soort=x&beeld=moon&gebied=%00&links=x&rechts=y",
    "tour=" + "missies;" * 200 + "&kaartdatum=2023-13-45&rang=<b>",
)


PLAIN = ("", "dekking", "land", "bronnen", "gegevens", "vlekken", "netwerk")
PLAIN += ("werklast", "geschiedenis")
WEIGHED = {"scenario": "bijlage-2025-11~~close.17", "gebied": "western-asia"}
# Every page with each older document, and each of both in either language; the newest one, and
# the other pages, in both: test_forms.py.
PAIRS = [
    (path, release, ("nl", "en")[(at + also) % 2])
    for at, path in enumerate([*PLAIN, "wat-als", "plaatsen", "vergelijken"])
    for also, release in enumerate(["bijlage-2023-12", "kst-31015-94"])
]


@pytest.mark.parametrize(("path", "release", "language"), PAIRS)
def test_every_screen_runs_for_every_older_document(
    screen: Screen, path: str, release: str, language: str
) -> None:
    more = {"land": "ESP"} if path in PLAIN else WEIGHED
    app = screen(path, release=release, taal=language, **more)
    assert not app.exception and not app.error
    assert len(app.title) == 1
    assert "{" not in visible(app)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("vlekken", {"soort": "single,lost", "weging": "population:5", "rang": "territories"}),
        ("vergelijken", {"links": "bijlage-2025-11", "rechts": "kst-31015-94"}),
        ("missies", {"kaartdatum": "2023-11-24"}),
        ("netwerk", {"org": "NP", "land": "PRT", "release": "kst-31015-94"}),
        ("land", {"land": "ECU", "lagen": "none"}),
        ("bronnen", {"release": "bijlage-2023-12"}),
        ("gegevens", {"taal": "en"}),
        ("", {"org": "NP,KMar", "gebied": "africa", "lagen": "regions,planned"}),
        ("wat-als", {"scenario": "bijlage-2025-11~Zonder Dubai~close.17", "org": "NP"}),
    ],
)
def test_an_address_restores_its_page(screen: Screen, path: str, query: dict[str, str]) -> None:
    """The address that a page writes for its reader, opened by another one."""
    first = screen(path, **query)
    address = {  # AppTest holds what it was given as a text, and what the page wrote as a list
        name: values if isinstance(values, str) else values[0]
        for name, values in first.query_params.items()
    }
    assert "release" in address and query.items() <= address.items()
    second = screen(path, **address)
    assert visible(second) == visible(first) and second.title[0].value == first.title[0].value
    kinds = ("checkbox", "radio", "selectbox", "multiselect", "slider", "segmented_control")
    for kind in kinds:
        values = [[(each.key, each.value) for each in app.get(kind)] for app in (first, second)]
        assert values[0] == values[1]


def test_before_signing_in_every_address_shows_the_door_alone(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = SignIn("https://id.example", "atlas", "s" * 32, "s" * 32, "", "roles", ("e", "v"))
    monkeypatch.setattr(auth, "sign_in", lambda: provider)
    for path in set(PATHS.values()) - {PATHS[PUBLIC]}:
        app = screen(path, land="ECU")
        assert [title.value for title in app.title] == ["Meld u aan om de atlas te zien"], path
        assert [button.label for button in app.button] == ["Aanmelden"], path
        drawn = ("iframe", "page_link", "plotly_chart", "dataframe", "file_uploader", "checkbox")
        assert not any(app.get(kind) for kind in drawn) and not app.sidebar.children, path
        assert not re.search("<table|<svg|Ecuador", html(app)), path


def test_downloads_explain_every_table_and_column(screen: Screen) -> None:
    app = screen("downloads", taal="nl")
    assert not app.exception and len(app.title) == 1
    assert len(app.selectbox(key="downloads_table").options) == 14
    assert "Code van het gastland." in visible(app)
    app.selectbox(key="downloads_table").set_value("coverage").run()
    assert not app.exception and "gap_single" in visible(app)


def test_the_projector_has_its_buttons_before_the_finding(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sees the next step has the buttons of that step, which stand below it."""
    sent = []
    for name in ("_controls", "_step"):
        draw = getattr(presenteren, name)

        def noted(*arguments: Any, name: str = name, draw: Callable[..., Any] = draw) -> Any:
            sent.append(name)
            return draw(*arguments)

        monkeypatch.setattr(presenteren, name, noted)
    app = screen("presenteren", tour="missies;vlekken")
    assert sent == ["_controls", "_step"]
    [stage] = [each for each in app.main.children.values() if holds(each, "step_on")]
    finding, buttons, *_ = stage.children.values()
    assert [holds(each, "step_on") for each in (finding, buttons)] == [False, True]
    assert next(each.type for each in finding.children.values()) == "title"
    # Nothing but the page itself: the bar of other pages leads here.
    assert "Presenteren" not in [link.proto.label for link in app.get("page_link")]


def holds(block: Any, key: str) -> bool:
    """Whether a part of a screen has the button `key`."""
    return getattr(block, "key", None) == key or any(
        holds(each, key) for each in getattr(block, "children", {}).values()
    )


@pytest.mark.parametrize("query", HOSTILE)
def test_a_broken_or_hostile_address_breaks_nothing(screen: Screen, query: str) -> None:
    for path in ("vlekken", "presenteren"):
        app = screen(path, **dict(parse_qsl(query)))
        assert not app.exception and app.title[0].value
        assert "<img src=x" not in html(app) and "<script>alert" not in html(app)


def table_fill(app: AppTest) -> dict[str, Any]:
    """What the coverage table is filled with in the browser, once a reader opens it."""
    assert "data-fill" not in html(app)
    app.session_state["coverage_list"] = True
    app.run()
    found = re.search(r"data-fill='([^']*)'", html(app))
    assert found
    return json.loads(unescape(found[1]))


def test_overview_has_the_five_figures(screen: Screen) -> None:
    app = screen()
    assert app.title[0].value.startswith("54 ") and " 138 " in app.title[0].value
    assert re.findall(r"<b>([\d.]+)</b>", html(app)) == ["54", "138", "78", "5", "34"]
    text = visible(app)
    assert (
        "28 uitgezonden Nederlandse politiemensen op 24 november 2023, 34 op 12 november 2025"
        in text
    )


def test_overview_tells_the_return_to_five_capitals(screen: Screen) -> None:
    text = visible(screen())
    for country, city in (
        ("Polen", "Warschau"),
        ("Portugal", "Lissabon"),
        ("Italië", "Rome"),
        ("Spanje", "Madrid"),
        ("Frankrijk", "Parijs"),
    ):
        assert country in text and f"NP {city}" in text


def test_overview_counts_what_other_sources_say_and_leads_to_it(screen: Screen) -> None:
    """Bogota, Berlin, New Delhi, Bucharest and Rabat; the letter of 2015 between those of 2013."""
    text = visible(screen())
    assert "Over 5 posten en werkgebieden zegt een andere openbare bron iets anders" in text
    assert "#andere-bronnen" in text and "Koninklijke Marechaussee, New Delhi" in text
    assert "plaatsingsplan voor 2015" in text


def test_coverage_says_what_the_filter_shows(screen: Screen) -> None:
    app = screen("dekking", org="NP,KMar")
    assert app.title[0].value == (
        "Liaisonofficieren van NP en KMar bedienen 117 van 244 landen en gebieden"
    )
    fill = table_fill(app)
    assert html(app).count("<tr data-iso=") == 245
    covered = [row for row in fill["rows"].values() if row[1]]
    assert len(covered) == 117 and fill["rest"][1] == 0


def test_unticking_an_organisation_changes_the_finding_and_the_address(screen: Screen) -> None:
    app = screen("dekking")
    app.checkbox(key="w_organisation_GPI").uncheck().run()
    app.checkbox(key="w_organisation_not_stated").uncheck().run()
    assert app.title[0].value.startswith("Liaisonofficieren van NP en KMar bedienen 117 van")
    assert app.query_params["org"] in ("NP,KMar", ["NP,KMar"])


def test_a_partial_document_never_says_none(screen: Screen) -> None:
    text = visible(screen("dekking", release="kst-31015-94"))
    # No country has that colour, so the legend does not explain it.
    assert "9 landen" in text and "Geen officier" not in text and "Post in het land" in text
    fill = table_fill(screen("dekking", release="kst-31015-94"))
    assert "Geen officier" not in fill["texts"] and fill["rest"][1] is None


def test_a_document_without_a_network_offers_one_that_has(screen: Screen) -> None:
    app = screen("dekking", release="bijlage-2023-12")
    assert "onbekend; dat is iets anders dan nul" in app.info[0].value
    next(
        each for each in app.button if each.label == "Toon het nieuwste volledige netwerk"
    ).click().run()
    assert app.title[0].value.startswith("Liaisonofficieren bedienen 138 van")


def test_an_area_counts_its_own_units_only(screen: Screen) -> None:
    """South America has 17; the five unserved ones: Ecuador, Falklands, South Georgia, Bouvet
    and the Southern Patagonian Ice Field."""
    app = screen("dekking", gebied="south-america")
    title = "Zuid-Amerika: liaisonofficieren bedienen 12 van 14 landen en gebieden"
    assert app.title[0].value == title
    assert table_fill(app)["rest"]
    text = visible(app)
    assert "Ecuador" in text and "Kenia" not in text


def test_what_the_figures_keep_to_is_undone_by_a_press(screen: Screen) -> None:
    app = screen("missies", gebied="africa", org="NP")
    assert [app.button(key=f"undo_{name}").label for name in ("area", "organisation")] == [
        *("Afrika ✕", "NP ✕"),
    ]
    app.button(key="undo_area").click().run()
    assert "gebied" not in app.query_params and app.query_params["org"] == "NP"
    app.button(key="undo_organisation").click().run()
    assert "org" not in app.query_params
    # An area changes nothing in a dossier.
    keys = [button.key for button in screen("land", land="KEN", gebied="africa").button]
    assert "undo_area" not in keys


def test_dossier_of_kenya(screen: Screen) -> None:
    """Rows 25 and 26 of the table, both KMar in Nairobi."""
    app = screen("land", land="KEN")
    assert (
        app.title[0].value
        == "Kenia heeft 2 officieren in het land: Koninklijke Marechaussee (2) in Nairobi"
    )
    text = visible(app)
    assert "Kenia-2 Kmar" in text and "rij 25" in text and "rij 26" in text and "Nairobi" in text


def test_dossier_tells_missions_and_duty_station_apart(screen: Screen) -> None:
    """EUBAM Libië sat in Tunisia in 2023."""
    libya, tunisia = (visible(screen("land", land=code)) for code in ("LBY", "TUN"))
    assert "EUBAM Libië" in libya and "EUBAM Libië" in tunisia
    assert "Kroatische politie" in visible(screen("land", land="HRV"))


def test_dossier_of_an_uncovered_country(screen: Screen) -> None:
    app = screen("land", land="ECU")
    assert (
        app.title[0].value
        == "Ecuador heeft geen officier; de dichtstbijzijnde post is Bogota, op 728 km"
    )
    headers = [each.value for each in app.header]
    assert headers[0] == "Wie het land bedient"
    assert headers[-2:] == [
        *("Andere bronnen zeggen iets anders", "Andere openbare bronnen (niet meegeteld)"),
    ]
    assert "De nieuwe Belgische liaisonofficier werkt voor Colombia en Ecuador" in visible(app)


def test_an_address_with_nonsense_says_so_and_works(screen: Screen) -> None:
    app = screen("dekking", org="FBI", land="<b>x</b>", release="nix")
    (warning,) = app.warning
    for parameter, value in (("org", "FBI"), ("land", r"\<b\>x"), ("release", "nix")):
        assert f"{parameter} = “{value}" in warning.value
    assert app.title[0].value.startswith("Liaisonofficieren bedienen 138 van")


def test_an_address_that_names_an_organisation_twice_means_both(screen: Screen) -> None:
    app = screen("dekking", org=["NP", "KMar"])
    assert "117" in app.title[0].value and not app.warning


def test_sources_name_every_document_and_its_limits(screen: Screen) -> None:
    app = screen("bronnen", document="kst-31015-94")
    page = html(app)
    for words in ("2025", "2023", "Visie", "Brief", "Vragen", "Clingendael"):
        assert words in page
    assert "https://zoek.officielebekendmakingen.nl/kst-31015-94.html" in visible(app)
    assert len(app.get("download_button")) >= 5
    titles = " ".join(element.value for element in app.header)
    # What is no unit of the map, and what the map does with borders, each with its reason.
    for words in ("Gebieden die niet meetellen", "Bouveteiland", "Noord-Cyprus", "Antarctica"):
        assert words in page or words in titles
    assert "Oost-Jeruzalem is getekend bij de Palestijnse Gebieden" in page


def test_a_filter_never_turns_into_a_statement_about_the_whole(screen: Screen) -> None:
    """Two KMar officers sit in Nairobi (rows 25 and 26); with NP alone the screen must say so."""
    app = screen("land", land="KEN", org="NP")
    assert (
        app.title[0].value
        == "Kenia heeft geen officier van NP; buiten uw keuze is er wel een: KMar"
    )
    assert "Kenia" in app.info[0].value and "Kmar" in app.info[0].value
    text = visible(screen("dekking", org="GPI"))
    assert "hebben alleen een Belgische officier bediend" not in text
    assert "geen officier van GPI" in text
    assert re.findall(r"<b>([\d.]+)</b>", html(screen("", org="NP")))[3] == "5"


@pytest.mark.parametrize(
    ("query", "shown"),
    [({"lagen": "none"}, False), ({}, True), ({"lagen": "regions"}, True)],
)
def test_headline_and_table_of_a_dossier_agree(
    screen: Screen, query: dict[str, str], shown: bool
) -> None:
    """Barbados is served through a printed region only (row 4)."""
    app = screen("land", land="BRB", **query)
    assert ("heeft geen officier" in app.title[0].value) is not shown
    assert ("Santo Domingo" in html(app)) is shown
    assert bool(app.info) is not shown


def test_nothing_in_an_address_becomes_markdown(screen: Screen) -> None:
    app = screen("dekking", land="[log in](//evil.example/x) **b** $a$")
    assert r"\[log in\]\(//evil\.example/x\)" in app.warning[0].value


def test_quick_clicks_are_newer_than_the_address(screen: Screen) -> None:
    """The second request of two quick clicks still carries the address from before the first."""
    app = screen("dekking")
    old = {name: app.query_params[name] for name in ("release", "taal")}
    app.checkbox(key="w_organisation_KMar").uncheck().run()
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in old.items():
        app.query_params[name] = value
    app.checkbox(key="w_organisation_GPI").uncheck().run()
    assert app.query_params["org"] in ("NP,not-stated", ["NP,not-stated"])
    assert "van NP en een onbekende organisatie" in app.title[0].value


def test_a_changed_address_wins_when_nobody_clicked(screen: Screen) -> None:
    app = screen("dekking", org="NP")
    app.query_params["org"] = "KMar"
    app.run()
    assert app.title[0].value.startswith("Liaisonofficieren van KMar bedienen 37 van")


@pytest.mark.parametrize(
    ("area", "rows"),
    [("", "(244, en Nederland zelf)"), ("south-america", "(14)")],
)
def test_the_list_below_the_map_counts_what_the_headline_counts(
    screen: Screen, area: str, rows: str
):
    app = screen("dekking", taal="nl", gebied=area)
    assert any(rows in each.label for each in app.expander)
    assert rows.strip("(").split(",")[0].strip(")") in app.title[0].value


def test_of_what_nobody_read_in_no_date_is_asked(screen: Screen) -> None:
    found = visible(screen("gegevens"))
    assert "Documenten in de atlas" in found and "Herkomst" in found and "Opgenomen" not in found
