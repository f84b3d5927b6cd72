"""What if: a scenario of posts that close, move or come, and what it does."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import asked, cache, figures, findings, posts, state, whatif, widgets
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.map_views import smallest_view
from geo.coverage import of_organisations
from geo.effect import Effect
from geo.errors import DataError
from geo.scenario import WHERE, Scenario, parse
from pages import scenario


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = cache.store().release(filters.release)
    if release["network"] != "complete":
        _nothing(t, release)
        return
    above = st.container()  # filled when the map, which the reader waits for, is on its way
    found, refused = _scenario(filters)
    answer = asked.whatif(found, filters.choice, filters.language)
    printed = asked.printed(filters.release, filters.language)
    _map(t, filters, answer)
    with above:
        if refused:
            _refused(t, filters, refused)
        _head(t, filters, found, answer, printed)
        scenario.controls(t, found, printed)
    widgets.release_source(t, release)
    if found.changes:
        _tables(t, filters, found, answer, printed)
    scenario.keep(t, found)


def _nothing(t: Words, release: pd.Series) -> None:
    """Of a part of the posts no scenario can tell what it does."""
    st.title(t("whatif.headline"))
    if release["network"] == "absent":
        widgets.no_network(t)
        return
    st.info(t("whatif.partial"))
    newest = cache.store().default_release()
    st.button(t("whatif.choose_other"), on_click=lambda: state.change(release=newest))


def _scenario(filters: Filters) -> tuple[Scenario, DataError | None]:
    """The scenario of the address; an empty one, and why, where it cannot be applied."""
    empty = Scenario(filters.release)
    if not filters.scenario:
        return empty, None
    try:
        return asked.scenario(filters.scenario, filters.release), None
    except DataError as error:
        if error.where != WHERE:  # the release itself cannot be read
            raise
        return empty, error


def _refused(t: Words, filters: Filters, error: DataError) -> None:
    """Says why the scenario of the address is not applied, and offers its own release."""
    try:
        own = parse(filters.scenario).release
    except DataError:
        own = filters.release
    if own != filters.release and own in set(cache.releases()["release"]):
        st.warning(widgets.plain(t("whatif.other_release", release=own, shown=filters.release)))
        st.button(t("whatif.go_release", release=own), on_click=lambda: state.change(release=own))
        return
    value = f" ({error.value})" if error.value else ""
    why = f"{t.known(error.reason)}{value}. {t.known(error.advice).rstrip('.')}."
    st.warning(widgets.plain(t("whatif.dropped", why=why[:1].upper() + why[1:])))


def _head(
    t: Words, filters: Filters, found: Scenario, answer: asked.Answer, printed: pd.DataFrame
) -> None:
    """What the scenario does, in a title and sentences; without one what the page is for."""
    names, whom = cache.names(t.language), filters.organisations
    if not found.changes:
        st.title(t("whatif.headline"))
        st.markdown(t("whatif.intro"))
        return
    lines = scenario.lines(t, found, printed)
    called = found.name or (lines[0] if len(lines) == 1 else "")
    shown = _shown(filters, answer)
    headline = whatif.headline(t, shown, names, whom, answer.effect)
    about = ", ".join(filter(None, (called, t.area(filters.area) if filters.area else "")))
    st.badge(t("whatif.label"), color="orange")
    name = widgets.plain(about)  # a link may have called the scenario anything
    st.title(whatif.titled(t, name, headline, names) if about else headline)
    after = (answer.after.postings, answer.after.accreditations)
    still = posts.still(t, after, shown.of("lost")["iso3"], filters.choice)
    st.markdown(widgets.plain(" ".join(whatif.sentences(t, shown, names, whom, still))))


def _shown(filters: Filters, answer: asked.Answer) -> Effect:
    """The effect in the area that was chosen."""
    if not filters.area:
        return answer.effect
    return answer.effect.within(cache.in_area(filters.area))


def _map(t: Words, filters: Filters, answer: asked.Answer) -> None:
    before = (answer.before.postings, answer.before.accreditations)
    drawn = whatif.drawn(answer.effect)
    of = findings.of_whom(t, filters.organisations)
    words = {kind: t(f"whatif.kind_{kind}", of=of) for kind in ("lost", "single")}
    words["none"] = t("map.none") + of
    figures.topic_map(
        t,
        filters,
        drawn,
        [name for name in whatif.DRAWN if (drawn["state"] == name).any()],
        words=words | {"title": t("whatif.map_title")},
        notes=whatif.notes(t, answer.effect, before, filters.choice),
        postings=of_organisations(answer.after.postings, filters.organisations),
        view=smallest_view(cache.reference("units"), set(answer.effect.touched["iso3"])),
    )


def _tables(
    t: Words, filters: Filters, found: Scenario, answer: asked.Answer, printed: pd.DataFrame
) -> None:
    names = cache.names(t.language)
    effect = _shown(filters, answer)
    networks = (answer.before, answer.after)
    frames = [(each.postings, each.accreditations) for each in networks]
    of = findings.of_whom(t, filters.organisations)
    left, right = st.columns([5, 4], gap="large")
    with left:
        st.header(t("whatif.printed"))
        headers, rows = whatif.quoted(t, found, printed)
        if rows:
            widgets.table(t("whatif.printed"), headers, rows)
        else:
            st.markdown(t("whatif.printed_none"))
    with right:
        st.header(t("whatif.counts"))
        widgets.table(t("whatif.counts"), *whatif.totals(t, effect, filters.organisations))
        if steps := whatif.singles(t, effect):
            st.caption(steps)
        if filters.area:
            st.caption(t("whatif.counts_area", area=t.area(filters.area)))
        if of:
            st.caption(t("whatif.counts_whom", of=of))
    st.header(t("whatif.affected"))
    headers, rows = whatif.affected(t, effect, (frames[0], frames[1]), filters.choice, names)
    if rows:
        if of:
            st.caption(t("whatif.affected_whom", of=of))
        widgets.table(t("whatif.affected"), headers, rows)
        st.caption(t("whatif.km_note"))
    else:
        st.markdown(t("whatif.affected_none"))
