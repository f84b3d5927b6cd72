"""The network: double posts, posts by city, what hangs on one post, and its history."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import cache, figures, findings, network, network_others, widgets
from dashboard.charts import network as charts
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.network_shown import Shown, keys, shown
from geo.network import placements
from pages import draagkracht, verloop

CITIES = 40  # rows of a chart that a reader can take in; the table has them all
PARTS = ("double", "posts", "back", "carried", "load", "others", "figures", "events")


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = cache.store().release(filters.release)
    if release["network"] == "absent":
        st.title(t("network.headline_absent"))
        widgets.no_network(t)
        verloop.back(t, filters)
        verloop.key_figures(t, filters, None)
        verloop.dated(t, filters)
        return
    found = shown(filters)
    source = f"{release['document']}, {findings.date_note(t, release)}"
    st.title(network.headline(t, found, filters))
    st.markdown(network.lead(t, found, filters, findings.date_note(t, release)))
    verloop.answer(t, filters)
    parts = [part for part in PARTS if part != "load" or (found.complete and len(found.loads))]
    links = [f"[{t(f'network.jump_{part}')}](#{part})" for part in parts]
    st.markdown(f"{t('network.jump')} {' · '.join(links)}")
    with widgets.guard(t):
        _double(t, found)
    with widgets.guard(t):
        _posts(t, found, source)
    with widgets.guard(t):
        verloop.back(t, filters)
    with widgets.guard(t):
        draagkracht.carried(t, filters, found, source)
    with widgets.guard(t):
        draagkracht.load(t, filters, found, source)
    with widgets.guard(t):
        _others(t, found)
    with widgets.guard(t):
        verloop.key_figures(t, filters, found)
    with widgets.guard(t):
        verloop.dated(t, filters)


def _double(t: Words, found: Shown) -> None:
    st.header(t("network.title_double"), anchor="double")
    if found.model.empty:
        st.markdown(t("network.model_none"))
        return
    st.markdown(t("network.model_rule"))
    widgets.table(t("network.title_double"), *network.model_rows(t, found))
    notes = " ".join([*network.model_text(t, found), t("network.model_always")])
    st.caption(widgets.plain(notes))


def _posts(t: Words, found: Shown, source: str) -> None:
    st.header(t("network.title_posts"), anchor="posts")
    cities = found.cities
    if cities.empty:
        st.markdown(t("network.no_posts"))
        return
    several = cities[cities["active"] + cities["planned"] > 1]
    single = cities.drop(several.index)
    listed = network.list_html(network.single_list(t, single))
    heading = f"**{t.count('network.single', len(single))}**"
    if several.empty:  # a chart would be one dot in each row
        st.markdown(heading)
        st.html(listed)
        with st.expander(t("chart.table")):
            widgets.table(t("network.title_posts"), *network.city_rows(t, found))
        widgets.source_line(t, source)
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{t('network.several')}**")
        _dots(t, found, several, source)
    if len(single):
        with right:
            st.markdown(heading)
            st.html(listed)


def _dots(t: Words, found: Shown, part: pd.DataFrame, source: str) -> None:
    drawn = part.head(CITIES)
    order = list(keys(drawn))
    cells = found.cells.assign(key=keys(found.cells))
    listed = [
        f"{name}: {network.who(t, row)}"
        for name, row in zip(drawn["name"], drawn.to_dict("records"), strict=True)
    ]
    figures.chart(
        t,
        "posts",
        charts.posts(cells[cells["key"].isin(order)], order, list(drawn["name"]), t),
        t("network.posts_alternative", list="; ".join(listed)),
        *network.city_rows(t, found),
        source,
    )
    if len(part) > len(drawn):
        st.caption(t("network.posts_more", n=len(drawn), all=len(part)))
    st.caption(t("network.posts_note"))


def _others(t: Words, found: Shown) -> None:
    st.header(t("network.title_others"), anchor="others")
    st.markdown(f"**{t('network.filo')}**")
    heads, table = network_others.filo_rows(t, found)
    if table:
        widgets.table(t("network.filo"), heads, table)
    else:
        st.markdown(t("network.filo_none"))
    bodies = placements(found.chosen)
    number = int(bodies["placements"].sum()) if len(bodies) else 0
    some = "multilateral" if found.complete or number else "multilateral_some"
    st.markdown(f"**{t(f'network.{some}', n=number)}**")
    if number:
        listed = [
            t("network.multilateral_list", body=row["body"], n=int(row["placements"]))
            for row in bodies.to_dict("records")
        ]
        st.markdown(widgets.plain("; ".join(listed)))
        with st.expander(t("network.multilateral_table")):
            widgets.table(t("network.title_others"), *network_others.placement_rows(t, found))
    else:
        st.markdown(t("network.multilateral_none"))
    if network_others.unsaid(found):
        st.caption(t("network.multilateral_unsaid"))
