"""Builds the two small files that the map reads beside the shapes: `python -m dashboard.map_files`.

`classes.json` is what `theme.py` says about drawing, `units.json` what `units.csv` says about
names and label points. Both are committed; a test fails when they lag behind their source.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard import theme

FOLDER = Path(__file__).parent / "static" / "map"
UNITS = Path(__file__).parent.parent / "data" / "reference" / "units.csv"


def classes() -> dict[str, Any]:
    """Style class -> [fill, outline, width in px, drawing order], patterns and single colours."""
    styles = {key: [theme.fill(key), *theme.OUTLINES[key.split("-")[0]]] for key in theme.classes()}
    return {
        "styles": styles,
        "defs": "".join(theme.pattern(key) for key in theme.classes()),
        # What a disc may show: officers of an organisation, or of a mission.
        "dark": {theme.code(key): colour for key, colour in theme.DARK.items()}
        | {theme.IN_MISSION: theme.MISSION_MARK},
        "light": {theme.code(key): colour for key, colour in theme.LIGHT.items()},
        "filo": theme.LINK,
    }


def units(table: pd.DataFrame) -> dict[str, list[Any]]:
    """iso3 -> [Dutch name, English name, label latitude, label longitude, 1 when tiny]."""
    return {
        str(row["iso3"]): [
            row["name_nl"],
            row["name_en"],
            round(float(row["label_lat"]), 2),
            round(float(row["label_lon"]), 2),
            int(row["tiny"]),
        ]
        for row in table.to_dict("records")
    }


def files(table: pd.DataFrame) -> dict[str, str]:
    """File name -> text, one country or class per line, so that a change reads well in a diff."""
    return {
        name: json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"')
        + "\n"
        for name, content in (("classes.json", classes()), ("units.json", units(table)))
    }


def main() -> None:
    """Write both files into `dashboard/static/map/`."""
    table = pd.read_csv(UNITS, keep_default_na=False)
    for name, text in files(table).items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
