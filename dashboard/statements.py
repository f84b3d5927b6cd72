"""What the documents say in words: dated facts, statements on a topic, and where none was found."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from dashboard import records, rows, snapshot, wording
from dashboard.document_names import document_name
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.records import Row
from dashboard.report import Block, Cell, Table, Text
from dashboard.rows import Rows
from data.load import reference
from geo import dossier

# What tells one dated fact from another: a statement on what an event tells is no second fact.
FACT = ["date", "document", "table", "table_row", "iso3"]


def of_topic(topic: str, area: str = "") -> pd.DataFrame:
    """The statements on a topic; of an area those about it, and those about no country."""
    statements = reference("statements")
    statements = statements[statements["topic"] == topic]
    if not area:
        return statements
    inside = snapshot.in_area(area)
    codes = statements["iso3"].fillna("").str.split()
    return statements[[not named or not inside.isdisjoint(named) for named in codes]]


def concerning(iso3: str, *topics: str) -> pd.DataFrame:
    """The statements on these topics that name a country."""
    statements = _statements()[iso3]
    return statements[statements["topic"].isin(topics)]


def statements_on(iso3: str, topic: str) -> list[Row]:
    """The same of one topic, as rows."""
    return [row for row in _statements().records(iso3) if row["topic"] == topic]


@snapshot.cached(1)
def _statements() -> dossier.ByUnit:
    return dossier.named_in(reference("statements"))


def table(t: Texts, key: str, title: str, statements: pd.DataFrame) -> Table:
    """Statements with their date, the countries they name, the printed words and the place."""
    names = snapshot.names(t.language)
    body: Rows = [
        [
            Cell(t.date(row["date"]), row["date"]),
            row[f"text_{t.language}"],
            _countries(names, row),
            t("network.quoted", text=row["printed"]),
            rows.citation(t, row),
        ]
        for row in statements.to_dict("records")
    ]
    heads = rows.headers(t, ("when", "what", "country", "printed", "place"))
    if not any(row[2] for row in body):
        heads.pop(2)
        body = [[*row[:2], *row[3:]] for row in body]
    named = list(dict.fromkeys(statements["document"]))
    return Table(key, title, heads, body, _documents(t, named), named)


def _countries(names: pd.Series, row: Row) -> str:
    return ", ".join(names[iso3] for iso3 in records.text(row["iso3"]).split())


def _documents(t: Texts, documents: Collection[str]) -> str:
    """Documents by name, each once."""
    return t.listing([document_name(t, name) for name in dict.fromkeys(documents)])


# --- what was searched ----------------------------------------------------------------------------


def searched(t: Texts) -> str:
    """The documents whose whole text was read for facts, with their dates."""
    return _documents(t, searched_documents())


def searched_documents() -> list[str]:
    """The ids of the documents whose whole text was read for facts."""
    rows_read = reference("searched")
    return list(rows_read.loc[rows_read["part"] == "text", "document"])


def unsearched(t: Texts) -> str:
    """A sentence on the documents of which only tables were read; empty where there are none."""
    whole = set(reference("searched")["document"])
    others = [name for name in snapshot.releases()["document"] if name not in whole]
    return t("statements.tables_only", documents=_documents(t, others)) if others else ""


def nothing_dated(t: Texts) -> str:
    """No dated fact about a country, and where was looked for one."""
    denial = t("statements.nothing_dated", documents=searched(t))
    return " ".join(filter(None, [denial, unsearched(t), t("statements.letter")]))


def no_mission(t: Texts) -> str:
    """No mission in a country, and the tables in which was looked for one."""
    releases = snapshot.releases()
    counted = sorted(releases.loc[releases["missions"] != "absent", "document"])
    past = list(reference("mission_history")["document"].unique())
    return t("statements.no_mission", documents=_documents(t, [*counted, *past]))


def dated(iso3: str) -> pd.DataFrame:
    """Every dated fact of the documents that names a country, each with its place."""
    return _every_fact()[iso3]


def dated_rows(iso3: str) -> list[Row]:
    """The same as rows."""
    return [*_every_fact().records(iso3)]


@snapshot.cached(1)
def _every_fact() -> dossier.ByUnit:
    """Every dated fact of the documents, each once."""
    events = reference("events")
    of_events = pd.MultiIndex.from_frame(events[FACT].fillna(""))
    statements = reference("statements")
    statements = statements[~pd.MultiIndex.from_frame(statements[FACT].fillna("")).isin(of_events)]
    every = pd.concat([events, reference("agreements"), statements], ignore_index=True)
    return dossier.named_in(every)


def in_document(t: Texts, document: str, iso3: str) -> list[str]:
    """What one document says of a country beside its tables, each with its place."""
    return [
        t("statements.also", said=row[f"text_{t.language}"], place=wording.citation(t, row))
        for row in dated_rows(iso3)
        if row["document"] == document
    ]


# --- why here, why not there; other channels; tasks and limits ------------------------------------


def reason(t: Texts, iso3: str) -> tuple[str, str]:
    """(why an officer is there or is not, place): no more than the documents say of a country."""
    statements = statements_on(iso3, "placement")
    if statements:
        text = " ".join(
            t("statements.dated", date=t.date(row["date"]), said=row[f"text_{t.language}"])
            for row in statements
        )
        return text, "; ".join(wording.citation(t, row) for row in statements)
    return t("statements.no_reason", documents=searched(t)), ""


def why(t: Texts, iso3: str) -> list[Block]:
    """Why an officer is in a country or is not, and what the documents weigh everywhere."""
    text, place = reason(t, iso3)
    general = of_topic("placement")
    weighed = table(t, "weighed", t("statements.weighed"), general[general["iso3"].isna()])
    return [Text(f"{text} {t('source')}: {place}." if place else text), weighed]


def channels(t: Texts) -> Cell:
    """The ways beside officers by which the police exchange information, with their place."""
    row = five_channels()
    text = t("statements.channels", place=wording.citation(t, row))
    return Cell(text, documents=(str(row["document"]),))


def five_channels() -> Row:
    """The row of the statement that lists five channels."""
    channels = of_topic("channel")
    return channels[channels["table_row"] == 17].iloc[0].to_dict()


def placement(t: Texts, area: str = "") -> tuple[Table, str]:
    """(what decides where an officer goes, for which countries a reason is given and where not)."""
    statements = of_topic("placement", area).sort_values("date", kind="stable")
    every = of_topic("placement")["iso3"].dropna()
    codes = {iso3 for each in every for iso3 in each.split()}
    lands = wording.country_list(t, snapshot.names(t.language), codes)
    note = t("statements.placement_note", lands=lands, documents=searched(t))
    return table(t, "placement", t("statements.placement"), statements), note


def limits(t: Texts, area: str = "") -> Table:
    """What an officer does and may not do, and the ways beside officers."""
    statements = pd.concat([of_topic(topic, area) for topic in ("task", "channel")])
    return table(t, "limits", t("statements.limits"), statements)


@snapshot.cached(16, lambda t, filters: (t.language, filters.area))
def missions(t: Texts, filters: Filters) -> Table:
    """What the documents say of missions in words, the newest first; raises DataError."""
    statements = of_topic("mission", filters.area).sort_values(
        "date", ascending=False, kind="stable"
    )
    return table(t, "said", t("statements.missions"), statements)
