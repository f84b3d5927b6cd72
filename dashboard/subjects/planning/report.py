"""Where new posts would help most, and what else a planner asks, as blocks of a page or file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from dashboard import provenance, snapshot, theme, wording
from dashboard.figures import map_blocks
from dashboard.figures.views import smallest_view
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Block, Cell, Map, Report, Section, Table, Text
from dashboard.rows import Rows, number
from dashboard.snapshot import memoized
from dashboard.subjects.planning import question as planning
from dashboard.subjects.planning import wording as planning_wording
from dashboard.subjects.planning.question import Question
from dashboard.subjects.planning.wording import city
from dashboard.subjects.scenario import report as scenario_report
from dashboard.takeover import on_paper, scenario_link
from data.indicators import Indicators
from data.load import reference
from geo.coverage import HOME
from geo.errors import DataError
from geo.firmness import Firmness
from geo.gaps import is_kind
from geo.options import AIMS
from geo.placement import Limits, NewPost, Placement, PostSet
from geo.scenario import Add, Change, Close, Rearrange, Scenario, changed

NAMED = 12  # countries of a post that a cell names


@dataclass(frozen=True)
class Planning:
    """The answers under the reader's choices; everything raises DataError.

    `indicators` are the reader's own figures and `indicator_weights` what they weigh.
    """

    t: Texts
    filters: Filters
    indicators: Indicators | None = None
    indicator_weights: Mapping[str, int] | None = None

    @cached_property
    def question(self) -> Question:
        """What is asked."""
        return planning.of_filters(self.filters, self.indicators, self.indicator_weights)

    @cached_property
    def limits(self) -> Limits:
        """Kilometres and countries an officer, those of today where the reader set none."""
        return planning.limits(self.question)

    @cached_property
    def answer(self) -> Placement:
        """The best sets of places."""
        return planning.placed(self.question)

    @cached_property
    def best(self) -> PostSet:
        """The best set."""
        return self.answer.sets[0]

    @cached_property
    def names(self) -> pd.Series:
        """Code -> name of every unit."""
        return snapshot.names(self.t.language)

    @cached_property
    def source(self) -> str:
        """The document whose network is asked about."""
        return map_blocks.network_source(self.t, self.filters.release)

    @property
    def document(self) -> str:
        """The id of the document that `source` names."""
        return str(snapshot.store().release(self.filters.release)["document"])

    @cached_property
    def of(self) -> str:
        """ " van NP en KMar" where the reader chose some."""
        return wording.of_whom(self.t, self.filters.organisations)

    # --- new posts --------------------------------------------------------------------------------

    @cached_property
    def title(self) -> str:
        """What the best set reaches, in one sentence."""
        return planning_wording.headline(self.t, self.answer, self.of)

    @cached_property
    def lead(self) -> list[str]:
        """What was asked, how sure the answer is, and why it falls out so."""
        t, answer = self.t, self.answer
        texts = [planning_wording.summary(t, self.question, answer, self.points)]
        texts.append(planning_wording.certainty(t, answer))
        if len(self.best.posts) > 1:
            texts.append(planning_wording.step_by_step(t, answer))
        return texts

    @cached_property
    def points(self) -> pd.Series:
        """iso3 -> points of the countries without an officer."""
        return planning.points(self.question)

    @cached_property
    def scenario(self) -> Scenario:
        """The best set as a scenario."""
        return self.as_scenario(self.best.posts)

    def as_scenario(self, posts: Sequence[NewPost]) -> Scenario:
        """New posts as changes to the network."""
        new = [
            Add(
                self.question.organisation,
                post.host,
                post.city,
                tuple(each.iso3 for each in post.countries if each.iso3 != post.host),
            )
            for post in posts
        ]
        return Scenario(self.filters.release, "", tuple(new))

    @memoized
    def map(self) -> Map:
        """The new posts, the countries they reach with lines, and who is left without."""
        t, posts = self.t, self.best.posts
        gaps = snapshot.gaps(self.filters.release, self.filters.choice)
        without = gaps["iso3"].isin(gaps.loc[is_kind(gaps["kinds"], "uncovered"), "iso3"])
        reached = {each.iso3: (post, each) for post in posts for each in post.countries}
        drawn = pd.DataFrame({"iso3": gaps["iso3"], "state": "covered"})
        drawn.loc[without.to_numpy(), "state"] = "uncovered"
        drawn.loc[drawn["iso3"].isin(reached), "state"] = "gained"
        drawn = drawn[drawn["iso3"] != HOME]
        drawn = pd.concat([drawn, pd.DataFrame({"iso3": [HOME], "state": ["home"]})])
        notes = {
            iso3: t("planning.map_note", city=city(t, post.city), km=each.distance_km)
            for iso3, (post, each) in reached.items()
        }
        texts = {
            "title": t("planning.map_title"),
            "gained": t("planning.map_gained"),
            "uncovered": t("planning.map_uncovered") + self.of,
            "covered": t("planning.map_covered") + self.of,
        }
        blank = drawn.assign(postings=0, cities=None, distance_km=None)
        towns = planning.towns(self.question).set_index(["host", "city"])
        marks = pd.DataFrame(
            [
                {
                    "kind": "LO",
                    "row": number,
                    "status": "active",
                    "organisation": self.question.organisation,
                    "host": post.host,
                    "city": city(t, post.city),
                    "lat": towns.loc[(post.host, post.city), "lat"],
                    "lon": towns.loc[(post.host, post.city), "lon"],
                }
                for number, post in enumerate(posts, start=1)
            ]
        )
        about = {*reached, *(post.host for post in posts)}
        block = map_blocks.topic(
            t,
            replace(self.filters, area="", layers=()),
            blank,
            ["gained", "uncovered", "covered", "home"],
            key="planning",
            source=self.source,
            texts=texts,
            notes=notes,
            postings=marks,
            view=smallest_view(reference("units"), about),
            about=about,
        )
        who = theme.code(self.question.organisation)
        ends = [
            (round(float(row["lat"]), 2), round(float(row["lon"]), 2), post)
            for row, post in zip(marks.to_dict("records"), posts, strict=True)
        ]
        links = [
            [lat, lon, each.iso3, who, 1]
            for lat, lon, post in ends
            for each in post.countries
            if each.iso3 != post.host
        ]
        legend = [*block.legend, *([("mark_line", t("look.mark_line"))] if links else [])]
        return replace(block, payload={**block.payload, "links": links}, legend=legend)

    @memoized
    def places(self) -> Table:
        """Each new post: what it reaches, what it adds alone and after the others."""
        t = self.t
        heads = [t("column.city"), t("planning.column_reaches"), t("planning.column_countries")]
        several = len(self.best.posts) > 1
        gains = ("alone", "after") if several else ("gain",)
        heads += [t(f"planning.column_{name}") for name in gains]
        body: Rows = [
            [
                Cell(f"{city(t, post.city)} ({self.names[post.host]})", iso3=post.host),
                planning_wording.with_km(t, post.countries, self.names),
                number(t, len(post.countries)),
                *(number(t, getattr(post, name)) for name in gains),
            ]
            for post in self.best.posts
        ]
        return Table("places", t("planning.places"), heads, body, self._weighed)

    @cached_property
    def _weighed(self) -> str:
        return f"{self.source}. {self.t('planning.weighed')}"

    @memoized
    def alternatives(self) -> list[Block]:
        """The next best sets; those that reach the same countries stand in one row."""
        t = self.t
        groups: dict[frozenset[str], list[PostSet]] = {}
        for each in self.answer.sets:
            codes = frozenset(one.iso3 for post in each.posts for one in post.countries)
            groups.setdefault(codes, []).append(each)
        best = next(iter(groups))
        heads = [t("planning.column_set"), t("planning.column_points")]
        heads += [t("planning.column_countries"), t("planning.column_km")]
        heads += [t("planning.column_other"), t("planning.column_scenario")]
        body: Rows = []
        for codes, sets in groups.items():
            first = sets[0]
            more = wording.country_list(t, self.names, codes - best)
            less = wording.country_list(t, self.names, best - codes)
            parts = [t("planning.other_more", lands=more)] if more else []
            parts += [t("planning.other_less", lands=less)] if less else []
            or_ = f" {t('whatif.or')} "
            body.append(
                [
                    or_.join(planning_wording.cities(t, each.posts) for each in sets),
                    number(t, first.gain),
                    number(t, len(codes)),
                    number(t, first.km),
                    "; ".join(parts) or "–",
                    self.link(self.as_scenario(first.posts)),
                ]
            )
        table = Table("alternatives", t("planning.alternatives"), heads, body, self._weighed)
        return [Text(t("planning.alternatives_note"), "note"), table]

    def link(self, scenario: Scenario) -> Cell:
        """A cell that opens a scenario on the page "What if"."""
        return scenario_link(self.t, scenario)

    def firm(self, answer: Firmness) -> list[Block]:
        """How often each place stays when one weight or limit moves, and every such run."""
        return planning_wording.firm(self.t, answer, self.names, self._weighed)

    # --- least missed, areas ----------------------------------------------------------------------

    @memoized
    def missed(self) -> list[Block]:
        """What closing each post would cost, the least missed first."""
        t, table = self.t, planning.missed(self.question)
        free = table[table["lost"].map(len).eq(0)]
        nothing = int(free["single"].map(len).eq(0).sum())
        text = t("planning.missed_text", posts=len(table), free=len(free), nothing=nothing)
        labels = self._labels
        heads = [t("column.post"), t("planning.column_lost"), t("planning.column_single")]
        heads += [t("planning.column_extra"), t("planning.column_cost")]
        heads.append(t("planning.column_scenario"))
        body: Rows = [
            [
                labels[int(row["row"])],
                wording.country_cell(t, self.names, row["lost"]) or "–",
                wording.country_cell(t, self.names, row["single"]) or "–",
                number(t, row["extra_km"]),
                number(t, row["cost"]),
                self.link(Scenario(self.filters.release, "", (Close(int(row["row"])),))),
            ]
            for row in table.to_dict("records")
        ]
        block = Table("missed", t("planning.missed"), heads, body, self._weighed)
        return [Text(text), Text(t("planning.missed_note"), "note"), block]

    @memoized
    def together(self, at_once: int = 2) -> list[Block]:
        """The first sets of `at_once` posts, 2 or 3, that may close together, and how many of all
        leave every country served.
        """
        t, labels = self.t, self._labels
        found = planning.missed_together(self.question, at_once)
        heads = [t("planning.column_posts"), t("planning.column_lost")]
        heads += [t("planning.column_single"), t("planning.column_extra")]
        heads += [t("planning.column_cost"), t("planning.column_scenario")]
        body: Rows = [
            [
                t.listing([labels[int(each)] for each in row["rows"]]),
                wording.country_cell(t, self.names, row["lost"]) or "–",
                wording.country_cell(t, self.names, row["single"]) or "–",
                number(t, row["extra_km"]),
                number(t, row["cost"]),
                self.link(
                    Scenario(self.filters.release, "", tuple(Close(int(n)) for n in row["rows"]))
                ),
            ]
            for row in found.sets.head(10).to_dict("records")
        ]
        table = Table("together", t("planning.together"), heads, body, self._weighed)
        text = t(f"planning.together_text_{at_once}", spared=found.spared, of=found.of)
        return [Text(text), table]

    @cached_property
    def _labels(self) -> dict[int, str]:
        return scenario_report.post_labels(self.filters.release, self.t.language)

    @memoized
    def areas(self, aim: str = AIMS[0]) -> list[Block]:
        """The work areas divided anew, with fewest kilometres or the evenest load, as changes."""
        t = self.t
        redrawn = planning.redrawn(self.filters.release, self.filters.choice, aim)
        before, after, labels = redrawn.before, redrawn.after, self._labels
        values = {"n": len(redrawn.changes), "before": before.km, "after": after.km}
        loads: dict[str, float] = {"most_before": before.most, "most_after": after.most}
        loads |= {"spread_before": before.spread, "spread_after": after.spread}
        heads = [t("column.country"), t("planning.column_from"), t("planning.column_to")]
        heads += [t("column.km_before"), t("column.km_after")]
        body: Rows = [
            [
                Cell(str(self.names[row["iso3"]]), iso3=row["iso3"]),
                labels[int(row["from"])],
                labels[int(row["to"])],
                number(t, row["distance_before_km"]),
                number(t, row["distance_after_km"]),
            ]
            for row in redrawn.changes.to_dict("records")
        ]
        table = Table("redrawn", t("planning.areas"), heads, body, self.source)
        return [
            Text(t(f"planning.areas_text_{aim}", **values, **loads)),
            Text(t("planning.areas_note"), "note"),
            table,
        ]

    @memoized
    def areas_scenario(self, aim: str = AIMS[0]) -> tuple[Scenario, int]:
        """The areas divided anew as a scenario, and how many changes of it fit in one."""
        redrawn = planning.redrawn(self.filters.release, self.filters.choice, aim)
        scenario, many = Scenario(self.filters.release), 0
        for row in redrawn.changes.to_dict("records"):
            changes: list[Change] = [
                Rearrange(int(row["from"]), less=(row["iso3"],)),
                Rearrange(int(row["to"]), more=(row["iso3"],)),
            ]
            longer = scenario
            for each in changes:
                longer = changed(longer, each)
            try:
                scenario_report.checked(longer, longer.release)
            except DataError:
                break
            scenario, many = longer, many + 1
        return scenario, many

    @cached_property
    def caveats(self) -> list[Text]:
        """What the model does not know, and what weighs more than distance."""
        t = self.t
        points, cited = self.points, {"criteria": ("kst-31015-94", "ips-qa-2020")}
        names = ("choice", "limits", "others", "not", "criteria", "own")
        texts = [Text(t(f"planning.unknown_{n}"), documents=cited.get(n, ())) for n in names]
        if points.empty:
            return texts
        least, most = str(points.idxmin()), str(points.idxmax())
        ends = {"least": self.names[least], "most": self.names[most]}
        ends |= {"low": float(points[least]), "high": float(points[most])}
        return [Text(t("planning.unknown_why", **ends)), *texts]


def report(
    t: Texts,
    filters: Filters,
    indicators: Indicators | None = None,
    indicator_weights: Mapping[str, int] | None = None,
) -> Report:
    """Where new posts would help most; raises DataError, also for limits that nothing meets."""
    plan = Planning(t, filters, indicators, indicator_weights)
    caveats = [Text(each.text, "item", each.documents) for each in plan.caveats]
    sections = [
        Section("map", t("planning.map_title"), [plan.map(), plan.places()]),
        Section("alternatives", t("planning.alternatives"), on_paper(t, plan.alternatives())),
        Section("unknown", t("planning.unknown"), caveats),
        Section("missed", t("planning.missed"), on_paper(t, [*plan.missed(), *plan.together()])),
        Section("redrawn", t("planning.areas"), plan.areas()),
    ]
    return provenance.report(
        t, filters, "planning", subject=t("page.planning"), title=plan.title,
        summary=plan.lead, sections=sections, also=_chosen(plan),
    )  # fmt: skip


def _chosen(plan: Planning) -> list[tuple[str, str]]:
    """The limits and weights of the answer, in words."""
    t, limits, filters = plan.t, plan.limits, plan.filters
    about = t("planning.limits_chosen", n=filters.posts, km=limits.within, most=limits.most)
    pairs = [(t("planning.limits"), about)]
    weights = [f"{t(f'gaps.component_{name}')} {n}" for name, n in filters.weights]
    if weights:
        pairs.append((t("gaps.weights"), ", ".join(weights)))
    return pairs
