"""Delimited text: no quote swallows a row, and no cell is lost beside a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.documents import delimited
from geo.errors import DataError

HEADER = "Liaison Officers;Werklocatie;Werkgebied;Opmerking\n"
GHANA = ("Ghana - NP", "Accra", "Ghana / Togo")


def rows(text: str) -> tuple[tuple[str, ...], ...]:
    (table,) = delimited.read(text.encode()).tables
    return table.rows


@pytest.mark.parametrize(
    "text",
    [
        'Ghana - NP;Accra;Ghana;"nieuw\nMali - NP;Bamako;Mali;\nKenia - NP;Nairobi;Kenia;\n',
        'Ghana - NP;Accra;Ghana;"nieuw\nMali - NP;Bamako;Mali;"oud"\n',
        'Ghana - NP;Accra;Ghana;"nieuw\nMali - NP;Bamako;Mali;oud"\n',
        'Ghana - NP;Accra;Ghana;"nieuw\nMali - NP;Bam";Mali;\n',
        'Ghana - NP;"Accra;Ghana;"nieuw\n',
        'Ghana - NP;Accra;Ghana;"een ""nieuwe\nMali - NP;Bamako;Mali;\n',
        'Ghana - NP;Accra;Ghana / Togo;"""',
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quote_that_swallows_rows_is_refused_by_its_line(text: str, end: str):
    with pytest.raises(DataError, match="quote") as error:
        rows(f"Peildatum;2026-05-12\n\n{HEADER}{text}".replace("\n", end))
    assert error.value.row == 4


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('"Ghana / Togo\nBenin"', "Ghana / Togo\nBenin"),
        ('"Ghana;\nTogo; Benin"', "Ghana;\nTogo; Benin"),
        ('"Ghana; Togo"', "Ghana; Togo"),
        (' "Ghana; Togo" ', "Ghana; Togo"),
        ("“Ghana; Togo”", "Ghana; Togo"),
        ("Ghana “nieuw” / Togo", "Ghana “nieuw” / Togo"),
        ('Ghana "nieuw" / Togo', 'Ghana "nieuw" / Togo'),
        ('"Ghana ""nieuw"""', 'Ghana "nieuw"'),
        ("1,5", "1,5"),
        ("WerklocaƟe", "Werklocatie"),
    ],
)
def test_quotes_that_are_in_order(cell: str, read: str):
    assert rows(f"{HEADER}Ghana - NP;Accra;{cell};x\n")[1] == ("Ghana - NP", "Accra", read, "x")


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_signs_line_ends_and_encodings(sign: str, end: str, encoding: str):
    lines = ("Peildatum: 12 mei 2026", "", HEADER.strip(), "België - NP;Brussel;België;")
    text = end.join(lines).replace(";", sign)
    for content in (text, f"sep={sign}{end}{text}"):
        (table,) = delimited.read(content.encode(encoding)).tables
        assert table.rows[1] == ("België - NP", "Brussel", "België", "")


def test_a_row_with_more_cells_than_its_header_is_refused():
    with pytest.raises(DataError, match="row_longer_than_header") as error:
        rows("Liaison Officers,Werklocatie,Werkgebied\nGhana - NP,Accra,Ghana,Togo\n")
    assert (error.value.row, error.value.column, error.value.value) == (2, "D", "Togo")
    short = rows("Liaison Officers;Werklocatie;Werkgebied\nGhana - NP;Accra\nMali;;;;\n")
    assert short[1:] == (("Ghana - NP", "Accra", ""), ("Mali", "", ""))


def test_a_column_without_a_heading_is_kept():
    assert rows(f"{HEADER.strip()};\nGhana - NP;Accra;Ghana;x;y\n")[1][4] == "y"


def test_tables_side_by_side():
    text = "Missienaam;Aantal;;FILO’s;Werkgebied\nEUX;4;;NP;wereldwijd\nTotaal;4;;;\n"
    tables = delimited.read(text.encode()).tables
    assert [table.rows[1] for table in tables] == [("EUX", "4"), ("NP", "wereldwijd")]


def test_the_handed_file_with_an_open_quote(documents: Path):
    path = documents / "cases" / "csv_unclosed_quote_last.csv"
    if not path.exists():
        pytest.skip(f"the cases are not published with the code ({path})")
    with pytest.raises(DataError, match="quote_never_closed") as error:
        delimited.read(path.read_bytes())
    assert error.value.row == 4
