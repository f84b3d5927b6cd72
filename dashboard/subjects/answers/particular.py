"""Answers about a country that are not about who serves it: agreements, priority, plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard import rows, snapshot
from dashboard.country_words import agreeing
from dashboard.report import Block, Table, Text
from dashboard.subjects.answers import places
from dashboard.subjects.answers.asking import Asking, Lead, Reply, facts
from dashboard.subjects.answers.question import Part
from data.load import reference


def agreements(asking: Asking, part: Part) -> Reply:
    """Whether the documents name an agreement with the police of a country."""
    t, iso3 = asking.t, part.topics[0].name
    table = reference("agreements")
    table = table[table["iso3"] == iso3]
    if table.empty:
        return _beside(asking, part, t("find.agreements_none", land=_land(asking, iso3)))
    said = [
        f"{row[f'text_{t.language}']} ({t.date(row['date'])})." for row in table.to_dict("records")
    ]
    return Reply(" ".join(said), [facts(t, table)], _dossier(asking, part))


def priority(asking: Asking, part: Part) -> Reply:
    """Whether a country was one of the priority countries of 2015-2018, and where those stand."""
    t, iso3 = asking.t, part.topics[0].name
    table = reference("priority_countries")
    named = iso3 in set(table["iso3"])
    title = t(f"find.priority_{'yes' if named else 'no'}", **_agreeing(asking, iso3), n=len(table))
    first = table.iloc[0].to_dict()
    body: rows.Rows = [[t.listing(list(table["printed"])), rows.citation(t, first)]]
    heads = rows.headers(t, ("printed", "place"))
    block: list[Block] = [Table("priority", t("find.rests_on"), heads, body)]
    years = frozenset({"2015", "2016", "2017", "2018"})
    return Reply(title, block, _dossier(asking, part), years=years)


def planned(asking: Asking, part: Part) -> Reply:
    """Which posts in a country are still to be decided on."""
    t, iso3 = asking.t, part.topics[0].name
    posts = places.posts_in(asking, part)
    posts = posts[posts["status"] == "planned"]
    if posts.empty:
        return _beside(asking, part, t("find.planned_none", land=_land(asking, iso3)))
    labels = t.listing([places.label_of(t, row) for row in posts.to_dict("records")])
    title = t.count("find.planned", len(posts), labels=labels, note=asking.dated)
    below = Text(places.unit(asking, iso3).title)
    return Reply(title, [below, asking.source(posts)], _dossier(asking, part))


BY_SUBJECT: Mapping[str, Callable[[Asking, Part], Reply]] = {
    "agreements": agreements,
    "priority": priority,
    "planned": planned,
}


def _beside(asking: Asking, part: Part, none: str) -> Reply:
    """That there is none, above who serves the country."""
    served = places.unit(asking, part.topics[0].name)
    return Reply(none, [Text(served.title), *served.blocks], served.leads)


def _dossier(asking: Asking, part: Part) -> list[Lead]:
    return [places.dossier(asking, places.country_of(asking, part.topics[0].name))]


def _agreeing(asking: Asking, iso3: str) -> dict[str, str]:
    return agreeing(asking.t, iso3, snapshot.names(asking.t.language)[iso3])


def _land(asking: Asking, iso3: str) -> str:
    return _agreeing(asking, iso3)["land"]
