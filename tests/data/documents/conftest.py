"""Makers of documents: `Cells` written as a file of each kind, for the readers to read back."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import astuple

import docx
import openpyxl
import pytest
from odfdo import Cell, Document, Header, Paragraph, Row, Table

from data.documents import template
from data.documents.annex import read_annex
from data.documents.cells import Cells, PrintedTable
from geo.names.resolver import Resolver

Maker = Callable[[Cells], bytes]
PROSE = "Some words between a heading and its table, as every annex has them."


def paragraphs(cells: Cells) -> list[str]:
    """The text up to the first table: what comes later holds the tables as lines of text."""
    title = cells.tables[0].title if cells.tables else "\0"
    lines = cells.text.partition(title)[0].split("\n")
    return [line for line in lines if line.strip() and "\t" not in line]


def is_banner(table: PrintedTable, row: tuple[str, ...]) -> bool:
    """Whether a row stands alone in a table of several columns, as a part of the world does."""
    width = max(map(len, table.rows))
    return width > 1 and bool(row[0]) and not any(row[1:]) and row[0] != "Totaal"


@pytest.fixture(scope="session")
def as_docx() -> Maker:
    """Cells -> .docx: headings, prose, tables; banners merged over all columns; a line of a cell
    is a paragraph."""

    def make(cells: Cells) -> bytes:
        document = docx.Document()
        for line in paragraphs(cells):
            document.add_paragraph(line)
        for table in cells.tables:
            document.add_heading(table.title, level=2)
            document.add_paragraph(PROSE)
            width = max(map(len, table.rows))
            made = document.add_table(rows=len(table.rows), cols=width)
            for row, printed in zip(made.rows, table.rows, strict=True):
                own = row.cells
                for cell, text in zip(own, printed, strict=False):
                    first, *more = text.split("\n")
                    cell.text = first
                    for line in more:
                        cell.add_paragraph(line)
                if is_banner(table, printed):
                    own[0].merge(own[-1]).text = printed[0]
            document.add_paragraph("")
        return saved(document)

    return make


@pytest.fixture(scope="session")
def as_odt() -> Maker:
    """Cells -> .odt, in the same form as `as_docx`."""

    def make(cells: Cells) -> bytes:
        document = Document("text")
        document.body.clear()
        for line in paragraphs(cells):
            document.body.append(Paragraph(line))
        for number, table in enumerate(cells.tables):
            heading = Header(2, table.title)
            heading.set_attribute("text:is-list-header", "true")  # its number is in its text
            document.body.append(heading)
            document.body.append(Paragraph(PROSE))
            made = Table(f"Table{number}")
            width = max(map(len, table.rows))
            for at, printed in enumerate(table.rows):
                row = Row()
                for text in (*printed, *[""] * (width - len(printed))):
                    cell = Cell()
                    for line in text.split("\n"):
                        cell.append(Paragraph(line))
                    row.append_cell(cell)
                made.append_row(row)
                if is_banner(table, printed):
                    made.set_span((0, at, width - 1, at))
            document.body.append(made)
        return saved(document)

    return make


@pytest.fixture(scope="session")
def as_xlsx() -> Maker:
    """Cells -> the template for .xlsx filled in; a sheet for each table, its title above it."""

    def make(cells: Cells) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(template.write(".xlsx")))
        for name in template.TABLES:
            del book[name]
        for number, table in enumerate(cells.tables):
            sheet = book.create_sheet(f"Blad {number}")
            for at, row in enumerate([(table.title,), *table.rows], start=1):
                for column, text in enumerate(row, start=1):
                    sheet.cell(at, column).value = int(text) if text.isdigit() else text or None
        return saved(book)

    return make


@pytest.fixture(scope="session")
def as_csv() -> Maker:
    """Cells -> .csv: the tables one below the other, an empty line between, titles above."""

    def make(cells: Cells) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        for table in cells.tables:
            writer.writerow([table.title])
            writer.writerows([*table.rows, ()])
        return text.getvalue().encode("utf-8-sig")

    return make


def saved(document: docx.document.Document | Document | openpyxl.Workbook) -> bytes:
    """The bytes of a document of any of the libraries."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.fixture(scope="session")
def saved_bytes() -> Callable[[object], bytes]:
    """`saved`, for tests that make a document themselves."""
    return saved


@pytest.fixture(scope="session")
def printed(resolver: Resolver) -> Callable[[Cells], tuple[list[tuple[object, ...]], ...]]:
    """Cells -> what `read_annex` makes of them: (posting rows, mission rows, total and date)."""

    def read(cells: Cells) -> tuple[list[tuple[object, ...]], ...]:
        annex = read_annex("doc", cells.text, list(cells.tables), resolver)
        rows = [astuple(row) for row in annex.rows]
        missions = [astuple(row) for row in annex.deployments]
        return rows, missions, [(annex.total,)]

    return read


@pytest.fixture(scope="session")
def repacked() -> Callable[..., bytes]:
    """(zip, {part: bytes or None to leave it out}) -> the zip with those parts changed or added."""

    def make(content: bytes, changes: dict[str, bytes | None]) -> bytes:
        made = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name, part in _changed(old, changes):
                new.writestr(name, part)
        return made.getvalue()

    return make


def _changed(old: zipfile.ZipFile, changes: dict[str, bytes | None]) -> Iterator[tuple[str, bytes]]:
    for name in (*old.namelist(), *(name for name in changes if name not in old.namelist())):
        part = changes[name] if name in changes else old.read(name)
        if part is not None:
            yield name, part
