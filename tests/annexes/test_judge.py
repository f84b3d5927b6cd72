"""The judge itself: it finds what is planted, and a question excuses only what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.documents.cells import Cells, PrintedTable
from tests.annexes.description import Annex, Cell, Golden, Row, Table
from tests.annexes.judge import judge, open_here
from tests.annexes.writers import as_txt

POSTS = (
    ("Kenia - NP", "Nairobi", "Kenia / Oeganda", "KEN", "NP", ("KEN", "UGA")),
    ("Spanje - KMar", "Madrid", "Spanje / Portugal", "ESP", "KMar", ("ESP", "PRT")),
    ("Peru - GPI", "Lima", "Peru / Ecuador", "PER", "GPI", ("PER", "ECU")),
)


def row(*cells: str, golden: Golden | None = None, form: str = "plain") -> Row:
    return Row(tuple(map(Cell, cells)), form, golden)


@pytest.fixture
def plain_annex() -> Annex:
    """Three posts and two missions, with a total and a date, all in the plainest form."""
    posts = [row("Liaison Officers", "Werklocatie", "Werkgebied", form="header")]
    for label, city, area, host, organisation, codes in POSTS:
        named = tuple(zip(codes, area.split(" / "), strict=True))
        printed = (label, city, area)
        golden = Golden("LO", printed, host, organisation, city, named=named)
        posts.append(row(*printed, golden=golden))
    missions = [row("Missienaam", "Aantal", form="header")]
    for name, many, iso3 in (("EULEX Kosovo", 2, "XKX"), ("EUAM Irak", 3, "IRQ")):
        golden = Golden(
            "mission", (name, "", str(many)), officers=many, named=((iso3, name),), lead="EU"
        )
        missions.append(row(name, str(many), golden=golden))
    missions.append(row("Totaal", "5"))
    day = frozenset({"2026-05-12"})
    tables = (
        Table("1. Gecombineerd Benelux LO-netwerk", tuple(posts)),
        Table("2. Overzicht (peildatum 12 mei 2026)", tuple(missions)),
    )
    return Annex(0, "none", ("Een verzonnen bijlage",), tables, day, day, 5)


def verdict(drawn: Annex, change: Callable[[str], str] = str) -> list[tuple[str, str]]:
    """(row, result) of all that is not right, where a reader reads changed text."""
    content = change(as_txt(drawn).decode()).encode()
    judged = judge(drawn, "bijlage.txt", content)
    return [(each.row, each.result) for each in judged.outcomes if each.result != "right"]


def test_nothing_planted(plain_annex):
    assert verdict(plain_annex) == []


PORTUGAL = "Spanje - KMar | Madrid | Spanje / Portugal"
PERU = "Peru - GPI | Lima | Peru / Ecuador"


@pytest.mark.parametrize(
    ("printed", "misread", "faults"),
    [
        ("Portugal", "Italië", [(PORTUGAL, "wrong")]),
        ("Spanje / Portugal", "Spanje", [(PORTUGAL, "wrong")]),
        ("Spanje / Portugal", "Spanje / Portugal / Malta", [(PORTUGAL, "wrong")]),
        ("Spanje - KMar", "Spanje - NP", [(PORTUGAL, "wrong")]),
        ("Spanje - KMar", "Spanje", [(PORTUGAL, "wrong")]),
        ("Spanje - KMar", "Spanje - KMar (gepland)", [(PORTUGAL, "wrong")]),
        ("Madrid", "Lissabon", [(PORTUGAL, "wrong")]),
        ("\tPeru - GPI\n\tLima\n\tPeru / Ecuador\n", "", [(PERU, "lost")]),
        ("\t3\n", "\t31\n", [("EUAM Irak | 3", "wrong")]),
        ("EUAM Irak", "EUAM Libië", [("EUAM Irak | 3", "wrong")]),
        (
            "\tPeru - GPI\n",
            "\tChili - NP\n\tSantiago\n\tChili\n\n\tPeru - GPI\n",
            [("Chili - NP | Santiago | Chili", "extra")],
        ),
        (
            "12 mei 2026",
            "12 april 2026",
            [("date of the network", "wrong"), ("date of the missions", "wrong")],
        ),
    ],
)
def test_what_is_planted_is_found(plain_annex, printed, misread, faults):
    assert printed in as_txt(plain_annex).decode()
    assert verdict(plain_annex, lambda text: text.replace(printed, misread, 1)) == faults


@pytest.mark.parametrize(
    ("misread", "result"),
    [
        ("Spanje / Vilnistan", "wrong"),  # a question, but not about Portugal
        ("Spanje / Vilnistan Portugal", "asked"),
        ("Spanje / Portugal / Vilnistan", "asked"),
    ],
)
def test_a_question_excuses_what_it_is_about(plain_annex, misread, result):
    def change(text: str) -> str:
        return text.replace("Spanje / Portugal", misread, 1)

    assert verdict(plain_annex, change) == [(PORTUGAL, result)]


def test_a_row_in_two_halves(plain_annex):
    """Where the half without a label is asked about, its country is not lost in silence."""

    def halved(name: str, content: bytes) -> Cells:
        cells = open_here(name, content)
        network = cells.tables[0]
        rows = [list(row) for row in network.rows]
        rows[2][2] = "Spanje"
        rows.insert(3, ["", "", "Portugal"])
        table = PrintedTable(network.title, tuple(map(tuple, rows)))
        return replace(cells, tables=(table, cells.tables[1]))

    judged = judge(plain_annex, "bijlage.txt", as_txt(plain_annex), halved)
    assert not judged.silent
    assert next(each.result for each in judged.outcomes if each.row == PORTUGAL) == "asked"


def test_an_excluded_country_is_never_served(plain_annex):
    """Neither may the answer to another question let it in."""
    rows = list(plain_annex.tables[0].rows)
    golden = rows[2].golden
    assert golden
    rows[2] = replace(
        rows[2], golden=replace(golden, named=golden.named[:1], excluded=(("PRT", "Portugal"),))
    )
    table = replace(plain_annex.tables[0], rows=tuple(rows))
    drawn = replace(plain_annex, tables=(table, plain_annex.tables[1]))
    assert verdict(drawn) == [(PORTUGAL, "wrong")]


@pytest.mark.parametrize(
    "asks", [{"organisation"}, {"status"}, {"row"}], ids=lambda asks: next(iter(asks))
)
def test_what_only_a_question_settles(plain_annex, asks):
    rows = list(plain_annex.tables[0].rows)
    assert rows[2].golden
    rows[2] = replace(rows[2], golden=replace(rows[2].golden, asks=frozenset(asks)))
    table = replace(plain_annex.tables[0], rows=tuple(rows))
    drawn = replace(plain_annex, tables=(table, plain_annex.tables[1]))
    assert verdict(drawn) == [(PORTUGAL, "wrong")]


def test_a_whole_table_that_is_gone(plain_annex):
    """It is lost in silence; with a question that names its header it is not."""

    def without(name: str, content: bytes) -> Cells:
        cells = open_here(name, content)
        return replace(cells, text="", tables=cells.tables[1:])

    def retitled(name: str, content: bytes) -> Cells:
        cells = open_here(name, content)
        network = cells.tables[0]
        header = ("Wie", "Werklocatie", "Werkgebied")
        table = PrintedTable(network.title, (header, *network.rows[1:]))
        return replace(cells, text="", tables=(table, cells.tables[1]))

    for opener, result in ((without, "lost"), (retitled, "asked")):
        judged = judge(plain_annex, "bijlage.txt", as_txt(plain_annex), opener)
        posts = [each.result for each in judged.outcomes if each.row.count("|") == 2]
        assert posts == [result] * 3
