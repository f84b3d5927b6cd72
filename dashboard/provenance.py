"""What a report rests on: documents, tables, reference dates, the reader's choices; data files."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from dashboard import records, snapshot, wording
from dashboard.document_names import document_name, release_name, table_name
from dashboard.figures import colouring
from dashboard.file_names import slugged
from dashboard.filters import LAYERS, Filters
from dashboard.i18n import Texts
from dashboard.links import is_shareable, permalink
from dashboard.report import Cell, Provenance, Report, Section, Source, Table
from dashboard.rows import Rows
from data.load import reference
from geo.coverage import of_organisations
from geo.options import Choice


def tables(t: Texts, postings: pd.DataFrame, choice: Choice) -> str:
    """The names of the tables that are read under `choice`."""
    return _tables(t, postings, ("LO", "FILO") if choice.filo else ("LO",))


def source(t: Texts, postings: pd.DataFrame, filters: Filters, document: str) -> str:
    """Document, tables and how many of their rows tell who serves and who does not."""
    kinds = postings["kind"].tolist()
    chosen = of_organisations(postings, filters.organisations)
    posts = Counter(zip(chosen["kind"].tolist(), chosen["status"].tolist(), strict=True))
    figures: dict[str, object] = {
        "document": document_name(t, document),
        "table": tables(t, postings, Choice()),
        "rows": kinds.count("LO"),
        "active": posts["LO", "active"],
    }
    sentences = [t("gaps.source", of=wording.of_whom(t, filters.organisations), **figures)]
    planned = posts["LO", "planned"]
    if filters.choice.planned and planned:
        sentences.append(t.count("gaps.source_planned", planned))
    flexible = kinds.count("FILO")
    if filters.choice.filo and flexible:
        table = _tables(t, postings, ("FILO",))
        sentences.append(t.count("gaps.source_filo", flexible, table=table))
    return " ".join(sentences)


def _tables(t: Texts, postings: pd.DataFrame, kinds: Collection[str]) -> str:
    cells = (postings[name].tolist() for name in ("kind", "table"))
    named = dict.fromkeys(table for kind, table in zip(*cells, strict=True) if kind in kinds)
    return t.listing([table_name(t, str(name)) for name in named])


# Pages that show no missions.
_NETWORK_ONLY = ("coverage", "network", "network_load", "network_history", "whatif", "compare")

# Pages whose map has the colours of the reader's choice.
_COLOURED = ("coverage", "overview")


def report(
    t: Texts,
    filters: Filters,
    page: str,
    *,
    subject: str,
    title: str,
    summary: Sequence[str],
    sections: Sequence[Section],
    consulted: Iterable[str] = (),
    also: Sequence[tuple[str, str]] = (),
    as_of: Sequence[str] | None = None,
    name: str = "",
    about: str = "",
) -> Report:
    """A report of these sections with its provenance; raises DataError.

    `page` is the one that shows the same (see `links.PATHS`); a section without blocks is left
    out. `consulted` are documents that it rests on without naming them, as where one says nothing;
    `also` are more choices in words; `as_of` the reference dates, where they are not those of the
    release. `name` is the key of what its files are called, that of the page where there is none,
    and `about` what they are of, the area of the reader where it is not named.
    """
    filled = [section for section in sections if section.blocks]
    provenance = _provenance(t, filters, page, filled, consulted)
    provenance = replace(provenance, filters=[*provenance.filters, *also])
    if as_of is not None:
        provenance = replace(provenance, as_of="; ".join(as_of))
    who = [wording.organisation(t, each) for each in filters.organisations]
    about = about or (t.area(filters.area) if filters.area else "")
    file = slugged(t(f"file.{name or page}"), about, *who)
    return Report(file, subject, title, list(filter(None, summary)), filled, provenance, t.language)


def _provenance(
    t: Texts,
    filters: Filters,
    page: str,
    sections: Sequence[Section],
    consulted: Iterable[str],
) -> Provenance:
    release = snapshot.store().release(filters.release)
    home = snapshot.settings().address
    elsewhere = is_shareable(home)
    return Provenance(
        filters.release,
        identity(t, filters.release),
        "; ".join(_dates(t, release, page)),
        chosen(t, filters, page),
        t("provenance.borders"),
        permalink(home if elsewhere else "", page, filters),
        list(_sources(t, release["document"], sections, set(consulted))),
        date.today().isoformat(),
        "" if elsewhere else t("provenance.path_note"),
        release_name(t, filters.release),
    )


def _dates(t: Texts, release: pd.Series, page: str) -> list[str]:
    """The reference dates of what a page shows: of the network, of missions, or of both."""
    dates = [wording.date_note(t, release)] if release["network"] != "absent" else []
    if page in _NETWORK_ONLY:
        return dates
    if page in ("gaps", "planning"):
        days = [release["missions_as_of"]] if release["missions"] != "absent" else []
    else:
        days = [count.as_of for count in snapshot.mission_counts()]
    if days:
        dates.append(t("provenance.missions_date", date=t.listing([t.date(day) for day in days])))
    return dates


def identity(t: Texts, release: str) -> str:
    """A release by name with the state of its rows; raises DataError."""
    name = release_name(t, release)
    return t("provenance.identity", release=name, code=fingerprint(release))


def fingerprint(release: str) -> str:
    """Eight signs that change when a row of the release changes; raises DataError."""
    return hashlib.sha256(snapshot.fingerprint(release).encode()).hexdigest()[:8]


def chosen(t: Texts, filters: Filters, page: str) -> list[tuple[str, str]]:
    """Each choice that decides what `page` shows, in words: (control, what was chosen)."""
    if page in ("present", "mission_years"):
        return []  # each step has its own; of the years the report says what was chosen
    organisations = [t(f"short.{name or 'not_stated'}") for name in filters.organisations]
    layers = [t(f"layer.{name}") for name in LAYERS if name in filters.layers]
    choices = [
        (t("control.organisations"), t.listing(organisations) or t("provenance.all")),
        (t("control.layers"), t.listing(layers) or t("provenance.nothing")),
    ]
    if page != "country":
        choices.append((t("control.area"), t.area(filters.area) if filters.area else t.area("")))
    if page in _COLOURED and snapshot.store().release(filters.release)["network"] != "absent":
        choices.append((t("colouring.title"), t(f"colouring.{colouring.of(filters)}")))
    if page == "gaps":
        kinds = [t(f"gaps.kind_{kind}") for kind in filters.kinds]
        choices.append((t("gaps.shown"), t.listing(kinds) or t("provenance.nothing")))
        weights = [f"{t(f'gaps.component_{name}')} {n}" for name, n in filters.weights]
        if weights:
            choices.append((t("gaps.weights"), ", ".join(weights)))
        choices.append((t("gaps.unknown_counts"), t(f"gaps.unknown_{filters.scaling.unknown}")))
    return choices


def _sources(
    t: Texts, document: str, sections: Sequence[Section], consulted: Collection[str]
) -> Iterator[Source]:
    """The document of the release first, then what was consulted and what the blocks cite."""
    documents = snapshot.documents()
    blocks = (block for section in sections for block in section.blocks)
    cited = frozenset(consulted).union(*(block.cited for block in blocks))
    others = [name for name in documents.index if name in cited]
    order = dict.fromkeys([document, *others])
    for name in order:
        row = documents.loc[name]
        yield Source(
            name,
            str(row[f"title_{t.language}"]),
            str(row["date"]),
            records.text(row["url"]),
            t(
                "provenance.lacks",
                what=wording.behind_colon(t, records.text(row[f"lacks_{t.language}"])),
            ),
            document_name(t, name),
        )


def data_files(t: Texts) -> Table:
    """The files of facts that the product keeps, with publisher, licence and date."""
    keys = ("file", "title", "publisher", "licence")
    lines: Rows = [
        [*(str(row[key]) for key in keys), Cell(t.date(row["date"]), row["date"])]
        for row in reference("sources").to_dict("records")
    ]
    heads = [
        t("sources.file"),
        t("column.what"),
        t("sources.publisher"),
        t("sources.licence"),
        t("sources.date"),
    ]
    return Table("files", t("sources.data_intro"), heads, lines)
