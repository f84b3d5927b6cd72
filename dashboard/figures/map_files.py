"""Build the four small files that the map reads: `python -m dashboard.figures.map_files`.

`classes.json` is what `theme.py` says about drawing and `not_units.csv` about land that is no unit,
`units.json` what `units.csv` says about names and label points, `words.json` what the map says in
each language, `outlines.json` the shapes of `world.json` as they lie on the map of the world. They
are committed; a test fails when they lag behind their source.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dashboard import theme
from dashboard.exports.map_plane import edge, equal_earth, shapes
from dashboard.figures import labelling
from dashboard.figures.maps import WORDS
from dashboard.figures.views import FRAMES
from dashboard.i18n import LANGUAGES, texts_of

FOLDER = Path(__file__).parents[1] / "static" / "map"
REFERENCE = Path(__file__).parents[2] / "data" / "reference"


def classes(not_units: pd.DataFrame) -> dict[str, Any]:
    """Look -> [fill, outline, width in px, drawing order], and colours, for light pages and dark.

    `ground` has the land where nobody lives: code -> names and label point.
    """
    drawn = not_units[not_units["drawn"] == "true"]
    patterns = "".join(theme.pattern(key) for key in theme.classes())
    return {
        "day": _palette(dark=False),
        "night": _palette(dark=True),
        "ground": {
            str(row["code"]): [
                row["name_nl"],
                row["name_en"],
                round(float(row["label_lat"]), 2),
                round(float(row["label_lon"]), 2),
            ]
            for row in drawn.to_dict("records")
        },
        # How much wider than its unit a name may be, see `labelling`.
        "room": list(labelling.ROOM),
        "defs": patterns + theme.night(patterns).replace('id="', 'id="night-'),
    }


def _palette(dark: bool) -> dict[str, Any]:
    """The colours of a light page or a `dark` one; the patterns of a dark one are `night-…`."""

    def colour(day: str) -> str:
        if day.startswith("url(#"):
            return day.replace("#", "#night-") if dark else day
        return theme.night(day) if dark else day

    outlines = {key: theme.OUTLINES[key.split("-")[0]] for key in theme.classes()}
    styles = {
        key: [colour(theme.fill(key)), colour(edge), width, order]
        for key, (edge, width, order) in outlines.items()
    }
    return {
        "styles": styles | {"ground": [colour(theme.PAPER), colour(theme.COAST), 0.5, -1]},
        # Of officers, and of those in missions: the disc and the number in it.
        "discs": {
            "": [theme.POST, theme.ON_POST],
            theme.IN_MISSION: [colour(theme.MISSION_MARK), colour(theme.PAPER)],
        },
        "ink": colour(theme.INK),
        "filo": colour(theme.LINK),
    }


def units(table: pd.DataFrame) -> dict[str, list[Any]]:
    """iso3 -> [Dutch name, English name, latitude and longitude of its label, 1 when tiny, …].

    Behind these stand its rank and, of a territory, whom it waits for: see `labelling`.
    """
    ranks, waits = labelling.ranks(table), labelling.waits(table)
    return {
        str(row["iso3"]): [
            row["name_nl"],
            row["name_en"],
            round(float(row["label_lat"]), 2),
            round(float(row["label_lon"]), 2),
            int(row["tiny"]),
            ranks[row["iso3"]],
            *([waits[row["iso3"]]] if waits.get(row["iso3"]) else []),
        ]
        for row in table.to_dict("records")
    }


WIDE = 2_000  # steps across the frame of the world, to which outlines are rounded


def outlines() -> dict[str, Any]:
    """The outlines of units on the map of the world, before Leaflet can draw them.

    `box`: width and height of the frame "world"; `paths`: code -> its rings as the data of an SVG
    path, in whole steps from the upper left corner of that box.
    """
    frame = equal_earth(edge(FRAMES["world"]))
    (left, bottom), (right, top) = frame.min(axis=0), frame.max(axis=0)
    scale = WIDE / (right - left)
    source = shapes("world")
    steps = np.rint((equal_earth(source.points) - (left, top)) * (scale, -scale)).astype(int)
    paths: dict[str, str] = {}
    for number, unit in enumerate(source.units):
        ring = _ring(steps[source.starts[number] : source.starts[number + 1]])
        paths[unit] = paths.get(unit, "") + ring
    return {"box": [WIDE, round((top - bottom) * scale)], "paths": dict(sorted(paths.items()))}


def _ring(steps: Any) -> str:
    """A ring as part of a path: absolute where it begins, then from point to point.

    Empty for one that is no wider than a step.
    """
    moves = np.diff(steps, axis=0)
    moves = moves[moves.any(axis=1)]
    if len(moves) < 3:
        return ""
    numbers = " ".join(f"{x} {y}" for x, y in moves[:-1].tolist()).replace(" -", "-")
    return f"M{steps[0][0]} {steps[0][1]}l{numbers}z"


def phrases() -> dict[str, dict[str, str]]:
    """Language -> the words that the map speaks where a page does not give it others."""
    spoken = {language: texts_of(language).group("map") for language in LANGUAGES}
    return {language: {key: texts[key] for key in WORDS} for language, texts in spoken.items()}


def files(table: pd.DataFrame, not_units: pd.DataFrame) -> dict[str, str]:
    """File name -> text, one country or class per line, so that a change reads well in a diff."""
    return {
        name: json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"')
        + "\n"
        for name, content in (
            ("classes.json", classes(not_units)),
            ("units.json", units(table)),
            ("words.json", phrases()),
            ("outlines.json", outlines()),
        )
    }


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `units` and `not_units`, every word as it is written ("NA" is Namibia)."""
    units, others = (
        pd.read_csv(REFERENCE / f"{name}.csv", keep_default_na=False)
        for name in ("units", "not_units")
    )
    others["drawn"] = others["drawn"].astype(str).str.lower()
    return units, others


def main() -> None:
    """Write the files into `dashboard/static/map/`."""
    for name, text in files(*tables()).items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
