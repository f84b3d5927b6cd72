"""Is this zip what its name says, and safe to open? Asked before any library sees it.

A Word, Excel or OpenDocument file is a zip of XML parts. Nothing here is unpacked to disk, no part
is held whole, and the sizes that the zip itself states are not believed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from data.documents.limits import ROWS, refusal
from geo.errors import DataError

PARTS = 2_000
UNPACKED = 50_000_000  # bytes of all parts together
RATIO = 200  # XML that packs better than this, beyond a megabyte, was made to fill a memory
_CHUNK = 1 << 16
_OPEN = "application/vnd.openxmlformats-officedocument."
_KINDS = {
    "docx": _OPEN + "wordprocessingml.document.main+xml",
    "xlsx": _OPEN + "spreadsheetml.sheet.main+xml",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_PICTURES = re.compile(r"(?:^|/)(?:media|Pictures|Thumbnails)/")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)", re.I)
_ROW = re.compile(rb"<(?:\w+:)?(?:tr|table-row)[\s/>]")
_OVERLAP = 64  # bytes; what is searched for may lie over the edge of two chunks
_STRICT = re.compile(rb"([\"'])http://purl\.oclc\.org/ooxml/(\w+)/")


def check(content: bytes, kind: str) -> None:
    """Raise DataError unless `content` is a harmless file of `kind` (docx, xlsx, odt or ods)."""
    if content.count(b"PK\x01\x02") > PARTS:  # the library would make an object for each
        raise refusal("too_many_parts", most=PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_names(packed)
            _check_kind(packed, kind)
            _check_parts(content, packed, rows=kind in ("docx", "odt"))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise damaged(kind) from error


def transitional(content: bytes) -> bytes:
    """A .docx or .xlsx with the names that libraries know, also where it is Strict Open XML.

    `content` has passed `check`. In the strict form, which the same programs write, the elements
    and relations are the same and only the names of their namespaces are others.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if not _STRICT.search(_start(packed, "_rels/.rels") + _main(packed)):
            return content
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as parts:
            for name in packed.namelist():
                part = packed.read(name)
                if name.endswith((".xml", ".rels")):
                    part = _STRICT.sub(rb"\1http://schemas.openxmlformats.org/\2/2006/", part)
                parts.writestr(name, part)
    return copy.getvalue()


def _main(packed: zipfile.ZipFile) -> bytes:
    """The beginnings of the parts that a Word or Excel file is named after."""
    names = ("word/document.xml", "xl/workbook.xml")
    return b"".join(_start(packed, name)[:10_000] for name in names)


def damaged(kind: str) -> DataError:
    """The refusal of a file that could not be read as its kind."""
    return refusal("file_damaged", kind=kind)


def protected() -> DataError:
    """The refusal of a file that only opens with a password."""
    return refusal("file_protected")


def _check_names(packed: zipfile.ZipFile) -> None:
    names = [info.filename for info in packed.infolist()]
    for info in packed.infolist():
        if info.flag_bits & 1:
            raise protected()
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusal("unusual_packing")
    parts = [part for name in names for part in re.split(r"[/\\]", name)[:-1] or [""]]
    strange = [name for name in names if re.match(r"[/\\]|\w:", name) or "\0" in name]
    if strange or ".." in parts or len(set(names)) < len(names):
        raise refusal("strange_part_names")


def _check_kind(packed: zipfile.ZipFile, kind: str) -> None:
    """By what the package declares: the name of a file is only a name."""
    found = _declared_kind(packed)
    if found is None:
        raise refusal("zip_of_other_kind", kind=kind)
    if found != kind:
        raise refusal("name_of_other_kind", kind=kind, other=found)
    if kind in ("odt", "ods") and b"encryption-data" in _start(packed, "META-INF/manifest.xml"):
        raise protected()


def _declared_kind(packed: zipfile.ZipFile) -> str | None:
    declared = _start(packed, "[Content_Types].xml").decode("utf-8", "replace")
    mimetype = _start(packed, "mimetype").decode("utf-8", "replace").strip()
    for kind, name in _KINDS.items():
        if mimetype == name or (kind in ("docx", "xlsx") and f'"{name}"' in declared):
            return kind
    return None


def _start(packed: zipfile.ZipFile, name: str) -> bytes:
    """The first megabyte of a part; nothing where there is no such part."""
    if name not in packed.namelist():
        return b""
    with packed.open(name) as part:
        return part.read(1_000_000)


def _check_parts(content: bytes, packed: zipfile.ZipFile, rows: bool) -> None:
    """Every byte of every part, as it really is. `rows`: count the rows of tables in them."""
    total = count = 0
    for info in packed.infolist():
        size, before = 0, b""
        is_xml = info.filename.endswith((".xml", ".rels"))
        for chunk in _unpacked(content, info):
            if not size:
                is_xml = is_xml or chunk.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
                is_xml = is_xml and not _PICTURES.search(info.filename)
                _check_encoding(chunk if is_xml else b"")
            size, total = size + len(chunk), total + len(chunk)
            if is_xml:
                _check_declarations(before[-_OVERLAP:] + chunk)
                if rows:
                    count += _rows(before[-_OVERLAP:], chunk)
                before = chunk
            if count > ROWS:
                raise refusal("too_many_rows", most=ROWS)
            packs = is_xml and size > 1_000_000 and size > RATIO * info.compress_size
            if packs or total > UNPACKED or size > info.file_size:
                raise refusal("unpacks_too_far")
        if size != info.file_size:
            raise zipfile.BadZipFile(info.filename)


def _rows(before: bytes, chunk: bytes) -> int:
    """How many rows begin in `chunk`, or in `before` and are known only now."""
    return len(_ROW.findall(before + chunk)) - len(_ROW.findall(before))


def _check_encoding(start: bytes) -> None:
    """Only in UTF-8 does a search for bytes find what a parser would."""
    declared = _ENCODING.search(start[:400])
    foreign = declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")
    if foreign or b"\0" in start[:400]:
        raise refusal("part_not_utf8")


def _check_declarations(chunk: bytes) -> None:
    if _DECLARED.search(chunk):
        raise refusal("declares_entities")


def _unpacked(content: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part in chunks. `zipfile` would stop where the stated size ends."""
    names = info.header_offset + 26
    lengths = (content[names : names + 2], content[names + 2 : names + 4])
    start = names + 4 + sum(int.from_bytes(length, "little") for length in lengths)
    packed = memoryview(content)[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _CHUNK]) for at in range(0, len(packed), _CHUNK))
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), _CHUNK):
        rest: bytes | memoryview = packed[at : at + _CHUNK]
        while not inflater.eof:
            chunk = inflater.decompress(rest, _CHUNK)
            if chunk:
                yield chunk
            rest = inflater.unconsumed_tail
            if len(chunk) < _CHUNK and not rest:
                break
    if not inflater.eof:
        raise EOFError
