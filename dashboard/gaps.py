"""Gaps in words: the finding, the kinds, what the map says; `gap_rows` has the tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from dashboard import findings
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.records import plain
from geo.coverage import COVERED, HOME, of_organisations
from geo.gaps import KINDS, is_kind
from geo.keys import key
from geo.ranking import WEIGHTS, Ranking

# Which kind a map shows where a unit has several: the one that asks for an answer first.
DRAWN = ("mission_without_liaison", "lost", "uncovered", "partner_only", "single", "remote")
_NAMED = 12  # up to so many are named in the sentence under the title


def shown(frame: pd.DataFrame, filters: Filters, area: Collection[str]) -> pd.DataFrame:
    """The rows of `geo.gaps` with one of the chosen kinds in the chosen area."""
    return frame[is_kind(frame["kinds"], *filters.kinds) & frame["iso3"].isin(area)]


def title(
    t: Words,
    found: pd.DataFrame,
    filters: Filters,
    units: pd.DataFrame,
    untold: Collection[str] = (),
) -> str:
    """How many units have a gap of the chosen kinds, in one sentence.

    `untold` are the kinds that no document we have can tell.
    """
    told = [kind for kind in filters.kinds if kind not in untold]
    if not told:
        return t(f"gaps.title_{'untold' if filters.kinds else 'choose'}")
    of, where = findings.of_whom(t, filters.organisations), ""
    if filters.area:
        where = t("gaps.in_area", area=t.area(filters.area))
    kind = told[0] if len(told) == 1 else "several"
    of = "" if kind == "partner_only" else of  # a fact of the whole network
    if found.empty:
        return t(f"gaps.empty_{kind}", area=where, of=of)
    counted = counted_units(t, found["iso3"], units)
    return t.count(f"gaps.title_{kind}", len(found), units=counted, area=where, of=of)


def counted_units(t: Words, codes: Collection[str], units: pd.DataFrame) -> str:
    """ "3 landen en 2 gebieden": states apart from territories and disputed units."""
    is_state = units.loc[units["iso3"].isin(codes), "kind"] == "state"
    counted = {"states": int(is_state.sum()), "territories": int((~is_state).sum())}
    return t.listing([t.count(f"gaps.{name}", n) for name, n in counted.items() if n])


def lead(
    t: Words, found: pd.DataFrame, units: pd.DataFrame, names: pd.Series, printed: pd.Series
) -> list[str]:
    """Which they are, states and territories apart, each with its rows; empty for a long list."""
    if not 0 < len(found) <= _NAMED:
        return []
    kinds = units.set_index("iso3")["kind"].reindex(found["iso3"])
    sentences = []
    for name, chosen in (("states", kinds == "state"), ("territories", kinds != "state")):
        codes = sorted(kinds.index[chosen], key=lambda code: key(names[code]))
        listed = [f"{names[code]}{_numbered(t, printed.get(code))}" for code in codes]
        if listed:
            sentences.append(t.count(f"gaps.lead_{name}", len(listed), names=t.listing(listed)))
    return sentences


def _numbered(t: Words, numbers: list[int] | None) -> str:
    return f" ({printed_rows(t, numbers)})" if numbers else ""


def printed_rows(t: Words, numbers: list[int]) -> str:
    """ "rij 3" or "rijen 3 en 12"."""
    listed = [str(number) for number in dict.fromkeys(numbers)]
    return t.count("gaps.rows", len(listed), rows=t.listing(listed))


def source(t: Words, postings: pd.DataFrame, filters: Filters, document: str) -> str:
    """Document, table and how many of its rows were read to know who serves and who does not."""
    posts = postings[postings["kind"] == "LO"]
    active = of_organisations(posts[posts["status"] == "active"], filters.organisations)
    tables = t.listing([str(name) for name in posts["table"].unique()])
    of = findings.of_whom(t, filters.organisations)
    told = {"document": document, "table": tables, "rows": len(posts), "active": len(active)}
    sentences = [t("gaps.source", of=of, **told)]
    planned = of_organisations(posts[posts["status"] == "planned"], filters.organisations)
    if filters.choice.planned and len(planned):
        sentences.append(t.count("gaps.source_planned", len(planned)))
    return " ".join(sentences)


def chips(t: Words, counts: Mapping[str, int | None]) -> dict[str, str]:
    """Kind -> its short name with how many units have it."""
    return {
        kind: f"{t(f'gaps.kind_{kind}')} · {t('gaps.chip_unknown') if n is None else t.number(n)}"
        for kind, n in ((kind, counts[kind]) for kind in KINDS)
    }


def drawn(frame: pd.DataFrame, kinds: Collection[str]) -> pd.DataFrame:
    """The map: of each unit the first of DRAWN that it has and the reader chose, else `covered`."""
    first = [
        next((kind for kind in DRAWN if kind in kinds and kind in (has or ())), "covered")
        for has in frame["kinds"]
    ]
    about = frame[["iso3", "postings", "organisations", "cities", "distance_km"]]
    home = pd.DataFrame({"iso3": [HOME], "state": ["home"]})
    return pd.concat([about.assign(state=first), home], ignore_index=True)


def notes(
    t: Words, frame: pd.DataFrame, flexible: pd.Series, chosen: pd.Series, everyone: pd.Series
) -> dict[str, str]:
    """iso3 -> what else there is to know: who does serve it, missions, flexible officers.

    `chosen` and `everyone`: the rows of the document that serve a unit, of the chosen and of all
    organisations.
    """
    found = {}
    for row in plain(frame):
        parts = []
        if row["others"]:
            names = t.listing(
                [t(f"short.{name}") if name else t("not_stated") for name in row["others"]]
            )
            theirs = [n for n in everyone[row["iso3"]] if n not in chosen.get(row["iso3"], [])]
            parts.append(t("gaps.note_others", names=names, rows=printed_rows(t, theirs)))
        if row["missions"]:
            missions = t.listing(row["missions"])
            parts.append(
                t("gaps.note_missions_unread", missions=missions)
                if row["officers"] is None
                else t.count("gaps.note_missions", int(row["officers"]), missions=missions)
            )
        if row["iso3"] in flexible and row["state"] not in COVERED:
            names = t.listing([findings.organisation(t, one) for one in flexible[row["iso3"]]])
            parts.append(t("gaps.note_filo", names=names))
        if parts:
            found[row["iso3"]] = "; ".join(parts)
    return found


def component(t: Words, name: str) -> str:
    """The name of a component; that of an indicator is the reader's own."""
    return t(f"gaps.component_{name}") if name in WEIGHTS else name


def alternative(t: Words, found: Ranking, codes: list[str], names: pd.Series) -> str:
    """The first of the ranking in words, with their parts, for readers who do not see the chart."""
    sentences = [t("gaps.chart", n=len(codes))]
    for row in plain(found.scores[found.scores["iso3"].isin(codes[:5])]):
        own = plain(found.parts[found.parts["iso3"] == row["iso3"]])
        listed = [f"{component(t, p['component'])} {t.number(p['part'])}" for p in own if p["part"]]
        score = t.number(row["score"]) if row["score"] is not None else t("gaps.no_score")
        named = names[row["iso3"]]
        sentences.append(t("gaps.chart_row", name=named, score=score, parts=t.listing(listed)))
    return " ".join(sentences)
