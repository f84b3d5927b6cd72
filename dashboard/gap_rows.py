"""Gaps as tables: the list with its rows in the document, the parts of a score, denominators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import findings, rows
from dashboard.filters import Filters
from dashboard.gap_ranking import component
from dashboard.gap_sources import printed_rows
from dashboard.i18n import Words
from dashboard.records import Row, plain
from dashboard.rows import Rows
from dashboard.tables import Cell
from geo.citations import Cited
from geo.denominators import added_up
from geo.ranking import SEVERITY, Ranking
from geo.schemas import ORGANISATIONS


def listed(
    t: Words,
    found: pd.DataFrame,
    scores: pd.DataFrame,
    names: pd.Series,
    people: pd.Series,
    remarks: Mapping[str, str],
    printed: Cited,
    organisations: Sequence[str] = (),
) -> tuple[list[str], Rows]:
    """(headers, rows) of the gaps in the order of `scores`, each with its way to the document.

    `printed` as `geo.citations.cited` gives it; where it has none, no row of the chosen
    `organisations` (of any, where none are chosen) serves the country.
    """
    of = findings.of_whom(t, organisations)
    no_row = t("gaps.no_row_of", of=of) if of else t("gaps.no_row")
    made: Rows = []
    for row in plain(scores.merge(found, on="iso3")):
        iso3 = row["iso3"]
        made.append(
            [
                Cell(names[iso3], href=rows.dossier(iso3)),
                rows.number(t, row["score"]),
                ", ".join(_together(t(f"gaps.kind_{kind}")) for kind in row["kinds"]),
                rows.number(t, people.get(iso3)),
                ", ".join(
                    filter(None, (rows.organisations(t, row["organisations"]), *row["cities"]))
                ),
                rows.number(t, row["distance_km"]),
                remarks.get(iso3, ""),
                printed_rows(t, printed.get(iso3, [])) or no_row,
            ]
        )
    keys = ("country", "score", "kinds", "people", "served_by", "km", "remark", "rows")
    return _filled([t(f"gaps.column_{name}") for name in keys], made)


def _together(words: str) -> str:
    """Words that stay on one line of a narrow column."""
    return words.replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{NON-BREAKING HYPHEN}")


def _filled(heads: list[str], made: Rows) -> tuple[list[str], Rows]:
    """Without the columns that are empty in every row: who serves, where nobody does."""
    text = [[cell.text if isinstance(cell, Cell) else cell for cell in row] for row in made]
    kept = [place for place in range(len(heads)) if not made or any(row[place] for row in text)]
    return [heads[place] for place in kept], [[row[place] for place in kept] for row in made]


def parts(t: Words, found: Ranking, codes: list[str], names: pd.Series) -> tuple[list[str], Rows]:
    """(headers, rows) of the score of each unit and its parts, as the bars have them.

    The part of an unknown component is empty; what the score supposes of all that is unknown has a
    column of its own, so that a row adds up.
    """
    long = found.parts[found.parts["iso3"].isin(codes)]
    components = [str(name) for name in long["component"].unique()]
    part = {(row["iso3"], row["component"]): rows.number(t, row["part"]) for row in plain(long)}
    scores = {row["iso3"]: row for row in plain(found.scores)}
    supposes = any(scores[code]["supposed"] for code in codes)
    made: Rows = [
        [
            Cell(names[code], href=rows.dossier(code)),
            rows.number(t, scores[code]["score"]),
            *(part[code, name] for name in components),
            *([rows.number(t, scores[code]["supposed"])] if supposes else []),
            t.listing([component(t, name) for name in scores[code]["unknown"]]),
        ]
        for code in codes
    ]
    heads = [t("gaps.column_country"), t("gaps.column_score")]
    heads += [component(t, name) for name in components]
    heads += [t("gaps.column_supposed")] if supposes else []
    return [*heads, t("gaps.column_unknown")], made


def sensitivity(t: Words, table: pd.DataFrame, names: pd.Series) -> tuple[list[str], Rows]:
    """(headers, rows) of what one step of one weight changes, see `geo.ranking.sensitivity`."""
    made: Rows = [
        [
            component(t, row["component"]),
            rows.number(t, row["weight"]),
            rows.number(t, row["changed"]),
            rows.number(t, row["stay"]),
            rows.number(t, row["moved"]),
            t.listing([names[code] for code in row["enter"]]),
            t.listing([names[code] for code in row["leave"]]),
        ]
        for row in plain(table)
    ]
    first = int(table["first"].iloc[0]) if len(table) else 0
    keys = ("component", "weight", "changed", "stay", "moved", "enter", "leave")
    return [t(f"gaps.firm_{name}", first=first) for name in keys], made


def severities(t: Words) -> tuple[list[str], Rows]:
    """(headers, rows) of how bad a gap of each kind is."""
    made: Rows = [
        [t(f"gaps.kind_{kind}"), t(f"gaps.about_{kind}"), rows.number(t, severity)]
        for kind, severity in SEVERITY.items()
    ]
    return [t(f"gaps.column_{name}") for name in ("kind", "means", "severity")], made


def denominators(
    t: Words, table: pd.DataFrame, filters: Filters, by: str
) -> tuple[list[str], Rows]:
    """(headers, rows) per continent or subregion and kind of unit, then all of them together."""
    area = filters.area
    inside = table[(table["continent"] == area) | (table["subregion"] == area) | (not area)]
    planned = filters.choice.planned
    made: Rows = [
        _denominator(t, row, by, planned) for row in plain(added_up(inside, [by, "kind"]))
    ]
    if len(made) > 1:
        all_of = added_up(inside.assign(whole=area), ["whole"])
        made += [_denominator(t, row, "whole", planned) for row in plain(all_of)]
    organisations = [t(f"short.{name}") for name in ORGANISATIONS]
    heads = ["area", "which", "units", "covered", "post", "one", "more"]
    heads += [*(["planned"] if planned else []), "nobody"]
    named = [t(f"gaps.column_{name}") for name in heads]
    return [*named, *organisations, t("short.not_stated"), t("gaps.column_millions")], made


def _denominator(t: Words, row: Row, by: str, planned: bool) -> list[Cell | str]:
    kind = t(f"gaps.which_{row['kind']}") if by != "whole" else t("gaps.which_all")
    served = f"\N{NO-BREAK SPACE}({_share(row['covered'], row['units'])})"
    keys = ["post", "single", "several", *(["planned"] if planned else []), "none"]
    keys += [*ORGANISATIONS, "not_stated"]
    return [
        t.area(row[by]).replace("-", "\N{NON-BREAKING HYPHEN}"),
        kind,
        rows.number(t, row["units"]),
        Cell(f"{t.number(row['covered'])}{served}", row["covered"]),
        *(rows.number(t, row[name]) for name in keys),
        _millions(t, row),
    ]


def _millions(t: Words, row: Row) -> Cell:
    """The known inhabitants and the share that is served; empty where none are known.

    A question mark stands where some are not known.
    """
    if row["uncounted"] == row["units"]:
        return Cell("")
    # "0 + ?" is not zero.
    whole = None if row["uncounted"] and not row["people"] else row["people"]
    more = "\N{NO-BREAK SPACE}+\N{NO-BREAK SPACE}?" if row["uncounted"] else ""
    share = _share(row["people_covered"], row["people"])
    served = f"\N{NO-BREAK SPACE}({share})" if share else ""
    return Cell(f"{t.number(row['people'] / 1e6)}{more}{served}", whole)


def _share(part: Any, whole: Any) -> str:
    """A share in whole per cent; empty where there is nothing to share."""
    return f"{round(100 * part / whole)}\N{NO-BREAK SPACE}%" if whole else ""
