"""What the documents say of posts over the years: openings, closings, mentions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from dashboard import evidence, records, rows, snapshot, statements, wording
from dashboard.document_names import release_name
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.records import Row
from dashboard.report import Category, Cell, Chart, Event, Form, Span, Spec, Table, Text, words
from dashboard.rows import Rows
from dashboard.subjects.network.posts import Pairs, Part, documents
from dashboard.subjects.network.rows import city
from data.load import reference
from geo import events
from geo.schemas import NOT_STATED


def _of_area(t: Texts, filters: Filters) -> Hashable:
    """All that the history depends on: not the organisations, nor the layers."""
    return t.language, filters.area


def _of_host(t: Texts, area: str, host: str | None = None) -> Hashable:
    return t.language, area, host


@snapshot.cached(16)
def network_chains(area: str) -> pd.DataFrame:
    """`geo.events.chains` over every release with a network, oldest first; raises DataError.

    `place` names a chain in one text.
    """
    register = snapshot.releases()
    register = register[register["network"] != "absent"].sort_values("network_as_of")
    networks = []
    for name in register["release"]:
        network, release = snapshot.network(name), snapshot.store().release(name)
        networks.append(events.Seen(release["network_as_of"], network.postings, network.complete))
    chains = events.chains(reference("events"), networks)
    chains = chains.assign(place=chains["iso3"] + " " + chains["city"].fillna(NOT_STATED))
    return chains[chains["iso3"].isin(snapshot.in_area(area))]


def title(t: Texts, row: Row) -> str:
    """The city of a chain, or its country where no document names the city."""
    named = records.text(row["city"])
    return city(t, named) if named else str(snapshot.names(t.language)[row["iso3"]])


def titles(t: Texts, chains: pd.DataFrame) -> dict[str, str]:
    """place -> its title, in order."""
    heads = chains.drop_duplicates("place")
    return {row["place"]: title(t, row) for row in heads.to_dict("records")}


def when(t: Texts, date: str) -> str:
    """A date in words; a network for January is that of the start of the year."""
    return t("network.early", year=date[:4]) if date[4:] == "-01" else t.date(date)


def chain_labels(t: Texts, chains: pd.DataFrame) -> pd.DataFrame:
    """The marks with the words that stand beside each in the chart (`said`)."""
    newest = chains.groupby("place")["date"].max()
    words = pd.Series("", index=chains.index)
    for _, there in chains.groupby(["place", "date", "kind"]):
        row = there.iloc[0]
        # Only the newest network says who is there: beside an older one stands another word.
        if not (row["kind"] == "present" and row["date"] < newest[row["place"]]):
            words[there.index] = _word(t, dict(row), there)
    return chains.assign(said=words)


def _word(t: Texts, row: Row, there: pd.DataFrame) -> str:
    who = ", ".join(wording.organisation(t, name) for name in there["organisation"].dropna())
    return t(f"network.mark_{row['kind']}", date=when(t, row["date"]), who=who)


def year(date: str) -> float:
    """Where a date stands on an axis of years: a year in its middle, a month in its middle.

    >>> year("2013"), year("2026-01")
    (2013.5, 2026.0416666666667)
    """
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    day = parts[2] if len(parts) > 2 else 15.5
    return parts[0] + (parts[1] - 1 + (day - 0.5) / 30) / 12


FIRST, LAST = 2011.6, 2027.2  # years; the axis grows with a later release


def chain_spec(t: Texts, chains: pd.DataFrame, names: Mapping[str, str]) -> Spec:
    """A line per withdrawn post: present there, gone or due to go, unknown, seen again, there now.

    `chains`: place (a key of `names`), date, kind, said (the words beside a mark). Only a post that
    is proved until it goes is certain; what follows a withdrawal is unknown.
    """
    categories = []
    for place, name in names.items():
        once = chains[chains["place"] == place].drop_duplicates(["date", "kind"])
        dated = [
            Event(year(row["date"]), row["kind"], row["said"]) for row in once.to_dict("records")
        ]
        spans = [
            Span(
                before.year,
                after.year,
                certain=before.kind == "present" and after.kind in events.GONE,
                label=t("network.chains_unknown") if before.kind in events.GONE else "",
            )
            for before, after in pairwise(dated)
        ]
        categories.append(Category(name, spans=tuple(spans), events=tuple(dated)))
    last = max(LAST, year(chains["date"].max()) + 0.6)
    ticks = tuple((n + 0.5, str(n)) for n in range(2012, int(last + 0.5), 2))
    return Spec("chains", tuple(categories), axis=(FIRST, last), ticks=ticks)


def since_text(t: Texts, row: Row) -> str:
    """Since when a withdrawn post is there again: no more than the documents say."""
    gone = when(t, row["gone"])
    if not records.text(row["state"]):
        return t("network.since_unknown")
    now = when(t, row["now"])
    if row["state"] == "absent":
        return t("network.since_absent", now=now)
    before = when(t, row["before"])
    if row["gone_kind"] == "ends":
        return t(f"network.since_ends_{row['proof']}", gone=gone, before=before)
    return t(f"network.since_{row['proof']}", after=when(t, row["after"]), before=before)


def chain_rows(t: Texts, chains: pd.DataFrame) -> tuple[list[str], Rows]:
    """(headers, rows): each withdrawn post then, in between, now, and since when; with places."""
    table: Rows = []
    for row in events.returns(chains).to_dict("records"):
        same = chains["city"].fillna(NOT_STATED) == records.text(row["city"])
        postings = chains[(chains["iso3"] == row["iso3"]) & same]
        mentions = postings[postings["kind"].isin(["mentioned", "placed"])].to_dict("records")
        now = postings[postings["date"] == row["now"]].to_dict("records")
        table.append(
            [
                Cell(title(t, row), href=rows.dossier(row["iso3"]), iso3=row["iso3"]),
                _then(t, row),
                _citing("; ".join(_mention(t, mention) for mention in mentions), mentions),
                _citing("; ".join(_now(t, seen) for seen in now) or t("network.not_known"), now),
                since_text(t, row),
            ]
        )
    heads = [t(f"network.column_{name}") for name in ("then", "between", "now", "since")]
    return [t("column.city"), *heads], table


def _citing(text: str, facts: Iterable[Row]) -> Cell:
    """A cell that cites the documents of some facts."""
    return Cell(text, documents=tuple(str(fact["document"]) for fact in facts if fact["document"]))


def since_list(t: Texts, table: Rows) -> list[tuple[str, str]]:
    """(city, since when it has an officer again and what proves it), from `chain_rows`."""
    items = []
    for row in table:
        place, then, between, now, since_text = map(words, row)
        then = wording.behind_colon(t, then)
        before = f"{then}. {between}" if between else then
        items.append((place, t("network.since_line", since=since_text, then=before, now=now)))
    return items


def _then(t: Texts, row: Row) -> Cell:
    """What the document says of the withdrawal, with its date and place."""
    facts = reference("events")
    facts = facts[(facts["iso3"] == row["iso3"]) & (facts["date"] == row["gone"])]
    facts = facts[facts["kind"] == row["gone_kind"]].to_dict("records")
    text = "; ".join(
        f"{fact[f'text_{t.language}']} ({t.date(fact['date'])}; "
        f"{t('network.quoted', text=fact['printed'])}, {wording.citation(t, fact)})"
        for fact in facts
    )
    return _citing(text, facts)


def _mention(t: Texts, row: Row) -> str:
    land, place = snapshot.names(t.language)[row["iso3"]], wording.citation(t, row)
    return t("network.seen_mention", date=t.date(row["date"]), land=land, place=place)


def _now(t: Texts, row: Row) -> str:
    if row["kind"] == "absent":
        return t("network.mark_absent", date=when(t, row["date"]), who="")
    return t(
        "network.seen_now",
        who=wording.organisation(t, row["organisation"]),
        city=city(t, row["station"]),
        label=row["label"],
        place=wording.citation(t, row),
    )


def alternative(t: Texts, chains: pd.DataFrame) -> str:
    """What the chart of the withdrawn posts shows, in words."""
    back = events.returns(chains)
    parts = [f"{title(t, row)}: {since_text(t, row)}" for row in back.to_dict("records")]
    return " ".join([t("network.chains_alternative"), *parts])


def timeline_rows(t: Texts, area: str) -> tuple[list[str], Rows]:
    """(headers, rows) of all dated facts; with an area, those that name a country in it."""
    words = reference("statements").query("topic == 'relation'")
    words = words.assign(kind="relation", city=None, organisation=None)
    dated = pd.concat([reference("events"), words[events.TIMELINE]], ignore_index=True)
    facts = events.timeline(dated, reference("agreements"))
    if area:
        inside = snapshot.in_area(area)
        named = facts["iso3"].fillna("").map(lambda codes: bool(inside & set(codes.split())))
        facts = facts[named.astype(bool)]
    table: Rows = [
        [
            Cell(t.date(row["date"]), row["date"]),
            t(f"network.kind_{row['kind']}"),
            row[f"text_{t.language}"],
            t("network.quoted", text=row["printed"]),
            rows.citation(t, row),
        ]
        for row in facts.to_dict("records")
    ]
    heads = rows.headers(t, ("what", "printed", "place"))
    return [t("column.when"), t("network.column_kind"), *heads], table


def _as_of(t: Texts, row: Row) -> str:
    """The date of a figure, with what is known of that of its document."""
    note = _date_note(t, row)
    return f"{t.date(row['as_of'])} ({note})" if note else t.date(row["as_of"])


def _date_note(t: Texts, row: Row) -> str:
    note = records.text(snapshot.documents().loc[row["document"], f"date_note_{t.language}"])
    return note.rstrip(".")


def figure_rows(t: Texts) -> tuple[list[str], Rows]:
    """(headers, rows) of the key figures, each with its date and place."""
    table: Rows = [
        [
            row[f"text_{t.language}"],
            Cell(
                wording.in_unit(t, row),
                float(row["value"]),
                form=Form.of(float(row["value"])),
                alone=False,
            ),
            Cell(_as_of(t, row), row["as_of"], alone=not _date_note(t, row)),
            rows.citation(t, row),
        ]
        for row in reference("key_figures").to_dict("records")
    ]
    return rows.headers(t, ("what", "value", "when", "place")), table


@snapshot.cached(16, _of_area)
def back(t: Texts, filters: Filters) -> Part:
    """The posts in EU states that the letter of 2013 ends, and what is known of them since.

    Raises DataError.
    """
    marks = network_chains(filters.area)
    if marks.empty:
        return Part(t("network.back_none"))
    returns = events.returns(marks)
    number = int((returns["state"] == "present").sum())
    register = snapshot.releases()
    releases = register.loc[register["network"] != "absent", "release"]
    used = t.listing([release_name(t, release) for release in releases])
    headers, body = chain_rows(t, marks)
    chart = Chart(
        "chains",
        t("network.title_back"),
        chain_spec(t, chain_labels(t, marks), titles(t, marks)),
        alternative(t, marks),
        headers,
        body,
        t("network.chains_source", releases=used),
        documents=list(register.loc[register["network"] != "absent", "document"]),
    )
    text = t("network.back_text", back=number, all=len(returns))
    return Part(text, chart, [t("network.back_note")])


def headline(t: Texts, filters: Filters) -> str:
    """How many of the posts that the letter of 2013 ends are there again; else what this is."""
    marks = network_chains(filters.area)
    if marks.empty:
        return t("network.headline_absent")
    left = events.returns(marks)
    present = int((left["state"] == "present").sum())
    sentence = t.count("parts.history_headline", len(left), back=present)
    return wording.in_area(t, filters.area, sentence)


def between(t: Texts, filters: Filters) -> Table | None:
    """What other public sources say between the letters, where the area has such a post."""
    return None if network_chains(filters.area).empty else evidence.withdrawal(t)


@snapshot.cached(32, _of_host)
def since(t: Texts, area: str, host: str | None = None) -> Pairs:
    """Since when each place that was left has an officer again: (city, what is known).

    With a `host` the places in it alone.
    """
    marks = network_chains(area)
    if host:
        marks = marks[marks["iso3"] == host]
    return [] if marks.empty else since_list(t, chain_rows(t, marks)[1])


def since_items(t: Texts, area: str, host: str | None = None) -> list[Text]:
    """The same as a list in a file, each item with the documents that it cites."""
    chains = network_chains(area)
    chains = chains[chains["iso3"] == host] if host else chains
    if chains.empty:
        return []
    _, table = chain_rows(t, chains)
    cited = [
        {document for cell in row if isinstance(cell, Cell) for document in cell.documents}
        for row in table
    ]
    listed = zip(since_list(t, table), cited, strict=True)
    return [Text(f"{place}: {line}", "item", documents) for (place, line), documents in listed]


@snapshot.cached(2, lambda t: t.language)
def key_figures(t: Texts) -> Part:
    """The numbers that documents print."""
    headers, body = figure_rows(t)
    named = list(dict.fromkeys(reference("key_figures")["document"]))
    source = documents(t, named)
    table = Table("figures", t("network.title_figures"), headers, body, source, named)
    return Part("", table, [t("network.figures_note")])


@snapshot.cached(16, _of_area)
def placement(t: Texts, filters: Filters) -> Part:
    """Why an officer goes somewhere, and of which countries no document says why not."""
    table, note = statements.placement(t, filters.area)
    return Part("", table, [note], statements.searched_documents())


@snapshot.cached(16, _of_area)
def limits(t: Texts, filters: Filters) -> Part:
    """The tasks of an officer, what is not allowed, and the ways beside officers."""
    return Part("", statements.limits(t, filters.area))


@snapshot.cached(16, _of_area)
def dated(t: Texts, filters: Filters) -> Part:
    """Every dated fact about the area, oldest first."""
    headers, body = timeline_rows(t, filters.area)
    if not body:
        none = t("network.events_none", documents=statements.searched(t))
        return Part(none, documents=statements.searched_documents())
    table = Table("events", t("network.title_events"), headers, body)
    named = [name for name in snapshot.documents().index if name in table.cited]
    table = replace(table, source=documents(t, named), documents=named)
    return Part(t("network.events_text"), table)
