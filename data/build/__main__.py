"""`python -m data.build [--natural-earth PATH] [--into FOLDER]`: shapes, units, cities and more.

Run from the root of the checkout. The same inputs and the same library versions give the same
bytes. Any Natural Earth admin-0 zip at 1:10m will do as a source; where it draws the world
differently, the build says which table to edit.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.build import (
    cities,
    evidence,
    larger,
    populations,
    shapes,
    simplify,
    source,
    sources,
    tables,
    units,
)
from data.build.errors import BuildError

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "var" / "build-cache"


def build(natural_earth: Path, root: Path) -> None:
    """Write everything this package makes of the shapes, under `root` as under the checkout.

    Nothing is written before all of it is made. Raises BuildError when source and tables differ.
    """
    frame = shapes.build_units(natural_earth)
    reference, static = root / "data" / "reference", root / "dashboard" / "static" / "shapes"
    outputs = {
        "units": units.unit_table(frame),
        "m49": units.number_table(),
        "neighbours": units.neighbour_table(frame),
        "cities": cities.city_table(),
        "city_aliases": cities.alias_table(),
        "larger_cities": larger.larger_table(),
        "populations": populations.population_table(natural_earth),
        "evidence": evidence.evidence_table(),
    }
    levels = {level: simplify.simplified(frame, level) for level in simplify.LEVELS}
    for name, table in outputs.items():
        tables.write(table, reference / f"{name}.csv")
    for level in (simplify.WORLD, simplify.REGION):
        simplify.write_topojson(levels[level], level, static)
    simplify.write_parquet(levels[simplify.PRINT], simplify.PRINT, reference / "shapes")
    sources.update(reference / "sources.csv", natural_earth)


def main() -> int:
    """Parse the command line, build, and say in one line why not."""
    parser = argparse.ArgumentParser(prog="python -m data.build", description=build.__doc__)
    parser.add_argument("--natural-earth", type=Path, help="a Natural Earth admin-0 zip (1:10m)")
    parser.add_argument("--into", type=Path, default=ROOT, help="root folder to write under")
    options = parser.parse_args()
    try:
        build(options.natural_earth or source.natural_earth(CACHE), options.into)
    except BuildError as error:
        print(f"build stopped, nothing written: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
