"""What the pages of a site hold: coverage under each choice, dossiers, documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pandas as pd

from dashboard import evidence, provenance, records, rows, snapshot, theme, wording
from dashboard.document_names import document_name
from dashboard.figures import map_blocks
from dashboard.figures.views import VIEWS, view_of
from dashboard.filters import CHOICES, Filters, canonical
from dashboard.i18n import Texts
from dashboard.links import organisations_name
from dashboard.records import plain
from dashboard.report import Block, Cell, Report, Section, Table, Text
from dashboard.subjects import coverage
from dashboard.subjects.country.dossier import Country, EveryCountry
from dashboard.subjects.country.questions import answers
from data.load import reference
from geo.coverage import served, totals

# Of a payload, what differs per choice.
DRAWN = ("classes", "looks", "rest", "small", "about", "units", "posts", "cities", "first")
LAND = "{land}"  # where the script puts the name of a country


def subsets() -> list[tuple[str, ...]]:
    """The non-empty sets of organisations; the one with all of them first, as the empty choice."""
    sizes = range(len(CHOICES), 0, -1)
    return [canonical(some) for size in sizes for some in combinations(CHOICES, size)]


def choices(t: Texts, filters: Filters) -> dict[str, Any]:
    """Name of a choice -> all that the page shows under it; raises DataError.

    `payload` is for the map (see `maps.payload`), `table` for the list of all units (see
    `coverage.fill`); `titles` holds sentences about a country and `title` per unit, in the order
    of the table, which of them is its own.
    """
    return {
        organisations_name(some): _choice(t, replace(filters, organisations=some))
        for some in subsets()
    }


def _choice(t: Texts, filters: Filters) -> dict[str, Any]:
    drawn = map_blocks.world(t, filters)
    frame = snapshot.coverage(filters.release, filters.choice, t.language)
    counts = totals(frame)
    by_unit = {row["iso3"]: row for row in plain(frame)}
    ground, titles = EveryCountry(t, filters), dict[str, int]()
    own = [
        titles.setdefault(
            wording.country(t, LAND, by_unit[iso3], filters, Country(ground, iso3).elsewhere),
            len(titles),
        )
        for iso3 in snapshot.names_in_order(t.language)
    ]
    counted = {"post": counts.posts, "accredited": counts.accredited}
    counted |= {"none": counts.none} if counts.none else {"unknown": counts.unknown}
    return {
        "title": drawn.title,
        "text": drawn.alternative,
        "legend": drawn.legend,
        "payload": {key: drawn.payload[key] for key in DRAWN},
        "counts": [
            [wording.state_word(t, state, [], filters.choice), t.number(n)]
            for state, n in counted.items()
        ],
        "table": json.loads(coverage.coverage_fill(filters.release, filters.choice, t.language)),
        "titles": list(titles),
        "title_of": own,
    }


def views(t: Texts, filters: Filters) -> list[tuple[str, str, Any, Any]]:
    """(name, words, bounds, centre) of each part of the world, see `maps.payload`."""
    maps = []
    for view in VIEWS:
        payload = map_blocks.world(t, replace(filters, view=view)).payload
        maps.append((view, t(f"view.{view}"), payload["bounds"], payload["centre"]))
    return maps


def links(filters: Filters) -> list[tuple[float, float, str, str, str]]:
    """(latitude, longitude and country of a post, country it serves, organisation), each once."""
    network = snapshot.network(filters.release)
    serving = served(network.postings, network.accreditations, filters.choice)
    serving = serving[
        (serving["kind"] == "LO") & serving["lat"].notna() & (serving["iso3"] != serving["host"])
    ]
    columns = ("lat", "lon", "host", "iso3", "organisation")
    every = {
        (round(lat, 2), round(lon, 2), host, iso3, theme.code(organisation))
        for lat, lon, host, iso3, organisation in zip(*map(serving.get, columns), strict=True)
    }
    return sorted(every)


Address = Callable[[str], str]


def countries(t: Texts, filters: Filters, address: Address) -> dict[str, Any]:
    """Code -> dossier of each unit, by name, for all organisations together; raises DataError.

    `served` are the rows of the postings that serve it and `by` the organisation of each; `every`
    names all that serve it in any way, with the row of those that are among `served` or null. The
    script shows of these what the reader chose.
    """
    ground = EveryCountry(t, filters)
    return {
        iso3: _country(Country(ground, iso3), address)
        for iso3 in snapshot.names_in_order(t.language)
    }


def heads(t: Texts, filters: Filters) -> dict[str, Any]:
    """Key of a table in a dossier -> its title, headers and source."""
    network = map_blocks.network_source(t, filters.release)
    columns = {
        "serving": ("organisation", "city", "distance", "basis", "theme", "printed", "place"),
        "placements": ("body", "printed", "city", "place"),
        "facts": ("fact", "what"),
        "missions": rows.MISSIONS,
        "history_missions": ("mission", "years", "lead", "maximum", "place"),
        "history": ("when", "what", "place"),
        "neighbours": ("country", "state", "organisations"),
    }
    sourced = ("serving", "placements", "neighbours")
    others = {
        "conflicts": (t("evidence.conflicts"), evidence.conflict_headers(t)),
        "evidence": (t("evidence.title"), evidence.headers(t)),
    }
    note = t("document.source", source=t("evidence.note"))
    return {
        key: {"title": title, "headers": headers, "source": note}
        for key, (title, headers) in others.items()
    } | {
        key: {
            "title": t(f"country.{key}"),
            "headers": rows.headers(t, names),
            "source": t("document.source", source=network) if key in sourced else "",
        }
        for key, names in columns.items()
    }


def _country(country: Country, address: Address) -> dict[str, Any]:
    """One dossier; what is empty is left out."""
    ground, iso3 = country.ground, country.iso3
    every = ground.everything[iso3]
    numbers = {key: n for n, key in enumerate(_keys(country.serving))}
    labels = zip(every["label"], _keys(every), strict=True)
    blocks = [*country.placements(), *country.missions(), *country.history()]
    disagreeing = evidence.conflict_blocks(country.t, evidence.conflicts_of(iso3))
    content = {
        "name": country.name,
        "view": view_of(str(ground.units[iso3]["subregion"])),
        "answers": [[each.question, each.answer, each.source] for each in answers(country)],
        "facts": [[fact.term, fact.what.text] for fact in country.facts()],
        "note": country.note,
        "served": _rows(country.served_by(), "serving", address),
        "by": [theme.code(each) for each in country.serving["organisation"]],
        "every": [[label, numbers.get(key)] for label, key in labels],
        "placements": _rows(blocks, "placements", address),
        "missions": _rows(blocks, "missions", address),
        "history_missions": _rows(blocks, "past_missions", address),
        "history": _rows(blocks, "history", address),
        "conflicts": _rows(disagreeing, "conflicts", address),
        "evidence": _rows(country.other_sources(), "evidence", address),
        "neighbours": list(country.beside["neighbour"]),
    }
    return {key: value for key, value in content.items() if value}


def _keys(postings: pd.DataFrame) -> list[tuple[str, int]]:
    return list(zip(postings["kind"], postings["row"], strict=True))


def _rows(blocks: Sequence[Block], key: str, address: Address) -> list[list[Any]]:
    """The rows of the table with that key: text, or (text, address, what it sorts by)."""
    tables = (block for block in blocks if isinstance(block, Table) and block.key == key)
    return [[_cell(cell, address) for cell in row] for table in tables for row in table.rows]


def _cell(cell: Cell | str, address: Address) -> Any:
    if isinstance(cell, str):
        return cell
    href = address(cell.href) if cell.href else ""
    if cell.sort is not None:
        return [cell.text, href, cell.sort]
    return [cell.text, href] if href else cell.text


def report(t: Texts, filters: Filters) -> Report:
    """What every number rests on, as the page of the sources has it; raises DataError."""
    documents = snapshot.documents().to_dict("records")
    sections = [_document(t, document) for document in documents]
    sections.append(Section("rules", t("sources.rules"), [Text(t("sources.rules_text"))]))
    sections += _world(t)
    sections.append(Section("figures", t("sources.figures"), [_figures(t)]))
    claims = evidence.table(t, reference("evidence"))
    sections.append(Section("evidence", claims.title, [Text(t("evidence.start_more")), claims]))
    sections.append(Section("files", t("sources.data"), [provenance.data_files(t)]))
    return provenance.report(
        t, filters, "sources", subject=t("page.sources"),
        title=t("sources.headline"), summary=[t("sources.intro")], sections=sections,
    )  # fmt: skip


def _document(t: Texts, document: records.Row) -> Section:
    """One document; an empty fact is left out."""
    note, paper, url = (
        records.text(document[name]) for name in (f"date_note_{t.language}", "paper", "url")
    )
    date = t.date(document["date"]) + (f" ({note})" if note else "")
    facts: list[list[Cell | str]] = [
        [t("sources.date"), date],
        [t("sources.paper"), paper],
        [t("sources.address"), Cell(url, href=url) if url else t("sources.no_address")],
        [t("sources.gives"), str(document[f"gives_{t.language}"])],
        [t("sources.lacks"), str(document[f"lacks_{t.language}"])],
    ]
    heads = [t("column.fact"), t("column.what")]
    title = str(document[f"title_{t.language}"])
    key = str(document["document"])
    facts_table = Table(key, document_name(t, key), heads, [f for f in facts if f[1]])
    return Section(key, title, [facts_table, *_read(t, key)])


def _read(t: Texts, document: str) -> list[Text]:
    """Which tables were read from a document."""
    releases = snapshot.releases()
    return [
        Text(line, "item")
        for _, release in releases[releases["document"] == document].iterrows()
        for line in _tables(t, release)
    ]


def _tables(t: Texts, release: pd.Series) -> list[str]:
    note = wording.date_note(t, release) if release["network"] != "absent" else ""
    day = t.date(release["missions_as_of"]) if release["missions"] != "absent" else ""
    return [
        t(f"sources.network.{release['network']}", note=note),
        t(f"sources.missions.{release['missions']}", date=day),
    ]


def _figures(t: Texts) -> Table:
    body: rows.Rows = [
        [
            str(row[f"text_{t.language}"]),
            wording.in_unit(t, row),
            t.date(row["as_of"]),
            rows.citation(t, row),
        ]
        for row in reference("key_figures").to_dict("records")
    ]
    heads = rows.headers(t, ("what", "value", "when", "place"))
    return Table("figures", t("sources.figures"), heads, body)


def _world(t: Texts) -> list[Section]:
    """What is no unit of the map, and what the map does with borders and names."""
    others, notes = reference("not_units"), reference("map_notes")
    about = Text(t("sources.not_units_text"))
    not_units = coverage.not_units(t, others)
    drawn = coverage.map_notes(t, notes, snapshot.names(t.language))
    return [
        Section(
            "not-units",
            t("sources.not_units"),
            [about, Table("not-units", t("sources.not_units"), *not_units)],
        ),
        Section("notes", t("sources.notes"), [Table("notes", t("sources.notes"), *drawn)]),
    ]
