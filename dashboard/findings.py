"""Sentences made from figures: the finding above a map, the paragraph under it."""

from __future__ import annotations

import pandas as pd

from dashboard.i18n import Words
from dashboard.records import Row
from dashboard.state import Filters
from geo.coverage import COVERED, Totals, totals
from geo.schemas import NOT_STATED


def headline(t: Words, frame: pd.DataFrame, filters: Filters, complete: bool) -> str:
    """The finding of the coverage map in one sentence."""
    counts = totals(frame)
    if not complete:
        return t("coverage.headline_partial", posts=counts.posts)
    covered, units = counts.covered, len(frame) - 1  # the Netherlands itself is not counted
    if not filters.organisations:
        return t("coverage.headline", covered=covered, units=units)
    who = t.listing([organisation(t, name) for name in filters.organisations])
    return t("coverage.headline_some", covered=covered, units=units, organisations=who)


def paragraph(
    t: Words, frame: pd.DataFrame, postings: pd.DataFrame, complete: bool, names: pd.Series
) -> str:
    """What the map shows, in words; `names` gives the name of each unit by code."""
    counts = totals(frame)
    if not complete:
        return t("coverage.paragraph_partial", posts=counts.posts)
    sentences = [_counts(t, counts)]
    planned = int((postings["status"] == "planned").sum())
    if planned:
        sentences.append(t.count("coverage.planned", planned))
    covered = frame[frame["state"].isin(COVERED)]
    only_region = int(covered["basis"].map(lambda basis: basis == ["region"]).sum())
    if only_region:
        sentences.append(t("coverage.region_note", n=only_region))
    far = covered[covered["distance_km"].notna()].nlargest(1, "distance_km")
    for row in far.to_dict("records"):
        land, city = names[row["iso3"]], t.listing(row["cities"])
        sentences.append(t("coverage.farthest", land=land, km=row["distance_km"], city=city))
    return " ".join(sentences)


def _counts(t: Words, counts: Totals) -> str:
    return t(
        "coverage.paragraph",
        posts=counts.posts,
        accredited=counts.accredited,
        single=counts.single,
        gpi_only=counts.gpi_only,
        none=counts.none,
    )


def state_word(t: Words, state: object, basis: list[str]) -> str:
    """A state of coverage in words; a missing one is unknown."""
    if pd.isna(state):  # type: ignore[call-overload]
        return t("state.unknown")
    if state == "accredited" and basis == ["region"]:
        return t("state.region")
    return t(f"state.{state}")


def organisation(t: Words, name: object) -> str:
    """The short name of one organisation; missing is "not stated"."""
    missing = pd.isna(name) or name == NOT_STATED  # type: ignore[call-overload]
    return t("short.not_stated") if missing else t(f"short.{name}")


def date_note(t: Words, release: pd.Series) -> str:
    """For which day the network of a release holds, as its document puts it."""
    note = release[f"network_note_{t.language}"]
    if release["network"] == "partial":
        return f"{t.date(release['network_as_of'])}, {note}"
    return str(note)


def place(t: Words, row: Row) -> str:
    """Document, table and row of a fact, as one line; letters count paragraphs or questions."""
    kind = row["table"] if row["table"] in ("brief", "vraag") else "table"
    table = row["table"].partition(" (")[0]  # without the reference date, which stands beside it
    number = str(row["table_row"])
    return t(f"place.{kind}", document=row["document"], table=table, row=number)


def overview(t: Words, frame: pd.DataFrame, posts: pd.DataFrame, complete: bool) -> str:
    """The network in one sentence."""
    counts = totals(frame)
    if not complete:
        return t("coverage.headline_partial", posts=counts.posts)
    active = int((posts["status"] == "active").sum())
    return t("overview.headline", active=active, covered=counts.covered)


def document_ages(t: Words, documents: pd.DataFrame) -> list[str]:
    """Each document with its date and how long ago that is, newest first."""
    lines = []
    for row in documents.sort_values("date", ascending=False).to_dict("records"):
        title = row[f"title_{t.language}"]
        lines.append(
            t(
                "overview.document_age",
                title=title,
                date=t.date(row["date"]),
                age=t.age(row["date"]),
            )
        )
    return lines


def country(t: Words, name: str, row: Row) -> str:
    """One country in one sentence, from its row of a coverage frame."""
    state = row.get("state") or "unknown"
    if state in ("post", "accredited"):
        return t.count(f"country.headline_{state}", int(row["postings"]), land=name)
    return t(f"country.headline_{state}", land=name)
