"""Web entry: the frame around every page, and which page stands at which address."""

from functools import partial, update_wrapper

import streamlit as st

from dashboard import cache, sidebar, state, widgets
from dashboard.i18n import words
from geo.errors import DataError
from pages import (
    bronnen,
    dekking,
    gegevens,
    land,
    missies,
    netwerk,
    overzicht,
    vergelijken,
    vlekken,
    wat_als,
)

PAGES = {
    "overview": ("", overzicht.render),
    "coverage": ("dekking", dekking.render),
    "gaps": ("vlekken", vlekken.render),
    "whatif": ("wat-als", wat_als.render),
    "compare": ("vergelijken", vergelijken.render),
    "missions": ("missies", missies.render),
    "network": ("netwerk", netwerk.render),
    "country": ("land", land.render),
    "sources": ("bronnen", bronnen.render),
    "data": ("gegevens", gegevens.render),
}


def main() -> None:
    """One run: read the address, draw navigation and controls, then the page."""
    st.set_page_config(page_title="Liaisonatlas", layout="wide")
    widgets.style_and_script()
    try:
        filters = state.begin(cache.known())
    except DataError as error:
        widgets.fault(error, words(state.asked_language()), elsewhere=False)
        st.stop()
    pages = {}
    for name, (path, render) in PAGES.items():
        run = update_wrapper(partial(widgets.guarded, render, filters), render)
        title = words(filters.language)(f"page.{name}")
        pages[name] = st.Page(run, title=title, url_path=path, default=not path)
    state.remember_pages(pages)
    chosen = st.navigation(list(pages.values()), position="top")
    chosen.run()  # before the controls: what the reader waits for comes first
    explain = chosen in (pages["overview"], pages["coverage"])  # other maps explain themselves
    widgets.guarded(partial(sidebar.controls, explain=explain), filters)
    cache.warm()


main()
