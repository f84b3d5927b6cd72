"""The posts that serve a country or lie nearest to it: in words, and on the locator map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import records, theme, wording
from dashboard.figures.locator import Post, locator, posts_of
from dashboard.i18n import Texts
from dashboard.records import Row
from dashboard.report import Map
from dashboard.snapshot import memoized
from dashboard.subjects.country.dossier import Country

UNDECIDED = ("unknown", "home", "planned")


def full(t: Texts, organisation: object) -> str:
    """An organisation by its whole name; a missing one is said not to be stated."""
    return t(f"full.{theme.code(records.text(organisation) or None)}")


def _who(t: Texts, organisation: object) -> str:
    """The same within a sentence."""
    return full(t, organisation) if records.text(organisation) else t("not_stated")


def seat(country: Country) -> str:
    """The city from which distances run."""
    unit = country.ground.units[country.iso3]
    return str(unit["seat" if country.t.language == "nl" else "seat_en"])


def conclusion(country: Country) -> str:
    """The finding in one sentence, organisations in full; raises DataError."""
    t = country.t
    if not country.has_network or (country.row["state"] or "unknown") in UNDECIDED:
        return country.title
    state = country.row["state"]
    if state == "none":
        near = nearest(country)
        if not near or country.elsewhere:
            return country.title
        of = wording.of_no_choice(t, country.ground.filters.choice)
        first = near[0]
        return t("dossier.conclusion_none", of=of, **country.agreeing, **first.params(t))
    away = country.officers_elsewhere
    named = country.officers_here if state == "post" else country.officers
    posts = t.listing(grouped(t, named))
    sentence = t.count(f"dossier.conclusion_{state}", len(named), posts=posts, **country.agreeing)
    if state != "post" or not away:
        return sentence
    posts = t.listing(grouped(t, away, km=True))
    return t("dossier.conclusion_away", here=sentence, posts=posts)


def grouped(t: Texts, rows: Sequence[Row], km: bool = False) -> list[str]:
    """ "Nederlandse politie en Koninklijke Marechaussee in Rabat", one for each city."""
    cities: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        city = records.text(row["city"])
        cities.setdefault((city, "" if city else str(row["row"])), []).append(row)
    named = []
    for (city, _), inside in cities.items():
        officers = Counter(_who(t, row["organisation"]) for row in inside)
        who = t.listing([f"{name} ({n})" if n > 1 else name for name, n in officers.items()])
        text = t("dossier.who_in", who=who, city=city) if city else who
        away = inside[0].get("distance_km", pd.NA)
        far = km and city and not pd.isna(away)
        named.append(f"{text} ({t.number(round(float(str(away))))} km)" if far else text)
    return named


class Near:
    """A post that does not serve the country, with its distance and its load."""

    def __init__(self, row: Row, posting: Row, host: str) -> None:
        self.row, self.posting, self.host = row, posting, host

    def params(self, t: Texts) -> dict[str, Any]:
        """What sentences say of it."""
        return {
            "city": records.text(self.posting["city"]),
            "km": int(self.row["distance_km"]),
            "who": full(t, self.posting["organisation"]),
            "host": self.host,
        }


@memoized
def nearest(country: Country) -> list[Near]:
    """The nearest posts of the choice, of a country that nobody serves; raises DataError."""
    if country.row["state"] != "none":
        return []
    return [
        Near(row, country.ground.posts["LO", row["row"]], str(country.ground.names[row["host"]]))
        for row in country.ground.nearest(country.iso3)
    ]


def located(country: Country) -> Map:
    """The locator map: the posts that serve the country, else those that lie nearest."""
    t, filters = country.t, country.ground.filters
    places = country.ground.posts
    serving = [
        {**places[row["kind"], row["row"]], "distance_km": row["distance_km"]}
        for row in country.served_rows
        if row["kind"] == "LO"
    ]
    near = [{**each.posting, "distance_km": each.row["distance_km"]} for each in nearest(country)]
    drawn = posts_of(country.iso3, serving or near)
    which = "serving" if serving else "nearest" if near else "alone"
    title = t(f"dossier.locator_{which}", **country.agreeing)
    lines = t.listing([_line(t, post) for post in drawn])
    return locator(
        t,
        replace(filters, land=country.iso3),
        drawn,
        title=title,
        alternative=f"{title}: {lines}." if lines else f"{title}.",
        serving=bool(serving),
        source=country.source,
        documents=[str(country.ground.release["document"])],
    )


def _line(t: Texts, post: Post) -> str:
    if post.km is None:
        return t("dossier.here", city=post.city)
    return t("dossier.line", city=post.city, km=post.km)
