"""The page of gaps in the running app: both languages, every document, choices in the address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data import indicators
from geo.ranking import WEIGHTS
from tests.pages.reading import html, visible

Screen = Callable[..., AppTest]


@pytest.mark.parametrize("release", ["bijlage-2023-12", "kst-31015-94"])
def test_no_gap_where_the_document_cannot_tell(screen: Screen, release: str) -> None:
    app = screen("vlekken", release=release, soort="uncovered,single")
    assert not re.search(r"\d+ land", app.title[0].value)
    assert "<table" not in html(app) and not app.slider
    assert app.info


def test_south_america_with_its_source(screen: Screen) -> None:
    app = screen("vlekken", gebied="south-america")
    assert app.title[0].value == "1 land in Zuid-Amerika heeft geen officier"
    text = visible(app)
    assert "Land: Ecuador" in text
    assert "Bijlage Internationaal" in text and "Wij lazen alle 55 rijen" in text


def test_belgium_alone_whatever_is_chosen(screen: Screen) -> None:
    for chosen in ({}, {"org": "NP,KMar"}, {"org": "GPI"}):
        app = screen("vlekken", soort="partner_only", **chosen)
        assert app.title[0].value == "5 landen worden alleen door de Belgische politie bediend"
        assert "rij 22" in visible(app)


def test_every_kind_of_gap_has_its_chip_with_a_number(screen: Screen) -> None:
    app = screen("vlekken")
    assert app.get("button_group")[0].options == [
        *("Geen officier · 106", "Alleen een Belgische officier · 5", "Maar één officier · 78"),
        "Officier in een ander land · 102",
        "Missie zonder officier · 2",
    ]


def test_weights_from_the_address_and_by_slider(screen: Screen) -> None:
    app = screen("vlekken", weging="population:4,kind:0", gebied="south-america")
    sliders = {slider.key: slider.value for slider in app.slider}
    assert sliders["w_weight_population"] == 4 and sliders["w_weight_kind"] == 0
    assert sliders["w_weight_mission"] == 3
    app.slider(key="w_weight_kind").set_value(5).run()
    assert app.query_params["weging"] in ("population:4", ["population:4"])
    reset = next(button for button in app.button if button.label == "Terug naar de gewone weging")
    reset.click().run()
    assert "weging" not in app.query_params
    assert not app.exception


def test_the_page_says_how_firm_its_order_is(screen: Screen) -> None:
    """Decision 0010 has the table: the fewest stay where the distance weighs 3."""
    app = screen("vlekken")
    assert app.header[0].value == "India staat bovenaan: er is geen officier"
    text = visible(app)
    assert "blijven van de eerste 20 er minstens 18 staan" in text
    assert "Afstand 3 wordt). Bovenaan blijft India" in text


def test_figures_are_scaled_as_the_reader_chooses(screen: Screen) -> None:
    app = screen("vlekken", onbekend="middle", vorm="log", schaal="gaps", jaar="2020")
    assert "telt als het midden" in visible(app)
    table = (
        b"Entity,Code,Year,x\nIndia,IND,2020,-5\nIndia,IND,2021,7\nEcuador,ECU,2021,4\n"
        b"World,OWID_WRL,2021,9\n"
    )
    app.file_uploader[0].set_value(("eigen.csv", table, "text/csv")).run()
    text = visible(app)
    assert "1 rij die geen land is, is overgeslagen: World" in text and "Cijfers van 2020" in text
    # 106 gaps; of 2020 the file has India only, and below zero there is no logarithm.
    assert "x: van 105 van de 106 landen en gebieden is geen cijfer bekend" in text
    assert "de schaal is daarom recht" in text
    app.selectbox(key="w_own_year").set_value("").run()
    text = visible(app)
    assert "Cijfers van 2021" in text and "daarom recht" not in text and not app.exception
    assert "jaar" not in app.query_params and "vorm" in app.query_params
    # Of the two figures India has the highest and Ecuador the lowest: 1 and 0 on a logarithm.
    assert "x 13" in charted(app) and not app.error


def test_every_place_of_a_wrong_file_is_named(screen: Screen) -> None:
    app = screen("vlekken", gebied="south-america")
    table = b"land;iso3;x\nEcuador;PER;1\nNarnia;;2\nMali;MLI;veel\n"
    app.file_uploader[0].set_value(("fout.csv", table, "text/csv")).run()
    said = app.error[0].value.replace("\\", "")
    assert "3 plaatsen zijn niet te lezen" in said
    for place in ("regel 2, kolom iso3: de code en de naam", "regel 3, kolom land", "regel 4"):
        assert place in said


def test_without_any_weight_nothing_is_numbered(screen: Screen) -> None:
    none = ",".join(f"{name}:0" for name in WEIGHTS)
    app = screen("vlekken", gebied="africa", weging=none)
    text = visible(app)
    assert any("minstens één onderdeel gewicht" in info.value for info in app.info)
    assert "ranglijst, met wat" not in text and not app.get("plotly_chart")  # nor in words
    assert "op naam" in text and "hoogste score" not in text
    app.slider(key="w_weight_population").set_value(1).run()
    assert app.get("plotly_chart") and not app.info
    # Nigeria, Ethiopia and Egypt are served: of the others Congo-Kinshasa has the most people.
    assert app.header[0].value == "Congo-Kinshasa staat bovenaan: er is geen officier"


def test_territories_are_ranked_when_asked(screen: Screen) -> None:
    app = screen("vlekken", gebied="africa")
    assert "Réunion" not in app.header[0].value and "1. Réunion" not in charted(app)
    groups = app.get("button_group")[1]
    assert groups.options == ["Landen", "Gebieden", "Beide"]
    groups.set_value("territories").run()
    assert not app.exception and "Mozambique" not in charted(app)
    assert "Mayotte" in charted(app) and "Réunion" in charted(app)


def charted(app: AppTest) -> str:
    """What the chart of the ranking says in words."""
    return next(body for body in re.findall(r"<p[^>]*data-chart=.*?</p>", html(app), flags=re.S))


def test_the_chosen_country_says_its_kinds(screen: Screen) -> None:
    text = visible(screen("vlekken", land="MLI"))
    assert (
        "Mali: Alleen een Belgische officier, Maar één officier en Officier in een ander land"
        in text
    )


def test_a_row_of_the_second_table_says_so(screen: Screen) -> None:
    asked = {"lagen": "regions,filo", "soort": "single", "gebied": "middle-africa"}
    app = screen("vlekken", **asked)
    sentences = [
        each.proto.body for each in app.get("html") if "class='sentence'" in each.proto.body
    ]
    [sentence] = sentences
    assert re.sub("<[^>]+>", "", sentence) == (
        "Land: Centraal-Afrikaanse Republiek (rij 3 van tabel 2)."
    )
    assert "&amp;rij=3' target='_self'>rij 3 van tabel 2</a>" in sentence
    text = visible(app)
    assert "3 rijen van tabel 2" in text
    assert "tabel 1 en tabel 2; inwoners" in text
    assert "tabel 2" not in visible(screen("vlekken", gebied="middle-africa"))


def test_belgium_alone_has_its_row_for_the_others_too(screen: Screen) -> None:
    # Moscow is row 22, and GPI; Mexico has rows 3 and 11, neither of the NP.
    shown = html(screen("vlekken", soort="uncovered,partner_only", org="NP"))
    lists = shown.rpartition("<table")[2]
    rows = {code: row for row in lists.split("<tr>") for code in re.findall("land=(...)", row)}
    assert (
        "&amp;rij=22' target='_self'>rij 22 van tabel 1 (Moskou, GPI)</a></td></tr>" in rows["RUS"]
    )
    assert "<td>geen rij van NP</td></tr>" in rows["MEX"]
    assert "geen enkele rij noemt dit land" not in shown


def test_where_there_is_no_gap_the_denominators_stay(screen: Screen) -> None:
    # M49: Belize, Costa Rica, El Salvador, Guatemala, Honduras, Mexico, Nicaragua, Panama.
    app = screen("vlekken", gebied="central-america")
    assert app.title[0].value == "Elk land en gebied in Midden-Amerika heeft een officier"
    assert "landen 8 8 (100 %)" in " ".join(visible(app).split())
    assert [header.value for header in app.header] == [
        "Waarvan: hoeveel van elk werelddeel is bediend"
    ]
    assert app.file_uploader and not app.slider and not app.error


def test_a_wrong_file_is_opened_once(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    received = indicators.received

    def counted(name: str, content: bytes) -> indicators.Indicators:
        opened.append(name)
        return received(name, content)

    monkeypatch.setattr(indicators, "received", counted)
    app = screen("vlekken", gebied="south-america")
    assert app.file_uploader[0].proto.max_upload_size_mb == 2
    wrong = ("fout.csv", b"land;verzoeken\nZwedn;8\n", "text/csv")
    app.file_uploader[0].set_value(wrong).run()
    assert "Zweden (SWE)" in app.error[0].value.replace("\\", "")
    app.slider(key="w_weight_kind").set_value(0).run()
    assert opened == ["fout.csv"] and not app.exception
    right = ("goed.csv", b"land;verzoeken\nEcuador;8\n", "text/csv")
    app.file_uploader[0].set_value(right).run()
    assert app.slider(key="w_weight_verzoeken").value == 3 and not app.error
    assert opened == ["fout.csv", "goed.csv"] and not app.file_uploader
