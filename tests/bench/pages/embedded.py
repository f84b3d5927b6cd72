"""The plain way: st_folium with the same shapes embedded as GeoJSON, made anew on every change."""

import gc
import json

import folium
import streamlit as st
from streamlit_folium import st_folium

from dashboard import snapshot, theme
from dashboard.figures import map_elements
from dashboard.figures.maps import drawn_state
from geo.options import Choice
from tests.bench.geojson import features

LEAFLET = [("leaflet", map_elements.PREFIX + "leaflet/leaflet.js")]


@st.cache_data
def shapes() -> str:
    """The product's world shapes as GeoJSON text."""
    return json.dumps(features(map_elements.STATIC / "shapes" / "world.json"))


folium.Map.default_js = LEAFLET
folium.Map.default_css = [("leaflet", map_elements.PREFIX + "leaflet/leaflet.css")]
chosen = st.pills("org", ["NP", "KMar", "GPI"], selection_mode="multi")
table = snapshot.coverage(snapshot.store().default_release(), Choice(tuple(chosen)))
colours = {
    row.iso3: theme.style_class(drawn_state(row.state, row.basis), row.organisations)
    for row in table.itertuples()
}


def style(feature: dict[str, object]) -> dict[str, object]:
    """Plain colours: patterns are more than this way offers without further scripts."""
    state, *orgs = colours.get(str(feature["id"]), "none").split("-")
    steps = theme.DARK if state == "post" else theme.LIGHT
    colour = steps.get(orgs[0].replace("X", "?"), theme.NONE) if orgs else theme.NONE
    return {"fillColor": colour, "color": "#ffffff", "weight": 0.7, "fillOpacity": 1}


base = folium.Map(tiles=None, location=[20, 11], zoom_start=2)
folium.GeoJson(json.loads(shapes()), style_function=style).add_to(base)
st_folium(base, key="map", height=560, use_container_width=True, returned_objects=[])
if gc.get_freeze_count() == 0:
    gc.collect()
    gc.freeze()
