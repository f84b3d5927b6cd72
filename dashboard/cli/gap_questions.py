"""The gaps on the command line: where nobody serves or the coverage is thin, ranked."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard import snapshot
from dashboard.cli.areas import units_of
from dashboard.cli.arguments import choice as chosen
from dashboard.cli.own_figures import own_figures, own_weights
from dashboard.i18n import texts_of
from dashboard.records import Record, plain
from dashboard.wording import error_line
from data.load import reference
from data.store.read import Store
from geo import ranking
from geo.errors import DataError
from geo.gaps import is_kind, kinds_no_document_tells, nearest_km, no_document_tells
from geo.options import KINDS

if TYPE_CHECKING:
    from data.indicators import Indicators


def ask_gaps(arguments: argparse.Namespace) -> tuple[list[Record], str]:
    """One record per unit with a gap, the most pressing first, and what that leaves out.

    Raises DataError.
    """
    store = snapshot.store()
    release = arguments.release or store.default_release()
    network = store.network(release)
    if not network.complete:
        raise _partial(store, release)
    kinds = arguments.kind or KINDS
    untold = kinds_no_document_tells(store.releases(), release, kinds)
    if len(untold) == len(set(kinds)):
        raise no_document_tells(release, untold)
    figures = own_figures(arguments)
    weights = own_weights(arguments, figures)
    choice = chosen(arguments)
    frame = snapshot.gaps(release, choice)
    units = reference("units")
    values = ranking.values(
        frame,
        nearest_km(units, network.postings, choice.organisations),
        reference("populations"),
        reference("priority_countries"),
        reference("eu_members"),
        figures.reading.of_year(_year(arguments, figures)) if figures else None,
    )
    inside = frame["iso3"].isin(units_of(arguments.region))
    is_asked = is_kind(frame["kinds"], *kinds) & inside
    listed = frame.loc[is_asked, ["iso3", "kinds"]]
    scaling = ranking.Scaling(arguments.scale, arguments.curve, arguments.unknown)
    dutch = units.set_index("iso3")["name_nl"]
    ranked = ranking.rank(values, weights, dutch, scaling, listed["iso3"].tolist())
    names = units[["iso3", f"name_{arguments.language or 'nl'}"]].set_axis(["iso3", "name"], axis=1)
    records = _gap_records(ranked, listed.merge(names, on="iso3"))
    note = _note(no_document_tells(release, untold) if untold else None, figures, arguments.year)
    if arguments.format == "json":
        return records, note
    keys = _KEYS if arguments.format == "csv" else _KEYS[:1]
    return [_flat(record, keys) for record in records], note


def _year(arguments: argparse.Namespace, figures: Indicators) -> int | None:
    """The year of the reader's own figures; raises DataError for one that the file has not."""
    year: str = arguments.year
    if year and not (year.isdigit() and figures.year(year)):
        if years := tuple(map(str, figures.reading.years)):
            raise DataError("no_figures_of_year", figures.name, value=year, years=years)
        raise DataError("figures_without_years", figures.name, value=year)
    return figures.year(year)


def _partial(store: Store, release: str) -> DataError:
    """Why a release that names only some of the posts has no gaps."""
    complete = store.releases().query("network == 'complete'")["release"]
    return DataError("partial_network", f"release {release}", releases=tuple(complete))


def _note(untold: DataError | None, figures: Indicators | None, year: str) -> str:
    """What the answer leaves out, and why; empty where it leaves out nothing."""
    t, sentences = texts_of("en"), []
    if untold:
        sentences.append(error_line(t, untold))
    if figures:
        from dashboard.filters import Filters
        from dashboard.subjects.gaps import ranking as gap_ranking  # slow to import

        about = [
            gap_ranking.dated(t, figures, Filters("", year=year)),
            *gap_ranking.unread(t, figures),
        ]
        sentences += [f"{figures.name}: {'; '.join(filter(None, about))}."] if any(about) else []
    return " ".join(sentences)


def _gap_records(ranked: ranking.Ranking, gaps: pd.DataFrame) -> list[Record]:
    """iso3, name, kinds, score, components: of each its value, normalised, weight and part."""
    parts = ranked.parts[ranked.parts["iso3"].isin(gaps["iso3"])]
    components: dict[str, Record] = {}
    for row in plain(parts):
        iso3, component = row.pop("iso3"), row.pop("component")
        if isinstance(row["value"], float) and row["value"].is_integer():
            row["value"] = int(row["value"])
        components.setdefault(iso3, {})[component] = row
    records = []
    for row in plain(ranked.scores.merge(gaps, on="iso3")):
        distance = components[row["iso3"]]["distance"]
        distance["to"] = "nearest" if row["nearest"] else "serving"
        record = {"iso3": row["iso3"], "name": row["name"], "kinds": row["kinds"]}
        record |= {"score": row["score"], "supposed": row["supposed"]}
        records.append(record | {"components": components[row["iso3"]]})
    return records


def _flat(record: Record, keys: tuple[str, ...]) -> Record:
    """A record with a column for each of the `keys` of each component, for a table."""
    components: dict[str, dict[str, Any]] = record["components"]
    rest = {key: value for key, value in record.items() if key != "components"}
    return rest | {f"{name}_{key}": one[key] for key in keys for name, one in components.items()}


_KEYS = ("part", "value", "normalised", "weight")  # of a component
