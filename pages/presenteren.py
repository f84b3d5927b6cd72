"""The projector: one message a screen, steps by keyboard, and a card for every country."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import snapshot
from dashboard.filters import Filters, to_query
from dashboard.i18n import Texts
from dashboard.report import Chart, Map, Report
from dashboard.subjects import catalogue, presentation
from dashboard.subjects.country import questions
from dashboard.subjects.country.questions import KeyedAnswer
from dashboard.web import drawing, session, widgets
from geo.errors import DataError
from pages import meenemen


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    steps = presentation.steps(filters, snapshot.valid_names())
    number = min(filters.step, len(steps) - 1)
    block = None
    with st.container(key="stage"):
        screen = st.container(key="shown")
        # Before the finding: who sees the next step has the buttons and links of that step.
        _controls(t, filters, steps, number)
        with screen, widgets.guard(t):
            block = _step(t, steps[number])
    with widgets.guard(t):
        _numbers(t, steps[number], block)
    with st.expander(t("present.edit")):
        left, right = st.columns(2, gap="large")
        with left:
            _edit(t, filters, steps)
        with right:
            meenemen.panel(t, filters, "present")
    with widgets.guard(t):  # last: made for the first time they take a few seconds
        _cards(t, filters, steps[number])


def _step(t: Texts, step: presentation.Step) -> Map | Chart | None:
    """The finding as title, its map or chart as large as the screen, and its source.

    Returns the map or chart; None where there is none.
    """
    try:
        report = catalogue.screen(step.page, step.filters, step.figure)
    except DataError as error:
        widgets.refused(error, t)
        return None
    block = report.figure(step.figure)
    if step.figure and (block is None or block.key != step.figure):
        st.warning(t("present.no_figure", name=widgets.plain(step.figure)))
    if step.filters.scenario:
        st.html(f"<p class='scenario-banner'>{escape(t('present.scenario'))}</p>")
    st.title(report.headline(block) if block else report.title)
    if isinstance(block, Map) and block.payload["view"] == "locator":
        drawing.stage_map(block, t.language, report.summary)  # colours only what it is about
    elif isinstance(block, Map):
        drawing.stage_explained_map(block)
    elif isinstance(block, Chart):
        drawing.stage_chart(block, t.language)
    else:
        for sentence in report.summary:
            st.markdown(widgets.plain(sentence))
    _foot(t, report, block)
    return block


def _numbers(t: Texts, step: presentation.Step, block: Map | Chart | None) -> None:
    """The same as a table: of a chart here, of a map on the page that the step is of."""
    if isinstance(block, Chart):
        drawing.data(t, block)
    elif block:
        page = "coverage" if step.page == "overview" else step.page  # which has no table of units
        label = t("present.numbers", page=t(f"page.{page}"))
        st.page_link(session.page(page), label=label, query_params=to_query(step.filters))


def _foot(t: Texts, report: Report, block: Map | Chart | None) -> None:
    source = block.source if block else report.provenance.as_of
    text = f"{t('source')}: {source}"
    st.html(f"<p class='source-line'>{escape(text)}</p>")


def _controls(t: Texts, filters: Filters, steps: list[presentation.Step], number: int) -> None:
    """Back, on, leave for the page of this step: each has its keys (see static/present.js)."""
    count, step = len(steps), steps[number]
    with st.container(key="steps", horizontal=True, vertical_alignment="center"):
        st.button(
            t("present.back"),
            key="step_back",
            disabled=number == 0,
            on_click=lambda: session.change(step=number - 1),
        )
        st.segmented_control(
            t("present.step", n=number + 1, all=count),
            range(count),
            format_func=lambda place: t.number(place + 1),
            key=session.widget("w_step", number),
            on_change=_turned,
            label_visibility="collapsed",
        )
        st.button(
            t("present.on"),
            key="step_on",
            disabled=number == count - 1,
            on_click=lambda: session.change(step=number + 1),
        )
        st.html(f"<p class='step-keys' id='step-keys'>{escape(t('present.keys'))}</p>")
        other = "en" if t.language == "nl" else "nl"
        turned = to_query(replace(filters, language=other))
        label = t("present.other_language")
        st.page_link(session.page("present"), label=label, query_params=turned)
        scenario = step.filters.scenario or filters.scenario  # a step without one does not lose it
        left = to_query(replace(step.filters, step=0, scenario=scenario))
        st.page_link(session.page(step.page), label=t("present.leave"), query_params=left)


def _turned() -> None:
    """Pressing the number of the step on the screen would choose none."""
    if (chosen := session.value("w_step")) is not None:
        session.change(step=chosen)


def _cards(t: Texts, filters: Filters, step: presentation.Step) -> None:
    """What the card shows that opens when a name is typed; the browser finds the country.

    In three parts, so that what no choice changes is sent once. It says nothing of the scenario of
    the step, and says so.
    """
    words = {name: t(f"present.card_{name}") for name in ("label", "hint", "others", "more")}
    words |= t.group("search") | {"label": words["label"]}
    words["without"] = t("present.card_without") if step.filters.scenario else ""
    st.html(_lasting_cards(t.language))
    st.html(_chosen_cards(filters))
    st.html(_holder("cards", words))


@snapshot.cached(2)
def _lasting_cards(language: str) -> str:
    return _holder("cards-lasting", questions.lasting_cards(language)._asdict())


def _of_network(filters: Filters) -> Hashable:
    return filters.release, filters.choice, filters.language


@snapshot.cached(64, _of_network)
def _chosen_cards(filters: Filters) -> str:
    """What the choices say; an answer without a source has that of the network."""
    found = questions.cards(filters)

    def brief(answer: KeyedAnswer) -> tuple[str, ...]:
        return answer[:2] if answer.source == found.source else answer

    cards = {
        code: (card[0], brief(card[1]), [*map(brief, card[2])]) if len(card) > 1 else card
        for code, card in found.cards.items()
    }
    return _holder("cards-chosen", {"source": found.source, "cards": cards})


def _holder(name: str, value: object) -> str:
    """A value that the scripts of the page read, see static/present.js."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    quoted = escape(data, quote=False).replace("'", "&#39;")
    return f"<div hidden data-{name}='{quoted}'></div>"


def _edit(t: Texts, filters: Filters, steps: list[presentation.Step]) -> None:
    """The steps in their order, each to move or to drop; slides and a link of them all."""
    st.caption(t("present.typing"))
    if not filters.tour:
        first = steps[0].filters.scenario
        st.caption(t("present.standard_scenario" if first else "present.standard"))
    written = list(filters.tour or presentation.standard(filters))
    for place, step in enumerate(steps):
        with st.container(horizontal=True, vertical_alignment="center", key=f"edit_{place}"):
            st.markdown(f"{place + 1}. {widgets.plain(_named(t, step))}")
            st.button(
                t("present.up"),
                key=f"step_up_{place}",
                disabled=place == 0,
                on_click=_changed,
                args=(_earlier(written, place),),
            )
            st.button(
                t("present.drop"),
                key=f"step_drop_{place}",
                disabled=len(steps) == 1,
                on_click=_changed,
                args=([*written[:place], *written[place + 1 :]],),
            )
    if filters.tour:
        st.button(t("present.reset"), key="step_reset", on_click=_changed, args=([],))


def _earlier(written: list[str], place: int) -> list[str]:
    """The steps with the one at `place` before its neighbour."""
    one, other = written[place - 1 : place + 1] if place else (written[0], written[0])
    return [*written[: max(place - 1, 0)], other, one, *written[place + 1 :]]


def _changed(written: list[str]) -> None:
    session.change(tour=tuple(written), step=0)


def _named(t: Texts, step: presentation.Step) -> str:
    """A step in a few words: its page and what was chosen."""
    about = [t.area(step.filters.area)] if step.filters.area else []
    if step.filters.land:
        about.append(str(snapshot.names(t.language)[step.filters.land]))
    # The key of a figure is for addresses; a reader gets its name, where it needs one.
    key = f"present.figure_{step.figure}"
    return ", ".join([t(f"page.{step.page}"), *about, *([t(key)] if t.has(key) else [])])
