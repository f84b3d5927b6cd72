"""Posts that might take over a country, as blocks: for a dossier, and for a post that closes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from urllib.parse import quote

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import snapshot, wording
from dashboard.filters import Filters
from dashboard.i18n import Texts, texts_of
from dashboard.records import Row
from dashboard.report import Block, Cell, Table, Text
from dashboard.rows import Rows, leading, number
from data.load import reference
from geo import dossier
from geo.coverage import HOME, of_organisations, seat_matrix_km
from geo.options import Choice
from geo.scenario import Close, Rearrange, Scenario, changed, text
from geo.takeover import ServingPosts

FIRST = 3  # posts that are named for a country
NEAREST = 5  # posts beside a country that some serve
NEAR = ("row", "host", "distance_km", "serves")  # what is said of one


@snapshot.cached(8)
def seats_km(release: str) -> npt.NDArray[np.float64]:
    """Whole km from each posting of a release to each unit, see `geo.coverage`; DataError."""
    return seat_matrix_km(snapshot.network(release).postings, reference("units"))


@snapshot.cached(16)
def _posts(release: str, choice: Choice) -> ServingPosts:
    """The posts of a complete release with whom they serve; raises DataError."""
    network = snapshot.complete_network(release)
    tables = reference("units"), reference("neighbours")
    km = seats_km(release)
    return ServingPosts(network.postings, network.accreditations, *tables, choice, km)


@snapshot.cached(64)
def posts_near(release: str, choice: Choice, iso3: str) -> pd.DataFrame:
    """The posts that might serve a country, nearest first, see `geo.takeover`; raises DataError."""
    return _posts(release, choice).near_countries([iso3])


@snapshot.cached(64)
def posts_instead_of(
    release: str,
    choice: Choice,
    row: int,
    among: frozenset[str] | None = None,
    first: int | None = None,
) -> pd.DataFrame:
    """The same for each country of a post, or those `among` some, as if it closed; DataError.

    Of each country the `first` posts, where that is given.
    """
    return _posts(release, choice).instead_of(row, among, first)


def nearest_to(filters: Filters, iso3: str) -> list[Row]:
    """The first few posts that might serve a country; none of a partial release."""
    if not snapshot.network(filters.release).complete or iso3 == HOME:
        return []
    table = posts_near(filters.release, _with_regions(filters.choice), iso3)
    return [*dossier.rows_of(table.head(FIRST))]


def nearest_of_all(filters: Filters, codes: Collection[str]) -> dict[str, list[Row]]:
    """The same for each of these countries, all at once, as NEAR; empty for a partial release."""
    if not snapshot.network(filters.release).complete:
        return {}
    abroad = [code for code in codes if code != HOME]
    posts = _posts(filters.release, _with_regions(filters.choice))
    table = posts.near_countries(abroad, FIRST)
    nearest: dict[str, list[Row]] = {}
    cells = (table[name].tolist() for name in ("iso3", *NEAR))
    for iso3, *row in zip(*cells, strict=True):
        nearest.setdefault(iso3, []).append(dict(zip(NEAR, row, strict=True)))
    return nearest


def _with_regions(choice: Choice) -> Choice:
    """Whoever serves a country through a region takes nothing over, also where these count not."""
    return replace(choice, regions=True)


def of_country(t: Texts, filters: Filters, iso3: str, source: str) -> list[Block]:
    """The nearest posts that might serve a country, each with a scenario in which it does."""
    table = nearest_to(filters, iso3)
    if not table:
        return []
    scenario = Scenario(filters.release)
    body: Rows = [[_post(t, filters, row), *_rest(t, scenario, row)] for row in table]
    block = Table("takers", t("planning.takers"), [t("column.post"), *_heads(t)], body, source)
    return [Text(t("planning.takers_text")), block]


def of_served(
    t: Texts, filters: Filters, iso3: str, serving: Collection[int], source: str
) -> list[Block]:
    """The nearest posts of the choice to a country that some serve, and which of them do.

    Below them stand those that serve it from farther away. `serving` are the rows of those that
    do; none of a partial release, which leaves posts out.
    """
    if not snapshot.network(filters.release).complete:
        return []
    body: Rows = [
        [
            _post(t, filters, row),
            number(t, row["km"]),
            t("planning.yes") if row["row"] in serving else t("planning.no"),
        ]
        for row in _nearest_posts(filters, iso3, serving)
    ]
    heads = [t("column.post"), t("column.distance"), t("dossier.serves_it")]
    return [Table("takers", t("dossier.nearest"), heads, body, source)] if body else []


def _nearest_posts(filters: Filters, iso3: str, serving: Collection[int]) -> list[Row]:
    """The active posts of the choice that are nearest to a country, with whole `km`.

    And all of those that serve it, in the same order.
    """
    units = reference("units")["iso3"].tolist()
    away = seats_km(filters.release)[:, units.index(iso3)]
    posts = snapshot.network(filters.release).postings.assign(km=away)
    posts = of_organisations(posts, filters.organisations)
    posts = posts[(posts["kind"] == "LO") & (posts["status"] == "active") & posts["km"].notna()]
    posts = posts.sort_values(["km", "row"])
    near = np.arange(len(posts)) < NEAREST
    return [*dossier.rows_of(posts[near | posts["row"].isin(serving)])]


def of_scenario(
    t: Texts, filters: Filters, scenario: Scenario, lost: Collection[str], source: str
) -> list[Block]:
    """For each country that closing posts leave without an officer: the nearest other posts.

    `lost` are the countries that nobody serves any more. Each post stands with the scenario in
    which it serves the country.
    """
    closed = [change.row for change in scenario.changes if isinstance(change, Close)]
    active, about = _active(filters.release), (filters.release, filters.choice)
    most = FIRST + len(closed)  # what is left when those that close too are out
    frames = [
        posts_instead_of(*about, row, frozenset(lost), most)
        for row in closed
        if row in active and lost
    ]
    if not frames:
        return []
    table = pd.concat(frames).drop_duplicates(["iso3", "row"])
    table = table[table["iso3"].isin(lost) & ~table["row"].isin(closed)]
    if table.empty:
        return []
    names = snapshot.names(t.language)
    body: Rows = [
        [
            Cell(str(names[row["iso3"]]), iso3=row["iso3"]),
            _post(t, filters, row),
            *_rest(t, scenario, row),
        ]
        for row in table.groupby("iso3", sort=False).head(FIRST).to_dict("records")
    ]
    heads = [t("column.country"), t("column.post"), *_heads(t)]
    block = Table("takers", t("planning.takers_closed"), heads, body, source)
    return [Text(t("planning.takers_text")), block]


def _active(release: str) -> set[int]:
    posts = snapshot.network(release).postings
    return set(posts.loc[(posts["kind"] == "LO") & (posts["status"] == "active"), "row"])


def _heads(t: Texts) -> list[str]:
    heads = [t("column.distance"), t("planning.column_serves"), t("planning.column_border")]
    return [*heads, t("planning.column_region"), t("planning.column_scenario")]


def _post(t: Texts, filters: Filters, row: Row) -> Cell:
    """What a post is called, as the way to its printed row."""
    post = int(row["row"])
    printed = _printed(filters.release).loc[post].to_dict()
    return leading(printed, _labels(filters.release, t.language)[post])


@snapshot.cached(8)
def _printed(release: str) -> pd.DataFrame:
    """Where each post of a release is printed, by row."""
    postings = snapshot.network(release).postings
    posts = postings[postings["kind"] == "LO"]
    return posts.set_index("row")[["document", "table", "table_row"]]


@snapshot.cached(8)
def _labels(release: str, language: str) -> dict[int, str]:
    postings = snapshot.network(release, language).postings
    posts = postings[postings["kind"] == "LO"]
    return wording.post_labels(texts_of(language), posts, snapshot.names(language))


def _rest(t: Texts, scenario: Scenario, row: Row) -> list[Cell | str]:
    """Distance, load, border, region, and the scenario in which the post takes the country."""
    region = "same" if row["same_region"] else "continent" if row["same_continent"] else "other"
    taking = changed(scenario, Rearrange(int(row["row"]), (row["iso3"],)))
    return [
        number(t, row["distance_km"]),
        number(t, row["serves"]),
        t("planning.yes") if row["borders"] else t("planning.no"),
        t(f"planning.region_{region}"),
        scenario_link(t, taking),
    ]


def scenario_link(t: Texts, scenario: Scenario) -> Cell:
    """A cell that opens a scenario; `static/shell.js` adds the reader's choices to its address."""
    written = quote(text(scenario), safe="~.-_*")
    return Cell(t("planning.as_scenario"), href=f"wat-als?scenario={written}")


def on_paper(t: Texts, blocks: Iterable[Block]) -> list[Block]:
    """The blocks without the column of links to scenarios, which lead nowhere in a file."""
    link = t("planning.column_scenario")
    return [
        replace(each, headers=each.headers[:-1], rows=[row[:-1] for row in each.rows])
        if isinstance(each, Table) and each.headers[-1] == link
        else each
        for each in blocks
    ]
