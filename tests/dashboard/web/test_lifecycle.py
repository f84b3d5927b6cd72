"""Sessions and runs of one process are counted, without a browser, and how it leaves."""

from __future__ import annotations

import asyncio
import itertools
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import RerunData, RerunException
from streamlit.testing.v1 import AppTest

from dashboard import snapshot
from dashboard.web import lifecycle, session
from dashboard.web.lifecycle import Lifecycle, State, drain, timed
from dashboard.web.metrics import RUNNER, Metrics

LIMIT = 20  # seconds after which a process that should have left has not
SCRIPT = Path(lifecycle.__file__).parents[1] / "app.py"


def connect(state: State) -> list[dict[str, Any]]:
    """One connection through the middleware, accepted and left; what was sent."""
    sent: list[dict[str, Any]] = []

    async def inner(scope, receive, send):
        await send({"type": "websocket.accept"})
        assert value(state, "liaisonatlas_sessions") == 1

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "path": "/_stcore/stream"}
    asyncio.run(Lifecycle(inner, state)(scope, None, send))  # type: ignore[arg-type]
    return sent


def value(state: State, name: str) -> float:
    """One number of the metrics."""
    lines = [line for line in state.metrics.text().decode().splitlines() if line.startswith(name)]
    return float(lines[0].rsplit(" ", 1)[1])


def test_an_open_page_is_a_session_until_it_leaves():
    state = State(Metrics())
    assert [message["type"] for message in connect(state)] == ["websocket.accept"]
    assert value(state, "liaisonatlas_sessions") == 0
    assert value(state, "liaisonatlas_sessions_opened_total") == 1


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    """A process that is ready, of one reader whose page is the coverage."""
    state, waiting = State(Metrics(), rehearsed=True), dict[str, float]()
    monkeypatch.setattr(lifecycle, "STATE", state)
    monkeypatch.setattr(session, "waiting_since", lambda: waiting.pop("began", None))
    monkeypatch.setattr(session, "keep_waiting", lambda began: waiting.update(began=began))
    monkeypatch.setattr(session, "page_of_run", lambda: "coverage")
    return state


def clock(monkeypatch: pytest.MonkeyPatch, *times: float) -> None:
    """Each question for the time is answered with the next of these."""
    left = iter(times)
    monkeypatch.setattr(lifecycle, "monotonic", lambda: next(left))


def test_a_run_is_timed_from_its_beginning_to_drawn(
    process: State, monkeypatch: pytest.MonkeyPatch
):
    clock(monkeypatch, 10.0, 10.75)
    with timed(), timed():  # a part of it, which is drawn within the page
        pass
    assert value(process, "liaisonatlas_run_seconds_count") == 1
    assert value(process, "liaisonatlas_run_seconds_sum") == 0.75


def test_who_asks_again_meanwhile_waits_from_the_first_time(
    process: State, monkeypatch: pytest.MonkeyPatch
):
    clock(monkeypatch, 10.0, 11.5, 20.0, 21.0)
    with pytest.raises(RerunException), timed():
        raise RerunException(RerunData())
    assert value(process, "liaisonatlas_run_seconds_count") == 0
    clock(monkeypatch, 11.5)
    with timed():
        pass
    assert value(process, "liaisonatlas_run_seconds_sum") == 1.5
    clock(monkeypatch, 20.0, 21.0)
    with timed():  # and the next run is one of its own again
        pass
    assert value(process, "liaisonatlas_run_seconds_count") == 2
    assert value(process, "liaisonatlas_run_seconds_sum") == 2.5


def test_a_slow_run_is_written_down_with_its_page(
    process: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO, lifecycle.__name__)
    for seconds in (3.0, 3.04):
        clock(monkeypatch, 10.0, 10.0 + seconds)
        with timed():
            pass
    (line,) = caplog.records
    assert (line.message, vars(line)["page"], vars(line)["seconds"]) == (
        "slow run",
        "coverage",
        3.0,
    )


def test_nobody_waits_for_the_rehearsal(process: State):
    process.rehearsed = False
    with timed():
        pass
    assert value(process, "liaisonatlas_run_seconds_count") == 0


def test_each_screen_is_timed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    state = State(Metrics(), rehearsed=True)
    monkeypatch.setattr(lifecycle, "STATE", state)
    monkeypatch.setenv("LIAISONATLAS_VAR", str(tmp_path))
    snapshot.begin()
    app = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    assert not app.exception
    assert value(state, "liaisonatlas_run_seconds_count") == 1
    assert value(state, "liaisonatlas_run_seconds_sum") > 0.001


SESSION = "0b3c7a52-3a1c-4d38-9d4e-2f6a1c5e7b90"


def test_a_page_that_lost_its_process_is_told_once_to_ask_for_a_run():
    reached: list[str] = []
    sent: list[dict[str, Any]] = []

    async def inner(scope, receive, send):
        reached.append(scope["subprotocols"][2])

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    async def come(*names: str) -> None:
        scope = {"type": "websocket", "path": "/", "subprotocols": ["streamlit", "x", *names]}
        await door(scope, receive, send)

    door = Lifecycle(inner, State(Metrics()))
    asyncio.run(come(SESSION))
    assert [message["type"] for message in sent] == [
        "websocket.accept",
        "websocket.send",
        "websocket.close",
    ]
    told = ForwardMsg()
    told.ParseFromString(sent[1]["bytes"])
    assert told.session_status_changed.script_is_running and sent[2]["code"] == 1012
    assert reached == []
    asyncio.run(come(SESSION))
    assert reached == [SESSION] and len(sent) == 3


def test_who_comes_when_the_process_leaves_is_sent_on():
    state = State(Metrics(), leaving=True)
    (start, body) = connect(state)
    assert (start["type"], start["status"]) == ("websocket.http.response.start", 503)
    assert body["type"] == "websocket.http.response.body"
    assert value(state, "liaisonatlas_sessions_opened_total") == 0


@pytest.mark.parametrize(
    ("path", "passes"),
    [
        ("/", False),
        ("/dekking", False),
        ("/_stcore/health", False),
        ("/media/abc.png", True),
        ("/_stcore/upload_file/a/b", True),
        ("/health/ready", True),
    ],
)
def test_a_page_still_open_gets_its_files_to_the_last(path: str, passes: bool):
    reached: list[str] = []

    async def inner(scope, receive, send):
        reached.append(scope["path"])

    async def send(message):
        pass

    state = State(Metrics(), leaving=True)
    asyncio.run(Lifecycle(inner, state)({"type": "http", "path": path}, None, send))  # type: ignore[arg-type]
    assert (reached == [path]) is passes


@contextmanager
def running() -> Iterator[threading.Event]:
    """A script runs, as far as its thread tells, until the event is set or the block ends."""
    over = threading.Event()
    script = threading.Thread(target=over.wait, name=RUNNER, daemon=True)
    script.start()
    try:
        yield over
    finally:
        over.set()
        script.join()


def left(hurried: Callable[[], bool] = lambda: False) -> State:
    """The state of a process that has left."""
    state = State(Metrics())
    asyncio.run(asyncio.wait_for(drain(state, hurried), LIMIT))
    return state


def test_it_leaves_when_what_runs_has_finished():
    """The script ends when the process has asked for the third time whether to hurry."""
    asked = itertools.count(1)

    def hurried() -> bool:
        if next(asked) == 3:
            over.set()
        return False

    with running() as over:
        assert left(hurried).leaving
        assert over.is_set() and lifecycle.running() == 0


def test_it_does_not_wait_for_ever_nor_for_who_is_in_a_hurry(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    assert lifecycle.DRAIN > LIMIT
    with running():
        left(lambda: True)
        monkeypatch.setattr(lifecycle, "DRAIN", 0.2)
        left()
    assert [record.message for record in caplog.records] == ["scripts are cut off"] * 2
