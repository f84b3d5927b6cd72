"""What a line that stands alone in the table of the network is: a part of the world, or a post."""

from __future__ import annotations

import re

from geo.names.normalise import key
from geo.names.outcomes import Match, Region
from geo.names.resolver import Resolver
from geo.reading.mentions import named_in
from geo.reading.organisations import NAME, in_short, organisations_in
from geo.reading.status import Status, cell_status, is_of_another_day
from geo.schemas import ORGANISATIONS

_PART = re.compile(  # but for "Zuid-Afrika", which is a country
    r"(?!zuidafrika$)(?:(?:noord|zuid|oost|west|midden|centraal|latijns|subsahara)(?:elijk)?)*"
    r"(?:afrika|amerikas?|azie|europa|oceanie|cariben|caraiben|caribischgebied|balkan)"
    r"|pacific|stilleoceaan|(?:het)?middenoosten|nabijeoosten|overige?(?:landen)?|benelux|wereldwijd"
)
_COMPASS = re.compile(r"noord|zuid|oost|west|midden")  # "Noord- en Zuid-Amerika"
_AND = re.compile(r"\s*(?:[&/,+]|\ben\b)\s*", re.I)
_KIND = re.compile(r"\s*(?:regio|continent|werelddeel|gebied)\b[\s:–-]*(?=\w)", re.I)
_POSTING = re.compile(rf"\b(?:{'|'.join(ORGANISATIONS)})\)?\s*$", re.I)
_CUT = re.compile(r"(?:\s*[-–—]\s*|\s+)\d+\s*$|\s*\([^()]*\)?\s*$")


def is_banner(text: str, resolver: Resolver) -> bool:
    """Whether a line names nothing but parts of the world ("Azië & Oceanië") or printed regions.

    Anything else that stands alone is a posting whose other cells are empty: read as a banner it
    would be gone.
    """
    parts = [part for part in _AND.split(_KIND.sub("", text)) if key(part)]
    while len(parts) > 1 and _COMPASS.fullmatch(key(parts[0])):
        parts.pop(0)
    return bool(parts) and all(
        _PART.fullmatch(key(part)) or isinstance(resolver.exact(part), Region) for part in parts
    )


def is_heading(text: str, resolver: Resolver) -> bool:
    """Whether a line says something of all rows below it: an organisation, or how they stand.

    "Koninklijke Marechaussee" and "Gesloten in 2025" are such lines; one that names a country is
    a row.
    """
    short = in_short(text)
    if organisations_in(short):
        return not re.sub(NAME, "", short, flags=re.I).strip(" :-–—()/")
    speaks = cell_status(text) != Status(text) or is_of_another_day(text)
    return speaks and not named_in(text, resolver) and not is_posting(text, resolver)


def is_posting(label: str, resolver: Resolver | None) -> bool:
    """Whether a label is plainly a posting: an organisation at its end, or a certain country.

    Without a resolver only the first of the two counts.
    """
    if _POSTING.search(label):
        return True
    return resolver is not None and isinstance(resolver.exact(_CUT.sub("", label)), Match)
