"""The one error that speaks of bad data: what is the matter, where it is, what stands there.

An error is a code with parameters, as `geo.problems` has them. Whoever shows it words it: why and
what to do stand under `error.<code>` in the files of a language, with a gap for each parameter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

# A parameter may be another error, of which this one is the consequence.
Value: TypeAlias = "str | int | float | tuple[str, ...] | DataError"


@dataclass(init=False)
class DataError(Exception):
    """Data that cannot be used, described for the person who must mend it.

    `where` names the file, release or document; `row` is the line as a spreadsheet counts it
    (the header is row 1); `value` is what stands there.
    """

    code: str
    where: str
    row: int | None
    column: str | None
    value: str | None
    params: Mapping[str, Any]

    def __init__(
        self,
        code: str,
        where: str,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        **params: Value,
    ) -> None:
        super().__init__(code, where)
        self.code, self.where = code, where
        self.row, self.column, self.value = row, column, value
        self.params = params

    def __str__(self) -> str:
        """Place, code and parameters in one line, for logs and notebooks."""
        place = [self.where]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        there = "" if self.value is None else f" (found {self.value!r})"
        params = "".join(f", {name}={_plain(value)!r}" for name, value in self.params.items())
        return f"{', '.join(place)}: {self.code}{there}{params}"

    def placed(
        self,
        where: str,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> DataError:
        """Return the same fault with its place named anew; a part that is None stays as it was."""
        return DataError(
            self.code,
            where,
            self.row if row is None else row,
            self.column if column is None else column,
            self.value if value is None else value,
            **self.params,
        )


class FaultsError(DataError):
    """Several places of one file that cannot be used, named at once; `each` in their order.

    Its own parts are those of the first.
    """

    def __init__(self, faults: Sequence[DataError]) -> None:
        first = faults[0]
        parts = (first.code, first.where, first.row, first.column, first.value)
        super().__init__(*parts, **first.params)
        self.each = tuple(faults)

    @classmethod
    def of(cls, faults: Sequence[DataError]) -> DataError:
        """The fault itself where there is one, else all of them together."""
        return faults[0] if len(faults) == 1 else cls(faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.each))


def by_file(error: DataError) -> tuple[DataError, ...]:
    """The faults that an error names: one, or several of a file."""
    return error.each if isinstance(error, FaultsError) else (error,)


class BroughtFileError(DataError):
    """A fault in a file that a person brought to be stored: they correct it and bring it again."""

    @classmethod
    def of(cls, error: DataError) -> DataError:
        """The same fault, of such a file; several faults at once stay as they are."""
        if isinstance(error, FaultsError):
            return error
        place = (error.where, error.row, error.column, error.value)
        return cls(error.code, *place, **error.params)


class LimitError(DataError):
    """Limits of a reader that nothing can meet."""

    def __init__(self, code: str, **params: Value) -> None:
        super().__init__(code, "limits", None, None, None, **params)


def _plain(value: Value) -> object:
    return value.code if isinstance(value, DataError) else value
