"""All data to take along: the package, each table, the shapes, and what every column means."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import rows, snapshot
from dashboard.exports import data_files, data_package
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.open_data import fields, tables
from dashboard.open_data.fields import TABLES, Field
from dashboard.rows import number
from dashboard.web import auth, widgets

_PARQUET = "application/vnd.apache.parquet"


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; it holds all releases, whatever the reader chose. Raises DataError."""
    auth.turn_away()
    st.title(t("downloads.headline"))
    st.markdown(t("downloads.intro"))
    _button(t, "liaisonatlas.zip", "application/zip", _archive, "primary")
    st.caption(t("downloads.package"))
    st.header(t("downloads.tables"))
    _list(t)
    name = st.selectbox(
        t("downloads.choose"),
        list(TABLES),
        format_func=lambda table: f"{fields.title(t, table)} ({table})",
        key="downloads_table",
    )
    _table(t, name)
    st.header(t("downloads.shapes"))
    st.markdown(t("downloads.shapes_text"))
    with st.container(horizontal=True):
        _button(t, "units.topojson", "application/topo+json", data_files.as_topojson)
        _button(t, "units.parquet", _PARQUET, data_files.as_geoparquet)
    st.markdown(t("provenance.borders"))
    st.header(t("downloads.terms"))
    st.markdown(t("downloads.terms_text"))


def _archive() -> bytes:
    return data_package.archive(home=snapshot.settings().address)


def _list(t: Texts) -> None:
    heads = ("table", "what", "number")
    listed: rows.Rows = [
        [fields.title(t, name), fields.description(t, name), number(t, len(tables.table(name)))]
        for name in TABLES
    ]
    widgets.table(t("downloads.tables"), [t(f"downloads.column_{head}") for head in heads], listed)


def _table(t: Texts, name: str) -> None:
    """One table: its files, and the meaning of its columns."""
    with st.container(horizontal=True):
        _button(t, f"{name}.csv", "text/csv", lambda: data_files.as_csv(tables.table(name)))
        parquet = partial(_parquet, name)
        _button(t, f"{name}.parquet", _PARQUET, parquet)
    heads = ("column", "type", "unit", "meaning")
    described: rows.Rows = [
        [field.name, _type(t, field), _unit(t, field), fields.description(t, name, field.name)]
        for field in TABLES[name].fields
    ]
    title = t("downloads.dictionary", table=fields.title(t, name))
    widgets.table(title, [t(f"downloads.column_{head}") for head in heads], described)


def _parquet(name: str) -> bytes:
    return data_files.as_parquet(name, tables.table(name))


def _type(t: Texts, field: Field) -> str:
    """What a column holds, with the words it may hold where they are few."""
    kind = t(f"downloads.type_{field.type}")
    return f"{kind}: {', '.join(field.values)}" if field.values else kind


def _unit(t: Texts, field: Field) -> str:
    """What the numbers of a column count; empty where they count nothing."""
    return t(f"downloads.unit_{field.unit}") if field.unit else ""


def _button(
    t: Texts, name: str, mime: str, make: Callable[[], bytes], kind: str = "secondary"
) -> None:
    """A file that is made when it is asked for."""
    st.download_button(
        t("downloads.take", name=name),
        make,
        name,
        mime,
        type="primary" if kind == "primary" else "secondary",
        key=f"downloads_{name}",
        on_click="ignore",
    )
