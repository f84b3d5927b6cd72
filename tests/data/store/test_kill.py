"""A process that dies in the middle of an import leaves all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data.conftest import KINDS
from tests.data.store import acts
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


@pytest.mark.parametrize("kind", KINDS)
def test_a_dozen_acts_of_processes_that_are_killed(
    kind: str, new_url, ask, tmp_path: Path, request: pytest.FixtureRequest
):
    """Import, confirm, withdraw, put back, backup, restore: done or not done, nothing left."""
    if kind == "postgresql":
        request.getfixturevalue("postgres")
    folder = tmp_path / "acts"
    folder.mkdir()
    url = f"sqlite:///{folder}/atlas.db" if kind == "sqlite" else new_url(kind)
    seen = acts.survive(url, folder, 12, ask, last=4)
    assert seen["inside of a transaction"] >= 2, seen
    assert all(seen[f"{act}, ended"] for act in acts.ACTS), seen
