"""One paragraph on a country to paste: facts first, what is not known last, source in brackets."""

from __future__ import annotations

from dashboard import evidence, ready, records, row_citations, rows, snapshot, statements, wording
from dashboard.i18n import Texts
from dashboard.mission_names import explained
from dashboard.report import Section, Text
from dashboard.subjects.country.dossier import Country, CountryTables
from dashboard.subjects.country.posts import UNDECIDED, grouped, nearest, seat
from data.load import reference
from geo import citations
from geo.coverage import HOME


@snapshot.memoized
def section(country: Country) -> Section:
    """The paragraph in both languages, the reader's first; none of the own country."""
    if country.iso3 == HOME or not country.has_network:
        return Section("paste", country.t("ready.heading"), [])
    return ready.section(country.t, lambda t: of(_in(country, t)))


def _in(country: Country, t: Texts) -> Country:
    """The country in a language."""
    if t.language == country.t.language:
        return country
    tables = snapshot.report_of(CountryTables, t, country.ground.filters)
    return Country(tables, country.iso3)


def of(country: Country) -> Text:
    """The paragraph in the language of the country; raises DataError."""
    others = evidence.beside(country.t, country.iso3, "missing", "ended")
    counted = ready.counted(country.t, country.ground.filters.choice)
    sentences = [*_served(country), counted, *_missions(country), *others]
    sentences += [_priority(country), _reason(country)]
    return ready.paragraph(country.t, sentences, _places(country))


def lead(country: Country) -> str:
    """Who serves the country, and its missions on the newest date; raises DataError."""
    return " ".join([*_served(country), *_missions(country)])


def beside_title(country: Country) -> str:
    """The same without what the title of a dossier says already; raises DataError."""
    state = str(country.row["state"] or "unknown")
    sentences = _served(country) if state in UNDECIDED else _beyond_title(country)
    return " ".join([*sentences, *_missions(country)]) or _priority(country)


def further(country: Country) -> list[str]:
    """What `lead` says beside who serves the country, which a title may say in its place."""
    return [*_beyond_title(country), *_missions(country)]


def _beyond_title(country: Country) -> list[str]:
    """What a title does not say of who serves the country: where nobody does, who is nearest."""
    return _served(country)[1:] if country.row["state"] == "none" else []


def _served(country: Country) -> list[str]:
    """Who serves the country and from where, or where somebody is nearest."""
    t, state = country.t, str(country.row["state"] or "unknown")
    words = {**country.agreeing, "note": wording.date_note(t, country.ground.release)}
    if state == "none":
        of = wording.of_no_choice(t, country.ground.filters.choice)
        sentences = [t("ready.none", of=of, **words)]
        for near in nearest(country)[:1]:
            serves = int(near.row["serves"])
            sentences.append(t.count("ready.nearest", serves, seat=seat(country), **near.params(t)))
        return sentences
    if state in UNDECIDED:
        key = "planned" if state == "planned" else "unknown"
        posts = t.listing(grouped(t, country.served_rows))
        beside = country.document_statements
        return [t(f"ready.{key}", posts=posts, **words), *(beside if key == "unknown" else [])]
    stationed, away = country.officers_here, country.officers_elsewhere
    if not stationed:
        posts = t.listing(grouped(t, away, km=True))
        return [t.count("ready.accredited", len(away), posts=posts, **words)]
    sentences = [
        t.count("ready.post", len(stationed), posts=t.listing(grouped(t, stationed)), **words)
    ]
    if away:
        posts = t.listing(grouped(t, away, km=True))
        sentences.append(t.count("ready.away", len(away), posts=posts, **words))
    return sentences


def _missions(country: Country) -> list[str]:
    """Officers in missions on the newest reference date."""
    t = country.t
    for count, deployments in country.deployments:
        date, missions = t.date(count.as_of), deployments.to_dict("records")
        if not missions:
            return [t("ready.no_missions", date=date, **country.agreeing)]
        named = [mission(country, row) for row in missions]
        sentence = t("ready.missions", date=date, missions=t.listing(named))
        return list(filter(None, (sentence, explained(t, deployments["mission"]))))
    return []


def mission(country: Country, row: records.Row, short: bool = False) -> str:
    """A mission with its officers; that its region is our reading is said with it.

    Where it is `short` a sentence elsewhere says which region.
    """
    t, by_region = country.t, rows.basis(row, country.iso3) == rows.BY_REGION
    key = "mission_read" if by_region and short else "mission_region" if by_region else "mission"
    return t(f"ready.{key}", name=row["printed"], n=int(row["personnel"]), **country.agreeing)


def _priority(country: Country) -> str:
    listed = country.iso3 in set(reference("priority_countries")["iso3"])
    return country.t("ready.priority" if listed else "ready.no_priority", **country.agreeing)


def _reason(country: Country) -> str:
    """What a document says of placing an officer there; that none does comes last."""
    t = country.t
    if statements.statements_on(country.iso3, "placement"):
        return statements.reason(t, country.iso3)[0]
    return t(f"ready.no_reason_{country.reach}", **country.agreeing)


def documents(country: Country) -> list[str]:
    """The ids of the documents that the paragraph rests on."""
    return list(_places(country))


def _places(country: Country) -> dict[str, str]:
    """Where the paragraph stands: of the network the rows that serve the country, by document."""
    numbers = country.serving[country.serving["table_row"].notna()]
    rows_of = row_citations.printed_rows(country.t, citations.places(numbers))
    network = str(country.ground.release["document"])
    places = {network: [rows_of]}
    for count in country.ground.counts[-1:]:
        places.setdefault(str(snapshot.store().release(count.release)["document"]), [])
    listed = reference("priority_countries").head(1).to_dict("records")
    reasons = statements.statements_on(country.iso3, "placement")
    for fact in [*listed, *reasons]:
        places.setdefault(str(fact["document"]), []).append(wording.place(country.t, fact))
    return {name: "; ".join(dict.fromkeys(filter(None, at))) for name, at in places.items()}
