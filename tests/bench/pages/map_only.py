"""The product's map with the floor's filter and nothing else: what the map itself costs."""

import gc

import streamlit as st
from streamlit_folium import st_folium

from dashboard import snapshot
from dashboard.figures import maps
from dashboard.i18n import texts_of
from data.load import reference
from geo.options import Choice

chosen = st.pills("org", ["NP", "KMar", "GPI"], selection_mode="multi")
release = snapshot.store().default_release()
found = snapshot.network(release)
shown = maps.payload(
    snapshot.coverage(release, Choice(tuple(chosen))),
    found.postings[found.postings["organisation"].isin(chosen)] if chosen else found.postings,
    found.accreditations,
    reference("units"),
    None,
    {"posts", "links"},
    "nl",
    texts_of("nl").group("map"),
)
st_folium(
    maps.base_map(),
    key="map",
    height=560,
    use_container_width=True,
    feature_group_to_add=maps.layer(shown),
    returned_objects=maps.RETURNED,
)
if gc.get_freeze_count() == 0:
    gc.collect()
    gc.freeze()
