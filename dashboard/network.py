"""The network in words: who sits in which city, and where two Dutch officers share one."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd

from dashboard import cache, findings, rows
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.network_shown import Shown, places
from dashboard.records import Row
from dashboard.rows import Rows
from dashboard.tables import Cell
from geo import network as geo
from geo.keys import key


def headline(t: Words, found: Shown, filters: Filters) -> str:
    """The finding of the page in one sentence."""
    model = found.model
    double, allowed = (model["together"] == "double").sum(), model["exception"].sum()
    if found.complete:
        said = t.count("network.headline", int(double), allowed=int(allowed))
    else:
        said = t.count("network.headline_partial", int(double))
    return findings.in_area(t, filters.area, said)


def lead(t: Words, found: Shown, filters: Filters, note: str) -> str:
    """How many posts, in how many cities and countries, by what `note` says; what is not stated."""
    cities = found.cities
    active = cities[cities["active"] > 0]
    parts = [
        t(
            "network.lead",
            posts=t.count("network.posts", int(active["active"].sum())),
            cities=t.count("network.cities", int(active["city"].notna().sum())),
            hosts=t.count("network.hosts", int(active["host"].nunique())),
            of=findings.of_whom(t, filters.organisations),
            note=note,
        )
    ]
    if planned := int(cities["planned"].sum()):
        parts.append(t.count("network.lead_planned", planned))
    if unsaid := int(cities["not_stated"].sum()):
        parts.append(t.count("network.lead_not_stated", unsaid))
    return findings.in_area(t, filters.area, " ".join(parts))


def list_html(items: Iterable[tuple[str, str]]) -> str:
    """A list as HTML: what each item is about in bold, and what is said of it."""
    lines = "".join(f"<li><b>{escape(head)}:</b> {escape(said)}</li>" for head, said in items)
    return f"<ul class='said'>{lines}</ul>"


def who(t: Words, row: Row) -> str:
    """ "NP, 2 × KMar; gepland: KMar" for a row of `geo.network.by_place`."""
    numbers = {name: int(row[column]) for name, column in geo.COUNTED.items()}
    parts = [
        short if number == 1 else t("network.times", n=number, what=short)
        for name, number in numbers.items()
        if number and (short := findings.organisation(t, name))
    ]
    active = ", ".join(parts) or t("network.nobody")
    if not row["planned_by"]:
        return active
    plans = ", ".join(findings.organisation(t, name) for name in row["planned_by"])
    return t("network.and_planned", active=active, plans=plans)


def city_rows(t: Words, found: Shown) -> tuple[list[str], Rows]:
    """(headers, rows) of the posts of every city."""
    names = cache.names(t.language)
    table: Rows = [
        [
            f"{row['name']} ({names[row['host']]})",
            who(t, row),
            rows.number(t, row["active"]),
            places(t, found, row["rows"]),
        ]
        for row in found.cities.to_dict("records")
    ]
    heads = rows.headers(t, ("city", "organisations"))
    return [*heads, t("network.column_active"), t("column.place")], table


def single_list(t: Words, cities: pd.DataFrame) -> list[tuple[str, str]]:
    """(organisation and number, cities) of the cities with one post."""
    items = []
    for name, column in geo.COUNTED.items():
        own = cities[(cities[column] > 0) | cities["planned_by"].map(lambda by, n=name: n in by)]
        said = []
        for row in own.to_dict("records"):
            here = row["name"]
            said.append(t("network.planned_there", place=here) if row["planned"] else here)
        if said:
            head = f"{findings.organisation(t, name)} ({t.number(len(own))})"
            items.append((head, ", ".join(sorted(said, key=key))))
    return items


def model_rows(t: Words, found: Shown) -> tuple[list[str], Rows]:
    """(headers, rows): the exceptions of 2013 and today's double posts side by side."""
    names, letter = cache.names(t.language), cache.reference("model_exceptions")
    named = letter.set_index(["iso3", "city"]).to_dict("index")
    table: Rows = []
    for row in found.model.to_dict("records"):
        exception = named.get((row["host"], row["city"]))
        sources = [places(t, found, row["rows"])]
        if exception:
            sources.append(findings.place(t, exception))
        station = f"{row['name']} ({names[row['host']]})"
        # A document of its time can only name what it is the rule for.
        verdict = "named" if not found.complete and row["verdict"] == "still" else row["verdict"]
        table.append(
            [
                Cell(station, href=rows.dossier(row["host"])),
                who(t, row),
                _verdict(t, found, row, verdict),
                "; ".join(dict.fromkeys(filter(None, sources))),
            ]
        )
    now = "now" if found.complete else "mentioned"
    heads = [t(f"network.column_{name}") for name in (now, "verdict")]
    return [t("column.city"), *heads, t("column.place")], table


def _verdict(t: Words, found: Shown, row: Row, verdict: str) -> str:
    """The verdict in words; a plan whose row prints two cities may not come to this one."""
    if verdict != "planned":
        return t(f"network.verdict_{verdict}")
    posts = found.postings
    plans = posts[(posts["kind"] == "LO") & (posts["status"] == "planned")]
    plans = plans[plans["row"].isin(row["rows"])]
    printed = [text for text in plans["city_printed"].dropna() if key(text) != key(row["city"])]
    if printed:
        return t("network.verdict_planned_where", printed=", ".join(printed))
    return t("network.verdict_planned")


def model_text(t: Words, found: Shown) -> list[str]:
    """What the table of double posts does not say: countries with two cities, one organisation."""
    names, double = cache.names(t.language), found.model[found.model["together"] == "double"]
    spread = found.lands[found.lands["together"] == "double"]
    dutch = found.postings[found.postings["organisation"].isin(geo.DUTCH)]
    dutch = dutch[(dutch["kind"] == "LO") & (dutch["status"] == "active")]
    lands = []
    for host in spread.loc[~spread["host"].isin(double["host"]), "host"]:
        own = dutch[dutch["host"] == host].to_dict("records")
        stations = t.listing([f"{row['name']} ({row['organisation']})" for row in own])
        lands.append(f"{names[host]}: {stations}")
    parts = [t("network.model_spread", lands="; ".join(lands))] if lands else []
    same = double[(double["NP"] == 0) | (double["KMar"] == 0)]
    if len(same):
        parts.append(t("network.model_same", cities=t.listing(list(same["name"]))))
    return parts
