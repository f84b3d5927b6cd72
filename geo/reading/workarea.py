"""What the cell "Werkgebied" says: countries, regions, a theme, a pending decision, a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geo.names.normalise import one_line
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver
from geo.problems import Place, Problem
from geo.reading.brackets import take_brackets
from geo.reading.exclusions import Exclusions, take_exclusions
from geo.reading.lists import Name, read_list
from geo.reading.mentions import Named, named_in
from geo.reading.status import SILENT, Status, area_status

_LONGEST = 3_000  # signs; fifteen times the longest yet, and a longer one would take long
_THEME = re.compile(
    r"(?:\(\s*)?\btaakaccent(?:en)?\b\s*:?\s*((?:\([^(),;.]*\)?|(?!\btaakaccent)[^,;.()])+)[,;.)]?",
    re.I,
)
# Behind these a list may follow; without spaces a slash stands in a theme ("havens/ondermijning").
_THEME_STOP = re.compile(r"\s+/\s+|\s*\n\s*")
_BROKEN = re.compile(r"(?<=\S)/\n\s*")  # by a narrow column
_LIST_AFTER = re.compile(
    r"\(?\s*\b(?:inclusief|incl\b\.?|t\.w\.|te weten)\s*:?\s*"
    r"|\(?\s*\b(?:(?:(?:mede|neven|bij)[-\s]?)?accreditaties?|mede|tevens|ook)\s*:\s*",
    re.I,
)
_EXPLAINS = re.compile(
    r"\b(?:teruggetrokken|voortgezet|opgeheven|beëindigd|overgenomen|gesloten|verplaatst)\b", re.I
)


_CLAUSE_END = re.compile(r";|(?<=[^\W\d_]{3})\.(?=\s)")
# A bracket that says from where a country is served, and names none.
_FROM = re.compile(r"\s*(?:(?:bediend\s+)?(?:via|vanuit|door)\b|op\s+afstand\b)", re.I)
# A piece that speaks of another day or another post; the country in it is no suggestion.
_NOT_HERE = re.compile(
    r"\b(?:voorheen|vroeger|eerder|destijds|voormalige?|was|waren|tot|t/m|vanaf|op\s+termijn|later"
    r"|toekomst\w*|val(?:t|len)\s+(?:\w+\s+)?onder|wordt|worden|vervalt|vervallen|gaat|gaan|naar"
    r"|i\.?p\.?v|in\s+plaats\s+van|niet|geen)\b",
    re.I,
)
_DOTS = re.compile(r"(?:\.\s?){3}|…")
_OPEN_END = re.compile(r"(?:\w,|\s(?:en|alsmede|and|et|&|\+))\s*$")
_BRACKET = re.compile(r"\(([^()]*)\)?")


@dataclass(frozen=True)
class WorkArea:
    """The parts of one work area; `explanation` is text that explains and accredits nobody.

    `mentioned` are the countries that it names, `excluded` those that the text says are not served.
    `listed` are names in the explanation that may be a part of the list.
    """

    names: tuple[Name, ...]
    theme: str = ""
    status: Status = SILENT
    explanation: str = ""
    mentioned: tuple[Named, ...] = ()
    excluded: tuple[Match | Region, ...] = ()
    listed: bool = False

    @property
    def excluded_units(self) -> frozenset[str]:
        """ISO codes of what is excluded."""
        return Exclusions("", self.excluded).units

    def problems(self, place: Place) -> list[Problem]:
        """An error for each name that is not certainly one country, a warning for each respelt.

        And one for each that a person decided about, so that it can be seen who did and when.
        """
        doubts = [doubt for name in self.names for doubt in place.problems_of(name, "countries")]
        doubts.sort(key=lambda problem: problem.severity)  # errors first
        if self.explanation and not self.names:
            doubts.append(place.warning("reason_without_list", self.explanation, "countries"))
        if self.excluded:
            names = tuple(dict.fromkeys(name.printed for name in self.excluded))
            printed = ", ".join(names)
            doubts.append(place.warning("excluded", printed, "countries", params={"names": names}))
        both = self.excluded_units & {
            name.iso3 for name in self.names if isinstance(name, Match) and not name.decision
        }
        if both:
            printed = ", ".join(name.printed for name in self.excluded)
            params = {"countries": " ".join(sorted(both))}
            doubts.append(place.error("excluded_and_listed", printed, "countries", params=params))
        return doubts


def read_work_area(text: str, resolver: Resolver) -> WorkArea:
    """Take a work area apart, see `WorkArea`; `text` may hold line breaks.

    Where a person decided about the whole text, its names are that; a theme still counts.
    """
    if len(text) > _LONGEST:
        return WorkArea((Unresolved(one_line(text), "too_long"),))
    text = _BRACKET.sub(_unbroken, text)
    status = area_status(text, resolver)
    rest, theme = _take_themes(status.rest, resolver)
    area = WorkArea((), theme, status)
    decided = resolver.decided(text)
    if decided:
        return replace(area, names=(decided,))
    rest, reasons, listed = _take_reasons(rest, resolver)
    exclusions = take_exclusions(_LIST_AFTER.sub(" / ", rest), resolver)
    listed_text, brackets = take_brackets(exclusions.rest, resolver)
    names = [*read_list(listed_text, resolver), *brackets]
    reason = "; ".join(reasons)
    return replace(
        area,
        names=(
            *(_without_suggestions(name, exclusions.units) for name in names),
            *exclusions.doubts,
            *_goes_on(text),
        ),
        explanation=reason,
        mentioned=tuple(name for each in reasons for name in named_in(each, resolver)),
        excluded=exclusions.names,
        listed=listed,
    )


def _without_suggestions(name: Name, excluded: frozenset[str]) -> Name:
    """A name that is asked, without what is excluded, also by words about another day or post."""
    if not isinstance(name, Unresolved):
        return name
    elsewhere = _NOT_HERE.search(name.printed)
    offered = () if elsewhere else name.suggestions
    return replace(name, suggestions=tuple(iso3 for iso3 in offered if iso3 not in excluded))


def _goes_on(text: str) -> tuple[Unresolved, ...]:
    """A list that ends on dots, or on what another name follows, is not whole; that is asked.

    A slash at the end is printed in the annexes themselves, and says nothing.
    """
    return (Unresolved("…", "unknown"),) if _DOTS.search(text) or _OPEN_END.search(text) else ()


def _unbroken(bracket: re.Match[str]) -> str:
    """A bracket that explains on one line: a narrow column breaks it anywhere."""
    text = one_line(bracket[1])
    explains = _EXPLAINS.search(text) or _NOT_HERE.search(text) or _FROM.match(text)
    return one_line(bracket[0]) if explains else bracket[0]


def _take_reasons(text: str, resolver: Resolver) -> tuple[str, list[str], bool]:
    """The list of countries, the reasons beside it, and whether a reason may hold a list too.

    A bracket that explains is a reason by itself. Else a clause that explains is one, up to the
    words behind which a list comes ("incl.").
    """
    reasons: list[str] = []

    def explained(bracket: re.Match[str]) -> str:
        served_from = _FROM.match(bracket[1]) and not named_in(bracket[1], resolver)
        if not (served_from or _EXPLAINS.search(bracket[1])) or _LIST_AFTER.search(bracket[1]):
            return bracket[0]
        reasons.append(one_line(bracket[1]))
        return "\n"

    text = _BRACKET.sub(explained, text)
    if not _EXPLAINS.search(text):
        return text, reasons, False
    first = _explaining_clause(text)
    reason, *behind = _LIST_AFTER.split(text[first:], maxsplit=1)
    if one_line(reason):
        reasons.append(one_line(reason))
    return "\n".join([text[:first], *behind]), reasons, _holds_a_list(reason, resolver)


def _explaining_clause(text: str) -> int:
    """Where the first clause begins that explains."""
    start = 0
    for end in [*(stop.end() for stop in _CLAUSE_END.finditer(text)), len(text)]:
        if _EXPLAINS.search(text[start:end]):
            return start
        start = end
    return start


def _holds_a_list(reason: str, resolver: Resolver) -> bool:
    """Whether a reason begins with names, or has several with a slash between: perhaps a list."""
    first = re.split(r"[/,;\n]", reason.strip(), maxsplit=1)[0]
    pieces = [piece.strip() for piece in re.split(r"[/,;\n]", reason)]
    known = [piece for piece in pieces if piece and resolver.knows(piece)]
    return resolver.knows(first.strip()) or ("/" in reason and len(known) > 1)


def _take_themes(text: str, resolver: Resolver) -> tuple[str, str]:
    """The text without its themes, and those; the countries behind a theme stay in the text."""
    themes = []

    def listed(match: re.Match[str]) -> str:
        said, countries = match[1].strip(" /-–•\n"), ""
        stop = _THEME_STOP.search(said)
        if stop and named_in(said[stop.end() :], resolver):
            said, countries = said[: stop.start()], said[stop.end() :]
        themes.append(one_line(_BROKEN.sub("/", said.strip(" /-–"))))
        return f"\n{countries}\n" if countries else " "

    return _THEME.sub(listed, text), "; ".join(themes)
