"""The page on the network: its questions, and the place in a document of each answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.links import MOVED, PATHS
from tests.pages.reading import html, visible

Screen = Callable[..., AppTest]


def test_where_two_dutch_officers_sit_in_one_city(screen: Screen) -> None:
    app = screen("netwerk")
    # Madrid, Rabat, Tirana, Paris, London, Nairobi; the letter names Ankara, Madrid and Rabat.
    assert app.title[0].value == (
        "In 6 steden zit meer dan één Nederlandse officier; de brief van 2013 noemt er 3"
    )
    text = visible(app)
    place = "bijlage najaar 2025, tabel 1,"
    for row in (
        "Madrid (Spanje) NP, KMar, GPI uitzondering in 2013, nog steeds dubbel "
        f"{place} rijen 33, 46 en 50",
        f"Ankara (Turkije) NP uitzondering in 2013, nu niet meer dubbel {place} rij 35; "
        "Kamerbrief van 9 oktober 2013, alinea 18",
        f"Nairobi (Kenia) 2 × KMar dubbel, geen uitzondering in 2013 {place} rijen 25 en 26",
        "Brasilia (Brazilië) NP, GPI; gepland: KMar dubbel als de geplande post in deze stad "
        f"komt; het document noemt als plaats Brasilia/Sao Paulo {place} rijen 9, 10 en 12",
    ):
        assert row in re.sub(r" (?=[,;])", "", text), row  # each number is a link
    assert "Colombia: Bogota (NP) en Cartagena (NP)" in text


def test_since_when_lisbon(screen: Screen) -> None:
    text = visible(screen("geschiedenis"))
    assert (
        "Lissabon: Tussen 2013 en begin 2026; wanneer precies, zegt geen document." in text
        and "vervangen door een FILO (2013; ‘te Lissabon teruggekeerd en vervangen door een FILO’, "
        "Kamerbrief van 9 oktober 2013, alinea 25)"
        in text
        and "‘Portugal (MAOC) - NP’ (bijlage najaar 2025, tabel 1, rij 38)" in text
    )
    assert "noemt bij vijf plaatsen een jaar" in text


def test_what_hangs_on_one_post(screen: Screen) -> None:
    text = visible(screen("werklast"))
    assert "78 landen en gebieden hebben maar één officier. De post " in text
    assert "Santo Domingo, NP bedient er alleen al 11" in text
    assert "Dubai, NP: 8 van 9" in text


def test_the_estimate_shows_its_formula(screen: Screen) -> None:
    text = visible(screen("geschiedenis"))
    assert "Schatting: 11,2 miljoen euro per jaar" in text
    assert "40 actieve posten van NP en KMar × 280.000 euro = 11.200.000 euro" in text
    assert (
        "antwoorden van 2020, vraag 8" in text
        and "3 posten waarvan de organisatie onbekend is" in text
    )


def test_a_choice_of_organisation_and_area_counts_everywhere_but_for_double_posts(
    screen: Screen,
) -> None:
    choice = {"org": "GPI", "gebied": "africa"}
    app = screen("netwerk", **choice)
    # Rabat and Nairobi; of the three exceptions only Rabat lies in Africa. GPI sits in Rabat only.
    assert app.title[0].value.startswith("Afrika: in 2 steden") and "er 1" in app.title[0].value
    pages = [app, screen("werklast", **choice), screen("geschiedenis", **choice)]
    text = " ".join(map(visible, pages))
    assert "1 actieve post van GPI in 1 stad en 1 land of gebied: gepland voor begin 2026." in text
    assert "In deze keuze staan geen posten van NP of KMar" in text
    assert "De brief van 2013 noemt voor dit gebied geen vertrek." in text
    # Row 30 names seven countries of Africa, and no other row of GPI names one.
    assert "7 landen en gebieden hebben maar één officier van GPI" in text
    assert "Wie een organisatie kiest, ziet ze daarom niet." in text  # the placements


def test_a_partial_document_says_what_it_cannot_say(screen: Screen) -> None:
    letter = "kst-31015-94"
    app = screen("netwerk", release=letter)
    assert "of er meer waren, is onbekend" in app.title[0].value
    pages = [screen("werklast", release=letter), screen("geschiedenis", release=letter)]
    messages = [message.value for page in pages for message in page.info]
    assert any("elke landen maar één officier hebben" in message for message in messages)
    assert any("Een schatting van de kosten zou dus te laag zijn" in text for text in messages)
    assert "hebben maar één officier." not in " ".join(map(visible, pages))


def test_without_a_network_the_history_stays(screen: Screen) -> None:
    for path in ("netwerk", "werklast", "geschiedenis"):
        app = screen(path, release="bijlage-2023-12")
        assert app.info and app.button
    text = visible(app)
    assert "Lissabon: Tussen 2013" in text and "30 liaisonofficieren" in text
    assert "Schatting" not in text


def test_every_chart_has_words_and_a_table(screen: Screen) -> None:
    body = " ".join(html(screen(path)) for path in ("netwerk", "werklast", "geschiedenis"))
    names = re.findall(r"data-chart='chart_(\w+)'>([^<]+)<", body)
    assert [name for name, _ in names] == ["posts", "carried", "load", "chains", "lines"]
    assert all(len(words) > 80 for _, words in names)
    assert "Tirana: NP, KMar, GPI" in dict(names)["posts"]


def test_a_link_of_before_still_shows_what_it_showed(screen: Screen) -> None:
    """The page was one: a chosen country, and an anchor that static/rows.js leads elsewhere."""
    text = visible(screen("netwerk", land="PRT"))
    assert "Lissabon: Tussen 2013 en begin 2026" in text
    script = (Path(__file__).parents[2] / "dashboard" / "static" / "rows.js").read_text("utf-8")
    for page, parts in MOVED.items():
        line = next(line for line in script.splitlines() if f"{PATHS[page]}: [" in line)
        anchors = set(re.findall(r'"(\w+)"', line))
        body = screen(PATHS[page])
        assert anchors <= set(parts)
        assert anchors <= {each.proto.anchor for each in body.header}


def test_a_matrix_of_posts_and_countries(screen: Screen) -> None:
    """Row 4, Santo Domingo: 17 countries and territories of the Caribbean are served."""
    app = screen("werklast", gebied="caribbean")
    body = html(app)
    assert "Afstanden in kilometers: Caribisch gebied" in body
    table = body.partition("Afstanden in kilometers")[2].partition("</table>")[0]
    assert "Santo Domingo, NP" in table and "Washington, GPI" in table
    cuba = re.sub(r"<[^>]+>", " ", table.partition("Cuba")[2].partition("</tr>")[0]).split()
    # Havana to Santo Domingo, 23.1 N 82.4 W to 18.5 N 69.9 W: about 1,400 km.
    assert len(cuba) == 1 and 1350 < int(cuba[0].replace(".", "")) < 1450
    home = table.partition("Dominicaanse Republiek")[2].partition("</tr>")[0]
    assert "hier" in home
    # The part of the world stands in the address.
    app = screen("werklast", deel="caribbean")
    assert "Afstanden in kilometers: Caribisch gebied" in html(app)
    app.selectbox(key="w_matrix").select("Western Africa").run()
    assert app.query_params["deel"] == "western-africa"
    assert "Afstanden in kilometers: West-Afrika" in html(app)
