"""A printed name becomes exactly one unit, or a problem with suggestions; never a guess.

Certain names (codes, CLDR names, reviewed aliases) are compared after `key`, which forgives
case, accents, hyphens, spaces and apostrophes. Only then is a misspelling considered, and it
counts only when one unit is near and no other unit is nearly as near (see `geo.names.spelling`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geo.codes import WORDS
from geo.names.decisions import (
    Decision,
    Ignored,
    by_key,
    decided_key,
    in_brackets,
    of_meaning,
)
from geo.names.normalise import key, key_tokens, short_form
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.shortened import Fit, FullName, Shortenings
from geo.names.spelling import (
    LONGEST,
    Keys,
    allowed,
    cost_of,
    is_likely,
    keeps_tokens,
    sound,
    stands_alone,
)

# Why a name is not certainly one unit.
REASONS = (
    *("ambiguous", "near_ambiguous", "near_region", "several", "unknown", "region", "letters"),
    *("too_long", "question_mark", "sign", "bracket", "excluded", "minus"),
)
# Quarters of the compass as one letter: Dutch, then English.
_COMPASS = {
    "n": ("noord", "north"),
    "z": ("zuid",),
    "o": ("oost",),
    "w": ("west", "westelijke"),
    "s": ("south",),
    "e": ("east",),
}
_COMPASS_LETTER = re.compile(r"\s*([nzowse])(?:\s*[-.]+\s*|\s+)(\w.*)", re.I | re.S)
_MOST_SLIPS = 4  # in any name, however they sound
_LEAST_HEARD = 6  # letters of a name that is known by its sound alone
# The author doubts the name, takes it out, or makes another of it ("Kenia → Oeganda").
_DOUBT = re.compile(r"[?✗✘✕❌☒~=<>→⇒]")
# Before or behind the name of a region: "rest van de Sahel", "G5 Sahel", "Westelijk Sahel".
_OF_REGION = frozenset(
    "regio regios region regions gebied area landen countries staten states rest deel part overig"
    " overige other heel hele whole rond around omgeving in of from van uit de het the g5"
    " noord zuid oost west noordelijk noordelijke zuidelijk zuidelijke oostelijk oostelijke"
    " westelijk westelijke centraal centrale north south east"
    " northern southern eastern western central".split()
)
_REGION_ENDS = ("", "regio", "landen")  # "regio Golf" is "Golfregio"
# The first word of a name, in brackets behind it: "Soedan (Zuid)", "Guyana (Frans)".
_BEHIND = re.compile(
    r"([^()]+?)\s*\(\s*(noord|zuid|oost|west|north|south|east|franse?|britse?|amerikaanse?"
    r"|nederlandse?|equatoriaal)\s*\)?",
    re.I,
)
_PROSE = frozenset("in de het een op te van om aan is as per".split())
_CAPITALS = 3  # letters of a name that is one only in capitals
_REMEMBERED = 5_000  # texts and what they may misspell
_MOST_FITTING = 4  # suggestions for a name that is cut short
_RANKS = {"old": 2}  # of a kind of name, see `geo.names.shortened`
_OUR_LANGUAGES = ("nl", "en")
_ALIKE = 72  # per cent; a name that is less alike is no suggestion


class Resolver:
    """Looks names up in the tables `names`, `ambiguous_names` and `regions` of `geo.schemas`.

    What a person decided about a text goes before all of them; DataError where a decision names a
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
        self._letters: dict[str, str] = {}
        self._short: set[str] = set()
        self._words: dict[str, list[str]] = {}
        for name, iso3, kind in _cells(names, "name", "iso3", "kind"):
            if kind != "code":
                self._add(name, iso3, "name" if kind == "name" else "alias")
            elif len(name) > 2:
                self._codes[name] = iso3
            elif name not in WORDS:
                self._letters[name] = iso3
        self._sounds: dict[str, set[str]] = {}
        for name, (iso3, _) in self._certain.items():
            if len(name) >= _LEAST_HEARD:
                self._sounds.setdefault(sound(name), set()).add(iso3)
        self._shortenings = Shortenings(
            self._full_names(names, [*(name for name, _ in printings), *ambiguous["printed"]])
        )
        self._choices = [name for name in self._certain if len(name) > 3]
        self._spellings = Keys(self._choices)
        self._uninhabited = {
            key(name) for name in ambiguous.loc[ambiguous["uninhabited"], "printed"]
        }
        no_unit = {name for name, (candidates, _) in self._ambiguous.items() if not candidates}
        self._areas = {*self._regions, *(no_unit - self._uninhabited)}
        self._others = Keys({*self._regions, *self._ambiguous})
        self._near: dict[str, Match | tuple[str, tuple[str, ...]]] = {}
        taken = tuple(decisions)
        self._decided = by_key(taken, set(names["iso3"]), self._regions)
        self._organisations = of_meaning(taken, "organisation")
        self._columns = of_meaning(taken, "column")
        texts = [decision.printed for decision in self._decided.values()]
        self._longest_decided = max(map(len, texts), default=0)
        self.decided_in_words = frozenset(
            key(text) for text in texts if len(key_tokens(text)) > 1 and not in_brackets(text)
        )

    def _full_names(self, names: pd.DataFrame, others: Iterable[str]) -> Iterator[FullName]:
        """What a text may shorten: the certain names of units, and `others`, borne by their key."""
        for name, iso3, kind, language in _cells(names, "name", "iso3", "kind", "language"):
            if kind != "code" and key(name) in self._certain:
                rank = _RANKS.get(kind, int(language not in _OUR_LANGUAGES))
                yield FullName(tuple(key_tokens(name)), iso3, rank)
        for name in others:
            yield FullName(tuple(key_tokens(name)), key(name), 0)

    def _add(self, name: str, iso3: str, how: str) -> None:
        known = self._certain.get(key(name))
        if known and known[0] != iso3:
            raise ValueError(f"{name!r} stands for both {known[0]} and {iso3}")
        if key(name) not in self._ambiguous and not (known and known[1] == "name"):
            self._certain[key(name)] = (iso3, how)
            self._words[key(name)] = key_tokens(name)
            if len(key(name)) <= _CAPITALS:
                self._short.add(name)

    def decided(self, printed: str) -> Match | Region | Ignored | None:
        """What a person decided that `printed` stands for, else None."""
        # A far longer text need not be made a key to be compared.
        short = self._longest_decided and len(printed) <= 2 * self._longest_decided + LONGEST
        decision = self._decided.get(decided_key(printed)) if short else None
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
        """What was decided, else the unit of a certain name or ISO code of three letters, or the
        region. Two letters are no certain name: a Dutch cell prints them for many things.

        None where none of these is certain.
        """
        decided = self.decided(printed)
        if decided:
            return decided
        text = printed.strip()
        if len(text) > 2 * LONGEST or _DOUBT.search(text):
            return None
        if turned := self._turned(text):
            unit = self.exact(turned)
            return replace(unit, printed=printed) if unit else None
        if text in self._codes:
            return Match(self._codes[text], "code", 100.0, printed)
        if key(text) in self._regions:
            return Region(*self._regions[key(text)], printed)
        name = key(text)
        found = self._certain.get(name)
        # "DRC" is a country and "Car." the beginning of a word.
        if not found or (len(name) <= _CAPITALS and not text.isupper() and text not in self._short):
            return None
        # "Inde" is India in French, "in de" is not.
        if (_PROSE & {*key_tokens(text)}) - {*self._words[name]}:
            return None
        return Match(found[0], found[1], 100.0, printed)

    def _turned(self, printed: str) -> str:
        """A name of which the first word stands behind it: "Soedan (Zuid)"; "" where none does."""
        found = _BEHIND.fullmatch(printed) if "(" in printed else None
        if not found or key(printed) in self._certain or key(printed) in self._regions:
            return ""
        name = f"{found[2]} {found[1]}"
        return name if key(name) in self._certain or key(name) in self._ambiguous else ""

    def is_ambiguous(self, printed: str) -> bool:
        """Whether the name is listed as one that only a person can settle, and none has yet."""
        if len(printed) > 2 * LONGEST:
            return False
        if key(self._turned(printed) or printed) not in self._ambiguous:
            return False
        return self.decided(printed) is None

    def resolve(self, printed: str) -> Match | Region | Ignored | Unresolved:
        """The one unit or listed region that `printed` stands for, or why a person must decide."""
        decided = self.decided(printed)
        if decided:
            return decided
        if _DOUBT.search(printed):
            return self._doubted(printed)
        if self.is_ambiguous(printed):
            return self._ambiguity(self._turned(printed) or printed, printed)
        certain = self.exact(printed) or self._long_or_short(printed)
        if certain:
            return certain
        # A country that is misspelt ("Zuid-Africa") is that, and no part of a region.
        spelled = self._spelling(printed)
        return spelled if isinstance(spelled, Match) else self._of_region(printed) or spelled

    def _of_region(self, printed: str) -> Unresolved | None:
        """The question about a name that is that of a region but for words before or behind it.

        Which of its countries are meant is not known, and no other country is likelier.
        """
        if len(printed) > 2 * LONGEST:
            return None
        words = key_tokens(printed)
        for length in range(len(words) - 1, 0, -1):
            for start in range(len(words) - length + 1):
                if not _OF_REGION.issuperset(words[:start] + words[start + length :]):
                    continue
                for end in _REGION_ENDS:
                    name = "".join(words[start : start + length]) + end
                    if name in self._regions:
                        return Unresolved(printed, "near_region")
                    if name in self._ambiguous and not self._ambiguous[name][0]:
                        return self._ambiguity(name, printed)
        return None

    def _ambiguity(self, name: str, printed: str) -> Unresolved:
        candidates, note = self._ambiguous[key(name)]
        return Unresolved(printed, "ambiguous", candidates, note)

    def _doubted(self, printed: str) -> Unresolved:
        """The author was in doubt: a question, whatever the name is."""
        name = self.resolve(_DOUBT.sub(" ", printed).strip(" ()") or "-")
        reason = "question_mark" if "?" in printed else "sign"
        if isinstance(name, Match):
            return Unresolved(printed, reason, (name.iso3,))
        suggestions = name.suggestions if isinstance(name, Unresolved) else ()
        return Unresolved(printed, reason, suggestions)

    def unit(self, printed: str) -> Match | Ignored | Unresolved:
        """As `resolve`, where only a single unit will do (a host, a duty station)."""
        found = self.resolve(printed)
        if isinstance(found, Region):
            return Unresolved(printed, "region", found.members)
        return found

    def _long_or_short(self, printed: str) -> Match | Region | Unresolved | None:
        """ "Republiek Kenia" is Kenia, "Z-Soedan" Zuid-Soedan, "Ver. Koninkrijk" one kingdom.

        No such form need be in the table.
        """
        if len(printed) > 2 * LONGEST:
            return None
        short = short_form(printed)
        name: Match | Region | Ignored | Unresolved | None = self.exact(short) if short else None
        name = name or self._by_compass(printed) or self._abbreviated(printed)
        if isinstance(name, Match):
            return Match(name.iso3, "alias", 100.0, printed)
        if isinstance(name, Region):
            return Region(name.name, name.members, printed)
        return name if isinstance(name, Unresolved) else None

    def _by_compass(self, printed: str) -> Match | Region | Ignored | Unresolved | None:
        """The name behind one letter for a quarter of the compass; never the name without it."""
        letter = _COMPASS_LETTER.fullmatch(printed)
        for quarter in _COMPASS[letter[1].casefold()] if letter else ():
            assert letter
            name = f"{quarter} {letter[2]}"
            if self.is_ambiguous(name):
                return self._ambiguity(name, printed)
            if unit := self.exact(name):
                return unit
        return None

    def _abbreviated(self, printed: str) -> Match | None:
        """The one unit of which words are cut off with a point: "Ver. Koninkrijk"."""
        units = self._shortenings.certain(printed)
        iso3 = units.pop() if len(units) == 1 else ""
        listed = iso3 in self._regions or iso3 in self._ambiguous
        return Match(iso3, "alias", 100.0, printed) if iso3 and not listed else None

    def may_shorten(self, printed: str, *, whole: bool = False) -> bool:
        """Whether a name may be cut short here, in the order of its words; `whole`: none left out.

        "S. Arabië" and "M. Oosten" are such, "J. Voorbeeld" is none.
        """
        return bool(self._shortenings.fitting(printed, Fit.WHOLE if whole else Fit.PART))

    def knows(self, printed: str) -> bool:
        """Whether `resolve` leaves no question; quicker, for it looks for no suggestions."""
        if _DOUBT.search(printed):
            return bool(self.decided(printed))
        return not self.is_ambiguous(printed) and bool(
            self.exact(printed) or self.makes_out(printed)
        )

    def makes_out(self, printed: str) -> bool:
        """Whether a name that is neither certain nor ambiguous is that of a unit all the same."""
        return not _DOUBT.search(printed) and (
            isinstance(self._long_or_short(printed), Match | Region)
            or isinstance(self._nearest(printed), Match)
        )

    def _spelling(self, printed: str) -> Match | Unresolved:
        letters = printed.strip()
        if letters in WORDS:
            return Unresolved(printed, "letters")
        if letters in self._letters:
            return Unresolved(printed, "letters", (self._letters[letters],))
        found = self._nearest(printed)
        if isinstance(found, Match):
            return found
        if shortened := self._shortened(printed):
            return shortened
        reason, nearest = found
        if reason == "near_region":
            return Unresolved(printed, reason)
        if reason == "near_uninhabited":
            return Unresolved(printed, "unknown")
        return Unresolved(printed, reason, self.suggest(printed, nearest=nearest))

    def _shortened(self, printed: str) -> Unresolved | None:
        """The question about a name of which words are cut short, with what it may stand for.

        "E. Guinee" may be Equatoriaal-Guinea, and is never Guinea itself.
        """
        bearers = self._shortenings.fitting(printed)
        if not bearers:
            return None
        if bearers[0] in self._ambiguous:
            return self._ambiguity(bearers[0], printed)
        units = dict.fromkeys(unit for of in bearers for unit in self._borne_by(of))
        return Unresolved(printed, "unknown", tuple(units)[:_MOST_FITTING])

    def _borne_by(self, bearer: str) -> tuple[str, ...]:
        """The units of what bears a name, see `geo.names.shortened.FullName`."""
        if bearer in self._ambiguous:
            return self._ambiguous[bearer][0]
        return self._regions[bearer][1] if bearer in self._regions else (bearer,)

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
        for name, distance in self._spellings.within(wanted, slips + 2, limit=40):
            iso3 = self._certain[name][0]
            near[iso3] = min(near.get(iso3, (99, "")), (cost_of(wanted, name, distance), name))
        ranked = sorted((cost, name, iso3) for iso3, (cost, name) in near.items())
        best = ranked[0][0] if ranked else 99
        others = self._near_others(wanted, slips)
        of_none = {name for name, cost in others.items() if cost <= best}
        if of_none and not self._begun(wanted):  # "Central African Rep" is cut short
            if not self._areas.isdisjoint(of_none):
                return "near_region", ()
            if not self._uninhabited.isdisjoint(of_none):
                return "near_uninhabited", ()
        doubt = self._near_ambiguous(others, best)
        if doubt is not None:
            return "near_ambiguous", doubt
        if ranked and is_likely(wanted, ranked[0], limit) and stands_alone(wanted, ranked):
            _, name, iso3 = ranked[0]
            near_enough = int(OSA.distance(wanted, name)) <= _MOST_SLIPS
            # Of "D. Republiek" one name is nearest, but the letter begins others as well.
            near_enough = near_enough and {*self._shortenings.fitting(printed)} <= {iso3}
            if near_enough and keeps_tokens(key_tokens(printed), self._words[name]):
                return Match(iso3, "spelling", round(fuzz.ratio(wanted, name), 1), printed)
            return "unknown", (iso3,)
        near_by = [(name, iso3) for cost, name, iso3 in ranked if cost <= limit + 2]
        heard = self._sounds.get(sound(wanted), set()) if len(wanted) >= _LEAST_HEARD else set()
        if len(heard) == 1 and heard >= {iso3 for _, iso3 in near_by}:
            (iso3,) = heard
            if self._slips(wanted, iso3) > _MOST_SLIPS:
                return "unknown", (iso3,)
            return Match(iso3, "spelling", self._likeness(wanted, iso3), printed)
        alike = [iso3 for name, iso3 in near_by if fuzz.ratio(wanted, name) >= _ALIKE]
        reason = "several" if len(alike) > 1 else "unknown"
        return reason, tuple(alike[:3])

    def _near_others(self, wanted: str, slips: int) -> dict[str, int]:
        """The names within `slips` that no one unit bears, with what each costs."""
        near = self._others.within(wanted, slips) if slips else ()
        return {name: cost_of(wanted, name, distance) for name, distance in near}

    def _slips(self, wanted: str, iso3: str) -> int:
        names = (name for name, (unit, _) in self._certain.items() if unit == iso3)
        return min(int(OSA.distance(wanted, name)) for name in names)

    def _likeness(self, wanted: str, iso3: str) -> float:
        """How much alike, in per cent, `wanted` and the nearest name of a unit are."""
        names = (name for name, (unit, _) in self._certain.items() if unit == iso3)
        return round(max(fuzz.ratio(wanted, name) for name in names), 1)

    def _near_ambiguous(self, others: dict[str, int], best: int) -> tuple[str, ...] | None:
        """Candidates of an ambiguous name that is about as near as the `best` unit.

        None where there is no such name; a part of the world has no candidates.
        """
        near = {name for name, cost in others.items() if cost <= best + 1} - self._uninhabited
        if not near:
            return None
        return next(found[0] for name, found in self._ambiguous.items() if name in near)

    def suggest(
        self, printed: str, limit: int = 4, *, nearest: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """ISO codes of the units whose names look most like `printed`, likeliest first.

        Before the `nearest` that are known already stand those whose names begin so, where these
        are few.
        """
        if _OF_REGION.issuperset(key_tokens(printed)):
            return ()  # "Zuid" begins many names, and is not likelier to be one of them
        wanted = key(printed)[:LONGEST]
        alike = process.extract(
            wanted, self._choices, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=limit * 4
        )
        near = [self._certain[name][0] for name, _, _ in alike]
        held = [unit[0] for word in key_tokens(printed) if (unit := self._certain.get(word))]
        begun = self._begun(wanted)
        few = begun if len(begun) <= _MOST_FITTING else ()
        found = dict.fromkeys([*few, *nearest, *held, *near, *begun])
        return tuple(found)[: max(limit, len(nearest) + 1)]

    def _begun(self, wanted: str) -> tuple[str, ...]:
        """The units of which a name begins with a key, the shortest first."""
        if len(wanted) < _CAPITALS:
            return ()
        names = sorted((name for name in self._certain if name.startswith(wanted)), key=len)
        return tuple(dict.fromkeys(self._certain[name][0] for name in names))


def _cells(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[str, ...]]:
    return zip(*(frame[column].astype(str) for column in columns), strict=True)
