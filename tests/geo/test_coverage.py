"""Coverage: the worked example of the domain, and each rule on a network of a few posts."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from geo.coverage import COLUMNS, coverage, totals
from geo.options import Choice

codes = str.split
EU27 = set(
    codes("""AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD
POL PRT ROU SVK SVN SWE""")
)


def great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """km on a sphere, by the haversine: another road than the product's ellipsoid."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


# --- the 2025 release ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cover(units: pd.DataFrame, network):
    postings, accreditations = network("bijlage-2025-11")

    def chosen(*organisations: str, **layers: bool) -> pd.DataFrame:
        return coverage(units, postings, accreditations, Choice(organisations, **layers))

    return chosen


@pytest.mark.parametrize(
    ("organisations", "covered"),
    [
        ((), 138),
        (("NP",), 96),
        (("KMar",), 37),
        (("GPI",), 50),
        (("",), 19),
        (("NP", "KMar"), 117),
        (("NP", "KMar", "GPI", ""), 138),
    ],
)
def test_the_worked_example(cover, organisations: tuple[str, ...], covered: int):
    assert totals(cover(*organisations)).covered == covered


def test_the_rest_of_the_worked_example(cover, network):
    found = totals(cover())
    assert (found.single, found.gpi_only) == (78, 5)
    posts = network("bijlage-2025-11")[0].query("kind == 'LO'")
    assert posts["status"].value_counts().to_dict() == {"active": 54, "planned": 1}
    assert found.unknown == 0
    assert found.planned == 0


def test_served_by_the_belgian_police_only(cover):
    frame = cover().set_index("iso3")
    only = {iso3 for iso3, names in frame["organisations"].items() if names == ["GPI"]}
    # By hand: Russia (Moscow), Mali (Rabat), Andorra (Madrid), San Marino (Rome), Pakistan
    # (Istanbul).
    assert only == {"RUS", "MLI", "AND", "SMR", "PAK"}


def test_posts_are_the_hosts_of_the_table(cover):
    frame = cover()
    # The host column of the annex, read by hand; 55 rows in 36 countries.
    hosts = codes("""USA SUR MEX DOM COL PER CUW BRA CHN AUS THA GEO ARE PHL HKG LBN RUS
    MAR GHA KEN TUN
    NGA FRA DEU ESP ITA TUR SRB ROU PRT GBR BEL HRV POL ALB GRC""")
    assert set(frame.loc[frame["state"] == "post", "iso3"]) == set(hosts)


@pytest.mark.parametrize(
    ("iso3", "state", "postings", "organisations", "cities", "basis"),
    [
        ("BES", "accredited", 1, ["NP"], ["Willemstad"], ["region"]),
        ("SXM", "accredited", 1, ["NP"], ["Willemstad"], ["region"]),
        ("CUW", "post", 1, ["NP"], ["Willemstad"], ["region"]),
        ("BRB", "accredited", 1, ["NP"], ["Santo Domingo"], ["region"]),
        ("BRA", "post", 2, ["GPI", "NP"], ["Brasilia"], ["named"]),
        ("COL", "post", 2, ["NP"], ["Bogota", "Cartagena"], ["host", "named"]),
        ("KEN", "post", 2, ["KMar"], ["Nairobi"], ["named"]),
        ("MEX", "post", 2, ["", "GPI"], ["Mexico-stad", "Washington"], ["named"]),
        ("GEO", "post", 2, ["", "GPI"], ["Istanbul", "Tbilisi"], ["host", "named"]),
        ("ALB", "post", 3, ["GPI", "KMar", "NP"], ["Tirana"], ["named"]),
        ("XKX", "accredited", 3, ["GPI", "KMar", "NP"], ["Tirana"], ["named"]),
        ("ECU", "none", 0, [], [], []),
        ("CAF", "none", 0, [], [], []),  # the Belgian FILO covers nothing unless asked for
        ("SWE", "none", 0, [], [], []),
        ("MAF", "none", 0, [], [], []),  # not one of the Caribbean parts of the Kingdom
        ("NLD", "home", 0, [], [], []),
        ("BEL", "post", 1, ["NP"], ["Brussel"], ["named"]),
    ],
)
def test_countries(cover, iso3, state, postings, organisations, cities, basis):
    row = cover().set_index("iso3").loc[iso3]
    assert row["state"] == state
    assert row["postings"] == postings
    assert (row["organisations"], row["cities"], row["basis"]) == (organisations, cities, basis)


def test_planned_postings_count_only_when_asked_for(cover):
    without = cover("KMar").set_index("iso3").loc["BRA"]
    assert (without["state"], without["postings"]) == ("none", 0)
    asked = cover("KMar", planned=True).set_index("iso3").loc["BRA"]
    assert (asked["state"], asked["postings"]) == ("planned", 1)
    # An active post is stronger than a planned one.
    assert cover(planned=True).set_index("iso3").loc["BRA", "state"] == "post"


def test_flexible_officers_are_a_layer_of_their_own(cover):
    found = cover(filo=True).set_index("iso3")
    assert found.loc["CAF", "state"] == "accredited"
    assert found.loc["CAF", "organisations"] == ["GPI"]
    assert found.index[found["filo"]].tolist() == ["CAF"]
    assert not cover()["filo"].any()
    assert totals(cover(filo=True)).covered == 139


def test_regions_can_be_left_out(cover):
    named = cover(regions=False).set_index("iso3")
    assert named.loc["BRB", "state"] == named.loc["ABW", "state"] == "none"
    assert named.loc["CUW", "state"] == "post"  # the host of a row with a region stays
    # 7 islands of the eastern Caribbean and ABW, SXM, BES hang on a printed region alone.
    assert totals(named.reset_index()).covered == 138 - 10


def test_multilateral_placements_cover_nothing(cover):
    frame = cover(filo=True, planned=True).set_index("iso3")
    assert frame.loc["AUT", "cities"] == ["Rome"]  # not Vienna, where UNODC is


@pytest.mark.parametrize(
    ("iso3", "seat", "post"),
    [
        ("CAN", (45.42, -75.70), (38.91, -77.04)),  # Ottawa from Washington
        ("NZL", (-41.29, 174.78), (-35.28, 149.13)),  # Wellington from Canberra
        ("ZAF", (-25.75, 28.19), (-1.29, 36.82)),  # Pretoria from Nairobi
        ("SYC", (-4.62, 55.45), (-1.29, 36.82)),  # Victoria from Nairobi
        ("MNG", (47.92, 106.92), (39.91, 116.40)),  # Ulaanbaatar from Beijing
        ("PAK", (33.69, 73.05), (41.01, 28.98)),  # Islamabad from Istanbul
        ("BES", (12.15, -68.27), (12.11, -68.93)),  # Kralendijk from Willemstad
        ("CPV", (14.92, -23.51), (34.01, -6.84)),  # Praia from Rabat, nearer than Lisbon
        ("JOR", (31.95, 35.93), (33.89, 35.50)),  # Amman from Beirut, nearer than Dubai
        ("KWT", (29.37, 47.98), (25.24, 55.29)),  # Kuwait from Dubai, the city and not the desert
        # Where the government sits, and not in the capital:
        ("BOL", (-16.50, -68.15), (-12.05, -77.04)),  # La Paz from Lima; Sucre is 400 km farther
        ("BEN", (6.37, 2.42), (9.06, 7.50)),  # Cotonou from Abuja; Porto-Novo is 20 km nearer
        ("LKA", (6.93, 79.85), (13.75, 100.50)),  # Colombo from Bangkok
    ],
)
def test_distances(cover, iso3: str, seat: tuple[float, float], post: tuple[float, float]):
    found = cover().set_index("iso3").loc[iso3, "distance_km"]
    assert found == pytest.approx(great_circle(seat, post), rel=0.01, abs=2)


def test_a_post_in_the_capital_is_no_distance_away(cover):
    frame = cover().set_index("iso3")["distance_km"]
    for iso3 in ("ESP", "FRA", "ALB", "KEN", "THA", "PER", "GHA"):
        assert frame[iso3] < 15, iso3
    assert frame[["ECU", "NLD", "SWE"]].isna().all()


def test_each_unit_once_and_the_columns_fixed(cover, units: pd.DataFrame):
    frame = cover()
    assert list(frame.columns) == COLUMNS
    assert frame["iso3"].tolist() == units["iso3"].tolist()
    assert set(frame["state"]) == {"post", "accredited", "none", "home"}


def test_eu_members_without_an_officer(cover):
    frame = cover().set_index("iso3")
    # By hand: every member but these is named in a work area.
    assert {iso3 for iso3 in EU27 if frame.loc[iso3, "state"] == "none"} == {
        "CZE",
        "DNK",
        "EST",
        "FIN",
        "LTU",
        "LVA",
        "SVK",
        "SWE",
    }


def test_a_partial_release_never_says_none(units: pd.DataFrame, network):
    postings, accreditations = network("kst-31015-94")
    frame = coverage(units, postings, accreditations, complete=False).set_index("iso3")
    assert set(frame["state"].dropna()) == {"post", "home"}
    assert pd.isna(frame.loc["ECU", "state"])
    assert pd.isna(frame.loc["ECU", "postings"])
    assert frame.loc["TUR", "postings"] == 2
    assert set(frame.index[frame["state"] == "post"]) == set(
        codes("ROU TUR ESP MAR ITA FRA COL VEN AUS")
    )
    assert totals(frame.reset_index()).none == 0


# --- a network of a few posts --------------------------------------------------------------------

UNITS = pd.DataFrame(
    [
        ("NLD", 52.0, 5.0),
        ("PER", -12.0, -77.0),
        ("CHL", -33.0, -71.0),
        ("BOL", -19.0, -65.0),
        ("ECU", 0.0, -78.0),
    ],
    columns=["iso3", "seat_lat", "seat_lon"],
)


def made(*rows: tuple) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(kind, organisation, host, city, status, lat, lon, "ISO:basis …") per posting."""
    postings, served = [], []
    for number, (kind, organisation, host, city, status, lat, lon, areas) in enumerate(rows, 1):
        postings.append((kind, number, organisation, host, city, status, lat, lon))
        served += [(kind, number, *area.split(":")) for area in areas.split()]
    columns = ["kind", "row", "organisation", "host", "city", "status", "lat", "lon"]
    return (
        pd.DataFrame(postings, columns=columns).astype({"lat": float, "lon": float}),
        pd.DataFrame(served, columns=["kind", "row", "iso3", "basis"]),
    )


LIMA = ("LO", "NP", "PER", "Lima", "active", -12.0, -77.0)
QUITO = ("LO", "GPI", "ECU", "Quito", "active", 0.0, -78.0)


def states(frame: pd.DataFrame) -> dict[str, str]:
    return dict(zip(frame["iso3"], frame["state"], strict=True))


def test_the_strongest_state_holds():
    network = made(
        (*LIMA, "PER:named CHL:named BOL:region"),
        ("LO", "KMar", "CHL", "Santiago", "planned", -33.0, -71.0, "CHL:host BOL:named ECU:named"),
    )
    asked = coverage(UNITS, *network, Choice(planned=True))
    assert states(asked) == {
        "NLD": "home",
        "PER": "post",
        "CHL": "accredited",
        "BOL": "accredited",
        "ECU": "planned",
    }
    assert states(coverage(UNITS, *network))["ECU"] == "none"


def test_the_nearest_duty_station_gives_the_distance():
    frame = coverage(
        UNITS, *made((*LIMA, "PER:host BOL:named"), (*QUITO, "ECU:host BOL:named PER:named"))
    ).set_index("iso3")
    assert frame.loc["PER", "distance_km"] == 0
    assert frame.loc["BOL", "distance_km"] == pytest.approx(
        great_circle((-19.0, -65.0), (-12.0, -77.0)), rel=0.01
    )
    assert frame.loc["BOL", "postings"] == 2
    assert frame.loc["BOL", "cities"] == ["Lima", "Quito"]
    assert frame.loc["BOL", "organisations"] == ["GPI", "NP"]


def test_a_post_without_a_place_covers_without_a_distance():
    nowhere = ("LO", None, "PER", None, "active", None, None, "PER:host CHL:named")
    frame = coverage(UNITS, *made(nowhere)).set_index("iso3")
    assert frame.loc["CHL", "state"] == "accredited"
    assert frame.loc["CHL", "cities"] == []
    assert frame.loc["CHL", "organisations"] == [""]
    assert math.isnan(frame.loc["CHL", "distance_km"])


def test_organisation_not_stated_is_a_choice_of_its_own():
    silent = ("LO", None, "CHL", "Santiago", "active", -33.0, -71.0, "CHL:host")
    network = made((*LIMA, "PER:host"), silent)
    assert states(coverage(UNITS, *network))["CHL"] == "post"
    assert states(coverage(UNITS, *network, Choice(("NP", "KMar", "GPI"))))["CHL"] == "none"
    assert states(coverage(UNITS, *network, Choice(("",))))["CHL"] == "post"


def test_the_netherlands_is_home_whoever_serves_it():
    frame = coverage(UNITS, *made((*QUITO, "ECU:host NLD:named"))).set_index("iso3")
    assert frame.loc["NLD", "state"] == "home"


def test_flexible_officers_never_make_a_post():
    filo = ("FILO", "NP", "PER", "Lima", "active", -12.0, -77.0, "PER:host")
    assert states(coverage(UNITS, *made(filo)))["PER"] == "none"
    frame = coverage(UNITS, *made(filo), Choice(filo=True)).set_index("iso3")
    assert (frame.loc["PER", "state"], bool(frame.loc["PER", "filo"])) == ("accredited", True)


def test_an_empty_network_covers_nothing():
    postings, served = made((*LIMA, "PER:host"))
    frame = coverage(UNITS, postings.iloc[:0], served.iloc[:0])
    assert set(frame["state"]) == {"home", "none"}
    assert frame["postings"].tolist() == [0] * 5
    unknown = coverage(UNITS, postings.iloc[:0], served.iloc[:0], complete=False)
    assert unknown["state"].isna().sum() == 4


def test_the_frames_given_are_left_as_they_were():
    postings, served = made((*LIMA, "PER:host CHL:named"))
    before = postings.copy(), served.copy()
    coverage(UNITS, postings, served, Choice(planned=True, filo=True))
    pd.testing.assert_frame_equal(postings, before[0])
    pd.testing.assert_frame_equal(served, before[1])


def test_totals_count_each_unit_in_one_state():
    found = totals(coverage(UNITS, *made((*LIMA, "PER:host CHL:named"), (*QUITO, "ECU:host"))))
    assert (found.posts, found.accredited, found.none, found.covered) == (2, 1, 1, 3)
    assert (found.single, found.gpi_only) == (3, 1)


def test_a_plan_beside_an_active_post_changes_nothing(units, network) -> None:
    """Brazil 2025: NP and GPI in Brasilia are active, the KMar still to be decided."""
    postings, accreditations = network("bijlage-2025-11")
    for planned in (False, True):
        frame = coverage(units, postings, accreditations, Choice(planned=planned))
        brazil = frame.set_index("iso3").loc["BRA"]
        assert (brazil["state"], brazil["postings"]) == ("post", 2)
        assert brazil["organisations"] == ["GPI", "NP"]
