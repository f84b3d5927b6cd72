"""The committed releases as frames for a notebook: three lines to a number, five to a map.

    from data import atlas

    coverage = atlas.coverage()
    coverage["is_covered"].sum()
    atlas.draw(coverage)

Every frame has a row of its own for each unit, posting or mission, and says which by `iso3`
(ISO 3166-1 alpha-3, XKX for Kosovo) and `release`. Columns mean what they mean in the data package
(`python -m dashboard export data`): missing is unknown and never zero, the parts of a list in one
cell have "; " between them, an organisation that no document prints is "not-stated". Geometry is
longitude and latitude in degrees on WGS 84 (EPSG:4326). What people import into an installation
is not here: ask its HTTP interface for that.

Errors are `geo.errors.DataError`, which names what is wrong and where.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import pandas as pd

from data import load
from data.load import reference
from data.shapes import shapes
from geo import coverage as geo_coverage
from geo import gaps as geo_gaps
from geo import options, ranking
from geo.coverage import COVERED
from geo.errors import DataError
from geo.names import not_units
from geo.names.cities import locate
from geo.options import Choice
from geo.schemas import NOT_STATED, NOT_STATED_WORD, ORGANISATIONS

EQUAL_EARTH = "+proj=eqearth +lon_0=0 +ellps=WGS84"  # a world map that keeps areas comparable
DEGREES = "EPSG:4326"
SEPARATOR = "; "
# State -> its colour and its name, as the app has them; a planned post is hatched there.
STATES = {
    "post": ("#083d56", "an officer is posted here"),
    "accredited": ("#3f8db1", "served from another country"),
    "planned": ("#9cc3d5", "a post is planned"),
    "none": ("#dcd8d0", "nobody"),
    "home": ("#fbf3d9", "the Netherlands"),
}
_UNKNOWN = ("#f4f4f4", "unknown")
BORDERS = (
    "Borders and names follow the Dutch position as far as the source allows. "
    "They imply no opinion about the status of any territory. Shapes: Natural Earth."
)
_NAMES = ["iso3", "name_nl", "name_en"]
_WORLD = [*_NAMES, "kind", "continent", "subregion"]


def releases() -> pd.DataFrame:
    """One row per committed document with tables, the newest first.

    Columns: release, document, network and missions ("complete", "partial" or "absent"), the
    reference date of each (`network_as_of`, `missions_as_of`: a year, a month or a day of ISO
    8601), notes, and the total that is printed under the missions.
    """
    return reference("releases").copy()


def newest() -> str:
    """The newest release with a complete network; what every function takes where none is named."""
    table = reference("releases")
    complete = table[table["network"] == "complete"]
    return str(complete.sort_values("network_as_of", ascending=False)["release"].iloc[0])


def units() -> gpd.GeoDataFrame:
    """One row per country or territory where people live: names, kind, region, people, shape.

    245 rows; geometry is Polygon or MultiPolygon in EPSG:4326, simplified to about 1 km. `kind` is
    "state", "territory" or "disputed"; `seat_lat` and `seat_lon` are where distances begin.
    """
    people = reference("populations").set_index("iso3")
    frame = reference("units").assign(
        population=lambda units: units["iso3"].map(people["population"]),
        population_year=lambda units: units["iso3"].map(people["year"]),
    )
    return _drawn(frame)


def postings(release: str = "") -> gpd.GeoDataFrame:
    """One row per printed posting of a release, as a Point in EPSG:4326 where a city is printed.

    Columns: iso3 (of the host) with its names, release, kind ("LO", "FILO" or "multilateral"),
    row, organisation, city, status ("active" or "planned"), theme, label (as printed), document,
    table and table_row. Raises DataError.
    """
    release, frame, _ = _network(release)
    names = reference("units").set_index("iso3")
    columns = ["kind", "row", "organisation", "city", "status", "theme", "label"]
    rows = frame.assign(
        iso3=frame["host"],
        name_nl=frame["host"].map(names["name_nl"]),
        name_en=frame["host"].map(names["name_en"]),
        release=release,
        organisation=frame["organisation"].fillna(NOT_STATED_WORD),
    )
    points = gpd.points_from_xy(rows["lon"], rows["lat"])
    rows = rows[[*_NAMES, "release", *columns, "document", "table", "table_row"]]
    found = gpd.GeoDataFrame(rows, geometry=points, crs=DEGREES)
    found.loc[frame["lon"].isna(), "geometry"] = None
    return found


def accreditations(release: str = "") -> pd.DataFrame:
    """One row per posting and unit that it serves; join to `postings` by release, kind and row.

    `basis` is "named", "host" or "region"; `printed` what the document prints, `match` how that
    became a unit; `distance_km` runs from the unit's seat of government to the duty station, whole
    and geodesic. Raises DataError.
    """
    release, posts, served = _network(release)
    frame = served.merge(posts[["kind", "row", "organisation", "status", "lat", "lon"]])
    frame["distance_km"] = geo_coverage.seat_distance_km(reference("units"), frame)
    frame["organisation"] = frame["organisation"].fillna(NOT_STATED_WORD)
    named = frame.assign(release=release).merge(reference("units")[_NAMES], on="iso3")
    columns = ["release", "kind", "row", "organisation", "status", "basis", "printed", "match"]
    return named[[*_NAMES, *columns, "distance_km"]]


def coverage(
    release: str = "",
    organisations: Iterable[str] = (),
    *,
    planned: bool = False,
    filo: bool = False,
    regions: bool = True,
) -> gpd.GeoDataFrame:
    """One row per unit: who serves it, from where, under a choice of what counts.

    `organisations` are "NP", "KMar", "GPI" and "not-stated", empty for all; `planned` counts
    postings still to be decided, `filo` flexible officers, `regions` countries that are only
    members of a printed region. 245 rows; columns iso3, names, kind, continent, subregion, release,
    state ("post", "accredited", "planned", "none", "home"), is_covered, postings, organisations,
    cities, distance_km (to the nearest duty station that serves it, whole and geodesic), geometry
    (EPSG:4326). Of a partial release the state of whoever it does not mention is missing. Raises
    DataError, and ValueError for an organisation there is not.
    """
    release, posts, served = _network(release)
    choice = Choice(_organisations(organisations), planned, filo, regions)
    is_complete = _about(release)["network"] == "complete"
    frame = geo_coverage.coverage(reference("units"), posts, served, choice, is_complete)
    covered = frame["state"].isin(COVERED).astype("boolean").mask(frame["state"].isna())
    columns = ["iso3", "release", "state", "is_covered", "postings", "organisations", "cities"]
    listed = frame.assign(
        release=release,
        is_covered=covered,
        organisations=frame["organisations"].map(_stated).map(_joined),
        cities=frame["cities"].map(_joined),
        distance_km=frame["distance_km"].astype("Int64"),
    )[[*columns, "distance_km"]]
    return _drawn(reference("units")[_WORLD].merge(listed, on="iso3"))


def gaps(release: str = "", organisations: Iterable[str] = ()) -> gpd.GeoDataFrame:
    """One row per unit but the Netherlands: which kinds of gap it has, and its place among them.

    Columns iso3, names, kind, continent, subregion, release, one boolean for each kind (uncovered,
    partner_only, single, remote, lost, mission_without_liaison; missing where no document can
    tell), others (organisations that serve it and are not in the choice), missions, officers,
    score (0 to 100, default weights), rank (of those with a gap), geometry (EPSG:4326). 244 rows.
    Raises DataError, also for a release whose network is not complete: what that does not mention
    is unknown, no gap.
    """
    release, posts, _ = _network(release)
    about, chosen = _about(release), _organisations(organisations)
    if about["network"] != "complete":
        raise DataError("needs_of_partial_release", f"release {release}")
    choice, known = Choice(chosen), reference("releases")
    frame = geo_gaps.gaps(
        _coverage(release, choice),
        everyone=_coverage(release, Choice()),
        deployments=_table("deployments", release) if about["missions"] == "complete" else None,
        earlier=[_coverage(name, choice) for name in geo_gaps.earlier_complete(known, release)],
    )
    facts = (reference(name) for name in ("populations", "priority_countries", "eu_members"))
    near = geo_gaps.nearest_km(reference("units"), posts, chosen)
    names = reference("units").set_index("iso3")["name_nl"]
    scores = ranking.rank(ranking.values(frame, near, *facts), ranking.WEIGHTS, names).scores
    score = frame["iso3"].map(scores.set_index("iso3")["score"])
    unknown = geo_gaps.untellable(known, release)
    flags = {
        kind: geo_gaps.is_kind(frame["kinds"], kind)
        .astype("boolean")
        .mask(pd.Series(kind in unknown, frame.index))
        for kind in options.KINDS
    }
    table = frame[["iso3"]].assign(
        release=release,
        **flags,
        others=frame["others"].map(_stated).map(_joined),
        missions=frame["missions"].map(_joined, na_action="ignore"),
        officers=frame["officers"],
        score=score,
        rank=score.where(geo_gaps.is_kind(frame["kinds"], *options.KINDS))
        .rank(ascending=False, method="min")
        .astype("Int64"),
    )
    return _drawn(reference("units")[_WORLD].merge(table, on="iso3"))


def missions(release: str = "") -> pd.DataFrame:
    """One row per mission of a release, of every complete table where none is named.

    Columns: release, as_of, mission, printed, officers (missing where it could not be read),
    lead_organisation, areas (codes), document, table and table_row. Raises DataError.
    """
    known = reference("releases")
    wanted = [release] if release else list(known.loc[known["missions"] != "absent", "release"])
    frames = []
    for name in wanted:
        about = _about(name)
        if about["missions"] == "absent":
            others = tuple(known.loc[known["missions"] != "absent", "release"])
            raise DataError("no_missions_table", f"release {name}", releases=others)
        rows = _table("deployments", name)
        areas = rows["areas"].str.split().map(_joined, na_action="ignore")
        frames.append(rows.assign(release=name, as_of=about["missions_as_of"], areas=areas))
    columns = ["release", "as_of", "mission", "printed", "personnel", "lead_organisation", "areas"]
    frame = pd.concat(frames, ignore_index=True)[[*columns, "document", "table", "table_row"]]
    return frame.rename(columns={"personnel": "officers"})


def draw(coverage: gpd.GeoDataFrame, axes: Any = None) -> Any:
    """Draw a frame of `coverage` as a map of the world, coloured by state as in the app.

    Returns the axes of matplotlib, which has to be installed; draws on `axes` where they are named.
    The projection is Equal Earth. The line on borders belongs to every map that is published.
    """
    colours = coverage["state"].map(lambda state: STATES.get(state, _UNKNOWN)[0])
    world = coverage.to_crs(EQUAL_EARTH)
    axes = world.plot(ax=axes, color=colours, edgecolor="white", linewidth=0.2, figsize=(12, 6.5))
    counts = coverage["state"].value_counts()
    looks = [(*look, int(counts[state])) for state, look in STATES.items() if state in counts]
    if unknown := int(coverage["state"].isna().sum()):
        looks.append((*_UNKNOWN, unknown))
    for colour, label, count in looks:
        axes.plot([], [], "s", color=colour, markersize=9, label=f"{label} ({count})")
    axes.legend(loc="lower left", frameon=False)
    axes.set_axis_off()
    axes.set_title(f"Police liaison officers: {', '.join(coverage['release'].unique())}")
    axes.annotate(BORDERS, (0, -0.02), xycoords="axes fraction", fontsize=7)
    return axes


def _about(release: str) -> pd.Series:
    """The row of a release; raises DataError where there is none."""
    known = reference("releases").set_index("release", drop=False)
    if release not in known.index:
        raise DataError("no_such_release", "release", value=release, releases=tuple(known.index))
    row = known.loc[release]
    assert isinstance(row, pd.Series)  # the id is the key of the table
    return row


def _table(table: str, release: str) -> pd.DataFrame:
    meaning = not_units.meaning(reference("not_units"))
    return not_units.current(table, load.release_table(table, release), meaning)


def _network(release: str) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    """The name of the release, its postings with their positions, and whom they serve."""
    about = _about(release or newest())
    name = str(about["release"])
    if about["network"] == "absent":
        known = reference("releases")
        others = tuple(known.loc[known["network"] != "absent", "release"])
        raise DataError("no_network_table", f"release {name}", releases=others)
    posts = locate(_table("postings", name), load.places())
    return name, posts, _table("accreditations", name)


def _coverage(release: str, choice: Choice) -> pd.DataFrame:
    """The coverage of a complete release as `geo.coverage` gives it."""
    _, posts, served = _network(release)
    return geo_coverage.coverage(reference("units"), posts, served, choice)


def _organisations(names: Iterable[str]) -> tuple[str, ...]:
    chosen = (names,) if isinstance(names, str) else tuple(names)
    for name in chosen:
        if name not in (*ORGANISATIONS, NOT_STATED_WORD):
            known = ", ".join((*ORGANISATIONS, NOT_STATED_WORD))
            raise ValueError(f"organisations: there is no {name!r}; choose from {known}")
    return tuple(NOT_STATED if name == NOT_STATED_WORD else name for name in chosen)


def _stated(names: list[str]) -> list[str]:
    return [name or NOT_STATED_WORD for name in names]


def _joined(parts: list[str]) -> str | None:
    return SEPARATOR.join(parts) or None


def _drawn(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """The rows with the shape of their unit."""
    drawn = shapes()[["iso3", "geometry"]].set_index("iso3")["geometry"]
    return gpd.GeoDataFrame(frame, geometry=list(frame["iso3"].map(drawn)), crs=DEGREES)
