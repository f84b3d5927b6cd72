"""What the browser asks for once, put together when the server starts.

The scripts of the map as one file, because streamlit-folium loads one after the other and names
each with every change; and the swatches of all legends as one style sheet, because a legend that
carries its own drawings costs more than the colours of the map.
"""

from __future__ import annotations

import gzip

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import theme
from dashboard.figures import map_elements

STATIC = "/app/static/"


def routes(base: str = "") -> list[Route]:
    """Where these files stand among the static ones, also behind Streamlit's prefix (`base`)."""
    files = {
        map_elements.BUNDLE: ("text/javascript", map_elements.bundle()),
        map_elements.SWATCHES: ("text/css", theme.swatches()),
    }
    prefixes = dict.fromkeys(("", f"/{base.strip('/')}" if base.strip("/") else ""))
    return [
        _route(f"{prefix}{STATIC}{path}", kind, text)
        for prefix in prefixes
        for path, (kind, text) in files.items()
    ]


def _route(path: str, kind: str, text: str) -> Route:
    plain = text.encode("utf-8")
    zipped = gzip.compress(plain, mtime=0)

    async def answer(request: Request) -> Response:
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(zipped, headers=headers | {"Content-Encoding": "gzip"})
        return Response(plain, headers=headers)

    return Route(path, answer)
