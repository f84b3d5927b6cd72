"""Two sides of a comparison in words, rows and records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from dashboard import findings, rows, whatif
from dashboard.arguments import NOT_STATED_WORD
from dashboard.i18n import Words
from dashboard.records import Record, Row, plain
from dashboard.tables import Cell
from geo.comparison import PLACES, SIDES, Comparison
from geo.coverage import COVERED, Choice
from geo.names import key
from geo.schemas import NOT_STATED, ORGANISATIONS

DRAWN = ("both", "left", "right", "none", "unknown", "home")
MOST = 15  # countries named in a sentence; the table below has them all
Names = Mapping[str, str] | pd.Series


@dataclass(frozen=True)
class Named:
    """One side as it is asked for: a release, or organisations within one ("NP+KMar")."""

    text: str
    release: str
    organisations: tuple[str, ...] = ()

    def title(self, t: Words) -> str:
        """What a reader knows the side by: the organisations, or else the release."""
        shown = (findings.organisation(t, name) for name in self.organisations)
        return " + ".join(shown) or self.release

    def choice(self, chosen: Choice) -> Choice:
        """What counts on this side, where `chosen` counts elsewhere."""
        return replace(chosen, organisations=self.organisations or chosen.organisations)


def named(text: str, release: str) -> Named:
    """The side that `text` asks for; organisations are those of `release`."""
    parts = text.replace(" ", "+").split("+")  # an address turns a plain + into a space
    if not all(part in (*ORGANISATIONS, NOT_STATED_WORD) for part in parts):
        return Named(text, text)
    codes = {NOT_STATED if part == NOT_STATED_WORD else part for part in parts}
    names = tuple(findings.in_order(list(codes)))
    return Named("+".join(name or NOT_STATED_WORD for name in names), release, names)


@dataclass(frozen=True)
class Told:
    """A comparison with the names of its sides, in sentences."""

    found: Comparison
    left: Named
    right: Named

    @property
    def sets(self) -> bool:
        """Whether both sides are organisations within one complete release."""
        return bool(self.left.organisations and self.right.organisations)

    def titles(self, t: Words) -> tuple[str, str]:
        """What the sides are called."""
        return self.left.title(t), self.right.title(t)

    def headline(self, t: Words) -> str:
        """The finding in one sentence."""
        a, b = self.titles(t)
        form = "partial"
        if all(self.found.complete):
            form = "sets" if self.sets else "releases"
        return t(f"compare.headline_{form}", a=a, b=b, **_shown(self.found.counts))

    def sentences(self, t: Words, names: Names) -> list[str]:
        """What differs, by name, and what cannot be said."""
        told = []
        for side, title in zip(SIDES, self.titles(t), strict=True):
            codes = list(self.found.of(side)["iso3"])
            if codes:
                lands = _listing(t, names, codes)
                by = "compare.only_set" if self.sets else "compare.only_release"
                told.append(t(by, side=title, lands=lands))
        return told + self._silence(t)

    def _silence(self, t: Words) -> list[str]:
        """What a partial side cannot say; of two complete ones, how many neither serves."""
        if all(self.found.complete):
            return [t("compare.neither", n=self.found.counts["neither"])]
        told, titles = [], self.titles(t)
        for place, complete in enumerate(self.found.complete):
            if not complete:
                side, other = titles[place], titles[1 - place]
                there = len(self.found.unproven(SIDES[1 - place]))
                told.append(t("compare.partial", side=side))
                told.append(t("compare.unproven", side=side, other=other, n=there))
        return told


def _shown(counts: dict[str, int]) -> dict[str, object]:
    return dict(counts)


def _listing(t: Words, names: Names, codes: list[str]) -> str:
    shown = sorted((names[code] for code in codes), key=key)
    if len(shown) > MOST:
        shown = [*shown[: MOST - 1], t.count("compare.more", len(shown) - MOST + 1)]
    return t.listing(shown)


def counts(t: Words, found: Comparison, titles: tuple[str, str]) -> tuple[list[str], rows.Rows]:
    """(headers, rows): how many units are in each place."""
    words = place_words(t, titles)
    made: rows.Rows = [[words[place], rows.number(t, n)] for place, n in found.counts.items() if n]
    return rows.headers(t, ("where", "units")), made


def place_words(t: Words, titles: tuple[str, str]) -> dict[str, str]:
    """What each of PLACES is called when the sides have these titles."""
    a, b = titles
    return {place: t(f"compare.place_{place}", a=a, b=b) for place in PLACES}


def table(t: Words, told: Told, names: Names) -> tuple[list[str], rows.Rows]:
    """(headers, rows) of the units where the sides differ or one is silent, with their postings."""
    found, titles = told.found, told.titles(t)
    shown = found.units[found.units["iso3"].isin(found.postings["iso3"])]
    words = place_words(t, titles)
    posts = _postings(t, found.postings)
    made: rows.Rows = []
    for row in sorted(shown.to_dict("records"), key=lambda row: _order(row, names)):
        iso3 = row["iso3"]
        sides = [posts.get((iso3, side)) or _absent(t, row, side) for side in SIDES]
        head = Cell(names[iso3], href=rows.dossier(iso3))
        made.append([head, words[row["place"]], *sides])
    return [*rows.headers(t, ("country", "where")), *titles], made


def _order(row: Row, names: Names) -> tuple[int, str]:
    return PLACES.index(row["place"]), key(names[row["iso3"]])


def _absent(t: Words, row: Row, side: str) -> str:
    state = row[f"state_{side}"]
    return t("compare.silent") if pd.isna(state) else t(f"state.{state}")


def _postings(t: Words, postings: pd.DataFrame) -> dict[tuple[str, str], str]:
    """(unit, side) -> who serves it there, each with its row in the document of that side."""
    told: dict[tuple[str, str], list[str]] = {}
    for row in postings.to_dict("records"):
        where = rows.text(row["city"]) or rows.text(row["label"])
        who = f"{findings.organisation(t, row['organisation'])} {where} ({whatif.place(t, row)})"
        told.setdefault((row["iso3"], row["side"]), []).append(who)
    return {unit: "; ".join(posts) for unit, posts in told.items()}


def drawn(found: Comparison) -> pd.DataFrame:
    """Every unit as the map draws it, see DRAWN; who serves it is told in its note."""
    state = found.units["place"].replace({"neither": "none"})
    return pd.DataFrame({"iso3": found.units["iso3"], "state": state})


def notes(t: Words, found: Comparison, titles: tuple[str, str]) -> dict[str, str]:
    """Code -> who serves the unit on each side, for the tooltip."""
    told = {}
    for row in found.units.to_dict("records"):
        sides = [
            f"{title}: {', '.join(row[f'cities_{side}']) or t('state.post')}"
            for title, side in zip(titles, SIDES, strict=True)
            if row[f"state_{side}"] in COVERED
        ]
        if sides:
            told[row["iso3"]] = " · ".join(sides)
    return told


def record(found: Comparison, names: Names) -> Record:
    """The units in each place, with who makes the difference, for the command line."""
    posts: dict[tuple[str, str], list[Record]] = {}
    for row in plain(found.postings):
        iso3, side = row.pop("iso3"), row.pop("side")
        posts.setdefault((iso3, side), []).append(row)
    made: Record = {"counts": found.counts}
    for place in PLACES:
        made[place] = [
            {"iso3": iso3, "name": names[iso3]}
            | {f"postings_{side}": posts[iso3, side] for side in SIDES if (iso3, side) in posts}
            for iso3 in found.of(place)["iso3"]
        ]
    return made
