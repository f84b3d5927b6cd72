"""Answers about more than one officer, and about the most: of cities, countries, organisations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from dashboard import rows, snapshot, wording
from dashboard.country_words import within
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Block, Table, Text
from dashboard.subjects.answers.amounts import SEVERAL, Amount, amount_in
from dashboard.subjects.answers.asking import DUTCH_ORGANISATIONS, Asking, Lead, Reply, together
from dashboard.subjects.answers.network import areas_of, city_names, table_of
from dashboard.subjects.answers.question import listed
from dashboard.subjects.network import rows as network_rows
from geo.coverage import HOME, PLANNED, of_organisations, served
from geo.names.normalise import key
from geo.schemas import NOT_STATED

# --- so many of them ------------------------------------------------------------------------------


def several(asking: Asking) -> Reply:
    """Where so many officers are as is asked for, else more than one: in countries or in cities."""
    asked = amount_in(asking.question)
    amount = asked.amount if asked else SEVERAL
    lands = not listed("country_words").isdisjoint(asking.question.words)
    answer = _countries if lands else _cities
    areas = areas_of(asking)
    replies = [answer(asking, amount, area) for area in areas or [""]]
    return together(replies, [asking.t.area(area) for area in areas])


def _cities(asking: Asking, amount: Amount, area: str) -> Reply:
    """The cities where so many of those work who count; of all, the Dutch ones first."""
    t, filters = asking.t, replace(asking.chosen, area=area)
    frames = network_rows.network_frames(filters)
    cities = frames.cities[frames.cities["active"].map(amount.holds)]
    sentences = [_in_cities(t, amount, cities, filters)]
    if not filters.organisations:
        dutch = replace(filters, organisations=DUTCH_ORGANISATIONS)
        of_dutch = network_rows.network_frames(dutch).cities
        of_dutch = of_dutch[of_dutch["active"].map(amount.holds)]
        if set(of_dutch["name"]) != set(cities["name"]):
            every = t.count("find.several_all", len(cities), cities=city_names(t, cities))
            sentences = [_in_cities(t, amount, of_dutch, dutch), every]
    heads, body = network_rows.city_rows(t, replace(frames, cities=cities))
    table = Table("several", t("find.several_title"), heads, body)
    return _reply(asking, filters, " ".join(sentences), [table] if body else [])


def _in_cities(t: Texts, amount: Amount, cities: pd.DataFrame, filters: Filters) -> str:
    of, number = wording.of_any(t, filters.organisations), amount.in_words(t)
    if cities.empty:
        sentence = t("find.several_none", of=of, amount=number)
    else:
        names = city_names(t, cities)
        sentence = t.count("find.several_in", len(cities), of=of, cities=names, amount=number)
    return wording.in_area(t, filters.area, sentence)


def _countries(asking: Asking, amount: Amount, area: str) -> Reply:
    """The countries where so many work, and how many countries so many serve."""
    t, filters = asking.t, replace(asking.chosen, area=area)
    hosts, serving = _officers(asking, filters), _serving(asking, filters)
    here = {code: n for code, n in hosts.items() if amount.holds(n)}
    all_of = {code: n for code, n in serving.items() if amount.holds(n)}
    values = {"of": wording.of_any(t, filters.organisations), "amount": amount.in_words(t)}
    listed_hosts = _ranked(t, here)
    first = (
        t.count("find.hosts_several", len(here), hosts=listed_hosts, **values)
        if here
        else t("find.hosts_none", **values)
    )
    then = t.count("find.served_several", len(all_of), **values)
    names = snapshot.names(t.language)
    body: rows.Rows = [
        [names[code], rows.number(t, hosts[code]), rows.number(t, serving[code])]
        for code in sorted({*here, *all_of}, key=lambda code: (-serving[code], key(names[code])))
    ]
    heads = [t("column.country"), t("find.officers_there"), t("find.officers_serving")]
    tables = [Table("several", t("find.several_countries"), heads, body)] if body else []
    title = f"{wording.in_area(t, area, first)} {then}"
    return _reply(asking, filters, title, [*tables, *table_of(asking, "LO")])


def _reply(asking: Asking, filters: Filters, title: str, blocks: list[Block]) -> Reply:
    """The answer with the day of the network and the way to its page."""
    asked = amount_in(asking.question)
    note = Text(asking.t("find.holds", note=asking.dated))
    choices = {"area": filters.area, "organisations": filters.organisations}
    lead = Lead(asking.t("find.to_network"), "network", choices)
    return Reply(title, [note, *blocks], [lead], words=asked.words if asked else frozenset())


def _officers(asking: Asking, filters: Filters) -> Counter[str]:
    """How many officers work in each country of the choice."""
    posts = of_organisations(asking.postings, filters.organisations)
    posts = posts[(posts["kind"] == "LO") & (posts["status"] == "active")]
    return Counter(posts.loc[posts["host"].isin(snapshot.in_area(filters.area)), "host"])


def _serving(asking: Asking, filters: Filters) -> Counter[str]:
    """How many officers serve each country of the choice."""
    pairs = _pairs(asking, filters)
    return Counter(pairs.loc[pairs["iso3"].isin(snapshot.in_area(filters.area)), "iso3"])


def _pairs(asking: Asking, filters: Filters) -> pd.DataFrame:
    """Who serves which country abroad, without plans and flexible officers."""
    accreditations = snapshot.network(filters.release).accreditations
    pairs = served(asking.postings, accreditations, filters.choice)
    return pairs[(pairs["rank"] < PLANNED) & ~pairs["is_filo"] & (pairs["iso3"] != HOME)]


def _ranked(t: Texts, numbers: Mapping[str, int]) -> str:
    """ "Albanië (3), Marokko (3) en Brazilië (2)", the most first."""
    names = snapshot.names(t.language)
    ordered = sorted(numbers, key=lambda code: (-numbers[code], key(names[code])))
    return t.listing(
        [f"{within(t, code, names[code])} ({t.number(numbers[code])})" for code in ordered]
    )


# --- the most -------------------------------------------------------------------------------------

NO_ARTICLES: Mapping[str, str] = MappingProxyType({})
# The words by which it is asked of what there are the most.
_ASKED_OF = ("city_words", "country_words", "organisation_words", "range_words")


def most(asking: Asking) -> Reply:
    """Where, or who, has the most officers; which post serves the most countries."""
    words, subjects = asking.question.words, asking.question.subjects
    kinds: Mapping[str, Callable[[Asking, str], Reply]] = {
        "city_words": _most_of_cities,
        "organisation_words": _most_of_organisations,
        "country_words": _most_of_countries,
    }
    answer = next(
        (made for name, made in kinds.items() if not listed(name).isdisjoint(words)),
        _most_of_countries,
    )
    if "serves" in subjects or not listed("range_words").isdisjoint(words):
        answer = _most_served
    areas = areas_of(asking)
    replies = [answer(asking, area) for area in areas or [""]]
    return together(replies, [asking.t.area(area) for area in areas])


def _most_of_countries(asking: Asking, area: str) -> Reply:
    filters = replace(asking.chosen, area=area)
    names = snapshot.names(asking.t.language)
    officers = _officers(asking, filters)
    numbers = [(names[code], n) for code, n in officers.items()]
    said = {names[code]: within(asking.t, code, names[code]) for code in officers}
    return _most(asking, filters, "most_officers", numbers, said)


def _most_of_cities(asking: Asking, area: str) -> Reply:
    filters = replace(asking.chosen, area=area)
    cities = network_rows.network_frames(filters).cities
    numbers = list(zip(cities["name"], cities["active"].astype(int), strict=True))
    return _most(asking, filters, "most_officers", numbers)


def _most_of_organisations(asking: Asking, area: str) -> Reply:
    """Of an organisation that is not stated it cannot be told whose officer it is."""
    t, filters = asking.t, replace(asking.filters, area=area)
    posts = asking.postings
    posts = posts[(posts["kind"] == "LO") & (posts["status"] == "active")]
    posts = posts[posts["host"].isin(snapshot.in_area(area))]
    numbers = Counter(posts["organisation"].fillna(NOT_STATED))
    unstated = numbers.pop(NOT_STATED, 0)
    named = [(t(f"full.{name}"), n) for name, n in numbers.items()]
    reply = _most(asking, filters, "most_by", named)
    if not unstated:
        return reply
    return replace(reply, title=f"{reply.title} {t.count('network.lead_not_stated', unstated)}")


def _most_served(asking: Asking, area: str) -> Reply:
    t, filters = asking.t, replace(asking.chosen, area=area)
    pairs = _pairs(asking, filters)
    pairs = pairs[pairs["iso3"].isin(snapshot.in_area(area))]
    numbers = Counter(pairs["row"])
    posts = asking.postings[asking.postings["kind"] == "LO"].set_index("row")
    labels = [
        (wording.post(t, posts.at[row, "organisation"], str(posts.at[row, "city"])), n)
        for row, n in numbers.items()
    ]
    return _most(asking, filters, "most_served", labels)


def _most(
    asking: Asking,
    filters: Filters,
    name: str,
    numbers: Sequence[tuple[str, int]],
    said: Mapping[str, str] = NO_ARTICLES,
) -> Reply:
    """Who has the highest number, all of them where several do, above the whole list.

    `said` is how a name stands in the sentence where that differs.
    """
    t = asking.t
    ordered = sorted(numbers, key=lambda each: (-each[1], key(each[0])))
    if not ordered:
        none = t("find.most_none", of=wording.of_any(t, filters.organisations))
        return _reply(asking, filters, wording.in_area(t, filters.area, none), [])
    top = ordered[0][1]
    first = [each for each, number in ordered if number == top]
    of, names = (
        wording.of_whom(t, filters.organisations),
        t.listing([said.get(n, n) for n in first]),
    )
    title = t.count(f"find.{name}", len(first), most=t.number(top), names=names, of=of)
    body: rows.Rows = [[each, rows.number(t, number)] for each, number in ordered]
    table = Table("most", t("find.most_title"), [t("find.which"), t("find.how_many")], body)
    title = wording.in_area(t, filters.area, title)
    reply = _reply(asking, filters, title, [table, *table_of(asking, "LO")])
    return replace(reply, words=frozenset().union(*map(listed, _ASKED_OF)))
