"""Numbers as people write them: 1.234,5 and 1,234.5, told apart by the whole column or refused."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geo.errors import DataError, FaultsError

LARGEST = 1e15
_SHOWN = 60
_OTHER = {",": ".", ".": ","}
_POWER = re.compile(r"(-?[0-9](?:[.,][0-9]+)?)[eE]([+-]?[0-9]{1,2})")
# What tables print where there is no figure. A dash, two points and "n/a" are no zero.
_NOTHING = re.compile(
    r"|[-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}.:]+|\N{HORIZONTAL ELLIPSIS}"
    r"|#?n\s?/?\s?a|n\.a\.?|n\.?b\.?|nan|null|none|no data|geen gegevens|onbekend|unknown",
    re.I,
)


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no figure: empty, "..", "n/a", "-" and the like."""
    return bool(_NOTHING.fullmatch(text.strip()))


def numbers(
    texts: Mapping[int, str],
    column: str,
    where: str,
    *,
    places: Mapping[int, tuple[int, str]] | None = None,
    usual: str = "",
) -> dict[int, float]:
    """Row number -> number, of the filled cells of one column; raises DataError for all that fail.

    Comma or point may mark the decimals, the other one thousands, the same way in every cell. A
    column in which each mark may be either ("1.234" and nothing else) is refused, unless the file
    is of a kind of which the `usual` mark for decimals is known and no cell holds the other one.
    A per cent sign stands behind every number or behind none. `places` names row and column of the
    keys, where these are not the rows of `column`.

    >>> numbers({2: "1.234,5", 3: "12"}, "requests", "file.csv")
    {2: 1234.5, 3: 12.0}
    """
    faults: list[DataError] = []

    def refuse(code: str, key: int) -> None:
        row, name = places[key] if places else (key, column)
        faults.append(DataError(code, where, row, name, texts[key][:_SHOWN]))

    plain = {
        key: re.sub(r"\s", "", text).replace("\N{MINUS SIGN}", "-") for key, text in texts.items()
    }
    shares = {key for key, text in plain.items() if text.endswith("%")}
    plain = {key: text.removesuffix("%") for key, text in plain.items()}
    for key, text in plain.items():
        if not re.fullmatch(r"-?[0-9]+([.,][0-9]+)*", text) and not _POWER.fullmatch(text):
            refuse("figure_no_number", key)
    if shares and len(shares) < len(plain):
        few = shares if 2 * len(shares) <= len(plain) else plain.keys() - shares
        for key in sorted(few):
            refuse("some_per_cent", key)
    if faults:
        raise FaultsError.of(faults)
    proven = {mark for text in plain.values() if (mark := _decimal(text))}
    doubted = [key for key, text in plain.items() if not text.lstrip("-").isdigit()]
    if not proven and usual and not any(_OTHER[usual] in text for text in plain.values()):
        proven = {usual}
    if not proven and doubted:
        refuse("number_in_two_ways", doubted[0])
        raise FaultsError.of(faults)
    mark = min(proven, default=".")
    values = {}
    for key, text in plain.items():
        value = _number(text, mark)
        if value is None:
            refuse("column_in_two_ways", key)
        elif abs(value) > LARGEST:
            refuse("figure_out_of_range", key)
        else:
            values[key] = value
    if faults:
        raise FaultsError.of(faults)
    return values


def _decimal(text: str) -> str:
    """The sign that must mark the decimals in `text`; '' where it does not tell."""
    marks = re.findall("[.,]", text)
    if not marks:
        return ""
    if _POWER.fullmatch(text):
        return str(marks[0])
    if len(marks) > 1:  # "1.234,5" and "1.234.567": the first one is for thousands
        return _OTHER[marks[0]]
    whole, _, rest = text.lstrip("-").partition(marks[0])
    is_thousand = len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0")
    return "" if is_thousand else str(marks[0])


def _number(text: str, separator: str) -> float | None:
    """The number where `separator` is for decimals; None where the text is not written so."""
    if power := _POWER.fullmatch(text):
        if _OTHER[separator] in power[1]:
            return None
        return float(f"{power[1].replace(separator, '.')}e{power[2]}")
    other = re.escape(_OTHER[separator])
    grouped = rf"-?[0-9]{{1,3}}({other}[0-9]{{3}})+|-?[0-9]+"
    if not re.fullmatch(rf"({grouped})({re.escape(separator)}[0-9]+)?", text):
        return None
    return float(text.replace(_OTHER[separator], "").replace(separator, "."))
