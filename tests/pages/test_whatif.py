"""The pages "What if" and "Compare": findings, forms, and addresses that cannot be applied."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.settings import Settings
from dashboard.subjects.scenario import report as scenario_report
from data.store import write
from data.store.read import Store
from geo.errors import DataError
from geo.scenario import escaped
from tests.pages.reading import KINDS, html, visible

Screen = Callable[..., AppTest]
DUBAI = "bijlage-2025-11~~close.17"


def columns(app: AppTest) -> set[str]:
    heads = re.findall(r"<th\b.*?</th>", html(app), flags=re.S)
    return {re.sub(r"<[^>]+>", "", head).strip() for head in heads}


def test_dubai_closes_and_its_row_is_quoted(screen: Screen) -> None:
    """Printed in row 17 of the annex."""
    app = screen("wat-als", scenario=DUBAI)
    said = "8 minder omdat niemand ze meer bedient en 1 erbij."
    captions = [each.value for each in app.caption]
    assert f"Landen en gebieden met maar één officier: {said}" in captions
    title = app.title[0].value.replace("\\", "")
    assert "Als de post NP Dubai (Verenigde Arabische Emiraten) sluit, hebben 8 landen" in title
    assert "/ Oman / Qatar / Saoedi Arabië / Koeweit / Bahrein / Yemen / Djibouti" in html(app)
    assert "bijlage najaar 2025, tabel 1, rij 17" in html(app)
    assert "Jordanië (KMar Beiroet)" in visible(app)
    escaped_text = " ".join(str(each.value) for kind in KINDS for each in getattr(app, kind))
    assert "Jordanië \\(KMar Beiroet\\)" in escaped_text  # as Markdown must have it
    assert ">138</td>" in html(app) and ">130</td>" in html(app)


def test_a_post_closes_at_one_choice_and_comes_back_at_one_click(screen: Screen) -> None:
    app = screen("wat-als")
    before = app.title[0].value
    app.selectbox(key="w_whatif_close").select(17).run()
    assert app.query_params["scenario"] == DUBAI
    assert "8 landen" in app.title[0].value
    app.button(key="whatif_remove_0").click().run()
    assert app.title[0].value == before and "scenario" not in app.query_params


def test_a_whole_city_is_offered_before_its_posts(screen: Screen) -> None:
    """Rows 25 (Kenia-2) and 26 (Kenia-1) stand in Nairobi; row 26 stays where 25 closes alone."""
    app = screen("wat-als")
    options = app.selectbox(key="w_whatif_close").options
    at = options.index("Heel Nairobi (Kenia), 2 posten")
    assert options[at + 1 : at + 3] == [
        "KMar Nairobi (Kenia-2, Kenia), rij 25 van tabel 1",
        "KMar Nairobi (Kenia-1, Kenia), rij 26 van tabel 1",
    ]
    app.selectbox(key="w_whatif_close").select(25).run()
    title = app.title[0].value.replace("\\", "")
    said = "Als de post KMar Nairobi (Kenia-2, Kenia) sluit, heeft Zuid-Afrika geen officier meer"
    assert title.startswith(said)
    assert "In Nairobi blijft: KMar Nairobi (Kenia-1)." in visible(app).replace("\\", "")
    app.selectbox(key="w_whatif_close").select(25).run()
    said = app.error[0].value.replace("\\", "")
    assert "De post is in dit scenario al gesloten (KMar Nairobi (Kenia-2, Kenia))" in said
    app.selectbox(key="w_whatif_close").select((25, 26)).run()
    assert app.query_params["scenario"] == "bijlage-2025-11~~close.25~close.26"
    title = app.title[0].value.replace("\\", "")
    assert title.startswith("Sluit heel Nairobi (Kenia), 2 posten: 9 landen")


def test_a_move_asks_what_becomes_of_the_work_area(screen: Screen) -> None:
    app = screen("wat-als")
    app.session_state["whatif_act"] = "move"
    app.run()
    app.selectbox(key="whatif_move_post").select(17).run()
    app.selectbox(key="whatif_move_host").select("ECU").run()
    move = next(each for each in app.button if each.label == "Verplaats")
    assert move.disabled
    app.radio(key="whatif_move_area").set_value("keep").run()
    foreseen = " ".join(each.value for each in app.caption).replace("\\", "")
    assert "NP Quito – Bahrein (13.8" in foreseen and "3.946 km" in foreseen
    next(each for each in app.button if each.label == "Verplaats").click().run()
    assert app.query_params["scenario"] == "bijlage-2025-11~~move.17.ECU.Quito.keep"
    assert "met het hele werkgebied" in app.title[0].value
    app.selectbox(key="whatif_move_post").select(17).run()
    app.radio(key="whatif_move_area").set_value("to").run()
    app.multiselect(key="whatif_move_takers").select(20).run()
    next(each for each in app.button if each.label == "Verplaats").click().run()
    assert app.query_params["scenario"] == "bijlage-2025-11~~move.17.ECU.Quito.to-20"
    assert "Dit komt in de plaats van: Verplaats NP Dubai" in app.info[0].value.replace("\\", "")


def test_a_work_area_gets_and_loses_a_country(screen: Screen) -> None:
    """Row 31, Paris, names France and Monaco."""
    app = screen("wat-als")
    app.session_state["whatif_act"] = "area"
    app.run()
    app.selectbox(key="whatif_area_post").select(31).run()
    less = app.multiselect(key="whatif_area_less_31")
    assert less.options == ["Monaco"]
    less.select("MCO").run()
    app.multiselect(key="whatif_area_more_31").select("AND").run()
    next(each for each in app.button if each.label == "Wijzig").click().run()
    assert app.query_params["scenario"] == "bijlage-2025-11~~area.31.AND.MCO"
    assert "Monaco heeft dan geen officier meer" in app.title[0].value


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
        ("<script>alert(1)</script>", "in de link staat geen leesbaar scenario"),
        ("garbage", "in de link staat geen leesbaar scenario (garbage)"),
        ("../x~y", "begint met het document dat het verandert"),
        ("bijlage-2025-11~x~close.999", "het document heeft geen post met deze rij"),
        ("bijlage-2024-06~x~close.17", "dit document bestaat hier niet"),
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
    next(
        each for each in app.button if each.label == "Kies het nieuwste volledige document"
    ).click().run()
    assert "8 landen" in app.title[0].value


def test_two_sets_side_by_side(screen: Screen) -> None:
    """117 by NP and KMar, 50 by GPI, 36 by both: 81 and 14 are left. Andorra by row 50."""
    app = screen("vergelijken")
    assert re.findall(r"\d+", app.title[0].value) == ["36", "81", "14"]
    assert "GPI Madrid (rij 50 van tabel 1)" in html(app)


def test_the_comparison_of_an_area(screen: Screen) -> None:
    """In South America rows 2, 5, 6, 8 and 9 (NP) serve Suriname, French Guiana and Guyana,
    Colombia, Bolivia and Peru, Venezuela, and Brazil, Argentina, Paraguay and Uruguay; row 12 (GPI)
    those last four. Row 7, of no organisation, serves Bolivia and Peru. What is nowhere is not
    told. In Northern Africa row 23 (NP) serves Morocco, row 30 (GPI) Morocco and Tunisia, row 27
    (KMar) Tunisia."""
    app = screen("vergelijken", links="NP+KMar", rechts="GPI", gebied="south-america")
    assert app.title[0].value == (
        "Zuid-Amerika: 4 landen en gebieden worden door NP + KMar én door GPI bediend; "
        "7 door NP + KMar en niet door GPI"
    )
    app = screen("vergelijken", links="NP", rechts="GPI", gebied="northern-africa")
    assert app.title[0].value == (
        "Noord-Afrika: 1 land of gebied wordt door NP én door GPI bediend; 1 door GPI en niet "
        "door NP"
    )


def test_both_pages_say_for_whom_they_hold(screen: Screen) -> None:
    """Row 17 is of NP; KMar of the letter is in Turkey, Spain and Morocco, as in 2025."""
    app = screen("wat-als", scenario=DUBAI, org="GPI")
    assert app.title[0].value.endswith("voor geen enkel land iets aan de dekking van GPI")
    app = screen("wat-als", scenario=DUBAI, org="NP", gebied="western-asia")
    said = visible(app).replace("\\", "")
    assert "hebben dan geen officier van NP meer" in app.title[0].value
    # Of NP Dubai (17) and Ankara (35) stand there; row 17 serves eight, Jordan too, row 35 two.
    assert "door officieren van NP: 10 landen en gebieden nu, 2 in dit scenario" in said
    assert "actieve posten van NP: 2 en 1" in said
    assert "Jordanië – KMar Beiroet (rij 20 van tabel 1)" in said and "geen rij van NP" in said
    # Of the nine of row 17 Djibouti is in Africa; nothing of it is in Polynesia.
    assert app.title[0].value.endswith("; elders verliest 1 land of gebied zijn officier van NP")
    app = screen("wat-als", scenario=DUBAI, gebied="polynesia")
    assert app.title[0].value.replace("\\", "") == (
        "De post NP Dubai (Verenigde Arabische Emiraten) sluit, Polynesië: hier verandert niets "
        "aan de dekking; elders verliezen 8 landen en gebieden hun officier"
    )
    app = screen("vergelijken", links="bijlage-2025-11", rechts="kst-31015-94", org="KMar")
    assert "bediend door officieren van KMar; van 241" in app.title[0].value
    assert {
        "het netwerk van begin 2026 (KMar)",
        "de Kamerbrief van 9 oktober 2013 (KMar)",
    } <= columns(app)


def test_a_flexible_officer_is_not_taken_for_the_row_of_a_post(screen: Screen) -> None:
    """Row 3 of the FILO's (GPI) names the Central African Republic; row 3 of posts is Mexico."""
    app = screen("wat-als", scenario="bijlage-2025-11~~add.NP.ECU.Quito.CAF", lagen="regions,filo")
    table = html(app)
    assert "NP Quito (nieuw); <a" in table  # a new post stands in no row
    assert "liaison-officers&amp;rij=3' target='_self'>GPI FILO (rij 3 van tabel 2)</a>" in table
    app = screen("vergelijken", lagen="regions,filo")
    assert "GPI FILO (rij 3 van tabel 2)" in html(app)


def test_the_netherlands_is_no_country_that_is_served(screen: Screen) -> None:
    app = screen("wat-als", scenario="bijlage-2025-11~~add.NP.NLD.Amsterdam.ECU")
    table = html(app)
    # From Amsterdam Quito is far beyond the 3,946 km of row 54.
    assert (
        "Ecuador krijgt een officier; 1 land of gebied wordt bediend van verder weg"
        in app.title[0].value
    )
    assert "land?land=ECU" in table and "land?land=NLD" not in table
    app.session_state["whatif_act"] = "add"
    app.run()
    assert "Nederland" not in app.selectbox(key="whatif_add_host").options
    assert "Nederland" not in app.multiselect(key="whatif_add_area").options


def test_a_set_that_is_told_of_one_organisation(screen: Screen) -> None:
    """Rows 3 and 16, which print no organisation, stand in the way of no claim."""
    app = screen("vergelijken", org="NP")
    said = visible(app).replace("\\", "")
    assert "9 van de 14 door GPI en niet door NP + KMar (rijen 3 en 16 van tabel 1)" in said
    assert "geen rij van NP of KMar" in said and "Geen officier" not in said
    notes = " ".join(each.value for each in app.caption)
    assert "telt hier niet" in notes and "niet die van de organisaties" in notes


@pytest.mark.parametrize(("links", "rechts"), [("NP", None), ("NP", "bijlage-2025-11")])
def test_half_a_comparison_is_told_and_not_taken(screen: Screen, links, rechts) -> None:
    app = screen("vergelijken", links=links, **({"rechts": rechts} if rechts else {}))
    assert re.findall(r"\d+", app.title[0].value) == ["36", "81", "14"]
    assert "NP" in " ".join(each.value for each in app.warning)


def test_the_name_of_a_scenario_is_text(screen: Screen) -> None:
    name = escaped("[klik](http://evil.example) ![x](http://e/x.png)")
    app = screen("wat-als", scenario=f"bijlage-2025-11~{name}~close.17")
    title = app.title[0].value
    shown = title.replace("\\", "").replace("\u2060", "")  # the last has no width
    assert shown.startswith("[klik](http://evil.example) ![x](http://e/x.png): 8")
    assert not re.search("https?\\\\?://|www[.]", title)  # else Markdown links it, escaped or not
    assert not re.search(r"(?<!\\)[\[\]()]", title)


@pytest.fixture
def withdrawn(screen: Screen) -> Screen:
    """Screens of an atlas from which the letter of 2013 was withdrawn."""
    write.withdraw(Store(Settings.from_environment().database_url), "kst-31015-94", "x")
    return screen


def test_a_withdrawn_document_is_said_to_be_withdrawn(withdrawn: Screen) -> None:
    app = withdrawn("wat-als", scenario="kst-31015-94~x~close.1")
    assert "Dit document is ingetrokken (kst-31015-94)" in app.warning[0].value.replace("\\", "")
    assert "ander document" not in app.warning[0].value
    file = b'{"release": "kst-31015-94", "changes": [{"close": {"row": 1}}]}'
    with pytest.raises(DataError, match="release_withdrawn"):
        scenario_report.from_file("x.json", file, "bijlage-2025-11")


@pytest.mark.usefixtures("withdrawn")
def test_a_side_that_was_withdrawn_meanwhile_is_said_to_be() -> None:
    def page() -> None:
        from dashboard.filters import Filters
        from dashboard.i18n import texts_of
        from pages import vergelijken

        sides = ("kst-31015-94", "bijlage-2025-11")
        vergelijken.render(texts_of("nl"), Filters("bijlage-2025-11", sides=sides))

    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    said = app.error[0].value.replace("\\", "")
    assert (
        "Dit document is ingetrokken (kst-31015-94)" in said
        and "Kies een van deze documenten" in said
    )
    assert not app.info


def test_an_organisation_stands_on_one_side_of_a_comparison(screen: Screen) -> None:
    app = screen("vergelijken", links="NP+KMar", rechts="GPI")
    offered = [[each.content for each in pills.proto.options] for pills in app.button_group[-4:-2]]
    assert offered == [["NP", "KMar", "organisatie onbekend"], ["GPI", "organisatie onbekend"]]
    app = screen("vergelijken", links="NP+KMar", rechts="KMar+GPI")
    assert app.info[0].value == "KMar staat aan beide kanten. Kies elke organisatie aan één kant."
    assert app.title[0].value == "Vergelijken"


def test_one_press_puts_np_beside_kmar(screen: Screen) -> None:
    app = screen("vergelijken")
    ready = app.button_group[-2]
    assert [each.content for each in ready.proto.options] == [
        *("NP + KMar naast GPI", "NP naast KMar", "NP naast GPI", "KMar naast GPI"),
    ]
    assert ready.value == ("NP+KMar", "GPI")
    ready.set_value(("NP", "KMar")).run()
    assert app.title[0].value.endswith(
        "; 80 door NP en niet door KMar; 21 door KMar en niet door NP"
    )
    assert "href='#verschil'" in html(app)
    assert "verschil" in [each.proto.anchor for each in app.header]


def test_a_partial_document_is_not_compared_as_if_whole(screen: Screen) -> None:
    app = screen("vergelijken", links="kst-31015-94", rechts="bijlage-2025-11")
    assert app.title[0].value == (
        "9 landen en gebieden worden in de Kamerbrief van 9 oktober 2013 én in het netwerk van "
        "begin 2026 bediend; van 235 landen en gebieden is het niet te zeggen"
    )
    said = visible(app).replace("\\", "")
    assert "nooit dat er ergens geen was" in said
    assert "Verder is niet te zeggen wat er veranderde aan: posten, landen" in said
    assert html(app).index("Aan beide kanten") < html(app).index("Waar het verschilt")


@pytest.mark.parametrize("turned", [False, True])
def test_what_changed_since_a_partial_document_is_what_it_names(screen, turned) -> None:
    """Paragraph 18 names KMar in Ankara, where the annex has no row of KMar (44 is Istanbul);
    paragraph 20 an officer in Venezuela, where no row of it stands. Five FILO's are named too."""
    sides = ["kst-31015-94", "bijlage-2025-11"][:: -1 if turned else 1]
    app = screen("vergelijken", links=sides[0], rechts=sides[1])
    letter, network = "de Kamerbrief van 9 oktober 2013", "het netwerk van begin 2026"
    changes = f"Wat er veranderde van {letter} naar {network}"
    assert changes in [each.value for each in app.header]
    said = re.sub(r"<[^>]+>", " ", html(app))
    said = said[said.index("Wat er veranderde") :]
    assert said.count(f"Post in {letter} genoemd, niet in {network}") == 2
    assert "KMar Ankara (Turkije)" in said and "alinea 18" in said
    assert "Venezuela" in said and "organisatie onbekend, alinea 20" in said
    # Row 8 of the annex serves Venezuela from Willemstad: the post is gone, the country is served.
    served = "het land wordt hier wel bediend: NP Willemstad (rij 8 van tabel 1)"
    assert f"deze post staat niet in deze tabel; {served}" in said
    assert "FILO" not in said and "gesloten" not in said and "geopend" not in said


def test_the_same_on_both_sides_is_nothing_to_compare(screen: Screen) -> None:
    app = screen("vergelijken", links="GPI", rechts="GPI")
    assert app.info[0].value == "Kies aan de twee kanten iets anders."


def test_a_country_leads_to_what_if_its_post_closes(screen: Screen) -> None:
    app = screen("land", land="JOR")
    links = {link.proto.label for link in app.get("page_link")}
    assert {"Wat als NP Dubai sluit?", "Wat als KMar Beiroet sluit?"} <= links
    app = screen("land", land="KEN")
    links = [link.proto.label.replace("\\", "") for link in app.get("page_link")]
    assert [label for label in links if "Nairobi" in label] == [
        "Wat als heel Nairobi sluit? (2 posten)",
        "Wat als KMar Nairobi (Kenia-2) sluit?",
        "Wat als KMar Nairobi (Kenia-1) sluit?",
    ]
