"""Frames -> rows of tables in the reader's language; each keeps the way to its source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from dashboard import records, wording
from dashboard.country_words import within
from dashboard.i18n import Texts
from dashboard.links import source_address
from dashboard.mission_names import mission_name
from dashboard.records import Row
from dashboard.report import Cell, Form, Piece, Text
from dashboard.theme import code
from data import load
from geo.coverage import HOME
from geo.names.normalise import key
from geo.options import Choice

Rows = list[Sequence[Cell | str]]
PRINTED = ("label", "city_printed", "area_printed")  # the cells of a row, as they stand there
MISSIONS = ("mission", "as_of", "personnel", "duty", "basis", "place")
MENTIONED = {
    "LO": "country.mentioned_lo",
    "FILO": "country.mentioned_filo",
    "multilateral": "country.mentioned_multilateral",
}
KINGDOM = ("ABW", "CUW", "SXM")  # countries of the Kingdom, beside the Netherlands itself


def number(t: Texts, value: float | None) -> Cell:
    """A number that sorts as one; missing is an empty cell that stays last."""
    if value is None or pd.isna(value):
        return Cell("")
    return Cell(t.number(value), float(value), form=Form.of(float(value)))


def headers(t: Texts, keys: Sequence[str]) -> list[str]:
    """The words above the columns."""
    return [t(f"column.{key}") for key in keys]


def dossier(iso3: str) -> str:
    """The address of a country's dossier; `static/shell.js` adds the reader's choices to it."""
    return f"land?land={iso3}"


def citation(t: Texts, row: Row) -> Cell:
    """Document, table and row of a fact, leading to the printed row itself."""
    return leading(row, wording.citation(t, row))


def leading(row: Row, text: str) -> Cell:
    """Words that lead to the printed row of a fact."""
    document = str(row["document"])
    address = source_address(document, str(row["table"]), str(row["table_row"]))
    return Cell(text, href=address, documents=(document,))


PLACE = "\N{OBJECT REPLACEMENT CHARACTER}"  # where a link comes in a sentence
# Why a mission stands at a country: it names the country, or a region that we read it into.
NAMED, BY_REGION = "basis.mission", "missions.by_region"


def linked(sentence: str, links: Sequence[Piece]) -> tuple[Piece, ...]:
    """The words of a sentence with a link at each PLACE in it, in their order."""
    first, *others = sentence.split(PLACE)
    pieces = [Piece(first)]
    for link, words in zip(links, others, strict=True):
        pieces += [link, Piece(words)]
    return tuple(piece for piece in pieces if piece.text)


def linked_text(sentence: str, links: Sequence[Piece], documents: Collection[str] = ()) -> Text:
    """The same as a paragraph, which cites these `documents`; plain where there are no links."""
    parts = linked(sentence, links)
    return Text("".join(piece.text for piece in parts), "text", documents, parts if links else ())


def linked_cell(sentence: str, links: Sequence[Piece], document: str, href: str) -> Cell:
    """The same as a cell, which cites this `document` and leads to `href` as a whole."""
    parts = linked(sentence, links)
    text = "".join(piece.text for piece in parts)
    return Cell(text, href=href, documents=(document,), parts=parts)


def distinct(cells: Sequence[Cell]) -> list[Cell]:
    """The cells in their order, of those that say the same only one."""
    return list({cell.text: cell for cell in cells}.values())


def together(cells: Sequence[Cell], between: str = "; ") -> Cell:
    """Several cells as one, each leading where it led by itself.

    Two that say the same are two: two officers of one row stand twice.
    """
    filled = [cell for cell in cells if cell.text]
    if len(filled) == 1:
        return filled[0]
    pieces: list[Piece] = []
    for cell in filled:
        pieces += [*([Piece(between)] if pieces else []), *cell.pieces]
    return Cell(
        "".join(piece.text for piece in pieces),
        href=next((cell.href for cell in filled if cell.href), ""),
        documents=tuple(dict.fromkeys(name for cell in filled for name in cell.documents)),
        parts=tuple(pieces),
    )


def sorting(names: pd.Series) -> pd.Series:
    """Names as a reader looks for them: case, accents and hyphens do not count."""
    return names.map(key)


def serving(t: Texts, postings: pd.DataFrame) -> tuple[list[str], Rows]:
    """(headers, rows) of the postings that serve a country, see `geo.dossier.serving`."""
    rows: Rows = []
    for row in postings.to_dict("records"):
        who = wording.organisation(t, row["organisation"])
        kind = f" ({t('kind.FILO')})" if row["kind"] == "FILO" else ""
        status = "" if row["status"] == "active" else f" – {t('status.planned')}"
        rows.append(
            [
                f"{who}{kind}{status}",
                records.text(row["city"]),
                number(t, row["distance_km"]),
                f"{t('basis.' + row['basis'])}: {row['printed']}",
                records.text(row["theme"]),
                " · ".join(
                    filter(
                        None,
                        map(records.text, (row["label"], row["city_printed"], row["area_printed"])),
                    )
                ),
                citation(t, row),
            ]
        )
    keys = ("organisation", "city", "distance", "basis", "theme", "printed", "place")
    return headers(t, keys), rows


def serving_cells(
    t: Texts, postings: pd.DataFrame, served_by: pd.DataFrame, codes: set[str], choice: Choice
) -> dict[str, Cell]:
    """Unit -> who serves it, each posting leading to its printed row; a new one has none."""
    posts = wording.serving_posts(t, postings, served_by, codes, choice)
    return {
        iso3: together(
            [
                replace(citation(t, row), text=text)
                if records.text(row["table_row"])
                else Cell(text)
                for text, row in each
            ]
        )
        for iso3, each in posts.items()
    }


def placements(t: Texts, postings: pd.DataFrame) -> tuple[list[str], Rows]:
    """(headers, rows) of the multilateral placements in a country."""
    rows: Rows = [
        [records.text(row["region"]), row["label"], records.text(row["city"]), citation(t, row)]
        for row in postings.to_dict("records")
    ]
    return headers(t, ("body", "printed", "city", "place")), rows


def missions(t: Texts, as_of: str, deployments: pd.DataFrame, iso3: str) -> Rows:
    """Missions of one reference date in a country: MISSIONS as columns."""
    return [
        [
            row["printed"],
            Cell(t.date(as_of), as_of),
            number(t, row["personnel"]),
            records.text(row["duty_printed"]),
            reason(t, row, iso3),
            citation(t, row),
        ]
        for row in deployments.to_dict("records")
    ]


def reason(t: Texts, row: Row, iso3: str) -> str:
    """Why a mission stands at a country: named, read into a region by us, or only its station."""
    return t(basis(row, iso3))


def basis(row: Row, iso3: str) -> str:
    """Why a mission stands at a country, as the key of the words that say so."""
    if iso3 not in records.text(row["areas"]).split():
        return "basis.station"
    return BY_REGION if load.region_of(row["areas_printed"]) else NAMED


def regions_read(
    t: Texts, deployments: pd.DataFrame, names: Mapping[str, str] | pd.Series
) -> list[str]:
    """A sentence for each region that missions name: what we read in it, and from what source."""
    readings = {}
    for row in deployments.to_dict("records"):
        if region := load.region_of(row["areas_printed"]):
            codes = records.text(row["areas"]).split()
            lands = t.listing([within(t, iso3, names[iso3]) for iso3 in codes])
            readings[region] = (
                f"{t('missions.read', region=region, lands=lands)}{checked(t, region)}."
            )
    return list(readings.values())


def checked(t: Texts, region: str) -> str:
    """When the source of our reading of a region was looked up; that nobody did is said too."""
    table = load.reference("regions")
    days = table.loc[table["region"] == region, "checked"]
    if days.isna().any():
        return t("missions.unchecked")
    return t("missions.checked", date=t.date(days.min()))


def past_missions(t: Texts, history: pd.DataFrame) -> tuple[list[str], Rows]:
    """(headers, rows) of missions 2001-2016; unknown years are said to be unknown."""
    rows: Rows = []
    for row in history.to_dict("records"):
        start = records.text(row["start_year"]) or t("country.unknown_start")
        # The source prints "Date" where a mission was still running when it appeared.
        running = row["end_printed"] == "Date"
        end = records.text(row["end_year"]) or t(
            f"country.{'until_now' if running else 'unknown_end'}"
        )
        lead = t(f"lead.{row['lead_organisation']}")
        name = records.text(row["mission"]) or mission_name(t, f"{lead} {row['country_printed']}")
        most = number(t, row["max_deployed"])
        rows.append([name, f"{start} – {end}", lead, most, citation(t, row)])
    return headers(t, ("mission", "years", "lead", "maximum", "place")), rows


def elsewhere(t: Texts, everything: Sequence[Row], chosen: Sequence[Row]) -> str:
    """Who serves a country outside what is shown: "GPI en NP (gepland)"; mostly empty."""
    keys = {(row["kind"], row["row"]) for row in chosen}
    others = []
    for row in everything:
        if (row["kind"], row["row"]) in keys:
            continue
        notes = [t("kind.FILO")] if row["kind"] == "FILO" else []
        notes += [t("status.planned")] if row["status"] == "planned" else []
        notes += [t("basis.region")] if row["basis"] == "region" else []
        who = records.text(row["organisation"]) or t("not_stated")
        others.append(f"{who} ({', '.join(notes)})" if notes else who)
    return t.listing(list(dict.fromkeys(others)))


def beyond(everything: Sequence[Row], chosen: Sequence[Row]) -> str:
    """The labels of the postings that serve a country but are not among those shown."""
    keys = {(row["kind"], row["row"]) for row in chosen}
    return "; ".join(row["label"] for row in everything if (row["kind"], row["row"]) not in keys)


def events(t: Texts, dated: Sequence[Row]) -> Rows:
    """Dated events or agreements."""
    return [
        [Cell(t.date(row["date"]), row["date"]), row[f"text_{t.language}"], citation(t, row)]
        for row in dated
    ]


def mentioned(t: Texts, postings: Sequence[Row], as_of: str) -> Rows:
    """What a partial release proves: that these postings existed."""
    rows: Rows = []
    for row in postings:
        who = t(f"full.{code(records.text(row['organisation']) or None)}")
        where = records.text(row["city"]) or row["printed"]
        what = t(MENTIONED[row["kind"]], who=who, where=where, year=as_of[:4])
        if row["status"] == "planned":
            what += f" ({t('status.planned')})"
        rows.append(
            [
                Cell(t.date(as_of), as_of),
                what,
                citation(t, row),
            ]
        )
    return rows


def first(row: Sequence[Cell | str]) -> str:
    """What the first cell of a row sorts by."""
    cell = row[0]
    return str(cell.sort or cell.text) if isinstance(cell, Cell) else cell


class Fact(NamedTuple):
    """Something known of a country: which of the facts it is, its term in words, and what."""

    name: str
    term: str
    what: Cell


def facts(
    t: Texts,
    unit: Row,
    names: Mapping[str, str],
    about: Mapping[str, Row | None],
    channels: Cell,
    listed: Row,
) -> list[Fact]:
    """Short facts of a unit; `about` holds its row in each table, or None.

    `channels` are the ways beside officers, `listed` the row at the head of the list of priority
    countries.
    """
    member, priority, agreement = (
        about[table] for table in ("eu_members", "priority_countries", "agreements")
    )
    abroad = unit["iso3"] != HOME
    values = {
        "kind": t("kind.kingdom" if unit["iso3"] in KINGDOM else f"kind.{unit['kind']}"),
        "sovereign": names.get(unit["sovereign"], "") if unit["sovereign"] != unit["iso3"] else "",
        "continent": t(f"continent.{unit['continent']}"),
        "capital": _capital(t, unit, about["seats"]),
        "channel": _membership(t, member, abroad),
        "ways": channels if abroad else "",
        "priority": _priority(t, priority, listed) if abroad else "",
        "agreement": f"{agreement[f'text_{t.language}']} ({t.date(agreement['date'])})"
        if agreement
        else "",
    }
    return [
        Fact(name, t(f"country.fact_{name}"), what if isinstance(what, Cell) else Cell(str(what)))
        for name, what in values.items()
        if what
    ]


def _membership(t: Texts, member: Row | None, abroad: bool) -> str:
    """Since when a unit is in the European Union, and that its police are reached that way too."""
    if member is None:
        return ""
    return t("country.europol" if abroad else "country.member", date=t.date(member["since"]))


def _priority(t: Texts, priority: Row | None, listed: Row) -> Cell:
    """Whether a unit was a priority country, with where that stands."""
    row = listed if priority is None else priority
    place = wording.citation(t, row)
    text = f"{t('country.yes')} ({place})"
    if priority is None:
        text = t("country.no_priority", place=place)
    return Cell(text, documents=(str(row["document"]),))


def _capital(t: Texts, unit: Row, note: Row | None) -> str:
    """The capital with what is to be known of it, and where distances run from if not there."""
    capital, seat = ("capital", "seat") if t.language == "nl" else ("capital_en", "seat_en")
    if note is None:
        return str(unit[capital])
    key = "country.capital_note" if unit[seat] == unit[capital] else "country.capital_seat"
    values = {"capital": unit[capital], "seat": unit[seat], "note": note[f"note_{t.language}"]}
    return t(key, **values)


def neighbours(
    t: Texts,
    near: pd.DataFrame,
    names: Mapping[str, str],
    choice: Choice,
    stations: Callable[[str], str],
) -> tuple[list[str], Rows]:
    """(headers, rows) of the neighbours of a country, see `geo.dossier.neighbours_of`.

    `stations` gives by code in words where those sit who serve a neighbour.
    """
    rows: Rows = [
        [
            Cell(names[row["iso3"]], href=dossier(row["iso3"]), iso3=row["iso3"]),
            wording.state_word(t, row["state"], row["basis"], choice),
            stations(row["iso3"]),
            number(t, row["distance_km"]),
            organisations(t, row["organisations"]),
        ]
        for row in near.to_dict("records")
    ]
    return headers(t, ("country", "state", "from_city", "nearest_km", "organisations")), rows


def stations(t: Texts, serving: Iterable[Row]) -> str:
    """The cities of those who serve a country; of several, how far each is: "Lima (0 km)"."""
    km = {records.text(row["city"]): row["distance_km"] for row in serving}
    km.pop("", None)
    away = {city: number(t, far).text for city, far in km.items()}
    if len(km) < 2:
        return t.listing(list(km))
    return t.listing([f"{city} ({far} km)" if far else city for city, far in away.items()])


def organisations(t: Texts, names: list[str]) -> str:
    """The short names of several organisations."""
    return ", ".join(wording.organisation(t, name) for name in names)
