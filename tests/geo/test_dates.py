"""Dates of different precision: what may be the same day is not before it."""

from __future__ import annotations

import pytest

from geo.dates import surely_before


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2013-10-09", "2026-01", True),
        ("2025", "2026-01", True),
        ("2025-12-31", "2026", True),
        ("2026", "2026-01", False),
        ("2026-01", "2026", False),
        ("2026-01", "2026-01-03", False),
        ("2026-01-03", "2026-01", False),
        ("2026-01-03", "2026-01-03", False),
        ("2026-01", "2025-11-12", False),
    ],
)
def test_before_whatever_day_it_was(one, other, before):
    assert surely_before(one, other) is before
