"""Kinds of columns, and the words that may stand in them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pandera.pandas as pa

ORGANISATIONS = ("NP", "KMar", "GPI")
NOT_STATED = ""  # an organisation the row does not print; kept as a value of its own
NOT_STATED_WORD = "not-stated"  # how people write it, in a link, a file or a command
KINDS = ("LO", "FILO", "multilateral")
BASES = ("named", "host", "region")
MATCHES = ("code", "name", "alias", "spelling", "region", "host", "hand")
TOPICS = ("placement", "channel", "task", "mission", "relation")  # of a statement
LEADS = ("EU", "OSCE", "UN", "NATO", "coalition")
CONTRIBUTORS = ("NLD", "BEL")  # who sends police to a mission
# Of a number by month; an `impossible` one is kept out of everything.
CAUTIONS = ("between_equal", "outlier", "row_missing", "impossible")
# What another public source says of a mission.
SAYS = ("begins", "present", "ends", "closed", "plan", "flow")

ISO3 = r"^[A-Z]{3}$"
ISO3_LIST = r"^([A-Z]{3}( [A-Z]{3})*)?$"


def text(pattern: str | None = None, required: bool = True, **keywords: Any) -> pa.Column:
    """Text, of a given form where `pattern` says so."""
    checks = [pa.Check.str_matches(pattern)] if pattern else []
    if required:
        checks.append(pa.Check.str_length(min_value=1))
    return pa.Column(str, checks, nullable=not required, **keywords)


def real_date(value: str) -> bool:
    """A year, a month of a year or a day, as in ISO 8601, that the calendar has."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value, re.ASCII):
        return False
    try:
        dt.date.fromisoformat(value + "-01" * ((10 - len(value)) // 3))
    except ValueError:
        return False
    return True


def date(required: bool = True) -> pa.Column:
    """A date as precise as the document prints it: year, month or day."""
    check = pa.Check(real_date, element_wise=True, name="real_date")
    return pa.Column(str, check, nullable=not required)


def choice(*values: str, required: bool = True) -> pa.Column:
    """One of a fixed set of words."""
    return pa.Column(str, pa.Check.isin(values), nullable=not required)


def number(low: float, high: float, required: bool = True) -> pa.Column:
    """A number within bounds, both included."""
    return pa.Column(float, pa.Check.in_range(low, high), nullable=not required, coerce=True)


def count(required: bool = True, low: int = 0, **keywords: Any) -> pa.Column:
    """A whole number, at least `low`."""
    return pa.Column("Int64", pa.Check.ge(low), nullable=not required, coerce=True, **keywords)


def flag() -> pa.Column:
    """True or false."""
    return pa.Column(bool)


def table(title: str, key: list[str], columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    """A table with exactly these columns in this order; `key` names a row."""
    return pa.DataFrameSchema(columns, unique=key, strict=True, ordered=True, title=title)


ISO3_COLUMN = text(ISO3)
PLACE = {"document": text(), "table": text(), "table_row": count(low=1)}
# What `table_row` counts, where it is not always the rows of a table.
COUNTED_PLACE = PLACE | {"counted": choice("row", "paragraph", "question")}
