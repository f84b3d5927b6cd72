"""What a person may write into each cell of a reading, and what it then holds."""

from __future__ import annotations

from collections.abc import Collection

from geo.errors import DataError
from geo.schemas import LEADS, ORGANISATIONS

_POST = ("host", "organisation", "city", "countries", "theme", "status", "officers", "as_read")
_MOST_OFFICERS = 20  # of one row
# A placement serves no country.
FIELDS: dict[str, tuple[str, ...]] = {
    "LO": _POST,
    "FILO": _POST,
    "multilateral": tuple(field for field in _POST if field != "countries"),
    "mission": ("mission", "lead_organisation", "personnel", "areas", "duty_iso3", "as_read"),
}
_WORDS = {
    "organisation": ORGANISATIONS,
    "status": ("active", "planned"),
    "lead_organisation": LEADS,
}
_NEEDED = {
    "LO": ("host", "status"),
    "FILO": ("status",),
    "multilateral": ("status",),
    "mission": ("mission", "lead_organisation", "personnel"),
}


def checked(kind: str, field: str, value: str, units: Collection[str]) -> str | int | None:
    """The value as a cell of `field` holds it; None for not stated, a number for numbers.

    Lists of countries lose repetitions. Raises DataError, placed at the field alone, where it
    cannot stand there: `units` holds the ISO codes there are.
    """
    text = " ".join(value.split())
    if not text:
        if field in _NEEDED[kind]:
            raise DataError("value_needed", field)
        return None
    if field in ("host", "duty_iso3", "countries", "areas"):
        codes = list(dict.fromkeys(text.split()))
        unknown = [code for code in codes if code not in units]
        if unknown:
            raise DataError("no_such_codes", field, codes=tuple(unknown))
        if len(codes) > 1 and field in ("host", "duty_iso3"):
            raise DataError("one_country_needed", field)
        return " ".join(codes if field != "areas" else sorted(codes))
    if field in _WORDS and text not in _WORDS[field]:
        raise DataError("none_of_words", field, words=tuple(_WORDS[field]))
    if field == "officers":
        if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= _MOST_OFFICERS:
            raise DataError("no_number_of_officers", field, most=_MOST_OFFICERS)
        return int(text)
    if field == "personnel":
        if not (text.isascii() and text.isdigit()) or len(text) > 6:
            raise DataError("no_whole_number", field)
        return int(text)
    return text
