"""A folder of an organisation changes how files look; a wrong one is one sentence at the start."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pptx
import pytest
import reportlab
from docx.shared import RGBColor

from dashboard.exports import house_style, picture, site_page, template_files
from dashboard.exports.house_check import NAMES, check
from dashboard.exports.house_style import OURS, contrast
from dashboard.exports.kinds import KINDS
from dashboard.i18n import texts_of
from dashboard.report import (
    Category,
    Cell,
    Chart,
    Provenance,
    Report,
    Section,
    Series,
    Source,
    Spec,
    Table,
    Text,
)
from dashboard.wording import error_line
from geo.errors import DataError

ROOT = Path(__file__).parents[3]
VERA = Path(reportlab.__file__).parent / "fonts"  # of the tests only: Bitstream Vera Sans
STYLE = """
[typeface]
office = "Georgia"
page = "Bitstream Vera Sans"
[colours]
accent = "#5b2a86"
line = "#aa99bb"
[dark]
accent = "#d7b9f5"
"""
TABLE = Table("t", "Tabel", ["Land", "N"], [["Peru", Cell("1", 1)], ["Chili", Cell("2", 2)]], "b")
BARS = Spec("bars", (Category("Peru"), Category("Chili")), (Series("N", (1.0, 2.0), "mission"),))


def a_report() -> Report:
    source = Source("b", "De bijlage", "2025-12-01", "https://example.org/a")
    about = ("b", "b · 3f2a", "1 januari 2026", [], "Grens.", "http://x/", [source], "2026-11-22")
    provenance = Provenance(*about)
    chart = Chart("c", "Staven", BARS, "Peru 1", ["Land"], [["Peru"]], "b")
    blocks = [Text("Een tekst."), Text("Een punt", "item"), TABLE, chart]
    return Report(
        "x", "Peru", "Peru telt", ["Zin."], [Section("s", "Kop", blocks)], provenance, "nl"
    )


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3" width="90" height="30"/>'
    dot = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    monkeypatch.setattr(picture, "drawing", lambda *about, **more: dot)
    monkeypatch.setattr(picture, "drawing_svg", lambda *about, **more: svg)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a style.toml and the letters that it names, set as the house style."""
    (tmp_path / "style.toml").write_text(STYLE, "utf-8")
    (tmp_path / "fonts").mkdir()
    for name in ("Vera.ttf", "VeraBd.ttf"):
        shutil.copy(VERA / name, tmp_path / "fonts")
    monkeypatch.setenv("LIAISONATLAS_HOUSE_STYLE", str(tmp_path))
    return tmp_path


def part(package: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name).decode()


def test_the_templates_are_what_their_parts_make_and_name_nobody() -> None:
    for name in template_files.PACKAGES:
        content = (OURS / name).read_bytes()
        assert content == template_files.packed(name), "python -m dashboard.exports.template_files"
        properties = part(content, "meta.xml" if name.endswith("ods") else "docProps/core.xml")
        assert re.sub("<[^>]*>", "", properties).strip() == ""
    check(OURS)


def test_word_takes_colours_and_typeface(house: Path) -> None:
    check(house)
    document = docx.Document(io.BytesIO(KINDS["word"].make(a_report())))
    styles = {style.name: style for style in document.styles}
    for name in ("Title", "Heading 1", "Caption"):
        assert str(styles[name].font.color.rgb) == "5B2A86"
    text = document.styles.element.xml
    assert 'w:ascii="Georgia"' in text and "154273" not in text and "Verdana" not in text
    assert 'w:color="AA99BB"' in styles["Lines"].element.xml


def test_slides_take_colours_and_typeface(house: Path) -> None:
    content = KINDS["slides"].make(a_report())
    theme = part(content, "ppt/theme/theme1.xml")
    assert theme.count('<a:latin typeface="Georgia"/>') == 2 and "Verdana" not in theme
    dark = re.search(r'<a:dk2>\s*<a:srgbClr val="(\w+)"', theme)
    assert dark and dark[1] == "5B2A86"
    assert "AA99BB" in part(content, "ppt/tableStyles.xml")
    chart = part(content, "ppt/charts/chart1.xml")
    assert "AA99BB" in chart and 'typeface="+mn-lt"' in chart


def test_sheets_take_colours_and_typeface(house: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(KINDS["xlsx"].make(a_report())))
    font = book[book.sheetnames[1]]["A1"].font
    assert (font.name, font.color.rgb[-6:]) == ("Georgia", "5B2A86")
    styles = part(KINDS["ods"].make(a_report()), "styles.xml")
    assert 'fo:font-family="Georgia"' in styles and "#5B2A86" in styles and "154273" not in styles


def test_pdf_takes_colours_and_typeface(house: Path) -> None:
    with pdfplumber.open(io.BytesIO(KINDS["pdf"].make(a_report()))) as document:
        title = [char for char in document.pages[0].chars if char["size"] > 19]
    assert "".join(char["text"] for char in title) == "Peru telt"
    assert {"BitstreamVeraSans" in char["fontname"] for char in title} == {True}
    colours = {tuple(round(part * 255) for part in char["non_stroking_color"]) for char in title}
    assert colours == {(0x5B, 0x2A, 0x86)}


def test_the_site_takes_colours_and_typeface(house: Path) -> None:
    css = site_page._style(house_style.current())
    light, dark = css.index("--blue: #5b2a86"), css.index("--blue: #d7b9f5")
    assert light < dark and "--line: #aa99bb" in css and "--link: #01689b" in css
    letters = re.findall(r'font-family:"([^"]*)";font-weight:(\d+).*?url\(data:font/(\w+)', css)
    assert letters == [("Bitstream Vera Sans", "400", "ttf"), ("Bitstream Vera Sans", "700", "ttf")]
    assert '1rem/1.5 "Bitstream Vera Sans"' in css


def test_templates_of_their_own_keep_their_own_look(house: Path) -> None:
    """In front of style.toml; and what stands in them as an example is left out."""
    document = docx.Document(str(OURS / "word.docx"))
    document.styles["Title"].font.color.rgb = RGBColor(0, 0x66, 0x33)
    document.sections[0].header.paragraphs[0].text = "Ministerie van Voorbeelden"
    document.add_paragraph("Voorbeeldtekst", style="Normal")
    document.save(str(house / "word.docx"))
    deck = pptx.Presentation(str(OURS / "slides.pptx"))
    layout = deck.slide_layouts[1]
    layout.name = "Titel en object"  # as PowerPoint calls it in Dutch
    deck.slides.add_slide(layout).shapes.title.text = "Voorbeelddia"
    layout.placeholders[1].left, layout.placeholders[1].top = 1_000_000, 2_000_000
    layout.placeholders[1].width, layout.placeholders[1].height = 10_000_000, 3_000_000
    deck.save(str(house / "slides.pptx"))
    page = (OURS / "site.html").read_text("utf-8")
    page = page.replace("</footer>", "<p>Voorbeelden</p></footer>")
    (house / "site.html").write_text(page, "utf-8")
    check(house)
    made = docx.Document(io.BytesIO(KINDS["word"].make(a_report())))
    assert str(made.styles["Title"].font.color.rgb) == "006633"
    assert str(made.styles["Heading 1"].font.color.rgb) == "154273"
    assert made.sections[0].header.paragraphs[0].text == "Ministerie van Voorbeelden"
    assert "Voorbeeldtekst" not in [paragraph.text for paragraph in made.paragraphs]
    slides = pptx.Presentation(io.BytesIO(KINDS["slides"].make(a_report()))).slides
    assert "Voorbeelddia" not in [slide.shapes.title.text for slide in slides]
    table = next(shape for slide in slides for shape in slide.shapes if shape.has_table)
    assert (table.left, table.top, table.width) == (1_000_000, 2_000_000, 10_000_000)


def without_style(folder: Path) -> None:
    document = docx.Document(str(OURS / "word.docx"))
    for name in ("Note", "Lines"):
        style = document.styles[name]
        style.element.getparent().remove(style.element)
    document.save(str(folder / "word.docx"))


def without_layout(folder: Path) -> None:
    deck = pptx.Presentation(str(OURS / "slides.pptx"))
    deck.slide_layouts.remove(deck.slide_layouts[2])
    deck.save(str(folder / "slides.pptx"))


def without_place(folder: Path) -> None:
    deck = pptx.Presentation(str(OURS / "slides.pptx"))
    for holder in list(deck.slide_layouts[1].placeholders):
        if holder.name == "Source":
            holder.name = "Bron"
    deck.save(str(folder / "slides.pptx"))


def without_cells(folder: Path) -> None:
    package = io.BytesIO((OURS / "sheets.ods").read_bytes())
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(folder / "sheets.ods", "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b'"Date" style:family', b'"Dag" style:family')
            new.writestr(name, content)


def without_scripts(folder: Path) -> None:
    page = (OURS / "site.html").read_text("utf-8")
    for old, new in (("{{ scripts }}", ""), ('id="found"', ""), ("</footer>", "{{ logo }}")):
        page = page.replace(old, new)
    (folder / "site.html").write_text(page, "utf-8")


def written(name: str, content: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(content, "utf-8")


BROKEN = [
    (without_style, "word.docx: this template lacks the style Note, the style Lines."),
    (without_layout, "slides.pptx: this template lacks the layout Title Only."),
    (without_place, "lacks a place named Source in the layout Title and Content."),
    (without_cells, "sheets.ods: this template lacks the style Date."),
    (without_scripts, 'site.html: this template lacks an element with id="found", {{ scripts }}, '),
    (without_scripts, "anything to put in the place of logo."),
    (written("site.html", "{% if %}"), "site.html: this template cannot be opened: Expected"),
    (written("word.docx", "no package"), "word.docx: this template cannot be opened: "),
    (written("Word.docx", ""), "Word.docx: no file of a house style has this name."),
    (written("style.toml", "[colours\n"), "style.toml: this is not TOML: "),
    (written("style.toml", "[colours]\nblue = '#154273'"), "a house style has no such part (found 'blue')"),
    (written("style.toml", "[colours]\naccent = 'blue'"), "colours.accent is not a colour (found"),
    (written("style.toml", "[colours]\naccent = 5"), "style.toml: accent is not text (found '5')"),
    (
        written("style.toml", "[colours]\nquiet = '#aaaaaa'"),
        "colours.quiet has a contrast of 2.3 to 1 on #ffffff (found '#aaaaaa'). Choose a colour with a contrast of 4.5",
    ),
    (written("style.toml", "[dark]\nlink = '#154273'"), "dark.link has a contrast of 1."),
    (written("style.toml", "[typeface]\npage = 'Optima'"), "the regular letters of Optima are not"),
    (written("style.toml", "[typeface]\noffice = 'A\"<b>'"), "style.toml: this is not the name of a typeface"),
]


@pytest.mark.parametrize(("spoil", "sentence"), BROKEN)
def test_what_is_wrong_is_one_sentence(
    spoil: Callable[[Path], object], sentence: str, tmp_path: Path
) -> None:
    spoil(tmp_path)
    with pytest.raises(DataError) as refused:
        check(tmp_path)
    line = error_line(texts_of("en"), refused.value)
    assert sentence in line and "\n" not in line
    assert len(line.removeprefix(str(tmp_path))) < 400


def test_letters_that_are_none(house: Path) -> None:
    (house / "fonts" / "Vera.ttf").write_bytes(b"none")
    with pytest.raises(DataError, match=r"Vera\.ttf: no_typeface"):
        check(house)


@pytest.mark.parametrize("command", ["run --port 8599", "export briefing --country ECU"])
def test_the_product_says_so_at_its_start(command: str, tmp_path: Path) -> None:
    without_style(tmp_path)
    environment = os.environ | {
        "LIAISONATLAS_HOUSE_STYLE": str(tmp_path),
        "LIAISONATLAS_VAR": str(tmp_path / "var"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", *command.split()],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert re.fullmatch(r"liaisonatlas: \S+word\.docx: this template lacks .*\n", done.stderr)


def test_contrast_is_that_of_wcag() -> None:
    """Black on white and the grey that just passes, as the standard's own examples have them."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_page_about_it_names_every_file_and_entry() -> None:
    page = (ROOT / "docs" / "house-style.md").read_text("utf-8")
    style = house_style.default()
    for name in (*NAMES, *style.colours, "office", "page", "fonts"):
        assert f"`{name}`" in page, name
