"""The 2025 table row by row, read by a person from the annex, against what the product made of it;
and the reading rules on rows made up for the purpose.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from geo.names.cities import Gazetteer, locate
from geo.names.resolver import Resolver
from geo.reading.posting import PrintedRow, Reading, read_rows
from geo.schemas import TABLES
from geo.schemas.validation import validate

EAST = "ATG BRB DMA GRD KNA LCA VCT"
KINGDOM = "ABW BES CUW SXM"

# row | region | host | organisation | city | status | theme | countries served
# Transcribed by hand from the annex of November 2025, table 1.
TABLE_2025 = f"""
 1|Amerika’s|USA|NP|Washington|active||USA CAN BHS
 2|Amerika’s|SUR|NP|Paramaribo|active||SUR GUF GUY TTO
 3|Amerika’s|MEX|-|Mexico-stad|active||MEX BLZ HND GTM NIC SLV
 4|Amerika’s|DOM|NP|Santo Domingo|active||{EAST} CUB HTI DOM JAM
 5|Amerika’s|COL|NP|Bogota|active||COL CRI PAN BOL PER GTM
 6|Amerika’s|COL|NP|Cartagena|active|havens/ondermijning|COL
 7|Amerika’s|PER|-|Lima|active||PER CHL BOL
 8|Amerika’s|CUW|NP|Willemstad|active||{KINGDOM} VEN
 9|Amerika’s|BRA|NP|Brasilia|active||BRA ARG PRY URY
10|Amerika’s|BRA|KMar|Brasilia|planned|luchthavens|BRA
11|Amerika’s|USA|GPI|Washington|active||BHS CAN MEX USA
12|Amerika’s|BRA|GPI|Brasilia|active||BRA PRY URY ARG
13|Azië & Oceanië|CHN|NP|Beijing|active||CHN JPN KOR MAC MNG
14|Azië & Oceanië|AUS|NP|Canberra|active||AUS NZL
15|Azië & Oceanië|THA|NP|Bangkok|active||THA MMR SGP LAO VNM KHM LKA
16|Azië & Oceanië|GEO|-|Tbilisi|active||GEO UKR ARM AZE UZB BLR KAZ TJK KGZ TKM
17|Azië & Oceanië|ARE|NP|Dubai|active||ARE OMN QAT SAU KWT BHR YEM DJI JOR
18|Azië & Oceanië|PHL|NP|Manilla|active|KST|PHL IDN MYS
19|Azië & Oceanië|HKG|NP|Hongkong|active||HKG SGP
20|Azië & Oceanië|LBN|KMar|Beiroet|active||LBN JOR SYR
21|Azië & Oceanië|THA|GPI|Bangkok|active||IDN SGP THA VNM MYS LAO KHM
22|Azië & Oceanië|RUS|GPI|Moskou|active||ARM KAZ KGZ UZB RUS TJK BLR
23|Afrika|MAR|NP|Rabat|active||MAR SEN MRT GMB
24|Afrika|GHA|NP|Accra|active||GHA CIV
25|Afrika|KEN|KMar|Nairobi|active||KEN TZA ZAF ETH SYC
26|Afrika|KEN|KMar|Nairobi|active||KEN TZA SOM SSD SDN ETH ERI SYC
27|Afrika|TUN|KMar|Tunis|active||TUN DZA LBY EGY
28|Afrika|NGA|KMar|Abuja|active||NGA GHA BEN BFA CIV TGO
29|Afrika|MAR|KMar|Rabat|active||MAR SEN GMB
30|Afrika|MAR|GPI|Rabat|active||CPV GMB MLI MAR MRT SEN TUN
31|Europa|FRA|NP|Parijs|active||FRA MCO
32|Europa|DEU|NP|Düsseldorf|active||DEU
33|Europa|ESP|NP|Madrid|active||ESP MLT
34|Europa|ITA|NP|Rome|active||ITA AUT CHE LIE
35|Europa|TUR|NP|Ankara|active||TUR IRQ
36|Europa|SRB|NP|Belgrado|active||SRB MNE MKD BIH SVN
37|Europa|ROU|NP|Boekarest|active||ROU BGR HUN MDA
38|Europa|PRT|NP|Lissabon|active|MAOC|PRT CPV
39|Europa|GBR|NP|Londen|active||GBR IRL
40|Europa|BEL|NP|Brussel|active||BEL LUX
41|Europa|HRV|NP|Zagreb|active||HRV BIH SVN MNE
42|Europa|POL|NP|Warschau|active||POL HUN
43|Europa|ALB|NP|Tirana|active||ALB XKX
44|Europa|TUR|KMar|Istanbul|active||TUR
45|Europa|GRC|KMar|Athene|active||GRC CYP
46|Europa|ESP|KMar|Madrid|active||ESP MLT
47|Europa|GBR|KMar|Londen|active||GBR IRL
48|Europa|ALB|KMar|Tirana|active||ALB BGR MKD XKX
49|Europa|FRA|KMar|Parijs|active||FRA
50|Europa|ESP|GPI|Madrid|active||ESP AND PRT
51|Europa|ALB|GPI|Tirana|active||ALB GRC MKD XKX MNE
52|Europa|ITA|GPI|Rome|active||ITA MLT SMR
53|Europa|ROU|GPI|Boekarest|active||ROU BGR MDA SRB UKR
54|Europa|TUR|GPI|Istanbul|active||TUR GEO PAK
55|Europa|GBR|GPI|Londen|active||GBR IRL
"""


# The three tables that follow: kind and row -> organisation, city, host.
OTHERS_2025 = {
    ("FILO", 1): ("NP", None, None),
    ("FILO", 2): ("KMar", None, None),
    ("FILO", 3): ("GPI", None, None),
    ("multilateral", 1): (None, "Lyon", "FRA"),
    ("multilateral", 2): (None, "Singapore", "SGP"),
    ("multilateral", 3): (None, "Lyon", "FRA"),
    ("multilateral", 4): (None, None, None),
    ("multilateral", 5): (None, None, None),
    ("multilateral", 6): (None, None, None),
    ("multilateral", 7): (None, None, None),
    ("multilateral", 8): (None, None, None),
    ("multilateral", 9): (None, "Wenen", "AUT"),
    ("multilateral", 10): (None, None, None),
    ("multilateral", 11): (None, None, None),
    ("multilateral", 12): (None, "Brussel", "BEL"),
    ("multilateral", 13): (None, "New York", "USA"),
}


def expected() -> dict[int, tuple[list[str], set[str]]]:
    """row -> (region, host, organisation, city, status, theme) and the countries served."""
    rows = {}
    for line in TABLE_2025.strip().splitlines():
        row, region, host, organisation, city, status, theme, served = line.split("|")
        facts = [region, host, organisation.strip("-"), city, status, theme]
        rows[int(row)] = (facts, set(served.split()))
    return rows


ROWS_2025 = expected()


@pytest.fixture(scope="module")
def release(network):
    postings, accreditations = network("bijlage-2025-11")
    return postings.astype(object).where(postings.notna(), None), accreditations


def test_every_row_of_the_network_is_there_once(release):
    postings, _ = release
    posts = postings[postings["kind"] == "LO"]
    assert list(posts["row"]) == list(range(1, 56))
    assert len(ROWS_2025) == 55


@pytest.mark.parametrize("row", ROWS_2025)
def test_row_of_the_network(release, row: int):
    postings, accreditations = release
    post = postings[(postings["kind"] == "LO") & (postings["row"] == row)].iloc[0]
    facts, served = ROWS_2025[row]
    columns = ["region", "host", "organisation", "city", "status", "theme"]
    assert [post[column] or "" for column in columns] == facts
    rows = accreditations[(accreditations["kind"] == "LO") & (accreditations["row"] == row)]
    assert set(rows["iso3"]) == served
    assert len(rows) == len(served)
    assert (post["document"], post["table_row"]) == ("bijlage-2025-11", row)
    assert post["table"].startswith("1. ")
    assert post["lat"] is not None and post["lon"] is not None


def test_flexible_officers_and_multilateral_placements(release):
    postings, accreditations = release
    others = postings[postings["kind"] != "LO"]
    found = {
        (post.kind, post.row): (post.organisation, post.city, post.host)
        for post in others.itertuples()
    }
    assert found == OTHERS_2025
    served = accreditations[accreditations["kind"] != "LO"]
    assert served[["kind", "row", "iso3"]].to_numpy().tolist() == [["FILO", 3, "CAF"]]
    assert set(others["status"]) == {"active"}


def test_basis_and_match_of_what_needed_an_interpretation(release):
    _, accreditations = release
    rows = accreditations.set_index(["kind", "row", "iso3"])

    def how(row: int, iso3: str) -> tuple[str, str, str]:
        return tuple(rows.loc[("LO", row, iso3), ["printed", "basis", "match"]])

    east = "Oostelijk deel Caribisch gebied"
    assert all(how(4, iso3) == (east, "region", "region") for iso3 in EAST.split())
    kingdom = "Caribische Koninkrijksdelen"
    assert all(how(8, iso3) == (kingdom, "region", "region") for iso3 in KINGDOM.split())
    assert how(6, "COL") == ("Colombia", "host", "host")
    assert how(10, "BRA") == ("Brazilië", "host", "host")
    assert how(16, "GEO") == ("Georgië", "host", "host")
    assert how(28, "BFA") == ("Burkina Fasa", "named", "spelling")
    assert how(16, "BLR") == ("Wit-Rusland", "named", "alias")
    assert how(45, "CYP") == ("Grieks-Cyprus", "named", "alias")
    assert how(26, "SDN")[1] == how(26, "SSD")[1] == "named"
    assert set(accreditations.query("kind == 'LO' and match == 'spelling'")["iso3"]) == {"BFA"}


def test_counts_by_organisation(release):
    postings, _ = release
    posts = postings[postings["kind"] == "LO"]
    # Counted by hand in the annex: rows that print NP, KMar, GPI, and three that print nothing.
    assert posts["organisation"].value_counts().to_dict() == {"NP": 28, "KMar": 13, "GPI": 11}
    assert list(posts.loc[posts["organisation"].isna(), "row"]) == [3, 7, 16]
    assert posts["status"].value_counts().to_dict() == {"active": 54, "planned": 1}


# --- the rules, on rows made up for the purpose ---------------------------------------------------

Read = Callable[..., Reading]


@pytest.fixture
def read(resolver: Resolver, gazetteer: Gazetteer) -> Read:
    def one(label: str, city: str = "", area: str = "", kind: str = "LO", region: str = ""):
        row = PrintedRow(kind, "doc", "Table 1", 1, region, label, city, area)
        return read_rows([row], resolver, gazetteer)

    return one


@pytest.mark.parametrize(
    ("label", "host", "organisation", "theme"),
    [
        ("Peru - NP", "PER", "NP", None),
        ("Peru – KMar", "PER", "KMar", None),
        ("Peru — GPI", "PER", "GPI", None),
        ("Peru-NP", "PER", "NP", None),
        ("Peru NP", "PER", "NP", None),
        ("Peru - np.", "PER", "NP", None),
        ("Turkije Kmar", "TUR", "KMar", None),
        ("Kenia-2 Kmar", "KEN", "KMar", None),
        ("Kenia-1  - KMar", "KEN", "KMar", None),
        ("Kenia 2 - NP", "KEN", "NP", None),
        ("Kenia – 2 – NP", "KEN", "NP", None),
        ("Filipijnen (KST) - NP", "PHL", "NP", "KST"),
        ("Portugal (MAOC - NP", "PRT", "NP", "MAOC"),
        ("Albanie - GPI", "ALB", "GPI", None),
        ("Verenigde Arabische Emiraten – NP ", "ARE", "NP", None),
        ("Guinee-Bissau - NP", "GNB", "NP", None),
        ("Guinee - Bissau - NP", "GNB", "NP", None),
        ("Guinee - Bissau", "GNB", None, None),
        ("Bosnië - Herzegovina - GPI", "BIH", "GPI", None),
        ("Nepal", "NPL", None, None),  # its name begins as an organisation does
        ("Mexico", "MEX", None, None),
    ],
)
def test_labels(read: Read, label: str, host: str, organisation: str | None, theme: str | None):
    reading = read(label, area="Peru")
    (post,) = reading.postings
    assert (post["host"], post["organisation"], post["theme"]) == (host, organisation, theme)
    assert post["label"] == label
    assert not [problem for problem in reading.problems if problem.severity == "error"]
    silent = any(p.code == "organisation_not_printed" for p in reading.problems)
    assert silent == (organisation is None)


@pytest.mark.parametrize("label", ["Peru - FBI", "Peru – AFP", "Burundi - X", "Kenia-2 - IND"])
def test_an_unknown_organisation_is_an_error(read: Read, label: str):
    reading = read(label, "", "Peru")
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert [problem.code for problem in errors] == ["unknown_organisation"]
    assert errors[0].printed == label.split()[-1]
    assert errors[0].suggestions == ("NP", "KMar", "GPI")
    assert reading.postings[0]["organisation"] is None  # never guessed


@pytest.mark.parametrize(
    "label",
    [
        "Narnia - NP",
        "Congo - NP",
        "Korea - GPI",
        "Benelux - NP",
        "Nigera - NP",
    ],
)
def test_a_host_that_is_not_one_country_is_an_error(read: Read, label: str):
    reading = read(label, "Lima", "Peru / Chili")
    assert reading.postings[0]["host"] is None
    assert reading.postings[0]["label"] == label
    assert [p.severity for p in reading.problems].count("error") >= 1
    # What the work area names is served all the same.
    assert {row["iso3"] for row in reading.accreditations} == {"PER", "CHL"}


def test_the_host_is_added_only_when_not_named(read: Read):
    def served(area: str) -> list[tuple[object, object]]:
        return [
            (row["iso3"], row["basis"]) for row in read("Peru - NP", "Lima", area).accreditations
        ]

    assert served("Chili / Peru") == [("CHL", "named"), ("PER", "named")]
    assert served("Chili") == [("CHL", "named"), ("PER", "host")]
    assert served("taakaccent havens") == [("PER", "host")]
    assert served("") == [("PER", "host")]


def test_named_goes_before_region_and_region_before_host(read: Read):
    rows = read("Curaçao - NP", "Willemstad", "Caribische Koninkrijksdelen / Aruba").accreditations
    assert {row["iso3"]: row["basis"] for row in rows} == {
        "ABW": "named",
        "BES": "region",
        "CUW": "region",
        "SXM": "region",
    }


def test_a_country_printed_twice_is_served_once(read: Read):
    rows = read("Peru - NP", "Lima", "Peru / Chili / Peru / Chile").accreditations
    assert [row["iso3"] for row in rows] == ["PER", "CHL"]
    assert rows[1]["printed"] == "Chili"


def test_a_pending_decision_makes_a_posting_planned(read: Read):
    pending = read("Peru - NP", "Lima", "Peru, besluitvormingsproces loopt nog").postings[0]
    assert pending["status"] == "planned"
    assert read("Peru - NP", "Lima", "Peru").postings[0]["status"] == "active"


def test_a_row_that_explains_accredits_only_its_list(read: Read):
    area = "LO Rusland teruggetrokken i.v.m. Oekraïne. Voortgezet vanuit Georgië (incl. Armenië"
    rows = read("Georgië", "Tiblisi", area).accreditations
    assert {row["iso3"]: row["basis"] for row in rows} == {"ARM": "named", "GEO": "host"}


@pytest.mark.parametrize(
    ("printed", "host", "city", "warns"),
    [
        ("Lima", "Peru - NP", "Lima", False),
        ("Rabbat", "Marokko - NP", "Rabat", False),
        ("Tiblisi       ", "Georgië - NP", "Tbilisi", False),
        ("Istanboel", "Turkije - NP", "Istanbul", False),
        ("MADRID", "Spanje - NP", "Madrid", False),
        ("Dusseldorf", "Duitsland - NP", "Düsseldorf", False),
        ("Brasilia/Sao Paulo", "Brazilië - NP", "Brasilia", True),
        ("Cair Paravel", "Peru - NP", None, True),
        ("", "Peru - NP", None, True),
    ],
)
def test_duty_stations(read: Read, printed: str, host: str, city: str | None, warns: bool):
    reading = read(host, printed, "Peru")
    assert reading.postings[0]["city"] == city
    assert [problem.severity for problem in reading.problems] == ["warning"] * warns


@pytest.mark.parametrize(
    ("label", "area", "organisation", "theme", "served", "severities"),
    [
        ("NP FILO CTER", "wereldwijd", "NP", "CTER", "", ["warning"]),
        (
            "KMar FILO small boats (Calais)",
            "Flexibel o.b.v. actualiteit",
            "KMar",
            "small boats (Calais)",
            "",
            ["warning"],
        ),
        ("GPI FILO", "Centraal Afrikaanse Republiek", "GPI", None, "CAF", []),
        ("FILO", "Peru en Chili", None, None, "PER CHL", ["warning"]),
        ("AIVD FILO", "Peru", None, None, "PER", ["error"]),
        ("NP FILO", "Peru / Narnia", "NP", None, "PER", ["error"]),
        ("NP FILO", "", "NP", None, "", []),
        ("NP FILO", "West-Balkan", "NP", None, "ALB BIH MKD MNE SRB XKX", []),
    ],
)
def test_flexible_officers(read: Read, label, area, organisation, theme, served, severities):
    reading = read(label, area=area, kind="FILO")
    post = reading.postings[0]
    assert (post["organisation"], post["theme"]) == (organisation, theme)
    assert post["host"] is None and post["city"] is None
    assert {row["iso3"] for row in reading.accreditations} == set(served.split())
    assert [problem.severity for problem in reading.problems] == severities


def test_a_multilateral_placement_serves_no_country(read: Read):
    for label, region, place in [
        ("INTERPOL Lyon - Coordinator", "INTERPOL", ("Lyon", "FRA")),
        ("Consultant", "UNODC Wenen", ("Wenen", "AUT")),
        (
            "Police Advisor (PolAd)",
            "Permanente Vertegenwoordiging VN (New York)",
            ("New York", "USA"),
        ),
        ("Europol – Head of Department, Singapore desk", "Europol", (None, None)),
    ]:
        reading = read(label, kind="multilateral", region=region)
        assert not reading.accreditations
        assert (reading.postings[0]["city"], reading.postings[0]["host"]) == place


def test_every_row_gives_one_posting_in_order(resolver: Resolver, gazetteer: Gazetteer):
    labels = ["Kenia-1 - KMar", "Kenia-2 Kmar", "Narnia - NP", "Kenia-1 - KMar"]
    rows = [
        PrintedRow("LO", "doc", "Table 1", number, "Afrika", label, "Nairobi", "Kenia")
        for number, label in enumerate(labels, start=1)
    ]
    reading = read_rows(rows, resolver, gazetteer)
    assert [post["label"] for post in reading.postings] == labels
    assert [(str(problem.where), problem.severity) for problem in reading.problems] == [
        ("Table 1, row 3", "error"),
        ("Table 1, row 4", "warning"),  # the first row once more
    ]


@pytest.mark.parametrize(
    ("label", "city", "area", "kept"),
    [
        ("NP", "Lima", "Peru / Chili", "NP"),
        ("", "Lima", "Peru / Chili", "Lima"),  # a label merged with that of the row above
        ("", "", "Peru / Chili", "Peru / Chili"),
    ],
)
def test_a_row_without_a_host_is_kept_with_what_it_prints(read: Read, label, city, area, kept):
    reading = read(label, city, area)
    (post,) = reading.postings
    assert (post["label"], post["host"], post["city"]) == (kept, None, None)
    assert (post["city_printed"], post["area_printed"]) == (city or None, area)
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert [(p.code, p.printed, p.row, p.field) for p in errors] == [
        ("no_host", label, ("LO", 1), "host")
    ]
    assert {row["iso3"] for row in reading.accreditations} == {"PER", "CHL"}


@pytest.mark.parametrize(
    ("label", "city", "area", "field", "severity"),
    [
        ("Narnia - NP", "Lima", "Peru", "host", "error"),
        ("Peru - FBI", "Lima", "Peru", "organisation", "error"),
        ("Peru - NP/KMar", "Lima", "Peru", "organisation", "error"),
        ("Peru", "Lima", "Peru", "organisation", "warning"),
        ("Peru - NP", "", "Peru", "city", "warning"),
        ("Peru - NP", "Cair Paravel", "Peru", "city", "warning"),
        ("Brazilië - NP", "Brasilia/Sao Paulo", "Brazilië", "city", "warning"),
        ("Peru - NP", "Lima", "Narnia", "countries", "error"),
        ("Peru - NP", "Lima", "Congo", "countries", "error"),
        ("Peru - NP", "Lima", "Burkina Fasa", "countries", "warning"),
        ("Peru - NP", "Lima", "LO Rusland verplaatst", "countries", "warning"),
        ("Peru - NP", "Lima", "LO verplaatst", "status", "error"),
        ("Peru - NP (opgeheven)", "Lima", "Peru", "status", "error"),
        ("Peru - NP", "Lima", "Peru (vanaf 1-9-2027)", "status", "error"),
    ],
)
def test_every_problem_names_the_cell_to_correct(read: Read, label, city, area, field, severity):
    (problem,) = read(label, city, area).problems
    assert (problem.row, problem.field, problem.severity) == (("LO", 1), field, severity)


@pytest.mark.parametrize(
    ("label", "city", "area", "quoted"),
    [
        ("Kenia - NP*", "Nairobi", "Kenia", "Kenia - NP*"),
        ("Kenia [1] - NP", "Nairobi", "Kenia", "Kenia [1] - NP"),
        ("Kenia - NP", "Nairobi†", "Kenia", "Nairobi†"),
        ("Kenia - NP", "Nairobi¹", "Kenia", "Nairobi¹"),
        ("Kenia - NP", "Nairobi [2]", "Kenia", "Nairobi [2]"),
        ("Kenia - NP", "Nairobi", "Kenia¹ /\nTogo", "Kenia¹ / Togo"),
        ("Kenia - NP", "Nairobi", "Kenia (1) / Togo", "Kenia (1) / Togo"),
        ("Kenia - NP", "Nairobi", "Kenia / Togo2", "Kenia / Togo2"),
        ("Kenia* - NP", "Nairobi*", "Kenia*", "Kenia* - NP"),  # once per row
    ],
)
def test_the_mark_of_a_footnote_is_a_warning(read: Read, label, city, area, quoted):
    reading = read(label, city, area)
    (problem,) = reading.problems
    assert (problem.severity, problem.field, problem.printed) == ("warning", "", quoted)
    assert problem.code == "footnote_mark"
    assert (reading.postings[0]["host"], reading.postings[0]["city"]) == ("KEN", "Nairobi")


@pytest.mark.parametrize(
    "label", ["Kenia-1 - NP", "Kenia 2 - NP", "Kenia (2) - NP", "Kenia-2 Kmar"]
)
def test_a_number_that_counts_and_a_bullet_are_no_marks(read: Read, label: str):
    assert read(label, "Nairobi", "* Kenia\n* Togo").problems == []
    assert read(label, "Nairobi", "1. Kenia 2. Togo, taakaccent EC3").problems == []


@pytest.mark.parametrize(
    ("label", "city", "area", "status", "warns"),
    [
        ("Kenia - NP (gepland)", "Nairobi", "Kenia", "planned", False),
        ("Kenia - NP", "Nairobi", "Kenia (voorgenomen)", "planned", False),
        ("Kenia - NP", "Nairobi (gepland)", "Kenia", "planned", False),
        ("Kenia - NP (vacant)", "Nairobi", "Kenia", "active", True),
        ("Kenia - NP", "Nairobi", "Kenia, vacature", "active", True),
        ("Kenia - NP (vacant)", "Nairobi", "Kenia (vacant)", "active", True),
        ("Kenia - NP (geplande vacature)", "Nairobi", "Kenia", "planned", False),
    ],
)
def test_planned_and_vacant(read: Read, label, city, area, status, warns):
    reading = read(label, city, area)
    (post,) = reading.postings
    assert (post["status"], post["theme"], post["city"]) == (status, None, "Nairobi")
    assert [(p.code, p.field) for p in reading.problems] == [("vacant", "status")] * warns


def test_planned_and_vacant_where_there_is_no_post(read: Read):
    assert read("NP FILO (gepland)", kind="FILO").postings[0]["status"] == "planned"
    (problem,) = read("Consultant (vacature)", kind="multilateral", region="X").problems
    assert problem.field == "status"


@pytest.mark.parametrize(
    ("label", "area", "theme"),
    [
        ("Kenia - NP", "taakaccent havens Togo", "havens Togo"),
        ("Kenia - NP", "taakaccent havens/Burkina Faso", "havens/Burkina Faso"),
    ],
)
def test_a_country_in_a_theme_is_a_warning(read: Read, label: str, area: str, theme: str):
    reading = read(label, "Nairobi", area)
    assert reading.postings[0]["theme"] == theme
    (problem,) = reading.problems
    assert (problem.code, problem.params) == ("country_in_theme", {"theme": theme})
    assert (problem.severity, problem.field) == ("warning", "countries")


@pytest.mark.parametrize(
    ("area", "served", "names"),
    [
        ("LO Rusland teruggetrokken i.v.m. Oekraïne\n(incl. Oekraïne", "KEN UKR", "Rusland"),
        ("LO Rusland en Iran verplaatst naar Kenia, incl. Togo", "KEN TGO", "Rusland, Iran"),
    ],
)
def test_a_country_that_only_the_explanation_names(read: Read, area: str, served: str, names: str):
    reading = read("Kenia - NP", "Nairobi", area)
    assert {row["iso3"] for row in reading.accreditations} == set(served.split())
    wanted = [("named_in_explanation", {"names": tuple(names.split(", "))})] if names else []
    assert [(p.code, p.params) for p in reading.problems] == wanted


def test_a_row_is_quoted_on_one_line(read: Read):
    reading = read("", "", "Costa\nRica\nPanma")
    (post,) = reading.postings
    assert post["area_printed"] == post["label"] == "Costa Rica Panma"
    assert {row["iso3"]: row["printed"] for row in reading.accreditations} == {
        "CRI": "Costa Rica",
        "PAN": "Panma",
    }
    (far,) = read("NP FILO", area="overal\nwaar nodig", kind="FILO").problems
    assert far.printed == "overal waar nodig"


def test_the_row_within_its_table_is_what_a_reader_is_told(resolver, gazetteer):
    rows = [
        PrintedRow("LO", "doc", table, number, "", "Kenia - NP", "", "Kenia", table_row)
        for number, (table, table_row) in enumerate([("T1", 0), ("T1", 2), ("T2", 1)], start=1)
    ]
    reading = read_rows(rows, resolver, gazetteer)
    assert [(post["row"], post["table_row"]) for post in reading.postings] == [
        (1, 1),
        (2, 2),
        (3, 1),
    ]
    same = [p for p in reading.problems if p.code.startswith("repeated_row")]
    assert [(str(p.where), p.row, p.params) for p in same] == [
        ("T1, row 2", ("LO", 2), {"other": 1}),
        ("T2, row 1", ("LO", 3), {"other": 1, "table": "T1"}),
    ]


def test_frames_have_the_columns_of_the_schemas(read: Read):
    for name, frame in zip(
        ("postings", "accreditations"),
        read("Peru - NP", "Lima", "Peru / Chili").frames(),
        strict=True,
    ):
        texts = [c for c, spec in TABLES[name].columns.items() if "str" in str(spec.dtype)]
        assert list(frame.columns) == list(TABLES[name].columns)
        assert len(validate(name, frame.astype(dict.fromkeys(texts, "str")), "test")) == len(frame)


def test_locate_keeps_postings_without_a_place():
    postings = pd.DataFrame({"city": ["Lima", None, "Lima"], "host": ["PER", "PER", "CHL"]})
    cities = pd.DataFrame({"city": ["Lima"], "iso3": ["PER"], "lat": [-12.0], "lon": [-77.0]})
    located = locate(postings, cities)
    assert located["lat"].tolist()[0] == -12.0
    assert located["lat"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("label", "city", "code", "printed"),
    [
        ("Kenia - NP (aanvraag loopt)", "Nairobi", "bracket", "aanvraag loopt"),
        ("Kenia - NP (in opbouw)", "Nairobi", "bracket", "in opbouw"),
        ("Kenia - NP (on hold)", "Nairobi", "bracket", "on hold"),
        ("Kenia - NP (drugs, t.b.d.)", "Nairobi", "bracket", "t.b.d."),
        ("Kenia (Togo) - NP", "Nairobi", "country_in_theme", "Togo"),
        ("Kenia - NP (2027)", "Nairobi", "dated", "2027"),
        ("Kenia - NP (2)", "Nairobi", "officers_unclear", "NP (2)"),
        ("Turkije - NP", "Ankara Istanbul", "officers_unclear", "Ankara Istanbul"),
        ("Kenia - NP en NP", "Nairobi", "officers_unclear", "NP en NP"),
        ("Kenia - NP (duopost)", "Nairobi", "officers_unclear", "duopost"),
        ("Kenia - NP", "Nairobi Kenia / Togo", "country_in_city", "Nairobi Kenia / Togo"),
        ("Kenia - NP", "Lima", "city_elsewhere", "Lima"),
        ('Kenia - "', "Nairobi", "ditto", 'Kenia - "'),
        ("Kenia - NP", "ibid.", "ditto", "ibid."),
        ("Kenia - NP", "id.", "ditto", "id."),
        ("Kenia - NP", "zie boven", "ditto", "zie boven"),
        ("Kenia - NP", "see above", "ditto", "see above"),
        ("Kenia - NP", '- " -', "ditto", '- " -'),
    ],
)
def test_what_may_say_more_than_was_read_is_asked(read: Read, label, city, code, printed):
    errors = [p for p in read(label, city, "Kenia").problems if p.severity == "error"]
    assert (code, printed) in [(problem.code, problem.printed) for problem in errors]


def test_a_city_is_looked_up_in_its_country_only(read: Read):
    assert read("Chili - NP", "Lima", "Chili").postings[0]["city"] is None


@pytest.mark.parametrize(
    "label",
    ["Kenia (KST) - NP", "Kenia - NP (havens)", "Kenia (drugs, CTER) - NP", "Kenia - NP (zeden)"],
)
def test_a_theme_in_brackets_is_no_question(read: Read, label: str):
    assert not [p for p in read(label, "Nairobi", "Kenia").problems if p.severity == "error"]


def test_the_city_in_brackets_is_no_question(read: Read):
    assert not read("Kenia (Nairobi) - NP", "Nairobi", "Kenia").problems
    spelt_otherwise = read("Turkije (Istanbul) - NP", "Istanboel", "Turkije").problems
    assert not [problem for problem in spelt_otherwise if problem.severity == "error"]


def test_a_country_alone_may_be_a_heading(read: Read):
    (error,) = [p for p in read("Kenia", "", "").problems if p.severity == "error"]
    assert error.code == "country_alone"
    assert not [p for p in read("Kenia - NP", "", "").problems if p.severity == "error"]


def test_planned_in_a_bracket_behind_the_last_country_may_be_of_that_country(read: Read):
    (error,) = read("Kenia - NP", "Nairobi", "Kenia / Togo (gepland)").problems
    assert (error.code, error.field, error.printed) == ("pending_part", "status", "gepland")
    assert not read("Kenia - NP", "Nairobi", "Kenia (gepland)").problems


@pytest.mark.parametrize(
    ("area", "served", "printed"),
    [
        ("Kenia (+ Togo, – Benin)", "KEN TGO", "– Benin"),
        ("Kenia\n+ Togo\n- Benin", "KEN TGO", "- Benin"),
        ("Kenia, Togo, ...", "KEN TGO", "…"),
        ("Kenia, Togo…", "KEN TGO", "…"),
    ],
)
def test_a_minus_and_an_open_end_are_asked(read: Read, area: str, served: str, printed: str):
    reading = read("Kenia - NP", "Nairobi", area)
    (error,) = [p for p in reading.problems if p.severity == "error"]
    assert (error.code, error.printed) == ("no_country", printed)
    assert {row["iso3"] for row in reading.accreditations} == {*served.split()}


def test_a_dash_in_front_of_every_country_is_a_bullet(read: Read):
    reading = read("Kenia - NP", "Nairobi", "- Kenia\n- Togo\n- Benin")
    assert not reading.problems
    assert {row["iso3"] for row in reading.accreditations} == {"KEN", "TGO", "BEN"}


@pytest.mark.parametrize(
    ("area", "served", "printed"),
    [
        ("Kenia, Togo, Benin niet", "KEN TGO", "Benin niet"),
        ("Kenia / Togo (Benin niet)", "KEN TGO", "Benin niet"),
        ("Kenia / Togo / Benin (uitgezonderd)", "KEN TGO", "Benin (uitgezonderd"),
        ("(behalve) Togo", "KEN", "behalve"),
    ],
)
def test_an_exclusion_behind_its_name_takes_the_name_along(read: Read, area, served, printed):
    reading = read("Kenia - NP", "Nairobi", area)
    assert printed in [p.printed for p in reading.problems if p.severity == "error"]
    assert {row["iso3"] for row in reading.accreditations} >= {*served.split()}
    assert "BEN" not in {row["iso3"] for row in reading.accreditations}
