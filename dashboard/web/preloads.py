"""What the browser should ask for while Streamlit's front end is still starting.

Streamlit loads the code of each kind of element when the first of its kind comes, and of what that
code needs when it has come: four rounds, in each of which the page is drawn anew. The frame of the
map is asked for after that. Named in the start page, all of it is there in time.
"""

from __future__ import annotations

import importlib.util
import re
from functools import cache, lru_cache
from pathlib import Path

import streamlit

from dashboard.figures.map_elements import LOADED, STYLES, version

FRONT_END = Path(streamlit.__file__).parent / "static"
# The elements that stand on nearly every page, as Streamlit names their code.
ELEMENTS = (
    *("Html", "ComponentInstance", "PageLink", "TextInput", "ButtonGroup", "Selectbox"),
    *("Checkbox", "BidiComponent"),
)
DEEPEST = 2
_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")


@cache
def scripts() -> tuple[str, ...]:
    """The code of `ELEMENTS` and of what it needs, but for what the start page names itself.

    Empty for a front end that is put together in another way: this only saves time.
    """
    folder = FRONT_END / "static" / "js"
    known = set(re.findall(r"[\w.-]+\.js", (FRONT_END / "index.html").read_text("utf-8")))
    waiting = [path.name for name in ELEMENTS for path in folder.glob(f"{name}.*.js")]
    names: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name in known or name in names or not (folder / name).is_file():
            continue
        names[name] = None
        waiting += _IMPORT.findall((folder / name).read_text("utf-8"))
    return tuple(names)


@lru_cache(maxsize=16)
def links(home: str) -> str:
    """The lines for the head of a start page; `home` leads to the root, see `server.root`.

    None at an address so deep that no page stands there: each line repeats the way back.
    """
    if home.count("../") > DEEPEST:
        return ""
    hints = [
        f'<link rel="modulepreload" crossorigin fetchpriority="low" href="{home}static/js/{name}">'
        for name in scripts()
    ]
    folder = _frame()
    frame = [
        f"component/streamlit_folium.st_folium/{path.relative_to(folder).as_posix()}"
        for path in folder.glob("static/js/*.js")
    ]
    own = [f"app/static/{path}?v={version()}" for path in (*LOADED, *STYLES)]
    hints += [f'<link rel="prefetch" href="{home}{path}">' for path in (*frame, *own)]
    return "".join(hints)


def _frame() -> Path:
    """Where the frame's own script lies; the package may be imported in a running server only."""
    spec = importlib.util.find_spec("streamlit_folium")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "frontend" / "build"
