"""An empty annex as a sheet to fill in: .xlsx, .ods or .csv, read back by `sheets`."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath

from geo.errors import DataError

KINDS = ("xlsx", "ods", "csv")
Row = tuple[str, ...]
DATE: Row = ("Peildatum", "")
TABLES: dict[str, tuple[Row, ...]] = {
    "Netwerk": (
        ("Liaison Officers", "Werklocatie", "Werkgebied"),
        ("Amerika’s",),
        (),
        ("Azië & Oceanië",),
        (),
        ("Afrika",),
        (),
        ("Europa",),
    ),
    "FILO": (("FILO’s", "Werkgebied"),),
    "Multilateraal": (("Plaatsingen",),),
    "Missies": (
        ("Missienaam", "Standplaats", "Aantal uitgezonden politiefunctionarissen"),
        ("Totaal",),
    ),
}
EXPLANATION: tuple[Row, ...] = (
    ("Uitleg",),
    ("Peildatum: de dag waarvoor de tabellen gelden, bijvoorbeeld 2026-05-12.",),
    ("Netwerk: één rij per plaatsing, onder het werelddeel. Zet achter het land en een streepje",),
    ("de organisatie (NP, KMar of GPI), en tussen landen in het werkgebied een schuine streep.",),
    ("Multilateraal: een groep begint met waar men geplaatst is en eindigt met een lege rij.",),
    ("Missies: zet het totaal er als getal neer.",),
    ("Formules worden geweigerd. Dit blad wordt niet gelezen.",),
    (),
    ("Explanation",),
    ("Peildatum: the day for which the tables hold, for instance 2026-05-12.",),
    ("Netwerk: one row for each posting, below its part of the world. Put the organisation",),
    ("(NP, KMar or GPI) after the country and a dash, and a slash between countries of an area.",),
    ("Multilateraal: a group begins with where people are placed, and ends with an empty row.",),
    ("Missies: put the total as a number.",),
    ("Formulas are refused. This sheet is not read.",),
)


def write(name: str) -> bytes:
    """The template in the kind that `name` ends on ("annex.xlsx", ".ods"); raises DataError."""
    kind = name.rpartition(".")[2].casefold()
    writers = {"xlsx": _xlsx, "ods": _ods, "csv": _csv}
    if kind not in writers:
        raise DataError("no_such_template", PurePath(name).name, kinds=KINDS)
    return writers[kind]()


def _sheets() -> dict[str, tuple[Row, ...]]:
    return {"Peildatum": (DATE,), **TABLES, "Uitleg": EXPLANATION}


def _csv() -> bytes:
    """With the mark and the separator that a Dutch Excel expects; it has no explanation."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(DATE)
    for rows in TABLES.values():
        writer.writerow(())
        writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx() -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.remove(book.active)
    for name, rows in _sheets().items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        wide = name == "Uitleg"
        for column, width in zip("ABC", (100,) if wide else (45, 30, 80), strict=False):
            sheet.column_dimensions[column].width = width
        for cells in sheet.iter_rows():
            for cell in cells:
                cell.font = Font(bold=not wide or cell.value in ("Uitleg", "Explanation"))
                cell.alignment = Alignment(vertical="top", wrap_text=True)
        if name in TABLES:
            sheet.freeze_panes = "A2"
    book["Peildatum"]["B1"].number_format = "yyyy-mm-dd"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _ods() -> bytes:
    from odfdo import Document, Table
    from odfdo import Row as OdfRow

    book = Document("ods")
    book.body.clear()
    for name, rows in _sheets().items():
        table = Table(name)
        for cells in rows:
            row = OdfRow()
            row.set_values(list(cells))
            table.append_row(row)
        book.body.append(table)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
