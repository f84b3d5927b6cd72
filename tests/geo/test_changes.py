"""What changed between two releases: invented networks for each kind of change, then the real ones.

A network is written one posting a line: host organisation city | countries | status, theme. "-"
stands for what is not stated.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass

import pandas as pd
import pytest

from data.load import release_table
from geo.changes import Changes, changes
from geo.matching import match, posts
from geo.schemas import TABLES


@dataclass(frozen=True)
class Network:
    postings: pd.DataFrame
    accreditations: pd.DataFrame
    complete: bool = True


def network(text: str, complete: bool = True, seed: int | None = None) -> Network:
    """The network that `text` writes; a seed shuffles its rows, which must change nothing."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if seed is not None:
        random.Random(seed).shuffle(lines)
    posted, served = [], []
    for number, line in enumerate(lines, start=1):
        what, countries, more = (part.strip() for part in f"{line} | | ".split("|")[:3])
        kind, region, label = "LO", None, what
        if what.startswith(("FILO", "multilateral")):
            kind, host, organisation, city = what.split()[0], "-", what.split()[1], "-"
            region, label = ("Europol", what) if kind == "multilateral" else (None, what)
            organisation = "-" if kind == "multilateral" else organisation
        else:
            host, organisation, city = what.split(maxsplit=2)
        status, _, theme = more.partition(",")
        cells = {
            "kind": kind,
            "row": number,
            "region": region,
            "label": label,
            "organisation": None if organisation == "-" else organisation,
            "city_printed": None if city == "-" else city,
            "city": None if city == "-" or city.startswith("~") else city,
            "host": None if host == "-" else host,
            "status": status.strip() or "active",
            "theme": theme.strip() or None,
        }
        posted.append(cells)
        for iso3 in countries.split():
            basis = "host" if iso3 == host else "named"
            served.append({"kind": kind, "row": number, "iso3": iso3, "basis": basis})
    return Network(
        pd.DataFrame(posted, columns=list(TABLES["postings"].columns)),
        pd.DataFrame(served, columns=list(TABLES["accreditations"].columns)),
        complete,
    )


def diff(before: str, after: str, complete: tuple[bool, bool] = (True, True)) -> Changes:
    return changes(network(before, complete[0]), network(after, complete[1]))


def brief(found: Changes) -> dict[str, list[str]]:
    """Every part that is not empty, one short text per row."""

    def line(row: dict[str, object]) -> str:
        return " ".join("-" if cell is None else str(cell) for cell in row.values())

    columns = {
        "opened": ["host", "organisation", "city"],
        "closed": ["host", "organisation", "city"],
        "moved": ["host", "organisation_after", "city_before", "city_after"],
        "organisation_changed": ["host", "city_after", "organisation_before", "organisation_after"],
        "status_changed": ["host", "organisation_after", "status_before", "status_after"],
        "served": ["host", "organisation", "added", "dropped"],
        "gained": ["iso3", "host", "organisation"],
        "lost": ["iso3", "host", "organisation"],
        "flexible_opened": ["organisation", "theme"],
        "flexible_closed": ["organisation", "theme"],
        "multilateral_opened": ["label"],
        "multilateral_closed": ["label"],
    }
    told = {}
    for name, wanted in columns.items():
        rows = getattr(found, name)[wanted].to_dict("records")
        if rows:
            told[name] = [line(row) for row in rows]
    return told


PERU = "PER NP Lima | PER CHL"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (PERU, PERU, {}),
        ("", "", {}),
        # opened and closed
        (
            PERU,
            PERU + "\nKEN KMar Nairobi | KEN",
            {"opened": ["KEN KMar Nairobi"], "gained": ["KEN KEN KMar"]},
        ),
        (
            PERU + "\nKEN KMar Nairobi | KEN PER",
            PERU,
            {"closed": ["KEN KMar Nairobi"], "lost": ["KEN KEN KMar"]},
        ),
        # a second post of the same triple, and a country still served by another
        (PERU, f"{PERU}\n{PERU}", {"opened": ["PER NP Lima"]}),
        # moved: same host and organisation in another city
        (PERU, "PER NP Cuzco | PER CHL", {"moved": ["PER NP Lima Cuzco"]}),
        ("PER NP ~Puno | PER", "PER NP ~Ica | PER", {"moved": ["PER NP ~Puno ~Ica"]}),
        ("PER NP ~Puno | PER", "PER NP ~puno | PER", {}),
        # a city that is not printed is no other city
        ("PER NP - | PER", "PER NP Lima | PER", {}),
        ("PER NP Lima | PER", "PER NP - | PER", {}),
        (
            "PER NP - | PER\nPER NP Lima | PER",
            "PER NP Lima | PER\nPER NP Cuzco | PER",
            {},  # Lima is Lima, so the one without a city may well be Cuzco
        ),
        # organisation changed, also stated or no longer stated
        (PERU, "PER KMar Lima | PER CHL", {"organisation_changed": ["PER Lima NP KMar"]}),
        ("PER - Lima | PER", "PER NP Lima | PER", {"organisation_changed": ["PER Lima - NP"]}),
        ("PER NP Lima | PER", "PER - Lima | PER", {"organisation_changed": ["PER Lima NP -"]}),
        ("PER - - | PER", "PER NP Lima | PER", {"organisation_changed": ["PER Lima - NP"]}),
        # another organisation in another city is another post
        (
            PERU,
            "PER KMar Cuzco | PER CHL",
            {"opened": ["PER KMar Cuzco"], "closed": ["PER NP Lima"]},
        ),
        # the same triple goes before a move, a move before another organisation
        (
            "PER NP Lima | PER\nPER KMar Cuzco | PER",
            "PER KMar Lima | PER\nPER NP Cuzco | PER",
            {"moved": ["PER KMar Cuzco Lima", "PER NP Lima Cuzco"]},
        ),
        # status
        (
            "PER NP Lima | PER | planned",
            "PER NP Lima | PER",
            {"status_changed": ["PER NP planned active"], "gained": ["PER PER NP"]},
        ),
        (
            "PER NP Lima | PER",
            "PER NP Lima | PER | planned",
            {"status_changed": ["PER NP active planned"], "lost": ["PER PER NP"]},
        ),
        ("", "PER NP Lima | PER | planned", {"opened": ["PER NP Lima"]}),
        # countries of a post that goes on
        (
            PERU,
            "PER NP Lima | PER BOL",
            {
                "served": ["PER NP BOL CHL"],
                "gained": ["BOL PER NP"],
                "lost": ["CHL PER NP"],
            },
        ),
        # a country goes over to another post: no gain, no loss
        (
            "PER NP Lima | PER BOL\nCHL NP Santiago | CHL",
            "PER NP Lima | PER\nCHL NP Santiago | CHL BOL",
            {"served": ["CHL NP BOL ", "PER NP  BOL"]},
        ),
        # flexible and multilateral: theirs are no countries of the network
        (
            "FILO NP | ROU | , CTER",
            "FILO KMar | BGR | , CTER\nFILO NP | ROU | ,cter",
            {"flexible_opened": ["KMar CTER"]},
        ),
        (
            "multilateral Adviseur\nmultilateral Adviseur\nmultilateral Jurist",
            "multilateral ADVISEUR",
            {"multilateral_closed": ["multilateral Adviseur", "multilateral Jurist"]},
        ),
        # at home nothing is gained
        (PERU, "PER NP Lima | PER CHL NLD", {"served": ["PER NP NLD "]}),
    ],
)
def test_each_kind_of_change(before: str, after: str, told: dict[str, list[str]]):
    found = diff(before, after)
    assert brief(found) == told
    assert found.unknown == ("missions",)


KENYA = """
KEN KMar Nairobi | KEN TZA SOM SSD SDN ETH ERI SYC
KEN KMar Nairobi | KEN TZA ZAF ETH SYC
"""


def test_of_two_in_one_city_the_one_that_shares_most_goes_on():
    found = diff(
        KENYA,
        """
        KEN KMar Nairobi | KEN ZAF ETH SYC MOZ
        KEN KMar Nairobi | KEN TZA SOM SSD SDN ETH ERI SYC UGA
        """,
    )
    assert brief(found)["served"] == ["KEN KMar UGA ", "KEN KMar MOZ TZA"]
    found = diff(KENYA, "KEN KMar Nairobi | KEN ZAF ETH")
    assert brief(found)["closed"] == ["KEN KMar Nairobi"]
    assert list(found.closed["countries"]) == ["ERI ETH KEN SDN SOM SSD SYC TZA"]


def test_the_theme_settles_what_the_countries_leave_open():
    both = "COL NP Bogota | COL | active, havens\nCOL NP Bogota | COL | active, mensenhandel"
    found = diff(both, "COL NP Bogota | COL CRI | active, mensenhandel")
    assert list(found.closed["theme"]) == ["havens"]


TANGLE = """
    PER NP Lima | PER CHL
    PER NP Lima | PER BOL
    PER NP Lima | PER
    PER KMar Lima | PER | planned
    PER - Cuzco | PER ECU | active, havens
    KEN KMar Nairobi | KEN TZA
    KEN KMar Nairobi | KEN TZA
    KEN GPI - | KEN
    FILO NP | ROU | , CTER
"""
TANGLED = """
    PER NP Lima | PER CHL BOL
    PER NP Cuzco | PER BOL
    PER KMar Lima | PER
    PER GPI Lima | PER
    KEN KMar Nairobi | KEN
    KEN KMar Mombasa | KEN TZA
    KEN NP Nairobi | KEN
    FILO NP | ROU
"""


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_rows_changes_nothing(seed: int):
    def told(*seeds: int | None) -> dict[str, object]:
        sides = zip((TANGLE, TANGLED), seeds, strict=True)
        found = changes(*(network(text, seed=seed) for text, seed in sides))
        return brief(found)

    assert told(seed, seed + 100) == told(None, None)


def test_every_posting_is_told_of_once():
    before, after = (network(text) for text in (TANGLE, TANGLED))
    sides = [posts(side.postings, side.accreditations) for side in (before, after)]
    found = match(*sides, complete=True)
    pairs = [*found.same, *found.moved, *found.organisation_changed, *found.uncertain]
    for side, alone in enumerate((found.closed, found.opened)):
        rows = [pair[side].row for pair in pairs] + [post.row for post in alone]
        assert sorted(rows) == sorted(post.row for post in sides[side])


def test_a_partial_release_before_never_opens_or_gains():
    found = diff("PER NP - | PER", "PER NP Lima | PER CHL\nKEN KMar Nairobi | KEN", (False, True))
    assert brief(found) == {}
    assert set(found.unknown) == {
        *("posts.opened", "posts.moved", "posts.organisation_changed"),
        *("countries.gained", "served.added", "flexible.opened", "multilateral.opened"),
        "missions",
    }
    gone = diff("PER NP Lima | PER\nFILO NP | , x", "KEN KMar Nairobi | KEN", (False, True))
    assert brief(gone) == {
        "closed": ["PER NP Lima"],
        "lost": ["PER PER NP"],
        "flexible_closed": ["NP -"],
    }


def test_a_partial_release_after_never_closes_or_loses():
    found = diff("PER NP Lima | PER CHL\nKEN KMar Nairobi | KEN", "PER NP - | PER", (True, False))
    assert brief(found) == {}
    assert set(found.unknown) == {
        *("posts.closed", "posts.moved", "posts.organisation_changed"),
        *("countries.lost", "served.dropped", "flexible.closed", "multilateral.closed"),
        "missions",
    }
    new = diff("PER NP Lima | PER", "KEN KMar Nairobi | KEN\nFILO NP | ROU", (True, False))
    assert brief(new) == {
        "opened": ["KEN KMar Nairobi"],
        "gained": ["KEN KEN KMar"],
        "flexible_opened": ["NP -"],
    }


def test_a_partial_release_proves_no_move():
    """The post in Istanbul may have been there already; that of Ankara is gone all the same."""
    before, after = "TUR KMar Ankara | TUR", "TUR KMar Istanbul | TUR"
    assert brief(diff(before, after, (False, True))) == {"closed": ["TUR KMar Ankara"]}
    assert brief(diff(before, after, (True, False))) == {"opened": ["TUR KMar Istanbul"]}
    # Where the letter does not say whose post it was, it may be any that is there now.
    rome = "ITA NP Rome | ITA AUT\nITA GPI Rome | ITA MLT"
    assert brief(diff("ITA - Rome | ITA", rome, (False, True))) == {}


def test_without_a_network_on_one_side_nothing_is_known():
    found = changes(None, network(PERU))
    assert brief(found) == {}
    assert found.unknown == (
        *("posts", "countries", "served", "flexible", "multilateral"),
        "missions",
    )


def test_a_row_without_a_host_is_known_again_by_its_label():
    before, after = network("- NP Lima | PER"), network("- NP Lima | PER\nPER NP Lima | PER")
    assert brief(changes(before, after)) == {"opened": ["PER NP Lima"]}


def test_a_large_network():
    """6,000 postings, among them 400 of one organisation in one city."""

    def made(shift: int) -> Network:
        chance = random.Random(7)
        lines = []
        for number in range(6000):
            host = f"H{number % 180:02d}" if number >= 400 else "PER"
            body = chance.choice(["NP", "KMar", "GPI"]) if number >= 400 else "NP"
            city = f"Stad {chance.randrange(4)}" if number >= 400 else "Lima"
            served = " ".join(f"C{chance.randrange(90):02d}" for _ in range(4))
            lines.append(f"{host} {body} {city} | {served} C{number % (97 + shift):02d}")
        return network("\n".join(lines))

    before, after = made(0), made(1)
    found = changes(before, after)  # under a second; comparing each with each takes minutes
    assert len(found.opened) == len(found.closed) == 0


# --- missions -------------------------------------------------------------------------------------


def missions(**officers: int | None) -> pd.DataFrame:
    return pd.DataFrame({"mission": list(officers), "personnel": list(officers.values())})


def counts(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def test_missions_2023_and_2025():
    """Read by hand from the two tables."""
    tables = [release_table("deployments", name) for name in ("bijlage-2023-12", "bijlage-2025-11")]
    found = changes(None, None, *tables)
    assert counts(found.missions_new) == [("EUSDI Golf van Guinee", None, 1), ("OSC", None, 1)]
    assert counts(found.missions_ended) == [("USSC", 1, None)]
    assert counts(found.missions_up) == [
        ("EUBAM Libië", 1, 3),
        ("EUCAP Sahel Mali", 1, 4),
        ("EUMA Armenië", 3, 9),
        ("EUMM Georgië", 3, 4),
    ]
    assert counts(found.missions_down) == [
        ("EUAM Oekraïne", 2, 1),
        ("EUCAP Somalië", 5, 4),
        ("EULEX Kosovo", 4, 1),
        ("EUPOL COPPS", 3, 1),
    ]
    assert found.missions_unchanged == 2  # EUAM Irak 4, OVSE Westelijke Balkan 1
    assert "missions" not in found.unknown


def test_a_partial_table_of_missions():
    before, after = missions(a=1, b=2, c=3), missions(b=4, c=3, d=5)
    found = changes(None, None, before, after, (False, True))
    assert counts(found.missions_new) == []
    assert counts(found.missions_ended) == [("a", 1, None)]
    assert "missions.new" in found.unknown
    found = changes(None, None, before, after, (True, False))
    assert counts(found.missions_new) == [("d", None, 5)]
    assert counts(found.missions_ended) == []
    assert counts(found.missions_up) == [("b", 2, 4)]
    assert found.missions_unchanged == 1
    assert "missions.ended" in found.unknown


def test_a_number_that_could_not_be_read_is_no_zero():
    found = changes(None, None, missions(a=1, b=2), missions(a=None, b=2))
    assert found.missions_unchanged == 1
    assert found.missions_down.empty and found.missions_ended.empty
    assert "missions.personnel" in found.unknown


def test_a_mission_on_two_rows_is_counted_whole():
    twice = pd.DataFrame({"mission": ["a", "a"], "personnel": [1, 2]})
    assert changes(None, None, missions(a=3), twice).missions_unchanged == 1


def test_without_a_table_nothing_is_known_of_missions():
    found = changes(None, None, None, missions(a=1))
    assert found.missions_unchanged is None
    assert "missions" in found.unknown
    assert found.missions_new.empty


# --- the releases there are -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def releases(network):
    """The letter of 2013, which is partial, and the annex of 2025."""
    return Network(*network("kst-31015-94"), False), Network(*network("bijlage-2025-11"))


def test_2013_and_2025(releases):
    """By hand: of the posts that the letter mentions Ankara's second and Venezuela's are gone."""
    found = changes(*releases)
    assert found.opened.empty and found.gained.empty and found.moved.empty
    assert brief(found)["closed"] == ["TUR KMar Ankara", "VEN - -"]
    assert brief(found)["status_changed"] == ["BRA GPI planned active"]
    assert found.lost.empty  # Venezuela is served from Willemstad now
    assert len(found.flexible_closed) == 5
    assert {"posts.opened", "countries.gained"} <= set(found.unknown)


def test_2025_and_itself(releases):
    found = changes(releases[1], releases[1])
    assert brief(found) == {}


def test_back_to_2013(releases):
    """A letter that mentions some posts ends none and adds one: the planned post of then."""
    found = brief(changes(*reversed(releases)))
    assert {"closed", "lost", "flexible_closed", "multilateral_closed"}.isdisjoint(found)
    assert found["opened"] == ["TUR KMar Ankara", "VEN - -"]


def test_records_are_plain(releases):
    found = diff(PERU, "PER KMar Lima | PER BOL\nKEN NP Nairobi | KEN")
    told = json.loads(json.dumps(found.records(), allow_nan=False))
    assert list(told) == [
        *("posts", "countries", "served", "flexible", "multilateral", "missions", "unknown")
    ]
    assert told["posts"]["opened"] == [
        {
            "row": 2,
            "host": "KEN",
            "organisation": "NP",
            "city": "Nairobi",
            "status": "active",
            "theme": None,
            "label": "KEN NP Nairobi",
            "countries": ["KEN"],
        }
    ]
    assert told["countries"]["gained"][0] == {
        "iso3": "BOL",
        "postings": [
            {
                "row": 1,
                "host": "PER",
                "organisation": "KMar",
                "city": "Lima",
                "label": "PER KMar Lima",
                "basis": "named",
            }
        ],
    }
    assert [row["iso3"] for row in told["countries"]["lost"]] == ["CHL"]
    assert told["served"][0]["added"] == ["BOL"] and told["served"][0]["dropped"] == ["CHL"]
    assert told["missions"]["unchanged"] is None and told["unknown"] == ["missions"]
    json.dumps(changes(*releases).records(), allow_nan=False)


def test_each_part_has_its_columns_even_when_empty():
    full, empty = diff(TANGLE, TANGLED), changes(None, None)
    for name in ("opened", "moved", "served", "gained", "flexible_opened", "missions_new"):
        assert list(getattr(full, name).columns) == list(getattr(empty, name).columns)
