"""The report on police in missions since 1990: each source in a panel of its own."""

from __future__ import annotations

from dataclasses import replace

from dashboard import provenance, snapshot
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.mission_names import explained
from dashboard.report import Block, Chart, Panel, Report, Section, Spec, Text
from dashboard.subjects.missions import contradictions, years_chart, years_tables
from dashboard.subjects.missions.years_data import HOME, Years
from data.load import reference
from geo import mission_doubts, mission_years
from geo.mission_years import Run

DAY = 1 / 366  # years; what ends with a month ends before the first of the next


def report(t: Texts, filters: Filters) -> Report:
    """Everything since 1990 under the chosen country and mission; raises DataError."""
    years = of(t, filters)
    return provenance.report(
        t, filters, "mission_years", subject=t("page.mission_years"),
        title=title(years), summary=summary(years), sections=sections(years), as_of=dates(years),
        also=chosen(years),
    )  # fmt: skip


def of(t: Texts, filters: Filters) -> Years:
    """The sources under the reader's choices, of which only sender and mission change them."""
    about = Filters("", t.language, sender=filters.sender, mission=filters.mission)
    return snapshot.report_of(Years, t, about)


def sections(years: Years) -> list[Section]:
    """The parts of the report; of an empty choice the claims of other sources, where there are."""
    t, content = years.t, list[Section]()
    if not years.is_empty:
        lines = filter(None, [*notes(years), in_full(years)])
        blocks: list[Block] = [panels(years), *(Text(line, "note") for line in lines)]
        content = [
            Section("years", t("years.chart"), blocks),
            Section("panel_sources", t("years.sources"), [years_tables.panel_sources(years)]),
        ]
    if table := contradictions.table(years):
        note = Text(t("years.contradictions_note"), "note")
        content.append(Section("contradictions", t("years.contradictions"), [table, note]))
    if chart := ends(years):
        rule = Text(t("years.ends_rule"), "note")
        content.append(Section("ends", t("years.ends"), [chart, rule]))
    if table := years_tables.year_ends(years):
        content.append(Section("year_ends", t("years.year_ends"), [table]))
    if table := years_tables.cautions(years):
        note = Text(t("years.doubts_note"), "note")
        seeming = [Text(line, "note") for line in lone(years)]
        content.append(Section("doubts", t("years.doubts"), [table, note, *seeming]))
    if not years.evidence.empty:
        note = Text(t("years.evidence_note"), "note")
        claims = years_tables.evidence(years)
        content.append(Section("evidence", t("years.evidence"), [claims, note]))
    return content


def dates(years: Years) -> list[str]:
    """From when to when each source speaks."""
    t = years.t
    texts = [
        f"{t('years.what_un')}: {years_tables.period(t, runs[0].first, runs[-1].last)}"
        for runs in years.runs.values()
    ][:1]
    if years.counts:
        days = t.listing([t.date(one.as_of) for one in years.counts])
        texts.append(t("provenance.missions_date", date=days))
    return texts


def chosen(years: Years) -> list[tuple[str, str]]:
    """The choices of the reader in words."""
    t, sender = years.t, years.filters.sender
    return [
        (t("years.sender"), t(f"years.{sender or 'both'}")),
        (t("years.mission"), years.titled or t("years.every_mission")),
    ]


def title(years: Years) -> str:
    """The finding: from when to when nobody counted."""
    t = years.t
    if years.mission:
        return t("years.title_mission", mission=years.titled)
    last = reference("un_police")["as_of"].max()[:7]
    if HOME not in years.senders or not years.counts:
        return t("years.title_bel", to=t.date(last))
    after = mission_years.months(last, "2099-12")[1]
    return t("years.title", **{"from": t.date(after)}, to=t.date(years.counts[0].as_of))


def summary(years: Years) -> list[str]:
    """What the sources say, each apart, and what may not be read from them."""
    t, lines = years.t, []
    if years.is_empty:
        return [t("years.nothing")]
    for sender, runs in years.runs.items() if not years.mission else ():
        firm = [run for run in runs if run.state == "counted"]
        most, last = max(firm, key=lambda run: run.officers or 0), firm[-1]
        facts = {"month": t.date(most.first), "n": most.officers, "without": without(t, runs, most)}
        ends = {"last": t.date(last.last), "end": last.officers}
        lines.append(t(f"years.most.{sender}", **facts, **ends))
    if years.counts:
        days = [
            t("years.letter", n=years.counted(one), date=t.date(one.as_of)) for one in years.counts
        ]
        lines.append(t("years.letters", each=t.listing(days)))
    return [*lines, t("years.rule")]


def without(t: Texts, runs: list[Run], most: Run) -> str:
    """Which doubtful months have more than the most; empty where none has."""
    above = [
        t("years.without_month", month=t.date(run.first), n=run.officers)
        for run in runs
        if run.state == "doubtful" and (run.officers or 0) > (most.officers or 0)
    ]
    return t("years.without", each=t.listing(above)) if above else ""


def lone(years: Years) -> list[str]:
    """The months of which the source seems to lack a row, though it does not say so."""
    t, police = years.t, reference("un_police")
    return [
        t(
            "years.lone",
            who=t(f"years.short_{sender}"),
            mission=mission,
            first=t.date(first),
            last=t.date(last),
        )
        for sender in (years.by_month if not years.mission else ())
        for mission, first, last in mission_doubts.lone_missions(police, sender)
    ]


def notes(years: Years) -> list[str]:
    """How to read the chart."""
    against = contradictions.sentence(years.t, contradictions.of(years))
    texts = [years.t(f"years.{key}") for key in ("unknown", "police", "follows")]
    return [against, *texts] if against else texts


def in_full(years: Years) -> str:
    """What the abbreviations in the names of missions stand for; mostly of many missions."""
    names = [*years.past["mission"].dropna(), *years.evidence["mission"].dropna()]
    return explained(years.t, [years.mission, *map(str, names)])


def panels(years: Years) -> Chart:
    """The chart of the panels, with everything that is drawn as its data."""
    t, spec = years.t, years_chart.panels_spec(years)
    name = "years.chart_mission" if years.mission else "years.chart"
    headers, body = years_tables.drawn(years)
    return Chart(
        "mission_years",
        t(name, mission=years.titled),
        spec,
        alternative(years, spec),
        headers,
        body,
        "; ".join(years_tables.titles(years)),
        years_tables.documents(years),
    )


RECENT = 2001.0  # the first year of the missions that a source names one by one


@snapshot.cached(4, lambda t, filters: (t.language, bool(filters.area)))
def since_2001(t: Texts, filters: Filters) -> Chart | None:
    """The counts of Dutch police since 2001 below one axis; None where nobody counts.

    Whatever mission or country was chosen on the page of the years; None for an area, of which the
    UN gives no count. Raises DataError.
    """
    if filters.area:
        return None
    years = of(t, replace(filters, mission="", sender=HOME))
    if years.is_empty:
        return None
    chart = panels(years)
    spec = years_chart.recent_spec(chart.spec, RECENT)
    headers, rows = years_tables.counted(years, int(RECENT))
    title, words = t("parts.all_years"), alternative(years, spec)
    source, ids = years_tables.counting(years)
    return replace(
        chart, key="mission_axis", title=title, spec=spec, alternative=words, headers=headers,
        rows=rows, source=source, documents=ids,
    )  # fmt: skip


def ends(years: Years) -> Chart | None:
    """The chart of missions with a known end; None where none has."""
    t, ended = years.t, years_chart.ended_missions(years)
    if not ended:
        return None
    each = "; ".join(f"{one.row.name}, {one.row.note.strip()}" for one in ended)
    headers, body = years_tables.ends(t, ended)
    documents = {name for one in ended for cell in one.sources for name in cell.documents}
    every = snapshot.documents()
    names = [str(row[f"title_{t.language}"]) for name, row in every.iterrows() if name in documents]
    return Chart(
        "mission_ends",
        t("years.ends_chart"),
        years_chart.ends_spec(years, ended),
        f"{t('years.ends_chart')}: {each}.",
        headers,
        body,
        "; ".join([*names, t("years.evidence")]),
        documents,
    )


def alternative(years: Years, spec: Spec) -> str:
    """What the panels show, for those who do not see it."""
    t = years.t
    parts = [
        t("years.words", panel=panel.name, note=panel.note, each=_numbers(years, panel))
        for panel in spec.panels
    ]
    silent = [
        years_tables.period(
            t, mission_years.month_of(span.start), mission_years.month_of(span.end - DAY)
        )
        for span in spec.silences
        if span.end - span.start >= 1
    ]
    if silent:
        parts.append(t("years.words_silence", each=t.listing(silent)))
    return " ".join(parts)


def _numbers(years: Years, panel: Panel) -> str:
    """The numbers of a panel in words: at the ends of years, on each day, or for each mission."""
    t = years.t
    if panel.rows:
        return "; ".join(years_tables.spoken(t, row) for row in years.past.to_dict("records"))
    if all(one.start == one.end for one in panel.stretches):
        return "; ".join(
            t("years.letter", n=years.counted(one), date=t.date(one.as_of)) for one in years.counts
        )
    first, last = int(panel.stretches[0].start), int(panel.stretches[-1].end)
    ends = {
        year: one
        for one in panel.stretches
        for year in range(first, last)
        if one.start < year + 1 <= one.end
    }
    firm = [
        t("years.words_year", year=str(year), n=int(one.value))
        for year, one in ends.items()
        if one.value is not None and not one.doubtful
    ]
    unknown = [str(year) for year, one in ends.items() if one.value is None]
    if unknown:
        firm.append(t("years.words_unknown", years=t.listing(unknown)))
    return ", ".join(firm) or t("years.words_none")
