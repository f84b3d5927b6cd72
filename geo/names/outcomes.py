"""What a printed name becomes, see `geo.names.resolver`; who takes it on need not look names up."""

from __future__ import annotations

from dataclasses import dataclass

from geo.names.decisions import Decision


@dataclass(frozen=True)
class Match:
    """One printed name that stands for one unit.

    `how` is one of code, name, alias, spelling (or region and host, see `geo.reading.posting`);
    `score` is 100 for a certain name and the similarity in per cent for a misspelling;
    `decision` is what a person decided about this text, where one did.
    """

    iso3: str
    how: str
    score: float
    printed: str
    decision: Decision | None = None


@dataclass(frozen=True)
class Region:
    """One printed region, with the units it stands for (see the table `regions`)."""

    name: str
    members: tuple[str, ...]
    printed: str
    decision: Decision | None = None


@dataclass(frozen=True)
class Unresolved:
    """A printed name that a person must settle; `suggestions` are ISO codes, likeliest first.

    `reason` is one of `geo.names.resolver.REASONS`; an ambiguous name has `note`, what the table
    says of it in either language, by the name of its column.
    """

    printed: str
    reason: str
    suggestions: tuple[str, ...] = ()
    note: tuple[tuple[str, str], ...] = ()
