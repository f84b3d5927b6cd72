"""The reference dates ("peildatum 12 november 2025") that a document prints."""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.documents.cells import MONTHS
from geo.schemas.columns import real_date

_AS_OF = re.compile(
    rf"peildatum:?\s+(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(MONTHS)})\s+(?P<year>\d{{4}})", re.I
)


_GIVEN = (
    re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})"),
    re.compile(
        rf"(?:(?P<day>\d{{1,2}})\s+)?(?P<month>{'|'.join(MONTHS)})\s+(?P<year>\d{{4}})", re.I
    ),
)


@dataclass(frozen=True)
class Dates:
    """The dates printed in a text, each once and in order; and those that no calendar has."""

    real: tuple[str, ...]
    wrong: tuple[str, ...]


def dates(text: str) -> Dates:
    """Every reference date in `text`, as ISO dates; the wrong ones as they are printed."""
    real, wrong = [], []
    for found in _AS_OF.finditer(text):
        month = MONTHS.index(found["month"].casefold()) + 1
        date = f"{found['year']}-{month:02d}-{int(found['day']):02d}"
        if real_date(date):
            real.append(date)
        else:
            wrong.append(" ".join(found[0].split()))
    return Dates(tuple(dict.fromkeys(real)), tuple(dict.fromkeys(wrong)))


def iso_date(text: str) -> str:
    """A date as a person writes it, as ISO 8601; what is none of the usual forms stays as it is.

    >>> iso_date("31-05-2026"), iso_date("mei 2026"), iso_date("2026"), iso_date("morgen")
    ('2026-05-31', '2026-05', '2026', 'morgen')
    """
    text = " ".join(text.split())
    for form in _GIVEN:
        if found := form.fullmatch(text):
            word = found["month"].casefold()
            month = int(word) if word.isdecimal() else MONTHS.index(word) + 1
            day = f"-{int(found['day']):02d}" if found["day"] else ""
            return f"{found['year']}-{month:02d}{day}"
    return text
