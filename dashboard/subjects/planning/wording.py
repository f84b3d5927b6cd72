"""Where an officer would help, in words: limits that cannot be met, findings, sums of countries."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import snapshot
from dashboard.i18n import Words
from geo.errors import LimitError
from geo.placement import NewPost, Placement


def limit_text(t: Words, error: LimitError) -> str:
    """Why limits cannot be met, and what to do, without the last full stop."""
    names = snapshot.names(t.language)
    params: dict[str, object] = {
        name: t.listing([str(names.get(each, each)) for each in value])
        if isinstance(value, tuple)
        else value
        for name, value in error.params.items()
    }
    return t(f"limit.{error.code}", **params)


def city(t: Words, name: str) -> str:
    """A city as the language writes it."""
    return snapshot.city_names(t.language).get(name, _seats(t.language).get(name, name))


def _seats(language: str) -> dict[str, str]:
    units = snapshot.reference("units")
    return dict(zip(units["seat"], units["seat" if language == "nl" else "seat_en"], strict=True))


def cities(t: Words, posts: Sequence[NewPost]) -> str:
    """ "Lilongwe en Yaoundé"."""
    return t.listing([city(t, post.city) for post in posts])


def headline(t: Words, answer: Placement) -> str:
    """What the best set reaches, in one sentence without a full stop."""
    best = answer.sets[0]
    many = sum(len(post.countries) for post in best.posts)
    key = "planning.headline_one" if len(best.posts) == 1 else "planning.headline_several"
    return t.count(key, many, cities=cities(t, best.posts), km=answer.limits.within)
