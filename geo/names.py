"""A printed name becomes exactly one unit, or a problem with suggestions; never a guess.

Certain names (codes, CLDR names, reviewed aliases) are compared after `key`, which forgives
case, accents, hyphens, spaces and apostrophes. Only then is a misspelling considered, and it
counts only when one unit is near and no other unit is nearly as near. A slip that can be heard
(Tasmania, Tanzania) costs twice one that cannot (Marroko, Marokko).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

_CONJUNCTIONS = {"en", "and", "und", "et", "&", "+"}
_SAINTS = {"st", "sint", "saint", "sankt", "santa"}
# (shorter than, slips, cost): a name of four letters or fewer is one slip away from another country
# (Iran, Irak; Mali, Bali). A slip costs 2, or 1 where the two spellings sound the same.
_ALLOWED = ((5, 0, 0), (7, 1, 2), (10, 2, 3), (14, 3, 4), (10**9, 4, 6))
_LONGEST = 80  # letters; beyond it a text is no misspelt name, and comparing it would take long
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"), ("th", "t"), ("sch", "sg"), ("ck|c(?!h)|qu?", "k"), ("[dt]s?[zj]+|dsj", "j"),
        ("ij|y", "i"), ("oe|ou", "u"), ("z", "s"), ("w", "v"), ("gh|ch", "g"), ("i[ae]n?$", "ie"),
        (r"(.)\1+", r"\1"),
    )
)
_FORMAL = re.compile(
    r"^(?:(?:de|het|the|la|le|les|die) )?"
    r"(?:(?:(?:islamitische|islamic|federale|federal|verenigde|united|democratische|democratic"
    r"|socialistische|cooperatieve|arabische) )*"
    r"(?:republiek|republic|republique|republik|koninkrijk|kingdom|royaume|konigreich|staat|state"
    r"|sultanaat|emiraat|vorstendom|gemenebest|commonwealth) "
    r"(?:(?:van|of|de|der|du|des|the) )*)?(.+)$"
)


@dataclass(frozen=True)
class Match:
    """One printed name that stands for one unit.

    `how` is one of code, name, alias, spelling (or region and host, given by `geo.postings`);
    `score` is 100 for a certain name and the similarity in per cent for a misspelling.
    """

    iso3: str
    how: str
    score: float
    printed: str


@dataclass(frozen=True)
class Region:
    """One printed region, with the units it stands for (see the table `regions`)."""

    name: str
    members: tuple[str, ...]
    printed: str


@dataclass(frozen=True)
class Unresolved:
    """A printed name that a person must settle; `suggestions` are ISO codes, likeliest first."""

    printed: str
    reason: str
    suggestions: tuple[str, ...] = field(default=())


def words(text: str) -> list[str]:
    """The words of a name without case, accents, apostrophes or punctuation; "&" for any "and"."""
    plain = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l")
    plain = unicodedata.normalize("NFKD", plain.replace("ı", "i").replace("Ð", "D"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    plain = re.sub(r"['’‘ʼ`´]", "", plain).replace("&", " & ").replace("+", " + ")
    found = re.findall(r"[^\W_]+|[&+]", plain)
    found = ["saint" if word in _SAINTS else word for word in found]
    return ["&" if word in _CONJUNCTIONS else word for word in found]


def key(text: str) -> str:
    """`words` without spaces between, so that "Wit-Rusland", "wit rusland" and "Witrusland" agree.

    >>> key("São Tomé & Príncipe") == key("sao tome en principe")
    True
    """
    return "".join(words(text))


class Resolver:
    """Looks names up in the tables `names`, `ambiguous_names` and `regions` of `geo.schemas`."""

    def __init__(
        self,
        names: pd.DataFrame,
        ambiguous: pd.DataFrame,
        regions: pd.DataFrame,
        region_aliases: pd.DataFrame,
    ) -> None:
        self._codes: dict[str, str] = {}
        self._certain: dict[str, tuple[str, str]] = {}
        members = {name: tuple(rows["iso3"]) for name, rows in regions.groupby("region")}
        printings = [(name, name) for name in members]
        printings += zip(region_aliases["printed"], region_aliases["region"], strict=True)
        self._regions = {key(printed): (name, members[name]) for printed, name in printings}
        self._ambiguous = {
            key(row.printed): (tuple((row.candidates or "").split()), row.note)
            for row in ambiguous.fillna("").itertuples()
        }
        for row in names.itertuples():
            if row.kind == "code":
                self._codes[row.name] = row.iso3
            else:
                self._add(row.name, row.iso3, "name" if row.kind == "name" else "alias")
        self._choices = [name for name in self._certain if len(name) > 3]

    def _add(self, name: str, iso3: str, how: str) -> None:
        known = self._certain.get(key(name))
        if known and known[0] != iso3:
            raise ValueError(f"{name!r} stands for both {known[0]} and {iso3}")
        if key(name) not in self._ambiguous and not (known and known[1] == "name"):
            self._certain[key(name)] = (iso3, how)

    def exact(self, printed: str) -> Match | Region | None:
        """The unit of a certain name or upper-case ISO code, or the region, else None."""
        text = printed.strip()
        if text in self._codes:
            return Match(self._codes[text], "code", 100.0, printed)
        if key(text) in self._regions:
            return Region(*self._regions[key(text)], printed)
        found = self._certain.get(key(text))
        return Match(found[0], found[1], 100.0, printed) if found else None

    def is_ambiguous(self, printed: str) -> bool:
        """Whether the name is listed as one that only a person can settle."""
        return key(printed) in self._ambiguous

    def resolve(self, printed: str) -> Match | Region | Unresolved:
        """The one unit (or listed region) that `printed` stands for, or why a person must say so."""
        if self.is_ambiguous(printed):
            candidates, note = self._ambiguous[key(printed)]
            return Unresolved(printed, note, candidates)
        return self.exact(printed) or self._formal(printed) or self._spelling(printed)

    def unit(self, printed: str) -> Match | Unresolved:
        """As `resolve`, where only a single unit will do (a host, a duty station)."""
        found = self.resolve(printed)
        if isinstance(found, Region):
            return Unresolved(printed, "a region, where one country is needed", found.members)
        return found

    def _formal(self, printed: str) -> Match | None:
        """"Republiek Kenia" is Kenia; the long form itself need not be in the table."""
        formal = _FORMAL.match(" ".join(words(printed)))
        found = self.exact(formal.group(1)) if formal else None
        return Match(found.iso3, "alias", 100.0, printed) if isinstance(found, Match) else None

    def _spelling(self, printed: str) -> Match | Unresolved:
        wanted = key(printed)
        if len(wanted) > _LONGEST:
            return Unresolved(printed, "too long for the name of one country")
        _, slips, limit = next(allowed for allowed in _ALLOWED if len(wanted) < allowed[0])
        near: dict[str, tuple[int, str]] = {}
        for name, distance, _ in process.extract(
            wanted, self._choices, scorer=OSA.distance, score_cutoff=slips + 2, limit=40
        ):
            iso3 = self._certain[name][0]
            near[iso3] = min(near.get(iso3, (99, "")), (_cost(wanted, name, int(distance)), name))
        ranked = sorted((cost, name, iso3) for iso3, (cost, name) in near.items())
        doubt = self._near_ambiguous(wanted, slips, ranked[0][0] if ranked else 99)
        if doubt:
            reason = "near a name that fits several countries"
            return Unresolved(printed, reason, _joined(doubt, self.suggest(printed, 2)))
        if ranked and _likely(wanted, ranked[0], limit) and _stands_alone(wanted, ranked):
            _, name, iso3 = ranked[0]
            return Match(iso3, "spelling", round(fuzz.ratio(wanted, name), 1), printed)
        reason = "could be several countries" if ranked else "not a country we know"
        nearest = tuple(iso3 for cost, _, iso3 in ranked if cost <= max(limit, 2))[:3]
        return Unresolved(printed, reason, _joined(nearest, self.suggest(printed)))

    def _near_ambiguous(self, wanted: str, slips: int, best: int) -> tuple[str, ...]:
        """Candidates of the ambiguous name that is within `slips` and as near as the `best` unit."""
        for name, (candidates, _) in self._ambiguous.items():
            distance = OSA.distance(wanted, name, score_cutoff=slips)
            if slips and distance <= slips and _cost(wanted, name, distance) <= best + 1:
                return candidates
        return ()

    def suggest(self, printed: str, limit: int = 4) -> tuple[str, ...]:
        """ISO codes of the units whose names look most like `printed`, likeliest first."""
        found = process.extract(
            key(printed)[:_LONGEST],
            self._choices,
            scorer=fuzz.WRatio,
            score_cutoff=60,
            limit=limit * 4,
        )
        return tuple(dict.fromkeys(self._certain[name][0] for name, _, _ in found))[:limit]


def _sound(name: str) -> str:
    """A name as a Dutch ear takes it, roughly: "philippynen" and "filipijnen" agree."""
    for pattern, sound in _SOUNDS:
        name = pattern.sub(sound, name)
    return name


def _cost(wanted: str, name: str, distance: int) -> int:
    """2 for each slip between two keys, 1 for each that cannot be heard."""
    return distance + min(distance, int(OSA.distance(_sound(wanted), _sound(name))))


def _likely(wanted: str, best: tuple[int, str, str], limit: int) -> bool:
    """Few enough slips; two or more only behind the right first letter, which is rarely wrong."""
    return best[0] <= limit and (best[0] <= 2 or best[1][0] == wanted[0])


def _stands_alone(wanted: str, ranked: list[tuple[int, str, str]]) -> bool:
    """Whether no other unit is nearly as near: by 3, or by less and alone in its first letter."""
    if len(ranked) == 1:
        return True
    best, rival = ranked[0], ranked[1]
    margin = rival[0] - best[0]
    same_initials = any(other[1][0] == wanted[0] for other in ranked[1:] if other[0] < best[0] + 3)
    return margin >= 3 or (margin >= 1 and best[1][0] == wanted[0] and not same_initials)


def _joined(first: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(first + more))[: max(len(first), 4) + 1]
