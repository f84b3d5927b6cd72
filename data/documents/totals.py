"""The words that begin the row of a total: "Totaal", "Subtotaal Afrika", "Som", "In totaal 12"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_COUNTED = r"(?:posten|plaatsingen|lo['’]?s|officieren|liaison\s?officers?|functionarissen)"
_TOTAL = re.compile(
    r"(?:in\s+)?(sub[-\s]?|tussen[-\s]?)?"
    r"(?:eind|som\s?|(?:generaal|algemeen|algeheel|alles|grand)\s+)?tota(?:al|len|l)(?:telling)?"
    rf"\b\D*(\d*)\D*|(?:aantal|alle)\s+{_COUNTED}\b\D*(\d*)\D*",
    re.I,
)
# Words that begin other cells too: with numbers alone behind them they are a total.
_SUM = re.compile(
    r"(?:de\s+)?(?:som|sum|summa|samen|tezamen|opgeteld|optelling|opgesomd|gezamenlijk|tot\.|telling|aantal"
    r"|(?:alles\s+)?(?:bij\s+elkaar|bijeen|samen)(?:\s+opgeteld)?|Σ|∑)"
    rf"(?:\s+(?:van\s+)?(?:(?:de|alle|het|aantal)\s+)*{_COUNTED})?\W*(\d*)\W*",
    re.I,
)
# Of a part ("Som Afrika"), where numbers stand in cells of their own.
_SUM_OF = re.compile(r"(?!SOM\b)(?i:som|sum|samen|tezamen|opgeteld)\s+[^\W\d_][^\d|]*")
_NUMBERS = re.compile(r"[\d\s.,]+")
_SOMALIA = "SOM"


@dataclass(frozen=True)
class Total:
    """A total with the number behind its words; `part`: of some of the rows above only."""

    number: str
    part: bool = False


def total_of(first: str, rest: Sequence[str] = ()) -> Total | None:
    """The total that a row prints whose first cell is `first`; `rest` are the other filled cells.

    "SOM" without a number is the code of Somalia.
    """
    first = first.strip()
    if found := _TOTAL.fullmatch(first):
        return Total(found[2] or found[3] or "", bool(found[1]))
    if not all(map(_NUMBERS.fullmatch, rest)) or (first == _SOMALIA and not rest):
        return None
    if found := _SUM.fullmatch(first):
        return Total(found[1])
    return Total("") if rest and _SUM_OF.fullmatch(first) else None


def is_total(line: str) -> bool:
    """Whether a line is the last row of a table: the total of all rows above it."""
    total = total_of(line)
    return line.strip().casefold().startswith("totaal") or bool(total and not total.part)
