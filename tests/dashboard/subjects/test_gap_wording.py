"""Gaps in words and tables: sentences that count, rows of the document, nothing claimed unknown."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard import provenance, row_citations
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.links import source_address
from dashboard.report import Cell, Form
from dashboard.subjects.gaps import ranking as gap_ranking
from dashboard.subjects.gaps import wording as gap_wording
from data.load import reference, release_table
from geo import citations
from geo.coverage import coverage
from geo.denominators import denominators
from geo.gaps import gaps as find_gaps
from geo.gaps import nearest_km
from geo.options import Choice
from geo.ranking import SENSITIVITY, Ranking, Scaling, rank, values

RELEASE = "bijlage-2025-11"
T = texts_of("nl")


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
    def rows(*organisations: str, **layers: bool) -> citations.Cited:
        return citations.placed(*network(RELEASE), Choice(organisations, **layers))

    return rows


def kinds_of(units: pd.DataFrame) -> dict[str, str]:
    return dict(zip(units["iso3"], units["kind"], strict=True))


def scores_of(ranking: Ranking) -> dict[str, float | None]:
    return {code: row.score for code, row in ranking.by_unit.items()}


def area(units: pd.DataFrame, name: str) -> set[str]:
    return set(units.loc[(units["subregion"] == name) | (not name), "iso3"])


@pytest.mark.parametrize(
    ("kinds", "where", "language", "title"),
    [
        # Not served: 63 states, 4 disputed units (Western Sahara, Abyei, Taiwan, the Palestinian
        # Territories) and 39 territories: 106 of 244.
        (("uncovered",), "", "nl", "63 landen en 4 betwiste gebieden hebben geen officier"),
        (
            ("uncovered",),
            "South America",
            "nl",
            "1 land in Zuid-Amerika heeft geen officier",
        ),
        (
            ("uncovered",),
            "Central America",
            "nl",
            "Elk land en gebied in Midden-Amerika heeft een officier",
        ),
        (("partner_only",), "", "en", "5 countries are served by the Belgian police alone"),
        (
            ("partner_only",),
            "Western Africa",
            "nl",
            "1 land in West-Afrika wordt alleen door de Belgische politie bediend",
        ),
        (("lost",), "", "nl", "Dat is uit onze documenten niet op te maken"),
        # "lost" is untold, so the other kind has the sentence.
        (("single", "lost"), "", "nl", "71 landen hebben maar één officier"),
        (
            ("mission_without_liaison",),
            "",
            "nl",
            "1 land en 1 betwist gebied met politie in een missie hebben geen officier",
        ),
        ((), "", "nl", "Kies wat u wilt zien"),
    ],
)
def test_the_title_is_the_finding(frame, units, kinds, where, language, title):
    filters = Filters(RELEASE, language=language, area=where, kinds=kinds)
    found = gap_wording.in_choice(frame(), filters, area(units, where))
    assert gap_wording.title(texts_of(language), found, filters, kinds_of(units), {"lost"}) == title


def lead(found, units, names, cited) -> list[str]:
    return [
        each.text for each in gap_wording.lead(T, found, kinds_of(units), names, cited, RELEASE)
    ]


def test_the_rows_in_a_sentence_lead_to_themselves(frame, units, names, printed):
    """Andorra is served from Madrid (GPI), row 50 of the annex."""
    only = Filters(RELEASE, kinds=("partner_only",))
    found = gap_wording.in_choice(frame(), only, area(units, ""))
    [sentence] = gap_wording.lead(T, found, kinds_of(units), names, printed(), RELEASE)
    assert "".join(piece.text for piece in sentence.parts) == sentence.text
    links = {piece.text: piece.href for piece in sentence.parts if piece.href}
    assert links["rij 50 van tabel 1"] == source_address(
        RELEASE, "1. Gecombineerd Benelux LO-netwerk", "50"
    )
    assert len(links) == 5 and set(sentence.documents) == {RELEASE}


def test_the_answer_names_the_countries_and_their_rows(frame, units, names, printed):
    only = Filters(RELEASE, kinds=("partner_only",))
    found = gap_wording.in_choice(frame(), only, area(units, ""))
    # The rows of the annex counted by hand: Moscow is row 22, Rabat (GPI) 30, Madrid (GPI) 50,
    # Rome (GPI) 52, Istanbul (GPI) 54.
    assert lead(found, units, names, printed()) == [
        "Landen: Andorra (rij 50 van tabel 1), Mali (rij 30 van tabel 1), "
        "Pakistan (rij 54 van tabel 1), Rusland (rij 22 van tabel 1) "
        "en San Marino (rij 52 van tabel 1)."
    ]
    here = Filters(RELEASE, area="South America")
    found = gap_wording.in_choice(frame(), here, area(units, "South America"))
    lines = lead(found, units, names, printed())
    assert lines[0] == "Land: Ecuador."
    assert lines[1:] == ["Gebied: Falklandeilanden."]
    # Of a list that is too long for a sentence, only what the title does not count.
    everywhere = gap_wording.in_choice(frame(), Filters(RELEASE), area(units, ""))
    assert lead(everywhere, units, names, printed()) == [
        "Daarnaast geldt dit voor 39 gebieden. Samen zijn dat 106 landen en gebieden."
    ]


def test_the_source_says_what_was_read(network):
    postings = network(RELEASE)[0]
    said = provenance.source(T, postings, Filters(RELEASE), "Bijlage")
    assert "Bijlage, tabel 1." in said and "tabel 2" not in said
    assert "alle 55 rijen; 54 daarvan" in said
    asked = Filters(RELEASE, organisations=("KMar",), layers=("regions", "planned"))
    said = provenance.source(T, postings, asked, "Bijlage")
    # Twelve rows print KMar and stand fast, and São Paulo waits for its decision.
    assert "12 daarvan zijn actieve posten van KMar" in said
    assert "Ook 1 geplande post telt mee" in said
    # The second table of the annex has three rows.
    asked = Filters(RELEASE, layers=("regions", "filo"))
    said = provenance.source(T, postings, asked, "Bijlage")
    assert "54 daarvan zijn actieve posten" in said
    assert "de 3 rijen van tabel 2" in said
    both = "tabel 1 en tabel 2"
    assert provenance.tables(T, postings, asked.choice) == both
    assert provenance.tables(T, postings, Choice()) == "tabel 1"


def test_a_row_of_another_table_names_it(frame, units, names, printed, network):
    # Row 3 of the first table is Mexico; the GPI FILO for the Central African Republic is row 3 of
    # the second, and the only row of the annex that names it.
    asked = Filters(RELEASE, layers=("regions", "filo"), kinds=("single",), area="Middle Africa")
    found = gap_wording.in_choice(frame(filo=True), asked, area(units, "Middle Africa"))
    assert lead(found, units, names, printed(filo=True)) == [
        "Land: Centraal-Afrikaanse Republiek (rij 3 van tabel 2)."
    ]
    assert "CAF" not in printed()
    # Rows of the same number in two tables are two: Mexico stands in row 3 and, GPI, row 11.
    postings, accreditations = network(RELEASE)
    flexible = accreditations[accreditations["kind"] == "FILO"].assign(iso3="MEX")
    more = pd.concat([accreditations, flexible], ignore_index=True)
    both = citations.placed(postings, more, Choice(filo=True))
    assert row_citations.printed_rows(T, both["MEX"]) == (
        "rijen 3 (Mexico-stad) en 11 (Washington, GPI) van tabel 1; rij 3 van tabel 2 (FILO)"
    )
    # Where the LO's stand in two tables, a number alone would say nothing.
    halved = postings["table"].mask((postings["kind"] == "LO") & (postings["row"] > 10), "1b. GPI")
    split = citations.placed(postings.assign(table=halved), accreditations, Choice())
    said = row_citations.printed_rows(T, split["MEX"])
    assert said == ("rij 3 van tabel 1 (Mexico-stad); rij 11 van 1b. GPI (Washington, GPI)")


def test_each_of_several_rows_leads_to_itself(printed) -> None:
    cell = row_citations.leading_rows(T, RELEASE, printed()["MEX"])
    assert cell.text == "rijen 3 (Mexico-stad) en 11 (Washington, GPI) van tabel 1"
    leading = [(words, href.partition("&rij=")[2]) for words, href in cell.parts if href]
    assert leading == [("3 (Mexico-stad)", "3"), ("11 (Washington, GPI)", "11")]
    assert cell.href.endswith("&rij=3,11") and cell.href.startswith(f"bronnen?document={RELEASE}&")


def test_belgium_alone_cites_the_belgian_row_whatever_is_chosen(
    frame, units, names, printed, ranking
):
    asked = Filters(RELEASE, organisations=("NP",), kinds=("uncovered", "partner_only"))
    found = gap_wording.in_choice(frame("NP"), asked, {"RUS", "MEX"})
    rows = citations.cited(found, printed("NP"), printed())
    people = reference("populations").set_index("iso3")["population"]
    made = gap_ranking.gap_table(
        T, found, scores_of(ranking), names, people, {}, rows, RELEASE, ("NP",)
    )[1]
    # Moscow is row 22; Mexico is served, by rows 3 and 11, but by no row of the NP.
    assert {plain(row)[0]: plain(row)[-1] for row in made} == {
        "Rusland": "rij 22 van tabel 1 (Moskou, GPI)",
        "Mexico": "geen rij van NP",
    }


def test_remarks_say_who_does_serve(frame, printed, names):
    flexible = pd.Series({"CAF": ["GPI"]})
    missions = gap_wording.in_missions(T, release_table("deployments", RELEASE), names)
    notes = gap_wording.notes(T, frame("NP"), flexible, printed("NP"), printed(), missions)
    assert notes["RUS"] == "wel bediend door GPI (rij 22 van tabel 1)"
    assert notes["MLI"] == (
        "wel bediend door GPI (rij 30 van tabel 1); politie in missies: 4 in EUCAP Sahel Mali"
    )
    assert notes["CAF"].startswith("een flexibele officier (GPI) noemt dit land als werkgebied")
    assert "wel bediend door een onbekende organisatie en GPI" in notes["MEX"]
    assert "ECU" not in notes
    # The annex prints one officer for EUPOL COPPS and one for OSC, whose area is Israel and the
    # Palestinian territories: the same officer is not told twice.
    assert notes["ISR"] == "politie in missies: 1 in OSC (samen met Palestijnse Gebieden)"
    assert notes["PSE"] == "politie in missies: 1 in EUPOL COPPS; 1 in OSC (samen met Israël)"


def test_a_map_shows_the_worst_of_the_chosen_kinds(frame):
    drawn = gap_wording.drawn(frame(), ("single", "partner_only")).set_index("iso3")["state"]
    assert drawn[["RUS", "BEL", "ECU", "NLD", "BRA"]].tolist() == [
        *("partner_only", "single", "covered", "home", "covered"),
    ]
    every = gap_wording.drawn(frame(), gap_wording.DRAWN).set_index("iso3")["state"]
    assert every[["ISR", "ECU", "MLI", "BES"]].tolist() == [
        *("mission_without_liaison", "uncovered", "partner_only", "single"),
    ]


def test_a_chip_does_not_say_0_of_what_is_unknown():
    counts = {"uncovered": 106, "partner_only": 5, "single": 78, "remote": 102}
    chips = gap_wording.chips(T, counts | {"lost": None, "mission_without_liaison": 2})
    assert chips["uncovered"] == "Geen officier · 106"
    assert chips["lost"] == "Niet meer bediend · ?"


@pytest.fixture(scope="module")
def ranking(frame, units, network, names):
    tables = [reference(name) for name in ("populations", "priority_countries", "eu_members")]
    return rank(values(frame(), nearest_km(units, network(RELEASE)[0], ()), *tables), {}, names)


def plain(cells: list[Cell | str]) -> list[str]:
    shown = [cell.text if isinstance(cell, Cell) else cell for cell in cells]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in shown]


def test_the_list_leads_to_the_rows(frame, units, names, printed, ranking):
    found = gap_wording.in_choice(
        frame(), Filters(RELEASE, kinds=("partner_only",)), area(units, "")
    )
    people = reference("populations").set_index("iso3")["population"]
    heads, made = gap_ranking.gap_table(
        T, found, scores_of(ranking), names, people, {}, printed(), RELEASE
    )
    assert heads[-1] == "In het document" and made[0][0] == Cell(
        "Mali", href="land?land=MLI", iso3="MLI"
    )
    assert plain(made[0])[2:] == [
        *(
            "Alleen een Belgische officier; Maar één officier; Officier in een ander land",
            "19.658.031",
        ),
        *("GPI; Rabat", "2.370", "rij 30 van tabel 1 (Rabat, GPI)"),
    ]
    assert made[0][-1].href.endswith("&rij=30")
    nobody = gap_wording.in_choice(frame(), Filters(RELEASE), area(units, "South America"))
    heads, made = gap_ranking.gap_table(
        T, nobody, scores_of(ranking), names, people, {}, printed(), RELEASE
    )
    # Columns that nobody fills are left out.
    assert heads == ["Land of gebied", "Score", "Wat er geldt", "Inwoners", "In het document"]
    assert plain(made[0]) == [
        "Ecuador",
        "48",
        "Geen officier",
        "17.373.662",
        "geen enkele rij noemt dit land",
    ]


def test_the_chart_in_words_and_as_a_table(names, ranking):
    first = list(ranking.scores["iso3"][:12])
    said = gap_ranking.alternative(T, ranking, first, names)
    assert said.startswith("De eerste 12 van de ranglijst")
    assert "India: 61,9 (Soort 22,5, Inwoners 25, Afstand 4,4 en Buiten de EU 10)" in said
    assert said.count("(Soort ") == 12  # as many as it promises
    heads, made = gap_ranking.parts(T, ranking, ["ISR", "XAB"], names)
    assert heads[:3] == ["Land of gebied", "Score", "Soort"] and heads[-1] == "Onbekend"
    assert plain(made[1])[-1] == "Inwoners"
    # What is unknown is empty, as text and as a number, and so is not written to any file.
    assert made[1][heads.index("Inwoners")] == Cell("") and "Verondersteld" not in heads


def test_what_is_supposed_stands_apart_from_what_is_unknown(frame, units, network, names):
    tables = [reference(name) for name in ("populations", "priority_countries", "eu_members")]
    cells = values(frame(), nearest_km(units, network(RELEASE)[0], ()), *tables)
    found = rank(cells, {}, names, Scaling(unknown="middle"))
    heads, made = gap_ranking.parts(T, found, ["ISR", "XAB"], names)
    at = heads.index("Verondersteld")
    # Half of the 25 points for its people.
    assert made[1][heads.index("Inwoners")] == Cell("") and made[1][at] == Cell(
        "12,5", 12.5, form=Form(1)
    )
    assert made[0][at] == Cell("")
    said = gap_ranking.alternative(T, found, ["XAB"], names)
    assert "wat onbekend is, verondersteld 12,5" in said


def test_how_firm_the_order_is_in_words(names):
    rows = [("kind", 5, 4, 20, 19, 3, ["PER"], ["ECU"], "IND")]
    table = pd.DataFrame(rows, columns=SENSITIVITY)
    assert gap_ranking.firmness(T, table, names) == (
        "Schuift één weging één stap, dan blijven van de eerste 20 er minstens 19 staan "
        "(het minst als Soort 4 wordt). Bovenaan blijft India."
    )
    heads, made = gap_ranking.sensitivity(T, table, names)
    assert heads[3] == "Blijven in de eerste 20" and plain(made[0])[-2:] == ["Peru", "Ecuador"]
    same = table.assign(enter=[[]], leave=[[]], stay=20)
    assert "blijven de eerste 20 dezelfde" in gap_ranking.firmness(T, same, names)
    assert gap_ranking.firmness(T, table.head(0), names) == ""


def test_the_ranking_has_states_first_and_as_many_as_have_a_gap(frame, units, names, ranking):
    found = gap_wording.in_choice(frame(), Filters(RELEASE), area(units, ""))
    groups = gap_ranking.groups(found, kinds_of(units))
    # 63 states and 4 disputed units, 39 territories.
    assert {name: len(codes) for name, codes in groups.items()} == {
        **{"states": 67, "territories": 39, "all": 106},
    }
    assert len(found) == 106 and {"PSE", "XAB"} <= groups["states"]
    assert "PYF" in groups["territories"] and "SWE" not in groups["territories"]
    only = gap_ranking.groups(found[found["iso3"] == "PYF"], kinds_of(units))
    assert only == {"territories": {"PYF"}, "all": {"PYF"}}
    order = gap_ranking.in_order(ranking, kinds_of(units))
    assert None not in order.values()
    place = list(order).index
    assert place("SWE") < place("PYF") and len(order) == 244
    shown = gap_ranking.named(T, dict(names), kinds_of(units))
    assert (shown["XAB"], shown["SWE"]) == ("Abyei (betwist)", "Zweden")


def test_the_heading_is_what_stands_on_top(ranking, names):
    scores = ranking.scores["iso3"].tolist()
    assert (
        gap_ranking.heading(T, ranking, scores, names)
        == "India staat bovenaan: er is geen officier"
    )
    # Of few with the same kind all are named.
    said = gap_ranking.heading(T, ranking, ["MLI", "PAK", "IRQ"], names)
    assert said == "Mali en Pakistan staan bovenaan: er is alleen een Belgische officier"
    # Of the many without an officer only the first is named.
    assert gap_ranking.heading(T, ranking, [*"IND MOZ BGD COD".split()], names) == (
        "India staat bovenaan: er is geen officier"
    )
    assert gap_ranking.heading(T, ranking, ["ECU"], names) == "De ranglijst"
    of_np = gap_ranking.heading(T, ranking, scores, names, " van NP")
    assert of_np == "India staat bovenaan: er is geen officier van NP"  # a filter is no fact
    heads = gap_ranking.heads(T, ranking, ["ISR", "XAB"], names)
    assert heads["ISR"] == ("1. Israël  48,2", "") and heads["XAB"][1] == " (onbekend: inwoners)"


def test_denominators_keep_states_and_territories_apart(units, network):
    table = denominators(coverage(units, *network(RELEASE)), units, reference("populations"))
    filters = Filters(RELEASE, area="South America")
    heads, made = gap_ranking.denominators(T, table, filters, "subregion")
    assert heads[:8] == [
        "Deel van de wereld",
        "Soort",
        "Aantal",
        "Bediend",
        "Post",
        "Eén",
        "Meer",
        "Geen",
    ]
    shown = [[text.replace("\N{NON-BREAKING HYPHEN}", "-") for text in plain(row)] for row in made]
    assert [row[:8] for row in shown] == [
        ["Zuid-Amerika", "landen", "12", "11 (92 %)", "4", "4", "7", "1"],
        ["Zuid-Amerika", "gebieden", "2", "1 (50 %)", "0", "1", "0", "1"],
        ["Zuid-Amerika", "alles", "14", "12 (86 %)", "4", "5", "7", "2"],
    ]
    world = gap_ranking.denominators(T, table, Filters(RELEASE), "continent")[1]
    assert plain(world[-1])[:4] == ["Hele wereld", "alles", "244", "138 (57 %)"]
    # Of the two disputed units in Africa only Western Sahara's population is known.
    africa = next(row for row in map(plain, world) if row[:2] == ["Afrika", "betwist"])
    assert africa[-1] == "0,6 + ? (0 %)"
