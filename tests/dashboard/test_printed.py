"""The printed tables of the documents; what they print was read in the documents themselves."""

from __future__ import annotations

from dashboard import printed, rows, snapshot
from dashboard.i18n import texts_of
from dashboard.links import source_address
from dashboard.printed import PrintedTable
from data.load import reference

ANNEX = "bijlage-2025-11"


def table(document: str, key: str) -> PrintedTable:
    return next(each for each in printed.tables_of(document) if each.key == key)


def test_a_row_is_as_the_document_prints_it() -> None:
    network = table(ANNEX, "1-gecombineerd-benelux-lo-netwerk")
    assert len(network.rows) == 55
    row = network.row("29")
    assert row and row.cells == ("Marokko - KMar", "Rabbat", "Marokko / Senegal / Gambia")
    assert row.heading == "Afrika"
    assert [each.heading for each in network.rows].count("Azië & Oceanië") == 10


def test_the_missions_stand_with_the_total_below_them() -> None:
    key = "overzicht-uitgezonden-politiefunctionarissen-peildatum-"
    now, then = (
        table(ANNEX, f"{key}12-november-2025"),
        table("bijlage-2023-12", f"{key}24-november-2023"),
    )
    assert (len(now.rows), now.total) == (12, 34) and (len(then.rows), then.total) == (11, 28)
    row = now.row("4")
    assert row and row.cells == ("EUMA Armenië", "9")


def test_of_a_letter_the_words_that_facts_rest_on() -> None:
    letter = table("kst-31015-94", "brief")
    assert letter.counted == "paragraph"
    row = letter.row("18")
    assert row and "in Ankara, Madrid en Rabat" in row.text
    assert table("ips-qa-2020", "vraag").counted == "question"


def test_every_citation_leads_to_a_row_that_is_there() -> None:
    """Every fact, posting and mission that a page cites can be looked up as printed."""
    t = texts_of("nl")
    frames = [reference(name) for name in ("events", "statements", "agreements")]
    frames += [reference(name) for name in ("key_figures", "priority_countries", "mission_history")]
    frames += [snapshot.network(ANNEX).postings, snapshot.network("kst-31015-94").postings]
    frames += [snapshot.deployments(name) for name in (ANNEX, "bijlage-2023-12")]
    known = {
        source_address(each.document, each.name, row.number)
        for document in snapshot.documents().index
        for each in printed.tables_of(document)
        for row in each.rows
    }
    cited = {rows.citation(t, row).href for frame in frames for row in frame.to_dict("records")}
    assert len(cited) > 100 and cited <= known


def test_a_quote_names_document_table_row_and_date_in_either_language() -> None:
    network = table(ANNEX, "1-gecombineerd-benelux-lo-netwerk")
    row = network.row("33")
    assert row
    assert printed.quote(texts_of("nl"), network, row) == (
        "“Spanje - NP | Madrid | Spanje / Malta” (Bijlage Internationaal bij het tweede "
        "halfjaarbericht politie 2025, november 2025, tabel “1. Gecombineerd Benelux LO-netwerk”, "
        "rij 33)"
    )
    assert printed.quote(texts_of("en"), network, row).endswith(
        "(Annex International to the second half-year police report of 2025, November 2025, "
        "table “1. Gecombineerd Benelux LO-netwerk”, row 33)"
    )


def test_the_filter_finds_words_without_accents_and_the_window_holds_the_row() -> None:
    network = table(ANNEX, "1-gecombineerd-benelux-lo-netwerk")
    found = printed.matching(network, "armenie kazachstan")
    assert [row.number for row in found] == ["16", "22"]  # Tbilisi and Moscow
    assert printed.matching(network, "atlantis") == []
    row = network.row("33")
    shown = [each.number for each in printed.window(network.rows, [row], 20)]
    assert len(shown) == 20 and shown.index("33") == printed.BEFORE
    last = network.row("55")
    assert printed.window(network.rows, [last], 20)[-1] == last
    assert [each.number for each in printed.window(network.rows, [], 2)] == ["1", "2"]
    # Of several rows the first stands near its quote and the last is still in sight.
    apart = [each.number for each in printed.window(network.rows, [network.row("9"), last], 20)]
    assert apart == [str(number) for number in range(9 - printed.BEFORE, 56)]
