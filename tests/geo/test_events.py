"""Dated facts: the five EU states of the 2013 letter, and what may not be concluded."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import reference
from geo.events import GONE, MARKS, Seen, chains, departures, plans, returns, timeline


@pytest.fixture(scope="module")
def marks(network) -> pd.DataFrame:
    letter, annex = network("kst-31015-94")[0], network("bijlage-2025-11")[0]
    networks = [Seen("2013-10-09", letter, False), Seen("2026-01", annex, True)]
    return chains(reference("events"), networks)


def chain(marks: pd.DataFrame, iso3: str) -> list[tuple[str, str]]:
    own = marks[marks["iso3"] == iso3]
    return list(zip(own["date"], own["kind"], strict=True))


def test_the_timeline_has_events_and_agreements_in_order():
    events, agreements = reference("events"), reference("agreements")
    found = timeline(events, agreements)
    assert len(found) == len(events) + len(agreements)
    assert found["date"].is_monotonic_increasing
    assert (found["kind"] == "agreed").sum() >= 2
    assert found["text_nl"].notna().all() and found["table_row"].notna().all()


def test_the_five_states_that_the_letter_of_2013_names(marks):
    # Paragraph 25 of the letter; rows 42, 38, 34, 33 and 46, 31 and 49 of the annex of 2025.
    assert chain(marks, "PRT") == [("2013", "withdrawn"), ("2026-01", "present")]
    assert chain(marks, "POL")[0] == ("2012", "withdrawn")
    assert chain(marks, "ITA")[:2] == [("2013-10-09", "present"), ("2014", "ends")]
    assert set(marks["iso3"]) == {"POL", "PRT", "ITA", "ESP", "FRA"}
    now = marks[(marks["date"] == "2026-01") & (marks["kind"] == "present")]
    rows = now.groupby("iso3")["table_row"].agg(list).to_dict()
    assert rows == {"POL": [42], "PRT": [38], "ITA": [34], "ESP": [33, 46], "FRA": [31, 49]}
    assert now.set_index("iso3").loc["PRT", "label"] == "Portugal (MAOC) - NP"
    # The vision of 2019 mentions postings in Poland and Italy, not in the other three.
    mentioned = set(marks[marks["kind"] == "mentioned"]["iso3"])
    assert mentioned == {"POL", "ITA"}


def test_since_when_lisbon_is_not_known(marks):
    lisbon = returns(marks).set_index("iso3").loc["PRT"]
    assert (lisbon["gone_kind"], lisbon["state"]) == ("withdrawn", "present")
    assert (lisbon["after"], lisbon["before"], lisbon["proof"]) == ("2013", "2026-01", "present")
    assert lisbon["organisations"] == ["NP"]


def test_poland_was_back_by_2019(marks):
    poland = returns(marks).set_index("iso3").loc["POL"]
    assert (poland["after"], poland["before"], poland["proof"]) == ("2012", "2019", "mentioned")


def test_a_later_network_without_the_post_says_so(network):
    annex = network("bijlage-2025-11")[0]
    closed = annex[~((annex["kind"] == "LO") & (annex["row"] == 38))]
    marks = chains(
        reference("events"), [Seen("2026-01", annex, True), Seen("2026-07", closed, True)]
    )
    assert chain(marks, "PRT")[-1] == ("2026-07", "absent")
    lisbon = returns(marks).set_index("iso3").loc["PRT"]
    assert lisbon["state"] == "absent" and pd.isna(lisbon["before"])


def test_a_partial_network_does_not_prove_absence(network):
    letter = network("kst-31015-94")[0]
    marks = chains(reference("events"), [Seen("2013-10-09", letter, False)])
    assert "absent" not in set(marks["kind"])
    lisbon = returns(marks).set_index("iso3").loc["PRT"]
    assert pd.isna(lisbon["state"]) and pd.isna(lisbon["before"])


def test_a_day_in_the_year_of_the_withdrawal_is_not_known_to_be_later(network):
    annex = network("bijlage-2025-11")[0]
    found = returns(chains(reference("events"), [Seen("2013-11-01", annex, True)]))
    assert pd.isna(found.set_index("iso3").loc["PRT", "state"])


def test_without_withdrawals_there_are_no_chains():
    events = reference("events").query("kind == 'agreed'")
    marks = chains(events, [])
    assert marks.empty and list(marks.columns) == MARKS and returns(marks).empty


def test_what_closed_is_dated_only_where_its_document_says_when():
    """Paragraph 25 of the letter; row 16 of the annex, which gives no date for Russia."""
    written = reference("documents").set_index("document")["date"].to_dict()
    found = departures(reference("events"), written)
    dated = found[found["is_dated"]]
    assert list(zip(dated["iso3"], dated["date"], strict=True)) == [
        *(("POL", "2012"), ("PRT", "2013")),
        *(("ITA", "2014"), ("ESP", "2015"), ("FRA", "2016")),
    ]
    [russia] = found[~found["is_dated"]].to_dict("records")
    assert russia["iso3"] == "RUS" and pd.isna(russia["city"])
    assert found.set_index("iso3").loc["PRT", "city"] == "Lissabon"


def test_a_plan_is_known_by_what_it_says_and_not_by_its_number() -> None:
    """Paragraphs 22 and 25 of the letter; that of 2019 on bodies such as Europol is no closing."""
    table = reference("events")
    gone = table[table["kind"].isin(GONE)]
    for numbered in (table, table.assign(event=range(100, 100 + len(table)))):
        found = plans(numbered, gone)
        assert [*found["document"]] == ["kst-31015-94"] * 2
        assert [*found["table_row"].astype(str)] == ["22", "25"]
    russia = gone[gone["iso3"].str.contains("RUS")]
    assert plans(table, russia).empty
