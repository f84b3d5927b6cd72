"""Every document: what it gave, what it does not say, and its tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import evidence, provenance, records, rows, snapshot, wording
from dashboard.filters import Filters, to_query
from dashboard.i18n import Texts
from dashboard.subjects import coverage
from dashboard.web import session, widgets
from geo.coverage import Choice


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    st.title(t("sources.headline"))
    st.markdown(t("sources.intro"))
    widgets.meaning(t, "van-brief-naar-cijfer")
    releases, history = snapshot.releases(), snapshot.reference("mission_history")
    monthly = snapshot.reference("un_police")
    for document in snapshot.documents().to_dict("records"):
        with st.container(border=True, key=f"document_{document['document']}"):
            _document(t, document)
            for _, release in releases[releases["document"] == document["document"]].iterrows():
                _release(t, release)
            for name, table in (("history", history), ("monthly", monthly)):
                printed = table[table["document"] == document["document"]]
                if not printed.empty:
                    _download(t, f"sources.{name}", printed, f"{document['document']}-missions")
    for sentence in wording.total_faults(t, snapshot.mission_counts()):
        st.warning(widgets.plain(sentence))
    _figures(t)
    _others(t)
    st.header(t("sources.rules"))
    st.markdown(t("sources.rules_text"))
    _world(t)
    _data(t)
    label = t("sources.downloads")
    st.page_link(session.page("downloads"), label=label, query_params=to_query(filters))


def _document(t: Texts, document: records.Row) -> None:
    st.header(widgets.plain(document[f"title_{t.language}"]), anchor=document["document"])
    note, paper, url = (
        records.text(document[name]) for name in (f"date_note_{t.language}", "paper", "url")
    )
    lines = [f"**{t('sources.date')}** {t.date(document['date'])}" + (f" ({note})" if note else "")]
    if paper:
        lines.append(f"**{t('sources.paper')}** {paper}")
    lines.append(f"**{t('sources.address')}** {f'<{url}>' if url else t('sources.no_address')}")
    lines.append(f"**{t('sources.gives')}** {document[f'gives_{t.language}']}")
    lines.append(f"**{t('sources.lacks')}** {document[f'lacks_{t.language}']}")
    st.markdown("  \n".join(lines))


def _release(t: Texts, release: pd.Series) -> None:
    note = wording.date_note(t, release) if release["network"] != "absent" else ""
    day = t.date(release["missions_as_of"]) if release["missions"] != "absent" else ""
    st.markdown(
        f"- {t('sources.network.' + release['network'], note=note)}\n"
        f"- {t('sources.missions.' + release['missions'], date=day)}"
    )
    with st.container(horizontal=True):
        if release["network"] != "absent":
            posts = partial(_postings, release["release"])
            _records(t, "sources.postings", posts, f"{release['release']}-postings")
            covered = partial(_covered, release["release"])
            _records(t, "sources.coverage", covered, f"{release['release']}-coverage")
        if release["missions"] != "absent":
            missions = partial(_missions, release["release"], release["missions_as_of"])
            _records(t, "sources.missions_file", missions, f"{release['release']}-missions")


def _postings(release: str) -> list[records.Record]:
    return records.postings(snapshot.network(release))


def _covered(release: str) -> list[records.Record]:
    network = snapshot.network(release)
    return records.coverage(snapshot.coverage(release, Choice()), network, Choice())


def _missions(release: str, as_of: str) -> list[records.Record]:
    return records.missions(snapshot.deployments(release), as_of)


def _records(t: Texts, name: str, read: Callable[[], list[records.Record]], file: str) -> None:
    st.download_button(
        t("control.download", name=t(name)),
        # Only when it is asked for.
        lambda: records.for_excel(read(), t),
        f"{file}.csv",
        "text/csv",
        key=f"download_{file}",
        on_click="ignore",
    )


def _download(t: Texts, name: str, frame: pd.DataFrame, file: str) -> None:
    codes = ["iso3"] if "iso3" in frame else []
    ordered = frame[[*codes, *frame.columns.drop(codes)]]
    _records(t, name, lambda: records.plain(ordered), file)


def _figures(t: Texts) -> None:
    figures = snapshot.reference("key_figures")
    st.header(t("sources.figures"))
    found: rows.Rows = [
        [
            str(row[f"text_{t.language}"]),
            wording.in_unit(t, row),
            t.date(row["as_of"]),
            wording.citation(t, row),
        ]
        for row in figures.to_dict("records")
    ]
    keys = ("what", "value", "when", "place")
    widgets.table(t("sources.figures"), rows.headers(t, keys), found)
    _download(t, "sources.events", snapshot.reference("events"), "events")
    _download(t, "sources.statements", snapshot.reference("statements"), "statements")


def _others(t: Texts) -> None:
    """What other public sources say, which no number counts."""
    every = snapshot.reference("evidence")
    found = evidence.table(t, every)
    st.header(found.title, anchor="andere-bronnen")
    st.markdown(t("evidence.start_more"))
    widgets.table(found.title, found.headers, found.rows)
    _download(t, "evidence.file", every, "evidence")


def _world(t: Texts) -> None:
    """What the map does with borders and names, and what is no unit of it."""
    others, notes = snapshot.reference("not_units"), snapshot.reference("map_notes")
    st.header(t("sources.not_units"), anchor="eenheden")
    st.markdown(t("sources.not_units_text"))
    widgets.table(t("sources.not_units"), *coverage.not_units(t, others))
    st.header(t("sources.notes"), anchor="grenzen")
    st.markdown(t("imprint.borders"))
    widgets.table(t("sources.notes"), *coverage.map_notes(t, notes, snapshot.names(t.language)))


def _data(t: Texts) -> None:
    st.header(t("sources.data"))
    files = provenance.data_files(t)
    widgets.table(files.title, files.headers, files.rows)
