"""Words that turn a question: no, without, only, most, two, against; counted by hand."""

from __future__ import annotations

import pytest

from tests.dashboard.subjects.test_answers import ask, texts

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
        ("als Dubai niet sluit", "niet"),
        ("geen missies in Afrika", "geen"),
    ],
)
def test_an_answer_that_may_be_the_opposite_says_first_that_it_is_none(
    question: str, word: str
) -> None:
    assert f"Op een vraag met “{word}” hebben wij hier geen antwoord. Het" in ask(question).title


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("netwerk 2013", "Dit antwoord gaat niet over “2013”: 54 "),
        ("kosten missies", "Dit antwoord gaat niet over “missies”: Gemiddelde kosten"),
        ("hoeveel KMar in missies", "Dit antwoord gaat niet over “Koninklijke Marechaussee”: Op"),
    ],
)
def test_what_is_left_out_stands_in_the_sentence(question: str, begins: str) -> None:
    assert ask(question).title.startswith(begins)


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
