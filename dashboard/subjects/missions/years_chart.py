"""The charts of police in missions since 1990: panels below one axis, and the known ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

import pandas as pd

from dashboard import records, rows, snapshot
from dashboard.i18n import Texts
from dashboard.mission_names import mission_name
from dashboard.records import Row
from dashboard.report import Category, Cell, Event, Panel, Span, Spec, Stretch
from dashboard.subjects.missions.years_data import (
    FIRST,
    HOME,
    PAST_ENDS,
    UN,
    Years,
    cited,
    linked,
    years_of,
)
from data.load import reference
from geo import mission_years
from geo.mission_years import Run

EVERY = 5  # years between two labels of the axis
UNSURE = 3  # years that an unknown start or end is drawn long


def panels_spec(years: Years) -> Spec:
    """The panels of the sources that count, with the years in which none does."""
    t = years.t
    panels = [_by_month(years, sender) for sender in years.by_month]
    if years.counts:
        name = "panel_letters_mission" if years.mission else "panel_letters"
        days = tuple(
            Stretch(at, at, float(n), label=t.number(n))
            for at, n in (
                (mission_years.middle(one.as_of), years.counted(one)) for one in years.counts
            )
        )
        panels.append(Panel(t(f"years.{name}"), t("years.panel_letters_note"), days))
    if not years.past.empty:
        bars = tuple(_past(t, row) for row in years.past.to_dict("records"))
        panels.append(Panel(t("years.panel_past"), t("years.panel_past_note"), rows=bars))
    silences = tuple(
        Span(start, end, False, label=t("years.silence")) for start, end in years.silences
    )
    return replace(_axis(years), panels=tuple(panels), silences=silences, readings=readings(years))


def recent_spec(spec: Spec, first: float) -> Spec:
    """The panels that count officers from the year `first` on, and where none of them does."""
    panels = []
    for panel in spec.panels:
        after = [one for one in panel.stretches if one.end >= first]
        clipped = tuple(replace(one, start=max(one.start, first)) for one in after)
        if clipped and any(one.value is not None for one in clipped):
            panels.append(replace(panel, stretches=clipped))
    spoken = [(one.start, one.end) for panel in panels for one in panel.stretches]
    last = max((end for _, end in spoken), default=first)
    return replace(
        spec,
        axis=(first, spec.axis[1]),
        ticks=tuple(tick for tick in spec.ticks if tick[0] >= first),
        panels=tuple(panels),
        silences=tuple(
            Span(start, end, False, label=spec.silences[0].label if spec.silences else "")
            for start, end in mission_years.silences(spoken, first, last)
        ),
        readings=tuple(one for one in spec.readings if one[0] >= first),
    )


def _axis(years: Years) -> Spec:
    last = mission_years.after(years.newest)
    ticks = tuple((float(year), str(year)) for year in range(FIRST, ceil(last), EVERY))
    return Spec("years", (), axis=(float(FIRST), last), ticks=ticks)


def _by_month(years: Years, sender: str) -> Panel:
    t, runs = years.t, years.runs[sender]
    firm = [run for run in runs if run.state == "counted"]
    most = max(firm, key=lambda run: run.officers or 0)
    written = {most, runs[-1]} & set(firm)  # where the series ends with a number, that too
    stretches = tuple(
        Stretch(
            mission_years.start_of(run.first),
            mission_years.after(run.last),
            None if run.officers is None else float(run.officers),
            run.state == "doubtful",
            t.number(run.officers or 0) if run in written else "",
        )
        for run in runs
    )
    note = "panel_mission_note" if years.mission else "panel_un_note"
    who = t(f"years.{sender}")
    return Panel(
        t("years.panel_un", who=who), t(f"years.{note}", last=t.date(runs[-1].last)), stretches
    )


def _past(t: Texts, row: Row) -> Category:
    """The years of one mission, with the most ever."""
    most = t.number(int(row["max_deployed"]))
    short = records.text(row["mission"])
    return Category(row["label"], short, note=f"  {most}", spans=_spans(row))


def _spans(row: Row) -> tuple[Span, ...]:
    """The years that the source gives, and what it does not know as uncertain ones."""
    start, end = years_of(row)
    unknown_start, running = bool(pd.isna(row["start"])), row["ends"] == "running"
    if row["ends"] == "unknown":
        if unknown_start:
            return (Span(2001.0, mission_years.after(PAST_ENDS), False),)
        return Span(start, end, True), Span(end, end + UNSURE, False)
    if unknown_start:
        return (Span(end - UNSURE, end, False, running),)
    return (Span(start, end, True, running),)


# --- what a pointer, or a reader of one month, hears ----------------------------------------------


@snapshot.memoized
def readings(years: Years) -> tuple[tuple[float, str], ...]:
    """Every month of the axis with what each source says of it, a line for each."""
    every = mission_years.months(f"{FIRST}-01", years.newest)
    numbers = {
        sender: {month: run for run in runs for month in mission_years.months(run.first, run.last)}
        for sender, runs in years.runs.items()
    }
    return tuple(
        (
            mission_years.middle(month),
            "\n".join([years.t.date(month), *_lines(years, month, numbers)]),
        )
        for month in every
    )


def reading(years: Years, month: str) -> list[str]:
    """What each source says of one month."""
    at = mission_years.middle(month)
    return next((text.split("\n")[1:] for x, text in readings(years) if x == at), [])


def _lines(years: Years, month: str, numbers: dict[str, dict[str, Run]]) -> Iterator[str]:
    t = years.t
    for sender, by_month in numbers.items():
        run = by_month.get(month)
        n = state(t, run) if run else t("years.read_none")
        yield t("years.read_un", who=t(f"years.{sender}"), n=n)
    if HOME not in years.senders:
        return
    days = [one for one in years.counts if one.as_of[:7] == month]
    for one in days:
        yield t("years.read_letter", n=years.counted(one), date=t.date(one.as_of))
    if not days:
        yield t("years.read_no_letter")


def state(t: Texts, run: Run) -> str:
    """The number of a run, or why there is none."""
    if run.state == "counted":
        return t.number(run.officers or 0)
    return t(f"years.state_{run.state}", n=run.officers or 0)


# --- missions with a known end --------------------------------------------------------------------


@dataclass(frozen=True)
class Ended:
    """A mission of which a source gives the end, and whose words that and its years are."""

    row: Category
    sources: tuple[Cell, ...]

    @property
    def begun(self) -> float:
        """Where it begins on the axis."""
        return min(span.start for span in self.row.spans)


def ends_spec(years: Years, ended: Sequence[Ended]) -> Spec:
    """A row for each of these missions."""
    t = years.t
    bars = tuple(one.row for one in ended)
    panel = Panel(t("years.ends_panel"), t("years.ends_note"), rows=bars, roomy=True)
    return replace(_axis(years), panels=(panel,))


def ended_missions(years: Years) -> list[Ended]:
    """The missions with a known end, each contributor's apart; the first begun on top."""
    names = [years.mission] if years.mission else snapshot.mission_names()
    every = (_ended(years, mission, sender) for mission in names for sender in years.senders)
    return sorted(filter(None, every), key=lambda one: one.begun)


def _ended(years: Years, mission: str, sender: str) -> Ended | None:
    """What proves that police of a contributor was in a mission, and what ended it; else None."""
    t, police = years.t, reference("un_police")
    by_month = mission_years.monthly(police, sender, mission)
    present = mission_years.present(by_month) if mission in set(police["mission"]) else []
    claims = years.evidence[years.evidence["mission"] == mission]
    whose = claims[claims["contributor"].isna() | (claims["contributor"] == sender)]
    facts = whose[whose["says"].isin(["begins", "present", "ends", "closed"])].to_dict("records")
    past = years.past[years.past["name"] == mission] if sender == HOME else years.past.iloc[:0]
    spans = [span for row in past.to_dict("records") for span in _spans(row)]
    spans += [
        Span(mission_years.start_of(first), mission_years.after(last), True)
        for first, last in present
    ]
    end = _end(t, facts, past, present, by_month)
    if not end or not (spans or any(row["says"] in ("begins", "present") for row in facts)):
        return None
    events = tuple(
        Event(mission_years.middle(row["date"]), row["says"], _label(t, row)) for row in facts
    )
    who = "" if sender == HOME else f", {t(f'years.{sender}')}"
    name = f"{_with_country(t, mission, whose)}{who}"
    cells = [rows.citation(t, row) for row in past.to_dict("records")]
    cells += [cited(t, UN)] * bool(present)
    cells += [linked(row["url"]) for row in facts]
    row = Category(name, note=f"  {end}", spans=_joined(spans, events), events=events)
    return Ended(row, tuple(cells))


def _joined(spans: Sequence[Span], events: Sequence[Event]) -> tuple[Span, ...]:
    """The spans, with dots from what is proven first to what is proven last."""
    firm = [span for span in spans if span.certain]
    places = [edge for span in spans for edge in (span.start, span.end)]
    places += [event.year for event in events]
    proven = [(span.start, span.end) for span in firm]
    between = mission_years.silences(proven, min(places), max(places))
    unsure = [Span(start, end, False) for start, end in between]
    return (*unsure, *(replace(span, running=False) for span in firm))


def _end(
    t: Texts,
    facts: Sequence[Row],
    past: pd.DataFrame,
    present: Sequence[tuple[str, str]],
    by_month: pd.DataFrame,
) -> str:
    """The end in words, by the source that tells it best; empty where none does."""
    for says, key in (("ends", "end_contribution"), ("closed", "end_closed")):
        for row in facts:
            if row["says"] == says:
                return t(f"years.{key}", date=t.date(row["date"]))
    if present and present[-1][1] < str(by_month["as_of"].iloc[-1]):
        return t("years.end_month", date=t.date(present[-1][1]))
    for row in past.to_dict("records"):
        if row["ends"] == "year":
            return t("years.end_year", date=str(int(row["end"])))
    return ""


def _label(t: Texts, row: Row) -> str:
    ended = row["says"] in ("ends", "closed")
    return "" if ended or pd.isna(row["officers"]) else t.number(int(row["officers"]))


def _with_country(t: Texts, mission: str, claims: pd.DataFrame) -> str:
    """A mission with where it is, unless its name says so."""
    police, names = reference("un_police"), snapshot.names(t.language)
    areas = [*police.loc[police["mission"] == mission, "areas"], *claims["areas"]]
    code = records.text(areas[0]) if areas else ""
    dutch = snapshot.names("nl")
    if not code or dutch[code] in mission or names[code] in mission:
        return mission_name(t, mission)
    return f"{mission_name(t, mission)} {names[code]}"
