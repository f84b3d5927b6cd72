"""Invented annexes, written as a file of each kind: every reader finds the same printed rows."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

from data.documents import delimited, excel, opendocument, plain, word
from data.documents.annex import read_annex
from data.documents.cells import Cells, Flag, PrintedTable
from data.documents.reading import resolver
from data.load import reference

# Hypothesis keeps what it learns of our code there, also without a database.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "liaisonatlas-hypothesis")

# The same examples in every run, and nothing kept in the checkout; a Word file takes long to make.
quick = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

RESOLVER = resolver()
NETWORK = ("Liaison Officers", "Werklocatie", "Werkgebied")
MISSIONS = ("Missienaam", "Standplaats", "Aantal uitgezonden politiefunctionarissen")
_UNITS = reference("units")
COUNTRIES = sorted(set(_UNITS["name_nl"]))
CITIES = sorted(set(reference("cities")["city"]))
MISSION_NAMES = sorted(set(reference("missions")["mission"]))

countries = st.sampled_from(COUNTRIES)
dashes = st.sampled_from((" - ", " – ", " — ", "-", " ", "\u00a0– ", "\n- "))
labels = st.tuples(
    countries, st.sampled_from(("", "-1", " (KST)")), dashes, st.sampled_from(("NP", "Kmar", "GPI"))
).map("".join)
joins = st.sampled_from((" / ", "/", " en ", "\n", ", ", " /\n", "\u00a0/ ", " – ", "; "))
areas = st.lists(st.tuples(countries, joins), min_size=1, max_size=6).map(
    lambda pairs: "".join(part for pair in pairs for part in pair).strip()
)
# A row always prints its label; the other cells may be empty, as in the annex of 2025.
postings = st.tuples(labels, st.one_of(st.just(""), st.sampled_from(CITIES)), areas)
banners = st.sampled_from(("Afrika", "Europa", "Azië & Oceanië")).map(lambda name: (name, "", ""))
deployments = st.tuples(
    st.sampled_from(MISSION_NAMES),
    st.one_of(st.just(""), countries),
    st.integers(1, 400).map(str),
)


@st.composite
def annexes(draw: st.DrawFn) -> Cells:
    """A network with banners and perhaps a header once more, and missions with their total."""
    rows = draw(st.lists(st.one_of(postings, postings, postings, banners), max_size=8))
    if rows and draw(st.booleans()):
        rows.insert(draw(st.integers(1, len(rows))), NETWORK)
    first = (draw(banners), draw(postings))  # a table that is all banners is none
    sent = draw(st.lists(deployments, min_size=1, max_size=5))
    total = sum(int(row[2]) for row in sent)
    tables = (
        PrintedTable("1. Netwerk van LO’s", (NETWORK, *first, *rows)),
        PrintedTable("2. Missies", (MISSIONS, *sent, ("Totaal", "", str(total)))),
    )
    day = draw(st.integers(1, 28))
    return Cells(f"Peildatum {day} mei 2026\n1. Netwerk van LO’s", tables)


words = st.sampled_from(
    (
        *("", "", "Liaison Officers", "Post", "Land", "Werk-\ngebied", "Standplaats", "Landen"),
        *("Missienaam", "Aantal", "Status", "Plaatsingen", "FILO’s", "Nr.", "Opmerking"),
        *("Kenia - NP", "Peru", "Nairobi", "Kenia /", "en Tsjaad", "Afrika", "Totaal", "3", "1/2"),
        *("EUAM Irak", "gepland", "Peildatum 5/12/2026", "stand per 1-1-2026", "m.u.v. Chili"),
    )
)
flags = st.builds(
    Flag, st.integers(0, 5), st.integers(0, 5), st.sampled_from(("struck", "note", "merged")), words
)
tables = st.builds(
    PrintedTable,
    words,
    st.lists(st.lists(words, max_size=5).map(tuple), max_size=6).map(tuple),
    st.lists(flags, max_size=3).map(tuple),
)


@st.composite
def networks(draw: st.DrawFn) -> Cells:
    """A posting among odd rows, below the header of a network with its columns in any order."""
    header = tuple(draw(st.permutations(NETWORK)))
    posting = [*draw(st.tuples(words, words, words))]
    posting[header.index(NETWORK[0])] = "Kenia - NP"
    rows = [tuple(posting), *draw(st.lists(st.tuples(words, words, words), max_size=4))]
    rows = draw(st.permutations(rows))
    table = PrintedTable(draw(words), (header, *rows), tuple(draw(st.lists(flags, max_size=3))))
    return Cells(draw(words), (table,))


def shown_and_asked(cells: Cells) -> str:
    """The labels that were read and all that the questions quote."""
    annex = read_annex("doc", cells.text, cells.tables, RESOLVER, unseen=cells.left_out)
    asked = (f"{one.printed} {one.params}" for one in annex.unread)
    return " ".join([*(row.label for row in annex.rows), *asked])


@settings(quick, max_examples=150)
@given(st.builds(Cells, words, st.lists(tables, max_size=3).map(tuple)))
def test_no_table_is_too_odd_to_read(cells: Cells):
    shown_and_asked(cells)


@settings(quick, max_examples=100)
@given(networks())
def test_a_posting_of_a_network_is_a_row_or_stands_in_a_question(cells: Cells):
    assert "Kenia - NP" in shown_and_asked(cells)


def as_txt(cells: Cells) -> bytes:
    """As copied from Word: a tab before each cell, an empty line after each row."""
    lines = [cells.text.partition("\n")[0], ""]
    for table in cells.tables:
        lines += [table.title, ""]
        for row in table.rows:
            lines += [*(f"\t{cell}" for cell in row), ""]
    return "\r\n".join("\n".join(lines).split("\n")).encode()


def expected(cells: Cells) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]], int]:
    """(network rows as region, label, city, area; missions; total), by the reading rules alone."""
    region, rows = "", []
    network, missions = cells.tables
    for row in network.rows:
        label, city, area = (" ".join(cell.split()) for cell in row)
        if row == NETWORK:
            continue
        if not city and not area:
            region = label
        else:
            rows.append((region, label, city, area))
    sent = [tuple(" ".join(cell.split()) for cell in row) for row in missions.rows[1:-1]]
    return rows, sent, int(missions.rows[-1][2])


def on_one_line(cells: tuple[object, ...]) -> tuple[str, ...]:
    """A reader may keep the line breaks of a cell, which part countries too."""
    return tuple(" ".join(str(cell).split()) for cell in cells)


READERS = {
    "docx": word.read,
    "odt": opendocument.read,
    "xlsx": excel.read,
    "csv": delimited.read,
    "txt": plain.read,
}


def test_every_kind_of_file_gives_the_rows_that_are_printed(
    as_docx, as_odt, as_xlsx, as_csv, printed
):
    makers = {"docx": as_docx, "odt": as_odt, "xlsx": as_xlsx, "csv": as_csv, "txt": as_txt}

    @quick
    @given(annexes())
    @example(
        Cells(
            "Peildatum 1 mei 2026\n1. Netwerk van LO’s",
            (
                PrintedTable(
                    "1. Netwerk van LO’s", (NETWORK, ("Kenia\n- NP", "", "Kenia /\nPeru"))
                ),
                PrintedTable("2. Missies", (MISSIONS, ("OSC", "", "1"), ("Totaal", "", "1"))),
            ),
        )
    )
    def check(cells: Cells) -> None:
        rows, missions, total = expected(cells)
        for kind, make in makers.items():
            found = printed(READERS[kind](make(cells)))
            assert [on_one_line(row[4:8]) for row in found[0]] == rows, kind
            assert [row[2] for row in found[1]] == [*range(1, len(missions) + 1)], kind
            assert [on_one_line(row[3:6]) for row in found[1]] == missions, kind
            assert found[2] == [(total,)], kind
            assert {row[2] for row in found[0]} == {"1. Netwerk van LO’s"}, kind

    check()


def test_the_reference_date_is_that_of_the_text(as_docx, as_odt):
    """Word and OpenDocument hold it in a paragraph of its own."""

    @quick
    @given(annexes())
    def check(cells: Cells) -> None:
        date = cells.text.partition("\n")[0]
        for make, read in ((as_docx, word.read), (as_odt, opendocument.read), (as_txt, plain.read)):
            assert date in read(make(cells)).text.split("\n")[0]

    check()
