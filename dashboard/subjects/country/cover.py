"""The history of a country's coverage: who served it in each release, and from where."""

from __future__ import annotations

from collections import Counter

from dashboard import rows, snapshot, wording
from dashboard.document_names import release_name
from dashboard.links import source_address
from dashboard.report import Block, Cell, Table, Text
from dashboard.subjects.country.dossier import Country
from geo.cover_history import Cover, Dated, Station, history


@snapshot.cached(2)
def networks(language: str) -> list[Dated]:
    """Every release with a network, oldest first, cities named in `language`; raises DataError."""
    releases = snapshot.releases().query("network != 'absent'").iloc[::-1]
    releases = releases.sort_values("network_as_of", kind="stable")
    dated = []
    for release, as_of in zip(releases["release"], releases["network_as_of"], strict=True):
        network = snapshot.network(release, language)
        tables = network.postings, network.accreditations
        dated.append(Dated(str(release), str(as_of), network.complete, *tables))
    return dated


def blocks(country: Country) -> list[Block]:
    """A row for each release with a network; nothing where there is one alone."""
    t, filters = country.t, country.ground.filters
    dated = networks(t.language)
    if len(dated) < 2:
        return []
    documents = dict(zip(*(snapshot.releases()[name] for name in ("release", "document")),
                         strict=True))  # fmt: skip
    unit = country.ground.units[country.iso3]
    body: rows.Rows = [
        [
            Cell(t.date(each.as_of), each.as_of),
            t(f"time.{'whole' if each.complete else 'some'}"),
            _state(country, each),
            "; ".join(_stations(country, each.stations)),
            Cell(release_name(t, each.release), href=source_address(str(documents[each.release])),
                 documents=(str(documents[each.release]),)),
        ]
        for each in history(unit, dated, filters.choice)
    ]  # fmt: skip
    heads = [
        t("column.when"),
        t("time.holds"),
        t("column.state"),
        t("time.from"),
        t("data.release"),
    ]
    content: list[Block] = [Table("cover", t("time.cover"), heads, body)]
    if not all(each.complete for each in dated):
        content.append(Text(t("time.cover_note")))
    return content


def _state(country: Country, cover: Cover) -> str:
    """How the country was served, in words; a part of a network that is silent leaves it open."""
    return wording.state_word(country.t, cover.state, [], country.ground.filters.choice)


def _stations(country: Country, stations: tuple[Station, ...]) -> list[str]:
    """ "NP, Bogota (Colombia), 728 km" for each posting; two alike are counted."""
    t, found = country.t, []
    for station, number in Counter(stations).items():
        who = wording.organisation(t, station.organisation)
        host = str(country.ground.names[station.host]) if station.host else ""
        where = f"{station.city} ({host})" if station.city and host else station.city or host
        km = t("time.km", km=station.km) if station.km and station.host != country.iso3 else ""
        line = ", ".join(filter(None, (who, where, km)))
        found.append(line if number == 1 else t("network.times", n=number, what=line))
    return found
