"""What the app writes down: one line of JSON an event, and nothing of who or what it was about."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator

import pytest

from dashboard.web import logs

Hear = Callable[[logging.LogRecord], None]
Begin = Callable[[Hear], None]


@pytest.fixture
def written() -> io.StringIO:
    """What is written to standard error after `begin`."""
    return io.StringIO()


@pytest.fixture
def begin(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """`logs.begin` on that standard error; every logger is as it was afterwards."""
    everything = logging.getLogger()
    handlers, level = everything.handlers[:], everything.level

    def start(hear: Hear) -> None:
        with monkeypatch.context() as patched:  # pytest itself sets another one for each phase
            patched.setattr(sys, "stderr", written)
            logs.begin(hear)

    yield start
    everything.handlers[:], everything.level = handlers, level


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_with_what_it_adds(written: io.StringIO, begin: Begin):
    heard: list[str] = []
    begin(lambda record: heard.append(record.getMessage()))
    logging.getLogger("data.store.write").info("import", extra={"release": "bijlage-2026-05"})
    logging.getLogger("somebody.else").info("chatter")
    (line,) = lines(written)
    assert line.pop("time")
    told = {"level": "INFO", "event": "import", "logger": "data.store.write"}
    assert line == told | {"release": "bijlage-2026-05"}
    assert heard == ["import"]


def test_a_fault_tells_its_place_and_not_its_text(written: io.StringIO, begin: Begin):
    begin(lambda record: None)
    try:
        raise ValueError("cell: J. Jansen, Quito\nsecond line")
    except ValueError:
        logging.getLogger("dashboard.web.widgets").exception("a part of a page failed")
    assert "Jansen" not in written.getvalue()
    (line,) = lines(written)
    assert line["level"] == "ERROR" and line["event"] == "a part of a page failed"
    fault = str(line["fault"])
    assert fault.endswith(" > ValueError") and "test_logs.py:" in fault
    assert "test_a_fault_tells_its_place" in fault


def test_a_logger_with_a_handler_of_its_own_speaks_once_and_in_json(
    written: io.StringIO, begin: Begin
):
    own = logging.getLogger("streamlit.imported.later")
    own.addHandler(logging.StreamHandler(written))
    own.propagate = False
    begin(lambda record: None)
    own.warning("said")
    assert [line["event"] for line in lines(written)] == ["said"]


def test_on_a_terminal_a_person_reads_it(
    written: io.StringIO, begin: Begin, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(written, "isatty", lambda: True)
    begin(lambda record: None)
    logging.getLogger("dashboard.web.server").info("start", extra={"port": 8501})
    assert written.getvalue().endswith(" INFO start port=8501\n")


def test_what_a_library_fills_in_is_left_out(written: io.StringIO, begin: Begin):
    begin(lambda record: None)
    logging.getLogger("streamlit.web").warning("signing in failed: %s", "Jan says hello")
    logging.getLogger("dashboard.x").warning("row %s", 7)
    gone, ours = lines(written)[-2:]
    assert "Jan" not in json.dumps(gone) and "signing in failed" in str(gone["event"])
    assert ours["event"] == "row 7"
