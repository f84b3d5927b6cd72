"""What other public sources say, in the reader's words: shown beside the documents, never counted.

Each row carries its own source: whose words, of what date, of what kind, and the address.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from dashboard import records, rows, snapshot, wording
from dashboard.i18n import Texts, texts_of
from dashboard.records import Record, Row
from dashboard.report import Block, Cell, Table, Text
from data.load import reference
from geo import evidence
from geo.evidence import Conflict


@snapshot.cached(64)
def of_country(iso3: str) -> pd.DataFrame:
    """The rows of table `evidence` about a country, oldest first, what has no date last."""
    return evidence.concerning(iso3, reference("evidence"))


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
    return Cell(f"{publisher(t, row)} ({kind})", href=str(row["url"]))


def publisher(t: Texts, row: Row) -> str:
    """Whose words, in the reader's language."""
    return str(row["publisher_en" if t.language == "en" else "publisher"])


def nature(t: Texts, row: Row) -> str:
    """Fact or plan, and how much of it the source gives."""
    standing = t("evidence.plan" if row["plan"] else "evidence.fact")
    extent = t(f"evidence.of_{row['completeness']}")
    return f"{standing}; {extent}"


def table(t: Texts, claims: pd.DataFrame) -> Table:
    """Claims with date, fact or plan, and source."""
    body: rows.Rows = [
        [when(t, row), str(row[f"claim_{t.language}"]), nature(t, row), source(t, row)]
        for row in claims.to_dict("records")
    ]
    return Table("evidence", t("evidence.title"), headers(t), body, t("evidence.note"))


def addresses(t: Texts, claims: pd.DataFrame) -> Text:
    """Where each source stands, for paper that leads nowhere."""
    rows_of = claims.to_dict("records")
    links = "; ".join(dict.fromkeys(f"{publisher(t, row)}: {row['url']}" for row in rows_of))
    return Text(t("evidence.addresses", places=links), "note")


def headers(t: Texts) -> list[str]:
    """The words above the columns of `table`."""
    return [t("column.when"), t("column.what"), t("evidence.nature"), t("evidence.source")]


def conflict_headers(t: Texts) -> list[str]:
    """The words above the columns of a table of conflicts."""
    return [t("column.country"), t("evidence.disagree"), t("evidence.source")]


def dated(t: Texts, claims: pd.DataFrame) -> rows.Rows:
    """The dated claims as (when, what, place), said to be of another source, for a timeline."""
    return [
        [when(t, row), t("evidence.other", claim=row[f"claim_{t.language}"]), source(t, row)]
        for row in claims[claims["date"].notna()].to_dict("records")
    ]


def conflict_blocks(t: Texts, conflicts: Iterable[Conflict]) -> list[Block]:
    """A table of conflicts, each with what is not known and its sources; nothing where none is."""
    listed = list(conflicts)
    if not listed:
        return []
    names = snapshot.names(t.language)
    body: rows.Rows = []
    for each in listed:
        land = Cell(str(names[each.host]), href=rows.dossier(each.host))
        body.append([land, sentence(t, each), sources(t, each)])
    title, note = t("evidence.conflicts"), t("evidence.note")
    return [Table("conflicts", title, conflict_headers(t), body, note)]


def sources(t: Texts, conflict: Conflict) -> Cell:
    """Whose words a conflict rests on and of what date, leading to the last of them."""
    claims = [row for number, row in _by_number().items() if number in conflict.evidence]
    cited = dict.fromkeys(
        t("evidence.cited", source=source(t, row).text, date=when(t, row).text) for row in claims
    )
    return Cell("; ".join(cited), href=str(claims[-1]["url"]))


@snapshot.cached(1)
def _by_number() -> dict[int, Row]:
    """The rows of table `evidence` by their number, in their order."""
    return {row["evidence"]: row for row in reference("evidence").to_dict("records")}


def beside(t: Texts, iso3: str, *kinds: str) -> list[str]:
    """A sentence with its sources for each conflict about a country, or for those of some kinds."""
    conflicts = _beside(t.language, iso3)
    return [sentence for kind, sentence in conflicts if not kinds or kind in kinds]


@snapshot.cached(64)
def _beside(language: str, iso3: str) -> list[tuple[str, str]]:
    """(kind, sentence with its sources) of each conflict about a country."""
    t = texts_of(language)
    return [
        (each.kind, t("evidence.beside", said=sentence(t, each), sources=sources(t, each).text))
        for each in conflicts_of(iso3)
    ]


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
    others = [code for code in conflict.areas if code != conflict.host]
    lands = wording.all_countries(t, names, others)
    served = t("evidence.served", lands=lands) if others else ""
    span = "once" if once else conflict.kind
    return t(f"evidence.conflict_{span}", served=served, **words)


def _changes(t: Texts, conflict: Conflict, names: pd.Series) -> list[str]:
    """The countries that the network has more and less than the source."""
    differences = {"gained": conflict.gained, "lost": conflict.lost}
    phrases = [
        t(f"evidence.{key}", lands=wording.all_countries(t, names, codes))
        for key, codes in differences.items()
        if codes
    ]
    return [*phrases, t("evidence.change_undated")]


@snapshot.cached(2, lambda t: t.language)
def withdrawal(t: Texts) -> Table:
    """What other sources say between the letters, for the story of the withdrawals of 2013."""
    every = reference("evidence")
    policy = every[every["subject"] == "policy"]
    return replace(table(t, policy), key="between", title=t("evidence.between"))


def record(row: Record, language: str) -> Record:
    """A row of table `evidence` for other programs; `counted` is false for every one of them."""
    keys = ("date", "organisation", "host", "city", "plan", "kind")
    fields = {key: row[key] for key in keys} | {"claim": row[f"claim_{language}"]}
    return fields | {"url": row["url"], "counted": False}
