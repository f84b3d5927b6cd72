"""The pages "What if" and "Compare": findings, forms, and addresses that cannot be applied."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Screen = Callable[..., AppTest]
DUBAI = "bijlage-2025-11~~close.17"


def html(app: AppTest) -> str:
    said = " ".join(element.proto.body for element in app.get("html"))
    return re.sub(r"<(style|script)>.*?</\1>", "", said, flags=re.S)


def text(app: AppTest) -> str:
    said = [
        each.value
        for kind in ("title", "markdown", "info", "warning")
        for each in getattr(app, kind)
    ]
    return " ".join([*said, re.sub(r"<[^>]+>", " ", html(app))])


@pytest.mark.parametrize("path", ["wat-als", "vergelijken"])
@pytest.mark.parametrize("release", ["bijlage-2025-11", "bijlage-2023-12", "kst-31015-94"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_runs_for_every_document(screen: Screen, path, release, language) -> None:
    app = screen(path, release=release, taal=language, scenario=DUBAI, gebied="western-asia")
    assert not app.exception and not app.error and len(app.title) == 1
    assert "{" not in text(app)


def test_dubai_closes_and_its_row_is_quoted(screen: Screen) -> None:
    """Printed in row 17 of the annex."""
    app = screen("wat-als", scenario=DUBAI)
    assert "Sluit NP Dubai (Verenigde Arabische Emiraten): 8 landen" in app.title[0].value
    assert "/ Oman / Qatar / Saoedi Arabië / Koeweit / Bahrein / Yemen / Djibouti" in html(app)
    assert "bijlage-2025-11, 1. Gecombineerd Benelux LO-netwerk, rij 17" in html(app)
    assert "Jordanië \\(KMar Beiroet\\)" in text(app)
    assert ">138</td>" in html(app) and ">130</td>" in html(app)


def test_a_post_closes_at_one_choice_and_comes_back_at_one_click(screen: Screen) -> None:
    app = screen("wat-als")
    before = app.title[0].value
    app.selectbox(key="w_whatif_close").select(17).run()
    assert app.query_params["scenario"] == DUBAI
    assert "8 landen" in app.title[0].value
    app.button(key="whatif_remove_0").click().run()
    assert app.title[0].value == before and "scenario" not in app.query_params


def test_a_new_post_and_a_name(screen: Screen) -> None:
    app = screen("wat-als")
    app.session_state["whatif_act"] = "add"
    app.run()
    app.selectbox(key="whatif_add_host").select("ECU").run()
    app.multiselect(key="whatif_add_area").select("PER").run()
    next(each for each in app.button if each.label == "Voeg toe").click().run()
    assert app.query_params["scenario"] == "bijlage-2025-11~~add.NP.ECU.Quito.PER"
    app.text_input(key="w_whatif_name").set_value("Quito erbij").run()
    assert app.title[0].value == "Quito erbij: Ecuador krijgt een officier"


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        ("<script>alert(1)</script>", "begint met het document dat het verandert"),
        ("bijlage-2025-11~x~close.999", "het document heeft geen post met deze rij"),
        ("bijlage-2024-06~x~close.17", "op een ander document gemaakt"),
        ("bijlage-2025-11~x~" + "~".join(["close.17"] * 31), "ten hoogste 30 veranderingen"),
    ],
)
def test_a_scenario_that_cannot_be_applied_is_told_and_the_page_works(screen, scenario, said):
    app = screen("wat-als", scenario=scenario)
    assert not app.exception and len(app.warning) == 1
    assert said.lower() in app.warning[0].value.replace("\\", "").lower()
    app.selectbox(key="w_whatif_close").select(17).run()
    assert not app.warning and "8 landen" in app.title[0].value


def test_a_scenario_of_another_document_offers_that_document(screen: Screen) -> None:
    app = screen("wat-als", release="kst-31015-94", scenario=DUBAI)
    assert "maar een deel van de posten" in app.info[0].value
    app.button[0].click().run()
    assert "8 landen" in app.title[0].value


def test_two_sets_side_by_side(screen: Screen) -> None:
    """117 by NP and KMar, 50 by GPI; only GPI in fourteen countries, Andorra by row 50."""
    app = screen("vergelijken")
    assert re.findall(r"\d+", app.title[0].value) == ["36", "81", "14"]
    assert "GPI Madrid (rij 50)" in html(app)
    app = screen("vergelijken", links="NP+KMar", rechts="GPI", gebied="south-america")
    assert re.findall(r"\d+", app.title[0].value)[2] == "0"


def test_a_partial_document_is_not_compared_as_if_whole(screen: Screen) -> None:
    app = screen("vergelijken", links="kst-31015-94", rechts="bijlage-2025-11")
    assert re.findall(
        r"\b\d+\b", app.title[0].value.replace("kst-31015-94", "").replace("bijlage-2025-11", "")
    ) == ["9", "243"]
    assert "nooit dat er ergens geen was" in text(app)
    assert "Niet te zeggen: posten, landen" in text(app).replace("\\", "")


def test_the_same_on_both_sides_is_nothing_to_compare(screen: Screen) -> None:
    app = screen("vergelijken", links="GPI", rechts="GPI")
    assert app.info[0].value == "Kies links en rechts iets anders."


def test_a_country_leads_to_what_if_its_post_closes(screen: Screen) -> None:
    app = screen("land", land="JOR")
    links = {link.proto.label for link in app.get("page_link")}
    assert {"Wat als NP Dubai sluit?", "Wat als KMar Beiroet sluit?"} <= links
