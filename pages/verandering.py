"""One change of a scenario: the form for each kind."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import asked, cache, state
from dashboard.i18n import Words
from data import load
from geo.coverage import HOME
from geo.keys import key
from geo.scenario import MOST_COUNTRIES, Add, Change, Close, Decide, Move, Reassign
from geo.schemas import ORGANISATIONS

Done = Callable[[Change], None]


def _choose(t: Words, labels: dict[int, str], name: str) -> int | None:
    """A list of posts to search by city, organisation or country."""
    row: int | None = st.selectbox(
        t("whatif.post"),
        list(labels),
        index=None,
        format_func=lambda row: labels[row],
        placeholder=t("whatif.post_placeholder"),
        key=name,
        filter_mode="contains",
    )
    return row


def _act(t: Words, act: str, labels: dict[int, str], chosen: Callable[[int], None]) -> None:
    """The same list where a choice is all that is needed: it acts at once."""
    name = f"w_whatif_{act}"
    st.selectbox(
        t(f"whatif.direct_{act}"),
        list(labels),
        format_func=lambda row: labels[row],
        placeholder=t(f"whatif.first_{act}"),
        key=state.widget(name, None),
        on_change=lambda: chosen(int(state.value(name))),
        filter_mode="contains",
        label_visibility="collapsed",
        index=None,
    )


def _labels(t: Words, posts: pd.DataFrame) -> dict[int, str]:
    release = state.filters().release
    shown = set(posts["row"])
    labels = asked.post_labels(release, t.language)
    return {row: label for row, label in labels.items() if row in shown}


def _close(t: Words, posts: pd.DataFrame, done: Done) -> None:
    _act(t, "close", _labels(t, posts), lambda row: done(Close(row)))


def _decide(t: Words, posts: pd.DataFrame, done: Done) -> None:
    planned = posts[posts["status"] == "planned"]
    if planned.empty:
        st.markdown(t("whatif.nothing_planned"))
    else:
        _act(t, "decide", _labels(t, planned), lambda row: done(Decide(row)))


def _reassign(t: Words, posts: pd.DataFrame, done: Done) -> None:
    left, middle, right = st.columns([4, 2, 2], vertical_alignment="bottom")
    with left:
        row = _choose(t, _labels(t, posts), "whatif_org_post")
    with middle:
        who = _organisation(t, "whatif_org_to")
    change = None if row is None else Reassign(int(row), who)
    _button(t, right, "whatif.do_org", change, done)


def _move(t: Words, posts: pd.DataFrame, done: Done) -> None:
    left, middle, right, last = st.columns([4, 3, 3, 2], vertical_alignment="bottom")
    with left:
        row = _choose(t, _labels(t, posts), "whatif_move_post")
    with middle:
        host = _country(t, "whatif.host", "whatif_move_host")
    with right:
        city = _city(t, host, "whatif_move_city")
    change = Move(int(row), host, city) if row and host and city else None
    _button(t, last, "whatif.do_move", change, done)


def _add(t: Words, posts: pd.DataFrame, done: Done) -> None:
    left, middle, right = st.columns([2, 3, 3])
    with left:
        who = _organisation(t, "whatif_add_who")
    with middle:
        host = _country(t, "whatif.host_new", "whatif_add_host")
    with right:
        city = _city(t, host, "whatif_add_city")
    names = _abroad(t)
    left, right = st.columns([6, 2], vertical_alignment="bottom")
    area = left.multiselect(
        t("whatif.area"),
        list(names),
        format_func=lambda iso3: names[iso3],
        key="whatif_add_area",
        max_selections=MOST_COUNTRIES,
        select_all=False,
        filter_mode="contains",
        placeholder="",
    )
    change = Add(who, host, city, tuple(area)) if host and city else None
    _button(t, right, "whatif.do_add", change, done)


def _button(t: Words, where: DeltaGenerator, label: str, change: Change | None, done: Done) -> None:
    where.button(
        t(label),
        disabled=change is None,
        on_click=lambda: None if change is None else done(change),
        type="primary",
        width="stretch",
    )


def _organisation(t: Words, name: str) -> str:
    return st.selectbox(
        t("whatif.organisation"), ORGANISATIONS, format_func=lambda who: t(f"short.{who}"), key=name
    )


def _country(t: Words, label: str, name: str) -> str | None:
    names = _abroad(t)
    return st.selectbox(
        t(label),
        list(names),
        index=None,
        format_func=lambda iso3: names[iso3],
        placeholder=t("control.country_placeholder"),
        key=name,
        filter_mode="contains",
    )


def _abroad(t: Words) -> dict[str, str]:
    """The units where an officer can serve: all but the Netherlands."""
    return {iso3: name for iso3, name in cache.names_in_order(t.language).items() if iso3 != HOME}


def _city(t: Words, host: str | None, name: str) -> str | None:
    """The places that the tables hold for a country; a duty station or the capital is chosen."""
    places = load.places()
    there = places[places["iso3"] == (host or "")]
    shown = dict(
        zip(there["city"], there["city" if t.language == "nl" else "city_en"], strict=True)
    )
    order = sorted(shown, key=lambda city: key(shown[city]))
    first = there["city"].iloc[0] if len(there) else None
    city: str | None = st.selectbox(
        t("whatif.city"),
        order,
        index=order.index(first) if first else None,
        format_func=lambda city: shown[city],
        disabled=host is None,
        placeholder="",
        key=f"{name}_{host}",
        filter_mode="contains",
    )
    return city


FORMS: dict[str, Callable[[Words, pd.DataFrame, Done], None]] = {
    "close": _close,
    "move": _move,
    "add": _add,
    "org": _reassign,
    "decide": _decide,
}
