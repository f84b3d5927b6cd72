"""The part of the page "What if" where a scenario is made, kept and opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.filters import Filters, to_query
from dashboard.i18n import Texts
from dashboard.subjects.scenario import report as scenario_report
from dashboard.subjects.scenario.report import WhatIf, worded
from dashboard.web import session, widgets
from data.scenarios import write
from geo.errors import DataError
from geo.names.normalise import key, one_line
from geo.network import cities_with_several_posts
from geo.scenario import LONGEST_NAME, Change, Close, Scenario, changed, fault, replaced, text
from pages import verandering


def controls(t: Texts, what_if: WhatIf) -> None:
    """Where a change is made, and the changes there are."""
    scenario, posts = what_if.scenario, what_if.printed
    _refusal(t, "whatif")
    with st.container(key="scenario", border=True):
        act = st.segmented_control(
            t("whatif.what"),
            list(verandering.FORMS),
            default="close",
            format_func=lambda name: t(f"whatif.act_{name}"),
            key="whatif_act",
            label_visibility="collapsed",
        )
        if replaced := session.announcement():
            st.info(widgets.plain(replaced))
        form = verandering.Form(
            t, scenario, posts, lambda *changes: _with(t, scenario, posts, changes)
        )
        verandering.FORMS[act or "close"](form)
        if scenario.changes:
            _listed(t, what_if)


def _refusal(t: Texts, what: str) -> None:
    error = session.refused(what)
    if error:
        widgets.refused(error, t)


def _listed(t: Texts, what_if: WhatIf) -> None:
    """Every change with a way to take it out."""
    with st.container(gap="xsmall"):
        for number, line in enumerate(what_if.lines):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(widgets.plain(line), width="content")
                st.button(
                    t("whatif.remove"),
                    key=f"whatif_remove_{number}",
                    on_click=_without,
                    args=(what_if.scenario, number),
                    help=widgets.plain(t("whatif.remove_help", what=line)),
                    type="tertiary",
                )


def _keep(scenario: Scenario) -> None:
    """Into the address, where it can stand; else the reader hears why not."""
    try:
        scenario_report.checked(scenario, scenario.release)
    except DataError as error:
        session.refuse("whatif", error)
    else:
        session.change(scenario=text(scenario) if scenario.changes else "")


def _with(t: Texts, scenario: Scenario, posts: pd.DataFrame, changes: Sequence[Change]) -> None:
    """The scenario with changes more; what they take the place of is said.

    A post that closes twice is refused, and of a whole city only what is open still closes.
    """
    texts, closed = worded(t, posts), {e.row for e in scenario.changes if isinstance(e, Close)}
    new = [c for c in changes if not (isinstance(c, Close) and c.row in closed)]
    if not new:
        names = [texts.post(change.row) for change in changes if isinstance(change, Close)]
        session.refuse("whatif", fault("post_closed_already", "; ".join(names)))
        return
    result, gone = scenario, list[Change]()
    for change in new:
        gone += replaced(result, change)
        result = changed(result, change)
    if gone:
        session.announce(t("whatif.replaces", changes="; ".join(map(texts.line, gone))))
    _keep(result)


def _without(scenario: Scenario, number: int) -> None:
    rest = (*scenario.changes[:number], *scenario.changes[number + 1 :])
    _keep(replace(scenario, changes=rest))


def keep(t: Texts, scenario: Scenario) -> None:
    """The name of the scenario; the whole as a link, as a file, and from a file."""
    st.header(t("whatif.keep"))
    left, right = st.columns(2, gap="large")
    with left:
        if scenario.changes:
            _named(t, scenario)
        else:
            st.markdown(t("whatif.choose_first"))
    with right:
        widgets.uploader(
            t("whatif.upload"),
            None,
            "whatif_file",
            1,  # the least that can be asked for; what is read is less
            help=t("whatif.upload_help"),
            on_change=lambda: _open(scenario.release),
        )
        _refusal(t, "whatif_file")


def _named(t: Texts, scenario: Scenario) -> None:
    st.text_input(
        t("whatif.name"),
        key=session.widget("w_whatif_name", scenario.name),
        max_chars=LONGEST_NAME,
        placeholder=t("whatif.name_placeholder"),
        on_change=lambda: _keep(
            replace(scenario, name=one_line(str(session.value("w_whatif_name") or "")))
        ),
    )
    st.markdown(t("whatif.share"))
    with st.container(horizontal=True):
        st.download_button(
            t("whatif.download"),
            write(scenario),
            file_name=f"{''.join(filter(str.isalnum, key(scenario.name))) or 'scenario'}.json",
            mime="application/json",
            on_click="ignore",
        )
        st.button(t("whatif.clear"), on_click=lambda: session.change(scenario=""))


def _open(release: str) -> None:
    """Puts the scenario of a file into the address, with its release."""
    file = session.value("whatif_file")
    if file is None:
        return
    try:
        scenario = scenario_report.from_file(file.name, file.getvalue(), release)
    except DataError as error:
        session.refuse("whatif_file", error)
    else:
        session.change(scenario=text(scenario), release=scenario.release)


def links(t: Texts, filters: Filters, serving: pd.DataFrame) -> None:
    """For each active post among those that serve a country: what if it closes?

    Where its city has several, what if the whole city does comes first.
    """
    posts = serving[(serving["kind"] == "LO") & (serving["status"] == "active")]
    every = scenario_report.liaison_posts(filters.release, t.language)
    shared, texts = cities_with_several_posts(every), worded(t, every)
    offers: dict[tuple[int, ...], str] = {}
    for row in posts.to_dict("records"):
        rows_there = shared.get((row["host"], row["city"]), [])
        if rows_there:
            label = t("whatif.close_city_link", city=row["city"], n=len(rows_there))
            offers.setdefault(tuple(rows_there), label)
        post = texts.post(int(row["row"]), hosted=False)
        offers[(int(row["row"]),)] = t("whatif.close_link", post=post)
    with st.container(horizontal=True, gap="medium"):
        for rows, label in offers.items():
            scenario = Scenario(filters.release, "", tuple(map(Close, rows)))
            st.page_link(
                session.page("whatif"),
                label=widgets.plain(label),
                query_params=to_query(replace(filters, scenario=text(scenario))),
            )
