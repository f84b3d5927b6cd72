"""The page of a site around its content: names, choices, scripts, styles, shapes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from dashboard import theme
from dashboard.exports.html import picture, swatch
from dashboard.figures import map_blocks
from dashboard.figures.map_elements import SCRIPTS, STATIC, STYLES
from dashboard.filters import CHOICES, Filters
from dashboard.i18n import Words
from dashboard.links import organisations_name
from dashboard.report import Imprint

START = "dekking"  # the page with the map
# The page of each report, by its name in an address.
PAGES = {
    "overzicht": "overview",
    "vlekken": "gaps",
    "missies": "missions",
    "netwerk": "network",
    "bronnen": "sources",
}


def parts(t: Words, filters: Filters, made: Imprint, other: str) -> dict[str, str]:
    """Everything of page.html but the reports; `other` is the file in the other language."""
    return {key: escape(text) for key, text in _texts(t, filters, made).items()} | {
        "nav": _nav(t),
        "live_link": _live(t, made),
        "switch": _switch(t, other),
        "boxes": "".join(map(_box, CHOICES, _labels(t))),
        "marks": _marks(t),
    }


def views(found: list[tuple[str, str, Any, Any]]) -> str:
    """The buttons for the parts of the world."""
    return "".join(
        f"<button type='button' value='{escape(view)}'>{escape(word)}</button>"
        for view, word, *_ in found
    )


def short(t: Words) -> dict[str, str]:
    """Organisation as an address names it -> its short name."""
    return {organisations_name((each,)): t(f"short.{each or 'not_stated'}") for each in CHOICES}


def swatches(choices: Mapping[str, Any]) -> dict[str, str]:
    """Style class -> the address of its picture, of every class that a legend explains."""
    keys = {key for choice in choices.values() for key, _ in choice["legend"]}
    return {key: picture(key) for key in sorted(keys)}


def _texts(t: Words, filters: Filters, made: Imprint) -> dict[str, str]:
    said = [
        *("skip", "search", "sections", "script", "organisations", "none_chosen", "back", "live"),
        "everything",
    ]
    return {each: t(f"site.{each}") for each in said} | {
        "language": t.language,
        "product": t("product"),
        "tagline": t("tagline"),
        "view": t("control.view"),
        "all": t("coverage.table"),
        "copy": t("site.copy", date=t.date(made.made)),
        "source": t("document.source", source=map_blocks.network_source(t, filters.release)),
        "identity": made.identity,
        "as_of": f"{t('document.as_of')}: {made.as_of}",
        "borders": made.borders,
        "permalink": made.way,
    }


def _live(t: Words, made: Imprint) -> str:
    """The way to the running application, where others know its address."""
    if made.path_note:
        return ""
    return f"<a href='{escape(made.permalink)}' rel='noreferrer'>{escape(t('site.live'))}</a>"


def _nav(t: Words) -> str:
    names = {START: "coverage"} | PAGES
    return "".join(
        f"<a href='#{page}' data-page='{page}'>{escape(t(f'page.{topic}'))}</a>"
        for page, topic in names.items()
    )


def _switch(t: Words, other: str) -> str:
    """The way to the page in the other language."""
    if not other:
        return ""
    language = "en" if t.language == "nl" else "nl"
    return (
        f"<a class='switch' href='{escape(other)}' data-language='{escape(other)}' "
        f"lang='{language}' hreflang='{language}'>{escape(t('site.other'))}</a>"
    )


def _labels(t: Words) -> list[str]:
    return [t(f"organisation.{each or 'not_stated'}") for each in CHOICES]


def _box(organisation: str, label: str) -> str:
    value = escape(organisations_name((organisation,)))
    key = theme.style_class("accredited", [organisation])
    return (
        f"<label><input type='checkbox' value='{value}' checked>{swatch(key)}"
        f"{escape(label)}</label>"
    )


def _marks(t: Words) -> str:
    """The legend of the marks of posts."""
    entries = (("mark", "2", "post_mark"), ("mark open", "", "planned_mark"))
    return "".join(
        f"<li><span class='{kind}' aria-hidden='true'>{sign}</span>"
        f"{escape(t(f'state.{word}'))}</li>"
        for kind, sign, word in entries
    )


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
