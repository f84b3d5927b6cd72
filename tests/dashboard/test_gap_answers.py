"""What the page of gaps rests on: kept for who asks the same, refused for what is gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard import snapshot
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


pytestmark = pytest.mark.usefixtures("own_store")


def test_what_only_picks_from_the_ranking_does_not_rank_again(monkeypatch: pytest.MonkeyPatch):
    made: list[int] = []
    rank = ranking.rank
    monkeypatch.setattr(ranking, "rank", lambda *given: made.append(1) or rank(*given))
    # A choice that a server, still busy behind an earlier test, does not make.
    filters = Filters(RELEASE, organisations=("KMar",), layers=("planned", "filo"))
    first = snapshot.ranking(filters, None, ())
    for other in (
        {"area": "Africa", "view": "africa", "land": "MLI"},
        {"kinds": ("single", "lost")},
        {"scenario": "x", "sides": ("NP", "GPI"), "dates": ("2023-11-24", "2025-11-12")},
    ):
        assert snapshot.ranking(replace(filters, **other), None, ()) is first
    assert len(made) == 1
    own = Indicators("own.csv", "f" * 64, Reading(pd.DataFrame(ROWS)))
    snapshot.ranking(replace(filters, organisations=("NP",)), None, ())
    snapshot.ranking(replace(filters, layers=("filo",)), None, ())
    snapshot.ranking(filters, None, (("kind", 0),))
    snapshot.ranking(filters, own, ())
    assert len(made) == 5
    # Another year or scale of the figures is another ranking; without figures it is not.
    snapshot.ranking(replace(filters, year="2020"), own, ())
    snapshot.ranking(filters, own, (), Scaling("gaps"), ("ECU",))
    snapshot.ranking(filters, None, (), Scaling("gaps", "rank"), ("ECU",))
    snapshot.ranking(filters, own, (), Scaling("all"), ("ECU",))
    assert len(made) == 7


def test_a_release_that_is_gone_is_an_error_that_says_so():
    asked = (
        lambda filters: snapshot.gaps(filters.release, filters.choice),
        lambda filters: snapshot.denominators(filters.release, filters.choice),
        lambda filters: snapshot.cited(filters.release, filters.choice),
        lambda filters: snapshot.flexible(filters.release),
        lambda filters: snapshot.ranking(filters, None, ()),
    )
    for ask in asked:
        with pytest.raises(DataError, match="no_such_release"):
            ask(Filters("nergens"))
    assert command(["import", str(CLEAR)]) == 0
    for ask in asked:
        ask(Filters("bijlage-2026-05"))
    assert command(["release", "withdraw", "bijlage-2026-05", "--reason", "test"]) == 0
    for ask in asked:
        with pytest.raises(DataError, match="release_withdrawn"):
            ask(Filters("bijlage-2026-05"))
