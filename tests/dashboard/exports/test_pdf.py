"""A report as PDF: accessible by the compiler's own judgement, whole, and the same every time."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pdfplumber
import pytest

from dashboard.exports import pdf as writer
from dashboard.exports import picture
from dashboard.exports.typesetting import RefusedError
from dashboard.report import Cell, Chart, Provenance, Report, Section, Source, Table, Text

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50" width="200" height="50">'
    '<rect width="200" height="50" fill="#def"/></svg>'
)
HOSTILE = '$x$ #panic("weg") *vet* \\ "@_<b>'
IMPRINT = Provenance(
    "bijlage-1",
    "bijlage-1 · 0a1b2c3d",
    "1 januari 2026",
    [("Organisaties", "NP"), ("Gebied", HOSTILE)],
    "Grenzen zeggen niets.",
    "http://127.0.0.1:8501/land?land=ARE",
    [Source("kst-1", "Brief over liaisons", "2013-10-09", "https://example.org/kst-1", "Niets")],
    "2026-11-22",
)
CHART = Chart(
    "missions",
    "Mensen per missie",
    None,
    "EUAM: 3.",
    ["Missie", "n"],
    [["EUAM", Cell("3", 3)]],
    "b",
)
LONG = Table("long", "Lang", ["Land", "Aantal"], [[f"Land {n}", Cell("1", 1)] for n in range(90)])
WIDE = Table("wide", "Breed", [f"Kolom {n}" for n in range(9)], [["x"] * 9])


def report(*blocks: Any, language: str = "nl", heading: str = "Kop") -> Report:
    sections = [Section("s", heading, blocks)]
    return Report("n", "Emiraten", "Twee liaisons", [HOSTILE], sections, IMPRINT, language)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "drawing_svg", lambda *about, **more: SVG)


def opened(made: Report) -> pdfplumber.PDF:
    return pdfplumber.open(io.BytesIO(writer.pdf(made)))


def elements(document: pdfplumber.PDF) -> Iterator[dict[str, Any]]:
    """Every element of the tree of tags, page by page."""
    waiting = [each for page in document.pages for each in page.structure_tree]
    while waiting:
        element = waiting.pop()
        waiting += element.get("children", [])
        yield element


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", ["Pagina 1 van 1", "Figuur 1", "Tabel 1"]), ("en", ["Page 1 of 1", "Figure 1"])],
)
def test_a_reader_and_a_screen_reader_get_the_same(language: str, said: list[str]) -> None:
    made = writer.pdf(report(CHART, language=language))
    assert b"pdfuaid:part>1<" in made
    document = pdfplumber.open(io.BytesIO(made))
    catalog = document.doc.catalog
    assert catalog["Lang"].decode() == language and catalog["MarkInfo"]["Marked"] is True
    assert [document.metadata[key] for key in ("Title", "Author")] == [
        "Twee liaisons",
        "Liaisonatlas",
    ]
    assert document.metadata["CreationDate"].startswith("D:20261122")
    found = list(elements(document))
    assert {"H1", "H2", "L", "Table", "THead", "TH", "TD", "Caption", "Note", "Link"} <= {
        each["type"] for each in found
    }
    assert [e.get("alt_text") for e in found if e["type"] == "Figure"] == ["EUAM: 3."]
    text = document.pages[0].extract_text()
    for words in ["Twee liaisons", HOSTILE, "Brief over liaisons", "22 november 2026", *said]:
        assert words.casefold() in text.casefold(), words


def test_the_compiler_refuses_a_picture_without_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """Shows that the standard is enforced and not only claimed."""
    without = tmp_path / "pdf.typ"
    look = writer.LOOK.read_text("utf-8")
    without.write_text(look.replace("alt: part.alternative, ", ""), "utf-8")
    monkeypatch.setattr(writer, "LOOK", without)
    with pytest.raises(RefusedError, match="missing alt text"):
        writer.pdf(report(CHART))


def test_headings_are_bookmarks() -> None:
    outline = [
        (level, title.strip()) for level, title, *_ in opened(report(LONG)).doc.get_outlines()
    ]
    assert outline == [
        (1, "In het kort"),
        (1, "Kop"),
        (1, "Verantwoording"),
        (2, "Bronnen"),
        (2, "Grenzen en namen"),
        (2, "Herkomst van dit bestand"),
    ]


def test_a_long_table_repeats_its_header_and_keeps_every_row() -> None:
    pages = [page.extract_text() for page in opened(report(LONG)).pages]
    assert len(pages) > 1
    rows = [line for page in pages for line in page.splitlines()]
    assert [line for line in rows if line.startswith("Land ")].count("Land Aantal") == sum(
        "Land Aantal" in page for page in pages
    )
    assert sum("Land Aantal" in page for page in pages) > 1
    assert [f"Land {n} 1" for n in range(90) if f"Land {n} 1" not in rows] == []


def test_a_broad_table_lies_down_with_its_heading_and_note() -> None:
    document = opened(report(Text("Vooraf."), WIDE, Text("Een noot.", "note"), Text("Daarna.")))
    turned = [page.extract_text() for page in document.pages if page.width > page.height]
    assert len(turned) == 1
    assert all(words in turned[0] for words in ("Kop", "Vooraf.", "Kolom 8", "Een noot."))
    assert "Daarna." not in turned[0]


def test_only_addresses_on_the_web_become_links() -> None:
    cell = Cell("hier", href="javascript:alert(1)")
    page = opened(report(Table("t", "T", ["A"], [[cell]]))).pages[0]
    assert {link["uri"] for link in page.hyperlinks} == {
        IMPRINT.permalink,
        "https://example.org/kst-1",
    }


def test_signs_that_no_typeface_has_are_marked() -> None:
    text = opened(report(Text("Curaçao 日本 \x07\u202eeinde 😀"))).pages[0].extract_text()
    assert "Curaçao \ufffd\ufffd einde \ufffd" in text


def test_every_sign_that_is_let_through_can_be_set() -> None:
    signs = (chr(n) for first, last in writer.SIGNS for n in range(first, last + 1))
    kept = [sign for sign in signs if unicodedata.category(sign)[0] not in "C"]
    assert len(kept) > 1_500 and writer.settable("".join(kept[:95])) == "".join(kept[:95])
    writer.pdf(report(Text(" ".join(kept))))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert writer.pdf(report(CHART, LONG)) == writer.pdf(report(CHART, LONG))


def test_a_second_note_does_not_stand_alone_on_a_page_that_lies_down() -> None:
    """Rows of the table fill its page; what follows the first note goes to the next upright one."""
    rows = [["x"] * 9 for _ in range(28)]
    wide = Table("wide", "Breed", WIDE.headers, rows)
    notes = [Text("Noot een. " * 60, "note"), Text("Noot twee.", "note"), Text("Daarna.")]
    pages = opened(report(wide, *notes)).pages
    [last] = [page for page in pages if "Noot twee." in page.extract_text()]
    assert last.width < last.height and "Daarna." in last.extract_text()


@pytest.mark.parametrize("lines", range(13, 17))  # fewer and more leave room, or a new page
def test_a_heading_stands_on_the_page_of_its_figure(lines: int, monkeypatch: Any) -> None:
    """Whatever stands above, and with the source of the figure below it."""
    high = SVG.replace('height="50"', 'height="100"').replace("200 50", "200 100")
    monkeypatch.setattr(picture, "drawing_svg", lambda *about, **more: high)
    chart = replace(CHART, rows=[], source="Een lange bron. " * 12)
    filler = Section("a", "Eerst", [Text("Regel.", "note")] * lines)
    made = replace(report(), sections=[filler, Section("b", "Kop van het beeld", [chart])])
    [page] = [p for p in opened(made).pages if "Kop van het beeld" in p.extract_text()]
    assert "Figuur 1" in page.extract_text()


@pytest.mark.parametrize(
    ("sides", "page"),
    [
        ("200 170", 0),  # of 166 mm by 141: nearly fits below the summary
        ("200 260", 1),  # would be less than 70 per cent of itself
    ],
)
def test_the_first_page_is_not_half_empty_for_a_figure_that_nearly_fits(
    sides: str, page: int, monkeypatch: Any
) -> None:
    height = sides.split()[1]
    high = SVG.replace("200 50", sides).replace('height="50"', f'height="{height}"')
    monkeypatch.setattr(picture, "drawing_svg", lambda *about, **more: high)
    pages = opened(replace(report(replace(CHART, rows=[])), summary=["In het kort. " * 20])).pages
    assert "Figuur 1" in pages[page].extract_text() and "Kop" in pages[page].extract_text()
    assert [n for n, each in enumerate(pages) if "Figuur 1" in each.extract_text()] == [page]
