"""Tables of police in missions since 1990: what is drawn, by whom, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard import records, rows, snapshot
from dashboard.evidence import publisher
from dashboard.i18n import Texts
from dashboard.mission_names import mission_name
from dashboard.records import Row
from dashboard.report import Cell, Form, Table
from dashboard.rows import Rows
from dashboard.subjects.missions.years_chart import Ended, state
from dashboard.subjects.missions.years_data import HOME, PAST, UN, Years, cited, linked
from data.load import reference
from geo import mission_years
from geo.mission_years import Run

# What is done with a number of the source that is not as it should be.
TREATMENTS = {
    "impossible": "left_out",
    "outlier": "apart",
    "row_missing": "apart",
    "between_equal": "as_unknown",
    "no_row": "as_unknown",
}


def documents(years: Years) -> list[str]:
    """The ids of the documents that the panels rest on."""
    names = [UN] if years.runs else []
    names += [one.release for one in years.counts]
    return names + [PAST] * (not years.past.empty)


def titles(years: Years) -> list[str]:
    """The names of these documents."""
    return _titled(years, documents(years))


def counting(years: Years) -> tuple[str, list[str]]:
    """The names and ids of the documents that count by month or on a day."""
    ids = [name for name in documents(years) if name != PAST]
    return "; ".join(_titled(years, ids)), ids


def _titled(years: Years, ids: list[str]) -> list[str]:
    every = snapshot.documents()
    return [str(every.loc[name, f"title_{years.t.language}"]) for name in ids]


def period(t: Texts, first: str, last: str) -> str:
    """From one date to another."""
    return t("years.until", **{"from": t.date(first)}, to=t.date(last))


def drawn(years: Years) -> tuple[list[str], Rows]:
    """(headers, rows) of everything that the panels draw, each with what was counted."""
    t = years.t
    keys = ("sender_column", "mission", "from_column", "to_column")
    officers, place = rows.headers(t, ("personnel", "place"))
    heads = [*(t(f"years.{key}") for key in keys), officers, t("years.counts_what"), place]
    return heads, [*_months(years), *_days(years), *_maxima(years)]


def counted(years: Years, first: int) -> tuple[list[str], Rows]:
    """(headers, rows) of what is counted by month or on a day, from the year `first` on."""
    headers, _ = drawn(years)
    last = [(row, row[3]) for row in (*_months(years), *_days(years))]
    return headers, [
        row for row, to in last if isinstance(to, Cell) and int(str(to.sort)[:4]) >= first
    ]


def _months(years: Years) -> Rows:
    t, body = years.t, Rows()
    for sender, runs in years.runs.items():
        body += [
            [
                t(f"years.{sender}"),
                years.titled or t("years.every_un"),
                Cell(t.date(run.first), run.first),
                Cell(t.date(run.last), run.last),
                officers(t, run),
                t("years.what_un"),
                cited(t, UN),
            ]
            for run in runs
        ]
    return body


def officers(t: Texts, run: Run) -> Cell:
    """The number of a run; words where there is none, or a doubtful one."""
    if run.state == "counted":
        return rows.number(t, run.officers)
    sort = None if run.officers is None else float(run.officers)
    form = None if sort is None else Form.of(sort)
    return Cell(state(t, run), sort, form=form, alone=False)


def _days(years: Years) -> Rows:
    t = years.t
    return [
        [
            t(f"years.{HOME}"),
            years.titled or t("years.every_mission"),
            *[Cell(t.date(one.as_of), one.as_of)] * 2,
            rows.number(t, years.counted(one)),
            t("years.what_letter"),
            cited(t, one.release),
        ]
        for one in years.counts
    ]


def _maxima(years: Years) -> Rows:
    t = years.t
    return [
        [
            t(f"years.{HOME}"),
            row["label"],
            *_years(t, row),
            rows.number(t, row["max_deployed"]),
            t("years.what_past"),
            rows.citation(t, row),
        ]
        for row in years.past.to_dict("records")
    ]


def _years(t: Texts, row: Row) -> tuple[Cell, Cell]:
    """The first and the last year of a mission, or that they are unknown."""
    unknown = "until_now" if row["ends"] == "running" else "unknown_end"
    return _year(t, row["start"], "unknown_start"), _year(t, row["end"], unknown)


def _year(t: Texts, year: int | None, unknown: str) -> Cell:
    return Cell(t(f"country.{unknown}")) if pd.isna(year) else Cell(str(year), str(year))


def spoken(t: Texts, row: Row) -> str:
    """A mission with its years and the most ever, as one says it."""
    first, last = (cell.text for cell in _years(t, row))
    most = t.number(int(row["max_deployed"]))
    return t("years.words_past", mission=row["label"], most=most, first=first, last=last)


def ends(t: Texts, ended: Sequence[Ended]) -> tuple[list[str], Rows]:
    """(headers, rows) of the missions with a known end: a row for each source of each."""
    body: Rows = [
        [one.row.name, one.row.note.strip(), cell]
        for one in ended
        for cell in dict.fromkeys(one.sources)
    ]
    return [t("years.mission"), t("years.end_column"), t("source")], body


def year_ends(years: Years) -> Table | None:
    """The officers in UN missions on 31 December of each year; None where no year has a number."""
    t, frames = years.t, years.by_month
    if not frames:
        return None
    by_year = {
        sender: {row["year"]: row for row in records.plain(mission_years.year_ends(frame))}
        for sender, frame in frames.items()
    }
    if all(row["officers"] is None for ends in by_year.values() for row in ends.values()):
        return None
    body: Rows = []
    for year in sorted({year for ends in by_year.values() for year in ends}):
        cells = []
        for ends in by_year.values():
            row = ends[year]
            cells.append(
                officers(t, Run(row["as_of"], row["as_of"], row["officers"], row["state"]))
            )
        body.append([Cell(str(year), str(year)), *cells])
    heads = [t("years.year"), *(t(f"years.{sender}") for sender in by_year)]
    source = titles(years)[0]
    return Table("year_ends", t("years.year_ends"), heads, body, source, [UN])


def cautions(years: Years) -> Table | None:
    """The months whose number is left out or drawn apart, with the reason; None without any."""
    t, body = years.t, Rows()
    police = reference("un_police")
    of_mission = police["mission"].fillna("") == years.mission
    for sender, frame in years.by_month.items():
        rows_of = police[of_mission & (police["contributor"] == sender)]
        printed = rows_of.assign(month=rows_of["as_of"].str[:7]).set_index("month")["caution"]
        for row in frame.to_dict("records"):
            why = records.text(printed.get(row["as_of"]))
            if row["state"] == "no_row" and not years.mission:
                why = "no_row"
            if why:
                body.append(_caution(t, sender, row, why))
    if not body:
        return None
    heads = [t(f"years.{key}") for key in ("sender_column", "month_column", "treatment", "why")]
    heads[2:2] = rows.headers(t, ("personnel",))
    return Table("doubts", t("years.doubts"), heads, body, titles(years)[0], [UN])


def _caution(t: Texts, sender: str, row: Row, why: str) -> list[Cell | str]:
    return [
        t(f"years.{sender}"),
        Cell(t.date(row["as_of"]), row["as_of"]),
        rows.number(t, row["officers"]),
        t(f"years.{TREATMENTS[why]}"),
        t(f"years.why_{why}"),
    ]


def panel_sources(years: Years) -> Table:
    """What each panel counts, for which time, and where it comes from."""
    t, body = years.t, Rows()
    every = snapshot.documents()
    for sender, runs in years.runs.items():
        name = t("years.panel_un", who=t(f"years.{sender}"))
        when = period(t, runs[0].first, runs[-1].last)
        body.append(
            [name, t("years.def_un"), when, cited(t, UN), linked(str(every.loc[UN, "url"]))]
        )
    for one in years.counts:
        name, day = t("years.panel_letters"), Cell(t.date(one.as_of), one.as_of)
        url = records.text(every.loc[one.release, "url"]) if one.release in every.index else ""
        body.append([name, t("years.def_letters"), day, cited(t, one.release), linked(url)])
    if not years.past.empty:
        when, url = t("years.past_period"), str(every.loc[PAST, "url"])
        body.append([t("years.panel_past"), t("years.def_past"), when, cited(t, PAST), linked(url)])
    keys = ("panel", "counts_what", "period")
    heads = [
        *(t(f"years.{key}") for key in keys),
        *rows.headers(t, ("place",)),
        t("sources.address"),
    ]
    return Table("panel_sources", t("years.sources"), heads, body, documents=documents(years))


def evidence(years: Years) -> Table:
    """The dated claims of other sources; none of them counts."""
    t, names = years.t, snapshot.names(years.t.language)
    body: Rows = [
        [
            Cell(t.date(row["date"]), row["date"]),
            t(f"years.{row['contributor']}") if records.text(row["contributor"]) else "",
            mission_name(t, records.text(row["mission"]))
            or t.listing([names[iso3] for iso3 in records.text(row["areas"]).split()]),
            t(f"years.says_{row['says']}"),
            row[f"text_{t.language}"],
            t("years.published", publisher=publisher(t, row), kind=t(f"years.kind_{row['kind']}")),
            linked(row["url"]),
        ]
        for row in years.evidence.to_dict("records")
    ]
    when = rows.headers(t, ("when",))
    keys = ("sender_column", "mission", "says", "claim", "publisher")
    heads = [*when, *(t(f"years.{key}") for key in keys), t("sources.address")]
    return Table("mission_evidence", t("years.evidence"), heads, body)
