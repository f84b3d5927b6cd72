"""PDF without lines between the rows: cells that may be one with the cell above, and tall text."""

from __future__ import annotations

import pytest

from data.documents import pdf
from data.documents.cells import Cells
from data.documents.reading import read_cells
from geo.reading.result import DocumentReading
from tests.data.documents.test_pdf_seen import NETWORK, TITLE, made, text

EDGES = (60, 200, 310)


def reading(*rows: tuple[float, tuple[str, ...]]) -> DocumentReading:
    """What is read of lines of cells, each at its height from the top of the page."""
    drawn = b"".join(
        text(x, 800 - y, words)
        for y, cells in ((60, NETWORK), *rows)
        for x, words in zip(EDGES, cells, strict=False)
        if words
    )
    return read_cells("made", cells(drawn))


def cells(drawn: bytes) -> Cells:
    return pdf.read(made(TITLE + drawn))


def served(read: DocumentReading) -> list[tuple[str, str, str, str]]:
    """Label, city and printed area of each posting, and the countries it serves."""
    frame = read.accreditations
    return [
        (
            row.label,
            row.city_printed or "",
            row.area_printed or "",
            " ".join(sorted(frame[frame["row"] == row.row]["iso3"])),
        )
        for row in read.postings.itertuples()
    ]


def questions(read: DocumentReading) -> list[tuple[str, tuple[str, int] | None, str]]:
    return [(e.code, e.row, " ".join(e.printed.split())) for e in read.errors]


GHANA, PERU = ("Ghana - NP", "Accra", "Ghana, Togo"), ("Peru - GPI", "Lima", "Peru")
KENIA = ("Kenia - KMar", "Nairobi", "Kenia, Oeganda")


@pytest.mark.parametrize("step", [16, 22])
def test_a_line_as_far_away_as_rows_is_a_posting_of_its_own_and_asked(step: int):
    lines = [GHANA, KENIA, ("", "", "Tanzania, Rwanda"), PERU]
    read = reading(*((80 + step * at, line) for at, line in enumerate(lines)))
    assert served(read) == [
        ("Ghana - NP", "Accra", "Ghana, Togo", "GHA TGO"),
        ("Kenia - KMar", "Nairobi", "Kenia, Oeganda", "KEN UGA"),
        ("Kenia - KMar", "Nairobi", "Tanzania, Rwanda", "KEN RWA TZA"),
        ("Peru - GPI", "Lima", "Peru", "PER"),
    ]
    assert questions(read) == [("row_apart", ("LO", 3), "Tanzania, Rwanda")]


def test_a_line_as_near_as_rows_and_lines_of_a_cell_is_asked():
    lines = [GHANA, KENIA, ("", "", "Tanzania, Rwanda"), PERU]
    read = reading(*((80 + 12 * at, line) for at, line in enumerate(lines)))
    assert len(served(read)) == 3
    assert questions(read) == [("row_continues", ("LO", 2), "Tanzania, Rwanda")]


@pytest.mark.parametrize(
    ("upper", "lower", "countries"),
    [
        ("Kenia, Oeganda,", "Tanzania", "KEN TZA UGA"),
        ("Kenia / Oeganda", "/ Tanzania", "KEN TZA UGA"),
        ("Kenia, Verenigde", "Arabische Emiraten", "ARE KEN"),
    ],
)
def test_a_list_that_plainly_goes_on_is_not_asked(upper: str, lower: str, countries: str):
    lines = [GHANA, (*KENIA[:2], upper), ("", "", lower), PERU]
    read = reading(*((80 + 12 * at, line) for at, line in enumerate(lines)))
    assert served(read)[1][3] == countries
    assert questions(read) == []


def test_countries_below_each_other_nearer_than_rows_are_one_cell():
    lines = [(80, GHANA), (102, KENIA), (114, ("", "", "Tanzania")), (136, PERU)]
    read = reading(*lines)
    assert served(read)[1][3] == "KEN TZA UGA"
    assert questions(read) == []


def test_a_row_with_a_city_of_its_own_below_a_merged_label():
    lines = [GHANA, KENIA, ("", "Mombasa", "Tanzania"), PERU]
    read = reading(*((80 + 20 * at, line) for at, line in enumerate(lines)))
    assert served(read)[1:3] == [
        ("Kenia - KMar", "Nairobi", "Kenia, Oeganda", "KEN UGA"),
        ("Kenia - KMar", "Mombasa", "Tanzania", "KEN TZA"),
    ]
    assert questions(read) == [("blank_cell", ("LO", 3), "Kenia - KMar")]


@pytest.mark.parametrize(
    ("cells", "asked"), [(("", "Benin"), "Accra"), (("Accra", ""), "Ghana, Togo")]
)
def test_an_empty_cell_below_a_filled_one_is_asked(cells: tuple[str, str], asked: str):
    lines = [GHANA, ("Ghana-2 - KMar", *cells), PERU]
    read = reading(*((80 + 20 * at, line) for at, line in enumerate(lines)))
    assert questions(read) == [("blank_cell", ("LO", 2), asked)]


def test_a_column_that_is_empty_in_most_rows_is_not_asked():
    lines = [GHANA, ("Kenia - KMar", "Nairobi", ""), ("Peru - GPI", "Lima", "")]
    read = reading(*((80 + 20 * at, line) for at, line in enumerate(lines)))
    assert questions(read) == []


def test_text_that_is_too_tall_for_its_row_stays_in_its_row_and_is_asked():
    """The second line of the first cell lies over the second row, 2 points above its words."""
    tall = ("Ghana - NP", "Accra", "Ghana, Togo, Benin,")
    lines = [(80, tall), (93, ("", "", "Niger, Mali")), (95, KENIA), (110, PERU)]
    read = reading(*lines)
    assert [(row[0], row[3]) for row in served(read)] == [
        ("Ghana - NP", "BEN GHA MLI NER TGO"),
        ("Kenia - KMar", "KEN UGA"),
        ("Peru - GPI", "PER"),
    ]
    assert questions(read) == [
        ("cell_overflows", ("LO", 1), "Ghana, Togo, Benin, Niger, Mali"),
    ]


def test_a_first_row_without_label_is_not_lost_in_the_header():
    """A label merged over two rows and set in the middle or low: its first row begins without."""
    lines = [("", "", "Kenia, Oeganda"), (*KENIA[:2], "Tanzania"), GHANA, PERU]
    read = reading(*((73 + 14 * at, line) for at, line in enumerate(lines)))
    assert [code for code, *_ in questions(read)] == ["row_in_header"]


def test_rows_that_are_numbered_with_a_point_are_no_titles():
    header = ("Nr.", *NETWORK)
    lines = [header, ("1.", *GHANA), ("2.", *KENIA), ("3.", *PERU)]
    drawn = b"".join(
        text(x, 740 - 20 * at, words)
        for at, line in enumerate(lines)
        for x, words in zip((60, 90, 220, 330), line, strict=True)
    )
    read = read_cells("made", cells(drawn))
    assert [row[0] for row in served(read)] == ["Ghana - NP", "Kenia - KMar", "Peru - GPI"]
    assert questions(read) == []


def test_a_number_right_before_a_label_is_a_column_of_its_own():
    lines = [(60, 90, "Nr", NETWORK), (84.2, 90, "1", GHANA), (84.2, 90, "2", KENIA)]
    drawn = b"".join(
        text(x, 740 - 20 * at, words)
        for at, (first, second, number, line) in enumerate(lines)
        for x, words in zip((first, second, 220, 330), (number, *line), strict=True)
    )
    read = read_cells("made", cells(drawn))
    assert [row[0] for row in served(read)] == ["Ghana - NP", "Kenia - KMar"]
    assert questions(read) == []


def test_text_that_runs_out_of_a_drawn_cell_is_asked():
    """The words of the first row lie over those of the second; what did not fit is cut off."""
    lines = b"".join(b"56 %d m 500 %d l S\n" % (y, y) for y in (755, 735, 715, 695))
    lines += b"".join(b"%d 755 m %d 695 l S\n" % (x, x) for x in (56, 196, 306, 500))
    rows = ((740, NETWORK), (720, GHANA), (700, KENIA))
    drawn = lines + b"".join(
        text(x, y, words) for y, line in rows for x, words in zip(EDGES, line, strict=True)
    )
    read = read_cells("made", cells(drawn + text(310, 703, "Benin, Niger")))
    assert [(code, row) for code, row, _ in questions(read)] == [
        ("cell_overflows", ("LO", 1)),
        ("cell_overflows", ("LO", 2)),
    ]


def test_headings_that_stand_upright():
    """Each is written from below to above, over the middle of its column."""
    upright = b"".join(
        b"BT /F1 10 Tf 0 1 -1 0 %d 690 Tm (%s) Tj ET\n" % (x, words.encode())
        for x, words in ((75, NETWORK[0]), (215, NETWORK[1]), (325, NETWORK[2]))
    )
    drawn = upright + b"".join(
        text(x, 670 - 20 * at, words)
        for at, line in enumerate((GHANA, KENIA, PERU))
        for x, words in zip(EDGES, line, strict=True)
    )
    read = read_cells("made", cells(drawn))
    assert [row[3] for row in served(read)] == ["GHA TGO", "KEN UGA", "PER"]
    assert questions(read) == []


def test_words_of_one_length_before_a_space_begin_no_column():
    """EUTM, EUAM and EUMA are as wide as each other, and the column behind them is empty."""
    head = ("Missie", "Standplaats", "Aantal")
    lines = [
        ("EUTM Mozambique", "", "1"),
        ("EUAM Irak", "", "3"),
        ("EUAM Oekraine", "", "2"),
        ("Totaal", "", "6"),
    ]
    drawn = b"".join(
        text(x, 740 - 14 * at, words)
        for at, line in enumerate([head, *lines])
        for x, words in zip(EDGES, line, strict=True)
        if words
    )
    read = read_cells("made", cells(drawn))
    rows = read.deployments[["printed", "duty_printed", "personnel"]].fillna("")
    assert rows.values.tolist() == [
        ["EUTM Mozambique", "", 1],
        ["EUAM Irak", "", 3],
        ["EUAM Oekraine", "", 2],
    ]
