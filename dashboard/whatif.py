"""A scenario and what it does, in words, rows and records; all built from the frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard import findings, rows
from dashboard.i18n import Words
from dashboard.records import Record, Row, plain
from dashboard.tables import Cell
from geo.coverage import COVERED, Choice, served
from geo.effect import KINDS, SIDES, Effect
from geo.names import key
from geo.scenario import Add, Change, Close, Decide, Move, Reassign, Scenario

MOST = 15  # countries named in a sentence; the table below has them all
DRAWN = ("lost", "gained", "single", "kept", "none", "home")
TOTALS = ("active", "covered", "posts", "accredited", "none", "single", "gpi_only")
Names = Mapping[str, str] | pd.Series
Cities = Mapping[str, str]


def change_line(t: Words, change: Change, posts: pd.DataFrame, names: Names, cities: Cities) -> str:
    """One change in words; `posts` are the LO postings of the release by row."""
    if isinstance(change, Add):
        line = t("whatif.line_add", post=_post(t, change.organisation, cities, change, names))
        beside = [iso3 for iso3 in change.area if iso3 != change.host]
        return line + (t("whatif.line_area", area=_listing(t, names, beside)) if beside else "")
    row = posts.loc[change.row]
    city, host = rows.text(row["city"]) or rows.text(row["label"]), rows.text(row["host"])
    who = findings.organisation(t, row["organisation"])
    post = f"{who} {cities.get(city, city)}" + (f" ({names[host]})" if host else "")
    match change:
        case Close():
            return t("whatif.line_close", post=post)
        case Decide():
            return t("whatif.line_decide", post=post)
        case Reassign(_, organisation):
            return t("whatif.line_org", post=post, to=t(f"short.{organisation}"))
        case Move(_, host, city):
            to = f"{cities.get(city, city)} ({names[host]})"
            return t("whatif.line_move", post=post, to=to)


def _post(t: Words, who: str, cities: Cities, place: Add, names: Names) -> str:
    shown = cities.get(place.city, place.city)
    return f"{findings.organisation(t, who)} {shown} ({names[place.host]})"


def _listing(t: Words, names: Names, codes: list[str]) -> str:
    """Names in their order; a long list ends on how many more there are."""
    shown = sorted((names[code] for code in codes), key=key)
    if len(shown) > MOST:
        rest = t.count("whatif.more", len(shown) - MOST + 1)
        shown = [*shown[: MOST - 1], rest]
    return t.listing(shown)


def headline(t: Words, effect: Effect, names: Names) -> str:
    """What the scenario comes down to, in one sentence; `names` gives units by code."""
    found = {kind: effect.of(kind) for kind in ("lost", "gained", "single")}
    for kind, frame in found.items():
        if len(frame):
            land = names[frame["iso3"].iloc[0]]
            rest = [k for k in ("gained", "single") if kind == "lost" and len(found[k])]
            more = "".join(t.count(f"whatif.and_{k}", len(found[k])) for k in rest)
            return t.count(f"whatif.headline_{kind}", len(frame), land=land) + more
    return t("whatif.headline_same" if len(effect.touched) else "whatif.headline_nothing")


def sentences(t: Words, effect: Effect, names: Names) -> list[str]:
    """Who loses, gains, or hangs on one posting by it, and what it comes to; by name."""
    told = []
    for kind in ("lost", "gained", "single", "backed", "partner", "lost_post", "gained_post"):
        found = effect.of(kind)
        if len(found):
            listed = {row["iso3"]: _named(t, kind, row, names) for row in found.to_dict("records")}
            told.append(t(f"whatif.told_{kind}", lands=_listing(t, listed, list(listed))))
    before, after = effect.totals("before"), effect.totals("after")
    counts = {"before": before.covered, "after": after.covered, "active": effect.active[1]}
    told.append(t("whatif.told_totals", was_active=effect.active[0], **counts))
    return told


def _named(t: Words, kind: str, row: Row, names: Names) -> str:
    """A country, and beside it who is left or comes."""
    name = names[row["iso3"]]
    if kind not in ("single", "gained", "lost_post"):
        return name
    who = rows.organisations(t, row["organisations_after"])
    return f"{name} ({who} {', '.join(row['cities_after'])})"


def totals(t: Words, effect: Effect) -> tuple[list[str], rows.Rows]:
    """(headers, rows) of the counts before and after, with the difference."""
    counts = {side: _counts(effect, side) for side in ("before", "after")}
    made: rows.Rows = []
    for name in TOTALS:
        was, now = counts["before"][name], counts["after"][name]
        step = Cell("–" if was == now else f"{now - was:+d}".replace("-", "−"), float(now - was))
        made.append([t(f"whatif.total_{name}"), rows.number(t, was), rows.number(t, now), step])
    return rows.headers(t, ("what", "before", "after", "step")), made


def _counts(effect: Effect, side: str) -> dict[str, int]:
    found = effect.totals(side)
    active = effect.active[side == "after"]
    return {"active": active} | {name: getattr(found, name) for name in TOTALS[1:]}


def affected(
    t: Words,
    effect: Effect,
    sides: tuple[tuple[pd.DataFrame, pd.DataFrame], tuple[pd.DataFrame, pd.DataFrame]],
    choice: Choice,
    names: Names,
) -> tuple[list[str], rows.Rows]:
    """(headers, rows) of every country that is touched, who served it and who will, with places.

    `sides` are (postings, accreditations) before and after, cities in the reader's language.
    """
    touched = effect.touched
    was, now = (_serving(t, *side, set(touched["iso3"]), choice) for side in sides)
    made: rows.Rows = []
    for row in sorted(touched.to_dict("records"), key=lambda row: key(names[row["iso3"]])):
        iso3 = row["iso3"]
        flags = [t(f"whatif.kind_{kind}") for kind in KINDS if row[kind]]
        made.append(
            [
                Cell(names[iso3], href=rows.dossier(iso3)),
                ", ".join(flags) or t("whatif.kind_other"),
                was.get(iso3, t("state.none")),
                now.get(iso3, t("state.none")),
                rows.number(t, row["distance_km_before"]),
                rows.number(t, row["distance_km_after"]),
            ]
        )
    keys = ("country", "effect", "before", "after", "km_before", "km_after")
    return rows.headers(t, keys), made


def _serving(
    t: Words, postings: pd.DataFrame, served_by: pd.DataFrame, codes: set[str], choice: Choice
) -> dict[str, str]:
    """Unit -> who serves it: organisation, city and row of the document."""
    found = served(postings, served_by[served_by["iso3"].isin(codes)], choice)
    told: dict[str, list[str]] = {}
    for row in found.sort_values(["iso3", "rank", "row"]).to_dict("records"):
        who = f"{findings.organisation(t, row['organisation'])} {rows.text(row['city'])}".strip()
        planned = f", {t('status.planned')}" if row["status"] == "planned" else ""
        told.setdefault(row["iso3"], []).append(f"{who} ({place(t, row)}{planned})")
    return {iso3: "; ".join(posts) for iso3, posts in told.items()}


def place(t: Words, row: Row) -> str:
    """Where a posting stands in the one document that is spoken of; a new one stands nowhere."""
    number = rows.text(row["table_row"])
    counted = "paragraph" if row["table"] == "brief" else "row"
    return t(f"whatif.{counted}", row=number) if number else t("whatif.new")


def drawn(effect: Effect) -> pd.DataFrame:
    """Every unit as the map draws it, see DRAWN; the numbers are those after the scenario."""
    frame = effect.units
    state = pd.Series("none", index=frame.index, dtype=object)
    state[frame["state_after"].isin(COVERED)] = "kept"
    state[frame["state_after"] == "home"] = "home"
    for kind in ("single", "gained", "lost"):
        state[frame[kind]] = kind
    after = frame[["iso3", *(f"{name}_after" for name in SIDES[1:])]]
    after.columns = pd.Index(["iso3", *SIDES[1:]])
    return after.assign(state=state).drop(columns="organisations")


def record(scenario: Record, effect: Effect, names: Names, before: pd.DataFrame) -> Record:
    """What the command line answers; `before` are the served rows of the touched units."""
    counts = {side: _counts(effect, side) for side in ("before", "after")}
    rows_of = {iso3: plain(_source(found)) for iso3, found in before.groupby("iso3")}
    made: dict[str, Any] = {"scenario": scenario} | counts
    for kind in KINDS:
        made[kind] = [
            {"iso3": row["iso3"], "name": names[row["iso3"]]}
            | {side: _side(row, side) for side in ("before", "after")}
            | {"postings": rows_of.get(row["iso3"], [])}
            for row in plain(effect.of(kind))
        ]
    return made


def _side(row: Row, side: str) -> Record:
    told = {name: row[f"{name}_{side}"] for name in SIDES}
    told["organisations"] = [name or None for name in told["organisations"]]
    km = told["distance_km"]
    return told | {"distance_km": None if km is None else int(km)}


def _source(found: pd.DataFrame) -> pd.DataFrame:
    columns = ["row", "organisation", "city", "host", "label", "basis", "document", "table"]
    return found[[*columns, "table_row"]]


def quoted(t: Words, scenario: Scenario, posts: pd.DataFrame) -> tuple[list[str], rows.Rows]:
    """(headers, rows) of the document's rows that the scenario changes, as printed."""
    changed = {change.row for change in scenario.changes if not isinstance(change, Add)}
    made: rows.Rows = [
        [*(rows.text(row[name]) for name in rows.PRINTED), findings.place(t, row)]
        for row in posts.loc[sorted(changed)].to_dict("records")
    ]
    return rows.headers(t, ("printed", "city", "work_area", "place")), made


def post_labels(t: Words, posts: pd.DataFrame, names: Names) -> dict[int, str]:
    """Row -> "NP Dubai (Verenigde Arabische Emiraten), rij 17", by city; for a list to search."""
    told = {}
    for row in posts.to_dict("records"):
        city = rows.text(row["city"]) or rows.text(row["label"])
        host = rows.text(row["host"])
        where = f" ({names[host]})" if host else ""
        planned = f", {t('status.planned')}" if row["status"] == "planned" else ""
        who = findings.organisation(t, row["organisation"])
        label = f"{who} {city}{where}, {place(t, row)}{planned}"
        told[(key(city), who, int(row["row"]))] = label
    return {row: label for (_, _, row), label in sorted(told.items())}


def notes(
    t: Words, effect: Effect, before: tuple[pd.DataFrame, pd.DataFrame], choice: Choice
) -> dict[str, str]:
    """Code -> who serves a touched unit now, for the tooltip of the map."""
    was = _serving(t, *before, set(effect.touched["iso3"]), choice)
    return {iso3: t("whatif.note", who=who) for iso3, who in was.items()}
