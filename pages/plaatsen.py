"""Where a post helps: new posts under the reader's limits, posts least missed, areas anew."""

from __future__ import annotations

from time import perf_counter

import streamlit as st

from dashboard import snapshot
from dashboard.filters import MOST_LANDS, POSTS, WITHIN, Filters, to_query
from dashboard.i18n import Texts
from dashboard.report import Block, Table, Text
from dashboard.snapshot import report_of
from dashboard.subjects.planning import question as planning
from dashboard.subjects.planning.report import Planning
from dashboard.subjects.planning.wording import barred
from dashboard.web import drawing, session, widgets
from dashboard.wording import error_text
from geo.best_sets import Progress
from geo.errors import LimitError
from geo.options import AIMS
from geo.scenario import Scenario, text

AT_ONCE = (2, 3)  # posts that close together
PATIENCE = 1.0  # seconds before a reader sees how far an answer is


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = snapshot.store().release(filters.release)
    if release["network"] != "complete":
        _nothing(t, filters)
        return
    indicators = session.indicators()
    # The answers to a reader's own figures are nobody else's.
    plan = (
        Planning(t, filters, indicators, session.weights())
        if indicators
        else report_of(Planning, t, filters)
    )
    above = st.container()
    with st.container(key="limits", border=True):
        _limits(t, filters, plan)
    if not _answered(t, plan):
        with above:
            st.title(t("page.planning"))
    else:
        with above:
            st.title(widgets.plain(plan.title))
            st.markdown(widgets.plain(" ".join(plan.lead)))
        _new_posts(t, plan)
    st.header(t("planning.unknown"))
    st.markdown("\n".join(f"- {widgets.plain(each.text)}" for each in plan.caveats))
    with widgets.guard(t):
        st.header(t("planning.missed"))
        _noted(t, plan.missed())
        _together(t, plan)
        widgets.source_line(t, plan.source, [plan.document])
    with widgets.guard(t):
        _areas(t, filters, plan)


def _nothing(t: Texts, filters: Filters) -> None:
    """Of none or a part of the posts nobody can tell where one more helps."""
    st.title(t("page.planning"))
    if snapshot.store().release(filters.release)["network"] == "absent":
        widgets.no_network(t)
        return
    st.info(t("planning.partial"))
    newest = snapshot.store().default_release()
    st.button(t("coverage.choose_other"), on_click=lambda: session.change(release=newest))


def _answered(t: Texts, plan: Planning) -> bool:
    """Solve the question with its progress; a limit that nothing meets becomes a sentence."""
    bar = st.empty()
    try:
        planning.placed(plan.question, _progress(t, "planning.busy", bar))
    except LimitError as error:
        st.warning(widgets.plain(_why(t, error)))
        return False
    finally:
        bar.empty()
    return True


def _why(t: Texts, error: LimitError) -> str:
    """Why limits cannot be met, and what to do."""
    text = error_text(t, error)
    return f"{text.reason[:1].upper()}{text.reason[1:]}. {text.advice}."


def _progress(t: Texts, key: str, bar: st.delta_generator.DeltaGenerator) -> Progress:
    """What draws how far an answer is, once that takes longer than a second."""
    start = perf_counter()

    def draw(done: int, total: int) -> None:
        if perf_counter() - start > PATIENCE:
            bar.progress(min(1.0, done / max(1, total)), t(key, n=done, all=total))

    return draw


def _limits(t: Texts, filters: Filters, plan: Planning) -> None:
    """How many posts, how far, how many countries; what is usual, and where the rest is chosen."""
    usual = planning.todays(filters.release, filters.choice)
    limits = plan.limits
    posts, within, most = st.columns([2, 2, 2], vertical_alignment="bottom")
    with posts:
        st.segmented_control(
            t("planning.posts"),
            list(POSTS),
            key=session.widget("w_planning_posts", filters.posts),
            on_change=lambda: session.change(
                posts=session.value("w_planning_posts") or filters.posts
            ),
        )
    with within:
        _number(t, "within", WITHIN, limits.within, usual.within)
    with most:
        _number(t, "most", MOST_LANDS, limits.most, usual.most)
    if filters.within or filters.most:
        st.button(
            t("planning.usual"),
            on_click=lambda: session.change(within=0, most=0),
            type="tertiary",
        )
    st.caption(widgets.plain(t("planning.limits_note", km=usual.within, most=usual.most)))
    with st.expander(t("planning.limits_fold")):
        texts = [t("planning.limits_more", organisation=plan.question.organisation)]
        texts.append(barred(t, plan.question))
        if filters.weights:
            weights = [f"{t(f'gaps.component_{name}')} {n}" for name, n in filters.weights]
            texts.append(t("planning.weights_chosen", weights=", ".join(weights)))
        st.markdown(widgets.plain(" ".join(texts)))
        label, query = t("planning.to_weights"), to_query(filters)
        st.page_link(session.page("gaps"), label=label, query_params=query)


def _number(t: Texts, name: str, valid: range, value: int, usual: int) -> None:
    """A limit in figures; what is usual stays out of the address."""
    key = f"w_planning_{name}"

    def changed() -> None:
        chosen = int(session.value(key) or usual)
        session.change(**{name: 0 if chosen == usual else chosen})

    st.number_input(
        t(f"planning.{name}"),
        min(valid[0], value),
        max(valid[-1], value),
        step=100 if name == "within" else 1,
        key=session.widget(key, value),
        on_change=changed,
    )


def _new_posts(t: Texts, plan: Planning) -> None:
    """The best set on the map and in a table, its alternatives, and how firm it is."""
    drawing.explained_map(plan.map(), height=480)
    _open(plan.filters, plan.scenario, t("planning.open_scenario"))
    with widgets.guard(t):
        st.header(t("planning.places"))
        _noted(t, [plan.places()])
        widgets.source_line(t, plan.places().source, plan.places().documents)
    with widgets.guard(t):
        st.header(t("planning.alternatives"))
        _noted(t, plan.alternatives())
    with widgets.guard(t), st.container(key="firm"):
        st.header(t("planning.firm"))
        _firm(t, plan)


def _firm(t: Texts, plan: Planning) -> None:
    """On request: the question anew with each weight and limit moved."""
    label, about = t("planning.firm_button"), t("planning.firm_button_help")
    if not st.button(label, help=about, key="planning_firm"):
        return
    bar = st.empty()
    answer = planning.firm(plan.question, _progress(t, "planning.busy_firm", bar))
    bar.empty()
    _noted(t, plan.firm(answer))


def _together(t: Texts, plan: Planning) -> None:
    """Posts that close at once, behind a fold: every set is looked at when a reader opens that."""
    with st.expander(t("planning.together"), key="planning_together", on_change="rerun") as fold:
        if fold.open:
            at_once = st.segmented_control(
                t("planning.at_once"), AT_ONCE, default=AT_ONCE[0], key="planning_at_once"
            )
            _noted(t, plan.together(at_once or AT_ONCE[0]))


def _areas(t: Texts, filters: Filters, plan: Planning) -> None:
    st.header(t("planning.areas"))
    aim = st.segmented_control(
        t("planning.aim"),
        AIMS,
        default=AIMS[0],
        format_func=lambda name: t(f"planning.aim_{name}"),
        key="planning_aim",
    )
    aim = aim or AIMS[0]
    try:
        *texts, table = plan.areas(aim)
    except LimitError as error:
        st.info(widgets.plain(_why(t, error)))
        return
    _noted(t, texts)
    scenario, many = plan.areas_scenario(aim)
    if many:
        _open(filters, scenario, t.count("planning.areas_scenario", many))
    _noted(t, [table])
    widgets.source_line(t, plan.source, [plan.document])


def _open(filters: Filters, scenario: Scenario, label: str) -> None:
    """A link to the page "What if" with a scenario."""
    query = to_query(filters) | {"scenario": text(scenario)}
    st.page_link(session.page("whatif"), label=label, query_params=query)


def _noted(t: Texts, blocks: list[Block]) -> None:
    """Texts and tables, notes in small letters."""
    for block in blocks:
        if isinstance(block, Text) and block.kind == "note":
            st.caption(widgets.plain(block.text))
        elif isinstance(block, Table):
            widgets.top_table(t, block)
        elif isinstance(block, Text):
            widgets.blocks([block])
