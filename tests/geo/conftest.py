"""A resolver over the committed names that also knows what people decided."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.load import reference
from geo.decisions import Decision
from geo.names import Resolver


@pytest.fixture(scope="session")
def resolving() -> Callable[..., Resolver]:
    """decisions -> resolver."""

    def make(*decisions: Decision) -> Resolver:
        tables = ("names", "ambiguous_names", "regions", "region_aliases")
        return Resolver(*(reference(table) for table in tables), decisions=decisions)

    return make
