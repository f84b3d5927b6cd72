"""A card of questions and answers for every country, made once for all who choose the same."""

from __future__ import annotations

from typing import Any

from dashboard import cache, prepared_search
from dashboard.filters import Filters
from dashboard.i18n import words
from dashboard.topics.answers import answers
from dashboard.topics.country import Country
from dashboard.topics.ground import Ground
from data import load
from geo.coverage import Choice


def cards(filters: Filters) -> list[dict[str, Any]]:
    """code, words to search by, title, and answers as [question, answer, source]; raises DataError.

    The words, and the rank of a country by its people, are those of the search box.
    """
    cache.store().release(filters.release)
    tables = ["units", "names", "events", "agreements", "neighbours", "populations"]
    tables += ["statements", "searched", "regions", "region_aliases"]
    mark = f"{cache.mark(filters.release)} {load.stamp(*tables)}"
    counts = " ".join(
        cache.store().mark("deployments", name) for name in cache.releases()["release"]
    )
    mark = f"{mark} {counts} {prepared_search.search_mark()}"
    return _cards(filters.release, filters.choice, filters.language, mark)


@cache.kept(8)
def _cards(release: str, choice: Choice, language: str, mark: str) -> list[dict[str, Any]]:
    ground = Ground(words(language), _filters(release, choice, language))
    made = []
    for entry in prepared_search.search_entries(language):
        country = Country(ground, entry["code"])
        made.append(
            entry
            | {
                "title": country.title,
                "answers": [[each.question, each.answer, each.source] for each in answers(country)],
            }
        )
    return made


def _filters(release: str, choice: Choice, language: str) -> Filters:
    on = {"regions": choice.regions, "planned": choice.planned, "filo": choice.filo}
    layers = tuple(name for name, chosen in on.items() if chosen)
    return Filters(release, language, choice.organisations, layers=layers)
