"""The explanation: its numbers are those of the chosen release, its abbreviations those in use."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard import snapshot
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Report, Table, Text
from dashboard.subjects import explanation

WHOLE, PARTIAL = "bijlage-2025-11", "kst-31015-94"


def report(release: str, language: str = "nl") -> Report:
    return explanation.report(texts_of(language), Filters(release, language=language))


def cells(table: Table) -> dict[str, list[str]]:
    rows = ([cell if isinstance(cell, str) else cell.text for cell in row] for row in table.rows)
    return {row[0]: row[1:] for row in rows}


def table(found: Report, key: str) -> dict[str, list[str]]:
    return next(cells(block) for block in found.blocks(Table) if block.key == key)


def test_states_and_kinds_have_the_numbers_of_the_release():
    found = report(WHOLE)
    # The worked example of the annex: 36 countries with a post, 138 served of 244.
    states = {name: row[-1] for name, row in table(found, "states").items()}
    assert states == {
        "Post in het land": "36",
        "Bediend vanuit een ander land": "102",
        "Alleen een geplande post": "",
        "Geen officier": "106",
        "Onbekend": "",
    }
    kinds = [row[-1] for row in table(found, "kinds").values()]
    assert kinds == ["106", "5", "78", "102", "niet te zeggen", "2"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_partial_release_has_no_numbers(language):
    found = report(PARTIAL, language)
    for key in ("states", "kinds"):
        assert {row[-1] for row in table(found, key).values()} == {""}
    texts = " ".join(block.text for block in found.blocks(Text) if block.kind == "text")
    assert "138" not in texts


def test_every_abbreviation_of_a_mission_is_listed_and_most_in_full():
    missing = texts_of("nl")("explanation.not_in_full")
    listed = table(report(WHOLE), "of_missions")
    counted = "EUMA EUMM EULEX EUCAP EUAM EUBAM EUPOL COPPS EUSDI OVSE OSC USSC".split()
    # Those of appendix F and of the tables of the UN, which have no other abbreviations.
    past = "ECPA EUPM ISAF KPSS SMMU UNIIIC MINUSMA MONUSCO UNAMA UNFICYP UNMIK UNMIS UNMISS"
    assert set(listed) == {*counted, *past.split(), "UNMIBH", "IPTF"}
    assert [short for short, (full,) in listed.items() if full == missing] == ["OSC"]


def test_the_example_of_a_citation_says_figure_document_and_address():
    [example] = [block.text for block in report(WHOLE, "en").blocks(Text) if block.kind == "paste"]
    assert example.startswith("138 of the 244 countries and territories")
    assert re.search(r"Network, early 2026 · version of the data [0-9a-f]{8}, /dekking\?", example)
    assert "release=bijlage-2025-11" in example


def test_whom_to_ask_is_a_setting(monkeypatch):
    last = [block.text for block in report(WHOLE).sections[-1].blocks]
    assert "LIAISONATLAS_CONTACT" in last[0]
    named = replace(snapshot.settings(), contact="afdeling Internationaal, atlas@example.org")
    monkeypatch.setattr(snapshot, "settings", lambda: named)
    last = [block.text for block in report(WHOLE).sections[-1].blocks]
    assert "afdeling Internationaal, atlas@example.org" in last[0]
    assert "LIAISONATLAS_CONTACT" not in last[0]
