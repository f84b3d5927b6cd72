"""What a mission is called in the reader's language, and what its abbreviation stands for.

Tables of what is printed keep the print.

The documents are Dutch, and so are the names by which the tables know a mission.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from dashboard import snapshot
from dashboard.i18n import Texts, texts_of

DOCUMENTS = "nl"
# Words in names of missions that are no unit, by their texts.
_TEXTS = ("lead.OSCE", "mission_area.balkans", "mission_area.guinea", "mission_area.serbia")

_SHORT = re.compile(r"\b(?:[A-Z]{3,}|CoE)\b")
_WORDS = ("NESTOR",)  # in capitals, but a name


@snapshot.cached(2)
def _translations(language: str) -> dict[str, str]:
    """Words in the language of the documents -> in that of the reader, where these differ."""
    old, new = texts_of(DOCUMENTS), texts_of(language)
    names = zip(snapshot.names(DOCUMENTS), snapshot.names(language), strict=True)
    pairs = [*names, *((old(text), new(text)) for text in _TEXTS)]
    return {before: after for before, after in pairs if before != after}


@snapshot.cached(2)
def _pattern(language: str) -> re.Pattern[str]:
    """Any of the words; the longest first, for some are part of others."""
    longest = sorted(_translations(language), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?!\w)")


def mission_name(t: Texts, mission: str) -> str:
    """A mission as readers of a language know it: "EUMA Armenia" for "EUMA Armenië"."""
    if t.language == DOCUMENTS:
        return mission
    translated = _translations(t.language)
    return _pattern(t.language).sub(lambda match: translated[match[0]], mission)


def renamed(t: Texts, frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with its column `mission` in the reader's words."""
    return frame.assign(mission=[mission_name(t, str(name)) for name in frame["mission"]])


def abbreviations(names: Iterable[str]) -> list[str]:
    """The abbreviations in names or other printed words, each once, in their order."""
    each = (short for name in names for short in _SHORT.findall(name) if short not in _WORDS)
    return list(dict.fromkeys(each))


def in_full(t: Texts, short: str) -> str:
    """What an abbreviation stands for; empty for one that no text has in full."""
    key = f"abbreviation.{short}"
    return t(key) if t.has(key) else ""


def explained(t: Texts, names: Iterable[str]) -> str:
    """What the abbreviations in these names stand for, in one sentence; empty where none does."""
    stated = ((short, in_full(t, short)) for short in abbreviations(names))
    each = "; ".join(f"{short} – {full}" for short, full in stated if full)
    return t("missions.in_full", each=each) if each else ""
