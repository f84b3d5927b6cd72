"""The answer to a question: a sentence, the printed rows it rests on, and where to read on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from dashboard import printed, rows, snapshot, statements, wording
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.links import question_address
from dashboard.report import Block, Cell, Table, Text
from dashboard.subjects.answers import closings, missions, network, papers, places, several
from dashboard.subjects.answers import particular as particular_of
from dashboard.subjects.answers.amounts import amount_in, is_bounded_above
from dashboard.subjects.answers.asking import Asking, Lead, Reply, facts, together
from dashboard.subjects.answers.dates import names_now, names_two, unread
from dashboard.subjects.answers.denials import (
    asks_for_none,
    denies,
    denies_who,
    is_opposed,
    with_partner,
)
from dashboard.subjects.answers.index import DUTCH, Topic, index
from dashboard.subjects.answers.question import Part, Question, listed, read
from dashboard.subjects.answers.supposing import is_supposed
from data.load import reference
from geo.names.normalise import key

EXAMPLES = ("peru", "close", "closed", "missions", "cost", "filo", "nobody")


def answer(t: Texts, filters: Filters, text: str) -> Reply:
    """The answer to a question under the reader's choices; raises DataError.

    A release without a complete network answers for nobody: the newest complete one does then.
    """
    release = filters.release
    if snapshot.store().release(release)["network"] != "complete":
        release = snapshot.store().default_release()
    question = with_partner(read(text, index(release)))
    asking = Asking(t, replace(filters, release=release), question)
    if not question.words:
        return Reply(t("find.empty"), examples(t))
    if doubtful := next((part for part in question.parts if not part.sure), None):
        return _candidates(asking, doubtful)
    found = _of_topics(asking)
    return _noted(asking, found) if found else _nothing(asking, text)


# What an answer is about beside the topic that it begins with.
_OF_UNITS = (
    *("unit", "organisation", "missions", "why", "serves", "network"),
    *("single", "several", "nobody"),  # "is there an officer in Peru"
)
_OF_SUBJECTS = ("area", "organisation", "serves", "network")
_BESIDE = {
    **dict.fromkeys(("nobody", "single", "most", "far", "partner", "network"), _OF_SUBJECTS),
    "missions": ("changed", "yearly", "area", "body", "dated"),
    "unlinked": ("area", "missions"),
    "several": (*_OF_SUBJECTS, "double"),
    "close": ("area", "network", "document", "since"),
    "channels": ("network",),
    "cost": ("network", "yearly"),  # of which no cost is known
    "double": ("area", "network"),  # of all Dutch officers
    "filo": ("organisation",),
    "dated": ("document", "network", "organisation"),
}
# Of these the documents speak for the Netherlands alone.
_DUTCH_SUBJECTS = frozenset({"missions", "cost", "double", "priority", "agreements", "since"})
_OF_PAST = frozenset({"cost", "priority", "agreements"})  # as documents of earlier years print it
_WIDE = ("document",)  # a subject is more particular


def _of_topics(asking: Asking) -> Reply | None:
    """The answer by what the question names, the most particular first."""
    question, subjects = asking.question, asking.question.subjects
    if "close" in subjects and (posts := question.of("city", "unit")):
        used = ["close", "serves", "network"]
        if is_supposed(question):
            return _using(closings.supposed(asking, posts), posts, *used)
        if "missions" not in subjects:
            why = ["why"] if question.of("unit") else []  # as `places.unit` answers it
            return _using(closings.of_places(asking, posts), posts, "since", "single", *why, *used)
    nobody = "nobody" in subjects or asks_for_none(question)
    if "since" in subjects and nobody and (posts := question.of("city", "unit")):
        used = ["since", "nobody", "close", "serves", "network"]  # since when it is closed
        return _using(closings.of_places(asking, posts), posts, *used)
    if "since" in subjects and (places_of := question.of("city", "unit")):
        used = ["since", "serves", "network", "single"]
        return _using(places.since(asking, places_of), places_of, *used)
    particular = [subject for subject in particular_of.BY_SUBJECT if subject in subjects]
    if particular and (units := question.of("unit")):
        answered = places.each(asking, units, particular_of.BY_SUBJECT[particular[0]])
        return _using(answered, units, particular[0], "network", "serves")
    if units := question.of("unit"):
        answered = places.units(asking, units)
        told = {"why", "serves"} & set(subjects) and "missions" not in subjects
        cities = question.of("city") if told else []
        both = ("changed", "yearly") if "missions" in subjects else ()  # of every date there is
        return _using(answered, [*units, *cities], *_OF_UNITS, *both, *_distance(answered))
    return None if is_opposed(question) else _of_many(asking, nobody)


def _of_many(asking: Asking, nobody: bool) -> Reply | None:
    """The answer where no country is named: of the EU, a city or mission, a choice, a subject."""
    question = asking.question
    own = [subject for subject in SUBJECTS if subject in question.subjects]
    own = _with_amount(question, own)
    if "close" in own and is_supposed(question):  # "which countries have nobody if a post closes"
        used = ["close", "nobody", "single", *_BESIDE["close"]]
        return _using(closings.any_post(asking), [], *used)
    union = [part for part in question.of("body") if part.topics[0].name == "EU"]
    if union and not set(own) - {"nobody", "network"}:
        used = ["network", "serves", "organisation", *(["nobody"] if nobody else [])]
        return _using(network.members(asking), union, *used)
    for kind, reply in _BY_KIND.items():
        every = question.of(kind)
        if every and not (kind in _WIDE and set(own) - {kind}):
            each, parts = zip(*{part.topics[0]: part for part in every}.items(), strict=True)
            labels = [asking.label(topic) for topic in each]
            answered = together([reply(asking, part) for part in parts], labels)
            whose = {"city": ("organisation", "several"), "mission": ("changed", "missions")}.get(
                kind, ()
            )
            return _using(answered, every, "serves", "network", "document", *whose)
    chosen = question.of("organisation", "area")
    lands = not listed("country_words").isdisjoint(question.words)
    if not set(own) - {"network"} and (chosen or lands) and asks_for_none(question):
        return _using(network.nobody(asking), chosen, "nobody", *_OF_SUBJECTS)
    if chosen and not set(own) - {"network"}:
        return _using(network.chosen(asking), chosen, "serves", "network", "document")
    for subject in own:
        answered = SUBJECTS[subject](asking)
        asked = amount_in(question)
        if subject == "single" and asked and asked.amount == (1, 1):
            answered = replace(answered, words=asked.words)
        return _using(answered, [], subject, *_BESIDE.get(subject, ()))
    if question.parts or unread(question):
        return None
    if question.years and listed("network_words").isdisjoint(question.words):
        return missions.counted(asking)  # of the years that documents name, most are of missions
    if question.years or _asks_for_all(question):
        return _using(network.whole(asking), [], "network")
    return None


def _asks_for_all(question: Question) -> bool:
    """Whether it only asks which or how many officers there are, or where: "all posts"."""
    words = frozenset(question.words)
    return bool(words & listed("network_words")) and words <= (
        listed("network_words") | listed("plain_words")
    )


def _with_amount(question: Question, own: list[str]) -> list[str]:
    """The subjects, where a number of officers is asked for that is not part of one of them."""
    if is_bounded_above(question):
        return [subject for subject in own if subject != "most"]  # "at most two officers"
    asked = amount_in(question)
    if not asked or question.of("unit", "city") or {"missions", "nobody"} & set(own):
        return own
    if asked.amount == (1, 1):
        return own if "single" in own or "partner" in own else ["single", *own]
    if asked.amount == (2, 2) and "double" in own:
        return own
    return ["several"]


def _using(reply: Reply, parts: Iterable[Part], *used: str) -> Reply:
    """The answer with what it is about: these parts, and kinds and subjects as a whole."""
    topics = frozenset(part.topics[0] for part in parts)
    return replace(reply, topics=topics, used=reply.used | frozenset(used))


def _distance(reply: Reply) -> tuple[str, ...]:
    """The subject of distances, where the answer has one."""
    written = [reply.title, *(block.text for block in reply.blocks if isinstance(block, Text))]
    return ("distance", "far") if re.search(r"\d km\b", " ".join(written)) else ()


def _is_used(reply: Reply, topic: Topic) -> bool:
    """Whether the answer is about a topic; a document is not the subject of that name."""
    if topic.kind == "subject":
        return topic.name in reply.used
    if topic == ("organisation", DUTCH) and reply.used & _DUTCH_SUBJECTS:
        return True
    return topic in reply.topics or (topic.kind != "document" and topic.kind in reply.used)


# --- uncertain, or nothing ------------------------------------------------------------------------


def _candidates(asking: Asking, part: Part) -> Reply:
    """What the words may name, each with a question that is certain; nothing is guessed."""
    t, question = asking.t, asking.question
    words = question.printed(part)
    items = [
        Cell(
            asking.label(topic),
            href=question_address(question.with_name(part, _sure(asking, topic))),
        )
        for topic in part.topics[:12]
    ]
    key = "slipped" if part.slipped else "several"
    return Reply(t(f"find.{key}", words=words), [], choices=items)


def _sure(asking: Asking, topic: Topic) -> str:
    """Words that name a topic and nothing else: a unit whose name is part of others by its code."""
    label = asking.label(topic)
    parts = read(label, index(asking.filters.release)).parts
    certain = len(parts) == 1 and parts[0].topics == (topic,)
    return label if certain or topic.kind != "unit" else topic.name


def _noted(asking: Asking, reply: Reply) -> Reply:
    """The answer with how words were read, what else begins like them, and which were not read."""
    t, question, notes = asking.t, asking.question, []
    ignored = _ignored(asking, reply)
    notes += [t("find.ignored", name=name) for name in ignored]
    untold = _without_table(asking, reply, ignored)
    ignored = [name for name in ignored if name not in untold]
    for part in question.parts:
        if part.slipped:
            words = question.printed(part)
            notes.append(t("find.taken", words=words, name=asking.label(part.topics[0])))
    title, leads, unused = reply.title, reply.leads, _unused_numbers(asking, reply)
    of_one = set(unused) & set(question.years) or (names_now(question) and reply.used & _OF_PAST)
    two = names_two(question) and of_one
    # What is left out stands in the title, which a reader copies.
    if left_out := [name for name in ignored if not (two and name in unused)]:
        title = t("find.not_about", names=_quoted(t, left_out), answer=title)
    blocks = reply.blocks
    if untold:
        dated = asking.dated[:1].upper() + asking.dated[1:]
        title = t("find.no_table", years=t.listing(untold), dated=dated, answer=title)
        if officers := _officers_of(asking, untold):
            title, blocks = f"{officers.title} {title}", [*officers.blocks, *blocks]
    if two:
        title = t("find.one_of_two", answer=title)
        leads = leads if reply.used & _OF_PAST else [*leads, *_to_comparison(asking, leads)]
    if unknown := _unread(question, reply):
        notes.append(t("find.unread", words=t.listing(unknown)))
        denied = [word for word in unknown if denies(word)]
        how = "opposite" if denied else "without"
        title = t(f"find.{how}", words=_quoted(t, denied or unknown), answer=title)
    beside = [
        Cell(
            asking.label(topic),
            href=question_address(question.with_name(part, _sure(asking, topic))),
        )
        for part in question.parts
        for topic in part.beside[:4]
    ]
    once = list(dict.fromkeys(notes))
    return replace(reply, title=title, blocks=blocks, notes=once, beside=beside, leads=leads)


def _ignored(asking: Asking, reply: Reply) -> list[str]:
    """The names and numbers of the question that the answer is not about, each once."""
    parts = asking.question.parts if reply.used else ()
    left_out = [part for part in parts if not _is_used(reply, part.topics[0])]
    names = [
        asking.question.printed(part)
        if part.topics[0].kind == "subject"  # a subject goes by many words
        else asking.label(part.topics[0])
        for part in left_out
    ]
    return list(dict.fromkeys([*names, *_unused_numbers(asking, reply)]))


def _without_table(asking: Asking, reply: Reply, ignored: Sequence[str]) -> list[str]:
    """The years that officers are asked of, where no document holds the network of then."""
    question = asking.question
    other = reply.used & (_OF_PAST | {"missions"}) or question.of("unit", "city", "mission")
    if names_two(question) or other or "network" not in reply.used:
        return []
    return [name for name in ignored if name in question.years]


def _officers_of(asking: Asking, years: Sequence[str]) -> Reply | None:
    """How many officers a document counts in one of these years, where nothing else is named."""
    if any(part.topics[0].kind != "subject" for part in asking.question.parts):
        return None
    figures = reference("key_figures")
    counted = figures[(figures["unit"] == "officers") & figures["as_of"].str[:4].isin(years)]
    return next((_figure(asking, str(name)) for name in counted["figure"]), None)


def _quoted(t: Texts, words: Sequence[str]) -> str:
    return t.listing([f"“{word}”" for word in words])


def _unread(question: Question, reply: Reply) -> list[str]:
    """The words that were not understood; "why not" is answered as "why" is, "no" where it is."""
    known = set(listed("why_words")) if {"why"} & reply.used & set(question.subjects) else set()
    answered = {"nobody", "tasks"} & reply.used and not denies_who(question)
    known |= listed("no_words") if answered else set()
    known |= reply.words
    return [word for word in unread(question) if key(word) not in known]


def _unused_numbers(asking: Asking, reply: Reply) -> list[str]:
    """The years and other numbers of the question that the answer is not about."""
    written = [reply.title]
    if any(isinstance(block, Text) and asking.dated in block.text for block in reply.blocks):
        written.append(asking.dated)
    used = {*reply.years, *reply.words, *re.findall(r"\b\d{4}\b", " ".join(written))}
    return [number for number in asking.question.numbers if number not in used]


def _to_comparison(asking: Asking, leads: Sequence[Lead]) -> list[Lead]:
    """Where the dates of a question stand side by side, if `leads` do not lead there."""
    t, newest = asking.t, asking.filters.release
    if any(lead.page in ("missions", "mission_years", "network_history") for lead in leads):
        return []
    known = snapshot.releases()
    dated = known[known["network_as_of"].str[:4].isin(asking.question.years)]
    if others := [str(release) for release in dated["release"] if release != newest]:
        return [Lead(t("find.to_comparison"), "compare", {"sides": (others[-1], newest)})]
    return [Lead(t("find.to_history"), "network_history")]


def _nothing(asking: Asking, text: str) -> Reply:
    """That there is no answer, and what can be asked."""
    t = asking.t
    key = "find.no_answer" if asking.question.parts else "find.nothing"
    return Reply(t(key, words=text.strip()[:80]), examples(t))


def examples(t: Texts) -> list[Block]:
    """What can be asked, as links to the answers."""
    body: rows.Rows = []
    for name in EXAMPLES:
        question = t(f"find.example.{name}")
        body.append([Cell(question, href=question_address(question)), t(f"find.means.{name}")])
    heads = [t("find.question"), t("find.you_get")]
    return [Table("examples", t("find.examples"), heads, body)]


# --- subjects -------------------------------------------------------------------------------------


def cost(asking: Asking) -> Reply:
    """What one officer costs on average, as a document prints it; of all no document says it."""
    found = _figure(asking, "cost_2020")
    return replace(found, title=f"{found.title} {asking.t('find.cost_of_all')}")


def _figure(asking: Asking, name: str) -> Reply:
    t = asking.t
    table = reference("key_figures")
    [row] = table[table["figure"] == name].to_dict("records")
    said = str(row[f"text_{t.language}"])
    unit = f"{t.number(row['value'])} {t('unit.' + row['unit'])}"
    title = t("find.figure", what=said, value=unit, date=t.date(row["as_of"]))
    return Reply(title, [facts(t, pd.DataFrame([row]))], [Lead(t("find.to_network"), "network")])


def _topical(topic: str, title: str) -> Callable[[Asking], Reply]:
    """The answer of a subject that the documents speak of in words."""

    def reply(asking: Asking) -> Reply:
        t = asking.t
        said = statements.of_topic(topic)
        documents = [printed.title(t, name) for name in dict.fromkeys(said["document"])]
        return Reply(
            t(f"find.{title}", n=len(said), documents=t.listing(documents)), [facts(t, said)]
        )

    return reply


def channels(asking: Asking) -> Reply:
    """The ways beside officers; where officers at one are asked for, those placed there."""
    bodies = network.bodies_named(asking)
    if listed("network_words").isdisjoint(asking.question.words) or bodies.empty:
        return _topical("channel", "channels")(asking)
    placed = network.multilateral(asking)
    return replace(placed, title=f"{placed.title} {asking.t('find.channels_desks')}")


def priority(asking: Asking) -> Reply:
    """The priority countries of 2015-2018, and where they are listed."""
    t, table = asking.t, reference("priority_countries")
    names = snapshot.names(t.language)
    lands = wording.all_countries(t, names, table["iso3"])
    first = table.iloc[0].to_dict()
    body: rows.Rows = [[t.listing(list(table["printed"])), rows.citation(t, first)]]
    heads = rows.headers(t, ("printed", "place"))
    return Reply(
        t("find.priority", n=len(table), lands=lands),
        [Table("priority", t("find.rests_on"), heads, body)],
        years=frozenset({"2015", "2016", "2017", "2018"}),
    )


def agreements(asking: Asking) -> Reply:
    """The agreements with other police forces that the documents name."""
    table = reference("agreements")
    return Reply(asking.t.count("find.agreements", len(table)), [facts(asking.t, table)])


_BY_KIND: Mapping[str, Callable[[Asking, Part], Reply]] = {
    "city": places.city,
    "mission": missions.mission,
    "document": papers.document,
    "region": places.region,
}
SUBJECTS: dict[str, Callable[[Asking], Reply]] = {
    "cost": cost,
    "filo": network.flexible,
    "multilateral": network.multilateral,
    "nobody": network.nobody,
    "single": network.single,
    "partner": network.partner,
    "double": network.double,
    "planned": network.planned,
    "unlinked": network.unlinked,
    "missions": missions.counted,
    "close": closings.every,
    "several": several.several,
    "far": network.remote,
    "most": several.most,
    "priority": priority,
    "agreements": agreements,
    "criteria": _topical("placement", "criteria"),
    "channels": channels,
    "tasks": _topical("task", "tasks"),
    "dated": papers.dated,
    "document": papers.documents,
    "network": network.whole,
}
