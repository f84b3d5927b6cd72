"""What the cell "Werkgebied" says: countries, regions, a theme, a pending decision, a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.names import Resolver
from geo.problems import Place, Problem
from geo.worklist import Name, read_list

_THEME = re.compile(r"\btaakaccent(?:en)?\s*:?\s*([^,;.\n]+)[,;.]?", re.I)
_PENDING = re.compile(
    r"[^,;.(]*\b(?:besluit(?:vorming\w*)?\s+(?:loopt|volgt|(?:is\s+)?nog\b)"
    r"|nog\s+(?:niet\s+besloten|te\s+besluiten)|onder\s+voorbehoud)"
    r"[^,;.)]*",
    re.I,
)
_LIST_AFTER = re.compile(r"\(?\s*\b(?:inclusief|incl\b\.?|t\.w\.|te weten)\s*:?\s*", re.I)
_EXPLAINS = re.compile(
    r"\b(?:teruggetrokken|voortgezet|opgeheven|beëindigd|overgenomen|gesloten|verplaatst)\b", re.I
)


@dataclass(frozen=True)
class WorkArea:
    """The parts of one work area; `explanation` is text that explains and accredits nobody."""

    names: tuple[Name, ...]
    theme: str = ""
    pending: bool = False
    explanation: str = ""

    def problems(self, place: Place) -> list[Problem]:
        """An error for each name that is not certainly one country, a warning for each respelt.

        And one for each that a person decided about, so that it can be seen who did and when.
        """
        found = [doubt for name in self.names for doubt in place.doubts(name, "countries")]
        found.sort(key=lambda problem: problem.severity)  # errors first
        if self.explanation and not self.names:
            message = "A reason is printed but no list of countries; only the host is counted."
            found.append(place.warning(self.explanation, message, "countries"))
        return found


def read_work_area(text: str, resolver: Resolver) -> WorkArea:
    """Take a work area apart, see `WorkArea`; `text` may hold line breaks.

    Where a person decided about the whole text, its names are that; a theme still counts.
    """
    pending = bool(_PENDING.search(text))
    rest = _PENDING.sub(" ", text)
    theme = "; ".join(part.strip() for part in _THEME.findall(rest))
    rest = _THEME.sub(" ", rest)
    decided = resolver.decided(text)
    if decided:
        return WorkArea((decided,), theme, pending)
    explanation = ""
    if _EXPLAINS.search(rest):
        parts = _LIST_AFTER.split(rest, maxsplit=1)
        explanation, rest = parts[0].strip(), parts[1] if len(parts) > 1 else ""
    else:
        rest = _LIST_AFTER.sub(" / ", rest)
    return WorkArea(tuple(read_list(rest, resolver)), theme, pending, explanation)
