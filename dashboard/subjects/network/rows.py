"""The posts of a release in words and rows of tables: who sits where, together or alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from dashboard import records, rows, snapshot, wording
from dashboard.filters import Filters
from dashboard.i18n import Texts, texts_of
from dashboard.links import source_address
from dashboard.records import Row
from dashboard.report import Cell, Piece
from dashboard.rows import Rows
from data.load import reference
from geo import network as geo
from geo.coverage import of_organisations
from geo.names.normalise import key
from geo.schemas import NOT_STATED


@dataclass(frozen=True)
class NetworkFrames:
    """Frames of `geo.network`, each with `name`: the city in the reader's language.

    `postings` all of the area, `chosen` those of the reader's organisations; `model` and `lands`
    count every Dutch officer, whatever was chosen. `at` gives document, table and row of each
    posting by kind and row. Shared by all sessions: change nothing in place.
    """

    postings: pd.DataFrame
    chosen: pd.DataFrame
    cities: pd.DataFrame
    cells: pd.DataFrame
    model: pd.DataFrame
    lands: pd.DataFrame
    loads: pd.DataFrame
    at: Mapping[tuple[str, int], tuple[str, str, int]]
    complete: bool


@dataclass(frozen=True)
class _Area:
    """The frames of an area that are the same whatever organisations and layers count."""

    postings: pd.DataFrame
    cities: pd.DataFrame
    model: pd.DataFrame
    lands: pd.DataFrame
    at: Mapping[tuple[str, int], tuple[str, str, int]]


@snapshot.cached(32)
def _area(release: str, area: str, language: str) -> _Area:
    network, inside = snapshot.network(release), snapshot.in_area(area)
    # What is not tied to a host (a FILO, a placement) belongs to every area.
    is_here = network.postings["host"].isin(inside) | (network.postings["kind"] != "LO")
    postings = _named(network.postings[is_here], language)
    exceptions = reference("model_exceptions")
    exceptions = exceptions[exceptions["iso3"].isin(inside)]
    lands, cities = geo.by_place(postings, ["host"]), geo.by_place(postings)
    # Whole columns: pandas takes many times as long cell by cell.
    keys = zip(*(postings[name].tolist() for name in ("kind", "row")), strict=True)
    printed = ("document", "table", "table_row")
    at = zip(*(postings[name].tolist() for name in printed), strict=True)
    return _Area(
        postings,
        _named(cities, language),
        _named(geo.against_model(cities, exceptions, network.complete), language),
        lands.assign(together=geo.dutch_together(lands)),
        dict(zip(keys, at, strict=True)),
    )


def _narrowed(filters: Filters) -> Hashable:
    return filters.release, filters.choice, filters.area, filters.language


@snapshot.cached(64, _narrowed)
def network_frames(filters: Filters) -> NetworkFrames:
    """The network of the reader's choices; raises DataError."""
    choice, language = filters.choice, filters.language
    network, inside = snapshot.network(filters.release), snapshot.in_area(filters.area)
    area = _area(filters.release, filters.area, language)
    chosen = of_organisations(area.postings, choice.organisations)
    served = network.accreditations[network.accreditations["iso3"].isin(inside)]
    people = reference("populations")
    loads = geo.load(network.postings, served, people, choice, network.complete)
    return NetworkFrames(
        area.postings,
        chosen,
        _named(geo.by_place(chosen), language) if choice.organisations else area.cities,
        geo.by_organisation(chosen),
        area.model,
        area.lands,
        _named(loads[loads["countries"] > 0], language),
        area.at,
        network.complete,
    )


def _named(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """With `name`: the city, or the country with a remark where no city is printed."""
    t = texts_of(language)
    city = frame["city"].map(snapshot.city_names(language)).fillna(frame["city"])
    land = frame["host"].map(snapshot.names(language))
    unsaid = land.map(lambda name: t("network.land_only", land=name), na_action="ignore")
    return frame.assign(name=city.fillna(unsaid).fillna(t("network.no_city")))


def city(t: Texts, name: object) -> str:
    """One duty station in the reader's language; missing is said to be."""
    printed = records.text(name)
    return snapshot.city_names(t.language).get(printed, printed) or t("network.no_city")


def keys(frame: pd.DataFrame) -> pd.Series:
    """One text per city of a frame, whatever its country writes like."""
    return frame["host"] + " " + frame["city"].fillna("")


def places(t: Texts, network: NetworkFrames, numbers: Iterable[int], kind: str = "LO") -> Cell:
    """Document, table and rows of several postings of one kind, each row leading to itself."""
    tables: dict[tuple[str, str], set[int]] = {}
    for number in numbers:
        document, table, row = network.at[kind, number]
        tables.setdefault((document, table), set()).add(row)
    return rows.together(
        [
            _of_table(t, document, table, list(map(str, sorted(several))))
            for (document, table), several in tables.items()
        ]
    )


def _of_table(t: Texts, document: str, table: str, numbers: Sequence[str]) -> Cell:
    if len(numbers) == 1:
        return rows.citation(t, {"document": document, "table": table, "table_row": numbers[0]})
    place = {
        "document": document,
        "table": table,
        "table_row": t.listing([rows.PLACE] * len(numbers)),
    }
    if table != "brief":
        place["counted"] = "rows"
    links = [Piece(number, source_address(document, table, number)) for number in numbers]
    href = source_address(document, table, *numbers)
    return rows.linked_cell(wording.citation(t, place), links, document, href)


def headline(t: Texts, network: NetworkFrames, filters: Filters) -> str:
    """The finding of the page in one sentence."""
    model = network.model
    double, allowed = (model["together"] == "double").sum(), model["exception"].sum()
    if network.complete:
        sentence = t.count("network.headline", int(double), allowed=int(allowed))
    else:
        sentence = t.count("network.headline_partial", int(double))
    return wording.in_area(t, filters.area, sentence)


def lead(t: Texts, network: NetworkFrames, filters: Filters, note: str) -> str:
    """How many posts, in how many cities and countries, by what `note` says; what is not stated."""
    cities = network.cities
    active = cities[cities["active"] > 0]
    parts = [
        t(
            "network.lead",
            posts=t.count("network.posts", int(active["active"].sum())),
            cities=t.count("network.cities", int(active["city"].notna().sum())),
            hosts=t.count("network.hosts", int(active["host"].nunique())),
            of=wording.of_whom(t, filters.organisations),
            note=note,
        )
    ]
    if planned := int(cities["planned"].sum()):
        parts.append(t.count("network.lead_planned", planned))
    if unsaid := int(cities["not_stated"].sum()):
        parts.append(t.count("network.lead_not_stated", unsaid))
    return wording.in_area(t, filters.area, " ".join(parts))


def list_html(items: Iterable[tuple[str, str]]) -> str:
    """A list as HTML: what each item is about in bold, and what is said of it."""
    lines = "".join(f"<li><b>{escape(head)}:</b> {escape(text)}</li>" for head, text in items)
    return f"<ul class='said'>{lines}</ul>"


def who(t: Texts, row: Row) -> str:
    """ "NP, 2 × KMar; gepland: KMar" for a row of `geo.network.by_place`."""
    numbers = {name: int(row[column]) for name, column in geo.COUNTED.items()}
    parts = [
        short if number == 1 else t("network.times", n=number, what=short)
        for name, number in numbers.items()
        if number and (short := wording.organisation(t, name))
    ]
    active = ", ".join(parts) or t("network.nobody")
    if not row["planned_by"]:
        return active
    plans = ", ".join(wording.organisation(t, name) for name in row["planned_by"])
    return t("network.and_planned", active=active, plans=plans)


def city_rows(t: Texts, network: NetworkFrames) -> tuple[list[str], Rows]:
    """(headers, rows) of the posts of every city."""
    names = snapshot.names(t.language)
    table: Rows = [
        [
            Cell(f"{row['name']} ({names[row['host']]})", iso3=row["host"]),
            who(t, row),
            rows.number(t, row["active"]),
            places(t, network, row["rows"]),
        ]
        for row in network.cities.to_dict("records")
    ]
    heads = rows.headers(t, ("city", "organisations"))
    return [*heads, t("network.column_active"), t("column.place")], table


def single_list(t: Texts, cities: pd.DataFrame) -> list[tuple[str, str]]:
    """(organisation and number, cities) of the cities with one post."""
    items = []
    for name, column in geo.COUNTED.items():
        of_organisation = cities[
            (cities[column] > 0) | cities["planned_by"].map(lambda by, n=name: n in by)
        ]
        said = []
        for row in of_organisation.to_dict("records"):
            here = row["name"]
            said.append(t("network.planned_there", place=here) if row["planned"] else here)
        if said:
            head = f"{wording.organisation(t, name)} ({t.number(len(of_organisation))})"
            items.append((head, ", ".join(sorted(said, key=key))))
    return items


def model_rows(t: Texts, network: NetworkFrames) -> tuple[list[str], Rows]:
    """(headers, rows): the exceptions of 2013 and today's double posts side by side."""
    names, letter = snapshot.names(t.language), reference("model_exceptions")
    named = letter.set_index(["iso3", "city"]).to_dict("index")
    table: Rows = []
    for row in network.model.to_dict("records"):
        exception = named.get((row["host"], row["city"]))
        sources = [places(t, network, row["rows"])]
        if exception:
            sources.append(rows.citation(t, exception))
        station = f"{row['name']} ({names[row['host']]})"
        # A document of its time can only name what it is the rule for.
        verdict = "named" if not network.complete and row["verdict"] == "still" else row["verdict"]
        table.append(
            [
                Cell(station, href=rows.dossier(row["host"]), iso3=row["host"]),
                who(t, row),
                _verdict(t, network, row, verdict),
                rows.together(rows.distinct(sources)),
            ]
        )
    now = "now" if network.complete else "mentioned"
    heads = [t(f"network.column_{name}") for name in (now, "verdict")]
    return [t("column.city"), *heads, t("column.place")], table


def _verdict(t: Texts, network: NetworkFrames, row: Row, verdict: str) -> str:
    """The verdict in words; a plan whose row prints two cities may not come to this one."""
    if verdict != "planned":
        return t(f"network.verdict_{verdict}")
    posts = network.postings
    plans = posts[(posts["kind"] == "LO") & (posts["status"] == "planned")]
    plans = plans[plans["row"].isin(row["rows"])]
    printed = [text for text in plans["city_printed"].dropna() if key(text) != key(row["city"])]
    if printed:
        return t("network.verdict_planned_where", printed=", ".join(printed))
    return t("network.verdict_planned")


def model_text(t: Texts, network: NetworkFrames) -> list[str]:
    """What the table of double posts does not say: countries with two cities, one organisation."""
    names, double = snapshot.names(t.language), network.model[network.model["together"] == "double"]
    spread = network.lands[network.lands["together"] == "double"]
    dutch = network.postings[network.postings["organisation"].isin(geo.DUTCH)]
    dutch = dutch[(dutch["kind"] == "LO") & (dutch["status"] == "active")]
    lands = []
    for host in spread.loc[~spread["host"].isin(double["host"]), "host"]:
        postings = dutch[dutch["host"] == host].to_dict("records")
        stations = t.listing([f"{row['name']} ({row['organisation']})" for row in postings])
        lands.append(f"{names[host]}: {stations}")
    parts = [t("network.model_spread", lands="; ".join(lands))] if lands else []
    same = double[(double["NP"] == 0) | (double["KMar"] == 0)]
    if len(same):
        parts.append(t("network.model_same", cities=t.listing(list(same["name"]))))
    return parts


def placement_rows(t: Texts, network: NetworkFrames) -> tuple[list[str], Rows]:
    """(headers, rows) of the multilateral placements, by receiving body."""
    placements = network.chosen[network.chosen["kind"] == "multilateral"]
    table: Rows = [
        [records.text(row["region"]), row["label"], row["name"], rows.citation(t, row)]
        for row in placements.to_dict("records")
    ]
    return rows.headers(t, ("body", "printed", "city", "place")), table


def filo_rows(t: Texts, network: NetworkFrames, served: pd.DataFrame) -> tuple[list[str], Rows]:
    """(headers, rows) of the FILO's; `served` are the accreditations of the network.

    An area that names countries names them to the reader; other words are quoted as printed.
    """
    postings = network.chosen[network.chosen["kind"] == "FILO"]
    codes = served[served["kind"] == "FILO"].groupby("row")["iso3"].agg(list)
    table: Rows = [
        [
            row["label"],
            wording.organisation(t, row["organisation"]),
            _flexible_area(t, row, codes.get(row["row"], [])),
            rows.citation(t, row),
        ]
        for row in postings.to_dict("records")
    ]
    return [
        *rows.headers(t, ("printed", "organisation")),
        t("network.column_area"),
        t("column.place"),
    ], table


def _flexible_area(t: Texts, row: Row, codes: list[str]) -> str:
    if codes:
        return wording.country_cell(t, snapshot.names(t.language), codes)
    words = records.text(row["area_printed"]) or records.text(row["theme"])
    return t("network.quoted", text=words) if words else ""


def hides_unstated(network: NetworkFrames) -> bool:
    """Whether a choice of organisations hides placements that state none."""
    hidden = network.postings[network.postings["kind"] == "multilateral"]
    chosen = network.chosen[network.chosen["kind"] == "multilateral"]
    return len(chosen) < len(hidden) and bool(
        hidden["organisation"].fillna(NOT_STATED).eq("").any()
    )
