"""The network's figures: what is drawn, and that what is not known is drawn as unknown."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard import theme
from dashboard.figures.charts import network as charts
from dashboard.i18n import words

NL = words("nl")


def said(figure) -> list[str]:
    """Every text in a figure, traces first."""
    traces = [text for trace in figure.data for text in trace.text or []]
    return traces + [note.text for note in figure.layout.annotations]


def test_a_plan_is_an_open_ring_and_two_posts_are_one_dot_with_a_number():
    cells = pd.DataFrame(
        [
            ("KEN Nairobi", "KMar", "active", 2),
            ("BRA Brasilia", "KMar", "planned", 1),
            ("GEO Tbilisi", "", "active", 1),
        ],
        columns=["key", "organisation", "status", "posts"],
    )
    keys = ["KEN Nairobi", "BRA Brasilia", "GEO Tbilisi"]
    figure = charts.posts(cells, keys, ["Nairobi", "Brasilia", "Tbilisi"], NL)
    two, plan, unsaid = figure.data
    assert two.text == ("2",) and two.marker.color == theme.LIGHT["KMar"]
    assert plan.marker.color == "rgba(0,0,0,0)" and plan.marker.line.color == theme.LIGHT["KMar"]
    assert unsaid.marker.color == theme.LIGHT["?"]
    # A column for each organisation that is there, in the fixed order; rows from the top.
    assert [text.split("<")[1] for text in figure.layout.xaxis.ticktext] == ["b>KMar", "b>niet"]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_bars_tell_what_hangs_on_a_post_apart():
    figure = charts.carried(["Dubai, NP"], [8], [1], ["87,8 mln"], NL)
    alone, shared = figure.data
    assert (alone.x, shared.x) == ((8,), (1,))
    assert (alone.marker.color, shared.marker.color) == (theme.SINGLE, theme.KEPT)
    assert {"Dubai, NP", "87,8 mln"} <= set(said(figure))


def test_people_have_the_colour_of_the_organisation():
    figure = charts.served(["Lima"], [""], [5.0], ["5"])
    assert figure.data[0].marker.color == (theme.LIGHT["?"],)


@pytest.mark.parametrize(
    ("date", "at"), [("2013", 2013.5), ("2013-10-09", 2013.77), ("2026-01", 2026.04)]
)
def test_a_year_stands_in_its_middle(date: str, at: float):
    assert charts.year(date) == pytest.approx(at, abs=0.01)


def chain(*marks: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(marks, columns=["date", "kind"])
    return frame.assign(place="PRT", said=frame["date"])


def lines(figure) -> list[str]:
    return [trace.line.dash for trace in figure.data if trace.mode == "lines"]


def test_between_a_withdrawal_and_the_return_stands_unknown():
    marks = chain(("2013", "withdrawn"), ("2026-01", "present"))
    figure = charts.chains(marks, {"PRT": "Lissabon"}, NL)
    assert lines(figure) == ["dot"]
    assert NL("network.chains_unknown") in said(figure) and "<b>Lissabon</b>" in said(figure)


def test_only_what_two_documents_prove_is_a_solid_line():
    marks = chain(("2013-10-09", "present"), ("2014", "ends"), ("2026-01", "absent"))
    assert lines(charts.chains(marks, {"PRT": "Rome"}, NL)) == ["solid", "dot"]


def test_a_later_network_makes_the_axis_longer():
    short, long = (
        charts.chains(chain(("2013", "withdrawn"), (date, "present")), {"PRT": "x"}, NL)
        for date in ("2026-01", "2031-07")
    )
    assert short.layout.xaxis.range[1] < 2031 < long.layout.xaxis.range[1]
