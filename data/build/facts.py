"""Makes the committed facts of the annexes by reading the documents with the product's own reader.

`python -m data.build.facts FOLDER` where FOLDER holds `sources/` (the documents as text) and
`history/`. The documents are not committed; what is read from them is, so that a reader's
mistake shows up as a difference. The 2013 release is a letter without a table and was written
by hand from its paragraphs (the list of tasks counted as one paragraph).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from data.build import police, tables
from data.build.errors import BuildError
from data.documents import text
from data.documents.reading import read_cells, resolver
from data.load import REFERENCE
from geo.names.outcomes import Match, Region

ANNEXES = {
    "bijlage-2025-11": "bijlage_2025-11_internationaal_liaisons-en-missies.txt",
    "bijlage-2023-12": "bijlage_2023-12_internationaal_missies.txt",
}
HISTORY = "missions_2001-2016.csv"
HISTORY_PLACE = {"document": "clingendael-2016", "table": "appendix F"}
_LEADS = {"EU": "EU", "OVSE": "OSCE", "VN": "UN", "UN": "UN", "NAVO": "NATO"}


def read_history(printed: pd.DataFrame) -> pd.DataFrame:
    """Table `mission_history` from the printed table; unknown years stay empty.

    Raises BuildError where a printed country is no single unit.
    """
    names = resolver()
    rows = []
    for number, row in enumerate(printed.itertuples(), start=1):
        place = names.resolve(str(row.country_as_printed).partition(" (")[0])
        if not isinstance(place, Match | Region):
            raise BuildError(f"{HISTORY}, row {number + 1}: {place.printed!r} is no single unit")
        areas = place.members if isinstance(place, Region) else (place.iso3,)
        rows.append(
            {
                "row": number,
                "mission": row.mission,
                "country_printed": row.country_as_printed,
                "areas": " ".join(sorted(areas)),
                "start_year": _year(row.start_year),
                "start_printed": row.start_year,
                "end_year": _year(row.end_year),
                "end_printed": row.end_year,
                "lead_organisation": _LEADS[str(row.lead_organisation)],
                "lead_printed": row.lead_organisation,
                "tasks": row.tasks,
                "max_deployed": row.max_deployed,
                "source_url": row.source_url,
                **HISTORY_PLACE,
                "table_row": number,
            }
        )
    return pd.DataFrame(rows)


def _year(printed: object) -> str:
    return str(printed) if str(printed).isdigit() else ""


def make(folder: Path, into: Path) -> list[str]:
    """Read every document in `folder` and write its tables under `into`; returns the doubts.

    Nothing is written before all of it is read. Raises BuildError where something is not there or
    not certain.
    """
    frames: dict[Path, pd.DataFrame] = {}
    doubts = []
    for release, name in ANNEXES.items():
        reading = read_cells(release, text.read(_text(folder / "sources" / name)))
        for table in ("postings", "accreditations", "deployments"):
            frames[Path("releases", release, f"{table}.csv")] = getattr(reading, table)
        doubts += [
            f"{release}: {problem.severity}: {problem.where}: {problem.printed!r}: "
            f"{problem.code} {dict(problem.params)} {' '.join(problem.suggestions)}"
            for problem in reading.problems
        ]
    history = read_history(tables.read_file(folder / "history" / HISTORY))
    frames[Path("mission_history.csv")] = history
    monthly = tables.read_file(folder / "history" / police.FILE)
    frames[Path("un_police.csv")] = police.read_police(monthly)
    for path, frame in frames.items():
        if not frame.empty:
            tables.write(frame, into / path)
    return doubts


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BuildError(f"{path} cannot be read as text: {error}") from error


def main() -> int:
    """Parse the command line, read the documents, and print what stayed in doubt."""
    parser = argparse.ArgumentParser(prog="python -m data.build.facts", description=make.__doc__)
    parser.add_argument("folder", type=Path, help="holds sources/ and history/")
    try:
        print(*make(parser.parse_args().folder, REFERENCE), sep="\n")
    except BuildError as error:
        print(f"build stopped, nothing written: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
