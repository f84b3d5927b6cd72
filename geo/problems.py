"""What a reading could not settle: kept beside the rows, so that nothing printed is lost."""

from __future__ import annotations

from dataclasses import dataclass

from geo.names import Unresolved


@dataclass(frozen=True)
class Problem:
    """One doubt about one printed text.

    `severity` is error (a person must settle it before the release counts) or warning;
    `where` names table and row; `suggestions` are ISO codes or texts to choose from.
    """

    severity: str
    where: str
    printed: str
    message: str
    suggestions: tuple[str, ...] = ()


def unresolved(name: Unresolved, where: str) -> Problem:
    """The error for a printed name that is not certainly one country."""
    return Problem(
        "error", where, name.printed, f"No single country: {name.reason}.", name.suggestions
    )
