"""Police in missions by month: expectations read in the collected table itself, by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import reference
from geo.mission_years import Run, middle, monthly, present, runs, silences, start_of, year_ends


def police() -> pd.DataFrame:
    return reference("un_police")


# Read in the collected table: the rows of 31 December of these years.
@pytest.mark.parametrize(
    ("contributor", "year", "officers"),
    [
        ("NLD", 1991, 10),
        ("NLD", 1996, 60),
        ("NLD", 1999, 53),
        ("NLD", 2000, 51),
        ("NLD", 2001, 53),
        ("NLD", 2003, 4),
        ("NLD", 2008, 22),
        ("NLD", 2012, 19),
        ("NLD", 2013, 19),
        ("BEL", 2000, 5),
        ("BEL", 2003, 1),
        ("BEL", 2012, 2),
    ],
)
def test_year_ends_are_those_of_the_source(contributor: str, year: int, officers: int):
    ends = year_ends(monthly(police(), contributor)).set_index("year")
    assert ends.loc[year, "officers"] == officers and ends.loc[year, "state"] == "counted"


# NA in the source on 31 December of these years.
@pytest.mark.parametrize(
    ("contributor", "year"), [("NLD", 1990), ("NLD", 2002), ("BEL", 1995), ("BEL", 2013)]
)
def test_what_the_source_does_not_know_is_unknown_and_no_zero(contributor: str, year: int):
    row = year_ends(monthly(police(), contributor)).set_index("year").loc[year]
    assert pd.isna(row["officers"]) and row["state"] == "unknown"


def test_the_impossible_number_is_nowhere_in_the_table():
    table = police()
    assert table["officers"].max() == 81  # November 1997, an outlier; the next is 77
    [row] = table[table["caution"] == "impossible"].to_dict("records")
    assert (row["as_of"], row["contributor"]) == ("2003-11-30", "NLD")
    assert pd.isna(row["officers"])
    state = monthly(table, "NLD").set_index("as_of").loc["2003-11"]
    assert state["state"] == "impossible" and pd.isna(state["officers"])


def test_numbers_that_stand_out_are_doubtful():
    by_month = monthly(police(), "NLD")
    doubtful = by_month[by_month["state"] == "doubtful"]
    assert dict(zip(doubtful["as_of"], doubtful["officers"], strict=True)) == {
        "1997-08": 77,
        "1997-11": 81,
        "2008-01": 6,
        "2013-10": 1,
    }


def test_a_month_without_a_row_is_said_to_be_one():
    by_month = monthly(police(), "NLD").set_index("as_of")
    # 281 months from November 1990 to March 2014; April 1991 has no Dutch row.
    assert len(by_month) == 281
    assert list(by_month.index[by_month["state"] == "no_row"]) == ["1991-04"]
    assert "no_row" not in set(monthly(police(), "BEL")["state"])


def test_per_mission_from_november_2009():
    sudan = monthly(police(), "NLD", "UNMISS").set_index("as_of")
    assert (sudan.index[0], sudan.index[-1], len(sudan)) == ("2009-11", "2014-03", 53)
    # October 2013 has no row of UNMISS, though there are 20 before it and 18 after.
    assert sudan.loc["2013-10", "state"] == "no_row" and sudan.loc["2013-11", "officers"] == 18
    assert present(sudan.reset_index()) == [("2012-04", "2013-09"), ("2013-11", "2014-03")]


def test_missions_add_up_to_the_total_wherever_both_are_known():
    for contributor in ("NLD", "BEL"):
        own = police()[police()["contributor"] == contributor]
        parts = own.dropna(subset="mission").groupby("as_of")["officers"].sum()
        totals = own[own["mission"].isna()].set_index("as_of")["officers"]
        assert len(parts) > 20 and parts.eq(totals[parts.index]).all()


def test_months_that_say_the_same_are_one_run():
    found = runs(monthly(police(), "NLD"))
    # December 2002 to October 2003 is NA, then the impossible one, then 4 until August 2004.
    at = [run.first for run in found].index("2002-12")
    assert found[at : at + 3] == [
        Run("2002-12", "2003-10", None, "unknown"),
        Run("2003-11", "2003-11", None, "impossible"),
        Run("2003-12", "2004-08", 4, "counted"),
    ]
    assert sum(run.months for run in found) == 281


def test_where_no_source_speaks():
    # Months until March 2014, maxima until February 2016, and two days.
    spoken = [(start_of("1990-11"), 2014.25), (2001.0, start_of("2016-03"))]
    days = [(middle(day), middle(day)) for day in ("2023-11-24", "2025-11-12")]
    found = silences([*spoken, *days], 1990.0, 2027.0)
    assert [(round(start, 1), round(end, 1)) for start, end in found] == [
        (1990.0, 1990.8),
        (2016.2, 2023.9),
        (2023.9, 2025.9),
        (2025.9, 2027.0),
    ]
