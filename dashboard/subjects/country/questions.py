"""Questions about a country with their answers: in words, and as cards for the stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from dashboard import evidence, records, rows, search, snapshot, statements, wording
from dashboard.document_names import document_name
from dashboard.filters import Filters
from dashboard.i18n import Texts, sentence, texts_of
from dashboard.records import Row
from dashboard.report import words
from dashboard.subjects.country import paragraph
from dashboard.subjects.country.dossier import Country, CountryTables, EveryCountry
from dashboard.subjects.country.posts import conclusion
from geo.options import Choice


class KeyedAnswer(NamedTuple):
    """An answer by the key of its question, and where it stands; the key ends a text key."""

    key: str
    text: str
    source: str = ""


# The questions that are answered aloud, in their order.
SPOKEN = ("who", "others", "facts", "nearest", "neighbours", "missions", "before", "why")


@dataclass(frozen=True)
class Answer:
    """What somebody may ask about a country, what is known, and where that stands."""

    question: str
    answer: str
    source: str


def answers(country: Country) -> list[Answer]:
    """The questions that a committee asks about a country; raises DataError."""
    pasted = [_paste(country)] if _abroad_in_network(country) else []
    return _answers(country.t, [*_spoken(country, _lasting(country)), *pasted])


def _answers(t: Texts, answered: Iterable[KeyedAnswer]) -> list[Answer]:
    return [Answer(t(f"answer.{key}"), text, source) for key, text, source in answered]


def _abroad_in_network(country: Country) -> bool:
    return country.has_network and country.row["state"] != "home"


def _spoken(country: Country, lasting: Lasting) -> list[KeyedAnswer]:
    """What is said aloud: all but the paragraph to paste."""
    if not _abroad_in_network(country):
        return [*lasting.dated]
    who, near = _of_network(country)
    return [who, *lasting.first, *near, *lasting.dated, lasting.why]


def _of_network(country: Country) -> tuple[KeyedAnswer, list[KeyedAnswer]]:
    """What the network says: who serves the country, and who is near."""
    return _who(country), [*_nearest(country), *_near(country)]


class Lasting(NamedTuple):
    """What is the same whatever release and posts a reader chose."""

    first: list[KeyedAnswer]
    dated: list[KeyedAnswer]
    why: KeyedAnswer


def _lasting(country: Country) -> Lasting:
    return Lasting(
        [*_others(country), _facts(country)],
        [missions(country), _before(country)],
        _why(country),
    )


@snapshot.cached(2)
def _lasting_of_all(language: str) -> dict[str, Lasting]:
    """Code -> the answers that no choice changes."""
    ground = CountryTables(
        texts_of(language), Filters(snapshot.store().default_release(), language)
    )
    return {iso3: _lasting(Country(ground, iso3)) for iso3 in ground.units}


def _who(country: Country) -> KeyedAnswer:
    """Every posting that serves the country; of a partial document, what it does not prove."""
    t, beyond = country.t, country.elsewhere
    more = t("answer.who_beyond", others=beyond) if beyond else ""
    if not country.served_rows:
        if country.ground.network.complete:
            of = wording.of_choice(t, country.ground.filters.choice)
            sentences = [t("answer.who_nobody", of=of)]
        else:
            sentences = [t("answer.who_unknown"), *country.document_statements]
        text = " ".join([*sentences, *filter(None, [more])])
        return KeyedAnswer("who", text, country.source)
    sentences = []
    for row in country.served_rows:
        where = records.text(row["city"]) or row["label"]
        who = wording.organisation(t, row["organisation"])
        name = country.ground.apart.get(row["row"], "") if row["kind"] == "LO" else ""
        where += f" ({name})" if name else ""
        planned = "" if row["status"] == "active" else f" ({t('status.planned')})"
        km = "" if row["host"] == country.iso3 else _km(t, row["distance_km"])
        sentences.append(f"{who} {where}{km}{planned}")
    places = map(country.ground.citation, country.served_rows)
    text = " ".join(filter(None, [f"{t.listing(sentences)}.", more]))
    return KeyedAnswer("who", text, "; ".join(places))


def _others(country: Country) -> list[KeyedAnswer]:
    """What other sources say that the newest network does not; nothing where they agree."""
    conflicts = evidence.conflicts_of(country.iso3)
    sentences = " ".join(evidence.sentence(country.t, each) for each in conflicts)
    places = "; ".join(evidence.sources(country.t, each).text for each in conflicts)
    return [KeyedAnswer("others", sentences, places)] if conflicts else []


def _facts(country: Country) -> KeyedAnswer:
    """The three facts that a reader needs first; they name their own places."""
    first, _ = country.key_facts()
    text = " ".join(sentence(f"{fact.term}: {fact.what.text}") for fact in first)
    return KeyedAnswer("facts", text)


def _paste(country: Country) -> KeyedAnswer:
    """The paragraph to paste; its source stands in it."""
    return KeyedAnswer("paste", paragraph.of(country).text)


def _why(country: Country) -> KeyedAnswer:
    """Why an officer is there or is not, as far as a document says."""
    return KeyedAnswer("why", *statements.reason(country.t, country.iso3))


def _km(t: Texts, value: float) -> str:
    return "" if pd.isna(value) else f" ({t.number(int(value))} km)"


def _nearest(country: Country) -> list[KeyedAnswer]:
    """Where somebody is nearest, for a country without a post."""
    t = country.t
    if country.row["state"] == "post" or not country.ground.network.complete:
        return []
    near = country.ground.closest(country.iso3)
    if not near:
        return []
    first = near[0]
    values = {
        "who": t.listing([wording.organisation(t, row["organisation"]) for row in near]),
        "city": first["city"],
        "host": country.ground.names[first["host"]],
        "km": t.number(int(first["distance_km"])),
        "from": _from(t, country.ground.units[country.iso3]),
    }
    places = map(country.ground.citation, near)
    return [KeyedAnswer("nearest", t("answer.nearest_text", **values), "; ".join(places))]


def _from(t: Texts, unit: records.Record) -> str:
    """Where distances run from, in words."""
    capital, seat = ("capital", "seat") if t.language == "nl" else ("capital_en", "seat_en")
    if unit[capital] == unit[seat]:
        return t("answer.from_capital")
    return t("answer.from_seat", seat=unit[seat])


def missions(country: Country) -> KeyedAnswer:
    """Officers in missions in the country, on each reference date there is."""
    t, sentences, places = country.t, [], []
    for count, deployments in country.deployments:
        here = deployments.to_dict("records")
        named = [
            f"{row['printed']}: {t.number(int(row['personnel']))}{_read(country, row)}"
            for row in here
        ]
        listed = t.listing(named) or t("answer.missions_none")
        sentences.append(t("answer.missions_on", date=t.date(count.as_of), missions=listed))
        document = str(snapshot.store().release(count.release)["document"])
        cited = [wording.citation(t, row) for row in here]
        places += cited or [document_name(t, document)]
    texts_of = statements.statements_on(country.iso3, "mission")
    sentences += [
        t("statements.dated", date=t.date(row["date"]), said=row[f"text_{t.language}"])
        for row in texts_of
    ]
    places += [wording.citation(t, row) for row in texts_of]
    text = " ".join(sentences) or t("answer.missions_unknown")
    return KeyedAnswer("missions", text, "; ".join(places))


def _read(country: Country, row: Row) -> str:
    """That the country is our reading of a region, or only a duty station; empty where named."""
    basis = rows.basis(row, country.iso3)
    return "" if basis == rows.NAMED else f" ({country.t(basis)})"


def _before(country: Country) -> KeyedAnswer:
    """The last dated fact about the country."""
    t, facts = country.t, country.dated
    if not facts:
        return KeyedAnswer("before", statements.nothing_dated(t))
    when, what, where = map(words, facts[-1])
    text = t.count("answer.before_text", len(facts), when=when, what=what)
    return KeyedAnswer("before", text, where)


def _near(country: Country) -> list[KeyedAnswer]:
    """Who of the neighbours has a post or is served."""
    t = country.t
    near = country.ground.bordering(country.iso3)
    if not near:
        return []
    names, choice = country.ground.names, country.ground.filters.choice
    sentences = [
        f"{names[row['iso3']]} ({wording.state_word(t, row['state'], row['basis'], choice)})"
        for row in near
    ]
    return [KeyedAnswer("neighbours", f"{t.listing(sentences)}.", country.source)]


class Cards(NamedTuple):
    """What the cards of all countries say under a reader's choices, beside what lasts.

    `cards` is code -> the title, who serves it, and who is near, as (key of the question, answer,
    source); only the title of a country of which the network tells nothing. `source` is that of
    the network.
    """

    source: str
    cards: dict[str, tuple[str, KeyedAnswer, list[KeyedAnswer]] | tuple[str]]


class LastingCards(NamedTuple):
    """What no choice changes of the cards, and the questions by their keys.

    The words to search by, and the rank of a country by its people, are those of the search box.
    Nobody copies from a screen: the paragraph to paste is left to the dossier.
    """

    questions: dict[str, str]
    cards: list[dict[str, Any]]


def lasting_cards(language: str) -> LastingCards:
    """What no choice changes: a card for every unit; raises DataError."""
    t, lasting = texts_of(language), _lasting_of_all(language)
    return LastingCards(
        {key: t(f"answer.{key}") for key in SPOKEN},
        [entry | lasting[entry["code"]]._asdict() for entry in search.search_entries(language)],
    )


def cards(filters: Filters) -> Cards:
    """What the choices say of every unit; raises DataError."""
    language = filters.language
    ground = EveryCountry(texts_of(language), _filters(filters.release, filters.choice, language))
    return Cards(
        "" if ground.release["network"] == "absent" else ground.source,
        {code: _card(Country(ground, code)) for code in ground.units},
    )


def _card(country: Country) -> tuple[str, KeyedAnswer, list[KeyedAnswer]] | tuple[str]:
    if not _abroad_in_network(country):
        return (conclusion(country),)
    return conclusion(country), *_of_network(country)


def _filters(release: str, choice: Choice, language: str) -> Filters:
    on = {"regions": choice.regions, "planned": choice.planned, "filo": choice.filo}
    layers = tuple(name for name, chosen in on.items() if chosen)
    return Filters(release, language, choice.organisations, layers=layers)
