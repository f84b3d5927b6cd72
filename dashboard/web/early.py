"""What the start page asks the browser to fetch before Streamlit says what a page holds.

Streamlit fetches the part that draws a kind of element when the first such element arrives, and
puts a grey bar of another height there meanwhile, so that the page jumps; the frame of the map
then fetches its script, and that one the shapes. On one machine, without a network between, the map
comes no earlier for it (docs/quality.md).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import streamlit

from dashboard.figures import map_elements
from dashboard.links import PATHS

_STREAMLIT = Path(streamlit.__file__).parent / "static"
_SCRIPTS = "static/js/"
_FRAME = "component/streamlit_folium.st_folium/"
# Not imported: what declares itself to Streamlit before that runs is not found by readers.
_FOUND = find_spec("streamlit_folium")
_FOLIUM = Path(_FOUND.origin or "").parent / "frontend" / "build" if _FOUND else Path()
# Of Streamlit's elements: on every page, and on one with a map.
EVERYWHERE = ("Html", "PageLink", "ButtonGroup", "Selectbox", "Checkbox", "TextInput", "Button")
WITH_MAP = ("ComponentInstance", "BidiComponent")
MAPS = ("overview", "coverage", "gaps", "whatif", "planning", "compare", "missions", "present")
DEEPEST = 2  # steps from a page back to the root
# What the map draws, see static/map/load.js.
DRAWN = ("shapes/world.json", "map/units.json", "map/classes.json", "map/words.json")


def hints(path: str, home: str) -> str:
    """Links for the head of the start page at `path`; `home` leads from there to the root.

    None at an address so deep that no page stands there: each link repeats the way back.
    """
    if home.count("../") > DEEPEST:
        return ""
    last = path.rstrip("/").rpartition("/")[2]
    there = next((name for name, address in PATHS.items() if address == last), "overview")
    names = (*WITH_MAP, *EVERYWHERE) if there in MAPS else EVERYWHERE
    module = '<link rel="modulepreload" crossorigin fetchpriority="low"'
    links = [f'{module} href="{home}{_SCRIPTS}{name}">' for name in parts(names)]
    if there in MAPS:
        links += [f'<link rel="prefetch" href="{home}{address}">' for address in _of_map()]
    return "".join(links)


@cache
def parts(names: tuple[str, ...]) -> tuple[str, ...]:
    """The script files that draw these elements, and what these build on, without the first ones.

    A name that this Streamlit does not have is left out: it is then fetched when it is needed.
    """
    folder = _STREAMLIT / _SCRIPTS
    waiting = [path.name for name in names for path in folder.glob(f"{name}.*.js")]
    found = dict.fromkeys(waiting)
    while waiting:
        text = (folder / waiting.pop(0)).read_text(encoding="utf-8")
        new = [n for n in re.findall(r'(?:from|import)"\./([^"]+\.js)"', text) if n not in found]
        found |= dict.fromkeys(new)
        waiting += new
    first = set(re.findall(rf"{_SCRIPTS}([^\"]+)", (_STREAMLIT / "index.html").read_text("utf-8")))
    return tuple(name for name in found if name not in first)


@cache
def _of_map() -> tuple[str, ...]:
    """What the frame of a map asks for: its script, ours, and what is drawn."""
    ours = (*map_elements.LOADED, *map_elements.STYLES, *DRAWN)
    frame = [f"{_FRAME}{path.relative_to(_FOLIUM)}" for path in _FOLIUM.glob("static/js/*.js")]
    return (*frame, *(f"app/static/{path}?v={map_elements.version()}" for path in ours))
