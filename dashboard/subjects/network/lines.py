"""Posts as lines through the releases, from opening to closing, as far as that is known."""

from __future__ import annotations

from dataclasses import replace

from dashboard import evidence, rows, snapshot, wording
from dashboard.document_names import release_name
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.records import text
from dashboard.report import Category, Cell, Chart, Event, Span, Spec
from dashboard.rows import Rows
from dashboard.subjects.network.history import year
from dashboard.subjects.network.posts import Part
from dashboard.subjects.network.rows import city
from data.load import reference
from geo import lifelines
from geo.cover_history import Dated
from geo.lifelines import ABSENT, MENTIONED, PLANNED, PRESENT, Evidence, Lifeline, Sighting
from geo.names.normalise import key
from geo.schemas import ORGANISATIONS

MOST = 40  # lines of a chart that a reader can take in; the table has them all


@snapshot.cached(2)
def networks() -> list[Dated]:
    """The networks in order of time; of two of one day the last imported. Raises DataError."""
    releases = snapshot.releases().query("network != 'absent'")  # newest first
    releases = releases.drop_duplicates(["network", "network_as_of"]).sort_values("network_as_of")
    dated = []
    for release, as_of in zip(releases["release"], releases["network_as_of"], strict=True):
        network = snapshot.network(release)
        tables = network.postings, network.accreditations
        dated.append(Dated(str(release), str(as_of), network.complete, *tables))
    return dated


@snapshot.cached(2)
def gone() -> list[Lifeline]:
    """The posts of a complete network that the newest no longer has; a list says no more of them.

    Raises DataError.
    """
    complete = [network for network in networks() if network.complete]
    return [line for line in lifelines.lifelines(complete) if line.closed]


def other_sources(t: Texts) -> list[Evidence]:
    """The dated posts of other public sources, plans too; raises DataError."""
    table = reference("evidence")
    posts = table[(table["subject"] == "post") & table["host"].notna() & table["date"].notna()]
    posts = posts[posts["organisation"].isin(ORGANISATIONS)]
    return [
        Evidence(
            date,
            evidence.publisher(t, row),
            row["host"],
            text(row["city"]),
            row["organisation"],
            bool(row["plan"]),
        )
        for row in posts.to_dict("records")
        for date in filter(None, (text(row["since"]), row["date"]))
    ]


@snapshot.cached(16, lambda t, filters: (t.language, filters.area, filters.organisations))
def lines(t: Texts, filters: Filters) -> Part:
    """The posts of the area and the organisations that a reader chose; raises DataError."""
    dated = networks()
    inside, names = snapshot.in_area(filters.area), snapshot.names(t.language)
    chosen = [
        line
        for line in lifelines.lifelines(dated, other_sources(t))
        if line.host in inside
        and (not filters.organisations or line.organisation in filters.organisations)
    ]
    chosen.sort(key=lambda line: (key(names[line.host]), key(line.city), line.organisation))
    complete = [network for network in dated if network.complete]
    drawn = [line for line in chosen if not line.steady]
    finding = _finding(t, chosen, complete)
    if not drawn:
        return Part(finding)
    documents = [str(snapshot.store().release(each.release)["document"]) for each in dated]
    title = t("time.lines")
    shown = drawn[:MOST]
    chart = Chart(
        "lines",
        title,
        _spec(t, shown, [year(network.as_of) for network in dated]),
        " ".join([f"{title}.", *(f"{_name(t, line)}: {_sightings(t, line)}." for line in shown)]),
        [t(f"time.column_{name}") for name in ("post", "opened", "closed", "seen")],
        _rows(t, chosen),
        t(
            "time.lines_source",
            releases=t.listing([release_name(t, each.release) for each in dated]),
        ),
        documents=documents,
    )
    notes = [t("time.lines_note")]
    if len(drawn) > MOST:
        notes.append(t("time.lines_more", n=len(drawn) - MOST))
    return Part(finding, chart, notes)


def bare(part: Part) -> Part:
    """The part without its finding, for where that stands above."""
    return replace(part, finding="")


def _finding(t: Texts, chosen: list[Lifeline], complete: list[Dated]) -> str:
    """How many posts there are in every network, and how many opened or closed between them."""
    if len(complete) < 2:
        mentioned = sum(any(each.kind == MENTIONED for each in line.sightings) for line in chosen)
        day = t.date(complete[0].as_of) if complete else ""
        return t.count("time.lines_one", mentioned, date=day)
    steady = sum(_always(line, complete) for line in chosen)
    # What was only mentioned may have been one of those that are in a network.
    between = [_of_networks(line, complete) for line in chosen]
    opened = sum(bool(line.opened) for line in between)
    closed = sum(bool(line.closed) for line in between)
    dates = {"first": t.date(complete[0].as_of), "last": t.date(complete[-1].as_of)}
    changes = [t.count("time.lines_opened", opened), t.count("time.lines_closed", closed)]
    return f"{t.count('time.lines_steady', steady, **dates)}; {t.listing(changes)}."


def _of_networks(line: Lifeline, complete: list[Dated]) -> Lifeline:
    """The line by what complete networks alone say of it."""
    releases = {network.release for network in complete}
    sightings = tuple(each for each in line.sightings if each.release in releases)
    return replace(line, sightings=sightings)


def _always(line: Lifeline, complete: list[Dated]) -> bool:
    return sum(each.kind == PRESENT for each in line.sightings) == len(complete)


def _spec(t: Texts, posts: list[Lifeline], years: list[float]) -> Spec:
    first, last = min(years), max(years)
    room = max(last - first, 1) * 0.04
    step = max(1, round((last - first) / 6))
    ticks = tuple((float(at), str(at)) for at in range(int(first) + 1, int(last) + 1, step))
    return Spec(
        "lines",
        tuple(
            Category(
                _place(t, line),
                note=f"  {_who(t, line)}",
                spans=tuple(Span(year(a), year(b), certain) for a, b, certain in line.intervals),
                events=tuple(
                    Event(year(each.date), each.kind, _seen(t, line, each))
                    for each in line.sightings
                ),
            )
            for line in posts
        ),
        axis=(first - room, last + room),
        ticks=ticks,
    )  # fmt: skip


def _place(t: Texts, line: Lifeline) -> str:
    """ "Rabat (Marokko)"; a country alone where no city is named."""
    host = str(snapshot.names(t.language)[line.host])
    return f"{city(t, line.city)} ({host})" if line.city else host


def _who(t: Texts, line: Lifeline) -> str:
    """The organisation, and what the post was before: another city, another organisation."""
    who = wording.organisation(t, line.organisation)
    before = [
        _differing(t, line, each)
        for each in line.sightings
        if each.kind in (PRESENT, PLANNED) and _differs(line, each)
    ]
    return (
        t("time.earlier", who=who, before=t.listing(list(dict.fromkeys(before)))) if before else who
    )


def _differs(line: Lifeline, seen: Sighting) -> bool:
    return (seen.city, seen.organisation) != (line.city, line.organisation)


def _differing(t: Texts, line: Lifeline, seen: Sighting) -> str:
    """What a document says otherwise than the last one."""
    who = (
        "" if seen.organisation == line.organisation else wording.organisation(t, seen.organisation)
    )
    where = "" if seen.city == line.city else city(t, seen.city)
    return " ".join(filter(None, (who, where)))


def _name(t: Texts, line: Lifeline) -> str:
    return f"{_place(t, line)}, {wording.organisation(t, line.organisation)}"


def _rows(t: Texts, chosen: list[Lifeline]) -> Rows:
    return [
        [
            Cell(_name(t, line), href=rows.dossier(line.host)),
            _opening(t, line),
            _closing(t, line),
            _sightings(t, line),
        ]
        for line in chosen
    ]


def _opening(t: Texts, line: Lifeline) -> str:
    """Between which dates the post opened; of one that was there before, that this is unknown."""
    if line.opened:
        return t("time.between", after=t.date(line.opened[0]), before=t.date(line.opened[1]))
    dates = [each.date for each in line.sightings if each.kind in (PRESENT, MENTIONED)]
    return t("time.not_later", date=t.date(dates[0])) if dates else t("time.not_yet")


def _closing(t: Texts, line: Lifeline) -> str:
    if line.closed:
        if line.sightings[-2].release not in {network.release for network in networks()}:
            # That another source saw a post, and the network has none, does not say it closed.
            return t("time.not_in", date=t.date(line.closed[1]))
        return t("time.between", after=t.date(line.closed[0]), before=t.date(line.closed[1]))
    last = line.sightings[-1]
    if last.kind == PRESENT:
        return t("time.still", date=t.date(last.date))
    return "" if last.kind == PLANNED else t("state.unknown")


def _sightings(t: Texts, line: Lifeline) -> str:
    """Every date with what its document says: "begin 2018: NP in Ankara"."""
    return "; ".join(_seen(t, line, each) for each in line.sightings)


def _seen(t: Texts, line: Lifeline, seen: Sighting) -> str:
    what = t(f"time.kind_{seen.kind}")
    if seen.kind != ABSENT and _differs(line, seen):
        what += f" ({_differing(t, line, seen)})"
    return f"{t.date(seen.date)}: {what} ({release_name(t, seen.release)})"
