"""Web entry: the frame around every page, and which page stands at which address."""

from functools import partial, update_wrapper

import streamlit as st

from dashboard import snapshot
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.web import auth, drawing, lifecycle, session, sidebar, widgets
from geo.errors import DataError
from pages import (
    aanmelden,
    bronnen,
    dekking,
    downloads,
    gegevens,
    geschiedenis,
    land,
    meenemen,
    missies,
    missies_jaren,
    netwerk,
    overzicht,
    plaatsen,
    presenteren,
    toegankelijkheid,
    uitleg,
    vergelijken,
    vlekken,
    wat_als,
    werklast,
    zoeken,
)

PAGES = {
    "overview": overzicht.render,
    "coverage": dekking.render,
    "gaps": vlekken.render,
    "whatif": wat_als.render,
    "planning": plaatsen.render,
    "compare": vergelijken.render,
    "missions": missies.render,
    "mission_years": missies_jaren.render,
    "network": netwerk.render,
    "network_load": werklast.render,
    "network_history": geschiedenis.render,
    "country": land.render,
    "sources": bronnen.render,
    "downloads": downloads.render,
    "data": gegevens.render,
    "explanation": uitleg.render,
    "present": presenteren.render,
    "accessibility": toegankelijkheid.render,
    "search": zoeken.render,
}
BARE = "present"  # nothing but the page itself
ASIDE = (
    BARE,
    "downloads",
    "mission_years",
    "network_load",
    "network_history",
    "accessibility",
    "search",
)  # not among the pages at the top: a link leads there


@lifecycle.timed()
def main() -> None:
    """One run: read the address, draw navigation and controls, then the page."""
    st.set_page_config(page_title="Liaisonatlas", layout="wide")
    t = texts_of(session.address_language())
    if auth.locked():
        aanmelden.door(t)
        return
    try:
        # One moment of the store for the whole of a screen.
        with snapshot.steady():
            draw(session.begin(snapshot.valid_names()))
    except DataError as error:
        widgets.fault(error, t, elsewhere=False)
    lifecycle.warm()


def draw(filters: Filters) -> None:
    """What the reader sees: the pages there are, the chosen one, and the controls."""
    t, pages = texts_of(filters.language), {}
    titles = {name: t(f"page.{name}") for name in PAGES}
    menu = titles | t.group("menu")
    for name, render in PAGES.items():
        run = update_wrapper(partial(widgets.guarded, render, filters), render)
        visibility = "hidden" if name in ASIDE else "visible"
        pages[name] = widgets.page(name, menu[name], run, visibility)
    session.remember_pages(pages)
    if session.page_of_run() != BARE:
        # First of all: when it comes, all that stands beside it moves (see static/page.css).
        with st.sidebar, widgets.guard(t):
            sidebar.brand(t, session.own_choices())
    name, chosen = widgets.navigation(t, pages, titles, "top")
    if target := session.next_page():
        st.switch_page(pages[target], query_params=session.query_of(target, filters))
    take = None if name == BARE else meenemen.room(filters, name)
    # In a part of its own, empty or not: else the page below is counted anew, its map built anew.
    notes = st.container()

    def above() -> None:
        if take:
            with take, widgets.guard(t):
                meenemen.bar(t, filters, name)
        with widgets.guard(t):
            widgets.aged(t, filters)
            if name != BARE:
                sidebar.narrowed(t, filters, name)

    drawing.below(above, chosen.run, notes)
    with widgets.guard(t):
        widgets.on_paper(t, filters, name)
    if name != BARE:
        with st.sidebar, widgets.guard(t):
            zoeken.box(t)
        widgets.guarded(partial(sidebar.controls, page=name), filters)
        with st.sidebar:
            aanmelden.account(t)


main()
