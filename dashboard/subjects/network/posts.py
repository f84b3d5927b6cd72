"""The network as blocks: who sits in which city, and where two Dutch officers share one."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard import snapshot, wording
from dashboard.document_names import document_name, table_name
from dashboard.i18n import Texts
from dashboard.report import Block, Category, Chart, Series, Spec, Table, Text
from dashboard.snapshot import memoized
from dashboard.subjects.network import rows as network_rows
from dashboard.subjects.network.rows import NetworkFrames, keys, network_frames
from data.load import reference
from geo.network import placements

CITIES = 40  # rows of a chart that a reader can take in; the table has them all


@dataclass(frozen=True)
class Part:
    """What is found, the table or chart that shows it (if anything does), and notes on it.

    A block may have the finding as its title; in a file it then says it alone. `documents` are the
    ids of those that finding and notes cite.
    """

    finding: str
    block: Table | Chart | None = None
    notes: Sequence[str] = ()
    documents: Collection[str] = ()

    @property
    def blocks(self) -> list[Block]:
        """The part as it stands in a file."""
        content: list[Block] = [] if self.block is None else [self.block]
        if self.finding and (self.block is None or self.block.title != self.finding):
            content.insert(0, Text(self.finding, documents=self.documents))
        return [*content, *(Text(note, "note", self.documents) for note in self.notes)]


Pairs = list[tuple[str, str]]


def items(pairs: Pairs) -> list[Text]:
    """A list of what is said of something as it stands in a file."""
    return [Text(f"{head}: {text}", "item") for head, text in pairs]


def _of_area(network: Network) -> Hashable:
    filters = network.filters
    return filters.release, filters.area, filters.language


@snapshot.cached(32, _of_area)
def _double(network: Network) -> Part:
    """See `Network.double`; whose organisations and layers count changes nothing in it."""
    t, frames = network.t, network.frames
    if frames.model.empty:
        return Part(t("network.model_none"))
    letter = set(reference("model_exceptions")["document"]) - {network.release["document"]}
    source = "; ".join(filter(None, [network._of("LO"), documents(t, sorted(letter))]))
    table = Table(
        "double", t("network.title_double"), *network_rows.model_rows(t, frames), source, letter
    )
    notes = " ".join([*network_rows.model_text(t, frames), t("network.model_always")])
    return Part(t("network.model_rule"), table, [notes])


@dataclass(frozen=True)
class Network(snapshot.Subject):
    """The network under the reader's choices, of a release that has one; raises DataError."""

    @cached_property
    def frames(self) -> NetworkFrames:
        """The frames of the network."""
        return network_frames(self.filters)

    @cached_property
    def note(self) -> str:
        """For which day the network holds."""
        return wording.date_note(self.t, self.release)

    @property
    def document(self) -> str:
        """The id of the document of the network."""
        return str(self.release["document"])

    def source(self, cited: pd.DataFrame) -> str:
        """The document of the network, those of its tables that `cited` rows are in, its day."""
        t = self.t
        tables = [table_name(t, str(name)) for name in cited["table"].unique() if name != "brief"]
        note = wording.part_note(t, self.release) if self._called_by_its_day else self.note
        return ", ".join([document_name(t, self.document), *tables, note])

    @property
    def _called_by_its_day(self) -> bool:
        """Whether the name of the document is its day, for which its part of the network holds."""
        day = snapshot.documents().loc[self.document, "date"]
        return bool(self.release["network"] == "partial" and day == self.release["network_as_of"])

    def _of(self, kind: str) -> str:
        postings = self.frames.postings
        return self.source(postings[postings["kind"] == kind])

    @cached_property
    def title(self) -> str:
        """The finding in one sentence."""
        return network_rows.headline(self.t, self.frames, self.filters)

    @cached_property
    def lead(self) -> str:
        """How many posts in how many cities and countries."""
        return network_rows.lead(self.t, self.frames, self.filters, self.note)

    @cached_property
    def tells_loads(self) -> bool:
        """Whether the document tells what each officer serves."""
        return self.frames.complete and not self.frames.loads.empty

    def double(self) -> Part:
        """The cities with two Dutch officers beside the exceptions of 2013."""
        return _double(self)

    # --- posts by city ----------------------------------------------------------------------------

    @cached_property
    def _several(self) -> pd.DataFrame:
        cities = self.frames.cities
        return cities[cities["active"] + cities["planned"] > 1]

    @memoized
    def single(self) -> tuple[str, Pairs]:
        """How many cities have one post, and which by organisation; none makes an empty list."""
        t, alone = self.t, self.frames.cities.drop(self._several.index)
        return t.count("network.single", len(alone)), network_rows.single_list(t, alone)

    @memoized
    def posts(self) -> Part:
        """The cities with several posts as a chart; a table where there are none such.

        A chart of single posts would be one dot in each row. The finding is empty where there is
        nothing but the table to say.
        """
        t, frames = self.t, self.frames
        if frames.cities.empty:
            return Part(t("network.no_posts"))
        headers, body = network_rows.city_rows(t, frames)
        title = t("network.title_posts")
        if self._several.empty:
            return Part("", Table("posts", title, headers, body, self._of("LO")))
        drawn = self._several.head(CITIES)
        names, order = list(drawn["name"]), list(keys(drawn))
        cells = frames.cells.assign(key=keys(frames.cells))
        cells = cells[cells["key"].isin(order)]
        who = [network_rows.who(t, row) for row in drawn.to_dict("records")]
        listed = "; ".join(f"{name}: {said}" for name, said in zip(names, who, strict=True))
        chart = Chart(
            "posts",
            title,
            posts_spec(t, cells, order, names),
            t("network.posts_alternative", list=listed),
            headers,
            body,
            self._of("LO"),
        )
        notes = [t("network.posts_note")]
        if len(self._several) > len(drawn):
            notes.insert(0, t("network.posts_more", n=len(drawn), all=len(self._several)))
        return Part(t("network.several"), chart, notes)

    # --- beside the posts -------------------------------------------------------------------------

    @memoized
    def filo(self) -> Table | None:
        """The flexible officers; None where the document names none of this choice."""
        served = snapshot.network(self.filters.release).accreditations
        headers, body = network_rows.filo_rows(self.t, self.frames, served)
        if not body:
            return None
        return Table("filo", self.t("network.filo"), headers, body, self._of("FILO"))

    @memoized
    def multilateral(self) -> tuple[str, Part]:
        """A heading with the number of placements, and these by international body."""
        t, bodies = self.t, placements(self.frames.chosen)
        number = int(bodies["placements"].sum()) if len(bodies) else 0
        some = "multilateral" if self.frames.complete or number else "multilateral_some"
        heading = t(f"network.{some}", n=number)
        notes = (
            [t("network.multilateral_unsaid")] if network_rows.hides_unstated(self.frames) else []
        )
        if not number:
            return heading, Part(t("network.multilateral_none"), None, notes)
        listed = "; ".join(
            t("network.multilateral_list", body=row["body"], n=int(row["placements"]))
            for row in bodies.to_dict("records")
        )
        headers, body = network_rows.placement_rows(t, self.frames)
        table = Table("multilateral", heading, headers, body, self._of("multilateral"))
        return heading, Part(listed, table, notes)


def documents(t: Texts, names: Iterable[str]) -> str:
    """Documents by name, each once; the rows of a table name their place in them."""
    once = dict.fromkeys(names)
    return ", ".join(document_name(t, name) for name in once)


def posts_spec(t: Texts, cells: pd.DataFrame, order: list[str], names: list[str]) -> Spec:
    """The posts of each city by organisation, and its plans; what a city has not is missing."""
    series = []
    for code in wording.in_order(list(cells["organisation"].unique())):
        short = t(f"short.{code}") if code else t("network.unsaid")
        for status, part in cells[cells["organisation"] == code].groupby("status"):
            numbers = part.groupby("key")["posts"].sum()
            values = tuple(float(numbers[key]) if key in numbers else None for key in order)
            planned = status != "active"
            name = t("status.planned") if planned else wording.organisation(t, code)
            series.append(Series(name, values, code or "?", short, planned=planned))
    return Spec("dots", tuple(map(Category, names)), tuple(series))
