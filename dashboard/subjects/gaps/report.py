"""Gaps under the reader's choices: map, table, ranking, denominators, as a page and as a report."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from dashboard import provenance, ready, snapshot, wording
from dashboard.country_words import within
from dashboard.document_names import document_name, release_name, table_name
from dashboard.figures import map_blocks
from dashboard.figures.charts.scene import component_roles
from dashboard.filters import Filters
from dashboard.i18n import Texts, sentence, texts_of
from dashboard.report import (
    Block,
    Category,
    Chart,
    Map,
    Report,
    Section,
    Series,
    Spec,
    Table,
    Text,
    unmarked,
)
from dashboard.snapshot import memoized
from dashboard.subjects.gaps import ranking as gap_ranking
from dashboard.subjects.gaps import wording as gap_wording
from data.indicators import Indicators
from data.load import reference
from geo import citations
from geo.citations import Cited
from geo.coverage import HOME
from geo.errors import DataError
from geo.gaps import counts
from geo.ranking import OWN, WEIGHTS, Ranking, Scaling, sensitivity

FIRST = 12  # bars of the chart; the table has all

NAMED = 3  # of a long list, in the paragraph to paste


@dataclass(frozen=True)
class Gaps(snapshot.Subject):
    """The gaps under the reader's choices, of a release with a complete network.

    `own` are the reader's own figures and `own_weights` what they weigh. Everything raises
    DataError.
    """

    own: Indicators | None = None
    own_weights: Mapping[str, int] | None = None

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The gaps of every unit, see `geo.gaps`."""
        return snapshot.gaps(self.filters.release, self.filters.choice, self.filters.language)

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Those of the area and the kinds that were chosen."""
        return gap_wording.in_choice(self.frame, self.filters, snapshot.in_area(self.filters.area))

    @cached_property
    def silent_kinds(self) -> set[str]:
        """The kinds of gap on which the documents are silent."""
        return snapshot.untellable(self.filters.release)

    @cached_property
    def chosen(self) -> Cited:
        """The rows by which the chosen organisations serve a unit."""
        return snapshot.cited(self.filters.release, self.filters.choice)

    @cached_property
    def everyone(self) -> Cited:
        """The rows by which anybody serves a unit."""
        return snapshot.cited(self.filters.release, replace(self.filters.choice, organisations=()))

    @cached_property
    def printed(self) -> dict[str, list[citations.Place]]:
        """The rows behind each gap that was found."""
        return citations.cited(self.gaps, self.chosen, self.everyone)

    @cached_property
    def notes(self) -> dict[str, str]:
        """What a unit has beside its gap, see `gaps.notes`."""
        missions = {}
        if self.release["missions"] == "complete":
            missions = _in_missions(self.filters.release, self.t.language)
        flexible = snapshot.flexible(self.filters.release)
        return gap_wording.notes(self.t, self.frame, flexible, self.chosen, self.everyone, missions)

    @cached_property
    def _names(self) -> dict[str, str]:
        return snapshot.names_in_order(self.t.language)

    @cached_property
    def title(self) -> str:
        """The finding in one sentence."""
        units = snapshot.unit_kinds()
        return gap_wording.title(self.t, self.gaps, self.filters, units, self.silent_kinds)

    @cached_property
    def lead(self) -> list[Text]:
        """What stands below the title, with the way to the rows that it names."""
        gaps = self.printed if "partner_only" in self.filters.kinds else self.chosen
        units = snapshot.unit_kinds()
        texts = gap_wording.lead(self.t, self.gaps, units, self._names, gaps, self.document)
        if "partner_only" in self.filters.kinds:
            texts.append(Text(self.t("gaps.partner_note")))
        return texts

    @cached_property
    def priority_source(self) -> str:
        """Where the list of priority countries stands."""
        listed = reference("priority_countries")
        return wording.citation(self.t, listed.iloc[0].to_dict())

    @property
    def document(self) -> str:
        """The id of the document of the network."""
        return str(self.release["document"])

    @cached_property
    def source(self) -> str:
        """Documents, tables and dates that the gaps rest on."""
        t, release = self.t, self.release
        title = snapshot.documents().loc[release["document"], f"title_{t.language}"]
        document = f"{title} ({wording.date_note(t, release)})"
        postings = snapshot.network(self.filters.release).postings
        parts = [provenance.source(t, postings, self.filters, document)]
        if release["missions"] == "complete":
            named = document_name(t, str(release["document"]))
            values = {"document": named, "date": t.date(release["missions_as_of"])}
            parts.append(t("gaps.officers_source", **values))
        return " ".join(parts)

    @memoized
    def paste(self) -> Section:
        """The findings as a paragraph in both languages; empty where nothing can be told."""
        kinds = [kind for kind in self.filters.kinds if kind not in self.silent_kinds]
        if not kinds:
            return Section("paste", self.t("ready.heading"), [])
        return ready.section(self.t, lambda t: self._with(t)._paragraph(kinds))

    def _with(self, t: Texts, kinds: tuple[str, ...] = ()) -> Gaps:
        """The same in a language, of other kinds where some are named."""
        kinds = kinds or self.filters.kinds
        if (t.language, kinds) == (self.t.language, self.filters.kinds):
            return self  # much of it is there already
        return replace(self, t=t, filters=replace(self.filters, kinds=kinds))

    def _paragraph(self, kinds: list[str]) -> Text:
        """A sentence or two for each kind, and what the table does not tell."""
        t, release = self.t, self.release
        each = (self._with(t, (kind,)) for kind in kinds)
        sentences = [line for gaps in each for line in gaps._finding()]
        sentences.append(t("ready.network", note=wording.date_note(t, release)))
        if "partner_only" not in kinds:  # a fact of the whole network, whoever is chosen
            sentences.append(ready.counted(t, self.filters.choice))
        postings = snapshot.network(self.filters.release).postings
        tables = [provenance.tables(t, postings, self.filters.choice)]
        if "mission_without_liaison" in kinds:
            printed = snapshot.deployments(self.filters.release)["table"]
            tables += [table_name(t, str(name)) for name in printed.unique()]
        places = {str(release["document"]): t.listing(tables)}
        return ready.paragraph(t, [*sentences, t("ready.gaps_unknown")], places)

    def _finding(self) -> list[str]:
        """The finding with what it does not count, or with the names of a short list."""
        beside = gap_wording.uncounted(self.t, self.gaps, snapshot.unit_kinds())
        lead = [each.text for each in self.lead]
        first = [self.t("ready.gaps_beside", units=beside)] if beside else lead[:1]
        return [sentence(self.title), *first, *lead[1:], *self._first_of_many()]

    def _first_of_many(self) -> list[str]:
        """The countries that rank highest, where they are too many to be named."""
        t, ranked = self.t, self.codes(self.gaps["iso3"].tolist())
        if gap_wording.all_named(self.gaps) or not ranked:
            return []
        top = [within(t, code, self._names[code]) for code in ranked[:NAMED]]
        return [t.count("ready.gaps_top", len(top), names=t.listing(top))]

    @memoized
    def map(self) -> Map:
        """The map of the kinds that were chosen."""
        t, filters = self.t, self.filters
        area = snapshot.in_area(filters.area) if filters.area else None
        legend = [kind for kind in gap_wording.DRAWN if kind in filters.kinds]
        legend += ["covered", *(["home"] if area is None or HOME in area else [])]
        legend += ["outside"] if filters.area else []
        words = {"title": t("gaps.map_title")}
        of = wording.of_no_choice(t, filters.choice)  # partner_only is a fact of the whole network
        for kind in ("single", "remote", "lost", "mission_without_liaison"):
            words[kind] = t(f"map.{kind}") + of
        if of:
            words["uncovered"] = t("map.none") + of
        drawn = gap_wording.drawn(self.frame, filters.kinds)
        return map_blocks.topic(
            t,
            filters,
            drawn,
            legend,
            key="gaps",
            source=self.source,
            documents=[self.document],
            texts=words,
            notes=self.notes,
        )

    # --- the ranking ------------------------------------------------------------------------------

    @cached_property
    def weights(self) -> dict[str, int]:
        """Component -> weight, those of the reader's own figures too."""
        names = self.own.columns if self.own else []
        chosen = self.own_weights or {}
        of_reader = {name: chosen.get(name, OWN) for name in names}
        return WEIGHTS | dict(self.filters.weights) | of_reader

    @cached_property
    def ranking(self) -> Ranking:
        """The ranking of every unit."""
        weights = tuple(sorted(self.weights.items()))
        among = tuple(self.gaps["iso3"])
        return snapshot.ranking(self.filters, self.own, weights, self.scaling, among)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The reader's own figures of the year that counts, see `geo.indicators`."""
        assert self.own
        return self.own.reading.of_year(self.own.year(self.filters.year))

    @cached_property
    def scaling(self) -> Scaling:
        """How those figures are scaled: as chosen, but never a logarithm of what is below zero."""
        chosen = self.filters.scaling
        if (
            self.own
            and chosen.curve == "log"
            and (self.figures[self.own.columns] < 0).any(axis=None)
        ):
            return replace(chosen, curve="straight")
        return chosen

    @cached_property
    def groups(self) -> dict[str, set[str]]:
        """What may be ranked apart, see `gap_ranking.groups`."""
        return gap_ranking.groups(self.gaps, snapshot.unit_kinds())

    def codes(self, group: Collection[str]) -> list[str]:
        """Those of the group that have a score, in order."""
        inside, ranked = frozenset(group), self.ranking.by_unit.items()
        return [code for code, row in ranked if code in inside and row.score is not None]

    @memoized
    def sensitivity(self, codes: list[str]) -> pd.DataFrame:
        """What one step of one weight changes in the first of these, see `geo.ranking`."""
        return sensitivity(self.ranking, codes, self.scaling.unknown)

    def heading(self, codes: list[str]) -> str:
        """Which of these come first."""
        of = wording.of_any(self.t, self.filters.organisations)
        return gap_ranking.heading(self.t, self.ranking, codes, self._names, of)

    @cached_property
    def missions_source(self) -> str:
        """Where the missions of the ranking come from."""
        if self.release["missions"] != "complete":
            return self.t("gaps.missions_unknown")
        date = self.t.date(self.release["missions_as_of"])
        named = document_name(self.t, self.document)
        return self.t("gaps.missions_known", document=named, date=date)

    @memoized
    def components(self, codes: list[str]) -> tuple[dict[str, str], bool]:
        """The components that add to the first of these scores, by name; is something unknown?"""
        added = [self.ranking.added_to(code) for code in codes[:FIRST]]
        order = [name for name in self.ranking.components if any(each[name] for each in added)]
        unknown = any(self._supposed(codes))
        return {name: gap_ranking.component(self.t, name) for name in order}, unknown

    def _supposed(self, codes: list[str]) -> tuple[float, ...]:
        return tuple(self.ranking.by_unit[code].supposed or 0.0 for code in codes[:FIRST])

    @memoized
    def chart(self, codes: list[str]) -> Chart:
        """The scores of the first of these, in their parts."""
        t, first = self.t, codes[:FIRST]
        names = gap_ranking.named(t, self._names, snapshot.unit_kinds())
        heads = gap_ranking.heads(t, self.ranking, first, names)
        kinds = tuple(t(f"gaps.kind_{self.ranking.worst[code]}") for code in first)
        named, _ = self.components(codes)
        roles = component_roles(list(named))
        headers, body = gap_ranking.parts(t, self.ranking, codes, names)
        added = [self.ranking.added_to(code) for code in first]
        series = [
            Series(
                word,
                tuple(each[name] for each in added),
                roles[name],
                words=kinds if name == "kind" else (word,) * len(first),
            )
            for name, word in named.items()
        ]
        supposed = self._supposed(codes)
        if any(supposed):
            name, short = t("gaps.column_supposed"), t("gaps.legend_unknown")
            series.append(Series(name, supposed, "supposed", short, supposed=True))
        rows = tuple(Category(str(names[code]), *heads[code]) for code in first)
        return Chart(
            "ranking",
            self.heading(codes),
            Spec("ranking", rows, tuple(series)),
            gap_ranking.alternative(t, self.ranking, first, names),
            headers,
            body,
            t("gaps.how_sources", missions=self.missions_source, priority=self.priority_source),
            self._ranked_from,
        )

    @cached_property
    def _ranked_from(self) -> set[str]:
        """The ids of the documents that the ranking takes missions and priority from."""
        of_missions = {self.document} if self.release["missions"] == "complete" else set()
        return of_missions | set(reference("priority_countries")["document"])


@snapshot.cached(16)
def _in_missions(release: str, language: str) -> dict[str, str]:
    """What of missions stands at a unit, see `gap_wording.in_missions`."""
    names = snapshot.names_in_order(language)
    return gap_wording.in_missions(texts_of(language), snapshot.deployments(release), names)


@memoized
def listed(gaps: Gaps) -> Table:
    """Every gap in the order of the ranking, with the rows of the document behind it."""
    t, units = gaps.t, snapshot.unit_kinds()
    order = gap_ranking.in_order(gaps.ranking, units)
    names = gap_ranking.named(t, snapshot.names_in_order(t.language), units)
    of, document = gaps.filters.organisations, gaps.document
    people = snapshot.people()
    heads, rows = gap_ranking.gap_table(
        t, gaps.gaps, order, names, people, gaps.notes, gaps.printed, document, of
    )
    ranked = any(score is not None for score in order.values())
    note = "gaps.list_note" if ranked else "gaps.list_note_unranked"
    return Table("list", t.count(note, len(rows)), heads, rows, gaps.source, [document])


@memoized
def denominators(gaps: Gaps) -> list[Table]:
    """How much of each continent and subregion is covered; only subregions of a chosen one."""
    t, filters = gaps.t, gaps.filters
    table = snapshot.denominators(filters.release, filters.choice)
    of = wording.of_whom(t, filters.organisations)
    printed_tables = provenance.tables(
        t, snapshot.network(filters.release).postings, filters.choice
    )
    source = t(
        "gaps.denominators_source", document=release_name(t, filters.release), table=printed_tables
    )
    parts = {"subregion": t("gaps.subregions") + of}
    if not filters.area:
        parts = {"continent": t("gaps.denominators") + of, **parts}
    return [
        Table(by, title, *gap_ranking.denominators(t, table, filters, by), source)
        for by, title in parts.items()
    ]


def report(
    t: Texts,
    filters: Filters,
    indicators: Indicators | None = None,
    indicator_weights: Mapping[str, int] | None = None,
) -> Report:
    """The gaps of a release; raises DataError, also where its network is not complete.

    `indicators` are the reader's own figures and `indicator_weights` what they weigh, see `Gaps`.
    """
    if not snapshot.network(filters.release, t.language).complete:
        raise DataError("partial_release", f"release {filters.release}")
    gaps = snapshot.report_of(Gaps, t, filters)
    if indicators:  # a reader's own figures are nobody else's
        gaps = Gaps(t, filters, indicators, indicator_weights)
    kinds = [f"{t(f'gaps.kind_{kind}')}: {t(f'gaps.about_{kind}')}." for kind in filters.kinds]
    means = [Text(line, "item") for line in kinds]
    sections = [Section("map", t("gaps.map_title"), [gaps.map(), *means])]
    if not gaps.gaps.empty:
        sections += _ranked(gaps)
        sections.append(Section("list", t("gaps.list"), [listed(gaps)]))
    sections.append(gaps.paste())
    note = Text(unmarked(t("gaps.denominators_note")), "note")
    sections.append(Section("denominators", t("gaps.denominators"), [note, *denominators(gaps)]))
    return provenance.report(
        t, filters, "gaps", subject=t("page.gaps"), title=gaps.title,
        summary=[*(each.text for each in gaps.lead), *_in_short(gaps)], sections=sections,
        also=_indicator_choices(gaps),
    )  # fmt: skip


def _indicator_choices(gaps: Gaps) -> list[tuple[str, str]]:
    """The reader's own figures and what they weigh: a link does not carry them."""
    if gaps.own is None:
        return []
    t, indicators = gaps.t, gaps.own
    weighed = ", ".join(f"{name} {gaps.weights[name]}" for name in indicators.columns)
    file_text = t(
        "gaps.own_in_file", file=indicators.name, sha=indicators.sha256[:8], names=weighed
    )
    scale = t("gaps.scaled", basis=t(f"gaps.basis_{gaps.scaling.basis}"),
              curve=t(f"gaps.curve_{gaps.scaling.curve}"))  # fmt: skip
    dated, unread = (
        gap_ranking.dated(t, indicators, gaps.filters),
        gap_ranking.unread(t, indicators),
    )
    return [(t("gaps.own"), "; ".join(filter(None, (file_text, dated, scale, *unread))))]


def _in_short(gaps: Gaps) -> list[str]:
    """How many units have each kind of gap, and which come first."""
    if gaps.gaps.empty:
        return []
    t, inside = gaps.t, gaps.frame["iso3"].isin(snapshot.in_area(gaps.filters.area))
    counted = counts(gaps.frame.loc[inside, "kinds"])
    kinds = [
        f"{t(f'gaps.kind_{kind}')}: {t.number(n)}"
        for kind, n in counted.items()
        if n is not None and kind not in gaps.silent_kinds
    ]
    firsts = [section.heading for section in _ranked(gaps)[:1]]
    return [f"{'; '.join(kinds)}.", *(f"{first}." for first in firsts)]


def _ranked(gaps: Gaps) -> list[Section]:
    """The ranking of each group that has units with a score, or of the one that was chosen."""
    t, groups = gaps.t, gaps.groups
    names = [name for name in gap_ranking.GROUPS if name in groups]
    if gaps.filters.ranked in names:
        names = [gaps.filters.ranked]
    elif len(names) == len(gap_ranking.GROUPS):
        names = ["states", "territories"]  # together they are all
    sections = []
    for name in names:
        codes = gaps.codes(groups[name])
        if codes:
            chart = replace(gaps.chart(codes), key=f"ranking_{name}")
            notes = [Text(unmarked(gap_ranking.note(t, gaps.scaling)), "note")]
            table = gaps.sensitivity(codes)
            if firm := gap_ranking.firmness(t, table, snapshot.names(t.language)):
                heads, rows = gap_ranking.sensitivity(t, table, snapshot.names(t.language))
                notes.append(Text(firm, "note"))
                firmness = Table(
                    f"firmness_{name}",
                    f"{t('gaps.firm')}: {t(f'gaps.ranked_{name}').lower()}",
                    heads,
                    rows,
                    chart.source,
                    chart.documents,
                )
            blocks: list[Block] = [chart, *notes, *([firmness] if firm else [])]
            sections.append(Section(chart.key, chart.title, blocks))
    return sections
