"""Answers about countries, cities with a post, and regions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pandas as pd

from dashboard import evidence, records, rows, snapshot, statements, wording
from dashboard.i18n import Texts
from dashboard.links import question_address, source_address
from dashboard.records import Row
from dashboard.report import Block, Cell, Table, Text
from dashboard.subjects.answers.asking import Asking, Lead, Reply, about, facts, together
from dashboard.subjects.answers.question import Part
from dashboard.subjects.country import paragraph, questions, report
from dashboard.subjects.country.dossier import Country
from dashboard.subjects.country.posts import conclusion
from dashboard.subjects.network import history
from data.load import reference
from geo import events
from geo.coverage import HOME, of_organisations
from geo.scenario import Close, Scenario
from geo.scenario import text as written
from geo.schemas import NOT_STATED


def units(asking: Asking, parts: list[Part]) -> Reply:
    """The answer about each country, as where it is asked for alone.

    Before it whether the cities of the question serve the country, where that is asked.
    """
    codes = list(dict.fromkeys(part.topics[0].name for part in parts))
    reply, subjects = together([unit(asking, code) for code in codes]), asking.question.subjects
    if "serves" not in subjects or {"why", "missions"} & set(subjects):
        return reply
    said = [_serves(asking, part, code) for part in asking.question.of("city") for code in codes]
    return replace(reply, title=" ".join([*dict.fromkeys(said), reply.title]))


def _serves(asking: Asking, part: Part, iso3: str) -> str:
    """Whether an officer in a city serves a country, of those whom the question names."""
    t, network = asking.t, snapshot.network(asking.filters.release)
    posts = of_organisations(posts_in(asking, part), asking.named)
    posts = posts[posts["status"] == "active"]
    own = network.accreditations[network.accreditations["kind"] == "LO"]
    serves = own["row"].isin(posts["row"]) & (own["iso3"] == iso3)
    return t(
        "find.city_serves" if serves.any() else "find.city_serves_not",
        of=wording.of_any(t, asking.named),
        city=asking.label(part.topics[0]),
        land=country_of(asking, iso3).agreeing["land"],
    )


def unit(asking: Asking, iso3: str) -> Reply:
    """Who serves a country; of its missions or the reason for its post, where that is asked."""
    country, subjects = country_of(asking, iso3), asking.question.subjects
    leads = [dossier(asking, country)]
    if "missions" in subjects:
        said = questions.missions(country).text
        return Reply(about(asking.t, country.name, said), country.missions(), leads)
    if "why" in subjects:
        return _reason(asking, country)
    if iso3 == HOME:
        return Reply(f"{conclusion(country).rstrip('.')}.", [], leads)
    blocks: list[Block] = [Text(asking.t("find.holds", note=asking.dated))]
    if further := " ".join(paragraph.further(country)):
        blocks.append(Text(further))
    blocks += [Text(said) for said in evidence.beside(asking.t, iso3, "missing")]
    blocks += _printed(asking, country)
    return Reply(_conclusion(asking, country), blocks, leads)


def _reason(asking: Asking, country: Country) -> Reply:
    """Why a country has an officer or none, as far as a document says it.

    Where nobody serves it, also of a post there that another source told of before.
    """
    t, iso3 = asking.t, country.iso3
    said, _ = statements.reason(t, iso3)
    reasons = statements.concerning(iso3, "placement")
    source = [facts(t, reasons)] if len(reasons) else []
    more = [_conclusion(asking, country), *_of_cities(asking)]
    nobody = country.row["state"] == "none"
    more += evidence.beside(t, iso3, "missing", *(["ended"] if nobody else []))
    weighed = question_address(t("find.subject.criteria").split(",")[0])
    return Reply(
        about(t, country.name, said),
        [*map(Text, more), *source],
        [dossier(asking, country)],
        further=[] if source else [Cell(t("find.to_weighed"), href=weighed)],
    )


def _of_cities(asking: Asking) -> list[str]:
    """What the posts in the cities of the question serve, which is beside the country asked for."""
    return [
        said
        for part in asking.question.of("city")
        for said in _served(asking, part, of_organisations(posts_in(asking, part), asking.named))
    ]


def _conclusion(asking: Asking, country: Country) -> str:
    """Who serves a country, and of whom that is said where not every officer counts."""
    t, said = asking.t, f"{conclusion(country).rstrip('.')}."
    of = wording.of_choice(t, asking.chosen.choice)
    if not of or country.iso3 == HOME:
        return said
    if country.row["state"] == "none":  # which names the choice, and others who serve it
        return said if country.elsewhere else f"{said} {t('find.nor_others')}"
    return about(t, t("find.only", of=of), said)


def country_of(asking: Asking, iso3: str) -> Country:
    """A country under the choices of the question."""
    return report.of(asking.t, replace(asking.chosen, land=iso3))


def dossier(asking: Asking, country: Country) -> Lead:
    """The way to the page of a country."""
    return Lead(
        asking.t("find.to_dossier", land=country.agreeing["land"]),
        "country",
        {"land": country.iso3},
    )


def _printed(asking: Asking, country: Country) -> list[Block]:
    """The rows of those who serve it; where nobody does, the table in which nobody is named.

    Where only others serve than the reader chose, or a post is not decided on, their rows.
    """
    t, first = asking.t, asking.postings.iloc[0]
    serving = _serving(country)
    if len(serving):
        return [asking.source(serving.drop_duplicates("row"))]
    if country.iso3 == HOME:
        return []
    of = wording.of_no_choice(t, asking.chosen.choice)
    body: rows.Rows = [
        [
            t("find.not_named", land=country.agreeing["land"], of=of),
            Cell(country.source, href=source_address(first["document"], first["table"])),
        ]
    ]
    heads = [t("find.looked"), t("column.place")]
    return [Table("looked", t("find.rests_on"), heads, body)]


def _serving(country: Country) -> pd.DataFrame:
    """Those who serve a country under the reader's choices, else all of its rows."""
    if len(country.serving):
        return country.serving
    return country.ground.everything[country.iso3]


# --- cities ---------------------------------------------------------------------------------------


def city(asking: Asking, part: Part) -> Reply:
    """The officers in a city and the countries they serve; who else is there than was asked for."""
    t, every, named = asking.t, posts_in(asking, part), asking.named
    host = str(every.iloc[0]["host"])
    posts = of_organisations(every, named)
    others = every[~every["row"].isin(posts["row"])]
    place = {
        "city": asking.label(part.topics[0]),
        "land": snapshot.names(t.language)[host],
        "note": asking.dated,
    }
    if posts.empty:
        title = t("find.none_in_city", of=wording.of_any(t, named), **place)
        sentences = [*_served(asking, part, others)]
    else:
        active = int((posts["status"] == "active").sum())
        title = t.count("find.in_city", active, of=wording.of_whom(t, named), **place)
        sentences = [*_served(asking, part, posts)]
        if len(others):
            labels = [wording.organisation(t, who) for who in others["organisation"]]
            sentences.append(t("find.also_there", who=t.listing(labels)))
    if named and (unstated := int(others["organisation"].fillna(NOT_STATED).eq(NOT_STATED).sum())):
        sentences.append(t.count("network.lead_not_stated", unstated))
    closing = closing_lead(asking, every if posts.empty else posts)
    leads = [closing, dossier(asking, country_of(asking, host))]
    return Reply(title, [*map(Text, sentences), asking.source(every)], leads)


def _served(asking: Asking, part: Part, posts: pd.DataFrame) -> Iterator[str]:
    """What each post in a city serves, a sentence each."""
    t, names = asking.t, snapshot.names(asking.t.language)
    served = snapshot.network(asking.filters.release).accreditations
    for row in posts.to_dict("records"):
        own = served[(served["kind"] == "LO") & (served["row"] == row["row"])]
        lands = wording.all_countries(t, names, own["iso3"])
        whose = wording.post(t, row["organisation"], asking.label(part.topics[0]))
        status = "" if row["status"] == "active" else f" ({t('status.planned')})"
        yield t.count("find.serves", len(own), post=whose + status, lands=lands)


def label_of(t: Texts, row: Row) -> str:
    """What a post is called: its organisation and its city."""
    return wording.post(t, row["organisation"], records.text(row["city"]))


def posts_in(asking: Asking, part: Part) -> pd.DataFrame:
    """The LO posts in a city or a country of the network."""
    topic = part.topics[0]
    stored = snapshot.network(asking.filters.release).postings
    column = "city" if topic.kind == "city" else "host"
    inside = (stored["kind"] == "LO") & (stored[column] == topic.name)
    return asking.postings.loc[inside]


def host_of(asking: Asking, part: Part) -> str:
    """The country that is named, or that of the city."""
    topic = part.topics[0]
    return str(posts_in(asking, part).iloc[0]["host"]) if topic.kind == "city" else topic.name


def of_today(asking: Asking, part: Part) -> Reply:
    """What the network has in a city or for a country."""
    topic = part.topics[0]
    return city(asking, part) if topic.kind == "city" else unit(asking, topic.name)


def closing_lead(asking: Asking, posts: pd.DataFrame) -> Lead:
    """The way to what closing all these posts does."""
    scenario = Scenario(asking.filters.release, "", tuple(Close(int(n)) for n in posts["row"]))
    label = asking.t.count("find.to_closing", len(posts))
    return Lead(label, "whatif", {"scenario": written(scenario)})


def each(asking: Asking, parts: list[Part], answer: Callable[[Asking, Part], Reply]) -> Reply:
    """The answers about several places together, each place once."""
    of_topic = {part.topics[0]: part for part in parts}
    names = [asking.label(topic) for topic in of_topic]
    return together([answer(asking, part) for part in of_topic.values()], names)


def since(asking: Asking, parts: list[Part]) -> Reply:
    """Since when each of these places has an officer, no more exactly than the documents say."""
    return each(asking, parts, _since)


def _since(asking: Asking, part: Part) -> Reply:
    """The same of one place, before what is said of it today."""
    t, topic = asking.t, part.topics[0]
    is_city, today = topic.kind == "city", of_today(asking, part)
    host = host_of(asking, part)
    marks = history.network_chains("")
    marks = marks[marks["iso3"] == host]
    if is_city:  # a document may name the country alone
        marks = marks[marks["city"].isna() | (marks["city"] == topic.name)]
    below: list[Block] = [Text(today.title), *today.blocks]
    leads = [Lead(t("find.to_history"), "network_history", {"land": host}), *today.leads]
    if marks.empty:
        title = t("find.since_none", place=asking.label(topic))
        return Reply(title, [*country_of(asking, host).history(), *below], leads)
    heads, body = history.chain_rows(t, marks)
    left = events.returns(marks).to_dict("records")
    said = [about(t, history.title(t, row), history.since_text(t, row)) for row in left]
    return Reply(
        " ".join(said), [Table("since", t("network.back_when"), heads, body), *below], leads
    )


def region(asking: Asking, part: Part) -> Reply:
    """Which countries a region stands for, and the printed rows that name it."""
    t, name = asking.t, part.topics[0].name
    table, names = reference("regions"), snapshot.names(t.language)
    codes = table.loc[table["region"] == name, "iso3"]
    lands = wording.all_countries(t, names, codes)
    postings = asking.postings
    naming = postings[postings["area_printed"].fillna("").str.contains(name, regex=False)]
    blocks: list[Block] = [asking.source(naming)] if len(naming) else []
    blocks.append(Text(t("find.region_reading")))
    return Reply(t("find.region", region=name, n=len(codes), lands=lands), blocks)
