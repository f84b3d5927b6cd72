"""The tables of a document that are read: whether two are one, and the date of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from data.documents.cells import title
from data.documents.dates import Dates, dates
from data.documents.headers import Columns, Row, line
from geo.names.normalise import key
from geo.problems import Params

# A date in running text that is said to be that of the tables of another kind.
_OF_A_KIND = {
    kind: re.compile(
        rf"\bpeildat(?:um|a)\b(?:(?!{own}|\d)[^.;\n])*\b{other}\w*(?:(?!{own})[^.;,\n])*(?=[.;,\n]|$)",
        re.I,
    )
    for kind, own, other in (("missions", "missie", "netwerk"), ("network", "netwerk", "missie"))
}
# What sets the title of a table apart from that of another version of it; the name of a sheet has
# "_" for spaces. A number before it ("2. Netwerk") says nothing.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_VERSION = re.compile(r"(?<![^\W_])v(?:ersie|ersion)?[\W_]?(\d{1,3})(?![^\W_])", re.I)
_OLD = re.compile(
    r"(?<![^\W_])(?:oude?|vorige?|concept(?:versie)?|ontwerp|archief|kopie|back-?up"
    r"|old|previous|draft|copy)(?![^\W_])",
    re.I,
)
_NUMBERED = re.compile(r"^\s*\d{1,2}[.)]\s+")
_LONGEST = 2_000  # signs of a title with a header; in a longer one dates would take long


@dataclass
class Part:
    """A table with the header it was read by, and the rows of all tables that go on with it.

    `title` is as the file holds it, perhaps empty; `name` is its own. A part that a person leaves
    out is `dropped`. `header` are its lines down to the first row.
    """

    name: str
    kind: str
    columns: Columns
    title: str
    dropped: bool = False
    header: str = ""
    rows: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def dates(self) -> Dates:
        """The dates in its title and in its header."""
        return dates(f"{self.title}\n{self.header}"[:_LONGEST], at_table=True)

    def repeats(self, other: Part) -> bool:
        """Whether more than half of the smaller of two tables stands in the other one too."""
        return len(self.rows & other.rows) * 2 > min(len(self.rows), len(other.rows))

    @property
    def _is_old(self) -> bool:
        return bool(_OLD.search(self.title[:_LONGEST]))

    @property
    def _edition(self) -> tuple[tuple[int, ...], int]:
        """The years and the number of its version; without years it is that of today."""
        title = self.title[:_LONGEST]
        years = tuple(sorted({int(year) for year in _YEAR.findall(title)}))
        return years or (9999,), max(map(int, _VERSION.findall(title)), default=0)

    @property
    def _subject(self) -> str:
        """What its title says but for the version."""
        title = _NUMBERED.sub("", self.title[:_LONGEST])
        for pattern in (_VERSION, _YEAR, _OLD):
            title = pattern.sub(" ", title)
        return key(title)

    def is_version_of(self, other: Part) -> bool:
        """Whether two titles are the same but for a year, a number, or that one of them is old."""
        if self._is_old != other._is_old:
            return self._subject in other._subject or other._subject in self._subject
        return self._subject == other._subject and self._edition != other._edition

    def older(self, other: Part) -> Part:
        """The one of two versions that may have to go."""
        if self._is_old != other._is_old:
            return self if self._is_old else other
        return min(self, other, key=lambda part: part._edition)


def doubtful_pairs(
    parts: Sequence[Part],
) -> Iterator[tuple[Part, str, Params, tuple[str, ...]]]:
    """Two parts of a kind that may be one, or of which one no longer holds.

    (the part that may be left out, the code of the problem with its parameters, names to choose).
    """
    kept = [(part, part.dates.real) for part in parts if not part.dropped and part.rows]
    for place, (part, days) in enumerate(kept):
        for other, others in kept[:place]:
            if other.kind != part.kind:
                continue
            if days and others and days != others:
                older = other if others < days else part
                params: Params = {"first": others[0], "second": days[0]}
                yield older, "two_dates", params, (other.name, part.name)
            elif part.repeats(other):
                yield part, "table_repeated", {"other": other.name}, ()
            elif part.is_version_of(other):
                older = part.older(other)
                newer = part if older is other else other
                yield older, "table_version", {"other": newer.name}, ()


@dataclass(frozen=True)
class DoubtfulDate:
    """Why the date of a kind is not certain: the code of a problem, and days to choose from."""

    code: str
    printed: str
    days: tuple[str, ...] = ()


def reference_date(
    kind: str, parts: Sequence[Part], titles: Sequence[str], text: str, *, alone: bool
) -> str | DoubtfulDate | None:
    """The date above the tables of a kind, in their headers, or in the text that goes with them.

    `titles` are those of all tables; `alone`: a date that stands with no table is theirs.
    """
    above = [part.dates for part in parts if part.kind == kind and not part.dropped]
    own, others = _texts(kind, parts, titles, text)
    title_days = {part.real for part in above if part.real}
    if len(title_days) > 1:  # which of the tables holds is a question of its own
        return max(max(title_days))
    others = _OF_A_KIND[kind].sub("", others) if kind in _OF_A_KIND else others
    for printed in (_together(above), dates(own), dates(others) if alone else Dates()):
        if printed != Dates():
            return _one(printed)
    return None


def _one(printed: Dates) -> str | DoubtfulDate:
    real = printed.real
    if len(real) == 1 and not printed.double and not printed.wrong:
        return real[0]
    texts = [text for text, _ in printed.double]
    if len(texts) == 1 and not real:
        return DoubtfulDate("date_of_two_days", *printed.double[0])
    if not real and not texts:
        return DoubtfulDate("printed_no_date", printed.wrong[0])
    days = (*real, *(day for _, some in printed.double for day in some))
    return DoubtfulDate("several_dates", ", ".join((*real, *texts, *printed.wrong)), days)


def _texts(kind: str, parts: Sequence[Part], titles: Sequence[str], text: str) -> tuple[str, str]:
    """The text below the titles of the tables of a kind, and all but that below another kind."""
    kinds = {part.title: part.kind for part in parts if not part.dropped}
    named = set(filter(None, titles))
    own, others, now = [], [], ""
    for printed in text.split("\n"):
        name = title(printed)
        if name in named:
            now = kinds.get(name, "")
        elif now == kind:
            own.append(printed)
        elif not now:
            others.append(printed)
    return "\n".join(own), "\n".join(others)


def _together(printed: Sequence[Dates]) -> Dates:
    """The dates of several places, each once."""
    return Dates(
        tuple(dict.fromkeys(day for one in printed for day in one.real)),
        tuple(dict.fromkeys(text for one in printed for text in one.wrong)),
        tuple(dict.fromkeys(date for one in printed for date in one.double)),
    )


def date_line(row: Row) -> str:
    """The only cell of a row, where it prints the reference date of the table, else ''."""
    filled = [line(cell) for cell in row if line(cell)]
    if len(filled) != 1 or len(filled[0]) > _LONGEST:
        return ""
    return filled[0] if dates(filled[0], only=True) != Dates() else ""
