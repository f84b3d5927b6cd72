"""What the map of the coverage draws, at an address of its own (docs/decisions/0008).

The browser asks for it beside Streamlit, and so has it while the page around the map is still on
its way: when a page opens, and for a box that a reader has just ticked.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import thread_time
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import links, snapshot
from dashboard.figures import map_blocks, map_elements, maps
from dashboard.filters import CHOICES, LAYERS, Filters, canonical
from dashboard.web import auth, budgets, encoding
from dashboard.web.api.answers import Answer, Answers
from dashboard.web.api.parameters import MEDIA_TYPES
from dashboard.web.api.routes import refusal
from dashboard.web.base_path import prefixes
from dashboard.web.request_guard import asker
from geo.errors import DataError

LOG = logging.getLogger(__name__)
NAME = "map.json"
LONGEST = 8_000  # characters of a query: that of a page may tell a presentation or a scenario
ROOM = 16 * 1024 * 1024  # bytes of all answers that a process keeps
KEPT = Answers(lambda: snapshot.current().version, ROOM)
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Vary": "Accept-Encoding, Cookie",
}
_AT_HAND, _MAKING = ThreadPoolExecutor(1, "map data"), ThreadPoolExecutor(2, "map data making")


def address(filters: Filters) -> str:
    """Where the data of the map under these choices is, seen from the root of the application.

    Another state of the data or another version of the program is another address.
    """
    state = f"{snapshot.current().version} {map_elements.version()}"
    version = hashlib.sha256(state.encode()).hexdigest()[:8]
    return f"{NAME}?{links.page_query('coverage', filters)}&v={version}"


def presses(filters: Filters) -> dict[str, str]:
    """The key of each box beside the map -> the address of the data once that box is pressed."""
    chosen = filters.organisations or CHOICES
    after = {
        f"w_organisation_{name or 'not_stated'}": replace(
            filters,
            organisations=canonical(one for one in CHOICES if (one in chosen) != (one == name)),
        )
        for name in CHOICES
    } | {
        f"w_layer_{name}": replace(
            filters,
            layers=tuple(one for one in LAYERS if (one in filters.layers) != (one == name)),
        )
        for name in LAYERS
    }
    return {key: address(each) for key, each in after.items()}


def data(query: str) -> bytes:
    """The data for the query of a page, as JSON; raises DataError.

    `address` is where the same is under its own name, `presses` see `presses`; `map` is what is
    drawn, nothing of a document without a network.
    """
    said = links.joined(parse_qsl(query, keep_blank_values=True))
    filters, _ = links.from_query(said, snapshot.valid_names())
    has_network = snapshot.store().release(filters.release)["network"] != "absent"
    whole = {
        "address": address(filters),
        "presses": presses(filters),
        "map": maps.packed(map_blocks.map_payload(filters)) if has_network else None,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


class MapData:
    """The endpoint of one process; `count` is told where somebody is turned away."""

    def __init__(self, count: Callable[[str], None]) -> None:
        self._count, self._waiting = count, 0

    async def answer(self, request: Request) -> Response:
        """The data, or a sentence that says why not; never a traceback."""
        try:
            found = await self._ask(request)
        except DataError as error:
            return refusal(error, request)
        except Exception:  # whatever it is, the map says that it cannot be drawn
            LOG.exception("no data for a map")
            return refusal(DataError("api_fault", NAME), request)
        headers = HEADERS | {"ETag": found.tag, "Content-Type": found.media_type}
        if request.headers.get("if-none-match", "") == found.tag:
            return Response(status_code=304, headers=headers)
        accepted = request.headers.get("accept-encoding", "")
        body, more = encoding.chosen(accepted, found.body, found.zipped)
        return Response(body, headers=headers | more)

    async def _ask(self, request: Request) -> Answer:
        """The answer; raises DataError. Whose data has to be made may ask less often."""
        asking = asker(request.scope, request.headers)
        if not budgets.MAPS.take(asking):
            self._count("map")
            raise DataError("api_too_often", NAME)
        query = request.scope["query_string"].decode("latin-1")
        if len(query) > LONGEST:
            raise DataError("api_query_too_long", "query", most=LONGEST)
        run = asyncio.get_running_loop().run_in_executor
        at_hand = await run(_AT_HAND, _at_hand, query, request.cookies)
        if at_hand is not None:
            return at_hand
        if self._waiting >= budgets.QUEUE:
            self._count("map")
            raise DataError("api_too_busy", NAME)
        self._waiting += 1
        try:
            answer, seconds = await run(_MAKING, _make, query)
        finally:
            self._waiting -= 1
        budgets.MAPS.charge(asking, seconds)
        return answer


def _at_hand(query: str, cookies: Mapping[str, str]) -> Answer | None:
    """The answer where it is here already; raises DataError where the request may not have it."""
    auth.require_reader(cookies)
    return KEPT.get(query)


def _make(query: str) -> tuple[Answer, float]:
    """Make and keep the answer; with the seconds of work that it took. Raises DataError."""
    began = thread_time()
    with snapshot.steady():
        version = snapshot.current().version
        body = data(query)
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    answer = Answer(body, MEDIA_TYPES["json"], tag)
    KEPT.add(version, query, answer)
    return answer, thread_time() - began


def routes(count: Callable[[str], None], base: str = "") -> list[Route]:
    """Where the data stands: at the root, also behind the prefix that Streamlit has (`base`)."""
    endpoint = MapData(count).answer
    return [Route(f"{before}/{NAME}", endpoint) for before in prefixes(base)]
