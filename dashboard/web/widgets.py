"""Shared pieces of a page: tables, source lines, messages; maps and charts are `figures`."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

import pandas as pd
import streamlit as st
import streamlit.components.v2 as components

from dashboard import printed, provenance, search, snapshot, wording
from dashboard.document_names import document_name, release_name
from dashboard.exports.html_table import leading, table_html
from dashboard.filters import Filters
from dashboard.i18n import Texts, texts_of
from dashboard.links import PATHS, STEP_PAGES, permalink, source_address
from dashboard.report import Block, Cell, Section, Table, Text
from dashboard.web import session
from dashboard.web.budgets import UPLOADS
from dashboard.web.metrics import IMPOSSIBLE
from geo.errors import DataError, by_file

# What Streamlit says in English, and only there, by the key of our words for it; `*` is the rest.
SPOKEN = {
    "Skip to main content": "skip",
    "Sidebar": "sidebar",
    "App pages": "pages",
    "1 more": "one_more",
    "* more": "more",
    "Collapse sidebar": "collapse",
    "Expand sidebar": "expand",
    "Open the search box": "find",
    "Copy to clipboard": "copy",
    "Help": "help",
    "Help for *": "help_for",
    "Choose an option": "choose",
    "No results": "no_results",
    "file upload": "file",
    "Upload": "upload",
    "Remove *": "remove",
    "Close": "close",
    "Dismiss": "close",
    "Page not found": "not_found",
    "The page that you have requested does not seem to exist. "
    "Running the app's main page.": "not_found_text",
}


_OF_WIDGETS = r"/streamlit/(elements|runtime/state)/"  # what reads the values of widgets
NO_TABLES: Mapping[str, str] = MappingProxyType({})
LONG, FIRST = 300, 50  # rows of a table that is drawn in part, and how many of it then stand
_PLACES = 100  # faults of one file that are named on a page; the command line has all
# Hands what Streamlit passes to static/search.js, which comes with the page; sent with each change.
_MOUNT = "export default (one) => window.liaisonatlasSearch(one)"


def page(name: str, title: str, render: Callable[[], None], visibility: Any = "visible") -> Any:
    """A page for `navigation`: what it draws, at the address that it has by its name."""
    path = PATHS[name]
    return st.Page(render, title=title, url_path=path, default=not path, visibility=visibility)


def navigation(
    t: Texts, pages: Mapping[str, Any], titles: Mapping[str, str], position: Any
) -> tuple[str, Any]:
    """Draw the way to these pages; the name of the chosen one and the page, to be run.

    `titles` names them in the browser's tab, where there is more room than in the menu.
    """
    chosen = st.navigation(list(pages.values()), position=position)
    name = next(name for name, each in pages.items() if each == chosen)
    st.set_page_config(page_title=f"{titles[name]} – {t('product')}")
    spoken(t)
    return name, chosen


def spoken(t: Texts) -> None:
    """Our words for what the page's scripts and styles put in their places.

    What Streamlit says in English (static/repair.js), tables that become cards on a phone
    (static/cards.js) and rows in a folded part there (static/sections.js), and what is said on
    paper of a part that is folded (static/print.css).
    """
    phrases = {english: t(f"spoken.{key}") for english, key in SPOKEN.items()}
    quoted = escape(json.dumps(phrases, ensure_ascii=False), quote=True)
    words = " ".join(
        f"data-{key}='{escape(t(f'cards.{key}'), quote=True)}'" for key in ("sort", "all", "rows")
    )
    st.html(
        f"<div hidden data-spoken='{quoted}' {words}></div>"
        f"<style>:root {{ --folded: {json.dumps(t('paper.folded'), ensure_ascii=False)} }}</style>"
    )


def table(
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell | str]],
    show_caption: bool = False,
) -> None:
    """A real HTML table that sorts when a header is pressed (see static/shell.js).

    The caption is always there for screen readers; show it where no heading says the same. Of a
    long table the first rows stand, until the reader asks for all of them.
    """
    st.html(table_html(caption, headers, drawn_rows(caption, rows), show_caption))


def drawn_rows(
    caption: str, rows: Sequence[Sequence[Cell | str]]
) -> Sequence[Sequence[Cell | str]]:
    """The rows that are drawn of a table: of more than LONG the first FIRST, with a box for all."""
    if len(rows) <= LONG:
        return rows
    t = texts_of(session.filters().language)
    label = t("table.every", n=len(rows), first=FIRST, title=plain(caption))
    return rows if st.checkbox(label, key=f"w_every_{caption}") else rows[:FIRST]


FILTERED = 20  # rows from which a list can be searched


def filtered_table(
    t: Texts, caption: str, headers: Sequence[str], rows: Sequence[Sequence[Cell | str]]
) -> None:
    """A table; above many rows a field that shows the rows with a text in them (static/rows.js)."""
    if len(rows) < FILTERED:
        table(caption, headers, rows)
    else:
        st.html(searchable(t, caption, len(rows), table_html(caption, headers, rows)))


def long_table(t: Texts, block: Table, few: int) -> None:
    """A table with its source; one of more than `few` rows behind a fold that says how many."""
    long = len(block.rows) > few
    label = f"{plain(block.title)} ({t.number(len(block.rows))})"
    with st.expander(label) if long else st.container():
        filtered_table(t, block.title, block.headers, block.rows)
        if block.source:
            source_line(t, block.source, block.documents)


TOP = 5  # rows of a ranked list that stand open, as in static/page.css


def top_table(t: Texts, block: Table) -> None:
    """The first TOP rows of a table, and a button that opens all; a short one whole."""
    if len(block.rows) <= TOP + 2:
        table(block.title, block.headers, block.rows)
        return
    more = (
        "<button type='button' class='more-rows' data-fold aria-expanded='false'>"
        f"{escape(t('parts.all', n=t.number(len(block.rows))))}</button>"
    )
    whole = table_html(block.title, block.headers, block.rows) + more
    st.html(searchable(t, block.title, len(block.rows), whole))


def searchable(t: Texts, caption: str, rows: int, whole: str) -> str:
    """A table of so many rows as HTML; of many below a field that searches it."""
    field = ""
    if rows >= FILTERED:
        count_text = escape(t("parts.filtered", n="{n}", all=t.number(rows)), quote=True)
        label = escape(f"{t('parts.filter')}: {caption}", quote=True)
        field = (
            f"<label>{escape(t('parts.filter'))} <input type='search' autocomplete='off' "
            f"data-filter-rows aria-label='{label}'></label> "
            f"<span aria-live='polite' data-filtered='{count_text}'></span>"
        )
    return f"<div class='row-filter'>{field}{whole}</div>"


def blocks(parts: Iterable[Block]) -> None:
    """Texts and tables of `dashboard.subjects`, one below the other.

    The heading above them says what the first table is; another one shows its own title, and the
    first one too where another has the same columns.
    """
    every = [*parts]
    tables = [block for block in every if isinstance(block, Table)]
    for block in every:
        if isinstance(block, Text) and block.kind == "note":
            st.info(plain(block.text))
        elif isinstance(block, Text):
            sentence(block)
        elif isinstance(block, Table):
            alike = sum(other.headers == block.headers for other in tables) > 1
            titled = alike or block is not tables[0]
            table(block.title, block.headers, block.rows, show_caption=titled)


def fold(label: str) -> None:
    """On a phone the columns behind this one are folded away (static/shell.js, page.css)."""
    about = "type='button' class='fold' data-fold aria-expanded='false'"
    st.html(f"<button {about}>{escape(label)}</button>")


def sentence(text: Text) -> None:
    """A paragraph; what of it leads to printed rows is a link, to this tab."""
    if any(piece.href for piece in text.parts):
        st.html(f"<p class='sentence'>{''.join(map(leading, text.parts))}</p>")
    else:
        st.markdown(plain(text.text))


def fill(data: str) -> None:
    """The cells of a table that stands already without them, see static/shell.js."""
    quoted = escape(data, quote=False).replace("'", "&#39;")  # its many double quotes stay short
    st.html(f"<div hidden data-fill='{quoted}'></div>")


def plain(text: str) -> str:
    """`text` for a message box, with nothing in it that Markdown would draw or link.

    An address is linked even where its signs are escaped: a sign of no width takes it apart.
    """
    text = re.sub(r"(?i)https?:(?=//)|www(?=\.)|@", "\\g<0>\u2060", text)
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|$:~^])", r"\\\1", text)


def paste(section: Section, folded: bool = True) -> None:
    """Paragraphs with a button that copies each, behind a fold unless the page is about them."""
    if not section.blocks:
        return
    with st.expander(section.heading) if folded else st.container():
        for block in section.blocks:
            if isinstance(block, Text) and block.kind == "paste":
                st.code(block.text, language=None, wrap_lines=True)
            elif isinstance(block, Text):
                st.caption(block.text)


def meaning_link(t: Texts, anchor: str) -> str:
    """A link to a part of the explanation; static/shell.js adds the reader's choices."""
    return f"<a href='{PATHS['explanation']}#{anchor}'>{escape(t('explanation.meaning'))}</a>"


def meaning(t: Texts, anchor: str) -> None:
    """The same link as a line of its own, below a heading."""
    st.html(f"<p class='meaning'>{meaning_link(t, anchor)}</p>")


def on_paper(t: Texts, filters: Filters, name: str) -> None:
    """What stands at the end of a page on paper only: which page, when, which choices, where."""
    address = permalink(session.home() or snapshot.settings().address, name, filters)
    if parts := session.opened():
        address += f"&{urlencode(parts, quote_via=quote)}"
    choices = provenance.chosen(t, filters, name) if name in STEP_PAGES.values() else []
    lines = [
        t("paper.page", page=t(f"page.{name}"), date=t.date(dt.date.today().isoformat())),
        "; ".join(f"{control}: {choice}" for control, choice in choices),
        t("paper.address", address=address),
    ]
    body = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    st.html(f"<footer class='on-paper'>{body}</footer>")


def source_line(
    t: Texts, text: str, documents: Iterable[str] = (), tables: Mapping[str, str] = NO_TABLES
) -> None:
    """The line under every figure that says where it comes from, and leads to what is printed."""
    st.html(source_html(t, text, documents, tables))


def source_html(
    t: Texts, text: str, documents: Iterable[str] = (), tables: Mapping[str, str] = NO_TABLES
) -> str:
    """The same as HTML; each of the `documents` by its id leads to its printed tables.

    A document that the text calls by its name is a link there, others follow; one alone is named
    by what the link does. `tables` names the table that is meant, by document; else the first of
    the document opens.
    """
    known_documents = snapshot.documents().index
    names = [name for name in dict.fromkeys(documents) if name in known_documents]
    addresses = [escape(source_address(name, tables.get(name, "")), quote=True) for name in names]
    links, body = [], escape(text)
    for name, address in zip(names, addresses, strict=True):
        called = [escape(words) for words in (printed.title(t, name), document_name(t, name))]
        words = next((words for words in called if words in body), "")
        label = escape(t("printed.read")) if len(names) == 1 else words or called[0]
        link = f"<a href='{address}' target='_self'>{label}</a>"
        if len(names) > 1 and words:
            body = body.replace(words, link, 1)
        else:
            links.append(link)
    body += "." if links and not body.endswith((".", "</a>")) else ""
    more = f" <span class='to-printed'>{' · '.join(links)}</span>" if links else ""
    return f"<p class='source-line'>{escape(t('source'))}: {body}{more}</p>"


@snapshot.cached(2)
def _search_data(language: str) -> str:
    """What can be found and the words of the box, as HTML that nobody sees."""
    entries, words = search.search_entries(language), texts_of(language).group("search")
    content = json.dumps({"entries": entries, "words": words}, ensure_ascii=False)
    quoted = escape(content, quote=False).replace("'", "&#39;")
    return f"<div hidden data-search='{quoted}'></div>"


def country_select(filters: Filters) -> None:
    """The search box for a country, see `dashboard.search`.

    What can be found comes beside it, or it would be sent again with every country that is chosen.
    """
    st.html(_search_data(filters.language))
    data = {"language": filters.language, "chosen": filters.land or ""}
    mount = components.component("liaisonatlas_search", js=_MOUNT, isolate_styles=False)
    mount(
        key="w_land",
        data=data,
        on_land_change=lambda: session.change(land=session.value("w_land").land or None),
    )


def fault(error: DataError, t: Texts, elsewhere: bool = True) -> None:
    """A readable message where data cannot be read; `elsewhere` says the other pages go on."""
    parts = [t("fault.place", where=plain(error.where))]
    parts += [t("fault.row", row=str(error.row))] if error.row is not None else []
    parts += [t("fault.column", column=plain(error.column))] if error.column else []
    parts += [t("fault.value", value=plain(error.value))] if error.value is not None else []
    text = wording.error_text(t, error)
    reason = plain(f"{text.reason}. {text.advice}.")
    lines = [f"**{t('fault.title')}.** {', '.join(parts)}.", t("fault.reason", reason=reason)]
    st.error("\n\n".join([*lines, t("fault.elsewhere")] if elsewhere else lines))


def refused(error: DataError, t: Texts, about: str = "") -> None:
    """Why something that a person asked for is not done, and what they can do.

    `about` names what they asked it for, such as a file.
    """
    reason, advice = wording.error_text(t, error)
    value = f" ({plain(error.value)})" if error.value else ""
    if len(by_file(error)) > 1:
        _refused_places(error, t, about)
        return
    lines = [
        f"**{plain(about) if about else t('fault.refused')}.** "
        f"{plain(reason[:1].upper() + reason[1:])}{value}."
    ]
    if error.row is not None:
        column = _column(t, error)
        place = [plain(error.where), t("fault.row", row=str(error.row)), column]
        lines.append(f"{', '.join(filter(None, place))}.")
    st.error("  \n".join([*lines, plain(f"{advice}.")]))


def _column(t: Texts, error: DataError) -> str:
    if not error.column:
        return ""
    return t("fault.column", column=plain(wording.field_name(t, error.column)))


def _refused_places(error: DataError, t: Texts, about: str) -> None:
    """Each place of a file that cannot be used: row, column, what stands there, what to do."""
    faults = by_file(error)
    lines = [f"**{plain(about) or t('fault.refused')}.** {t.count('fault.places', len(faults))}"]
    for fault in faults[:_PLACES]:
        column = _column(t, fault)
        place = ", ".join(filter(None, (t("fault.row", row=str(fault.row)), column)))
        value = f" ({plain(fault.value)})" if fault.value else ""
        reason, advice = map(plain, wording.error_text(t, fault))
        lines.append(f"- {place}: {reason}{value}. {advice}.")
    if len(faults) > _PLACES:
        lines.append(f"- {t.count('fault.more_places', len(faults) - _PLACES)}")
    st.error("\n".join([lines[0], "", *lines[1:]]))


def guarded(render: Callable[[Texts, Filters], None], filters: Filters) -> None:
    """Run a page; a fault in its data becomes a message."""
    t = texts_of(filters.language)
    _notices(t)
    with guard(t):
        render(t, filters)


def _notices(t: Texts) -> None:
    """Says which parts of the address mean nothing, all in one place."""
    notices = [
        t("fault.notice", parameter=plain(notice.parameter), value=plain(notice.value))
        for notice in session.notices()
    ]
    if len(notices) == 1:
        st.warning(f"{t('fault.notice_one')} {notices[0]}. {t('fault.notice_default')}")
    elif notices:
        lines = "".join(f"\n- {each}" for each in notices)
        st.warning(f"{t('fault.notice_many')}\n{lines}\n\n{t('fault.notice_default')}")


@contextmanager
def guard(t: Texts) -> Iterator[None]:
    """A part of a page: what goes wrong in it becomes a message, and the rest goes on."""
    try:
        yield
    except DataError as error:
        fault(error, t)
    except Exception as error:  # the reader gets a sentence in their language, the log the rest
        if _is_of_widget(error):
            logging.getLogger(__name__).warning(IMPOSSIBLE, exc_info=True)
        else:
            logging.getLogger(__name__).exception("a part of a page failed")
        st.error(t("fault.unexpected"))


def _is_of_widget(error: BaseException) -> bool:
    """Whether Streamlit itself failed on what the browser said, which no browser says by itself."""
    while cause := error.__cause__ or error.__context__:
        error = cause
    places = traceback.extract_tb(error.__traceback__)
    return bool(places) and bool(re.search(_OF_WIDGETS, Path(places[-1].filename).as_posix()))


def aged(t: Texts, filters: Filters) -> None:
    """Says that the document of a link was withdrawn, or that there is a newer one."""
    if withdrawn := session.withdrawn():
        st.warning(
            t(
                "aged.withdrawn",
                release=plain(release_name(t, withdrawn)),
                shown=plain(release_name(t, filters.release)),
            ),
            icon=":material/history:",
        )
    newest = snapshot.store().default_release()
    order = list(snapshot.releases()["release"])  # newest first
    if order.index(filters.release) <= order.index(newest):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="aged"):
        texts = {"release": _dated(t, filters.release), "newest": _dated(t, newest)}
        st.markdown(t("aged.older", **texts))
        label = t("aged.show", newest=release_name(t, newest))
        show = partial(session.change, release=newest)
        st.button(label, on_click=show, type="tertiary", key="aged_show")


def _dated(t: Texts, release: str) -> str:
    """The name of a release and the date of its document, where the name does not say it."""
    name = release_name(t, release)
    document = snapshot.store().release(release)["document"]
    date = t.date(str(snapshot.documents().loc[document, "date"]))
    bold = f"**{plain(name)}**"
    return bold if date in name else t("aged.dated", release=bold, date=date)


def no_network(t: Texts) -> None:
    """Says that the chosen document has no table of the network, and offers one that has."""
    st.info(t("coverage.no_network"))
    newest = snapshot.store().default_release()
    st.button(t("coverage.choose_other"), on_click=lambda: session.change(release=newest))


def release_source(t: Texts, release: pd.Series) -> None:
    """The source line of the network of one release."""
    title = snapshot.documents().loc[release["document"], f"title_{t.language}"]
    text = t("coverage.source", title=title, note=wording.date_note(t, release))
    source_line(t, text, [release["document"]])


def by_whom(t: Texts, key: str) -> str:
    """Who does it, for the audit list: a role, filled in with what the installation says."""
    return st.text_input(
        t("data.by"),
        wording.actor(t, snapshot.settings().editor),
        key=key,
        max_chars=80,
        help=t("data.by_help"),
    )


def figure(t: Texts, number: int, label: str, more: str) -> None:
    """One large figure with what it counts."""
    st.html(
        f"<p class='figure'><b>{t.number(number)}</b> {escape(label)}</p>"
        f"<p class='figure-more'>{escape(more)}</p>"
    )


def facts(pairs: Sequence[tuple[str, str]]) -> None:
    """Short facts as a list of terms and what they are."""
    items = "".join(f"<dt>{escape(term)}</dt><dd>{escape(what)}</dd>" for term, what in pairs)
    st.html(f"<dl class='facts'>{items}</dl>")


def uploader(label: str, kinds: Sequence[str] | None, key: str, megabytes: int, **more: Any) -> Any:
    """Where a reader gives a file, of so many megabytes at most; it is then expected."""
    UPLOADS.welcome(megabytes * 1024 * 1024)
    return st.file_uploader(label, kinds, key=key, max_upload_size=megabytes, **more)
