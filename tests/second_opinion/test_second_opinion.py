"""The main numbers once more, from tables typed by hand from the annexes, without our modules.

`network_2025.csv` holds the 55 rows of table 1 of the annex of 2025 as a reader reads them, with
the places of the cities from an atlas; `missions.csv` both tables of missions. pandas does the
rest. The product is asked through its command line, as any other program would.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.__main__ import main

HERE = Path(__file__).parent
RELEASE = "bijlage-2025-11"
# Seats of government, from an atlas: degrees north and east.
SEATS = {
    "BOL": (-16.50, -68.15),
    "ARG": (-34.60, -58.38),
    "CAN": (45.42, -75.70),
    "CHL": (-33.45, -70.67),
    "CYP": (35.17, 33.36),
    "DZA": (36.75, 3.06),
    "EGY": (30.04, 31.24),
    "ERI": (15.34, 38.93),
    "IDN": (-6.21, 106.85),
    "IRL": (53.35, -6.26),
    "JOR": (31.95, 35.93),
    "JPN": (35.69, 139.69),
    "KAZ": (51.13, 71.43),
    "MLI": (12.64, -8.00),
    "NZL": (-41.29, 174.78),
    "PAK": (33.69, 73.06),
    "QAT": (25.29, 51.53),
    "SYC": (-4.62, 55.45),
    "TJK": (38.56, 68.77),
    "UKR": (50.45, 30.52),
    "URY": (-34.90, -56.19),
}
EQUATOR, FLATTENING = 6_378.137, 1 / 298.257223563  # km; WGS84


@pytest.fixture(scope="module")
def posts() -> pd.DataFrame:
    """The rows of table 1; `served` as a list."""
    frame = pd.read_csv(HERE / "network_2025.csv", keep_default_na=False)
    return frame.assign(served=frame["served"].str.split())


@pytest.fixture(scope="module")
def served(posts: pd.DataFrame) -> pd.DataFrame:
    """A row for each active posting and each country it serves."""
    return posts[posts["status"] == "active"].explode("served")


@pytest.fixture(scope="module")
def ask(module_store: None) -> Callable[..., Any]:
    """What the command line answers, as JSON, from a store of its own."""

    def answer(*arguments: str) -> Any:
        text = io.StringIO()
        with contextlib.redirect_stdout(text):
            assert main([*arguments, "--format", "json"]) == 0
        return json.loads(text.getvalue())

    return answer


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The geodesic on WGS84 by Vincenty's inverse formula (Survey Review XXIII, 1975)."""
    (lat1, lon1), (lat2, lon2) = one, other
    polar = EQUATOR * (1 - FLATTENING)
    u1 = math.atan((1 - FLATTENING) * math.tan(math.radians(lat1)))
    u2 = math.atan((1 - FLATTENING) * math.tan(math.radians(lat2)))
    sin1, cos1, sin2, cos2 = math.sin(u1), math.cos(u1), math.sin(u2), math.cos(u2)
    apart = lam = math.radians(lon2 - lon1)
    for _ in range(200):
        sin_s = math.hypot(cos2 * math.sin(lam), cos1 * sin2 - sin1 * cos2 * math.cos(lam))
        if not sin_s:
            return 0.0
        cos_s = sin1 * sin2 + cos1 * cos2 * math.cos(lam)
        sigma = math.atan2(sin_s, cos_s)
        alpha = cos1 * cos2 * math.sin(lam) / sin_s
        square = 1 - alpha**2
        middle = cos_s - 2 * sin1 * sin2 / square if square else 0.0
        c = FLATTENING / 16 * square * (4 + FLATTENING * (4 - 3 * square))
        longer = sigma + c * sin_s * (middle + c * cos_s * (2 * middle**2 - 1))
        before, lam = lam, apart + (1 - c) * FLATTENING * alpha * longer
        if abs(lam - before) < 1e-12:
            break
    u = square * (EQUATOR**2 - polar**2) / polar**2
    a = 1 + u / 16384 * (4096 + u * (u * (320 - 175 * u) - 768))
    b = u / 1024 * (256 + u * (u * (74 - 47 * u) - 128))
    inner = cos_s * (2 * middle**2 - 1) - b / 6 * middle * (4 * sin_s**2 - 3) * (4 * middle**2 - 3)
    return polar * a * (sigma - b * sin_s * (middle + b / 4 * inner))


def covered(served: pd.DataFrame, *organisations: str) -> set[str]:
    chosen = served[served["organisation"].isin(organisations)] if organisations else served
    return set(chosen["served"])


def answered(ask: Callable[..., Any], *organisations: str) -> set[str]:
    arguments = ["--organisation", *organisations] if organisations else []
    rows = ask("coverage", *arguments)
    return {row["iso3"] for row in rows if row["state"] in ("post", "accredited")}


@pytest.mark.parametrize(
    ("organisations", "asked", "number"),
    [
        ((), (), 138),
        (("NP",), ("NP",), 96),
        (("KMar",), ("KMar",), 37),
        (("GPI",), ("GPI",), 50),
        (("",), ("not-stated",), 19),
        (("NP", "KMar"), ("NP", "KMar"), 117),
    ],
)
def test_coverage_by_organisation(served, ask, organisations, asked, number: int):
    """The numbers are those of the worked example in the domain's own words."""
    ours = covered(served, *organisations)
    assert len(ours) == number
    assert answered(ask, *asked) == ours


def test_every_printed_row_is_read_alike(posts, ask):
    rows = {row["row"]: row for row in ask("postings") if row["kind"] == "LO"}
    assert len(rows) == len(posts) == 55
    for post in posts.itertuples():
        row = rows[post.row]
        assert (row["host"], row["organisation"] or "", row["status"]) == (
            post.host,
            post.organisation,
            post.status,
        )
        assert {each["iso3"] for each in row["accreditations"]} == set(post.served), post.row


def test_single_and_partner_only(served, ask):
    count = served.groupby("served")["row"].count()
    single = set(count[count == 1].index)
    organisations = served.groupby("served")["organisation"].agg(set)
    partner = {iso3 for iso3, names in organisations.items() if names == {"GPI"}}
    assert (len(single), sorted(partner)) == (78, ["AND", "MLI", "PAK", "RUS", "SMR"])
    rows = ask("gaps", "--kind", "single", "partner_only")
    kinds = {row["iso3"]: set(row["kinds"]) for row in rows}
    assert {iso3 for iso3, kind in kinds.items() if "single" in kind} == single
    assert {iso3 for iso3, kind in kinds.items() if "partner_only" in kind} == partner


def test_distances(posts, served, ask):
    """From the seat of government to the nearest city that serves the country."""
    answers = {row["iso3"]: row["distance_km"] for row in ask("coverage")}
    for iso3, seat in SEATS.items():
        cities = served[served["served"] == iso3][["lat", "lon"]].itertuples(index=False)
        nearest = min(km(seat, (city.lat, city.lon)) for city in cities)
        assert abs(answers[iso3] - nearest) < 5, (iso3, answers[iso3], nearest)


def test_the_length_of_a_known_line():
    """Vincenty's own kind of check: one degree along the equator, and pole to equator."""
    assert km((0, 0), (0, 1)) == pytest.approx(111.319, abs=0.001)
    assert km((0, 0), (90, 0)) == pytest.approx(10_001.966, abs=0.01)


@pytest.mark.parametrize(
    ("release", "missions", "officers"), [("bijlage-2023-12", 11, 28), (RELEASE, 12, 34)]
)
def test_missions(ask, release: str, missions: int, officers: int):
    frame = pd.read_csv(HERE / "missions.csv", keep_default_na=False)
    mine = frame[frame["release"] == release].set_index("mission")
    assert (len(mine), mine["officers"].sum()) == (missions, officers)
    rows = {
        row["printed"].split(" (")[0].casefold(): row
        for row in ask("missions", "--release", release)
    }
    assert len(rows) == missions
    for mission, row in mine.iterrows():
        answer = rows[str(mission).casefold()]
        assert (answer["personnel"], set(answer["areas"])) == (
            row["officers"],
            set(row["area"].split()),
        )


def test_missions_without_an_officer(served, ask):
    frame = pd.read_csv(HERE / "missions.csv", keep_default_na=False)
    areas = {unit for area in frame[frame["release"] == RELEASE]["area"] for unit in area.split()}
    ours = areas - covered(served)
    assert ours == {"ISR", "PSE"}
    rows = ask("gaps", "--kind", "mission_without_liaison")
    assert {row["iso3"] for row in rows} == ours


def shared_cities() -> list[str]:
    frame = pd.read_csv(HERE / "network_2025.csv", keep_default_na=False)
    count = frame[frame["status"] == "active"]["city"].value_counts()
    return sorted(count[count > 1].index)


def test_the_cities_with_several_posts():
    assert shared_cities() == [
        *("Bangkok", "Boekarest", "Brasilia", "Istanbul", "Londen", "Madrid", "Nairobi", "Parijs"),
        *("Rabat", "Rome", "Tirana", "Washington"),
    ]


@pytest.mark.parametrize("city", shared_cities())
def test_closing_a_whole_city(posts, served, ask, tmp_path: Path, city: str):
    """Who serves a country from nowhere else loses it."""
    rows = posts[(posts["city"] == city) & (posts["status"] == "active")]["row"]
    here = set(served[served["row"].isin(rows)]["served"])
    lost = here - set(served[~served["row"].isin(rows)]["served"])
    if city == "Nairobi":
        assert sorted(lost) == "ERI ETH KEN SDN SOM SSD SYC TZA ZAF".split()
    scenario = tmp_path / "closed.json"
    changes = [{"close": {"row": int(row)}} for row in rows]
    scenario.write_text(json.dumps({"name": city, "release": RELEASE, "changes": changes}))
    answer = ask("whatif", str(scenario))
    assert {row["iso3"] for row in answer["lost"]} == lost
    assert answer["after"]["covered"] == 138 - len(lost)
