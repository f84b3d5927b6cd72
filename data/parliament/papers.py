"""A document of parliament as its open data describe it. Every field is text of a stranger.

A field that is missing, null, of another type or longer than it can be is not known; a record
without a name of its own cannot be kept at all. Unknown fields are passed over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST = 300  # signs of a title or subject that are kept
ANNEX, LETTER = "Bijlage", "Brief regering"  # kinds, as parliament writes them
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Names a file and stands behind an option, so it begins with no hyphen.
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,29}", re.ASCII)
_MEDIA = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,90}", re.ASCII)
_ENDINGS = {
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "text/plain": "txt",
    "text/csv": "csv",
}
_PUBLISHED = "https://zoek.officielebekendmakingen.nl"
_CHAMBER = "https://www.tweedekamer.nl/kamerstukken/brieven_regering/detail"


@dataclass(frozen=True)
class Paper:
    """One document; an empty text or None is not known.

    `id` is parliament's own name of it, `number` the printed one ("2025D15104"), `kind` what it is
    ("Bijlage"), `date` an ISO date, `dossiers` their numbers ("29628", "34550-VI"), `sequence` its
    number in the dossier, `case` that of its case, `media` the type of the file and `size` its
    bytes. `removed` says whether parliament took it back, None where a record does not say.
    """

    id: str
    number: str = ""
    kind: str = ""
    title: str = ""
    subject: str = ""
    date: str = ""
    dossiers: tuple[str, ...] = ()
    sequence: int | None = None
    case: str = ""
    media: str = ""
    size: int | None = None
    removed: bool | None = None

    @property
    def citation(self) -> str:
        """Its number as a printed paper ("kst-29628-895"); empty until it has one."""
        if self.sequence is None or len(self.dossiers) != 1 or self.kind == ANNEX:
            return ""
        return f"kst-{self.dossiers[0]}-{self.sequence}"

    @property
    def name(self) -> str:
        """What it is called: its subject, else its title, else its number."""
        return self.subject or self.title or self.number or self.id


@dataclass
class Answer:
    """What the records of an answer describe: papers by id, and (letter, annex) by their ids.

    `unreadable` counts the records without a usable name by what they say, so that one that answers
    several questions is one; what else they said is lost.
    """

    papers: dict[str, Paper] = field(default_factory=dict)
    annexes: set[tuple[str, str]] = field(default_factory=set)
    unreadable: Counter[str] = field(default_factory=Counter)

    def add(self, record: object) -> None:
        """Take in one record with the letters and annexes that stand in it."""
        paper = paper_of(record)
        if paper is None or not isinstance(record, Mapping):
            self.unreadable[_digest(record)] += 1
            return
        self._keep(paper)
        for name, is_annex in (("BijlageDocument", True), ("BronDocument", False)):
            for each in _records(record.get(name)):
                if (other := paper_of(each)) is None:
                    self.unreadable[_digest(each)] += 1
                elif other.id != paper.id:
                    self._keep(other)
                    pair = (paper.id, other.id) if is_annex else (other.id, paper.id)
                    self.annexes.add(pair)

    def _keep(self, paper: Paper) -> None:
        before = self.papers.get(paper.id)
        self.papers[paper.id] = merged(before, paper) if before else paper


def merged(before: Paper, after: Paper) -> Paper:
    """The paper as `after` describes it; what that does not say stays as it was `before`."""
    fields = {name: getattr(after, name) for name in Paper.__dataclass_fields__}
    stated = {name: value for name, value in fields.items() if value not in ("", None, ())}
    dossiers = tuple(sorted({*before.dossiers, *after.dossiers}))
    return Paper(**{**vars(before), **stated, "dossiers": dossiers})


def paper_of(record: object) -> Paper | None:
    """The paper that a record describes; None for a record without a name of its own."""
    if not isinstance(record, Mapping):
        return None
    name = _matching(_ID, record.get("Id"), str.lower)
    if not name:
        return None
    dossiers = filter(None, map(_dossier, _records(record.get("Kamerstukdossier"))))
    cases = (_matching(_NUMBER, each.get("Nummer")) for each in _records(record.get("Zaak")))
    removed = record.get("Verwijderd")
    return Paper(
        name,
        _matching(_NUMBER, record.get("DocumentNummer")),
        clean(record.get("Soort"), 60),
        clean(record.get("Titel")),
        clean(record.get("Onderwerp")),
        _date(record.get("Datum")),
        tuple(sorted(set(dossiers))),
        _positive(record.get("Volgnummer"), 100_000),
        next(filter(None, cases), ""),
        _matching(_MEDIA, record.get("ContentType"), str.lower),
        _positive(record.get("ContentLength"), 2**31),
        removed if isinstance(removed, bool) else None,
    )


def _digest(record: object) -> str:
    """A short text that is another one for another record."""
    try:
        text = json.dumps(record, sort_keys=True)
    except RecursionError:  # nested as deep as may be read
        text = ""
    return hashlib.sha256(text.encode()).hexdigest()


def is_id(text: str) -> bool:
    """Whether a text is a name that parliament gives a document, and nothing else."""
    return bool(_ID.fullmatch(text))


def clean(value: object, longest: int = LONGEST) -> str:
    """A text in one line without signs that do not show, cut at `longest`; else empty."""
    if not isinstance(value, str):
        return ""
    signs = (" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in value[:2_000])
    text = " ".join("".join(signs).split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def link(paper: Paper, letter: Paper | None, base: str) -> str:
    """Where a person can read it: the printed paper, the page of the chamber, else the file.

    An annex has no page of its own: that of its letter names it. `base` is of the open data.
    """
    page = letter if paper.kind == ANNEX and letter else paper
    if page.citation:
        return f"{_PUBLISHED}/{page.citation}.html"
    if page.kind == LETTER and page.case and page.number:
        return f"{_CHAMBER}?did={page.number}&id={page.case}"
    return f"{base}/Document({paper.id})/resource"


def file_name(paper: Paper, media: str = "") -> str:
    """A name for its file, with the ending of its type where that is known."""
    ending = _ENDINGS.get(media.partition(";")[0].strip().lower()) or _ENDINGS.get(paper.media)
    stem = paper.number or paper.id
    return f"{stem}.{ending}" if ending else stem


def _records(value: object) -> Iterator[Mapping[str, Any]]:
    """The records of a relation: a list of them, or one alone."""
    if isinstance(value, Mapping):
        yield value
    elif isinstance(value, list):
        yield from (each for each in value if isinstance(each, Mapping))


def _matching(pattern: re.Pattern[str], value: object, form: Any = str) -> str:
    """The text where it is one of the `pattern`, in that `form`; else empty."""
    text = form(value) if isinstance(value, str) and len(value) < 200 else ""
    return text if pattern.fullmatch(text) else ""


def _dossier(record: Mapping[str, Any]) -> str:
    number = _positive(record.get("Nummer"), 100_000)
    suffix = _matching(_NUMBER, record.get("Toevoeging"))
    return "" if number is None else f"{number}-{suffix}".rstrip("-")


def _positive(value: object, below: int) -> int | None:
    """A whole number from 1; -1 is how parliament writes "none yet"."""
    return value if type(value) is int and 0 < value < below else None


def _date(value: object) -> str:
    """The day of a time as ISO 8601; empty for none, and for one that no letter can have."""
    if not isinstance(value, str):
        return ""
    try:
        day = dt.date.fromisoformat(value[:10])
    except ValueError:
        return ""
    return day.isoformat() if 1990 <= day.year <= dt.date.today().year + 1 else ""
