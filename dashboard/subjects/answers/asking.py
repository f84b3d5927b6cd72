"""A question under the reader's choices, and the reply to it: what every kind of answer shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from dashboard import printed, records, rows, snapshot, wording
from dashboard.filters import Filters, canonical
from dashboard.i18n import Texts
from dashboard.mission_names import mission_name
from dashboard.report import Block, Cell, Table
from dashboard.subjects.answers.index import DUTCH, Topic
from dashboard.subjects.answers.question import Question

DUTCH_ORGANISATIONS = ("NP", "KMar")


@dataclass(frozen=True)
class Lead:
    """A way to read on: a page of `links.PATHS`, the choices to change there, and what to open."""

    label: str
    page: str
    choices: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)

    def changed(self, filters: Filters) -> Filters:
        """The reader's choices there, without a country that was chosen before the question."""
        return replace(filters, **{"land": None, **self.choices})


@dataclass(frozen=True)
class Reply:
    """`title` is the answer in one sentence; `blocks` more of it and the printed rows below it.

    Where it is not certain what is asked, `choices` are questions that are. `beside` are other
    questions that begin alike, `further` those whose answer says more, `notes` say how words were
    read. `topics` are those that the answer is about, `used` the kinds of topics and the subjects
    that it is about whatever they name, `years` the years beside those of its title, and `words`
    others of the question that it took up.
    """

    title: str
    blocks: Sequence[Block]
    leads: Sequence[Lead] = ()
    choices: Sequence[Cell] = ()
    beside: Sequence[Cell] = ()
    further: Sequence[Cell] = ()
    notes: Sequence[str] = ()
    used: frozenset[str] = frozenset()
    topics: frozenset[Topic] = frozenset()
    years: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asking:
    """A question with the reader's choices and words."""

    t: Texts
    filters: Filters
    question: Question

    @property
    def chosen(self) -> Filters:
        """The reader's choices, with the organisations that the question names."""
        named = self.named
        return replace(self.filters, organisations=named) if named else self.filters

    @property
    def named(self) -> tuple[str, ...]:
        """The organisations that the question names; none where it names all of them."""
        names = [part.topics[0].name for part in self.question.of("organisation")]
        dutch = DUTCH_ORGANISATIONS if DUTCH in names else ()
        return canonical([*dutch, *(name for name in names if name != DUTCH)])

    @property
    def postings(self) -> pd.DataFrame:
        """The postings of the release, cities in the reader's language; raises DataError."""
        return snapshot.network(self.filters.release, self.t.language).postings

    @property
    def dated(self) -> str:
        """For which day the network holds, in words."""
        return wording.date_note(self.t, snapshot.store().release(self.filters.release))

    def label(self, topic: Topic) -> str:
        """What a topic is called in the reader's language."""
        t = self.t
        if topic.kind == "unit":
            return str(snapshot.names(t.language)[topic.name])
        if topic.kind == "city":
            return str(snapshot.city_names(t.language).get(topic.name, topic.name))
        if topic.kind == "area":
            return t.area(topic.name)
        if topic == ("organisation", DUTCH):
            return t.listing([t(f"full.{name}") for name in DUTCH_ORGANISATIONS])
        if topic.kind == "organisation":
            return t(f"full.{topic.name}")
        if topic.kind == "document":
            return printed.title(t, topic.name)
        if topic.kind in ("subject", "body"):
            return t(f"find.{topic.kind}.{topic.name}").split(",")[0]
        return mission_name(t, topic.name) if topic.kind == "mission" else topic.name

    def source(self, postings: pd.DataFrame) -> Table:
        """The printed rows of these postings, each leading to the document."""
        t = self.t
        body: rows.Rows = [
            [
                " | ".join(filter(None, (records.text(row[name]) for name in rows.PRINTED))),
                rows.citation(t, row),
            ]
            for row in postings.to_dict("records")
        ]
        return Table("printed", t("find.rests_on"), rows.headers(t, ("printed", "place")), body)


def together(replies: Sequence[Reply], names: Sequence[str] = ()) -> Reply:
    """Several answers as one, each table under a key of its own.

    `names` say what each answer is about, behind ways to read on that are called alike.
    """
    if len(replies) == 1:
        return replies[0]
    blocks: list[Block] = []
    leads: list[Lead] = []
    for place, reply in enumerate(replies):
        for block in reply.blocks:
            part = replace(block, key=f"{block.key}-{place}") if isinstance(block, Table) else block
            if not any(_same(part, other) for other in blocks):
                blocks.append(part)
        for lead in reply.leads:
            elsewhere = [other.leads for other in replies if other is not reply]
            alike = [other for every in elsewhere for other in every if other.label == lead.label]
            if names and any(other != lead for other in alike):
                leads.append(replace(lead, label=f"{lead.label} ({names[place]})"))
            elif lead not in leads:
                leads.append(lead)
    title = " ".join(f"{reply.title.rstrip('.')}." for reply in replies)
    more = {cell.href: cell for reply in replies for cell in reply.further}
    return Reply(title, blocks, leads, further=[*more.values()])


def _same(block: Block, other: Block) -> bool:
    """Whether two blocks say the same, whatever their keys."""
    if isinstance(block, Table) and isinstance(other, Table):
        return (block.title, block.rows) == (other.title, other.rows)
    return block == other


def about(t: Texts, name: str, sentence: str) -> str:
    """A sentence behind what it is about."""
    return f"{name}: {wording.behind_colon(t, sentence)}"


def facts(t: Texts, frame: pd.DataFrame) -> Table:
    """Facts as they are printed, each leading to its row."""
    body: rows.Rows = [
        [t("network.quoted", text=row["printed"]), row[f"text_{t.language}"], rows.citation(t, row)]
        for row in frame.to_dict("records")
    ]
    return Table("facts", t("find.rests_on"), rows.headers(t, ("printed", "what", "place")), body)
