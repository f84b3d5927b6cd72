"""Sessions and runs as they pass by on the wire, and the door that closes before the process ends.

Streamlit counts its sessions but not its runs, and has no hook for either. What a reader waits for
is on the wire anyway: the browser asks for a run, the server says that the script has finished.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import logging
import re
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance

from dashboard import snapshot
from dashboard.links import PATHS
from dashboard.web import logs
from dashboard.web.metrics import Metrics
from geo.coverage import Choice
from geo.errors import DataError

SLOW = 3.0  # seconds after which a run is worth a line in the log
REPEAT = 5.0  # seconds until a script that fails is tried again
SMALL = 64  # bytes; "finished" has some ten, and nothing else needs to be looked into
LOG = logging.getLogger(__name__)
# What an open page still needs of this very process while that is about to end.
KEPT = ("/media/", "/_stcore/upload_file/", "/health/", "/metrics")
REMEMBERED = 10_000  # pages that came back; each a few dozen bytes
_SESSION = re.compile(r"[0-9a-f-]{36}")
_numbers = itertools.count(1)


def asked(data: bytes) -> str | None:
    """The page that a message of the browser wants run; None where it wants something else.

    A path that is no page of ours is "unknown": a reader may have typed anything.
    """
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except Exception:  # protobuf's own, of a package that is not ours; Streamlit will refuse it
        return None
    if message.WhichOneof("type") != "rerun_script":
        return None
    path = message.rerun_script.page_name
    return next((name for name, known in PATHS.items() if known == path), "unknown")


def finished(data: bytes) -> bool:
    """Whether a message to the browser says that the run it asked for has ended."""
    if len(data) > SMALL:
        return False
    message = ForwardMsg()
    message.ParseFromString(data)
    if message.WhichOneof("type") != "script_finished":
        return False
    return bool(message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)


@dataclass
class Visit:
    """One open page: its number in this process, and the run it waits for."""

    metrics: Metrics
    number: int = field(default_factory=lambda: next(_numbers))
    began: float = field(default_factory=monotonic)
    since: float | None = None
    page: str = ""

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

    def ask(self, page: str) -> None:
        """A run is asked for; one that is asked for meanwhile makes the wait longer."""
        self.since, self.page = self.since or monotonic(), page

    def end(self) -> None:
        """The run has ended."""
        if self.since is None:
            return
        seconds, self.since = monotonic() - self.since, None
        self.metrics.runs.observe(seconds)
        if seconds > SLOW:
            told = {"session": self.number, "page": self.page, "seconds": round(seconds, 1)}
            LOG.info("slow run", extra=told)


class Watch:
    """ASGI middleware: counts sessions and runs; lets nobody new in once `leaving` is set."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self.app = app
        self.state = state
        self._back: deque[str] = deque(maxlen=REMEMBERED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, but 503 to what another process may answer when this one leaves."""
        kind = scope["type"]
        if self.state.leaving and (
            kind == "websocket" or (kind == "http" and not scope["path"].startswith(KEPT))
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

        async def hear() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and message.get("bytes"):
                page = asked(message["bytes"])
                if page is not None:
                    visit.ask(page)
            return message

        async def say(message: Message) -> None:
            nonlocal accepted
            await send(message)
            if message["type"] == "websocket.accept":
                accepted = True
                visit.open()
            elif message["type"] == "websocket.send" and finished(message.get("bytes") or b""):
                visit.end()

        try:
            await self.app(scope, hear, say)
        finally:
            if accepted:
                visit.close()


@dataclass
class State:
    """What the parts of one process share: its counters, and where in its life it is.

    `rehearsed` is set once the script has run without a reader, `leaving` when the end begins.
    """

    metrics: Metrics
    rehearsed: bool = False
    leaving: bool = False


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
async def rehearsing(state: State) -> AsyncIterator[None]:
    """Let the script run once before the first reader comes, who would wait for it for seconds."""
    task = asyncio.create_task(_rehearse(state))
    try:
        yield
    finally:
        task.cancel()


async def _rehearse(state: State) -> None:
    began = monotonic()
    while not state.rehearsed:
        state.rehearsed, word = await get_instance().does_script_run_without_error()
        if not state.rehearsed:
            LOG.error("the script does not run", extra={"word": word})
            await asyncio.sleep(REPEAT)
    LOG.info("rehearsed", extra={"seconds": round(monotonic() - began, 1)})


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
