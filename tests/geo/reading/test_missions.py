"""Both mission tables row by row, read by a person, and the rules on rows made up."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import gazetteer, reference, release_table
from geo.names.resolver import Resolver
from geo.problems import Problem
from geo.reading.missions import PrintedDeployment, read_deployments

BALKAN = "ALB BIH MKD MNE SRB XKX"
GULF = "BEN CIV GHA TGO"
WEST_BANK = "Palestijnse gebieden, Westelijke Jordaanoever|PSE|Westelijke Jordaanoever"

# printed | mission | lead | officers | areas | duty station printed | its unit | place
# Transcribed by hand from the two annexes.
TABLES = {
    "bijlage-2023-12": f"""
OVSE West-Balkan|OVSE Westelijke Balkan|OSCE|1|{BALKAN}|Noord-Macedonië|MKD|
EULEX Kosovo|EULEX Kosovo|EU|4|XKX|Kosovo|XKX|
EUMM Georgië|EUMM Georgië|EU|3|GEO|Georgië|GEO|
EUMA Armenië|EUMA Armenië|EU|3|ARM|Armenië|ARM|
EUCAP Somalië|EUCAP Somalië|EU|5|SOM|Somalië|SOM|
EUCAP SAHEL Mali|EUCAP Sahel Mali|EU|1|MLI|Mali|MLI|
EUAM Oekraïne|EUAM Oekraïne|EU|2|UKR|Oekraïne|UKR|
EUBAM Libië|EUBAM Libië|EU|1|LBY|Tunesië|TUN|
EUPOL COPPS|EUPOL COPPS|EU|3|PSE|{WEST_BANK}
EUAM Irak|EUAM Irak|EU|4|IRQ|Irak|IRQ|
USSC|USSC|coalition|1|PSE|{WEST_BANK}
""",
    "bijlage-2025-11": f"""
OVSE Westelijke Balkan|OVSE Westelijke Balkan|OSCE|1|{BALKAN}|||
EULEX Kosovo|EULEX Kosovo|EU|1|XKX|||
EUMM Georgië|EUMM Georgië|EU|4|GEO|||
EUMA Armenië|EUMA Armenië|EU|9|ARM|||
EUAM Oekraïne|EUAM Oekraïne|EU|1|UKR|||
EUCAP Somalië|EUCAP Somalië|EU|4|SOM|||
EUBAM Libië|EUBAM Libië|EU|3|LBY|||
EUCAP Sahel Mali|EUCAP Sahel Mali|EU|4|MLI|||
EUPOL COPPS (Palestijnse gebieden)|EUPOL COPPS|EU|1|PSE|||
OSC (Israël en Palestijnse gebieden)|OSC|coalition|1|ISR PSE|||
EUAM Irak|EUAM Irak|EU|4|IRQ|||
EUSDI Golf van Guinee|EUSDI Golf van Guinee|EU|1|{GULF}|||
""",
}
ROWS = [
    (release, number, line)
    for release, table in TABLES.items()
    for number, line in enumerate(table.strip().splitlines(), start=1)
]


@pytest.mark.parametrize(("release", "number", "line"), ROWS)
def test_row(release: str, number: int, line: str):
    frame = release_table("deployments", release)
    row = frame.astype(object).where(frame.notna(), "").iloc[number - 1]
    columns = [
        "printed",
        "mission",
        "lead_organisation",
        "personnel",
        "areas",
        "duty_printed",
        "duty_iso3",
        "duty_place",
    ]
    assert [str(row[column]) for column in columns] == line.split("|")
    assert (row["row"], row["table_row"], row["document"]) == (number, number, release)


@pytest.mark.parametrize(
    ("release", "missions", "officers"), [("bijlage-2023-12", 11, 28), ("bijlage-2025-11", 12, 34)]
)
def test_totals_are_those_the_documents_print(release: str, missions: int, officers: int):
    frame = release_table("deployments", release)
    assert (len(frame), frame["personnel"].sum()) == (missions, officers)
    row = reference("releases").set_index("release").loc[release]
    assert row["missions_total"] == officers
    assert row["missions_as_of"] == {11: "2023-11-24", 12: "2025-11-12"}[missions]


def test_the_successor_is_linked_in_the_open_and_stays_a_mission_of_its_own():
    alias = reference("mission_aliases").set_index("printed").loc["OSC"]
    assert (alias["mission"], alias["relation"]) == ("USSC", "successor")
    assert alias["note_nl"] and alias["note_en"]
    assert {"OSC", "USSC"} <= set(reference("missions")["mission"])


Read = tuple[pd.DataFrame, list[Problem]]


@pytest.fixture
def read(resolver: Resolver):
    def rows(*printed: tuple[str, str, str], total: int | None = None) -> Read:
        made = tuple(
            PrintedDeployment("doc", "Table", number, *row)
            for number, row in enumerate(printed, start=1)
        )
        aliases = reference("mission_aliases")
        return read_deployments(made, total, resolver, reference("missions"), aliases)

    return rows


@pytest.mark.parametrize(
    ("printed", "mission"),
    [
        ("EUCAP SAHEL MALI", "EUCAP Sahel Mali"),
        ("eulex kosovo", "EULEX Kosovo"),
        ("OVSE West Balkan", "OVSE Westelijke Balkan"),
        ("EUPOL COPPS (Palestijnse Gebieden", "EUPOL COPPS"),
        ("EUPOL-COPPS", "EUPOL COPPS"),
        ("OSC", "OSC"),
        ("USSC", "USSC"),
        ("EUMM Armenië", "EUMM Armenië"),  # not known, so not read as the one that looks like it
    ],
)
def test_one_mission_printed_differently(read, printed: str, mission: str):
    frame, _ = read((printed, "", "1"))
    assert frame.loc[0, "mission"] == mission
    assert frame.loc[0, "printed"] == printed


@pytest.mark.parametrize(
    ("printed", "lead"),
    [
        ("EUNEW Peru", "EU"),
        ("EU NAVFOR Somalië", "EU"),
        ("OSCE Moldova", "OSCE"),
        ("OVSE Moldavië", "OSCE"),
        ("UNMISS Zuid-Soedan", "UN"),
        ("UN Women Mali", "UN"),
        ("MINUSMA Mali", "UN"),
        ("VN Mali", "UN"),
        ("NAVO Irak", "NATO"),
        ("NATO Irak", "NATO"),
    ],
)
def test_lead_by_acronym(read, printed: str, lead: str):
    frame, problems = read((printed, "", "2"))
    assert frame.loc[0, "lead_organisation"] == lead
    assert not problems


@pytest.mark.parametrize(
    "printed", ["XYZ Peru", "Europese missie Peru", "UNKNOWN Peru", "Mining Peru", "Peru"]
)
def test_an_unknown_lead_is_an_error(read, printed: str):
    frame, problems = read((printed, "Peru", "2"))
    assert frame["lead_organisation"].isna().all()
    assert [p.code for p in problems if p.severity == "error"] == ["unknown_lead"]


@pytest.mark.parametrize(
    ("printed", "duty", "areas", "areas_printed"),
    [
        ("EUNEW Peru en Chili", "", "CHL PER", "Peru en Chili"),
        ("EUNEW (Peru / Chili)", "", "CHL PER", "Peru / Chili"),
        ("EUNEW Peru", "Chili", "PER", "Peru"),  # the name goes before the duty station
        ("EUNEW Peru (Noord)", "", "PER", "Peru"),  # what is no country takes nothing away
        ("EUPOL COPPS", "Palestina", "PSE", "Palestina"),  # by the table of missions
        ("EUPOL COPPS", "Egypte", "PSE", None),
        ("EUNEW Zuid-Soedan", "", "SSD", "Zuid-Soedan"),
        ("EUNEW Westelijke Balkan", "", BALKAN, "Westelijke Balkan"),
        ("EUNEW MALI", "", "MLI", "MALI"),
    ],
)
def test_areas(read, printed: str, duty: str, areas: str, areas_printed: str):
    frame, problems = read((printed, duty, "1"))
    assert (frame.loc[0, "areas"], frame.loc[0, "areas_printed"]) == (areas, areas_printed)
    assert not problems


@pytest.mark.parametrize("duty", ["Chili", "Rome"])
def test_a_duty_station_is_no_area(resolver: Resolver, duty: str):
    row = PrintedDeployment("doc", "Table", 1, "EUNAVFOR MED", duty, "1")
    tables = reference("missions"), reference("mission_aliases")
    frame, problems = read_deployments([row], None, resolver, *tables, gazetteer())
    assert frame.loc[0, "duty_iso3"] == {"Chili": "CHL", "Rome": "ITA"}[duty]
    assert frame["areas"].isna().all()
    assert "no_area" in {problem.code for problem in problems}


def test_an_area_that_leaves_something_out_is_a_question(read):
    frame, (problem,) = read(("EUCAP Westelijke Balkan (m.u.v. Kosovo)", "", "2"))
    assert frame["areas"].isna().all()
    assert (problem.severity, problem.code, problem.field) == ("error", "area_excludes", "areas")


def test_a_raised_digit_is_no_part_of_a_number(read):
    frame, (problem,) = read(("EULEX Kosovo", "", "3¹"))
    assert frame.loc[0, "personnel"] == 3
    assert (problem.severity, problem.code) == ("warning", "raised")


@pytest.mark.parametrize("printed", ["EUNEW Narnia", "EUNEW", "EUNEW Congo", "EUPER", "EUNEW PER"])
def test_a_mission_without_a_readable_area_is_a_warning(read, printed: str):
    """An acronym is no code (PER) and a doubtful name no area."""
    frame, problems = read((printed, "", "1"))
    assert frame["areas"].isna().all()
    assert [problem.severity for problem in problems] == ["warning"]


def test_a_duty_station_that_is_no_country_is_an_error(read):
    frame, problems = read(("EULEX Kosovo", "Narnia", "1"))
    assert frame.loc[0, "duty_printed"] == "Narnia"
    assert frame["duty_iso3"].isna().all()
    assert [(problem.severity, problem.printed) for problem in problems] == [("error", "Narnia")]


@pytest.mark.parametrize("printed", ["", "een", "1-2", "3*", "²", "-1", "1.5", "n.v.t."])
def test_a_number_that_is_none_is_an_error(read, printed: str):
    frame, problems = read(("EULEX Kosovo", "", printed), ("EUAM Irak", "", "4"), total=4)
    assert frame["personnel"].isna().tolist() == [True, False]
    assert [problem.printed for problem in problems] == [printed]
    assert problems[0].severity == "error"
    assert (problems[0].row, problems[0].field) == (("mission", 1), "personnel")


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("3/4", ("3", "4")),
        ("3-4", ("3", "4")),
        ("3 of 4", ("3", "4")),
        ("3 (4)", ("3", "4")),
        ("3 à 4", ("3", "4")),
        ("10 + 2", ("10", "2")),
    ],
)
def test_two_numbers_in_one_cell_are_two_readings(read, printed: str, numbers: tuple[str, ...]):
    frame, (problem,) = read(("EULEX Kosovo", "", printed))
    assert frame["personnel"].isna().all()
    assert (problem.severity, problem.printed) == ("error", printed)
    assert problem.code == "several_numbers"
    assert problem.suggestions == numbers


@pytest.mark.parametrize(
    ("printed", "duty", "number", "field"),
    [
        ("XYZ Peru", "", "1", "lead_organisation"),
        ("EUNEW", "", "1", "areas"),
        ("EULEX Kosovo", "Narnia", "1", "duty_iso3"),
        ("EULEX Kosovo", "", "een", "personnel"),
    ],
)
def test_every_problem_names_the_cell_to_correct(read, printed, duty, number, field):
    _, (problem,) = read((printed, duty, number))
    assert (problem.row, problem.field) == (("mission", 1), field)


def test_a_mission_printed_twice_counts_twice_and_says_so(read):
    frame, (problem,) = read(
        ("EULEX Kosovo", "", "3"), ("EUAM Irak", "", "1"), ("Eulex KOSOVO", "", "3"), total=7
    )
    assert len(frame) == 3
    assert (problem.severity, problem.row) == ("warning", ("mission", 3))
    assert (problem.code, problem.params) == ("repeated_row", {"other": 1})


@pytest.mark.parametrize(("total", "warns"), [(7, False), (8, True), (0, True), (None, False)])
def test_the_printed_total_is_checked_and_not_mended(read, total: int | None, warns: bool):
    frame, problems = read(("EULEX Kosovo", "", "3"), ("EUAM Irak", "", " 4 "), total=total)
    assert frame["personnel"].tolist() == [3, 4]
    assert [problem.severity for problem in problems] == ["warning"] * warns
    if warns:
        assert problems[0].params == {"printed": total, "counted": 7}


def test_no_rows_give_an_empty_table(read):
    frame, problems = read()
    assert frame.empty and not problems


def test_a_number_that_is_not_read_makes_no_fraction_of_the_others(read):
    frame, _ = read(("EULEX Kosovo", "", "7"), ("EUAM Irak", "", "een"))
    counts = frame[["row", "personnel", "table_row"]]
    assert set(map(str, counts.dtypes)) == {"Int64"}
    assert counts.astype(object).iloc[0].tolist() == [1, 7, 1]
    assert '"personnel":7,' in frame.to_json(orient="records")


def test_the_row_within_a_table_is_named_and_the_running_one_is_the_key(resolver: Resolver):
    row = PrintedDeployment("doc", "Table 5", 12, "EULEX Kosovo", "", "een", table_row=2)
    aliases = reference("mission_aliases")
    frame, (problem,) = read_deployments([row], None, resolver, reference("missions"), aliases)
    assert (str(problem.where), problem.row) == ("Table 5, row 2", ("mission", 12))
    assert (frame.loc[0, "row"], frame.loc[0, "table_row"]) == (12, 2)


@pytest.mark.parametrize("duty", ["VN", "NP", "VN, New York"])
def test_an_organisation_is_no_duty_station(read, duty: str):
    frame, problems = read(("EULEX Kosovo", duty, "1"))
    assert frame["duty_iso3"].isna().all()
    assert [(problem.severity, problem.suggestions) for problem in problems] == [("error", ())]


@pytest.mark.parametrize(
    ("printed", "duty"),
    [
        ("EUCAP Sahel Niger (beëindigd)", "Niger"),
        ("EUAM Oekraïne (gepland)", ""),
        ("EUAM Oekraïne (vanaf 1-7-2026)", ""),
        ("EULEX Kosovo", "Kosovo (gesloten)"),
    ],
)
def test_a_mission_that_is_not_there_today_is_a_question(read, printed: str, duty: str):
    _, problems = read((printed, duty, "2"))
    assert "mission_status" in [p.code for p in problems if p.severity == "error"]


@pytest.mark.parametrize(
    "printed",
    ["EUMM Georgië (+ Armenië)", "EUTM Somalië i.s.m. UNSOM", "EULEX Kosovo / EUMM Georgië"],
)
def test_a_country_in_the_name_that_is_not_in_the_area_is_a_question(read, printed: str):
    _, problems = read((printed, "", "2"))
    assert "areas_differ" in [p.code for p in problems if p.severity == "error"]


def test_where_a_mission_works_from_is_no_question(read):
    frame, problems = read(("EUBAM Libië (vanuit Tunesië)", "", "2"))
    assert frame["areas"].tolist() == ["LBY"]
    assert not [p for p in problems if p.severity == "error"]
