"""What is new at parliament, and the file of one document: asked, kept in the store, handed over.

Nothing is imported here. Without an address nothing can be asked: `data.parliament.client` refuses.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections import Counter
from dataclasses import dataclass, replace

from data.documents.reading import resolver
from data.parliament.client import SECONDS, OpenData
from data.parliament.papers import Answer, clean, file_name, is_id
from data.parliament.questions import ask, questions
from data.store import papers
from data.store.read import Store
from geo.errors import DataError
from geo.names.resolver import Resolver
from geo.reading.persons import persons_in, without_persons

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Arrivals:
    """What one round of questions brought: papers that were new, and records nobody can use."""

    new: int
    unreadable: int


def look(store: Store, base: str, seconds: float = SECONDS) -> Arrivals:
    """Ask every question at the open data of `base` and keep what is answered; raises DataError.

    What was answered before a fault is kept; a question without a whole answer is asked again from
    where it was.
    """
    new, unreadable = 0, Counter[str]()
    begun = dt.datetime.now(dt.UTC)
    before, names = papers.last_answers(store), resolver()
    first = _first_day(store, begun)
    try:
        with OpenData(base, seconds) as source:
            for question, wanted in questions().items():
                since = dt.datetime.fromisoformat(before.get(question, first))
                answer = _nameless(ask(source, wanted, min(since, begun)), names)
                new += papers.keep(store, question, answer, begun.isoformat(timespec="seconds"))
                unreadable |= answer.unreadable
    except DataError as error:
        _LOG.info("parliament was not asked", extra={"reason": error.code, "new": new})
        raise
    _LOG.info("parliament was asked", extra={"new": new, "unreadable": unreadable.total()})
    return Arrivals(new, unreadable.total())


def fetch(
    store: Store, base: str, name: str, largest: int, seconds: float = SECONDS
) -> tuple[str, bytes]:
    """The file of a listed paper, of at most `largest` bytes: its name and content.

    Raises DataError; a paper that parliament has no more is remembered as taken back.
    """
    paper = papers.entry_of(store, name).paper
    if not is_id(paper.id):  # of a store that somebody changed
        raise DataError("paper_unknown", "paper", value=name[:40])
    try:
        with OpenData(base, seconds) as source:
            content, media = source.file(f"Document({paper.id})/resource", largest)
    except DataError as error:
        if error.code == "paper_gone":
            papers.gone(store, paper.id)
        _LOG.info("a paper was not fetched", extra={"reason": error.code})
        raise error.placed(paper.number or paper.id) from error
    _LOG.info("a paper was fetched", extra={"size": len(content)})
    return file_name(paper, media), content


def brought(store: Store, name: str, content: bytes) -> None:
    """Remember the file of a paper that could be opened, so that its import settles it."""
    papers.fetched(store, name, hashlib.sha256(content).hexdigest())


def _first_day(store: Store, now: dt.datetime) -> str:
    """Where a first question begins: at the newest document of the atlas."""
    dates = [str(date) for date in store.documents()["date"].dropna()]
    newest = max((date for date in dates if date <= now.date().isoformat()), default="2008-09-01")
    day = dt.date(*[*map(int, newest.split("-")), 1, 1][:3])
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).isoformat()


def _nameless(answer: Answer, names: Resolver) -> Answer:
    """The same answer without what looks like the name of a person."""

    def clear(text: str) -> str:
        return clean(without_persons(text, persons_in(text, names)))

    cleared = {
        name: replace(paper, title=clear(paper.title), subject=clear(paper.subject))
        for name, paper in answer.papers.items()
    }
    return replace(answer, papers=cleared)
