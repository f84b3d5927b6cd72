"""Damaged files of every kind: cells or one sentence, whatever happened to them on the way.

Good files are changed at random, from single bytes to parts of XML that are repeated or numbers
that become huge, and read in a process of their own that may hang or die without taking the tests
along. What is read goes on to `read_cells`, which has no such process around it in the product.
A failure prints the kind and the seed; `changed(kind, content, seed)` makes that file again.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from odfdo import Document, Row, Table
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as Grid

from dashboard.i18n import texts_of
from dashboard.wording import error_line
from data.documents.cells import Cells, PrintedTable
from data.documents.child import READERS, answer
from data.documents.opening import _refusal
from data.documents.reading import read_cells
from geo.errors import DataError

SECONDS = 3.0  # for all kinds together; set it to an hour for a long look
SEED = 20260512
SLOWEST = 20.0  # seconds that the issue allows for one file
LEAST = 5  # files of each kind that must have been tried, however slow the machine
MEMORY = 1_000_000_000  # bytes of addresses of the worker, which also holds pandas
ROOT = Path(__file__).parents[3]

CELLS = Cells(
    "1. Netwerk van LO’s",
    (
        PrintedTable(
            "1. Netwerk van LO’s",
            (
                ("Liaison Officers", "Werklocatie", "Werkgebied"),
                ("Afrika", "", ""),
                ("Kenia-1 – NP", "Nairobi", "Kenia / Tanzania\nUganda"),
                ("Senegal - KMar", "Dakar", "Oostelijk deel Caribisch gebied en Mali"),
                ("Europa", "", ""),
                ("Roemenië (KST) – GPI", "Boekarest", "taakaccent havens (Hongarije Moldavië"),
            ),
        ),
        PrintedTable("2. FILO’s", (("FILO’s", "Werkgebied"), ("NP FILO CTER", "wereldwijd"))),
        PrintedTable("3. Elders", (("Plaatsingen",), ("Europol",), ("Adviseur",))),
        PrintedTable(
            "4. Missies (peildatum 12 mei 2026)",
            (
                ("Missienaam", "Standplaats", "Aantal uitgezonden"),
                ("EUAM Oekraïne", "Kyiv", "2"),
                ("EUMM Georgië", "", "4"),
                ("Totaal", "", "6"),
            ),
        ),
    ),
)


# --- changes --------------------------------------------------------------------------------------

HUGE = (b"0", b"-1", b"65", b"4096", b"99999999", b"999999999999999999999", b"1e308", b"x", b"")
PIECES = ("\t", "\n", "\n\n", ";", '"', "\u202e", "\u00a0", "\0", "=1+1", "Totaal", "(", "9" * 400)
NUMBER = re.compile(rb'(?<==")-?\d+(?=")|(?<==")(?:true|false|restart|continue)(?=")')
ELEMENT = re.compile(rb"<(?P<tag>[\w:]+)(?:\s[^<>]*)?(?<!/)>")
ATTRIBUTE = re.compile(rb'\s[\w:-]+="[^"<>]*"')
TEXT = re.compile(rb"(?<=>)[^<>]+(?=<)")
PDF_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.S)
PDF_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")

Change = Callable[[bytes, random.Random], bytes]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 3, 20, 200))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def cut(content: bytes, chance: random.Random) -> bytes:
    """The end, or a piece within, is missing."""
    start = chance.randrange(len(content))
    end = chance.choice((len(content), start + chance.randrange(1, 400)))
    return content[:start] + content[end:]


def said_again(content: bytes, chance: random.Random) -> bytes:
    """A piece stands there many times."""
    start = chance.randrange(len(content))
    end = start + chance.randrange(1, 300)
    return content[:end] + content[start:end] * chance.choice((1, 2, 50)) + content[end:]


def _one(pattern: re.Pattern[bytes], content: bytes, chance: random.Random) -> tuple[int, int]:
    found = [each.span() for each in pattern.finditer(content)]
    return chance.choice(found) if found else (0, 0)


def renumbered(content: bytes, chance: random.Random) -> bytes:
    """The value of an attribute is huge, negative or nonsense."""
    start, end = _one(NUMBER, content, chance)
    return content[:start] + chance.choice(HUGE) + content[end:]


def stripped(content: bytes, chance: random.Random) -> bytes:
    """An attribute is gone."""
    start, end = _one(ATTRIBUTE, content, chance)
    return content[:start] + content[end:]


def reworded(content: bytes, chance: random.Random) -> bytes:
    """A text is another one."""
    start, end = _one(TEXT, content, chance)
    pieces = [piece.encode() for piece in PIECES if piece != "\0"]
    other = chance.choice([*pieces, b"&#8238;", b"&lt;script&gt;", b"Peru ", b"x" * 11_000])
    return content[:start] + other * chance.choice((1, 3, 40)) + content[end:]


def _element(content: bytes, chance: random.Random) -> tuple[int, int]:
    """From a start tag to the end tag of that name that comes next: often an element."""
    found = list(ELEMENT.finditer(content))
    if not found:
        return 0, 0
    opened = chance.choice(found)
    closed = content.find(b"</" + opened["tag"] + b">", opened.end())
    return (opened.start(), closed + len(opened["tag"]) + 3) if closed > 0 else (0, 0)


def removed(content: bytes, chance: random.Random) -> bytes:
    """An element is gone."""
    start, end = _element(content, chance)
    return content[:start] + content[end:]


def repeated(content: bytes, chance: random.Random) -> bytes:
    """An element comes many times."""
    start, end = _element(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 3, 70, 700)) + content[end:]


def moved(content: bytes, chance: random.Random) -> bytes:
    """An element stands within another one, a cell in a word or a table in a table."""
    start, end = _element(content, chance)
    piece = content[start:end]
    _, place = _one(ELEMENT, content, chance)
    return content[:place] + piece + content[place:]


def nested(content: bytes, chance: random.Random) -> bytes:
    """An element stands in itself, again and again."""
    start, end = _element(content, chance)
    opened = ELEMENT.match(content, start)
    if not opened:
        return content
    times = chance.choice((2, 30, 3_000))
    close = b"</" + opened["tag"] + b">"
    deep = opened[0] * times + content[start:end] + close * times
    return content[:start] + deep + content[end:]


XML: tuple[Change, ...] = (
    *(renumbered, renumbered, stripped, reworded, removed, removed, repeated, repeated),
    *(moved, moved, nested, flipped, cut, said_again),
)


def repacked(content: bytes, chance: random.Random) -> bytes:
    """A zip of parts some of which are changed, swapped, left out, doubled or renamed."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [(name, packed.read(name)) for name in packed.namelist()]
    at = {name: place for place, (name, _) in enumerate(parts)}
    main = [at[name] for name in MAIN if name in at]
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        place = chance.choice([*main, *main, *main, chance.randrange(len(parts))])
        name, part = parts[place]
        kind = chance.randrange(12)
        if kind == 0:
            other = chance.randrange(len(parts))
            parts[place], parts[other] = (name, parts[other][1]), (parts[other][0], part)
        elif kind == 1:
            parts.append((name, part))
        elif kind == 2 and len(parts) > 1:
            del parts[place]
            main = [each for each in main if each < len(parts)] or [0]
        elif kind == 3:
            parts[place] = (name.swapcase(), part)
        elif part:
            parts[place] = (name, chance.choice(XML)(part, chance))
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        warnings.simplefilter("ignore")  # a name that is there twice is what we want
        for name, part in parts:
            packed.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)  # no time of day
    return made.getvalue()


MAIN = (
    *("word/document.xml", "word/numbering.xml", "word/styles.xml", "content.xml", "styles.xml"),
    *("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"),
    *("xl/sharedStrings.xml", "xl/workbook.xml"),
)


def pdf_changed(content: bytes, chance: random.Random) -> bytes:
    """Objects are gone, repeated or swapped, numbers are others."""
    kind = chance.randrange(4)
    start, end = _one(PDF_OBJECT, content, chance)
    if kind == 0:
        return content[:start] + content[end:]
    if kind == 1:
        other, last = _one(PDF_OBJECT, content, chance)
        return content[:start] + content[other:last] + content[end:]
    start, end = _one(PDF_NUMBER, content, chance)
    other_number = chance.choice((*HUGE, b"1", b"2", b"3", b"7"))
    made = content[:start] + other_number + content[end:]
    return made if kind == 2 else pdf_changed(made, chance)


def retyped(content: bytes, chance: random.Random) -> bytes:
    """Signs that mean something stand where they should not; lines are swapped."""
    text = content.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 3, 10))):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice(PIECES) + text[place:]
    lines = text.split("\n")
    if chance.randrange(2):
        chance.shuffle(lines)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


CHANGES: dict[str, tuple[Change, ...]] = {
    **dict.fromkeys(("docx", "odt", "xlsx", "ods"), (*[repacked] * 9, flipped, cut)),
    "pdf": (pdf_changed, pdf_changed, pdf_changed, flipped, cut, said_again),
    **dict.fromkeys(("txt", "csv"), (retyped, retyped, flipped, cut, said_again)),
}


def changed(kind: str, content: bytes, seed: str) -> bytes:
    """The good file `content`, changed as `seed` says."""
    chance = random.Random(seed)
    return chance.choice(CHANGES[kind])(content, chance)


# --- the worker, a process of its own: this file run as a program ---------------------------------


def outcome(kind: str, content: bytes) -> str:
    """What became of a file in a word; raises for anything but cells or a sentence."""
    found = json.loads(json.dumps(answer(kind, content)))
    if "error" in found:
        sentence = error_line(texts_of("en"), _refusal(f"a.{kind}", kind, found["error"]))
        assert sentence.startswith(f"a.{kind}"), sentence
        assert sentence.isprintable(), sentence  # so it is on one line
        assert 20 < len(sentence) < 500, sentence
        return "refused"
    tables = (
        PrintedTable(each["title"], tuple(map(tuple, each["rows"]))) for each in found["tables"]
    )
    try:
        reading = read_cells("a", Cells(found["text"], tuple(tables)))
    except DataError as error:
        assert str(error).isprintable(), str(error)
        return "refused"
    assert len(reading.postings) == len(reading.postings.drop_duplicates(["kind", "row"]))
    return "read"


def work(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(kind, seed, outcome) of file after file; the outcome is empty when a file is begun."""
    good = {kind: (folder / f"good.{kind}").read_bytes() for kind in CHANGES}
    deadline, number = time.monotonic() + SECONDS, 0
    while number < LEAST or time.monotonic() < deadline:
        for kind, content in good.items():
            seed = f"{SEED}-{kind}-{number}"
            yield kind, seed, ""
            yield kind, seed, outcome(kind, changed(kind, content, seed))
        number += 1


def main(folder: str) -> None:
    """Print what `work` yields, a line each, as it comes."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for told in work(Path(folder)):
        sys.stdout.write(" ".join(told) + "\n")
        sys.stdout.flush()


# --- the test -------------------------------------------------------------------------------------


@pytest.fixture
def good(as_docx, as_odt, as_xlsx, as_csv, next_annex: Path) -> dict[str, bytes]:
    """A file of each kind with the tables of CELLS; .txt is the invented annex."""
    makers = {"docx": as_docx, "odt": as_odt, "xlsx": as_xlsx, "csv": as_csv}
    made: dict[str, bytes] = {kind: make(CELLS) for kind, make in makers.items()}
    return made | {"ods": as_ods(CELLS), "pdf": as_pdf(CELLS), "txt": next_annex.read_bytes()}


def as_ods(cells: Cells) -> bytes:
    """A sheet for each table, its title above it."""
    book = Document("ods")
    book.body.clear()
    for number, table in enumerate(cells.tables):
        sheet = Table(f"Blad {number}")
        for cell in [(table.title,), *table.rows]:
            row = Row()
            row.set_values([int(text) if text.isdigit() else text for text in cell])
            sheet.append_row(row)
        book.body.append(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def as_pdf(cells: Cells) -> bytes:
    """Tables with lines around their cells, not packed, so that a change reaches what is drawn."""
    made = io.BytesIO()
    document = SimpleDocTemplate(made, pagesize=landscape(A4), pageCompression=0, invariant=1)
    story: list[object] = []
    for table in cells.tables:
        story.append(Paragraph(table.title))
        lines = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
        story.append(Grid([list(row) for row in table.rows], style=lines))
    document.build(story)
    return made.getvalue()


def test_every_damaged_file_is_read_or_refused_in_a_sentence(good, tmp_path: Path):
    for kind, content in good.items():
        (tmp_path / f"good.{kind}").write_bytes(content)
        assert outcome(kind, content) == "read", kind
    told: Counter[tuple[str, str]] = Counter()
    with (
        (tmp_path / "errors").open("w+b") as errors,
        subprocess.Popen(
            [sys.executable, __file__, str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        ) as worker,
    ):
        assert worker.stdout
        last, begun = "before the first file", time.monotonic()
        late: list[str] = []
        watch = threading.Timer(0, lambda: None)
        for line in worker.stdout:
            watch.cancel()
            kind, seed, how = (*line.split(), "")[:3]
            if how:
                told[kind, how] += 1
            last, begun = seed, time.monotonic()
            watch = threading.Timer(SLOWEST, lambda: (late.append("hung"), worker.kill()))
            watch.start()
        watch.cancel()
        worker.wait()
        errors.seek(0)
        texts_of = errors.read().decode("utf-8", "replace")
    assert not late, f"{last} takes more than {SLOWEST} s ({time.monotonic() - begun:.0f} s)"
    assert worker.returncode == 0, f"{last} ended the reader ({worker.returncode}): {texts_of}"
    assert {kind for kind, _ in told} == set(READERS)
    for kind in READERS:
        assert told[kind, "read"] + told[kind, "refused"] >= LEAST, (kind, told)
    # Changes that all were refused, or all were read over, would try nothing.
    assert {how for _, how in told} == {"read", "refused"}, told


def test_a_seed_makes_the_same_file_again(good):
    for kind, content in good.items():
        made = {changed(kind, content, f"{kind}-{number}") for number in range(5)}
        assert made == {changed(kind, content, f"{kind}-{number}") for number in range(5)}
        assert len(made - {content}) >= 3


if __name__ == "__main__":
    main(sys.argv[1])
