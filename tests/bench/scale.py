"""What one answer costs when the network grows from ours to a ministry's and twenty of those.

Three networks: the one of the newest release here, the public register of embassies as one release,
and twenty of those as one. The product's functions stand beside the same computation written
plainly in loops over pandas rows, interleaved in one run; both must give the same answer. Prints
medians, growth and memory; asserts nothing about time.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

import pandas as pd

from dashboard import snapshot
from dashboard.exports.html_table import table_html
from dashboard.figures import maps
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Chart, Table
from dashboard.subjects import catalogue
from dashboard.web import widgets
from data.load import places, reference
from data.store.read import Network, Store
from geo.changes import changes
from geo.comparison import Side, compare
from geo.coverage import coverage, served
from geo.effect import Effect, active_hosts, effect
from geo.gaps import gaps, nearest_km
from geo.options import Choice
from geo.ranking import rank, values
from geo.scenario import Close, Scenario
from geo.schemas import ORGANISATIONS
from geo.whatif import apply
from tests.bench import embassies, loops

ROUNDS = 7
RELEASES = 20
PAGES: dict[str, dict[str, Any]] = {
    "overview": {},
    "gaps": {},
    "network": {},
    "compare": {"sides": ("NP", "KMar")},
}
LARGEST_FOR_LOOPS = 20_000  # postings; above it they would take the better part of an hour


@dataclass(frozen=True)
class Case:
    """A network, its neighbours in time, and two of its organisations to compare."""

    network: Network
    earlier: tuple[Network, ...]
    sides: tuple[Choice, Choice]


def run() -> None:
    """Print a line per question and network; says so where the register is not there."""
    cases = _cases()
    if len(cases) == 1:
        print("The register of embassies is not beside the checkout: only our own network.\n")
    units = reference("units")
    print(f"{'':36}{'postings':>10}{'ms':>10}{'growth':>9}{'loops, ms':>12}{'ratio':>8}{'MB':>8}")
    lines: dict[str, list[str]] = {}
    for case in cases.values():
        size = len(case.network.postings)
        if size < LARGEST_FOR_LOOPS:
            _agree(units, case)
        for title, product, plain in _questions(units, case):
            ours, theirs = _medians(product, plain if size < LARGEST_FOR_LOOPS else None)
            before = lines.setdefault(title, [])
            growth = f"x {ours / float(before[-1].split()[1]) * 1000:.1f}" if before else ""
            loops = f"{theirs * 1000:12,.0f}{theirs / ours:8.0f}" if theirs else f"{'-':>12}{'':8}"
            before.append(f"{size:>10}{ours * 1000:10.1f}{growth:>9}{loops}{_peak(product):8.1f}")
    for title, rows in lines.items():
        for row in rows:
            print(f"{title:36}{row}")
    for case in cases.values():
        _pages(case.network)
    for case in cases.values():
        network = case.network
        weight = _size(network.postings, network.accreditations)
        print(f"{'the tables themselves':36}{len(network.postings):>10}{'':39}{weight:8.1f}")


def _cases() -> dict[str, Case]:
    store = Store("sqlite://")
    ours = store.network(store.default_release())
    cases = {
        f"{len(ours.postings):,} rows": Case(ours, (ours,), (Choice(("NP",)), Choice(("GPI",))))
    }
    if not embassies.REGISTER.exists():
        return cases
    postings, accreditations, lost = embassies.network()
    print(
        f"The register: {len(postings):,} posts, {len(accreditations):,} accreditations; left out:"
    )
    print("  " + ", ".join(f"{number} {what}" for what, number in lost.items()) + "\n")
    sides = (Choice(("Germany",)), Choice(("France",)))
    one = Network("register", True, postings, accreditations)
    before = Network("before", True, *_other(postings, accreditations))
    cases[f"{len(postings):,} posts"] = Case(one, (before,) * (RELEASES - 1), sides)
    many = Network("twenty", True, *embassies.times(postings, accreditations, RELEASES))
    again = Network("twenty before", True, *_other(many.postings, many.accreditations))
    cases[f"{len(many.postings):,} posts"] = Case(many, (again,), sides)
    return cases


def _other(postings: pd.DataFrame, accreditations: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """The same network as it might have been before: one post in fifty fewer, some elsewhere."""
    before = postings[postings["row"] % 50 != 0].copy()
    before.loc[before["row"] % 30 == 1, "city"] = "Elsewhere"
    return before, accreditations[accreditations["row"].isin(before["row"])]


def _agree(units: pd.DataFrame, case: Case) -> None:
    """A fast answer that is another one would be worth nothing."""
    tables = (case.network.postings, case.network.accreditations)
    missions = Store("sqlite://").deployments("bijlage-2025-11")
    ours, plain = coverage(units, *tables), loops.coverage(units, *tables)
    before = [coverage(units, *_other(*tables))]
    for column in ("state", "postings", "organisations", "cities"):
        assert list(ours[column]) == list(plain[column]), column
    km = plain["distance_km"].astype(float).round()
    assert ours["distance_km"].astype(float).equals(km), "distance_km"
    kinds = gaps(ours, deployments=missions, earlier=before)["kinds"]
    assert list(kinds) == list(loops.gaps(plain, missions, before)["kinds"]), "kinds"
    sides = [Side(case.network, choice) for choice in case.sides]
    places = compare(units, *sides).units.set_index("iso3")["place"].drop("NLD")
    assert dict(places) == loops.compare(units, *tables, *case.sides), "places"


Question = tuple[str, Callable[[], Any], Callable[[], Any] | None]


def _questions(units: pd.DataFrame, case: Case) -> list[Question]:
    network = case.network
    tables = (network.postings, network.accreditations)
    found = coverage(units, *tables)
    before = [coverage(units, part.postings, part.accreditations) for part in case.earlier]
    missions = Store("sqlite://").deployments("bijlage-2025-11")
    missing = gaps(found, deployments=missions, earlier=before)
    people, priority = reference("populations"), reference("priority_countries")
    members, names = reference("eu_members"), units.set_index("iso3")["name_nl"]
    serving = served(*tables)
    said = texts_of("nl").group("map")
    left, right = (Side(network, choice) for choice in case.sides)

    def ranked() -> pd.DataFrame:
        near = nearest_km(units, network.postings, ())
        return rank(values(missing, near, people, priority, members), {}, names).scores

    first = int(network.postings["row"].iloc[0])
    closing = Scenario(network.release, "", (Close(first),))
    spots = places()

    def closed() -> Effect:
        after = apply(closing, network, units, spots)
        hosts = [active_hosts(each, Choice()) for each in (network.postings, after[0])]
        return effect(found, coverage(units, *after), (hosts[0], hosts[1]))

    return [
        ("coverage", lambda: coverage(units, *tables), lambda: loops.coverage(units, *tables)),
        (
            "gaps",
            lambda: gaps(found, deployments=missions, earlier=before),
            lambda: loops.gaps(found, missions, before),
        ),
        ("ranking of the gaps", ranked, None),
        (
            "comparison of two organisations",
            lambda: compare(units, left, right),
            lambda: loops.compare(units, *tables, *case.sides),
        ),
        ("what if one post closes", closed, None),
        ("changes between two releases", lambda: changes(case.earlier[0], network), None),
        (
            "the map's payload",
            lambda: maps.payload(
                found, network.postings, serving, units, "DEU", {"posts", "links"}, "nl", said
            ),
            None,
        ),
    ]


def _pages(network: Network) -> None:
    """Processor time of what each page shows of the network, and of its tables as HTML.

    One choice that nobody made before after the other; the posts of the register are dealt out to
    our organisations.
    """
    size = len(network.postings)
    if size > LARGEST_FOR_LOOPS:
        return
    own = network.postings
    if network.release == "register":
        own = own.assign(organisation=[ORGANISATIONS[row % 3] for row in own["row"]])
    release = snapshot.store().default_release()
    posted = replace(network, release=release, postings=own)
    with (
        patch.object(snapshot, "network", lambda release, language="nl": posted),
        # What was kept of another network would be given here.
        patch.object(snapshot, "_latest", snapshot.Snapshot("")),
    ):
        for page, more in PAGES.items():
            _shown(page, Filters(release, **more))
            times = []
            for organisations in (("NP",), ("KMar",), ("GPI",), ("NP", "GPI"), ("KMar", "GPI")):
                began = process_time()
                _shown(page, Filters(release, organisations=organisations, **more))
                times.append(process_time() - began)
            title = f"page {page}, report and HTML"
            print(f"{title:36}{size:>10}{median(times) * 1000:10.1f}  processor")


def _shown(page: str, filters: Filters) -> None:
    """Make a report, and the tables of its page as far as they are drawn."""
    for block in catalogue.report(page, filters).blocks(Table, Chart):
        rows = block.rows if len(block.rows) <= widgets.LONG else block.rows[: widgets.FIRST]
        table_html(block.title, block.headers, rows)


def _medians(
    product: Callable[[], Any], plain: Callable[[], Any] | None
) -> tuple[float, float | None]:
    """Seconds of both, interleaved; the slow one less often."""
    product()
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS):
        times[0].append(_seconds(product))
        if plain and turn < 3:
            times[1].append(_seconds(plain))
    return median(times[0]), median(times[1]) if plain else None


def _seconds(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _peak(work: Callable[[], Any]) -> float:
    """Most memory that Python held at once for it, in MB."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def _size(*frames: pd.DataFrame) -> float:
    return float(sum(frame.memory_usage(deep=True).sum() for frame in frames)) / 1e6
