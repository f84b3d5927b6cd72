"""What the start page asks the browser to fetch before Streamlit says what a page holds.

Streamlit fetches the part that draws a kind of element when the first such element arrives, and
puts a grey bar of another height there meanwhile, so that the page jumps. Over a network each of
these is a way there and back.
"""

from __future__ import annotations

import re
from functools import cache

from dashboard.links import PATHS
from dashboard.web.static_files import STREAMLIT

_SCRIPTS = "static/js/"
# Of Streamlit's elements: on every page, and on one with a map.
EVERYWHERE = ("Html", "PageLink", "ButtonGroup", "Selectbox", "Checkbox", "TextInput", "Button")
WITH_MAP = ("ComponentInstance", "BidiComponent")
MAPS = ("overview", "coverage", "gaps", "whatif", "planning", "compare", "missions", "present")
DEEPEST = 2  # steps from a page back to the root


def hints(path: str, home: str) -> str:
    """Links for the head of the start page at `path`; `home` leads from there to the root.

    None at an address so deep that no page stands there: each link repeats the way back.
    """
    if home.count("../") > DEEPEST:
        return ""
    last = path.rstrip("/").rpartition("/")[2]
    page = next((name for name, address in PATHS.items() if address == last), "overview")
    names = (*WITH_MAP, *EVERYWHERE) if page in MAPS else EVERYWHERE
    module = '<link rel="modulepreload" crossorigin fetchpriority="low"'
    return "".join(f'{module} href="{home}{_SCRIPTS}{name}">' for name in parts(names))


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
