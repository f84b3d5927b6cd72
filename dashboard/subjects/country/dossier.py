"""The dossier of a country: who serves it, from where, facts, missions, history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard import evidence, rows, snapshot, statements, takeover, wording
from dashboard.country_words import agreeing
from dashboard.figures import map_blocks
from dashboard.filters import Filters
from dashboard.i18n import Texts, texts_of
from dashboard.mission_names import explained
from dashboard.records import Record, Row, plain
from dashboard.report import Block, Cell, Table, Text
from dashboard.rows import Fact
from dashboard.snapshot import memoized
from data.load import reference
from data.store.read import Network
from geo import dossier
from geo.coverage import of_organisations
from geo.dossier import ByUnit, OneByOne
from geo.mission_trends import MissionCount
from geo.options import Choice

# The facts that a reader needs first, the weightiest first.
FIRST = ("agreement", "priority", "channel", "ways", "capital", "continent")


@dataclass(frozen=True)
class CountryTables(snapshot.Subject):
    """The tables behind the dossiers under the reader's choices.

    Everything about the network raises DataError for a release that has none.
    """

    @cached_property
    def units(self) -> dict[str, Record]:
        """Code -> row of table `units`."""
        return _of_units("units")

    @cached_property
    def about(self) -> dict[str, dict[str, Record]]:
        """What single rows of our tables tell of a unit: table -> code -> row."""
        tables = ("eu_members", "priority_countries", "agreements", "map_notes", "seats")
        return {table: _of_units(table) for table in tables}

    @cached_property
    def names(self) -> dict[str, str]:
        """Code -> name of every unit in the reader's language."""
        return snapshot.names_in_order(self.t.language)

    @cached_property
    def has_network(self) -> bool:
        """Whether the release says anything of the network."""
        return bool(self.release["network"] != "absent")

    @cached_property
    def network(self) -> Network:
        """The network of the release."""
        return snapshot.network(self.filters.release, self.t.language)

    @cached_property
    def posts(self) -> dict[tuple[str, int], Row]:
        """(kind, row) -> the posting."""
        return _posts(self.filters.release, self.t.language)

    @cached_property
    def stations(self) -> dict[str, list[str]]:
        """Code -> the cities with an active post of the choice in it, in order of the document."""
        chosen = of_organisations(self.network.postings, self.filters.organisations)
        posts = chosen[(chosen["kind"] == "LO") & (chosen["status"] == "active")]
        posts = posts.dropna(subset=["city"])
        return {
            str(host): list(dict.fromkeys(map(str, cities)))
            for host, cities in posts.groupby("host")["city"]
        }

    @cached_property
    def apart(self) -> dict[int, str]:
        """Row -> what tells a post from its namesake in the same city, see `wording.apart`."""
        return wording.apart(self.t, self.network.postings)

    @cached_property
    def source(self) -> str:
        """The document of the network and the day it holds for."""
        return map_blocks.network_source(self.t, self.filters.release)

    def citation(self, posting: Row) -> str:
        """Where a posting of the network stands; one serves many countries."""
        at = (posting["kind"], posting["row"])
        if at not in self._citations:
            self._citations[at] = wording.citation(self.t, posting)
        return self._citations[at]

    @cached_property
    def _citations(self) -> dict[tuple[str, int], str]:
        return {}

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """The coverage under the reader's choices."""
        return snapshot.coverage(self.filters.release, self.filters.choice, self.t.language)

    def row(self, iso3: str) -> Record:
        """The row of a unit in the coverage."""
        place = self.coverage["iso3"].tolist().index(iso3)
        return plain(self.coverage.take([place]))[0]

    @cached_property
    def serving(self) -> ByUnit | OneByOne:
        """The postings that serve each unit under the reader's choices."""
        units, served, choice = reference("units"), self.network, self.filters.choice

        def rows_of(iso3: str) -> pd.DataFrame:
            its = served.accreditations[served.accreditations["iso3"] == iso3]
            return dossier.serving_by_unit(units, served.postings, its, choice)

        return OneByOne(rows_of)

    def cities(self, iso3: str) -> str:
        """Where those sit who serve a unit, in words; of several cities how far each is."""
        return rows.stations(self.t, self.serving.records(iso3))

    @cached_property
    def everything(self) -> ByUnit:
        """The same whatever the reader chose."""
        return _everything(self.filters.release, self.t.language)

    def nearest(self, iso3: str) -> list[Row]:
        """The first few posts that might serve a country; raises DataError."""
        return takeover.nearest_to(self.filters, iso3)

    def closest(self, iso3: str) -> Sequence[Row]:
        """The active posts of the choice at the duty station nearest to a country's seat."""
        units, choice = reference("units"), self.filters.choice
        near = dossier.nearest(iso3, units, self.network.postings, choice)
        return [*dossier.rows_of(near)]

    @cached_property
    def beside(self) -> ByUnit | OneByOne:
        """The land neighbours of each unit with their coverage."""
        return OneByOne(lambda iso3: dossier.covered(_bordering()[iso3], self.coverage))

    def bordering(self, iso3: str) -> Sequence[Row]:
        """The rows of the land neighbours of a unit in the coverage, longest border first."""
        return self.beside.records(iso3)

    @cached_property
    def counts(self) -> list[MissionCount]:
        """The missions of every reference date, oldest first."""
        return snapshot.mission_counts()

    @cached_property
    def channels(self) -> Cell:
        """The ways beside officers by which the police exchange information."""
        return statements.channels(self.t)

    @cached_property
    def priority_list(self) -> Row:
        """The row at the head of the list of priority countries."""
        return reference("priority_countries").iloc[0].to_dict()

    @cached_property
    def letters(self) -> list[tuple[str, ByUnit]]:
        """(date, postings by code) of each document that names only some of the posts."""
        releases = snapshot.releases()
        releases = releases[releases["network"] == "partial"]
        return [
            (date, _everything(name, self.t.language))
            for date, name in zip(releases["network_as_of"], releases["release"], strict=True)
        ]


@snapshot.cached(8)
def _posts(release: str, language: str) -> dict[tuple[str, int], Row]:
    """(kind, row) -> the posting."""
    rows_of = snapshot.network(release, language).postings.to_dict("records")
    return {(row["kind"], row["row"]): row for row in rows_of}


@snapshot.cached(2)
def _agreeing(language: str) -> dict[str, dict[str, str]]:
    """Code -> the name of a unit within a sentence, and verbs in its number."""
    t = texts_of(language)
    return {
        code: agreeing(t, code, name) for code, name in snapshot.names_in_order(language).items()
    }


@snapshot.cached(1)
def _bordering() -> ByUnit:
    return dossier.bordering(reference("neighbours"))


@snapshot.cached(8)
def _of_units(table: str) -> dict[str, Record]:
    """Code -> the first row of a table about the unit."""
    return {row["iso3"]: row for row in reversed(plain(reference(table)))}


@snapshot.cached(1)
def _deployed() -> list[tuple[MissionCount, ByUnit]]:
    """The missions in each unit on every reference date, newest first."""
    counts = reversed(snapshot.mission_counts())
    return [(count, dossier.missions_by_unit(count.deployments)) for count in counts]


@snapshot.cached(8)
def _everything(release: str, language: str) -> ByUnit:
    """Every posting of a release that serves each unit."""
    return _by_unit(snapshot.network(release, language), dossier.EVERYTHING)


def _by_unit(network: Network, choice: Choice) -> ByUnit:
    units = reference("units")
    rows = dossier.serving_by_unit(units, network.postings, network.accreditations, choice)
    return ByUnit(rows, [[code] for code in rows["iso3"]])


class EveryCountry(CountryTables):
    """The same where all countries are asked for, one after the other."""

    @cached_property
    def _coverage_rows(self) -> dict[str, Record]:
        return {row["iso3"]: row for row in plain(self.coverage)}

    def row(self, iso3: str) -> Record:
        """The row of a unit in the coverage."""
        return self._coverage_rows[iso3]

    @cached_property
    def serving(self) -> ByUnit:
        """The postings that serve each unit under the reader's choices."""
        return _by_unit(self.network, self.filters.choice)

    def bordering(self, iso3: str) -> Sequence[Row]:
        """The rows of the land neighbours of a unit in the coverage, longest border first."""
        return [self._coverage_rows[row["neighbour"]] for row in _bordering().records(iso3)]

    @cached_property
    def _nearest(self) -> dict[str, list[Row]]:
        unserved = [code for code, row in self._coverage_rows.items() if row["state"] == "none"]
        return takeover.nearest_of_all(self.filters, unserved)

    def nearest(self, iso3: str) -> list[Row]:
        """The first few posts that might serve a country without an officer; DataError."""
        return self._nearest.get(iso3, [])

    @cached_property
    def _closest(self) -> Mapping[str, Sequence[Row]]:
        km = takeover.seats_km(self.filters.release)
        units = reference("units")
        return dossier.nearest_by_unit(units, self.network.postings, self.filters.choice, km)

    def closest(self, iso3: str) -> Sequence[Row]:
        """The active posts of the choice at the duty station nearest to a country's seat."""
        return self._closest.get(iso3, [])


@dataclass(frozen=True)
class Country:
    """A country under the reader's choices; its blocks are made when they are asked for.

    Everything about the network raises DataError for a release that has none.
    """

    ground: CountryTables
    iso3: str

    @cached_property
    def t(self) -> Texts:
        """The words of the reader's language."""
        return self.ground.t

    @cached_property
    def name(self) -> str:
        """The name of the country."""
        return str(self.ground.names[self.iso3])

    @cached_property
    def lasting(self) -> Country:
        """The same country, for what no choice changes: that is made once for all of them."""
        return _lasting(self.t.language, self.iso3)

    @cached_property
    def has_network(self) -> bool:
        """Whether the release says anything of the network."""
        return self.ground.has_network

    @cached_property
    def row(self) -> Row:
        """The row of the country in the coverage."""
        return self.ground.row(self.iso3)

    @cached_property
    def agreeing(self) -> dict[str, str]:
        """The name within a sentence, and verbs in its number."""
        return _agreeing(self.t.language)[self.iso3]

    @cached_property
    def title(self) -> str:
        """The finding in a few words; of a release without a network only the name."""
        if not self.has_network:
            return self.name
        filters = self.ground.filters
        return wording.country(self.t, self.name, self.row, filters, self.elsewhere)

    @cached_property
    def serving(self) -> pd.DataFrame:
        """The postings that serve the country under the reader's choices."""
        return self.ground.serving[self.iso3]

    @cached_property
    def served_rows(self) -> Sequence[Row]:
        """The same as rows."""
        return self.ground.serving.records(self.iso3)

    @cached_property
    def officers(self) -> list[Row]:
        """The postings that serve the country now: not those that are planned."""
        return [row for row in self.served_rows if row["status"] == "active"]

    @cached_property
    def officers_here(self) -> list[Row]:
        """Those in the country itself."""
        return [row for row in self.officers if row["host"] == self.iso3]

    @cached_property
    def officers_elsewhere(self) -> list[Row]:
        """Those that serve it from another country."""
        return [row for row in self.officers if row["host"] != self.iso3]

    @cached_property
    def reach(self) -> str:
        """Whether an officer is in the country (some), serves it from elsewhere (away), or none.

        Where the document leaves posts out, or the choice does, there may be one (either).
        """
        if not self.has_network:
            return "either"
        if self.served_rows:
            here = any(row["host"] == self.iso3 for row in self.served_rows)
            return "some" if here else "away"
        return "none" if self.ground.network.complete and not self.beyond else "either"

    @cached_property
    def source(self) -> str:
        """The document of the network and the day it holds for."""
        return self.ground.source

    @memoized
    def served_by(self) -> list[Block]:
        """The postings that serve the country, or why there are none; and what lies beyond."""
        t, blocks = self.t, list[Block]()
        if not self.serving.empty:
            heads, body = rows.serving(t, self.serving)
            blocks.append(Table("serving", t("country.serving"), heads, body, self.source))
        elif self.row["state"] != "home":  # nobody serves the own country; that is no gap
            unserved = "none" if self.ground.release["network"] == "complete" else "unknown"
            blocks.append(Text(t(f"country.serving_{unserved}")))
            if unserved == "unknown":
                blocks += map(Text, self.document_statements)
        if beyond := self.beyond:
            blocks.append(Text(t("country.beyond_choice", labels=beyond), "note"))
        return blocks

    @memoized
    def takeover_posts(self) -> list[Block]:
        """Of a country without an officer: the nearest posts that might serve it."""
        if self.row["state"] != "none":
            return []
        return takeover.of_country(self.t, self.ground.filters, self.iso3, self.source)

    @memoized
    def nearest_posts(self) -> list[Block]:
        """Of a country with an officer: the nearest posts, and which of them serve it."""
        if self.row["state"] not in ("post", "accredited"):
            return []
        everything = self.ground.everything.records(self.iso3)  # through a region as well
        serving = {int(row["row"]) for row in everything if row["kind"] == "LO"}
        return takeover.of_served(self.t, self.ground.filters, self.iso3, serving, self.source)

    @cached_property
    def beyond(self) -> str:
        """What serves the country outside the reader's choices, in words; mostly empty."""
        return rows.beyond(self.ground.everything.records(self.iso3), self.served_rows)

    @cached_property
    def elsewhere(self) -> str:
        """Whose those are, and how they serve; mostly empty."""
        everything = self.ground.everything.records(self.iso3)
        return rows.elsewhere(self.t, everything, self.served_rows)

    @cached_property
    def document_statements(self) -> list[str]:
        """What the document of the network says of the country beside its postings."""
        return statements.in_document(self.t, str(self.ground.release["document"]), self.iso3)

    @memoized
    def why(self) -> list[Block]:
        """Why an officer is here or is not, as far as the documents say."""
        return statements.why(self.t, self.iso3)

    @memoized
    def placements(self) -> list[Block]:
        """The multilateral placements in the country."""
        postings = self.ground.network.postings
        placed = postings[postings["kind"] == "multilateral"]
        placed = placed[placed["host"].eq(self.iso3).fillna(False)]
        if placed.empty:
            return []
        heads, body = rows.placements(self.t, placed)
        return [Table("placements", self.t("country.placements"), heads, body, self.source)]

    @memoized
    def facts(self) -> list[Fact]:
        """What is known of the country beside the network."""
        unit, names = self.ground.units[self.iso3], self.ground.names
        ways, listed = self.ground.channels, self.ground.priority_list
        return rows.facts(self.t, unit, names, self._about, ways, listed)

    @memoized
    def key_facts(self) -> tuple[list[Fact], list[Fact]]:
        """(the three facts that a reader needs first, the others)."""
        facts = {fact.name: fact for fact in self.facts()}
        first = [name for name in FIRST if name in facts][:3]
        return [facts.pop(name) for name in first], [*facts.values()]

    @cached_property
    def _about(self) -> dict[str, Row | None]:
        return {table: by_unit.get(self.iso3) for table, by_unit in self.ground.about.items()}

    @cached_property
    def note(self) -> str:
        """What the map does with the country, with its date; mostly empty."""
        note = self._about["map_notes"]
        return f"{note[f'note_{self.t.language}']} ({self.t.date(note['as_of'])})" if note else ""

    @cached_property
    def deployments(self) -> list[tuple[MissionCount, pd.DataFrame]]:
        """Those of each reference date in the country, newest first, see `dossier.missions_in`."""
        return [(count, by_unit[self.iso3]) for count, by_unit in _deployed()]

    @memoized
    def missions(self) -> list[Block]:
        """The missions in the country on every reference date, and those of 2001-2016."""
        t, title = self.t, self.t("country.missions")
        body = [
            row
            for count, here in self.deployments
            for row in rows.missions(t, count.as_of, here, self.iso3)
        ]
        blocks: list[Block] = [Text(statements.no_mission(t))]
        if body:
            blocks = [Table("missions", title, rows.headers(t, rows.MISSIONS), body)]
            blocks += [Text(line, "note") for line in self.regions]
        past = dossier.concerning(self.iso3, reference("mission_history"), "areas")
        if not past.empty:
            title = t("country.history_missions")
            blocks.append(Table("past_missions", title, *rows.past_missions(t, past)))
        counted = [name for _, here in self.deployments for name in here["mission"]]
        full = explained(t, [*counted, *past["mission"].dropna()])
        return [*blocks, Text(full, "note")] if full else blocks

    @cached_property
    def regions(self) -> list[str]:
        """The regions by which a mission stands at the country, and how we read them."""
        here = [deployments for _, deployments in self.deployments]
        return rows.regions_read(self.t, pd.concat(here), self.ground.names) if here else []

    @memoized
    def history(self) -> list[Block]:
        """Every dated fact about the country and what other sources say, oldest first."""
        nothing = [] if self.dated else [Text(statements.nothing_dated(self.t))]
        claims = evidence.dated(self.t, evidence.of_country(self.iso3))
        facts = sorted([*self.dated, *claims], key=rows.first)
        if not facts:
            return [*nothing]
        heads = rows.headers(self.t, ("when", "what", "place"))
        return [*nothing, Table("history", self.t("country.history"), heads, facts)]

    @memoized
    def conflicts(self) -> list[Block]:
        """Where other sources and the newest network do not agree about the country."""
        return [Text(each) for each in evidence.beside(self.t, self.iso3)]

    @memoized
    def other_sources(self) -> list[Block]:
        """What other public sources say of the country; counted nowhere."""
        claims = evidence.of_country(self.iso3)
        return [] if claims.empty else [evidence.table(self.t, claims)]

    @cached_property
    def dated(self) -> rows.Rows:
        """Every dated fact as (when, what, place), oldest first."""
        t, iso3 = self.t, self.iso3
        facts = rows.events(t, statements.dated_rows(iso3))
        for date, postings in self.ground.letters:
            facts += rows.mentioned(t, postings.records(iso3), date)
        return sorted(facts, key=rows.first)

    @cached_property
    def beside(self) -> pd.DataFrame:
        """The land neighbours with their coverage, see `dossier.neighbours_of`."""
        return self.ground.beside[self.iso3]

    @memoized
    def neighbours(self) -> list[Block]:
        """The neighbours of the country and who serves them."""
        near = self.beside
        if near.empty:
            return [Text(self.t("country.neighbours_none"))]
        names, choice = self.ground.names, self.ground.filters.choice
        heads, body = rows.neighbours(self.t, near, names, choice, self.ground.cities)
        return [Table("neighbours", self.t("country.neighbours"), heads, body, self.source)]


@snapshot.cached(64)
def _lasting(language: str, iso3: str) -> Country:
    filters = Filters(snapshot.store().default_release(), language)
    return Country(snapshot.report_of(CountryTables, texts_of(language), filters), iso3)
