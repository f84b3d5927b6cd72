"""What all office files share: which cells lead somewhere."""

from __future__ import annotations

from dashboard.exports.office import reachable
from dashboard.report import Cell, Piece, Provenance, Report, Section, Table

ROW = "bronnen?document=bijlage-1&tabel=t&rij=2"


def hrefs(permalink: str, path_note: str) -> list[str]:
    """Where the cells of a report lead, in an installation with that address."""
    cells = [Cell("rij 2", href=ROW), Cell("wet", href="https://example.org/"), Cell("niets")]
    provenance = Provenance("r", "r", "", [], "", permalink, [], "2026-11-22", path_note)
    table = Table("t", "Tabel", ["a", "b", "c"], [cells])
    report = reachable(Report("n", "s", "Titel", [], [Section("a", "", [table])], provenance, "en"))
    [[row]] = [each.rows for each in report.blocks(Table)]
    return [cell.href for cell in row if isinstance(cell, Cell)]


def test_a_printed_row_is_a_link_where_the_installation_has_an_address() -> None:
    permalink = "https://atlas.example.org/politie/land?release=r&taal=en"
    assert hrefs(permalink, "") == [
        f"https://atlas.example.org/politie/{ROW}&taal=en",
        "https://example.org/",
        "",
    ]


def test_elsewhere_it_is_words_alone() -> None:
    assert hrefs("/land?release=r", "dit is alleen het pad") == ["", "https://example.org/", ""]


def test_each_part_of_a_cell_leads_there_too() -> None:
    provenance = Provenance("r", "r", "", [], "", "https://a.example/x?y", [], "2026-11-22", "")
    cell = Cell("rij 2", href=ROW, parts=(Piece("rij "), Piece("2", ROW)))
    sections = [Section("a", "", [Table("t", "Tabel", ["a"], [[cell]])])]
    report = reachable(Report("n", "s", "Titel", [], sections, provenance, "nl"))
    [[[found]]] = [each.rows for each in report.blocks(Table)]
    assert isinstance(found, Cell)
    assert [piece.href for piece in found.parts] == ["", f"https://a.example/{ROW}&taal=nl"]
