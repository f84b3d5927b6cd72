"""Two networks side by side: sets of organisations counted from the annex, and partial releases."""

from __future__ import annotations

from geo.comparison import PLACES, Comparison, Side, compare
from geo.options import Choice

codes = str.split


def place(found: Comparison, name: str) -> set[str]:
    return set(found.of(name))


def test_the_dutch_and_the_belgian_police(units, annex):
    """The worked example: 117 by NP and KMar, 50 by GPI, 138 by all with 19 not stated.

    GPI and neither of the two, read row by row from the table: Mexico (11), Russia and the
    countries of Moscow (22), Mali (30), Andorra (50), San Marino (52), Ukraine (53), Georgia and
    Pakistan (54). No organisation is printed in rows 3 (Mexico), 7 (Peru) and 16 (Georgia): what
    these serve too is not of GPI alone, nine of the fourteen. Five are, as in the domain.
    """
    found = compare(units, Side(annex, Choice(("NP", "KMar"))), Side(annex, Choice(("GPI",))))
    assert place(found, "right") == set(codes("RUS MLI AND SMR PAK"))
    assert place(found, "right_other") == set(codes("MEX ARM KAZ KGZ UZB TJK BLR UKR GEO"))
    assert place(found, "left_other") == set(codes("GTM PER BOL"))
    counts = found.counts
    assert counts["both"] + counts["left"] + counts["left_other"] == 117
    assert counts["both"] + counts["right"] + counts["right_other"] == 50
    assert counts["unknown"] == 0 and sum(counts.values()) == len(units) - 1  # without home
    assert list(counts) == list(PLACES)
    # Of what rows 3, 7 and 16 serve, GPI serves nine too, NP or KMar three (Guatemala, Peru,
    # Bolivia: row 5), nobody else seven.
    others = found.others.merge(found.units, on="iso3").groupby("place")
    assert set(found.others["organisation"]) == {""}
    assert others["iso3"].agg(set).to_dict() == {
        "right_other": set(codes("MEX GEO UKR ARM UZB BLR KAZ TJK KGZ")),
        "left_other": set(codes("GTM PER BOL")),
        "neither": set(codes("BLZ HND NIC SLV CHL AZE TKM")),
    }
    assert others["table_row"].agg(set)["right_other"] == {3, 16}
    pakistan = found.postings.query("iso3 == 'PAK'")
    assert pakistan[["side", "city", "table_row"]].to_numpy().tolist() == [
        ["right", "Istanbul", 54]
    ]


def test_a_partial_release_proves_presence_only(units, annex, letter):
    """The letter of 2013 names posts in nine countries; of no other it says that there was none."""
    then = set(codes("ROU TUR ESP MAR ITA FRA COL VEN AUS"))
    found = compare(units, Side(letter), Side(annex))
    assert place(found, "both") == then
    assert place(found, "left") == place(found, "right") == place(found, "neither") == set()
    assert len(found.unproven("right")) == 138 - 9 and len(found.unproven("left")) == 0
    assert found.complete == (False, True)
    # All but the host of the letter's nine; Ankara, Madrid and Rabat are named twice.
    sides = found.postings.groupby("side")["iso3"]
    assert set(found.postings.query("side == 'left'")["iso3"]) == then
    assert (sides.size()["left"], sides.nunique()["right"]) == (12, 138)
    assert found.others.empty


def test_what_a_complete_release_lacks_is_gone_though_the_other_is_partial(units, annex, letter):
    """KMar of 2025 is in Turkey (44), Spain (46), Morocco (29) and France (49); it serves none of
    the other five that the letter names."""
    found = compare(units, Side(letter), Side(annex, Choice(("KMar",))))
    assert place(found, "both") == set(codes("TUR ESP MAR FRA"))
    assert place(found, "left") == set(codes("ROU ITA COL VEN AUS"))
    assert place(found, "right") == place(found, "neither") == set()


def test_sides_change_places(units, annex, letter):
    sides = Side(annex, Choice(("NP",))), Side(letter)
    one, other = compare(units, *sides), compare(units, *reversed(sides))
    swapped = {"left": "right", "right": "left"}
    assert one.units["place"].replace(swapped).equals(other.units["place"])


def test_a_plan_serves_nobody(units, annex):
    """Row 10, KMar in Brazil, is planned; KMar has no other officer there."""
    found = compare(
        units, Side(annex, Choice(("KMar",), planned=True)), Side(annex, Choice(("NP",)))
    )
    brazil = found.units.set_index("iso3").loc["BRA"]
    # GPI serves Brazil too (row 12), so it is not of NP (row 9) alone.
    assert (brazil["place"], brazil["state_left"]) == ("right_other", "planned")
