"""Missions in words: the finding, the way to every row, and what a partial document leaves open."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.figures.views import fitting, smallest_view
from dashboard.i18n import texts_of
from dashboard.subjects.missions import counts as mission_counts
from dashboard.subjects.missions import places as mission_places
from data.load import reference, release_table
from geo.coverage import coverage
from geo.mission_trends import (
    MissionCount,
    area_rows,
    by_area,
    by_lead,
    mission_areas,
    over_time,
    places,
    step,
    timeline,
    within,
)

NL, EN = texts_of("nl"), texts_of("en")
COUNTS = [
    MissionCount("bijlage-2023-12", "2023-11-24", release_table("deployments", "bijlage-2023-12")),
    MissionCount("bijlage-2025-11", "2025-11-12", release_table("deployments", "bijlage-2025-11")),
]


def said(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    return step(*COUNTS, reference("mission_aliases"))


def test_the_finding_in_both_languages():
    before, after = COUNTS
    assert said(mission_counts.headline(NL, before, after, "")) == (
        "34 Nederlandse politiemensen in 12 missies op 12 november 2025, "
        "6 meer dan op 24 november 2023"
    )
    assert said(mission_counts.headline(EN, after, before, "")) == (
        "28 Dutch police officers in 11 missions on 24 November 2023, "
        "6 fewer than on 12 November 2025"
    )
    assert said(mission_counts.headline(NL, after, after, "")).endswith(
        "evenveel als op 12 november 2025"
    )
    assert said(mission_counts.headline(NL, None, after, "")).endswith(
        "in 12 missies op 12 november 2025"
    )


def test_the_finding_of_an_area():
    africa = within(COUNTS, {"SOM", "LBY", "MLI", "GHA"})
    # 2023: 5 + 1 + 1; 2025: 4 + 3 + 4 and one around the Gulf of Guinea
    assert said(mission_counts.headline(NL, *africa, "Africa")) == (
        "12 Nederlandse politiemensen in 4 missies in Afrika op 12 november 2025, "
        "5 meer dan op 24 november 2023"
    )
    nowhere = mission_counts.headline(NL, *within(COUNTS, {"FJI"}), "Oceania")
    assert said(nowhere) == (
        "Geen Nederlandse politie in een missie in Oceanië in de tabel van 12 november 2025"
    )


def test_what_changed(found: pd.DataFrame):
    assert mission_counts.what_changed(NL, found) == (
        "4 missies werden groter (samen +12). 4 missies werden kleiner (samen −7). "
        "2 bleven gelijk. Nieuw in de tabel: EUSDI Golf van Guinee (1) en OSC (1). "
        "Niet meer in de tabel: USSC (1)."
    )


def test_other_names_stand_with_their_note(found: pd.DataFrame):
    lines = mission_counts.other_names(EN, found)
    notes = reference("mission_aliases").set_index("printed")["note_en"]
    assert [line.split()[0] for line in lines] == ["OVSE", "OSC"]
    assert all(line.endswith(notes[n]) for line, n in zip(lines, notes.index, strict=True))


def test_every_number_names_document_table_and_row(found: pd.DataFrame):
    heads, rows = mission_counts.step_table(NL, found, COUNTS)
    cells = {row[0].text: [cell.text for cell in row[1:]] for row in rows}
    assert heads[1:3] == ["24 november 2023", "Rij in bijlage najaar 2023"]
    # EUBAM Libië: row 8 of 2023, stationed in Tunisia; row 7 of 2025
    assert cells["EUBAM Libië"] == [
        "1",
        "rij 8 van de tabel van missies: EUBAM Libië | Tunesië",
        "3",
        "rij 7 van de tabel van missies: EUBAM Libië",
        "+2",
    ]
    osc = "rij 10 van de tabel van missies: OSC (Israël en Palestijnse gebieden)"
    assert cells["OSC"] == ["niet in de tabel", "", "1", osc, ""]
    assert "USSC: 1, niet in de tabel" in mission_counts.step_text(NL, found, ["A", "B"])


def test_the_parts_are_named_largest_first_and_quoted():
    long = over_time(COUNTS)
    counted = {
        "lead_organisation": by_lead(long),
        "continent": by_area(long, reference("units"), "continent"),
    }
    named = mission_counts.named_parts(NL, counted)
    assert named["part"].tolist() == [
        *(["EU", "OVSE", "coalitie"] * 2),
        *(["Azië", "Afrika", "Europa"] * 2),
    ]
    titles = mission_counts.bar_titles(NL, COUNTS)
    assert titles["2023-11-24"] == "24 november 2023: 28 in 11 missies"
    assert "Werelddeel: Azië 19, Afrika 12, Europa 3" in mission_counts.parts_text(
        NL, named, titles
    )
    _, rows = mission_counts.parts_table(NL, named, COUNTS)
    assert rows[0][-1] == (
        "bijlage najaar 2023 (24 november 2023), ‘Overzicht uitgezonden politiefunctionarissen’"
    )


def test_the_map_shows_areas_and_marks_printed_stations(units: pd.DataFrame):
    long = over_time(COUNTS[:1])
    found = places(long)
    drawn = mission_places.on_map(units, found).set_index("iso3")["state"]
    assert (drawn["LBY"], drawn["TUN"], drawn["PSE"]) == ("mission", "none", "mission")
    notes = mission_places.map_notes(NL, found)
    assert notes["TUN"] == "EUBAM Libië (standplaats): 1"
    assert notes["PSE"] == "EUPOL COPPS: 3; USSC: 1"
    marks = mission_places.stations(long, units).set_index("iso3")["officers"]
    # eleven rows, of which two on the West Bank, and EULEX alone in Kosovo
    assert (len(marks), marks["TUN"], marks["PSE"], marks["XKX"]) == (10, 1, 4, 4)
    note = mission_places.stations_note(NL, found, marks.reset_index(), "2023-11-24")
    assert note.endswith("EUBAM Libië zat in Tunesië.")
    assert mission_places.stations(over_time(COUNTS[1:]), units).empty


def test_the_map_begins_where_the_missions_are(units: pd.DataFrame):
    found = places(over_time(COUNTS))
    assert smallest_view(units, set(found["iso3"])) == "europe_africa"
    assert smallest_view(units, {"UKR"}) == "europe"
    assert smallest_view(units, {*found["iso3"], "FJI"}) == "world"


def test_a_part_of_the_world_that_hides_what_a_map_is_about_is_not_taken() -> None:
    units = reference("units")
    assert fitting(units, "africa", {"KEN", "MLI"}, "world") == "africa"
    assert fitting(units, "africa", {"KEN", "PER"}, "world") == "world"
    assert fitting(units, "africa", set(), "world") == "africa"  # nothing to hide
    assert fitting(units, "world", {"PER"}, "caribbean_latin_america") == "caribbean_latin_america"


@pytest.fixture(scope="module")
def areas(units: pd.DataFrame, network):
    tables = network("bijlage-2025-11")

    def of(complete: bool) -> pd.DataFrame:
        cover = coverage(units, *tables, complete=complete)
        return mission_areas(area_rows(over_time(COUNTS[1:])), cover)

    return of


def test_mission_areas_beside_the_network(areas, units: pd.DataFrame):
    names = units.set_index("iso3")["name_nl"]
    assert mission_places.beside_network(NL, areas(True), names) == (
        "Van de 19 landen in een missiegebied (streken uitgeschreven) hebben er 2 geen officier: "
        "Israël (OSC) en Palestijnse Gebieden (EUPOL COPPS, OSC)."
    )
    _, rows = mission_places.network_table(NL, areas(True), names)
    first = [(row[0].text, row[1], row[3], row[-1].text) for row in rows[:3]]
    assert first == [  # rows 9 and 10 of the table of 2025
        ("Israël", "OSC", "Geen officier", "10"),
        ("Palestijnse Gebieden", "EUPOL COPPS", "Geen officier", "9"),
        ("Palestijnse Gebieden", "OSC", "Geen officier", "10"),
    ]


def test_a_partial_document_says_nothing_of_the_others(areas, units: pd.DataFrame):
    names = units.set_index("iso3")["name_nl"]
    text = mission_places.beside_network(NL, areas(False), names)
    assert text.startswith("Van de 19 landen in een missiegebied bewijst dit document er 17 met")
    _, rows = mission_places.network_table(NL, areas(False), names)
    assert {row[3] for row in rows} == {
        "Onbekend",
        "Bediend vanuit een ander land",
        "Post in het land",
    }


def test_the_history_keeps_its_printed_country_and_unknown_years(units: pd.DataFrame):
    spans = timeline(reference("mission_history"))
    names = mission_places.names_of_spans(spans, units.set_index("iso3")["name_nl"], NL)
    assert {"OVSE Servië", "EUPOL Afghanistan", "Eupol Proxima Noord-Macedonië"} < set(names)
    _, rows = mission_places.history_table(NL, spans, names)
    proxima = next(row for row in rows if row[0].startswith("Eupol"))
    assert proxima[1:3] == ["Macedonië", "2004 – 2005"]
    assert rows[-1][2] == "begin onbekend – einde onbekend"
    text = mission_places.history_text(NL, spans, names)
    assert "EUPOL Afghanistan, 2009 – liep nog in februari 2016, 50" in text
