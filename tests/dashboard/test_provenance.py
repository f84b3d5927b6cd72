"""The sources of a report are the documents that its blocks cite, not names found in its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import provenance, snapshot
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Cell, Chart, Map, Section, Table, Text
from dashboard.subjects import catalogue

ANNEX, LETTER, VISION = "bijlage-2025-11", "kst-31015-94", "kst-29628-895"


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISONATLAS_VAR", str(tmp_path))
    monkeypatch.delenv("LIAISONATLAS_DATABASE_URL", raising=False)
    snapshot.begin()


def sources(*blocks: Text | Table | Chart | Map) -> list[str]:
    """The documents of a report of these blocks, besides that of its release."""
    report = provenance.report(
        texts_of("nl"),
        Filters(ANNEX),
        "overview",
        name="gaps",
        subject="x",
        title="x",
        summary=[],
        sections=[Section("x", "", blocks)],
    )
    return [source.document for source in report.provenance.sources][1:]


def test_a_name_in_the_words_of_a_report_is_no_source() -> None:
    # As "bijlage-2026-05-2" holds the name of another document, bijlage-2026-05.
    cell = f"{LETTER}-2, tabel 1"
    table = Table("t", "", ["a"], [[cell]], f"{VISION}-2")
    assert sources(Text(f"Zie {LETTER}-2 en {VISION}"), table) == []


def test_what_a_block_or_a_cell_cites_is_a_source_once_in_the_order_of_the_documents() -> None:
    cells = [["x", Cell("y", documents=(VISION,))]]
    table, text = Table("t", "", ["a", "b"], cells), Text("z", documents=[LETTER])
    chart = Chart("c", "", None, "", [], [], "", documents=[VISION])
    order = list(snapshot.documents().index)
    assert sources(table, text, chart) == sorted([LETTER, VISION], key=order.index)


def test_each_report_with_a_table_of_facts_names_their_documents() -> None:
    report = catalogue.report("country", Filters(ANNEX, land="PRT"))
    assert LETTER in [source.document for source in report.provenance.sources]
