"""A country on one page of A4, as a minister's staff sends it: short, and nothing cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard import evidence, provenance, records, rows, snapshot, statements, wording
from dashboard.document_names import document_name, release_name
from dashboard.file_names import of_release, slugged
from dashboard.filters import Filters
from dashboard.i18n import Texts, sentence
from dashboard.mission_names import explained
from dashboard.report import Block, Cell, Report, Section, Table, Text, words
from dashboard.subjects.country import paragraph
from dashboard.subjects.country.dossier import Country
from dashboard.subjects.country.posts import conclusion, full, located, nearest, seat
from dashboard.subjects.country.report import of
from data import load
from data.load import reference
from geo import dossier
from geo.coverage import HOME
from geo.errors import LimitError
from geo.schemas import LEADS

NEIGHBOURS = 7  # in the table, the longest border first; the others stand in a sentence
EVENTS = 4  # dated facts, the newest
NAMED = 3  # countries of several in the name of a file


def report(t: Texts, filters: Filters) -> Report:
    """The page of the chosen country; raises DataError, also for a release without a network."""
    country = of(t, filters)
    if not country.has_network or country.iso3 == HOME:
        raise LimitError("no_briefing_of_country", country=country.name)
    facts = [Text(fact, "item") for fact in _facts(country)]
    others = [Text(each, "note") for each in evidence.beside(t, country.iso3, "missing")]
    sections = [
        Section("lead", "", [located(country), *facts, *others]),
        Section("serving", t("country.serving"), _serving(country)),
        Section("nearest", t("dossier.nearest"), _nearest(country)),
        Section("neighbours", t("dossier.neighbours"), _neighbours(country)),
        Section("missions", t("country.missions"), _missions(country)),
        Section("history", t("country.history"), _history(country)),
        Section("why", t(f"dossier.why_{country.reach}"), _why(country)),
    ]
    note = wording.date_note(t, country.ground.release)
    briefing = provenance.report(
        t,
        replace(filters, area=""),
        "country",
        name="briefing",
        about=country.name,
        subject=t("dossier.briefing", note=note, **country.agreeing),
        title=f"{conclusion(country)}.",
        summary=[paragraph.lead(country)],
        sections=sections,
        consulted=[*paragraph.documents(country), *_mission_documents(country)],
    )
    return replace(briefing, summary_documents=paragraph.documents(country))


def stem(t: Texts, filters: Filters, codes: Sequence[str]) -> str:
    """What the file about these countries is called, without its ending."""
    names = snapshot.names(t.language)
    rest = len(codes) - NAMED
    what = slugged(
        t("file.briefing"),
        *(names[code] for code in codes[:NAMED]),
        t.count("file.more", rest) if rest > 0 else "",
        *(wording.organisation(t, each) for each in filters.organisations),
    )
    return of_release(what, filters.release, release_name(t, filters.release))


def _facts(country: Country) -> list[str]:
    """Three facts beside the officers: priority, other ways, and agreement, Union or capital."""
    t, listed = country.t, reference("priority_countries")
    place = wording.citation(t, {**listed.iloc[0].to_dict(), "table_row": 3})
    listing = "priority" if country.iso3 in set(listed["iso3"]) else "no_priority"
    text = t(f"ready.{listing}", **country.agreeing)
    five = statements.five_channels()
    facts = [
        t("dossier.fact_priority", said=text.rstrip("."), place=place) + ".",
        t("dossier.fact_channels", place=wording.citation(t, five)),
    ]
    known = {fact.name: fact for fact in country.facts()}
    last = next(known[name] for name in ("agreement", "channel", "capital") if name in known)
    return [*facts, sentence(f"{last.term}: {last.what.text}")]


def _regions(country: Country) -> list[str]:
    """A sentence for each region that a mission in the country names, and how we read it."""
    t, names, readings = country.t, country.ground.names, dict[str, str]()
    for _, deployments in reversed(country.deployments):
        for row in deployments.to_dict("records"):
            if region := load.region_of(row["areas_printed"]):
                lands = [str(names[code]) for code in records.text(row["areas"]).split()]
                checked = rows.checked(t, region)
                readings[region] = t("dossier.region_read", region=region, lands=t.listing(lands),
                                 checked=checked)  # fmt: skip
    return list(readings.values())


def _leads(country: Country) -> list[Block]:
    """What the letters before the missions stand for."""
    t, past = country.t, reference("mission_history")
    tables = [deployments for _, deployments in reversed(country.deployments)]
    tables.append(dossier.concerning(country.iso3, past, "areas"))
    leads = {str(name) for table in tables for name in table["lead_organisation"].dropna()}
    told = [
        t(f"lead_full.{name}") for name in LEADS if name in leads and t.has(f"lead_full.{name}")
    ]
    return [Text("; ".join(told) + ".", "note")] if told else []


def _serving(country: Country) -> list[Block]:
    """A line for each posting: who, where, how far, and which words of the document say so."""
    t, lines = country.t, list[Block]()
    for row in country.serving.to_dict("records"):
        who, city = full(t, row["organisation"]), records.text(row["city"])
        post = t("dossier.who_in", who=who, city=city) if city else who
        if row["status"] != "active":
            post += f" ({t('status.planned')})"
        printed = f"{t('basis.' + row['basis'])}, “{row['printed']}”"
        ground = f"{printed} ({wording.noted_row(t, row)})"
        if row["host"] == country.iso3 or not city:
            lines.append(Text(t("dossier.served_line", post=post, ground=ground), "item"))
            continue
        km = int(row["distance_km"])
        text = t("dossier.served_km", post=post, km=km, seat=seat(country), ground=ground)
        lines.append(Text(text, "item"))
    if country.elsewhere:
        lines.append(Text(t("answer.who_beyond", others=country.elsewhere), "note"))
    return lines


def _nearest(country: Country) -> list[Block]:
    t = country.t
    body: rows.Rows = []
    for near in nearest(country):
        params = near.params(t)
        post = f"{params['city']} ({near.host}), {params['who']}"
        km, serves = (rows.number(t, near.row[name]) for name in ("distance_km", "serves"))
        body.append([post, km, serves])
    if not body:
        return []
    heads = [t("column.post"), t("column.distance"), t("dossier.serves")]
    return [
        Table("nearest", t("dossier.nearest"), heads, body),
        Text(t("dossier.nearest_text", **country.agreeing), "note"),
    ]


def _neighbours(country: Country) -> list[Block]:
    """The neighbours with the longest borders as a table, and the others in a sentence."""
    t, near = country.t, country.beside
    if near.empty:
        return [Text(t("country.neighbours_none"))]
    choice, names = country.ground.filters.choice, country.ground.names
    body: rows.Rows = []
    others = []
    for place, row in enumerate(near.to_dict("records")):
        state = wording.state_word(t, row["state"], row["basis"], choice)
        has_post = row["state"] == "post"
        # Of a neighbour with a post: what is in it, not who else serves it.
        stations = country.ground.stations.get(str(row["iso3"]), [])
        cities = t.listing(stations) if has_post else country.ground.cities(str(row["iso3"]))
        if place < NEIGHBOURS:
            name = str(names[row["iso3"]])
            away = rows.number(t, row["distance_km"])
            if has_post:
                away = replace(away, text=t("dossier.in_country"), form=None, alone=False)
            body.append([name, state, cities, away])
        else:
            km = rows.number(t, row["distance_km"]).text
            where = f", {cities}" if cities else ""
            far = cities and km and not has_post and len(row["cities"]) == 1
            where += f" ({km} km)" if far else ""
            others.append(f"{names[row['iso3']]}: {state}{where}")
    heads = rows.headers(t, ("country", "state", "from_city", "nearest_km"))
    blocks: list[Block] = [Table("neighbours", t("dossier.neighbours"), heads, body)]
    if others:
        blocks.append(Text(t("dossier.more_neighbours", others="; ".join(others)), "note"))
    return blocks


def _missions(country: Country) -> list[Block]:
    """Officers in missions on each reference date, our readings of regions, and the past."""
    t, blocks = country.t, list[Block]()
    for count, deployments in country.deployments:
        here = deployments.to_dict("records")
        each = [paragraph.mission(country, row, short=True) for row in here]
        date = t.date(count.as_of)
        if each:
            blocks.append(Text(t("ready.missions", date=date, missions=t.listing(each)), "item"))
        else:
            blocks.append(Text(t("ready.no_missions", date=date, **country.agreeing), "item"))
    blocks += [Text(line, "item") for line in _regions(country)]
    past = dossier.concerning(country.iso3, reference("mission_history"), "areas")
    if not past.empty:
        _, body = rows.past_missions(t, past)
        most = [f"{row[0]} {words(row[3]) or t('dossier.past_unknown')} ({row[1]})" for row in body]
        place = document_name(t, str(past["document"].iloc[0]))
        blocks.append(Text(t("dossier.past", missions="; ".join(most), place=place), "item"))
    counted = [name for _, here in country.deployments for name in here["mission"]]
    if full := explained(t, [*counted, *past["mission"].dropna()]):
        blocks.append(Text(full, "item"))
    return blocks + _leads(country)


def _mission_documents(country: Country) -> list[str]:
    """The documents in which missions were looked for, also where they name none there."""
    register = snapshot.releases().set_index("release")["document"]
    past = dossier.concerning(country.iso3, reference("mission_history"), "areas")
    counted = [str(register[count.release]) for count in country.ground.counts]
    return [*counted, *past["document"].unique()]


def _history(country: Country) -> list[Block]:
    """The newest dated facts, each with its document."""
    t, dated = country.t, country.dated
    blocks: list[Block] = []
    for row in reversed(dated[-EVENTS:]):
        when, what, place = map(words, row)
        documents = [name for cell in row if isinstance(cell, Cell) for name in cell.documents]
        blocks.append(Text(f"{when}: {what} ({place}).", "item", documents))
    if len(dated) > EVENTS:
        blocks.append(Text(t("dossier.history_more", n=len(dated) - EVENTS), "note"))
    return blocks or [Text(t("dossier.nothing_dated"))]


def _why(country: Country) -> list[Block]:
    """What a document says of this country, and what weighed in 2013 and 2020."""
    t = country.t
    text, place = statements.reason(t, country.iso3)
    if not place:
        text = t(f"ready.no_reason_{country.reach}", **country.agreeing)
    first = Text(f"{text} ({place})" if place else text)
    return [
        first,
        Text(t("dossier.criteria_2013"), "item", ["kst-31015-94"]),
        Text(t("dossier.criteria_2020"), "item", ["ips-qa-2020"]),
    ]
