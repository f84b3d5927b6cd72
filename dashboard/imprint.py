"""What a report says of itself: release, date, choices, documents, borders, and where to see it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from dashboard import cache, findings, rows
from dashboard.addresses import is_shareable, permalink
from dashboard.filters import LAYERS, Filters
from dashboard.i18n import Words
from dashboard.report import Imprint, Report, Section, Source, Table, Text
from dashboard.tables import Cell
from geo.schemas import NOT_STATED_WORD

_NETWORK_ONLY = ("coverage", "network", "whatif", "compare")  # pages that show no missions


def report(
    t: Words,
    filters: Filters,
    page: str,
    *,
    name: str,
    subject: str,
    title: str,
    summary: Sequence[str],
    sections: Sequence[Section],
    consulted: Iterable[str] = (),
    also: Sequence[tuple[str, str]] = (),
    as_of: Sequence[str] | None = None,
) -> Report:
    """A report of these sections with its imprint; raises DataError.

    `page` is the one that shows the same (see `addresses.PATHS`); a section without blocks is left
    out. `consulted` are documents that it rests on without naming them, as where one says nothing;
    `also` are more choices in words; `as_of` the reference dates, where they are not those of the
    release.
    """
    kept = [section for section in sections if section.blocks]
    made = _imprint(t, filters, page, kept, consulted)
    made = replace(made, filters=[*made.filters, *also])
    if as_of is not None:
        made = replace(made, as_of="; ".join(as_of))
    name = "-".join([name, *(each or NOT_STATED_WORD for each in filters.organisations)])
    return Report(name, subject, title, list(filter(None, summary)), kept, made, t.language)


def _imprint(
    t: Words,
    filters: Filters,
    page: str,
    sections: Sequence[Section],
    consulted: Iterable[str],
) -> Imprint:
    release = cache.store().release(filters.release)
    home = cache.settings().address
    elsewhere = is_shareable(home)
    return Imprint(
        filters.release,
        f"{filters.release} · {fingerprint(filters.release)}",
        "; ".join(_dates(t, release, page)),
        chosen(t, filters, page),
        t("imprint.borders"),
        permalink(home if elsewhere else "", page, filters),
        list(_sources(t, release["document"], sections, set(consulted))),
        date.today().isoformat(),
        "" if elsewhere else t("imprint.path_note"),
    )


def _dates(t: Words, release: pd.Series, page: str) -> list[str]:
    """The reference dates of what a page shows: of the network, of missions, or of both."""
    dates = [findings.date_note(t, release)] if release["network"] != "absent" else []
    if page in _NETWORK_ONLY:
        return dates
    if page == "gaps":
        days = [release["missions_as_of"]] if release["missions"] != "absent" else []
    else:
        days = [count.as_of for count in cache.mission_counts()]
    if days:
        dates.append(t("imprint.missions_date", date=t.listing([t.date(day) for day in days])))
    return dates


def fingerprint(release: str) -> str:
    """Eight signs that change when a row of the release changes; raises DataError."""
    tables = ("postings", "accreditations", "deployments")
    marks = " ".join(cache.store().mark(table, release) for table in tables)
    return hashlib.sha256(marks.encode()).hexdigest()[:8]


def chosen(t: Words, filters: Filters, page: str) -> list[tuple[str, str]]:
    """Each choice that decides what `page` shows, in words: (control, what was chosen)."""
    if page == "present":
        return []  # each step has its own
    organisations = [t(f"short.{name or 'not_stated'}") for name in filters.organisations]
    layers = [t(f"layer.{name}") for name in LAYERS if name in filters.layers]
    found = [
        (t("control.organisations"), t.listing(organisations) or t("imprint.all")),
        (t("control.layers"), t.listing(layers) or t("imprint.nothing")),
    ]
    if page != "country":
        found.append((t("control.area"), t.area(filters.area) if filters.area else t.area("")))
    if page == "gaps":
        kinds = [t(f"gaps.kind_{kind}") for kind in filters.kinds]
        found.append((t("gaps.chips"), t.listing(kinds) or t("imprint.nothing")))
        weights = [f"{t(f'gaps.component_{name}')} {n}" for name, n in filters.weights]
        if weights:
            found.append((t("gaps.weights"), ", ".join(weights)))
        found.append((t("gaps.unknown_counts"), t(f"gaps.unknown_{filters.scaling.unknown}")))
    return found


def _sources(
    t: Words, document: str, sections: Sequence[Section], consulted: Collection[str]
) -> Iterator[Source]:
    """The document of the release first, then what was consulted and what a text names."""
    documents = cache.documents()
    said = " ".join(_texts(sections))
    others = [name for name in documents.index if name in consulted or name in said]
    order = dict.fromkeys([document, *others])
    for name in order:
        row = documents.loc[name]
        yield Source(
            name,
            str(row[f"title_{t.language}"]),
            str(row["date"]),
            rows.text(row["url"]),
            t("imprint.lacks", what=rows.text(row[f"lacks_{t.language}"])),
        )


def _texts(sections: Sequence[Section]) -> Iterator[str]:
    """Every text in which a document may be named."""
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Text):
                yield block.text
                continue
            yield block.source
            table = block if isinstance(block, Table) else getattr(block, "table", None)
            for row in table.rows if table else ():
                yield from (cell.text if isinstance(cell, Cell) else cell for cell in row)
