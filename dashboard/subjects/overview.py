"""The questions of a briefing, each one link away from its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from dashboard import evidence, provenance, rows, snapshot, wording
from dashboard.document_names import release_within
from dashboard.figures import map_blocks
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.links import table_key
from dashboard.report import Block, Cell, Report, Section, Table, Text, unmarked
from dashboard.snapshot import memoized
from dashboard.subjects import coverage
from dashboard.subjects.missions import counts as mission_counts
from dashboard.subjects.missions.counts import Missions
from data.load import reference
from geo.coverage import of_organisations, totals
from geo.evidence import Conflict
from geo.gaps import is_kind
from geo.names.normalise import key

EXAMPLE = "South America"  # where no area is chosen


def questions(t: Texts, filters: Filters) -> list[tuple[str, str, Filters]]:
    """(question, page, the filters under which the page answers it)."""
    area = filters.area or EXAMPLE
    whole = replace(filters, organisations=(), land=None)
    by_name = {
        "uncovered": ("gaps", replace(whole, area=area, view="", kinds=("uncovered",))),
        "partner_only": ("gaps", replace(whole, area="", view="", kinds=("partner_only",))),
        "closing": ("whatif", whole),
        "officers": ("missions", whole),
        "double": ("network", replace(whole, area="")),
        "since": ("network_history", replace(whole, area="", land="PRT")),
    }
    return [
        (t(f"question.{name}", area=t.area(area)), page, chosen)
        for name, (page, chosen) in by_name.items()
    ]


def behind(figure: str, filters: Filters) -> tuple[str, Filters]:
    """(page, its filters) that list what a figure of the overview counts."""
    everyone = replace(filters, organisations=(), area="", kinds=("partner_only",))
    return {
        "single": ("gaps", replace(filters, area="", kinds=("single",))),
        "gpi_only": ("gaps", everyone),
        "officers": ("missions", filters),
    }.get(figure, ("coverage", filters))


LETTER = "kst-31015-94"  # announced in 2013 which officers would leave EU states


@dataclass(frozen=True)
class Figure:
    """A large figure: the name it goes by, what it counts, and what more there is to know."""

    name: str
    number: int
    label: str
    more: str


@dataclass(frozen=True)
class Overview(snapshot.Subject):
    """The network and the missions under the reader's choices; everything raises DataError.

    What is about the network does so for a release that has none.
    """

    @cached_property
    def complete(self) -> bool:
        """Whether the release has the whole network."""
        return bool(self.release["network"] == "complete")

    @cached_property
    def inside(self) -> frozenset[str]:
        """The units of the area."""
        return snapshot.in_area(self.filters.area)

    @cached_property
    def chosen(self) -> pd.DataFrame:
        """The postings of the chosen organisations, everywhere and of every kind."""
        postings = snapshot.network(self.filters.release).postings
        return of_organisations(postings, self.filters.organisations)

    @cached_property
    def _posts(self) -> pd.Series:
        """How many of their posts in the area are active, planned."""
        posts = self.chosen[(self.chosen["kind"] == "LO") & self.chosen["host"].isin(self.inside)]
        return posts["status"].value_counts().reindex(["active", "planned"], fill_value=0)

    def _frame(self, organisations: tuple[str, ...]) -> pd.DataFrame:
        choice = replace(self.filters.choice, organisations=organisations)
        frame = snapshot.coverage(self.filters.release, choice)
        return frame[frame["iso3"].isin(self.inside)]

    @cached_property
    def title(self) -> str:
        """The finding in one sentence."""
        frame, active = self._frame(self.filters.organisations), int(self._posts["active"])
        return wording.overview(self.t, frame, active, self.filters, self.complete)

    @cached_property
    def lead(self) -> str:
        """What the network is besides its posts."""
        note = wording.date_note(self.t, self.release)
        return wording.lead(self.t, self.chosen, note, self.complete, self.filters)

    @memoized
    def figures(self) -> list[Figure]:
        """The large figures, of a complete network."""
        t, filters = self.t, self.filters
        counts, of = (
            totals(self._frame(filters.organisations)),
            wording.of_whom(t, filters.organisations),
        )
        none_of = wording.of_no_choice(t, filters.choice)
        # Who depends on the Belgian police alone is a fact of the whole network, not of a choice.
        alone, planned = totals(self._frame(())).gpi_only, int(self._posts["planned"])
        only = t("overview.gpi_only_more")
        if filters.organisations:
            only = t("overview.gpi_only_whole", more=only)
        awaited = t.count("overview.postings_more", planned) if planned else ""
        values = {
            "postings": (int(self._posts["active"]), awaited),
            "covered": (counts.covered, t("overview.covered_more", none=counts.none, of=none_of)),
            "single": (counts.single, t("overview.single_more", of=of)),
            "gpi_only": (alone, only),
        }
        for last in self.missions.every[-1:]:
            missions = t.count("missions.missions", last.missions)
            more = t("overview.officers_more", missions=missions, date=t.date(last.as_of))
            values["officers"] = (last.officers, more)
        return [
            Figure(name, n, t.count(f"overview.{name}", n), more)
            for name, (n, more) in values.items()
        ]

    def printed(self, name: str) -> dict[str, str]:
        """The printed table that a figure is counted from, as an address names it."""
        table = snapshot.network(self.filters.release).postings
        if name == "officers":
            last = self.missions.every[-1].release
            # As printed: a part of the world may have no row of it.
            [table] = [
                count.deployments for count in snapshot.mission_counts() if count.release == last
            ]
        first = table.iloc[0]
        return {"document": str(first["document"]), "tabel": table_key(str(first["table"]))}

    @memoized
    def figures_table(self) -> Table:
        """The large figures, each with what it says."""
        t = self.t
        body: rows.Rows = [
            [each.label, rows.number(t, each.number), each.more] for each in self.figures()
        ]
        heads = [t("column.what"), t("gaps.column_units"), t("gaps.column_means")]
        sources = [map_blocks.network_source(t, self.filters.release)]
        sources += [mission_counts.sources(t, [last]) for last in self.missions.every[-1:]]
        documents = [last.release for last in self.missions.every[-1:]]
        return Table("figures", t("sources.figures"), heads, body, "; ".join(sources), documents)

    @memoized
    def gaps_table(self) -> Table:
        """Where nobody serves and where one posting does, by name; of a complete network.

        Of the whole world only the first names.
        """
        t, names = self.t, snapshot.names(self.t.language)
        frame = snapshot.gaps(self.filters.release, self.filters.choice, self.filters.language)
        inside = frame[frame["iso3"].isin(self.inside)]
        body: rows.Rows = []
        for kind in ("uncovered", "single"):
            codes = list(inside.loc[is_kind(inside["kinds"], kind), "iso3"])
            lands = wording.country_cell(t, names, codes)
            if self.filters.area:
                lands = t.listing(sorted((names[code] for code in codes), key=key))
            of = wording.of_choice(t, self.filters.choice)
            body.append([t(f"gaps.kind_{kind}") + of, rows.number(t, len(codes)), lands])
        heads = [t("gaps.column_kind"), t("gaps.column_units"), t("column.units")]
        source = map_blocks.network_source(t, self.filters.release)
        return Table("gaps", t("page.gaps"), heads, body, source)

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """Where other sources and the newest network do not agree on a post in the area.

        None for a release that has no network.
        """
        if self.release["network"] == "absent":
            return []
        return [each for each in snapshot.conflicts() if each.host in self.inside]

    @cached_property
    def conflicts_text(self) -> str:
        """How many these are, with a way to them on the page; empty where there are none."""
        count = len(self.conflicts)
        return self.t.count("evidence.start", count) if count else ""

    @cached_property
    def missions(self) -> Missions:
        """The missions of the last two dates, whichever the reader chose for another page."""
        return Missions(self.t, replace(self.filters, dates=()))

    @cached_property
    def missions_title(self) -> str:
        """How many were in missions on the last two dates; empty where no two are known."""
        t, counts = self.t, self.missions.counts
        if len(counts) < 2 or not self.missions.any:
            return ""
        before, after = counts
        dates = {"date_before": t.date(before.as_of), "date_after": t.date(after.as_of)}
        sentence = t.count("overview.missions", before.officers, after=after.officers, **dates)
        return wording.in_area(t, self.filters.area, sentence)

    @cached_property
    def documents(self) -> list[str]:
        """Each document with its date and age."""
        return _document_ages(self.t)


@snapshot.cached(2, lambda t: t.language)
def eu_capitals(t: Texts) -> tuple[Text, Table]:
    """The withdrawals from EU states that the letter of 2013 names, and what stands there now.

    Now is the newest network, whatever release was chosen.
    """
    newest = snapshot.store().default_release()
    posts = snapshot.network(newest, t.language).postings
    posts = posts[(posts["kind"] == "LO") & (posts["organisation"] == "NP")]
    posts = posts[(posts["status"] == "active") & posts["city"].notna()]
    events = reference("events")
    events = events[(events["document"] == LETTER) & events["kind"].isin(["withdrawn", "ends"])]
    body: rows.Rows = []
    for event in events.to_dict("records"):
        cities = posts.loc[posts["host"] == event["iso3"], "city"]
        land = Cell(
            snapshot.names(t.language)[event["iso3"]],
            href=rows.dossier(event["iso3"]),
            iso3=event["iso3"],
        )
        then = t(f"event.{event['kind']}", date=t.date(event["date"]))
        body.append([land, then, ", ".join(f"NP {city}" for city in cities)])
    back = sum(bool(row[2]) for row in body)
    note = wording.date_note(t, snapshot.store().release(newest))
    heads = [t("column.country"), t("overview.then"), t("overview.now")]
    places = dict.fromkeys(wording.citation(t, row) for row in events.to_dict("records"))
    source = t("overview.eu_source", then="; ".join(places), now=release_within(t, newest))
    text = Text(t("overview.eu_text", back=back, all=len(body), note=note))
    register = snapshot.store().release(newest)
    documents = {str(register["document"]), *events["document"]}
    return text, Table("eu", t("overview.eu"), heads, body, source, documents)


@snapshot.cached(2, lambda t: t.language)
def _document_ages(t: Texts) -> list[str]:
    return wording.document_ages(t, snapshot.documents())


@snapshot.cached(32, lambda overview: (overview.t.language, overview.filters.area))
def conflict_blocks(overview: Overview) -> list[Block]:
    """The conflicts of the area, which are those of the newest network whatever is chosen."""
    return evidence.conflict_blocks(overview.t, overview.conflicts)


def report(t: Texts, filters: Filters) -> Report:
    """The overview, or of a chosen area its briefing; raises DataError."""
    overview = snapshot.report_of(Overview, t, filters)
    sections = [] if overview.release["network"] == "absent" else _network(overview)
    sections.append(_missions(overview))
    if overview.conflicts:
        blocks = conflict_blocks(overview)
        differ = t.count("evidence.differ", len(overview.conflicts))
        conflicts = Text(f"{differ} {t('evidence.start_more')}")
        sections.append(Section("conflicts", t("evidence.conflicts"), [conflicts, *blocks]))
    ages = [Text(line, "item") for line in overview.documents]
    sections.append(Section("documents", t("overview.documents"), ages))
    return _of(overview, sections)


def screen(t: Texts, filters: Filters, figure: str) -> Report:
    """As much of the overview as a screen shows that has room for one `figure`; DataError.

    That is mostly the map, which stands first: the tables would be made for nobody.
    """
    overview = snapshot.report_of(Overview, t, filters)
    if overview.release["network"] == "absent" or figure not in ("", "coverage"):
        return report(t, filters)
    return _of(overview, [_map(overview)])


def _of(overview: Overview, sections: list[Section]) -> Report:
    """The report of these sections of the overview."""
    t, filters = overview.t, overview.filters
    if overview.release["network"] == "absent":
        title, summary = overview.missions_title, [t("coverage.no_network")]
    else:
        title, summary = overview.title, [map_blocks.paragraph(filters), overview.lead]
    return provenance.report(
        t,
        filters,
        "overview",
        name="area" if filters.area else "",
        subject=t.area(filters.area) if filters.area else t("page.overview"),
        title=title or t("page.overview"),
        summary=list(map(unmarked, summary)),
        sections=sections,
    )


def _network(overview: Overview) -> list[Section]:
    """What is known of the network; of a partial one neither counts nor gaps."""
    t, filters = overview.t, overview.filters
    sections = list[Section]()
    if overview.complete:
        sections.append(Section("figures", t("sources.figures"), [overview.figures_table()]))
    sections.append(_map(overview))
    if filters.area:
        note = Text(coverage.distance_note(t, reference("units")), "note")
        listed = coverage.table(t, filters)
        sections.append(Section("coverage", listed.title, [note, listed]))
    short: Block = (
        overview.gaps_table() if overview.complete else Text(f"{t('gaps.title_unknown')}.")
    )
    sections.append(Section("gaps", t("page.gaps"), [short]))
    if filters.area in ("", "Europe"):
        story: list[Block] = [*eu_capitals(t), evidence.withdrawal(t)]
        sections.append(Section("eu", t("overview.eu"), story))
    return sections


def _map(overview: Overview) -> Section:
    t, filters = overview.t, overview.filters
    return Section("map", map_blocks.heading(t, filters), [map_blocks.world(t, filters)])


def _missions(overview: Overview) -> Section:
    """What changed in the missions, or that there are none."""
    t, mission_counts = overview.t, overview.missions
    if not overview.missions_title:
        said = f"{mission_counts.title}." if mission_counts.every else t("missions.none")
        return Section("missions", t("page.missions"), [Text(said)])
    blocks = [Text(sentence, "note") for sentence in mission_counts.faults]
    blocks += [Text(unmarked(line)) for line in mission_counts.lead]
    notes = [Text(line, "note") for line in mission_counts.other_names]
    return Section(
        "missions", overview.missions_title, [*blocks, mission_counts.step_chart(), *notes]
    )
