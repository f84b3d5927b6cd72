"""The report on missions: the counts, the places, and what older sources say."""

from __future__ import annotations

from dashboard import provenance, snapshot, wording
from dashboard.figures.charts import mission_history as charts
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.provenance import report as made
from dashboard.report import Block, Chart, Report, Section, Text
from dashboard.subjects.missions import places as mission_places
from dashboard.subjects.missions.counts import Missions
from dashboard.subjects.missions.places import Where, beside
from geo import mission_trends


def timeline(t: Words, filters: Filters) -> Chart | None:
    """The years of every mission in the area; None where the source has none there.

    Its unknown ends and its arrows are beyond a chart of an office program. Raises DataError.
    """
    history, names = snapshot.reference("mission_history"), snapshot.names(t.language)
    inside = snapshot.in_area(filters.area)
    here = [not inside.isdisjoint(codes.split()) for codes in history["areas"]]
    spans = mission_trends.timeline(history[here])
    if spans.empty:
        return None
    said = mission_places.names_of_spans(spans, names, t)
    headers, body = mission_places.history_table(t, spans, said)
    return Chart(
        "mission_history",
        t("missions.history"),
        charts.timeline(spans, said, t),
        mission_places.history_text(t, spans, said),
        headers,
        body,
        t("missions.history_source"),
    )


def address() -> str:
    """Where the source can be read; raises DataError."""
    return str(snapshot.reference("mission_history")["source_url"].iloc[0])


def report(t: Words, filters: Filters) -> Report:
    """The missions under the reader's choices; raises DataError.

    Where no document has a complete table of them, that is said and the past stays.
    """
    found = Missions(t, filters)
    summary, sections = [] if found.every else [t("missions.none")], list[Section]()
    if found.any:
        summary = [*found.lead, *found.faults]
        sections = [*_counted(found), *_placed(found)]
    elif found.every:  # what the title denies rests on these tables too
        read = Text(f"{t('source')}: {found.source}", "note")
        sections = [Section("per_mission", t("missions.per_mission"), [read])]
    said = provenance.missions(t, filters)
    sections.append(Section("said", said.title, [said]))
    past: list[Block] = [Text(t("missions.history_note"), "note")]
    past.append(timeline(t, filters) or Text(t("missions.history_none")))
    sections.append(Section("history", t("missions.history"), past))
    return made(
        t, filters, "missions", name="missies", subject=t("page.missions"), title=found.title,
        summary=summary, sections=sections, as_of=_as_of(found),
        also=[(t("missions.map_date"), t.date(found.map_date))] if filters.shown else [],
    )  # fmt: skip


def _as_of(missions: Missions) -> list[str]:
    """The dates that are compared, and that of the network beside them."""
    t, release = missions.t, snapshot.store().release(missions.filters.release)
    dates = [t.date(count.as_of) for count in missions.counts] if missions.every else []
    said = [t("imprint.missions_date", date=t.listing(dates))] if dates else []
    if release["network"] != "absent":
        said.append(t("imprint.network_date", note=wording.date_note(t, release)))
    return said


def _counted(missions: Missions) -> list[Section]:
    """The officers per mission, and the parts of every total."""
    t = missions.t
    each: list[Block] = [
        missions.step_chart(),
        *(Text(line, "note") for line in missions.other_names),
    ]
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
        known = beside(missions) or [Text(t("coverage.no_network"))]
        sections.append(Section("beside", t("missions.beside_title"), list(known)))
    return sections
