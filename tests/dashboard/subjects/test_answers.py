"""Questions as readers type them, and what the documents answer; read by hand in their text."""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from dashboard import snapshot
from dashboard.filters import Filters
from dashboard.i18n import LANGUAGES, texts_of
from dashboard.report import Cell, Table, Text
from dashboard.subjects import overview
from dashboard.subjects.answers import beforehand
from dashboard.subjects.answers.asking import Reply
from dashboard.subjects.answers.reply import answer
from dashboard.subjects.gaps.report import Gaps
from dashboard.subjects.missions.counts import Missions

RELEASE = "bijlage-2025-11"
NETWORK = f"bronnen?document={RELEASE}&tabel=1-gecombineerd-benelux-lo-netwerk"


def ask(question: str, language: str = "nl", release: str = RELEASE) -> Reply:
    return answer(texts_of(language), Filters(release, language), question)


def links(reply: Reply) -> list[str]:
    """The addresses of every cell of the reply."""
    tables = (block for block in reply.blocks if isinstance(block, Table))
    cells = (cell for table in tables for row in table.rows for cell in row)
    return [cell.href for cell in cells if isinstance(cell, Cell) and cell.href]


def texts(reply: Reply) -> str:
    return " ".join([reply.title, *(b.text for b in reply.blocks if isinstance(b, Text))])


def written(reply: Reply) -> str:
    """The same with what every cell of its tables says."""
    tables = (block for block in reply.blocks if isinstance(block, Table))
    cells = (cell for table in tables for row in table.rows for cell in row)
    return " ".join([texts(reply), *(c.text if isinstance(c, Cell) else c for c in cells)])


# Question -> (what the answer says, the printed row it leads to).
ANSWERS = {
    # Row 7 prints Lima, row 5 has Peru in the work area of Bogota.
    "wie bedient Peru": (("Lima", "Bogota"), f"{NETWORK}&rij=7"),
    "Who serves Peru?": (("Lima", "Bogota"), f"{NETWORK}&rij=5"),
    # No row names Ecuador or India: the answer leads to the table in which they are missing.
    "Ecuador": (("Ecuador heeft geen officier", "Bogota"), NETWORK),
    "Equador": (("Ecuador heeft geen officier",), NETWORK),
    "India": (("India heeft geen officier",), NETWORK),
    # Abbreviations, other languages, accents and hyphens.
    "VAE": (("Dubai",), f"{NETWORK}&rij=17"),
    "UAE": (("Dubai",), f"{NETWORK}&rij=17"),
    "vs": (("Washington",), f"{NETWORK}&rij=11"),
    "UK": (("Londen",), f"{NETWORK}&rij=39"),
    "cote d'ivoire": (("Accra", "Abuja"), f"{NETWORK}&rij=28"),
    "Zuid Afrika": (("Nairobi",), f"{NETWORK}&rij=25"),
    "trinidad en tobago": (("Paramaribo",), f"{NETWORK}&rij=2"),
    "Trikije": (("Ankara", "Istanbul"), f"{NETWORK}&rij=44"),
    "wie bedient Turkije namens de KMar": (("Istanbul",), f"{NETWORK}&rij=44"),
    # A city with a post: row 16 prints Tiblisi and names nine countries beside Georgia.
    "Tbilisi": (("1 officier", "10 landen"), f"{NETWORK}&rij=16"),
    "istanboel": (("2 officieren", "Pakistan"), f"{NETWORK}&rij=54"),
    # Row 17: the Emirates, Oman, Qatar, Saudi Arabia, Kuwait, Bahrain, Yemen, Djibouti and Jordan;
    # only Jordan is in another row, that of Beirut.
    "als Dubai sluit": (("8 landen en gebieden", "Jordanië (KMar Beiroet)"), f"{NETWORK}&rij=17"),
    "wat als de post in Dubai sluit?": (("8 landen en gebieden",), f"{NETWORK}&rij=17"),
    "if Dubai closes": (("8 landen en gebieden",), f"{NETWORK}&rij=17"),
    "what happens when Dubai closes": (("8 landen en gebieden",), f"{NETWORK}&rij=17"),
    # No document prints a sum for all: the only amount in the five is that of question 8.
    "kosten": (("280.000 euro", "2020"), "bronnen?document=ips-qa-2020&tabel=vraag&rij=8"),
    "wat kost het netwerk": (("280.000 euro", "hele netwerk kost, staat in geen document"), ""),
    "FILO": (
        ("3 flexibel", "NP FILO CTER", "GPI FILO"),
        f"bronnen?document={RELEASE}&tabel=2-flexibel-inzetbare-liaison-officers&rij=3",
    ),
    "missies 2023": (
        ("24 november 2023", "28 Nederlandse politiemensen", "11 missies"),
        "bronnen?document=bijlage-2023-12&tabel=overzicht-uitgezonden-politiefunctionarissen"
        "-peildatum-24-november-2023&rij=11",
    ),
    "missies": (("34 Nederlandse politiemensen", "12 missies"), ""),
    "EULEX": (("4 politiemensen op 24 november 2023", "1 politiemens op"), ""),
    "hoeveel landen hebben een officier": (("138 landen",), NETWORK),
    "hoeveel landen hangen af van één officier": (("78 landen",), NETWORK),
    "alleen België": (("5 landen", "Andorra", "San Marino"), NETWORK),
    "Welke landen hebben alleen een Belgische officier?": (("5 landen", "San Marino"), NETWORK),
    "Which countries have only a Belgian officer?": (("5 landen", "San Marino"), NETWORK),
    "Welke landen worden alleen door een Belgische officier bediend?": (("5 landen",), NETWORK),
    "Which countries are served by a Belgian officer only?": (("5 landen",), NETWORK),
    # Rows 17, 23 to 28 and 30 name 26 of the 54 African states. The other 28, with Western Sahara,
    # Abyei (disputed), Mayotte, Réunion and Saint Helena, make 33.
    "Hoeveel Afrikaanse landen hebben geen officier?": (("28 landen en 2 betwiste",), NETWORK),
    "How many African countries have no officer?": (("Samen zijn dat 33 landen",), NETWORK),
    # No row of GPI has Ecuador; row 30 is Rabat of GPI, the only one that names Mali.
    "belgische officier ecuador": (("Ecuador heeft geen officier van GPI",), NETWORK),
    "Belgian officer in Mali": (("Alleen officieren van GPI tellen mee",), f"{NETWORK}&rij=30"),
    "Wat gebeurt er als een post sluit?": (("hangt af van de post", "Dubai sluit"), ""),
    "What happens if a post closes?": (("hangt af van de post",), ""),
    "Hoeveel politiemensen zijn in missies, waar, en wat veranderde?": (
        ("24 november 2023 waren 28", "12 november 2025 waren 34"),
        "",
    ),
    # Row 5 prints Bogota for six countries, Ecuador not among them; other sources have GPI there.
    "waarom bedient bogota ecuador niet": (
        ("Ecuador: waarom", "NP Bogota bedient 6 landen", "Niet meegeteld: Belgische Geïnt"),
        "",
    ),
    # Rabat of GPI alone names Mali; rows 33, 46 and 50 are Madrid: NP, KMar and GPI.
    "Nederlandse officier in Mali": (("geen officier van NP of KMar",), f"{NETWORK}&rij=30"),
    "Dutch officers in Madrid": (("2 officieren van NP en KMar", "ook: GPI"), ""),
    # Paragraph 25 of the letter: back from Lisbon in 2013, from Poland in 2012; 2019 names Poland.
    "Sinds wanneer zit er een officier in Lissabon?": (
        ("Lissabon: tussen 2013 en begin 2026", "alinea 25", "NP Lissabon"),
        f"{NETWORK}&rij=38",
    ),
    "Since when is there an officer in Lisbon?": (("tussen 2013 en begin 2026",), ""),
    "sinds wanneer lissabon": (("tussen 2013 en begin 2026",), f"{NETWORK}&rij=38"),
    "sinds wanneer zit er een officier in Polen": (("tussen 2012 en 2019",), f"{NETWORK}&rij=42"),
    # Paragraph 2: a new officer in Bucharest on 1 September 2013; no return is spoken of.
    "sinds wanneer Boekarest": (
        ("leiden wij uit de documenten niet af", "1 september 2013"),
        f"{NETWORK}&rij=37",
    ),
    "geen officier in Zuid-Amerika": (("1 land in", "Land: Ecuador.", "Gebied: Falkland"), NETWORK),
    "hoeveel posten": (("54 ", "138 "), NETWORK),
    "KMar": (("37 landen", "Nairobi (2)", "Tunis", "nog worden besloten"), f"{NETWORK}&rij=25"),
    "prioritaire landen": (
        ("16 landen", "Suriname"),
        "bronnen?document=ips-qa-2020&tabel=vraag&rij=3",
    ),
    "waarom Australië": (("springplank",), "bronnen?document=kst-31015-94&tabel=brief&rij=12"),
    "MoU": (("2 overeenkomsten",), ""),
    "geplande posten": (("1 post", "KMar Brasilia"), f"{NETWORK}&rij=10"),
    # Row 2 is "Suriname - NP": no row of KMar or GPI is there, and that row is what there is.
    "Suriname KMar": (("geen officier van KMar", "NP"), f"{NETWORK}&rij=2"),
    "Peru GPI": (("geen officier van GPI",), f"{NETWORK}&rij=7"),
    "Brazilië KMar": (("KMar (gepland)",), f"{NETWORK}&rij=10"),
    # Row 7 (Lima) prints no organisation, so the NP serves Peru from Bogota, row 5.
    "Peru NP": (("Alleen officieren van NP tellen mee: Peru", "Bogota"), f"{NETWORK}&rij=5"),
    # Row 7 (Lima) prints no organisation; rows 33, 46 and 50 are Madrid: NP, KMar and GPI.
    "NP in Lima": (
        ("Lima (Peru) noemt het document geen officier van NP", "Van 1 post is de"),
        f"{NETWORK}&rij=7",
    ),
    "GPI in Madrid": (
        ("werkt 1 officier van GPI", "GPI Madrid", "staan ook: NP en KMar"),
        f"{NETWORK}&rij=50",
    ),
    "Ecuador KMar": (("Ecuador",), NETWORK),
    # Two of one kind: rows 7 and 5, 17 and 7.
    "Lima en Bogota": (("In Lima (Peru)", "In Bogota (Colombia)"), f"{NETWORK}&rij=5"),
    "als Dubai en Lima sluiten": (("In Dubai en Lima werken 2 officieren",), f"{NETWORK}&rij=17"),
    "als Ecuador en Lima sluiten": (("In Ecuador staat geen post", "Lima"), f"{NETWORK}&rij=7"),
    "als Ecuador en India sluiten": (("In Ecuador en India staat geen post",), NETWORK),
    "OSC en EULEX": (("OSC: niet in de tabel van 24", "EULEX Kosovo: 4 politiemensen"), ""),
    "Mali en Niger missies": (("EUCAP Sahel Mali: 4", "Niger: op 12 november 2025: geen"), ""),
    "Mali en Niger": (("Niger heeft geen officier",), f"{NETWORK}&rij=30"),
    "NP en GPI in Afrika": (("Afrika: ", "van NP of GPI"), f"{NETWORK}&rij=17"),
    "landen zonder officier in Afrika en Azië": (("28 landen", "Azië: daarnaast"), NETWORK),
    "alleen België in Afrika": (("1 land in Afrika wordt", "Mali"), NETWORK),
    "hoeveel officieren in Afrika": (("Afrika: 8 officieren", " in 5 steden"), f"{NETWORK}&rij=17"),
    "welke landen worden niet bediend": (("63 landen en 4", "106 landen"), NETWORK),
    "twee officieren in één stad": (("6 steden",), ""),
    "two officers in one city": (("6 steden",), ""),
    "is Polen gesloten": (
        ("in 2012 teruggekeerd (2012; Kamerbrief", "Polen heeft 1 officier in het land"),
        f"{NETWORK}&rij=42",
    ),
    "als Polen dicht gaat": (("heeft Polen geen officier meer",), f"{NETWORK}&rij=42"),
    "kamerbrief 2013": (("9 oktober 2013",), "bronnen?document=kst-31015-94&tabel=brief"),
}  # fmt: skip


LETTER = "bronnen?document=kst-31015-94&tabel=brief&rij=25"
# Paragraph 25 of the letter: back from Poland in 2012 and Lisbon in 2013; the terms of Rome, Madrid
# and Paris end in 2014, 2015 and 2016. Row 16 of the annex: Russia, without a date. Nothing else.
CLOSED = "Polen (2012), Lissabon (2013), Rome (2014), Madrid (2015), Parijs (2016) en Rusland"
NOWHERE = "Geen document zegt dat een post in {} sluit of gesloten is."
# Question -> (how the answer begins, what it says too, the printed row it leads to).
CLOSINGS = {
    **dict.fromkeys(
        (
            *("welke posten sluiten", "welke posten zijn gesloten?", "gesloten posten"),
            *("worden er posten opgeheven", "hoeveel posten sluiten", "sluit een post?"),
            *("which posts close", "closed posts", "which posts will be closed?"),
            "welke posten sluiten volgens de brief van 2013",
        ),
        ("Geen document noemt een post die na begin 2026 sluit.", CLOSED, LETTER),
    ),
    **dict.fromkeys(
        (
            *("sluit de post in Dubai?", "wanneer sluit Dubai", "Dubai sluit", "is Dubai dicht"),
            *("does the post in Dubai close?", "when does Dubai close", "closing Dubai"),
        ),
        (NOWHERE.format("Dubai"), "In Dubai (Verenigde Arabische Emiraten)", f"{NETWORK}&rij=17"),
    ),
    # Row 22 is Moscow of GPI. Row 16, where the withdrawn post goes on, prints no organisation.
    **dict.fromkeys(
        (
            *("sinds wanneer is de post in Moskou gesloten", "is Moskou dicht"),
            *("since when is the post in Moscow closed", "has the Moscow post been closed?"),
        ),
        (
            "De bijlage meldt dat de LO Rusland is teruggetrokken en de post vanuit Georgië "
            "doorgaat; wanneer en van welke organisatie staat er niet (bijlage najaar 2025). Het "
            "netwerk van begin 2026 noemt voor Moskou 1 officier: Belgische Geïntegreerde "
            "politie.",
            "In Moskou (Rusland) werkt 1 officier (gepland voor begin 2026).",
            f"{NETWORK}&rij=16",
        ),
    ),
    "waarom is Rusland gesloten": ("De bijlage meldt", "vanwege de oorlog", f"{NETWORK}&rij=16"),
    "is de post in Rome gesloten": ("De termijn van de", "in Rome loopt af (2014;", LETTER),
    # Paragraph 25 says of Romania that a change is put off, not that the post closes.
    "sluit Boekarest": (NOWHERE.format("Boekarest"), "met twee jaar uitgesteld", LETTER),
    "sluit Ecuador": (NOWHERE.format("Ecuador"), "Ecuador heeft geen officier", NETWORK),
    "which posts in Africa close": (NOWHERE.format("Afrika"), "", ""),
    "welke posten in Azië zijn gesloten": (NOWHERE.format("Azië"), "", ""),
    "welke posten sloten in 2013": (
        "De documenten noemen 1 plaats waar een officier wegging of zou weggaan: Lissabon (2013).",
        "Wanneer de officier voor Rusland wegging, staat er niet.",
        LETTER,
    ),
    "are posts closing in 2026": (
        "Geen document noemt een post die in 2026 sloot of zou sluiten.",
        "Wanneer de officier voor Rusland wegging, staat er niet.",
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("question", CLOSINGS)
def test_which_posts_close_is_answered_from_the_documents(question: str) -> None:
    """A scenario is no answer to it, only a way to read on."""
    begins, words, row = CLOSINGS[question]
    reply = ask(question)
    assert reply.title.startswith(begins) and not reply.notes and not reply.choices
    assert words in written(reply) and "geen officier meer" not in texts(reply)
    assert not row or row in links(reply)


# What follows is what Dubai does: row 17 serves Oman, and no other row names it.
IF_DUBAI_CLOSES = (
    "Wanneer Dubai sluit, wie bedient dan Oman?",
    "Wanneer de post in Dubai sluit, welke landen verliezen dan hun officier?",
    "Wie bedient Oman wanneer Dubai sluit?",
    "Wanneer Dubai gesloten wordt, wie doet dan Oman?",
    "wanneer dubai dicht gaat wat dan",
    "Welke landen hebben geen officier meer wanneer Dubai sluit?",
    "Hoeveel landen verliezen hun officier wanneer de post in Dubai sluit?",
    "Zodra Dubai sluit, wie bedient Oman?",
    "Mocht Dubai sluiten, wie bedient dan Oman?",
    "Als Dubai sluit, wie bedient dan Oman?",
    "When Dubai closes, who serves Oman?",
    "When Dubai is closed, who will serve Oman?",
    "When the post in Dubai closes, which countries lose their officer?",
    "Who serves Oman when Dubai closes?",
    "Which countries have no officer when Dubai closes?",
    "Once Dubai closes, who serves Oman?",
    "If Dubai closes, who serves Oman?",
)
# The place behind the verb, a question within a sentence, or no consequence: a date is asked for.
WHEN_DUBAI_CLOSES = (
    "Wanneer sluit Dubai?",
    "Wanneer is de post in Dubai gesloten?",
    "Wanneer wordt de post in Dubai gesloten?",
    "Sinds wanneer is de post in Dubai gesloten?",
    "Weet u wanneer Dubai sluit?",
    "Staat er in de brief wanneer Dubai sluit?",
    "wanneer Dubai sluit",
    "Wanneer gaat Dubai dicht?",
    "Welk document zegt wanneer Dubai sluit?",
    "When does Dubai close?",
    "When was Dubai closed?",
    "When will the post in Dubai be closed?",
    "Since when is Dubai closed?",
    "Do you know when Dubai closes?",
    "when Dubai closes",
    "Which document says when Dubai closes?",
    "Was the post in Dubai once closed?",
    "Which document says that the post in Dubai was once closed?",
)


@pytest.mark.parametrize("question", IF_DUBAI_CLOSES)
def test_a_closing_with_a_consequence_is_a_scenario(question: str) -> None:
    reply = ask(question)
    assert "Als de post NP Dubai" in reply.title
    assert ("Dan heeft Oman geen officier." in reply.title) == ("Oman" in question)
    assert "In Oman staat geen post" not in texts(reply)


@pytest.mark.parametrize("question", WHEN_DUBAI_CLOSES)
def test_when_a_post_closes_is_a_question_of_fact(question: str) -> None:
    reply = ask(question)
    assert NOWHERE.format("Dubai") in reply.title and "India" not in reply.title


def test_who_goes_on_serving_a_country_is_said_first() -> None:
    """Row 20, Beirut of the KMar, names Jordan beside Dubai."""
    reply = ask("Wanneer Dubai sluit, wie bedient dan Jordanië?")
    assert reply.title.startswith("Dan bedient KMar Beiroet Jordanië. Als de post NP")
    assert ask("Als NP Dubai sluit, wie bedient dan Jordanië?").title.startswith("Dan bedient KMar")
    reply = ask("When Dubai closes, who serves Jordan?", "en")
    assert reply.title.startswith("KMar Beirut then serves Jordan. If the post NP Dubai")


def test_below_the_posts_that_close_stand_the_plan_and_who_is_there_now() -> None:
    """Paragraph 22 of the letter; rows 42, 38, 34, 33 and 31 of the annex are NP."""
    said = texts(ask("welke posten sluiten"))
    assert "Aangekondigd: vaste liaisonofficieren in EU-landen worden in ongeveer vier jaar" in said
    assert "2026 staat een officier in Polen, Lissabon, Rome, Madrid en Parijs." in said


def test_a_reader_of_english_reads_the_same_of_posts_that_close() -> None:
    closed = "Rome (2014), Madrid (2015), Paris (2016) and Russia (no date stated)"
    assert closed in ask("which posts close", "en").title
    dubai = ask("does the post in Dubai close?", "en")
    assert dubai.title.startswith("No document says that a post in Dubai closes or is closed.")
    [scenario] = [lead for lead in dubai.leads if lead.page == "whatif"]
    assert scenario.choices == {"scenario": f"{RELEASE}~~close.17"}
    assert "whole network costs is in no document" in ask("what does the network cost", "en").title


@pytest.mark.parametrize("question", ANSWERS)
def test_a_question_is_answered_with_its_printed_row(question: str) -> None:
    words, row = ANSWERS[question]
    reply = ask(question)
    assert not reply.choices
    for word in words:
        assert word in written(reply), word
    assert not row or row in links(reply)


# Words that may mean several things -> what they may mean; nothing is answered.
UNCERTAIN = {
    "Congo": ("Congo-Brazzaville", "Congo-Kinshasa"),
    "wie bedient Congo": ("Congo-Brazzaville", "Congo-Kinshasa"),
    "Guinea": ("Guinee", "Guinee-Bissau", "Equatoriaal-Guinea", "Papoea-Nieuw-Guinea"),
    "Korea": ("Noord-Korea", "Zuid-Korea"),
    "EUCAP": ("EUCAP Somalië", "EUCAP Sahel Mali", "EUCAP Sahel Niger"),
    "EUMAM": ("EUMM Georgië", "EUMA Armenië", "EUAM Oekraïne", "EUAM Irak", "EUBAM Libië"),
    "Irac": ("Irak", "Iran"),
    # A slip beside other words.
    "wie bedient Trikije": ("Turkije",),
    "sluit Istanbull": ("Istanbul",),
    "misies Peru": ("missies",),
}


@pytest.mark.parametrize("question", UNCERTAIN)
def test_what_is_not_certain_is_a_choice_and_each_choice_is_certain(question: str) -> None:
    reply = ask(question)
    assert {cell.text for cell in reply.choices} >= set(UNCERTAIN[question])
    assert not reply.blocks
    assert "kosten" not in [cell.text for cell in reply.choices]
    for cell in reply.choices[:4]:
        [again] = parse_qs(cell.href.partition("?")[2])["vraag"]
        then = ask(again)
        assert not then.choices, cell.href


def test_a_name_that_another_begins_with_is_answered_and_the_other_is_offered() -> None:
    reply = ask("Niger")
    assert reply.title.startswith("Niger heeft geen officier")
    assert [cell.text for cell in reply.beside] == ["Nigeria"]
    assert not ask("Nigeria").beside


def test_several_posts_of_a_city_are_chosen_among() -> None:
    """Rows 25 and 26: Kenia-2 and Kenia-1, both in Nairobi."""
    reply = ask("als Nairobi sluit")
    scenarios = [str(lead.choices["scenario"]) for lead in reply.leads]
    assert scenarios == [f"{RELEASE}~~close.{rows}" for rows in ("25", "26", "25~close.26")]


NONSENSE = [
    "xyzzy",
    "wat is de zin van het leven",
    "",
    " ",
    "<script>",
    "?" * 300,
    "Oost-Turkestan",
    "people",
]


@pytest.mark.parametrize("question", NONSENSE)
def test_without_an_answer_the_reply_says_so_and_what_can_be_asked(question: str) -> None:
    reply = ask(question)
    assert not reply.leads and not reply.choices
    examples = [href for href in links(reply) if href.startswith("zoeken?vraag=")]
    assert len(examples) >= 5


# Example -> (words of the answer in both languages, the first page that it leads to).
EXAMPLES = {
    "peru": (("Lima", "Bogot", "1.870|1,870"), "country"),
    "close": (("NP Dubai", " 8 "), "whatif"),  # row 17 alone names eight of its nine
    "closed": (("(2012)", "(2013)", "(2014)", "(2015)", "(2016)"), "network_history"),
    "missions": (("28 ", "11 "), "missions"),
    "cost": (("280.000|280,000", "(2020)"), "network"),
    "filo": (("3 flexib", "FILO CTER", "small boats", "GPI FILO"), "network"),
    "nobody": (("28 ", "2 "), "gaps"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_has_an_answer_in_its_language(language: str) -> None:
    questions = texts_of(language).group("find.example")
    assert set(questions) == set(EXAMPLES)
    for name, question in questions.items():
        reply, (words, page) = ask(question, language), EXAMPLES[name]
        assert all(re.search(word, reply.title) for word in words), reply.title
        assert reply.leads[0].page == page and not reply.notes, name


# Of each question of the start page, in its order: words of the answer in both languages.
START = (
    *(("1 ", "Ecuador"), ("5 ", "San Marino"), ("Dubai",)),
    *((" 28 ", " 34 ", " 12 "), ("6 ", " 3."), ("2013", "2026")),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_of_the_start_page_has_an_answer_about_all_its_words(language: str) -> None:
    t = texts_of(language)
    questions = overview.questions(t, Filters(RELEASE, language))
    for (question, page, _), words in zip(questions, START, strict=True):
        reply = ask(question, language)
        assert all(word in texts(reply) for word in words), texts(reply)
        assert reply.leads[0].page == page and not reply.notes and not reply.choices, question


def test_a_country_that_was_chosen_before_is_in_no_answer() -> None:
    """Only a way that the answer names a country for keeps one."""
    filters = Filters(RELEASE, land="ECU", area="Africa")
    [to_network] = answer(texts_of("nl"), filters, "kosten").leads
    assert to_network.changed(filters) == Filters(RELEASE, area="Africa")
    [to_dossier] = answer(texts_of("nl"), filters, "Peru").leads
    assert to_dossier.changed(filters).land == "PER"


def test_a_word_that_was_not_understood_stands_before_the_figure() -> None:
    """A reader copies the title: "today" may be what the question was about."""
    found = answer(texts_of("nl"), Filters(RELEASE), "hoeveel landen hebben vandaag niemand")
    assert found.title.startswith("Niet begrepen: “vandaag”. ") and "63 landen" in found.title


def test_what_the_answer_leaves_out_is_said() -> None:
    assert "kosten" in " ".join(ask("kosten Peru").notes)
    assert "Koninklijke Marechaussee" in " ".join(ask("missies KMar").notes)
    assert "Ecuador" in " ".join(ask("Ecuadro").notes)
    assert "bezuinigingen" in " ".join(ask("Peru bezuinigingen").notes)
    assert not ask("is er een officier in Iran").notes


# Question -> what the answer says that it is not about.
LEFT_OUT = {
    "Hoeveel officieren in Turkije in 2013?": "2013",
    "Nairobi 2023": "2023",
    "kosten in 2013": "2013",
    "missies in 1800": "1800",
    "missies 2013 en 2023": "2013",
    "prioritaire landen 2020": "2020",
    "sluit Dubai waarom": "waarom",
    "Peru Dubai": "Dubai",
    "Dubai OSC": "OSC",
    "afstand Turkije": "afstand",
    "sinds wanneer EULEX": "sinds wanneer",
    "sinds wanneer zit GPI in Madrid": "Belgische Geïntegreerde politie",  # the letter: Dutch ones
    "twee officieren in één stad KMar": "Koninklijke Marechaussee",
}


@pytest.mark.parametrize("question", LEFT_OUT)
def test_a_year_or_a_second_thing_that_is_left_out_is_named(question: str) -> None:
    assert f"“{LEFT_OUT[question]}”" in " ".join(ask(question).notes)


@pytest.mark.parametrize(
    "question",
    [
        "Turkije 2026",  # the network is that of the start of 2026
        "kosten 2020",
        "prioritaire landen 2016",
        "documenten 2020",
        "liaisonofficier Peru",
        "politiemensen in Mali",
        "wordt Peru bediend",
        "Is Peru served?",
        "does Peru have an officer",
        "people in Peru",
        "afstand Peru",
        "welke landen worden niet bediend",
        "is Polen gesloten",
        "Sinds wanneer zit er een officier in Lissabon?",
        "waarom bedient bogota ecuador niet",
        "Nederlandse politiemensen in missies",
        "EULEX veranderd",
        "why does bogota not serve ecuador",
        "Lima en Bogota",
        "NP en GPI in Afrika",
        "OSC en EULEX",
    ],
)
def test_an_answer_about_all_words_notes_none(question: str) -> None:
    reply = ask(question)
    assert not reply.notes


def test_common_words_are_no_countries() -> None:
    for question in ("does Peru have an officer", "people in Peru", "afstand Peru"):
        assert ask(question).title.startswith("Peru heeft 1 officier"), question


def test_each_of_several_countries_is_answered_as_when_it_is_asked_for_alone() -> None:
    """Rows 7 and 5 serve Peru, from Lima and Bogota; other sources have GPI in Bogota."""
    both = ask("wie bedient ecuador en peru?")
    assert "Nederlandse politie in Bogota" in texts(both)
    assert "Niet meegeteld: Belgische Geïntegreerde politie, Bogota" in texts(both)
    for alone in (ask("Ecuador"), ask("Peru")):
        assert alone.title in both.title
        for block in alone.blocks:
            assert not isinstance(block, Text) or block in both.blocks
        assert set(links(alone)) <= set(links(both))


def test_a_name_that_is_typed_twice_is_answered_once() -> None:
    assert ask("peru peru").title == ask("peru").title


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_region_is_explained_in_the_language_of_the_reader(language: str) -> None:
    """Row 8 prints "Caribische Koninkrijksdelen"."""
    reading = {"nl": "bij deze naam rekenen, is onze uitleg", "en": "is our interpretation"}
    for region in ("Caribische Koninkrijksdelen", "Oostelijk deel Caribisch gebied"):
        reply = ask(region, language)
        assert "Plain meaning" not in texts(reply) and "docs/" not in texts(reply)
        assert reading[language] in texts(reply)


def test_a_year_without_a_count_has_none() -> None:
    """The list of Clingendael appeared in 2016; its row 3, UNFICYP, had no end then."""
    assert "Voor 2024 hebben wij geen telling" in ask("missies 2024").title
    assert not ask("missies 2024").blocks
    assert "UNFICYP" in str(ask("missies 2010").blocks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_found_by_its_name(language: str) -> None:
    names = snapshot.names(language)
    for code in list(names.index)[:: 3 if language == "en" else 2]:
        reply = ask(names[code], language)
        chosen = [str(lead.choices) for lead in reply.leads]
        named = names[code] in [cell.text for cell in reply.choices]
        assert named or any(code in text for text in chosen), names[code]


def test_a_document_without_a_network_answers_from_the_newest_that_has_one() -> None:
    assert "Lima" in texts(ask("Peru", release="bijlage-2023-12"))


# Question -> (kind of gap, area, words of the title, of what stands first below it).
GAPS = {
    "geen officier in Afrika": ("uncovered", "Africa", "28 landen en 2 betwiste", "zijn dat 33"),
    "geen officier in Zuid-Amerika": ("uncovered", "South America", "1 land in", "Ecuador"),
    "landen met maar één officier": ("single", "", "71 landen", "7 gebieden. Samen zijn dat 78"),
    "alleen België": ("partner_only", "", "5 landen", "Andorra (rij 50 van tabel 1), Mali (rij 30"),
}


@pytest.mark.parametrize("question", GAPS)
def test_an_answer_leads_with_the_figures_of_the_page_of_gaps(question: str) -> None:
    kind, area, figure, below = GAPS[question]
    reply = ask(question)
    page = Gaps(texts_of("nl"), Filters(RELEASE, area=area, kinds=(kind,)))
    assert reply.title.startswith(figure) and reply.title == f"{page.title}."
    said = [block.text for block in reply.blocks if isinstance(block, Text)]
    assert below in said[0] and said[0] == page.lead[0].text


def test_an_answer_takes_little_time() -> None:
    """80 ms of processor; what a first reader computes is kept for all."""
    questions = [
        "Peru",
        "als Dubai sluit",
        "welke posten sluiten",
        "missies 2023",
        "Equador",
        "geen officier in Afrika",
        "xyzzy",
    ]
    for question in questions:
        ask(question)
    begun = time.process_time()
    for question in questions:
        ask(question)
    assert (time.process_time() - begun) / len(questions) < 0.08


def test_a_site_without_a_server_has_the_answers_with_their_source() -> None:
    made = {each["name"]: each for each in beforehand.entries(texts_of("nl"), Filters(RELEASE))}
    assert "280.000 euro" in made["kosten"]["answer"]
    assert made["kosten"]["source"] == "antwoorden van 2020, vraag 8"
    assert "9 landen" in made["Dubai"]["answer"] and "EULEX Kosovo" in made
    assert "Peru" not in made  # countries are found with their dossier
    assert all(each["answer"] and each["code"].startswith("?") for each in made.values())
    assert beforehand.entries(texts_of("nl"), Filters("kst-31015-94")) == []


@pytest.mark.parametrize("release", [RELEASE, "bijlage-2026-05"])
def test_a_post_that_is_no_longer_in_a_complete_network_is_not_called_closed(
    own_imported_store: Path, release: str
) -> None:
    """The imported network has Quito, Nairobi and Madrid; that before it Lima and Moscow too."""
    for question in ("is de post in Lima gesloten", "sluit Peru", "wanneer sluit Lima?"):
        said = ask(question, release=release).title
        assert "Lima (Peru) staat niet meer in het netwerk van 12 mei 2026; in dat van" in said
        assert "Of de post gesloten is, zegt een lijst niet." in said
    said = ask("is the post in Lima closed", "en", release).title
    assert "Lima (Peru) is no longer in the network of 12 May 2026" in said
    every = ask("welke posten sluiten", release=release).title
    assert "posten staan niet meer in het netwerk van 12 mei 2026" in every
    assert "GPI Moskou (Rusland)" in every and "GPI Madrid (Spanje)" not in every


def test_of_one_complete_network_no_post_has_gone() -> None:
    assert "niet meer in het netwerk" not in ask("is de post in Lima gesloten").title


# 28 officers in 11 missions on 24 November 2023, 34 in 12 on 12 November 2025.
BOTH_COUNTS = {
    "nl": ("24 november 2023 waren 28", "12 november 2025 waren 34", "Dat zijn er 6 meer."),
    "en": ("24 November 2023, 28", "12 November 2025, 34", "That is 6 more."),
}


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Hoeveel Nederlandse politiemensen zijn nu op missie, tegen 2023?", "nl"),
        ("missies nu vergeleken met 2023", "nl"),
        ("politiemensen op missie ten opzichte van 2023", "nl"),
        ("missies 2025 tegen 2023", "nl"),
        ("hoeveel meer op missie dan in 2023", "nl"),
        ("hoeveel meer dan in 2023", "nl"),
        ("missies sinds 2023", "nl"),
        ("wat veranderde er in missies", "nl"),
        ("How many police are on a mission now, against 2023?", "en"),
        ("missions now compared with 2023", "en"),
        ("missions 2025 versus 2023", "en"),
        ("how many more than in 2023", "en"),
    ],
)
def test_two_dates_of_the_missions_are_compared(question: str, language: str) -> None:
    reply = ask(question, language)
    assert [said for said in BOTH_COUNTS[language] if said not in reply.title] == []
    assert not reply.notes and reply.title.index("2023") < reply.title.index("2025")
    # The table of 2025 has an officer of EUSDI and of OSC, that of 2023 one of USSC.
    assert "EUSDI" in texts(reply) and "USSC (1)" in texts(reply)
    [lead] = reply.leads
    page = Missions(texts_of(language), lead.changed(Filters(RELEASE, language)))
    assert [count.officers for count in page.counts] == [28, 34]


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("missies 2023", "2023-11-24"),
        ("missies 2025", "2025-11-12"),
        ("missies", "2025-11-12"),
        ("missies nu tegen 2023", "2025-11-12"),
        ("USSC", "2023-11-24"),  # which the table of 2025 does not print
        ("OSC", "2025-11-12"),
    ],
)
def test_the_page_of_the_missions_opens_on_the_date_of_the_answer(question: str, date: str) -> None:
    lead = next(lead for lead in ask(question).leads if lead.page == "missions")
    own = Filters(RELEASE, area="Africa", shown="2025-11-12", dates=("2023-11-24", "2025-11-12"))
    page = Missions(texts_of("nl"), lead.changed(own))
    assert page.map_date == date
    assert [count.missions for count in page.counts] == [11, 12]  # of the world, as the answer is


@pytest.mark.parametrize(
    ("question", "date", "page"),
    [
        ("hoeveel officieren nu tegen 2013", "2013", "compare"),
        ("wie bedient Peru nu tegen 2023", "2023", "network_history"),  # which has no network
        ("missies 2023 tegen 2019", "2019", "missions"),
        ("how many officers now against 2013", "2013", "compare"),
    ],
)
def test_an_answer_of_one_date_says_that_two_were_asked(
    question: str, date: str, page: str
) -> None:
    language = "en" if "against" in question else "nl"
    reply = ask(question, language)
    said = {"nl": "Uw vraag noemt twee data", "en": "Your question names two dates"}[language]
    assert reply.title.startswith(said) and "ot understood" not in reply.title
    assert date in " ".join(reply.notes) and page in [lead.page for lead in reply.leads]


def test_one_year_is_one_date() -> None:
    # Of 2019 there is no count; "dan" leads to a year only behind a word that compares.
    assert "Voor 2019 hebben wij geen telling" in ask("missies nu tegen 2019").title
    for question in ("missies 2023", "wie bedient Peru dan in 2023", "kosten 2020"):
        assert "twee data" not in ask(question).title
    assert "tegen" in ask("missies tegen drugs").title


# Rows 25 and 26 are Nairobi ("Kenia-2 Kmar", "Kenia-1 - KMar"), row 10 is the plan for Brasilia.
KMAR = (20, 25, 26, 27, 28, 29, 44, 45, 46, 47, 48, 49)
OF_KMAR = {
    "nl": "Abuja, Athene, Beiroet, Istanbul, Londen, Madrid, Nairobi (2), Parijs, Rabat, "
    "Tirana en Tunis",
    "en": "Abuja, Athens, Beirut, Istanbul, London, Madrid, Nairobi (2), Paris, Rabat, "
    "Tirana and Tunis",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_posts_of_an_organisation_are_named_and_its_rows_cited(language: str) -> None:
    reply = ask("KMar", language)
    assert reply.title.startswith("12 ") and OF_KMAR[language] in texts(reply)
    assert "KMar Bras" in texts(reply)  # which is not one of the 12
    assert links(reply) == [f"{NETWORK}&rij={row}" for row in (10, *KMAR)]


def test_the_rows_of_an_area_are_of_those_who_serve_it() -> None:
    # The work areas of rows 20 (Lebanon, Jordan, Syria) and 44 (Turkey) are not in Africa.
    reply = ask("KMar in Afrika")
    assert "Abuja, Nairobi (2), Rabat en Tunis" in texts(reply)
    assert links(reply) == [f"{NETWORK}&rij={row}" for row in (25, 26, 27, 28, 29)]
    # Row 17, Dubai, names Djibouti.
    assert f"{NETWORK}&rij=17" in links(ask("officieren in Afrika"))
    assert "Dubai" not in texts(ask("officieren in Afrika"))


# Two rows of one city or more: Dutch in six, of any organisation in twelve.
DUTCH_CITIES = {
    "nl": "6 steden hebben meer dan één officier van NP of KMar: "
    "Londen, Madrid, Nairobi, Parijs, Rabat en Tirana.",
    "en": "6 cities have more than one officer of NP or KMar: "
    "London, Madrid, Nairobi, Paris, Rabat and Tirana.",
}


@pytest.mark.parametrize(
    ("question", "language", "every"),
    [
        ("Welke posten hebben meer dan één officier?", "nl", "12 steden: Bangkok, Boekarest,"),
        ("In welke steden zitten meerdere officieren?", "nl", "12 steden: Bangkok, Boekarest,"),
        ("Which posts have more than one officer?", "en", "12 cities: Bangkok, Brasília,"),
    ],
)
def test_cities_with_more_than_one_officer_by_who_counts(
    question: str, language: str, every: str
) -> None:
    reply = ask(question, language)
    assert DUTCH_CITIES[language] in reply.title and every in reply.title and not reply.notes
    table = next(block for block in reply.blocks if isinstance(block, Table))
    assert len(table.rows) == 12
    assert f"{NETWORK}&rij=25,26" in links(reply)  # Nairobi


def test_more_than_one_officer_follows_the_chosen_organisations() -> None:
    chosen = Filters(RELEASE, organisations=("NP", "GPI"))
    title = answer(texts_of("nl"), chosen, "Welke posten hebben meer dan één officier?").title
    # The KMar counts in neither Nairobi (rows 25, 26) nor Paris (49), NP and GPI do in Bangkok.
    assert "van NP of GPI: Bangkok, " in title and "Nairobi" not in title and "Parijs" not in title
    assert "van KMar: Nairobi." in ask("meer dan één officier van de KMar").title
    assert ask("meer dan één officier van de NP").title.startswith("Geen stad")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("liaisonofficieren nu tegen 2023", "nl"),
        ("posten nu tegen 2013", "nl"),
        ("steden 2023", "nl"),
        ("are there more liaison officers than in 2023", "en"),
    ],
)
def test_a_year_of_officers_or_posts_is_not_answered_with_missions(
    question: str, language: str
) -> None:
    """Police on missions are others: 54 posts are in table 1 of the annex."""
    reply = ask(question, language)
    assert "54 " in reply.title and "28" not in reply.title and reply.notes


@pytest.mark.parametrize(
    ("question", "title"),
    [
        # Two of the three rows of Tirana are Dutch, one is Belgian.
        ("meer dan één Nederlandse officier in Tirana", "2 officieren van NP en KMar"),
        ("meer dan één officier in Oceanië", "Oceanië: geen stad heeft meer dan één officier."),
        # In Africa the same two cities whoever counts: said once.
        (
            "meer dan één officier in Afrika",
            "2 steden hebben meer dan één officier: Nairobi en Rabat",
        ),
        ("meerdere posten in Spanje", "Spanje heeft 3 officieren"),
        ("multiple missions", "34 Dutch police officers"),
        ("welke missies hebben meer dan één officier", "34 Nederlandse politiemensen"),
    ],
)
def test_more_than_one_officer_beside_other_words(question: str, title: str) -> None:
    reply = ask(question, "en" if question.startswith("multiple") else "nl")
    assert title in reply.title and "0 steden" not in reply.title


def test_a_figure_of_another_year_says_that_it_is_not_of_today() -> None:
    reply = ask("kosten 2020 tegen nu")
    assert reply.title.startswith("Uw vraag noemt twee data")
    assert "compare" not in [lead.page for lead in reply.leads]
    assert not ask("missies eind 2023 tegen eind 2025").title.startswith("Niet begrepen")


@pytest.mark.parametrize(
    ("question", "language", "title"),
    [
        # NP or KMar serve 117 of 244 units: 127 are left, of which 4 disputed and 39 territories.
        ("hoeveel landen hebben geen Nederlandse liaisonofficier", "nl", "84 landen en 4 betwiste"),
        ("which countries have no Dutch officer", "en", "84 countries and 4 disputed"),
        # 28 posts of the NP and 12 of the KMar; with those of others 54.
        ("hoeveel liaisonofficieren heeft Nederland in het buitenland", "nl", "40 officieren van"),
        ("how many liaison officers does the Netherlands have", "en", "40 officers of"),
        ("hoeveel liaisonofficieren zijn er", "nl", "54 officieren"),
        # Row 30: of Africa only Mali.
        ("welke landen in Afrika worden alleen door GPI bediend", "nl", "1 land in Afrika"),
        ("which countries are served only by the Belgian police", "en", "5 countries"),
    ],
)
def test_plain_questions_are_read_whole(question: str, language: str, title: str) -> None:
    reply = ask(question, language)
    assert reply.title.startswith(title) and not reply.notes


# The annex of autumn 2025 has the newest network (planned for the start of 2026) and missions.
OF_WHEN = {
    "van wanneer zijn deze cijfers": "nl",
    "sinds wanneer zijn deze cijfers": "nl",
    "uit welk document komen de cijfers": "nl",
    "hoe actueel zijn de gegevens": "nl",
    "hoe recent is het netwerk": "nl",
    "how recent are the figures": "en",
    "from which document do these figures come": "en",
}


@pytest.mark.parametrize("question", OF_WHEN)
def test_of_when_the_figures_are_is_answered_with_every_document(question: str) -> None:
    language = OF_WHEN[question]
    reply, t = ask(question, language), texts_of(language)
    assert not reply.notes
    of_posts = {"nl": "gepland voor begin 2026", "en": "planned for the start of 2026"}[language]
    assert of_posts in reply.title and t.date("2025-11-12") in reply.title
    assert len(links(reply)) == 7 and f"bronnen?document={RELEASE}" in links(reply)[0]


def test_the_document_of_a_year_is_that_of_the_year() -> None:
    reply = ask("uit welk document komen de cijfers van 2013")
    assert "(9 oktober 2013)" in reply.title and not reply.notes


def test_why_nobody_is_in_a_country_is_said_of_all_with_what_was_there() -> None:
    """Row 39 of the other sources: the KMar opened a post in New Delhi in 2016."""
    said = texts(ask("waarom bedient niemand van de NP India"))
    assert "geen officier van NP" in said and "geen officier van een andere organisatie" in said
    assert "New Delhi" in said and "Niet meegeteld" in said
    assert "andere organisatie" not in texts(ask("waarom heeft India geen officier"))
    # Rows 25 and 26: the KMar serves Kenya.
    served = ask("bedient de NP Kenia").title
    assert "KMar" in served and "andere organisatie" not in served


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_without_a_reason_leads_to_what_is_weighed_for_each(language: str) -> None:
    question = {"nl": "waarom heeft India geen officier", "en": "why has India no officer"}
    [weighed] = ask(question[language], language).further
    [asked] = parse_qs(weighed.href.partition("?")[2])["vraag"]
    told = ask(asked, language)
    assert f"{RELEASE}" in " ".join(links(told)) and not told.notes


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("welke posten laten landen zonder officier als ze sluiten", "nl"),
        ("als een post sluit", "nl"),
        ("which posts leave countries without an officer if they close", "en"),
    ],
)
def test_a_closing_of_no_place_leads_to_where_one_is_chosen(question: str, language: str) -> None:
    reply = ask(question, language)
    assert not reply.notes and [lead.page for lead in reply.leads] == ["whatif", "gaps"]
    assert reply.leads[1].choices == {"kinds": ("single",)}
