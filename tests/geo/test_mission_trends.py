"""Missions over time: both documents counted by hand, and the rules on tables made up."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import reference, release_table
from geo.coverage import coverage
from geo.mission_trends import (
    MissionCount,
    area_rows,
    by_area,
    by_lead,
    mission_areas,
    one_date,
    other_totals,
    over_time,
    per_mission,
    places,
    posts_without_mission,
    step,
    timeline,
    with_liaison,
    within,
    without_liaison,
)
from geo.options import Choice

DATES = {"bijlage-2023-12": "2023-11-24", "bijlage-2025-11": "2025-11-12"}

# Read by hand from both tables: mission | 2023 | 2025 | group | row in 2023 | row in 2025.
# "-" is a mission that the table does not have.
BY_HAND = """
EUMA Armenië           | 3 | 9 | up        | 4  | 4
EUCAP Sahel Mali       | 1 | 4 | up        | 6  | 8
EUBAM Libië            | 1 | 3 | up        | 8  | 7
EUMM Georgië           | 3 | 4 | up        | 3  | 3
EULEX Kosovo           | 4 | 1 | down      | 2  | 2
EUPOL COPPS            | 3 | 1 | down      | 9  | 9
EUCAP Somalië          | 5 | 4 | down      | 5  | 6
EUAM Oekraïne          | 2 | 1 | down      | 7  | 5
EUAM Irak              | 4 | 4 | unchanged | 10 | 11
OVSE Westelijke Balkan | 1 | 1 | unchanged | 1  | 1
EUSDI Golf van Guinee  | - | 1 | new       | -  | 12
OSC                    | - | 1 | new       | -  | 10
USSC                   | 1 | - | ended     | 11 | -
"""
HAND = [[cell.strip() for cell in line.split("|")] for line in BY_HAND.strip().splitlines()]


@pytest.fixture(scope="module")
def counts() -> list[MissionCount]:
    return [MissionCount(r, day, release_table("deployments", r)) for r, day in DATES.items()]


@pytest.fixture(scope="module")
def long(counts: list[MissionCount]) -> pd.DataFrame:
    return over_time(counts)


def made(as_of: str, *rows: tuple[str, int, str], lead: str = "EU") -> MissionCount:
    """A table of (printed, officers, areas), each mission named as it is printed."""
    frame = pd.DataFrame(rows, columns=["printed", "personnel", "areas"])
    frame = frame.assign(
        mission=frame["printed"],
        lead_organisation=lead,
        document=as_of,
        table="T",
        table_row=range(1, len(rows) + 1),
        **dict.fromkeys(("areas_printed", "duty_iso3", "duty_place", "duty_printed")),
    )
    frame["areas"] = frame["areas"].replace("", None)
    return MissionCount(as_of, as_of, frame.astype({"personnel": "Int64"}))


def test_the_step_is_the_one_counted_by_hand(counts: list[MissionCount]):
    found = step(*counts, reference("mission_aliases"))
    columns = ["mission", "before", "after", "group", "table_row_before", "table_row_after"]
    cells = found[columns].astype(object)
    assert cells.where(cells.notna(), "-").map(str).to_numpy().tolist() == HAND
    # 12 more, 7 fewer, 2 in new missions, 1 in one that is no longer there: 28 becomes 34
    change = found.groupby("group")["difference"].sum()
    assert (change["up"], change["down"], change["unchanged"]) == (12, -7, 0)
    assert found.loc[found["group"].isin(["new", "ended"]), "difference"].isna().all()


def test_another_name_only_through_the_alias_table(counts: list[MissionCount]):
    found = step(*counts, reference("mission_aliases")).set_index("mission")
    linked = found.loc[found["relation"].notna(), ["relation", "other"]]
    assert linked.to_dict("index") == {
        "OSC": {"relation": "successor", "other": "USSC"},
        "USSC": {"relation": "predecessor", "other": "OSC"},
        "OVSE Westelijke Balkan": {"relation": "same", "other": "OVSE West-Balkan"},
    }
    assert found.loc[linked.index, ["note_nl", "note_en"]].notna().all(axis=None)
    # printed otherwise in 2025, in capitals or with its area, which no row of the table says
    assert found.loc["EUCAP Sahel Mali", "printed_before"] == "EUCAP SAHEL Mali"
    alone = step(*counts, reference("mission_aliases").iloc[:0])
    assert alone["relation"].isna().all() and len(alone) == 13


def test_a_successor_is_told_only_where_it_takes_over(counts: list[MissionCount]):
    aliases = reference("mission_aliases")
    back = step(*reversed(counts), aliases).set_index("mission")
    assert pd.isna(back.loc["OSC", "relation"]) and pd.isna(back.loc["USSC", "relation"])
    later = step(counts[1], made("2026-05-01", ("OSC", 1, "ISR")), aliases).set_index("mission")
    assert pd.isna(later.loc["OSC", "relation"])
    beside = made("2024-06-01", ("OSC", 1, "ISR"), ("USSC", 1, "PSE"))
    assert step(beside, counts[1], aliases)["other"].dropna().empty


def test_one_name_on_both_dates_is_no_other_name():
    old = ("OVSE West-Balkan (Servië)", 1, "SRB")
    one, two = made("1", old), made("2", old)
    for table in (one, two):
        table.deployments["mission"] = "OVSE Westelijke Balkan"
    assert step(one, two, reference("mission_aliases"))["relation"].isna().all()
    two.deployments["printed"] = "OVSE Westelijke Balkan"
    assert step(one, two, reference("mission_aliases"))["relation"].tolist() == ["same"]


def test_per_mission_of_one_two_and_three_dates(counts: list[MissionCount]):
    dates = [count.as_of for count in counts]
    two = per_mission(over_time(counts), dates)
    assert {m: tuple(row) for m, row in two.astype(object).where(two.notna(), "-").iterrows()} == {
        m: tuple("-" if n == "-" else int(n) for n in (before, after))
        for m, before, after, *_ in HAND
    }
    assert list(two.index[:2]) == ["EUMA Armenië", "EUCAP Somalië"]
    assert per_mission(over_time(counts[:1]), dates[:1]).shape == (11, 1)
    third = made("2026-05-01", ("EUMA Armenië", 2, "ARM"), ("EUXX Peru", 7, "PER"))
    three = per_mission(over_time([*counts, third]), [*dates, third.as_of])
    assert list(three.columns) == [*DATES.values(), "2026-05-01"]
    assert list(three.index[:3]) == ["EUXX Peru", "EUMA Armenië", "EUCAP Somalië"]
    assert three.loc["OSC"].isna().tolist() == [True, False, True]
    # Ghana is in the area of one mission, in the table of 2025 only: the other date stays.
    ghana = per_mission(over_time(within(counts, {"GHA"})), dates)
    assert ghana.loc["EUSDI Golf van Guinee"].isna().tolist() == [True, False]
    assert per_mission(over_time([]), []).empty and by_lead(over_time([])).empty


def test_parts_of_each_date(long: pd.DataFrame, units: pd.DataFrame):
    # 2023: EULEX 4, EUMM 3, EUMA 3, Somalia 5, Mali 1, Ukraine 2, Libya 1, COPPS 3, Iraq 4 = 26
    # 2025: 1 + 4 + 9 + 1 + 4 + 3 + 4 + 1 + 4 + 1 = 32; and one officer of the OSCE and of USSC, OSC
    assert by_lead(long).to_numpy().tolist() == [
        *(["2023-11-24", lead, n, p] for lead, n, p in PARTS_2023),
        *(["2025-11-12", lead, n, p] for lead, n, p in PARTS_2025),
    ]
    # 2023 Asia: Georgia 3, Armenia 3, COPPS 3, Iraq 4, USSC 1. 2025: 4 + 9 + 1 + 1 + 4.
    # 2023 Africa: Somalia 5, Mali 1, Libya 1. 2025: 4 + 3 + 4 + 1. The rest is Europe.
    found = by_area(long, units, "continent")
    assert found.drop(columns="shared").to_numpy().tolist() == [
        ["2023-11-24", "Asia", 5, 14],
        ["2023-11-24", "Africa", 3, 7],
        ["2023-11-24", "Europe", 3, 7],
        ["2025-11-12", "Asia", 5, 19],
        ["2025-11-12", "Africa", 4, 12],
        ["2025-11-12", "Europe", 3, 3],
    ]


PARTS_2023 = (("EU", 9, 26), ("OSCE", 1, 1), ("coalition", 1, 1))
PARTS_2025 = (("EU", 10, 32), ("OSCE", 1, 1), ("coalition", 1, 1))


def test_a_mission_over_several_countries_is_in_each_and_once_in_what_holds_them(units):
    rows = ("Both", 5, "ISR PSE"), ("Apart", 2, "ISR KEN"), ("Nowhere", 3, "")
    table = over_time([made("2030", *rows)])
    found = by_area(table, units).set_index("iso3")
    assert found.loc["ISR", ["missions", "personnel", "shared"]].tolist() == [2, 7, 2]
    assert found.loc["PSE", ["missions", "personnel", "shared"]].tolist() == [1, 5, 1]
    assert found.loc[found.index.isna(), ["missions", "personnel"]].to_numpy().tolist() == [[1, 3]]
    wide = by_area(table, units, "continent").set_index("continent")
    assert wide.loc["Asia", ["missions", "personnel", "shared"]].tolist() == [2, 7, 1]
    with pytest.raises(ValueError, match="unknown level"):
        by_area(table, units, "planet")


def test_only_the_missions_of_an_area(counts: list[MissionCount], units: pd.DataFrame):
    africa = within(counts, units.loc[units["continent"] == "Africa", "iso3"])
    # Somalia, Mali, Libya; and in 2025 the Gulf of Guinea
    assert [(c.as_of, c.missions, c.officers) for c in africa] == [
        *(("2023-11-24", 3, 7), ("2025-11-12", 4, 12))
    ]
    assert within(counts, {"GHA"})[0].deployments.empty
    assert step(*within(counts, {"GHA"}), reference("mission_aliases"))["group"].tolist() == ["new"]


def test_one_date_compares_with_nothing(counts: list[MissionCount]):
    found = one_date(counts[1])
    assert set(found["group"]) == {"counted"} and found["before"].isna().all()
    assert (found["after"].sum(), found.loc[0, "mission"]) == (34, "EUMA Armenië")


def test_a_mission_on_two_rows_is_their_sum_and_names_both():
    one, two = made("1", ("A", 1, "KEN"), ("A", 2, "SOM")), made("2", ("A", 3, "KEN"))
    row = step(one, two, reference("mission_aliases")).iloc[0]
    assert (row["before"], row["group"], row["table_row_before"]) == (3, "unchanged", "1, 2")
    assert row["areas_before"] == "KEN SOM"


def test_duty_stations_outside_the_area(long: pd.DataFrame):
    # 2023, row 8: EUBAM Libië sat in Tunisia. All other stations lie in their mission's area,
    # and the table of 2025 prints none.
    away = places(long).query("role == 'duty'")
    columns = ["as_of", "mission", "iso3", "duty_printed", "table_row"]
    assert away[columns].to_numpy().tolist() == [["2023-11-24", "EUBAM Libië", "TUN", "Tunesië", 8]]
    # 2023: nine of one country, USSC too, and the six of the Western Balkans; 2025: nine of one,
    # six, Israel and the Palestinian territories, and the four states around the Gulf of Guinea
    areas = places(long).query("role == 'area'")
    assert areas.groupby("as_of").size().tolist() == [10 + 6, 9 + 6 + 2 + 4]


# --- beside the liaison network ---------------------------------------------------------------


@pytest.fixture(scope="module")
def beside(units: pd.DataFrame, network, long: pd.DataFrame):
    tables = network("bijlage-2025-11")
    now = long[long["as_of"] == "2025-11-12"]

    def of(*organisations: str, complete: bool = True) -> tuple[pd.DataFrame, pd.DataFrame]:
        cover = coverage(units, *tables, Choice(organisations), complete)
        there = area_rows(now)
        return mission_areas(there, cover), posts_without_mission(there, cover, units)

    return of


def test_mission_areas_without_an_officer(beside):
    areas, _ = beside()
    # No work area of the annex names Israel or the Palestinian territories.
    assert set(zip(*without_liaison(areas)[["mission", "iso3"]].to_numpy().T, strict=True)) == {
        ("EUPOL COPPS", "PSE"),
        ("OSC", "PSE"),
        ("OSC", "ISR"),
    }
    states = areas.set_index(["mission", "iso3"])
    assert {iso3 for (_, iso3), state in states["state"].items() if state == "post"} == {
        *("ALB", "SRB", "GEO", "GHA")
    }
    kosovo = states.loc[("EULEX Kosovo", "XKX")]  # NP, KMar and GPI from Tirana
    assert (kosovo["state"], kosovo["postings"]) == ("accredited", 3)
    assert states.loc[("EUCAP Sahel Mali", "MLI"), "organisations"] == ["GPI"]  # Rabat
    assert len(with_liaison(areas)) + 3 == len(areas) == 21


def test_it_follows_the_choice_of_organisations(beside):
    areas, _ = beside("NP", "KMar")
    # Tbilisi's row states no organisation, and Moscow, Bucharest, Rabat are Belgian.
    assert set(without_liaison(areas)["iso3"]) == {"ISR", "PSE", "MLI", "GEO", "ARM", "UKR"}


def test_a_partial_release_proves_posts_and_no_gap(beside):
    areas, posts = beside(complete=False)
    assert without_liaison(areas).empty
    assert areas.set_index("iso3").loc["PSE", "state"].isna().all()
    assert len(posts) == 32


def test_posts_and_no_mission(beside):
    _, posts = beside()
    # 36 hosts in the annex, without Albania, Serbia, Georgia and Ghana, which lie in a mission.
    assert posts["continent"].value_counts().to_dict() == {
        **{"Europe": 12, "Americas": 8, "Asia": 7},
        **{"Africa": 4, "Oceania": 1},
    }
    assert set(posts.query("continent == 'Africa'")["iso3"]) == {"MAR", "KEN", "TUN", "NGA"}


# --- 2001-2016 --------------------------------------------------------------------------------


def test_the_timeline_keeps_what_the_source_does_not_know():
    found = timeline(reference("mission_history"))
    # Counted in appendix F: 17 missions, 4 without a start; 5 ended in a year, 8 print "Date",
    # 4 print "Unknown" as their end.
    assert (len(found), found["start"].isna().sum()) == (17, 4)
    assert found["ends"].value_counts().to_dict() == {"running": 8, "year": 5, "unknown": 4}
    assert found.loc[found["ends"] != "year", "end"].isna().all()
    assert found["start"].dropna().is_monotonic_increasing and found["start"].isna()[13:].all()
    assert found.loc[found["max_deployed"].idxmax(), "areas"] == "AFG"  # EUPOL, 50


def test_another_total_is_of_all_missions_in_the_month_of_the_count_and_differs() -> None:
    """The table prints 34 for 12 November 2025, a page of the police 31 for that month."""
    deployments = pd.DataFrame({"personnel": [30, 4]})
    counted = MissionCount("annex", "2025-11-12", deployments)
    [found] = other_totals(counted, reference("mission_evidence")).to_dict("records")
    assert (found["date"], found["officers"]) == ("2025-11", 31)
    claim = {"date": "2025-11-03", "contributor": "NLD", "mission": None}
    claim |= {"says": "present", "officers": 31}
    others = (
        {"date": "2025-10"},
        {"date": "2025"},  # which month it means is not known
        {"contributor": "BEL"},
        {"mission": "EULEX"},
        {"says": "plan"},
        {"officers": None},
        {"officers": 34},
    )
    claims = pd.DataFrame([claim, *(claim | other for other in others)])
    assert other_totals(counted, claims).index.tolist() == [0]
