"""The interface as an ASGI application: who may ask, how often, and in which words it says no.

Nothing of an answer is made on the event loop, which serves the pages of all readers: one thread
gives what is kept, another one makes the rest, one answer after the other.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from time import monotonic, sleep, thread_time
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from dashboard.web import auth, budgets, encoding
from dashboard.web.api import answers, description, problems
from dashboard.web.api.answers import Answer, Demand
from dashboard.web.api.parameters import MEDIA_TYPES
from dashboard.web.api.resources import RESOURCES, Resource
from dashboard.web.base_path import prefixes
from dashboard.web.request_guard import asker
from geo.errors import DataError

LOG = logging.getLogger(__name__)
PATH = "/api"
HEADERS = {
    "API-Version": description.VERSION,
    # Whoever has an answer asks each time whether it still holds; nobody else keeps it.
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
CRS = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
ALLOWED = "GET, HEAD, OPTIONS"
WAIT = "1"  # seconds after which a program may try again
_LIGHT, _HEAVY = ThreadPoolExecutor(1, "api"), ThreadPoolExecutor(1, "api making")
Endpoint = Callable[[Request], Awaitable[Response]]


class Interface:
    """The endpoints of one process; `count` is told where somebody is turned away."""

    def __init__(self, count: Callable[[str], None]) -> None:
        self._count, self._waiting, self._rested = count, 0, 0.0

    def application(self) -> Starlette:
        """The whole interface, to be mounted on PATH."""
        endpoints = {each.path: self._endpoint(each) for each in RESOURCES}
        endpoints["/openapi.json"] = self._endpoint(None)
        app = Starlette(
            routes=[
                Route(f"/v1{path}", answer, methods=_METHODS) for path, answer in endpoints.items()
            ],
            exception_handlers={HTTPException: _no_such_page},
        )
        app.router.redirect_slashes = False  # an address with a slash at its end is another one
        return app

    def _endpoint(self, resource: Resource | None) -> Endpoint:
        """Answers for a resource, or for the description of all of them."""

        async def endpoint(request: Request) -> Response:
            if request.method == "OPTIONS":
                return Response(status_code=204, headers=HEADERS | {"Allow": ALLOWED})
            try:
                answer = await self._ask(request, resource)
            except DataError as error:
                return refusal(error, request)
            except Exception:  # whatever it is, a program gets a sentence and we get the fault
                LOG.exception("no answer to a program")
                return refusal(DataError("api_fault", "api"), request)
            return _response(request, answer)

        return endpoint

    async def _ask(self, request: Request, resource: Resource | None) -> Answer:
        """The answer; raises DataError. Who has much made may ask less often."""
        address = asker(request.scope, request.headers)
        if not budgets.REQUESTS.take(address):
            self._count("program")
            raise DataError("api_too_often", "api")
        demand = _demand(request, resource)
        run = asyncio.get_running_loop().run_in_executor
        at_hand = await run(_LIGHT, _at_hand, demand, request.cookies)
        if at_hand is not None:
            return at_hand
        if self._waiting >= budgets.QUEUE:
            self._count("program")
            raise DataError("api_too_busy", "api")
        self._waiting += 1
        try:
            answer, seconds = await run(_HEAVY, self._make, demand)
        finally:
            self._waiting -= 1
        budgets.REQUESTS.charge(address, seconds)
        return answer

    def _make(self, demand: Demand) -> tuple[Answer, float]:
        """The answer and the seconds of work that it took; raises DataError.

        Rests after each answer for longer than that was work, so that readers have most of the
        processor however much programs ask.
        """
        sleep(max(0.0, self._rested - monotonic()))
        began = thread_time()
        try:
            answer = answers.make(demand)
        finally:
            seconds = thread_time() - began
            self._rested = monotonic() + budgets.REST * seconds
        return answer, seconds


_METHODS = ["GET", "OPTIONS"]  # Starlette adds HEAD


def mounts(count: Callable[[str], None], base: str = "") -> list[Mount]:
    """Where the interface stands: at PATH, also behind the prefix that Streamlit has (`base`)."""
    app = Interface(count).application()
    mounted = [Mount(f"{before}{PATH}", app) for before in prefixes(base)]
    for mount in mounted:  # an address with a line break in it is ours to refuse, too
        mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mounted


def _demand(request: Request, resource: Resource | None) -> Demand:
    release, iso3 = (request.path_params.get(name, "") for name in ("release", "iso3"))
    query = request.scope["query_string"].decode("latin-1")
    return Demand(resource, release, iso3, query, request.headers.get("accept", ""))


def _at_hand(demand: Demand, cookies: Mapping[str, str]) -> Answer | None:
    """The answer where it is here already; raises DataError where the request may not have it."""
    if demand.resource:  # the description holds no figure, so everybody may read it
        auth.require_reader(cookies)
    return answers.ANSWERS.get(demand)


def _response(request: Request, answer: Answer) -> Response:
    headers = HEADERS | {"ETag": answer.tag, "Vary": "Accept, Accept-Encoding, Cookie"}
    if answer.next:
        headers["Link"] = f'<{answer.next}>; rel="next"'
    if _is_current(request.headers.get("if-none-match", ""), answer.tag):
        return Response(status_code=304, headers=headers)
    is_csv = answer.media_type == MEDIA_TYPES["csv"]
    headers["Content-Type"] = answer.media_type + ("; charset=utf-8" if is_csv else "")
    if answer.media_type == MEDIA_TYPES["geojson"]:
        headers["Content-Crs"] = CRS
    accepted = request.headers.get("accept-encoding", "")
    body, more = encoding.chosen(accepted, answer.body, answer.zipped)
    headers |= more
    if request.method == "HEAD":
        return Response(headers=headers | {"Content-Length": str(len(body))})
    return Response(body, headers=headers)


def _is_current(header: str, tag: str) -> bool:
    """Whether a header `If-None-Match` names the tag; by the weak comparison of RFC 9110."""
    named = [part.strip().removeprefix("W/") for part in header.split(",")]
    return "*" in named or tag.removeprefix("W/") in named


def refusal(error: DataError, request: Request, more: Mapping[str, str] | None = None) -> Response:
    """An error as an answer, in the language that the request names."""
    status = problems.status_of(error)
    if status == problems.AWAY and error.code not in problems.STATUSES:
        LOG.error("no data for a program", exc_info=error)
    language = parse_qs(request.url.query).get("taal", [""])[-1]
    body = problems.problem(error, language)
    headers = {**HEADERS, "Cache-Control": "no-store", **(more or {})}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Cookie"
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        headers["Retry-After"] = WAIT
    headers["Content-Type"] = problems.MEDIA_TYPE
    if request.method == "HEAD":
        return Response(b"", status, headers | {"Content-Length": str(len(body))})
    return Response(body, status, headers)


async def _no_such_page(request: Request, error: Exception) -> Response:
    """What the routes do not know: another address, or another method."""
    path = request.url.path
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        fault = DataError("api_no_such_method", path[:80], value=request.method[:40])
        return refusal(fault, request, {"Allow": ALLOWED})
    return refusal(DataError("api_no_such_page", path[:80]), request)
