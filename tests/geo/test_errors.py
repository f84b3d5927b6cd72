"""The one line that stands for data that cannot be used, where nobody has words for it."""

from __future__ import annotations

import pytest

from geo.errors import DataError, FaultsError, LimitError, by_file


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        ({}, "f.csv: it_is_bad"),
        ({"row": 3}, "f.csv, row 3: it_is_bad"),
        ({"row": 3, "column": "iso3"}, "f.csv, row 3, column iso3: it_is_bad"),
        ({"value": "XYZ"}, "f.csv: it_is_bad (found 'XYZ')"),
        ({"row": 2, "column": "a", "value": ""}, "f.csv, row 2, column a: it_is_bad (found '')"),
        ({"most": 5, "names": ("a", "b")}, "f.csv: it_is_bad, most=5, names=('a', 'b')"),
        (
            {"value": "x", "cause": DataError("worse", "g")},
            "f.csv: it_is_bad (found 'x'), cause='worse'",
        ),
    ],
)
def test_the_line_names_file_row_column_value_and_parameters(parts: dict, line: str):
    error = DataError("it_is_bad", "f.csv", **parts)
    assert str(error) == line
    assert isinstance(error, Exception)


def test_limits_that_nothing_meets_are_their_own_place():
    error = LimitError("new_posts_at_once", posts=6, most=5)
    assert (error.where, error.params) == ("limits", {"posts": 6, "most": 5})
    assert str(error) == "limits: new_posts_at_once, posts=6, most=5"


def test_a_place_named_anew_keeps_the_rest():
    error = DataError("it_is_bad", "f.csv", 3, "iso3", "XYZ", most=5)
    assert error.placed("g.csv") == DataError("it_is_bad", "g.csv", 3, "iso3", "XYZ", most=5)
    assert error.placed("g.csv", 4, value="") == DataError(
        "it_is_bad", "g.csv", 4, "iso3", "", most=5
    )


def test_several_faults_are_a_line_each():
    one, two = DataError("it_is_bad", "f.csv", 3, most=5), DataError("it_is_bad", "f.csv", 4)
    assert FaultsError.of([one]) is one
    both = FaultsError.of([one, two])
    assert by_file(both) == (one, two) and by_file(one) == (one,)
    assert str(both) == "f.csv, row 3: it_is_bad, most=5\nf.csv, row 4: it_is_bad"
    assert (both.code, both.where, both.row, both.params) == ("it_is_bad", "f.csv", 3, {"most": 5})
