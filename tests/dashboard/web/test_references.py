"""What a run may name instead of sending it: what the last two runs sent, and nothing older."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.web import references, session


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    """(hashes that the browser says it has, hashes sent) -> those that this run may name."""
    state: dict[str, object] = {}
    monkeypatch.setattr(session.st, "session_state", state)

    def run_(has: str, sends: str, named: str = "", part: str = "") -> str:
        out: list[ForwardMsg] = []
        context = SimpleNamespace(
            cached_message_hashes=frozenset(has),
            _enqueue=out.append,
            fragment_ids_this_run=[part] if part else None,
        )
        monkeypatch.setattr(references, "get_script_run_ctx", lambda **_: context)
        references.keep_safe()
        for one in sends:
            context._enqueue(ForwardMsg(hash=one))
        for one in named:
            context._enqueue(ForwardMsg(ref_hash=one))
        assert len(out) == len(sends) + len(named)
        return "".join(sorted(context.cached_message_hashes))

    return run_


def test_only_what_the_last_two_runs_sent_is_named(run):
    assert run("", "abc") == ""
    assert run("abc", "d", "a") == "abc"
    # b and c went by unused once, then twice: the browser may forget them as this run begins.
    assert run("abcd", "e", "a") == "abcd"
    assert run("abcde", "", "a") == "ade"


def test_what_the_browser_does_not_have_is_never_named(run):
    run("", "ab")
    assert run("b", "") == "b"
    assert run("", "") == ""  # it connected again and has nothing


def test_a_part_drawn_alone_names_nothing_and_nor_does_the_next_run(run):
    run("", "abc")
    assert run("abc", "d", part="panel") == ""
    # a to c aged with that part: the browser forgets them when the next run ends without them.
    assert run("abcd", "abc") == ""
    assert run("abcd", "", "a") == "abc"
