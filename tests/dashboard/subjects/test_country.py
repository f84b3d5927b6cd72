"""The dossier as a report, and its questions and answers; counted in the annexes by hand."""

from __future__ import annotations

import re

import pytest

from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Cell, Map, Table, Text
from dashboard.subjects import coverage
from dashboard.subjects.country import cover, paragraph
from dashboard.subjects.country.dossier import Country, CountryTables
from dashboard.subjects.country.questions import answers, cards, lasting_cards
from dashboard.subjects.country.report import dossier_sections, report
from data.load import reference
from geo.errors import DataError

ANNEX, LETTER, MISSIONS = "bijlage-2025-11", "kst-31015-94", "bijlage-2023-12"
TABLE = "bijlage najaar 2025, tabel 1"


def asked(
    iso3: str, release: str = ANNEX, language: str = "nl", **chosen: object
) -> dict[str, str]:
    """Question -> answer."""
    filters = Filters(release, language, land=iso3, **chosen)  # type: ignore[arg-type]
    country = Country(CountryTables(texts_of(language), filters), iso3)
    return {each.question: each.answer for each in answers(country)}


def facts(country: Country) -> dict[str, str]:
    """Term -> what is known of the country beside the network."""
    return {fact.term: fact.what.text for fact in country.facts()}


def test_a_country_that_nobody_serves() -> None:
    """No row of table 1 prints Ecuador; the nearest is Bogota, row 5."""
    said = asked("ECU")
    assert said["Wie bedient dit land?"].startswith(
        "Volgens dit document bedient geen officier dit land."
    )
    assert said["Waar zit de dichtstbijzijnde officier?"] == (
        "NP in Bogota (Colombia), 728 km van de hoofdstad."
    )
    assert "Peru (Post in het land)" in said["Hoe staat het met de buurlanden?"]


def test_a_distance_says_that_it_runs_from_the_seat_of_government() -> None:
    """The nearest to La Paz (16.5 S 68.15 W) is Lima (12.05 S 77.04 W), 1,080 km; not to Sucre."""
    said = asked("BOL")["Waar zit de dichtstbijzijnde officier?"]
    assert said.endswith(" km van La Paz, waar de regering zit.") and "Lima (Peru)" in said
    assert int(said.split(" km")[0].split()[-1].replace(".", "")) == pytest.approx(1080, abs=10)
    note = coverage.distance_note(texts_of("en"), reference("units"))
    for seat in ("Benin Cotonou", "Bolivia La Paz", "Netherlands The Hague", "Sri Lanka Colombo"):
        assert seat in note


def test_the_title_names_who_serves_a_country_from_another_one_too() -> None:
    """Row 7 prints Lima, without an organisation; row 5 prints Bogota (NP) with Peru among others.

    Only row 4 (Santo Domingo) names Cuba.
    """
    dutch, english = (
        report(texts_of(language), Filters(ANNEX, language, land="PER")).title
        for language in ("nl", "en")
    )
    assert dutch.startswith(
        "Peru heeft 1 officier in het land: een onbekende organisatie in Lima; "
        "ook bediend door Nederlandse politie in Bogota (1.8"
    )
    assert "also served by Dutch police in Bogotá (1,8" in english
    assert "ook bediend" not in report(texts_of("nl"), Filters(ANNEX, land="CUB")).title


@pytest.mark.parametrize(
    ("iso3", "said"),
    [
        ("BOL", "de regering zit in La Paz. De afstanden gelden van La Paz."),
        ("ISR", "Nederland erkent dat niet en heeft zijn ambassade in Tel Aviv."),
        ("SWZ", "Mbabane. Mbabane is de zetel van de regering; Lobamba"),
    ],
)
def test_a_capital_that_needs_a_word_has_one(iso3: str, said: str) -> None:
    country = Country(CountryTables(texts_of("nl"), Filters(ANNEX, land=iso3)), iso3)
    assert said in facts(country)["Hoofdstad of hoofdplaats"]


def test_cyprus_has_a_note_on_the_north() -> None:
    country = Country(CountryTables(texts_of("nl"), Filters(ANNEX, land="CYP")), "CYP")
    assert "wie Cyprus bedient, bedient deze eenheid. (28 november 2026)" in country.note


@pytest.mark.parametrize(
    ("language", "heading"), [("nl", "Over grens en naam: "), ("en", "On border and name: ")]
)
def test_a_note_on_a_border_stands_behind_what_it_is_about(language: str, heading: str) -> None:
    found = report(texts_of(language), Filters(ANNEX, language, land="KEN"))
    blocks = [block for section in found.sections for block in section.blocks]
    said = [block.text for block in blocks if isinstance(block, Text)]
    assert any(text.startswith(heading) and "Ilemi" in text for text in said)


def test_the_answers_name_every_posting_and_its_row() -> None:
    """Portugal: row 38 (NP, Lisbon), and the Belgian officer of Madrid, row 49 or 51."""
    filters = Filters(ANNEX, land="PRT")
    [who] = [
        each
        for each in answers(Country(CountryTables(texts_of("nl"), filters), "PRT"))
        if each.question == "Wie bedient dit land?"
    ]
    assert who.answer.startswith("NP Lissabon en GPI Madrid (")
    assert f"{TABLE}, rij 38" in who.source and who.source.count("rij") == 2


def test_posts_of_one_city_have_the_name_that_is_printed() -> None:
    """Row 25 is printed "Kenia-2 Kmar", row 26 "Kenia-1  - KMar"; only 25 names South Africa."""
    said = asked("KEN")["Wie bedient dit land?"]
    assert said == "KMar Nairobi (Kenia-2) en KMar Nairobi (Kenia-1)."
    assert asked("ZAF")["Wie bedient dit land?"].startswith("KMar Nairobi (Kenia-2) (2.861 km)")


def test_missions_are_told_for_each_date() -> None:
    """EUCAP Sahel Mali: 4 on 12 November 2025 (row 5), 1 on 24 November 2023."""
    said = asked("MLI")["Zijn er politiemensen in een missie hier?"]
    assert "Op 12 november 2025: EUCAP Sahel Mali: 4." in said
    assert "Op 24 november 2023: EUCAP SAHEL Mali: 1." in said


def test_a_partial_letter_proves_no_absence() -> None:
    said = asked("ECU", LETTER)
    assert said["Wie bedient dit land?"].startswith("Dat is onbekend")
    assert "Waar zit de dichtstbijzijnde officier?" not in said


def test_the_choice_of_organisations_decides() -> None:
    """Mali is served by row 30 alone, a Belgian one."""
    assert asked("MLI", organisations=("GPI",))["Wie bedient dit land?"].startswith("GPI Rabat")
    assert asked("MLI", organisations=("NP",))["Wie bedient dit land?"] == (
        "Volgens dit document bedient geen officier van NP dit land. Buiten uw keuze wel: GPI."
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("release", [ANNEX, LETTER, MISSIONS])
@pytest.mark.parametrize(
    ("iso3", "names"),
    [
        ("ARE", "land-verenigde-arabische-emiraten country-united-arab-emirates"),
        ("NLD", "land-nederland country-netherlands"),
        ("SXM", "land-sint-maarten country-sint-maarten"),
        ("XKX", "land-kosovo country-kosovo"),
        ("PCN", "land-pitcairneilanden country-pitcairn-islands"),
    ],
)
def test_there_is_a_report_of_every_country(
    iso3: str, names: str, release: str, language: str
) -> None:
    found = report(texts_of(language), Filters(release, language, land=iso3))
    assert found.summary and found.sections
    assert found.name == names.split()[language == "en"]
    assert bool(list(found.blocks(Map))) == (release != MISSIONS)
    texts = [block.text for block in found.blocks(Text)]
    assert not [text for text in [*texts, *found.summary] if "{" in text or "**" in text]


def test_a_dossier_begins_with_who_serves_and_ends_with_other_sources() -> None:
    """Of Ecuador other sources tell of a post that the annex does not print."""
    found = report(texts_of("nl"), Filters(ANNEX, land="ECU"))
    keys = [section.key for section in found.sections]
    assert keys[0] == "serving" and keys[-2:] == ["conflicts", "evidence"]
    assert keys.index("missions") < keys.index("history")
    [serving] = [section for section in found.sections if section.key == "serving"]
    last = serving.blocks[-1]
    assert isinstance(last, Text) and "‘Andere bronnen zeggen iets anders’" in last.text


def test_the_paragraph_names_the_question_that_was_answered() -> None:
    """ips-qa-2020, question 3 lists Australia; the letter of 2013 speaks of it in paragraph 12."""
    country = Country(CountryTables(texts_of("nl"), Filters(ANNEX, land="AUS")), "AUS")
    text = paragraph.of(country).text
    assert "internationale politiesamenwerking, 2020, vraag 3" in text and "alinea 12" in text


def test_a_report_names_its_sources_release_and_address() -> None:
    found = report(texts_of("nl"), Filters(ANNEX, land="PRT", area="Africa"))
    made = found.provenance
    assert re.fullmatch(r"Netwerk begin 2026 · versie van de gegevens [0-9a-f]{8}", made.identity)
    # The address of this machine would lead a reader of the file nowhere.
    assert made.permalink == f"/land?release={ANNEX}&taal=nl&land=PRT"
    assert made.way == f"{made.permalink} (in Liaisonatlas, achter het adres waarop u het opent)"
    # The letter of 2013 names Portugal; it stands among the sources because a row cites it.
    assert [each.document for each in made.sources][:1] == [ANNEX]
    assert LETTER in [each.document for each in made.sources]
    [serving] = [block for block in found.blocks(Table) if block.key == "serving"]
    places = [cell.text for row in serving.rows for cell in row if isinstance(cell, Cell)]
    assert f"{TABLE}, rij 38" in places


def test_without_a_country_there_is_no_report() -> None:
    with pytest.raises(DataError, match="no_country_chosen"):
        report(texts_of("nl"), Filters(ANNEX))


def test_there_is_a_card_for_every_unit_with_its_rank_by_people() -> None:
    lasting, found = lasting_cards("nl"), cards(Filters(ANNEX))
    first = sorted(lasting.cards, key=lambda card: card["rank"])[:2]
    assert {each["name"] for each in first} == {"China", "India"}
    codes = set(reference("units")["iso3"])
    assert {each["code"] for each in lasting.cards} == found.cards.keys() == codes
    assert all(each["dated"] and each["why"] for each in lasting.cards)
    assert all(title for title, *_ in found.cards.values())
    # The network says nothing of the own country.
    assert [code for code, card in found.cards.items() if len(card) == 1] == ["NLD"]


@pytest.mark.parametrize("iso3", ["ECU", "MAR", "NLD"])
def test_a_card_says_what_the_answers_say(iso3: str) -> None:
    """Put together as static/present.js does; only the paragraph to paste is left out."""
    lasting = {card["code"]: card for card in lasting_cards("nl").cards}[iso3]
    _, *said = cards(Filters(ANNEX)).cards[iso3]
    made = [*lasting["dated"]]
    if said:
        made = [said[0], *lasting["first"], *said[1], *made, lasting["why"]]
    questions = lasting_cards("nl").questions
    expected = [each for each in answers(country(iso3)) if each.question != "Wat kan ik overnemen?"]
    assert [(questions[key], text, place) for key, text, place in made] == [
        (each.question, each.answer, each.source) for each in expected
    ]


def country(iso3: str, release: str = ANNEX, language: str = "nl", **chosen: object) -> Country:
    filters = Filters(release, language, land=iso3, **chosen)  # type: ignore[arg-type]
    return Country(CountryTables(texts_of(language), filters), iso3)


def cells(blocks: list[object], key: str) -> list[list[str]]:
    [table] = [block for block in blocks if isinstance(block, Table) and block.key == key]
    return table.words


@pytest.mark.parametrize(
    ("iso3", "paragraph", "word", "english"),
    [
        # bijlage-2023-12, "Politiële bijdragen aan missies": paragraph 4 tells of the team with
        # Sweden, paragraph 5 of Mali, Ukraine and the Palestinian territories.
        ("XKX", 4, "Zweden", "Sweden"),
        ("MLI", 5, "MINUSMA", "MINUSMA"),
        ("UKR", 5, "oorlog", "war"),
        ("PSE", 5, "Vier", "Four"),
    ],
)
def test_what_a_text_tells_of_a_country_is_in_its_history(
    iso3: str, paragraph: int, word: str, english: str
) -> None:
    for language, part in (("nl", word), ("en", english)):
        told = cells(country(iso3, language=language).history(), "history")
        unit = "alinea" if language == "nl" else "paragraph"
        document = "bijlage najaar 2023" if language == "nl" else "annex of autumn 2023"
        place = f"{document}, ‘Politiële bijdragen aan missies’, {unit} {paragraph}"
        assert [row for row in told if part in row[1] and row[2] == place]


def test_a_denial_names_what_was_searched() -> None:
    """No text names Ecuador: not the letter of 2013, nor 2019, 2020, 2023 or 2025."""
    said, others = country("ECU").history()  # what follows is of other sources
    assert isinstance(said, Text)
    assert all(
        row[1].startswith("Andere bron, niet meegeteld") for row in cells([others], "history")
    )
    names = ("brief van 9 oktober 2013", "visie van 2019", "antwoorden van 2020",
             "bijlage najaar 2023", "bijlage najaar 2025")  # fmt: skip
    assert all(name in said.text for name in names) and "Clingendael" not in said.text
    [missions] = country("ECU").missions()
    assert "bijlage najaar 2023" in missions.text and "Clingendael 2016" in missions.text
    assert "Clingendael 2016" not in asked("ECU")["Wat noemen de documenten met een datum?"]


def test_a_letter_that_names_no_posting_may_still_name_the_country() -> None:
    """kst-31015-94, paragraph 25: the liaison in Poland came back in 2012, Lisbon's in 2013."""
    for iso3, word in (("POL", "in 2012 teruggekeerd"), ("PRT", "in de zomer terug")):
        texts = [
            block.text for block in country(iso3, LETTER).served_by() if hasattr(block, "text")
        ]
        assert [text for text in texts if word in text and "alinea 25" in text]
        assert word in asked(iso3, LETTER)["Wie bedient dit land?"]
        assert not [text for text in texts if "noemt dit land niet" in text]


def test_other_ways_are_those_of_question_17() -> None:
    """ips-qa-2020, question 17: Europol, INTERPOL and SIRENE beside officers."""
    for iso3 in ("ECU", "POL"):
        ways = facts(country(iso3))["Andere wegen dan een officier"]
        assert all(name in ways for name in ("Europol", "INTERPOL", "SIRENE", "vraag 17"))
    assert "vraag 3" in facts(country("ECU"))["Prioritair land 2015-2018"]


def test_why_is_said_where_a_document_says_it_and_denied_where_none_does() -> None:
    """Paragraph 11 of the letter of 2013 on London, paragraph 12 on Australia; none on Ecuador."""
    question = "Waarom hier wel of geen officier?"
    assert "Londen" in asked("GBR")[question] and "springplank" in asked("AUS")[question]
    assert (
        "staat in geen van de documenten die wij doorzochten: Kamerbrief van 9 oktober 2013"
        in asked("ECU")[question]
    )
    places = [row[-1] for row in cells(country("ECU").why(), "weighed")]
    assert {"Kamerbrief van 9 oktober 2013, alinea 12", "antwoorden van 2020, vraag 4"} <= set(
        places
    )


def test_no_reason_is_given_for_a_country_without_an_officer() -> None:
    """So the sentence on the page of the network holds for the annex of 2025."""
    said = reference("statements").query("topic == 'placement'")["iso3"].dropna()
    codes = {iso3 for each in said for iso3 in each.split()}
    states = {iso3: country(iso3).row["state"] for iso3 in codes}
    assert len(codes) > 5 and "none" not in states.values()


def test_a_region_read_by_us_is_said_to_be_so() -> None:
    """Row 1 of both tables prints a region; EULEX Kosovo prints the country."""
    found = country("XKX").missions()
    grounds = {(row[0], row[1]): row[4] for row in cells(found, "missions")}
    assert grounds == {
        ("OVSE Westelijke Balkan", "12 november 2025"): "via een streek, onze lezing",
        ("EULEX Kosovo", "12 november 2025"): "het gebied van de missie noemt dit land",
        ("OVSE West-Balkan", "24 november 2023"): "via een streek, onze lezing",
        ("EULEX Kosovo", "24 november 2023"): "het gebied van de missie noemt dit land",
    }
    note, full = [block.text for block in found if isinstance(block, Text)]
    assert "EULEX – European Union Rule of Law Mission" in full
    assert "KPSS – Kosovo Police Service School" in full  # appendix F, row 2
    assert note.startswith("Streek Westelijke Balkan, door ons gelezen als Albanië")
    assert note.endswith("bron niet nagekeken.")
    said = asked("CIV")["Zijn er politiemensen in een missie hier?"]
    assert "EUSDI Golf van Guinee: 1 (via een streek, onze lezing)" in said
    # EUBAM Libië had its station in Tunisia in 2023; Tunisia is not its area.
    assert (
        "EUBAM Libië: 1 (alleen de standplaats van de missie)"
        in (asked("TUN")["Zijn er politiemensen in een missie hier?"])
    )


def test_a_choice_is_no_fact_about_a_country() -> None:
    """Mali: row 30 (GPI). Dominica: row 4, by a region. The Central African Republic: a FILO."""
    assert country("MLI", organisations=("NP",)).title == (
        "Mali heeft geen officier van NP; buiten uw keuze is er wel een: GPI"
    )
    assert country("DMA", layers=()).title == (
        "Dominica heeft geen officier (zonder landen uit een genoemde regio); "
        "buiten uw keuze is er wel een: NP (het werkgebied noemt een regio)"
    )
    assert country("CAF").title.endswith("buiten uw keuze is er wel een: GPI (FILO)")
    assert country("ECU").title == "Ecuador heeft geen officier"
    near = cells(country("MLI", organisations=("NP",)).neighbours(), "neighbours")
    assert ["Algerije", "Geen officier van NP", "", "", ""] in near  # row 27, KMar in Tunis


def near_posts(iso3: str, **chosen: object) -> list[list[str]]:
    sections = {s.key: s.blocks for s in dossier_sections(country(iso3, **chosen))}
    return cells(sections["takers"], "takers")


def test_a_served_country_says_which_of_the_nearest_posts_serve_it() -> None:
    """Row 17, Dubai, names Oman; rows 16 (Tbilisi), 20 (Beirut) and 35 (Ankara) do not."""
    served = {row[0].split(" (")[0]: row[2] for row in near_posts("OMN")}
    assert next(iter(served)) == "NP Dubai" and served["NP Dubai"] == "ja"
    assert (served["Tbilisi"], served["KMar Beiroet"]) == ("nee", "nee")
    # Of the KMar nobody serves Oman: the posts that might are shown, as for any such country.
    assert "NP Dubai" not in str(near_posts("OMN", organisations=("KMar",)))
    # Row 7 is in Lima, row 5 (Bogota) names Peru, row 6 (Cartagena) does not.
    peru = {row[0].split(" (")[0]: row[1:] for row in near_posts("PER")}
    assert peru["Lima"] == ["0", "ja"]
    assert peru["NP Bogota"][1] == "ja" and peru["NP Cartagena"][1] == "nee"


def test_who_serves_a_country_from_far_stands_below_the_nearest_posts() -> None:
    """Row 54 (GPI, Istanbul) alone names Pakistan; Dubai, Tbilisi, Beirut, Bangkok are nearer."""
    posts = near_posts("PAK")
    assert [row[2] for row in posts] == ["nee", "nee", "nee", "nee", "nee", "ja"]
    assert posts[-1][0].startswith("GPI Istanbul")
    sections = {s.key: s.blocks for s in dossier_sections(country("PAK"))}
    text, table = sections["takers"]
    assert isinstance(text, Text) and "wie Pakistan van verder weg bedient" in text.text
    # Row 2 serves Suriname and is in it: nothing is added.
    assert len(near_posts("SUR")) == 5
    # The name of a post leads to its row, in this list and in that of a country without officer.
    last = table.rows[-1][0]
    assert isinstance(last, Cell) and last.href.endswith("&rij=54")
    without = {s.key: s.blocks for s in dossier_sections(country("ECU"))}["takers"]
    [first] = [each.rows[0][0] for each in without if isinstance(each, Table)]
    assert isinstance(first, Cell) and first.href.endswith("&rij=5")  # Bogota


def test_no_choice_and_no_partial_document_says_that_there_is_no_officer() -> None:
    """Row 30 (GPI) names Mali; the letter of 2013 prints a part of the posts."""

    def why(iso3: str, release: str = ANNEX, **chosen: object) -> str:
        filters = Filters(release, land=iso3, **chosen)
        return Country(CountryTables(texts_of("nl"), filters), iso3).reach

    assert why("ECU") == "none" and why("MLI") == "away" and why("SUR") == "some"
    assert why("MLI", organisations=("NP",)) == "either"
    assert why("ECU", "kst-31015-94") == "either" and why("ECU", "bijlage-2023-12") == "either"
    filters = Filters("kst-31015-94", land="ECU")
    made = report(texts_of("nl"), filters)
    assert "Waarom hier wel of geen officier" in [section.heading for section in made.sections]


def test_of_several_cities_that_serve_a_neighbour_each_has_its_distance() -> None:
    """Row 7 is Lima, where the government of Peru sits; row 5, Bogota, is 1,870 km away."""
    [peru, colombia] = cells(country("ECU").neighbours(), "neighbours")
    assert peru[0] == "Peru" and peru[2:4] == ["Lima (0 km) en Bogota (1.870 km)", "0"]
    # Rows 5 and 6 are both in Colombia, whose government sits in Bogota.
    assert colombia[2].startswith("Bogota (0 km) en Cartagena (") and colombia[3] == "0"
    # Only row 3, Willemstad, names Venezuela.
    near = cells(country("BRA").neighbours(), "neighbours")
    assert ["Venezuela", "Bediend vanuit een ander land", "Willemstad"] in [row[:3] for row in near]


def test_the_cover_over_the_years_of_a_country() -> None:
    """The letter of 2013 names no post for Ecuador; table 1 of 2025 serves it by none."""
    letter = {"nl": "Kamerbrief 9 oktober 2013", "en": "Letter to parliament, 9 October 2013"}
    annex = {"nl": "Netwerk begin 2026", "en": "Network, early 2026"}
    states = {"nl": ("Onbekend", "Geen officier"), "en": ("Unknown", "No officer")}
    for language in ("nl", "en"):
        t = texts_of(language)
        filters = Filters(ANNEX, language, land="ECU")
        table, note = cover.blocks(Country(CountryTables(t, filters), "ECU"))
        assert isinstance(table, Table) and isinstance(note, Text)
        texts = table.words
        unknown, none = states[language]
        assert [row[2:] for row in texts] == [
            [unknown, "", letter[language]],
            [none, "", annex[language]],
        ]
    panama = cover.blocks(Country(CountryTables(t, Filters(ANNEX, "en", land="PAN")), "PAN"))[0]
    assert isinstance(panama, Table)
    # Row 5 prints Panama; from Bogota to Panama City it is some 770 km.
    last = panama.rows[-1][3]
    assert str(last).startswith("NP, Bogotá (Colombia), 7") and str(last).endswith(" km")
    found = report(texts_of("nl"), Filters(ANNEX, land="ECU"))
    assert "cover" in [section.key for section in found.sections]


def test_the_home_country_has_no_row_about_what_the_police_do_abroad() -> None:
    """The list of priority countries and the ways beside officers are about other countries."""
    home = Country(CountryTables(texts_of("nl"), Filters(ANNEX, land="NLD")), "NLD")
    known = facts(home)
    assert "Prioritair land 2015-2018" not in known and "Andere wegen dan een officier" not in known
    assert known["Europese Unie"] == "lid of deel sinds 1 januari 1958"
    three, _ = home.key_facts()
    assert [fact.term for fact in three] == [
        "Europese Unie",
        "Hoofdstad of hoofdplaats",
        "Werelddeel",
    ]
