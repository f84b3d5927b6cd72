"""Kinds of gap: the 2025 network and missions as read by hand, and each rule on a few posts."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from data.load import reference, release_table
from geo.coverage import coverage
from geo.gaps import (
    COLUMNS,
    counts,
    earlier_complete,
    gaps,
    is_kind,
    kinds_no_document_tells,
    nearest_km,
    untellable,
)
from geo.options import KINDS, Choice
from geo.shapes import distance_km

codes = str.split
RELEASE = "bijlage-2025-11"

# The 54 active rows of the annex of 2025 in its order, transcribed from its columns "Werkgebied"
# and, where that names no country or not the host, the host. Of each: organisation (? where none is
# printed) and the units it serves. "Oostelijk deel Caribisch gebied" is ATG BRB DMA GRD KNA LCA
# VCT, "Caribische Koninkrijksdelen" ABW CUW SXM BES.
ROWS = [
    line.split()
    for line in """
NP USA CAN BHS
NP SUR GUF GUY TTO
? MEX BLZ HND GTM NIC SLV
NP ATG BRB DMA GRD KNA LCA VCT CUB HTI DOM JAM
NP COL CRI PAN BOL PER GTM
NP COL
? PER CHL BOL
NP ABW CUW SXM BES VEN
NP BRA ARG PRY URY
GPI BHS CAN MEX USA
GPI BRA PRY URY ARG
NP CHN JPN KOR MAC MNG
NP AUS NZL
NP THA MMR SGP LAO VNM KHM LKA
? GEO UKR ARM AZE UZB BLR KAZ TJK KGZ TKM
NP ARE OMN QAT SAU KWT BHR YEM DJI JOR
NP PHL IDN MYS
NP HKG SGP
KMar LBN JOR SYR
GPI IDN SGP THA VNM MYS LAO KHM
GPI ARM KAZ KGZ UZB RUS TJK BLR
NP MAR SEN MRT GMB
NP GHA CIV
KMar KEN TZA ZAF ETH SYC
KMar KEN TZA SOM SSD SDN ETH ERI SYC
KMar TUN DZA LBY EGY
KMar NGA GHA BEN BFA CIV TGO
KMar MAR SEN GMB
GPI CPV GMB MLI MAR MRT SEN TUN
NP FRA MCO
NP DEU
NP ESP MLT
NP ITA AUT CHE LIE
NP TUR IRQ
NP SRB MNE MKD BIH SVN
NP ROU BGR HUN MDA
NP PRT CPV
NP GBR IRL
NP BEL LUX
NP HRV BIH SVN MNE
NP POL HUN
NP ALB XKX
KMar TUR
KMar GRC CYP
KMar ESP MLT
KMar GBR IRL
KMar ALB BGR MKD XKX
KMar FRA
GPI ESP AND PRT
GPI ALB GRC MKD XKX MNE
GPI ITA MLT SMR
GPI ROU BGR MDA SRB UKR
GPI TUR GEO PAK
GPI GBR IRL
""".strip().splitlines()
]
TIMES = Counter(unit for _, *units in ROWS for unit in units)
GPI_ONLY = {u for u in TIMES if {who for who, *units in ROWS if u in units} == {"GPI"}}


@pytest.fixture(scope="module")
def found(units: pd.DataFrame, network):
    postings, accreditations = network(RELEASE)
    deployments = release_table("deployments", RELEASE)

    def make(*organisations: str, **layers: bool) -> pd.DataFrame:
        frames = [
            coverage(units, postings, accreditations, Choice(chosen, **layers))
            for chosen in (organisations, ())
        ]
        return gaps(frames[0], everyone=frames[1], deployments=deployments).set_index("iso3")

    return make


def of(frame: pd.DataFrame, kind: str) -> set[str]:
    return set(frame.index[is_kind(frame["kinds"], kind)])


def test_the_transcription_is_the_worked_example():
    assert len(ROWS) == 54 and len(TIMES) == 138
    assert sum(n == 1 for n in TIMES.values()) == 78
    assert {"RUS", "MLI", "AND", "SMR", "PAK"} == GPI_ONLY


def test_the_kinds_of_2025(found, units):
    frame = found()
    everywhere = set(units["iso3"]) - {"NLD"}
    elsewhere = set(codes("ATG ABW BHS CPV ARM IDN"))  # first in a work area, not the host
    hosts = {served[0] for _, *served in ROWS} - elsewhere
    assert of(frame, "uncovered") == everywhere - set(TIMES)  # 244 - 138 = 106
    assert of(frame, "single") == {unit for unit, n in TIMES.items() if n == 1}
    assert of(frame, "partner_only") == GPI_ONLY
    assert of(frame, "lost") == set()  # there is no earlier complete release
    assert len(of(frame, "remote")) == 138 - 36  # 36 countries host a post
    assert not of(frame, "remote") & hosts
    assert "NLD" not in frame.index and list(frame.reset_index().columns) == COLUMNS


def test_nobody_in_south_america(found, units):
    # By hand, the M49 subregion: of its twelve states the table names eleven (Argentina, Bolivia,
    # Brazil, Chile, Colombia, Guyana, Paraguay, Peru, Suriname, Uruguay, Venezuela), not Ecuador;
    # of its dependent territories only French Guiana.
    here = units[units["subregion"] == "South America"].set_index("iso3")["kind"]
    nobody = of(found(), "uncovered") & set(here.index)
    assert {unit for unit in nobody if here[unit] == "state"} == {"ECU"}
    assert nobody - {"ECU"} == {"FLK"}


def test_missions_without_liaison(found):
    # The twelve missions of 12 November 2025 and who serves their area: West Balkan (Tirana,
    # Belgrade, Zagreb), Kosovo (Tirana), Georgia, Armenia and Ukraine (Tbilisi), Somalia (Nairobi),
    # Libya (Tunis), Mali (Rabat, GPI), Iraq (Ankara), Gulf of Guinea (Accra, Abuja). No work area
    # names Israel or the Palestinian territories (EUPOL COPPS 1 officer, OSC 1).
    frame = found()
    assert of(frame, "mission_without_liaison") == {"ISR", "PSE"}
    assert frame.loc["PSE", ["missions", "officers"]].tolist() == [["EUPOL COPPS", "OSC"], 2]
    assert frame.loc["ARM", ["missions", "officers"]].tolist() == [["EUMA Armenië"], 9]
    assert frame.loc["ECU", ["missions", "officers"]].tolist() == [[], 0]
    # Mali is served by the Belgian police alone, so of the Dutch ones it has none.
    assert of(found("NP", "KMar", ""), "mission_without_liaison") == {"ISR", "PSE", "MLI"}


def test_a_choice_of_organisations(found):
    frame = found("NP", "KMar")
    assert len(of(frame, "uncovered")) == 244 - 117
    # Belgium alone is a fact of the network, whatever is chosen.
    assert of(frame, "partner_only") == of(found("GPI"), "partner_only") == GPI_ONLY
    assert frame.loc["RUS", "others"] == ["GPI"]
    assert frame.loc["MEX", "others"] == ["", "GPI"]  # the row of Mexico prints no organisation
    assert frame.loc["BRA", ["organisations", "others"]].tolist() == [["NP"], ["GPI"]]
    assert found()["others"].map(len).sum() == 0


def test_a_plan_covers_only_when_asked(found):
    # São Paulo (Kmar) awaits its decision; of the KMar alone Brazil is then not served.
    assert found("KMar").loc["BRA", "kinds"] == ["uncovered"]
    asked = found("KMar", planned=True).loc["BRA"]
    assert (asked["kinds"], asked["state"], asked["others"]) == ([], "planned", ["GPI", "NP"])


def test_nothing_is_a_gap_in_a_partial_release(units, network):
    postings, accreditations = network("kst-31015-94")
    frame = gaps(coverage(units, postings, accreditations, complete=False), complete=False)
    assert frame["kinds"].isna().all()
    assert counts(frame["kinds"]) == dict.fromkeys(KINDS)
    assert not is_kind(frame["kinds"], *KINDS).any()
    assert frame["missions"].isna().all() and frame["officers"].isna().all()


def test_lost_since_an_earlier_complete_release(units, network):
    postings, accreditations = network(RELEASE)
    now = coverage(units, postings, accreditations)
    # Warsaw closed: Poland has nobody else, Hungary still has Bucharest.
    closed = postings[postings["city"] != "Warschau"]
    left = accreditations.merge(closed[["kind", "row"]], on=["kind", "row"])
    frame = gaps(coverage(units, closed, left), earlier=[now]).set_index("iso3")
    assert of(frame, "lost") == {"POL"}
    assert frame.loc["POL", "kinds"] == ["uncovered", "lost"]
    assert (
        gaps(now, earlier=[coverage(units, closed, left)])["kinds"]
        .map(lambda kinds: "lost" not in kinds)
        .all()
    )


def test_which_releases_are_earlier():
    releases = pd.DataFrame(
        [
            ("new", "complete", "2026-01"),
            ("old", "complete", "2024"),
            ("older", "complete", "2019-05-01"),
            ("letter", "partial", "2013-10-09"),
            ("missions", "absent", None),
        ],
        columns=["release", "network", "network_as_of"],
    )
    assert earlier_complete(releases, "new") == ["old", "older"]
    assert earlier_complete(releases, "older") == []
    assert earlier_complete(releases, "missions") == []
    # "2026" may be later than January of that year, and "2026-01" later than its third day.
    for unsure in ("2026", "2026-01-03"):
        row = pd.DataFrame([("unsure", "complete", unsure)], columns=releases.columns)
        more = pd.concat([releases, row], ignore_index=True)
        assert earlier_complete(more, "new") == ["old", "older"], unsure
        assert earlier_complete(more, "unsure") == ["old", "older"], unsure


def test_what_the_documents_cannot_tell():
    releases = pd.DataFrame(
        [
            ("new", "complete", "2026-01", "complete"),
            ("bare", "complete", "2024", "absent"),
            ("letter", "partial", "2013-10-09", "absent"),
        ],
        columns=["release", "network", "network_as_of", "missions"],
    )
    assert untellable(releases, "new") == set()
    assert untellable(releases, "bare") == {"lost", "mission_without_liaison"}
    assert untellable(releases, "letter") == set(KINDS)
    assert untellable(reference("releases"), RELEASE) == {"lost"}
    asked = ("mission_without_liaison", "single", "lost")
    assert kinds_no_document_tells(releases, "bare", asked) == ["lost", "mission_without_liaison"]
    assert kinds_no_document_tells(releases, "bare", asked[:2]) == ["mission_without_liaison"]
    assert kinds_no_document_tells(releases, "new", asked) == []


def test_an_unread_number_makes_the_sum_unknown(found, units, network):
    postings, accreditations = network(RELEASE)
    deployments = release_table("deployments", RELEASE)
    unread = deployments["personnel"].mask(deployments["mission"] == "OSC")
    deployments = deployments.assign(personnel=unread)
    cover = coverage(units, postings, accreditations)
    frame = gaps(cover, deployments=deployments).set_index("iso3")
    assert pd.isna(frame.loc["PSE", "officers"]) and frame.loc["MLI", "officers"] == 4


def test_the_nearest_station_is_that_of_every_pair(units, network):
    """Against the plain way: every unit with every duty station, on the ellipsoid."""
    postings = network(RELEASE)[0]
    for chosen in ((), ("KMar",)):
        near = nearest_km(units, postings, chosen)
        posts = postings[(postings["kind"] == "LO") & (postings["status"] == "active")]
        if chosen:
            posts = posts[posts["organisation"].isin(chosen)]
        stations = posts.dropna(subset=["lat"])
        for unit in units.to_dict("records"):
            every = distance_km(
                stations["lat"], stations["lon"], unit["seat_lat"], unit["seat_lon"]
            )
            assert near[unit["iso3"]] == round(every.min()), unit["iso3"]
    # Quito - Bogota: 0°14' S 78°31' W, 4°37' N 74°05' W, some 730 km.
    assert nearest_km(units, postings, ())["ECU"] == pytest.approx(730, abs=15)
    assert nearest_km(units, postings.iloc[:0], ()).isna().all()


def test_the_areas_of_missions_are_known_units():
    # A mission's area that is no unit would silently be no gap.
    areas = release_table("deployments", RELEASE)["areas"].dropna().str.split().explode()
    assert set(areas) <= set(reference("units")["iso3"])
