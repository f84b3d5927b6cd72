"""The same computations as the product's, written plainly: loops over pandas rows."""

from __future__ import annotations

import pandas as pd
from pyproj import Geod

from geo.options import KINDS, Choice
from geo.schemas import ORGANISATIONS

GEOD = Geod(ellps="WGS84")


def coverage(
    units: pd.DataFrame,
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    choice: Choice | None = None,
) -> pd.DataFrame:
    """One row per unit, by looking every accreditation of it up among the postings."""
    by_row = {(row["kind"], row["row"]): row for _, row in postings.iterrows()}
    found = []
    for _, unit in units.iterrows():
        mine = accreditations[accreditations["iso3"] == unit["iso3"]]
        state, number, bodies, cities, nearest = "none", 0, set(), set(), None
        for _, served in mine.iterrows():
            posting = by_row[served["kind"], served["row"]]
            if posting["kind"] != "LO" or posting["status"] != "active":
                continue
            body = "" if pd.isna(posting["organisation"]) else posting["organisation"]
            if choice and choice.organisations and body not in choice.organisations:
                continue
            number += 1
            bodies.add(body)
            state = "post" if "post" in (state, _at(posting, unit)) else "accredited"
            if not pd.isna(posting["city"]):
                cities.add(posting["city"])
            if not pd.isna(posting["lat"]):
                ends = (posting["lon"], posting["lat"], unit["seat_lon"], unit["seat_lat"])
                km = GEOD.inv(*ends)[2] / 1000
                nearest = km if nearest is None else min(nearest, km)
        found.append(
            {
                "iso3": unit["iso3"],
                "state": "home" if unit["iso3"] == "NLD" else state,
                "postings": number,
                "organisations": sorted(bodies),
                "cities": sorted(cities),
                "distance_km": nearest,
            }
        )
    return pd.DataFrame(found)


def _at(posting: pd.Series, unit: pd.Series) -> str:
    return "post" if posting["host"] == unit["iso3"] else "accredited"


def gaps(
    frame: pd.DataFrame, deployments: pd.DataFrame, earlier: list[pd.DataFrame]
) -> pd.DataFrame:
    """The kinds of gap of each unit, one after the other."""
    found = []
    for _, row in frame.iterrows():
        if row["state"] == "home":
            continue
        covered, kinds = row["state"] in ("post", "accredited"), set()
        if row["state"] == "none":
            kinds.add("uncovered")
            for before in earlier:
                was = before[before["iso3"] == row["iso3"]].iloc[0]
                if was["state"] in ("post", "accredited"):
                    kinds.add("lost")
            for _, mission in deployments.iterrows():
                if row["iso3"] in str(mission["areas"]).split():
                    kinds.add("mission_without_liaison")
        if covered and row["organisations"] == ["GPI"]:
            kinds.add("partner_only")
        if covered and row["postings"] == 1:
            kinds.add("single")
        if row["state"] == "accredited":
            kinds.add("remote")
        found.append({"iso3": row["iso3"], "kinds": [kind for kind in KINDS if kind in kinds]})
    return pd.DataFrame(found)


def compare(
    units: pd.DataFrame,
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    left: Choice,
    right: Choice,
) -> dict[str, str]:
    """Where each unit stands between two choices."""
    sides = [
        {
            row["iso3"]: row["state"] in ("post", "accredited")
            for _, row in coverage(units, postings, accreditations, choice).iterrows()
        }
        for choice in (left, right)
    ]
    place = {(True, True): "both", (True, False): "left", (False, True): "right"}
    found = {}
    for _, row in coverage(units, postings, accreditations).iterrows():
        iso3 = row["iso3"]
        where = place.get((sides[0][iso3], sides[1][iso3]), "neither")
        # The register's countries are no organisations of ours: of them there are no others.
        others = {*ORGANISATIONS, ""} - {*left.organisations, *right.organisations}
        if where in ("left", "right") and others & set(row["organisations"]):
            where += "_other"
        if iso3 != "NLD":
            found[iso3] = where
    return found
