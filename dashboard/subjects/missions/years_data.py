"""What the sources say of police in missions since 1990, under the reader's choices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

import pandas as pd

from dashboard import snapshot
from dashboard.document_names import document_name
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.links import source_address
from dashboard.mission_names import mission_name
from dashboard.records import Row
from dashboard.report import Cell
from dashboard.subjects.missions import places
from data.load import reference
from geo import mission_trends, mission_years
from geo.mission_trends import MissionCount
from geo.mission_years import Run
from geo.schemas import CONTRIBUTORS

UN, PAST = "un-police-1990-2014", "clingendael-2016"  # documents
FIRST = 1990  # the year where the axis begins
PAST_ENDS = "2016-02"  # when the source of the maxima appeared
PAST_YEARS = (2001.0, mission_years.after(PAST_ENDS))
HOME = "NLD"  # whose police the maxima and the annexes count


@dataclass(frozen=True)
class Years:
    """The sources by panel; everything raises DataError."""

    t: Texts
    filters: Filters

    @cached_property
    def senders(self) -> list[str]:
        """Whose police is counted: the chosen country, else both."""
        return [self.filters.sender] if self.filters.sender else list(CONTRIBUTORS)

    @cached_property
    def mission(self) -> str:
        """The chosen mission; empty for all."""
        return self.filters.mission

    @property
    def titled(self) -> str:
        """The chosen mission as the reader calls it; empty for all."""
        return mission_name(self.t, self.mission)

    @cached_property
    def by_month(self) -> dict[str, pd.DataFrame]:
        """Contributor -> `geo.mission_years.monthly`, where the source has a number for it."""
        police = reference("un_police")
        frames = {
            sender: mission_years.monthly(police, sender, self.mission) for sender in self.senders
        }
        return {sender: one for sender, one in frames.items() if one["officers"].notna().any()}

    @cached_property
    def runs(self) -> dict[str, list[Run]]:
        """Contributor -> the months that say the same."""
        return {sender: mission_years.runs(frame) for sender, frame in self.by_month.items()}

    @cached_property
    def counts(self) -> list[MissionCount]:
        """The counts on a day, oldest first; of the chosen mission where there is one."""
        if HOME not in self.senders:
            return []
        every = snapshot.mission_counts()
        if not self.mission:
            return every
        return [one for one in every if self.mission in set(one.deployments["mission"])]

    def counted(self, count: MissionCount) -> int:
        """The officers on the day of a count."""
        rows = count.deployments
        if self.mission:
            rows = rows[rows["mission"] == self.mission]
        return int(rows["personnel"].sum())

    @cached_property
    def past(self) -> pd.DataFrame:
        """`geo.mission_trends.timeline` with `name`, see `snapshot.past_missions`, and `label`."""
        history = reference("mission_history")
        named = dict(zip(history["row"], snapshot.past_missions(), strict=True))
        spans = mission_trends.timeline(history)
        labels = places.names_of_spans(spans, snapshot.names(self.t.language), self.t)
        spans = spans.assign(name=spans["row"].map(named), label=labels)
        if HOME not in self.senders:
            return spans.iloc[:0]
        return spans[spans["name"] == self.mission] if self.mission else spans

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """The claims of other sources: about the chosen police, and the chosen mission."""
        claims = reference("mission_evidence")
        of_sender = claims["contributor"].isna() | claims["contributor"].isin(self.senders)
        claims = claims[of_sender]
        return claims[claims["mission"] == self.mission] if self.mission else claims

    @cached_property
    def newest(self) -> str:
        """The month of the newest source, YYYY-MM, where the axis ends; whatever was chosen."""
        claims = reference("mission_evidence")["date"]
        dates = [*claims, self._last_counted]
        return max(date[:7] if len(date) > 4 else f"{date}-12" for date in dates)

    @cached_property
    def _last_counted(self) -> str:
        """The last date of which anybody counts; nobody could have counted after it yet."""
        days = [one.as_of for one in snapshot.mission_counts()]
        return max(*days, PAST_ENDS, str(reference("un_police")["as_of"].max()))

    @cached_property
    def silences(self) -> list[tuple[float, float]]:
        """The years of which no panel says anything, up to the last count of any."""
        spoken = [
            (mission_years.start_of(months[0].first), mission_years.after(months[-1].last))
            for months in self.runs.values()
        ]
        past = self.past.to_dict("records")
        spoken += [years_of(row) for row in past] if self.mission else [PAST_YEARS] * bool(past)
        spoken += [(mission_years.middle(one.as_of),) * 2 for one in self.counts]
        return mission_years.silences(spoken, FIRST, mission_years.middle(self._last_counted))

    @cached_property
    def is_empty(self) -> bool:
        """Whether no source says anything of what was chosen."""
        return not self.by_month and not self.counts and self.past.empty


def years_of(row: Row) -> tuple[float, float]:
    """Where the years of a mission of `past` begin and end, as far as its source tells them."""
    running = mission_years.after(PAST_ENDS)
    first: float | None = None if pd.isna(row["start"]) else float(row["start"])
    if row["ends"] == "year":
        end = float(row["end"])
        return first or end, end + 1
    if row["ends"] == "running":
        return first or running, running
    return (first, first + 1) if first else (running, running)


def cited(t: Texts, document: str, what: str = "") -> Cell:
    """A document by its name, and what of it, leading to what is said of the document."""
    name = document_name(t, document)
    text = f"{name}, {what}" if what else name
    return Cell(text, href=source_address(document), documents=(document,))


def linked(address: str) -> Cell:
    """A public address by the name of its host; words where there is none."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return Cell(host, href=address)
