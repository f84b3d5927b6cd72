"""The page of the sources and that of the answers, as a reader meets them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.i18n import texts_of
from tests.pages.reading import html, visible

Screen = Callable[..., AppTest]
TABLE = "1-gecombineerd-benelux-lo-netwerk"


def current(app: AppTest) -> list[str]:
    """The rows of the table that are told to be the one of the link."""
    return re.findall(r"<tr aria-current='true'[^>]*>(.*?)</tr>", html(app))


def test_a_link_shows_its_row_ready_to_quote(screen: Screen) -> None:
    app = screen("bronnen", document="bijlage-2025-11", tabel=TABLE, rij="33")
    [row] = current(app)
    assert "Madrid" in row and "Spanje / Malta" in row and "<th scope='row'" in row
    quotes = [code.value for code in app.code]
    assert len(quotes) == 2 and all("“Spanje - NP | Madrid | Spanje / Malta”" in q for q in quotes)
    assert "rij 33" in quotes[0] and "row 33" in quotes[1]
    assert "<caption>" in html(app) and not app.warning


def test_a_link_to_several_rows_marks_and_quotes_each(screen: Screen) -> None:
    app = screen("bronnen", document="bijlage-2025-11", tabel=TABLE, rij="33,46,50,99")
    quotes = [code.value for code in app.code]
    assert [f"rij {n}" in q for n, q in zip((33, 46, 50), quotes[::2], strict=True)] == [True] * 3
    assert html(app).count("aria-current='true' tabindex") == 3
    assert any("99" in each.value for each in app.warning)


def test_rows_may_each_stand_in_a_parameter_of_their_own(screen: Screen) -> None:
    app = screen("bronnen", document="bijlage-2025-11", tabel=TABLE, rij=["33", "46,50"])
    assert html(app).count("aria-current='true' tabindex") == 3 and not app.warning


def test_one_table_at_a_time_and_the_address_says_which(screen: Screen) -> None:
    app = screen("bronnen", taal="nl")
    assert app.selectbox(key="w_document").value == "bijlage-2025-11"
    assert not current(app) and not app.code
    app.selectbox(key="w_document").set_value("kst-31015-94").run()
    assert app.query_params["document"] in ("kst-31015-94", ["kst-31015-94"])
    assert "in Ankara, Madrid en Rabat" in html(app)
    assert "https://zoek.officielebekendmakingen.nl/kst-31015-94.html" in visible(app)


def test_a_long_table_is_a_window_that_grows_and_a_filter(screen: Screen) -> None:
    app = screen("bronnen", document="bijlage-2025-11", tabel=TABLE)
    assert "20 van de 55" in visible(app)
    app.button(key="printed_every").click().run()
    assert "55 van de 55" in visible(app)
    app.text_input(key="w_filter").set_value("peru").run()
    assert "In 2 van de 55 rijen" in visible(app)  # rows 5 and 7
    assert "Dit is de hele tabel" not in visible(app)
    assert app.query_params["filter"] in ("peru", ["peru"])


@pytest.mark.parametrize(
    "wrong", [{"document": "<b>"}, {"tabel": "<img src=x>"}, {"rij": "999"}, {"toon": "9" * 9}]
)
def test_an_address_that_names_nothing_says_so(screen: Screen, wrong: dict[str, str]) -> None:
    app = screen("bronnen", **{"document": "bijlage-2025-11", "tabel": TABLE, **wrong})
    assert not app.exception and not app.error
    assert bool(app.warning) == ("toon" not in wrong)
    assert "<img src=x" not in html(app)


def test_a_window_has_a_row_and_says_what_it_hides(screen: Screen) -> None:
    app = screen("bronnen", document="bijlage-2025-11", tabel=TABLE, toon="0")
    assert "20 van de 55" in visible(app) and not app.warning
    app = screen("bronnen", document="bijlage-2025-11", tabel=TABLE, rij="33", filter="peru")
    assert "De rij die u koos (33) staat niet in deze lijst" in app.info[0].value.replace("\\", "")


def test_a_link_to_more_rows_than_sixty_says_so_and_shows_sixty(screen: Screen) -> None:
    app = screen(
        "bronnen", document="bijlage-2025-11", tabel=TABLE, rij=",".join(map(str, range(1, 62)))
    )
    first, *others = (each.value.replace("\\", "") for each in app.warning)
    assert "61" in first and "60" in first
    assert len(others) == 5  # of 56 to 60: the table has 55 rows, and 61 is not asked for


@pytest.mark.parametrize("alone", [{"tabel": TABLE}, {"rij": "3"}])
def test_a_row_or_table_of_no_document_is_told(screen: Screen, alone: dict[str, str]) -> None:
    app = screen("bronnen", **alone)
    assert "maar geen document" in app.warning[0].value


def test_sources_of_an_imported_release_are_there_too(imported: Screen) -> None:
    app = imported("bronnen", taal="en")
    options = app.selectbox(key="w_document").options
    assert len(options) == 8  # the seven of the product and the annex of May 2026
    names = [name for name in app.selectbox(key="w_document").options if "2026" in name]
    assert names


def test_the_box_leads_to_the_answer_and_the_address_is_that_of_the_answer(screen: Screen) -> None:
    app = screen("netwerk", taal="nl", org="NP")
    app.text_input(key="w_find").set_value("als Dubai sluit")
    app.button(key="FormSubmitter:ask-Zoek").click().run()
    assert not app.exception
    assert app.query_params["vraag"] in ("als Dubai sluit", ["als Dubai sluit"])
    assert "Dubai" in app.title[0].value


def test_an_answer_has_an_address_that_can_be_shared(screen: Screen) -> None:
    app = screen("zoeken", vraag="wie bedient Peru", taal="en")
    assert "Lima" in app.title[0].value and not app.warning
    assert f"bronnen?document=bijlage-2025-11&amp;tabel={TABLE}&amp;rij=7" in html(app)
    assert app.text_input(key="w_find").value == "wie bedient Peru"
    assert "&amp;vraag=wie%20bedient%20Peru</p>" in html(app)  # the address on paper


@pytest.mark.parametrize(
    ("question", "language", "begins", "answered"),
    [
        ("who serves Peru", "nl", "Peru has 1 officer", "en"),
        ("wie bedient Peru", "en", "Peru heeft 1 officier", "nl"),
        ("wie serves Peru", "nl", "Peru heeft 1 officier", "nl"),
        ("Peru", "en", "Peru has 1 officer", "en"),
    ],
)
def test_an_answer_is_in_the_language_of_the_question(
    screen: Screen, question: str, language: str, begins: str, answered: str
) -> None:
    app = screen("zoeken", vraag=question, taal=language)
    assert app.title[0].value.startswith(begins)
    assert f"data-reply-lang='{answered}'" in html(app)
    # The box around it is in the language of the page, and the ways to read on stay in it.
    assert app.text_input(key="w_find").label == texts_of(language)("find.label")
    assert all("taal=en" in link.proto.query_string for link in app.get("page_link")) == (
        language == "en"
    )


@pytest.mark.parametrize(
    ("question", "maps"),
    [
        ("wie bedient Kenia", 1),
        ("geen officier in Afrika", 1),
        ("hoeveel officieren", 1),
        ("hoeveel politiemensen in missies", 1),
        ("Mali en Niger", 0),  # two dossiers, each with a map of its own
        ("", 0),
    ],
)
def test_an_answer_shows_the_map_that_it_leads_to(screen: Screen, question: str, maps: int) -> None:
    shown = html(screen("zoeken", vraag=question))
    assert shown.count("<figure class='still-map'>") == maps
    # The sea, as it is on a light page and on a dark one.
    assert ("light-dark(#f3f7fa,#0f1a22)" in shown) == bool(maps)


@pytest.mark.parametrize(
    ("question", "date", "other"),
    [
        ("missies 2023", "24 november 2023", "12 november 2025"),
        ("missies", "12 november 2025", "24 november 2023"),
    ],
)
def test_the_map_of_missions_is_that_of_the_date_of_the_answer(
    screen: Screen, question: str, date: str, other: str
) -> None:
    app = screen("zoeken", vraag=question, taal="nl")
    assert date in app.title[0].value
    assert "<figure class='still-map'>" in html(app)
    said = visible(app)
    assert f"({date})" in said and other not in said  # the source below the map


def test_two_tables_alike_each_say_their_date(screen: Screen) -> None:
    shown = html(screen("zoeken", vraag="missies nu tegen 2023"))
    for day in ("24 november 2023", "12 november 2025"):
        assert f"<caption>Uitgezonden per missie op {day}</caption>" in shown


def test_what_is_typed_is_only_text(screen: Screen) -> None:
    app = screen("zoeken", vraag="<img src=x onerror=alert(1)> **x** [y](http://z)")
    assert not app.exception and "<img src=x" not in html(app)
    assert "](" not in app.title[0].value.replace("\\]\\(", "")
    assert "zoeken?vraag=" in html(app)


def test_a_name_that_looks_like_markdown_is_drawn_as_it_is(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, written = "**v** $x$ :red[q]", r"\*\*v\*\* \$x\$ \:red\[q\]"
    monkeypatch.setattr("pages.gegevens.release_name", lambda t, release: name)
    monkeypatch.setattr("dashboard.wording.document_ages", lambda t, documents: [name])
    labels = [each.proto.popover.label for each in screen("gegevens").get("popover")]
    assert f"Trek in: {written}" in labels
    assert f"- {written}" in [each.value for each in screen("").markdown]
