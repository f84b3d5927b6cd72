"""Gaps in words and tables: sentences that count, rows of the document, nothing claimed unknown."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard import gap_rows, gaps
from dashboard.filters import Filters
from dashboard.i18n import words
from dashboard.tables import Cell
from data.load import reference, release_table
from geo.coverage import Choice, coverage, served
from geo.denominators import denominators
from geo.gaps import gaps as find_gaps
from geo.gaps import nearest_km
from geo.ranking import rank, values

RELEASE = "bijlage-2025-11"
T = words("nl")


@pytest.fixture(scope="module")
def names(units):
    return units.set_index("iso3")["name_nl"]


@pytest.fixture(scope="module")
def frame(units, network):
    def make(*organisations: str, **layers: bool) -> pd.DataFrame:
        postings, accreditations = network(RELEASE)
        return find_gaps(
            coverage(units, postings, accreditations, Choice(organisations, **layers)),
            everyone=coverage(units, postings, accreditations, Choice(**layers)),
            deployments=release_table("deployments", RELEASE),
        )

    return make


@pytest.fixture(scope="module")
def printed(network):
    def rows(*organisations: str) -> pd.Series:
        serving = served(*network(RELEASE), Choice(organisations))
        return serving.sort_values("row").groupby("iso3")["table_row"].agg(list)

    return rows


def area(units: pd.DataFrame, name: str) -> set[str]:
    return set(units.loc[(units["subregion"] == name) | (not name), "iso3"])


@pytest.mark.parametrize(
    ("kinds", "where", "language", "title"),
    [
        (("uncovered",), "", "nl", "63 landen en 51 gebieden hebben geen liaison officer"),
        (
            ("uncovered",),
            "South America",
            "nl",
            "1 land en 4 gebieden in Zuid-Amerika hebben geen liaison officer",
        ),
        (
            ("uncovered",),
            "Central America",
            "nl",
            "Overal in Midden-Amerika is een liaison officer",
        ),
        (("partner_only",), "", "en", "5 countries are served by the Belgian police alone"),
        (
            ("partner_only",),
            "Western Africa",
            "nl",
            "1 land in West-Afrika wordt alleen door de Belgische politie bediend",
        ),
        (("lost",), "", "nl", "Daarover zeggen onze documenten niets"),
        # "lost" is untold, so the other kind has the sentence.
        (("single", "lost"), "", "nl", "71 landen en 7 gebieden hangen af van één plaatsing"),
        ((), "", "nl", "Kies een soort witte vlek"),
    ],
)
def test_the_title_is_the_finding(frame, units, kinds, where, language, title):
    filters = Filters(RELEASE, language=language, area=where, kinds=kinds)
    found = gaps.shown(frame(), filters, area(units, where))
    assert gaps.title(words(language), found, filters, units, {"lost"}) == title


def test_the_answer_names_the_countries_and_their_rows(frame, units, names, printed):
    only = Filters(RELEASE, kinds=("partner_only",))
    found = gaps.shown(frame(), only, area(units, ""))
    # The rows of the annex counted by hand: Moscow is row 22, Rabat (GPI) 30, Madrid (GPI) 50,
    # Rome (GPI) 52, Istanbul (GPI) 54.
    assert gaps.lead(T, found, units, names, printed()) == [
        "Landen: Andorra (rij 50), Mali (rij 30), Pakistan (rij 54), Rusland (rij 22) "
        "en San Marino (rij 52)."
    ]
    here = Filters(RELEASE, area="South America")
    found = gaps.shown(frame(), here, area(units, "South America"))
    lines = gaps.lead(T, found, units, names, printed())
    assert lines[0] == "Land: Ecuador."
    assert lines[1].startswith("Gebieden: Bouveteiland, Falklandeilanden, ")
    # A list that is too long for a sentence stands in the table only.
    everywhere = gaps.shown(frame(), Filters(RELEASE), area(units, ""))
    assert gaps.lead(T, everywhere, units, names, printed()) == []


def test_the_source_says_what_was_read(network):
    postings = network(RELEASE)[0]
    said = gaps.source(T, postings, Filters(RELEASE), "Bijlage")
    assert "1. Gecombineerd Benelux LO-netwerk" in said
    assert "Alle 55 rijen zijn gelezen; 54 daarvan" in said
    asked = Filters(RELEASE, organisations=("KMar",), layers=("regions", "planned"))
    said = gaps.source(T, postings, asked, "Bijlage")
    # Twelve rows print KMar and stand fast, and São Paulo waits for its decision.
    assert "12 daarvan zijn actieve plaatsingen van KMar" in said
    assert "Ook 1 geplande plaatsing telt mee" in said


def test_remarks_say_who_does_serve(frame, printed):
    flexible = pd.Series({"CAF": ["GPI"]})
    notes = gaps.notes(T, frame("NP"), flexible, printed("NP"), printed())
    assert notes["RUS"] == "wel bediend door GPI (rij 22)"
    assert notes["MLI"] == ("wel bediend door GPI (rij 30); 4 politiemensen in EUCAP Sahel Mali")
    assert notes["CAF"].startswith("een FILO (GPI) noemt het als werkgebied")
    assert "wel bediend door een niet vermelde organisatie en GPI" in notes["MEX"]
    assert "ECU" not in notes


def test_a_map_shows_the_worst_of_the_chosen_kinds(frame):
    drawn = gaps.drawn(frame(), ("single", "partner_only")).set_index("iso3")["state"]
    assert drawn[["RUS", "BEL", "ECU", "NLD", "BRA"]].tolist() == [
        *("partner_only", "single", "covered", "home", "covered"),
    ]
    every = gaps.drawn(frame(), gaps.DRAWN).set_index("iso3")["state"]
    assert every[["ISR", "ECU", "MLI", "BES"]].tolist() == [
        *("mission_without_liaison", "uncovered", "partner_only", "single"),
    ]


def test_a_chip_does_not_say_0_of_what_is_unknown():
    counts = {"uncovered": 114, "partner_only": 5, "single": 78, "remote": 102}
    chips = gaps.chips(T, counts | {"lost": None, "mission_without_liaison": 2})
    assert chips["uncovered"] == "Geen officier · 114"
    assert chips["lost"] == "Niet meer bediend · onbekend"


@pytest.fixture(scope="module")
def ranking(frame, units, network, names):
    tables = [reference(name) for name in ("populations", "priority_countries", "eu_members")]
    return rank(values(frame(), nearest_km(units, network(RELEASE)[0], ()), *tables), {}, names)


def plain(cells: list[Cell | str]) -> list[str]:
    shown = [cell.text if isinstance(cell, Cell) else cell for cell in cells]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in shown]


def test_the_list_leads_to_the_rows(frame, units, names, printed, ranking):
    found = gaps.shown(frame(), Filters(RELEASE, kinds=("partner_only",)), area(units, ""))
    people = reference("populations").set_index("iso3")["population"]
    heads, made = gap_rows.listed(T, found, ranking.scores, names, people, {}, printed())
    assert heads[-1] == "In het document" and made[0][0] == Cell("Mali", href="land?land=MLI")
    assert plain(made[0])[2:] == [
        *("Alleen België, Eén plaatsing, Geen post ter plaatse", "19.658.031"),
        *("GPI, Rabat", "2.373", "rij 30"),
    ]
    nobody = gaps.shown(frame(), Filters(RELEASE), area(units, "South America"))
    heads, made = gap_rows.listed(T, nobody, ranking.scores, names, people, {}, printed())
    # Columns that nobody fills are left out.
    assert heads == ["Land of gebied", "Score", "Soort", "Inwoners", "In het document"]
    assert plain(made[0]) == ["Ecuador", "43,6", "Geen officier", "17.373.662", "geen enkele rij"]


def test_the_chart_in_words_and_as_a_table(names, ranking):
    said = gaps.alternative(T, ranking, ["ISR", "PSE"], names)
    assert "Israël: 71 (Soort 29,4, Missie 23,5, Inwoners 11,7" in said
    heads, made = gap_rows.parts(T, ranking, ["ISR", "XAB"], names)
    assert heads[:3] == ["Land of gebied", "Score", "Soort"] and heads[-1] == "Onbekend"
    assert [cell.text if isinstance(cell, Cell) else cell for cell in made[1]][-1] == "Inwoners"


def test_denominators_keep_states_and_territories_apart(units, network):
    table = denominators(coverage(units, *network(RELEASE)), units, reference("populations"))
    filters = Filters(RELEASE, area="South America")
    heads, made = gap_rows.denominators(T, table, filters, "subregion")
    assert heads[:8] == ["Waar", "Wat", "Aantal", "Bediend", "Post", "Eén", "Meer", "Geen"]
    shown = [[text.replace("\N{NON-BREAKING HYPHEN}", "-") for text in plain(row)] for row in made]
    assert [row[:8] for row in shown] == [
        ["Zuid-Amerika", "landen", "12", "11 (92 %)", "4", "4", "7", "1"],
        ["Zuid-Amerika", "betwist", "1", "0 (0 %)", "0", "0", "0", "1"],
        ["Zuid-Amerika", "gebieden", "4", "1 (25 %)", "0", "1", "0", "3"],
        ["Zuid-Amerika", "alles", "17", "12 (71 %)", "4", "5", "7", "5"],
    ]
    world = gap_rows.denominators(T, table, Filters(RELEASE), "continent")[1]
    assert plain(world[-1])[:4] == ["Hele wereld", "alles", "252", "138 (55 %)"]
    # Of the two disputed units in Africa only Western Sahara's population is known.
    africa = next(row for row in map(plain, world) if row[:2] == ["Afrika", "betwist"])
    assert africa[-2:] == ["0,6 + ?", "0 %"]
