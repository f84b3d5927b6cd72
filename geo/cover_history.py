"""How one country was served in each release, and from where: known, nobody, or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from geo.coverage import PLANNED, served
from geo.options import Choice
from geo.shapes import distance_km

EVERYTHING = Choice()
_STATES = ("post", "accredited", "planned")  # by rank, see `geo.coverage.served`


@dataclass(frozen=True)
class Dated:
    """The network of a release on its reference date (ISO); postings have `lat` and `lon`.

    `complete` tells whether what it lacks was not there.
    """

    release: str
    as_of: str
    complete: bool
    postings: pd.DataFrame
    accreditations: pd.DataFrame


@dataclass(frozen=True)
class Station:
    """Where an officer works who served the country; '' for what is not stated.

    `km` is geodesic from the seat of the country's government, None where no city is printed.
    """

    organisation: str
    city: str
    host: str
    km: int | None


@dataclass(frozen=True)
class Cover:
    """How a country was served on one date.

    `state` is one of `geo.coverage`: post, accredited, planned or none; None where it is unknown,
    as a partial release proves presence and never absence. `stations` has one for each posting.
    """

    release: str
    as_of: str
    complete: bool
    state: str | None
    stations: tuple[Station, ...]


def history(
    unit: Mapping[str, object], networks: Iterable[Dated], choice: Choice = EVERYTHING
) -> list[Cover]:
    """The coverage of a row of table `units` in every network, in their order."""
    return [_cover(unit, network, choice) for network in networks]


def _cover(unit: Mapping[str, object], network: Dated, choice: Choice) -> Cover:
    mine = network.accreditations[network.accreditations["iso3"] == unit["iso3"]]
    about = network.release, network.as_of, network.complete
    serving = served(network.postings, mine, choice) if len(mine) else mine
    if serving.empty:
        return Cover(*about, "none" if network.complete else None, ())
    seat = (float(str(unit[name])) for name in ("seat_lat", "seat_lon"))
    lengths = distance_km(*(serving[name].to_numpy(float) for name in ("lat", "lon")), *seat)
    names = ("rank", "organisation", "row", "city", "host")
    rows = zip(*(serving[name].tolist() for name in names), lengths.tolist(), strict=True)
    order = sorted(rows, key=lambda row: row[:3])
    strongest = order[0][0]
    stations = (
        Station(who, _text(city), _text(host), None if pd.isna(km) else round(km))
        for rank, who, _, city, host, km in order
        # A plan counts apart: only where nobody serves yet does it say something.
        if rank < PLANNED or strongest == PLANNED
    )
    return Cover(*about, _STATES[strongest], tuple(stations))


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
