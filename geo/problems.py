"""What a reading could not settle: kept beside the rows, so that nothing printed is lost."""

from __future__ import annotations

from dataclasses import dataclass

from geo.names import Unresolved


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


def unresolved(
    name: Unresolved, where: str, row: tuple[str, int] | None = None, field: str = ""
) -> Problem:
    """The error for a printed name that is not certainly one country."""
    message = f"No single country: {name.reason}."
    return Problem("error", where, name.printed, message, name.suggestions, row, field)
