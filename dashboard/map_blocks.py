"""The maps of pages and files as blocks: what is drawn, what it means, and where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import cache, findings, gap_sources, maps, prepared, theme
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.map_views import fitting
from dashboard.report import Map, unmarked
from geo.coverage import Choice

_NAMED = 12  # units of one state that a description names; of more it gives the number


def world(t: Words, filters: Filters) -> Map:
    """The map of who serves which country, as the coverage page has it; raises DataError."""
    payload = prepared.map_payload(filters, cache.mark(filters.release))
    finding = prepared.headline(filters)
    return Map(
        "coverage",
        finding,
        payload,
        _who_and_how(t, payload["classes"], filters.choice),
        f"{finding}. {unmarked(prepared.paragraph(filters))}",
        network_source(t, filters.release),
        cache.in_area(filters.area) if filters.area else frozenset(),
    )


def topic(
    t: Words,
    filters: Filters,
    drawn: pd.DataFrame,
    legend: Collection[str],
    *,
    key: str,
    source: str,
    words: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    postings: pd.DataFrame | None = None,
    officers: pd.DataFrame | None = None,
    view: str = "world",
    about: Collection[str] = (),
) -> Map:
    """A map that tells something else than who serves a country.

    `drawn`: iso3 and state (a state of `theme`; missing is unknown), and where the tooltip should
    tell them postings, organisations, cities, distance_km. `legend`: the states to explain.
    `words` replaces words of the map ("left", "title" …), `notes` adds a line to the tooltip of a
    country, `postings` (located) draws posts, `officers` those in missions (see `maps.payload`).
    `view` is where it begins when the reader chose no part of the world, see `FRAMES`, or one
    that would hide a unit that it is `about`.
    """
    area = cache.in_area(filters.area) if filters.area else frozenset()
    subject = [code for code in about if not area or code in area]
    said = t.group("map") | dict(words or {})
    missing = [name for name in ("organisations", "basis") if name not in drawn]
    payload = maps.payload(
        drawn.assign(**dict.fromkeys(missing)),
        drawn.iloc[:0] if postings is None else postings,
        drawn.iloc[:0],
        cache.reference("units"),
        filters.land,
        () if postings is None else ("posts", *filters.layers),
        t.language,
        said,
        view=fitting(cache.reference("units"), filters.view, subject, view),
        notes=notes,
        officers=officers,
    )
    pairs = [(name, said[name]) for name in legend]
    told = described(t, payload, pairs, area)
    return Map(key, said["title"], payload, pairs, told, source, area)


def described(
    t: Words, payload: Mapping[str, Any], legend: Sequence[tuple[str, str]], area: Collection[str]
) -> str:
    """A map in words: per colour how many units have it, and which where they are few."""
    names = cache.names(t.language)
    codes = [code for code in names.index if not area or code in area]
    classes, rest = payload["classes"], payload["rest"]
    state = {
        code: classes[payload["units"][code][0]] if code in payload["units"] else rest
        for code in codes
    }
    parts = []
    for name, word in legend:
        having = [code for code in codes if state[code] == name]
        lands = f" ({findings.lands(t, names, having)})" if len(having) <= _NAMED else ""
        if having:
            parts.append(f"{word[:1].upper()}{word[1:]}: {t.number(len(having))}{lands}.")
    return " ".join([f"{payload['words']['title']}.", *parts])


def network_source(t: Words, release: str) -> str:
    """The document of a network and the day it holds for; raises DataError."""
    row = cache.store().release(release)
    title = cache.documents().loc[row["document"], f"title_{t.language}"]
    where = t("coverage.source", title=title, note=findings.date_note(t, row)).rstrip(".")
    read = gap_sources.tables(t, cache.network(release).postings, Choice())
    return f"{where} ({release}, {read})" if read else f"{where} ({release})"


def _who_and_how(t: Words, classes: Collection[str], choice: Choice) -> list[tuple[str, str]]:
    """What the colours of the coverage mean: the organisations and states that are drawn."""
    states = {name.split("-")[0] for name in classes}
    served = [name for name in classes if "-" in name]
    one = [code for code in theme.CODES if any(code in name.split("-")[1:] for name in served)]
    found = [(f"accredited-{code}", t(f"map.org_{code}")) for code in one]
    several = sorted((name for name in served if name.count("-") > 1), key=lambda n: -len(n))
    if several:
        orgs = several[0].split("-", 1)[1]
        found.append((f"accredited-{orgs}", t("state.several")))
    code = one[0] if one else "NP"
    for state in ("post", "region", "planned"):
        if state in states:
            found.append((f"{state}-{code}", t(f"state.{state}")))
    return found + [
        (name, findings.state_word(t, name, [], choice))
        for name in ("none", "unknown", "home")
        if name in states
    ]
