"""A country on the command line: what the documents say and, apart, what other sources do."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from operator import itemgetter

from dashboard import evidence, records, rows, snapshot, statements
from dashboard.cli.areas import country_of
from dashboard.cli.arguments import choice as chosen
from dashboard.i18n import texts_of
from dashboard.records import Record
from data.load import reference
from geo import dossier


def ask_country(arguments: argparse.Namespace) -> Record:
    """Everything known of one country; raises DataError.

    `coverage`, `postings`, `missions` and `history` rest on the documents; `evidence` is what other
    public sources say and `conflicts` where these and the newest network do not agree. The last two
    are counted nowhere.
    """
    store = snapshot.store()
    iso3, language = country_of(arguments.country, "country"), arguments.language or "nl"
    release = arguments.release or store.default_release()
    network, choice = snapshot.network(release, language), chosen(arguments)
    units = reference("units")
    frame = snapshot.coverage(release, choice, language)
    [covered] = records.coverage(frame[frame["iso3"] == iso3], network, choice, language)
    serving = dossier.serving(iso3, units, network.postings, network.accreditations, choice)
    keys = set(zip(serving["kind"], serving["row"], strict=True))
    return {
        "iso3": iso3,
        "name": covered["name"],
        "release": release,
        "network_as_of": store.release(release)["network_as_of"],
        "coverage": covered,
        "postings": [
            each for each in records.postings(network) if (each["kind"], each["row"]) in keys
        ],
        "missions": _missions(iso3),
        "history": _history(iso3, language),
        "evidence": _evidence(iso3, language),
        "conflicts": _conflicts(iso3),
    }


def _missions(iso3: str) -> list[Record]:
    """The missions in the country on every reference date, oldest first."""
    return [
        each
        for count in snapshot.mission_counts()
        for each in records.missions(dossier.missions_in(iso3, count.deployments), count.as_of)
    ]


def _history(iso3: str, language: str) -> list[Record]:
    """The dated facts of the documents and the posts that a partial one names, oldest first."""
    t = texts_of(language)
    entries = [
        {"date": row["date"], "text": row[f"text_{language}"], "source": _place(row)}
        for row in records.plain(statements.dated(iso3))
    ]
    partial = snapshot.releases().query("network == 'partial'")
    for release, date in zip(partial["release"], partial["network_as_of"], strict=True):
        network, units = snapshot.network(release, language), reference("units")
        named = dossier.serving(iso3, units, network.postings, network.accreditations)
        words = [row[1] for row in rows.mentioned(t, named.to_dict("records"), date)]
        entries += [
            {"date": date, "text": text, "source": _place(row)}
            for text, row in zip(words, records.plain(named), strict=True)
        ]
    return sorted(entries, key=itemgetter("date"))


def _place(row: Record) -> Record:
    """Where a fact stands, as in every other answer."""
    return {"document": row["document"], "table": row["table"], "row": row["table_row"]}


def _evidence(iso3: str, language: str) -> list[Record]:
    return [evidence.record(row, language) for row in records.plain(evidence.of_country(iso3))]


def _conflicts(iso3: str) -> list[Record]:
    """As `geo.evidence.Conflict`; `evidence` are numbers of rows of the table of that name."""
    return [
        {key: list(value) if isinstance(value, tuple) else value for key, value in conflict.items()}
        | {"counted": False}
        for conflict in map(asdict, evidence.conflicts_of(iso3))
    ]
