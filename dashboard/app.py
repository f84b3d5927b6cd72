"""Web entry: the frame around every page, and which page stands at which address."""

from functools import partial, update_wrapper

import streamlit as st

from dashboard import snapshot
from dashboard.filters import Filters
from dashboard.i18n import words
from dashboard.links import PATHS
from dashboard.web import auth, lifecycle, session, sidebar, widgets
from geo.errors import DataError
from pages import (
    aanmelden,
    bronnen,
    dekking,
    gegevens,
    land,
    meenemen,
    missies,
    netwerk,
    overzicht,
    presenteren,
    toegankelijkheid,
    vergelijken,
    vlekken,
    wat_als,
)

PAGES = {
    "overview": overzicht.render,
    "coverage": dekking.render,
    "gaps": vlekken.render,
    "whatif": wat_als.render,
    "compare": vergelijken.render,
    "missions": missies.render,
    "network": netwerk.render,
    "country": land.render,
    "sources": bronnen.render,
    "data": gegevens.render,
    "present": presenteren.render,
    "accessibility": toegankelijkheid.render,
}
BARE = "present"  # nothing but the page itself
ASIDE = (BARE, "accessibility")  # not among the pages at the top: a link leads there


def main() -> None:
    """One run: read the address, draw navigation and controls, then the page."""
    st.set_page_config(page_title="Liaisonatlas", layout="wide")
    widgets.style_and_script()
    if auth.locked():
        _door()
        return
    try:
        # One moment of the store for the whole of a screen.
        with snapshot.steady():
            _screen(session.begin(snapshot.valid_names()))
    except DataError as error:
        widgets.fault(error, words(session.asked_language()), elsewhere=False)
    lifecycle.warm()


def _screen(filters: Filters) -> None:
    """What the reader sees: the pages there are, the chosen one, and the controls."""
    t, pages = words(filters.language), {}
    for name, render in PAGES.items():
        run = update_wrapper(partial(widgets.guarded, render, filters), render)
        pages[name] = st.Page(
            run,
            title=t(f"page.{name}"),
            url_path=PATHS[name],
            default=not PATHS[name],
            visibility="hidden" if name in ASIDE else "visible",
        )
    session.remember_pages(pages)
    chosen = st.navigation(list(pages.values()), position="top")
    page = next(name for name in pages if pages[name] == chosen)
    st.set_page_config(page_title=f"{chosen.title} – {t('product')}")
    widgets.spoken(t)
    if page != BARE:
        with widgets.guard(t):
            meenemen.bar(t, filters, page)
    with widgets.guard(t):
        widgets.aged(t, filters)
    chosen.run()  # before the controls: what the reader waits for comes first
    if page != BARE:
        explain = page in ("overview", "coverage")  # other maps explain themselves
        widgets.guarded(partial(sidebar.controls, explain=explain), filters)
        with st.sidebar:
            aanmelden.account(t)


def _door() -> None:
    """Every address but one leads to the page to sign in; nothing of the data is read."""
    t, pages = words(session.asked_language()), []
    for name, render in PAGES.items():
        # Whom the door itself keeps out must be able to read what to do about it.
        public = name == "accessibility"
        door = partial(render, t, Filters("")) if public else partial(aanmelden.render, t)
        run = update_wrapper(door, render)
        title = t(f"page.{name}" if public else "access.enter")
        pages.append(st.Page(run, title=title, url_path=PATHS[name], default=not PATHS[name]))
    chosen = st.navigation(pages, position="hidden")
    st.set_page_config(page_title=f"{chosen.title} – {t('product')}")
    widgets.spoken(t)
    chosen.run()


main()
