"""The maps of pages and files as blocks: what is drawn, what it means, and where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import provenance, snapshot, theme, wording
from dashboard.figures import colouring, maps
from dashboard.figures.views import fitting, frame_of
from dashboard.filters import CHOICES, Filters
from dashboard.i18n import Texts, capital, texts_of
from dashboard.mission_names import mission_name
from dashboard.report import Map, unmarked
from data.load import reference
from geo import coverage as geo_coverage
from geo.errors import DataError
from geo.options import Choice


@snapshot.cached(256)
def headline(filters: Filters) -> str:
    """The finding of the coverage map in one sentence; raises DataError.

    A map that is coloured by one organisation tells of that one, and then of all that count.
    """
    t, complete = texts_of(filters.language), snapshot.network(filters.release).complete
    about, every = colouring.organisation(colouring.of(filters)), _in_area(filters)
    if about is None or filters.organisations == (about,):
        return wording.headline(t, every, filters, complete)
    own = replace(filters, organisations=(about,))
    return wording.headline(t, _in_area(own), own, complete, beside=(every, filters.organisations))


def heading(t: Texts, filters: Filters) -> str:
    """What stands above the coverage map: the question that its colours answer."""
    by = colouring.of(filters)
    # Small maps, and a map about one organisation, name who serves themselves.
    said = t(
        f"map_heading.{by}",
        by=wording.served_by(t, filters.organisations),
        of=wording.of_whom(t, filters.organisations),
        of_any=wording.of_any(t, filters.organisations),
    )
    return wording.in_area(t, filters.area, said)


@snapshot.cached(256)
def paragraph(filters: Filters) -> str:
    """What the coverage map shows, in words; raises DataError."""
    return wording.paragraph(
        texts_of(filters.language),
        _in_area(filters),
        snapshot.network(filters.release),
        filters,
        snapshot.names(filters.language),
    )


def _in_area(filters: Filters) -> pd.DataFrame:
    """The coverage under the reader's choices, of the units in their area."""
    frame = snapshot.coverage(filters.release, filters.choice, filters.language)
    return frame[frame["iso3"].isin(snapshot.in_area(filters.area))]


def _quiet_outside(looks: Mapping[str, str], filters: Filters) -> Mapping[str, str]:
    """The looks of units, with one quiet look for all that lie outside the area that was chosen."""
    if not filters.area:
        return looks
    area = snapshot.in_area(filters.area)
    return {iso3: look if iso3 in area else "outside" for iso3, look in looks.items()}


def _outside(t: Texts, filters: Filters) -> dict[str, str]:
    """The words of the map for units outside the area that was chosen; none of the world."""
    if not filters.area:
        return {}
    area = t.area_within(filters.area)
    words = {key: t(f"map.{key}", area=area) for key in ("outside", "outside_chosen")}
    # Posts beside the map serve countries of the area, some from elsewhere.
    return words | {
        "most": t("map.most_in", area=area),
        "most_of": t("map.most_of_in", area=area, n="{n}", all="{all}"),
    }


@snapshot.cached(256)
def map_payload(filters: Filters) -> dict[str, Any]:
    """What the map is told for the reader's choices, see `maps.payload`; raises DataError."""
    t, network = texts_of(filters.language), snapshot.network(filters.release, filters.language)
    every = snapshot.coverage(filters.release, filters.choice, filters.language)
    by = colouring.of(filters)
    about = colouring.organisation(by)
    named = colouring.side_by_side(filters) if by == "organisations" else ()
    alone = {
        name: snapshot.coverage(
            filters.release, replace(filters.choice, organisations=(name,)), filters.language
        )
        for name in (*named, *(() if about is None else (about,)))
    }
    units = reference("units")
    served = geo_coverage.served(network.postings, network.accreditations, filters.choice)
    return maps.payload(
        every,
        geo_coverage.of_organisations(network.postings, filters.organisations),
        served.assign(km=geo_coverage.seat_distance_km(units, served)),
        units,
        filters.land,
        {*filters.layers, *(() if named else ("posts", "links"))},
        filters.language,
        t.group("map")
        | {"none": wording.nobody(t, filters.choice, "map.none")}
        | _outside(t, filters),
        view=frame_of(filters.view, filters.area),
        looks=_quiet_outside(colouring.looks(by, every, alone), filters),
        small={
            theme.code(name): _quiet_outside(
                colouring.by_organisation(every, alone[name], name), filters
            )
            for name in named
        },
        about="" if about is None else theme.code(about),
        missions=_missions(filters.language),
    )


@snapshot.cached(4)
def _missions(language: str) -> dict[str, str]:
    """Each mission on the newest reference date with its officers -> the units where it works.

    None where their table cannot be read: pages on missions tell that, the coverage stands.
    """
    t = texts_of(language)
    try:
        counts = snapshot.mission_counts()
    except DataError:
        return {}
    if not counts:
        return {}
    newest = counts[-1]
    lines: dict[str, str] = {}
    for row in newest.deployments.to_dict("records"):
        line = t.count(
            "map_card.mission", int(row["personnel"]), name=mission_name(t, row["mission"])
        )
        where = row["areas"] if isinstance(row["areas"], str) else ""
        duty = [row["duty_iso3"]] if isinstance(row["duty_iso3"], str) else []
        lines[f"{line} ({t.date(newest.as_of)})"] = " ".join(dict.fromkeys([*where.split(), *duty]))
    return lines


_NAMED = 12  # units of one state that a description names; of more it gives the number


def world(t: Texts, filters: Filters) -> Map:
    """The map of who serves which country, as the coverage page has it; raises DataError."""
    payload = maps.standing(map_payload(filters))  # in a file nothing else asks for the others
    finding = headline(filters)
    return Map(
        "coverage",
        finding,
        payload,
        legend(t, filters, payload),
        f"{finding}. {unmarked(paragraph(filters))}",
        network_source(t, filters.release),
        snapshot.in_area(filters.area) if filters.area else frozenset(),
        [str(snapshot.store().release(filters.release)["document"])],
    )


def topic(
    t: Texts,
    filters: Filters,
    drawn: pd.DataFrame,
    legend: Collection[str],
    *,
    key: str,
    source: str,
    documents: Collection[str] = (),
    texts: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    postings: pd.DataFrame | None = None,
    officers: pd.DataFrame | None = None,
    view: str = "world",
    about: Collection[str] = (),
) -> Map:
    """A map that tells something else than who serves a country.

    `drawn`: iso3 and state (a state of `theme`; missing is unknown), and where the tooltip should
    tell them postings, organisations, cities, distance_km. `legend`: the states to explain; with
    "outside" among them, units outside the chosen area are drawn so.
    `texts` replaces words of the map ("left", "title" …), `notes` adds a line to the tooltip of a
    country, `postings` (located) draws posts, `officers` those in missions (see `maps.payload`).
    `view` is where it begins when the reader chose no part of the world, or one
    that would hide a unit that it is `about`. `documents` are the ids of those that `source` names.
    """
    area = snapshot.in_area(filters.area) if filters.area else frozenset()
    subject = [code for code in about if not area or code in area]
    said = t.group("map") | dict(texts or {}) | _outside(t, filters)
    missing = [name for name in ("organisations", "basis") if name not in drawn]
    drawn = drawn.assign(**dict.fromkeys(missing))
    looks = colouring.by_state(drawn)
    payload = maps.payload(
        drawn,
        drawn.iloc[:0] if postings is None else postings,
        drawn.iloc[:0],
        reference("units"),
        filters.land,
        () if postings is None else ("posts", *filters.layers),
        t.language,
        said,
        view=fitting(reference("units"), frame_of(filters.view, filters.area), subject, view),
        notes=notes,
        officers=officers,
        looks=_quiet_outside(looks, filters) if "outside" in legend else looks,
    )
    pairs = [(name, capital(said[name])) for name in legend]
    pairs += _signs(t, payload)
    told = described(t, payload, pairs, area)
    return Map(key, said["title"], payload, pairs, told, source, area, documents)


def described(
    t: Texts, payload: Mapping[str, Any], legend: Sequence[tuple[str, str]], area: Collection[str]
) -> str:
    """A map in words: per colour how many units have it, and which where they are few."""
    names = snapshot.names(t.language)
    codes = [code for code in names.index if not area or code in area]
    state = {code: maps.look_of(payload, code) for code in codes}
    parts = []
    for name, word in legend:
        having = [code for code in codes if state[code] == name]
        lands = f" ({wording.country_list(t, names, having)})" if len(having) <= _NAMED else ""
        if having:
            parts.append(f"{word}: {t.number(len(having))}{lands}.")
    return " ".join([f"{payload['words']['title']}.", *parts])


def network_source(t: Texts, release: str) -> str:
    """The document of a network and the day it holds for; raises DataError."""
    row = snapshot.store().release(release)
    title = snapshot.documents().loc[row["document"], f"title_{t.language}"]
    where = t("coverage.source", title=title, note=wording.date_note(t, row)).rstrip(".")
    read = provenance.tables(t, snapshot.network(release).postings, Choice())
    return f"{where} ({read})" if read and row["network"] == "complete" else where


def legend(
    t: Texts, filters: Filters, payload: Mapping[str, Any], pressed: bool = False
) -> list[tuple[str, str]]:
    """What every colour and mark on the coverage map means, the colours first.

    Where a country or post can be `pressed`, the lines that it then gets are explained as such.
    """
    about = payload["about"]
    drawn, units = {*payload["looks"]}, len(snapshot.names(t.language))
    told = [len(payload["units"])]
    if payload["small"]:
        panels = payload["small"].values()
        drawn = {look for panel in panels for look in panel}
        told = [sum(map(len, panel.values())) for panel in panels]
    if min(told) < units:
        drawn.add(payload["rest"])
    order = [look for look in theme.classes() if look in drawn]
    order.sort(key=lambda look: _ORDER.index(look.partition("-")[0]))
    words = {look: look_word(t, filters, look, about) for look in order}
    if payload["small"]:
        return [*words.items(), ("ground", t("look.ground"))]
    return [*words.items(), *_signs(t, payload, pressed)]


# The looks of the coverage as a legend has them.
_ORDER = (
    *("post", "near", "apart", "far", "distance_unknown", "officers_3", "officers_2", "officers_1"),
    *("accredited", "region", "planned", "other", "none", "unknown", "home"),
    "outside",
)


def look_word(t: Texts, filters: Filters, look: str, about: str) -> str:
    """What one colour of the coverage map means under the reader's choice."""
    state, _, org = look.partition("-")
    if state == "none":
        return wording.nobody(t, filters.choice)
    if state == "outside":
        return capital(_outside(t, filters)[state])
    if state in ("unknown", "home"):
        return t(f"state.{state}")
    if state == "other":
        return t("look.other", of=_short(t, about)) if about else t("look.other_each")
    if org:
        return f"{t(f'state.{state}')} ({_short(t, org)})"
    if state in theme.SERVED:
        return t(f"state.{state}")
    return t(f"look.{state}")


def _short(t: Texts, code: str) -> str:
    return t(f"short.{code}" if code in CHOICES else "short.not_stated")


def _signs(t: Texts, payload: Mapping[str, Any], pressed: bool = False) -> list[tuple[str, str]]:
    """The marks that stand on the coverage map."""
    standing = maps.standing(payload)
    missions, posts = (
        [post for post in standing["posts"] if (post[4][0][0] == theme.IN_MISSION) is there]
        for there in (True, False)
    )
    drawn = {
        "mark_post": not all(post[5] for post in posts),
        "mark_planned": any(post[5] for post in posts),
        "mark_mission": bool(missions),
        "mark_small": True,
        "mark_line": bool(payload["links"]) or (pressed and any(map(any, standing["served"]))),
        "mark_filo": any(
            len(row) > 4 and payload["looks"][row[0]] != "outside"
            for row in payload["units"].values()
        ),
        "ground": True,
    }
    words = {key: t(f"look.{key}") for key, there in drawn.items() if there}
    if "mark_line" in words and pressed:  # one text, whatever is chosen: it is not sent again
        words["mark_line"] = t("look.mark_line_pressed")
    return [*words.items()]
