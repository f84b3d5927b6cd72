"""What the start page asks the browser to fetch before Streamlit says what a page holds.

Streamlit fetches the part that draws a kind of element when the first such element arrives, and
puts a grey bar of another height there meanwhile, so that the page jumps. Over a network each of
these is a way there and back.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape

from dashboard.links import PATHS
from dashboard.web import assets, map_data
from dashboard.web.static_files import STREAMLIT

_SCRIPTS = "static/js/"
# Of Streamlit's elements: on every page, and on one with a map.
EVERYWHERE = ("Html", "PageLink", "ButtonGroup", "Selectbox", "Checkbox", "TextInput", "Button")
WITH_MAP = ("ComponentInstance", "BidiComponent")
MAPS = ("overview", "coverage", "gaps", "whatif", "planning", "compare", "missions", "present")
COVERED = ("overview", "coverage")  # those with the map of `drawing.world_map`
OUTLINES = ("map/outlines.json", "map/classes.json")  # with its data what `first_map.js` draws
DEEPEST = 2  # steps from a page back to the root


def hints(path: str, home: str) -> str:
    """Links for the head of the start page at `path`; `home` leads from there to the root.

    None at an address so deep that no page stands there: each link repeats the way back.
    """
    if home.count("../") > DEEPEST:
        return ""
    names = (*WITH_MAP, *EVERYWHERE) if _page(path) in MAPS else EVERYWHERE
    module = '<link rel="modulepreload" crossorigin fetchpriority="low"'
    return "".join(f'{module} href="{home}{_SCRIPTS}{name}">' for name in parts(names))


def first_map(path: str, home: str, query: str) -> str:
    """Links for what is drawn of the map of the coverage before its frame comes.

    Empty for a page without that map. `query` is that of the page's address, as it was sent.
    """
    if home.count("../") > DEEPEST or _page(path) not in COVERED:
        return ""
    addresses = (f"{map_data.NAME}?{query}", *map(assets.address, OUTLINES))
    link = '<link rel="preload" as="fetch" crossorigin'
    return "".join(f'{link} href="{escape(home + each)}">' for each in addresses)


def _page(path: str) -> str:
    """The name of the page at a path; of one that leads nowhere Streamlit shows the overview."""
    last = path.rstrip("/").rpartition("/")[2]
    return next((name for name, address in PATHS.items() if address == last), "overview")


@cache
def parts(names: tuple[str, ...]) -> tuple[str, ...]:
    """The script files that draw these elements, and what these build on, without the first ones.

    A name that this Streamlit does not have is left out: it is then fetched when it is needed.
    """
    folder = STREAMLIT / _SCRIPTS
    waiting = [path.name for name in names for path in folder.glob(f"{name}.*.js")]
    wanted = dict.fromkeys(waiting)
    while waiting:
        text = (folder / waiting.pop(0)).read_text(encoding="utf-8")
        new = [n for n in re.findall(r'(?:from|import)"\./([^"]+\.js)"', text) if n not in wanted]
        wanted |= dict.fromkeys(new)
        waiting += new
    first = set(re.findall(rf"{_SCRIPTS}([^\"]+)", (STREAMLIT / "index.html").read_text("utf-8")))
    return tuple(name for name in wanted if name not in first)
