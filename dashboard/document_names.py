"""What documents and releases are called in words a reader knows, instead of their ids.

Addresses and the columns that machines read keep the ids.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import pandas as pd

from dashboard import records, snapshot
from dashboard.i18n import Texts, texts_of
from geo.citations import untitled_number
from geo.errors import DataError

_NUMBERED = re.compile(r"(\d+)\.\s")  # how the annexes head their tables: "1. Gecombineerd …"


def document_name(t: Texts, document: str) -> str:
    """A document by its short name, as in "bijlage najaar 2025"; raises DataError.

    An imported one is called by its reference date. One that is not stored keeps its id.
    """
    return _document_names(t.language).get(document, document)


def document_names(t: Texts) -> dict[str, str]:
    """Id -> short name of every document."""
    return dict(_document_names(t.language))


def release_name(t: Texts, release: str) -> str:
    """A release by what it holds, as in "Netwerk begin 2026"; raises DataError.

    One that is not stored, such as an example of a document, keeps its id.
    """
    return _release_names(t.language).get(release, release)


def release_within(t: Texts, release: str) -> str:
    """The same within a sentence, as in "het netwerk van begin 2026"."""
    return _within_sentences(t.language).get(release, release)


def table_name(t: Texts, table: str) -> str:
    """A printed table as a reader looks for it: by its number, or by its heading.

    Without the reference date, which stands beside it. `table` is as the tables of facts keep it.
    """
    heading = table.partition(" (")[0]
    if heading == "brief":
        return t("place.letter")
    if number := untitled_number(heading):
        return t("place.table", number=number)
    numbered = _NUMBERED.match(heading)
    if numbered:
        return t("place.table", number=numbered[1])
    return t("place.heading", heading=heading) if heading[:1].isupper() else heading


@snapshot.cached(2)
def _document_names(language: str) -> dict[str, str]:
    t, documents = texts_of(language), _documents()
    named = {
        str(row["document"]): records.text(row[f"name_{language}"])
        or t("place.imported", date=t.date(str(row["date"])))
        for row in documents.to_dict("records")
    }
    return _distinct(t, named, documents[f"title_{language}"])


@snapshot.cached(2)
def _release_names(language: str) -> dict[str, str]:
    return _of_releases(texts_of(language), "release_name")


@snapshot.cached(2)
def _within_sentences(language: str) -> dict[str, str]:
    return _of_releases(texts_of(language), "release_within")


def _of_releases(t: Texts, key: str) -> dict[str, str]:
    register, documents = snapshot.store().register(), _documents()
    named, titles = {}, {}
    for row in register.to_dict("records"):
        release = str(row["release"])
        document = documents.loc[row["document"]] if row["document"] in documents.index else None
        titles[release] = release if document is None else str(document[f"title_{t.language}"])
        letter = document is not None and bool(records.text(document["paper"]))
        kind, date = _kind(row, letter)
        named[release] = t(f"{key}.{kind}", date=_when(t, date))
    return _distinct(t, named, pd.Series(titles, dtype="object"))


def _documents() -> pd.DataFrame:
    """Table `documents` by id; empty where it has a fault, which is told where it is shown."""
    try:
        return snapshot.documents()
    except DataError:
        return pd.DataFrame(columns=["document", "title_nl", "title_en"])


def _kind(row: records.Row, letter: bool) -> tuple[str, str]:
    """(what a release holds that tells it from others, its date): the network before missions."""
    if row["network"] == "complete":
        return "network", str(row["network_as_of"])
    if row["network"] == "partial":
        return "letter" if letter else "part", str(row["network_as_of"])
    return "missions", str(row["missions_as_of"])[:7]  # the day stands with the figures


def _when(t: Texts, date: str) -> str:
    """A date in words; a January without a day is how "the start of 2026" is kept."""
    return t("network.early", year=date[:4]) if date[4:] == "-01" else t.date(date)


def _distinct(
    t: Texts, named: Mapping[str, str], titles: Mapping[str, str] | pd.Series
) -> dict[str, str]:
    """The names, with the title where several are called the same, and a number where need be."""
    often = Counter(named.values())
    titled = {
        key: name if often[name] == 1 else t("place.titled", name=name, title=titles[key])
        for key, name in named.items()
    }
    often, seen = Counter(titled.values()), Counter[str]()
    told = {}
    for key, name in reversed(titled.items()):  # the oldest is the first
        seen[name] += 1
        told[key] = name if often[name] == 1 else f"{name} ({seen[name]})"
    return told
