"""Where a post helps, as a report: the finding, its parts, the way to a scenario, two languages."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import snapshot
from dashboard.exports import kinds
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Block, Cell, Map, Report, Table, Text
from dashboard.subjects.country import report as country_report
from dashboard.subjects.country.dossier import Country, CountryTables
from dashboard.subjects.planning import question as planning
from dashboard.subjects.planning.report import Planning, report
from dashboard.subjects.scenario import report as scenario_report
from dashboard.subjects.scenario import sides
from dashboard.subjects.scenario.report import WhatIf, valid_scenario, whatif
from dashboard.wording import error_text
from geo.errors import LimitError
from geo.scenario import Add, Close, Rearrange, Scenario

ANNEX, LETTER = "bijlage-2025-11", "kst-31015-94"
YAOUNDE = Filters(ANNEX, within=1500, most=10)


def table(found: Report | list[Block], key: str) -> list[list[Cell]]:
    """The cells of the one table with this key, of a report or among blocks."""
    blocks = list(found.blocks(Table)) if isinstance(found, Report) else found
    (block,) = [each for each in blocks if isinstance(each, Table) and each.key == key]
    return [[c if isinstance(c, Cell) else Cell(c) for c in row] for row in block.rows]


def scenario_of(cell: Cell) -> Scenario:
    """The scenario that a cell leads to, checked against the release."""
    (written,) = parse_qs(urlsplit(cell.href).query)["scenario"]
    return valid_scenario(written, ANNEX)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("nl", "Een officier in Yaoundé bereikt 10 landen zonder officier binnen 1.500 km"),
        ("en", "An officer in Yaoundé reaches 10 countries without an officer within 1,500 km"),
    ],
)
def test_one_officer_in_a_sentence_and_on_the_map(language: str, title: str) -> None:
    """Around Yaoundé ten countries without an officer lie within 1,500 km: Cameroon itself, the
    Central African Republic, Chad, both Congos, Gabon, Equatorial Guinea, São Tomé, Angola, Niger.
    """
    filters = Filters(ANNEX, language, within=1500, most=10)
    found = report(texts_of(language), filters)
    assert found.title == title
    (drawn,) = found.blocks(Map)
    classes, units = drawn.payload["looks"], drawn.payload["units"]
    reached = {code for code, unit in units.items() if classes[unit[0]] == "gained"}
    assert reached == set("CMR CAF TCD COG COD GAB GNQ STP AGO NER".split())
    assert {link[2] for link in drawn.payload["links"]} == reached - {"CMR"}
    assert len(drawn.payload["posts"]) == 1
    assert {"kst-31015-94", "ips-qa-2020"} <= {each.document for each in found.provenance.sources}


def test_the_answer_is_a_scenario_in_which_its_countries_gain() -> None:
    """138 countries are served today; ten that nobody serves come to it."""
    found = Planning(texts_of("nl"), YAOUNDE)
    (add,) = found.scenario.changes
    assert isinstance(add, Add) and (add.organisation, add.host) == ("NP", "CMR")
    effect = whatif(found.scenario, YAOUNDE.choice, "nl").effect
    assert effect.totals("after").covered == 138 + 10 and len(effect.of("gained")) == 10


def test_alternatives_that_reach_the_same_countries_share_a_row() -> None:
    """Malabo lies as near to all ten as Yaoundé."""
    rows = table(Planning(texts_of("nl"), YAOUNDE).alternatives(), "alternatives")
    assert rows[0][0].text == "Yaoundé of Malabo" and rows[0][4].text == "–"
    assert scenario_of(rows[1][5]).changes[0].host != "CMR"


def test_two_at_once_against_one_by_one() -> None:
    found = report(texts_of("nl"), Filters(ANNEX, posts=2))
    assert "komt uit op Lusaka" in found.summary[2] and "minder dan deze keuze" in found.summary[2]
    rows = table(found, "places")
    assert len(rows) == 2 and len(rows[0]) == 5


def test_least_missed_are_told_and_can_be_closed() -> None:
    found = report(texts_of("nl"), Filters(ANNEX))
    assert len(table(found, "missed")[0]) == 5  # a file has no links to scenarios
    assert any(
        "54 actieve posten kunnen er 23 sluiten" in block.text and "Bij 9 daarvan" in block.text
        for block in found.blocks(Text)
    )
    asked = Planning(texts_of("nl"), Filters(ANNEX))
    rows = table(asked.missed(), "missed")
    assert len(rows) == 54
    first = [scenario_of(row[5]).changes for row in rows[:9]]
    assert first == [(Close(row),) for row in (29, 33, 39, 43, 44, 46, 47, 48, 55)]
    assert len(scenario_of(table(asked.together(), "together")[0][5]).changes) == 2


def test_areas_drawn_anew_are_a_scenario_that_keeps_everybody_served() -> None:
    """No country may lose by it, so as many are served after as before."""
    found = Planning(texts_of("nl"), Filters(ANNEX))
    scenario, many = found.areas_scenario()
    assert many > 10
    effect = whatif(scenario, found.filters.choice, "nl").effect
    assert len(effect.of("lost")) == 0
    assert effect.totals("after").covered == effect.totals("before").covered == 138


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_takes_ecuador_on_its_dossier(language: str) -> None:
    """Row 5 (Bogotá) serves six countries, row 6 (Cartagena) one, row 7 (Lima) three."""
    filters = Filters(ANNEX, language, land="ECU")
    assert len(table(country_report.report(texts_of(language), filters), "takers")) == 3
    country = Country(CountryTables(texts_of(language), filters), "ECU")
    rows = table(country.takeover_posts(), "takers")
    named = [row[0].text.split(" (")[0].removeprefix("NP ") for row in rows]
    assert named == ["Bogota" if language == "nl" else "Bogotá", "Cartagena", "Lima"]
    assert rows[0][1].sort == 728.0
    assert [row[2].sort for row in rows] == [6.0, 1.0, 3.0]
    assert scenario_of(rows[0][5]).changes == (Rearrange(5, ("ECU",)),)


def test_nobody_takes_over_what_is_served() -> None:
    peru = Country(CountryTables(texts_of("nl"), Filters(ANNEX, land="PER")), "PER")
    assert peru.takeover_posts() == []


def test_who_takes_over_when_dubai_closes() -> None:
    """Eight countries lose their only officer; each has three posts that might take it over."""
    filters = Filters(ANNEX, scenario=f"{ANNEX}~~close.17")
    what_if = WhatIf(texts_of("nl"), filters, valid_scenario(filters.scenario, ANNEX))
    (block,) = [each for each in what_if.takeover_posts() if isinstance(each, Table)]
    assert len(block.rows) == 8 * 3
    first = block.rows[0][-1]
    assert isinstance(first, Cell) and Close(17) in scenario_of(first).changes
    assert not any("rij 17" in str(row[1]) for row in block.rows)


def test_how_firm_is_counted_in_runs() -> None:
    """Within 1,500 km and ten countries each of six weights and both limits move: at most
    2 * 6 + 4 + 4 questions."""
    found = Planning(texts_of("nl"), YAOUNDE)
    said, _, block = found.firm(planning.firm(found.question))
    assert isinstance(said, Text) and "Yaoundé blijft de uitkomst in" in said.text
    assert isinstance(block, Table) and 12 <= len(block.rows) <= 20


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "dit document noemt maar een deel van de posten"),
        ("en", "this document names only some of the posts"),
    ],
)
def test_a_document_without_the_whole_network_cannot_be_planned_with(
    language: str, words: str
) -> None:
    """The letter of 2013 proves that a post existed, never that one did not."""
    t = texts_of(language)
    with pytest.raises(LimitError) as raised:
        report(t, Filters(LETTER, language))
    assert raised.value.code == "needs_of_partial_release"
    assert words in " ".join(error_text(t, raised.value))


@pytest.mark.parametrize("kind", ["word", "slides", "xlsx", "svg", "geojson"])
def test_it_goes_into_every_file(kind: str) -> None:
    found = report(texts_of("en"), Filters(ANNEX, "en", within=1500, most=10))
    assert len(kinds.KINDS[kind].make(found)) > 2_000


def test_two_scenarios_beside_today() -> None:
    """Dubai closes: 53 posts serve 130; nothing is lost without Rabat (KMar, row 29) but its post.

    Cost: the active posts of NP and KMar, of which both scenarios have one less, times 280,000.
    """
    filters = Filters(ANNEX, scenario=f"{ANNEX}~~close.17", beside=f"{ANNEX}~~close.29")
    postings = snapshot.network(ANNEX).postings
    posts = postings[(postings["kind"] == "LO") & (postings["status"] == "active")]
    dutch = int(posts["organisation"].isin(["NP", "KMar"]).sum())
    found = scenario_report.report(texts_of("en"), filters)
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in table(found, "sides")}
    assert rows["Active posts"] == ["54", "53", "53"]
    assert rows["Countries and territories served"] == ["138", "130", "138"]
    assert rows["Have only one officer"] == ["78", "71", "78"]
    cost = [f"{n * 280_000:,} euro" for n in (dutch, dutch - 1, dutch - 1)]
    assert rows["Cost for each year, an estimate"] == cost
    assert any(f"{dutch} × 280,000" in block.text for block in found.blocks(Text))


def test_no_figure_of_a_scenario_stands_in_two_tables_and_its_map_says_the_finding() -> None:
    found = scenario_report.report(texts_of("en"), Filters(ANNEX, scenario=f"{ANNEX}~~close.17"))
    counts, beyond = ({row[0].text for row in table(found, name)} for name in ("counts", "sides"))
    assert "Active posts" in counts and "Cost for each year, an estimate" in beyond
    assert not counts & beyond and len(beyond) == 6
    figure = found.figure()
    assert figure and figure.title == found.title and "8 countries" in found.title


def test_what_stays_open_is_what_a_new_post_could_close() -> None:
    """Today's sum is all there is to close; ten countries less after Yaoundé."""
    found = Planning(texts_of("nl"), YAOUNDE)
    answer = whatif(found.scenario, YAOUNDE.choice, "nl")
    weight = planning.weights(found.question)
    networks = zip((answer.before, answer.after), answer.coverages, strict=True)
    before, after = (sides.measures(YAOUNDE, sides.Side("", *each), weight) for each in networks)
    assert round(before.open_points, 1) == found.answer.total
    assert round(before.open_points - after.open_points, 1) == found.best.gain
    assert after.people > before.people and (before.covered, after.covered) == (138, 148)
