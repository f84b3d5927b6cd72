"""What the page on the network shows of one release, made once for all who choose the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard import cache, findings, rows
from dashboard.filters import Filters
from dashboard.i18n import Words, words
from data import load as files
from geo import network as geo
from geo.coverage import Choice, of_organisations


@dataclass(frozen=True)
class Shown:
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


def shown(filters: Filters) -> Shown:
    """The network of the reader's choices; raises DataError."""
    marks = cache.mark(filters.release) + files.stamp("populations", "model_exceptions")
    return _shown(filters.release, filters.choice, filters.area, filters.language, marks)


@cache.kept(64)
def _shown(release: str, choice: Choice, area: str, language: str, mark: str) -> Shown:
    found, inside = cache.network(release), cache.in_area(area)
    # What is not tied to a host (a FILO, a placement) belongs to every area.
    here = found.postings["host"].isin(inside) | (found.postings["kind"] != "LO")
    postings = _named(found.postings[here], language)
    chosen = of_organisations(postings, choice.organisations)
    exceptions = cache.reference("model_exceptions")
    exceptions = exceptions[exceptions["iso3"].isin(inside)]
    lands = geo.by_place(postings, ["host"])
    served = found.accreditations[found.accreditations["iso3"].isin(inside)]
    people = cache.reference("populations")
    loads = geo.load(found.postings, served, people, choice, found.complete)
    everyone = geo.by_place(postings)
    model = geo.against_model(everyone, exceptions, found.complete)
    keys = postings[["kind", "row"]].itertuples(index=False, name=None)
    at = postings[["document", "table", "table_row"]].itertuples(index=False, name=None)
    return Shown(
        postings,
        chosen,
        _named(geo.by_place(chosen) if choice.organisations else everyone, language),
        geo.by_organisation(chosen),
        _named(model, language),
        lands.assign(together=geo.dutch_together(lands)),
        _named(loads[loads["countries"] > 0], language),
        dict(zip(keys, at, strict=True)),
        found.complete,
    )


def _named(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """With `name`: the city, or the country with a remark where no city is printed."""
    t = words(language)
    city = frame["city"].map(cache.city_names(language)).fillna(frame["city"])
    land = frame["host"].map(cache.names(language))
    unsaid = land.map(lambda name: t("network.land_only", land=name), na_action="ignore")
    return frame.assign(name=city.fillna(unsaid).fillna(t("network.no_city")))


def city(t: Words, name: object) -> str:
    """One duty station in the reader's language; missing is said to be."""
    known = rows.text(name)
    return cache.city_names(t.language).get(known, known) or t("network.no_city")


def keys(frame: pd.DataFrame) -> pd.Series:
    """One text per city of a frame, whatever its country writes like."""
    return frame["host"] + " " + frame["city"].fillna("")


def places(t: Words, found: Shown, numbers: Iterable[int], kind: str = "LO") -> str:
    """Document, table and rows of several postings of one kind, as one line."""
    tables: dict[tuple[str, str], set[int]] = {}
    for number in numbers:
        document, table, row = found.at[kind, number]
        tables.setdefault((document, table), set()).add(row)
    lines = []
    for (document, table), several in tables.items():
        listed = ", ".join(map(str, sorted(several)))
        place = {"document": document, "table": table, "table_row": listed}
        lines.append(findings.place(t, place))
    return "; ".join(lines)
