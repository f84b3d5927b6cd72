"""What people decided about printed texts, with who and when; every next reading uses it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

import pandas as pd

from geo.errors import DataError
from geo.names.normalise import key
from geo.schemas import ORGANISATIONS

# What a text may be decided to be: a name of one or more units, or of none ...
NAMES = ("country", "countries", "region", "not-a-country", "leave-out", "as-it-is")
# ... an organisation, or the heading of a column.
MEANINGS = (*NAMES, "organisation", "column")
# What a column may hold; "other" is a column that an annex has and nobody needs.
COLUMNS = (
    *("label", "city", "area", "organisation", "region", "officers", "status"),
    *("mission", "duty", "personnel", "other"),
)
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?\s*")


@dataclass(frozen=True)
class Decision:
    """What one printed text stands for, settled by a person.

    `meaning` is one of MEANINGS. `value` is an ISO code for a country, ISO codes with spaces
    between for countries, the name in the table `regions` for a region, one of ORGANISATIONS or
    empty (not stated) for an organisation, one of COLUMNS for a column, else empty. `reason` says
    why something is left out; `decided_by` is a role or department, never a name; `decided_at` an
    ISO 8601 time in UTC.
    """

    printed: str
    meaning: str
    value: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_at: str = ""


@dataclass(frozen=True)
class Ignored:
    """A printed text that a person decided is no country, or is to be left out."""

    printed: str
    decision: Decision

    @property
    def leaves_out(self) -> bool:
        """Whether the text is to be left out with all that hangs on it."""
        return self.decision.meaning == "leave-out"


def decisions(aliases: pd.DataFrame) -> tuple[Decision, ...]:
    """The rows of table `aliases` of `geo.schemas` as decisions, oldest first."""
    columns = [aliases[name].fillna("").astype(str) for name in Decision.__dataclass_fields__]
    return tuple(Decision(*row) for row in zip(*columns, strict=True))


def by_key(
    taken: Iterable[Decision], units: Container[str], regions: Container[str]
) -> dict[str, Decision]:
    """Return the last decision about each name, by the `key` of its printed text.

    `units` holds the ISO codes there are, `regions` the keys of the regions. Raises DataError for
    a decision of any meaning that says nothing of what is known, naming its text and value.
    """
    last = {}
    for decision in taken:
        check(decision, units, regions)
        if decision.meaning in NAMES:
            last[decided_key(decision.printed)] = decision
    return last


def decided_key(printed: str) -> str:
    """The `key` of a text, and whether its author was in doubt.

    Neither "Malawi?" nor "(Malawi)" is "Malawi".
    """
    return key(printed) + "?" * ("?" in printed) + "()" * in_brackets(printed)


def in_brackets(printed: str) -> bool:
    """Whether a text is one bracket, closed or not."""
    return bool(_IN_BRACKETS.fullmatch(printed))


def of_meaning(taken: Iterable[Decision], meaning: str) -> dict[str, Decision]:
    """Return the last decision of one meaning about each text, by the `key` of the text."""
    return {key(each.printed): each for each in taken if each.meaning == meaning}


def check(decision: Decision, units: Container[str], regions: Container[str]) -> None:
    """Raise DataError for a decision that says nothing of what is known; see `by_key`."""
    value = decision.value
    known = {
        "country": value in units,
        "countries": bool(value.split()) and all(iso3 in units for iso3 in value.split()),
        "region": key(value) in regions,
        "organisation": value in ("", *ORGANISATIONS),
        "column": value in COLUMNS,
        "not-a-country": True,
        "leave-out": True,
        "as-it-is": True,
    }
    if not key(decision.printed):
        raise DataError("decision_without_word", "decisions", printed=decision.printed)
    if decision.meaning not in known:
        printed, meaning = decision.printed, decision.meaning
        raise DataError("decision_without_meaning", "decisions", printed=printed, meaning=meaning)
    if not known[decision.meaning]:
        raise DataError(
            "decision_unknown",
            "decisions",
            printed=decision.printed,
            meaning=decision.meaning,
            wanted=value,
        )
