"""Answers about the network as a whole: how large, whose, where nobody is, what stands apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pandas as pd

from dashboard import records, rows, snapshot, wording
from dashboard.country_words import agreeing, within
from dashboard.document_names import document_name
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.links import source_address
from dashboard.records import Row
from dashboard.report import Block, Cell, Table, Text
from dashboard.subjects.answers.asking import (
    DUTCH_ORGANISATIONS,
    Asking,
    Lead,
    Reply,
    about,
    together,
)
from dashboard.subjects.answers.denials import asks_twice
from dashboard.subjects.answers.index import DUTCH
from dashboard.subjects.answers.places import label_of
from dashboard.subjects.answers.question import listed
from dashboard.subjects.gaps import wording as gap_wording
from dashboard.subjects.gaps.report import Gaps
from dashboard.subjects.network import rows as network_rows
from data.load import reference
from geo.coverage import COVERED, HOME, of_organisations, served, totals
from geo.names.normalise import key, key_tokens


def whole(asking: Asking) -> Reply:
    """How many postings serve how many countries."""
    return _size(asking, asking.filters)


def chosen(asking: Asking) -> Reply:
    """The same of the organisations and the parts of the world that the question names."""
    chosen = asking.chosen
    choices: dict[str, object] = {}
    if asking.question.of("organisation"):
        choices["organisations"] = chosen.organisations
    words, areas, groups = frozenset(asking.question.words), areas_of(asking), _groups(asking)
    apart = bool(words & listed("compare_words")) or asks_twice(asking.question)
    compared = apart and len(groups) > 1
    together_asked = len(groups) > 1 and not compared and words & (listed("both_words") | {"&"})
    replies, names = [], []
    for group, area in product(groups if compared else [()], areas or [chosen.area]):
        filters = replace(chosen, organisations=group or chosen.organisations, area=area)
        if choices:
            choices = {"organisations": filters.organisations}
        reply = _size(asking, filters, choices | ({"area": area} if areas else {}))
        replies.append(_with_each(asking, filters, groups, reply) if together_asked else reply)
        whose = asking.t.listing([asking.t(f"full.{name}") for name in group])
        names.append(", ".join(filter(None, (whose, asking.t.area(area) if areas else ""))))
    both = listed("both_words") if len(groups) > 1 else frozenset()
    return replace(together(replies, names), words=both)


def _groups(asking: Asking) -> list[tuple[str, ...]]:
    """The organisations that the question names, the Dutch ones together where it does so."""
    topics = dict.fromkeys(part.topics[0] for part in asking.question.of("organisation"))
    return [DUTCH_ORGANISATIONS if name == DUTCH else (name,) for _, name in topics]


def _with_each(
    asking: Asking, filters: Filters, groups: Sequence[tuple[str, ...]], reply: Reply
) -> Reply:
    """The answer with how many countries an officer of each of these groups serves, and which."""
    t = asking.t
    frames = [_coverage(replace(filters, organisations=group)) for group in groups]
    lands = frozenset.intersection(
        *(frozenset(frame.loc[frame["state"].isin(COVERED), "iso3"]) for frame in frames)
    )
    whose = [f" {t('whatif.or')} ".join(t(f"short.{name}") for name in group) for group in groups]
    whose = [
        f"({name})" if len(group) > 1 else name for name, group in zip(whose, groups, strict=True)
    ]
    names = t("find.by_each_joined").join(whose)
    if not lands:
        none = wording.in_area(t, filters.area, t("find.by_each_none", names=names))
        return replace(reply, title=f"{reply.title} {none}")
    counted = wording.in_area(t, filters.area, t.count("find.by_each", len(lands), names=names))
    listing = wording.all_countries(t, snapshot.names(t.language), lands)
    below = Text(about(t, counted.rstrip("."), listing) + ".")
    return replace(reply, title=f"{reply.title} {counted}", blocks=[below, *reply.blocks])


def areas_of(asking: Asking) -> list[str]:
    """The parts of the world that the question names, each once."""
    return list(dict.fromkeys(part.topics[0].name for part in asking.question.of("area")))


def _size(asking: Asking, filters: Filters, choices: dict[str, object] | None = None) -> Reply:
    t, choices = asking.t, choices or {}
    said, rests_on = [t("find.holds", note=asking.dated)], table_of(asking, "LO")
    said = [*_where(asking, filters), *said]
    if choices:
        serving = _serving(asking, filters)
        rests_on = [asking.source(serving)] if len(serving) else rests_on
    leads = [
        Lead(t("find.to_map"), "coverage", choices),
        Lead(t("find.to_network"), "network", choices),
    ]
    return Reply(_counted(t, filters), [*map(Text, said), *rests_on], leads)


def _counted(t: Texts, filters: Filters) -> str:
    """How many officers there are in how many cities, and how many countries they serve.

    A city has one post, where several officers may work.
    """
    cities = network_rows.network_frames(filters).cities
    cities = cities[cities["active"] > 0]
    counts = totals(_coverage(filters))
    number, of = int(cities["active"].sum()), wording.of_any(t, filters.organisations)
    values = {
        "cities": t.count("find.n_cities", len(cities)),
        "hosts": t.count("network.hosts", counts.covered),
        "served": t.count("overview.served", counts.covered),
    }
    if not filters.area:
        return t.count("find.size", number, of=of, **values)
    if cities.empty:
        said = t("find.size_none", of=of, **values)
    else:
        said = t.count("find.size_area", number, of=of, **values)
    return wording.in_area(t, filters.area, said)


def _where(asking: Asking, filters: Filters) -> list[str]:
    """In which cities the posts of the choice stand, and which are not decided on yet."""
    t, said = asking.t, []
    cities = network_rows.network_frames(filters).cities
    if number := int(cities["active"].sum()):
        said.append(t.count("find.posts_in", number, cities=city_names(t, cities, counted=True)))
    posts = of_organisations(asking.postings, filters.organisations)
    posts = posts[posts["host"].isin(snapshot.in_area(filters.area))]
    waiting = posts[(posts["kind"] == "LO") & (posts["status"] == "planned")]
    if len(waiting):
        labels = t.listing(_labels(t, waiting))
        said.append(t.count("find.planned", len(waiting), labels=labels, note=asking.dated))
    return said


def city_names(t: Texts, cities: pd.DataFrame, counted: bool = False) -> str:
    """The cities with an active post as a list; `counted` says of how many: "Nairobi (2)"."""
    there = cities[cities["active"] > 0]
    numbers = [f" ({n})" if counted and n > 1 else "" for n in there["active"]]
    pairs = sorted(zip(there["name"], numbers, strict=True), key=lambda pair: key(pair[0]))
    return t.listing([f"{name}{number}" for name, number in pairs])


def _serving(asking: Asking, filters: Filters) -> pd.DataFrame:
    """The LO rows of the choice, plans too, that have a post in its area or serve it."""
    postings, inside = asking.postings, snapshot.in_area(filters.area)
    accreditations = snapshot.network(filters.release).accreditations
    pairs = served(postings, accreditations, filters.choice)
    numbers = pairs.loc[pairs["iso3"].isin(inside) & (pairs["kind"] == "LO"), "row"]
    own = of_organisations(postings, filters.organisations)
    there = own["host"].isin(inside) | own["row"].isin(numbers)
    return own[(own["kind"] == "LO") & there]


def _coverage(filters: Filters) -> pd.DataFrame:
    frame = snapshot.coverage(filters.release, filters.choice)
    return frame[frame["iso3"].isin(snapshot.in_area(filters.area))]


def table_of(asking: Asking, kind: str) -> list[Block]:
    """The way to the printed table that all of this is counted from."""
    t, postings = asking.t, asking.postings
    named = postings[postings["kind"] == kind].drop_duplicates(["document", "table"])
    body: rows.Rows = [
        [
            Cell(f"{document_name(t, row['document'])} ({asking.dated})"),
            Cell(str(row["table"]), href=source_address(row["document"], row["table"])),
            rows.number(t, int((postings["table"] == row["table"]).sum())),
        ]
        for row in named.to_dict("records")
    ]
    heads = [t("printed.document"), t("printed.table"), t("find.rows")]
    return [Table("tables", t("find.rests_on"), heads, body)]


def members(asking: Asking) -> Reply:
    """How many members of the EU are served, where an officer is, and which have none."""
    t, filters = asking.t, asking.chosen
    kinds = snapshot.unit_kinds()  # territories of members are none themselves
    # Nor does the Belgian police post anyone in its own country.
    homes = [HOME, *(["BEL"] if filters.organisations == ("GPI",) else [])]
    states = {code for code in reference("eu_members")["iso3"] if kinds[code] == "state"}
    abroad = states - set(homes)
    frame = snapshot.coverage(filters.release, filters.choice)
    frame = frame[frame["iso3"].isin(abroad)]
    of, names = wording.of_any(t, filters.organisations), snapshot.names(t.language)
    without = frame.loc[frame["state"] == "none", "iso3"]
    there = frame.loc[frame["state"] == "post", "iso3"]
    served_by = int(frame["state"].isin(COVERED).sum())
    counts = {"n": len(abroad), "served": served_by, "posts": len(there)}
    outside = t.listing([within(t, code, names[code]) for code in homes])
    title = t("find.members", **counts, of=of, homes=outside)
    if len(without):
        listed_lands = wording.all_countries(t, names, without)
        title = f"{title} {t('find.members_without', of=of, lands=listed_lands)}"
    heads = [t("column.country"), t("find.members_state")]
    body: rows.Rows = [
        [names[row["iso3"]], wording.state_word(t, row["state"], row["basis"], filters.choice)]
        for row in sorted(frame.to_dict("records"), key=lambda row: key(names[row["iso3"]]))
    ]
    table = Table("members", t("find.members_title"), heads, body)
    note = Text(t("find.holds", note=asking.dated))
    lead = Lead(t("find.to_network"), "network", {"organisations": filters.organisations})
    return Reply(title, [note, table, *table_of(asking, "LO")], [lead])


def nobody(asking: Asking) -> Reply:
    """Which countries nobody serves, of the world or a part of it."""
    return _gap(asking, "uncovered")


def single(asking: Asking) -> Reply:
    """Which countries depend on one posting."""
    return _gap(asking, "single")


def partner(asking: Asking) -> Reply:
    """Which countries only the Belgian police serve."""
    return _gap(asking, "partner_only")


def unlinked(asking: Asking) -> Reply:
    """Which countries have a mission and no officer."""
    return _gap(asking, "mission_without_liaison")


def remote(asking: Asking) -> Reply:
    """Which countries are served from another one, above them which lies furthest from its post."""
    areas = areas_of(asking)
    replies = []
    for area in areas or [""]:
        reply = _gap_in(asking, "remote", area, apart=len(areas) > 1)
        first = _furthest(asking.t, _coverage(replace(asking.chosen, area=area)))
        replies.append(replace(reply, title=f"{first} {reply.title}".strip()))
    return together(replies, [asking.t.area(area) for area in areas])


def _furthest(t: Texts, frame: pd.DataFrame) -> str:
    """Which country lies furthest from the nearest post that serves it; empty where none does."""
    away = frame[(frame["state"] == "accredited") & frame["distance_km"].notna()]
    if away.empty:
        return ""
    row = max(away.to_dict("records"), key=lambda each: float(each["distance_km"]))
    name = snapshot.names(t.language)[str(row["iso3"])]
    land = agreeing(t, str(row["iso3"]), name)
    return t("find.furthest", **land, km=t.number(round(float(row["distance_km"]))))


def _gap(asking: Asking, kind: str) -> Reply:
    """The finding and what stands below it as on the page of gaps; the first names of many."""
    areas = areas_of(asking)
    gaps = [_gap_in(asking, kind, area, apart=len(areas) > 1) for area in areas or [""]]
    return together(gaps, [asking.t.area(area) for area in areas])


def _gap_in(asking: Asking, kind: str, area: str, apart: bool) -> Reply:
    """The same of one area; a long list says of which, where it stands `apart` from others."""
    t, filters = asking.t, replace(asking.chosen, area=area, kinds=(kind,))
    gaps = snapshot.report_of(Gaps, t, filters)
    said: list[Text] = list(gaps.lead)
    if not gap_wording.all_named(gaps.gaps):
        lands = wording.country_list(t, snapshot.names(t.language), gaps.gaps["iso3"])
        said.append(Text(f"{lands}."))
        if apart:
            said = [Text(about(t, t.area(area), each.text)) for each in said]
    choices = {"kinds": (kind,), "area": area, "organisations": filters.organisations}
    return Reply(
        f"{gaps.title}.",
        [*said, *table_of(asking, "LO")],
        [Lead(t("find.to_gaps"), "gaps", choices)],
    )


def double(asking: Asking) -> Reply:
    """The cities with more than one Dutch officer beside the exceptions of 2013."""
    t, areas = asking.t, areas_of(asking)
    replies = []
    for area in areas or [""]:
        filters = replace(asking.filters, area=area)
        frames = network_rows.network_frames(filters)
        title = f"{network_rows.headline(t, frames, filters)}."
        heads, body = network_rows.model_rows(t, frames)
        table = Table("double", t("network.title_double"), heads, body)
        notes = [Text(text) for text in network_rows.model_text(t, frames)]
        blocks: list[Block] = [*notes, table] if body else [*notes]
        choices = {"area": area} if area else {}
        replies.append(Reply(title, blocks, [Lead(t("find.to_network"), "network", choices)]))
    return together(replies, [t.area(area) for area in areas])


def flexible(asking: Asking) -> Reply:
    """The flexible officers, whose they are and for what."""
    return _listed(asking, "FILO", "filo")


def multilateral(asking: Asking) -> Reply:
    """The officers at international organisations."""
    return _listed(asking, "multilateral", "multilateral")


def planned(asking: Asking) -> Reply:
    """The postings about which nothing is decided yet."""
    posts = asking.postings
    waiting = posts[(posts["kind"] == "LO") & (posts["status"] == "planned")]
    return _rows(asking, waiting, "planned")


def _listed(asking: Asking, kind: str, name: str) -> Reply:
    posts = asking.postings
    posts = posts[posts["kind"] == kind]
    if kind == "multilateral":  # "how many at Interpol"
        named = bodies_named(asking)
        posts = posts if named.empty else named
    else:
        posts = of_organisations(posts, asking.named)
    return _rows(asking, posts, name)


def bodies_named(asking: Asking) -> pd.DataFrame:
    """The placements at the international organisations that the question names."""
    posts = asking.postings
    posts = posts[posts["kind"] == "multilateral"]
    first = posts["region"].map(lambda region: key_tokens(str(region))[0])
    return posts[first.isin(asking.question.words)]


def _rows(asking: Asking, posts: pd.DataFrame, name: str) -> Reply:
    """How many there are, which, and their printed rows."""
    t = asking.t
    labels = t.listing(_labels(t, posts))
    title = t.count(f"find.{name}", len(posts), labels=labels, note=asking.dated)
    blocks: list[Block] = [asking.source(posts)] if len(posts) else []
    return Reply(title, blocks, [Lead(t("find.to_network"), "network")])


def _labels(t: Texts, posts: pd.DataFrame) -> list[str]:
    """What the rows are called: a placement by the body it is at, each once."""
    return list(dict.fromkeys(_label(t, row) for row in posts.to_dict("records")))


def _label(t: Texts, row: Row) -> str:
    if row["kind"] == "LO":
        return label_of(t, row)
    return records.text(row["region"] if row["kind"] == "multilateral" else row["label"])
