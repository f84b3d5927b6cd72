"""The gaps as a report: counted in the annex by hand, the same choices as on the page."""

from __future__ import annotations

import io

import openpyxl
import pytest

from dashboard.exports import slide_charts
from dashboard.exports.kinds import KINDS
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Chart, Map, Table
from dashboard.subjects.gaps.report import report
from data.indicators import received
from geo.errors import DataError
from geo.ranking import Scaling

ANNEX = "bijlage-2025-11"


def test_the_report_lists_every_gap_with_its_ranking_and_denominators() -> None:
    """63 countries, 4 disputed units, 39 territories: 106 in all."""
    found = report(texts_of("nl"), Filters(ANNEX))
    assert found.title == "63 landen en 4 betwiste gebieden hebben geen officier"
    [drawn] = found.blocks(Map)
    assert drawn.alternative.startswith("Kaart van de gekozen landen. Geen officier: 106")
    keys = [block.key for block in found.blocks(Table, Chart)]
    assert keys == [
        *("ranking_states", "firmness_states", "ranking_territories", "firmness_territories"),
        *("list", "continent", "subregion"),
    ]
    # What one step of a weight changes rests on what the ranking does.
    ranking, firm = list(found.blocks(Table, Chart))[:2]
    assert firm.source == ranking.source and "Inwoners: Natural Earth" in firm.source
    [listed] = [block for block in found.blocks(Table) if block.key == "list"]
    assert len(listed.rows) == 106 and "Wij lazen alle 55 rijen" in listed.source


def test_belgium_alone_with_its_rows() -> None:
    """Rows 22, 30, 50, 52 and 54."""
    found = report(texts_of("en"), Filters(ANNEX, "en", kinds=("partner_only",)))
    [listed] = [block for block in found.blocks(Table) if block.key == "list"]
    cells = str([[getattr(cell, "text", cell) for cell in row] for row in listed.rows])
    for land, row in (("Andorra", 50), ("Mali", 30), ("Pakistan", 54), ("Russia", 22)):
        assert land in cells and f"row {row}" in cells
    assert len(listed.rows) == 5


def test_the_native_chart_adds_up_to_the_scores_of_the_table() -> None:
    found = report(texts_of("nl"), Filters(ANNEX, area="South America"))
    chart = next(found.blocks(Chart))
    assert chart.spec.kind == "ranking"
    for place, name in enumerate(slide_charts.categories(chart.spec)):
        row = next(row for row in chart.rows if getattr(row[0], "text", row[0]) == name)
        known = sum(values[place] or 0 for _, values, _ in slide_charts.bars(chart.spec))
        score = float(getattr(row[1], "sort", 0) or 0)
        supposed = sum(
            float(cell.sort)
            for cell in row[2:]
            if getattr(cell, "sort", None) is not None and cell.text.startswith("(")  # type: ignore[union-attr]
        )
        assert known + supposed == pytest.approx(score, abs=0.5), name


@pytest.mark.parametrize("release", ["kst-31015-94", "bijlage-2023-12"])
def test_an_incomplete_document_has_no_gaps(release: str) -> None:
    with pytest.raises(DataError, match=r"partial_release|no_network_table"):
        report(texts_of("nl"), Filters(release))


@pytest.mark.parametrize("unknown", ["out", "middle"])
def test_what_is_unknown_is_an_empty_cell_of_a_workbook(unknown: str) -> None:
    """Nobody said a figure of Ecuador; of 23 the indicator weighs 3, a share of 13.0."""
    own = received("own.csv", b"iso3,x\nIND,4\nECU,..\n")
    found = report(texts_of("nl"), Filters(ANNEX, scaling=Scaling(unknown=unknown)), own, {})
    book = openpyxl.load_workbook(io.BytesIO(KINDS["xlsx"].make(found)))
    sheet = book["ranglijst landen"]
    heads = [cell.value for cell in sheet[1]]
    rows = {row[1]: dict(zip(heads, row, strict=True)) for row in sheet.values}
    assert rows["India"]["x"] == 13 and rows["Ecuador"]["x"] is None
    assert rows["Ecuador"]["Onbekend"] == "x" and rows["Abyei (betwist)"]["Inwoners"] is None
    assert rows["Ecuador"].get("Verondersteld") == (6.5 if unknown == "middle" else None)
    parts = [
        value for value in list(rows["Ecuador"].values())[3:] if isinstance(value, int | float)
    ]
    assert round(sum(parts), 1) == rows["Ecuador"]["Score"]


def test_the_group_that_was_chosen_is_the_one_that_is_ranked() -> None:
    found = report(texts_of("nl"), Filters(ANNEX, ranked="all"))
    assert [block.key for block in found.blocks(Chart)] == ["ranking_all"]
