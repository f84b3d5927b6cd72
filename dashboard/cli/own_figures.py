"""The reader's own weights and figures, for every command that takes them.

What reads the files is slow to import, and most questions come without them.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from geo import ranking

if TYPE_CHECKING:
    from data.indicators import Indicators


def own_figures(arguments: argparse.Namespace) -> Indicators | None:
    """The figures of the named files together, None without any; raises DataError."""
    if not arguments.indicator:
        return None
    from data import indicators

    return indicators.together([indicators.read_file(Path(name)) for name in arguments.indicator])


def own_weights(arguments: argparse.Namespace, figures: Indicators | None) -> dict[str, int]:
    """The weights of the named file, none without one; raises DataError."""
    if not arguments.weights:
        return {}
    from data import indicators

    components = [*ranking.WEIGHTS, *(figures.columns if figures else ())]
    return indicators.read_weights(Path(arguments.weights), components)
