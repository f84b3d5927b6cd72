"""Health, readiness and metrics of one process."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.web import health
from dashboard.web.health import Probe, endpoints
from dashboard.web.lifecycle import State
from dashboard.web.metrics import Metrics
from geo.errors import DataError
from tests.waiting import LIMIT, within


class Database:
    """Answers, or refuses; until `speaks` is set, neither. `asked` counts the questions."""

    def __init__(self, refuses: bool = False, full: bool = False) -> None:
        self.refuses, self.full = refuses, full
        self.asked = 0
        self.speaks = threading.Event()
        self.speaks.set()

    def takes_changes(self) -> bool:
        return not self.full

    @contextmanager
    def read(self) -> Iterator[None]:
        self.asked += 1
        assert self.speaks.wait(LIMIT), "nobody let the database speak"
        if self.refuses:
            raise DataError("database_refuses", "database", why="locked")
        yield


def client(state: State, database: Database) -> TestClient:
    probe = Probe(lambda: database)  # type: ignore[arg-type, return-value]
    return TestClient(Starlette(routes=endpoints(state, probe)), base_url="http://127.0.0.1")


def ready(state: State, database: Database) -> tuple[int, str]:
    answer = client(state, database).get("/health/ready")
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.json()["status"]


def broken() -> bool:
    return False


def test_ready_says_in_a_word_why_not(monkeypatch: pytest.MonkeyPatch):
    state = State(Metrics())
    assert ready(state, Database()) == (503, "starting")
    state.rehearsed = True
    assert ready(state, Database()) == (200, "ready")
    assert ready(state, Database(refuses=True)) == (503, "database")
    monkeypatch.setattr(health, "loaded", broken)
    assert ready(state, Database()) == (503, "reference")
    state.leaving = True
    assert ready(state, Database()) == (503, "leaving")
    assert client(state, Database(refuses=True)).get("/health/live").json() == {"status": "live"}


def test_who_may_only_read_is_ready_and_says_so():
    state = State(Metrics(), rehearsed=True)
    answer = client(state, Database(full=True)).get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "changes": "refused"})
    assert "\nliaisonatlas_store_takes_no_changes 1.0\n" in state.metrics.text().decode()
    assert client(state, Database()).get("/health/ready").json() == {"status": "ready"}
    assert "\nliaisonatlas_store_takes_no_changes 0.0\n" in state.metrics.text().decode()


def test_a_silent_database_is_not_waited_for_and_not_asked_twice(monkeypatch: pytest.MonkeyPatch):
    """The third asks while the question of the first is still open, and hears its answer."""
    database = Database()
    database.speaks.clear()

    async def ask() -> list[bool | None]:
        probe = Probe(lambda: database)  # type: ignore[arg-type, return-value]
        monkeypatch.setattr(health, "PATIENCE", 0.1)
        async with within("the word that a silent database does not answer"):
            found = [await probe.takes_changes(), await probe.takes_changes()]
        monkeypatch.setattr(health, "PATIENCE", LIMIT)
        last = asyncio.create_task(probe.takes_changes())
        await asyncio.sleep(0)  # it has asked
        database.speaks.set()
        async with within("the answer of a database that speaks"):
            return [*found, await last]

    try:
        assert asyncio.run(ask()) == [None, None, True]
    finally:
        database.speaks.set()
    assert database.asked == 1


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
@pytest.mark.parametrize("path", ["/metrics", "/health/live", "/health/ready"])
def test_nobody_is_answered_through_a_proxy(path: str, header: str):
    here = client(State(Metrics(), rehearsed=True), Database())
    assert here.get(path).status_code == 200
    assert here.get(path, headers={header: "192.0.2.1"}).status_code == 404


def test_what_the_log_hears_is_counted():
    metrics = Metrics()

    def say(name: str, level: int, text: str) -> None:
        metrics.count_event(logging.LogRecord(name, level, "", 0, text, None, None))

    say("data.store.write", logging.INFO, "import")
    say("data.store.database", logging.INFO, "the database cannot be reached")
    say("data.store.database", logging.INFO, "the database refuses")
    say("data.store.database", logging.INFO, "the database refuses")
    say("dashboard.web.widgets", logging.ERROR, "a part of a page failed")
    say("streamlit", logging.WARNING, "chatter")
    text = metrics.text().decode()
    for line in (
        'liaisonatlas_changes_total{act="import"} 1.0',
        'liaisonatlas_changes_total{act="withdraw"} 0.0',
        'liaisonatlas_database_refusals_total{kind="unreached"} 1.0',
        'liaisonatlas_database_refusals_total{kind="refused"} 2.0',
        "liaisonatlas_faults_total 1.0",
    ):
        assert f"\n{line}\n" in text, line
    assert "liaisonatlas_build_info{" in text and "process_resident_memory_bytes" in text
