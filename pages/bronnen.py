"""Every document with its tables as printed: the row that a figure rests on, ready to quote."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from dashboard import evidence, printed, provenance, records, rows, snapshot, wording
from dashboard.document_names import document_name, release_name
from dashboard.exports.html_table import table_html
from dashboard.file_names import of_release, slugged
from dashboard.filters import Filters, to_query
from dashboard.i18n import LANGUAGES, Texts, texts_of
from dashboard.links import OF_A_PAGE, source_address
from dashboard.printed import PrintedRow, PrintedTable
from dashboard.subjects import coverage
from dashboard.web import session, widgets
from data.load import reference
from geo.options import Choice

WINDOW = 20  # rows of a long table that are shown at once
STEP = 40  # and how many more at a time
MOST_CHOSEN = 60  # rows that one address may name


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    st.title(t("sources.headline"))
    st.markdown(t("printed.intro"))
    widgets.meaning(t, "van-brief-tot-cijfer")
    documents = snapshot.documents()
    parts = session.opened()
    if not parts.get("document") and (parts.get("tabel") or parts.get("rij")):
        st.warning(t("printed.document_missing"))
    document = parts.get("document", "")
    if document and document not in documents.index:
        st.warning(widgets.plain(t("printed.no_document", value=document[:60])))
    if document not in documents.index:
        parts, document = {}, str(snapshot.store().release(filters.release)["document"])
    table = _choose(t, document, parts)
    if table:
        _printed(t, table, parts)
    else:
        st.info(t("printed.no_table"))
    _about(t, documents.loc[document].to_dict())
    _every_document(t, document)
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


def _choose(t: Texts, document: str, parts: dict[str, str]) -> PrintedTable | None:
    """The document and the table in it that the reader chose; the first table where none is."""
    tables = {table.key: table for table in printed.tables_of(document)}
    key = parts.get("tabel", "")
    if key and key not in tables:
        st.warning(widgets.plain(t("printed.no_such_table", value=key[:60])))
    key = key if key in tables else next(iter(tables), "")
    which, of_it = st.columns(2)
    which.selectbox(
        t("printed.document"),
        list(snapshot.documents().index),
        format_func=lambda name: printed.title(t, name),
        key=session.widget("w_document", document),
        on_change=lambda: _open(document=session.value("w_document")),
    )
    if tables:
        of_it.selectbox(
            t("printed.table"),
            list(tables),
            format_func=lambda name: t(
                "printed.option",
                name=printed.table_title(t, tables[name]),
                n=len(tables[name].rows),
            ),
            key=session.widget("w_printed", key),
            on_change=lambda: _open(document=document, tabel=session.value("w_printed")),
        )
    return tables.get(key)


def _open(**parts: str) -> None:
    """Open a document, a table or a row in it, and nothing else."""
    session.open_on("sources", **dict.fromkeys(OF_A_PAGE["sources"], "") | parts)


def _printed(t: Texts, table: PrintedTable, parts: dict[str, str]) -> None:
    """A table as printed: the rows of the link to quote, a filter, and a window of the rows."""
    wanted, words = _wanted(parts), parts.get("filter", "")
    if len(wanted) > MOST_CHOSEN:
        st.warning(t("printed.too_many", n=t.number(len(wanted)), most=MOST_CHOSEN))
        wanted = wanted[:MOST_CHOSEN]
    chosen = [row for number in wanted if (row := table.row(number))]
    for number in wanted:
        if table.row(number) is None:
            st.warning(widgets.plain(t("printed.no_such_row", value=number[:20])))
    if chosen:
        _quotes(t, table, chosen)
    fits = _filter(t, table, words)
    if not fits:
        st.info(widgets.plain(t("printed.no_rows", words=words)))
        return
    window = printed.window(fits, chosen, _most(parts))
    for row in chosen:
        if row not in fits:
            st.info(
                widgets.plain(t(f"printed.hidden_{table.counted}", row=row.number, words=words))
            )
    current = [place for place, each in enumerate(window) if each in chosen]
    caption = t(f"printed.caption_{table.counted}", table=printed.table_title(t, table))
    headers = printed.header(t, table)
    st.html(table_html(caption, headers, printed.body(table, window), True, current))
    st.caption(widgets.plain(" ".join(_extent(t, table, len(window), len(fits)))))
    if len(window) < len(fits):
        _more(t, len(window), len(fits))


def _wanted(parts: dict[str, str]) -> list[str]:
    """The numbers of the rows that the address names, each once."""
    numbers = dict.fromkeys(part.strip() for part in parts.get("rij", "").split(","))
    return [number for number in numbers if number]


def _extent(t: Texts, table: PrintedTable, rows: int, fits: int) -> list[str]:
    """How much of the table is in sight, and what it is of the document."""
    every = len(table.rows)
    sentences = [t.count("printed.part", every, shown=rows)]
    if fits < every:
        sentences = [t("printed.part_found", shown=rows, n=fits, all=every)]
    sentences += [t("printed.total", n=table.total)] if table.total is not None else []
    if table.counted == "row" and rows < every:
        return [*sentences, t("printed.part_row")]
    return [*sentences, t(f"printed.whole_{table.counted}")]


def _quotes(t: Texts, table: PrintedTable, chosen: list[PrintedRow]) -> None:
    """The rows of the link, each in a sentence to copy; of several all but the first folded."""
    with st.container(border=True, key="quote"):
        kind = t(f"printed.{table.counted}")
        if len(chosen) == 1:
            row = chosen[0]
            st.markdown(widgets.plain(t(f"printed.chosen_{table.counted}", row=row.number)))
            _quote(t, table, row)
            return
        numbers = t.listing([row.number for row in chosen])
        st.markdown(widgets.plain(t("printed.chosen_several", kind=kind, numbers=numbers)))
        for row in chosen:
            with st.expander(f"{kind} {row.number}", expanded=row == chosen[0]):
                _quote(t, table, row)


def _quote(t: Texts, table: PrintedTable, row: PrintedRow) -> None:
    """A row in a sentence to copy, in the reader's language first."""
    languages = sorted(LANGUAGES, key=lambda language: language != t.language)
    for column, language in zip(st.columns(2), languages, strict=True):
        with column:
            st.caption(t("printed.in_dutch" if language == "nl" else "printed.in_english"))
            text = printed.quote(texts_of(language), table, row)
            st.code(text, language=None, wrap_lines=True)


def _filter(t: Texts, table: PrintedTable, wanted: str) -> list[PrintedRow]:
    """The rows in which the words stand that the reader looks for; short tables need no filter."""
    if len(table.rows) > WINDOW // 2:
        st.text_input(
            t("printed.filter"),
            key=session.widget("w_filter", wanted),
            placeholder=t("printed.filter_hint"),
            max_chars=60,
            on_change=lambda: session.open_on("sources", filter=session.value("w_filter"), rij=""),
        )
    return printed.matching(table, wanted)


def _most(parts: dict[str, str]) -> int:
    """How many rows are shown, from the address; the usual window where it says none."""
    text = parts.get("toon", "")
    most = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else WINDOW
    return most or WINDOW


def _more(t: Texts, visible: int, fits: int) -> None:
    """Buttons for the next rows, and for all of them."""
    with st.container(horizontal=True):
        for key, n in (("more", min(visible + STEP, fits)), ("every", fits)):
            st.button(
                t(f"printed.{key}", n=fits),
                key=f"printed_{key}",
                on_click=partial(session.open_on, "sources", toon=str(n)),
            )


def _about(t: Texts, document: records.Row) -> None:
    """What a document is, gives and lacks, and its tables as files."""
    releases, history = snapshot.releases(), reference("mission_history")
    monthly = reference("un_police")
    with st.container(border=True, key=f"document_{document['document']}"):
        _document(t, document)
        for _, release in releases[releases["document"] == document["document"]].iterrows():
            _release(t, release)
        for name, table in (("history", history), ("monthly", monthly)):
            rows_of = table[table["document"] == document["document"]]
            if not rows_of.empty:
                of = document_name(t, str(document["document"]))
                _download(t, f"sources.{name}", rows_of, slugged(t("file.missions"), of))


def _document(t: Texts, document: records.Row) -> None:
    st.header(widgets.plain(document[f"title_{t.language}"]))
    note, paper, url = (
        records.text(document[name]) for name in (f"date_note_{t.language}", "paper", "url")
    )
    lines = [f"**{t('sources.date')}** {t.date(document['date'])}" + (f" ({note})" if note else "")]
    if paper:
        lines.append(f"**{t('sources.paper')}** {paper}")
    lines.append(f"**{t('sources.address')}** {_public(t, url)}")
    lines.append(f"**{t('sources.gives')}** {document[f'gives_{t.language}']}")
    lines.append(f"**{t('sources.lacks')}** {document[f'lacks_{t.language}']}")
    st.markdown("  \n".join(lines))


def _public(t: Texts, url: str) -> str:
    """The way to the document on the internet, or that none is known."""
    if not url:
        return t("sources.no_address")
    return f"[{url}]({url})"


def _every_document(t: Texts, chosen: str) -> None:
    """Every document with its date, the chosen one marked; an old link finds its document here."""
    st.header(t("printed.documents"))
    items = ""
    for row in snapshot.documents().to_dict("records"):
        name, href = escape(row["document"], quote=True), source_address(row["document"])
        current = " aria-current='true'" if row["document"] == chosen else ""
        items += (
            f"<li><a href='{escape(href, quote=True)}' target='_self' data-document='{name}'"
            f"{current}>"
            f"{escape(row[f'title_{t.language}'])}</a>, {escape(t.date(row['date']))}</li>"
        )
    st.html(f"<ul class='leads'>{items}</ul>")


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
            _records(t, "sources.postings", posts, _named(t, "posts", release["release"]))
            covered = partial(_covered, release["release"])
            _records(t, "sources.coverage", covered, _named(t, "coverage", release["release"]))
        if release["missions"] != "absent":
            missions = partial(_missions, release["release"], release["missions_as_of"])
            _records(
                t, "sources.missions_file", missions, _named(t, "missions", release["release"])
            )


def _named(t: Texts, name: str, release: str) -> str:
    """What a file of a release is called."""
    return of_release(t(f"file.{name}"), release, release_name(t, release))


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
    figures = reference("key_figures")
    st.header(t("sources.figures"))
    body: rows.Rows = [
        [
            str(row[f"text_{t.language}"]),
            wording.in_unit(t, row),
            t.date(row["as_of"]),
            rows.citation(t, row),
        ]
        for row in figures.to_dict("records")
    ]
    keys = ("what", "value", "when", "place")
    widgets.table(t("sources.figures"), rows.headers(t, keys), body)
    _download(t, "sources.events", reference("events"), slugged(t("file.events")))
    _download(t, "sources.statements", reference("statements"), slugged(t("file.statements")))


def _others(t: Texts) -> None:
    """What other public sources say, which no number counts."""
    every = reference("evidence")
    claims = evidence.table(t, every)
    st.header(claims.title, anchor="andere-bronnen")
    st.markdown(t("evidence.start_more"))
    with st.expander(t("sources.show", n=len(claims.rows))):
        widgets.table(claims.title, claims.headers, claims.rows)
    _download(t, "evidence.file", every, slugged(t("file.evidence")))


def _world(t: Texts) -> None:
    """What the map does with borders and names, and what is no unit of it."""
    others, notes = reference("not_units"), reference("map_notes")
    st.header(t("sources.not_units"), anchor="eenheden")
    st.markdown(t("sources.not_units_text"))
    with st.expander(t("sources.show", n=len(others))):
        widgets.table(t("sources.not_units"), *coverage.not_units(t, others))
    st.header(t("sources.notes"), anchor="grenzen")
    st.markdown(t("provenance.borders"))
    with st.expander(t("sources.show", n=len(notes))):
        widgets.table(t("sources.notes"), *coverage.map_notes(t, notes, snapshot.names(t.language)))


def _data(t: Texts) -> None:
    st.header(t("sources.data"))
    files = provenance.data_files(t)
    with st.expander(t("sources.show", n=len(files.rows))):
        widgets.table(files.title, files.headers, files.rows)
