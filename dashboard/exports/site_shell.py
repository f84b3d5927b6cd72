"""The shell of a site: one HTML page out of the files in `site_files` and the app's own map.

The page carries all it needs and may ask for nothing: its policy lets no address be fetched and no
script run but those that are written into it here.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

from dashboard.map_elements import SCRIPTS, STATIC, STYLES

FILES = Path(__file__).parent / "site_files"
# What takes the place of a script of the map that speaks to a server or to Streamlit.
INSTEAD = {"map/load.js": "shapes.js", "map/frame.js": "frame.js"}
OWN = ("map", "tables", "choices", "dossier", "search", "routes")
SHAPES = {
    "shapes": "shapes/world.json",
    "region": "shapes/region.json",
    "units": "map/units.json",
    "classes": "map/classes.json",
}
WEIGHTS = (400, 600)


def page(parts: Mapping[str, str], data: Mapping[str, Any]) -> bytes:
    """The page; `parts` fill page.html as HTML, `data` is what the scripts know."""
    scripts = _scripts()
    told = {name: json.loads((STATIC / path).read_text("utf-8")) for name, path in SHAPES.items()}
    made = {
        "policy": _policy(scripts),
        "style": _style(),
        "data": "".join(_data(name, value) for name, value in (told | {"data": data}).items()),
        "scripts": "".join(f"<script>{script}</script>" for script in scripts),
    }
    template = Template((FILES / "page.html").read_text("utf-8"))
    return template.substitute(parts, **made).encode()


def _scripts() -> list[str]:
    """Every script in the order in which they run."""
    names = [FILES / "start.js"]
    names += [FILES / INSTEAD[path] if path in INSTEAD else STATIC / path for path in SCRIPTS]
    names += [FILES / f"{name}.js" for name in OWN]
    texts = [path.read_text("utf-8") for path in names]
    # No file names a map of its own source, and none may end the element that it stands in.
    bare = (re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.M) for text in texts)
    return [text.replace("</script", "<\\/script") for text in bare]


def _policy(scripts: list[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()) for text in scripts)
    known = " ".join(f"'sha256-{digest.decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {known}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _style() -> str:
    """The style sheets with the letters; the map's own ask for letters and pictures in files."""
    theirs = "".join((STATIC / path).read_text("utf-8") for path in STYLES)
    theirs = re.sub(r"@font-face \{.*?\}", "", theirs, flags=re.S)
    theirs = re.sub(r"[\w-]+:\s*url\([^)]*\);?", "", theirs)
    ours = "".join((FILES / name).read_text("utf-8") for name in ("style.css", "print.css"))
    return "".join(map(_letters, WEIGHTS)) + theirs + ours


def _letters(weight: int) -> str:
    content = (STATIC / "fonts" / f"fira-sans-latin-{weight}-normal.woff2").read_bytes()
    return (
        f'@font-face{{font-family:"Fira Sans";font-weight:{weight};font-display:block;'
        f"src:url(data:font/woff2;base64,{base64.b64encode(content).decode()})"
        ' format("woff2")}\n'
    )


def _data(name: str, value: Any) -> str:
    """Data for the scripts; nothing in it can end the element or begin another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="known-{name}">{text}</script>'
