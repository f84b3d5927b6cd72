"""The folium elements behind the map, and nothing from any other host.

`Frame` is a Leaflet map whose shapes come once, by URL; `Change` is a feature group whose only
content is one call that says what to draw, or where that stands. streamlit-folium remounts a map
when the script of its base changes: `Frame` renders the same text on every run.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, cast

import folium
import folium.plugins  # loaded before the walk below, or its links to other hosts come in later
from folium.elements import ElementAddToElement, JSCSSMixin
from folium.template import Template

STATIC = Path(__file__).parents[1] / "static"
THEME = Path(__file__).parents[1] / "theme.py"
# Seen from streamlit-folium's frame (component/<name>/index.html), so a base path needs no care.
PREFIX = "../../app/static/"
# In the order in which they build on each other. load.js starts the fetches.
_PARTS = ["scheme", "projection", "topology", "paint", "overlay", "marks", "labels", "links"]
_PARTS += [
    "panels",
    "reach",
    "card",
    "insets",
    "abroad",
    "words",
    "voice",
    "walk",
    "keys",
    "frame",
    "place",
    "atlas",
]
SCRIPTS = ("map/load.js", "leaflet/leaflet.js", *(f"map/{part}.js" for part in _PARTS))
STYLES = ("leaflet/leaflet.css", "map/map.css")
# Made by `dashboard.web.assets`: Leaflet and the parts as one script.
BUNDLE = "map/map.js"
# What the document of a frame names; load.js asks for the style sheets, and for what is drawn.
LOADED = ("map/load.js", BUNDLE)
DRAWN = ("shapes/world.json", "map/units.json", "map/classes.json", "map/words.json")


def bundle() -> str:
    """Leaflet and the parts of the map's script as one: each file waits for the one before it."""
    return "\n".join((STATIC / path).read_text(encoding="utf-8") for path in SCRIPTS[1:])


@cache
def version() -> str:
    """A short hash over all files of page and map: browsers may keep them for a year under it."""
    digest = hashlib.sha256()
    for folder in (".", "map", "shapes", "leaflet"):
        for path in sorted((STATIC / folder).glob("*.*")):
            digest.update(path.read_bytes())
    digest.update(THEME.read_bytes())  # the swatches
    return digest.hexdigest()[:10]


def links(paths: tuple[str, ...]) -> list[str]:
    """The addresses of these files, seen from the frame."""
    return [f"{PREFIX}{path}?v={version()}" for path in paths]


def only_ours() -> int:
    """Empty the script and style lists of every folium element; returns how many had any.

    folium's own lists name four public hosts, and streamlit-folium hands them to the browser.
    """
    found = 0
    waiting: list[type[JSCSSMixin]] = [JSCSSMixin]
    while waiting:
        element = waiting.pop()
        waiting.extend(element.__subclasses__())
        if element is not Frame and (element.default_js or element.default_css):
            found += 1
            element.default_js, element.default_css = [], []
    return found


class Written(folium.Element):
    """A text as it is: an element of folium's own would compile it as a template first."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_kwargs: Any) -> str:
        """The text."""
        return self.text


class Frame(folium.Map):
    """The map without tiles, plugins or zoom lock; shapes and drawing come from static files."""

    # Not folium's header: that one forbids pinching (user-scalable=no, WCAG 1.4.4).
    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <style>html,body{margin:0}#{{ this.get_name() }}{width:100%}</style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
        <div class="folium-map" id={{ this.get_name()|tojson }} ></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {
          crs: L.CRS.EqualEarth, zoomSnap: 0, zoomDelta: 0.75, maxZoom: 8.5, keyboard: false,
          zoomControl: false, attributionControl: false, doubleClickZoom: false,
          zoomAnimation: !Atlas.calm, fadeAnimation: false, inertia: !Atlas.calm});
        Atlas.start({{ this.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(tiles=None)
        # The frame's document names its scripts itself, see `dashboard.web.server.frame`.
        self.default_js, self.default_css = [], []

    def render(self, **kwargs: Any) -> str:
        """Only its header: streamlit-folium takes the script from the template."""
        header = Written(self._template.module.header(self, kwargs))
        cast("folium.Figure", self.get_root()).header.add_child(header, name=self.get_name())
        return ""


class Change(folium.FeatureGroup):
    """An empty feature group that tells the map already on screen what to show, by a `call`."""

    # streamlit-folium appends to window.feature_group for ever; the reset keeps it at one.
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        window.feature_group = [];
        var {{ this.get_name() }} = L.featureGroup();
        {{ this.call }};
        {% endmacro %}
        """
    )

    def __init__(self, call: str) -> None:
        super().__init__(control=False)
        self.call = call

    def render(self, **_kwargs: Any) -> str:
        """Only that it comes onto the map: streamlit-folium takes the rest from the template."""
        name, parent = self.get_name(), cast("Frame", self._parent).get_name()
        self.add_child(ElementAddToElement(name, parent), name=f"{name}_add")
        return ""


_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"(:?)')
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


def literal(value: Any) -> str:
    """JSON-ready values as a script writes them, with fewer quotes.

    The text travels within JSON, where each double quote costs two signs.

    >>> print(literal({"ALB": [1, "d'Ivoire"], "a-b": 'say "yes"'}))
    {ALB:[1,'d\\\\'Ivoire'],'a-b':'say "yes"'}
    """

    def written(token: re.Match[str]) -> str:
        body, colon = token.groups()
        if colon and _NAME.fullmatch(body):
            return body + colon
        body = body.replace('\\"', '"').replace("'", "\\'")
        return f"'{body}'{colon}"

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Evaluated as script: no markup, and none of the marks that streamlit-folium rewrites.
    text = _STRING.sub(written, text)
    return text.replace("<", "\\u003c").replace("{{", "{ {").replace("\u2028", "\\u2028")


only_ours()
