"""Printed duty stations: the city meant, whatever its spelling, and no other."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import gazetteer as every_place
from data.load import places, reference
from geo.names.cities import Gazetteer
from geo.names.resolver import Resolver
from geo.problems import Problem
from geo.reading.missions import PrintedDeployment, read_deployments
from geo.reading.posting import PrintedRow, read_rows


@pytest.fixture(scope="module")
def everywhere() -> Gazetteer:
    return every_place()


@pytest.mark.parametrize("mark", ["¹", "²³", "2", "12", "1)", " ¹", "*", "**", "†", " (1)", "[2]"])
def test_the_mark_of_a_note_does_not_count(everywhere: Gazetteer, mark: str):
    assert everywhere.find(f"San José{mark}", "CRI") == "San José"
    assert everywhere.find(f"Abuja{mark}", "NGA") == "Abuja"
    assert everywhere.find(f"Lagos{mark} ", "NGA") == "Lagos"


@pytest.mark.parametrize("printed", ["Lima 2", "Lima-2", "2", "¹", "*", "", "Lim¹a", "Lima 2024"])
def test_other_figures_do_count(everywhere: Gazetteer, printed: str):
    assert everywhere.find(printed, "PER") is None


@pytest.mark.parametrize(
    ("printed", "units"),
    [
        ("Pristina", "XKX"),
        ("Bagdad", "IRQ"),
        ("Tripoli", "LBN LBY"),
        ("Tripoli¹", "LBN LBY"),
        ("San José", "CRI USA"),
        ("Narnia", ""),
        ("", ""),
    ],
)
def test_units_with_a_city_of_that_name(everywhere: Gazetteer, printed: str, units: str):
    assert set(everywhere.anywhere(printed)) == set(units.split())


def test_only_duty_stations_were_seen(everywhere: Gazetteer):
    assert everywhere.seen("Lima", "PER")
    assert not everywhere.seen("Lagos", "NGA") and not everywhere.seen("Quito", "ECU")
    assert places()["seen"].sum() == len(reference("cities"))
    assert everywhere.within("INTERPOL Lyon¹ - Coordinator") == ("Lyon", "FRA")
    assert everywhere.within("Lagos") is None


def test_places_are_named_once_and_placed(everywhere: Gazetteer):
    frame = places()
    assert not frame.duplicated(["city", "iso3"]).any()
    assert frame[["lat", "lon"]].notna().all(axis=None)
    assert places() is frame


@pytest.mark.parametrize(
    ("city", "host", "found"),
    [
        ("Lagos", "Nigeria", "Lagos"),
        ("Kairo", "Egypte", "Caïro"),
        ("Erbil*", "Irak", "Erbil"),
        ("Milaan", "Italië", "Milaan"),
        ("Quito", "Ecuador", "Quito"),
    ],
)
def test_a_post_in_a_new_city_has_a_place_and_a_warning(
    resolver: Resolver, everywhere: Gazetteer, city: str, host: str, found: str
):
    row = PrintedRow("LO", "doc", "Table 1", 1, "", f"{host} - NP", city, host)
    reading = read_rows([row], resolver, everywhere)
    (post,) = reading.postings
    assert (post["city"], post["city_printed"]) == (found, city)
    warnings = [problem for problem in reading.problems if problem.field == "city"]
    assert ("new_city", "warning") in [(w.code, w.severity) for w in warnings]


Read = tuple[pd.Series, list[Problem]]


@pytest.fixture
def read(resolver: Resolver, everywhere: Gazetteer):
    def one(mission: str, duty: str) -> Read:
        row = PrintedDeployment("doc", "Table", 1, mission, duty, "1")
        tables = (reference("missions"), reference("mission_aliases"))
        frame, problems = read_deployments([row], None, resolver, *tables, everywhere)
        return frame.iloc[0], problems

    return one


@pytest.mark.parametrize(
    ("mission", "duty", "iso3", "place"),
    [
        ("EULEX Kosovo", "Pristina", "XKX", "Pristina"),
        ("EUAM Irak", "Bagdad", "IRQ", "Bagdad"),
        ("EUAM Irak", "Erbil", "IRQ", "Erbil"),
        ("EUBAM Libië", "Tunis", "TUN", "Tunis"),
        ("EUBAM Libië", "Tripoli", "LBY", "Tripoli"),  # its own area has one
        ("EUNEW Libanon", "Tripoli", "LBN", "Tripoli"),
        ("EUNEW Peru", "Tripoli, Libanon", "LBN", "Tripoli"),
        ("EUBAM Libië", "Tripoli, Libanon", "LBN", "Tripoli"),
        ("EUNEW Niger", "Niamey", "NER", "Niamey"),
    ],
)
def test_a_duty_station_printed_as_a_city(read, mission, duty, iso3, place):
    row, (problem,) = read(mission, duty)
    assert (row["duty_printed"], row["duty_iso3"], row["duty_place"]) == (duty, iso3, place)
    assert (problem.severity, problem.field, problem.printed) == ("warning", "duty_iso3", duty)
    assert problem.code == "duty_is_city"
    assert problem.params == {"city": place, "country": iso3}


@pytest.mark.parametrize(
    ("mission", "duty"),
    [
        ("EUNEW Peru", "Tripoli"),  # in Libya or Lebanon
        ("EUNEW Palestina", "Jeruzalem"),  # in Israel and the Palestinian territories
        ("EUNEW Libië en Libanon", "Tripoli"),
        ("EUAM Irak", "Bagdad, Peru"),  # no such city there
        ("EUAM Irak", "Narnia"),
    ],
)
def test_a_city_of_several_countries_or_none_stays_an_error(read, mission, duty):
    row, (problem,) = read(mission, duty)
    assert row["duty_printed"] == duty and pd.isna(row["duty_iso3"])
    assert (problem.severity, problem.field) == ("error", "duty_iso3")


@pytest.mark.parametrize(
    ("duty", "iso3", "place"),
    [("Kosovo", "XKX", None), ("Irak, Bagdad", "IRQ", "Bagdad"), ("Armenia", "ARM", None)],
)
def test_a_country_goes_before_a_city(read, duty, iso3, place):
    """There is a city Armenia in Colombia."""
    row, problems = read("EULEX Kosovo", duty)
    assert (row["duty_iso3"], row["duty_place"]) == (iso3, place)
    assert not problems
