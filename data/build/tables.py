"""Reads the hand-edited tables and writes the built ones: plain CSV, nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.build.errors import BuildError

FOLDER = Path(__file__).parent / "tables"
NOT_UNITS = Path(__file__).parents[1] / "reference" / "not_units.csv"


def read(name: str, numbers: tuple[str, ...] = ()) -> pd.DataFrame:
    """The hand-edited table `name`, every cell as text except the columns in `numbers`.

    Namibia's "NA" stays text; an empty cell in a number column becomes NaN.
    """
    frame = read_file(FOLDER / f"{name}.csv")
    for column in numbers:
        frame[column] = pd.to_numeric(frame[column].where(frame[column] != ""))
    return frame


def drawn_without_unit() -> set[str]:
    """The codes of shapes that are drawn and are no unit, see `not_units.csv`."""
    frame = read_file(NOT_UNITS)
    return set(frame.loc[frame["drawn"] == "true", "code"])


def read_file(path: Path) -> pd.DataFrame:
    """Any table, every cell as text. Raises BuildError where it cannot be read."""
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise BuildError(f"{path} cannot be read as a table: {error}") from error


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write `frame` as CSV with Unix line ends and lower-case true and false."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = frame.copy()
    for column in frame.select_dtypes(bool).columns:
        written[column] = frame[column].map({True: "true", False: "false"})
    written.to_csv(path, index=False, lineterminator="\n")
