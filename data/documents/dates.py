"""The reference dates that a document prints: "peildatum 12 november 2025", "stand per 1-1-26"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.dates import ANY_MONTH, MONTH_NUMBERS
from geo.schemas.columns import real_date

_YEAR = r"(?P<year>\d{4}|['’]\d\d)(?!\d)"
_FORMS = (
    r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
    r"(?P<first>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<second>\d{1,2})\s?(?P=sep)\s?"
    r"(?P<year>\d{4}|\d\d)(?!\d)",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|de|ste|er|e)?[\s.-]*(?:of\s+)?"
    rf"(?P<name>{ANY_MONTH})(?![^\W\d_])[\s.,-]*{_YEAR}",
    rf"(?P<name>{ANY_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
    rf"(?P<name>{ANY_MONTH})(?![^\W\d_])[\s.,-]*{_YEAR}",
    r"(?P<year>\d{4})-(?P<month>\d{2})(?![-\d])",
    r"(?P<year>20\d\d)(?![-/.]?\d)",
)
_DATE = tuple(re.compile(form, re.I) for form in _FORMS)
_PART = r"(?P<part>ultimo|primo|medio|begin|eind(?:e)?|start)"
_FILLER = (
    r"(?:[\s:(=]|\b(?:is|van|voor|op|per|d\.?d\.?|dit|deze|het|de|overzicht|tabel|bijlage|netwerk"
    r"|missies|datum|at|on|of|the)(?!\w))*"
)
# What announces a reference date anywhere, and what does so only right at a table.
_ANNOUNCES = (
    r"\b(?:peildat(?:um|a)|(?:stand|situatie|toestand)(?:\s+van\s+zaken)?(?=\W)|reference\s+date"
    r"|as\s+(?:of|at)\b|status\s+as\s+of|date\s+de\s+référence|situation\s+au\b)"
)
_AT_A_TABLE = r"\bper\b|\bop\b|\bd\.d\.|(?=\b(?:ultimo|primo|medio)\b)"
_DATED = rf"{_FILLER}(?:{_PART}\s+)?(?=['’\w])"
_ANYWHERE = re.compile(rf"(?P<announces>{_ANNOUNCES}){_DATED}", re.I)
_NEAR = re.compile(rf"(?:(?P<announces>{_ANNOUNCES})|{_AT_A_TABLE}){_DATED}", re.I)
# A date behind these words is that of another document, which is only mentioned; behind a letter
# it is hardly the day for which a table holds.
_EARLIER = re.compile(
    r"\b(?:vorige?|voorgaande|voorafgaande|eerdere?|oude|ten\s+opzichte\s+van|t\.o\.v\."
    r"|vergeleken|in\s+vergelijking|sinds|had(?:den)?|volgende?|komende?"
    r"|laatste\s+(?:bijlage|rapportage|halfjaar\w*|tabel)|previous|earlier|compared|précédente?)(?!\w)",
    re.I,
)
# A sentence about another annex or other figures: words before its date, and words behind it.
_DOCUMENT = (
    r"(?:bijlagen?|annex|tabel|tabellen|overzicht|brief|kamerbrief|kamerstuk\w*|rapport\w*"
    r"|halfjaar\w*|jaarverslag|document|website)"
)
_ELSEWHERE = re.compile(
    r"\b(?:anders\s+dan|in\s+afwijking\s+van|zie\s+(?:ook\s+)?(?:voor|de|het)|voor\s+de\s+stand"
    r"|(?:de|het)\s+(?:formatie|bezetting|begroting|budget|sterkte|personeelsbestand)"
    rf"|(?:in|uit|bij)\s+{_DOCUMENT}\s+\w{{1,4}}\s+(?:van|bij|uit)\s+(?:de|het|een))\b",
    re.I,
)
_STANDS_ELSEWHERE = re.compile(
    r"\b(?:staa[tn]|is|zijn|wordt|worden|werd(?:en)?|vindt\s+u|treft\s+u|komt|komen|geldt|gelden"
    r"|blijkt|volgt)\b"
    rf"(?:(?:\W+\w+){{0,6}}?\W+(?:in|bij|op|uit|van)\s+(?:(?:de|het|een)\s+)?(?:\w+\s+)?{_DOCUMENT}\b"
    r"|(?:\W+\w+){0,4}?\W+(?:eerder|reeds|afzonderlijk|apart|separaat)\b)",
    re.I,
)
_HERE = re.compile(
    r"\b(?:deze|dit|onderstaande?|onderhavige?|bijgaande?|hieronder|hierna|bovenstaande?)\b", re.I
)
_SENTENCE_END = re.compile(r"[;!?]|\.(?=\s|$)|\n(?=\s*[A-ZÀ-Þ\n])")
_LETTER = re.compile(
    r"\b(?:brief|kamerstuk\w*|besluit|motie|verslag"
    # What was done with the file on a day says nothing of the day for which it holds.
    r"|(?:af|uit)?gedrukt|geprint|uitgedraaid|gegenereerd|ge[ëe]xporteerd|opgesteld|opgemaakt"
    r"|vastgesteld|opgeslagen|gemaakt|gewijzigd|verzonden|ondertekend|printed|generated|created)\b",
    re.I,
)
# Where a sentence or a line of a title begins; a line that goes on is broken by its width.
_BEGINS = re.compile(r"[;!?]|\.\s+(?=[A-ZÀ-Þ])|\n(?=\s*[A-ZÀ-Þ\n])")
# Behind a date, one more: which of the two is meant, or whether both are, cannot be told.
_ONE_MORE = re.compile(r"\s*(?:/|;|[-–—]|\bt/m\b|\btot(?:\s+en\s+met)?\b|\ben\b|\bof\b)\s*", re.I)
_REACH = 120  # signs before a date in which such words count


@dataclass(frozen=True)
class Dates:
    """The dates printed in a text, each once and in order, as ISO 8601.

    `wrong` are those that no calendar has, as printed. `double` are those that may be more than
    one day: as printed, and the days.
    """

    real: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    double: tuple[tuple[str, tuple[str, ...]], ...] = ()


def dates(text: str, *, at_table: bool = False, only: bool = False) -> Dates:
    """Every reference date in `text`, but for those of earlier documents that it mentions.

    `at_table` where it is a title or header of a table: there "per 1 mei 2026" is one too. `only`
    where the text is one date and nothing else.
    """
    real: list[str] = []
    wrong: list[str] = []
    double: list[tuple[str, tuple[str, ...]]] = []
    for start, end, part, found in _announced(text, _NEAR if at_table else _ANYWHERE):
        if only and re.search(r"\w", text[:start] + text[end:]):
            continue
        days = tuple(day for day in _days(found, part) if real_date(day))
        if one_more := _date_behind(text, end):
            end = one_more.end()
            days += tuple(day for day in _days(one_more, "") if real_date(day))
        printed = " ".join(text[start:end].split())
        if not days:
            wrong.append(printed)
        elif len(days) > 1 or len(found["year"]) == 2:
            double.append((printed, days))
        else:
            real.append(days[0])
    once = dict.fromkeys
    return Dates(tuple(once(real)), tuple(once(wrong)), tuple(once(double)))


def _announced(
    text: str, pattern: re.Pattern[str]
) -> Iterator[tuple[int, int, str, re.Match[str]]]:
    """(start, end, part of the month or year, date) of each that some words announce."""
    behind = 0
    for named in pattern.finditer(text):
        found = next(filter(None, (form.match(text, named.end()) for form in _DATE)), None)
        if not found or named.start() < behind:
            continue
        weak = not named["announces"]
        if weak and not named["part"] and found.re is _DATE[-1]:
            continue  # "per 2026" may be a rate, and "op 2026" a number
        before = _BEGINS.split(text[max(behind, named.start() - _REACH) : named.start() + 1])[-1]
        behind = found.end()
        rest = _SENTENCE_END.split(text[behind : behind + _REACH], maxsplit=1)[0]
        if not _HERE.search(before + rest) and (
            _ELSEWHERE.search(before) or _STANDS_ELSEWHERE.match(rest.lstrip(" ),"))
        ):
            continue
        if not (_EARLIER.search(before) or (weak and _LETTER.search(before))):
            yield named.start(), found.end(), (named["part"] or "").casefold(), found


def _date_behind(text: str, end: int) -> re.Match[str] | None:
    """The date that follows another one: "peildatum 1-1-2026 / 1-7-2026"."""
    gap = _ONE_MORE.match(text, end)
    forms = (form.match(text, gap.end()) for form in _DATE[:-1]) if gap else ()
    return next(filter(None, forms), None)


def _days(match: re.Match[str], part: str) -> Iterator[str]:
    """The days, or the month or year, that a date may stand for.

    With dashes and dots the day goes first here. With slashes English writes the month first, and
    sheets do so too; where both can be a month it may be either. The year of two figures is in
    this century.
    """
    cells = match.groupdict()
    figures = cells["year"].strip("'’")
    year = f"20{figures}" if len(figures) == 2 else figures
    if cells.get("first"):
        yield from _in_figures(year, int(cells["first"]), int(cells["second"]), cells["sep"])
        return
    month = int(cells.get("month") or MONTH_NUMBERS.get((cells.get("name") or "").casefold(), 0))
    if cells.get("day"):
        yield f"{year}-{month:02d}-{int(cells['day']):02d}"
    else:
        yield _of_period(int(year), month, part)


def _in_figures(year: str, first: int, second: int, between: str) -> Iterator[str]:
    if second <= 12 or between != "/":
        yield f"{year}-{second:02d}-{first:02d}"
    if between == "/" and first <= 12 and first != second:
        yield f"{year}-{first:02d}-{second:02d}"


def _of_period(year: int, month: int, part: str) -> str:
    """A month or a year, and its first or last day where "primo" or "ultimo" says so."""
    if part == "ultimo":
        last = month or 12
        return f"{year}-{last:02d}-{calendar.monthrange(year, last)[1]:02d}"
    if part == "primo":
        return f"{year}-{month or 1:02d}-01"
    return f"{year}-{month:02d}" if month else f"{year}"


_GIVEN = (
    re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})"),
    re.compile(rf"(?:(?P<day>\d{{1,2}})\s+)?(?P<month>{ANY_MONTH})\s+(?P<year>\d{{4}})", re.I),
)


def iso_date(text: str) -> str:
    """A date as a person writes it, as ISO 8601; what is none of the usual forms stays as it is.

    >>> iso_date("31-05-2026"), iso_date("May 2026"), iso_date("2026"), iso_date("morgen")
    ('2026-05-31', '2026-05', '2026', 'morgen')
    """
    text = " ".join(text.split())
    for form in _GIVEN:
        if found := form.fullmatch(text):
            word = found["month"].casefold()
            month = int(word) if word.isdecimal() else MONTH_NUMBERS[word]
            day = f"-{int(found['day']):02d}" if found["day"] else ""
            return f"{found['year']}-{month:02d}{day}"
    return text
