"""Rows that stand for several officers, and those of which nobody can tell how many."""

from __future__ import annotations

import pytest

from data.load import reference
from geo.reading.corrections import Correction, apply
from geo.reading.officers import of_label, stated_in, take_officers
from geo.reading.posting import PrintedRow, read_rows
from geo.reading.result import DocumentReading


@pytest.mark.parametrize(
    ("printed", "count", "rest"),
    [
        ("Spanje - NP (2 LO's)", 2, "Spanje - NP"),
        ("Spanje - NP (2 LO’s)", 2, "Spanje - NP"),
        ("Spanje - NP (2x)", 2, "Spanje - NP"),
        ("Spanje - NP (3 x)", 3, "Spanje - NP"),
        ("Spanje - NP (twee officieren)", 2, "Spanje - NP"),
        ("Spanje - NP (2 liaison officers)", 2, "Spanje - NP"),
        ("Spanje - NP (x2)", 2, "Spanje - NP"),
        ("Spanje - NP x 2", 2, "Spanje - NP"),
        ("Spanje - 2 NP", 2, "Spanje - NP"),
        ("Turkije - drie liaisonofficieren NP", 3, "Turkije -  NP"),
        ("Turkije - zeven liaisonofficieren NP", 7, "Turkije -  NP"),
        ("Drie liaisonofficieren NP Turkije", 3, "NP Turkije"),
        ("Spanje (2 NP)", 2, "Spanje (NP)"),
        ("2 FILO's NP migratie", 2, "NP migratie"),
        ("Kenia (24/7) - NP", None, "Kenia (24/7) - NP"),
        ("-/- Kenia ()", None, "-/- Kenia"),  # a country that is taken out stays so
        ("Kenia -/- 1 LO", 1, "Kenia -/-"),
        ("Spanje - NP (1 LO)", 1, "Spanje - NP"),
        ("Spanje - NP (1 fte)", None, "Spanje - NP"),
        ("Spanje - NP (0,5 fte)", None, "Spanje - NP"),
        ("Kenia-2 Kmar", None, "Kenia-2 Kmar"),  # the second of two posts, not two of them
        ("Kenia 2 - NP", None, "Kenia 2 - NP"),
        ("Kenia (2) - NP", None, "Kenia (2) - NP"),
        ("1. Kenia 2. Togo", None, "1. Kenia 2. Togo"),
        ("Peru / Chili", None, "Peru / Chili"),
    ],
)
def test_the_number_of_officers_in_a_cell(printed: str, count: int | None, rest: str):
    officers = take_officers(printed)
    assert (officers.count, officers.rest, officers.doubt) == (count, rest, "")


@pytest.mark.parametrize(
    ("printed", "doubt"),
    [
        ("Spanje - NP (2 fte)", "2 fte"),
        ("Spanje - NP (1,5 fte)", "1,5 fte"),
        ("Spanje - NP (2 LO's, 3 officieren)", "2 / 3"),
        ("Spanje - NP (99 LO's)", "99 LO's"),
        ("Turkije - drietal liaisons NP", "drietal"),
        ("Turkije - NP, tweemaal", "tweemaal"),
        ("Turkije - NP (2 plekken)", "2 plekken"),
        ("Turkije - een tweede LO NP", "tweede LO"),
        ("Griekenland - 2 NP, 1 KMar", "2 NP, 1 KMar"),
        ("2 KMar - documentexpert", "2 KMar"),
        ("Kenia (1, 2) - NP", "1, 2)"),
        ("Kenia - NP (50%)", "50%)"),
        ("Kenia (1 t/m 3) - NP", "1 t/m 3)"),
    ],
)
def test_a_number_that_does_not_say_how_many_posts(printed: str, doubt: str):
    officers = take_officers(printed)
    assert (officers.count, officers.doubt) == (None, doubt)


def test_a_dash_that_is_left_alone_goes_with_the_number():
    assert of_label("Turkije - NP - drie liaisonofficieren").rest == "Turkije - NP"
    assert of_label("Turkije -").rest == "Turkije -"  # nothing was taken out


@pytest.mark.parametrize("area", ["Een vijftal landen: Kenia, Oeganda", "driemaal per jaar Kenia"])
def test_so_many_countries_or_times_are_no_officers(area: str):
    assert take_officers(area).doubt == ""


@pytest.mark.parametrize(
    ("label", "doubt"),
    [
        ("Turkije - liaisonofficieren NP", "liaisonofficieren"),
        ("Turkije - drie liaisonofficieren NP", ""),
        ("Turkije - liaisonofficier NP", ""),
    ],
)
def test_several_officers_without_a_number(label: str, doubt: str):
    assert of_label(label).doubt == doubt


@pytest.mark.parametrize(
    ("column", "count", "doubt"),
    [
        ("2", 2, ""),
        (" 1 ", 1, ""),
        ("drie", 3, ""),
        ("", None, ""),
        ("0", None, "0"),
        ("?", None, "?"),
    ],
)
def test_a_column_with_their_number(column: str, count: int | None, doubt: str):
    officers = stated_in(column)
    assert (officers.count, officers.doubt) == (count or None, doubt)


@pytest.fixture
def read(resolver, gazetteer):
    def rows(*printed: tuple[str, str]):
        """(label, what the column with the number holds) of each row."""
        made = [
            PrintedRow("LO", "doc", "T", at, "", label, "", "Peru", at, officers)
            for at, (label, officers) in enumerate(printed, start=1)
        ]
        return read_rows(made, resolver, gazetteer)

    return rows


def test_two_officers_are_two_postings_of_one_row(read):
    reading = read(("Peru - NP (2 LO's)", ""), ("Chili - NP", "3"), ("Chili - GPI", ""))
    posts = [(p["row"], p["table_row"], p["host"]) for p in reading.postings]
    assert posts == [
        *((1, 1, "PER"), (2, 1, "PER")),
        *((3, 2, "CHL"), (4, 2, "CHL"), (5, 2, "CHL")),
        (6, 3, "CHL"),
    ]
    assert [p["theme"] for p in reading.postings] == [None] * 6
    codes = [(p.code, p.row, dict(p.params)) for p in reading.problems if p.code != "no_city"]
    assert codes == [
        ("several_posts", ("LO", n), {"posts": 2 if n < 3 else 3}) for n in range(1, 6)
    ]


def test_two_numbers_of_one_row_that_differ_are_a_question(read):
    reading = read(("Peru - NP (2x)", "3"))
    (error,) = [p for p in reading.problems if p.severity == "error"]
    assert (error.code, error.field, error.printed) == ("officers_unclear", "officers", "2 / 3")
    assert len(reading.postings) == 1


def test_a_person_says_how_many(read, units, no_missions):
    reading = read(("Peru - NP (2 fte)", ""), ("Chili - NP", ""))
    made = DocumentReading(
        *reading.frames(), no_missions, tuple(reading.problems), None, None, "complete", "absent"
    )
    assert [p.code for p in made.errors] == ["officers_unclear"]
    corrected = apply(made, [Correction("LO", 1, "officers", "2")], units, reference("cities"))
    assert corrected.errors == ()
    posts = corrected.postings[["row", "table_row", "host"]].to_numpy().tolist()
    assert posts == [[1, 1, "PER"], [2, 2, "CHL"], [3, 1, "PER"]]
    served = corrected.accreditations
    assert served[served["row"] == 3]["iso3"].tolist() == ["PER"]
