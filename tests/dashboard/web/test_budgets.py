"""What a page, an address and all readers together may ask of a process, without a process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.types import Message

from dashboard.web import budgets, lifecycle
from dashboard.web.budgets import Addresses, Bucket, Downloads, Messages
from dashboard.web.lifecycle import Sessions
from dashboard.web.request_guard import RequestGuard
from geo.errors import DataError
from tests.waiting import within

KB, MB = 1024, 1024 * 1024


class Clock:
    """A time that goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(budgets, "monotonic", clock)
    monkeypatch.setattr(lifecycle, "monotonic", clock)
    return clock


def test_a_bucket_gives_its_burst_and_then_its_pace(clock: Clock):
    bucket = Bucket(3, 2.0)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    clock.now += 0.4
    assert not bucket.take()
    clock.now += 0.1
    assert bucket.take() and not bucket.take()
    clock.now += 100
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_all_pages_of_an_address_wait_for_their_turn_and_others_do_not(clock: Clock):
    addresses = Addresses()
    assert {addresses.wait("one") for _ in range(budgets.ADDRESS_BURST)} == {0.0}
    waits = [addresses.wait("one") for _ in range(15)]
    assert waits == sorted(waits) and waits[0] > 0
    assert waits[-1] == pytest.approx(1.0)  # fifteen in a second
    assert addresses.wait("two") == 0


def test_what_pages_say_is_bounded_and_small_words_are_free(clock: Clock):
    messages = Messages()
    each = 512 * KB
    assert [messages.keep(page, each) for page in range(96)] == [True] * 96  # 48 MB
    assert not messages.keep(96, each)
    assert messages.keep(97, 32 * KB) and messages.keep(3, each)
    messages.leave(3)
    assert not messages.keep(96, each)  # it may come back
    clock.now += 61
    assert messages.keep(96, each) and not messages.keep(98, each)


# --- one connection through the guard -------------------------------------------------------------


class Conversation:
    """A page that says `said`; what Streamlit heard of it, and how it was closed."""

    def __init__(self, said: list[dict[str, Any]], address: str = "10.0.0.7") -> None:
        self.heard: list[Message] = []
        self.sent: list[Message] = []
        self.reasons: list[str] = []
        self.said, self.address = iter(said), address
        self.fails = False

    async def hold(self) -> None:
        """Run it to its end."""
        headers = [(b"host", b"localhost"), (b"x-forwarded-for", f"evil, {self.address}".encode())]
        scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
        scope |= {"extensions": {"websocket.http.response": {}}, "client": ("127.0.0.1", 1)}
        guard = RequestGuard(self.streamlit, "http://localhost", 1000, self.reasons.append)
        await guard(scope, self.receive, self.send)

    async def streamlit(self, scope: Any, receive: Any, send: Any) -> None:
        """Listens until the page leaves, and then still says something."""
        while (message := await receive())["type"] == "websocket.receive":
            self.heard.append(message)
        if self.codes:
            with pytest.raises(OSError):
                await send({"type": "websocket.send", "bytes": b"late"})

    async def receive(self) -> Message:
        return next(self.said, {"type": "websocket.disconnect", "code": 1001})

    async def send(self, message: Message) -> None:
        if self.fails:
            raise RuntimeError("the transport is closed")
        self.sent.append(message)

    @property
    def codes(self) -> list[int]:
        return [message["code"] for message in self.sent if message["type"] == "websocket.close"]


def says(length: int = 10) -> dict[str, Any]:
    return {"type": "websocket.receive", "bytes": b"x" * length}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Budgets that nobody has used."""
    monkeypatch.setattr(budgets, "ADDRESSES", Addresses())
    monkeypatch.setattr(budgets, "MESSAGES", Messages())


def test_who_speaks_without_pause_is_sent_away(clock: Clock):
    page = Conversation([says()] * 200)
    asyncio.run(page.hold())
    assert len(page.heard) == 60 and page.codes == [1008] and page.reasons == ["flood"]


def test_who_speaks_as_people_do_is_not(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    """Three clicks in a second for five minutes."""

    def passing() -> Iterator[dict[str, Any]]:
        for _ in range(900):
            clock.now += 1 / 3
            yield says()

    page = Conversation([])
    page.said = passing()
    asyncio.run(page.hold())
    assert len(page.heard) == 900 and page.codes == [] and page.reasons == []


@pytest.mark.parametrize(
    ("message", "code", "why"),
    [
        (says(512 * KB + 1), 1009, "message"),
        ({"type": "websocket.receive", "text": "hello"}, 1003, "text"),
    ],
)
def test_what_no_page_of_ours_says(message: dict[str, Any], code: int, why: str):
    page = Conversation([says(), message, says()])
    asyncio.run(page.hold())
    assert len(page.heard) == 1 and page.codes == [code] and page.reasons == [why]


def test_an_address_opens_so_many_pages_and_no_more(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(budgets, "OPEN", 2)
    pages = [Conversation([], address) for address in ("a", "a", "a", "b")]

    async def together() -> None:
        gate, inside = asyncio.Event(), asyncio.Semaphore(0)

        async def wait() -> Message:
            inside.release()
            await gate.wait()
            return {"type": "websocket.disconnect", "code": 1001}

        for page in pages:
            page.receive = wait  # type: ignore[method-assign]
        running = [asyncio.create_task(page.hold()) for page in pages]
        async with within("as many pages as may be open"):
            for _ in range(3):
                await inside.acquire()
        gate.set()
        await asyncio.gather(*running)
        await pages[2].hold()  # there is room again

    asyncio.run(together())
    assert [page.reasons for page in pages] == [[], [], ["pages"], []]
    assert [m["status"] for m in pages[2].sent if "status" in m] == [429]


def test_a_page_that_is_gone_while_it_is_answered_is_no_fault():
    page = Conversation([says()])
    page.fails = True

    async def answers(scope: Any, receive: Any, send: Any) -> None:
        with pytest.raises(OSError):
            await send({"type": "websocket.send", "bytes": b"x"})

    page.streamlit = answers  # type: ignore[method-assign]
    asyncio.run(page.hold())
    assert page.reasons == ["connection"]


# --- what readers leave behind --------------------------------------------------------------------


class Runtime:
    """Streamlit's, as far as it is asked."""

    def __init__(self) -> None:
        self.active: set[str] = set()
        self.closed: list[str] = []
        self.released: list[str] = []
        self.media_file_mgr = SimpleNamespace(
            clear_session_refs=self.released.append, remove_orphaned_files=lambda: None
        )

    def is_active_session(self, session_id: str) -> bool:
        return session_id in self.active

    def close_session(self, session_id: str) -> None:
        self.closed.append(session_id)


@pytest.fixture
def draw(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """From now on a page of this session is drawn."""

    def begin(session: str) -> None:
        context = SimpleNamespace(session_id=session)
        for module in (budgets, lifecycle):
            monkeypatch.setattr(module, "get_script_run_ctx", lambda **_: context)

    return begin


def test_a_session_that_left_is_dropped_unless_it_comes_back(
    clock: Clock, draw: Callable[[str], None]
):
    runtime, sessions = Runtime(), Sessions()
    runtime.active = {"stays", "leaves", "returns"}
    for session in sorted(runtime.active):
        draw(session)
        sessions.note()
    assert sessions.sweep(runtime) == 0  # type: ignore[arg-type]
    runtime.active = {"stays"}
    sessions.sweep(runtime)  # type: ignore[arg-type]
    clock.now += 59
    runtime.active = {"stays", "returns"}
    assert sessions.sweep(runtime) == 0  # type: ignore[arg-type]
    clock.now += 2
    assert sessions.sweep(runtime) == 1 and runtime.closed == ["leaves"]  # type: ignore[arg-type]
    clock.now += 1000
    assert sessions.sweep(runtime) == 0  # type: ignore[arg-type]


def test_made_files_are_bounded_and_the_oldest_give_way(
    clock: Clock, draw: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
):
    runtime, files = Runtime(), Downloads()
    monkeypatch.setattr(budgets, "get_instance", lambda: runtime)
    for number in range(8):
        draw(f"reader {number}")
        files.offer(16 * MB)  # 128 MB
    draw("reader 8")
    with pytest.raises(DataError, match="too_many_files"):
        files.offer(1)  # all of them were made just now
    assert runtime.released == []
    clock.now += 61
    files.offer(17 * MB)
    assert runtime.released == ["reader 0", "reader 1"] and files.held() == (6 * 16 + 17) * MB
    files.forget("reader 2")
    draw("reader 9")
    files.offer(31 * MB)
    assert runtime.released == ["reader 0", "reader 1"]


def test_a_reader_who_has_another_file_made_has_one(clock: Clock, draw: Callable[[str], None]):
    files = Downloads()
    draw("reader")
    for _ in range(20):
        files.offer(100 * MB)
    assert files.held() == 100 * MB
