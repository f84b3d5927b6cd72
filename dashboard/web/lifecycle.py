"""One process from its first run to its last: what it counts of readers, and the door at its end.

Sessions are counted where their connection begins and ends, runs where they happen (`timed`).
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import itertools
import logging
import re
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx

from dashboard import snapshot
from dashboard.web import budgets, logs, references, session, warmup
from dashboard.web.metrics import Metrics, running
from geo.errors import DataError
from geo.options import Choice

SLOW = 3.0  # seconds after which a run is worth a line in the log
REPEAT = 5.0  # seconds until a script that fails is tried again
SWEEP = 15.0  # seconds between two looks at who has left
DRAIN = 30.0  # seconds that running scripts have to finish
LOG = logging.getLogger(__name__)
# What an open page still needs of this very process while that is about to end.
STILL_SERVED = ("/media/", "/_stcore/upload_file/", "/health/", "/metrics")
REMEMBERED = 10_000  # pages that came back; each a few dozen bytes
_SESSION = re.compile(r"[0-9a-f-]{36}")
_numbers = itertools.count(1)
_thread = threading.local()


@dataclass
class State:
    """What the parts of one process share: its counters, and where in its life it is.

    `rehearsed` is set once the script has run without a reader, `leaving` when the end begins.
    """

    metrics: Metrics
    rehearsed: bool = False
    leaving: bool = False


STATE = State(Metrics())


class Sessions:
    """The sessions that were drawn here; what one leaves behind is dropped after a while.

    Streamlit waits for a page that lost its connection, but lets go of it only when another leaves.
    """

    def __init__(self) -> None:
        self._away: dict[str, float | None] = {}  # session -> since when it has no connection
        self._lock = threading.Lock()

    def note(self) -> None:
        """A run of this session begins."""
        context = get_script_run_ctx(suppress_warning=True)
        if context is not None:
            with self._lock:
                self._away[context.session_id] = None

    def sweep(self, runtime: Runtime) -> int:
        """Close what has been away for LINGER seconds; how many. On the event loop only."""
        with self._lock:
            sessions = list(self._away.items())
        gone = 0
        for session_id, since in sessions:
            if runtime.is_active_session(session_id):
                self._away[session_id] = None
            elif since is None:
                self._away[session_id] = monotonic()
            elif monotonic() - since > budgets.LINGER:
                runtime.close_session(session_id)
                budgets.DOWNLOADS.forget(session_id)
                del self._away[session_id]
                gone += 1
        runtime.media_file_mgr.remove_orphaned_files()
        return gone


SESSIONS = Sessions()


@contextmanager
def timed() -> Iterator[None]:
    """Count how long a run takes, from where it begins to drawn, and write down a slow one.

    A run that gives way to another goes on in that one, since the reader still waits. A part of a
    run that is timed already is none of its own.
    """
    if getattr(_thread, "timing", False):
        yield
        return
    SESSIONS.note()
    references.keep_safe()
    began = session.waiting_since() or monotonic()
    _thread.timing = True
    try:
        yield
    except RerunException:
        session.keep_waiting(began)
        raise
    finally:
        _thread.timing = False
    if not STATE.rehearsed:  # no reader waits for the rehearsal
        return
    seconds = monotonic() - began
    STATE.metrics.runs.observe(seconds)
    if seconds > SLOW:
        run = {"page": session.page_of_run(), "seconds": round(seconds, 1)}
        LOG.info("slow run", extra=run)


@dataclass
class Visit:
    """One open page, and its number in this process."""

    metrics: Metrics
    number: int = field(default_factory=lambda: next(_numbers))
    began: float = field(default_factory=monotonic)

    def open(self) -> None:
        """The page has its connection."""
        self.metrics.sessions.inc()
        self.metrics.opened.inc()
        logs.gather()
        LOG.info("session opened", extra={"session": self.number})

    def close(self) -> None:
        """The connection is gone."""
        self.metrics.sessions.dec()
        lasted = round(monotonic() - self.began)
        LOG.info("session closed", extra={"session": self.number, "seconds": lasted})


class Lifecycle:
    """ASGI middleware: counts sessions; lets nobody new in once `leaving` is set."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self.app = app
        self.state = state
        self._back: deque[str] = deque(maxlen=REMEMBERED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, but 503 to what another process may answer when this one leaves."""
        kind = scope["type"]
        if self.state.leaving and (
            kind == "websocket" or (kind == "http" and not scope["path"].startswith(STILL_SERVED))
        ):
            await _turn_away(kind, send)
            return
        if kind != "websocket":
            await self.app(scope, receive, send)
        elif self._comes_back(scope):
            await _ask_for_a_run(scope, receive, send)
        else:
            await self._attend(scope, receive, send)

    def _comes_back(self, scope: Scope) -> bool:
        """Whether a page names the session it had, and does so here for the first time."""
        last = "".join(scope.get("subprotocols", [])[2:3])
        if not _SESSION.fullmatch(last) or last in self._back:
            return False
        self._back.append(last)
        return True

    async def _attend(self, scope: Scope, receive: Receive, send: Send) -> None:
        visit = Visit(self.state.metrics)
        accepted = False

        async def answer(message: Message) -> None:
            nonlocal accepted
            await send(message)
            if message["type"] == "websocket.accept":
                accepted = True
                visit.open()

        try:
            await self.app(scope, receive, answer)
        finally:
            if accepted:
                visit.close()


@cache
def warm() -> None:
    """Once per process: read what every page needs, then keep the collector away from it.

    A full collection walks all that is alive; what was loaded by now stays for good.
    """
    with suppress(DataError):  # the page that needs the data will say what is wrong
        snapshot.coverage(snapshot.store().default_release(), Choice())
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(state: State) -> AsyncIterator[None]:
    """Let the script run once before the first reader comes, who would wait for it for seconds.

    From then on what readers leave behind is swept up.
    """
    tasks = [asyncio.create_task(_rehearse(state)), asyncio.create_task(_sweep())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


async def _sweep() -> None:
    while True:
        await asyncio.sleep(SWEEP)
        if SESSIONS.sweep(get_instance()):
            # What a session held hangs together in circles; the rest was frozen by `warm`.
            await asyncio.to_thread(_give_back)


def _give_back() -> None:
    """Free what nobody refers to, and hand it to the machine: glibc would keep it for itself."""
    gc.collect()
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


async def _rehearse(state: State) -> None:
    began = monotonic()
    while not state.rehearsed:
        state.rehearsed, word = await get_instance().does_script_run_without_error()
        if not state.rehearsed:
            LOG.error("the script does not run", extra={"word": word})
            await asyncio.sleep(REPEAT)
    LOG.info("rehearsed", extra={"seconds": round(monotonic() - began, 1)})
    await asyncio.to_thread(warmup.warm_up, lambda: state.leaving)


async def _ask_for_a_run(scope: Scope, receive: Receive, send: Send) -> None:
    """Let a page that lost its process draw itself anew.

    Streamlit's front end takes up a connection again without a run: it trusts that the session is
    still there. Where it is not, the reader's first click would be lost on a session that knows
    nothing yet. Only where a script ran when the connection went does it ask for a run. So it is
    told that one runs, and sent off once more.
    """
    await receive()
    busy = ForwardMsg()
    busy.session_status_changed.script_is_running = True
    await send({"type": "websocket.accept", "subprotocol": scope["subprotocols"][0]})
    await send({"type": "websocket.send", "bytes": busy.SerializeToString()})
    await send({"type": "websocket.close", "code": 1012})


async def _turn_away(kind: str, send: Send) -> None:
    """503, before a connection is accepted: the proxy then asks the next process."""
    start = "websocket.http.response" if kind == "websocket" else "http.response"
    headers = [(b"retry-after", b"1"), (b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": f"{start}.start", "status": 503, "headers": headers})
    await send({"type": f"{start}.body", "body": b""})


async def drain(state: State, hurried: Callable[[], bool]) -> None:
    """Let nobody new in, and wait until no script runs; for DRAIN seconds, or until `hurried`."""
    state.leaving = True
    LOG.info("stop", extra={"running": running()})
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAIN):
            while running() and not hurried():
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.2)  # what the last run has drawn still has to leave
    if running():
        LOG.warning("scripts are cut off", extra={"running": running()})
