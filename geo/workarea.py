"""What the cell "Werkgebied" says: countries, regions, a theme, a pending decision, a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geo.keys import one_line
from geo.mentions import Named, named_in
from geo.names import Resolver, Unresolved
from geo.problems import Place, Problem
from geo.status import area_status
from geo.worklist import Name, read_list

_LONGEST = 3_000  # signs; fifteen times the longest yet, and a longer one would take long
_THEME = re.compile(
    r"\btaakaccent(?:en)?\b\s*:?\s*((?:\([^(),;.]*\)?|(?!\btaakaccent)[^,;.()])+)[,;.)]?", re.I
)
# Behind these a list may follow; without spaces a slash stands in a theme ("havens/ondermijning").
_THEME_STOP = re.compile(r"\s+/\s+|\s*\n\s*")
_BROKEN = re.compile(r"(?<=\S)/\n\s*")  # by a narrow column
_LIST_AFTER = re.compile(r"\(?\s*\b(?:inclusief|incl\b\.?|t\.w\.|te weten)\s*:?\s*", re.I)
_EXPLAINS = re.compile(
    r"\b(?:teruggetrokken|voortgezet|opgeheven|beëindigd|overgenomen|gesloten|verplaatst)\b", re.I
)


@dataclass(frozen=True)
class WorkArea:
    """The parts of one work area; `explanation` is text that explains and accredits nobody.

    `mentioned` are the countries that it names.
    """

    names: tuple[Name, ...]
    theme: str = ""
    pending: bool = False
    explanation: str = ""
    vacant: bool = False
    mentioned: tuple[Named, ...] = ()

    def problems(self, place: Place) -> list[Problem]:
        """An error for each name that is not certainly one country, a warning for each respelt.

        And one for each that a person decided about, so that it can be seen who did and when.
        """
        found = [doubt for name in self.names for doubt in place.doubts(name, "countries")]
        found.sort(key=lambda problem: problem.severity)  # errors first
        if self.explanation and not self.names:
            found.append(place.warning("reason_without_list", self.explanation, "countries"))
        return found


def read_work_area(text: str, resolver: Resolver) -> WorkArea:
    """Take a work area apart, see `WorkArea`; `text` may hold line breaks.

    Where a person decided about the whole text, its names are that; a theme still counts.
    """
    if len(text) > _LONGEST:
        return WorkArea((Unresolved(one_line(text), "too_long"),))
    status = area_status(text, resolver)
    rest, theme = _take_themes(status.rest, resolver)
    area = WorkArea((), theme, status.pending, vacant=status.vacant)
    decided = resolver.decided(text)
    if decided:
        return replace(area, names=(decided,))
    if _EXPLAINS.search(rest):
        parts = _LIST_AFTER.split(rest, maxsplit=1)
        reason, rest = parts[0].strip(), parts[1] if len(parts) > 1 else ""
        area = replace(area, explanation=one_line(reason), mentioned=(*named_in(reason, resolver),))
    else:
        rest = _LIST_AFTER.sub(" / ", rest)
    return replace(area, names=tuple(read_list(rest, resolver)))


def _take_themes(text: str, resolver: Resolver) -> tuple[str, str]:
    """The text without its themes, and those; the countries behind a theme stay in the text."""
    themes = []

    def listed(found: re.Match[str]) -> str:
        said, countries = found[1].strip(" /-–•\n"), ""
        stop = _THEME_STOP.search(said)
        if stop and named_in(said[stop.end() :], resolver):
            said, countries = said[: stop.start()], said[stop.end() :]
        themes.append(one_line(_BROKEN.sub("/", said.strip(" /-–"))))
        return f"\n{countries}\n" if countries else " "

    return _THEME.sub(listed, text), "; ".join(themes)
