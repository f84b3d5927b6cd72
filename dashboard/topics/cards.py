"""A card of questions and answers for every country, made once for all who choose the same."""

from __future__ import annotations

from typing import Any

from dashboard import cache
from dashboard.filters import Filters
from dashboard.i18n import words
from dashboard.topics.answers import answers
from dashboard.topics.country import Country
from dashboard.topics.ground import Ground
from data import load
from geo.coverage import Choice


def cards(filters: Filters) -> list[dict[str, Any]]:
    """code, names to search by, title, and answers as [question, answer, source]; raises DataError.

    The countries with the most people come first: theirs are the names that are typed.
    """
    cache.store().release(filters.release)
    tables = ["units", "names", "events", "agreements", "neighbours", "populations"]
    tables += ["statements", "searched", "regions", "region_aliases"]
    mark = f"{cache.mark(filters.release)} {load.stamp(*tables)}"
    counts = " ".join(
        cache.store().mark("deployments", name) for name in cache.releases()["release"]
    )
    return _cards(filters.release, filters.choice, filters.language, f"{mark} {counts}")


@cache.kept(8)
def _cards(release: str, choice: Choice, language: str, mark: str) -> list[dict[str, Any]]:
    ground = Ground(words(language), _filters(release, choice, language))
    people = cache.reference("populations").set_index("iso3")["population"]
    units = cache.reference("units").assign(people=lambda all_: all_["iso3"].map(people).fillna(0))
    made = []
    for unit in units.sort_values("people", ascending=False).to_dict("records"):
        country = Country(ground, str(unit["iso3"]))
        made.append(
            {
                "code": unit["iso3"],
                "name": unit[f"name_{language}"],
                "names": [unit["name_nl"], unit["name_en"]],
                "title": country.title,
                "answers": [[each.question, each.answer, each.source] for each in answers(country)],
            }
        )
    return made


def _filters(release: str, choice: Choice, language: str) -> Filters:
    on = {"regions": choice.regions, "planned": choice.planned, "filo": choice.filo}
    layers = tuple(name for name, chosen in on.items() if chosen)
    return Filters(release, language, choice.organisations, layers=layers)
