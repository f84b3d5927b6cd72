"""A zip is judged before a library opens it: its kind, its parts, its real size."""

from __future__ import annotations

import io
import zipfile

import pytest

from data.documents import package
from data.documents.cells import Cells, PrintedTable
from geo.errors import DataError

CELLS = Cells("Words", (PrintedTable("1. One", (("Plaatsingen",), ("Somewhere",))),))
BOMB = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'


@pytest.fixture(scope="module")
def word(as_docx) -> bytes:
    return as_docx(CELLS)


def refused(content: bytes, kind: str) -> str:
    with pytest.raises(DataError) as error:
        package.check(content, kind)
    return error.value.code


def test_real_files_pass(as_docx, as_odt, as_xlsx):
    for make, kind in ((as_docx, "docx"), (as_odt, "odt"), (as_xlsx, "xlsx")):
        package.check(make(CELLS), kind)


def test_the_kind_is_what_the_package_declares(as_odt, as_xlsx, word):
    assert refused(as_odt(CELLS), "docx") == "name_of_other_kind"
    assert refused(as_xlsx(CELLS), "ods") == "name_of_other_kind"
    assert refused(zipped({"a.txt": b"a"}), "odt") == "zip_of_other_kind"


@pytest.mark.parametrize("part", [BOMB, OUTSIDE, b"\xef\xbb\xbf" + BOMB, BOMB.lower()])
@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/styles.xml", "customXml/item", "x.rels"]
)
def test_declarations_are_refused(repacked, word, part: bytes, name: str):
    assert refused(repacked(word, {name: part}), "docx") == "declares_entities"


def test_a_declaration_over_the_edge_of_a_chunk_is_found(repacked, word):
    for shift in range(8):
        padded = b"<x>" + b" " * ((1 << 16) - 3 - shift) + b"<!DOCTYPE x>"
        assert refused(repacked(word, {"word/a.xml": padded}), "docx") == "declares_entities"


def test_an_encoding_that_hides_a_declaration_is_refused(repacked, word):
    for hidden in (
        BOMB.decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="IBM037"?><x/>',
    ):
        assert refused(repacked(word, {"word/document.xml": hidden}), "docx") == "part_not_utf8"


def test_a_drawing_may_have_a_document_type(repacked, word):
    """It is a picture, which nothing here opens."""
    package.check(repacked(word, {"word/media/image1.svg": b"<!DOCTYPE svg><svg/>"}), "docx")


def test_what_unpacks_to_too_much_is_refused(repacked, word):
    bomb = b"<x>" + b" " * 3_000_000
    assert refused(repacked(word, {"word/document.xml": bomb}), "docx") == "unpacks_too_far"
    pictures = dict.fromkeys((f"word/media/{at}.png" for at in range(6)), bytes(10_000_000))
    assert refused(repacked(word, pictures), "docx") == "unpacks_too_far"


def test_a_size_that_lies_is_found(repacked, word):
    """The stated size of the unpacked part is in both headers; here both say 10."""
    content = bytearray(repacked(word, {"word/document.xml": b"<x>" + b"y" * 200_000}))
    size = (200_003).to_bytes(4, "little")
    assert content.count(size) == 2
    lying = bytes(content).replace(size, (10).to_bytes(4, "little"))
    assert refused(lying, "docx") == "unpacks_too_far"


def test_strict_open_xml_gets_the_usual_names(as_xlsx, word):
    content = as_xlsx(CELLS)
    assert package.transitional(content) is content
    assert package.transitional(word) is word
    strict = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" '
    strict += b"xmlns:r='http://purl.oclc.org/ooxml/officeDocument/relationships'/>"
    words = b"<t>http://purl.oclc.org/ooxml/x/</t>"
    made = package.transitional(zipped({"xl/workbook.xml": strict, "xl/a.xml": words}))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert packed.read("xl/workbook.xml") == (
            b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            b"xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'/>"
        )
        assert packed.read("xl/a.xml") == words


def test_too_many_rows_are_counted_before_anything_is_parsed(repacked, word):
    rows = b"<w:tbl>" + b"<w:tr></w:tr>" * 100_000
    assert refused(repacked(word, {"word/document.xml": rows}), "docx") == "too_many_rows"


def test_rows_are_counted_once_over_chunks(repacked, word):
    rows = b"<w:tbl>" + b"".join(b"<w:tr a='%d'>" % (at * 7919) for at in range(5_000))
    assert len(rows) > 1 << 16
    package.check(repacked(word, {"word/document.xml": rows}), "docx")
    more = rows + b"<w:tr>"
    assert refused(repacked(word, {"word/document.xml": more}), "docx") == "too_many_rows"


@pytest.mark.parametrize("name", ["../x.xml", "/x.xml", "a/../../x", "C:\\x", "a\\..\\x", "C:x"])
def test_path_tricks_are_refused(repacked, word, name: str):
    assert refused(repacked(word, {name: b"x"}), "docx") == "strange_part_names"


def test_a_part_twice_is_refused(word):
    made = io.BytesIO(word)
    with zipfile.ZipFile(made, "a") as packed, pytest.warns(UserWarning):
        packed.writestr("word/document.xml", b"<x/>")
    assert refused(made.getvalue(), "docx") == "strange_part_names"


def test_thousands_of_parts_are_refused():
    many = zipped({f"{at}.xml": b"" for at in range(2_001)})
    assert refused(many, "docx") == "too_many_parts"


def test_an_encrypted_opendocument_is_protected(repacked, as_odt):
    manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    content = repacked(as_odt(CELLS), {"META-INF/manifest.xml": manifest})
    assert refused(content, "odt") == "file_protected"


def test_a_zip_with_a_password_is_protected(word):
    content = bytearray(word)
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refused(bytes(content), "docx") == "file_protected"


@pytest.mark.parametrize("keep", [0, 4, 30, 1_000, -1, -30, -400])
def test_a_cut_file_is_damaged(word, keep: int):
    assert refused(word[:keep], "docx") == "file_damaged"


def test_changed_bytes_never_give_anything_but_a_refusal(word):
    for at in range(0, len(word), 97):
        content = bytearray(word)
        content[at] ^= 0xFF
        try:
            package.check(bytes(content), "docx")
        except DataError as error:
            assert "\n" not in str(error)


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return made.getvalue()
