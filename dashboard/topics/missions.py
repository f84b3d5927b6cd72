"""The report on the missions: what the page of missions says, as one file."""

from __future__ import annotations

from dashboard import cache, findings, statements
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.imprint import report as made
from dashboard.report import Block, Report, Section, Text
from dashboard.topics import mission_past
from dashboard.topics.mission_counts import Missions
from dashboard.topics.mission_places import Where, beside


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
    said = statements.missions(t, filters)
    sections.append(Section("said", said.title, [said]))
    past: list[Block] = [Text(t("missions.history_note"), "note")]
    past.append(mission_past.timeline(t, filters) or Text(t("missions.history_none")))
    sections.append(Section("history", t("missions.history"), past))
    return made(
        t, filters, "missions", name="missies", subject=t("page.missions"), title=found.title,
        summary=summary, sections=sections, as_of=_as_of(found),
        also=[(t("missions.map_date"), t.date(found.shown))] if filters.shown else [],
    )  # fmt: skip


def _as_of(found: Missions) -> list[str]:
    """The dates that are compared, and that of the network beside them."""
    t, release = found.t, cache.store().release(found.filters.release)
    dates = [t.date(count.as_of) for count in found.counts] if found.every else []
    said = [t("imprint.missions_date", date=t.listing(dates))] if dates else []
    if release["network"] != "absent":
        said.append(t("imprint.network_date", note=findings.date_note(t, release)))
    return said


def _counted(found: Missions) -> list[Section]:
    """The officers per mission, and the parts of every total."""
    t = found.t
    each: list[Block] = [found.step_chart(), *(Text(line, "note") for line in found.other_names)]
    if len(found.every) > 2:
        each.append(found.all_dates())
    return [
        Section("per_mission", t("missions.per_mission"), each),
        Section("parts", t("missions.parts"), [found.parts_chart()]),
    ]


def _placed(found: Missions) -> list[Section]:
    """Where the missions are, and what stands beside them."""
    t, where = found.t, Where(found, found.shown)
    placed: list[Block] = [where.map(), where.stations(), where.missions(), where.regions()]
    sections = [Section("where", t("missions.where"), [*placed, *where.per_country()])]
    if found.after.missions:
        known = beside(found) or [Text(t("coverage.no_network"))]
        sections.append(Section("beside", t("missions.beside_title"), list(known)))
    return sections
