"""What a scenario chose for work areas, and which posts stay in a city, in sentences and rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard import records, rows, wording
from dashboard.i18n import Texts
from dashboard.records import Record, plain
from dashboard.report import Cell
from dashboard.wording import Names
from geo.names.normalise import key
from geo.scenario import HOST, TAKERS, Change, Close, Move, Rearrange, Scenario
from geo.workareas import WorkAreas


@dataclass(frozen=True, eq=False)
class Chosen:
    """The work areas that a scenario changes, in words.

    `before` and `after` are the postings of both networks, cities in the reader's language; `names`
    gives units by code.
    """

    t: Texts
    scenario: Scenario
    areas: WorkAreas
    before: pd.DataFrame
    after: pd.DataFrame
    names: Names

    def sentences(self) -> list[str]:
        """What was chosen for each work area, what is farther than any post reaches, who stays."""
        texts = [self._chosen(change) for change in self.scenario.changes]
        return [each for each in (*texts, self._beyond(), *self.stays()) if each]

    def _chosen(self, change: Change) -> str:
        match change:
            case Move(area=area):
                form = {HOST: self._host, TAKERS: self._handed}.get(area, self._remaining)
                return form(change)
            case Rearrange(row, more, less):
                post = self._post(row)
                texts = (
                    [self.t("whatif.area_more", post=post, lands=self._countries(more))]
                    if more
                    else []
                )
                texts += (
                    [self.t("whatif.area_less", post=post, lands=self._countries(less))]
                    if less
                    else []
                )
                return " ".join(texts)
        return ""

    def _remaining(self, move: Move) -> str:
        """From how far a post serves the work area that it keeps."""
        t, remaining = self.t, self.areas.of(move.row, "kept")
        values = {"post": self._post(move.row, self.before), "to": self._city(move.row)}
        km = remaining["km_after"].dropna()
        if km.empty:
            return t("whatif.area_kept_none", **values)
        near, far = int(km.min()), int(km.max())
        return t.count("whatif.area_kept", len(remaining), near=near, far=far, **values)

    def _host(self, move: Move) -> str:
        t, dropped = self.t, self.areas.of(move.row, "dropped")
        values = {"post": self._post(move.row, self.before), "host": self.names[move.host]}
        if dropped.empty:
            return t("whatif.area_host", **values)
        return t("whatif.area_host_drops", lands=self._countries(dropped["iso3"]), **values)

    def _handed(self, move: Move) -> str:
        t, handed = self.t, self.areas.handed.get(move.row, {})
        values = {"post": self._post(move.row, self.before), "host": self.names[move.host]}
        parts = []
        for taker in move.takers:
            mine = [iso3 for iso3, row in handed.items() if row == taker]
            lands = self._countries(mine) if mine else t("whatif.area_no_land")
            parts.append(f"{self._post(taker)} – {lands}")
        return t("whatif.area_handed", parts="; ".join(parts), **values)

    def _beyond(self) -> str:
        """What posts serve from farther than any does now, and what the farthest is now."""
        t, most = self.t, self.areas.farthest
        far = self.areas.units[self.areas.units["beyond"]]
        if far.empty or most is None:
            return ""
        parts = []
        for row in sorted(far["row"].unique()):
            units = far[far["row"] == row]
            km = dict(zip(units["iso3"], units["km_after"], strict=True))
            named = {c: f"{self.names[c]} ({t.number(int(n))} km)" for c, n in km.items()}
            parts.append(f"{self._post(int(row))} – {wording.country_list(t, named, named)}")
        about = {"post": self._post(most.row, self.before), "land": self.names[most.iso3]}
        return t("whatif.area_beyond", km=int(most.km), parts="; ".join(parts), **about)

    def stays(self) -> list[str]:
        """For each city that a post leaves: the posts that stay there."""
        t, sentences = self.t, []
        was, now = _standing(self.before), _standing(self.after)
        gone = [c.row for c in self.scenario.changes if isinstance(c, Close | Move)]
        # A post without a known city leaves none.
        left = {was[row] for row in gone if records.text(was[row][1])}
        for host, city in sorted(left, key=lambda area: key(str(area[1]))):
            rows_there = [row for row, place in now.items() if place == (host, city)]
            if rows_there:
                named = [self._post(row, planned=True) for row in rows_there]
                sentences.append(
                    t.count("whatif.stays", len(named), city=city, posts=t.listing(named))
                )
        return sentences

    def _post(self, row: int, frame: pd.DataFrame | None = None, planned: bool = False) -> str:
        """A post by its name, as it stands after the scenario or in `frame`."""
        lo = self.after if frame is None else frame
        posting = lo[(lo["kind"] == "LO") & (lo["row"] == row)].iloc[0].to_dict()
        is_plan = planned and posting["status"] == "planned"
        more = [self.t("status.planned")] if is_plan else []
        return wording.called(self.t, posting, self._apart, *more)

    @cached_property
    def _apart(self) -> dict[int, str]:
        return wording.apart(self.t, self.before)

    def _city(self, row: int) -> str:
        lo = self.after[(self.after["kind"] == "LO") & (self.after["row"] == row)]
        return records.text(lo["city"].iloc[0])

    def _countries(self, codes: Iterable[str]) -> str:
        return wording.country_list(self.t, self.names, codes)

    def table(self) -> tuple[list[str], rows.Rows]:
        """(headers, rows) of every unit of a work area that changes or is served from elsewhere."""
        t = self.t
        units = self.areas.units
        label = {int(row): self._post(int(row)) for row in units["row"].unique()}
        order = sorted(
            units.to_dict("records"), key=lambda row: (row["row"], key(self.names[row["iso3"]]))
        )
        body: rows.Rows = []
        for row in order:
            step = t(f"whatif.step_{row['step']}")
            body.append(
                [
                    label[int(row["row"])],
                    Cell(self.names[row["iso3"]], href=rows.dossier(row["iso3"]), iso3=row["iso3"]),
                    f"{step}, {t('whatif.kind_beyond')}" if row["beyond"] else step,
                    rows.number(t, row["km_before"]),
                    rows.number(t, row["km_after"]),
                ]
            )
        return rows.headers(t, ("post", "country", "effect", "km_before", "km_after")), body


def _standing(postings: pd.DataFrame) -> dict[int, tuple[object, object]]:
    """Row -> host and city of each LO posting; missing where none is printed."""
    cells = (postings[name].tolist() for name in ("kind", "row", "host", "city"))
    posts = zip(*cells, strict=True)
    return {int(row): (host, city) for kind, row, host, city in posts if kind == "LO"}


def record(areas: WorkAreas, names: Names) -> list[Record]:
    """The units of every work area that changes, for the command line."""
    named = areas.units.assign(name=[names[code] for code in areas.units["iso3"]])
    whole = named.astype({"km_before": "Int64", "km_after": "Int64"})
    return plain(whole[["row", "iso3", "name", "step", "km_before", "km_after", "beyond"]])
