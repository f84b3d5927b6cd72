"""Tables pasted into plain text: from Word, from a web page, from Markdown, drawn in signs."""

from __future__ import annotations

import pytest

from data.documents import plain
from data.documents.cells import Flag, PrintedTable

HEADER = ("Liaison Officers", "Werklocatie", "Werkgebied")
GHANA = ("Ghana - NP", "Accra", "Ghana / Togo")
KENIA = ("Kenia - KMar", "Nairobi", "Kenia")
TABS = "\t".join(HEADER)
BARS = " | ".join(HEADER)


def tables(text: str) -> tuple[PrintedTable, ...]:
    return plain.read(text.encode()).tables


def rows(text: str) -> tuple[tuple[str, ...], ...]:
    (table,) = tables(text)
    return tuple(row for row in table.rows if any(row))


@pytest.mark.parametrize(
    ("below", "read"),
    [
        ("Ghana - NP\tAccra\tGhana / Togo\nKenia - KMar\tNairobi\tKenia", [GHANA, KENIA]),
        ("Ghana - NP\tAccra\tGhana / Togo\n\nKenia - KMar\tNairobi\tKenia\n", [GHANA, KENIA]),
        ("Ghana - NP\tAccra\tGhana / Togo\n\t\t\nKenia - KMar\tNairobi\tKenia\n", [GHANA, KENIA]),
        ("Afrika\nGhana - NP\tAccra\tGhana / Togo\n", [("Afrika", "", ""), GHANA]),
        ("Afrika\t\t\nGhana - NP\tAccra\tGhana / Togo\n", [("Afrika", "", ""), GHANA]),
        ("Ghana - NP\tAccra\tGhana /\nTogo\n", [(*GHANA[:2], "Ghana /\nTogo")]),
        ('Ghana - NP\tAccra\t"Ghana /\nTogo"\n', [(*GHANA[:2], "Ghana /\nTogo")]),
        ("Ghana\n- NP\tAccra\tGhana / Togo\n", [("Ghana\n- NP", *GHANA[1:])]),
        ("Kenia - KMar\tNairobi\nstad\tKenia\n", [("Kenia - KMar", "Nairobi\nstad", "Kenia")]),
        ("\tLomé\tTogo\n", [("", "Lomé", "Togo")]),
        ("Ghana - NP\tAccra\tGhana\tTogo\n", [("Ghana - NP", "Accra", "Ghana | Togo")]),
    ],
)
def test_rows_with_tabs(below: str, read: list[tuple[str, ...]]):
    assert rows(f"1. Netwerk\n{TABS}\n{below}") == (HEADER, *read)


def test_a_table_with_tabs_ends_at_text_and_at_the_next_header():
    text = f"1. Netwerk\n{TABS}\nGhana - NP\tAccra\tGhana\n\nTekst.\n2. Missies\n"
    text += "Missienaam\tAantal\nEUX\t4\nTotaal\t4\nMeer tekst.\n"
    first, second = tables(text)
    assert (first.title, second.title) == ("1. Netwerk", "2. Missies")
    assert first.rows[1:] == (("Ghana - NP", "Accra", "Ghana"),)
    assert second.rows[1:] == (("EUX", "4"), ("Totaal", "4"))


def test_a_header_that_is_broken_and_rows_that_are_indented():
    assert rows("Liaison\nOfficers\tWerklocatie\tWerkgebied\nMali - NP\tBamako\tMali\n")[0] == (
        "Liaison\nOfficers",
        *HEADER[1:],
    )
    assert rows(f"\t{TABS}\n\tGhana - NP\tAccra\tGhana / Togo\n") == (HEADER, GHANA)


def test_the_line_ends_of_an_old_mac_and_letters_that_copying_turned():
    text = f"{TABS}\rGhana - NP\tAccra\tGhana / Togo\r"
    assert rows(text) == rows(text.replace("ti", "Ɵ")) == (HEADER, GHANA)


@pytest.mark.parametrize(
    "text",
    [
        f"| {BARS} |\n|---|:-:|---|\n| Ghana - NP | Accra | Ghana / Togo |\n\nTekst | en meer\n",
        f"{BARS}\n--- | --- | ---\nGhana - NP | Accra | Ghana / Togo\n",
        "| **Liaison Officers** | Werklocatie | Werkgebied |\n| Ghana - NP|Accra|Ghana / Togo |\n",
        f"+---+---+---+\n| {BARS} |\n+---+---+---+\n| Ghana - NP | Accra | Ghana / Togo |\n"
        "+---+---+---+\nTekst.\n",
        "┌───┬───┬───┐\n│ Liaison Officers │ Werklocatie │ Werkgebied │\n├───┼───┼───┤\n"
        "│ Ghana - NP │ Accra │ Ghana / Togo │\n└───┴───┴───┘\n",
    ],
)
def test_rows_with_bars(text: str):
    assert rows(text) == (HEADER, GHANA)


def test_drawn_rows_of_several_lines_and_markdown_in_cells():
    ruler = "+---+---+---+\n"
    drawn = f"{ruler}| {BARS} |\n{ruler}| Ghana - | Accra | Ghana / |\n|  NP | | Togo |\n{ruler}"
    drawn += f"| Kenia - KMar | Nairobi | Kenia |\n{ruler}"
    assert rows(drawn) == (HEADER, ("Ghana -\nNP", "Accra", "Ghana /\nTogo"), KENIA)
    (table,) = tables(f"{BARS}\n~~Mali - NP~~ | Bamako | Mali<br>Togo\n")
    assert table.rows[1] == ("Mali - NP", "Bamako", "Mali\nTogo")
    assert table.flags == (Flag(1, 0, "struck", "Mali - NP"),)


def test_groups_in_one_column_of_bars():
    (table,) = tables("| Plaatsingen |\n|---|\n| Europol |\n| Adviseur |\n|  |\n| UNODC |\n")
    assert table.rows == (("Plaatsingen",), ("Europol",), ("Adviseur",), ("",), ("UNODC",))


def test_rows_with_wide_gaps():
    text = (
        "Liaison Officers   Werklocatie   Werkgebied\n"
        "Afrika\n"
        "Ghana - NP         Accra         Ghana /\n"
        "                                 Togo\n"
        "Kenia - KMar                     Kenia\n\n"
        "Na de tabel  komt tekst.\n"
    )
    assert rows(text) == (
        HEADER,
        ("Afrika", "", ""),
        ("Ghana - NP", "Accra", "Ghana /\nTogo"),
        ("Kenia - KMar", "", "Kenia"),
    )


def test_a_line_of_which_it_cannot_be_told_what_is_missing_stays_whole():
    text = f"{'  '.join(HEADER)}\nGhana - NP  Accra  Ghana / Togo\nMali - NP  Mali / Niger\n"
    assert rows(text)[2] == ("Mali - NP | Mali / Niger", "", "")


@pytest.mark.parametrize(
    "text",
    [
        "1.\tEen lijst\n2.\tmet nummers\n",
        "Een zin | met streep\nen nog | een\n",
        "Woorden  met ruimte\nen  meer\n",
        "Liaison Officers  zijn er.\nEn  meer.\n",
    ],
)
def test_without_a_header_nothing_is_claimed(text: str):
    assert tables(text) == ()


def test_lines_alike_with_tabs_are_a_table_of_another_kind():
    assert rows("Datum\tBesluit\tWie\n1 mei\tja\tiemand\n\nTekst.\n")[0] == (
        "Datum",
        "Besluit",
        "Wie",
    )


def test_the_notes_of_word_hang_on_their_cells():
    text = (
        "1. Netwerk\n\n\tLiaison Officers\n\tWerklocatie\n\tWerkgebied\n\n"
        "\tGhana - NP[footnoteRef:5]  [5: Tijdelijk, tot \n1 juli] \n\tAccra\n"
        "\tGhana[footnoteRef:6] / Togo\n\nTekst [6: zonder het noorden].\n"
    )
    (table,) = tables(text)
    assert table.rows == (HEADER, GHANA)
    assert table.flags == (
        Flag(1, 0, "note", "Tijdelijk, tot 1 juli"),
        Flag(1, 2, "note", "zonder het noorden"),
    )
