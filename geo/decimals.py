"""Numbers as people write them: 1.234,5 and 1,234.5, told apart by the whole column or refused."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geo.errors import DataError

LARGEST = 1e15
_SHOWN = 60
_OTHER = {",": ".", ".": ","}


def numbers(texts: Mapping[int, str], column: str, where: str) -> dict[int, float]:
    """Row number -> number, of the filled cells of one column; raises DataError.

    Comma or point may mark the decimals, the other one thousands, the same way in every cell. A
    column in which each mark may be either ("1.234" and nothing else) is refused.

    >>> numbers({2: "1.234,5", 3: "12"}, "requests", "file.csv")
    {2: 1234.5, 3: 12.0}
    """
    plain = {
        row: re.sub(r"\s", "", text).replace("\N{MINUS SIGN}", "-") for row, text in texts.items()
    }
    for row, text in plain.items():
        if not re.fullmatch(r"-?[0-9]+([.,][0-9]+)*", text):
            advice = "Write digits only, or leave the cell empty where it is not known."
            shown = texts[row][:_SHOWN]
            raise DataError(where, "the value is not a number", row, column, shown, advice)
    proven = {mark for text in plain.values() if (mark := _decimal(text))}
    if not proven:
        for row in [row for row, text in plain.items() if not text.lstrip("-").isdigit()][:1]:
            reason = "the number can be read in two ways: thousands or decimals"
            advice = "Write it without a mark for thousands, and decimals with 1, 2 or 4 digits."
            raise DataError(where, reason, row, column, plain[row][:_SHOWN], advice)
    mark = min(proven, default=".")
    return {row: _number(text, mark, (where, row, column)) for row, text in plain.items()}


def _decimal(text: str) -> str:
    """The sign that must mark the decimals in `text`; '' where it does not tell."""
    marks = re.findall("[.,]", text)
    if not marks:
        return ""
    if len(marks) > 1:  # "1.234,5" and "1.234.567": the first one is for thousands
        return _OTHER[marks[0]]
    whole, _, rest = text.lstrip("-").partition(marks[0])
    is_thousand = len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0")
    return "" if is_thousand else str(marks[0])


def _number(text: str, mark: str, at: tuple[str, int, str]) -> float:
    where, row, column = at
    other = re.escape(_OTHER[mark])
    grouped = rf"-?[0-9]{{1,3}}({other}[0-9]{{3}})+|-?[0-9]+"
    if not re.fullmatch(rf"({grouped})({re.escape(mark)}[0-9]+)?", text):
        advice = "Write every number of the column the same way."
        reason = "the column writes numbers in two ways"
        raise DataError(where, reason, row, column, text[:_SHOWN], advice)
    value = float(text.replace(_OTHER[mark], "").replace(mark, "."))
    if abs(value) > LARGEST:
        advice = "Use a larger unit, such as millions."
        raise DataError(where, "the number is out of range", row, column, text[:_SHOWN], advice)
    return value
