"""What other public sources say, in the reader's words: shown beside the documents, never counted.

Each row carries its own source: whose words, of what date, of what kind, and the address.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from dashboard import records, rows, snapshot, wording
from dashboard.i18n import Texts
from dashboard.records import Record, Row
from dashboard.report import Block, Cell, Table
from geo import evidence
from geo.evidence import Conflict


def of_country(iso3: str) -> pd.DataFrame:
    """The rows of table `evidence` about a country, oldest first, what has no date last."""
    return evidence.concerning(iso3, snapshot.reference("evidence"))


def conflicts_of(iso3: str) -> list[Conflict]:
    """Where other sources and the newest network do not agree about a country."""
    return [each for each in snapshot.conflicts() if iso3 in each.units]


def when(t: Texts, row: Row) -> Cell:
    """The date of a source; that its page has none is said."""
    if not records.text(row["date"]):
        return Cell(t("evidence.undated"), "9999")
    return Cell(t.date(row["date"]), row["date"])


def source(t: Texts, row: Row) -> Cell:
    """Whose words, of what kind, leading to the address where they stand."""
    kind = t(f"evidence.kind_{row['kind']}")
    return Cell(f"{row['publisher']} ({kind})", href=str(row["url"]))


def nature(t: Texts, row: Row) -> str:
    """Fact or plan, and how much of it the source gives."""
    standing = t("evidence.plan" if row["plan"] else "evidence.fact")
    extent = t(f"evidence.of_{row['completeness']}")
    return f"{standing}; {extent}"


def table(t: Texts, found: pd.DataFrame) -> Table:
    """Claims with date, fact or plan, and source."""
    body: rows.Rows = [
        [when(t, row), str(row[f"claim_{t.language}"]), nature(t, row), source(t, row)]
        for row in found.to_dict("records")
    ]
    heads = [t("column.when"), t("column.what"), t("evidence.nature"), t("evidence.source")]
    return Table("evidence", t("evidence.title"), heads, body, t("evidence.note"))


def dated(t: Texts, found: pd.DataFrame) -> rows.Rows:
    """The dated claims as (when, what, place), said to be of another source, for a timeline."""
    return [
        [when(t, row), t("evidence.other", claim=row[f"claim_{t.language}"]), source(t, row)]
        for row in found[found["date"].notna()].to_dict("records")
    ]


def conflict_blocks(t: Texts, found: Iterable[Conflict]) -> list[Block]:
    """A table of conflicts, each with what is not known and its sources; nothing where none is."""
    listed = list(found)
    if not listed:
        return []
    claims = {row["evidence"]: row for row in snapshot.reference("evidence").to_dict("records")}
    names = snapshot.names(t.language)
    body: rows.Rows = []
    for each in listed:
        told = [claims[number] for number in each.evidence]
        cited = dict.fromkeys(
            t("evidence.cited", source=source(t, row).text, date=when(t, row).text) for row in told
        )
        last = Cell("; ".join(cited), href=str(told[-1]["url"]))
        land = Cell(str(names[each.host]), href=rows.dossier(each.host))
        body.append([land, sentence(t, each), last])
    heads = [t("column.country"), t("evidence.disagree"), t("evidence.source")]
    return [Table("conflicts", t("evidence.conflicts"), heads, body, t("evidence.note"))]


def sentence(t: Texts, conflict: Conflict) -> str:
    """What a source says, what the newest network says, and what neither does."""
    names, cities = snapshot.names(t.language), snapshot.city_names(t.language)
    release = snapshot.store().release(snapshot.store().default_release())
    city = cities.get(conflict.city, conflict.city)
    words: dict[str, object] = {
        "who": t(f"full.{conflict.organisation}"),
        "place": city or names[conflict.host],
        "first": t.date(conflict.first),
        "last": t.date(conflict.last),
        "note": wording.date_note(t, release),
    }
    if conflict.kind == "area":
        return " ".join([t("evidence.conflict_area", **words), *_changes(t, conflict, names)])
    once = conflict.kind == "ended" and conflict.first == conflict.last
    others = [str(names[code]) for code in conflict.areas if code != conflict.host]
    served = t("evidence.served", lands=t.listing(others)) if others else ""
    span = "once" if once else conflict.kind
    return t(f"evidence.conflict_{span}", served=served, **words)


def _changes(t: Texts, conflict: Conflict, names: pd.Series) -> list[str]:
    """The countries that the network has more and less than the source."""
    both = {"gained": conflict.gained, "lost": conflict.lost}
    said = [
        t(f"evidence.{key}", lands=t.listing([str(names[code]) for code in codes]))
        for key, codes in both.items()
        if codes
    ]
    return [*said, t("evidence.change_undated")]


def withdrawal(t: Texts) -> Table:
    """What other sources say between the letters, for the story of the withdrawals of 2013."""
    found = snapshot.reference("evidence").query("subject == 'policy'")
    return replace(table(t, found), key="between", title=t("evidence.between"))


def record(row: Record, language: str) -> Record:
    """A row of table `evidence` for other programs; `counted` is false for every one of them."""
    keys = ("date", "organisation", "host", "city", "plan", "kind")
    told = {key: row[key] for key in keys} | {"claim": row[f"claim_{language}"]}
    return told | {"url": row["url"], "counted": False}
