"""Any file a person may bring: its cells, or one sentence that names the file."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import openpyxl
import pytest

from data.documents import child, opening, template
from data.documents.cells import Cells, PrintedTable
from data.documents.opening import KINDS, name_of, open_file, plain_name
from geo.errors import DataError

TEXT = "1. Placed\n\n\tPlaatsingen\n\n\tEuropol\n"
TABLES = (PrintedTable("1. Placed", (("Plaatsingen",), ("Europol",))),)
CELLS = Cells("Words", TABLES)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HTML = b"\n<!DOCTYPE html><html><body><table><tr><td>Plaatsingen</td></tr></table></body></html>"
BINARY = random.Random(3).randbytes(4_000)
WORD, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def files(as_docx, as_odt, as_xlsx, as_csv) -> dict[str, bytes]:
    """A good file of each kind but .pdf."""
    made = {"docx": as_docx, "odt": as_odt, "xlsx": as_xlsx, "csv": as_csv}
    return {
        **{kind: make(CELLS) for kind, make in made.items()},
        "ods": template.write("ods"),
        "txt": TEXT.encode(),
    }


def refused(name: str, content: bytes, **more: int) -> str:
    """The sentence: one line, that begins with the name."""
    with pytest.raises(DataError) as error:
        open_file(name, content, **more)
    sentence = str(error.value)
    assert sentence.startswith(plain_name(name))
    assert sentence.isprintable()
    assert "Traceback" not in sentence and "None" not in sentence
    return sentence


@pytest.mark.parametrize("kind", ["docx", "odt", "xlsx", "csv", "txt"])
def test_every_kind_is_read(files, kind: str):
    assert open_file(f"Annex.{kind.upper()}", files[kind]).tables == TABLES


def test_an_ods_is_read(files):
    assert [table.title for table in open_file("a.ods", files["ods"]).tables] == [*template.TABLES]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_in_the_usual_encodings(encoding: str):
    found = open_file("a.txt", f"{TEXT}\nAzië – België’s\f\n".encode(encoding))
    assert found.tables[0].rows[0] == ("Plaatsingen",)
    assert "Azië – België’s" in found.text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file_empty"),
        (HTML, "content='html'"),
        (b"\x89PNG\r\n\x1a\n" + BINARY, "content='picture'"),
        (rb"{\rtf1 Plaatsingen}", "content='rtf'"),
        (OLE, "content='ole'"),
    ],
)
def test_content_of_no_kind_we_read(kind: str, content: bytes, reason: str):
    assert reason in refused(f"a.{kind}", content)


@pytest.mark.parametrize("kind", ["docx", "odt", "xlsx", "ods", "pdf"])
def test_random_bytes_and_text_are_no_document(kind: str):
    for content in (BINARY, TEXT.encode()):
        sentence = refused(f"a.{kind}", content)
        assert f"content_of_other_kind, kind='{kind}', content='other'" in sentence


@pytest.mark.parametrize("kind", ["txt", "csv"])
def test_bytes_that_are_no_text(kind: str):
    for content in (BINARY, b"a\0b", b"\xff\xfe" + BINARY, TEXT.encode("utf-16-le"), b"\x81\x8d"):
        assert "no_text" in refused(f"a.{kind}", content)


def test_a_name_of_another_kind(files):
    assert "content='pdf'" in refused("a.txt", b"%PDF-1.7\n")
    assert "content='pdf'" in refused("a.docx", b"%PDF-1.7\n")
    assert "content='zip'" in refused("a.pdf", files["docx"])
    assert "other='xlsx'" in refused("a.docx", files["xlsx"])
    assert "other='odt'" in refused("a.ods", files["odt"])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.doc", "old_kind_of_file, kind='doc', new='docx'"),
        ("a.RTF", "old_kind_of_file, kind='rtf', new='docx'"),
        ("a.xls", "old_kind_of_file, kind='xls', new='xlsx'"),
        ("a.exe", "kind_not_read, kind='exe', kinds=('docx', 'odt', 'pdf'"),
        ("annex", "name_without_kind"),
        ("", "name_without_kind"),
    ],
)
def test_names_of_other_kinds(name: str, told: str, files):
    assert told in refused(name, files["docx"])


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("../../etc/annex.txt", "annex.txt"),
        ("C:\\secret\\annex.txt", "annex.txt"),
        ("..\\../annex.txt", "annex.txt"),
        ("annex\x00\r\n.txt", "annex.txt"),
        ("annex\u202etxt.txt", "annextxt.txt"),
        ("folder/", "file"),
        ("..", ".."),
        ("x" * 500 + ".txt", "x" * 96 + ".txt"),
    ],
)
def test_tricks_in_names_do_not_matter(name: str, own: str):
    assert plain_name(name) == own
    if own.endswith(".txt"):
        assert open_file(name, TEXT.encode()).tables == TABLES
        assert refused(name, b"").startswith(f"{own}: ")


def test_a_file_over_the_size(files):
    assert "file_too_large, megabytes=0.001" in refused("a.docx", files["docx"], largest=1_000)
    assert open_file("a.txt", TEXT.encode(), largest=len(TEXT)).tables == TABLES


def test_a_password():
    protected = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(64)
    for kind in ("docx", "xlsx"):
        assert "file_protected" in refused(f"a.{kind}", protected)


@pytest.mark.parametrize("kind", ["docx", "odt", "xlsx", "ods"])
def test_a_file_cut_short(files, kind: str):
    for keep in (40, len(files[kind]) // 2, len(files[kind]) - 10):
        sentence = refused(f"a.{kind}", files[kind][:keep])
        assert f"file_damaged, kind='{kind}'" in sentence


def test_parts_that_are_not_what_they_should_be(files, repacked):
    for kind, part in (("docx", WORD), ("odt", "content.xml"), ("xlsx", SHEET)):
        for wrong in (b"", b"<x", b"<x/>", b"text", None):
            content = repacked(files[kind], {part: wrong})
            if kind == "xlsx" and wrong == b"<x/>":
                continue  # a sheet without rows
            assert "file_damaged" in refused(f"a.{kind}", content)


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    + "]><x>&a9;</x>"
).encode()
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'


@pytest.mark.parametrize("bomb", [ENTITIES, OUTSIDE])
def test_entities(files, repacked, bomb: bytes):
    for kind, part in (
        ("docx", WORD),
        ("odt", "content.xml"),
        ("xlsx", SHEET),
        ("ods", "content.xml"),
    ):
        content = repacked(files[kind], {part: bomb})
        assert "declares_entities" in refused(f"a.{kind}", content)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("docx", (WORD, "another.xml", "media/picture.png")),
        ("odt", ("content.xml",)),
        ("xlsx", (SHEET,)),
        ("ods", ("content.xml",)),
    ],
)
def test_zip_bombs(files, repacked, kind: str, names: tuple[str, ...]):
    filled = b"<x>" + b"<a/>" * 10_000_000
    for name in names:
        bomb = repacked(files[kind], {name: filled})
        nested = repacked(files[kind], {"inner.zip": bomb, name: filled * 2})
        for content in (bomb, nested):
            if name == "media/picture.png" and content is bomb:
                continue  # 40 MB of a picture that nobody opens
            assert "unpacks_too_far" in refused(f"a.{kind}", content)


def test_a_hundred_thousand_rows(files, repacked):
    rows = 100_000
    row = b"<w:tr><w:tc><w:p><w:r><w:t>Peru - NP</w:t></w:r></w:p></w:tc></w:tr>"
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    word += b"<w:body><w:tbl>" + row * rows + b"</w:tbl></w:body></w:document>"
    assert "too_many_rows, most=5000" in refused("a.docx", repacked(files["docx"], {WORD: word}))
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'.format  # each its own, or it is a zip bomb
    lines = "".join(f"<row>{cell(f'Land {at}')}{cell(f'Stad {at}')}</row>" for at in range(rows))
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {names}><sheetData>{lines}</sheetData></worksheet>".encode()
    assert "too_many_rows, most=5000" in refused("a.xlsx", repacked(files["xlsx"], {SHEET: sheet}))
    lines = "".join(f"Land {at} - NP;Stad;Gebied\n" for at in range(rows))
    assert "too_many_rows, most=5000" in refused("a.csv", lines.encode())
    assert "too_many_rows, most=5000" in refused("a.txt", ("\tLand\n\tStad\n\n" * rows).encode())


def test_a_memory_that_is_filled_is_a_sentence(files, repacked):
    """A document of very many small elements takes twenty times its size in memory."""
    many = b"".join(b"<a/>%d" % (at * 7919 % 1_000_003) for at in range(3_000_000))
    for kind, part in (("odt", "content.xml"), ("docx", WORD)):
        content = repacked(files[kind], {part: b"<x>" + many + b"</x>"})
        assert "too_costly" in refused(f"a.{kind}", content)


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(opening, "SECONDS", 0.0)
    assert "too_costly" in refused("a.txt", TEXT.encode() * 100_000)


def test_an_answer_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(opening, "ANSWER", 20)
    assert "too_costly" in refused("a.txt", TEXT.encode())


def test_a_queue_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(opening, "PATIENCE", 0.0)
    monkeypatch.setattr(opening, "_AT_ONCE", threading.BoundedSemaphore(1))
    assert open_file("a.txt", TEXT.encode()).tables == TABLES
    with opening._AT_ONCE:
        assert "other_files_read" in refused("a.txt", TEXT.encode())
    assert open_file("a.txt", TEXT.encode()).tables == TABLES


def test_a_row_number_that_no_sheet_has(files, repacked):
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    row = '<row r="1000000000000"><c><v>1</v></c></row>'
    sheet = f"<worksheet {names}><sheetData>{row}</sheetData></worksheet>".encode()
    assert "too_many_rows, most=5000" in refused("a.xlsx", repacked(files["xlsx"], {SHEET: sheet}))


def test_text_of_many_millions_is_refused():
    assert "too_many_characters, most=3000000" in refused("a.txt", b"word word\n" * 300_001)


def test_a_formula_names_sheet_and_cell():
    book = openpyxl.load_workbook(io.BytesIO(template.write(".xlsx")))
    book["Missies"]["C2"] = "=SUM(C3:C9)"
    made = io.BytesIO()
    book.save(made)
    assert refused("x/Annex 1.xlsx", made.getvalue()) == (
        "Annex 1.xlsx, sheet Missies, row 2, column C: cell_holds_formula (found '=SUM(C3:C9)')"
    )


def test_random_changes_give_cells_or_a_sentence(files):
    chance = random.Random(42)
    for kind, content in files.items():
        for _ in range(3):
            changed = bytearray(content)
            for _ in range(chance.choice((1, 10, 200))):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            try:
                assert isinstance(open_file(f"a.{kind}", bytes(changed)), Cells)
            except DataError as error:
                assert str(error).startswith(f"a.{kind}") and str(error).isprintable()


def test_the_child_stays_light():
    """It may use 256 MB in all, so what it does not need it must not load."""
    code = (
        "import sys, data.documents.child as c; print(*sorted({'pandas', 'numpy', 'lxml', 'docx', "
        "'openpyxl', 'sqlalchemy', 'streamlit'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""


def test_a_system_without_limits(monkeypatch):
    monkeypatch.setitem(sys.modules, "resource", None)
    assert child.limit_itself() is None


def test_the_child_says_nothing_of_its_own_on_standard_error(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("x", b"x")
    ran = subprocess.run(
        [sys.executable, "-m", "data.documents.child", "docx"],
        input=made.getvalue(),
        capture_output=True,
        check=True,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")


def _zip(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.spreadsheet")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"iso3;waarde\nECU;3\n", "stdin.csv"),
        (b'\xef\xbb\xbf {"kind": 5}', "stdin.json"),
        (b"Bijlage Internationaal\n1. Netwerk\n", "stdin.txt"),
        (b"%PDF-1.7", "stdin.pdf"),
        (_zip("word/document.xml"), "stdin.docx"),
        (_zip("xl/workbook.xml"), "stdin.xlsx"),
        (_zip("mimetype", "content.xml"), "stdin.ods"),
        (b"PK\x03\x04 cut off", "stdin.zip"),
    ],
)
def test_standard_input_is_named_by_what_it_is(content: bytes, name: str) -> None:
    assert name_of(Path("-"), content) == name
    assert name_of(Path("folder/annex.docx"), content) == "annex.docx"
