"""Files that never change under their address, sent from memory and packed once.

A first visit asks for some hundred of them. From disk each costs the process milliseconds, in
which it does not answer the page, and Streamlit sends its own unpacked: 3 MB where 1 MB does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

import streamlit
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.figures import map_elements
from dashboard.web import encoding
from dashboard.web.base_path import prefix

YEAR = "public, max-age=31536000, immutable"
STREAMLIT = Path(streamlit.__file__).parent / "static"
FRAME = "/component/streamlit_folium.st_folium/"
# Not imported: what declares itself to Streamlit before that runs is not found by readers.
_FOUND = find_spec("streamlit_folium")
FOLIUM = Path(_FOUND.origin or "").parent / "frontend" / "build" if _FOUND else Path()
PACKED = {".js", ".css", ".json"}  # letters are packed already
LARGE = 100_000  # bytes that take some ten milliseconds to pack
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@cache
def files() -> dict[str, Path]:
    """Address (with the version where it needs one) -> file.

    The names of Streamlit's and the frame's carry a hash; ours count under today's version only.
    """
    version = f"?v={map_elements.version()}"
    ours = (
        path
        for folder in ("map", "shapes", "leaflet")
        for path in (map_elements.STATIC / folder).glob("*.*")
    )
    return {
        **{
            f"/{path.relative_to(STREAMLIT).as_posix()}": path
            for path in (STREAMLIT / "static").rglob("*.*")
        },
        **{f"{FRAME}static/js/{path.name}": path for path in FOLIUM.glob("static/js/*.js")},
        **{
            f"/app/static/{path.relative_to(map_elements.STATIC).as_posix()}{version}": path
            for path in ours
        },
    }


_contents: dict[tuple[Path, bool], bytes] = {}  # what was read, or packed too


def _content(path: Path, packed: bool) -> bytes:
    """What is sent of a file; made once, or twice where two ask at once.

    Not where the process answers: it may take long.
    """
    if (path, packed) not in _contents:
        plain = path.read_bytes()
        _contents[path, packed] = encoding.packed(plain) if packed else plain
    return _contents[path, packed]


def pack(leaving: Callable[[], bool], pause: float) -> None:
    """Pack what takes longest before it is asked for; ends early when the process is `leaving`."""
    for path in set(files().values()):
        if leaving():
            return
        if path.suffix in PACKED and path.stat().st_size > LARGE:
            _content(path, packed=True)
            time.sleep(pause)


class StaticFiles:
    """ASGI middleware: answers for these files where they are asked for whole; passes on the rest.

    `base` is Streamlit's baseUrlPath.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self._prefix = prefix(base)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, or let the application answer."""
        path = self._file(scope)
        if path is None:
            await self.app(scope, receive, send)
            return
        accepted = Headers(scope=scope).get("accept-encoding", "")
        packed = path.suffix in PACKED and encoding.takes_gzip(accepted)
        body = _contents.get((path, packed))
        if body is None:
            body = await asyncio.to_thread(_content, path, packed)
        kind = KINDS.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
        headers = {
            "content-type": kind,
            "content-length": str(len(body)),
            "cache-control": YEAR,
            "vary": "Accept-Encoding",
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
        }
        if packed:
            headers["content-encoding"] = "gzip"
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        await send({"type": "http.response.body", "body": body})

    def _file(self, scope: Scope) -> Path | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        if any(name == b"range" for name, _ in scope["headers"]):
            return None
        address = scope["path"].removeprefix(self._prefix)
        query = scope.get("query_string", b"").decode("latin-1")
        return files().get(f"{address}?{query}" if query else address)
