"""Printed rows that were once read wrongly, as an analyst handed them over, with what is right.

The rows stand in `cases/rows.csv` beside the documents; what must come out stands here, written
from its column `expect`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.documents.cells import Cells, PrintedTable
from data.documents.reading import read_cells
from geo.reading.result import DocumentReading


@dataclass(frozen=True)
class Expected:
    """What a row must give: units served for certain, units never served, and what is asked.

    `errors` are (code, printed) pairs; a row without any must be read without a question.
    """

    served: str
    never: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    status: str = "active"
    organisation: str | None = "NP"
    posts: int = 1


def name(*printed: str) -> tuple[tuple[str, str], ...]:
    return tuple(("no_country", text) for text in printed)


# (label, work area) -> what must come out
EXPECTED = {
    ("Oekraïne - NP", "Oekraïne / Moldavië (excl. Transnistrië)"): Expected(
        "UKR MDA", errors=name("excl. Transnistrië")
    ),
    ("Peru - NP", "Andeslanden m.u.v. Chili"): Expected("PER", "CHL", name("Andeslanden")),
    ("Vietnam - NP", "Vietnam / Laos (niet Cambodja)"): Expected("VNM LAO", "KHM"),
    ("India - NP", "India / Nepal -/- Bhutan"): Expected("IND NPL", "BTN"),
    ("Senegal - KMar", "Senegal, Gambia, met uitzondering van Guinee-Bissau"): Expected(
        "SEN GMB", "GNB", organisation="KMar"
    ),
    ("Finland - NP", "Finland en Estland, geen Letland"): Expected("FIN EST", "LVA"),
    ("Ghana - NP", "Ghana / ook Togo / was Benin / uit Niger"): Expected(
        "GHA", "TGO BEN NER", name("ook Togo", "was Benin", "uit Niger")
    ),
    ("Zambia - NP", "Zambia / Malawi?"): Expected("ZMB", "MWI", name("Malawi?")),
    ("Oeganda - NP", "Oeganda / Z-Soedan / N-Korea"): Expected("UGA SSD PRK", "SDN KOR"),
    ("Gabon - GPI", "Gabon / E. Guinee"): Expected(
        "GAB", "GIN", name("E. Guinee"), organisation="GPI"
    ),
    ("Oostenrijk - NP", "Oostenrijk / SM / IT"): Expected("AUT", "SMR ITA", name("SM", "IT")),
    ("Curaçao - KMar", "Curaçao / Car. Nederland"): Expected(
        "CUW BES", "CAF NLD", organisation="KMar"
    ),
    ("Verenigde Staten - NP", "Verenigde Staten, Mex."): Expected("USA", errors=name("Mex")),
    ("Griekenland - KMar", "Griekenland e.o."): Expected(
        "GRC", errors=name("Griekenland e.o"), organisation="KMar"
    ),
    ("Spanje - NP", "Spanje / Portugal (overgenomen van Parijs)"): Expected("ESP PRT", "FRA"),
    ("Georgië - NP", "Georgië / Armenië (LO Bakoe teruggetrokken)"): Expected("GEO ARM", "AZE"),
    ("Kenia - KMar (in besluitvorming)", "Kenia"): Expected(
        "KEN", status="planned", organisation="KMar"
    ),
    ("Ghana - NP (opgeheven)", "Ghana"): Expected("GHA", errors=(("ended", "opgeheven"),)),
    ("Spanje - NP (2 LO's)", "Spanje"): Expected("ESP", posts=2),
    ("Servië - NP i.s.m. KMar", "Servië"): Expected(
        "SRB",
        errors=(("several_organisations", "Servië - NP i.s.m. KMar"),),
        organisation=None,
    ),
    ("Rwanda - GPI", "Rwanda / Boeroendi / Zanzibar"): Expected(
        "RWA BDI", errors=name("Zanzibar"), organisation="GPI"
    ),
}
HEADER = ("Liaison Officers", "Werklocatie", "Werkgebied")
# Rows of the file that are no row of a network; each has a test of its own below or elsewhere.
OTHERS = {
    "exclusion remembered",
    "merged cell",
    "formula-like",
    "mission name",
    "mission duty station",
}


def read(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> DocumentReading:
    title = "1. Netwerk (peildatum 12 mei 2026)"
    return read_cells("doc", Cells(title, (PrintedTable(title, (header, *rows)),)))


@pytest.fixture(scope="module")
def handed(documents: Path) -> list[dict[str, str]]:
    path = documents / "cases" / "rows.csv"
    if not path.exists():
        pytest.skip(f"the handed rows are not published with the code ({path})")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_handed_row_has_its_expectation(handed: list[dict[str, str]]):
    """None may be added there and forgotten here."""
    network = {
        (row["label"], row["area"]): row
        for row in handed
        if row["kind"] not in OTHERS and "column Organisatie" not in row["expect"]
    }
    assert network.keys() == EXPECTED.keys()


@pytest.mark.parametrize(("label", "area"), EXPECTED)
def test_a_handed_row(label: str, area: str):
    expected = EXPECTED[label, area]
    city = {"Ghana - NP (opgeheven)": "Accra"}.get(label, "")
    reading = read((label, city, area))
    served = set(reading.accreditations["iso3"])
    assert served == set(expected.served.split()) and not served & set(expected.never.split())
    errors = [problem for problem in reading.errors if problem.row]
    assert {(problem.code, problem.printed) for problem in errors} == set(expected.errors)
    posts = reading.postings
    assert len(posts) == expected.posts
    assert set(posts["status"]) == {expected.status}
    organisations = posts["organisation"].astype(object).where(posts["organisation"].notna(), None)
    assert set(organisations) == {expected.organisation}
    if any(word in label + area for word in ("excl", "m.u.v.", "niet", "-/-", "geen", "uitzonder")):
        suggested = {unit for problem in errors for unit in problem.suggestions}
        assert not suggested & set(expected.never.split())


def test_organisations_in_a_column_of_their_own():
    header = ("Liaison Officers", "Organisatie", "Werklocatie", "Werkgebied")
    words = ("Nationale Politie", "Koninklijke Marechaussee", "Federale Politie", "N.P.", "K.Mar.")
    rows = [("Servië", word, "Belgrado", "Servië") for word in words]
    reading = read(*rows, header=header)
    assert reading.postings["organisation"].tolist() == ["NP", "KMar", "GPI", "NP", "KMar"]
    assert reading.errors == ()
    reading = read(*[("Servië", "Douane", "Belgrado", "Servië")] * 3, header=header)
    unknown = [p for p in reading.errors if p.code == "unknown_organisation"]
    assert {p.printed for p in unknown} == {"Douane"}
