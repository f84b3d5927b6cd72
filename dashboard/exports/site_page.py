"""The page of a site around its content: names, choices, scripts, styles, shapes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from jinja2 import meta
from markupsafe import Markup

from dashboard.exports import house_style
from dashboard.exports.house_style import OURS, Style
from dashboard.exports.html import FILES, TEMPLATES, picture
from dashboard.figures import map_blocks
from dashboard.figures.map_elements import SCRIPTS, STATIC, STYLES
from dashboard.filters import CHOICES, Filters
from dashboard.i18n import Texts
from dashboard.links import organisations_name
from dashboard.report import Provenance

NAME = "site.html"
NEEDED = ("policy", "style", "data", "scripts", "pages", "views", "title")  # in any site.html
START = "dekking"  # the page with the map
# The page of each report, by its name in an address.
PAGES = {
    "overzicht": "overview",
    "vlekken": "gaps",
    "missies": "missions",
    "netwerk": "network",
    "werklast": "network_load",
    "geschiedenis": "network_history",
    "bronnen": "sources",
    "uitleg": "explanation",
}


def parts(t: Texts, filters: Filters, provenance: Provenance, other: str) -> dict[str, Any]:
    """Everything of site.html but the reports; `other` is the file in the other language."""
    names = {START: "coverage"} | PAGES
    organisations = zip(CHOICES, _labels(t), strict=True)
    return _texts(t, filters, provenance) | {
        "nav": [(page, t(f"page.{topic}")) for page, topic in names.items()],
        # The way to the running application, where others know its address.
        "link": "" if provenance.path_note else provenance.permalink,
        "switch": other,
        "other_language": "en" if t.language == "nl" else "nl",
        "boxes": [(organisations_name((each,)), label) for each, label in organisations],
    }


def short(t: Texts) -> dict[str, str]:
    """Organisation as an address names it -> its short name."""
    return {organisations_name((each,)): t(f"short.{each or 'not_stated'}") for each in CHOICES}


def swatches(choices: Mapping[str, Any]) -> dict[str, str]:
    """Style class -> the address of its picture, of every class that a legend explains."""
    keys = {key for choice in choices.values() for key, _ in choice["legend"]}
    return {key: picture(key) for key in sorted(keys)}


def _texts(t: Texts, filters: Filters, provenance: Provenance) -> dict[str, str]:
    keys = [
        *("skip", "search", "sections", "script", "organisations", "none_chosen", "back", "live"),
        *("everything", "other"),
    ]
    return {each: t(f"site.{each}") for each in keys} | {
        "language": t.language,
        "product": t("product"),
        "tagline": t("tagline"),
        "view": t("control.view"),
        "all": t("coverage.table"),
        "copy": t("site.copy", date=t.date(provenance.made)),
        "source": t("document.source", source=map_blocks.network_source(t, filters.release)),
        "identity": provenance.identity,
        "as_of": f"{t('document.as_of')}: {provenance.as_of}",
        "borders": provenance.borders,
        "permalink": provenance.way,
    }


def _labels(t: Texts) -> list[str]:
    return [t(f"organisation.{each or 'not_stated'}") for each in CHOICES]


# What takes the place of a script of the map that speaks to a server or to Streamlit.
INSTEAD = {"map/load.js": "shapes.js", "map/frame.js": "frame.js"}
OWN = ("map", "tables", "choices", "dossier", "search", "routes", "keys")
SHAPES = {
    "shapes": "shapes/world.json",
    "region": "shapes/region.json",
    "units": "map/units.json",
    "classes": "map/classes.json",
}
WEIGHTS = (400, 600)


def page(parts: Mapping[str, Any], data: Mapping[str, Any]) -> bytes:
    """The page; `parts` fill site.html, `data` is what the scripts know."""
    scripts = _scripts()
    values = {key: json.loads((STATIC / path).read_text("utf-8")) for key, path in SHAPES.items()}
    values["data"] = data
    style = house_style.current()
    template = TEMPLATES.from_string(style.file(NAME).read_text("utf-8"))
    return template.render(
        parts,
        policy=Markup(_policy(scripts)),
        style=Markup(_style(style)),
        data=Markup("".join(_data(key, value) for key, value in values.items())),
        scripts=Markup("".join(f"<script>{script}</script>" for script in scripts)),
    ).encode()


def missing(template: str) -> list[str]:
    """What a template lacks that the scripts need, and what it asks for that is not there."""
    ours, theirs = (
        meta.find_undeclared_variables(TEMPLATES.parse(text))
        for text in ((OURS / NAME).read_text("utf-8"), template)
    )
    ids = re.findall(r'\bid="([\w-]+)"', (OURS / NAME).read_text("utf-8"))
    lacks = [f'an element with id="{each}"' for each in ids if f'id="{each}"' not in template]
    lacks += [f"{{{{ {each} }}}}" for each in NEEDED if each not in theirs]
    return lacks + [f"anything to put in the place of {each}" for each in sorted(theirs - ours)]


def _scripts() -> list[str]:
    """Every script in the order in which they run."""
    names = [FILES / "start.js"]
    names += [FILES / INSTEAD[path] if path in INSTEAD else STATIC / path for path in SCRIPTS]
    names += [STATIC / "find.js", *(FILES / f"{name}.js" for name in OWN)]
    texts = [path.read_text("utf-8") for path in names]
    # No file names a map of its own source, and none may end the element that it stands in.
    bare = (re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.M) for text in texts)
    return [text.replace("</script", "<\\/script") for text in bare]


def _policy(scripts: list[str]) -> str:
    digests = (_base64(hashlib.sha256(text.encode()).digest()) for text in scripts)
    known = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {known}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _style(style: Style) -> str:
    """The style sheets with the letters; the map's own ask for letters and pictures in files."""
    theirs = "".join((STATIC / path).read_text("utf-8") for path in STYLES)
    theirs = re.sub(r"@font-face \{.*?\}", "", theirs, flags=re.S)
    theirs = re.sub(r"[\w-]+:\s*url\([^)]*\);?", "", theirs)
    ours = "".join((FILES / name).read_text("utf-8") for name in ("style.css", "print.css"))
    looks = {"colours": style.colours, "dark": style.dark, "typeface": style.page}
    # Every colour and typeface was looked at when the style was read: none can end the element.
    ours = TEMPLATES.from_string(ours).render(looks)
    return _letters(style) + theirs + ours


def _letters(style: Style) -> str:
    """The letters of the typeface, in the page itself."""
    fira = {w: STATIC / "fonts" / f"fira-sans-latin-{w}-normal.woff2" for w in WEIGHTS}
    return "".join(
        f'@font-face{{font-family:"{style.page}";font-weight:{weight};font-display:block;'
        f"src:url(data:font/{path.suffix[1:]};base64,{_base64(path.read_bytes())})}}\n"
        for weight, path in (style.fonts or fira).items()
    )


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _data(name: str, value: Any) -> str:
    """Data for the scripts; nothing in it can end the element or begin another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="known-{name}">{text}</script>'
