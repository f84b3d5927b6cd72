"""Answers about the documents: what one gives, which there are, and of when the figures are."""

from __future__ import annotations

from dashboard import printed, rows, snapshot
from dashboard.document_names import document_name
from dashboard.links import source_address
from dashboard.report import Block, Cell, Table
from dashboard.subjects.answers.asking import Asking, Lead, Reply, about
from dashboard.subjects.answers.index import Topic
from dashboard.subjects.answers.question import Part


def document(asking: Asking, part: Part) -> Reply:
    """What a document is and gives, and the way to its printed tables."""
    t, name = asking.t, part.topics[0].name
    row = snapshot.documents().loc[name]
    known = t("find.document", title=printed.title(t, name), date=t.date(str(row["date"])))
    title = about(t, known, str(row[f"gives_{t.language}"]))
    body: rows.Rows = [
        [
            Cell(printed.table_title(t, table), href=source_address(name, table.name)),
            rows.number(t, len(table.rows)),
        ]
        for table in printed.tables_of(name)
    ]
    tables: list[Block] = []
    if body:
        tables = [Table("tables", t("printed.table"), [t("printed.table"), t("find.rows")], body)]
    return Reply(title, tables, [Lead(t("find.to_source"), "sources", parts={"document": name})])


def documents(asking: Asking) -> Reply:
    """The document of a year that is asked for, else a choice of all."""
    t, years = asking.t, asking.question.years
    every = snapshot.documents()
    fits = [name for name, date in every["date"].items() if not years or date[:4] in years]
    if len(fits) == 1:
        return document(asking, Part(0, 0, (Topic("document", str(fits[0])),)))
    names = [str(name) for name in fits or every.index]
    items = [Cell(printed.title(t, name), href=source_address(name)) for name in names]
    title = t("find.documents", n=len(every))
    return Reply(title, [], choices=items, years=frozenset(years if fits else ()))


def dated(asking: Asking) -> Reply:
    """Of when the newest figures are, from which document, and what every document gives.

    With a year the document of that year is asked for.
    """
    if asking.question.years:
        return documents(asking)
    t, newest = asking.t, snapshot.mission_counts()[-1]
    title = t(
        "find.dated",
        posts=document_name(t, str(asking.postings.iloc[0]["document"])),
        note=asking.dated,
        missions=document_name(t, str(newest.deployments.iloc[0]["document"])),
        date=t.date(newest.as_of),
    )
    body: rows.Rows = [
        [
            Cell(printed.title(t, str(name)), href=source_address(str(name))),
            Cell(t.date(row["date"]), row["date"]),
            str(row[f"gives_{t.language}"]),
        ]
        for name, row in snapshot.documents().sort_values("date", ascending=False).iterrows()
    ]
    heads = [t("printed.document"), t("column.when"), t("find.gives")]
    return Reply(title, [Table("documents", t("find.documents_title"), heads, body)], [])
