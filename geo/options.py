"""What a question may ask for: the words of its options, and what counts.

Apart from the modules that answer: who reads the help of the command line, or a wrong argument,
need not wait for the libraries that those compute with.
"""

from __future__ import annotations

from dataclasses import dataclass

# Of gap, see `geo.gaps`.
KINDS = ("uncovered", "partner_only", "single", "remote", "lost", "mission_without_liaison")
# How an indicator is scaled, see `geo.ranking.Scaling`.
BASES = ("all", "gaps")
CURVES = ("straight", "log", "rank")
UNKNOWNS = ("out", "middle")
# Of new posts in one question, see `geo.placement`.
MOST_POSTS = 5
# Letters of a scenario as text, which must fit in an address, see `geo.scenario`.
LONGEST_TEXT = 2_000
# What areas are drawn anew for, see `geo.rebalance`.
AIMS = ("distance", "load")


@dataclass(frozen=True)
class Choice:
    """What counts: `organisations` (empty: all, with the rows that state none) and layers.

    `planned` counts postings still to be decided, `filo` the flexible officers with a named area,
    `regions` the countries that are only members of a printed region.
    """

    organisations: tuple[str, ...] = ()
    planned: bool = False
    filo: bool = False
    regions: bool = True
