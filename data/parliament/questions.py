"""The questions to parliament's open data, and all that is answered to one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from data.parliament.client import WHERE, OpenData
from data.parliament.papers import ANNEX, LETTER, Answer
from data.parliament.reasons import ANNEX_PARTS, DOSSIERS, LETTER_PARTS
from geo.errors import DataError

# A letter gets its number and its dossier days after it appears, and an annex its letter; nothing
# says that this changes the day by which we ask. So each question looks back beyond the last one.
OVERLAP = dt.timedelta(days=30)
PAGES = 40  # of 250 records; a year of the largest dossier is some five
_FIELDS = "Id,DocumentNummer,Soort,Titel,Onderwerp,Datum,Volgnummer,ContentType,ContentLength"
_DOSSIER = "Kamerstukdossier($select=Nummer,Toevoeging)"
_CASE = "Zaak($select=Nummer)"
_WITHIN = f"$select={_FIELDS},Verwijderd;$expand={_DOSSIER},{_CASE}"
_EXPAND = f"{_DOSSIER},{_CASE},BijlageDocument({_WITHIN}),BronDocument({_WITHIN})"
# What public programs are seen to ask with, should the rest be refused: each annex and letter still
# comes by a question of its own.
_EXPAND_LESS = f"{_DOSSIER},{_CASE},BronDocument($select={_FIELDS},Verwijderd)"
MOST = 20_000  # papers of one answer


def questions() -> dict[str, str]:
    """Each question by its name, as a filter: one for each dossier, one for each kind of words."""
    dossiers = {
        f"dossier-{number}": f"Kamerstukdossier/any(d: d/Nummer eq {number})" for number in DOSSIERS
    }
    return dossiers | {
        "annexes": f"Soort eq '{ANNEX}' and ({_any(ANNEX_PARTS)})",
        "letters": f"Soort eq '{LETTER}' and ({_any(LETTER_PARTS)})",
    }


def _any(parts: Sequence[str]) -> str:
    return " or ".join(f"contains(Onderwerp,'{part}')" for part in parts)


def ask(source: OpenData, wanted: str, since: dt.datetime) -> Answer:
    """All that changed since a time and fits a filter; raises DataError.

    Papers that were taken back are not left out: that is how we learn of it.
    """
    since = (since - OVERLAP).astimezone(dt.UTC)
    options = {
        "$filter": f"{wanted} and GewijzigdOp ge {since:%Y-%m-%dT%H:%M:%SZ}",
        "$orderby": "GewijzigdOp asc",
        "$count": "true",
    }
    answer, rows_read, promised = Answer(), 0, 0
    page, seen = _first(source, options), set[str]()
    while True:
        for record in page["value"]:
            answer.add(record)
        rows_read += len(page["value"])
        count = page.get("@odata.count")
        promised = count if type(count) is int and not seen else promised
        following = page.get("@odata.nextLink")
        if following is None:
            break
        is_endless = following in seen or len(seen) >= PAGES - 1 or len(answer.papers) > MOST
        if not isinstance(following, str) or is_endless:
            raise DataError("parliament_incomplete", WHERE, n=rows_read)
        seen.add(following)
        page = source.records(following, {})
    if rows_read < promised:
        raise DataError("parliament_incomplete", WHERE, n=rows_read)
    return answer


def _first(source: OpenData, options: Mapping[str, str]) -> dict[str, Any]:
    """The first page; with less beside each record where parliament does not take the question."""
    try:
        return source.records("Document", {**options, "$expand": _EXPAND})
    except DataError as error:
        if error.params.get("status") != "400":
            raise
    return source.records("Document", {**options, "$expand": _EXPAND_LESS})
