"""The history of a country's coverage, from networks small enough to work out by hand."""

from __future__ import annotations

import pandas as pd

from data.load import reference
from geo.cover_history import Cover, Dated, Station, history
from geo.options import Choice

QUITO = {"iso3": "ECU", "seat_lat": -0.22, "seat_lon": -78.51}
POST = ["kind", "row", "organisation", "city", "host", "status", "lat", "lon"]


def made_up(
    release: str, complete: bool, *posts: tuple[object, ...], basis: str = "named"
) -> Dated:
    """A network whose posts all serve Ecuador."""
    rows = [("LO", number, *post) for number, post in enumerate(posts, start=1)]
    frame = pd.DataFrame(rows, columns=POST)
    served = pd.DataFrame(
        [("LO", number, "ECU", basis) for number in frame["row"]],
        columns=["kind", "row", "iso3", "basis"],
    )
    return Dated(release, release, complete, frame, served)


QUITO_NP = ("NP", "Quito", "ECU", "active", -0.22, -78.51)
BOGOTA = (None, "Bogota", "COL", "active", 4.61, -74.08)
PLAN = ("KMar", "Quito", "ECU", "planned", -0.22, -78.51)


def test_each_state_and_what_is_not_known() -> None:
    found = history(
        QUITO,
        [
            made_up("2013", False),
            made_up("2014", False, ("GPI", None, "ECU", "active", None, None)),
            made_up("2016", True),
            made_up("2020", True, BOGOTA, PLAN),
            made_up("2024", True, BOGOTA, QUITO_NP, QUITO_NP),
        ],
    )
    # 4.83 degrees of 110.6 km to the north and 4.43 of 111.2 km to the east: 727 km.
    bogota = Station("", "Bogota", "COL", 727)
    assert found == [
        Cover("2013", "2013", False, None, ()),
        Cover("2014", "2014", False, "post", (Station("GPI", "", "ECU", None),)),
        Cover("2016", "2016", True, "none", ()),
        Cover("2020", "2020", True, "accredited", (bogota,)),
        Cover("2024", "2024", True, "post", (*[Station("NP", "Quito", "ECU", 0)] * 2, bogota)),
    ]


def test_the_choice_decides_what_counts() -> None:
    plan, region = made_up("2020", True, PLAN), made_up("2021", True, BOGOTA, basis="region")
    assert [each.state for each in history(QUITO, [plan, region])] == ["none", "accredited"]
    shown = history(QUITO, [plan, region], Choice(planned=True, regions=False))
    assert [each.state for each in shown] == ["planned", "none"]
    assert history(QUITO, [region], Choice(("NP",)))[0].state == "none"


def test_the_letter_and_the_annex(network) -> None:
    """The letter of 2013 says nothing of Ecuador and names a post in Rabat twice."""
    dated = [
        Dated(release, as_of, complete, *network(release))
        for release, as_of, complete in (
            ("kst-31015-94", "2013-10-09", False),
            ("bijlage-2025-11", "2026-01", True),
        )
    ]
    units = reference("units").set_index("iso3", drop=False)
    assert [each.state for each in history(units.loc["ECU"], dated)] == [None, "none"]
    rabat = history(units.loc["MAR"], dated)
    assert [[each.organisation for each in cover.stations] for cover in rabat] == [
        ["KMar", "NP"],
        ["GPI", "KMar", "NP"],
    ]
