"""The page of gaps in the running app: both languages, every document, choices in the address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Screen = Callable[..., AppTest]


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def visible(app: AppTest) -> str:
    kinds = ("title", "markdown", "caption", "info")
    parts = [each.value for kind in kinds for each in getattr(app, kind)]
    bare = re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", " ", html(app), flags=re.S)
    return " ".join([*parts, bare]).replace("\\", "")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("release", ["bijlage-2025-11", "bijlage-2023-12", "kst-31015-94"])
def test_it_runs_for_every_document(screen: Screen, release: str, language: str) -> None:
    app = screen("vlekken", release=release, taal=language)
    assert not app.exception and not app.error
    assert len(app.title) == 1 and "{" not in visible(app)


@pytest.mark.parametrize("release", ["bijlage-2023-12", "kst-31015-94"])
def test_no_gap_where_the_document_cannot_tell(screen: Screen, release: str) -> None:
    app = screen("vlekken", release=release, soort="uncovered,single")
    assert not re.search(r"\d+ land", app.title[0].value)
    assert "<table" not in html(app) and not app.slider
    assert app.info


def test_south_america_with_its_source(screen: Screen) -> None:
    app = screen("vlekken", gebied="south-america")
    assert app.title[0].value == "1 land en 4 gebieden in Zuid-Amerika hebben geen liaison officer"
    text = visible(app)
    assert "Land: Ecuador" in text
    assert "Bijlage Internationaal" in text and "Alle 55 rijen zijn gelezen" in text


def test_belgium_alone_whatever_is_chosen(screen: Screen) -> None:
    for chosen in ({}, {"org": "NP,KMar"}, {"org": "GPI"}):
        app = screen("vlekken", soort="partner_only", **chosen)
        assert app.title[0].value == "5 landen worden alleen door de Belgische politie bediend"
        assert "rij 22" in visible(app)


def test_every_kind_of_gap_has_its_chip_with_a_number(screen: Screen) -> None:
    app = screen("vlekken")
    assert app.get("button_group")[0].options == [
        *("Geen officier · 114", "Alleen België · 5", "Eén plaatsing · 78"),
        *("Geen post ter plaatse · 102", "Niet meer bediend · onbekend"),
        "Missie zonder officier · 2",
    ]


def test_weights_from_the_address_and_by_slider(screen: Screen) -> None:
    app = screen("vlekken", weging="population:5,kind:0", gebied="south-america")
    sliders = {slider.key: slider.value for slider in app.slider}
    assert sliders["w_weight_population"] == 5 and sliders["w_weight_kind"] == 0
    assert sliders["w_weight_mission"] == 4
    app.slider(key="w_weight_kind").set_value(5).run()
    assert app.query_params["weging"] in ("population:5", ["population:5"])
    reset = next(button for button in app.button if button.label == "Terug naar de gewone weging")
    reset.click().run()
    assert "weging" not in app.query_params
    assert not app.exception


def test_the_chosen_country_says_its_kinds(screen: Screen) -> None:
    text = visible(screen("vlekken", land="MLI"))
    assert "Mali: Alleen België, Eén plaatsing en Geen post ter plaatse" in text
