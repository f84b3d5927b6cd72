"""What a person sets by hand: the cell, the countries, the row; and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from data.load import reference
from geo.errors import DataError
from geo.names.cities import Gazetteer
from geo.names.resolver import Resolver
from geo.problems import Place, Where
from geo.reading.corrections import Correction, apply
from geo.reading.missions import PrintedDeployment, read_deployments
from geo.reading.posting import PrintedRow, read_rows
from geo.reading.result import DocumentReading
from geo.reading.warnings import AS_READ
from geo.schemas import TABLES
from geo.schemas.validation import validate

ROWS = [
    ("LO", "Peru - NP", "Lima", "Peru / Chili / Narnia / Congo"),
    ("LO", "Kenia - NP / KMar", "Nairobi", "Kenia"),
    ("LO", "Narnia - GPI", "Santiago", "Bolivia"),
    ("LO", "Benin", "", "taakaccent havens"),
    ("FILO", "NP FILO CTER", "", "wereldwijd"),
    ("multilateral", "Seconded expert", "", ""),
]
MISSIONS = [("EULEX Kosovo", "", "3"), ("XYZ", "Narnia", "3/4"), ("EUAM Irak", "", "2")]


@pytest.fixture
def reading(resolver: Resolver, gazetteer: Gazetteer, units: pd.DataFrame) -> DocumentReading:
    rows = [
        PrintedRow(kind, "doc", "Table 1", number, "Europol", label, city, area)
        for number, (kind, label, city, area) in enumerate(ROWS, start=1)
    ]
    read = read_rows(rows, resolver, gazetteer, units)
    missions = [
        PrintedDeployment("doc", "Table 4", number, *row)
        for number, row in enumerate(MISSIONS, start=1)
    ]
    tables = reference("missions"), reference("mission_aliases")
    deployments, problems = read_deployments(missions, 9, resolver, *tables)
    made = (*read.problems, *problems)
    return DocumentReading(*read.frames(), deployments, made, 9, None, "complete", "complete")


Correct = Callable[..., DocumentReading]


@pytest.fixture
def correct(reading: DocumentReading, units: pd.DataFrame) -> Correct:
    def one(*cells: tuple[str, int, str, str]) -> DocumentReading:
        made = [Correction(*cell) for cell in cells]
        return apply(reading, made, units, reference("cities"))

    return one


def post(reading: DocumentReading, kind: str, row: int) -> dict:
    frame = reading.postings
    (found,) = frame[(frame["kind"] == kind) & (frame["row"] == row)].to_dict("records")
    return found


def served(reading: DocumentReading, kind: str, row: int) -> dict[str, tuple[str, str, str, float]]:
    frame = reading.accreditations
    found = frame[(frame["kind"] == kind) & (frame["row"] == row)]
    columns = ["printed", "basis", "match", "score"]
    return {r["iso3"]: tuple(r[c] for c in columns) for r in found.to_dict("records")}


def changes(reading: DocumentReading, kind: str, row: int) -> list[tuple[object, ...]]:
    """(field, before, after) of what was corrected by hand in a row."""
    own = [p for p in reading.problems if p.row == (kind, row) and p.code == "corrected"]
    return [tuple(p.params[name] for name in ("field", "before", "after")) for p in own]


def unknown_cities(reading: DocumentReading, kind: str, row: int) -> list[object]:
    """The hosts in which a row's city is not known."""
    own = [p for p in reading.problems if p.row == (kind, row) and p.code == "unknown_city"]
    return [p.params["host"] for p in own]


def test_the_reading_to_correct_has_errors_of_each_kind(reading: DocumentReading):
    assert {(p.row, p.field) for p in reading.errors} == {
        (("LO", 1), "countries"),
        (("LO", 2), "organisation"),
        (("LO", 3), "host"),
        (("mission", 2), "duty_iso3"),
        (("mission", 2), "lead_organisation"),
        (("mission", 2), "personnel"),
    }
    assert len(reading.errors) + len(reading.warnings) == len(reading.problems)


def test_no_corrections_change_nothing(reading: DocumentReading, correct: Correct):
    assert correct() is reading


def test_a_correction_leaves_every_other_row_alone(reading: DocumentReading, correct: Correct):
    found = correct(("LO", 2, "organisation", "KMar"))
    other = found.postings["row"] != 2
    pd.testing.assert_frame_equal(
        found.postings[other].astype(object), reading.postings[other].astype(object)
    )
    pd.testing.assert_frame_equal(found.accreditations, reading.accreditations)
    untouched = [p for p in reading.problems if p.row != ("LO", 2)]
    assert [p for p in found.problems if p.row != ("LO", 2)] == untouched


def test_an_organisation_settles_its_error_and_says_so(correct: Correct):
    found = correct(("LO", 2, "organisation", "KMar"))
    assert post(found, "LO", 2)["organisation"] == "KMar"
    assert post(found, "LO", 2)["label"] == "Kenia - NP / KMar"  # what is printed stays
    (warning,) = [p for p in found.problems if p.row == ("LO", 2)]
    assert warning.severity == "warning" and warning.field == "organisation"
    assert changes(found, "LO", 2) == [("organisation", "NP / KMar", "KMar")]
    assert warning.printed == "NP / KMar"


def test_not_stated_is_a_value(correct: Correct):
    found = correct(("LO", 2, "organisation", ""))
    assert pd.isna(post(found, "LO", 2)["organisation"])
    assert changes(found, "LO", 2) == [("organisation", "NP / KMar", "")]


def test_countries_are_replaced_and_the_kept_ones_stay_as_read(correct: Correct):
    found = correct(("LO", 1, "countries", "COD PER PER"))
    area = "Peru / Chili / Narnia / Congo"
    assert served(found, "LO", 1) == {
        "COD": (area, "named", "hand", 100.0),
        "PER": ("Peru", "named", "name", 100.0),
    }
    assert changes(found, "LO", 1) == [("countries", "PER CHL", "COD PER")]
    (far,) = [p for p in found.problems if p.code == "far"]
    assert far.params == {"country": "COD", "km": 10173, "host": "PER"}


def test_a_post_always_serves_its_host(correct: Correct):
    assert served(correct(("LO", 1, "countries", "CHL")), "LO", 1)["PER"][:2] == ("Peru", "named")
    assert served(correct(("LO", 4, "countries", "")), "LO", 4) == {
        "BEN": ("Benin", "host", "host", 100.0)
    }
    assert served(correct(("LO", 4, "countries", "TGO")), "LO", 4) == {
        "TGO": ("taakaccent havens", "named", "hand", 100.0),
        "BEN": ("Benin", "host", "host", 100.0),
    }


def test_a_flexible_officer_serves_what_is_set_by_hand(correct: Correct):
    found = correct(("FILO", 5, "countries", "ROU BGR"))
    assert served(found, "FILO", 5) == dict.fromkeys(
        ("ROU", "BGR"), ("wereldwijd", "named", "hand", 100.0)
    )


def test_a_host_brings_its_accreditation_and_its_city(correct: Correct):
    """The city was printed but could not be looked up for want of a country."""
    found = correct(("LO", 3, "host", "CHL"))
    assert post(found, "LO", 3)["host"] == "CHL"
    assert served(found, "LO", 3) == {
        "BOL": ("Bolivia", "named", "name", 100.0),
        "CHL": ("Narnia - GPI", "host", "hand", 100.0),
    }
    assert changes(found, "LO", 3) == [("host", "Narnia", "CHL")]
    assert unknown_cities(found, "LO", 3) == ["CHL"]  # Santiago is in no table of duty stations
    found = correct(("LO", 3, "host", "PER"), ("LO", 3, "city", "lima"))
    assert post(found, "LO", 3)["city"] == "Lima"
    assert unknown_cities(found, "LO", 3) == []


def test_another_host_takes_the_place_of_the_former(correct: Correct):
    found = correct(("LO", 4, "host", "GHA"), ("LO", 4, "city", "Accra"))
    assert served(found, "LO", 4) == {"GHA": ("Benin", "host", "hand", 100.0)}
    assert post(found, "LO", 4)["city"] == "Accra"
    # A former host that the work area names is served still.
    found = correct(("LO", 1, "host", "CHL"))
    assert {iso3: row[1:3] for iso3, row in served(found, "LO", 1).items()} == {
        "PER": ("named", "name"),
        "CHL": ("named", "name"),
    }
    assert post(found, "LO", 1)["city"] == "Lima"  # given, so it stays, with a warning
    assert unknown_cities(found, "LO", 1) == ["CHL"]


def test_the_order_of_corrections_is_none_and_the_last_of_a_cell_holds(correct: Correct):
    cells = [("LO", 3, "host", "CHL"), ("LO", 3, "countries", "PER"), ("LO", 3, "city", "Lima")]
    forth, back = correct(*cells), correct(*reversed(cells))
    pd.testing.assert_frame_equal(forth.accreditations, back.accreditations)
    pd.testing.assert_frame_equal(forth.postings, back.postings)
    assert forth.problems == back.problems
    assert set(served(forth, "LO", 3)) == {"PER", "CHL"}
    twice = correct(("LO", 2, "organisation", "NP"), ("LO", 2, "organisation", "GPI"))
    assert post(twice, "LO", 2)["organisation"] == "GPI"
    assert len(changes(twice, "LO", 2)) == 1


def test_an_unknown_city_is_a_warning(correct: Correct):
    found = correct(("LO", 1, "city", "Cair Paravel"))
    assert post(found, "LO", 1)["city"] == "Cair Paravel"
    assert unknown_cities(found, "LO", 1) == ["PER"]
    assert pd.isna(post(correct(("LO", 1, "city", "")), "LO", 1)["city"])


def test_status_and_theme(correct: Correct):
    found = correct(("LO", 1, "status", "planned"), ("LO", 1, "theme", " havens  en water "))
    row = post(found, "LO", 1)
    assert (row["status"], row["theme"]) == ("planned", "havens en water")
    assert ("status", "active", "planned") in changes(found, "LO", 1)
    assert ("theme", "", "havens en water") in changes(found, "LO", 1)


def test_a_mission(correct: Correct):
    found = correct(
        ("mission", 2, "personnel", " 4 "),
        ("mission", 2, "lead_organisation", "coalition"),
        ("mission", 2, "areas", "PSE ISR"),
        ("mission", 2, "duty_iso3", "ISR"),
        ("mission", 2, "mission", "XYZ nieuw"),
    )
    row = found.deployments.iloc[1]
    columns = ["printed", "mission", "lead_organisation", "personnel", "areas", "duty_iso3"]
    assert list(row[columns]) == ["XYZ", "XYZ nieuw", "coalition", 4, "ISR PSE", "ISR"]
    assert not [p for p in found.errors if p.row == ("mission", 2)]
    assert ("personnel", "3/4", "4") in changes(found, "mission", 2)


def test_the_total_is_checked_anew(reading: DocumentReading, correct: Correct):
    def totals(found: DocumentReading) -> list[object]:
        """(printed, counted) where they differ."""
        return [tuple(p.params.values()) for p in found.problems if p.code == "total_differs"]

    assert totals(reading) == [(9, 5)]
    assert totals(correct(("mission", 2, "personnel", "4"))) == []
    assert totals(correct(("mission", 2, "personnel", "3"))) == [(9, 8)]
    assert totals(correct(("mission", 1, "row", "dubbel"))) == [(9, 2)]


def test_a_row_left_out_is_quoted_and_gone(correct: Correct):
    found = correct(("LO", 1, "row", "dubbel gedrukt"), ("LO", 1, "status", "planned"))
    assert 1 not in set(found.postings["row"])
    assert not served(found, "LO", 1)
    (warning,) = [p for p in found.problems if p.row == ("LO", 1)]
    assert warning.severity == "warning"
    assert (warning.code, warning.params) == ("row_left_out_by_hand", {"why": "dubbel gedrukt"})
    assert warning.printed == "Peru - NP | Lima | Peru / Chili / Narnia / Congo"
    found = correct(("mission", 2, "row", "geen missie"))
    assert list(found.deployments["row"]) == [1, 3]
    assert [p.printed for p in found.problems if p.row == ("mission", 2)] == ["XYZ | Narnia"]


def test_what_is_checked_over_all_rows_follows(
    resolver: Resolver, gazetteer: Gazetteer, units: pd.DataFrame, reading: DocumentReading
):
    rows = [
        PrintedRow("LO", "doc", "Table 1", number, "", "Marokko - NP", "Rabat", "Marokko, Zambia")
        for number in (1, 2)
    ]
    read = read_rows(rows, resolver, gazetteer, units)
    made = DocumentReading(
        *read.frames(),
        reading.deployments[:0],
        tuple(read.problems),
        None,
        None,
        "complete",
        "absent",
    )
    assert len(made.problems) == 3  # the row stands twice, and each is far
    cities = reference("cities")
    found = apply(made, [Correction("LO", 1, "row", "dubbel")], units, cities)
    assert sum(p.code == "repeated_row" for p in found.problems) == 0
    found = apply(made, [Correction("LO", 1, "countries", "MAR GMB")], units, cities)
    assert sum(p.code == "far" for p in found.problems) == 1


def test_the_corrected_reading_fits_the_schemas(correct: Correct):
    found = correct(
        ("LO", 1, "countries", "PER CHL COD"),
        ("LO", 2, "organisation", "NP"),
        ("LO", 3, "host", "CHL"),
        ("mission", 2, "personnel", "4"),
        ("mission", 2, "lead_organisation", "coalition"),
        ("mission", 2, "duty_iso3", ""),
    )
    assert not found.errors
    for name in ("postings", "accreditations", "deployments"):
        frame = getattr(found, name)
        texts = [c for c, spec in TABLES[name].columns.items() if "str" in str(spec.dtype)]
        assert len(validate(name, frame.astype(dict.fromkeys(texts, "str")), name)) == len(frame)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (("LO", 1, "organisation", "AIVD"), "none_of_words"),
        (("LO", 1, "organisation", "np"), "none_of_words"),
        (("LO", 1, "host", "QQQ"), "no_such_codes"),
        (("LO", 1, "host", "PER CHL"), "one_country_needed"),
        (("LO", 1, "host", ""), "value_needed"),
        (("LO", 1, "countries", "PER peru"), "no_such_codes"),
        (("LO", 1, "status", "onbekend"), "none_of_words"),
        (("LO", 1, "status", ""), "value_needed"),
        (("LO", 1, "label", "Peru - NP"), "not_correctable"),
        (("LO", 1, "personnel", "3"), "not_correctable"),
        (("LO", 1, "row", "  "), "reason_needed"),
        (("LO", 99, "host", "PER"), "no_such_row"),
        (("LO", 5, "host", "PER"), "no_such_row"),  # row 5 is a FILO
        (("multilateral", 6, "countries", "PER"), "not_correctable"),
        (("embassy", 1, "host", "PER"), "no_such_row"),
        (("mission", 2, "personnel", "vier"), "no_whole_number"),
        (("mission", 2, "personnel", "-1"), "no_whole_number"),
        (("mission", 2, "personnel", "3.5"), "no_whole_number"),
        (("mission", 2, "personnel", "²"), "no_whole_number"),
        (("mission", 2, "personnel", ""), "value_needed"),
        (("mission", 2, "lead_organisation", "Frontex"), "none_of_words"),
        (("mission", 2, "areas", "XXX"), "no_such_codes"),
        (("mission", 2, "mission", " "), "value_needed"),
    ],
)
def test_a_value_that_cannot_stand_there_is_refused(correct: Correct, cell, code: str):
    with pytest.raises(DataError) as refused:
        correct(cell)
    error = refused.value
    assert (error.row, error.column, error.value) == (cell[1], cell[2], cell[3])
    assert error.code == code


def test_a_row_that_is_doubted_twice_is_confirmed_twice(
    reading: DocumentReading, units: pd.DataFrame
):
    post = Place(Where("Table 1", 1), ("LO", 1))
    doubts = [post.error("struck", "Peru", AS_READ), post.error("note_decides", "Chili", AS_READ)]
    doubted = replace(reading, problems=tuple(doubts))
    first, second = (Correction("LO", 1, AS_READ, "yes", each.printed) for each in doubts)
    half = apply(doubted, [first], units, reference("cities"))
    assert [problem.printed for problem in half.errors] == ["Chili"]
    assert not apply(doubted, [first, second], units, reference("cities")).errors
