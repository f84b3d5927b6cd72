"""Where what is shown comes from: documents, tables, rows, reference dates, choices."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from dashboard import records, rows, snapshot, wording
from dashboard.document_names import document_name, release_name, table_name
from dashboard.figures import colouring
from dashboard.file_names import slugged
from dashboard.filters import LAYERS, Filters
from dashboard.i18n import Texts
from dashboard.links import is_shareable, permalink, source_address
from dashboard.records import Row
from dashboard.report import (
    Block,
    Cell,
    Piece,
    Provenance,
    Report,
    Section,
    Source,
    Table,
    Text,
)
from dashboard.rows import Rows
from data.load import reference
from geo import dossier
from geo.citations import Place
from geo.coverage import of_organisations
from geo.options import Choice


def printed_rows(t: Texts, places: Iterable[Place], named: bool = True) -> str:
    """ "rij 33 van tabel 1 (Madrid, NP); rij 3 van tabel 2 (FILO)", each row once.

    Which post it is stays out where it is not `named`, as within brackets.
    """
    return leading_rows(t, "", places, named).text


def leading_rows(t: Texts, document: str, places: Iterable[Place], named: bool = True) -> Cell:
    """The same as a cell, in which each row leads to itself in the `document`."""
    tables: dict[str, dict[str, str]] = {}
    for place in dict.fromkeys(places):
        post = ", ".join(filter(None, (place.city, place.organisation)))
        what = t("kind.FILO") if place.kind == "FILO" else post
        tables.setdefault(place.table, {})[str(place.row)] = f" ({what})" if what and named else ""
    return rows.together(
        [_rows_of_table(t, document, table, posts) for table, posts in tables.items()]
    )


def _rows_of_table(t: Texts, document: str, table: str, posts: dict[str, str]) -> Cell:
    """Rows of one table, by number with what each is, as a cell."""
    key = "gaps.paragraphs" if table == "brief" else "gaps.rows"
    href = source_address(document, table, *posts)
    if len(posts) == 1:
        [(number, what)] = posts.items()
        text = t.count(key, 1, rows=number, table=table_name(t, table)) + what
        return Cell(text, href=href, documents=(document,))
    listed = t.listing([rows.PLACE] * len(posts))
    sentence = t.count(key, len(posts), rows=listed, table=table_name(t, table))
    links = [
        Piece(f"{number}{what}", source_address(document, table, number))
        for number, what in posts.items()
    ]
    parts = rows.linked(sentence, links)
    text = "".join(piece.text for piece in parts)
    return Cell(text, href=href, documents=(document,), parts=parts)


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
        t("imprint.borders"),
        permalink(home if elsewhere else "", page, filters),
        list(_sources(t, release["document"], sections, set(consulted))),
        date.today().isoformat(),
        "" if elsewhere else t("imprint.path_note"),
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
        dates.append(t("imprint.missions_date", date=t.listing([t.date(day) for day in days])))
    return dates


def identity(t: Texts, release: str) -> str:
    """A release by name with the state of its rows; raises DataError."""
    name = release_name(t, release)
    return t("imprint.identity", release=name, code=fingerprint(release))


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
        (t("control.organisations"), t.listing(organisations) or t("imprint.all")),
        (t("control.layers"), t.listing(layers) or t("imprint.nothing")),
    ]
    if page != "country":
        choices.append((t("control.area"), t.area(filters.area) if filters.area else t.area("")))
    if page in _COLOURED and snapshot.store().release(filters.release)["network"] != "absent":
        choices.append((t("colouring.title"), t(f"colouring.{colouring.of(filters)}")))
    if page == "gaps":
        kinds = [t(f"gaps.kind_{kind}") for kind in filters.kinds]
        choices.append((t("gaps.shown"), t.listing(kinds) or t("imprint.nothing")))
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
                "imprint.lacks",
                what=wording.behind_colon(t, records.text(row[f"lacks_{t.language}"])),
            ),
            document_name(t, name),
        )


# What tells one dated fact from another: a statement on what an event tells is no second fact.
FACT = ["date", "document", "table", "table_row", "iso3"]


def of_topic(topic: str, area: str = "") -> pd.DataFrame:
    """The statements on a topic; of an area those about it, and those about no country."""
    statements = reference("statements")
    statements = statements[statements["topic"] == topic]
    if not area:
        return statements
    inside = snapshot.in_area(area)
    codes = statements["iso3"].fillna("").str.split()
    return statements[[not named or not inside.isdisjoint(named) for named in codes]]


def concerning(iso3: str, *topics: str) -> pd.DataFrame:
    """The statements on these topics that name a country."""
    statements = _statements()[iso3]
    return statements[statements["topic"].isin(topics)]


def statements_on(iso3: str, topic: str) -> list[Row]:
    """The same of one topic, as rows."""
    return [row for row in _statements().records(iso3) if row["topic"] == topic]


@snapshot.cached(1)
def _statements() -> dossier.ByUnit:
    return dossier.named_in(reference("statements"))


def table(t: Texts, key: str, title: str, statements: pd.DataFrame) -> Table:
    """Statements with their date, the countries they name, the printed words and the place."""
    names = snapshot.names(t.language)
    body: Rows = [
        [
            Cell(t.date(row["date"]), row["date"]),
            row[f"text_{t.language}"],
            _countries(names, row),
            t("network.quoted", text=row["printed"]),
            rows.citation(t, row),
        ]
        for row in statements.to_dict("records")
    ]
    heads = rows.headers(t, ("when", "what", "country", "printed", "place"))
    if not any(row[2] for row in body):
        heads.pop(2)
        body = [[*row[:2], *row[3:]] for row in body]
    named = list(dict.fromkeys(statements["document"]))
    return Table(key, title, heads, body, _documents(t, named), named)


def _countries(names: pd.Series, row: Row) -> str:
    return ", ".join(names[iso3] for iso3 in records.text(row["iso3"]).split())


def _documents(t: Texts, documents: Collection[str]) -> str:
    """Documents by name, each once."""
    return t.listing([document_name(t, name) for name in dict.fromkeys(documents)])


# --- what was searched ----------------------------------------------------------------------------


def searched(t: Texts) -> str:
    """The documents whose whole text was read for facts, with their dates."""
    return _documents(t, searched_documents())


def searched_documents() -> list[str]:
    """The ids of the documents whose whole text was read for facts."""
    rows_read = reference("searched")
    return list(rows_read.loc[rows_read["part"] == "text", "document"])


def unsearched(t: Texts) -> str:
    """A sentence on the documents of which only tables were read; empty where there are none."""
    whole = set(reference("searched")["document"])
    others = [name for name in snapshot.releases()["document"] if name not in whole]
    return t("statements.tables_only", documents=_documents(t, others)) if others else ""


def nothing_dated(t: Texts) -> str:
    """No dated fact about a country, and where was looked for one."""
    denial = t("statements.nothing_dated", documents=searched(t))
    return " ".join(filter(None, [denial, unsearched(t), t("statements.letter")]))


def no_mission(t: Texts) -> str:
    """No mission in a country, and the tables in which was looked for one."""
    releases = snapshot.releases()
    counted = sorted(releases.loc[releases["missions"] != "absent", "document"])
    past = list(reference("mission_history")["document"].unique())
    return t("statements.no_mission", documents=_documents(t, [*counted, *past]))


def dated(iso3: str) -> pd.DataFrame:
    """Every dated fact of the documents that names a country, each with its place."""
    return _every_fact()[iso3]


def dated_rows(iso3: str) -> list[Row]:
    """The same as rows."""
    return [*_every_fact().records(iso3)]


@snapshot.cached(1)
def _every_fact() -> dossier.ByUnit:
    """Every dated fact of the documents, each once."""
    events = reference("events")
    of_events = pd.MultiIndex.from_frame(events[FACT].fillna(""))
    statements = reference("statements")
    statements = statements[~pd.MultiIndex.from_frame(statements[FACT].fillna("")).isin(of_events)]
    every = pd.concat([events, reference("agreements"), statements], ignore_index=True)
    return dossier.named_in(every)


def in_document(t: Texts, document: str, iso3: str) -> list[str]:
    """What one document says of a country beside its tables, each with its place."""
    return [
        t("statements.also", said=row[f"text_{t.language}"], place=wording.citation(t, row))
        for row in dated_rows(iso3)
        if row["document"] == document
    ]


# --- why here, why not there; other channels; tasks and limits ------------------------------------


def reason(t: Texts, iso3: str) -> tuple[str, str]:
    """(why an officer is there or is not, place): no more than the documents say of a country."""
    statements = statements_on(iso3, "placement")
    if statements:
        text = " ".join(
            t("statements.dated", date=t.date(row["date"]), said=row[f"text_{t.language}"])
            for row in statements
        )
        return text, "; ".join(wording.citation(t, row) for row in statements)
    return t("statements.no_reason", documents=searched(t)), ""


def why(t: Texts, iso3: str) -> list[Block]:
    """Why an officer is in a country or is not, and what the documents weigh everywhere."""
    text, place = reason(t, iso3)
    general = of_topic("placement")
    weighed = table(t, "weighed", t("statements.weighed"), general[general["iso3"].isna()])
    return [Text(f"{text} {t('source')}: {place}." if place else text), weighed]


def channels(t: Texts) -> str:
    """The ways beside officers by which the police exchange information, with their place."""
    return t("statements.channels", place=wording.citation(t, five_channels()))


def five_channels() -> Row:
    """The row of the statement that lists five channels."""
    channels = of_topic("channel")
    return channels[channels["table_row"] == 17].iloc[0].to_dict()


def placement(t: Texts, area: str = "") -> tuple[Table, str]:
    """(what decides where an officer goes, for which countries a reason is given and where not)."""
    statements = of_topic("placement", area).sort_values("date", kind="stable")
    every = of_topic("placement")["iso3"].dropna()
    codes = {iso3 for each in every for iso3 in each.split()}
    lands = wording.country_list(t, snapshot.names(t.language), codes)
    note = t("statements.placement_note", lands=lands, documents=searched(t))
    return table(t, "placement", t("statements.placement"), statements), note


def limits(t: Texts, area: str = "") -> Table:
    """What an officer does and may not do, and the ways beside officers."""
    statements = pd.concat([of_topic(topic, area) for topic in ("task", "channel")])
    return table(t, "limits", t("statements.limits"), statements)


@snapshot.cached(16, lambda t, filters: (t.language, filters.area))
def missions(t: Texts, filters: Filters) -> Table:
    """What the documents say of missions in words, the newest first; raises DataError."""
    statements = of_topic("mission", filters.area).sort_values(
        "date", ascending=False, kind="stable"
    )
    return table(t, "said", t("statements.missions"), statements)


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
