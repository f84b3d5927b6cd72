"""What the documents say in words beside their tables, and what a denial rests on."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from dashboard import cache, findings, rows
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.records import Row
from dashboard.report import Block, Table, Text
from dashboard.rows import Rows
from dashboard.tables import Cell
from geo import dossier

# What tells one dated fact from another: a statement on what an event tells is no second fact.
FACT = ["date", "document", "table", "table_row", "iso3"]


def of_topic(topic: str, area: str = "") -> pd.DataFrame:
    """The statements on a topic; of an area those about it, and those about no country."""
    found = cache.reference("statements")
    found = found[found["topic"] == topic]
    if not area:
        return found
    inside = cache.in_area(area)
    codes = found["iso3"].fillna("").str.split()
    return found[[not named or not inside.isdisjoint(named) for named in codes]]


def concerning(iso3: str, *topics: str) -> pd.DataFrame:
    """The statements on these topics that name a country."""
    found = dossier.concerning(iso3, cache.reference("statements"))
    return found[found["topic"].isin(topics)]


def table(t: Words, key: str, title: str, said: pd.DataFrame) -> Table:
    """Statements with their date, the countries they name, the printed words and the place."""
    names = cache.names(t.language)
    body: Rows = [
        [
            Cell(t.date(row["date"]), row["date"]),
            row[f"text_{t.language}"],
            _lands(names, row),
            t("network.quoted", text=row["printed"]),
            rows.place(t, row),
        ]
        for row in said.to_dict("records")
    ]
    heads = rows.headers(t, ("when", "what", "country", "printed", "place"))
    if not any(row[2] for row in body):
        heads.pop(2)
        body = [[*row[:2], *row[3:]] for row in body]
    return Table(key, title, heads, body, _documents(t, said["document"]))


def _lands(names: pd.Series, row: Row) -> str:
    return ", ".join(names[iso3] for iso3 in rows.text(row["iso3"]).split())


def _documents(t: Words, documents: Collection[str]) -> str:
    """Documents with their dates, each once."""
    dates = cache.documents()["date"]
    once = dict.fromkeys(documents)
    return t.listing(
        [t("missions.dated", document=name, date=t.date(dates[name])) for name in once]
    )


# --- what was searched ----------------------------------------------------------------------------


def searched(t: Words) -> str:
    """The documents whose whole text was read for facts, with their dates."""
    found = cache.reference("searched")
    return _documents(t, found.loc[found["part"] == "text", "document"])


def unsearched(t: Words) -> str:
    """A sentence on the documents of which only tables were read; empty where there are none."""
    whole = set(cache.reference("searched")["document"])
    others = [name for name in cache.releases()["document"] if name not in whole]
    return t("statements.tables_only", documents=_documents(t, others)) if others else ""


def nothing_dated(t: Words) -> str:
    """No dated fact about a country, and where was looked for one."""
    denial = t("statements.nothing_dated", documents=searched(t))
    return " ".join(filter(None, [denial, unsearched(t), t("statements.letter")]))


def no_mission(t: Words) -> str:
    """No mission in a country, and the tables in which was looked for one."""
    found = cache.releases()
    counted = sorted(found.loc[found["missions"] != "absent", "document"])
    past = list(cache.reference("mission_history")["document"].unique())
    return t("statements.no_mission", documents=_documents(t, [*counted, *past]))


def dated(iso3: str) -> pd.DataFrame:
    """Every dated fact of the documents that names a country, each with its place."""
    events = cache.reference("events")
    known = pd.MultiIndex.from_frame(events[FACT].fillna(""))
    words = cache.reference("statements")
    words = words[~pd.MultiIndex.from_frame(words[FACT].fillna("")).isin(known)]
    tables = [events, cache.reference("agreements"), words]
    return pd.concat([dossier.concerning(iso3, table) for table in tables], ignore_index=True)


def in_document(t: Words, document: str, iso3: str) -> list[str]:
    """What one document says of a country beside its tables, each with its place."""
    facts = dated(iso3)
    return [
        t("statements.also", said=row[f"text_{t.language}"], place=findings.place(t, row))
        for row in facts[facts["document"] == document].to_dict("records")
    ]


# --- why here, why not there; other channels; tasks and limits ------------------------------------


def reason(t: Words, iso3: str) -> tuple[str, str]:
    """(why an officer is there or is not, place): no more than the documents say of a country."""
    own = concerning(iso3, "placement").to_dict("records")
    if own:
        said = " ".join(
            t("statements.dated", date=t.date(row["date"]), said=row[f"text_{t.language}"])
            for row in own
        )
        return said, "; ".join(findings.place(t, row) for row in own)
    return t("statements.no_reason", documents=searched(t)), ""


def why(t: Words, iso3: str) -> list[Block]:
    """Why an officer is in a country or is not, and what the documents weigh everywhere."""
    said, place = reason(t, iso3)
    general = of_topic("placement")
    weighed = table(t, "weighed", t("statements.weighed"), general[general["iso3"].isna()])
    return [Text(f"{said} {t('source')}: {place}." if place else said), weighed]


def channels(t: Words) -> str:
    """The ways beside officers by which the police exchange information, with their place."""
    [five] = of_topic("channel").query("table_row == 17").to_dict("records")[:1]
    return t("statements.channels", place=findings.place(t, five))


def placement(t: Words, area: str = "") -> tuple[Table, str]:
    """(what decides where an officer goes, for which countries a reason is given and where not)."""
    said = of_topic("placement", area).sort_values("date", kind="stable")
    every = of_topic("placement")["iso3"].dropna()
    codes = {iso3 for each in every for iso3 in each.split()}
    lands = findings.lands(t, cache.names(t.language), codes)
    note = t("statements.placement_note", lands=lands, documents=searched(t))
    return table(t, "placement", t("statements.placement"), said), note


def limits(t: Words, area: str = "") -> Table:
    """What an officer does and may not do, and the ways beside officers."""
    said = pd.concat([of_topic(topic, area) for topic in ("task", "channel")])
    return table(t, "limits", t("statements.limits"), said)


def missions(t: Words, filters: Filters) -> Table:
    """What the documents say of missions in words, the newest first; raises DataError."""
    said = of_topic("mission", filters.area).sort_values("date", ascending=False, kind="stable")
    return table(t, "said", t("statements.missions"), said)
