"""Word files: structure for a screen reader, real footnotes and fields, text that stays text."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from lxml import etree

from dashboard.exports import picture
from dashboard.exports.office import columns, web
from dashboard.exports.word import word
from dashboard.report import (
    Cell,
    Chart,
    Map,
    Piece,
    Provenance,
    Report,
    Section,
    Source,
    Table,
    Text,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(autouse=True)
def _undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "drawing", lambda *about, **more: DOT)


def a_report(language: str = "nl") -> Report:
    """A map, a chart with a gap, a table with hostile cells, a wide table and a note behind it."""
    seen = Map(
        "m", "Kaart <van> “dekking”", {}, [], "Peru & Chili\x0b bediend", "bijlage-1, tabel 1"
    )
    rows = [["Mali", Cell("1", 1)], ["OSC", "niet in de tabel"], ["Kosovo", Cell("4", 4)]]
    chart = Chart("c", "Per missie", None, "Mali 1, Kosovo 4", ["Missie", "2025"], rows, "brief-2")
    evil = [[Cell("=1+1"), Cell("1.234", 1234), Cell("a\x00b\x0bc\ud800]]>", None, "x\nonclick")]]
    table = Table("t", "Vreemde cellen", ["Land", "Aantal", "Tekst"], evil)
    wide = Table("w", "Brede tabel", list("abcdefgh"), [[Cell(str(n), n) for n in range(8)]])
    sources = [
        Source(
            "bijlage-1",
            "De bijlage",
            "2025-12-01",
            "https://example.org/a?b=1&c=2",
            "noemt niet wie",
        ),
        Source("brief-2", "De brief", "2013", "javascript:alert(1)"),
    ]
    provenance = Provenance(
        "bijlage-1", "bijlage-1 · 3f2a", "1 januari 2026", [("Organisaties", "alle")],
        "Grenzen zeggen niets.", "http://127.0.0.1:8501/land?land=PER", sources, "2026-11-22",
    )  # fmt: skip
    sections = [
        Section("a", "Dekking", [Text("Eerst dit."), seen, Text("punt", "item"), chart]),
        Section("b", "Cellen", [table, wide, Text("Een noot.", "note")]),
        Section("c", "", [Text("Slot.")]),
    ]
    return Report(
        "x", "Peru", "Peru heeft één liaison", ["Eén zin."], sections, provenance, language
    )


def opened(report: Report) -> docx.document.Document:
    return docx.Document(io.BytesIO(word(report)))


def part(report: Report, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(word(report))) as package:
        return etree.fromstring(package.read(name))


def said(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t"))


def styled(report: Report, style: str) -> list[str]:
    found = opened(report).element.body.iter(f"{W}p")
    return [said(p) for p in found if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == style]


def test_headings_in_order() -> None:
    report = a_report()
    found = [p for p in opened(report).paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert [(p.style.name, p.text) for p in found] == [
        ("Title", "Peru heeft één liaison"),
        ("Heading 1", "In het kort"),
        ("Heading 1", "Dekking"),
        ("Heading 1", "Cellen"),
        ("Heading 1", "Verantwoording"),
        ("Heading 2", "Bronnen"),
        ("Heading 2", "Grenzen en namen"),
        ("Heading 2", "Herkomst van dit bestand"),
    ]


@pytest.mark.parametrize(
    ("language", "captions", "code", "name"),
    [
        (
            "nl",
            ["Figuur 1  Kaart <van> “dekking”", "Figuur 2  Per missie",
             "Tabel 1  Gegevens bij figuur 22", "Tabel 2  Vreemde cellen", "Tabel 3  Brede tabel"],
            "nl-NL", "Tabel",
        ),
        (
            "en",
            ["Figure 1  Kaart <van> “dekking”", "Figure 2  Per missie",
             "Table 1  Data of figure 22", "Table 2  Vreemde cellen", "Table 3  Brede tabel"],
            "en-GB", "Table",
        ),
    ],
)  # fmt: skip
def test_captions_are_numbered_by_fields_in_the_language(
    language: str, captions: list[str], code: str, name: str
) -> None:
    """The second 2 of "figuur 22" is the raised number of the footnote, which is the figure's."""
    report = a_report(language)
    assert styled(report, "Caption") == captions
    fields = [f.get(f"{W}instr").strip() for f in opened(report).element.body.iter(f"{W}fldSimple")]
    assert fields.count(f"SEQ {name} \\* ARABIC") == 3
    assert "REF figure_2 \\h \\* Lower" in fields and "NOTEREF note_2 \\f \\h" in fields
    styles = part(report, "word/styles.xml")
    assert styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == code
    settings = part(report, "word/settings.xml")
    assert settings.find(f"{W}themeFontLang").get(f"{W}val") == code
    assert opened(report).core_properties.language == code


def test_every_field_and_link_points_at_a_bookmark() -> None:
    body = opened(a_report()).element.body
    marks = [each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")]
    ids = [each.get(f"{W}id") for each in body.iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == len(marks) and len(set(ids)) == len(ids)
    instructions = " ".join(f.get(f"{W}instr") for f in body.iter(f"{W}fldSimple"))
    pointed = set(re.findall(r"REF (\w+)", instructions))
    notes = part(a_report(), "word/footnotes.xml")
    pointed |= {each.get(f"{W}anchor") for each in notes.iter(f"{W}hyperlink")}
    assert pointed == {"figure_2", "note_2", "source_1", "source_2"}
    assert pointed <= set(marks)


def test_footnotes_name_the_source_and_for_a_map_the_borders() -> None:
    notes = part(a_report(), "word/footnotes.xml")
    kinds = [note.get(f"{W}type") for note in notes]
    assert kinds == ["separator", "continuationSeparator", None, None]
    assert [said(note).strip() for note in notes[2:]] == [
        "Bron: bijlage-1, tabel 1. Grenzen zeggen niets.",
        "Bron: brief-2.",
    ]
    body = opened(a_report()).element.body
    numbers = [each.get(f"{W}id") for each in body.iter(f"{W}footnoteReference")]
    assert numbers == [note.get(f"{W}id") for note in notes[2:]] == ["1", "2"]


def test_tables_have_a_header_row_that_repeats_and_rows_that_hold_together() -> None:
    facts, data, cells, wide = opened(a_report()).element.body.findall(f"{W}tbl")
    for table in (data, cells, wide):
        rows = table.findall(f"{W}tr")
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        look = table.find(f"{W}tblPr/{W}tblLook")
        assert (look.get(f"{W}firstRow"), look.get(f"{W}firstColumn")) == ("1", "1")
    assert facts.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstRow") == "0"
    right = [
        [cell.find(f".//{W}jc") is not None for cell in row.iter(f"{W}tc")]
        for row in data.iter(f"{W}tr")
    ]
    assert right == [[False, True]] * 4  # also the cell that says why there is no number


def test_text_stays_text() -> None:
    report = a_report()
    cells = opened(report).element.body.findall(f"{W}tbl")[2].findall(f"{W}tr")[1]
    assert [said(cell) for cell in cells.findall(f"{W}tc")] == ["=1+1", "1.234", "abc]]>"]
    with zipfile.ZipFile(io.BytesIO(word(report))) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
    links = set(re.findall(r'Target="(\w+:[^"]*)"', relations))
    assert links == {"https://example.org/a?b=1&amp;c=2", "http://127.0.0.1:8501/land?land=PER"}


def test_pictures_say_what_they_show() -> None:
    body = opened(a_report()).element.body
    found = [each.attrib for each in body.iter("{*}docPr")]
    assert [(a["name"], a["title"], a["descr"]) for a in found] == [
        ("Figuur 1", "Kaart <van> “dekking”", "Peru & Chili bediend"),
        ("Figuur 2", "Per missie", "Mali 1, Kosovo 4"),
    ]


def test_a_wide_table_lies_down_and_no_paragraph_is_empty() -> None:
    document = opened(a_report())
    turned = [s.page_width > s.page_height for s in document.sections]
    assert turned == [False, True, False]
    footers = [s.footer.paragraphs[0] for s in document.sections]
    assert {said(f._p) for f in footers} == {"bijlage-1 · 3f2aPagina 1 van 1"}
    for p in document.element.body.findall(f"{W}p"):
        assert said(p) or p.find(f".//{W}drawing") is not None
    assert "Tabel 2: 1 rij." in styled(a_report(), "Note")  # the table before the turn


def test_properties_and_the_same_bytes_each_time() -> None:
    report = a_report()
    core = opened(report).core_properties
    assert (core.title, core.subject) == ("Peru heeft één liaison", "Peru")
    assert core.author == core.last_modified_by == "Liaisonatlas"
    assert core.created.isoformat()[:10] == core.modified.isoformat()[:10] == "2026-11-22"
    assert word(report) == word(a_report())
    assert (
        opened(replace(report, title="t" * 9 + " " + "lang " * 99)).core_properties.title[-1] == "…"
    )


def test_a_report_without_anything_is_a_file_too() -> None:
    empty = replace(a_report().provenance, sources=[], filters=[], borders="", permalink="")
    bare = Report("x", "Peru", "Niets", [], [], empty, "nl")
    texts = [p.text for p in opened(bare).paragraphs]
    assert texts[:2] == ["Bijlage", "Niets"] and "Bronnen" not in texts


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.nl/b c", "https://a.nl/b%20c"),
        ("javascript:alert(1)", ""),
        ("http://[x", ""),
        ("land?land=PER", ""),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str, link: str) -> None:
    assert web(address) == link


def test_columns_share_the_page_and_short_ones_stay_whole() -> None:
    table = Table("t", "", ["A", "B"], [["kort", "heel veel woorden " * 30]])
    short, long = columns(table, 160, 8, 3)
    assert short + long == pytest.approx(160)
    assert 8 < short < 30 < long


def test_each_printed_row_of_a_cell_is_a_link_of_its_own() -> None:
    home = "https://atlas.example.org/bronnen?rij="
    parts = (Piece("rijen "), Piece("33", f"{home}33"), Piece(" en "), Piece("46", f"{home}46"))
    cell = Cell("rijen 33 en 46", href=f"{home}33,46", parts=parts)
    table = Table("t", "Posten", ["Stad", "Bron"], [["Madrid", cell]])
    made = replace(a_report(), sections=[Section("a", "Posten", [table])])
    related = part(made, "word/_rels/document.xml.rels")
    assert {f"{home}33", f"{home}46"} <= {each.get("Target") for each in related}
    assert "rijen 33 en 46" in said(part(made, "word/document.xml"))
