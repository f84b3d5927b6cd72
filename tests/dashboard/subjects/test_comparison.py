"""The comparison as a file: its counts, its rows, and what it refuses to compare."""

from __future__ import annotations

import pytest

from dashboard import theme
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Cell, Map, Report, Table, Text
from dashboard.subjects.comparison.report import compared, report
from dashboard.wording import error_text
from geo.errors import DataError

ANNEX, LETTER, MISSIONS = "bijlage-2025-11", "kst-31015-94", "bijlage-2023-12"


def cells(found: Report, key: str) -> list[list[str]]:
    """The texts of the one table with this key."""
    (table,) = [each for each in found.blocks(Table) if each.key == key]
    return table.words


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_dutch_police_beside_the_belgian(language: str) -> None:
    """36 by both, 121 by neither. 81 by the NP or KMar, three of them by a row of no organisation
    too; 14 by the GPI, nine of them too: the five that are left are those of the start page."""
    found = report(texts_of(language), Filters(ANNEX, language))
    counted = ["36", "81", "78", "3", "14", "5", "9", "113"]
    assert [row[1] for row in cells(found, "counts")] == counted
    assert len(cells(found, "differs")) == 81 + 14
    assert len(cells(found, "both")) == 36
    (drawn,) = found.blocks(Map)
    states = dict.fromkeys(name for name, _ in drawn.legend if name not in theme.MARKS)
    assert list(states) == [*("both", "left", "left_other", "right", "right_other", "none", "home")]
    assert all(block.source for block in found.blocks(Map, Table))
    assert not any("**" in block.text for block in found.blocks(Text))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "16 landen en gebieden worden door NP én door KMar bediend; "
               "80 door NP en niet door KMar; 21 door KMar en niet door NP"),
        ("en", "16 countries and territories are served by NP and by KMar; "
               "80 by NP and not by KMar; 21 by KMar and not by NP"),
    ],
)  # fmt: skip
def test_two_organisations_have_their_plain_answer_first(language: str, said: str) -> None:
    """96 are served by NP and 37 by KMar (see `test_coverage`), 16 of them by both."""
    t = texts_of(language)
    found = compared(t, Filters(ANNEX, language, sides=("NP", "KMar")))
    assert found.title == said
    heads = [cell.text if isinstance(cell, Cell) else cell for cell, _ in found.counts().rows]
    one, split = t("compare.set_one", a="NP", b="KMar"), t("compare.set_left", a="NP")
    assert heads[1:3] == [one, t("compare.of_these", what=split)]
    # Of a list that is cut off the rest leads to the table of the page.
    [long, *_] = [each for each in found.sentences if each.parts]
    assert "".join(piece.text for piece in long.parts) == long.text
    [link] = [piece for piece in long.parts if piece.href]
    assert link.href == "#verschil" and link.text == t.count("more", 41)  # of 55, 14 have a name


def test_every_difference_names_its_row_of_the_document() -> None:
    """Mali stands in row 30 only, the GPI in Rabat; Cyprus in row 45, the KMar in Athens."""
    found = report(texts_of("nl"), Filters(ANNEX))
    by_land = {row[0]: row[1:] for row in cells(found, "differs")}
    none = "geen rij van NP of KMar"
    assert by_land["Mali"] == ["alleen door GPI", none, "GPI Rabat (rij 30 van tabel 1)", ""]
    assert by_land["Cyprus"][1:] == ["KMar Athene (rij 45 van tabel 1)", "geen rij van GPI", ""]
    # Row 3 prints no organisation, so Mexico does not hang on the GPI alone.
    assert by_land["Mexico"][0].startswith("door GPI en ook door een onbekende")
    assert by_land["Mexico"][1:] == [
        *(
            none,
            "GPI Washington (rij 11 van tabel 1)",
            "Mexico-stad (organisatie onbekend, rij 3 van tabel 1)",
        )
    ]


def test_of_an_area_only_its_own_countries() -> None:
    """South America: Brasilia of both polices serves four; Chile hangs on a row of neither."""
    found = report(texts_of("nl"), Filters(ANNEX, area="South America"))
    assert found.title.startswith("Zuid-Amerika: 4 landen en gebieden")
    assert {row[0] for row in cells(found, "both")} == {
        "Argentinië", "Brazilië", "Paraguay", "Uruguay",
    }  # fmt: skip
    (drawn,) = found.blocks(Map)
    assert "BRA" in drawn.area and "MEX" not in drawn.area


def test_what_a_letter_does_not_mention_is_unknown_in_a_file_too() -> None:
    found = report(texts_of("nl"), Filters(ANNEX, sides=(LETTER, ANNEX)))
    assert "van 235 landen en gebieden is het niet te zeggen" in found.title
    assert [section.key for section in found.sections] == [
        "map", "counts", "both", "differs", "changes",
    ]  # fmt: skip
    assert {each.document for each in found.provenance.sources} >= {ANNEX, LETTER}
    assert any("Verder is niet te zeggen" in block.text for block in found.blocks(Text))


def test_the_choice_of_organisations_does_not_count_between_sets_and_that_is_said() -> None:
    t = texts_of("nl")
    chosen = report(t, Filters(ANNEX, organisations=("NP",)))
    assert cells(chosen, "counts") == cells(report(t, Filters(ANNEX)), "counts")
    assert t("compare.set_filter") in [block.text for block in chosen.blocks(Text)]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(ANNEX, sides=("NP", "NP")), "de twee kanten zijn gelijk"),
        (Filters(ANNEX, sides=("NP+GPI", "KMar+GPI")), "staat aan twee kanten: GPI"),
        (Filters(MISSIONS), "in dit document staat geen tabel van het netwerk"),
        (Filters(ANNEX, sides=(ANNEX, MISSIONS)), "in dit document staat geen tabel"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_way_out(filters: Filters, said: str) -> None:
    t = texts_of("nl")
    with pytest.raises(DataError) as caught:
        report(t, filters)
    reason, advice = error_text(t, caught.value)
    assert said in reason and advice.startswith(("Kies", "Documenten"))


def test_what_a_letter_tells_without_naming_a_posting_stands_in_the_table() -> None:
    """Paragraph 25 of the letter: the liaison left Poland in 2012 and Lisbon in 2013."""
    found = report(texts_of("nl"), Filters(ANNEX, sides=(LETTER, ANNEX)))
    differs = {row[0]: row[2] for row in cells(found, "differs")}
    for land, told in (("Polen", "in 2012 teruggekeerd"), ("Portugal", "in de zomer terug")):
        assert differs[land].startswith("geen post genoemd. De liaisonofficier ")
        assert told in differs[land] and "Dat staat wel in het document" in differs[land]
        assert "alinea 25" in differs[land]
    assert differs["Mongolië"] == "geen post genoemd"  # row 13 of the annex, no text
