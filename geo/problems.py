"""What a reading could not settle: kept beside the rows, so that nothing printed is lost."""

from __future__ import annotations

from dataclasses import dataclass

from geo.decisions import Ignored
from geo.names import Match, Region, Unresolved


@dataclass(frozen=True)
class Problem:
    """One doubt about one printed text.

    `severity` is error (a person must settle it before the release counts) or warning;
    `where` names table and row; `suggestions` are ISO codes or texts to choose from. `row` is the
    (kind, row) of the posting in doubt, or ("mission", row) of the deployment, None where the doubt
    is about no single row; `field` is the column of `geo.schemas` that a person would correct
    ("host", "organisation", "city", "areas", ...; "countries" for the accreditations of a posting),
    empty where a correction of one cell settles nothing.
    """

    severity: str
    where: str
    printed: str
    message: str
    suggestions: tuple[str, ...] = ()
    row: tuple[str, int] | None = None
    field: str = ""

    @property
    def about_name(self) -> bool:
        """Whether the doubt is what a printed name stands for, so that a decision settles it."""
        return self.message.startswith(_NO_COUNTRY)


_NO_COUNTRY = "No single country: "


def unresolved(
    name: Unresolved, where: str, row: tuple[str, int] | None = None, field: str = ""
) -> Problem:
    """The error for a printed name that is not certainly one country."""
    message = f"{_NO_COUNTRY}{name.reason}."
    return Problem("error", where, name.printed, message, name.suggestions, row, field)


@dataclass(frozen=True)
class Place:
    """Where a row stands, in words, and its key: what every problem about the row has in common."""

    where: str
    row: tuple[str, int] | None = None

    def error(
        self, printed: str, message: str, field: str = "", suggestions: tuple[str, ...] = ()
    ) -> Problem:
        """What a person must settle."""
        return Problem("error", self.where, printed, message, suggestions, self.row, field)

    def warning(
        self, printed: str, message: str, field: str = "", suggestions: tuple[str, ...] = ()
    ) -> Problem:
        """What a person should know."""
        return Problem("warning", self.where, printed, message, suggestions, self.row, field)

    def doubts(self, name: Match | Region | Ignored | Unresolved, field: str) -> list[Problem]:
        """What there is to say of one name: open, respelt, or settled by a decision."""
        if isinstance(name, Unresolved):
            return [unresolved(name, self.where, self.row, field)]
        if isinstance(name, Ignored):
            message = f"Left out of the list: {name.printed} ({name.decision.why}),"
            return [self.warning(name.printed, f"{message} {name.decision.by_whom}.", field)]
        value = name.iso3 if isinstance(name, Match) else name.name
        if name.decision:
            message = f"Read as {value}, as {name.decision.by_whom}."
            return [self.warning(name.printed, message, field, (value,))]
        if isinstance(name, Match) and name.how == "spelling":
            message = f"Read as {value}: a misspelling ({name.score:.0f} % alike)."
            return [self.warning(name.printed, message, field, (value,))]
        return []
