"""A scenario as blocks: what it does, on the map, in counts, and country by country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard import asked, cache, findings, map_blocks, posts, whatif
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.imprint import report as made
from dashboard.map_views import smallest_view
from dashboard.report import Block, Map, Report, Section, Table, Text
from dashboard.shared import remembered
from geo.coverage import of_organisations
from geo.effect import Effect
from geo.errors import DataError
from geo.scenario import Scenario


def lines(t: Words, found: Scenario, printed: pd.DataFrame) -> list[str]:
    """The changes of a scenario in words; `printed` are the posts of its release by row."""
    about = (printed, cache.names(t.language), cache.city_names(t.language))
    return [whatif.change_line(t, change, *about) for change in found.changes]


@dataclass(frozen=True)
class WhatIf:
    """What a scenario does that was checked against its release; everything raises DataError."""

    t: Words
    filters: Filters
    scenario: Scenario

    @cached_property
    def answer(self) -> asked.Answer:
        """The networks before and after, and the effect everywhere."""
        return asked.whatif(self.scenario, self.filters.choice, self.t.language)

    @cached_property
    def printed(self) -> pd.DataFrame:
        """The posts of the release by row."""
        return asked.printed(self.filters.release, self.t.language)

    @cached_property
    def effect(self) -> Effect:
        """The effect in the area that was chosen."""
        if not self.filters.area:
            return self.answer.effect
        return self.answer.effect.within(cache.in_area(self.filters.area))

    @cached_property
    def lines(self) -> list[str]:
        """The changes in words."""
        return lines(self.t, self.scenario, self.printed)

    @cached_property
    def about(self) -> str:
        """The name of the scenario, or its one change, and the area; mostly for a title."""
        said = self.lines
        called = self.scenario.name or (said[0] if len(said) == 1 else "")
        area = self.t.area(self.filters.area) if self.filters.area else ""
        return ", ".join(filter(None, (called, area)))

    @cached_property
    def finding(self) -> str:
        """What the scenario comes down to, in one sentence."""
        whom = self.filters.organisations
        return whatif.headline(self.t, self.effect, self._names, whom, self.answer.effect)

    def titled(self, about: str) -> str:
        """The finding behind what it is about; `about` as a page or a file may write it."""
        return whatif.titled(self.t, about, self.finding, self._names) if about else self.finding

    @cached_property
    def sentences(self) -> list[str]:
        """Who loses, gains, or hangs on one posting by it, and what it comes to."""
        t, filters, after = self.t, self.filters, self.answer.after
        networks = (after.postings, after.accreditations)
        still = posts.still(t, networks, self.effect.of("lost")["iso3"], filters.choice)
        return whatif.sentences(t, self.effect, self._names, filters.organisations, still)

    @cached_property
    def source(self) -> str:
        """The document whose network the scenario changes."""
        return map_blocks.network_source(self.t, self.filters.release)

    @remembered
    def map(self) -> Map:
        """The map of what the scenario changes, with the posts after it."""
        t, filters, answer = self.t, self.filters, self.answer
        before = (answer.before.postings, answer.before.accreditations)
        drawn, of = whatif.drawn(answer.effect), self._of
        touched = set(answer.effect.touched["iso3"])
        words = {kind: t(f"whatif.kind_{kind}", of=of) for kind in ("lost", "single")}
        return map_blocks.topic(
            t,
            filters,
            drawn,
            [name for name in whatif.DRAWN if (drawn["state"] == name).any()],
            key="scenario",
            source=self.source,
            words=words | {"none": t("map.none") + of, "title": t("whatif.map_title")},
            notes=whatif.notes(t, answer.effect, before, filters.choice),
            postings=of_organisations(answer.after.postings, filters.organisations),
            view=smallest_view(cache.reference("units"), touched),
            about=touched,
        )

    @remembered
    def quoted(self) -> Table | Text:
        """The rows of the document that the scenario changes, as printed; or that none is."""
        heads, rows = whatif.quoted(self.t, self.scenario, self.printed)
        if not rows:
            return Text(self.t("whatif.printed_none"))
        return Table("printed", self.t("whatif.printed"), heads, rows, self.source)

    @remembered
    def counts(self) -> list[Table | Text]:
        """The counts before and after, then notes on what is counted."""
        t, filters = self.t, self.filters
        heads, rows = whatif.totals(t, self.effect, filters.organisations)
        notes = [whatif.singles(t, self.effect)]
        notes += [t("whatif.counts_area", area=t.area(filters.area))] if filters.area else []
        notes += [t("whatif.counts_whom", of=self._of)] if self._of else []
        table = Table("counts", t("whatif.counts"), heads, rows, self.source)
        return [table, *(Text(note, "note") for note in notes if note)]

    @remembered
    def affected(self) -> list[Table | Text]:
        """Every country that is touched, who served it and who will; or that none is."""
        t, answer = self.t, self.answer
        frames = [(net.postings, net.accreditations) for net in (answer.before, answer.after)]
        choice = self.filters.choice
        heads, rows = whatif.affected(t, self.effect, (frames[0], frames[1]), choice, self._names)
        if not rows:
            return [Text(t("whatif.affected_none"))]
        whom = [Text(t("whatif.affected_whom", of=self._of), "note")] if self._of else []
        table = Table("affected", t("whatif.affected"), heads, rows, self.source)
        return [*whom, table, Text(t("whatif.km_note"), "note")]

    @cached_property
    def _names(self) -> pd.Series:
        return cache.names(self.t.language)

    @cached_property
    def _of(self) -> str:
        return findings.of_whom(self.t, self.filters.organisations)


def report(t: Words, filters: Filters) -> Report:
    """The scenario of the address; raises DataError, also where there is none that fits."""
    if not filters.scenario:
        advice = "Make one on the page What if"
        raise DataError("scenario", "no scenario is chosen", advice=advice)
    found = WhatIf(t, filters, asked.scenario(filters.scenario, filters.release))
    changes: list[Block] = [Text(line, "item") for line in found.lines]
    sections = [
        Section("changes", t("whatif.label"), changes),
        Section("map", t("whatif.map_title"), [found.map()]),
        Section("printed", t("whatif.printed"), [found.quoted()]),
        Section("counts", t("whatif.counts"), found.counts()),
        Section("affected", t("whatif.affected"), found.affected()),
    ]
    return made(
        t, filters, "whatif", name="scenario", subject=found.about or t("page.whatif"),
        title=found.titled(found.about), summary=found.sentences, sections=sections,
        also=[(t("imprint.scenario"), "; ".join(found.lines))],
    )  # fmt: skip
