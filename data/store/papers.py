"""Documents of parliament in the store: what was seen of them, and what a person decided.

A restore brings them back as the backup holds them; none of them is a figure of the atlas.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from data.imports.incoming import check_texts, now, refuse_person, role
from data.parliament.papers import Answer, Paper, clean, is_id, merged
from data.parliament.reasons import Judgement, judge
from data.store.read import Store
from data.store.tables import DOCUMENTS, PAPER_ANNEXES, PAPER_QUESTIONS, PAPERS
from geo.errors import DataError

OPEN, DISMISSED = "open", "dismissed"
LONGEST_REASON = 200


@dataclass(frozen=True)
class Entry:
    """A paper as the store has it: why it is listed, its letter, and what became of it.

    `release` is what its file was imported as, `sha256` that of its file once it was fetched.
    """

    paper: Paper
    judgement: Judgement
    letter: Paper | None
    first_seen_at: str
    state: str
    sha256: str
    release: str
    decided_at: str
    decided_by: str
    reason: str

    @property
    def is_open(self) -> bool:
        """Whether a person has still to look at it."""
        return self.state == OPEN and not self.release and bool(self.judgement.reasons)


def last_answers(store: Store) -> dict[str, str]:
    """When each question was last answered whole, as a time in UTC."""
    with store.database.read() as connection:
        rows = connection.execute(sa.select(PAPER_QUESTIONS)).all()
    return {row.question: row.asked_at for row in rows}


def entries(store: Store) -> list[Entry]:
    """Every paper that has a reason or a decision: likely ones first, then the newest."""
    with store.database.read() as connection:
        rows = connection.execute(sa.select(PAPERS)).all()
        pairs = [(row.letter, row.annex) for row in connection.execute(sa.select(PAPER_ANNEXES))]
        files = sa.select(DOCUMENTS.c.sha256, DOCUMENTS.c.document)
        releases = {row.sha256: row.document for row in connection.execute(files)}
    papers = {row.id: _paper(row) for row in rows}
    letters, annexes = _related(papers, pairs), _related(papers, [pair[::-1] for pair in pairs])
    made = [
        Entry(
            papers[row.id],
            judge(papers[row.id], letters.get(row.id, []), annexes.get(row.id, [])),
            next(iter(letters.get(row.id, [])), None),
            row.first_seen_at,
            row.state,
            row.sha256 or "",
            releases.get(row.sha256, ""),
            row.decided_at or "",
            row.decided_by or "",
            row.reason or "",
        )
        for row in rows
    ]
    listed = [entry for entry in made if entry.judgement.reasons or entry.state != OPEN]
    listed.sort(key=lambda entry: (entry.paper.date, entry.paper.number), reverse=True)
    return sorted(listed, key=lambda entry: not entry.judgement.likely)


def keep(store: Store, question: str, answer: Answer, at: str) -> int:
    """Keep what was answered to a question that was asked `at`; how many papers are new."""
    with store.database.write() as connection:
        before = {row.id: _paper(row) for row in connection.execute(sa.select(PAPERS))}
        for name, paper in answer.papers.items():
            if name not in before:
                row = _row(paper) | {"first_seen_at": at, "state": OPEN}
                connection.execute(sa.insert(PAPERS), row)
            elif (known := merged(before[name], paper)) != before[name]:
                change = sa.update(PAPERS).where(PAPERS.c.id == name)
                connection.execute(change.values(_row(known)))
        pairs = {tuple(row) for row in connection.execute(sa.select(PAPER_ANNEXES))}
        for letter, annex in sorted(answer.annexes - pairs):
            connection.execute(sa.insert(PAPER_ANNEXES), {"letter": letter, "annex": annex})
        this = {"question": question}
        connection.execute(sa.delete(PAPER_QUESTIONS).filter_by(**this))
        connection.execute(sa.insert(PAPER_QUESTIONS), this | {"asked_at": at})
    return len(answer.papers.keys() - before.keys())


def check(store: Store, where: str) -> None:
    """What a backup says of papers is what the product writes; raises DataError."""
    with store.database.read() as connection:
        rows = connection.execute(sa.select(PAPERS)).all()
        times = list(connection.scalars(sa.select(PAPER_QUESTIONS.c.asked_at)))
    for row in rows:
        times += [row.first_seen_at, *filter(None, [row.decided_at])]
        texts = (row.number, row.kind, row.title, row.subject, row.date, row.case_number, row.media)
        if (
            not is_id(row.id)
            or row.state not in (OPEN, DISMISSED)
            or row.removed not in (None, 0, 1)
            or any(clean(text) != text for text in texts)
        ):
            raise DataError("backup_cell", f"{where}, table papers", None, "id", ascii(row.id)[:80])
        if row.state == DISMISSED:
            role(row.decided_by)
            refuse_person(f"{where}, table papers", row.reason)
    for value in times:
        dt.datetime.fromisoformat(value)  # of a text that is no time: damage


def entry_of(store: Store, name: str) -> Entry:
    """The one listed paper of that number or id; raises DataError."""
    matching = [each for each in entries(store) if name in (each.paper.number, each.paper.id)]
    if not matching:
        raise DataError("paper_unknown", "paper", value=name[:40])
    if len(matching) > 1:
        ids = tuple(sorted(each.paper.id for each in matching))
        raise DataError("papers_of_one_number", "paper", value=name[:40], ids=ids)
    return matching[0]


def dismiss(store: Store, name: str, by: str, reason: str) -> None:
    """No longer list a paper, for a reason that names nobody; raises DataError."""
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= LONGEST_REASON:
        raise DataError("paper_without_reason", "reason", most=LONGEST_REASON)
    check_texts("reason", [reason])
    refuse_person("reason", reason)
    decision = {"decided_at": now(), "decided_by": role(by), "reason": reason}
    _change(store, entry_of(store, name), {"state": DISMISSED} | decision)


def reopen(store: Store, name: str) -> None:
    """List a dismissed paper again; raises DataError."""
    nothing = dict.fromkeys(("decided_at", "decided_by", "reason"))
    _change(store, entry_of(store, name), {"state": OPEN} | nothing)


def fetched(store: Store, name: str, sha256: str) -> None:
    """Remember the file of a paper, so that its import settles it; raises DataError."""
    _change(store, entry_of(store, name), {"sha256": sha256})


def gone(store: Store, name: str) -> None:
    """Remember that parliament has a paper no more; raises DataError."""
    _change(store, entry_of(store, name), {"removed": 1})


def _change(store: Store, entry: Entry, values: Mapping[str, object]) -> None:
    with store.database.write() as connection:
        change = sa.update(PAPERS).where(PAPERS.c.id == entry.paper.id)
        connection.execute(change.values(**values))


def _related(
    papers: Mapping[str, Paper], pairs: Iterable[tuple[str, str]]
) -> dict[str, list[Paper]]:
    """id of an annex -> its letters, of (letter, annex); the other way round the other way."""
    related: dict[str, list[Paper]] = {}
    for letter, annex in pairs:
        if letter in papers:
            related.setdefault(annex, []).append(papers[letter])
    for several in related.values():
        several.sort(key=lambda paper: (paper.date, paper.id))
    return related


def _row(paper: Paper) -> dict[str, object]:
    fields = dict(vars(paper))
    fields["case_number"] = fields.pop("case")
    fields["dossiers"] = " ".join(paper.dossiers)
    fields["removed"] = None if paper.removed is None else int(paper.removed)
    return fields


def _paper(row: sa.Row[tuple[object, ...]]) -> Paper:
    names = [name for name in Paper.__dataclass_fields__ if name != "case"]
    fields = {name: getattr(row, name) for name in names}
    fields["dossiers"] = tuple(str(row.dossiers).split())
    removed = None if row.removed is None else bool(row.removed)
    return replace(Paper(**fields), case=row.case_number, removed=removed)
