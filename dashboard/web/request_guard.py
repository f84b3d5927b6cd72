"""Who may speak to this process at all: our own pages, under our own name, within bounds.

ASGI middleware in front of Streamlit, which asks neither of who uploads nor of how much, and asks a
machine on the internet for its own address when a page of another site knocks.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.stats import CacheStat

HERE = ("127.0.0.1", "localhost", "::1")
# A proxy that passes a request on says so in one of these.
PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")
UPLOAD = "/_stcore/upload_file/"
FILES = 3  # files of the largest size that a page may send until it is drawn again
ALL = 10  # and that all pages of a process may have here at a time
REMEMBERED = 2_000  # pages that may send a file


def passed_on(names: Iterable[str]) -> bool:
    """Whether a request with headers of these names came through a proxy."""
    given = {name.lower() for name in names}
    return any(name.lower() in given for name in PASSED_ON)


def host_of(address: str) -> str:
    """The name or number in an address of the web or in a header `Host`; "" for none.

    >>> host_of("https://atlas.example:8443/x"), host_of("[::1]:8501"), host_of("")
    ('atlas.example', '::1', '')
    """
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


class Uploads:
    """How much each page that shows an uploader may still send, in bytes."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def welcome(self, largest: int) -> None:
        """The page that is being drawn may send files of up to `largest` bytes."""
        context = get_script_run_ctx()
        if context is None:
            return
        with self._lock:
            self._left[context.session_id] = FILES * largest
            self._left.move_to_end(context.session_id)
            while len(self._left) > REMEMBERED:
                self._left.popitem(last=False)

    def take(self, session: str, length: int, most: int) -> bool:
        """Whether a page may send so many bytes now; `most` is what may be here at a time."""
        with self._lock:
            left = self._left.get(session, 0)
            if length > left or length + self.held() > most:
                return False
            self._left[session] = left - length
            return True

    @staticmethod
    def held() -> int:
        """The bytes of all files that were sent and are still here."""
        if not exists():
            return 0
        stats = get_instance().uploaded_file_mgr.get_stats()
        every = (stat for family in stats.values() for stat in family)
        return sum(stat.byte_length for stat in every if isinstance(stat, CacheStat))


UPLOADS = Uploads()


class RequestGuard:
    """Refuses foreign names, pages of other sites, and files that nobody was asked for.

    `address` is where readers open the app; `largest` the bytes of the largest file.
    """

    def __init__(self, app: ASGIApp, address: str, largest: int) -> None:
        self.app, self._largest = app, largest
        self._names = (*HERE, host_of(address))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass; the rest gets one line of text."""
        if scope["type"] in ("http", "websocket"):
            headers = Headers(scope=scope)
            refusal = self._name(headers) or self._origin(scope, headers)
            refusal = refusal or self._upload(scope, headers)
            if refusal:
                status, text = refusal
                await PlainTextResponse(f"{text}\n", status)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _name(self, headers: Headers) -> tuple[int, str] | None:
        if host_of(headers.get("host", "")) in self._names:
            return None
        return 421, "This installation does not know that name (LIAISONATLAS_ADDRESS)."

    @staticmethod
    def _origin(scope: Scope, headers: Headers) -> tuple[int, str] | None:
        reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD", "OPTIONS")
        origin = headers.get("origin")
        if reads or origin is None:
            return None
        if urlsplit(origin).netloc.lower() == headers.get("host", "").lower():
            return None
        return 403, "Only pages of this installation may do this."

    def _upload(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        if scope["type"] != "http" or UPLOAD not in scope["path"] or scope["method"] != "PUT":
            return None
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return 411, "A file has to say how large it is."
        session = scope["path"].partition(UPLOAD)[2].partition("/")[0]
        if UPLOADS.take(session, int(length), ALL * self._largest):
            return None
        return 403, "No file is expected here, or too many at once."
