"""Questions about a country with their answers: as a report, and as cards for the stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pandas as pd

from dashboard import evidence, records, rows, search, snapshot, statements, wording
from dashboard.document_names import document_name
from dashboard.filters import Filters
from dashboard.i18n import Texts, sentence, texts_of
from dashboard.provenance import report as made
from dashboard.records import Row
from dashboard.report import Block, Cell, Report, Section, Table, Text
from dashboard.rows import Fact
from dashboard.subjects.country import cover, paragraph
from dashboard.subjects.country.dossier import Country, CountryTables, EveryCountry
from dashboard.subjects.country.posts import conclusion, located
from dashboard.takers import NEAREST, on_paper
from data.load import reference
from geo.coverage import HOME
from geo.errors import DataError
from geo.options import Choice


def report(t: Texts, filters: Filters) -> Report:
    """The dossier of the chosen country; raises DataError where none is chosen."""
    country = of(t, filters)
    consulted = _consulted(country)
    report = made(
        t,
        replace(filters, area=""),
        "country",
        about=country.name,
        subject=country.name,
        title=conclusion(country),
        summary=_summary(country),
        sections=[_on_paper(country, each) for each in dossier_sections(country)],
        consulted=consulted,
    )
    return replace(report, summary_documents=consulted)


def _on_paper(country: Country, section: Section) -> Section:
    """A part of the dossier in a file, where an address must be read."""
    blocks = list(on_paper(country.t, section.blocks))
    if section.key == "evidence":
        blocks.append(evidence.addresses(country.t, evidence.of_country(country.iso3)))
    return replace(section, blocks=blocks)


def _summary(country: Country) -> list[str]:
    """What a reader in a hurry needs: who serves the country, and its missions."""
    if country.has_network and country.iso3 != HOME:
        return [paragraph.beside_title(country)]
    return [f"{each.question} {each.answer}" for each in answers(country)]


def of(t: Texts, filters: Filters) -> Country:
    """The country of the filters, of the whole world; raises DataError where none is chosen."""
    if filters.land is None:
        raise DataError("no_country_chosen", "country")
    return snapshot.report_of(_country, t, replace(filters, area=""))


def _country(t: Texts, filters: Filters) -> Country:
    # What the country stands on is the same whichever country that is.
    tables = snapshot.report_of(CountryTables, t, replace(filters, land=None))
    return Country(tables, str(filters.land))


def dossier_sections(country: Country) -> list[Section]:
    """The dossier in its order, from who serves the country to what other sources say."""
    return [section for part in dossier_parts(country) if (section := part()).blocks]


def dossier_parts(country: Country) -> list[Callable[[], Section]]:
    """The sections of the dossier, also without blocks; each is made, and may fail, on its own."""
    t = country.t
    why = t(f"dossier.why_{country.reach}")
    return [
        lambda: Section("serving", t("country.serving"), _located(country)),
        lambda: Section("facts", t("dossier.facts"), [_facts_table(country, "facts")]),
        lambda: Section("takers", t("dossier.nearest"), _near_posts(country)),
        lambda: Section("neighbours", t("dossier.neighbours"), _beside(country)),
        lambda: Section("missions", t("country.missions"), country.lasting.missions()),
        lambda: Section("placements", t("country.placements"), _placements(country)),
        lambda: Section("history", t("country.history"), country.lasting.history()),
        lambda: Section("cover", t("time.cover"), _abroad(country, cover.blocks)),
        lambda: Section("why", why, _abroad(country.lasting, Country.why)),
        lambda: paragraph.section(country),
        lambda: Section("more", t("dossier.more"), _more(country)),
        lambda: Section("conflicts", t("evidence.conflicts"), country.lasting.conflicts()),
        lambda: Section("evidence", t("evidence.title"), country.lasting.other_sources()),
    ]


@snapshot.memoized
def _located(country: Country) -> list[Block]:
    """The locator map and who serves the country; nothing of a release without a network.

    That other sources do not agree is said here, what they say at the end.
    """
    if not country.has_network:
        return []
    title = country.t("evidence.conflicts")
    doubt = [Text(country.t("evidence.below", title=title))] if country.lasting.conflicts() else []
    return [located(country), *country.served_by(), *doubt]


def _near_posts(country: Country) -> list[Block]:
    """The nearest posts: of a country that nobody serves, or which of them serve it."""
    if not country.has_network:
        return []
    if posts := country.takers():
        return [Text(country.t("dossier.nearest_text", **country.agreeing)), *posts[1:]]
    posts = country.nearest_posts()
    of = wording.of_any(country.t, country.ground.filters.organisations)
    text = country.t("dossier.nearest_served", of=of, **country.agreeing)
    if any(isinstance(each, Table) and len(each.rows) > NEAREST for each in posts):
        text += " " + country.t("dossier.nearest_farther", **country.agreeing)
    return [Text(text), *posts] if posts else []


def _beside(country: Country) -> list[Block]:
    return country.neighbours() if country.has_network else []


def _placements(country: Country) -> list[Block]:
    return country.placements() if country.has_network else []


def _abroad(country: Country, blocks: Callable[[Country], list[Block]]) -> list[Block]:
    """What is said of every country but the own."""
    return [] if country.iso3 == HOME else blocks(country)


def _facts_table(country: Country, key: str) -> Table:
    """The three facts that a reader needs first (`facts`), or the others (`more`)."""
    t = country.t
    first, others = key_facts(country.lasting)
    listed = first if key == "facts" else others
    heads = [t("column.fact"), t("column.what")]
    return Table(key, t(f"dossier.{key}"), heads, [[fact.term, fact.what] for fact in listed])


def _more(country: Country) -> list[Block]:
    """The other facts, and what the map does with the country."""
    said = country.lasting.note
    note = f"{country.t('country.note')} {said}"
    return [_facts_table(country, "more"), *([Text(note, "note")] if said else [])]


@snapshot.memoized
def key_facts(country: Country) -> tuple[list[Fact], list[Fact]]:
    """(the three facts that a reader needs first, the others)."""
    facts = {fact.name: fact for fact in country.facts()}
    order = ("agreement", "priority", "channel", "ways", "capital", "continent")
    first = [name for name in order if name in facts][:3]
    return [facts.pop(name) for name in first], [*facts.values()]


def _consulted(country: Country) -> set[str]:
    """The documents in which was looked for the country, also where they do not name it."""
    tables = ("searched", "priority_countries", "mission_history")
    named = {name for table in tables for name in reference(table)["document"]}
    register = snapshot.releases().set_index("release")["document"]
    counted = {str(register[count.release]) for count in country.ground.counts}
    return named | counted | set(register)


Made = tuple[str, str, str]  # key of a question, answer, source
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


def _answers(t: Texts, answered: Iterable[Made]) -> list[Answer]:
    return [Answer(t(f"answer.{key}"), text, source) for key, text, source in answered]


def _abroad_in_network(country: Country) -> bool:
    return country.has_network and country.row["state"] != "home"


def _spoken(country: Country, lasting: Lasting) -> list[Made]:
    """What is said aloud: all but the paragraph to paste."""
    if not _abroad_in_network(country):
        return [*lasting.dated]
    who, near = _of_network(country)
    return [who, *lasting.first, *near, *lasting.dated, lasting.why]


def _of_network(country: Country) -> tuple[Made, list[Made]]:
    """What the network says: who serves the country, and who is near."""
    return _who(country), [*_nearest(country), *_near(country)]


class Lasting(NamedTuple):
    """What is the same whatever release and posts a reader chose."""

    first: list[Made]
    dated: list[Made]
    why: Made


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


def _who(country: Country) -> tuple[str, str, str]:
    """Every posting that serves the country; of a partial document, what it does not prove."""
    t, beyond = country.t, country.elsewhere
    more = t("answer.who_beyond", others=beyond) if beyond else ""
    if not country.served_rows:
        if country.ground.network.complete:
            of = wording.of_choice(t, country.ground.filters.choice)
            sentences = [t("answer.who_nobody", of=of)]
        else:
            sentences = [t("answer.who_unknown"), *country.document_statements]
        return "who", " ".join([*sentences, *filter(None, [more])]), country.source
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
    return "who", " ".join(filter(None, [f"{t.listing(sentences)}.", more])), "; ".join(places)


def _others(country: Country) -> list[tuple[str, str, str]]:
    """What other sources say that the newest network does not; nothing where they agree."""
    conflicts = evidence.conflicts_of(country.iso3)
    sentences = " ".join(evidence.sentence(country.t, each) for each in conflicts)
    places = "; ".join(evidence.sources(country.t, each).text for each in conflicts)
    return [("others", sentences, places)] if conflicts else []


def _facts(country: Country) -> tuple[str, str, str]:
    """The three facts that a reader needs first; they name their own places."""
    three, _ = key_facts(country)
    return "facts", " ".join(sentence(f"{fact.term}: {fact.what.text}") for fact in three), ""


def _paste(country: Country) -> tuple[str, str, str]:
    """The paragraph to paste; its source stands in it."""
    return "paste", paragraph.of(country).text, ""


def _why(country: Country) -> tuple[str, str, str]:
    """Why an officer is there or is not, as far as a document says."""
    return "why", *statements.reason(country.t, country.iso3)


def _km(t: Texts, value: float) -> str:
    return "" if pd.isna(value) else f" ({t.number(int(value))} km)"


def _nearest(country: Country) -> list[tuple[str, str, str]]:
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
    return [("nearest", t("answer.nearest_text", **values), "; ".join(places))]


def _from(t: Texts, unit: records.Record) -> str:
    """Where distances run from, in words."""
    capital, seat = ("capital", "seat") if t.language == "nl" else ("capital_en", "seat_en")
    if unit[capital] == unit[seat]:
        return t("answer.from_capital")
    return t("answer.from_seat", seat=unit[seat])


def missions(country: Country) -> tuple[str, str, str]:
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
    return "missions", " ".join(sentences) or t("answer.missions_unknown"), "; ".join(places)


def _read(country: Country, row: Row) -> str:
    """That the country is our reading of a region, or only a duty station; empty where named."""
    basis = rows.basis(row, country.iso3)
    return "" if basis == rows.NAMED else f" ({country.t(basis)})"


def _before(country: Country) -> tuple[str, str, str]:
    """The last dated fact about the country."""
    t, facts = country.t, country.dated
    if not facts:
        return "before", statements.nothing_dated(t), ""
    texts = [[cell.text if isinstance(cell, Cell) else cell for cell in row] for row in facts]
    when, what, where = texts[-1]
    return "before", t.count("answer.before_text", len(facts), when=when, what=what), where


def _near(country: Country) -> list[tuple[str, str, str]]:
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
    return [("neighbours", f"{t.listing(sentences)}.", country.source)]


class Cards(NamedTuple):
    """What the cards of all countries say under a reader's choices, beside what lasts.

    `cards` is code -> the title, who serves it, and who is near, as (key of the question, answer,
    source); only the title of a country of which the network tells nothing. `source` is that of
    the network.
    """

    source: str
    cards: dict[str, tuple[str, Made, list[Made]] | tuple[str]]


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


def _card(country: Country) -> tuple[str, Made, list[Made]] | tuple[str]:
    if not _abroad_in_network(country):
        return (conclusion(country),)
    return conclusion(country), *_of_network(country)


def _filters(release: str, choice: Choice, language: str) -> Filters:
    on = {"regions": choice.regions, "planned": choice.planned, "filo": choice.filo}
    layers = tuple(name for name, chosen in on.items() if chosen)
    return Filters(release, language, choice.organisations, layers=layers)
