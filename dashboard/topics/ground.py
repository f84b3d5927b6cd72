"""What the dossiers of all countries rest on, read once for as many of them as are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard import cache, findings, map_blocks, posts, statements
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.records import Record, plain
from data.store import Network
from geo import dossier
from geo.coverage import Choice
from geo.missions import MissionCount


@dataclass(frozen=True)
class Ground:
    """The tables behind the dossiers under the reader's choices.

    Everything about the network raises DataError for a release that has none.
    """

    t: Words
    filters: Filters

    @cached_property
    def release(self) -> pd.Series:
        """The row of the release."""
        return cache.store().release(self.filters.release)

    @cached_property
    def units(self) -> dict[str, Record]:
        """Code -> row of table `units`."""
        return {row["iso3"]: row for row in plain(cache.reference("units"))}

    @cached_property
    def about(self) -> dict[str, dict[str, Record]]:
        """What single rows of our tables tell of a unit: table -> code -> row."""
        tables = ("eu_members", "priority_countries", "agreements", "map_notes", "seats")
        return {
            table: {row["iso3"]: row for row in reversed(plain(cache.reference(table)))}
            for table in tables
        }

    @cached_property
    def names(self) -> pd.Series:
        """Code -> name of every unit in the reader's language."""
        return cache.names(self.t.language)

    @cached_property
    def network(self) -> Network:
        """The network of the release."""
        return cache.network(self.filters.release, self.t.language)

    @cached_property
    def apart(self) -> dict[int, str]:
        """Row -> what tells a post from its namesake in the same city, see `posts.apart`."""
        return posts.apart(self.t, self.network.postings)

    @cached_property
    def source(self) -> str:
        """The document of the network and the day it holds for."""
        return map_blocks.network_source(self.t, self.filters.release)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """The coverage under the reader's choices."""
        return cache.coverage(self.filters.release, self.filters.choice)

    @cached_property
    def rows(self) -> dict[str, Record]:
        """Code -> row of the coverage."""
        return {row["iso3"]: row for row in plain(self.coverage)}

    @cached_property
    def serving(self) -> dict[str, pd.DataFrame]:
        """Code -> the postings that serve it under the reader's choices; "" -> none."""
        return _by_unit(self.network, self.filters.choice)

    @cached_property
    def everything(self) -> dict[str, pd.DataFrame]:
        """The same whatever the reader chose."""
        return _by_unit(self.network, dossier.EVERYTHING)

    @cached_property
    def counts(self) -> list[MissionCount]:
        """The missions of every reference date, oldest first."""
        return cache.mission_counts()

    @cached_property
    def channels(self) -> str:
        """The ways beside officers by which the police exchange information."""
        return statements.channels(self.t)

    @cached_property
    def priority_list(self) -> str:
        """Where the list of priority countries stands."""
        return findings.place(self.t, cache.reference("priority_countries").iloc[0].to_dict())

    @cached_property
    def letters(self) -> list[tuple[str, dict[str, pd.DataFrame]]]:
        """(date, postings by code) of each document that names only some of the posts."""
        found = cache.releases().query("network == 'partial'")
        return [
            (letter["network_as_of"], _by_unit(network, dossier.EVERYTHING))
            for letter in found.to_dict("records")
            for network in [cache.network(letter["release"], self.t.language)]
        ]


def _by_unit(network: Network, choice: Choice) -> dict[str, pd.DataFrame]:
    units = cache.reference("units")
    each = dossier.serving_each(units, network.postings, network.accreditations, choice)
    found = {str(iso3): rows.reset_index(drop=True) for iso3, rows in each.groupby("iso3")}
    return found | {"": each.iloc[:0]}
