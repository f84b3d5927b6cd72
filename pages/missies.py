"""The missions: how many officers, how that changed, and of what the total consists."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, figures, findings, missions, state, widgets
from dashboard.charts import missions as charts
from dashboard.filters import Filters
from dashboard.i18n import Words
from geo import mission_trends
from geo.missions import MissionCount
from pages import missies_waar

SIDES = ("from", "to")  # the earlier and the later of the dates that are compared


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    every = cache.mission_counts(filters.area)
    if not every:
        st.title(t("page.missions"))
        st.info(t("missions.none"))
    else:
        before, after = _chosen(filters, every)
        counts = [count for count in (before, after) if count]
        st.title(missions.headline(t, before, after, filters.area))
        if any(count.missions for count in counts):
            with widgets.guard(t):
                _step(t, every, counts)
            with widgets.guard(t):
                missies_waar.where(t, filters, counts)
            with widgets.guard(t):
                missies_waar.beside(t, filters, after)
    with widgets.guard(t):
        missies_waar.history(t, filters)


def _chosen(
    filters: Filters, every: list[MissionCount]
) -> tuple[MissionCount | None, MissionCount]:
    """The two dates to compare: those the reader chose, else the last two there are."""
    found = [count for count in every if count.as_of in filters.dates]
    if len(found) != 2:
        found = every[-2:]
    return (found[0] if len(found) == 2 else None), found[-1]


def _step(t: Words, every: list[MissionCount], counts: list[MissionCount]) -> None:
    """What changed between the two dates, per mission and in the total."""
    dates = [t.date(count.as_of) for count in counts]
    if len(counts) == 2:
        before, after = counts
        found = mission_trends.step(before, after, cache.reference("mission_aliases"))
    else:
        found = mission_trends.one_date(counts[0])
    st.markdown(f"{widgets.plain(missions.what_changed(t, found))} {t('missions.rule')}")
    for sentence in findings.total_faults(t, counts):
        st.warning(widgets.plain(sentence))
    if len(every) > 2:
        _dates(t, every, counts)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header(t("missions.per_mission"))
        figures.chart(
            t,
            "missions",
            charts.dumbbell(found, dates, t),
            missions.step_words(t, found, dates),
            *missions.step_table(t, found, counts),
            missions.sources(t, counts),
        )
        for line in missions.other_names(t, found):
            st.caption(f"\\* {widgets.plain(line)}")
    with right:
        st.header(t("missions.parts"))
        _parts(t, every)


def _dates(t: Words, every: list[MissionCount], chosen: list[MissionCount]) -> None:
    """Which two dates are compared, and behind a fold all there are."""
    pair = [count.as_of for count in chosen]

    def changed() -> None:
        state.change(dates=tuple(sorted(state.value(f"w_date_{side}") for side in SIDES)))

    columns = st.columns([1, 1, 3])
    for column, side, date, other in zip(columns, SIDES, pair, reversed(pair), strict=False):
        with column:
            st.selectbox(
                t(f"missions.date_{side}"),
                [count.as_of for count in every if count.as_of != other],
                format_func=t.date,
                key=state.widget(f"w_date_{side}", date),
                on_change=changed,
            )
    with st.expander(t("missions.all_dates")):
        wide = mission_trends.per_mission(
            mission_trends.over_time(every), [count.as_of for count in every]
        )
        widgets.table(t("missions.all_dates"), *missions.per_mission(t, wide))


def _parts(t: Words, every: list[MissionCount]) -> None:
    """The total of every date in its parts: by who leads, and by continent."""
    long = mission_trends.over_time(every)
    titles = missions.titles(t, every)
    counted = {
        "lead_organisation": mission_trends.by_lead(long),
        "continent": mission_trends.by_area(long, cache.reference("units"), "continent"),
    }
    named = missions.named_parts(t, counted)
    figures.chart(
        t,
        "mission_parts",
        charts.parts(named, titles, missions.kinds(t), t),
        missions.parts_words(t, named, titles),
        *missions.parts_table(t, named, every),
        missions.sources(t, every),
    )
