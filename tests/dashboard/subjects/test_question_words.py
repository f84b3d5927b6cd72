"""Words that turn a question: no, without, only, most, two, against; counted by hand."""

from __future__ import annotations

import re

import pytest

from dashboard.report import Table
from tests.dashboard.subjects.test_answers import ask, texts, written

# The world has 244 units beside the Netherlands: 196 of them countries, 4 disputed, 44 territories.
# NP serves 96, 7 territories among them (rows 2, 8, 13 and 19); KMar serves 37 and GPI 50, all
# countries.
NOBODY = {
    "landen zonder NP": "105 landen en 4 betwiste gebieden hebben geen officier van NP.",
    "welke landen heeft NP niet": "105 landen en 4 betwiste gebieden hebben geen officier van NP.",
    "countries without NP": "105 landen en 4 betwiste gebieden hebben geen officier van NP.",
    "which countries does NP not serve": "105 landen en 4 betwiste gebieden hebben geen officier",
    "geen oficier in Afrika": "28 landen en 2 betwiste gebieden in Afrika hebben geen officier",
    "which countries do not have an officer": "63 landen en 4 betwiste gebieden hebben geen",
}


@pytest.mark.parametrize("question", NOBODY)
def test_where_nobody_is_can_be_asked_with_any_denial(question: str) -> None:
    reply = ask(question)
    assert reply.title.startswith(NOBODY[question]) and not reply.notes


@pytest.mark.parametrize(
    "question",
    [
        "welke landen hebben NP maar geen KMar",
        "landen met NP zonder officier van de KMar",
        "waar heeft Nederland officieren en de Belgische politie niet",
        "countries with NP but without KMar",
    ],
)
def test_with_one_organisation_but_without_another_has_no_answer(question: str) -> None:
    reply = ask(question)
    assert reply.title.startswith("Wij herkennen") and not reply.leads


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("officieren buiten Europa", "buiten"),
        ("officieren niet in Europa", "niet"),
        ("niet-EU-landen", "niet"),
        ("als Dubai niet sluit", "niet"),
        ("geen missies in Afrika", "geen"),
        ("wie bedient Peru niet", "niet"),
    ],
)
def test_an_answer_that_may_be_the_opposite_says_first_that_it_is_none(
    question: str, word: str
) -> None:
    assert f"Op een vraag met “{word}” hebben wij hier geen antwoord. Het" in ask(question).title


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("kosten missies", "Dit antwoord gaat niet over “missies”: Gemiddelde kosten"),
        ("welk land heeft de meeste missies", "Dit antwoord gaat niet over “meeste”: Op 12"),
        ("aanhouden in Turkije", "Dit antwoord gaat niet over “aanhouden”: Turkije heeft"),
        ("hoeveel KMar in missies", "Dit antwoord gaat niet over “Koninklijke Marechaussee”: Op"),
    ],
)
def test_what_is_left_out_stands_in_the_sentence(question: str, begins: str) -> None:
    assert ask(question).title.startswith(begins)


def test_of_a_year_without_a_table_it_is_said_that_there_is_none() -> None:
    # Answers of 2020, question 2: "30 liaison officers"; the letter of 2013 has no table.
    told = "Van {} hebben wij geen volledige tabel van het netwerk. Gepland voor begin 2026: 54 "
    assert ask("netwerk 2013").title.startswith(told.format(2013))
    counted = ask("officieren 2020")
    assert told.format(2020) in counted.title
    first = counted.title.partition(".")[0]
    assert first.startswith("Bilaterale liaison") and first.endswith(
        ": 30 liaisonofficieren (2020)"
    )
    assert "antwoorden van 2020, vraag 2" in written(counted)
    # The 30 are of the whole world.
    assert ask("officieren in Afrika in 2020").title.startswith("Van 2020 hebben wij")


@pytest.mark.parametrize(
    "question",
    [
        "hoeveel officieren heeft Nederland en hoeveel België",
        "how many officers does the Netherlands have and how many does Belgium",
    ],
)
def test_of_two_that_are_asked_apart_each_is_counted(question: str) -> None:
    """Table 1 has 28 active rows of NP, 12 of KMar and 11 of GPI; 3 print no organisation."""
    reply = ask(question)
    assert not reply.notes
    assert re.findall(r"(\d+) officieren van ([\w ]+),", reply.title) == [
        ("40", "NP of KMar"),
        ("11", "GPI"),
    ]


@pytest.mark.parametrize(
    "question", ["landen zonder NP en zonder KMar", "countries without NP and without the KMar"]
)
def test_two_that_are_both_denied_are_one_choice(question: str) -> None:
    """NP and KMar together serve 117 of the 244 countries and territories."""
    reply = ask(question)
    assert not reply.notes and "geen officier van NP of KMar" in reply.title
    assert "Samen zijn dat 127 landen en gebieden" in texts(reply)


def test_officers_at_europol_are_those_of_its_rows() -> None:
    """Table 3 prints five rows below Europol; of the Dutch desk no document tells."""
    for question in ("officieren bij Europol", "how many officers at Europol"):
        reply = ask(question)
        assert not reply.notes
        assert reply.title.startswith(
            "Er werken 5 officieren bij internationale organisaties: Euro"
        )
        assert reply.title.endswith("zegt geen document.")
    assert ask("Europol").title.startswith("De politie wisselt ook langs andere wegen")


def test_the_belgian_police_lack_nobody_in_belgium() -> None:
    """Of GPI rows 37, 50 and 52 are Bucharest, Madrid and Rome; five others are in a work area."""
    title = ask("welke EU-landen bedient GPI").title
    assert "8 van de 25 EU-landen buiten Nederland en België; in 3" in title
    assert title.count("België") == 1
    assert "van de 26 EU-landen buiten Nederland; " in ask("welke EU-landen bedient NP").title


def test_countries_in_a_sentence_have_their_article() -> None:
    title = ask("landen met drie officieren").title
    assert "Turkije (3) en het Verenigd Koninkrijk (3)" in title
    assert "Saoedi-Arabië en de Verenigde Arabische Emiraten" in texts(ask("Dubai"))


def test_vs_between_two_names_is_no_country() -> None:
    assert "Verenigde Staten" not in ask("Turkije vs Marokko").title
    assert "Verenigde Staten" in ask("Turkije en VS").title
    assert "Verenigde Staten" in ask("vs").title


def test_slips_of_words_that_name_nothing_are_read() -> None:
    # Row 6 is Cartagena, row 5 Bogota.
    assert ask("liason oficier Colombia").title.startswith("Colombia heeft 2 officieren")
    assert "Afrika" in [cell.text for cell in ask("hoeveel officiren in Afrka").choices]


def test_the_organisation_of_a_post_that_closes_is_read() -> None:
    """Rows 33, 46 and 50 are Madrid; of the KMar it is row 46."""
    reply = ask("als de KMar in Madrid sluit")
    assert not reply.notes and "KMar Madrid" in texts(reply)
    assert [str(lead.choices["scenario"]).rpartition(".")[2] for lead in reply.leads] == ["46"]


# Rows 1 to 55 without 10, a plan: 54 officers in 38 cities, 16 more than there are cities; of the
# KMar 12 in 11, as both rows 25 and 26 are Nairobi. They serve 138 countries, the KMar 37.
WHOLE = "54 officieren, op posten in 38 steden, bedienen 138 landen en gebieden."
SIZES = {
    **dict.fromkeys(
        (
            *("in welke steden zitten officieren", "alle posten", "waar zitten onze officieren"),
            *("landen met een officier", "hoeveel steden hebben een post", "list all posts"),
            *("in which cities are officers", "where are our officers"),
        ),
        WHOLE,
    ),
    "hoeveel officieren heeft de KMar": "12 officieren van KMar, op posten in 11 steden, bedienen",
    "hoeveel posten heeft de KMar": "12 officieren van KMar, op posten in 11 steden, bedienen",
    "KMar in Oceanië": "Oceanië: er zit geen officier van KMar, en 0 landen",
}


@pytest.mark.parametrize("question", SIZES)
def test_officers_and_the_cities_of_their_posts_are_told_apart(question: str) -> None:
    reply = ask(question)
    assert reply.title.startswith(SIZES[question]) and not reply.notes
    assert "KMar" in question or "Nairobi (2)" in texts(reply)


@pytest.mark.parametrize(
    "question", ["welke landen verliezen hun officier", "mag een officier in een land werken"]
)
def test_a_question_for_more_than_where_they_are_is_not_answered_with_that(question: str) -> None:
    assert not ask(question).leads


# By host, without the plan of row 10: three in Albania (43, 48, 51), Morocco (23, 29, 30), Spain
# (33, 46, 50), Turkey (35, 44, 54) and the United Kingdom (39, 47, 55), two in eight more: Brazil,
# Colombia, France, Italy, Kenya, Romania, Thailand and the United States. 138 countries without
# the 78 that one posting serves are 60; three or more serve 14 of those: the five, Bulgaria,
# Gambia, Ireland, Kosovo, Malta, Montenegro, North Macedonia, Senegal and Singapore.
THREE = "Albanië (3), Marokko (3), Spanje (3), Turkije (3), het Verenigd Koninkrijk (3)"
SEVERAL = {
    **dict.fromkeys(
        ("landen met meer dan één officier", "welke landen hebben meerdere officieren"),
        ("13 landen en gebieden hebben meer dan één officier: " + THREE, "60 landen en gebieden"),
    ),
    "which countries have more than one officer": ("13 landen en gebieden hebben", "60 landen"),
    "landen met twee officieren": (
        "8 landen en gebieden hebben precies 2",
        "46 landen en gebieden",
    ),
    # Dutch rows, two to a city: 23 and 29, 25 and 26, 31 and 49, 33 and 46, 39 and 47, 43 and 48.
    "cities with exactly two officers": ("6 steden hebben precies 2", "Nairobi, Parijs, Rabat"),
    "countries with at least three officers": ("5 landen en gebieden hebben minstens", "14 landen"),
    # Rows 25 and 26; both name Kenya, Tanzania, Ethiopia and Seychelles.
    "landen met meer dan één officier van de KMar": ("1 land of gebied heeft", "Kenia (2). 4 land"),
    # Dutch rows in one city: no third anywhere. With row 30, 50, 51 and 55 of GPI: four cities.
    "meer dan twee officieren in een stad": (
        "Geen stad heeft minstens 3 officieren van NP of KMar.",
        "4 steden: Londen, Madrid, Rabat en Tirana.",
    ),
    # 26 African countries are served, see above: rows 17 and 23 to 30 name 12 of them twice or more
    # (Ethiopia, Gambia, Ghana, Ivory Coast, Cabo Verde, Kenya, Morocco, Mauritania, Senegal,
    # Seychelles, Tanzania, Tunisia).
    "landen met één officier in Afrika": ("14 landen in Afrika hebben maar één officier.", "Togo"),
}


@pytest.mark.parametrize("question", SEVERAL)
def test_so_many_officers_as_are_asked_for(question: str) -> None:
    reply, (begins, then) = ask(question), SEVERAL[question]
    assert reply.title.startswith(begins) and then in texts(reply) and not reply.notes


def test_one_in_digits_is_read() -> None:
    assert not ask("landen met 1 officier").notes


# Counted in the rows of the annex: NP serves 96 and KMar 37, of which 16 are the same (Albania,
# Bulgaria, France, Gambia, Ghana, Ireland, Ivory Coast, Jordan, Kosovo, Malta, Morocco, North
# Macedonia, Senegal, Spain, Turkey, United Kingdom): 117. Of the 50 of GPI 36 are among those.
BOTH = "16 landen en gebieden worden bediend door zowel NP als KMar."
TOGETHER = {
    "landen bediend door NP en KMar": ("40 officieren van NP of KMar, op posten in 34", BOTH),
    "welke landen worden door zowel NP als KMar bediend": ("40 officieren van NP of KMar", BOTH),
    "countries served by both NP and KMar": ("40 officieren van NP of KMar", BOTH),
    "zowel Nederland als België": (
        "51 officieren van NP, KMar of GPI",
        "36 landen en gebieden worden bediend door zowel (NP of KMar) als GPI.",
    ),
    "both the Netherlands and Belgium": ("51 officieren van NP, KMar of GPI", "36 landen"),
    "KMar en GPI in Oceanië": ("Oceanië: er zit geen officier", "Oceanië: geen land of gebied"),
}


@pytest.mark.parametrize("question", TOGETHER)
def test_what_each_of_several_serves_is_told_apart_from_what_one_of_them_does(
    question: str,
) -> None:
    reply, (begins, both) = ask(question), TOGETHER[question]
    assert reply.title.startswith(begins) and both in reply.title and not reply.notes


def test_two_are_compared_in_a_part_of_the_world_too() -> None:
    # In Africa rows 23 and 24 are of the NP, 25 to 29 of the KMar.
    title = ask("vergelijk NP en KMar in Afrika").title
    assert "2 officieren van NP werken" in title and "5 officieren van KMar werken" in title


def test_the_netherlands_and_belgium_are_their_police_only_side_by_side() -> None:
    assert ask("officieren van Nederland in België").title.startswith("België heeft 1 officier")
    assert "zowel" not in ask("Nederland of België").title
    three = ask("Nederland en België en Luxemburg").title
    assert three.startswith("België heeft 1 officier") and "Luxemburg heeft zelf geen" in three


def test_an_amount_that_is_not_understood_is_not_passed_over() -> None:
    assert not ask("landen met maximaal twee officieren").leads
    assert not ask("at most two officers").leads
    assert "twee" in ask("twee officieren in Madrid").title
    assert ask("landen met een officier").title == WHOLE  # an article


# Row 4 serves 11: seven of the eastern Caribbean and four more. Of organisations 28, 12 and 11.
MOST = {
    "welk land heeft de meeste officieren": "hebben Albanië, Marokko, Spanje, Turkije en",
    "most officers": "hebben Albanië, Marokko, Spanje, Turkije en het Verenigd Koninkrijk: elk 3.",
    "welke stad heeft de meeste officieren": "hebben Londen, Madrid, Rabat en Tirana: elk 3.",
    "welk land in Afrika heeft de meeste officieren": "heeft Marokko: 3.",
    "welke organisatie heeft de meeste officieren": "namelijk 28, zijn van Nederlandse politie.",
    "welke post bedient de meeste landen": "namelijk 11, bedient NP Santo Domingo.",
    "which officer covers the most countries": "namelijk 11, bedient NP Santo Domingo.",
    # The tables of missions: Armenia 9 in 2025, Somalia 5 in 2023.
    "grootste missie": "Het grootste aantal, 9, werkte in EUMA Armenië.",
    "largest mission 2023": "Het grootste aantal, 5, werkte in EUCAP Somalië.",
    # Row 54, Istanbul, names Pakistan: of Islamabad the only post, almost 4,000 km away.
    "welk land ligt het verst van een officier": "op 3.946 km, ligt Pakistan.",
}


@pytest.mark.parametrize("question", MOST)
def test_the_most_of_what_is_asked_for(question: str) -> None:
    reply = ask(question)
    assert MOST[question] in reply.title and not reply.notes


def test_every_post_is_in_the_list_of_the_most() -> None:
    blocks = ask("welke post bedient de meeste landen").blocks
    [table] = [each for each in blocks if isinstance(each, Table) and each.key == "most"]
    assert len(table.rows) == 54  # both of the KMar in Nairobi too


# Adjectives, and names of whom or where: rows 1 and 11 are Washington, row 25 names South Africa.
NAMED = {
    "de Amerikaanse liaison": "De Verenigde Staten hebben 2 officieren",
    "the British officer": "Het Verenigd Koninkrijk heeft 3 officieren",
    "Zuid-Afrikaanse officier": "Zuid-Afrika heeft zelf geen post",
    "Franse Guyana": "Frans-Guyana heeft zelf geen post",
    "Amerikaans-Samoa": "Amerikaans-Samoa heeft geen officier",
    # 11 rows end on GPI; NP has Brussels, row 40.
    "hoeveel officieren heeft België": "11 officieren van GPI, op posten in 11 steden",
    "does Belgium serve Mali": "Alleen officieren van GPI tellen mee: Mali heeft",
    "wie bedient België": "België heeft 1 officier in het land: Nederlandse politie in Brussel",
    # Rows 1 to 12 without the plan of row 10; Bogota and Cartagena are two cities of Colombia.
    "officieren in Amerika": "Noord- en Zuid-Amerika: 11 officieren werken er",
    "Balkan": "Westelijke Balkan staat voor 6 landen",
}


@pytest.mark.parametrize("question", NAMED)
def test_names_that_readers_use_beside_ours(question: str) -> None:
    reply = ask(question)
    assert reply.title.startswith(NAMED[question]) and not reply.notes and not reply.choices


@pytest.mark.parametrize("question", ["officieren in Latijns-Amerika", "Midden-Oosten"])
def test_a_part_of_the_world_that_we_do_not_have_is_a_choice_of_those_we_have(
    question: str,
) -> None:
    reply = ask(question)
    assert reply.choices and not reply.blocks
    assert "Verenigde Staten" not in [cell.text for cell in reply.choices]


# The table of 2025: Libya 3, Somalia 4, Mali 4 and the Gulf of Guinea 1; of 2023: 1, 5 and 1. Not
# of the EU are the OSCE (1) and the OSC (1); none is of the UN. Of the countries of missions no row
# of the network names Israel or the Palestinian territories.
MISSIONS = {
    "missies in Afrika": "Afrika: op 12 november 2025 waren 12 Nederlandse politiemensen",
    "missions in Africa 2023": "Afrika: op 24 november 2023 waren 7 Nederlandse politiemensen",
    "EU-missies": "EU: op 12 november 2025 waren 32 Nederlandse politiemensen uitgezonden, in 10 ",
    "missies van de VN": "VN: op 12 november 2025 waren 0 Nederlandse politiemensen",
    "missies zonder liaison": "1 land en 1 betwist gebied met politie in een missie",
    "mission without an officer": "1 land en 1 betwist gebied met politie in een missie",
    "hoeveel missies per jaar": "Op 24 november 2023 waren 28 Nederlandse politiemensen",
    "welke missies zijn nieuw": "Op 24 november 2023 waren 28 Nederlandse politiemensen",
    "missie Mali gestopt": "Mali: op 12 november 2025: EUCAP Sahel Mali: 4.",
    "kosten per jaar": "Gemiddelde kosten",
}


@pytest.mark.parametrize("question", MISSIONS)
def test_missions_of_a_part_of_the_world_or_of_a_body(question: str) -> None:
    reply = ask(question)
    assert reply.title.startswith(MISSIONS[question]) and not reply.notes


def test_the_map_below_missions_of_a_part_shows_no_more_than_it() -> None:
    [lead] = ask("missies in Afrika").leads
    assert (lead.page, lead.choices["area"]) == ("missions", "Africa")
    assert [lead.page for lead in ask("EU-missies").leads] == ["mission_years"]


# The annex: one FILO of the KMar, three rows at INTERPOL, MoUs with South Korea and Croatia, one
# plan, in Brazil. Question 3 of 2020 lists Suriname among 16, not Peru. No row of Dubai names Iran,
# both of Bangkok name Vietnam. Of the EU no row names Denmark, Estonia, Finland, Latvia, Lithuania,
# Sweden, the Czech Republic and Slovakia: 18 of 26 are served, and 10 have a post (rows 31 to 34,
# 37, 38, 40 to 42 and 45); the KMar serves Bulgaria, Cyprus, France, Greece, Ireland, Malta, Spain.
PARTICULAR = {
    "wat mag een liaisonofficier niet": "Een liaisonofficier mag in het buitenland niet zelf",
    "FILO KMar": "Er is 1 flexibel inzetbare liaisonofficier (FILO)",
    "hoeveel mensen bij Interpol": "Er werken 3 officieren bij internationale organisaties: ",
    "MoU China": "De documenten noemen geen overeenkomst (MoU) met de politie van China.",
    "overeenkomst met Kroatië": "MoU met de Kroatische politie",
    "is Suriname een prioritair land": "Suriname hoorde van 2015 tot en met 2018 bij de 16",
    "is Peru a priority country": "Peru hoorde van 2015 tot en met 2018 niet bij de 16",
    "geplande posten Brazilië": "Over 1 post moet nog worden besloten: KMar Brasilia",
    "geplande post in Ecuador": "Voor Ecuador noemt het document geen post waarover nog moet",
    "sinds wanneer geen officier in Rusland": "De bijlage meldt dat de LO Rusland is terug",
    "vergelijk NP en KMar": "28 officieren van NP, op posten in 28 steden, bedienen 96 landen en "
    "gebieden. 12 officieren van KMar, op posten in 11 steden, bedienen 37",
    "bedient Dubai Iran": "Geen officier in Dubai bedient Iran. Iran heeft geen officier",
    "does Bangkok serve Vietnam": "Een officier in Bangkok bedient Vietnam. Vietnam heeft",
    "EU-landen zonder officier": "Een officier bedient 18 van de 26 EU-landen buiten Nederland; "
    "in 10 daarvan staat een post. Zonder officier: Denemarken, Estland, Finland,"
    " Letland, Litouwen, Slowakije, Tsjechië en Zweden.",
    "hoeveel EU-landen hebben een officier van de KMar": "Een officier van KMar bedient 7 van "
    "de 26 EU-landen buiten Nederland",
}


@pytest.mark.parametrize("question", PARTICULAR)
def test_a_second_name_in_a_question_is_answered_about(question: str) -> None:
    reply = ask(question)
    assert reply.title.startswith(PARTICULAR[question]) and not reply.notes
