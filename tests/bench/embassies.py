"""A ministry's whole network, for load: the public register of embassies as a release of ours.

Data from Wikidata (CC0), read from beside the checkout and never committed; see its README there.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.load import reference
from geo.names.normalise import key

REGISTER = Path(__file__).parents[3] / "shared" / "real" / "embassies_2021-01-25.csv"


def network(path: Path = REGISTER) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, int]]:
    """(postings with lat and lon, accreditations, what of it no unit was found for).

    Names are looked up as they stand: a benchmark needs the load, not a person's answers.
    """
    rows = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    names = reference("names")
    known = dict(zip(names["name"].map(key), names["iso3"], strict=True))
    host = rows["country"].map(key).map(known)
    postings = pd.DataFrame(
        {
            "kind": "LO",
            "row": range(1, len(rows) + 1),
            "organisation": rows["operator"],
            "city_printed": rows["city"],
            "city": rows["city"].mask(rows["city"] == ""),
            "host": host,
            "status": "active",
            "theme": None,
            "region": None,
            "label": rows["operator"] + ", " + rows["type"],
            "area_printed": rows["jurisdictions"],
            "lat": pd.to_numeric(rows["latitude"], errors="coerce"),
            "lon": pd.to_numeric(rows["longitude"], errors="coerce"),
            "document": "embassies",
            "table": "register",
            "table_row": range(1, len(rows) + 1),
        }
    )
    # An import stops at a post without a country; here nobody is asked, and it stays out.
    postings = postings[host.notna()].copy()
    postings.loc[postings["city"].isna(), ["lat", "lon"]] = float("nan")  # ours come by the city
    named = postings[["kind", "row"]].assign(printed=rows["jurisdictions"].str.split("|"))
    named = named.explode("printed")
    named = named[named["printed"] != ""]
    named["iso3"] = named["printed"].map(key).map(known)
    hosts = postings[["kind", "row"]].assign(printed=rows["country"], iso3=host)
    found = pd.concat([named.assign(basis="named"), hosts.assign(basis="host")])
    accreditations = found.dropna(subset="iso3").drop_duplicates(["row", "iso3"])
    accreditations = accreditations.assign(match="name", score=100.0).reset_index(drop=True)
    lost = {
        "names of work areas": int(named["iso3"].isna().sum()),
        "hosts": int(host.isna().sum()),
        "positions": int(postings["lat"].isna().sum()),
    }
    return postings, accreditations, lost


def times(
    postings: pd.DataFrame, accreditations: pd.DataFrame, number: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same network `number` times over, as one."""
    step = int(postings["row"].max())
    several = [
        pd.concat([frame.assign(row=frame["row"] + step * turn) for turn in range(number)])
        for frame in (postings, accreditations)
    ]
    return several[0].reset_index(drop=True), several[1].reset_index(drop=True)
