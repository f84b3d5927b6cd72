"""Kinds of columns, and the words that may stand in them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True)
class Column:
    """What may stand in a column; `dtype` is a type of pandas.

    A text has the form of `pattern`, is one of `words`, is a date (`dated`); a number is at least
    `low` and at most `high`. A cell may be missing where the column is `nullable`. No two cells of
    a `unique` column are the same. `geo.schemas.validation` holds a frame against this.
    """

    dtype: Literal["str", "Int64", "float64", "bool"]
    nullable: bool = False
    pattern: str = ""
    words: tuple[str, ...] = ()
    dated: bool = False
    low: float | None = None
    high: float | None = None
    unique: bool = False


@dataclass(frozen=True)
class Table:
    """A table with exactly these columns in this order; the cells of `key` name a row."""

    title: str
    key: tuple[str, ...]
    columns: dict[str, Column]


def text(pattern: str = "", required: bool = True) -> Column:
    """Text, of a given form where `pattern` says so."""
    return Column("str", nullable=not required, pattern=pattern)


def real_date(value: str) -> bool:
    """A year, a month of a year or a day, as in ISO 8601, that the calendar has."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value, re.ASCII):
        return False
    try:
        dt.date.fromisoformat(value + "-01" * ((10 - len(value)) // 3))
    except ValueError:
        return False
    return True


def date(required: bool = True) -> Column:
    """A date as precise as the document prints it: year, month or day."""
    return Column("str", nullable=not required, dated=True)


def choice(*values: str, required: bool = True) -> Column:
    """One of a fixed set of words."""
    return Column("str", nullable=not required, words=values)


def number(low: float, high: float, required: bool = True) -> Column:
    """A number within bounds, both included."""
    return Column("float64", nullable=not required, low=low, high=high)


def count(required: bool = True, low: int = 0, unique: bool = False) -> Column:
    """A whole number, at least `low`."""
    return Column("Int64", nullable=not required, low=low, unique=unique)


def flag() -> Column:
    """True or false."""
    return Column("bool")


def table(title: str, key: list[str], columns: dict[str, Column]) -> Table:
    """A table with exactly these columns in this order; `key` names a row."""
    return Table(title, tuple(key), columns)


ISO3_COLUMN = text(ISO3)
PLACE = {"document": text(), "table": text(), "table_row": count(low=1)}
# What `table_row` counts, where it is not always the rows of a table.
COUNTED_PLACE = PLACE | {"counted": choice("row", "paragraph", "question")}
