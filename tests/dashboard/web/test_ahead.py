"""What of a run goes ahead: its map, where the page had one at that place; and no part is lost."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.web import ahead, session

Run = Callable[..., list[str]]
PLACES = {"title": (0, 0), "room": (0, 1), "map": (0, 1, 0), "text": (0, 2), "side": (1, 0)}


def message(name: str) -> ForwardMsg:
    """A part of a page by its name."""
    part = ForwardMsg(hash=name)
    part.metadata.delta_path.extend(PLACES[name])
    return part


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Draws parts of a page by name; what was sent, in its order, "|" where the run ended."""
    monkeypatch.setattr(st, "session_state", {})

    def run_(parts: str, page: str = "coverage", fragments: list[str] | None = None) -> list[str]:
        sent: list[str] = []
        context = SimpleNamespace(
            _enqueue=lambda part: sent.append(part.hash), fragment_ids_this_run=fragments
        )
        monkeypatch.setattr(ahead, "get_script_run_ctx", lambda **_: context)
        monkeypatch.setattr(session, "page_of_run", lambda: page)
        with ahead.sending():
            st.session_state["page"] = page  # as `session.begin` does
            for name in parts.split():
                if name in ("room", "map"):
                    with ahead.map_part():
                        context._enqueue(message(name))
                else:
                    context._enqueue(message(name))
            sent.append("|")
        context._enqueue(message("side"))
        assert sent.pop() == "side"  # what comes after a run passes as it always did
        return sent

    return run_


def test_the_map_goes_ahead_where_it_stood_before(run: Run) -> None:
    first = run("title room map text side")
    assert first == ["title", "room", "map", "text", "side", "|"]  # nothing stands there yet
    assert run("title room map text side") == ["room", "map", "|", "title", "text", "side"]


def test_another_page_or_another_place_is_sent_in_its_order(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("title room map text")
    assert run("title room map text", page="gaps") == ["title", "room", "map", "text", "|"]
    monkeypatch.setitem(PLACES, "map", (0, 3, 0))  # a notice stands above it now
    monkeypatch.setitem(PLACES, "room", (0, 3))
    assert run("title room map text", page="gaps") == ["title", "room", "map", "text", "|"]
    assert run("title room map text", page="gaps") == ["room", "map", "|", "title", "text"]
    # A page that lost its map holds nothing back, but in the run that finds it out.
    assert run("title text", page="gaps") == ["|", "title", "text"]
    assert run("title text", page="gaps") == ["title", "text", "|"]


def test_a_part_that_is_drawn_alone_waits_for_nothing(run: Run) -> None:
    run("title room map")
    assert run("text side", fragments=["panel"]) == ["text", "side", "|"]
    # The page still stands as it stood.
    assert run("title room map") == ["room", "map", "|", "title"]


def test_a_slow_run_sends_its_parts_as_they_come(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("title room map text")
    now = [0.0]

    def later() -> float:
        now[0] += 0.11  # seconds from part to part
        return now[0]

    monkeypatch.setattr(ahead, "monotonic", later)
    # The map is waited for, and what comes a quarter of a second after it no longer waits.
    parts = "title side side side room map title side text side"
    before_the_map = ["title", "side", "side", "side"]
    sent = ["room", "map", *before_the_map, "title", "side", "text", "side", "|"]
    assert run(parts) == sent


def test_nothing_is_lost_when_a_run_fails(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("title room map")
    with pytest.raises(KeyError):
        run("title nothing")
    sent: list[str] = []
    context = SimpleNamespace(
        _enqueue=lambda part: sent.append(part.hash), fragment_ids_this_run=None
    )
    monkeypatch.setattr(ahead, "get_script_run_ctx", lambda **_: context)
    session.keep_map_places(frozenset({PLACES["map"]}))
    with pytest.raises(ZeroDivisionError), ahead.sending():
        context._enqueue(message("title"))
        assert not sent
        raise ZeroDivisionError
    assert sent == ["title"]
