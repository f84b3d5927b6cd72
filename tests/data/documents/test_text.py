"""Tables in plain text: cells by tabs, or a line a row where the columns are lost."""

from __future__ import annotations

import pytest

from data.documents import plain
from data.documents.text import read_tables

WORD = (
    "Before\n1. Network[footnoteRef:3]  [3: NP = police. \n] \n\nSome words.\n\n"
    "\tOfficers \n\tCity\n\tArea\n\n"
    "\tEurope\n\t \n\t\n\n"
    "\tPeru - NP\n\tLima  \n\t\tPeru / Chili \n\n\n"
    "\tMexico\n\tMexico-stad\n\tMexico / Belize /\nNicaragua en El Salvador.\n\n"
    "After the table.\n\n2. Second\n\tOne\n\n\tTwo\n"
)
FLAT = (
    "Overzicht (peildatum 24 november\n2023) \nMissienaam Standplaats Aantal uitgezonden\n\n"
    "politiefunctionarissen \nEUAM Irak Irak 4 \nUSSC  Palestijnse gebieden 1 \nTotaal  5 \n"
    "\nAfter.\n"
)


def test_cells_begin_with_a_tab():
    first, _ = read_tables(WORD)
    assert first.rows[0] == ("Officers", "City", "Area")
    filled = [row for row in first.rows if any(row)]
    assert filled[1] == ("Europe", "", "")
    assert filled[2][:2] == ("Peru - NP", "Lima")
    assert "Peru / Chili" in filled[2]


def test_a_line_without_a_tab_continues_the_cell():
    first, _ = read_tables(WORD)
    assert first.rows[-1][2] == "Mexico / Belize /\nNicaragua en El Salvador."


def test_the_title_is_the_nearest_heading_without_its_footnote():
    assert [table.title for table in read_tables(WORD)] == ["1. Network", "2. Second"]


def test_a_table_ends_at_ordinary_text():
    tables = read_tables(WORD)
    assert len(tables) == 2
    assert not any("After" in cell for table in tables for row in table.rows for cell in row)
    assert [row for row in tables[1].rows if any(row)] == [("One",), ("Two",)]


def test_a_flat_table_comes_back_line_by_line():
    (table,) = read_tables(FLAT)
    assert table.title == "Overzicht (peildatum 24 november 2023)"
    assert table.rows == (
        ("Missienaam Standplaats Aantal uitgezonden politiefunctionarissen",),
        ("EUAM Irak Irak 4",),
        ("USSC Palestijnse gebieden 1",),
        ("Totaal 5",),
    )


ROWS = (
    ("Missienaam Standplaats Aantal",),
    ("EUAM Irak Irak 4",),
    ("EUMM Georgië Georgië 3",),
    ("Totaal 7",),
)


@pytest.mark.parametrize(
    "between",
    [
        "\n",
        "\n\n",
        "\n\f",
        "\f",
        "\n3\n",
        "\n\n- 3 -\n\n\f",
        "\nPagina 3 van 10\n\n",
        "\n\nblad 3\n",
    ],
)
def test_a_flat_table_goes_on_over_pages_up_to_its_total(between: str):
    text = between.join(row for (row,) in ROWS) + "\nAfter 2012\n"
    (table,) = plain.read(text.encode()).tables
    assert table.rows == ROWS


def test_a_flat_table_without_a_total_ends_at_text():
    text = "\n".join(row for (row,) in ROWS[:3])
    (table,) = read_tables(f"{text}\n\nText behind it.\nOf 2012\n")
    assert table.rows == ROWS[:3]


def test_a_number_on_a_line_of_its_own_stays_where_its_row_has_none():
    (table,) = read_tables("Missienaam Aantal\nEUX 2\nEUAM Irak Irak\n4\nTotaal 6\n")
    assert [cell for (cell,) in table.rows[2:]] == ["EUAM Irak Irak", "4", "Totaal 6"]


@pytest.mark.parametrize(
    "text",
    [
        "Missies worden steeds groter.\nIn 2025\nTotaal 4\n",
        "Missies met een aantal mensen\nIrak 4\nTotaal 4\n",
        "Missienaam volgt.\nIrak 4\nTotaal 4\n",
    ],
)
def test_a_sentence_is_no_flat_table(text: str):
    assert read_tables(text) == []


def test_a_page_that_ends_within_a_line_joins_no_words():
    assert plain.decode(b"EUX 4\fEUY 3\n\fEUZ 2\f\n") == "EUX 4\nEUY 3\nEUZ 2\n"


@pytest.mark.parametrize("change", [lambda t: t.replace("\n", "\r\n"), lambda t: t.rstrip("\n")])
def test_line_ends_do_not_matter(change):
    for text in (WORD, FLAT):
        assert read_tables(change(text)) == read_tables(text)


@pytest.mark.parametrize("text", ["", "\n\n", "No table here.", "Missienaam", "1. Heading\n"])
def test_text_without_rows_gives_no_rows(text: str):
    assert sum(len(table.rows) - 1 for table in read_tables(text)) <= 0


def test_the_2025_annex_has_four_tables(document):
    tables = read_tables(document("bijlage-2025-11"))
    filled = [[row for row in table.rows if any(row)] for table in tables]
    # Header and 55 rows and 4 banners; 3 FILO's; 13 placements under 7 banners; 12 and a total.
    assert [len(rows) for rows in filled] == [60, 4, 21, 14]
    assert [table.title[:3] for table in tables] == ["1. ", "2. ", "3. ", "Ove"]


def test_the_2023_annex_has_one(document):
    (table,) = read_tables(document("bijlage-2023-12"))
    assert len(table.rows) == 13
    assert "24 november 2023" in table.title
