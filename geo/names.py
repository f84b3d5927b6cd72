"""A printed name becomes exactly one unit, or a problem with suggestions; never a guess.

Certain names (codes, CLDR names, reviewed aliases) are compared after `key`, which forgives
case, accents, hyphens, spaces and apostrophes. Only then is a misspelling considered, and it
counts only when one unit is near and no other unit is nearly as near (see `geo.spelling`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geo.codes import WORDS
from geo.decisions import Decision, Ignored, by_key, of_meaning
from geo.keys import key as key
from geo.keys import short_form
from geo.keys import words as words
from geo.spelling import LONGEST, allowed, cost_of, is_likely, stands_alone

# Why a name is not certainly one unit.
REASONS = ("ambiguous", "near_ambiguous", "several", "unknown", "region", "letters", "too_long")
_REMEMBERED = 5_000  # texts and what they may misspell
_ALIKE = 72  # per cent; a name that is less alike is no suggestion


@dataclass(frozen=True)
class Match:
    """One printed name that stands for one unit.

    `how` is one of code, name, alias, spelling (or region and host, given by `geo.postings`);
    `score` is 100 for a certain name and the similarity in per cent for a misspelling;
    `decision` is what a person decided about this text, where one did.
    """

    iso3: str
    how: str
    score: float
    printed: str
    decision: Decision | None = None


@dataclass(frozen=True)
class Region:
    """One printed region, with the units it stands for (see the table `regions`)."""

    name: str
    members: tuple[str, ...]
    printed: str
    decision: Decision | None = None


@dataclass(frozen=True)
class Unresolved:
    """A printed name that a person must settle; `suggestions` are ISO codes, likeliest first.

    `reason` is a key of REASONS; an ambiguous name has `note`, what the table says of it in either
    language, by the name of its column.
    """

    printed: str
    reason: str
    suggestions: tuple[str, ...] = ()
    note: tuple[tuple[str, str], ...] = ()


class Resolver:
    """Looks names up in the tables `names`, `ambiguous_names` and `regions` of `geo.schemas`.

    What a person decided about a text goes before all of them; ValueError where a decision names a
    unit or region that is not there. `decided_in_words` holds the keys of the decided texts of two
    words or more, which no cut of a list may take apart.
    """

    def __init__(
        self,
        names: pd.DataFrame,
        ambiguous: pd.DataFrame,
        regions: pd.DataFrame,
        region_aliases: pd.DataFrame,
        *,
        decisions: Iterable[Decision] = (),
    ) -> None:
        self._codes: dict[str, str] = {}
        self._certain: dict[str, tuple[str, str]] = {}
        members: dict[str, tuple[str, ...]] = {}
        for name, iso3 in zip(regions["region"], regions["iso3"], strict=True):
            members[name] = (*members.get(name, ()), iso3)
        printings = [(name, name) for name in members]
        printings += zip(region_aliases["printed"], region_aliases["region"], strict=True)
        self._regions = {key(printed): (name, members[name]) for printed, name in printings}
        self._ambiguous = {
            key(printed): (tuple(candidates.split()), (("note_nl", dutch), ("note_en", english)))
            for printed, candidates, dutch, english in _cells(
                ambiguous.fillna(""), "printed", "candidates", "note_nl", "note_en"
            )
        }
        for name, iso3, kind in _cells(names, "name", "iso3", "kind"):
            if kind == "code":
                if name in WORDS:
                    continue
                self._codes[name] = iso3
            else:
                self._add(name, iso3, "name" if kind == "name" else "alias")
        self._choices = [name for name in self._certain if len(name) > 3]
        self._near: dict[str, Match | tuple[str, tuple[str, ...]]] = {}
        taken = tuple(decisions)
        self._decided = by_key(taken, set(names["iso3"]), self._regions)
        self._organisations = of_meaning(taken, "organisation")
        self._columns = of_meaning(taken, "column")
        texts = [decision.printed for decision in self._decided.values()]
        self._longest_decided = max(map(len, texts), default=0)
        self.decided_in_words = frozenset(key(text) for text in texts if len(words(text)) > 1)

    def _add(self, name: str, iso3: str, how: str) -> None:
        known = self._certain.get(key(name))
        if known and known[0] != iso3:
            raise ValueError(f"{name!r} stands for both {known[0]} and {iso3}")
        if key(name) not in self._ambiguous and not (known and known[1] == "name"):
            self._certain[key(name)] = (iso3, how)

    def decided(self, printed: str) -> Match | Region | Ignored | None:
        """What a person decided that `printed` stands for, else None."""
        # A far longer text need not be made a key to be compared.
        short = self._longest_decided and len(printed) <= 2 * self._longest_decided + LONGEST
        decision = self._decided.get(key(printed)) if short else None
        if decision is None:
            return None
        if decision.meaning == "country":
            return Match(decision.value, "alias", 100.0, printed, decision)
        if decision.meaning == "countries":
            return Region(decision.printed, tuple(decision.value.split()), printed, decision)
        if decision.meaning == "region":
            return Region(*self._regions[key(decision.value)], printed, decision)
        return Ignored(printed, decision)

    def organisation(self, printed: str) -> Decision | None:
        """What a person decided about a word that stands for an organisation."""
        return self._organisations.get(key(printed)) if len(printed) <= LONGEST else None

    def column(self, heading: str) -> Decision | None:
        """What a person decided that a column with this heading holds, one of COLUMNS."""
        return self._columns.get(key(heading)) if len(heading) <= LONGEST else None

    def exact(self, printed: str) -> Match | Region | Ignored | None:
        """What was decided, else the unit of a certain name or upper-case ISO code, or the region.

        None where none of these is certain.
        """
        decided = self.decided(printed)
        if decided:
            return decided
        text = printed.strip()
        if len(text) > 2 * LONGEST:
            return None
        if text in self._codes:
            return Match(self._codes[text], "code", 100.0, printed)
        if key(text) in self._regions:
            return Region(*self._regions[key(text)], printed)
        found = self._certain.get(key(text))
        return Match(found[0], found[1], 100.0, printed) if found else None

    def is_ambiguous(self, printed: str) -> bool:
        """Whether the name is listed as one that only a person can settle, and none has yet."""
        if len(printed) > 2 * LONGEST or key(printed) not in self._ambiguous:
            return False
        return self.decided(printed) is None

    def resolve(self, printed: str) -> Match | Region | Ignored | Unresolved:
        """The one unit or listed region that `printed` stands for, or why a person must decide."""
        if self.is_ambiguous(printed):
            candidates, note = self._ambiguous[key(printed)]
            return Unresolved(printed, "ambiguous", candidates, note)
        return self.exact(printed) or self._formal(printed) or self._spelling(printed)

    def unit(self, printed: str) -> Match | Ignored | Unresolved:
        """As `resolve`, where only a single unit will do (a host, a duty station)."""
        found = self.resolve(printed)
        if isinstance(found, Region):
            return Unresolved(printed, "region", found.members)
        return found

    def _formal(self, printed: str) -> Match | None:
        """ "Republiek Kenia" is Kenia; the long form itself need not be in the table."""
        short = short_form(printed)
        found = self.exact(short) if short else None
        return Match(found.iso3, "alias", 100.0, printed) if isinstance(found, Match) else None

    def knows(self, printed: str) -> bool:
        """Whether `resolve` leaves no question; quicker, for it looks for no suggestions."""
        return not self.is_ambiguous(printed) and bool(
            self.exact(printed)
            or self._formal(printed)
            or isinstance(self._nearest(printed), Match)
        )

    def _spelling(self, printed: str) -> Match | Unresolved:
        if printed.strip() in WORDS:
            return Unresolved(printed, "letters")
        found = self._nearest(printed)
        if isinstance(found, Match):
            return found
        reason, nearest = found
        return Unresolved(printed, reason, _joined(nearest, self.suggest(printed)))

    def _nearest(self, printed: str) -> Match | tuple[str, tuple[str, ...]]:
        """`_find_nearest`, which a list that is cut asks again and again for the same pieces."""
        found = self._near.get(printed)
        if found is None:
            if len(self._near) >= _REMEMBERED:
                self._near.clear()
            found = self._near[printed] = self._find_nearest(printed)
        return found

    def _find_nearest(self, printed: str) -> Match | tuple[str, tuple[str, ...]]:
        """The unit that `printed` misspells, or why it cannot be told and the nearest units."""
        wanted = key(printed)
        if len(wanted) > LONGEST:
            return "too_long", ()
        slips, limit = allowed(wanted)
        near: dict[str, tuple[int, str]] = {}
        for name, distance, _ in process.extract(
            wanted, self._choices, scorer=OSA.distance, score_cutoff=slips + 2, limit=40
        ):
            iso3 = self._certain[name][0]
            near[iso3] = min(near.get(iso3, (99, "")), (cost_of(wanted, name, int(distance)), name))
        ranked = sorted((cost, name, iso3) for iso3, (cost, name) in near.items())
        doubt = self._near_ambiguous(wanted, slips, ranked[0][0] if ranked else 99)
        if doubt:
            return "near_ambiguous", doubt
        if ranked and is_likely(wanted, ranked[0], limit) and stands_alone(wanted, ranked):
            _, name, iso3 = ranked[0]
            return Match(iso3, "spelling", round(fuzz.ratio(wanted, name), 1), printed)
        near_by = [(name, iso3) for cost, name, iso3 in ranked if cost <= limit + 2]
        alike = [iso3 for name, iso3 in near_by if fuzz.ratio(wanted, name) >= _ALIKE]
        reason = "several" if len(alike) > 1 else "unknown"
        return reason, tuple(alike[:3])

    def _near_ambiguous(self, wanted: str, slips: int, best: int) -> tuple[str, ...]:
        """Candidates of an ambiguous name within `slips` that is as near as the `best` unit."""
        for name, (candidates, _) in self._ambiguous.items():
            distance = OSA.distance(wanted, name, score_cutoff=slips)
            if slips and distance <= slips and cost_of(wanted, name, distance) <= best + 1:
                return candidates
        return ()

    def suggest(self, printed: str, limit: int = 4) -> tuple[str, ...]:
        """ISO codes of the units whose names look most like `printed`, likeliest first."""
        found = process.extract(
            key(printed)[:LONGEST],
            self._choices,
            scorer=fuzz.ratio,
            score_cutoff=_ALIKE,
            limit=limit * 4,
        )
        return tuple(dict.fromkeys(self._certain[name][0] for name, _, _ in found))[:limit]


def _cells(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[str, ...]]:
    return zip(*(frame[column].astype(str) for column in columns), strict=True)


def _joined(first: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(first + more))[: max(len(first) + 1, 4)]
