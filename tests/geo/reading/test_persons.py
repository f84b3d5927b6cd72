"""Names of persons are told and not kept; what may be a country is no person."""

from __future__ import annotations

import pytest

from data.load import reference
from geo.reading.missions import PrintedDeployment, read_deployments
from geo.reading.persons import may_be_somebody, names_somebody, persons_in, without_persons
from geo.reading.posting import PrintedRow, read_rows


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kenia - NP (dhr. J. Voorbeeld)", ["dhr. J. Voorbeeld"]),
        ("Kenia - NP, mevr. A.B. van der Voorbeeld", ["mevr. A.B. van der Voorbeeld"]),
        ("mw. Voorbeeld-Test", ["mw. Voorbeeld-Test"]),
        ("Nairobi (kol. Voorbeeld)", ["kol. Voorbeeld"]),
        ("P.Q. Voorbeeld", ["P.Q. Voorbeeld"]),
        ("J. de Voorbeeld", ["J. de Voorbeeld"]),
        ("J. Voorbeeld / K. Testpersoon", ["J. Voorbeeld", "K. Testpersoon"]),
        ("LO Voornaam van der Voorbeeld", ["Voornaam van der Voorbeeld"]),
        ("Nairobi, +31 6 1234 5678", ["+31 6 1234 5678"]),
        ("Nairobi (06-12345678)", ["06-12345678"]),
        ("Brussel, tel. 02 123 45 67", ["02 123 45 67"]),
        ("Den Haag 070-1234567", ["070-1234567"]),
        ("lo.nairobi@voorbeeld.example / Kenia", ["lo.nairobi@voorbeeld.example"]),
        ("j.voorbeeld@x.example, mw. Voorbeeld", ["j.voorbeeld@x.example", "mw. Voorbeeld"]),
        # No persons
        ("2015-2018, 2019-2022", []),
        ("peildatum 12-11-2025, 01-01-2026", []),
        ("31 015 nr. 94; 29 628 nr. 895", []),
        ("Dr. Congo", []),
        ("D.R. Congo", []),
        ("E. Guinee / N. Cyprus / Z. Afrika", []),
        ("St. Lucia / St. Kitts en Nevis", []),
        ("U.S.A. / V.S.", []),
        ("Kenia - K.Mar.", []),
        ("Mr. Kenia", []),
        ("taakaccent KST", []),
    ],
)
def test_what_looks_like_a_person(resolver, text: str, names: list[str]):
    assert list(persons_in(text, resolver)) == names


def test_a_name_is_neither_read_nor_kept(resolver, gazetteer):
    row = PrintedRow(
        "LO",
        "doc",
        "T",
        1,
        "",
        "Kenia - NP (dhr. J. Voorbeeld)",
        "Nairobi",
        "Kenia / P.Q. Voorbeeld",
    )
    reading = read_rows([row], resolver, gazetteer)
    (warning,) = reading.problems
    assert (warning.severity, warning.code) == ("warning", "person")
    assert warning.printed == "dhr. J. Voorbeeld, P.Q. Voorbeeld"
    (post,) = reading.postings
    assert (post["host"], post["organisation"], post["theme"]) == ("KEN", "NP", None)
    assert post["label"] == "Kenia - NP ([…])" and post["area_printed"] == "Kenia / […]"
    assert "Voorbeeld" not in str(reading.postings) + str(reading.accreditations)


def test_a_name_in_a_mission(resolver):
    row = PrintedDeployment("doc", "T", 1, "EULEX Kosovo (mw. Voorbeeld)", "Kosovo", "2")
    tables = reference("missions"), reference("mission_aliases")
    frame, (warning,) = read_deployments([row], None, resolver, *tables)
    assert (warning.code, warning.printed) == ("person", "mw. Voorbeeld")
    assert frame.loc[0, ["mission", "areas"]].tolist() == ["EULEX Kosovo", "XKX"]
    assert not frame.astype(str).apply(lambda column: column.str.contains("Voorbeeld")).any().any()


@pytest.mark.parametrize("text", ["dhr. Voorbeeld", "J. de Voorbeeld", "x@y.example", "0612345678"])
def test_a_typed_text_that_names_somebody(text: str):
    assert names_somebody(text) and may_be_somebody(text)


@pytest.mark.parametrize("text", ["E. Guinee erbij", "D.R. Congo", "Zonder Madrid 2026", "Plan B"])
def test_a_typed_text_that_names_nobody(text: str):
    assert not names_somebody(text)


def test_a_role_is_no_country():
    assert may_be_somebody("J. Voorbeeld") and not may_be_somebody("Directie Internationaal")


def test_every_place_of_a_name_is_blotted_out():
    assert without_persons("J. Voorbeeld en J. Voorbeeld", ("J. Voorbeeld",)) == "[…] en […]"
