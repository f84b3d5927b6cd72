"""The missions chart: points where there is a count, none where there is not."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import missions
from dashboard.i18n import words
from geo.missions import compare_counts


def deployments(counts: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame({"mission": list(counts), "personnel": list(counts.values())})


COMPARED = compare_counts(
    deployments({"Both": 3, "Same": 2, "Ended": 1}), deployments({"Both": 9, "Same": 2, "New": 4})
)


def test_compared_counts_keep_missing_apart_from_zero() -> None:
    rows = COMPARED.set_index("mission")
    assert list(COMPARED["mission"]) == ["Both", "New", "Same", "Ended"]
    assert pd.isna(rows.loc["New", "before"]) and pd.isna(rows.loc["Ended", "after"])


def test_a_mission_in_one_table_has_one_point_and_no_line() -> None:
    figure = missions.dumbbell(COMPARED, "2023", "2025", words("nl"))
    points = {trace.name: dict(zip(trace.y, trace.x, strict=True)) for trace in figure.data}
    assert points == {
        "2023": {"Both": 3, "Same": 2, "Ended": 1},
        "2025": {"Both": 9, "Same": 2, "New": 4},
    }
    assert {shape.y0 for shape in figure.layout.shapes} == {"Both", "Same"}


def test_every_point_has_its_number_beside_it_once() -> None:
    figure = missions.dumbbell(COMPARED, "2023", "2025", words("nl"))
    labels = [text.strip() for trace in figure.data for text in trace.text if text]
    assert sorted(labels) == [
        "1  niet in de tabel van 2025",
        "2",
        "3",
        "4  niet in de tabel van 2023",
        "9",
    ]


def test_unchanged_is_a_ring_around_a_point_and_not_a_point_alone() -> None:
    figure = missions.dumbbell(COMPARED, "2023", "2025", words("nl"))
    size = {
        (trace.name, mission): size
        for trace in figure.data
        for mission, size in zip(trace.y, trace.marker.size, strict=True)
    }
    assert size["2023", "Same"] > size["2025", "Same"] == size["2023", "Both"]
