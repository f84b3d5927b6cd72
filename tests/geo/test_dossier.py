"""What is gathered of one country, on small tables made by hand."""

from __future__ import annotations

import pandas as pd

from geo import dossier
from geo.options import Choice

UNITS = pd.DataFrame({"iso3": ["AAA", "BBB"], "seat_lat": [0.0, 10.0], "seat_lon": [0.0, 0.0]})
POSTINGS = pd.DataFrame(
    {
        "kind": ["FILO", "LO", "LO", "LO"],
        "row": [1, 1, 2, 3],
        "organisation": ["GPI", "NP", "KMar", None],
        "city": [None, "Far", "Home", None],
        "host": [None, "BBB", "AAA", "BBB"],
        "status": "active",
        "theme": None,
        "label": "label",
        "area_printed": "area",
        "city_printed": "city",
        "document": "doc",
        "table": "table",
        "table_row": [1, 1, 2, 3],
        "lat": [None, 10.0, 0.0, None],
        "lon": [None, 0.0, 0.0, None],
    }
)
ACCREDITATIONS = pd.DataFrame(
    {
        "kind": ["FILO", "LO", "LO", "LO", "LO"],
        "row": [1, 1, 2, 2, 3],
        "iso3": ["AAA", "AAA", "AAA", "BBB", "AAA"],
        "printed": "A",
        "basis": "named",
        "match": "name",
        "score": 100.0,
    }
)


def test_the_post_in_the_country_comes_first_and_filos_last() -> None:
    found = dossier.serving("AAA", UNITS, POSTINGS, ACCREDITATIONS)
    assert list(zip(found["kind"], found["row"], strict=True)) == [
        *(("LO", 2), ("LO", 1), ("LO", 3), ("FILO", 1))
    ]
    # ten degrees of a meridian from the equator: 1,105.9 km on the WGS84 ellipsoid
    assert found["distance_km"].round().tolist()[:2] == [0.0, 1106.0]
    assert found["distance_km"].isna().tolist() == [False, False, True, True]


def test_the_choice_decides_who_serves() -> None:
    def rows(choice: Choice) -> list[tuple[str, int]]:
        found = dossier.serving("AAA", UNITS, POSTINGS, ACCREDITATIONS, choice)
        return list(zip(found["kind"], found["row"], strict=True))

    assert rows(Choice()) == [("LO", 2), ("LO", 1), ("LO", 3)]
    assert rows(Choice(("KMar",), filo=True)) == [("LO", 2)]
    assert rows(Choice(("GPI",), filo=True)) == [("FILO", 1)]


def test_nobody_serves() -> None:
    assert dossier.serving("BBB", UNITS, POSTINGS.iloc[:2], ACCREDITATIONS).empty


def test_missions_by_area_and_by_duty_station() -> None:
    deployments = pd.DataFrame(
        {
            "mission": ["M1", "M2", "M3"],
            "areas": ["LBY", "ISR PSE", None],
            "duty_iso3": ["TUN", None, None],
        }
    )
    missions = {
        code: list(dossier.missions_in(code, deployments)["mission"])
        for code in ("LBY", "TUN", "PSE", "EGY")
    }
    assert missions == {"LBY": ["M1"], "TUN": ["M1"], "PSE": ["M2"], "EGY": []}
    by_unit = dossier.missions_by_unit(deployments)
    assert missions == {code: list(by_unit[code]["mission"]) for code in missions}
    assert [row["mission"] for row in by_unit.records("PSE")] == ["M2"]


def test_rows_that_concern_a_country() -> None:
    events = pd.DataFrame({"iso3": ["ROU BGR", None, "BGR"], "event": [1, 2, 3]})
    assert list(dossier.concerning("BGR", events)["event"]) == [1, 3]
    assert dossier.concerning("GRC", events).empty
    by_unit = dossier.named_in(events)
    assert list(by_unit["BGR"]["event"]) == [1, 3]
    assert by_unit["GRC"].empty and not by_unit.records("GRC")


def test_the_nearest_posts_of_each_unit_have_a_known_place_and_the_chosen_organisation() -> None:
    """Rows 1 and 2 stand at the seats of BBB and AAA, 1,106 km apart; row 3 has no place."""
    everyone = dossier.nearest_by_unit(UNITS, POSTINGS, Choice())
    rows = {code: [row["row"] for row in near] for code, near in everyone.items()}
    assert rows == {"AAA": [2], "BBB": [1]}
    [alone] = dossier.nearest_by_unit(UNITS, POSTINGS, Choice(("NP",)))["AAA"]
    assert (alone["row"], alone["distance_km"]) == (1, 1106.0)
    assert dossier.nearest_by_unit(UNITS, POSTINGS, Choice(("GPI",))) == {}
    [same] = dossier.nearest("AAA", UNITS, POSTINGS, Choice(("NP",))).to_dict("records")
    assert (same["row"], same["distance_km"]) == (1, 1106.0)


def test_neighbours_longest_border_first() -> None:
    borders = pd.DataFrame(
        {
            "iso3": ["AAA", "AAA", "BBB"],
            "neighbour": ["BBB", "CCC", "AAA"],
            "border_km": [5.0, 50.0, 5.0],
        }
    )
    coverage = pd.DataFrame({"iso3": ["AAA", "BBB", "CCC"], "state": ["post", "none", None]})
    found = dossier.neighbours_of("AAA", borders, coverage)
    assert list(found["neighbour"]) == ["CCC", "BBB"]
    assert found["state"].isna().tolist() == [True, False]
    near = dossier.bordering(borders)
    assert [row["neighbour"] for row in near.records("AAA")] == ["CCC", "BBB"]


def test_rows_by_column_are_what_pandas_says() -> None:
    """As `to_dict`, missing cells and kinds of number included."""
    frame = pd.DataFrame(
        {
            "row": pd.array([1, None], dtype="Int64"),
            "km": [1.0, None],
            "city": pd.Series(["Quito", None], dtype="str"),
            "cities": [["Quito"], []],
        }
    )
    expected, found = frame.to_dict("records"), dossier.rows_of(frame)
    kinds = [[type(cell) for cell in row.values()] for row in found]
    assert repr(found) == repr(expected)
    assert kinds == [[type(cell) for cell in row.values()] for row in expected]
    assert dossier.rows_of(frame.head(0)) == []
