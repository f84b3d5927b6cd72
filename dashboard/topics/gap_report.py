"""The gaps as blocks, second part: the list, the denominators, and the report of it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dashboard import cache, findings, gap_answers, gap_ranking, gap_rows, gap_sources
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.imprint import report as made
from dashboard.report import Block, Report, Section, Table, Text, unmarked
from dashboard.shared import remembered
from dashboard.topics.gaps import Gaps
from data.indicators import Indicators
from geo.errors import DataError
from geo.gaps import counts


@remembered
def listed(found: Gaps) -> Table:
    """Every gap in the order of the ranking, with the rows of the document behind it."""
    t, units = found.t, cache.reference("units")
    order = gap_ranking.listed(found.ranking, units)
    shown = gap_ranking.named(t, cache.names(t.language), units)
    of = found.filters.organisations
    heads, rows = gap_rows.listed(
        t, found.found, order, shown, found.people, found.notes, found.printed, of
    )
    note = "gaps.list_note" if order["score"].notna().any() else "gaps.list_note_unranked"
    return Table("list", t.count(note, len(rows)), heads, rows, found.source)


@remembered
def denominators(found: Gaps) -> list[Table]:
    """How much of each continent and subregion is covered; only subregions of a chosen one."""
    t, filters = found.t, found.filters
    table = gap_answers.denominators(filters)
    of = findings.of_whom(t, filters.organisations)
    read = gap_sources.tables(t, cache.network(filters.release).postings, filters.choice)
    source = t("gaps.denominators_source", document=filters.release, table=read)
    parts = {"subregion": t("gaps.subregions") + of}
    if not filters.area:
        parts = {"continent": t("gaps.denominators") + of, **parts}
    return [
        Table(by, title, *gap_rows.denominators(t, table, filters, by), source)
        for by, title in parts.items()
    ]


def report(
    t: Words,
    filters: Filters,
    own: Indicators | None = None,
    own_weights: Mapping[str, int] | None = None,
) -> Report:
    """The gaps of a release; raises DataError, also where its network is not complete.

    `own` are the reader's own figures and `own_weights` what they weigh, see `Gaps`.
    """
    if cache.store().release(filters.release)["network"] != "complete":
        reason = "the document names only some of the posts, so where nobody serves is unknown"
        advice = "Choose a release with a complete network"
        raise DataError(f"release {filters.release}", reason, advice=advice)
    found = Gaps(t, filters, own, own_weights)
    kinds = [f"{t(f'gaps.kind_{kind}')}: {t(f'gaps.about_{kind}')}." for kind in filters.kinds]
    means = [Text(line, "item") for line in kinds]
    sections = [Section("map", t("gaps.map_title"), [found.map(), *means])]
    if not found.found.empty:
        sections += _ranked(found)
        sections.append(Section("list", t("gaps.list"), [listed(found)]))
    note = Text(unmarked(t("gaps.denominators_note")), "note")
    sections.append(Section("denominators", t("gaps.denominators"), [note, *denominators(found)]))
    return made(
        t, filters, "gaps", name="vlekken", subject=t("page.gaps"), title=found.title,
        summary=[*found.lead, *_in_short(found)], sections=sections, also=_own(found),
    )  # fmt: skip


def _own(found: Gaps) -> list[tuple[str, str]]:
    """The reader's own figures and what they weigh: a link does not carry them."""
    if found.own is None:
        return []
    t, own = found.t, found.own
    weighed = ", ".join(f"{name} {found.weights[name]}" for name in own.columns)
    told = t("gaps.own_in_file", file=own.name, sha=own.sha256[:8], names=weighed)
    scale = t("gaps.scaled", basis=t(f"gaps.basis_{found.scaling.basis}"),
              curve=t(f"gaps.curve_{found.scaling.curve}"))  # fmt: skip
    return [(t("gaps.own"), "; ".join(filter(None, (told, gap_ranking.dated(t, own, found.filters),
            scale, *gap_ranking.unread(t, own)))))]  # fmt: skip


def _in_short(found: Gaps) -> list[str]:
    """How many units have each kind of gap, and which come first."""
    if found.found.empty:
        return []
    t, inside = found.t, found.frame["iso3"].isin(cache.in_area(found.filters.area))
    counted = counts(found.frame.loc[inside, "kinds"])
    told = [
        f"{t(f'gaps.kind_{kind}')}: {t.number(n)}"
        for kind, n in counted.items()
        if n is not None and kind not in found.untold
    ]
    firsts = [section.heading for section in _ranked(found)[:1]]
    return [f"{'; '.join(told)}.", *(f"{first}." for first in firsts)]


def _ranked(found: Gaps) -> list[Section]:
    """The ranking of each group that has units with a score, or of the one that was chosen."""
    t, groups = found.t, found.groups
    names = [name for name in gap_ranking.GROUPS if name in groups]
    if found.filters.ranked in names:
        names = [found.filters.ranked]
    elif len(names) == len(gap_ranking.GROUPS):
        names = ["states", "territories"]  # together they are all
    sections = []
    for name in names:
        codes = found.codes(groups[name])
        if codes:
            notes = [Text(unmarked(gap_ranking.note(t, found.scaling)), "note")]
            table = found.sensitivity(codes)
            if firm := gap_ranking.firmness(t, table, cache.names(t.language)):
                heads, rows = gap_rows.sensitivity(t, table, cache.names(t.language))
                notes.append(Text(firm, "note"))
                firmness = Table(
                    f"firmness_{name}",
                    f"{t('gaps.firm')}: {t(f'gaps.ranked_{name}').lower()}",
                    heads,
                    rows,
                )
            chart = replace(found.chart(codes), key=f"ranking_{name}")
            blocks: list[Block] = [chart, *notes, *([firmness] if firm else [])]
            sections.append(Section(chart.key, chart.title, blocks))
    return sections
