"""Reads the hand-edited tables and writes the built ones: plain CSV, nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parent / "tables"


def read(name: str, numbers: tuple[str, ...] = ()) -> pd.DataFrame:
    """The hand-edited table `name`, every cell as text except the columns in `numbers`.

    Namibia's "NA" stays text; an empty cell in a number column becomes NaN.
    """
    frame = pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)
    for column in numbers:
        frame[column] = pd.to_numeric(frame[column].where(frame[column] != ""))
    return frame


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write `frame` as CSV with Unix line ends and lower-case true and false."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shown = frame.copy()
    for column in frame.select_dtypes(bool).columns:
        shown[column] = frame[column].map({True: "true", False: "false"})
    shown.to_csv(path, index=False, lineterminator="\n")
