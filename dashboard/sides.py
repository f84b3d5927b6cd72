"""The two sides of a comparison as they are asked for, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from dashboard import findings
from dashboard.i18n import Words
from geo.coverage import Choice
from geo.schemas import NOT_STATED, NOT_STATED_WORD, ORGANISATIONS

_PAPERS = ("brief", "bijlage")  # how the Dutch title of a document starts, where we have a word


@dataclass(frozen=True)
class Named:
    """One side as it is asked for: a release, or organisations within one ("NP+KMar")."""

    text: str
    release: str
    organisations: tuple[str, ...] = ()

    def choice(self, chosen: Choice) -> Choice:
        """What counts on this side, where `chosen` counts elsewhere."""
        return replace(chosen, organisations=self.organisations or chosen.organisations)


def named(text: str, release: str) -> Named:
    """The side that `text` asks for; organisations are those of `release`."""
    parts = text.replace(" ", "+").split("+")  # an address turns a plain + into a space
    if not all(part in (*ORGANISATIONS, NOT_STATED_WORD) for part in parts):
        return Named(text, text)
    codes = {NOT_STATED if part == NOT_STATED_WORD else part for part in parts}
    names = tuple(findings.in_order(list(codes)))
    return Named("+".join(name or NOT_STATED_WORD for name in names), release, names)


def short_names(t: Words, releases: pd.DataFrame, documents: pd.DataFrame) -> dict[str, str]:
    """Release -> "de brief van 2013"; with the month or day where two would be called the same.

    Tables `releases` and `documents` of the store. A release that no date tells apart keeps its id.
    """
    papers = documents.drop_duplicates("document").set_index("document")
    rows = {
        release: papers.loc[document]
        for release, document in zip(releases["release"], releases["document"], strict=True)
        if document in papers.index and isinstance(papers.loc[document, "date"], str)
    }
    short = {release: _called(t, row, str(row["date"])[:4]) for release, row in rows.items()}
    long = {release: _called(t, row, str(row["date"])) for release, row in rows.items()}
    return {name: _alone(name, short) or _alone(name, long) or name for name in releases["release"]}


def _called(t: Words, document: pd.Series, date: str) -> str:
    first = str(document["title_nl"]).casefold().partition(" ")[0]
    paper = t(f"compare.paper_{first if first in _PAPERS else 'other'}")
    return t("compare.called", paper=paper, date=t.date(date))


def _alone(release: str, called: Mapping[str, str]) -> str:
    """What a release is called, where no other is; else nothing."""
    name = called.get(release, "")
    return name if list(called.values()).count(name) == 1 else ""
