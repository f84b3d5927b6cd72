"""A server of the shape of parliament's open data, and one that never makes a test wait."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.data.parliament.house import House, opened


@pytest.fixture
def house() -> Iterator[House]:
    """An empty one."""
    with opened() as server:
        yield server
