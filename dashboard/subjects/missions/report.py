"""The report on missions: the counts, the places, and what older sources say."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import pandas as pd

from dashboard import provenance, snapshot, statements, wording
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.mission_names import explained
from dashboard.records import Row
from dashboard.report import Block, Category, Chart, Report, Section, Span, Spec, Text
from dashboard.subjects.missions import contradictions, years
from dashboard.subjects.missions import places as mission_places
from dashboard.subjects.missions.counts import Missions
from dashboard.subjects.missions.places import Where, beside
from data.load import reference
from geo import mission_trends


def _of_area(t: Texts, filters: Filters) -> Hashable:
    return t.language, filters.area


@snapshot.cached(16, _of_area)
def timeline(t: Texts, filters: Filters) -> Chart | None:
    """The years of every mission in the area; None where the source has none there.

    Raises DataError.
    """
    history, names = reference("mission_history"), snapshot.names(t.language)
    inside = snapshot.in_area(filters.area)
    in_area = [not inside.isdisjoint(codes.split()) for codes in history["areas"]]
    spans = mission_trends.timeline(history[in_area])
    if spans.empty:
        return None
    labels = mission_places.names_of_spans(spans, names, t)
    headers, body = mission_places.history_table(t, spans, labels)
    return Chart(
        "mission_history",
        t("missions.history"),
        years_spec(t, spans, labels),
        mission_places.history_text(t, spans, labels),
        headers,
        body,
        t("missions.history_source"),
    )


@snapshot.cached(16, _of_area)
def history_against(t: Texts, filters: Filters) -> list[str]:
    """Which maxima of the history another source is above, in the area; raises DataError."""
    history, inside = reference("mission_history"), snapshot.in_area(filters.area)
    chosen = history.loc[
        [not inside.isdisjoint(codes.split()) for codes in history["areas"]], "row"
    ]
    above = contradictions.every()
    against = contradictions.sentence(t, above[above["row"].isin(chosen)])
    return [against] if against else []


FIRST, LAST = 2001, 2016  # the years of the history; its source appeared in the last
UNKNOWN = 3  # years that an unknown start or end is drawn long


def years_spec(t: Texts, spans: pd.DataFrame, names: Sequence[str]) -> Spec:
    """The years of each mission; `spans` as `geo.mission_trends.timeline`, `names` one for each."""
    categories = []
    for name, row in zip(names, spans.to_dict("records"), strict=True):
        start, end = pd.isna(row["start"]), row["ends"] == "unknown"
        side = "years" if start and end else "start" if start else "end"
        most = t("missions.history_mark", n=t.number(int(row["max_deployed"])))
        unknown = f", {t(f'missions.unknown_{side}')}" if start or end else ""
        categories.append(Category(name, note=f" ({most}){unknown}", spans=_spans(row)))
    ticks = [(year + 0.5, str(year)) for year in (2002, 2005, 2008, 2011, 2014)]
    ticks[0] = (ticks[0][0], t("missions.history_axis", year="2002"))
    return Spec("spans", tuple(categories), axis=(FIRST, LAST + 1), ticks=tuple(ticks))


def _spans(row: Row) -> tuple[Span, ...]:
    """The certain years of a mission and the unknown ones, from a 1 January to another."""
    certain = bool(pd.notna(row["start"]))
    start = int(row["start"]) if certain else FIRST
    if row["ends"] == "unknown":
        if not certain:
            return (Span(FIRST, LAST + 1, certain),)
        return Span(start, start + 1, certain), Span(start + 1, start + 1 + UNKNOWN, False)
    running = row["ends"] == "running"
    after = LAST + 1 if running else int(row["end"]) + 1
    return (Span(start if certain else after - UNKNOWN, after, certain, running),)


def address() -> str:
    """Where the source can be read; raises DataError."""
    return str(reference("mission_history")["source_url"].iloc[0])


def report(t: Texts, filters: Filters) -> Report:
    """The missions under the reader's choices; raises DataError.

    Where no document has a complete table of them, that is said and the past stays.
    """
    missions = snapshot.report_of(Missions, t, filters)
    summary, sections = [] if missions.every else [t("missions.none")], list[Section]()
    if missions.any:
        summary = [*missions.lead, *missions.faults]
        sections = [*_counted(missions), *_placed(missions)]
    elif missions.every:  # what the title denies rests on these tables too
        source = Text(f"{t('source')}: {missions.source}", "note")
        sections = [Section("per_mission", t("missions.per_mission"), [source])]
    if chart := years.since_2001(t, filters):
        note = Text(t("parts.all_years_note"), "note")
        sections.append(Section("all_years", t("parts.all_years"), [chart, note]))
    said = statements.missions(t, filters)
    sections.append(Section("said", said.title, [said]))
    past: list[Block] = [Text(t("missions.history_note"), "note")]
    past.append(timeline(t, filters) or Text(t("missions.history_none")))
    past += [Text(line, "note") for line in history_against(t, filters)]
    sections.append(Section("history", t("missions.history"), past))
    if missions.any:
        sections.append(missions.paste())
    return provenance.report(
        t, filters, "missions", subject=t("page.missions"), title=missions.title,
        summary=summary, sections=sections, as_of=_as_of(missions),
        also=[(t("missions.map_date"), t.date(missions.map_date))] if filters.shown else [],
    )  # fmt: skip


def _as_of(missions: Missions) -> list[str]:
    """The dates that are compared, and that of the network beside them."""
    t, release = missions.t, snapshot.store().release(missions.filters.release)
    dates = [t.date(count.as_of) for count in missions.counts] if missions.every else []
    dates_text = [t("provenance.missions_date", date=t.listing(dates))] if dates else []
    if release["network"] != "absent":
        dates_text.append(t("provenance.network_date", note=wording.date_note(t, release)))
    return dates_text


def _counted(missions: Missions) -> list[Section]:
    """The officers per mission, and the parts of every total."""
    t = missions.t
    each: list[Block] = [
        missions.step_chart(),
        *(Text(line, "note") for line in missions.other_names),
    ]
    counted = (name for count in missions.every for name in count.deployments["mission"])
    if full := explained(t, counted):
        each.append(Text(full, "note"))
    if len(missions.every) > 2:
        each.append(missions.all_dates())
    return [
        Section("per_mission", t("missions.per_mission"), each),
        Section("parts", t("missions.parts"), [missions.parts_chart()]),
    ]


def _placed(missions: Missions) -> list[Section]:
    """Where the missions are, and what stands beside them."""
    t, where = missions.t, Where(missions, missions.map_date)
    placed: list[Block] = [where.map(), where.stations(), where.missions(), where.regions()]
    sections = [Section("where", t("missions.where"), [*placed, *where.per_country()])]
    if missions.after.missions:
        blocks = beside(missions) or [Text(t("coverage.no_network"))]
        sections.append(Section("beside", t("missions.beside_title"), list(blocks)))
    return sections
