"""What a reading could not settle: kept beside the rows, so that nothing printed is lost.

A problem is a code with parameters. Whoever shows it words it: the texts stand under
`problem.<code>` in the files of a language, with a gap for each parameter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.names.decisions import Decision, Ignored
from geo.names.outcomes import Match, Region, Unresolved

Value = str | int | float | tuple[str, ...]
Params = Mapping[str, Value]
NOTHING: Params = {}
# Parameters that hold ISO codes of units, one or with spaces between; readers see their names.
UNITS = frozenset({"country", "countries", "host"})


@dataclass(frozen=True)
class Where:
    """Where something stands: in a table, or in another `part` of what was read.

    `part` is one of PARTS and `name` what it is called: the title of a table as the facts keep it,
    the name of a sheet, a file or one of our own tables, the number of a page; the running text has
    none. `row` counts from 1 in the table, None for all of it; `column` is one of our own tables'.
    """

    name: str
    row: int | None = None
    column: str = ""
    part: str = "table"

    def __str__(self) -> str:
        """The place in English, for a record of a reading and for errors."""
        kind = {"data": "table ", "sheet": "sheet ", "page": "page "}.get(self.part, "")
        row = "" if self.row is None else f", row {self.row}"
        column = f", column {self.column}" if self.column else ""
        return f"{kind}{self.name or 'text'}{row}{column}"


PARTS = ("table", "data", "sheet", "page", "text", "file")  # "data": one of our own tables
TEXT = Where("", part="text")


@dataclass(frozen=True)
class Problem:
    """One doubt about one printed text.

    `severity` is error (a person must settle it before the release counts) or warning; `code` says
    what is the matter and `params` with what, `where` in what table and row; `suggestions` are ISO
    codes or texts to choose from. `row` is the (kind, row) of the posting in doubt, or ("mission",
    row) of the deployment, None where the doubt is about no single row; `field` is the column of
    `geo.schemas` that a person would correct ("host", "organisation", "city", "areas", ...;
    "countries" for the accreditations of a posting), empty where a correction of one cell settles
    nothing.
    """

    severity: str
    code: str
    where: Where
    printed: str = ""
    params: Params = field(default_factory=dict, hash=False)
    suggestions: tuple[str, ...] = ()
    row: tuple[str, int] | None = None
    field: str = ""

    @property
    def about_name(self) -> bool:
        """Whether the doubt is what a printed name stands for, so that a decision settles it."""
        return self.code == "no_country"


@dataclass(frozen=True)
class Place:
    """Where a row stands, and its key: what every problem about the row has in common."""

    where: Where
    row: tuple[str, int] | None = None

    def error(
        self,
        code: str,
        printed: str,
        field: str = "",
        suggestions: tuple[str, ...] = (),
        params: Params = NOTHING,
    ) -> Problem:
        """What a person must settle."""
        return Problem("error", code, self.where, printed, params, suggestions, self.row, field)

    def warning(
        self,
        code: str,
        printed: str,
        field: str = "",
        suggestions: tuple[str, ...] = (),
        params: Params = NOTHING,
    ) -> Problem:
        """What a person should know."""
        return Problem("warning", code, self.where, printed, params, suggestions, self.row, field)

    def problems_of(self, name: Match | Region | Ignored | Unresolved, field: str) -> list[Problem]:
        """What there is to say of one name: open, respelt, or settled by a decision."""
        params: Params
        if isinstance(name, Unresolved):
            params = {"reason": name.reason, **dict(name.note)}
            return [self.error("no_country", name.printed, field, name.suggestions, params)]
        if isinstance(name, Ignored):
            params = {"name": name.printed, **decided(name.decision)}
            return [self.warning("name_left_out", name.printed, field, params=params)]
        value = name.iso3 if isinstance(name, Match) else name.name
        if name.decision:
            one = isinstance(name, Match)
            code = "decided_country" if one else "decided_region"
            params = {"country" if one else "region": value, **decided(name.decision)}
            return [self.warning(code, name.printed, field, (value,), params)]
        if isinstance(name, Match) and name.how == "spelling":
            params = {"country": value, "alike": round(name.score)}
            return [self.warning("misspelling", name.printed, field, (value,), params)]
        return []


def decided(decision: Decision) -> Params:
    """Why something was decided, by whom and on which day, as parameters of a problem."""
    return {
        "meaning": decision.meaning,
        "why": decision.reason,
        "by": decision.decided_by,
        "on": decision.decided_at[:10],
    }
