"""The charts of the subjects as data: what the documents say, and what they do not."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.exports import slide_charts
from dashboard.i18n import texts_of
from dashboard.report import Spec
from dashboard.subjects.missions.counts import change_spec, named_parts, totals_spec
from dashboard.subjects.missions.report import years_spec
from dashboard.subjects.network.history import LAST, chain_spec, year
from dashboard.subjects.network.posts import posts_spec
from data.load import reference
from geo.mission_trends import MissionCount, one_date, step, timeline

NL = texts_of("nl")


def count(as_of: str, officers: dict[str, int]) -> MissionCount:
    frame = pd.DataFrame({"mission": list(officers), "personnel": list(officers.values())})
    frame = frame.assign(
        printed=frame["mission"],
        lead_organisation="EU",
        areas="KEN",
        document=as_of,
        table="T",
        table_row=range(1, len(frame) + 1),
        **dict.fromkeys(("duty_iso3", "duty_place", "duty_printed")),
    )
    return MissionCount(as_of, as_of, frame.astype({"personnel": "Int64"}))


BEFORE = count("2023", {"Both": 3, "Less": 5, "Same": 2, "USSC": 1})
AFTER = count("2025", {"Both": 9, "Less": 4, "Same": 2, "OSC": 4})


def test_missions_stand_under_what_changed_and_what_is_linked_has_its_star():
    spec = change_spec(NL, step(BEFORE, AFTER, reference("mission_aliases")), ["2023", "2025"])
    rows = [(each.group, each.name, each.starred) for each in spec.categories]
    assert rows == [
        *(("Meer", "Both", False), ("Minder", "Less", False), ("Gelijk", "Same", False)),
        *(("Nieuw in de tabel", "OSC", True), ("Niet meer in de tabel", "USSC", True)),
    ]
    before, after = (series.values for series in spec.series)
    assert before == (3, 5, 2, None, 1) and after == (9, 4, 2, 4, None)


def test_one_date_has_no_groups():
    spec = change_spec(NL, one_date(AFTER), ["2025"])
    assert {each.group for each in spec.categories} == {""}
    assert [series.name for series in spec.series] == ["2025"]


def test_a_part_has_a_value_on_each_date_that_has_it():
    counted = pd.DataFrame(
        [("2023", "EU", 26), ("2023", "OSCE", 1), ("2025", "EU", 32)],
        columns=["as_of", "lead_organisation", "personnel"],
    )
    named = named_parts(NL, {"lead_organisation": counted})
    spec = totals_spec(NL, named, {"2023": "A", "2025": "B"})
    # Two dates for each of the two kinds; nothing was counted by continent.
    assert [each.title for each in spec.categories] == ["A", "B", "A", "B"]
    assert [(series.name, series.values) for series in spec.series] == [
        ("EU", (26, 32, None, None)),
        ("OVSE", (1, None, None, None)),
    ]


@pytest.fixture(scope="module")
def history() -> Spec:
    spans = timeline(reference("mission_history"))
    return years_spec(NL, spans, [f"M{row}" for row in spans["row"]])


# Years read in appendix F; they run from 1 January of the first to the end of the last year.
@pytest.mark.parametrize(
    ("place", "drawn", "words_"),
    [
        (0, [(2001, 2003, True)], "M1 (max. 2)"),  # ECPA 2001-2002
        (6, [(2005, 2006, True)], "M7 (max. 6)"),  # UNIIIC 2005
        (10, [(2009, 2017, True)], "M11 (max. 50)"),  # EUPOL Afghanistan, 2009-Date
        (2, [(2003, 2004, True), (2004, 2007, False)], "M3 (max. 7), einde onbekend"),  # UNFICYP
        (13, [(2014, 2017, False)], "M12 (max. 4), begin onbekend"),  # EUMM Unknown-Date
        (16, [(2001, 2017, False)], "M17 (max. 1), begin en einde onbekend"),  # ISAF
    ],
)
def test_what_the_source_does_not_know_is_uncertain_and_said(
    history: Spec, place: int, drawn: list[tuple[int, int, bool]], words_: str
):
    each = history.categories[place]
    assert [(span.start, span.end, span.certain) for span in each.spans] == drawn
    assert each.name + each.note == words_


def test_eight_missions_had_not_ended(history: Spec):
    running = [span for each in history.categories for span in each.spans if span.running]
    assert len(running) == 8  # eight print "Date" as their end
    assert {span.end for span in running} == {2017}


@pytest.mark.parametrize(
    ("date", "at"), [("2013", 2013.5), ("2013-10-09", 2013.77), ("2026-01", 2026.04)]
)
def test_a_year_stands_in_its_middle(date: str, at: float):
    assert year(date) == pytest.approx(at, abs=0.01)


def chain(*marks: tuple[str, str]) -> Spec:
    frame = pd.DataFrame(marks, columns=["date", "kind"])
    return chain_spec(NL, frame.assign(place="PRT", said=frame["date"]), {"PRT": "Lissabon"})


def test_between_a_withdrawal_and_the_return_stands_unknown():
    spec = chain(("2013", "withdrawn"), ("2026-01", "present"))
    [each] = spec.categories
    [span] = each.spans
    assert (each.name, span.certain, span.label) == (
        "Lissabon",
        False,
        NL("network.chains_unknown"),
    )


def test_only_what_two_documents_prove_is_certain():
    [each] = chain(("2013-10-09", "present"), ("2014", "ends"), ("2026-01", "absent")).categories
    assert [span.certain for span in each.spans] == [True, False]


def test_a_later_network_makes_the_axis_longer():
    ends = ("2026-01", "2031-07")
    short, long = (chain(("2013", "withdrawn"), (date, "present")) for date in ends)
    assert short.axis[1] == LAST < 2031.5 < long.axis[1]
    assert short.ticks[-1] == (2026.5, "2026")
    assert long.ticks[-1] == (2030.5, "2030")  # the middle of 2032 lies beyond the end


def test_posts_stand_in_the_order_of_organisations_and_a_plan_apart():
    cells = pd.DataFrame(
        [
            ("BRA Brasilia", "GPI", "planned", 1),
            ("GEO Tbilisi", "", "active", 1),
            ("KEN Nairobi", "KMar", "active", 2),
            ("BRA Brasilia", "KMar", "planned", 1),
        ],
        columns=["key", "organisation", "status", "posts"],
    )
    keys, names = ["KEN Nairobi", "BRA Brasilia", "GEO Tbilisi"], ["Nairobi", "Brasilia", "Tbilisi"]
    spec = posts_spec(NL, cells, keys, names)
    assert [(one.short, one.planned, one.values) for one in spec.series] == [
        ("KMar", False, (2, None, None)),
        ("KMar", True, (None, 1, None)),
        ("GPI", True, (None, 1, None)),
        ("niet\nbekend", False, (None, None, 1)),
    ]
    # An office program has no open rings: all plans are one series of their own.
    assert [(name, list(values)) for name, values, _ in slide_charts.bars(spec)] == [
        ("KMar", [2, None, None]),
        ("organisatie onbekend", [None, None, 1]),
        (NL("status.planned"), [None, 2, None]),
    ]
