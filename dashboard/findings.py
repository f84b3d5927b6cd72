"""Sentences made from figures: the finding above a map, the paragraph under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.records import Row
from data.store import Network
from geo.coverage import COVERED, Choice, of_organisations, totals
from geo.missions import MissionCount
from geo.names import key
from geo.schemas import NOT_STATED, ORGANISATIONS

ALL = Choice()  # every organisation, and the countries of regions
MOST_LANDS = 15  # named in a sentence; the table below has them all
Names = Mapping[str, str] | pd.Series


def of_whom(t: Words, organisations: Sequence[str]) -> str:
    """ " van NP en KMar" where the reader chose some; empty where all count."""
    if not organisations:
        return ""
    named = [t(f"short.{name}") if name else t("not_stated") for name in in_order(organisations)]
    return t("of_whom", names=t.listing(named))


def served_by(t: Words, organisations: Sequence[str]) -> str:
    """ " door officieren van NP en KMar", empty where all count; stands behind "served"."""
    of = of_whom(t, organisations)
    return t("served_by", of=of) if of else ""


def in_order(organisations: Sequence[str]) -> list[str]:
    """Organisations in their fixed order, the one not stated last."""
    return [name for name in (*ORGANISATIONS, NOT_STATED) if name in organisations]


def lands(t: Words, names: Names, codes: Iterable[str]) -> str:
    """Countries by name, in order; a long list ends on how many more there are."""
    shown = sorted((names[code] for code in codes), key=key)
    if len(shown) > MOST_LANDS:
        rest = t.count("more", len(shown) - MOST_LANDS + 1)
        shown = [*shown[: MOST_LANDS - 1], rest]
    return t.listing(shown)


def headline(t: Words, frame: pd.DataFrame, filters: Filters, complete: bool) -> str:
    """The finding of the coverage map in one sentence."""
    counts, of = totals(frame), of_choice(t, filters.choice)
    if complete:
        units = int((frame["state"] != "home").sum())  # the Netherlands itself is not counted
        said = t("coverage.headline", covered=counts.covered, units=units, of=of)
    else:
        said = t("coverage.headline_partial", posts=counts.posts, of=of)
    return in_area(t, filters.area, said)


def in_area(t: Words, area: str, sentence: str) -> str:
    """The sentence with the area it is about before it, where that is not the world."""
    if not area:
        return sentence
    return t("in_area", area=t.area(area), sentence=sentence[:1].lower() + sentence[1:])


def paragraph(
    t: Words, frame: pd.DataFrame, found: Network, filters: Filters, names: pd.Series
) -> str:
    """What the map shows, in words; `names` gives the name of each unit by code."""
    counts, of = totals(frame), of_whom(t, filters.organisations)
    if not found.complete:
        return t("coverage.paragraph_partial", posts=counts.posts, of=of)
    sentences = [
        t("coverage.paragraph", posts=counts.posts, accredited=counts.accredited, of=of),
        t("coverage.single", n=counts.single, of=of),
        t("coverage.none", n=counts.none, of=of_choice(t, filters.choice)),
    ]
    if not filters.organisations:  # of a part of the network it would be no finding
        sentences.insert(2, t("coverage.gpi_only", n=counts.gpi_only))
    posts = of_organisations(found.postings, filters.organisations)
    awaited = (posts["kind"] == "LO") & (posts["status"] == "planned")
    planned = int((awaited & posts["host"].isin(frame["iso3"])).sum())  # the area that was chosen
    if planned:
        sentences.append(t.count("coverage.planned", planned))
    covered = frame[frame["state"].isin(COVERED)]
    region = covered["basis"].map(lambda basis: basis == ["region"]).astype(bool)
    only_region = int((region & (covered["state"] == "accredited")).sum())
    if only_region:
        sentences.append(t("coverage.region_note", n=only_region))
    far = covered[covered["distance_km"].notna()].nlargest(1, "distance_km")
    for row in far.to_dict("records"):
        sentences.append(t("coverage.farthest", land=names[row["iso3"]], km=row["distance_km"]))
    return " ".join(sentences)


def of_choice(t: Words, choice: Choice) -> str:
    """As `of_whom`, and that the countries of regions are left out where the reader chose so."""
    of = of_whom(t, choice.organisations)
    return of if choice.regions else of + t("without_regions")


def nobody(t: Words, choice: Choice, word: str = "state.none") -> str:
    """ "Geen officier van NP": that none of those who count is there, and no more than that."""
    return t(word) + of_choice(t, choice)


def state_word(t: Words, state: object, basis: list[str], choice: Choice = ALL) -> str:
    """A state of coverage under `choice` in words; a missing one is unknown."""
    if pd.isna(state):  # type: ignore[call-overload]
        return t("state.unknown")
    if state == "accredited" and basis == ["region"]:
        return t("state.region")
    return nobody(t, choice) if state == "none" else t(f"state.{state}")


def organisation(t: Words, name: object) -> str:
    """The short name of one organisation; missing is "not stated"."""
    missing = pd.isna(name) or name == NOT_STATED  # type: ignore[call-overload]
    return t("short.not_stated") if missing else t(f"short.{name}")


def date_note(t: Words, release: pd.Series) -> str:
    """For which day the network of a release holds, as its document puts it."""
    note = release[f"network_note_{t.language}"]
    if release["network"] == "partial":
        return f"{t.date(release['network_as_of'])}, {note}"
    return t("date_note", date=t.date(release["network_as_of"])) if pd.isna(note) else str(note)


def place(t: Words, row: Row) -> str:
    """Document, table and row of a fact, as one line; letters count paragraphs or questions."""
    table = row["table"].partition(" (")[0]  # without the reference date, which stands beside it
    counted = row.get("counted") or ("paragraph" if table == "brief" else "row")
    table = t("place.letter") if table == "brief" else table
    return t(f"place.{counted}", document=row["document"], table=table, row=str(row["table_row"]))


def overview(t: Words, frame: pd.DataFrame, active: int, filters: Filters, complete: bool) -> str:
    """The network in one sentence; `active` is the number of active postings."""
    counts, of = totals(frame), of_choice(t, filters.choice)
    if not complete:
        return t("coverage.headline_partial", posts=counts.posts, of=of)
    key = "overview.headline_area" if filters.area else "overview.headline"
    return in_area(t, filters.area, t(key, active=active, covered=counts.covered, of=of))


def lead(t: Words, postings: pd.DataFrame, note: str, complete: bool, filters: Filters) -> str:
    """What the network is besides its posts; of a partial document only what it is."""
    if not complete:
        return t("overview.lead_partial", note=note)
    kinds = postings["kind"].value_counts()
    filo = t.count("overview.filo", int(kinds.get("FILO", 0)))
    if filters.organisations:  # the documents do not say which police fills a placement
        return t("overview.lead_chosen", note=note, filo=filo)
    multilateral = t.count("overview.multilateral", int(kinds.get("multilateral", 0)))
    return t("overview.lead", note=note, filo=filo, multilateral=multilateral)


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


def country(t: Words, name: str, row: Row, filters: Filters, elsewhere: str = "") -> str:
    """One country in one sentence, from its row of a coverage frame.

    `elsewhere` says who serves it outside the reader's choice, see `rows.elsewhere`.
    """
    state = row["state"] or "unknown"
    if state in COVERED:
        of = of_whom(t, row["organisations"])
        return t.count(f"country.headline_{state}", int(row["postings"]), land=name, of=of)
    of = of_choice(t, filters.choice) if state == "none" else of_whom(t, filters.organisations)
    said = t(f"country.headline_{state}", land=name, of=of)
    if elsewhere and state == "none":
        return t("country.but_elsewhere", said=said, others=elsewhere)
    return said


def total_faults(t: Words, counts: Iterable[MissionCount]) -> list[str]:
    """A sentence for each missions table whose printed total is not the sum of its rows."""
    return [
        t("overview.total", document=c.release, printed=c.printed, counted=c.officers)
        for c in counts
        if c.printed is not None and c.printed != c.officers
    ]


def in_unit(t: Words, row: Row) -> str:
    """A key figure with its unit."""
    return f"{t.number(row['value'])} {t('unit.' + row['unit'])}"
