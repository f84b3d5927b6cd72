"""What is shared is made once for the same choices, and never for others or for other data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from dashboard import snapshot
from dashboard.filters import Filters
from dashboard.i18n import Texts, texts_of
from dashboard.snapshot import memoized, report_of
from data.store import write
from data.store.read import Store

MADE: list[str] = []
FILTERS = Filters("bijlage-2025-11")


@dataclass(frozen=True)
class Topic:
    """Stands for what a page is about."""

    t: Texts
    filters: Filters

    def __post_init__(self) -> None:
        MADE.append(self.filters.release)

    @memoized
    def doubled(self, numbers: list[int]) -> list[int]:
        """Twice each number."""
        MADE.append("doubled")
        return [2 * number for number in numbers]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    made = cache(lambda: Store(f"sqlite:///{tmp_path / 'atlas.db'}"))
    monkeypatch.setattr(snapshot, "store", made)
    MADE.clear()
    return made()


def test_once_for_the_same_choices_and_again_for_others(store: Store) -> None:
    nl, en = texts_of("nl"), texts_of("en")
    first = report_of(Topic, nl, FILTERS)
    assert report_of(Topic, nl, replace(FILTERS)) is first
    assert report_of(Topic, nl, replace(FILTERS, area="Africa")) is not first
    assert report_of(Topic, en, replace(FILTERS, language="en")).t.language == "en"
    assert report_of(Topic, nl, FILTERS) is first
    write.withdraw(store, "bijlage-2023-12", "redactie", "een reden")
    assert report_of(Topic, nl, FILTERS) is not first
    assert len(MADE) == 4


def test_what_a_topic_remembers_goes_by_what_was_asked() -> None:
    one, other = (Topic(texts_of("nl"), FILTERS) for _ in range(2))
    MADE.clear()
    assert [one.doubled([1, 2]), one.doubled([3]), one.doubled([1, 2])] == [[2, 4], [6], [2, 4]]
    assert other.doubled([1, 2]) == [2, 4]
    assert MADE == ["doubled"] * 3


def test_a_report_within_a_screen_is_of_the_moment_of_that_screen(store: Store) -> None:
    with snapshot.steady():
        began = snapshot.current()
        write.withdraw(store, "kst-31015-94", "redactie", "een reden")
        with snapshot.steady():
            assert snapshot.current() is began
        assert snapshot.current() is began
    assert snapshot.current() is not began


def test_what_begins_anew_holds_no_earlier_moment(store: Store) -> None:
    with snapshot.steady():
        began = snapshot.current()
        write.withdraw(store, "kst-31015-94", "redactie", "een reden")
        snapshot.begin()
        assert snapshot.current() is not began
