"""The page on new posts: its sentence, its limits in the address, what it says where it cannot."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Screen = Callable[..., AppTest]


def text(app: AppTest) -> str:
    said = [
        each.value
        for kind in ("title", "markdown", "info", "warning", "caption")
        for each in getattr(app, kind)
    ]
    return " ".join(said).replace("\\", "")


def html(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.get("html")]


@pytest.mark.parametrize(
    ("release", "why"),
    [
        ("bijlage-2023-12", "staat geen tabel van het netwerk"),
        ("kst-31015-94", "noemt maar een deel van de posten"),
    ],
)
def test_of_none_or_a_part_of_the_posts_nothing_is_said(
    screen: Screen, release: str, why: str
) -> None:
    app = screen("plaatsen", release=release)
    assert not app.exception and not app.error
    assert why in text(app)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_limits_of_the_address_count(screen: Screen, language: str) -> None:
    app = screen("plaatsen", taal=language, km="1500", hooguit="10")
    assert not app.exception and not app.error and not app.warning
    assert "Yaoundé" in app.title[0].value and "{" not in text(app)
    app.number_input(key="w_planning_most").set_value(7).run()
    assert "hooguit" not in app.query_params and app.query_params["km"] == "1500"


def test_limits_that_nothing_meets_get_a_sentence(screen: Screen) -> None:
    """No capital of Australia and New Zealand lies within 100 km of a country without an officer,
    but one: there is at most one place, and three are asked for."""
    app = screen("plaatsen", posten="3", km="100", gebied="australia-and-new-zealand")
    assert not app.exception and len(app.warning) == 1
    assert "minder posten" in app.warning[0].value.replace("\\", "")


def test_an_address_that_means_nothing_is_told(screen: Screen) -> None:
    app = screen("plaatsen", posten="9", km="none")
    assert len(app.warning) == 1
    assert "posten" in app.warning[0].value and "km" in app.warning[0].value


def test_firmness_is_worked_out_at_a_button(screen: Screen) -> None:
    app = screen("plaatsen", km="1500", hooguit="10")
    assert "Yaoundé blijft de uitkomst in" not in text(app)
    app.button(key="planning_firm").click().run()
    assert not app.exception and "Yaoundé blijft de uitkomst in" in text(app)


def test_a_scenario_is_put_beside_another(screen: Screen) -> None:
    """Rabat (row 29) costs nobody an officer, Dubai (row 17) eight."""
    app = screen("wat-als", scenario="bijlage-2025-11~~close.17")
    (put,) = [each for each in app.button if each.label.startswith("Zet dit scenario ernaast")]
    put.click().run()
    assert app.query_params["naast"] == "bijlage-2025-11~~close.17"
    assert "scenario" not in app.query_params and "Opzij staat" in text(app)
    app.selectbox(key="w_whatif_close").select(29).run()
    assert not app.exception and not app.error
    heads = [each for each in html(app) if "De post NP Dubai" in each and "Nu" in each]
    assert len(heads) == 1 and ">130<" in heads[0] and ">138<" in heads[0]


def test_one_beside_that_does_not_fit_is_left_out(screen: Screen) -> None:
    app = screen("wat-als", scenario="bijlage-2025-11~~close.17", naast="x~~close.99")
    assert not app.exception and "is weggelaten" in text(app)


def test_three_posts_close_at_once_and_loads_are_evened(screen: Screen) -> None:
    """54 active posts make 24,804 sets of three."""
    app = screen("plaatsen")
    assert "24.804" not in text(app) and "spreiding" not in text(app)
    app.session_state["planning_together"] = True  # the fold is opened
    app.run()
    app.segmented_control(key="planning_at_once").set_value(3)
    app.segmented_control(key="planning_aim").set_value("load").run()
    assert not app.exception and not app.error
    assert "24.804 groepen van drie posten" in text(app) and "spreiding" in text(app)
