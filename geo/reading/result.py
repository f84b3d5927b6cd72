"""What was read from one document: the tables, and everything that stayed in doubt."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo.problems import Problem


@dataclass(frozen=True, eq=False)
class DocumentReading:
    """The frames have the columns of `geo.schemas`, untyped; missing where nothing is stated.

    `total` is the number printed below the missions; `missions_as_of` and `network_as_of` are ISO
    dates, where one is printed. `network` and `missions` say what each table can tell: complete,
    partial or absent; the notes belong to the date of the network. While there are errors the
    frames need not fit their schemas (a mission without a number).
    """

    postings: pd.DataFrame
    accreditations: pd.DataFrame
    deployments: pd.DataFrame
    problems: tuple[Problem, ...]
    total: int | None
    missions_as_of: str | None
    network: str
    missions: str
    network_as_of: str | None = None
    network_note_nl: str | None = None
    network_note_en: str | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What a person must settle before this can be a release."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What a person should know."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")
