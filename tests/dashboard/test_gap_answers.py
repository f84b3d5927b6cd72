"""What the page of gaps rests on: kept for who asks the same, refused for what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from dashboard import gap_answers
from dashboard.__main__ import main as command
from dashboard.filters import Filters
from data.indicators import Indicators
from geo import ranking
from geo.errors import DataError
from geo.indicators import Reading
from geo.ranking import Scaling

ROWS = {"iso3": ["ECU", "IND"], "year": [2020, 2021], "x": [1.0, 2.0]}
CLEAR = Path(__file__).parents[1] / "annexes" / "clear.txt"
RELEASE = "bijlage-2025-11"


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LIAISONATLAS_VAR", str(tmp_path))
    monkeypatch.delenv("LIAISONATLAS_DATABASE_URL", raising=False)
    st.cache_resource.clear()  # the process keeps one store, that of the tests before
    yield
    st.cache_resource.clear()


def test_what_only_picks_from_the_ranking_does_not_rank_again(monkeypatch: pytest.MonkeyPatch):
    made: list[int] = []
    rank = ranking.rank
    monkeypatch.setattr(ranking, "rank", lambda *given: made.append(1) or rank(*given))
    filters = Filters(RELEASE)
    first = gap_answers.ranking(filters, None, ())
    for other in (
        {"area": "Africa", "view": "africa", "land": "MLI"},
        {"kinds": ("single", "lost")},
        {"scenario": "x", "sides": ("NP", "GPI"), "dates": ("2023-11-24", "2025-11-12")},
    ):
        assert gap_answers.ranking(replace(filters, **other), None, ()) is first
    assert len(made) == 1
    own = Indicators("own.csv", "f" * 64, Reading(pd.DataFrame(ROWS)))
    gap_answers.ranking(replace(filters, organisations=("NP",)), None, ())
    gap_answers.ranking(replace(filters, layers=()), None, ())
    gap_answers.ranking(filters, None, (("kind", 0),))
    gap_answers.ranking(filters, own, ())
    assert len(made) == 5
    # Another year or scale of the figures is another ranking; without figures it is not.
    gap_answers.ranking(replace(filters, year="2020"), own, ())
    gap_answers.ranking(filters, own, (), Scaling("gaps"), ("ECU",))
    gap_answers.ranking(filters, None, (), Scaling("gaps", "rank"), ("ECU",))
    gap_answers.ranking(filters, own, (), Scaling("all"), ("ECU",))
    assert len(made) == 7


def test_a_release_that_is_gone_is_an_error_that_says_so():
    asked = (
        gap_answers.gaps,
        gap_answers.denominators,
        gap_answers.rows,
        gap_answers.flexible,
        lambda filters: gap_answers.ranking(filters, None, ()),
    )
    for ask in asked:
        with pytest.raises(DataError, match="there is no such release"):
            ask(Filters("nergens"))
    assert command(["import", str(CLEAR)]) == 0
    for ask in asked:
        ask(Filters("bijlage-2026-05"))
    assert command(["release", "withdraw", "bijlage-2026-05", "--reason", "test"]) == 0
    for ask in asked:
        with pytest.raises(DataError, match="this release was withdrawn"):
            ask(Filters("bijlage-2026-05"))
