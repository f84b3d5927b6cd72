"""A scenario and what it does, in words, rows and records; all built from the frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard import records, rows, wording
from dashboard.country_words import agreeing
from dashboard.i18n import Texts
from dashboard.records import Record, Row, plain
from dashboard.report import Cell, Form
from dashboard.subjects.scenario import workareas
from dashboard.wording import Names
from geo.coverage import COVERED
from geo.effect import KINDS, SIDES, Effect
from geo.names.normalise import key
from geo.network import cities_with_several_posts
from geo.scenario import Add, Change, Close, Decide, Move, Rearrange, Reassign, Scenario
from geo.workareas import WorkAreas

DRAWN = ("lost", "gained", "single", "beyond", "kept", "none", "home")
TOTALS = ("active", "covered", "posts", "accredited", "none", "single", "gpi_only")
Cities = Mapping[str, str]
Serving = tuple[Mapping[str, Cell], Mapping[str, Cell]]  # unit -> who serves it, before and after


@dataclass(frozen=True, eq=False)
class Lines:
    """Changes in words; `printed` are the LO postings of the release by row."""

    t: Texts
    printed: pd.DataFrame
    names: Names
    cities: Cities

    def line(self, change: Change) -> str:
        """One change in words."""
        t = self.t
        match change:
            case Add():
                line = t("whatif.line_add", post=_post(t, self.cities, change, self.names))
                beside = [iso3 for iso3 in change.area if iso3 != change.host]
                area = wording.country_list(t, self.names, beside)
                return line + (t("whatif.line_area", area=area) if beside else "")
            case Close(row):
                return t("whatif.line_close", post=self.post(row))
            case Decide(row):
                return t("whatif.line_decide", post=self.post(row))
            case Reassign(row, organisation):
                return t("whatif.line_org", post=self.post(row), to=t(f"short.{organisation}"))
            case Move():
                return self._move(change)
            case Rearrange(row, more, less):
                steps = [("more", more), ("less", less)]
                parts = [
                    t(f"whatif.line_{step}", lands=wording.country_list(t, self.names, codes))
                    for step, codes in steps
                    if codes
                ]
                return t("whatif.line_work_area", post=self.post(row), steps=t.listing(parts))

    def _move(self, move: Move) -> str:
        """Where a post goes, and what was chosen for its work area."""
        t, host = self.t, self.names[move.host]
        takers = t.listing([self.post(row, hosted=False) for row in move.takers])
        area = t(f"whatif.line_area_{move.area}", host=host, posts=takers)
        to = f"{self.cities.get(move.city, move.city)} ({host})"
        return t("whatif.line_move", post=self.post(move.row), to=to) + area

    def post(self, row: int, hosted: bool = True) -> str:
        """A post by the name that tells it apart, with the country it is in."""
        posting = self.printed.loc[row]
        city, host = records.text(posting["city"]), records.text(posting["host"])
        named = posting.to_dict() | {"city": self.cities.get(city, city)}
        more = [self.names[host]] if host and hosted else []
        return wording.called(self.t, named, self._apart, *more)

    @cached_property
    def _apart(self) -> dict[int, str]:
        return wording.apart(self.t, self.printed)

    def city(self, host: str, city: str, many: int) -> str:
        """The closing of every post in a city."""
        where = f"{self.cities.get(city, city)} ({self.names[host]})"
        return self.t("whatif.line_city", city=where, n=many)

    def closed_city(self, changes: Sequence[Change]) -> str:
        """The same where the changes are just that; else nothing."""
        closed = sorted(change.row for change in changes if isinstance(change, Close))
        if len(closed) != len(changes):
            return ""
        for (host, city), rows_there in cities_with_several_posts(self.printed).items():
            if rows_there == closed:
                return self.city(host, city, len(rows_there))
        return ""


def _post(t: Texts, cities: Cities, place: Add, names: Names) -> str:
    city = cities.get(place.city, place.city)
    return f"{wording.organisation(t, place.organisation)} {city} ({names[place.host]})"


def headline(
    t: Texts,
    effect: Effect,
    names: Names,
    organisations: Sequence[str] = (),
    everywhere: Effect | None = None,
    closing: str = "",
) -> str:
    """What the scenario comes down to, in one sentence; `names` gives units by code.

    `organisations` are those that were chosen: the sentence says that it holds for them. Where
    `effect` is that of an area, `everywhere` tells who loses outside it. `closing` is the post that
    the scenario closes, where it does nothing else: who loses by it is said in the same sentence.
    """
    of = wording.of_any(t, organisations)
    elsewhere = 0 if everywhere is None else len(everywhere.of("lost")) - len(effect.of("lost"))
    more = t.count("whatif.elsewhere", elsewhere, of=of) if elsewhere else ""
    by_kind = {kind: effect.of(kind) for kind in ("lost", "gained", "single")}
    beyond = len(effect.of("beyond"))
    far = t.count("whatif.and_beyond", beyond) if beyond else ""
    for kind, frame in by_kind.items():
        if len(frame):
            code = str(frame["iso3"].iloc[0])
            about = agreeing(t, code, names[code])
            rest = [k for k in ("gained", "single") if kind == "lost" and len(by_kind[k])]
            also = "".join(t.count(f"whatif.and_{k}", len(by_kind[k])) for k in rest)
            named = "closed_lost" if closing and kind == "lost" else f"headline_{kind}"
            sentence = t.count(f"whatif.{named}", len(frame), of=of, post=closing, **about)
            return sentence + also + far + more
    if elsewhere and effect.touched.empty:
        return t("whatif.headline_here", of=of) + more
    same = "headline_same" if len(effect.touched) else "headline_nothing"
    return t(f"whatif.{same}", of=of) + far + more


def titled(t: Texts, about: str, finding: str, names: Names) -> str:
    """The finding behind what it is about; a capital is for the name of a country only."""
    lands = tuple(names.values() if isinstance(names, Mapping) else names)
    if not finding.startswith(lands):
        finding = finding[:1].lower() + finding[1:]
    return t("whatif.title", name=about, finding=finding)


def sentences(
    t: Texts,
    effect: Effect,
    names: Names,
    organisations: Sequence[str] = (),
    still: Mapping[str, str] | None = None,
) -> list[str]:
    """Who loses, gains, or hangs on one posting by it, and what it comes to; by name.

    `still` is code -> who else serves a unit that the chosen `organisations` lose.
    """
    texts, of = [], wording.of_any(t, organisations)
    for kind in ("lost", "gained", "single", "backed", "partner", "lost_post", "gained_post"):
        units = effect.of(kind)
        if len(units):
            listed = {row["iso3"]: _named(t, kind, row, names) for row in units.to_dict("records")}
            texts.append(
                t.count(
                    f"whatif.told_{kind}",
                    len(units),
                    lands=wording.country_list(t, listed, listed),
                    of=of,
                )
            )
            rest = {iso3: who for iso3, who in (still or {}).items() if iso3 in listed}
            if kind == "lost" and rest:
                by = "; ".join(f"{names[iso3]} – {rest[iso3]}" for iso3 in in_order(names, rest))
                texts.append(t("whatif.told_still", lands=by))
    before, after = effect.totals("before"), effect.totals("after")
    counts = {"before": before.covered, "after": after.covered, "active": effect.active[1]}
    by = wording.served_by(t, organisations)
    texts.append(t("whatif.told_totals", was_active=effect.active[0], of=of, by=by, **counts))
    return texts


def in_order(names: Names, codes: Iterable[str]) -> list[str]:
    """Codes by the names of their units."""
    return sorted(codes, key=lambda iso3: key(names[iso3]))


def _named(t: Texts, kind: str, row: Row, names: Names) -> str:
    """A country, and beside it who is left or comes."""
    name = names[row["iso3"]]
    if kind not in ("single", "gained", "lost_post"):
        return name
    who = rows.organisations(t, [each for each in row["organisations_after"] if each])
    where = ", ".join(row["cities_after"])
    return f"{name} ({f'{who} {where}'.strip()})"


def totals(
    t: Texts, effect: Effect, organisations: Sequence[str] = ()
) -> tuple[list[str], rows.Rows]:
    """(headers, rows) of the counts before and after, with the difference."""
    of = wording.of_whom(t, organisations)
    counts = {side: _counts(effect, side) for side in ("before", "after")}
    body: rows.Rows = []
    for name in TOTALS:
        was, now = counts["before"][name], counts["after"][name]
        step = now - was
        text = f"{step:+d}".replace("-", "−") if step else "–"
        form = Form(signed=step > 0) if step else None
        numbers = (rows.number(t, was), rows.number(t, now), Cell(text, float(step), form=form))
        body.append([t(f"whatif.total_{name}", of=of), *numbers])
    return rows.headers(t, ("what", "before", "after", "step")), body


def singles(t: Texts, effect: Effect) -> str:
    """How the count of units that hang on one posting changes: which go and which come; or ""."""
    steps = [t.count(f"whatif.singles_{name}", n) for name, n in effect.singles.items() if n]
    return t("whatif.singles", steps=t.listing(steps)) if steps else ""


def _counts(effect: Effect, side: str) -> dict[str, int]:
    counts = effect.totals(side)
    active = effect.active[side == "after"]
    return {"active": active} | {name: getattr(counts, name) for name in TOTALS[1:]}


def affected(
    t: Texts,
    effect: Effect,
    serving: Serving,
    organisations: Sequence[str],
    names: Names,
) -> tuple[list[str], rows.Rows]:
    """(headers, rows) of every country that is touched, who served it and who will, with places.

    `serving` is who serves each of them, before and after.
    """
    touched, of = effect.touched, wording.of_whom(t, organisations)
    nobody = t("compare.no_row", who=wording.any_of(t, organisations)) if of else ""
    nobody = nobody or t("state.none")
    was, now = serving
    body: rows.Rows = []
    for row in sorted(touched.to_dict("records"), key=lambda row: key(names[row["iso3"]])):
        iso3 = row["iso3"]
        flags = [t(f"whatif.kind_{kind}", of=of) for kind in KINDS if row[kind]]
        body.append(
            [
                Cell(names[iso3], href=rows.dossier(iso3), iso3=iso3),
                ", ".join(flags) or t("whatif.kind_other"),
                was.get(iso3, nobody),
                now.get(iso3, nobody),
                rows.number(t, row["distance_km_before"]),
                rows.number(t, row["distance_km_after"]),
            ]
        )
    keys = ("country", "effect", "before", "after", "km_before", "km_after")
    return rows.headers(t, keys), body


def drawn(effect: Effect) -> pd.DataFrame:
    """Every unit as the map draws it, see DRAWN; the numbers are those after the scenario."""
    frame = effect.units
    state = pd.Series("none", index=frame.index, dtype=object)
    state[frame["state_after"].isin(COVERED)] = "kept"
    state[frame["state_after"] == "home"] = "home"
    for kind in ("beyond", "single", "gained", "lost"):
        state[frame[kind]] = kind
    after = frame[["iso3", *(f"{name}_after" for name in SIDES[1:])]]
    after.columns = pd.Index(["iso3", *SIDES[1:]])
    return after.assign(state=state).drop(columns="organisations")


def record(
    scenario: Record, effect: Effect, names: Names, before: pd.DataFrame, areas: WorkAreas
) -> Record:
    """What the command line answers; `before` are the served rows of the touched units."""
    counts = {side: _counts(effect, side) for side in ("before", "after")}
    rows_of = {iso3: plain(_source(found)) for iso3, found in before.groupby("iso3")}
    fields: dict[str, Any] = {"scenario": scenario} | counts
    for kind in KINDS:
        fields[kind] = [
            {"iso3": row["iso3"], "name": names[row["iso3"]]}
            | {side: _side(row, side) for side in ("before", "after")}
            | {"postings": rows_of.get(row["iso3"], [])}
            for row in plain(effect.of(kind))
        ]
    return fields | {"work_areas": workareas.record(areas, names)}


def _side(row: Row, side: str) -> Record:
    values = {name: row[f"{name}_{side}"] for name in SIDES}
    values["organisations"] = [name or None for name in values["organisations"]]
    km = values["distance_km"]
    return values | {"distance_km": None if km is None else int(km)}


def _source(posting: pd.DataFrame) -> pd.DataFrame:
    columns = ["kind", "row", "organisation", "city", "host", "label", "basis"]
    return posting[[*columns, "document", "table", "table_row"]]


def quoted(t: Texts, scenario: Scenario, printed: pd.DataFrame) -> tuple[list[str], rows.Rows]:
    """(headers, rows) of the document's rows that the scenario changes, as printed."""
    changed = {change.row for change in scenario.changes if not isinstance(change, Add)}
    changed |= {row for each in scenario.changes if isinstance(each, Move) for row in each.takers}
    body: rows.Rows = [
        [*(records.text(row[name]) for name in rows.PRINTED), rows.citation(t, row)]
        for row in printed.loc[sorted(changed)].to_dict("records")
    ]
    return rows.headers(t, ("printed", "city", "work_area", "place")), body


def notes(t: Texts, effect: Effect, serving: Serving) -> dict[str, str]:
    """Code -> who serves a touched unit now and who will, for the tooltip of the map."""
    was, now = serving
    texts = {}
    for iso3 in effect.touched["iso3"]:
        named = {"note": was.get(iso3), "note_after": now.get(iso3)}
        parts = [t(f"whatif.{form}", who=who.text) for form, who in named.items() if who]
        if parts:
            texts[iso3] = " · ".join(parts)
    return texts
