"""One change of a scenario: the form for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import snapshot
from dashboard.i18n import Texts
from dashboard.subjects.scenario import report as scenario_report
from dashboard.subjects.scenario.workareas import Chosen
from dashboard.web import session, widgets
from data import load
from geo.coverage import HOME
from geo.errors import DataError
from geo.names.normalise import key
from geo.network import cities_with_several_posts
from geo.options import Choice
from geo.scenario import (
    AREAS,
    MOST_COUNTRIES,
    TAKERS,
    Add,
    Change,
    Close,
    Decide,
    Move,
    Rearrange,
    Reassign,
    Scenario,
)
from geo.schemas import ORGANISATIONS

Key = TypeVar("Key")
Option = int | tuple[int, ...]  # a post by its row, or every post in a city


@dataclass(frozen=True)
class Form:
    """What a form needs: the scenario so far, the posts of its release by row, and what it does."""

    t: Texts
    scenario: Scenario
    posts: pd.DataFrame
    done: Callable[..., None]

    def labels(self, posts: pd.DataFrame) -> dict[int, str]:
        """Row -> a post as a list to search names it; what is closed in the scenario says so."""
        rows_shown = set(posts["row"])
        closed = {each.row for each in self.scenario.changes if isinstance(each, Close)}
        labels = scenario_report.post_labels(self.scenario.release, self.t.language)
        already = f" – {self.t('whatif.closed_already')}"
        return {
            row: label + (already if row in closed else "")
            for row, label in labels.items()
            if row in rows_shown
        }


def _choose(t: Texts, labels: dict[int, str], name: str) -> int | None:
    """A list of posts to search by city, organisation or country."""
    return _one_of(t("whatif.post"), labels, t("whatif.post_placeholder"), name)


def _act(
    t: Texts, act: str, labels: Mapping[Option, str], chosen: Callable[[Option], None]
) -> None:
    """The same list where a choice is all that is needed: it acts at once."""
    name = f"w_whatif_{act}"
    st.selectbox(
        t(f"whatif.direct_{act}"),
        list(labels),
        format_func=lambda option: labels[option],
        placeholder=t(f"whatif.first_{act}"),
        key=session.widget(name, None),
        on_change=lambda: chosen(session.value(name)),
        filter_mode="contains",
        label_visibility="collapsed",
        index=None,
    )


def _close(form: Form) -> None:
    """Every post; before those of a city that has several, the whole city."""
    cities = {
        row: (tuple(rows_there), host, city)
        for (host, city), rows_there in cities_with_several_posts(form.posts).items()
        for row in rows_there
    }
    names = snapshot.names(form.t.language)
    options: dict[Option, str] = {}
    for row, label in form.labels(form.posts).items():
        if row in cities:
            rows_there, host, city = cities[row]
            where = f"{city} ({names[host]})"
            options.setdefault(
                rows_there, form.t("whatif.whole_city", city=where, n=len(rows_there))
            )
        options[row] = label

    def closed(option: Option) -> None:
        form.done(*map(Close, option if isinstance(option, tuple) else (option,)))

    _act(form.t, "close", options, closed)


def _decide(form: Form) -> None:
    planned = form.posts[form.posts["status"] == "planned"]
    if planned.empty:
        st.markdown(form.t("whatif.nothing_planned"))
        return
    options: dict[Option, str] = dict(form.labels(planned).items())
    _act(form.t, "decide", options, lambda row: form.done(Decide(row)))  # type: ignore[arg-type]


def _reassign(form: Form) -> None:
    t = form.t
    left, middle, right = st.columns([4, 2, 2], vertical_alignment="bottom")
    with left:
        row = _choose(t, form.labels(form.posts), "whatif_org_post")
    with middle:
        who = _organisation(t, "whatif_org_to")
    change = None if row is None else Reassign(int(row), who)
    _button(t, right, "whatif.do_org", change, form.done)


def _move(form: Form) -> None:
    """Where a post goes, and then what becomes of its work area: nothing is chosen before."""
    t = form.t
    left, middle, right = st.columns([4, 3, 3], vertical_alignment="bottom")
    with left:
        row = _choose(t, form.labels(form.posts), "whatif_move_post")
    with middle:
        host = _country(t, "whatif.host", "whatif_move_host")
    with right:
        city = _city(t, host, "whatif_move_city")
    left, right = st.columns([8, 2], vertical_alignment="bottom")
    with left:
        area = st.radio(
            t("whatif.what_area"),
            AREAS,
            index=None,
            format_func=lambda row: t(f"whatif.area_choice_{row}"),
            key="whatif_move_area",
        )
        takers = _takers(form, row) if area == TAKERS else ()
    change = None
    if row and host and city and area and (takers or area != TAKERS):
        change = Move(int(row), host, city, area, takers)
    if change:
        _foreseen(form, change)
    _button(t, right, "whatif.do_move", change, form.done)


def _takers(form: Form, row: int | None) -> tuple[int, ...]:
    closed = {each.row for each in form.scenario.changes if isinstance(each, Close)}
    labels = form.labels(form.posts[~form.posts["row"].isin({row, *closed})])
    chosen = st.multiselect(
        form.t("whatif.takers"),
        list(labels),
        format_func=lambda row: labels[row],
        key="whatif_move_takers",
        select_all=False,
        filter_mode="contains",
        placeholder=form.t("whatif.post_placeholder"),
    )
    return tuple(map(int, chosen))


def _foreseen(form: Form, move: Move) -> None:
    """What the choice means, with distances, before it is made."""
    alone = Scenario(form.scenario.release, "", (move,))
    try:
        scenario_report.checked(alone, alone.release)
    except DataError:
        return  # the reader hears why when the change is made
    answer = scenario_report.whatif(alone, Choice(), form.t.language)
    about = answer.before.postings, answer.after.postings, snapshot.names(form.t.language)
    texts = Chosen(form.t, alone, answer.areas, *about)
    st.caption(widgets.plain(" ".join(texts.sentences())))


def _rearrange(form: Form) -> None:
    """Countries that a post serves too, or no longer; the country it is in always is served."""
    t, names = form.t, _abroad(form.t)
    row = _choose(t, form.labels(form.posts), "whatif_area_post")
    served: set[str] = set()
    host = ""
    if row is not None:
        after = scenario_report.whatif(form.scenario, Choice(), t.language).after
        mine = (after.accreditations["kind"] == "LO") & (after.accreditations["row"] == row)
        served = set(after.accreditations.loc[mine, "iso3"])
        lo = after.postings[(after.postings["kind"] == "LO") & (after.postings["row"] == row)]
        host = str(lo["host"].iloc[0]) if len(lo) else ""
    left, middle, right = st.columns([4, 4, 2], vertical_alignment="bottom")
    more = _units(t, left, "more", [c for c in names if c not in served], row)
    less = _units(t, middle, "less", [c for c in names if c in served - {host}], row)
    if row is not None and not served - {host}:
        st.caption(t("whatif.less_none"))
    change = Rearrange(int(row), more, less) if row and (more or less) else None
    _button(t, right, "whatif.do_area", change, form.done)


def _units(
    t: Texts, where: DeltaGenerator, what: str, codes: list[str], row: int | None
) -> tuple[str, ...]:
    names = _abroad(t)
    chosen = where.multiselect(
        t(f"whatif.{what}"),
        codes,
        format_func=lambda iso3: names[iso3],
        key=f"whatif_area_{what}_{row}",
        max_selections=MOST_COUNTRIES // 2,
        select_all=False,
        filter_mode="contains",
        placeholder="",
        disabled=row is None or not codes,
    )
    return tuple(chosen)


def _add(form: Form) -> None:
    t = form.t
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
    _button(t, right, "whatif.do_add", change, form.done)


def _button(
    t: Texts,
    where: DeltaGenerator,
    label: str,
    change: Change | None,
    done: Callable[..., None],
) -> None:
    where.button(
        t(label),
        disabled=change is None,
        on_click=lambda: None if change is None else done(change),
        type="primary",
        width="stretch",
    )


def _organisation(t: Texts, name: str) -> str:
    return st.selectbox(
        t("whatif.organisation"), ORGANISATIONS, format_func=lambda who: t(f"short.{who}"), key=name
    )


def _country(t: Texts, label: str, name: str) -> str | None:
    return _one_of(t(label), _abroad(t), t("control.country_placeholder"), name)


def _one_of(label: str, names: Mapping[Key, str], placeholder: str, name: str) -> Key | None:
    """A list to search in what its entries are called."""
    return st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda each: names[each],
        placeholder=placeholder,
        key=name,
        filter_mode="contains",
    )


def _abroad(t: Texts) -> dict[str, str]:
    """The units where an officer can serve: all but the Netherlands."""
    return {
        iso3: name for iso3, name in snapshot.names_in_order(t.language).items() if iso3 != HOME
    }


def _city(t: Texts, host: str | None, name: str) -> str | None:
    """The places that the tables hold for a country; a duty station or the capital is chosen."""
    places = load.places()
    in_host = places[places["iso3"] == (host or "")]
    options = dict(
        zip(in_host["city"], in_host["city" if t.language == "nl" else "city_en"], strict=True)
    )
    order = sorted(options, key=lambda city: key(options[city]))
    first = in_host["city"].iloc[0] if len(in_host) else None
    city: str | None = st.selectbox(
        t("whatif.city"),
        order,
        index=order.index(first) if first else None,
        format_func=lambda city: options[city],
        disabled=host is None,
        placeholder="",
        key=f"{name}_{host}",
        filter_mode="contains",
    )
    return city


FORMS: dict[str, Callable[[Form], None]] = {
    "close": _close,
    "move": _move,
    "area": _rearrange,
    "add": _add,
    "org": _reassign,
    "decide": _decide,
}
