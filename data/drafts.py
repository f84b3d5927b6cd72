"""A document on its way into the store: read, settled by a person, compared; nothing stored yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import pandas as pd

from data.documents.cells import Cells
from data.documents.limits import LARGEST
from data.documents.opening import open_file, own_name
from data.documents.reading import read_cells
from data.incoming import Incoming
from data.load import places, reference
from data.store import Network, Store
from geo.changes import Changes, changes
from geo.cities import locate
from geo.corrections import Correction, apply
from geo.decisions import Decision
from geo.errors import DataError
from geo.problems import Problem
from geo.reading import DocumentReading
from geo.schemas.columns import real_date

AS_OF = "as_of"  # the field of a problem about the reference date
_DATE = "write a year, year-month or year-month-day"


@dataclass(frozen=True)
class Upload:
    """A file as it was received; its bytes are not kept."""

    name: str
    sha256: str
    size: int
    cells: Cells


@dataclass(frozen=True)
class Draft:
    """An upload with what a person has settled so far.

    `as_of` is the reference date (ISO 8601, as precise as known) for what the document gives none;
    `seen` the revision of the store that the person looked at.
    """

    upload: Upload
    seen: int
    as_of: str = ""
    decisions: tuple[Decision, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What would change, and since which releases; None where there is nothing to compare with."""

    network_since: str | None
    missions_since: str | None
    changes: Changes


def receive(name: str, content: bytes, largest: int = LARGEST) -> Upload:
    """Open a file in a process of its own; raises DataError for one that cannot be read."""
    cells = open_file(name, content, largest)
    return Upload(own_name(name), hashlib.sha256(content).hexdigest(), len(content), cells)


def read(store: Store, draft: Draft) -> DocumentReading:
    """The reading with all that was decided, now and before, and all that was corrected.

    Raises DataError where no table is found, or where a correction cannot stand.
    """
    decisions = (*store.decisions(), *draft.decisions)
    name = draft.upload.name
    found = read_cells(name, draft.upload.cells, decisions)
    if found.network == found.missions == "absent":
        reason = "no table of the network or of missions is found in it"
        advice = "Tables are known by their header, such as Liaison Officers, Werklocatie, "
        advice += "Werkgebied, or Missienaam and Aantal. The template shows them."
        raise DataError(name, reason, advice=advice)
    found = apply(found, draft.corrections, reference("units"), places())
    return replace(found, problems=(*_about_the_whole(store, draft, found), *found.problems))


def _about_the_whole(store: Store, draft: Draft, found: DocumentReading) -> list[Problem]:
    name, problems = draft.upload.name, []
    known = store.imported(draft.upload.sha256)
    if known:
        message = f"This document was imported before: it is release {known}."
        problems.append(Problem("error", name, draft.upload.sha256[:12], message))
    if draft.as_of and not real_date(draft.as_of):
        message = f"This is no date; {_DATE}."
        problems.append(Problem("error", name, draft.as_of, message, field=AS_OF))
    elif not draft.as_of and not found.missions_as_of:
        message = f"No reference date (peildatum) is printed; {_DATE}."
        problems.append(Problem("error", name, "", message, field=AS_OF))
    return problems


def dates(draft: Draft, found: DocumentReading) -> tuple[str | None, str | None]:
    """Reference dates of (network, missions): a printed one holds for the missions it stands above;
    for the network, where none is printed, the person's word goes first."""
    network = None if found.network == "absent" else draft.as_of or found.missions_as_of
    missions = None if found.missions == "absent" else found.missions_as_of or draft.as_of
    return network or None, missions or None


def network(found: DocumentReading, name: str) -> Network:
    """The postings of a reading with their places, as the store gives those of a release."""
    postings = locate(found.postings, places())
    return Network(name, found.network == "complete", postings, found.accreditations)


def compare(store: Store, found: DocumentReading) -> Difference:
    """The difference from the newest release with a complete network, and with missions."""
    releases = store.releases()
    having = {
        table: releases.loc[releases[table] == "complete", "release"].tolist()
        for table in ("network", "missions")
    }
    before = having["network"][0] if having["network"] and found.network != "absent" else None
    counted = having["missions"][0] if having["missions"] and found.missions != "absent" else None
    made = changes(
        store.network(before) if before else None,
        network(found, "") if found.network != "absent" else None,
        store.deployments(counted) if counted else None,
        found.deployments if found.missions != "absent" else None,
    )
    return Difference(before, counted, made)


def between(store: Store, before: str, after: str) -> Changes:
    """The difference between two releases of the store; raises DataError for an unknown one."""
    (old, counted, all_before), (new, counts, all_after) = (
        _tables(store, release) for release in (before, after)
    )
    return changes(old, new, counted, counts, (all_before, all_after))


def _tables(store: Store, release: str) -> tuple[Network | None, pd.DataFrame | None, bool]:
    """(network, missions, whether these are all missions) of a release, None for what it lacks."""
    row = store.release(release)
    return (
        None if row["network"] == "absent" else store.network(release),
        None if row["missions"] == "absent" else store.deployments(release),
        bool(row["missions"] == "complete"),
    )


def incoming(draft: Draft, found: DocumentReading) -> Incoming:
    """What the store is given to keep; raises DataError while there are errors."""
    if found.errors:
        first = found.errors[0]
        advice = "Settle every error first."
        raise DataError(first.where, first.message.rstrip("."), value=first.printed, advice=advice)
    as_of, missions_as_of = dates(draft, found)
    upload = draft.upload
    return Incoming(
        upload.name,
        upload.sha256,
        upload.size,
        found.network,
        as_of,
        found.missions,
        missions_as_of,
        found.total,
        _plain(found.postings),
        _plain(found.accreditations),
        _plain(found.deployments),
        draft.decisions,
        tuple(_said(correction) for correction in draft.corrections),
    )


def _said(correction: Correction) -> str:
    """A correction as the audit list keeps it."""
    what = f"{correction.kind} row {correction.row}, {correction.field}"
    return f"{what}: {correction.value or 'not stated'} (printed: {correction.printed})"


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), None)
