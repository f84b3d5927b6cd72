"""An answer is in the language of the question where that is clear."""

from __future__ import annotations

import pytest

from dashboard.subjects.answers.index import index
from dashboard.subjects.answers.language import language_of
from dashboard.subjects.answers.question import read
from tests.dashboard.subjects.test_answers import RELEASE


@pytest.mark.parametrize(
    ("question", "own", "language"),
    [
        ("Who serves Peru?", "nl", "en"),
        ("how many countries have no officer", "nl", "en"),
        ("missions", "nl", "en"),
        ("wie bedient Peru", "en", "nl"),
        ("kosten", "en", "nl"),
        # Names and words of both languages, or of each, tell nothing.
        *(
            (word, own, own)
            for word in ("Peru", "liaison officer Colombia")
            for own in ("nl", "en")
        ),
        *((word, own, own) for word in ("FILO", "EULEX", "", "xyzzy") for own in ("nl", "en")),
        ("wie serves Peru", "nl", "nl"),
        ("wie serves Peru", "en", "en"),
        ("impact Dubai", "nl", "nl"),
        ("New York", "nl", "nl"),
        ("South Sudan", "nl", "nl"),
    ],
)
def test_the_language_of_a_question(question: str, own: str, language: str) -> None:
    assert language_of(read(question, index(RELEASE)), own) == language
