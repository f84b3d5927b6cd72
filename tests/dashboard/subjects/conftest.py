"""What the tests of topics share: a store of their own, with the committed documents in it."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="module")
def _own_store(module_store: None) -> None:
    """One for each module: the process keeps one store, that of the tests before."""
