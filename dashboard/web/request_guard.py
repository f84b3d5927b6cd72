"""Who may speak to this process at all: our own pages, under our own name, within `budgets`.

ASGI middleware in front of Streamlit, which asks neither of who uploads nor of how much, and asks a
machine on the internet for its own address when a page of another site knocks. What is turned away
is counted by its reason and never as a fault: a stranger must not be able to raise an alarm.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web import budgets
from dashboard.web.budgets import Bucket

HERE = ("127.0.0.1", "localhost", "::1")
# A proxy that passes a request on says so in one of these.
PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")
UPLOAD = "/_stcore/upload_file/"
# What a connection is closed with (RFC 6455).
NO_TEXT, TOO_OFTEN, TOO_MUCH = 1003, 1008, 1009
_numbers = itertools.count(1)


def passed_on(names: Iterable[str]) -> bool:
    """Whether a request with headers of these names came through a proxy."""
    present = {name.lower() for name in names}
    return any(name.lower() in present for name in PASSED_ON)


def host_of(address: str) -> str:
    """The name or number in an address of the web or in a header `Host`; "" for none.

    >>> host_of("https://atlas.example:8443/x"), host_of("[::1]:8501"), host_of("")
    ('atlas.example', '::1', '')
    """
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def asker(scope: Scope, headers: Headers) -> str:
    """The address that asks: as the nearest proxy says, or of the connection itself."""
    passed = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return passed or str((scope.get("client") or ("",))[0])


class Page:
    """One connection of a page, kept within its budgets; ASGI in both directions."""

    def __init__(self, address: str, receive: Receive, send: Send, count: Callable[[str], None]):
        self._address, self._receive, self._send, self._count = address, receive, send, count
        self._number = next(_numbers)
        self._pace = Bucket(budgets.PAGE_BURST, budgets.PAGE_PACE)
        self._closed = False

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        """Serve the page until it leaves or is sent away."""
        try:
            await app(scope, self.receive, self.send)
        finally:
            budgets.MESSAGES.leave(self._number)

    async def receive(self) -> Message:
        """The next message of the page, when its address may be heard again."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        content = message.get("bytes")
        if content is None:
            return await self._close("text", NO_TEXT)
        if not self._pace.take():
            return await self._close("flood", TOO_OFTEN)
        if len(content) > budgets.LARGEST or not budgets.MESSAGES.keep(self._number, len(content)):
            return await self._close("message", TOO_MUCH)
        if seconds := budgets.ADDRESSES.wait(self._address):
            await asyncio.sleep(seconds)
        return message

    async def send(self, message: Message) -> None:
        """Pass a message on; one to a page that has gone is nobody's fault.

        Raises OSError where the page is gone, which Streamlit takes for its leaving.
        """
        if self._closed:
            raise OSError("the page was sent away")
        try:
            await self._send(message)
        except Exception as error:
            self._closed = True
            self._count("connection")
            raise OSError("the page is gone") from error

    async def _close(self, why: str, code: int) -> Message:
        self._count(why)
        with suppress(OSError):  # it left by itself
            await self.send({"type": "websocket.close", "code": code})
        self._closed = True
        return {"type": "websocket.disconnect", "code": code}


class RequestGuard:
    """Refuses foreign names, pages of other sites, and files that nobody was asked for.

    `address` is where readers open the app; `largest` the bytes of the largest file; `count` is
    told the reason where somebody is turned away.
    """

    def __init__(
        self, app: ASGIApp, address: str, largest: int, count: Callable[[str], None]
    ) -> None:
        self.app, self._largest, self._count = app, largest, count
        self._names = (*HERE, host_of(address))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass; the rest gets one line of text."""
        if scope["type"] in ("http", "websocket"):
            headers = Headers(scope=scope)
            refusal = self._name(headers) or self._origin(scope, headers)
            refusal = refusal or self._upload(scope, headers)
            if refusal:
                await self._refuse(refusal, scope, receive, send)
                return
            if scope["type"] == "websocket":
                await self._attend(asker(scope, headers), scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _attend(self, address: str, scope: Scope, receive: Receive, send: Send) -> None:
        if not budgets.ADDRESSES.enter(address):
            text = "Too many pages are open from your address."
            await self._refuse(("pages", 429, text), scope, receive, send)
            return
        try:
            await Page(address, receive, send, self._count).run(self.app, scope)
        finally:
            budgets.ADDRESSES.leave(address)

    async def _refuse(
        self, refusal: tuple[str, int, str], scope: Scope, receive: Receive, send: Send
    ) -> None:
        why, status, text = refusal
        self._count(why)
        await PlainTextResponse(f"{text}\n", status)(scope, receive, send)

    def _name(self, headers: Headers) -> tuple[str, int, str] | None:
        if host_of(headers.get("host", "")) in self._names:
            return None
        return "name", 421, "This installation does not know that name (LIAISONATLAS_ADDRESS)."

    @staticmethod
    def _origin(scope: Scope, headers: Headers) -> tuple[str, int, str] | None:
        reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD", "OPTIONS")
        origin = headers.get("origin")
        if reads or origin is None:
            return None
        if urlsplit(origin).netloc.lower() == headers.get("host", "").lower():
            return None
        return "origin", 403, "Only pages of this installation may do this."

    def _upload(self, scope: Scope, headers: Headers) -> tuple[str, int, str] | None:
        if scope["type"] != "http" or UPLOAD not in scope["path"] or scope["method"] != "PUT":
            return None
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return "upload", 411, "A file has to say how large it is."
        session = scope["path"].partition(UPLOAD)[2].partition("/")[0]
        if budgets.UPLOADS.take(session, int(length), budgets.ALL * self._largest):
            return None
        return "upload", 403, "No file is expected here, or too many at once."
