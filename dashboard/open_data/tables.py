"""The tidy tables themselves, as frames with the columns and types of `fields`.

A function gives one table of one release; `table` gives all releases below each other, the newest
first. Frames are kept in the snapshot and shared: nobody changes one in place. Withdrawn releases
are left out, as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import records, snapshot
from dashboard.i18n import texts_of
from dashboard.open_data.fields import COMPONENTS, GAP, SEPARATOR, SERVED_BY, TABLES
from data.load import reference
from geo import coverage as geo_coverage
from geo import gaps as geo_gaps
from geo import options, ranking
from geo.coverage import COVERED, HOME
from geo.options import Choice
from geo.schemas import NOT_STATED, NOT_STATED_WORD

EVERYONE = Choice()  # all organisations, active postings; what every figure here is counted by
_DTYPES: dict[str, Any] = {"string": "str", "date": "str", "integer": "Int64", "number": "Float64"}


def table(name: str, release: str | None = None) -> pd.DataFrame:
    """All rows of a table of `fields.TABLES`, of every release or of one; raises DataError.

    A release that has no such table has no rows. Raises KeyError for another name.
    """
    if name in _OF_WORLD:
        frame = _OF_WORLD[name]()
        return frame[frame["release"] == release] if release and name == "releases" else frame
    wanted = having(name)
    if release:
        wanted = [each for each in wanted if each == snapshot.store().release(release)["release"]]
    parts = [OF_RELEASE[name](each) for each in wanted]
    return pd.concat(parts, ignore_index=True) if parts else _typed(name, pd.DataFrame())


def having(name: str) -> list[str]:
    """The releases that have rows in a table, the newest first.

    A release without a table of the network has no postings and no coverage: that is unknown, and
    not nothing. Gaps exist only of a complete network.
    """
    column = "missions" if name in ("missions", "mission_areas") else "network"
    releases = snapshot.releases()
    wanted = ["complete"] if name == "gaps" else ["complete", "partial"]
    return list(releases.loc[releases[column].isin(wanted), "release"])


def _typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of a table in order, each with its type; a column that is absent is empty."""
    columns = {}
    for field in TABLES[name].fields:
        column = frame.get(field.name, pd.Series(pd.NA, frame.index, dtype=object))
        columns[field.name] = column.astype(_DTYPES.get(field.type, "boolean"))
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True)


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the names of its column `iso3`."""
    names = {f"name_{each}": frame["iso3"].map(snapshot.names(each)) for each in ("nl", "en")}
    return frame.assign(**names)


def _listed(values: pd.Series) -> pd.Series:
    """A list in each cell as text; an empty list is an empty cell."""
    return values.map(lambda parts: SEPARATOR.join(parts) or None, na_action="ignore")


def _who(organisations: pd.Series) -> pd.Series:
    return organisations.fillna(NOT_STATED).replace(NOT_STATED, NOT_STATED_WORD)


def _identified(frame: pd.DataFrame, release: str) -> pd.DataFrame:
    """The frame with its release and `posting`, which names a posting among all releases."""
    posting = f"{release}/" + frame["kind"] + "/" + frame["row"].astype(str)
    return frame.assign(release=release, posting=posting)


# --- postings -------------------------------------------------------------------------------------


@snapshot.cached(32)
def postings(release: str) -> pd.DataFrame:
    """A row per posting of a release; `iso3` is its host. Raises DataError."""
    frame = snapshot.network(release).postings
    frame = _identified(frame, release).assign(
        iso3=frame["host"],
        organisation=_who(frame["organisation"]),
        city_en=snapshot.network(release, "en").postings["city"],
    )
    printed = {"label": "label_printed", "region": "region_printed"}
    return _typed("postings", _named(_placed(frame).rename(columns=printed)))


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns={"lat": "lat_deg", "lon": "lon_deg"})


@snapshot.cached(32)
def accreditations(release: str) -> pd.DataFrame:
    """A row per posting of a release and unit it serves, planned ones too; raises DataError."""
    served, units = snapshot.network(release), reference("units")
    frame = served.accreditations.merge(
        served.postings[["kind", "row", "organisation", "status", "host", "city", "lat", "lon"]],
        on=["kind", "row"],
    )
    km = geo_coverage.seat_distance_km(units, frame)
    frame = frame.assign(organisation=_who(frame["organisation"]), distance_km=km)
    frame = frame.rename(columns={"host": "host_iso3"})
    return _typed("accreditations", _named(_identified(frame, release)))


# --- coverage and gaps ----------------------------------------------------------------------------


@snapshot.cached(32)
def coverage(release: str, choice: Choice = EVERYONE) -> pd.DataFrame:
    """A row per unit of a release, counted under `choice`.

    Of a release that is only partial, whoever it does not mention is unknown: empty, never false.
    Which organisation serves a unit is said whatever organisations are chosen. Raises DataError.
    """
    frame = snapshot.coverage(release, choice).set_index("iso3")
    everyone = snapshot.coverage(release, replace(choice, organisations=())).set_index("iso3")
    is_complete = snapshot.network(release).complete
    is_known = frame["state"].notna()
    covered = frame["state"].isin(COVERED)
    columns: dict[str, Any] = {
        "release": release,
        "network_as_of": snapshot.store().release(release)["network_as_of"],
        "state": frame["state"],
        "is_covered": covered.astype("boolean").where(is_known),
        "postings": frame["postings"],
        "cities": _listed(frame["cities"]),
        "distance_km": frame["distance_km"],
        "has_filo": _proven(frame.index.isin(snapshot.flexible(release).index), frame, is_complete),
    }
    columns |= _by_organisation(everyone, everyone["state"].isin(COVERED), is_complete)
    columns |= _served_from(release, frame.index, choice)
    columns |= _stationed(release, frame.index, choice, is_complete)
    columns |= _gap_flags(release, frame.index, choice)
    return _typed("coverage", _named(pd.DataFrame(columns, index=frame.index).reset_index()))


def _by_organisation(
    frame: pd.DataFrame, covered: pd.Series, is_complete: bool
) -> dict[str, pd.Series]:
    """Whether each organisation serves a unit; a partial release proves only that it does."""
    flags = {}
    for column, name in SERVED_BY.items():
        wanted = NOT_STATED if name == NOT_STATED_WORD else name
        serves = frame["organisations"].map(lambda names, one=wanted: one in names) & covered
        flags[column] = _proven(serves, frame, is_complete)
    return flags


def _proven(flags: Any, frame: pd.DataFrame, is_complete: bool) -> pd.Series:
    """Flags as a column; where the release is not complete only a true one says something."""
    column = pd.Series(flags, frame.index, dtype="boolean")
    return column.where(column | is_complete)


def _served_from(release: str, index: pd.Index[str], choice: Choice) -> dict[str, pd.Series]:
    """The nearest station that serves a unit, what is printed of the unit, and on what basis."""
    served = snapshot.network(release)
    tables = served.postings, served.accreditations
    rows = geo_coverage.serving(reference("units"), *tables, choice)
    by_unit = rows.groupby("iso3")
    regions = by_unit["basis"].agg(lambda bases: bool((bases == "region").all()))
    printed = rows.sort_values(["kind", "row"]).groupby("iso3")["printed"].unique()
    return {
        "nearest_city": by_unit["city"].first().reindex(index),
        "area_printed": _listed(printed.reindex(index)),
        "is_region_only": regions.astype("boolean").reindex(index),
    }


def _stationed(
    release: str, index: pd.Index[str], choice: Choice, is_complete: bool
) -> dict[str, pd.Series]:
    """Officers' posts in a unit, and those still to be decided that would serve or stand in it."""
    served = snapshot.network(release)
    posts = served.postings[served.postings["kind"] == "LO"]
    posts = geo_coverage.of_organisations(posts, choice.organisations)
    planned = served.accreditations.merge(
        posts.loc[posts["status"] == "planned", ["kind", "row"]], on=["kind", "row"]
    )
    counts = {
        "postings_stationed": posts.loc[posts["status"] == "active", "host"].value_counts(),
        "postings_planned_stationed": posts.loc[
            posts["status"] == "planned", "host"
        ].value_counts(),
        "postings_planned": planned["iso3"].value_counts(),
    }
    counted = {name: count.reindex(index).astype("Int64") for name, count in counts.items()}
    return {name: count.fillna(0) if is_complete else count for name, count in counted.items()}


def _gap_flags(release: str, index: pd.Index[str], choice: Choice) -> dict[str, pd.Series]:
    """Whether a unit has each kind of gap; empty where no document can tell."""
    frame = snapshot.gaps(release, choice).set_index("iso3")
    unknown = geo_gaps.untellable(snapshot.releases(), release)
    flags: dict[str, pd.Series] = {"mission_officers": frame["officers"].reindex(index)}
    for column, kind in GAP.items():
        holds = geo_gaps.is_kind(frame["kinds"], kind).reindex(index, fill_value=False)
        can_tell = pd.Series(kind not in unknown, index)
        flags[column] = holds.astype("boolean").where(can_tell)
    return flags


@snapshot.cached(32)
def gaps(
    release: str,
    choice: Choice = EVERYONE,
    weights: tuple[tuple[str, int], ...] = (),
    scaling: ranking.Scaling = ranking.USUAL,
) -> pd.DataFrame:
    """A row per unit with what its place in the ranking is made of.

    Only a unit with a gap under the choice has a `rank`, as on the page and the command line.
    `weights` are those that are not the default. Raises DataError, and LimitError for a release
    whose network is only partial.
    """
    snapshot.complete_network(release)
    values = snapshot.gap_values(release, choice)
    weighed = ranking.WEIGHTS | dict(weights)
    ranked = ranking.rank(values, weighed, snapshot.names("nl"), scaling)
    parts = ranked.parts.pivot(index="iso3", columns="component", values=["normalised", "part"])
    scores = ranked.scores.set_index("iso3")
    raw = values.components.set_index("iso3")
    kinds = snapshot.gaps(release, choice).set_index("iso3")["kinds"]
    is_gap = geo_gaps.is_kind(kinds, *options.KINDS).reindex(scores.index, fill_value=False)
    columns: dict[str, Any] = {
        "release": release,
        "score_points": scores["score"],
        "rank": scores["score"].where(is_gap).rank(ascending=False, method="min"),
        "is_nearest_station": scores["nearest"],
    }
    for component, (value, scaled, points) in COMPONENTS.items():
        columns[value] = raw[component]
        columns[scaled] = parts["normalised", component]
        columns[points] = parts["part", component]
    # The Netherlands is no gap and has no score, but is a unit like any other.
    units = pd.Index(reference("units")["iso3"], name="iso3")
    frame = pd.DataFrame(columns, index=scores.index).reindex(units).assign(release=release)
    world_frame = units_table().set_index("iso3")
    for column in ("population", "is_priority_country", "is_in_eu"):
        frame[column] = world_frame[column]
    return _typed("gaps", _named(frame.reset_index()))


# --- missions -------------------------------------------------------------------------------------


@snapshot.cached(32)
def missions(release: str) -> pd.DataFrame:
    """A row per printed mission of a release; raises DataError.

    `iso3` is the one unit the mission works in; a mission of several has none here, and its units
    in `mission_areas`, so that the officers of a mission are counted once.
    """
    frame = snapshot.deployments(release)
    read = records.missions(frame, snapshot.store().release(release)["missions_as_of"])
    areas = frame["areas"].fillna("").str.split()
    frame = frame.assign(
        release=release,
        iso3=areas.map(lambda codes: codes[0] if len(codes) == 1 else None),
        as_of=[record["as_of"] for record in read],
        officers=frame["personnel"],
        countries=areas.map(len),
        areas_iso3=_listed(areas),
        areas_basis=[record["areas_basis"] for record in read],
    )
    renamed = {"printed": "mission_printed", "duty_iso3": "station_iso3"}
    renamed |= {"duty_place": "station_place", "duty_printed": "station_printed"}
    return _typed("missions", _named(frame.rename(columns=renamed)))


@snapshot.cached(32)
def mission_areas(release: str) -> pd.DataFrame:
    """A row per mission of a release and unit it works in; raises DataError."""
    frame = missions(release)
    codes = frame["areas_iso3"].fillna("").map(lambda cell: cell.split(SEPARATOR) if cell else [])
    long = frame.assign(iso3=codes).explode("iso3").dropna(subset="iso3")
    return _typed("mission_areas", _named(long))


# --- the world, and where all of it comes from ----------------------------------------------------


@snapshot.cached(1)
def units_table() -> pd.DataFrame:
    """A row per unit: names, codes, place, people, and notes on borders and names."""
    frame = reference("units")
    t = texts_of("nl")
    people = reference("populations").set_index("iso3")
    notes = reference("map_notes").set_index("iso3")
    priority, members = reference("priority_countries"), reference("eu_members")
    frame = frame.assign(
        m49=frame["iso3"].map(reference("m49").set_index("iso3")["m49"]),
        continent_nl=frame["continent"].map(t.area),
        subregion_nl=frame["subregion"].map(t.area),
        is_home=frame["iso3"] == HOME,
        is_in_eu=frame["iso3"].isin(members["iso3"]),
        is_priority_country=frame["iso3"].isin(priority["iso3"]),
        population=frame["iso3"].map(people["population"]),
        population_year=frame["iso3"].map(people["year"]),
        note_nl=frame["iso3"].map(notes["note_nl"]),
        note_en=frame["iso3"].map(notes["note_en"]),
    )
    renamed = {"capital": "capital_nl", "seat": "seat_nl", "sovereign": "sovereign_iso3"}
    renamed |= {f"{of}_{axis}": f"{of}_{axis}_deg" for of in _POINTS for axis in ("lat", "lon")}
    return _typed("units", frame.rename(columns=renamed))


_POINTS = ("seat", "label")


@snapshot.cached(1)
def releases() -> pd.DataFrame:
    """A row per release that is not withdrawn, the newest first; raises DataError."""
    renamed = {"missions_total": "missions_total_printed"}
    return _typed("releases", snapshot.releases().rename(columns=renamed))


@snapshot.cached(1)
def sources() -> pd.DataFrame:
    """A row per document, and per committed file that the tables are made of; raises DataError."""
    files = reference("sources")
    documents = snapshot.documents().reset_index(drop=True)
    made_of = files[files["file"].isin(_FILES)]
    # Of a document that somebody brought, no licence is known.
    released = files.assign(document=files["file"].str.extract(r"/releases/([^/]+)/")[0])
    released = released.dropna(subset="document").drop_duplicates("document").set_index("document")
    frame = pd.concat(
        [
            documents.assign(
                source=documents["document"],
                kind="document",
                publisher=documents["document"].map(released["publisher"]),
                licence=documents["document"].map(released["licence"]),
            ),
            made_of.assign(
                source=made_of["file"],
                kind="file",
                title_nl=made_of["title"],
                title_en=made_of["title"],
            ),
        ],
        ignore_index=True,
    )
    return _typed("sources", frame)


# The reference tables and shapes that the tables of this package take columns from.
_FILES = [
    f"data/reference/{name}"
    for name in (
        *("cities.csv", "eu_members.csv", "larger_cities.csv", "m49.csv", "map_notes.csv"),
        *("populations.csv", "priority_countries.csv", "regions.csv", "units.csv"),
        *("shapes/print.parquet",),
    )
]


@snapshot.cached(1)
def evidence() -> pd.DataFrame:
    """A row per statement of another public source; nothing of it is counted.

    `iso3` is the host; every unit it speaks of stands in `evidence_areas`. Raises DataError.
    """
    frame = reference("evidence")
    areas = _listed(frame["areas"].str.split())
    frame = frame.assign(iso3=frame["host"], areas_iso3=areas, is_plan=frame["plan"])
    return _typed("evidence", _named(frame))


@snapshot.cached(1)
def evidence_areas() -> pd.DataFrame:
    """A row per such statement and unit that is its host or in its area; raises DataError."""
    frame = reference("evidence")
    hosts = frame[["evidence"]].assign(iso3=frame["host"], is_host=True)
    areas = frame[["evidence"]].assign(iso3=frame["areas"].str.split(), is_host=False)
    long = pd.concat([hosts, areas.explode("iso3")]).dropna(subset="iso3")
    long = long.drop_duplicates(["iso3", "evidence"]).sort_values(["evidence", "iso3"])
    return _typed("evidence_areas", _named(long))


# --- police in missions before the tables of the documents ----------------------------------------


ALL = "all"  # every mission of the United Nations together


@snapshot.cached(1)
def un_police() -> pd.DataFrame:
    """A row per contributor, mission and month of the United Nations; raises DataError.

    `mission` is ALL for all of them together. An impossible number is left out.
    """
    frame = reference("un_police")
    frame = frame.assign(iso3=frame["areas"], mission=frame["mission"].fillna(ALL))
    return _typed("un_police", _named(frame.rename(columns={"source_url": "url"})))


@snapshot.cached(1)
def mission_history() -> pd.DataFrame:
    """A row per mission of 2001-2016 with the maximum of its source; raises DataError.

    `iso3` is the one unit it worked in; empty where there are several.
    """
    frame = _areas_listed(reference("mission_history"))
    return _typed("mission_history", _named(frame.rename(columns={"source_url": "url"})))


@snapshot.cached(1)
def mission_evidence() -> pd.DataFrame:
    """A row per statement of another public source on a mission; raises DataError."""
    frame = _areas_listed(reference("mission_evidence"))
    renamed = {"text_nl": "claim_nl", "text_en": "claim_en"}
    return _typed("mission_evidence", _named(frame.rename(columns=renamed)))


def _areas_listed(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with `areas_iso3`, and `iso3` where the area is one unit."""
    areas = frame["areas"].fillna("").str.split()
    alone = areas.map(lambda codes: codes[0] if len(codes) == 1 else None)
    return frame.assign(iso3=alone, areas_iso3=_listed(areas))


OF_RELEASE: dict[str, Callable[[str], pd.DataFrame]] = {
    "postings": postings,
    "accreditations": accreditations,
    "coverage": coverage,
    "missions": missions,
    "mission_areas": mission_areas,
    "gaps": gaps,
}
_OF_WORLD: dict[str, Callable[[], pd.DataFrame]] = {
    "evidence": evidence,
    "un_police": un_police,
    "mission_history": mission_history,
    "mission_evidence": mission_evidence,
    "evidence_areas": evidence_areas,
    "units": units_table,
    "releases": releases,
    "sources": sources,
}
