"""What a scenario does to the network: read, checked, computed, and as a report."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from dashboard import provenance, ready, rows, snapshot, takeover, wording
from dashboard.figures import map_blocks
from dashboard.figures.views import smallest_view
from dashboard.filters import Filters
from dashboard.i18n import Texts, sentence, texts_of
from dashboard.report import Block, Cell, Map, Report, Section, Table, Text
from dashboard.snapshot import memoized
from dashboard.subjects.scenario import effect as scenario_effect
from dashboard.subjects.scenario import sides, workareas
from dashboard.subjects.scenario.sides import Side
from data.load import places, reference
from data.scenarios import read, release_of
from data.store.read import Network
from geo.coverage import coverage, of_organisations
from geo.effect import Effect, active_hosts, effect
from geo.errors import DataError
from geo.options import Choice
from geo.scenario import WHERE, Close, Scenario, parse, text
from geo.whatif import Checker, apply
from geo.workareas import WorkAreas, work_areas


@dataclass(frozen=True, eq=False)
class Answer:
    """What a scenario does, with the networks before and after, cities in a language.

    `coverages` are those of the choice before and after, cities in Dutch.
    """

    before: Network
    after: Network
    effect: Effect
    areas: WorkAreas
    coverages: tuple[pd.DataFrame, pd.DataFrame]


@snapshot.cached(16)
def liaison_posts(release: str, language: str = "nl") -> pd.DataFrame:
    """The LO postings of a release by row; raises DataError."""
    postings = snapshot.network(release, language).postings
    return postings[postings["kind"] == "LO"].set_index("row", drop=False)


@snapshot.cached(16)
def post_labels(release: str, language: str) -> dict[int, str]:
    """Row -> the post as a list to search names it, see `wording.post_labels`; raises DataError."""
    names = snapshot.names(language)
    return wording.post_labels(texts_of(language), liaison_posts(release, language), names)


def valid_scenario(written: str, release: str) -> Scenario:
    """The scenario of an address, checked against the release; raises DataError."""
    scenario = parse(written)
    _there(scenario.release)
    checked(scenario, release)
    return scenario


def _there(release: str) -> None:
    """Raises the DataError of a scenario whose release was withdrawn or never was there.

    Before anything else is said of it: to choose that release is no advice then.
    """
    try:
        snapshot.store().release(release)
    except DataError as error:
        raise error.placed(WHERE) from error


def checked(scenario: Scenario, release: str) -> None:
    """Raises DataError where the scenario does not fit the release."""
    _checker(release).check(scenario)


@snapshot.cached(16)
def _checker(release: str) -> Checker:
    return Checker(release, snapshot.network(release), reference("units"), places())


def from_file(name: str, content: bytes, release: str) -> Scenario:
    """The scenario of a file about the release it names, or else `release`; raises DataError."""
    about = release_of(content) or release
    _there(about)
    return read(name, content, snapshot.network(about))


def _unnamed(scenario: Scenario, *about: Hashable) -> Hashable:
    return text(replace(scenario, name="")), *about


@snapshot.cached(64, _unnamed)
def whatif(scenario: Scenario, choice: Choice, language: str) -> Answer:
    """What a scenario does that passed `checked`, whatever it is called; raises DataError."""
    release = scenario.release
    before = snapshot.network(release, language)
    after, areas = _changed(scenario, language)
    if language != "nl":  # only cities have another name
        answer = whatif(scenario, choice, "nl")
        found = answer.effect
        named = {name: _cities(found.units[name], language) for name in _OF_CITIES}
        translated = Effect(found.units.assign(**named), found.hosts)
        return replace(answer, before=before, after=after, effect=translated)
    most = areas.farthest.km if areas.farthest else np.inf
    was = snapshot.coverage(release, choice)
    hosts = active_hosts(before.postings, choice), active_hosts(after.postings, choice)
    everyone = None
    if choice.organisations:
        every = replace(choice, organisations=())
        everyone = snapshot.coverage(release, every), _covered(scenario, every)
    now = _covered(scenario, choice)
    return Answer(before, after, effect(was, now, hosts, everyone, most), areas, (was, now))


_OF_CITIES = ("cities_before", "cities_after")


def _cities(lists: pd.Series, language: str) -> pd.Series:
    """Lists of cities by their names in a language, in order."""
    called = snapshot.city_names(language)
    named = [sorted({called.get(city, city) for city in cities}) for cities in lists]
    return pd.Series(named, index=lists.index, dtype=object)


@snapshot.cached(32, _unnamed)
def _changed(scenario: Scenario, language: str) -> tuple[Network, WorkAreas]:
    """The network after a scenario, and the work areas that it changes; no choice changes them."""
    before = snapshot.network(scenario.release, language)
    if language != "nl":
        after, areas = _changed(scenario, "nl")
        cities = after.postings["city"]
        named = cities.map(snapshot.city_names(language)).fillna(cities)
        return replace(after, postings=after.postings.assign(city=named)), areas
    units = reference("units")
    postings, accreditations = apply(scenario, before, units, places())
    tables = (before.postings, before.accreditations)
    areas = work_areas(scenario, tables, (postings, accreditations), units)
    return replace(before, postings=postings, accreditations=accreditations), areas


@snapshot.cached(64, _unnamed)
def _covered(scenario: Scenario, choice: Choice) -> pd.DataFrame:
    """The coverage after a scenario."""
    after, _ = _changed(scenario, "nl")
    return coverage(reference("units"), after.postings, after.accreditations, choice)


_TITLED = 3  # changes that the title of the map names; of more it says that there are


def lines(t: Texts, scenario: Scenario, printed: pd.DataFrame) -> list[str]:
    """The changes of a scenario in words; `printed` are the posts of its release by row."""
    texts = worded(t, printed)
    return [texts.line(change) for change in scenario.changes]


def worded(t: Texts, printed: pd.DataFrame) -> scenario_effect.Lines:
    """What puts a change in words; `printed` are the posts of its release by row."""
    return scenario_effect.Lines(
        t, printed, snapshot.names(t.language), snapshot.city_names(t.language)
    )


@snapshot.cached(8)
def _worded(release: str, language: str) -> scenario_effect.Lines:
    return worded(texts_of(language), liaison_posts(release, language))


@dataclass(frozen=True)
class WhatIf:
    """What a scenario does that was checked against its release; everything raises DataError."""

    t: Texts
    filters: Filters
    scenario: Scenario

    @cached_property
    def answer(self) -> Answer:
        """The networks before and after, and the effect everywhere."""
        return whatif(self.scenario, self.filters.choice, self.t.language)

    @cached_property
    def printed(self) -> pd.DataFrame:
        """The posts of the release by row."""
        return liaison_posts(self.filters.release, self.t.language)

    @cached_property
    def effect(self) -> Effect:
        """The effect in the area that was chosen."""
        if not self.filters.area:
            return self.answer.effect
        return self.answer.effect.within(snapshot.in_area(self.filters.area))

    @cached_property
    def _wording(self) -> scenario_effect.Lines:
        return _worded(self.filters.release, self.t.language)

    @cached_property
    def lines(self) -> list[str]:
        """The changes in words."""
        return [self._wording.line(change) for change in self.scenario.changes]

    @cached_property
    def about(self) -> str:
        """The name of the scenario, or its one change, and the area; mostly for a title.

        To close every post of a city is one change.
        """
        lines = self.lines
        called = self.scenario.name or (lines[0] if len(lines) == 1 else "")
        called = called or self._wording.closed_city(self.scenario.changes)
        area = self.t.area(self.filters.area) if self.filters.area else ""
        return ", ".join(filter(None, (called, area)))

    @cached_property
    def finding(self) -> str:
        """What the scenario comes down to, in one sentence."""
        whom = self.filters.organisations
        return scenario_effect.headline(self.t, self.effect, self._names, whom, self.answer.effect)

    @property
    def _closes_only(self) -> bool:
        """Whether the scenario has no name and no area, which a title would say first."""
        return not self.scenario.name and not self.filters.area

    def titled(self, about: str) -> str:
        """The finding behind what it is about; `about` as a page or a file may write it."""
        match self.scenario.changes:
            case (Close(row),) if self._closes_only and len(self.effect.of("lost")):
                post = self._wording.post(row)
                whom, everywhere = self.filters.organisations, self.answer.effect
                return scenario_effect.headline(
                    self.t, self.effect, self._names, whom, everywhere, post
                )
        return (
            scenario_effect.titled(self.t, about, self.finding, self._names)
            if about
            else self.finding
        )

    @cached_property
    def sentences(self) -> list[str]:
        """Who loses, gains, or hangs on one posting by it, and what it comes to."""
        t, filters, after = self.t, self.filters, self.answer.after
        networks = (after.postings, after.accreditations)
        still = wording.still(t, networks, self.effect.of("lost")["iso3"], filters.choice)
        texts = scenario_effect.sentences(t, self.effect, self._names, filters.organisations, still)
        return [*self.chosen.sentences(), *texts]

    @cached_property
    def chosen(self) -> workareas.Chosen:
        """What becomes of work areas, and who stays in a city that a post leaves."""
        answer = self.answer
        before, after = answer.before.postings, answer.after.postings
        return workareas.Chosen(self.t, self.scenario, answer.areas, before, after, self._names)

    @cached_property
    def source(self) -> str:
        """The document whose network the scenario changes."""
        return map_blocks.network_source(self.t, self.filters.release)

    @memoized
    def map(self) -> Map:
        """The map of what the scenario changes, with the posts after it."""
        t, filters, answer = self.t, self.filters, self.answer
        drawn, of = scenario_effect.drawn(answer.effect), self._of
        texts_of = {kind: t(f"whatif.kind_{kind}", of=of) for kind in ("lost", "single", "beyond")}
        title = t("whatif.map_title")
        if 0 < len(self.lines) <= _TITLED:
            title = t("whatif.map_titled", changes="; ".join(self.lines))
        touched = set(answer.effect.touched["iso3"])
        return map_blocks.topic(
            t,
            filters,
            drawn,
            [name for name in scenario_effect.DRAWN if (drawn["state"] == name).any()],
            key="scenario",
            source=self.source,
            texts=texts_of | {"none": t("map.none") + of, "title": title},
            notes=scenario_effect.notes(t, answer.effect, self._serving),
            postings=of_organisations(answer.after.postings, filters.organisations),
            view=smallest_view(reference("units"), touched),
            about=touched,
        )

    @memoized
    def paste(self) -> Section:
        """What it does as a paragraph in both languages."""
        return ready.section(self.t, lambda t: self._in(t)._paragraph())

    def _in(self, t: Texts) -> WhatIf:
        """The same in the words of `t`."""
        return self if t.language == self.t.language else replace(self, t=t)

    def _paragraph(self) -> Text:
        t, release = self.t, snapshot.store().release(self.filters.release)
        sentences = [t("ready.scenario", note=wording.date_note(t, release))]
        sentences += [sentence(line) for line in self.lines]
        sentences += [sentence(self.finding), *self.sentences]
        sentences += [ready.counted(t, self.filters.choice), t("ready.scenario_unknown")]
        table = provenance.tables(t, self.answer.before.postings, Choice())
        return ready.paragraph(t, sentences, {str(release["document"]): table})

    @memoized
    def quoted(self) -> Table | Text:
        """The rows of the document that the scenario changes, as printed; or that none is."""
        heads, body = scenario_effect.quoted(self.t, self.scenario, self.printed)
        if not body:
            return Text(self.t("whatif.printed_none"))
        return Table("printed", self.t("whatif.printed"), heads, body, self.source)

    @memoized
    def counts(self) -> list[Table | Text]:
        """The counts before and after, then notes on what is counted."""
        t, filters = self.t, self.filters
        heads, body = scenario_effect.totals(t, self.effect, filters.organisations)
        notes = [scenario_effect.singles(t, self.effect), t("whatif.in_full")]
        notes += [t("whatif.counts_area", area=t.area_within(filters.area))] if filters.area else []
        notes += [t("whatif.counts_whom", of=self._of)] if self._of else []
        table = Table("counts", t("whatif.counts"), heads, body, self.source)
        return [table, *(Text(note, "note") for note in notes if note)]

    @memoized
    def affected(self) -> list[Table | Text]:
        """Every country that is touched, who served it and who will; or that none is."""
        t, of, names = self.t, self.filters.organisations, self._names
        heads, body = scenario_effect.affected(t, self.effect, self._serving, of, names)
        if not body:
            return [Text(t("whatif.affected_none"))]
        whom = [Text(t("whatif.affected_whom", of=self._of), "note")] if self._of else []
        table = Table("affected", t("whatif.affected"), heads, body, self.source)
        return [*whom, table, Text(t("whatif.km_note"), "note")]

    @memoized
    def areas(self) -> list[Table | Text]:
        """The work area of each post that moves, is new or serves others, with distances."""
        t = self.t
        heads, body = self.chosen.table()
        if not body:
            return []
        table = Table("areas", t("whatif.areas"), heads, body, self.source)
        return [table, Text(t("whatif.areas_note"), "note")]

    @memoized
    def takeover_posts(self) -> list[Block]:
        """Who might take over the countries that closing posts leave without an officer."""
        lost = list(self.effect.of("lost")["iso3"])
        return takeover.of_scenario(self.t, self.filters, self.scenario, lost, self.source)

    @memoized
    def side_by_side(self) -> list[Block]:
        """Today, this scenario and the one beside it, in one table with what cost is made of."""
        return sides.side_by_side(self.t, self.filters, self.columns, self.source)

    @memoized
    def beyond(self) -> Section:
        """Side by side with another scenario; without one only what the counts do not say."""
        if self.filters.beside:
            return Section("sides", self.t("sides.title"), self.side_by_side())
        blocks = sides.side_by_side(self.t, self.filters, self.columns, self.source, counted=False)
        return Section("sides", self.t("sides.title_beyond"), blocks)

    @cached_property
    def columns(self) -> list[Side]:
        """Today, the scenario, and the one that the reader put beside it."""
        t, filters, answer = self.t, self.filters, self.answer
        was, now = answer.coverages
        columns = [Side(t("sides.today"), answer.before, was)]
        columns.append(Side(self.about or t("sides.this"), answer.after, now))
        if filters.beside:
            other = valid_scenario(filters.beside, filters.release)
            beside = WhatIf(t, filters, other)
            _, now = beside.answer.coverages
            columns.append(Side(beside.about or t("sides.other"), beside.answer.after, now))
        return columns

    @cached_property
    def _serving(self) -> tuple[dict[str, Cell], dict[str, Cell]]:
        """Unit that is touched -> who serves it, before and after."""
        answer, choice = self.answer, self.filters.choice
        touched = set(answer.effect.touched["iso3"])
        was, now = (
            rows.serving_cells(self.t, each.postings, each.accreditations, touched, choice)
            for each in (answer.before, answer.after)
        )
        return was, now

    @cached_property
    def _names(self) -> pd.Series:
        return snapshot.names(self.t.language)

    @cached_property
    def _of(self) -> str:
        return wording.of_whom(self.t, self.filters.organisations)


def of(t: Texts, filters: Filters) -> WhatIf:
    """What the scenario of the filters does, also one without changes; raises DataError."""
    return snapshot.report_of(_whatif, t, filters)


def _whatif(t: Texts, filters: Filters) -> WhatIf:
    if not filters.scenario:
        return WhatIf(t, filters, Scenario(filters.release))
    return WhatIf(t, filters, valid_scenario(filters.scenario, filters.release))


def report(t: Texts, filters: Filters) -> Report:
    """The scenario of the address; raises DataError, also where there is none that fits."""
    if not filters.scenario:
        raise DataError("no_scenario_chosen", "scenario")
    what_if = of(t, filters)
    changes: list[Block] = [Text(line, "item") for line in what_if.lines]
    areas, title = what_if.areas(), what_if.titled(what_if.about)
    posts = takeover.on_paper(t, what_if.takeover_posts())
    sections = [
        Section("changes", t("whatif.label"), changes),
        # Where it stands alone, as on a slide, its title is what it shows.
        Section("map", t("whatif.map_title"), [replace(what_if.map(), title=title)]),
        Section("printed", t("whatif.printed"), [what_if.quoted()]),
        Section("counts", t("whatif.counts"), what_if.counts()),
        *([Section("areas", t("whatif.areas"), areas)] if areas else []),
        Section("affected", t("whatif.affected"), what_if.affected()),
        Section("takers", t("planning.takers_closed"), posts),
        what_if.beyond(),
        what_if.paste(),
    ]
    whole = provenance.report(
        t, filters, "whatif", subject=what_if.about or t("page.whatif"),
        title=title, summary=what_if.sentences, sections=sections,
        also=[(t("provenance.scenario"), "; ".join(what_if.lines))],
    )  # fmt: skip
    return replace(whole, banner=t("present.scenario"))
