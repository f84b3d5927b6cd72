"""What is in the atlas, and the way in for the next annex."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import records, rows, snapshot, wording
from dashboard.document_names import document_name, release_name
from dashboard.file_names import of_release
from dashboard.filters import Filters, to_query
from dashboard.i18n import Texts
from dashboard.records import Row
from dashboard.web import actions, auth, session, widgets
from data.documents import template
from data.documents.opening import KINDS
from data.imports import drafts, release_file
from geo.errors import DataError
from pages import kamerstukken, nalezen


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    draft = session.draft()
    if draft is not None:
        nalezen.render(t, filters, draft)
        return
    complete = snapshot.releases().query("network == 'complete'").iloc[0]
    date = t.date(complete["network_as_of"])
    st.title(t.count("data.headline", len(snapshot.releases()), date=date))
    if sentence := session.announcement():
        st.success(widgets.plain(sentence))
        label, query = t("data.see_map"), to_query(filters)
        st.page_link(session.page("coverage"), label=label, query_params=query)
    with widgets.guard(t):
        if auth.may_edit():
            with st.container(key="upload"):
                _upload(t)
        else:
            st.caption(t("access.readers"))
    with widgets.guard(t):
        if auth.may_edit():
            kamerstukken.render(t)
    with widgets.guard(t):
        _releases(t)
    with widgets.guard(t):
        _files(t, filters)
    with widgets.guard(t):
        _audit(t)


def _upload(t: Texts) -> None:
    """The file is opened in a process of its own; what cannot be read leaves nothing behind."""
    megabytes = snapshot.settings().megabytes
    st.header(t("data.upload"))
    st.markdown(t("data.intro"))
    key = f"upload_{session.uploads()}"
    file = widgets.uploader(t("data.upload"), KINDS, key, megabytes, label_visibility="collapsed")
    st.caption(t("data.limit", megabytes=megabytes))
    if file is not None:
        try:
            with st.spinner(t("data.reading", name=widgets.plain(file.name))):
                upload = actions.receive(file.name, file.getvalue())
                draft = drafts.begin(snapshot.store(), upload)
                snapshot.reading(draft)
        except DataError as error:
            widgets.refused(error, t, about=file.name)
        else:
            session.keep_draft(draft)
            st.rerun()
    with st.container(horizontal=True):
        for ending in template.KINDS:
            name = f"liaisonatlas.{ending}"
            label = t("data.template", ending=f".{ending}")
            make = partial(template.write, name)  # only when it is asked for
            st.download_button(label, make, name, on_click="ignore", type="tertiary")


def _releases(t: Texts) -> None:
    st.header(t("data.in_atlas"))
    register = snapshot.store().register()
    titles = snapshot.documents()[f"title_{t.language}"]
    body: rows.Rows = [
        [
            release_name(t, row["release"]),
            titles.get(row["document"], row["document"]),
            _table(t, row, "network"),
            _table(t, row, "missions"),
            t(f"data.{row['state']}"),
            t(f"data.{row['origin']}"),
            _added(t, row),
        ]
        for row in register.to_dict("records")
    ]
    keys = ["release", "document", "network", "missions", "state", "origin", "since"]
    if not any(row[-1] for row in body):  # what comes with the program was not read in by anybody
        keys, body = keys[:-1], [row[:-1] for row in body]
    widgets.table(t("data.in_atlas"), [t(f"data.{name}") for name in keys], body)
    if not auth.may_edit():
        return
    with st.container(horizontal=True):
        for row in register.to_dict("records"):
            if row["state"] == "active":
                _withdraw(t, row["release"])
            else:
                _restore(t, row["release"])


def _files(t: Texts, filters: Filters) -> None:
    """A document as a file that comes back as it is, and as rows to type another list over."""
    with st.expander(t("data.files")):
        store = snapshot.store()
        options = list(snapshot.releases()["release"])
        chosen = options.index(filters.release) if filters.release in options else 0
        release = st.selectbox(
            t("data.release"),
            options,
            chosen,
            format_func=lambda name: release_name(t, name),
            key="w_files",
        )
        named = release_name(t, release)
        st.markdown(t("data.files_exact"))
        _downloads(
            of_release(t("product"), release, named),
            lambda name: release_file.write(store, release, name),
        )
        if auth.may_edit():
            st.markdown(t("data.files_template"))
            _downloads(
                of_release(t("file.template"), release, named),
                lambda name: template.write(name, release_file.template_rows(store, release)),
            )


def _downloads(stem: str, make: Callable[[str], bytes]) -> None:
    """A button for each kind of sheet; a file is made only when it is asked for."""
    with st.container(horizontal=True):
        for ending in template.KINDS:
            name = f"{stem}.{ending}"
            st.download_button(name, partial(make, name), name, on_click="ignore", type="tertiary")


def _added(t: Texts, row: records.Row) -> str:
    """On which day a document was read in, and by whom."""
    day = records.text(row["added_at"])[:10]
    return ", ".join(filter(None, (t.date(day) if day else "", records.text(row["added_by"]))))


def _table(t: Texts, row: Row, table: str) -> str:
    """Whether a release has a table, and of which date."""
    word = t(f"data.{row[table]}")
    return word if row[table] == "absent" else f"{word}, {t.date(row[f'{table}_as_of'])}"


def _withdraw(t: Texts, release: str) -> None:
    with st.popover(f"{t('data.withdraw')}: {widgets.plain(release_name(t, release))}"):
        st.markdown(t("data.withdraw_text"))
        reason = st.text_input(t("data.reason"), key=f"reason_{release}", max_chars=200)
        by = widgets.by_whom(t, f"by_{release}")
        if st.button(t("data.withdraw"), key=f"withdraw_{release}", disabled=not reason.strip()):
            _change(t, release, "withdrawn", lambda: actions.withdraw(release, by, reason))


def _restore(t: Texts, release: str) -> None:
    with st.popover(f"{t('data.restore')}: {release_name(t, release)}"):
        by = widgets.by_whom(t, f"by_{release}")
        if st.button(t("data.restore"), key=f"restore_{release}"):
            _change(t, release, "active", lambda: actions.restore(release, by))


def _change(t: Texts, release: str, word: str, act: Callable[[], None]) -> None:
    try:
        act()
    except DataError as error:
        widgets.refused(error, t)
        return
    if word == "withdrawn" and session.filters().release == release:
        session.change(release=snapshot.store().default_release())
    session.announce(t("data.settled", release=release_name(t, release), what=t(f"data.{word}")))
    st.rerun()


def _audit(t: Texts) -> None:
    with st.expander(t("data.audit")):
        audit = snapshot.store().audit()
        if audit.empty:
            st.markdown(t("data.audit_none"))
            return
        names = snapshot.names_in_order(t.language)
        body: rows.Rows = [
            [
                row["at"][:16].replace("T", " "),
                wording.actor(t, row["by"]),
                t(f"data.action_{row['action']}"),
                release_name(t, records.text(row["release"])),
                document_name(t, records.text(row["document"])),
                "; ".join(
                    wording.detail_texts(t, row["action"], records.text(row["detail"]), names)
                ),
            ]
            for row in audit.to_dict("records")
        ]
        keys = ("at", "by_short", "action", "release", "document", "detail")
        widgets.table(t("data.audit"), [t(f"data.{name}") for name in keys], body)
