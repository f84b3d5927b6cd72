"""Makes `data/reference/names.csv`: every certain name of every unit.

Names come from CLDR (through babel) in Dutch, English, French and German, ISO 3166-1 codes from
the table of units, and reviewed short, old and other names from `tables/aliases.csv`.
"""

from __future__ import annotations

import sys

import pandas as pd
from babel import Locale

from data.build import tables
from data.build.errors import BuildError
from data.load import REFERENCE

LANGUAGES = ("nl", "en", "fr", "de")
CLDR_CODES = {"XKX": "XK"}  # CLDR's own code for Kosovo; ISO has none


def build(units: pd.DataFrame, aliases: pd.DataFrame) -> pd.DataFrame:
    """Table `names` of `geo.schemas`. Raises BuildError when an alias names an unknown unit."""
    unknown = set(aliases["iso3"]) - set(units["iso3"])
    if unknown:
        raise BuildError(f"tables/aliases.csv: no such unit: {', '.join(sorted(unknown))}")
    rows: list[tuple[str, str, str, str, str]] = []
    columns = ("iso3", "iso2", "name_nl", "name_en")
    for iso3, iso2, name_nl, name_en in units[list(columns)].astype(str).to_numpy().tolist():
        rows.append((iso3, name_nl, "nl", "name", "Liaisonatlas"))
        rows.append((iso3, name_en, "en", "name", "Liaisonatlas"))
        rows.extend((iso3, code, "", "code", "ISO 3166-1") for code in (iso3, iso2) if code)
        territory = CLDR_CODES.get(iso3, iso2)
        for language in LANGUAGES:
            name = Locale(language).territories.get(territory) if territory else None
            if name:
                rows.append((iso3, name, language, "name", "CLDR"))
    reviewed = aliases[["iso3", "name", "language", "kind"]].astype(str).to_numpy().tolist()
    rows.extend((*row, "Liaisonatlas") for row in reviewed)
    names = pd.DataFrame(rows, columns=["iso3", "name", "language", "kind", "source"])
    # CLDR first, then our own: a name that both know is cited from CLDR.
    names = names.sort_values(["iso3", "name", "source"]).drop_duplicates(["iso3", "name"])
    return names.sort_values(["iso3", "kind", "language", "name"]).reset_index(drop=True)


def main() -> int:
    """Read the committed tables and write the names beside them."""
    try:
        names = build(tables.read_file(REFERENCE / "units.csv"), tables.read("aliases"))
    except BuildError as error:
        print(f"build stopped, nothing written: {error}", file=sys.stderr)
        return 1
    tables.write(names, REFERENCE / "names.csv")
    return 0


if __name__ == "__main__":
    sys.exit(main())
