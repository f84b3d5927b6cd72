"""Sources against each other: expectations worked out by hand from the two collected tables."""

from __future__ import annotations

from data.load import reference
from geo.mission_doubts import above_maximum, lone_missions


def test_months_above_a_maximum():
    found = above_maximum(reference("mission_history"), reference("un_police"), "NLD")
    # UNMISS: 17 to 20 from April 2012 to March 2014 but for October 2013, which has no row: 23
    # months; 20 for the first time in April 2013. MINUSMA: one row, 11. UNFICYP: 7, no more than 7.
    # UNMIS (12 to 15) is another mission, which the maxima do not name.
    columns = ["mission", "maximum", "months", "first", "last", "most", "most_in"]
    assert [tuple(row[name] for name in columns) for row in found.to_dict("records")] == [
        ("UNMISS", 5, 23, "2012-04", "2014-03", 20, "2013-04"),
        ("MINUSMA", 10, 1, "2014-03", "2014-03", 11, "2014-03"),
    ]


def test_a_mission_of_the_same_name_elsewhere_is_another_one():
    history = reference("mission_history")
    elsewhere = history.assign(areas=history["areas"].mask(history["mission"] == "UNMISS", "SDN"))
    found = above_maximum(elsewhere, reference("un_police"), "NLD")
    assert list(found["mission"]) == ["MINUSMA"]


def test_nothing_is_above_for_who_sent_fewer():
    found = above_maximum(reference("mission_history"), reference("un_police"), "BEL")
    assert found.empty  # one Belgian in MINUSMA


def test_months_that_name_one_mission_before_a_sudden_rise():
    # UNAMA with 1 from November 2011 to March 2012; in April 2012 18, 17 of them in UNMISS.
    # October 2013 has a caution of its own; nothing follows UNMIS, alone until June 2011.
    assert lone_missions(reference("un_police"), "NLD") == [("UNAMA", "2011-11", "2012-03")]
    # MONUSCO alone until February 2012 with 1, then 2 with UNMIK: no sudden rise.
    assert lone_missions(reference("un_police"), "BEL") == []
