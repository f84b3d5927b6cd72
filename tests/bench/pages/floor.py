"""The floor: the same filter and one line of text; what any Streamlit page costs."""

import gc

import streamlit as st

chosen = st.pills("org", ["NP", "KMar", "GPI"], selection_mode="multi")
st.html(f"<p id='answer' data-answer='{'-'.join(chosen)}'>{len(chosen)}</p>")
if gc.get_freeze_count() == 0:
    gc.collect()
    gc.freeze()
