"""Sessions and runs that are counted on the wire, without a browser."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.web import lifecycle
from dashboard.web.lifecycle import State, Watch, asked, finished
from dashboard.web.metrics import Metrics


def wish(page: str) -> bytes:
    """The browser asks for a run of a page."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = "land=ECU"
    return message.SerializeToString()


def end(status: Any = ForwardMsg.FINISHED_SUCCESSFULLY) -> bytes:
    """The server says how a run ended."""
    message = ForwardMsg()
    message.script_finished = status
    message.metadata.cacheable = True
    return message.SerializeToString()


def test_only_pages_of_ours_are_named():
    assert asked(wish("dekking")) == "coverage" and asked(wish("")) == "overview"
    assert asked(wish("Jan Jansen")) == "unknown"
    stop = BackMsg()
    stop.stop_script = True
    assert asked(stop.SerializeToString()) is None
    assert asked(b"\xff\xff") is None


def test_a_run_that_starts_anew_has_not_ended():
    assert finished(end())
    assert finished(end(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY))
    assert not finished(end(ForwardMsg.FINISHED_EARLY_FOR_RERUN))
    other = ForwardMsg()
    other.session_event.script_changed_on_disk = True
    assert not finished(other.SerializeToString())


def converse(state: State, said: Sequence[tuple[str, bytes]], kind: str = "websocket") -> list:
    """One connection through the middleware: ("in" or "out", message) in turn; what was sent."""
    sent: list[dict[str, Any]] = []

    async def inner(scope, receive, send):
        await send({"type": "websocket.accept"})
        for way, data in said:
            if way == "in":
                await receive()
            else:
                await send({"type": "websocket.send", "bytes": data})
            state_then.append(value(state, "liaisonatlas_sessions"))

    heard = [data for way, data in said if way == "in"]

    async def receive():
        return {"type": "websocket.receive", "bytes": heard.pop(0)}

    async def send(message):
        sent.append(message)

    state_then: list[float] = []
    scope = {"type": kind, "path": "/_stcore/stream"}
    asyncio.run(Watch(inner, state)(scope, receive, send))
    assert set(state_then) <= {1.0}
    return sent


def value(state: State, name: str) -> float:
    """One number of the metrics."""
    found = [line for line in state.metrics.text().decode().splitlines() if line.startswith(name)]
    return float(found[0].rsplit(" ", 1)[1])


def test_a_wait_is_counted_once_from_asking_to_drawn(monkeypatch: pytest.MonkeyPatch):
    clock = iter([0.0, 10.0, 11.0, 20.0])
    monkeypatch.setattr(lifecycle, "monotonic", lambda: next(clock))
    state = State(Metrics())
    early = end(ForwardMsg.FINISHED_EARLY_FOR_RERUN)
    said = [("in", wish("dekking")), ("in", wish("dekking")), ("out", early), ("out", end())]
    converse(state, [*said, ("out", end())])
    # Opened at 0, asked at 10, drawn at 11, closed at 20; the second wish and the early end are
    # part of the same wait, and an end that nobody asked for is none.
    assert value(state, "liaisonatlas_run_seconds_count") == 1
    assert value(state, "liaisonatlas_run_seconds_sum") == 1.0
    assert value(state, "liaisonatlas_sessions") == 0
    assert value(state, "liaisonatlas_sessions_opened_total") == 1


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

    door = Watch(inner, State(Metrics()))
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
    (start, body) = converse(state, [])
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
    asyncio.run(Watch(inner, state)({"type": "http", "path": path}, None, send))  # type: ignore[arg-type]
    assert (reached == [path]) is passes
