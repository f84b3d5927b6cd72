"""What the machine around the app asks of it: does it live, is it ready, what does it count.

These answer without sign-in, so only to who asks on this machine and not through a proxy.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.settings import Settings
from dashboard.web import request_guard
from dashboard.web.lifecycle import State
from data.load import reference
from data.store.database import Database
from data.store.read import Store
from geo.errors import DataError

LOG = logging.getLogger(__name__)
PATIENCE = 2.0  # seconds that the database has to answer
TABLES = ("units", "cities", "releases", "documents", "regions")  # a page needs all of them
Endpoint = Callable[[Request], Awaitable[Response]]


class Probe:
    """Asks the database of this process whether it is there; one question at a time."""

    def __init__(self, database: Callable[[], Database] | None = None) -> None:
        self._database: Database | None = None
        self._connect = database or (
            lambda: Store(Settings.from_environment().database_url).database
        )
        self._thread = ThreadPoolExecutor(1, "probe")
        self._question: Future[bool] | None = None

    async def takes_changes(self) -> bool | None:
        """Whether it can store an import; None where it refuses or is silent for PATIENCE.

        A question that is still open is not asked again: its answer is waited for.
        """
        if self._question is None or self._question.done():
            self._question = self._thread.submit(self._ask)
        waiting = asyncio.wrap_future(self._question)
        try:
            return await asyncio.wait_for(asyncio.shield(waiting), PATIENCE)
        except (DataError, TimeoutError):
            # Nobody waits for the late answer; without this, asyncio complains that it was lost.
            waiting.add_done_callback(lambda late: late.cancelled() or late.exception())
            return None

    def _ask(self) -> bool:
        self._database = self._database or self._connect()
        with self._database.read():
            pass
        return self._database.takes_changes()


def loaded() -> bool:
    """Whether the committed tables can be read; they are, once, and kept."""
    try:
        for table in TABLES:
            reference(table)
    except DataError:
        LOG.exception("reference data cannot be read")
        return False
    return True


def endpoints(state: State, probe: Probe) -> list[Route]:
    """`/health/live`, `/health/ready` and `/metrics`."""

    async def live(request: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(request: Request) -> Response:
        word, changes = "ready", True
        if state.leaving:
            word = "leaving"
        elif not state.rehearsed:
            word = "starting"
        elif not await asyncio.to_thread(loaded):
            word = "reference"
        elif (answer := await probe.takes_changes()) is None:
            word = "database"
        else:
            changes = answer
        state.metrics.changes_refused.set(not changes)
        status = {"status": word} if changes else {"status": word, "changes": "refused"}
        return JSONResponse(status, 200 if word == "ready" else 503)

    async def metrics(request: Request) -> Response:
        return Response(state.metrics.text(), media_type=CONTENT_TYPE_LATEST)

    answers = {"/health/live": live, "/health/ready": ready, "/metrics": metrics}
    return [Route(path, _local(answer)) for path, answer in answers.items()]


def _local(answer: Endpoint) -> Endpoint:
    """404 for who comes by another name or through a proxy that says for whom it asks."""

    async def guarded(request: Request) -> Response:
        is_here = request_guard.host_of(request.headers.get("host", "")) in request_guard.HERE
        if not is_here or request_guard.passed_on(request.headers):
            return Response(status_code=404)
        response = await answer(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return guarded
