"""What a cell says of a post itself: that it is not decided yet, or that nobody sits there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.mentions import named_in
from geo.names import Resolver

_CLOSING = r"sluiting|opheffing|beëindiging|terugtrekking|verplaatsing|vertrek"
_PLANNED = (
    r"besluit(?:vorming\w*(?:-?\s+proces)?)?\s+(?:loopt(?:\s+nog)?|volgt|(?:is\s+)?nog)"
    r"|nog\s+(?:niet\s+besloten|te\s+besluiten)|onder\s+voorbehoud"
    # A post whose closing is planned is there today.
    rf"|(?<!niet\s)(?<!sluiting\s)(?<!opheffing\s)(?:geplande?|voorgenomen)(?!\s+(?:{_CLOSING}))"
)
_VACANT = r"vacature|vacante?|onbezet|onvervuld"
_IS_PLANNED = re.compile(rf"\b(?:{_PLANNED})\b", re.I)
_IS_VACANT = re.compile(rf"\b(?:{_VACANT})\b", re.I)
_WORDS = re.compile(rf"[\s,:–—-]*\b(?:{_PLANNED}|{_VACANT})\b[\s,:–—-]*", re.I)
_CLAUSE = re.compile(rf"([^,;.(/\n]*)\b(?:{_PLANNED}|{_VACANT})\b([^,;.)/\n]*)", re.I)
_BRACKET = re.compile(r"\(([^()]*)\)?")
_CAPITAL = re.compile(r"\b[^\W\d_a-zà-ÿ][\w-]+")
# Words that open a clause and are no name.
_OPENS = re.compile(
    r"(?:de|het|een|deze|dit|er|lo|post|functie|plaatsing|nieuwe|definitieve|politieke)$", re.I
)


@dataclass(frozen=True)
class Status:
    """`rest` is the text without what it says of the post."""

    rest: str
    pending: bool = False
    vacant: bool = False


def label_status(text: str) -> Status:
    """Take the words alone out of a label or a city: "Ghana - NP (KST, gepland)"."""
    pending, vacant = bool(_IS_PLANNED.search(text)), bool(_IS_VACANT.search(text))
    if not (pending or vacant):
        return Status(text)
    return Status(_WORDS.sub(" ", _BRACKET.sub(_other_parts, text)).strip(), pending, vacant)


def _other_parts(bracket: re.Match[str]) -> str:
    """The bracket without the parts that speak of the post ("vacant sinds mei")."""
    parts = re.split(r"[,;/]", bracket[1])
    kept = [part for part in parts if not _WORDS.search(part)]
    if len(kept) == len(parts):
        return bracket[0]
    return f"({','.join(kept)})" if kept else " "


def area_status(text: str, resolver: Resolver) -> Status:
    """Take whole clauses out of a work area ("de besluitvorming loopt nog"), but no name."""
    pending, vacant = bool(_IS_PLANNED.search(text)), bool(_IS_VACANT.search(text))
    if not (pending or vacant):
        return Status(text)

    def kept(clause: re.Match[str]) -> str:
        parts = [part for part in clause.groups() if _may_name(part, resolver)]
        return " ".join(parts) if parts else " "

    return Status(_CLAUSE.sub(kept, text), pending, vacant)


def _may_name(text: str, resolver: Resolver) -> bool:
    """Whether a country or theme may stand here; what opens with a capital is a name till read."""
    if re.search(r"\btaakaccent", text, re.I) or named_in(text, resolver):
        return True
    return any(not _OPENS.match(word) for word in _CAPITAL.findall(text))
