"""New documents of parliament: which are listed, why, and where a person can read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import snapshot
from dashboard.document_names import release_name
from dashboard.i18n import Texts
from dashboard.records import Record
from dashboard.report import Row
from data.parliament.papers import ANNEX, link
from data.parliament.reasons import Reason
from data.store import papers
from data.store.papers import Entry


@dataclass(frozen=True)
class Letters:
    """Papers that may hold a new table, others of the same dossiers, and those dealt with.

    `asked_at` is when the last question was answered, empty where none was.
    """

    likely: Sequence[Entry]
    others: Sequence[Entry]
    settled: Sequence[Entry]
    asked_at: str


def letters() -> Letters:
    """What the store knows; raises DataError."""
    entries = papers.entries(snapshot.store())
    still_open = [entry for entry in entries if entry.is_open]
    return Letters(
        [entry for entry in still_open if entry.judgement.likely],
        [entry for entry in still_open if not entry.judgement.likely],
        [entry for entry in entries if entry.release or entry.state == papers.DISMISSED],
        max(papers.last_answers(snapshot.store()).values(), default=""),
    )


def why(t: Texts, entry: Entry) -> str:
    """Every reason in words, the weightiest first."""
    return "; ".join(reason_text(t, each) for each in entry.judgement.reasons)


def reason_text(t: Texts, reason: Reason) -> str:
    """One reason in words; a dossier as it is printed ("29 628")."""
    params = dict(reason.params)
    if dossier := params.get("dossier"):
        params["dossier"] = f"{dossier[:-3]}\N{NO-BREAK SPACE}{dossier[-3:]}"
    return t(f"letters.why.{reason.code}", **params)


def facts(t: Texts, entry: Entry) -> str:
    """What it is, of which day, with its numbers; a number that is still to come is said."""
    paper, letter = entry.paper, entry.letter
    parts = [paper.kind, t.date(paper.date) if paper.date else t("letters.no_date"), paper.number]
    if letter:
        parts.append(t("letters.of_letter", number=letter.citation or letter.number or letter.name))
    elif paper.kind != ANNEX:
        parts.append(paper.citation or t("letters.no_citation"))
    if entry.sha256:
        parts.append(t("letters.fetched"))
    return ", ".join(filter(None, parts))


def address(entry: Entry) -> str:
    """Where a person can read it."""
    return link(entry.paper, entry.letter, snapshot.settings().open_data)


def record(t: Texts, entry: Entry) -> Record:
    """An open paper with fixed keys, for the command line."""
    paper, letter = entry.paper, entry.letter
    reasons = [
        {
            "code": each.code,
            "params": dict(each.params),
            "text": reason_text(t, each),
        }
        for each in entry.judgement.reasons
    ]
    return {
        "number": paper.number or None,
        "title": paper.name,
        "date": paper.date or None,
        "kind": paper.kind or None,
        "citation": paper.citation or None,
        "letter": (letter.citation or letter.number or None) if letter else None,
        "likely": entry.judgement.likely,
        "fetched": bool(entry.sha256),
        "why": reasons,
        "link": address(entry),
        "id": paper.id,
        "first_seen_at": entry.first_seen_at,
    }


def settled_rows(t: Texts, entries: Sequence[Entry]) -> list[Row]:
    """What became of each: imported as a document, or dismissed by whom, when and why."""
    body: list[Row] = []
    for entry in entries:
        became = t("letters.imported", release=release_name(t, entry.release))
        if entry.state == papers.DISMISSED:
            became = t("letters.dismissed", reason=entry.reason)
        by = " ".join(filter(None, (entry.decided_at[:10], entry.decided_by)))
        body.append([entry.paper.name, entry.paper.number, became, by])
    return body
