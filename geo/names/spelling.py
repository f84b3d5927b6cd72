"""How far two spellings are apart, and how far is too far. For keys, see `geo.names.normalise`.

A slip that can be heard (Tasmania, Tanzania) costs 2, one that cannot (Marroko, Marokko) costs 1.
The limits were tried on every single slip in every Dutch and English name, and on random double
slips: none of the first and fewer than one in 2,000 of the second became another country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST = 80  # letters; beyond it a text is no misspelt name, and comparing it would take long

# (shorter than, slips, cost): a name of four letters or fewer is one slip away from another country
# (Iran, Irak; Mali, Bali).
_ALLOWED = ((5, 0, 0), (7, 1, 2), (10, 2, 3), (14, 3, 4), (LONGEST + 1, 4, 6))
# Words that people put into a name or leave out of it.
_SMALL_WORDS = {"&", "de", "het", "the", "van", "of", "la", "le", "les", "du", "des"}
_MARGIN = 3  # how much further the next unit must be
# In this order; what is no pattern is quicker replaced as it stands.
_SOUNDS: tuple[tuple[str | re.Pattern[str], str], ...] = (
    ("ph", "f"),
    ("th", "t"),
    ("sch", "sg"),
    (re.compile("ck|c(?!h)|qu?"), "k"),
    (re.compile("[dt]s?[zj]+|dsj"), "j"),
    ("ij", "i"),
    ("y", "i"),
    (re.compile("oe|ou"), "u"),
    ("z", "s"),
    ("w", "v"),
    ("gh", "g"),
    ("ch", "g"),
    (re.compile("i[ae]n?$"), "ie"),
    (re.compile(r"(.)\1+"), r"\1"),
)

Ranked = tuple[int, str, str]  # cost, key of the name, iso3


class Keys:
    """Keys of names, of which `within` looks only at those that are about as long."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)
        self._alike: dict[tuple[int, int], list[str]] = {}  # (length, slips) -> keys

    def within(self, wanted: str, slips: int, limit: int | None = None) -> list[tuple[str, int]]:
        """The keys at most so many slips from `wanted`, and how many: the nearest first."""
        size = len(wanted), slips
        if size not in self._alike:
            self._alike[size] = [name for name in self._names if abs(len(name) - size[0]) <= slips]
        if not self._alike[size]:
            return []
        near = process.extract(
            wanted, self._alike[size], scorer=OSA.distance, score_cutoff=slips, limit=limit
        )
        return [(name, int(distance)) for name, distance, _ in near]


def allowed(wanted: str) -> tuple[int, int]:
    """(slips, cost) at most between `wanted` and the name it may be a misspelling of."""
    return next((slips, cost) for length, slips, cost in _ALLOWED if len(wanted) < length)


@lru_cache(maxsize=4096)
def sound(name: str) -> str:
    """A name as a Dutch ear takes it, roughly: "philippynen" and "filipijnen" agree."""
    for pattern, letters in _SOUNDS:
        if isinstance(pattern, str):
            name = name.replace(pattern, letters)
        else:
            name = pattern.sub(letters, name)
    return name


def cost_of(wanted: str, name: str, slips: int) -> int:
    """2 for each of the `slips` between two keys, 1 for each that cannot be heard."""
    return slips + min(slips, int(OSA.distance(sound(wanted), sound(name))))


def keeps_tokens(wanted: list[str], name: list[str]) -> bool:
    """Whether no whole word, and no letter in front, is what makes two names differ.

    Both are lists of words of a key. "ook Togo" and "Z-Soedan" are no slips of the pen
    for Togo and Soedan; "Burkina Fasa" is one for Burkina Faso.
    """
    printed, known = "".join(wanted), "".join(name)
    apart = int(OSA.distance(printed, known))
    if apart and printed.endswith(known) and not _is_doubled(printed, known):
        return False
    for words, other in ((wanted, known), (name, printed)):
        for place, word in enumerate(words):
            rest = "".join((*words[:place], *words[place + 1 :]))
            lost = apart - int(OSA.distance(rest, other))
            if rest and lost >= len(word) and word not in _SMALL_WORDS:
                return False
    return True


def _is_doubled(printed: str, name: str) -> bool:
    """Whether the first letter stands twice, and is none that stands for a quarter of the sky."""
    return printed == name[0] + name and name[0] not in "nzowse"


def is_likely(wanted: str, best: Ranked, limit: int) -> bool:
    """Few enough slips; two or more only behind the right first letter, which is rarely wrong."""
    return best[0] <= limit and (best[0] <= 2 or best[1][0] == wanted[0])


def stands_alone(wanted: str, ranked: list[Ranked]) -> bool:
    """Whether no other unit is nearly as near, or only ones with another first letter."""
    if len(ranked) == 1:
        return True
    best, near = ranked[0], [other for other in ranked[1:] if other[0] < ranked[0][0] + _MARGIN]
    if not near:
        return True
    nearer = near[0][0] > best[0]
    return nearer and best[1][0] == wanted[0] and all(other[1][0] != wanted[0] for other in near)
