"""Gaps in words: the finding, the kinds, what the map says; `gap_rows` has the tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from dashboard import wording
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.mission_names import mission_name
from dashboard.records import plain
from dashboard.report import Piece, Text
from dashboard.row_citations import leading_rows, printed_rows
from dashboard.rows import PLACE, linked_text
from data import load
from geo.citations import Cited
from geo.coverage import COVERED, HOME
from geo.gaps import is_kind
from geo.names.normalise import key

# Which kind a map shows where a unit has several: the one that asks for an answer first.
DRAWN = ("mission_without_liaison", "lost", "uncovered", "partner_only", "single", "remote")
_NAMED = 12  # up to so many are named in the sentence under the title


def in_choice(frame: pd.DataFrame, filters: Filters, area: Collection[str]) -> pd.DataFrame:
    """The rows of `geo.gaps` with one of the chosen kinds in the chosen area."""
    wanted = is_kind(frame["kinds"], *filters.kinds).tolist()
    places = [
        place for place, iso3 in enumerate(frame["iso3"].tolist()) if wanted[place] and iso3 in area
    ]
    return frame.take(places)


def title(
    t: Texts,
    gaps: pd.DataFrame,
    filters: Filters,
    units: Mapping[str, str],
    silent: Collection[str] = (),
) -> str:
    """How many units have a gap of the chosen kinds, in one sentence; the rest is in `lead`.

    States and disputed units are counted, where they have none the territories. `units` is code ->
    kind of unit. `silent` are the kinds that no document we have can tell.
    """
    kinds = [kind for kind in filters.kinds if kind not in silent]
    if not kinds:
        return t(f"gaps.title_{'untold' if filters.kinds else 'choose'}")
    of, where = wording.of_no_choice(t, filters.choice), ""
    if filters.area:
        where = t("gaps.in_area", area=t.area_within(filters.area))
    kind = kinds[0] if len(kinds) == 1 else "several"
    of = "" if kind == "partner_only" else of  # a fact of the whole network
    if gaps.empty:
        return t(f"gaps.empty_{kind}", area=where, of=of)
    groups = _headlined(_grouped(gaps["iso3"].tolist(), units))
    counted, n = _counted(t, groups), sum(map(len, groups.values()))
    return t.count(f"gaps.title_{kind}", n, units=counted, area=where, of=of)


def _grouped(codes: Collection[str], units: Mapping[str, str]) -> dict[str, list[str]]:
    """The units by what they are: states, territories, disputed."""
    named = {"states": "state", "territories": "territory", "disputed": "disputed"}
    return {name: [code for code in codes if units[code] == kind] for name, kind in named.items()}


def _headlined(groups: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    """What the title counts: states and disputed units; all where there are none."""
    counted = {"states": groups["states"], "disputed": groups["disputed"]}
    return counted if any(counted.values()) else groups


def _counted(t: Texts, groups: Mapping[str, Collection[str]]) -> str:
    """ "46 gebieden en 5 betwiste gebieden"."""
    return t.listing([t.count(f"gaps.{name}", len(n)) for name, n in groups.items() if n])


def lead(
    t: Texts,
    gaps: pd.DataFrame,
    units: Mapping[str, str],
    names: wording.Names,
    printed: Cited,
    document: str,
) -> list[Text]:
    """Which they are, each with the way to its rows in the `document`.

    Of a long list only how many the title does not count.
    """
    if len(gaps) > _NAMED:
        beside = uncounted(t, gaps, units)
        return [Text(t("gaps.beside", units=beside, all=len(gaps)))] if beside else []
    groups, sentences = _grouped(gaps["iso3"].tolist(), units), []
    for name, codes in groups.items():
        listed, links = [], list[Piece]()
        for code in sorted(codes, key=lambda code: key(names[code])):
            places = printed.get(code)
            pieces = leading_rows(t, document, places, named=False).pieces if places else ()
            listed.append(f"{names[code]} ({PLACE * len(pieces)})" if pieces else names[code])
            links += pieces
        if listed:
            sentence = t.count(f"gaps.lead_{name}", len(listed), names=t.listing(listed))
            sentences.append(linked_text(sentence, links, (document,) if links else ()))
    return sentences


def all_named(gaps: pd.DataFrame) -> bool:
    """Whether the sentences under the title name every unit."""
    return len(gaps) <= _NAMED


def uncounted(t: Texts, gaps: pd.DataFrame, units: Mapping[str, str]) -> str:
    """ "39 gebieden": what the title of a long list does not count; mostly empty."""
    groups = _grouped(gaps["iso3"].tolist(), units)
    counted = {code for codes in _headlined(groups).values() for code in codes}
    left = {name: [code for code in codes if code not in counted] for name, codes in groups.items()}
    return _counted(t, left) if len(gaps) > _NAMED and any(left.values()) else ""


def chips(t: Texts, counts: Mapping[str, int | None]) -> dict[str, str]:
    """Kind -> its short name with how many units have it."""
    return {
        kind: f"{t(f'gaps.kind_{kind}')} · {t('gaps.chip_unknown') if n is None else t.number(n)}"
        for kind, n in counts.items()
    }


def drawn(frame: pd.DataFrame, kinds: Collection[str]) -> pd.DataFrame:
    """The map: of each unit the first of DRAWN that it has and the reader chose, else `covered`."""
    first = [
        next((kind for kind in DRAWN if kind in kinds and kind in (has or ())), "covered")
        for has in frame["kinds"]
    ]
    told = ("iso3", "postings", "organisations", "cities", "distance_km")
    rows = [*zip(*(frame[name].tolist() for name in told), first, strict=True)]
    columns = zip(*rows, (HOME, *(None,) * (len(told) - 1), "home"), strict=True)
    named = zip((*told, "state"), columns, strict=True)
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in named})


def notes(
    t: Texts,
    frame: pd.DataFrame,
    flexible: pd.Series,
    chosen: Cited,
    everyone: Cited,
    missions: Mapping[str, str],
) -> dict[str, str]:
    """iso3 -> what else there is to know: who does serve it, missions, flexible officers.

    `chosen` and `everyone`: the rows of the document that serve a unit, of the chosen and of all
    organisations. `missions`: what `in_missions` says of a unit.
    """
    texts = {}
    on_call = flexible.to_dict()
    cells = (frame[name].tolist() for name in ("iso3", "state", "others"))
    for iso3, state, others in zip(*cells, strict=True):
        parts = []
        if others:
            names = t.listing([t(f"short.{name}") if name else t("not_stated") for name in others])
            own = chosen.get(iso3, [])
            theirs = [place for place in everyone[iso3] if place not in own]
            parts.append(
                t("gaps.note_others", names=names, rows=printed_rows(t, theirs, named=False))
            )
        if iso3 in missions:
            parts.append(missions[iso3])
        if iso3 in on_call and state not in COVERED:
            names = t.listing([wording.organisation(t, one) for one in on_call[iso3]])
            parts.append(t("gaps.note_filo", names=names))
        if parts:
            texts[iso3] = "; ".join(parts)
    return texts


def in_missions(t: Texts, deployments: pd.DataFrame, names: wording.Names) -> dict[str, str]:
    """iso3 -> the officers of each mission there, and with whom the unit shares them.

    `deployments` of `geo.schemas`. A mission prints one number for its whole area: it is told with
    the other countries of that area, for it cannot be divided.
    """
    texts: dict[str, list[str]] = {}
    for row in plain(deployments):
        codes = (row["areas"] or "").split()
        mission = mission_name(t, row["mission"])
        officers = (
            t("gaps.mission_unread", mission=mission)
            if row["personnel"] is None
            else t("gaps.mission", n=t.number(row["personnel"]), mission=mission)
        )
        for code in codes:
            others = [names[other] for other in codes if other != code]
            shared = t("gaps.mission_shared", names=t.listing(others)) if others else ""
            if load.region_of(row["areas_printed"]):
                countries = t.listing([names[other] for other in codes])
                shared = t("gaps.mission_region", names=countries)
            texts.setdefault(code, []).append(f"{officers}{shared}")
    return {code: t("gaps.note_missions", missions="; ".join(n)) for code, n in texts.items()}
