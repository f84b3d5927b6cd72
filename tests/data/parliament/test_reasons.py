"""Which papers are listed, and for which reason."""

from __future__ import annotations

import pytest

from data.parliament.papers import Paper, paper_of
from data.parliament.reasons import Judgement, judge
from tests.data.parliament.house import Record, annex, letter


def paper(record: Record) -> Paper:
    found = paper_of(record)
    assert found
    return found


REPORT = letter(1, "Tweede halfjaarbericht politie 2026")
OTHER = letter(2, "Klimaatakkoord", None, Titel="Milieu")
POLICE = letter(3, "Samenwerking van de politie", None)


def codes(judgement: Judgement) -> list[str]:
    return [reason.code for reason in judgement.reasons]


@pytest.mark.parametrize(
    ("subject", "source", "expected", "likely"),
    [
        ("Internationaal", REPORT, ["annex_names", "annex_of_report", "in_dossier"], True),
        ("Bijlage 4", REPORT, ["annex_of_report", "in_dossier"], True),
        ("Internationaal", None, ["annex_names", "letter_unknown"], True),
        ("INTERNATIONAAL", POLICE, ["annex_names"], True),
        ("Lijst van verbindingsofficieren", None, ["annex_names", "letter_unknown"], True),
        ("Bijlage 1", letter(5, "Motie", 29521), ["in_dossier"], False),
        # Of others: parliament has hundreds of these a year.
        ("Internationaal klimaatbeleid", OTHER, [], False),
        ("Bijlage 1", OTHER, [], False),
        ("Bijlage 1", None, [], False),
    ],
)
def test_an_annex(subject: str, source: Record | None, expected: list[str], likely: bool):
    letters = [paper(source)] if source else []
    judgement = judge(paper(annex(9, subject)), letters, [])
    assert (codes(judgement), judgement.likely) == (expected, likely)


@pytest.mark.parametrize(
    ("record", "expected", "likely"),
    [
        (REPORT, ["letter_report", "in_dossier"], True),
        (letter(5, "Liaisonbeleid", 31015), ["letter_names", "in_dossier"], True),
        (letter(5, "Uitgezonden politiefunctionarissen", None), ["letter_names"], True),
        (letter(5, "Bijdrage aan missies", 29521), ["letter_names", "in_dossier"], True),
        # "commissies" and "emissies" are no missions
        (letter(5, "Emissies en commissies", 29521), ["in_dossier"], False),
        (letter(5, "Inrichting van de politie"), ["in_dossier"], False),
        (letter(5, "Internationale liaison", Soort="Motie"), ["letter_names", "in_dossier"], False),
        (OTHER, [], False),
        (letter(5, "Internationaal", None, Titel="Milieu"), [], False),
        (REPORT | {"Verwijderd": True}, [], False),
    ],
)
def test_a_letter(record: Record, expected: list[str], likely: bool):
    judgement = judge(paper(record), [], [])
    assert (codes(judgement), judgement.likely) == (expected, likely)


def test_a_letter_whose_annex_names_it():
    judgement = judge(paper(letter(5, "Stand van zaken")), [], [paper(annex(9, "Internationaal"))])
    assert codes(judgement) == ["annex_of_it_names", "in_dossier"]
    assert judgement.likely


def test_the_parameters():
    reasons = judge(paper(annex(9, "Bijlage Internationaal")), [paper(REPORT)], []).reasons
    assert [dict(reason.params) for reason in reasons] == [
        {"word": "Internationaal"},
        {"number": "2026D00001"},
        {"dossier": "29628"},
    ]
