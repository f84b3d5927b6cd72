"""The timeline of 2001-2016: what its source does not know is dashed and said."""

from __future__ import annotations

import pytest

from dashboard.figures.charts import mission_history
from dashboard.i18n import words
from data.load import reference
from geo.mission_trends import timeline


@pytest.fixture(scope="module")
def history():
    spans = timeline(reference("mission_history"))
    return mission_history.timeline(spans, [f"M{row}" for row in spans["row"]], words("nl"))


def boxes(history, place: int) -> list[tuple[float, float, str]]:
    return [
        (shape.x0, shape.x1, shape.line.dash)
        for shape in history.layout.shapes
        if shape.y0 < place < shape.y1
    ]


# Years read in appendix F; the bars run from 1 January of the first to the end of the last year.
@pytest.mark.parametrize(
    ("place", "drawn", "words_"),
    [
        (0, [(2001, 2003, "solid")], "<b>M1</b> (max. 2)"),  # ECPA 2001-2002
        (6, [(2005, 2006, "solid")], "<b>M7</b> (max. 6)"),  # UNIIIC 2005
        (10, [(2009, 2017, "solid")], "<b>M11</b> (max. 50)"),  # EUPOL Afghanistan, 2009-Date
        (  # UNFICYP 2003-Unknown
            2,
            [(2003, 2004, "solid"), (2004, 2007, "2px,3px")],
            "<b>M3</b> (max. 7), einde onbekend",
        ),
        (13, [(2014, 2017, "2px,3px")], "<b>M12</b> (max. 4), begin onbekend"),  # EUMM Unknown-Date
        (16, [(2001, 2017, "2px,3px")], "<b>M17</b> (max. 1), begin en einde onbekend"),  # ISAF
    ],
)
def test_what_the_source_does_not_know_is_dashed_and_said(history, place, drawn, words_):
    assert boxes(history, place) == drawn
    assert words_ in {note.text for note in history.layout.annotations}


def test_an_arrow_for_every_mission_still_running(history):
    arrows = [note.y for note in history.layout.annotations if note.text == "▶"]
    assert len(arrows) == 8  # eight print "Date" as their end
