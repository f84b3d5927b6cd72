"""What there is to ask for: each resource with its path, its filters, its rows and its shapes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import records, snapshot
from dashboard.filters import Filters
from dashboard.open_data import tables
from dashboard.open_data.fields import SEPARATOR
from dashboard.web.api.parameters import Query
from geo import gaps as geo_gaps
from geo.errors import DataError, LimitError
from geo.ranking import Scaling
from geo.schemas import NOT_STATED, NOT_STATED_WORD

Record = dict[str, Any]
PAGED = ("limit", "offset")
EVERYWHERE = ("taal", "format")
# What draws a row in GeoJSON: the shape of its `iso3`, the shapes of `areas_iso3`, or its point.
UNIT, AREAS, POINT = "unit", "areas", "point"


@dataclass(frozen=True)
class Resource:
    """One kind of address below `/api/v1`.

    `table` of `dashboard.open_data.fields` says what its rows hold, `rows` makes them for the
    parameters of the path and a query. `shape` draws a row in GeoJSON; "" where it has no place.
    A `member` is one row and not a list; `parts` are the lists that it has beside its own columns,
    with their tables.
    """

    name: str
    path: str
    table: str
    rows: Callable[[str, Query], pd.DataFrame]
    filters: tuple[str, ...] = ()
    shape: str = ""
    member: bool = False
    parts: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """Every parameter that a query may have."""
        return (*self.filters, *EVERYWHERE, *(() if self.member else PAGED))

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats it is given in, the default first."""
        return ("json", "csv", "geojson") if self.shape else ("json", "csv")


def _of_units(frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """The rows about the units of the chosen area and the chosen country."""
    if filters.area:
        frame = frame[frame["iso3"].isin(snapshot.in_area(filters.area))]
    return frame[frame["iso3"] == filters.land] if filters.land else frame


def _of_organisations(frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    if not filters.organisations:
        return frame
    chosen = [NOT_STATED_WORD if name == NOT_STATED else name for name in filters.organisations]
    return frame[frame["organisation"].isin(chosen)]


def _releases(path: str, query: Query) -> pd.DataFrame:
    frame = tables.releases()
    return frame[frame["release"] == query.filters.release] if path else frame


def _postings(release: str, query: Query) -> pd.DataFrame:
    return _of_units(_of_organisations(tables.postings(release), query.filters), query.filters)


def _coverage(release: str, query: Query) -> pd.DataFrame:
    return _of_units(tables.coverage(release, query.filters.choice), query.filters)


def _gaps(release: str, query: Query) -> pd.DataFrame:
    filters = query.filters
    scaling = Scaling(unknown=filters.scaling.unknown)
    wanted = filters.kinds if query.names("soort") else ()
    try:
        frame = tables.gaps(release, filters.choice, filters.weights, scaling)
    except LimitError as error:
        raise error.placed(f"release {release}") from error
    if wanted:
        releases = snapshot.releases()
        if untold := geo_gaps.kinds_no_document_tells(releases, release, wanted):
            raise geo_gaps.no_document_tells(release, untold)
        kinds = snapshot.gaps(release, filters.choice).set_index("iso3")["kinds"]
        holds = geo_gaps.is_kind(kinds, *wanted)
        frame = frame[frame["iso3"].map(holds).fillna(False).astype(bool)]
    return _of_units(frame, filters).sort_values(["rank", "iso3"], na_position="last")


def _missions(path: str, query: Query) -> pd.DataFrame:
    if query.names("release"):
        release = query.filters.release
        snapshot.deployments(release)  # raises the error of a release without missions
        frame = tables.missions(release)
    else:
        frame = tables.table("missions")
    filters = query.filters
    if not filters.area and not filters.land:
        return frame
    wanted = snapshot.in_area(filters.area)
    if filters.land:
        wanted &= {filters.land}
    codes = frame["areas_iso3"].fillna("").map(lambda cell: wanted & set(cell.split(SEPARATOR)))
    return frame[codes.map(bool)]


def _countries(iso3: str, query: Query) -> pd.DataFrame:
    frame = tables.units_table()
    if not iso3:
        return _of_units(frame, query.filters)
    frame = frame[frame["iso3"] == iso3]
    if frame.empty:
        raise DataError("api_no_such_unit", "iso3", value=iso3[:40])
    return frame


def parts_of(iso3: str, query: Query) -> dict[str, list[Record]]:
    """What the tables say of one unit: name of the list -> rows, of every release or of one."""
    filters = query.filters
    about = {
        "coverage": lambda release: tables.coverage(release, filters.choice),
        "accreditations": lambda release: _of_organisations(
            tables.accreditations(release), filters
        ),
        "missions": tables.missions,
    }
    lists: dict[str, list[Record]] = {}
    for name, rows in about.items():
        releases = tables.having(name)
        if query.names("release"):
            releases = [release for release in releases if release == filters.release]
        lists[name] = [
            record for release in releases for record in records.plain(_about(rows(release), iso3))
        ]
    return lists


def _about(frame: pd.DataFrame, iso3: str) -> pd.DataFrame:
    if "areas_iso3" not in frame:
        return frame[frame["iso3"] == iso3]
    codes = frame["areas_iso3"].fillna("").map(lambda cell: iso3 in cell.split(SEPARATOR))
    return frame[codes.astype(bool)]


_CHOICE = ("org", "lagen")
_UNITS = ("gebied", "land")
_IN_RELEASE = "/releases/{release}"
RESOURCES = (
    Resource("releases", "/releases", "releases", _releases),
    Resource("release", _IN_RELEASE, "releases", _releases, member=True),
    Resource("postings", f"{_IN_RELEASE}/postings", "postings", _postings, ("org", *_UNITS), POINT),
    Resource(
        "coverage", f"{_IN_RELEASE}/coverage", "coverage", _coverage, (*_CHOICE, *_UNITS), UNIT
    ),
    Resource(
        "gaps",
        f"{_IN_RELEASE}/gaps",
        "gaps",
        _gaps,
        (*_CHOICE, *_UNITS, "soort", "weging", "onbekend"),
        UNIT,
    ),
    Resource("missions", "/missions", "missions", _missions, ("release", *_UNITS), AREAS),
    Resource("countries", "/countries", "units", _countries, ("gebied",), UNIT),
    Resource(
        "country",
        "/countries/{iso3}",
        "units",
        _countries,
        ("release", *_CHOICE),
        UNIT,
        member=True,
        parts=("coverage", "accreditations", "missions"),
    ),
)
