"""A process that dies in the middle of an import leaves all of it or nothing."""

from __future__ import annotations

import pytest

from tests.data.conftest import KINDS
from tests.data.store.kills import survive


@pytest.mark.parametrize("kind", KINDS)
def test_ten_imports_of_processes_that_are_killed(
    kind: str, new_url, ask, request: pytest.FixtureRequest
):
    server = request.getfixturevalue("postgres") if kind == "postgresql" else None
    if server:
        server.durable(True)
    try:
        seen = survive(new_url(kind), 10, ask)
    finally:
        if server:
            server.durable(False)
    assert seen["inside"] >= 3, seen
