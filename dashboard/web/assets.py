"""What the browser asks for once, put together when the server starts.

The scripts of the map as one file: a first visit then asks for one. What every page needs before
anything is drawn as another one and a style sheet, which the start page names
(`dashboard.web.server`): sent by Streamlit they come when parts of the page stand already, which
then jump. The swatches of all legends are in the style sheet, because a legend that carries its own
drawings costs more than the colours of the map.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import theme
from dashboard.figures import map_elements
from dashboard.web import encoding
from dashboard.web.base_path import prefixes

STATIC = "/app/static/"
STYLE, SCRIPT = "liaisonatlas.css", "liaisonatlas.js"


def routes(base: str = "") -> list[Route]:
    """Where these files stand among the static ones, also behind Streamlit's prefix (`base`)."""
    files = {
        map_elements.BUNDLE: ("text/javascript", map_elements.bundle()),
        STYLE: ("text/css", f"{theme.css()}\n{theme.swatches()}"),
        SCRIPT: ("text/javascript", theme.script()),
    }
    return [
        _route(f"{before}{STATIC}{path}", kind, text)
        for before in prefixes(base)
        for path, (kind, text) in files.items()
    ]


def address(name: str) -> str:
    """Where one of these files stands, seen from the root, with the version that may be kept."""
    return f"{STATIC[1:]}{name}?v={map_elements.version()}"


def _route(path: str, kind: str, text: str) -> Route:
    plain = text.encode("utf-8")
    zipped = encoding.packed(plain, encoding.SMALL)

    async def answer(request: Request) -> Response:
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Vary": "Accept-Encoding"}
        accepted = request.headers.get("accept-encoding", "")
        body, more = encoding.chosen(accepted, plain, zipped)
        return Response(body, headers=headers | more)

    return Route(path, answer)
