"""The gaps as blocks: the finding, the map, the ranking, the list with its rows, denominators."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape

import pandas as pd

from dashboard import (
    cache,
    findings,
    gap_answers,
    gap_ranking,
    gap_rows,
    gap_sources,
    gaps,
    map_blocks,
)
from dashboard.charts.gaps import OPEN, colours, stacked
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.map_views import view_of
from dashboard.report import Chart, Map, Native
from dashboard.shared import remembered
from data.indicators import Indicators
from geo import citations
from geo.citations import Cited
from geo.gaps import untellable
from geo.ranking import OWN, WEIGHTS, Ranking, Scaling, sensitivity

FIRST = 12  # bars of the chart; the table has all


@dataclass(frozen=True)
class Gaps:
    """The gaps under the reader's choices, of a release with a complete network.

    `own` are the reader's own figures and `own_weights` what they weigh. Everything raises
    DataError.
    """

    t: Words
    filters: Filters
    own: Indicators | None = None
    own_weights: Mapping[str, int] | None = None

    @cached_property
    def release(self) -> pd.Series:
        """The row of the release."""
        return cache.store().release(self.filters.release)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The gaps of every unit, see `geo.gaps`."""
        return gap_answers.gaps(self.filters)

    @cached_property
    def found(self) -> pd.DataFrame:
        """Those of the area and the kinds that were chosen."""
        return gaps.shown(self.frame, self.filters, cache.in_area(self.filters.area))

    @cached_property
    def untold(self) -> set[str]:
        """The kinds that the documents do not tell."""
        return untellable(cache.releases(), self.filters.release)

    @cached_property
    def people(self) -> pd.Series:
        """Code -> inhabitants."""
        return cache.reference("populations").set_index("iso3")["population"]

    @cached_property
    def chosen(self) -> Cited:
        """The rows by which the chosen organisations serve a unit."""
        return gap_answers.rows(self.filters)

    @cached_property
    def everyone(self) -> Cited:
        """The rows by which anybody serves a unit."""
        return gap_answers.rows(self.filters, everyone=True)

    @cached_property
    def printed(self) -> dict[str, list[citations.Place]]:
        """The rows behind each gap that was found."""
        return citations.cited(self.found, self.chosen, self.everyone)

    @cached_property
    def notes(self) -> dict[str, str]:
        """What a unit has beside its gap, see `gaps.notes`."""
        missions = {}
        if self.release["missions"] == "complete":
            deployments = cache.deployments(self.filters.release)
            missions = gaps.in_missions(self.t, deployments, self._names)
        flexible = gap_answers.flexible(self.filters)
        return gaps.notes(self.t, self.frame, flexible, self.chosen, self.everyone, missions)

    @cached_property
    def _names(self) -> pd.Series:
        return cache.names(self.t.language)

    @cached_property
    def title(self) -> str:
        """The finding in one sentence."""
        units = cache.reference("units")
        return gaps.title(self.t, self.found, self.filters, units, self.untold)

    @cached_property
    def lead(self) -> list[str]:
        """What stands below the title."""
        asked = self.printed if "partner_only" in self.filters.kinds else self.chosen
        units = cache.reference("units")
        told = gaps.lead(self.t, self.found, units, self._names, asked)
        if "partner_only" in self.filters.kinds:
            told.append(self.t("gaps.partner_note"))
        return told

    @cached_property
    def source(self) -> str:
        """Documents, tables and dates that the gaps rest on."""
        t, release = self.t, self.release
        title = cache.documents().loc[release["document"], f"title_{t.language}"]
        document = f"{title} ({findings.date_note(t, release)})"
        postings = cache.network(self.filters.release).postings
        parts = [gap_sources.source(t, postings, self.filters, document)]
        if release["missions"] == "complete":
            told = {"document": release["document"], "date": t.date(release["missions_as_of"])}
            parts.append(t("gaps.officers_source", **told))
        return " ".join(parts)

    @remembered
    def map(self) -> Map:
        """The map of the kinds that were chosen."""
        t, filters = self.t, self.filters
        area = cache.in_area(filters.area) if filters.area else None
        legend = [kind for kind in gaps.DRAWN if kind in filters.kinds]
        legend += ["covered", *(["none"] if filters.area else []), "home"]
        words = {"title": t("gaps.map_title")}
        of = findings.of_choice(t, filters.choice)  # partner_only is a fact of the whole network
        for kind in ("single", "remote", "lost", "mission_without_liaison"):
            words[kind] = t(f"map.{kind}") + of
        if of:
            words["uncovered"] = t("map.none") + of
        if filters.area:
            words["none"] = t("gaps.outside", area=t.area(filters.area))
        if filters.area and filters.view == Filters("").view:
            filters = replace(filters, view=view_of(filters.area))
        drawn = gaps.drawn(self.frame, filters.kinds, area)
        return map_blocks.topic(
            t, filters, drawn, legend, key="gaps", source=self.source, words=words, notes=self.notes
        )

    # --- the ranking ------------------------------------------------------------------------------

    @cached_property
    def weights(self) -> dict[str, int]:
        """Component -> weight, those of the reader's own figures too."""
        names = self.own.columns if self.own else []
        given = self.own_weights or {}
        own = {name: given.get(name, OWN) for name in names}
        return WEIGHTS | dict(self.filters.weights) | own

    @cached_property
    def ranking(self) -> Ranking:
        """The ranking of every unit."""
        weights = tuple(sorted(self.weights.items()))
        among = tuple(self.found["iso3"])
        return gap_answers.ranking(self.filters, self.own, weights, self.scaling, among)

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
        return gap_ranking.groups(self.found, cache.reference("units"))

    def codes(self, group: Collection[str]) -> list[str]:
        """Those of the group that have a score, in order."""
        scores = self.ranking.scores
        return list(scores.loc[scores["iso3"].isin(group) & scores["score"].notna(), "iso3"])

    @remembered
    def sensitivity(self, codes: list[str]) -> pd.DataFrame:
        """What one step of one weight changes in the first of these, see `geo.ranking`."""
        return sensitivity(self.ranking, codes, self.scaling.unknown)

    def heading(self, codes: list[str]) -> str:
        """Which of these come first."""
        of = findings.of_whom(self.t, self.filters.organisations)
        return gap_ranking.heading(self.t, self.ranking, codes, self._names, of)

    @cached_property
    def missions_source(self) -> str:
        """Where the missions of the ranking come from."""
        if self.release["missions"] != "complete":
            return self.t("gaps.missions_unknown")
        date = self.t.date(self.release["missions_as_of"])
        return self.t("gaps.missions_known", document=self.release["document"], date=date)

    @remembered
    def components(self, codes: list[str]) -> tuple[dict[str, str], bool]:
        """The components that add to the first of these scores, by name; is something unknown?"""
        drawn = self._drawn(codes)
        adds = set(drawn.loc[drawn["part"].gt(0), "component"])
        order = [name for name in dict.fromkeys(drawn["component"]) if name in adds]
        unknown = any(self._supposed(codes).values())
        return {name: gap_ranking.component(self.t, name) for name in order}, bool(unknown)

    def _drawn(self, codes: list[str]) -> pd.DataFrame:
        drawn = self.ranking.parts
        return drawn[drawn["iso3"].isin(codes[:FIRST])]

    def _supposed(self, codes: list[str]) -> dict[str, float]:
        scores = self.ranking.scores.set_index("iso3")["supposed"].reindex(codes[:FIRST])
        return {str(code): float(value) for code, value in scores.fillna(0).items()}

    @remembered
    def chart(self, codes: list[str]) -> Chart:
        """The scores of the first of these, in their parts."""
        t, shown, drawn = self.t, codes[:FIRST], self._drawn(codes)
        names = gap_ranking.named(t, self._names, cache.reference("units"))
        told = gap_ranking.heads(t, self.ranking, shown, names)
        heads = {
            code: f"<b>{escape(head)}</b>{escape(more)}" for code, (head, more) in told.items()
        }
        kind = drawn[drawn["component"] == "kind"].set_index("iso3")["value"]
        kinds = {iso3: t(f"gaps.kind_{kind[iso3]}") for iso3 in shown}
        named, _ = self.components(codes)
        # A figure takes HTML, and the names of the reader's own columns may hold anything.
        safe = {name: escape(word) for name, word in named.items()}
        headers, body = gap_rows.parts(t, self.ranking, codes, names)
        wide = drawn.pivot(index="iso3", columns="component", values="part")
        supposed = self._supposed(codes)
        series = [
            (word, [_known(wide, code, name) for code in shown], colours(list(named))[name][0])
            for name, word in named.items()
        ]
        if any(supposed.values()):
            series.append((t("gaps.column_supposed"), list(supposed.values()), OPEN))
        return Chart(
            "ranking",
            self.heading(codes),
            stacked(drawn, shown, heads, safe, kinds, supposed, t),
            gap_ranking.alternative(t, self.ranking, shown, names),
            headers,
            body,
            t("gaps.how_sources", missions=self.missions_source),
            Native("stacked", [str(names[code]) for code in shown], series),
        )


def _known(wide: pd.DataFrame, code: str, name: str) -> float | None:
    """The part of a score, None where it is unknown."""
    value = wide[name].get(code)
    return None if value is None or pd.isna(value) else float(value)
