"""Serves one script: `python -m tests.bench.alone SCRIPT PORT`.

The product's map the way the product is served; all others by plain Streamlit, with nothing of ours
in the start page or between it and the browser.
"""

from __future__ import annotations

import sys
from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles as Folder
from streamlit.starlette import App

from dashboard.figures.map_elements import STATIC
from dashboard.web import assets
from dashboard.web.server import Shell, serve
from dashboard.web.static_files import StaticFiles

OURS = {"map_only"}

if __name__ == "__main__":
    # Streamlit looks for static files beside the script; these pages use the product's.
    routes = [*assets.routes(), Mount("/app/static", Folder(directory=STATIC))]
    shell = [Middleware(StaticFiles), Middleware(Shell)]
    ours = Path(sys.argv[1]).stem in OURS
    serve(int(sys.argv[2]), App(sys.argv[1], middleware=shell if ours else [], routes=routes))
