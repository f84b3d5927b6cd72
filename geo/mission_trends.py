"""Officers in missions over reference dates: what changed, where, and what older sources say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geo.coverage import COVERED, HOME
from geo.names.normalise import key
from geo.schemas import LEADS

_RUNNING = "Date"  # what the source prints where a mission had not ended when it appeared
SPAN = [
    *("row", "mission", "country_printed", "areas", "lead_organisation", "tasks"),
    *("start", "end", "ends", "max_deployed", "source_url", "document", "table", "table_row"),
]


@dataclass(frozen=True)
class MissionCount:
    """The missions of one reference date; `printed` is the total under the table, if there is one.

    `deployments` as in `geo.schemas`.
    """

    release: str
    as_of: str
    deployments: pd.DataFrame
    printed: int | None = None

    @property
    def missions(self) -> int:
        """How many missions the table prints."""
        return len(self.deployments)

    @property
    def officers(self) -> int:
        """Officers in all missions of the table."""
        return int(self.deployments["personnel"].sum())


def timeline(history: pd.DataFrame) -> pd.DataFrame:
    """Columns SPAN: one row per mission; earliest start first, unknown starts last.

    `history` is the table `mission_history`. `start` and `end` are years, missing where the source
    says they are unknown. `ends` is `year`, `running` (it had not ended when the source appeared;
    `end` is then missing) or `unknown`.
    """
    running = history["end_printed"] == _RUNNING
    ends = np.select([history["end_year"].notna(), running], ["year", "running"], "unknown")
    spans = history.assign(start=history["start_year"], end=history["end_year"], ends=ends)
    return spans.sort_values(["start", "row"], na_position="last", ignore_index=True)[SPAN]


_PRINTED = ["printed", "duty_printed", "document", "table", "table_row"]
LONG = [
    *("as_of", "release", "mission", "lead_organisation", "personnel"),
    *("areas", "areas_printed", "duty_iso3", "duty_place", *_PRINTED),
]
LEVELS = ("iso3", "subregion", "continent")
GROUPS = ("up", "down", "unchanged", "new", "ended")
STEP = [
    *("mission", "lead_organisation", "group", "before", "after", "difference"),
    *("relation", "other", "note_nl", "note_en"),
    *(f"{column}_{side}" for side in ("before", "after") for column in ("areas", *_PRINTED)),
]


def within(counts: Sequence[MissionCount], units: Collection[str]) -> list[MissionCount]:
    """The same dates with only the missions whose area holds one of `units` (ISO codes).

    The totals printed below the tables are those of all missions, so they are left out.
    """
    inside = set(units)
    parts = []
    for count in counts:
        areas = count.deployments["areas"].fillna("")
        here = [not inside.isdisjoint(codes.split()) for codes in areas]
        parts.append(replace(count, deployments=count.deployments[here], printed=None))
    return parts


def other_totals(count: MissionCount, claims: pd.DataFrame) -> pd.DataFrame:
    """What other sources count of all Dutch officers in missions, where that differs from `count`.

    The rows of the table `mission_evidence` of the month of the count that name no mission: a
    number that was present, no plan.
    """
    same = claims["date"].str.startswith(count.as_of[:7]) & (claims["says"] == "present")
    whole = (claims["contributor"] == HOME) & claims["mission"].isna()
    differs = claims["officers"].notna() & (claims["officers"] != count.officers)
    return claims[same & whole & differs]


def over_time(counts: Sequence[MissionCount]) -> pd.DataFrame:
    """Columns LONG: one row for every printed row of every reference date, as `counts` order them.

    `personnel` are officers on that date; `printed` is the mission as its table names it.
    """
    tables = [c.deployments.assign(as_of=c.as_of, release=c.release) for c in counts]
    return pd.concat(tables, ignore_index=True)[LONG] if tables else pd.DataFrame(columns=LONG)


def per_mission(long: pd.DataFrame, dates: Sequence[str]) -> pd.DataFrame:
    """Officers, Int64: a row per mission, a column per date; missing is "not in this table".

    `dates` oldest first, also those on which no mission of `long` is in the table.

    The largest on the latest date first, then on the one before it, then by name.
    """
    counted = long.groupby(["mission", "as_of"])["personnel"].sum().astype("Int64")
    wide = counted.unstack("as_of").reindex(columns=list(dates)).reset_index()
    order = [*reversed(dates), "mission"]
    ascending = [False] * len(dates) + [True]
    table = wide.sort_values(order, ascending=ascending, na_position="last")
    return table.set_index("mission").rename_axis(columns=None)


def by_lead(long: pd.DataFrame) -> pd.DataFrame:
    """`as_of`, `lead_organisation`, `missions`, `personnel`; the parts of a date are its total.

    In the order of LEADS; an organisation that leads no mission in a table has no row for it.
    """
    found = _counted(long, "lead_organisation")
    order = found["lead_organisation"].map(LEADS.index)
    return found.assign(order=order).sort_values(["as_of", "order"], ignore_index=True)[
        ["as_of", "lead_organisation", "missions", "personnel"]
    ]


def by_area(long: pd.DataFrame, units: pd.DataFrame, level: str = "iso3") -> pd.DataFrame:
    """`as_of`, one of LEVELS, `missions`, `personnel`, `shared`.

    A mission over several areas counts whole in each, so the areas may add up to more than the
    date has; `shared` is how many of the missions lie in other areas too. A mission whose table
    gives no area has a missing one.
    """
    if level not in LEVELS:
        raise ValueError(f"unknown level {level!r}; known are {', '.join(LEVELS)}")
    placed = _exploded(long).merge(
        units[list(dict.fromkeys(["iso3", level]))], on="iso3", how="left"
    )
    once = placed.drop_duplicates(["_row", level])
    once = once.assign(shared=once.groupby("_row")[level].transform("nunique") > 1)
    found = _counted(once, level)
    shared = once.groupby(["as_of", level], dropna=False)["shared"].sum().astype("Int64")
    return found.merge(shared.reset_index(), on=["as_of", level]).sort_values(
        ["as_of", "personnel", level], ascending=[True, False, True], ignore_index=True
    )


def places(long: pd.DataFrame) -> pd.DataFrame:
    """Where missions are: LONG with `iso3` and `role`, one row per mission row and unit.

    `role` is `area`, or `duty` where the printed duty station lies outside the mission's area.
    """
    areas = _exploded(long).dropna(subset="iso3").assign(role="area")
    duty = long.assign(_row=np.arange(len(long)), iso3=long["duty_iso3"], role="duty")
    rows = pd.concat([areas, duty.dropna(subset="iso3")], ignore_index=True)
    return (
        rows.drop_duplicates(["_row", "iso3"])
        .sort_values(["_row", "role", "iso3"], ignore_index=True)
        .drop(columns="_row")
    )


def step(before: MissionCount, after: MissionCount, aliases: pd.DataFrame) -> pd.DataFrame:
    """What changed between two reference dates: columns STEP, one row per mission.

    `group` is one of GROUPS; `before`, `after` officers, missing for "not in this table", and
    `difference` only where both are known. `relation` comes from the table `mission_aliases` and
    nowhere else: `same`, printed under the name `other` on one of the dates; `successor` of
    `other`, or `predecessor`, which stay two missions. Ordered by group, then by size.
    """
    sides = [
        _row_per_mission(c.deployments).add_suffix(f"_{side}")
        for c, side in ((before, "before"), (after, "after"))
    ]
    joined = sides[0].join(sides[1], how="outer")
    officers = joined.rename(columns={"personnel_before": "before", "personnel_after": "after"})
    lead = officers["lead_organisation_after"].fillna(officers["lead_organisation_before"])
    difference = officers["after"] - officers["before"]
    group = np.select(
        [officers["before"].isna(), officers["after"].isna(), difference.gt(0).fillna(False)],
        ["new", "ended", "up"],
        np.where(difference.lt(0).fillna(False), "down", "unchanged"),
    )
    table = officers.assign(lead_organisation=lead, difference=difference, group=group)
    # The largest change first; where there is none to speak of, the most officers.
    table["_group"] = table["group"].map(GROUPS.index)
    table["_change"] = difference.abs().fillna(0)
    table["_most"] = table[["before", "after"]].max(axis=1)
    table = table.rename_axis("mission").reset_index()
    ascending = {"_group": True, "_change": False, "_most": False, "mission": True}
    table = table.sort_values(
        list(ascending), ascending=list(ascending.values()), ignore_index=True
    )
    return _linked(table, aliases)[STEP]


def one_date(count: MissionCount) -> pd.DataFrame:
    """Columns STEP for a date with nothing to compare it with: `group` is `counted`."""
    nothing = replace(count, deployments=count.deployments.iloc[:0])
    table = step(nothing, count, pd.DataFrame(columns=["printed", "mission", "relation"]))
    return table.assign(group="counted")


def _counted(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    grouped = rows.groupby(["as_of", column], dropna=False)["personnel"]
    counts = grouped.agg(missions="size", personnel="sum").astype("Int64")
    return counts.reset_index()


def _exploded(long: pd.DataFrame) -> pd.DataFrame:
    """One row per area in `iso3`, missing where there is none; `_row` counts the rows of `long`."""
    areas = long["areas"].fillna("").str.split()
    rows = long.assign(_row=np.arange(len(long)), iso3=areas).explode("iso3", ignore_index=True)
    return rows.astype({"iso3": "str"})


def _row_per_mission(deployments: pd.DataFrame) -> pd.DataFrame:
    """Index mission; a mission on several rows of one table is their sum, each row still named."""
    parts = {column: (column, _listed) for column in _PRINTED} | {"areas": ("areas", _united)}
    return deployments.groupby("mission").agg(
        personnel=("personnel", "sum"), lead_organisation=("lead_organisation", "first"), **parts
    )


def _listed(cells: pd.Series) -> str | None:
    return ", ".join(dict.fromkeys(str(cell) for cell in cells.dropna())) or None


def _united(areas: pd.Series) -> str | None:
    return " ".join(sorted(set(" ".join(areas.dropna()).split()))) or None


def _linked(missions: pd.DataFrame, aliases: pd.DataFrame) -> pd.DataFrame:
    """Adds what the alias table says of each mission between these two tables."""
    rows = missions.set_index("mission")
    both = rows.dropna(subset=["before", "after"])
    links: dict[str, tuple[object, ...]] = {}
    for alias in aliases.to_dict("records"):
        new, old = alias["printed"], alias["mission"]
        notes = (alias["note_nl"], alias["note_en"])
        if alias["relation"] == "successor":
            if rows["group"].get(new) == "new" and pd.notna(rows["before"].get(old)):
                links |= {new: ("successor", old, *notes), old: ("predecessor", new, *notes)}
        elif old in both.index:
            printed = both.loc[old, ["printed_before", "printed_after"]]
            named = [key(name.partition("(")[0]) == key(new) for name in printed]
            if named[0] != named[1]:  # under this name on one date, not on the other
                links[old] = ("same", new, *notes)
    columns = ["relation", "other", "note_nl", "note_en"]
    cells = [links.get(mission, (None,) * len(columns)) for mission in missions["mission"]]
    return missions.join(pd.DataFrame(cells, columns=columns, dtype=object))


AREA = [
    *(
        "mission",
        "iso3",
        "personnel",
        "state",
        "postings",
        "organisations",
        "cities",
        "distance_km",
    ),
    *("areas_printed", "printed", "document", "table", "table_row"),
]
POST = ["iso3", "continent", "subregion", "postings", "organisations", "cities"]


def area_rows(long: pd.DataFrame) -> pd.DataFrame:
    """The rows of `places` for the areas of missions."""
    rows = places(long)
    return rows[rows["role"] == "area"]


def mission_areas(areas: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Columns AREA: one row per mission of one date and unit of its area, with the unit's coverage.

    `areas` of `area_rows`, of one date; `coverage` as in `geo.coverage`, for whatever choice. A
    missing `state` is unknown: a partial release cannot tell. `distance_km` is geodesic, from the
    nearest duty station that serves the unit.
    """
    return areas.merge(coverage, on="iso3", how="left")[AREA]


def without_liaison(areas: pd.DataFrame) -> pd.DataFrame:
    """The rows of `mission_areas` that nobody serves; a plan counts if it is asked for."""
    return areas[areas["state"] == "none"].reset_index(drop=True)


def with_liaison(areas: pd.DataFrame) -> pd.DataFrame:
    """The rows of `mission_areas` with a post, or served from elsewhere."""
    return areas[areas["state"].isin(COVERED)].reset_index(drop=True)


def posts_without_mission(
    areas: pd.DataFrame, coverage: pd.DataFrame, units: pd.DataFrame
) -> pd.DataFrame:
    """Columns POST: the units with a post that lie in no mission's area on this date.

    `areas` of `area_rows`. In the order of continent, subregion and code. Of a partial release
    these are the posts it proves, and there may have been more.
    """
    posts = coverage[(coverage["state"] == "post") & ~coverage["iso3"].isin(areas["iso3"])]
    rows = posts.merge(units[["iso3", "continent", "subregion"]], on="iso3")
    return rows.sort_values(["continent", "subregion", "iso3"], ignore_index=True)[POST]
