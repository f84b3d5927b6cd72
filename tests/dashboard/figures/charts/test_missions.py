"""The missions' figures: points where there is a count, boxes where a year is unknown."""

from __future__ import annotations

from html import unescape

import pandas as pd
import pytest

from dashboard.figures.charts import missions
from dashboard.i18n import words
from dashboard.subjects.missions import counts as said
from data.load import reference
from geo.mission_trends import one_date, step
from geo.reading.missions import MissionCount

T = words("nl")
DATES = ["2023", "2025"]


def count(as_of: str, officers: dict[str, int], leads: str = "EU") -> MissionCount:
    frame = pd.DataFrame({"mission": list(officers), "personnel": list(officers.values())})
    frame = frame.assign(
        printed=frame["mission"],
        lead_organisation=leads,
        areas="KEN",
        document=as_of,
        table="T",
        table_row=range(1, len(frame) + 1),
        **dict.fromkeys(("duty_iso3", "duty_place", "duty_printed")),
    )
    return MissionCount(as_of, as_of, frame.astype({"personnel": "Int64"}))


BEFORE = count("2023", {"Both": 3, "Less": 5, "Same": 2, "USSC": 1})
AFTER = count("2025", {"Both": 9, "Less": 4, "Same": 2, "OSC": 4})


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    return step(BEFORE, AFTER, reference("mission_aliases"))


@pytest.fixture(scope="module")
def dumbbell(found: pd.DataFrame):
    return missions.dumbbell(found, DATES, T)


def rows(figure) -> dict[int, str]:
    axis = figure.layout.yaxis
    return dict(zip(axis.tickvals, axis.ticktext, strict=True))


def test_every_group_has_its_heading_and_what_is_linked_its_star(dumbbell):
    assert [text.replace("\u2009", "") for text in rows(dumbbell).values()] == [
        *("<b>Meer</b>", "Both", "<b>Minder</b>", "Less", "<b>Gelijk</b>", "Same"),
        *("<b>Nieuw in de tabel</b>", "OSC*", "<b>Niet meer in de tabel</b>", "USSC*"),
    ]


def points(figure) -> dict[str, list[tuple[str, int, str, str]]]:
    """date -> (mission, officers, words beside the point, side they stand on)."""
    named = rows(figure)
    return {
        trace.name: [
            (named[y].rstrip("\u2009*"), x, text.strip(), side.removeprefix("middle "))
            for x, y, text, side in zip(
                trace.x, trace.y, trace.text, trace.textposition, strict=True
            )
        ]
        for trace in figure.data
    }


def test_a_point_for_every_count_with_its_number_once_and_outside(dumbbell):
    assert points(dumbbell) == {
        "2023": [
            *(("Both", 3, "3", "left"), ("Less", 5, "5", "right")),
            *(("Same", 2, "", "right"), ("USSC", 1, "1", "right")),
        ],
        "2025": [
            *(("Both", 9, "9", "right"), ("Less", 4, "4", "left")),
            *(("Same", 2, "2", "right"), ("OSC", 4, "4", "right")),
        ],
    }


def test_a_bar_and_a_difference_only_where_both_tables_count(dumbbell):
    named = rows(dumbbell)
    shapes = [shape for shape in dumbbell.layout.shapes if shape.yref != "y domain"]  # not the axis
    assert {(named[shape.y0], shape.x0, shape.x1) for shape in shapes} == {
        *(("Both", 3, 9), ("Less", 4, 5))
    }
    ends = {named[note.y]: note.text for note in dumbbell.layout.annotations}
    assert ends == {"Both": "<b>+6</b>", "Less": "<b>−1</b>", "Same": "="}


def test_unchanged_is_a_ring_around_a_point(dumbbell):
    before, after = (dict(zip(trace.y, trace.marker.size, strict=True)) for trace in dumbbell.data)
    (same,) = [y for y in before if y in after and before[y] != after[y]]
    assert (rows(dumbbell)[same], before[same], after[same]) == ("Same", 20, 13)


def test_one_date_has_points_only():
    figure = missions.dumbbell(one_date(AFTER), ["2025"], T)
    assert [point[0] for point in points(figure)["2025"]] == ["Both", "Less", "OSC", "Same"]
    assert len(figure.data) == 1 and not figure.layout.annotations


def test_what_a_document_prints_is_no_markup_and_does_not_crowd_out_the_chart():
    hostile = count("2025", {"<a href='x'>EU</a> " + "very " * 50: 3})
    (tick,) = rows(missions.dumbbell(one_date(hostile), ["2025"], T)).values()
    assert tick.startswith("&lt;a href") and tick.endswith("…")
    assert len(unescape(tick)) == missions.LONGEST


def test_the_parts_of_a_date_stand_side_by_side_on_one_scale():
    counted = pd.DataFrame(
        [("2023", "EU", 26), ("2023", "OSCE", 1), ("2025", "EU", 32)],
        columns=["as_of", "lead_organisation", "personnel"],
    )
    named = said.named_parts(T, {"lead_organisation": counted})
    figure = missions.parts(named, {"2023": "A", "2025": "B"}, {"lead_organisation": "Led"}, T)
    bars = [(bar.y[0], bar.x[0], bar.marker.color) for bar in figure.data]
    assert [bar[1] for bar in bars] == [26, 1, 32]
    assert bars[0][0] == bars[1][0] < bars[2][0] and figure.layout.barmode == "stack"
    assert bars[0][2] == bars[2][2] != bars[1][2]  # one part, one colour
    texts = " ".join(note.text for note in figure.layout.annotations)
    assert "EU 26" in texts and "OVSE 1" in texts and "EU 32" in texts
