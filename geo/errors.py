"""The one error that speaks of bad data: where it is, what stands there, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class DataError(Exception):
    """Data that cannot be used, described for the person who must mend it.

    `where` names the file, release or document; `row` is the line as a spreadsheet counts it
    (the header is row 1); `value` is what stands there. A page words these parts in its own
    language, so `reason` and `advice` are the only English sentences in it.
    """

    where: str
    reason: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    advice: str = "Correct it there, or restore the file from version control."

    def __str__(self) -> str:
        place = [self.where]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        shown = "" if self.value is None else f" (found {self.value!r})"
        return f"{', '.join(place)}: {self.reason}{shown}. {self.advice}"


@dataclass
class FaultsError(DataError):
    """Several places of one file that cannot be used, named at once; `each` in their order.

    Its own parts are those of the first.
    """

    each: tuple[DataError, ...] = ()

    @classmethod
    def of(cls, faults: Sequence[DataError]) -> DataError:
        """The fault itself where there is one, else all of them together."""
        if len(faults) == 1:
            return faults[0]
        first = faults[0]
        parts = (first.where, first.reason, first.row, first.column, first.value, first.advice)
        return cls(*parts, each=tuple(faults))

    def __str__(self) -> str:
        return "\n".join(map(str, self.each))


def by_file(error: DataError) -> tuple[DataError, ...]:
    """The faults that an error names: one, or several of a file."""
    return error.each if isinstance(error, FaultsError) else (error,)


@dataclass
class LimitError(DataError):
    """Limits of a reader that nothing can meet: a `code` with `params`, which a page words.

    The texts of the codes stand under `limit.<code>` in the files of a language; `reason` and
    `advice` say the same in English.
    """

    code: str = ""
    params: Mapping[str, str | int | float | tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, code: str, reason: str, advice: str, **params: str | int | float | tuple[str, ...]
    ) -> LimitError:
        """The error of that code; what the limits are about is its place."""
        value = ", ".join(f"{name} {each}" for name, each in params.items()) or None
        return cls("limits", reason, value=value, advice=advice, code=code, params=params)
