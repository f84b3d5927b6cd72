"""The sources of a site as a report: each document, how it was read, key figures, other files."""

from __future__ import annotations

import pandas as pd

from dashboard import cache, findings, records, rows, unit_rows
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.imprint import report as made
from dashboard.report import Report, Section, Table, Text
from dashboard.tables import Cell


def report(t: Words, filters: Filters) -> Report:
    """What every number rests on, as the page of the sources has it; raises DataError."""
    documents = cache.documents().to_dict("records")
    sections = [_document(t, document) for document in documents]
    sections.append(Section("rules", t("sources.rules"), [Text(t("sources.rules_text"))]))
    sections += _world(t)
    sections.append(Section("figures", t("sources.figures"), [_figures(t)]))
    sections.append(Section("files", t("sources.data"), [_files(t)]))
    return made(
        t, filters, "sources", name="bronnen", subject=t("page.sources"),
        title=t("sources.headline"), summary=[t("sources.intro")], sections=sections,
    )  # fmt: skip


def _document(t: Words, document: records.Row) -> Section:
    """One document; an empty fact is left out."""
    note, paper, url = (
        rows.text(document[name]) for name in (f"date_note_{t.language}", "paper", "url")
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
    told = Table(document["document"], document["document"], heads, [f for f in facts if f[1]])
    return Section(document["document"], title, [told, *_read(t, document["document"])])


def _read(t: Words, document: str) -> list[Text]:
    """Which tables were read from a document."""
    found = cache.releases()
    return [
        Text(line, "item")
        for _, release in found[found["document"] == document].iterrows()
        for line in _tables(t, release)
    ]


def _tables(t: Words, release: pd.Series) -> list[str]:
    note = findings.date_note(t, release) if release["network"] != "absent" else ""
    day = t.date(release["missions_as_of"]) if release["missions"] != "absent" else ""
    return [
        t(f"sources.network.{release['network']}", note=note),
        t(f"sources.missions.{release['missions']}", date=day),
    ]


def _figures(t: Words) -> Table:
    found = [
        [
            str(row[f"text_{t.language}"]),
            findings.in_unit(t, row),
            t.date(row["as_of"]),
            findings.place(t, row),
        ]
        for row in cache.reference("key_figures").to_dict("records")
    ]
    heads = rows.headers(t, ("what", "value", "when", "place"))
    return Table("figures", t("sources.figures"), heads, found)


def _world(t: Words) -> list[Section]:
    """What is no unit of the map, and what the map does with borders and names."""
    others, notes = cache.reference("not_units"), cache.reference("map_notes")
    about = Text(t("sources.not_units_text"))
    known = unit_rows.not_units(t, others)
    drawn = unit_rows.map_notes(t, notes, cache.names(t.language))
    return [
        Section(
            "not-units",
            t("sources.not_units"),
            [about, Table("not-units", t("sources.not_units"), *known)],
        ),
        Section("notes", t("sources.notes"), [Table("notes", t("sources.notes"), *drawn)]),
    ]


def _files(t: Words) -> Table:
    keys = ("file", "title", "publisher", "licence")
    found: rows.Rows = [
        [*(str(row[key]) for key in keys), Cell(t.date(row["date"]), row["date"])]
        for row in cache.reference("sources").to_dict("records")
    ]
    heads = [
        t("sources.file"),
        t("column.what"),
        t("sources.publisher"),
        t("sources.licence"),
        t("sources.date"),
    ]
    return Table("files", t("sources.data_intro"), heads, found)
