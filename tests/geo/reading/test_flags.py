"""What stands beside the words of a cell: asked where it could change a figure, else told."""

from __future__ import annotations

import pytest

from data.load import reference
from geo.reading.corrections import Correction, apply
from geo.reading.flags import CellFlag
from geo.reading.footnotes import is_marked
from geo.reading.missions import PrintedDeployment, read_deployments
from geo.reading.posting import PrintedRow, read_rows
from geo.reading.result import DocumentReading


@pytest.fixture
def read(resolver, gazetteer):
    def row(*flags: CellFlag):
        printed = PrintedRow(
            "LO", "doc", "T", 1, "", "Kenia - NP", "Nairobi", "Kenia / Togo", flags=flags
        )
        return read_rows([printed], resolver, gazetteer)

    return row


@pytest.mark.parametrize(
    ("flag", "severity", "code"),
    [
        (CellFlag("struck", "area", "Togo"), "error", "struck"),
        (CellFlag("raised", "area", "1"), "warning", "raised"),
        (CellFlag("merged", "area"), "warning", "merged"),
        (CellFlag("merged", "officers"), "error", "merged_number"),
        (CellFlag("note", "area", "Ook voor Oeganda."), "error", "note_decides"),
        (CellFlag("note", "label", "Deze post wordt opgeheven."), "error", "note_decides"),
        (CellFlag("note", "label", "Vanaf 1 mei 2026."), "error", "note_decides"),
        (CellFlag("note", "label", "Het betreft twee officieren."), "error", "note_decides"),
        (
            CellFlag("note", "label", "Gedeeld met de Koninklijke Marechaussee."),
            "error",
            "note_decides",
        ),
        (CellFlag("note", "label", "Zie de toelichting in de brief."), "warning", "note"),
    ],
)
def test_a_mark_of_a_posting(read, flag: CellFlag, severity: str, code: str):
    reading = read(flag)
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.printed) == (severity, code, flag.text)
    assert [row["iso3"] for row in reading.accreditations] == ["KEN", "TGO"]


def test_the_same_mark_of_three_cells_is_told_once(read):
    reading = read(*(CellFlag("merged", cell) for cell in ("label", "city", "area")))
    assert [problem.code for problem in reading.problems] == ["merged"]


def test_a_number_merged_over_two_missions(resolver):
    rows = [
        PrintedDeployment("doc", "T", 1, "EULEX Kosovo", "", "3"),
        PrintedDeployment(
            "doc", "T", 2, "EUAM Irak", "", "3", flags=(CellFlag("merged", "personnel"),)
        ),
    ]
    tables = reference("missions"), reference("mission_aliases")
    _, (error,) = read_deployments(rows, None, resolver, *tables)
    assert (error.code, error.row, error.field) == ("merged_number", ("mission", 2), "personnel")


def test_a_person_confirms_a_row_as_it_was_read(read, units, no_missions):
    reading = read(CellFlag("struck", "area", "Togo"), CellFlag("note", "area", "Ook Oeganda"))
    made = DocumentReading(
        *reading.frames(), no_missions, tuple(reading.problems), None, None, "complete", "absent"
    )
    assert [p.code for p in made.errors] == ["struck", "note_decides"]
    confirmed = apply(made, [Correction("LO", 1, "as_read", "yes")], units, reference("cities"))
    assert confirmed.errors == ()
    assert [(p.code, p.printed) for p in confirmed.problems] == [
        ("confirmed", "Togo | Ook Oeganda")
    ]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Kenia - NP 1)", True),
        ("Kenia1)", True),
        # In the annex of 2025 these stand among the placements; the number belongs to a name.
        ("European Cybercrime centre (EC3), Den Haag", False),
        ("Cyber LO (J-CAT)/(EC3)", False),
    ],
)
def test_a_number_before_a_bracket_that_nothing_opened_is_a_mark(text: str, marked: bool):
    assert is_marked(text) is marked
