"""The dossier of a country as a report, part by part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dashboard import evidence, provenance, snapshot, wording
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Block, Report, Section, Table, Text
from dashboard.subjects.country import cover, paragraph, questions
from dashboard.subjects.country.dossier import Country, CountryTables
from dashboard.subjects.country.posts import conclusion, located
from dashboard.takeover import NEAREST, on_paper
from data.load import reference
from geo.coverage import HOME
from geo.errors import DataError


def report(t: Texts, filters: Filters) -> Report:
    """The dossier of the chosen country; raises DataError where none is chosen."""
    country = of(t, filters)
    consulted = _consulted(country)
    report = provenance.report(
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
    return [f"{each.question} {each.answer}" for each in questions.answers(country)]


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
    if posts := country.takeover_posts():
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
    first, others = country.lasting.key_facts()
    listed = first if key == "facts" else others
    heads = [t("column.fact"), t("column.what")]
    return Table(key, t(f"dossier.{key}"), heads, [[fact.term, fact.what] for fact in listed])


def _more(country: Country) -> list[Block]:
    """The other facts, and what the map does with the country."""
    said = country.lasting.note
    note = f"{country.t('country.note')} {said}"
    return [_facts_table(country, "more"), *([Text(note, "note")] if said else [])]


def _consulted(country: Country) -> set[str]:
    """The documents in which was looked for the country, also where they do not name it."""
    tables = ("searched", "priority_countries", "mission_history")
    named = {name for table in tables for name in reference(table)["document"]}
    register = snapshot.releases().set_index("release")["document"]
    counted = {str(register[count.release]) for count in country.ground.counts}
    return named | counted | set(register)
