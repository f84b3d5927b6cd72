"""Serves one script the way the product is served: `python -m tests.bench.alone SCRIPT PORT`."""

from __future__ import annotations

import sys

from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from streamlit.starlette import App

from dashboard.figures.map_elements import STATIC
from dashboard.web import assets
from dashboard.web.server import Shell, serve

if __name__ == "__main__":
    # Streamlit looks for static files beside the script; these pages use the product's.
    static = Mount("/app/static", StaticFiles(directory=STATIC))
    serve(
        int(sys.argv[2]),
        App(sys.argv[1], middleware=[Middleware(Shell)], routes=[*assets.routes(), static]),
    )
