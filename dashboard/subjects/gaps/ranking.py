"""The ranking of gaps: how a place in it comes about, as sentences and rows of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import rows, wording
from dashboard.country_words import agreeing, within
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.records import Row, plain
from dashboard.report import Cell, Figure, Form, words
from dashboard.row_citations import leading_rows
from dashboard.rows import Rows
from dashboard.wording import Names
from data.indicators import Indicators
from geo.citations import Cited
from geo.denominators import added_up
from geo.options import KINDS
from geo.ranking import MOST, SEVERITY, WEIGHTS, Ranking, Scaling
from geo.schemas import ORGANISATIONS

GROUPS = ("states", "territories", "all")  # what is ranked; disputed units stand among the states
_SKIPPED = 6  # so many rows that are no country are named
_TOP = 3  # so many are named in the heading
_LISTED = ["iso3", "kinds", "organisations", "cities", "distance_km"]  # of a gap, in its row


def component(t: Texts, name: str) -> str:
    """The name of a component; that of an indicator is the reader's own."""
    return t(f"gaps.component_{name}") if name in WEIGHTS else name


def groups(gaps: pd.DataFrame, kinds: Mapping[str, str]) -> dict[str, set[str]]:
    """Each of GROUPS that has a unit of `gaps` -> its units; `kinds` is code -> kind of unit."""
    codes = set(gaps["iso3"].tolist())
    territories = {code for code in codes if kinds[code] == "territory"}
    by_name = dict(zip(GROUPS, (codes - territories, territories, codes), strict=True))
    return {name: chosen for name, chosen in by_name.items() if chosen}


def in_order(ranking: Ranking, kinds: Mapping[str, str]) -> dict[str, float | None]:
    """Code -> score: states and disputed units, then territories; the highest score first.

    `kinds` is code -> kind of unit.
    """
    order = sorted(ranking.by_unit, key=lambda code: kinds[code] == "territory")
    return {code: ranking.by_unit[code].score for code in order}


def named(t: Texts, names: Mapping[str, str], kinds: Mapping[str, str]) -> dict[str, str]:
    """`names` by code, and of a disputed unit that it is; `kinds` is code -> kind of unit."""
    more = f" ({t('gaps.which_disputed')})"
    return {
        code: f"{name}{more if kinds[code] == 'disputed' else ''}" for code, name in names.items()
    }


def heading(t: Texts, ranking: Ranking, codes: list[str], names: Names, of: str = "") -> str:
    """What stands on top and why: those of the same worst kind, where they are few; else the first.

    `codes` in the order of the ranking, with a score; what is all there is stands above nothing.
    `of` says of whom the officers are, where not all count.
    """
    if not codes:
        return t("gaps.ranking")
    kinds = ranking.worst
    alike = 1
    while alike < len(codes) and kinds[codes[alike]] == kinds[codes[0]]:
        alike += 1
    top = codes[: alike if alike <= _TOP else 1]
    if len(top) == len(codes):
        return t("gaps.ranking")
    why = t(f"gaps.top_{kinds[codes[0]]}", of=of)
    top_names = t.listing([within(t, code, names[code]) for code in top])
    verb = agreeing(t, top[0], names[top[0]])["first"] if len(top) == 1 else t("verb.first.other")
    return t("gaps.top", names=f"{top_names[:1].upper()}{top_names[1:]}", first=verb, why=why)


def heads(t: Texts, ranking: Ranking, codes: list[str], names: Names) -> dict[str, tuple[str, str]]:
    """iso3 -> place, name and score, and what of the unit is unknown (or empty)."""
    texts = {}
    for place, code in enumerate(codes, 1):
        row = ranking.by_unit[code]
        unknown = t.listing([component(t, name).lower() for name in row.unknown])
        more = f" ({t('gaps.head_unknown', names=unknown)})" if unknown else ""
        texts[code] = (f"{place}. {names[code]}  {t.number(row.score or 0)}", more)
    return texts


def alternative(t: Texts, ranking: Ranking, codes: list[str], names: Names) -> str:
    """The bars in words, every one with its parts, for readers who do not see the chart.

    `codes` in the order of the ranking, with a score.
    """
    sentences = [t.count("gaps.chart", len(codes))]
    for code in codes:
        row = ranking.by_unit[code]
        in_order = [
            t("gaps.chart_part", name=component(t, name), part=t.number(part))
            for name, part in ranking.added_to(code).items()
            if part
        ]
        if row.supposed:
            in_order.append(t("gaps.chart_supposed", part=t.number(row.supposed)))
        score = t.number(row.score or 0)
        values = {"name": names[code], "score": score, "parts": t.listing(in_order)}
        sentences.append(t("gaps.chart_row", **values))
    return " ".join(sentences)


def note(t: Texts, scaling: Scaling) -> str:
    """What the score is, and how what is unknown counts."""
    return f"{t('gaps.ranking_note')} {t(f'gaps.unknown_note_{scaling.unknown}')}"


def weighing(t: Texts, weights: Mapping[str, int]) -> str:
    """How heavy each component weighs, in a sentence; `weights` by name of the component."""
    each = t.listing([f"{component(t, name)} {weight}" for name, weight in weights.items()])
    return t("gaps.weighing", each=each, most=MOST)


def dated(t: Texts, indicators: Indicators, filters: Filters) -> str:
    """Of which year the reader's own figures are; empty where the file names none."""
    newest = indicators.reading.newest()
    if newest is None:
        return ""
    if year := indicators.year(filters.year):
        return t("gaps.own_of_year", year=str(year))
    if newest[0] == newest[1]:
        return t("gaps.own_newest_one", year=str(newest[0]))
    return t("gaps.own_newest", first=str(newest[0]), last=str(newest[1]))


def unread(t: Texts, indicators: Indicators) -> list[str]:
    """What of the reader's own file is no figure: rows that are no country, words, hidden rows."""
    sentences = []
    if indicators.reading.skipped:
        distinct = list(dict.fromkeys(indicators.reading.skipped))
        names = ", ".join([*distinct[:_SKIPPED], *(["…"] if len(distinct) > _SKIPPED else [])])
        sentences.append(t.count("gaps.own_skipped", len(indicators.reading.skipped), names=names))
    if indicators.reading.left_out:
        sentences.append(t("gaps.own_left_out", names=", ".join(indicators.reading.left_out)))
    if indicators.unread:
        sentences.append(t.count("gaps.own_hidden", indicators.unread))
    return sentences


def firmness(t: Texts, table: pd.DataFrame, names: Names) -> str:
    """How firm the order is, in one sentence of the table of `geo.ranking.sensitivity`.

    Empty where there is nothing to say of a list: one country, or two.
    """
    rows = plain(table)
    if not rows or rows[0]["first"] < 2:
        return ""
    least = min(rows, key=lambda row: row["stay"])
    values = {"first": least["first"], "stay": least["stay"]}
    tops = list(dict.fromkeys(row["top"] for row in rows))
    same = all(not row["leave"] for row in rows)
    sentence = t("gaps.firm_all" if same else "gaps.firm_least", **values,
                 component=component(t, least["component"]), weight=least["changed"])  # fmt: skip
    top = "gaps.firm_top" if len(tops) == 1 else "gaps.firm_tops"
    return f"{sentence} {t(top, names=t.listing([within(t, code, names[code]) for code in tops]))}"


def gap_table(
    t: Texts,
    gaps: pd.DataFrame,
    scores: Mapping[str, float | None],
    names: Names,
    people: Mapping[str, int],
    notes: Mapping[str, str],
    printed: Cited,
    document: str,
    organisations: Sequence[str] = (),
) -> tuple[list[str], Rows]:
    """(headers, rows) of gaps in the order of `scores` by code, with the way to the `document`.

    `printed` as `geo.citations.cited` gives it; where it has none, no row of the chosen
    `organisations` (of any, where none are chosen) serves the country.
    """
    of = wording.of_any(t, organisations)
    no_row = t("gaps.no_row_of", of=of) if of else t("gaps.no_row")
    kinds = {kind: _together(t(f"gaps.kind_{kind}")) for kind in KINDS}
    listed = {row["iso3"]: row for row in plain(gaps[_LISTED])}
    body: Rows = []
    for iso3, score in scores.items():
        if (row := listed.get(iso3)) is None:
            continue
        body.append(
            [
                Cell(names[iso3], href=rows.dossier(iso3), iso3=iso3),
                rows.number(t, score),
                "; ".join(kinds[kind] for kind in row["kinds"]),
                rows.number(t, people.get(iso3)),
                # Who, and then from where: a comma parts what is alike, a semicolon what is not.
                "; ".join(
                    filter(
                        None,
                        (rows.organisations(t, row["organisations"]), ", ".join(row["cities"])),
                    )
                ),
                rows.number(t, row["distance_km"]),
                notes.get(iso3, ""),
                leading_rows(t, document, printed[iso3]) if printed.get(iso3) else no_row,
            ]
        )
    keys = ("country", "score", "kinds", "people", "served_by", "km", "remark", "rows")
    return _filled([t(f"gaps.column_{name}") for name in keys], body)


def _together(text: str) -> str:
    """Words that stay on one line of a narrow column."""
    return text.replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{NON-BREAKING HYPHEN}")


def _filled(heads: list[str], rows: Rows) -> tuple[list[str], Rows]:
    """Without the columns that are empty in every row: who serves, where nobody does."""
    text = [[*map(words, row)] for row in rows]
    columns = [place for place in range(len(heads)) if not rows or any(row[place] for row in text)]
    return [heads[place] for place in columns], [[row[place] for place in columns] for row in rows]


def parts(t: Texts, ranking: Ranking, codes: list[str], names: Names) -> tuple[list[str], Rows]:
    """(headers, rows) of the score of each unit and its parts, as the bars have them.

    The part of an unknown component is empty; what the score supposes of all that is unknown has a
    column of its own, so that a row adds up.
    """
    scores = {code: ranking.by_unit[code] for code in codes}
    supposes = any(row.supposed for row in scores.values())
    body: Rows = [
        [
            Cell(names[code], href=rows.dossier(code), iso3=code),
            rows.number(t, row.score),
            *(rows.number(t, part) for part in ranking.added_to(code).values()),
            *([rows.number(t, row.supposed)] if supposes else []),
            t.listing([component(t, name) for name in row.unknown]),
        ]
        for code, row in scores.items()
    ]
    heads = [t("gaps.column_country"), t("gaps.column_score")]
    heads += [component(t, name) for name in ranking.components]
    heads += [t("gaps.column_supposed")] if supposes else []
    return [*heads, t("gaps.column_unknown")], body


def sensitivity(t: Texts, table: pd.DataFrame, names: Names) -> tuple[list[str], Rows]:
    """(headers, rows) of what one step of one weight changes, see `geo.ranking.sensitivity`."""
    body: Rows = [
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
    return [t(f"gaps.firm_{name}", first=first) for name in keys], body


def severities(t: Texts) -> tuple[list[str], Rows]:
    """(headers, rows) of how bad a gap of each kind is."""
    body: Rows = [
        [t(f"gaps.kind_{kind}"), t(f"gaps.about_{kind}"), rows.number(t, severity)]
        for kind, severity in SEVERITY.items()
    ]
    return [t(f"gaps.column_{name}") for name in ("kind", "means", "severity")], body


def denominators(
    t: Texts, table: pd.DataFrame, filters: Filters, by: str
) -> tuple[list[str], Rows]:
    """(headers, rows) per continent or subregion and kind of unit, then all of them together."""
    area = filters.area
    inside = [
        row for row in plain(table) if not area or area in (row["continent"], row["subregion"])
    ]
    planned = filters.choice.planned
    body: Rows = [_denominator(t, row, by, planned) for row in added_up(inside, [by, "kind"])]
    if len(body) > 1:
        all_of = added_up([row | {"whole": area} for row in inside], ["whole"])
        body += [_denominator(t, row, "whole", planned) for row in all_of]
    organisations = [t(f"short.{name}") for name in ORGANISATIONS]
    heads = ["area", "which", "units", "covered", "post", "one", "more"]
    heads += [*(["planned"] if planned else []), "nobody"]
    named = [t(f"gaps.column_{name}") for name in heads]
    return [*named, *organisations, t("organisation.not_stated"), t("gaps.column_millions")], body


def _denominator(t: Texts, row: Row, by: str, planned: bool) -> list[Cell | str]:
    kind = t(f"gaps.which_{row['kind']}") if by != "whole" else t("gaps.which_all")
    served = f"\N{NO-BREAK SPACE}({_share(row['covered'], row['units'])})"
    keys = ["post", "single", "several", *(["planned"] if planned else []), "none"]
    keys += [*ORGANISATIONS, "not_stated"]
    return [
        t.area(row[by]).replace("-", "\N{NON-BREAKING HYPHEN}"),
        kind,
        rows.number(t, row["units"]),
        Cell(
            f"{t.number(row['covered'])}{served}",
            row["covered"],
            form=Form.of(row["covered"]),
            alone=False,
            figures=(
                Figure(t("gaps.column_covered"), row["covered"]),
                Figure(t("gaps.column_share"), _per_cent(row["covered"], row["units"])),
            ),
        ),
        *(rows.number(t, row[name]) for name in keys),
        _millions(t, row),
    ]


def _millions(t: Texts, row: Row) -> Cell:
    """The known inhabitants and the share that is served; empty where none are known.

    A question mark stands where some are not known.
    """
    # "0 + ?" is not zero.
    whole = None if row["uncounted"] and not row["people"] else row["people"]
    figures = (
        Figure(t("gaps.column_people_known"), whole),
        Figure(t("gaps.column_people_share"), _per_cent(row["people_covered"], whole)),
        Figure(t("gaps.column_uncounted"), row["uncounted"]),
    )
    if row["uncounted"] == row["units"]:
        return Cell("", figures=figures)
    more = "\N{NO-BREAK SPACE}+\N{NO-BREAK SPACE}?" if row["uncounted"] else ""
    share = _share(row["people_covered"], row["people"])
    served = f"\N{NO-BREAK SPACE}({share})" if share else ""
    text = f"{t.number(row['people'] / 1e6)}{more}{served}"
    return Cell(text, whole, form=Form(grouped=True), alone=not (more or served), figures=figures)


def _share(part: Any, whole: Any) -> str:
    """A share in whole per cent; empty where there is nothing to share."""
    share = _per_cent(part, whole)
    return "" if share is None else f"{share}\N{NO-BREAK SPACE}%"


def _per_cent(part: Any, whole: Any) -> int | None:
    """A share in whole per cent; None where there is nothing to share."""
    return round(100 * part / whole) if whole else None
