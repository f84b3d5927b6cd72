"""Where an officer would help, in words: limits that cannot be met, findings, how sure they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard import snapshot
from dashboard.i18n import Texts
from dashboard.report import Block, Table, Text
from dashboard.rows import Rows, number
from dashboard.subjects.planning import question as planning
from dashboard.subjects.planning.question import Question
from dashboard.wording import Names
from data.load import reference
from geo.firmness import Firmness, Town
from geo.placement import NewPost, Placement, Service


def city(t: Texts, name: str) -> str:
    """A city as the language writes it."""
    return snapshot.city_names(t.language).get(name, _seats(t.language).get(name, name))


@snapshot.cached(2)
def _seats(language: str) -> Mapping[str, str]:
    """Name of each seat of government in table `units` -> its name in a language."""
    units = reference("units")
    return dict(zip(units["seat"], units["seat" if language == "nl" else "seat_en"], strict=True))


def cities(t: Texts, posts: Sequence[NewPost]) -> str:
    """ "Lilongwe en Yaoundé"."""
    return t.listing([city(t, post.city) for post in posts])


def headline(t: Texts, answer: Placement, of: str) -> str:
    """What the best set reaches, in one sentence without a full stop; `of` whose officers count."""
    best = answer.sets[0]
    many = sum(len(post.countries) for post in best.posts)
    key = "planning.headline_one" if len(best.posts) == 1 else "planning.headline_several"
    named = {"cities": cities(t, best.posts), "km": answer.limits.within, "of": of}
    return t.count(key, many, officers=len(best.posts), **named)


def summary(t: Texts, question: Question, answer: Placement, points: pd.Series) -> str:
    """What was asked of how many places, and how much of the gap the best set closes."""
    towns, best = planning.towns(question), answer.sets[0]
    free = int(towns["barred"].isna().sum())
    share = round(100 * best.gain / answer.total)
    values = {"gain": best.gain, "total": answer.total, "share": share, "n": len(points)}
    return t("planning.asked", places=free, organisation=question.organisation, **values)


def barred(t: Texts, question: Question) -> str:
    """How many places are left out, and why, in words."""
    counts = planning.towns(question)["barred"].value_counts()
    parts = [
        t(f"planning.barred_{code}", n=int(counts[code]))
        for code in ("dutch", "may_be_dutch", "area", "unplaced", "home")
        if code in counts
    ]
    return t("planning.barred", parts="; ".join(parts))


def certainty(t: Texts, answer: Placement) -> str:
    """Whether the best set is proven, and how near the next ones are."""
    best = answer.sets[0]
    if not answer.optimal:
        share = round(100 * (answer.bound - best.gain) / answer.bound, 1)
        return t("planning.not_proven", bound=answer.bound, share=share)
    if answer.ties > 1:
        return t("planning.ties", n=answer.ties)
    if len(answer.sets) == 1:
        return t("planning.proven_alone")
    second = answer.sets[1]
    less = round(best.gain - second.gain, 1)
    return t("planning.proven", cities=cities(t, second.posts), less=less)


def step_by_step(t: Texts, answer: Placement) -> str:
    """What choosing one after another gives, against choosing all at once."""
    steps = [
        t("planning.step", city=city(t, step.city), adds=step.adds) for step in answer.step_by_step
    ]
    total = round(sum(step.adds for step in answer.step_by_step), 1)
    less = round(answer.sets[0].gain - total, 1)
    key = "planning.steps_less" if less > 0 else "planning.steps_same"
    return t(key, steps=t.listing(steps), total=total, less=less)


def with_km(t: Texts, countries: Sequence[Service], names: Names) -> str:
    """ "Kameroen (0 km), Gabon (447 km)", nearest first."""
    return t.listing(
        [f"{names[each.iso3]} ({t.number(each.distance_km)} km)" for each in countries]
    )


def firm(t: Texts, answer: Firmness, names: Names, source: str) -> list[Block]:
    """How often each place stays when one weight or limit moves, and every such run."""
    sentences = [
        t("planning.firm_stays", city=city(t, row["city"]), n=row["stays"], runs=row["runs"])
        for row in answer.places.to_dict("records")
    ]
    body: Rows = [
        [
            _moved(t, str(row["what"])),
            number(t, row["before"]),
            number(t, row["after"]),
            number(t, row["gain"]),
            _towns(t, row["leave"], names) or t("planning.firm_same"),
            _towns(t, row["enter"], names) or "–",
        ]
        for row in answer.runs.to_dict("records")
    ]
    heads = [t(f"planning.column_{name}") for name in ("moved", "was", "now", "points")]
    heads += [t(f"planning.column_{name}") for name in ("leaves", "enters")]
    table = Table("firm", t("planning.firm"), heads, body, source)
    return [Text(" ".join(sentences)), Text(t("planning.firm_note"), "note"), table]


def _moved(t: Texts, what: str) -> str:
    """A component of the score or a limit by its name."""
    for key in (f"gaps.component_{what}", f"planning.moved_{what}"):
        if t.has(key):
            return t(key)
    return what


def _towns(t: Texts, towns: Sequence[Town], names: Names) -> str:
    """ "Lusaka (Zambia)": each with its country."""
    return t.listing([f"{city(t, town)} ({names[iso3]})" for iso3, town in towns])
