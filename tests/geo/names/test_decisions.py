"""What people decided goes before every table, is seen in the reading, and is never lost."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import reference
from geo.errors import DataError
from geo.names.cities import Gazetteer
from geo.names.decisions import Decision, Ignored, decisions
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver
from geo.problems import Problem
from geo.reading.lists import read_list
from geo.reading.missions import PrintedDeployment, read_deployments
from geo.reading.posting import PrintedRow, Reading, read_rows


def decided(printed: str, meaning: str, value: str = "", reason: str = "") -> Decision:
    return Decision(printed, meaning, value, reason, "beheer", "2026-05-01T09:30:00Z")


def told(problems: list[Problem]) -> list[tuple[object, ...]]:
    """(severity, printed, code, what it is read as or why it is left out); by whom and when."""
    for problem in problems:
        who = (problem.params.get("by", "beheer"), problem.params.get("on", "2026-05-01"))
        assert who == ("beheer", "2026-05-01")
    whats = [{k: v for k, v in p.params.items() if k in ("country", "region")} for p in problems]
    return [
        (p.severity, p.printed, p.code, *(what.values() or [p.params.get("why")]))
        for p, what in zip(problems, whats, strict=True)
    ]


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("printed", ["Narnia", "NARNIA ", "nárnia", "Nar-nia"])
def test_a_decided_name_is_certain_after_its_key(resolving, printed: str):
    found = resolving(decided("Narnia", "country", "PER")).resolve(printed)
    assert (found.iso3, found.how, found.score, found.printed) == ("PER", "alias", 100.0, printed)
    assert found.decision.decided_by == "beheer"


@pytest.mark.parametrize(
    "printed", ["Congo", "Peru", "PER", "Republiek Peru", "Burkina Fasa", "Benelux", "x" * 300]
)
def test_a_decision_wins_over_every_table(resolving, printed: str):
    resolver = resolving(decided(printed, "country", "COD"))
    for found in (resolver.resolve(printed), resolver.exact(printed), resolver.unit(printed)):
        assert isinstance(found, Match)
        assert found.iso3 == "COD"
    assert resolver.knows(printed) and not resolver.is_ambiguous(printed)


def test_a_name_nobody_decided_about_stays_as_it_was(resolver: Resolver, resolving):
    other = resolving(decided("Congo", "country", "COD"))
    for printed in ("Korea", "DR Congo", "Congo-Brazzaville", "Kongo", "Peru", "Narnia", "Benelux"):
        assert other.resolve(printed) == resolver.resolve(printed)
    assert isinstance(resolver.resolve("Congo"), Unresolved)


def test_a_region_and_no_country(resolving):
    resolver = resolving(
        decided("Lage landen", "region", "Benelux"), decided("Narnia", "not-a-country")
    )
    region = resolver.resolve("lage landen")
    assert isinstance(region, Region)
    assert (region.name, region.members) == ("Benelux", ("BEL", "LUX", "NLD"))
    assert isinstance(resolver.unit("Lage landen"), Unresolved)  # one country is needed there
    for found in (resolver.resolve("Narnia"), resolver.exact("Narnia"), resolver.unit("Narnia")):
        assert isinstance(found, Ignored)
        assert found.printed == "Narnia" and not found.leaves_out


def test_the_last_decision_holds(resolving):
    resolver = resolving(decided("Congo", "country", "COG"), decided("congo", "country", "COD"))
    assert resolver.resolve("Congo").iso3 == "COD"


@pytest.mark.parametrize(
    ("decision", "named"),
    [
        (decided("Narnia", "country", "QQQ"), "QQQ"),
        (decided("Narnia", "country"), "Narnia"),
        (decided("Narnia", "region", "Middenaarde"), "Middenaarde"),
        (decided("Narnia", "continent", "PER"), "continent"),
        (decided("Narnia", "countries", "PER QQQ"), "PER QQQ"),
        (decided("Narnia", "countries"), "Narnia"),
        (decided("Narnia", "organisation", "FBI"), "FBI"),
        (decided("Narnia", "column", "country"), "column"),
        (decided(" / ", "country", "PER"), " / "),
    ],
)
def test_a_decision_on_what_does_not_exist_is_refused(resolving, decision: Decision, named: str):
    with pytest.raises(DataError, match=named):
        resolving(decision)


def test_a_region_decided_as_a_list_of_countries(resolving):
    found = resolving(decided("Hoorn van Narnia", "countries", "SOM DJI")).resolve(
        "hoorn van narnia"
    )
    assert isinstance(found, Region)
    assert (found.name, found.members) == ("Hoorn van Narnia", ("SOM", "DJI"))


def test_an_organisation_and_a_heading_are_no_names(resolving):
    resolver = resolving(
        decided("Peru", "organisation", "GPI"),
        decided("Congo", "country", "COD"),
        decided("Congo", "column", "area"),
    )
    assert resolver.organisation("PERU").value == "GPI" and resolver.organisation("Chili") is None
    assert resolver.column("congo").value == "area" and resolver.column("Peru") is None
    assert (resolver.resolve("Peru").iso3, resolver.resolve("Congo").iso3) == ("PER", "COD")


def test_rows_of_the_table_become_decisions():
    frame = pd.DataFrame(
        {
            "printed": ["Congo", "x"],
            "meaning": ["country", "leave-out"],
            "value": ["COD", None],
            "reason": [None, "a note"],
            "decided_by": ["beheer", "beheer"],
            "decided_at": ["2026-05-01T09:30:00Z", "2026-05-02T09:30:00Z"],
        }
    )
    first, second = decisions(frame)
    assert first == decided("Congo", "country", "COD")
    assert (second.meaning, second.value, second.reason) == ("leave-out", "", "a note")


# --- lists ----------------------------------------------------------------------------------------

DECIDED = (
    decided("Congo", "country", "COD"),
    decided("Narnia", "not-a-country"),
    decided("voorheen", "not-a-country"),
    decided("Noord/Oost Syrië", "country", "SYR"),
    decided("Congo (oost)", "country", "COD"),
    decided("Sahel en omstreken", "region", "Golf van Guinee"),
    decided("Peru, Chili en Bolivia", "leave-out", "", "elders geteld"),
    decided("delen van Azië waar dat nodig is en ook daarbuiten, zie de brief", "not-a-country"),
)


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Congo en Gabon", ["COD", "GAB"]),
        ("Congo Gabon", ["COD", "GAB"]),
        ("DR Congo, Congo-Brazzaville", ["COD", "COG"]),
        ("Narnia Moldavië", ["- Narnia", "MDA"]),
        ("Moldavië / narnia", ["MDA", "- narnia"]),
        # A joining word that is no country may do something to the country beside it.
        ("Peru (voorheen)", ["PER", "- voorheen"]),
        ("Peru / voorheen Chili", ["PER", "? voorheen Chili"]),
        ("Peru / Noord / Oost Syrië / Chili", ["PER", "SYR", "CHL"]),
        ("noord/oost-syrië", ["SYR"]),
        ("Gabon en Congo (oost) en Peru", ["GAB", "COD", "PER"]),
        ("Gabon (Congo (oost)) / Peru", ["GAB", "COD", "PER"]),
        ("Sahel & omstreken, Peru", ["Golf van Guinee", "PER"]),
        ("Peru, Chili en Bolivia en Brazilië", ["- Peru, Chili en Bolivia", "BRA"]),
        ("Peru, Chili", ["PER", "CHL"]),
        ("Noord en Zuid Soedan / Congo (oost)", ["SDN", "SSD", "COD"]),
        # Only where it stands apart: part of a longer name is another name.
        ("Groot Noord/Oost Syrië", ["? Groot Noord Syrië", "? Oost Syrië"]),
    ],
)
def test_lists_with_decided_texts(resolving, printed: str, found: list[str]):
    def short(name: object) -> str:
        if isinstance(name, Match):
            return name.iso3
        if isinstance(name, Region):
            return name.name
        return f"{'-' if isinstance(name, Ignored) else '?'} {name.printed}"

    assert [short(name) for name in read_list(printed, resolving(*DECIDED))] == found


def test_a_long_decided_text_is_one(resolving):
    text = DECIDED[-1].printed
    (found,) = read_list(text, resolving(*DECIDED))
    assert isinstance(found, Ignored) and found.printed == text


# --- rows -----------------------------------------------------------------------------------------


@pytest.fixture
def read(resolving, gazetteer: Gazetteer):
    def one(*taken: Decision, label="Peru - NP", city="Lima", area="Peru", kind="LO") -> Reading:
        row = PrintedRow(kind, "doc", "Table 1", 7, "", label, city, area)
        return read_rows([row], resolving(*taken), gazetteer)

    return one


def served(reading: Reading) -> dict[object, tuple[object, ...]]:
    return {
        row["iso3"]: (row["printed"], row["basis"], row["match"]) for row in reading.accreditations
    }


def test_a_decided_country_is_served_and_seen(read):
    reading = read(decided("Congo", "country", "COD"), area="Peru / Congo")
    assert served(reading)["COD"] == ("Congo", "named", "alias")
    assert told(reading.problems) == [("warning", "Congo", "decided_country", "COD")]
    assert (reading.problems[0].row, reading.problems[0].field) == (("LO", 7), "countries")


def test_a_decided_region_is_served_and_seen(read):
    reading = read(decided("Lage landen", "region", "Benelux"), area="Peru / Lage landen")
    assert set(served(reading)) == {"PER", "BEL", "NLD", "LUX"}
    assert served(reading)["LUX"] == ("Lage landen", "region", "region")
    assert told(reading.problems) == [("warning", "Lage landen", "decided_region", "Benelux")]


def test_what_is_left_out_serves_nobody_and_is_quoted(read):
    reading = read(
        decided("Narnia", "leave-out", "", "bestaat niet"),
        decided("wereldwijd", "not-a-country"),
        area="Peru / Narnia / wereldwijd",
    )
    assert set(served(reading)) == {"PER"}
    assert told(reading.problems) == [
        ("warning", "Narnia", "name_left_out", "bestaat niet"),
        ("warning", "wereldwijd", "name_left_out", ""),
    ]


def test_a_decided_cell_keeps_its_theme_and_its_pending_decision(read):
    area = "Grenzen van Narnia, taakaccent havens, besluit volgt"
    reading = read(decided(area, "country", "PER"), label="Chili - NP", city="", area=area)
    (post,) = reading.postings
    assert (post["theme"], post["status"]) == ("havens", "planned")
    assert {iso3: basis for iso3, (_, basis, _) in served(reading).items()} == {
        "PER": "named",
        "CHL": "host",
    }


def test_a_decided_host(read):
    reading = read(decided("Congo", "country", "COD"), label="Congo - NP", city="", area="Gabon")
    assert reading.postings[0]["host"] == "COD"
    assert served(reading)["COD"] == ("Congo", "host", "host")
    assert ("warning", "Congo", "decided_country", "COD") in told(reading.problems)
    assert not [problem for problem in reading.problems if problem.severity == "error"]


@pytest.mark.parametrize("printed", ["Narnia", "Narnia - NP"])
def test_a_host_left_out_takes_its_row_along_and_quotes_it(read, printed: str):
    reading = read(decided(printed, "leave-out", "", "vervallen"), label="Narnia - NP")
    assert not reading.postings and not reading.accreditations
    assert told(reading.problems) == [
        ("warning", "Narnia - NP | Lima | Peru", "row_left_out", "vervallen")
    ]
    assert reading.problems[0].row == ("LO", 7)


def test_a_host_that_is_no_country_is_still_missing(read):
    reading = read(decided("Narnia", "not-a-country"), label="Narnia - NP")
    assert reading.postings[0]["host"] is None
    assert told(reading.problems) == [("error", "Narnia - NP", "no_host", None)]
    assert set(served(reading)) == {"PER"}


def test_a_flexible_officer_whose_area_was_decided(read):
    reading = read(
        decided("wereldwijd", "not-a-country"), label="NP FILO", area="wereldwijd", kind="FILO"
    )
    assert not reading.accreditations
    assert told(reading.problems) == [("warning", "wereldwijd", "name_left_out", "")]
    reading = read(
        decided("wereldwijd", "region", "Benelux"), label="NP FILO", area="wereldwijd", kind="FILO"
    )
    assert set(served(reading)) == {"BEL", "NLD", "LUX"}


# --- missions -------------------------------------------------------------------------------------


@pytest.fixture
def deploy(resolving):
    def one(mission: str, duty: str, *taken: Decision):
        row = PrintedDeployment("doc", "Table", 3, mission, duty, "4")
        tables = reference("missions"), reference("mission_aliases")
        return read_deployments([row], None, resolving(*taken), *tables)

    return one


@pytest.mark.parametrize(
    ("mission", "duty", "decision", "areas", "field"),
    [
        ("EUNEW Congo", "", decided("Congo", "country", "COD"), "COD", "areas"),
        (
            "EUNEW (Lage landen)",
            "",
            decided("Lage landen", "region", "Benelux"),
            "BEL LUX NLD",
            "areas",
        ),
        ("EUNEW", "", decided("EUNEW", "country", "PER"), "PER", "areas"),
        ("EUNEW Peru", "Congo", decided("Congo", "country", "COD"), "PER", "duty_iso3"),
        ("EUNEW Peru", "Congo, oost", decided("Congo, oost", "country", "COD"), "PER", "duty_iso3"),
    ],
)
def test_decided_names_in_missions(deploy, mission, duty, decision, areas, field):
    frame, problems = deploy(mission, duty, decision)
    assert frame.loc[0, "areas"] == areas
    (warning,) = problems
    code = f"decided_{decision.meaning}"
    assert told([warning]) == [("warning", decision.printed, code, decision.value)]
    assert (warning.severity, warning.row, warning.field) == ("warning", ("mission", 3), field)


def test_a_word_that_is_no_country_does_not_hide_the_one_behind_it(deploy):
    frame, problems = deploy("EUNEW Sahel Mali", "", decided("Sahel", "not-a-country"))
    assert frame.loc[0, "areas"] == "MLI"
    assert [problem.printed for problem in problems] == ["Sahel"]


def test_a_mission_left_out_is_quoted(deploy):
    frame, problems = deploy(
        "EUNEW Peru", "Chili", decided("EUNEW Peru", "leave-out", "", "dubbel")
    )
    assert frame.empty
    assert told(problems) == [("warning", "EUNEW Peru | Chili | 4", "row_left_out", "dubbel")]


def test_a_duty_station_left_out_leaves_the_mission(deploy):
    frame, problems = deploy("EUNEW Peru", "Narnia", decided("Narnia", "leave-out", "", "onbekend"))
    assert (frame.loc[0, "areas"], frame.loc[0, "duty_printed"]) == ("PER", "Narnia")
    assert frame["duty_iso3"].isna().all()
    assert told(problems) == [("warning", "Narnia", "name_left_out", "onbekend")]
