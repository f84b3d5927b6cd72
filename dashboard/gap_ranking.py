"""The ranking of the gaps in words: what stands on top, the lines above the bars."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.records import plain
from data.indicators import Indicators
from geo.ranking import WEIGHTS, Ranking, Scaling

GROUPS = ("states", "territories", "all")  # what is ranked; disputed units stand among the states
_SKIPPED = 6  # so many rows that are no country are named
_TOP = 3  # so many are named in the heading


def component(t: Words, name: str) -> str:
    """The name of a component; that of an indicator is the reader's own."""
    return t(f"gaps.component_{name}") if name in WEIGHTS else name


def groups(found: pd.DataFrame, units: pd.DataFrame) -> dict[str, set[str]]:
    """Each of GROUPS that has a unit of `found` -> its units."""
    kinds = units.set_index("iso3")["kind"]
    codes = set(found["iso3"])
    territories = {code for code in codes if kinds[code] == "territory"}
    made = dict(zip(GROUPS, (codes - territories, territories, codes), strict=True))
    return {name: chosen for name, chosen in made.items() if chosen}


def listed(found: Ranking, units: pd.DataFrame) -> pd.DataFrame:
    """iso3 and score: states and disputed units, then territories; the highest score first."""
    order = found.scores[["iso3", "score"]]
    territory = order["iso3"].isin(units.loc[units["kind"] == "territory", "iso3"])
    order = order.assign(territory=territory)
    return order.sort_values("territory", kind="stable")[["iso3", "score"]].reset_index(drop=True)


def named(t: Words, names: pd.Series, units: pd.DataFrame) -> pd.Series:
    """`names` by code, and of a disputed unit that it is."""
    disputed = set(units.loc[units["kind"] == "disputed", "iso3"])
    more = [f" ({t('gaps.which_disputed')})" if code in disputed else "" for code in names.index]
    return names + pd.Series(more, names.index)


def heading(t: Words, found: Ranking, codes: list[str], names: pd.Series, of: str = "") -> str:
    """What stands on top and why: those of the same worst kind, where they are few; else the first.

    `codes` in the order of the ranking, with a score; what is all there is stands above nothing.
    `of` says of whom the officers are, where not all count.
    """
    if not codes:
        return t("gaps.ranking")
    kinds = found.parts[found.parts["component"] == "kind"].set_index("iso3")["value"]
    alike = 1
    while alike < len(codes) and kinds[codes[alike]] == kinds[codes[0]]:
        alike += 1
    top = codes[: alike if alike <= _TOP else 1]
    if len(top) == len(codes):
        return t("gaps.ranking")
    why = t(f"gaps.top_{kinds[codes[0]]}", of=of)
    return t.count("gaps.top", len(top), names=t.listing([names[code] for code in top]), why=why)


def heads(
    t: Words, found: Ranking, codes: list[str], names: pd.Series
) -> dict[str, tuple[str, str]]:
    """iso3 -> place, name and score, and what of the unit is unknown (or empty)."""
    about = {row["iso3"]: row for row in plain(found.scores)}
    made = {}
    for place, code in enumerate(codes, 1):
        row = about[code]
        unknown = t.listing([component(t, name).lower() for name in row["unknown"]])
        more = f" ({t('gaps.head_unknown', names=unknown)})" if unknown else ""
        made[code] = (f"{place}. {names[code]}  {t.number(row['score'])}", more)
    return made


def alternative(t: Words, found: Ranking, codes: list[str], names: pd.Series) -> str:
    """The bars in words, every one with its parts, for readers who do not see the chart."""
    parts = found.parts
    sentences = [t.count("gaps.chart", len(codes))]
    for row in plain(found.scores[found.scores["iso3"].isin(codes)]):
        listed = [
            t("gaps.chart_part", name=component(t, one["component"]), part=t.number(one["part"]))
            for one in plain(parts[parts["iso3"] == row["iso3"]])
            if one["part"]
        ]
        if row["supposed"]:
            listed.append(t("gaps.chart_supposed", part=t.number(row["supposed"])))
        score = t.number(row["score"])
        said = {"name": names[row["iso3"]], "score": score, "parts": t.listing(listed)}
        sentences.append(t("gaps.chart_row", **said))
    return " ".join(sentences)


def note(t: Words, scaling: Scaling) -> str:
    """What the score is, and how what is unknown counts."""
    return f"{t('gaps.ranking_note')} {t(f'gaps.unknown_note_{scaling.unknown}')}"


def dated(t: Words, own: Indicators, filters: Filters) -> str:
    """Of which year the reader's own figures are; empty where the file names none."""
    newest = own.reading.newest()
    if newest is None:
        return ""
    if year := own.year(filters.year):
        return t("gaps.own_of_year", year=str(year))
    if newest[0] == newest[1]:
        return t("gaps.own_newest_one", year=str(newest[0]))
    return t("gaps.own_newest", first=str(newest[0]), last=str(newest[1]))


def unread(t: Words, own: Indicators) -> list[str]:
    """What of the reader's own file is no figure: rows that are no country, words, hidden rows."""
    made = []
    if own.reading.skipped:
        distinct = list(dict.fromkeys(own.reading.skipped))
        names = ", ".join([*distinct[:_SKIPPED], *(["…"] if len(distinct) > _SKIPPED else [])])
        made.append(t.count("gaps.own_skipped", len(own.reading.skipped), names=names))
    if own.reading.left_out:
        made.append(t("gaps.own_left_out", names=", ".join(own.reading.left_out)))
    if own.unread:
        made.append(t.count("gaps.own_hidden", own.unread))
    return made


def firmness(t: Words, table: pd.DataFrame, names: pd.Series) -> str:
    """How firm the order is, in one sentence of the table of `geo.ranking.sensitivity`.

    Empty where there is nothing to say of a list: one country, or two.
    """
    rows = plain(table)
    if not rows or rows[0]["first"] < 2:
        return ""
    least = min(rows, key=lambda row: row["stay"])
    told = {"first": least["first"], "stay": least["stay"]}
    tops = list(dict.fromkeys(row["top"] for row in rows))
    same = all(not row["leave"] for row in rows)
    sentence = t("gaps.firm_all" if same else "gaps.firm_least", **told,
                 component=component(t, least["component"]), weight=least["changed"])  # fmt: skip
    top = "gaps.firm_top" if len(tops) == 1 else "gaps.firm_tops"
    return f"{sentence} {t(top, names=t.listing([names[code] for code in tops]))}"
