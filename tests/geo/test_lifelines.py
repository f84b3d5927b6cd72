"""Posts through releases, from networks small enough to work out by hand."""

from __future__ import annotations

import pandas as pd

from geo.cover_history import Dated
from geo.lifelines import Evidence, Lifeline, lifelines

POST = ["kind", "row", "host", "organisation", "city", "status", "theme", "label", "city_printed"]
SERVED = ["kind", "row", "iso3", "basis"]


def network(as_of: str, *posts: str, complete: bool = True) -> Dated:
    """A network of posts such as "KEN KMar Nairobi"; "-" is not stated, "?" a plan."""
    rows = []
    for number, text in enumerate(posts, start=1):
        host, organisation, city = text.rstrip("?").split(" ", 2)
        said = [None if word == "-" else word for word in (organisation, city)]
        status = "planned" if text.endswith("?") else "active"
        rows.append(("LO", number, host, *said, status, None, host, said[1]))
    served = [("LO", row[1], row[2], "host") for row in rows]
    frames = pd.DataFrame(rows, columns=POST), pd.DataFrame(served, columns=SERVED)
    return Dated(as_of, as_of, complete, *frames)


def told(line: Lifeline) -> tuple[str, str, str]:
    """(post, sightings, intervals): + present, - absent, ! mentioned, ? planned; = known, ~ not."""
    signs = {"present": "+", "absent": "-", "mentioned": "!", "planned": "?"}
    sightings = " ".join(f"{signs[sighting.kind]}{sighting.date}" for sighting in line.sightings)
    known = " ".join(f"{a}{'=' if sure else '~'}{b}" for a, b, sure in line.intervals)
    return f"{line.host} {line.organisation or '-'} {line.city or '-'}", sightings, known


def test_what_lies_between_two_networks() -> None:
    lines = lifelines(
        [
            network("2016", "ESP NP Madrid", "POL NP Warschau"),
            network("2018", "ESP NP Madrid", "ITA NP Rome"),
            network("2020", "ESP NP Madrid", "ITA NP Rome"),
            network("2022", "ESP NP Madrid", "POL NP Warschau"),
        ]
    )
    assert [told(line) for line in lines] == [
        ("ESP NP Madrid", "+2016 +2018 +2020 +2022", "2016=2018 2018=2020 2020=2022"),
        ("POL NP Warschau", "+2016 -2018 -2020 +2022", "2016~2018 2020~2022"),
        ("ITA NP Rome", "-2016 +2018 +2020 -2022", "2016~2018 2018=2020 2020~2022"),
    ]
    assert [line.steady for line in lines] == [True, False, False]
    assert [line.opened for line in lines] == [None, ("2020", "2022"), ("2016", "2018")]
    assert [line.closed for line in lines] == [None, None, ("2020", "2022")]


def test_a_move_and_another_organisation_are_the_same_post() -> None:
    lines = lifelines(
        [network("2018", "TUR NP Ankara", "KEN NP Nairobi"),
         network("2020", "TUR NP Istanbul", "KEN KMar Nairobi")]
    )  # fmt: skip
    assert [told(line)[0] for line in lines] == ["KEN KMar Nairobi", "TUR NP Istanbul"]
    assert [[(m.organisation, m.city) for m in line.sightings] for line in lines] == [
        [("NP", "Nairobi"), ("KMar", "Nairobi")],
        [("NP", "Ankara"), ("NP", "Istanbul")],
    ]
    assert not any(line.steady for line in lines)


def test_two_officers_in_a_city_are_two_lines() -> None:
    lines = lifelines([network("2018", "KEN KMar Nairobi", "KEN KMar Nairobi"),
                       network("2020", "KEN KMar Nairobi")])  # fmt: skip
    assert [told(line)[1] for line in lines] == ["+2018 +2020", "+2018 -2020"]


def test_a_plan_is_no_post() -> None:
    lines = lifelines([network("2018", "BRA KMar Brasilia?"), network("2020", "BRA KMar Brasilia?"),
                       network("2022", "BRA KMar Brasilia")])  # fmt: skip
    assert [told(line)[1:] for line in lines] == [("?2018 ?2020 +2022", "2020~2022")]
    assert lines[0].opened == ("2020", "2022")


def test_a_part_of_the_network_is_evidence() -> None:
    lines = lifelines(
        [
            network("2013", "ESP NP Madrid", "TUR KMar Ankara", "ITA - Rome", "COL - -",
                    "VEN - -", "BEL NP Brussel?", complete=False),
            network("2018", "TUR NP Ankara", "ITA NP Rome", "ITA GPI Rome", "COL NP Bogota"),
            network("2022", "ESP NP Madrid", "TUR NP Ankara", "ITA NP Rome", "ITA GPI Rome",
                    "COL NP Bogota"),
        ]
    )  # fmt: skip
    assert {told(line)[0]: told(line)[1:] for line in lines} == {
        "TUR NP Ankara": ("+2018 +2022", "2018=2022"),
        "ITA NP Rome": ("+2018 +2022", "2018=2022"),
        "ITA GPI Rome": ("+2018 +2022", "2018=2022"),
        "COL NP Bogota": ("+2018 +2022", "2018=2022"),
        # It was there in 2013, not in 2018, and again in 2022; between, nobody says when.
        "ESP NP Madrid": ("!2013 -2018 +2022", "2013~2018 2018~2022"),
        # The one in Ankara is of another organisation.
        "TUR KMar Ankara": ("!2013 -2018", "2013~2018"),
        # It may be either of the two, and the one in Colombia in any city: no network lacks it.
        "ITA - Rome": ("!2013", ""),
        "COL - -": ("!2013", ""),
        "VEN - -": ("!2013 -2018", "2013~2018"),
        "BEL NP Brussel": ("?2013 -2018", ""),
    }


def test_an_organisation_that_is_not_stated_belongs_to_the_only_post_of_the_city() -> None:
    claims = [Evidence("2020", "elsewhere", "ITA", "Rome"),
              Evidence("2021", "elsewhere", "ITA", "Milaan", "NP")]  # fmt: skip
    lines = lifelines([network("2018", "ITA NP Rome"), network("2022", "ITA NP Rome")], claims)
    assert [told(line) for line in lines] == [
        ("ITA NP Rome", "+2018 !2020 +2022", "2018=2020 2020=2022"),
        ("ITA NP Milaan", "-2018 !2021 -2022", "2018~2021 2021~2022"),
    ]


def test_claims_without_a_city_join_the_one_city_that_is_named() -> None:
    """Two sources on one post: one names its city, the other only the country."""
    claims = [Evidence("2023-03", "minister", "COL", "", "GPI")]
    claims.append(Evidence("2025", "press", "COL", "Bogota", "GPI"))
    [line] = lifelines([], claims)
    assert (line.city, [seen.date for seen in line.sightings]) == ("Bogota", ["2023-03", "2025"])
    apart = [*claims, Evidence("2024", "press", "COL", "Cali", "GPI")]
    assert len(lifelines([], apart)) == 3
