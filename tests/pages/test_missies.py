"""The page of missions: the answer and its rows, under every choice a reader can make."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

Screen = Callable[..., AppTest]


def said(app: AppTest) -> str:
    """Every word of the screen, charts and map apart."""
    kinds = ("title", "header", "markdown", "caption", "info", "warning")
    parts = [element.value for kind in kinds for element in getattr(app, kind)]
    parts += [element.proto.body for element in app.get("html")]
    bare = re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", " ", " ".join(parts), flags=re.S)
    return " ".join(unescape(bare).replace("\\", "").split())


# Every document with every area, and each of both in either language.
PAIRS = [
    (release, area, ("nl", "en")[(at + also) % 2])
    for at, release in enumerate(["bijlage-2025-11", "bijlage-2023-12", "kst-31015-94"])
    for also, area in enumerate(["", "western-asia", "oceania"])
]


@pytest.mark.parametrize(("release", "area", "language"), PAIRS)
def test_it_runs_for_every_choice(screen: Screen, release: str, area: str, language: str):
    app = screen("missies", release=release, taal=language, gebied=area, org="NP")
    assert not app.exception and not app.error
    assert len(app.title) == 1
    assert not re.search(r"\bnan\b|<NA>|\bNone\b|[{}]", said(app))


def test_the_answer_quotes_its_rows(screen: Screen):
    text = said(screen("missies"))
    assert text.startswith(
        "34 Nederlandse politiemensen in 12 missies op 12 november 2025, "
        "6 meer dan op 24 november 2023"
    )
    assert "OSC volgt USSC op volgens onze aliastabel" in text
    assert "rij 8 van de tabel van missies: EUBAM Libië | Tunesië" in text  # 2023
    assert "rij 10 van de tabel van missies: OSC (Israël en Palestijnse gebieden)" in text  # 2025
    assert "bijlage najaar 2025 (12 november 2025), ‘Overzicht uitgezonden" in text
    assert (
        "Van de 19 landen in een missiegebied (streken uitgeschreven) hebben er 2 geen officier"
        in text
    )


def test_map_and_list_of_few_missions_share_one_source_line(screen: Screen):
    app = screen("missies", gebied="africa")  # four missions: the list stands open
    table = "Bron: bijlage najaar 2025 (12 november 2025), ‘Overzicht uitgezonden"
    lines = [each.proto.body for each in app.get("html") if table in each.proto.body]
    with_network = [line for line in lines if "netwerk: gepland voor begin 2026" in line]
    assert len(lines) - len(with_network) == 1


def test_it_follows_the_area(screen: Screen):
    text = said(screen("missies", gebied="africa"))
    assert text.startswith(
        "12 Nederlandse politiemensen in 4 missies in Afrika op 12 november 2025, 5 meer"
    )
    assert "EUBAM Libië" in text and "EULEX Kosovo" not in text
    assert "Alle 7 landen in een missiegebied (streken uitgeschreven) hebben een officier" in text
    assert "MINUSMA" in text and "UNFICYP" not in text  # the history too


def test_the_map_tells_the_stations_of_2023(screen: Screen):
    app = screen("missies")
    assert "De tabel van 12 november 2025 noemt geen standplaatsen" in said(app)
    app = screen("missies", kaartdatum="2023-11-24")
    assert "EUBAM Libië zat in Tunesië." in said(app)


def test_a_partial_network_leaves_the_rest_unknown(screen: Screen):
    text = said(screen("missies", release="kst-31015-94"))
    assert "Van de andere is het onbekend" in text and "geen officier:" not in text


def test_any_two_of_three_dates(imported: Screen):
    app = imported("missies")
    # The annex of May 2026 has two missions: EULEX Kosovo with 2 officers, EUAM Irak with 3.
    assert said(app).startswith(
        "5 Nederlandse politiemensen in 2 missies op 12 mei 2026, 29 minder dan op"
    )
    app.selectbox(key="w_date_to").set_value("2023-11-24").run()
    assert not app.exception and not app.error
    assert app.query_params["peildata"] == "2023-11-24,2025-11-12"
    assert "6 meer dan op 24 november 2023" in said(app)
    app.selectbox(key="w_date_from").set_value("2026-05-12").run()
    assert "29 minder dan op 12 november 2025" in said(app)
    assert "12 mei 2026: 5 in 2 missies" in said(app)  # every date stands among the totals
