"""The rows of the tables on the command line: posts, coverage and missions."""

from __future__ import annotations

import argparse

from dashboard import records, snapshot
from dashboard.cli.areas import units_of
from dashboard.cli.arguments import choice
from dashboard.records import Record
from data.load import reference
from geo.coverage import coverage


def ask_missions(arguments: argparse.Namespace) -> list[Record]:
    """The missions of one release, or of all that have them."""
    store = snapshot.store()
    with_missions = store.releases().query("missions != 'absent'")["release"]
    chosen = [arguments.release] if arguments.release else list(with_missions)
    missions = [
        record
        for release in chosen
        for record in records.missions(
            store.deployments(release), store.release(release)["missions_as_of"]
        )
    ]
    inside = units_of(arguments.region)
    if arguments.region is not None:
        missions = [record for record in missions if inside.intersection(record["areas"])]
    return missions


def ask_postings(arguments: argparse.Namespace) -> list[Record]:
    """Every posting of a release."""
    store = snapshot.store()
    network = store.network(arguments.release or store.default_release())
    rows, inside = records.postings(network), units_of(arguments.region)
    if arguments.region is not None:
        rows = [row for row in rows if row["host"] in inside]
    return rows


def ask_coverage(arguments: argparse.Namespace) -> list[Record]:
    """Every unit of a release with who serves it; in a table the columns that fit."""
    store = snapshot.store()
    network = store.network(arguments.release or store.default_release())
    units, chosen = reference("units"), choice(arguments)
    frame = coverage(units, network.postings, network.accreditations, chosen, network.complete)
    frame = frame[frame["iso3"].isin(units_of(arguments.region))]
    rows = records.coverage(frame, network, chosen, arguments.language or "nl")
    if arguments.format == "table" and not arguments.columns:
        rows = [{key: row[key] for key in records.COVERAGE} for row in rows]
    return rows
