"""The one sentence a reader gets when data cannot be used."""

from __future__ import annotations

import pytest

from geo.errors import DataError, LimitError


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({}, "f.csv: it is bad. Mend it."),
        ({"row": 3}, "f.csv, row 3: it is bad. Mend it."),
        ({"row": 3, "column": "iso3"}, "f.csv, row 3, column iso3: it is bad. Mend it."),
        ({"value": "XYZ"}, "f.csv: it is bad (found 'XYZ'). Mend it."),
        (
            {"row": 2, "column": "a", "value": ""},
            "f.csv, row 2, column a: it is bad (found ''). Mend it.",
        ),
    ],
)
def test_the_sentence_names_file_row_column_and_value(parts: dict, sentence: str):
    error = DataError("f.csv", "it is bad", advice="Mend it.", **parts)
    assert str(error) == sentence
    assert isinstance(error, Exception)


def test_advice_is_given_when_none_was_thought_of():
    assert str(DataError("f.csv", "it is bad")).count(".") >= 2


def test_limits_that_nothing_meets_have_a_code_and_parameters():
    error = LimitError.of("posts", "five new posts at most", "Ask for fewer.", posts=6, most=5)
    assert (error.code, error.params) == ("posts", {"posts": 6, "most": 5})
    assert str(error) == "limits: five new posts at most (found 'posts 6, most 5'). Ask for fewer."
    assert isinstance(error, DataError)
    assert "found" not in str(LimitError.of("no_place", "no place is left", "Choose others."))
