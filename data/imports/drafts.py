"""A document on its way into the store: read, settled by a person, compared; nothing stored yet."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from data.documents.annex import AS_OF
from data.documents.cells import Cells
from data.documents.limits import LARGEST
from data.documents.opening import open_file, plain_name
from data.documents.reading import read_cells
from data.imports import release_file
from data.imports.incoming import Incoming
from data.load import places, reference
from data.store.audit import DECIDED, Detail
from data.store.read import Network, Store
from geo.changes import Changes, changes
from geo.dates import years_ahead
from geo.errors import BroughtFileError, DataError
from geo.names.cities import locate
from geo.names.decisions import Decision
from geo.names.normalise import key
from geo.problems import Params, Problem, Where
from geo.reading.corrections import LEAVE_OUT, Correction, apply
from geo.reading.result import DocumentReading
from geo.schemas.columns import real_date


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

    `seen` is the revision of the store that the person looked at. `as_of` and `missions_as_of` are
    reference dates (ISO 8601, as precise as known) that a person gives, the first for the network
    and for what has none. `partial`: the network that is printed is not the whole one. `reopened`
    are printed texts about which an earlier decision is to be forgotten here.
    """

    upload: Upload
    seen: int
    as_of: str = ""
    missions_as_of: str = ""
    partial: bool = False
    decisions: tuple[Decision, ...] = ()
    corrections: tuple[Correction, ...] = ()
    reopened: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What would change, and since which releases; None where there is nothing to compare with."""

    network_since: str | None
    missions_since: str | None
    changes: Changes


def receive(name: str, content: bytes, largest: int = LARGEST) -> Upload:
    """Open a file in a process of its own; raises DataError for one that cannot be read."""
    cells = open_file(name, content, largest)
    return Upload(plain_name(name), hashlib.sha256(content).hexdigest(), len(content), cells)


def begin(store: Store, upload: Upload) -> Draft:
    """A review of an upload; raises DataError for a document that was imported before."""
    stored = store.imported(upload.sha256)
    if stored:
        raise DataError("imported_before", upload.name, value=stored)
    return Draft(upload, store.revision())


def read(store: Store, draft: Draft) -> DocumentReading:
    """The reading with all that was decided, now and before, and all that was corrected.

    Raises DataError where no table is found, or where a correction cannot stand.
    """
    name = draft.upload.name
    cells = draft.upload.cells
    read_tables = release_file.read if release_file.is_one(cells) else read_cells
    try:
        reading = read_tables(name, cells, (*remembered(store, draft), *draft.decisions))
    except DataError as error:
        raise BroughtFileError.of(error) from error
    if reading.network == reading.missions == "absent" and not reading.errors:
        raise DataError("no_tables", name)
    if draft.partial and reading.network == "complete":
        reading = replace(reading, network="partial")
    reading = apply(reading, draft.corrections, reference("units"), places())
    problems = tuple(problem for problem in reading.problems if not _is_dated(draft, problem))
    reading = replace(reading, problems=problems)
    return replace(reading, problems=(*_about_the_whole(store, draft, reading), *problems))


def _is_dated(draft: Draft, problem: Problem) -> bool:
    """Whether a person gave the date that a problem asks for."""
    if problem.field != AS_OF:
        return False
    return bool(draft.as_of or (problem.params.get("table") != "network" and draft.missions_as_of))


def remembered(store: Store, draft: Draft) -> tuple[Decision, ...]:
    """The decisions of before that still hold for this draft."""
    again = {key(printed) for printed in draft.reopened}
    return tuple(decision for decision in store.decisions() if key(decision.printed) not in again)


def _about_the_whole(store: Store, draft: Draft, reading: DocumentReading) -> list[Problem]:
    """Doubts about the document itself: known already, its dates, how much of the network it is."""
    file, problems = Where(draft.upload.name, part="file"), []
    stored = store.imported(draft.upload.sha256)
    if stored:
        sha256 = draft.upload.sha256[:12]
        problems.append(Problem("error", "imported_before", file, sha256, {"release": stored}))
    given = [date for date in (draft.as_of, draft.missions_as_of) if date]
    network_as_of, missions_as_of = dates(draft, reading)
    for date in given:
        if not real_date(date):
            problems.append(Problem("error", "no_date", file, date, field=AS_OF))
        elif years_ahead(date):
            problems.append(Problem("error", "date_years_ahead", file, date, field=AS_OF))
    problems += _in_future(draft, reading)
    is_asked = any(problem.field == AS_OF for problem in reading.errors)
    if not given and not is_asked and not (network_as_of or missions_as_of):
        problems.append(Problem("error", "date_not_printed", file, field=AS_OF))
    if network_as_of and not (draft.as_of or reading.network_as_of):
        code = "network_date_of_missions"
        problems.append(Problem("warning", code, file, network_as_of, field=AS_OF))
    if missions_as_of and reading.missions_as_of not in (None, missions_as_of):
        params: Params = {"date": str(reading.missions_as_of)}
        problems.append(
            Problem("warning", "missions_date_printed", file, missions_as_of, params, field=AS_OF)
        )
    return problems + _small(store, reading, file)


def _in_future(draft: Draft, reading: DocumentReading) -> list[Problem]:
    """A printed date that is still to come is a slip, or it announces a network: a person says."""
    printed = {"network": reading.network_as_of, "missions": reading.missions_as_of}
    today = dt.datetime.now(dt.UTC).date().isoformat()
    problems = [
        Problem(
            "error",
            "future_date",
            Where(draft.upload.name, part="file"),
            date,
            {"table": table},
            () if years_ahead(date) else (date,),
            field=AS_OF,
        )
        for table, date in printed.items()
        if date and date > today[: len(date)]
    ]
    return [problem for problem in problems if not _is_dated(draft, problem)]


def _small(store: Store, reading: DocumentReading, file: Where) -> list[Problem]:
    """A table of a few posts, taken for the whole network, would close all the others."""
    if reading.network != "complete":
        return []
    before = store.network(store.default_release()).postings
    was, now = (int((frame["kind"] == "LO").sum()) for frame in (before, reading.postings))
    if now * 2 >= was:
        return []
    return [Problem("warning", "small_network", file, str(now), {"before": was, "now": now})]


def dates(draft: Draft, reading: DocumentReading) -> tuple[str | None, str | None]:
    """Reference dates of (network, missions): a person's, else the printed one, else each other's.

    A date given for the network leaves the one that is printed for the missions as it is.
    """
    missions = draft.missions_as_of or reading.missions_as_of or draft.as_of
    network = draft.as_of or reading.network_as_of or reading.missions_as_of or draft.missions_as_of
    return (
        None if reading.network == "absent" else network or None,
        None if reading.missions == "absent" else missions or None,
    )


def network(reading: DocumentReading, name: str) -> Network:
    """The postings of a reading with their places, as the store gives those of a release."""
    postings = locate(reading.postings, places())
    return Network(name, reading.network == "complete", postings, reading.accreditations)


def compare(store: Store, reading: DocumentReading) -> Difference:
    """The difference from the newest release with a complete network, and with missions."""
    before = _newest(store, "network") if reading.network != "absent" else None
    counted = _newest(store, "missions") if reading.missions != "absent" else None
    result = changes(
        store.network(before) if before else None,
        network(reading, "") if reading.network != "absent" else None,
        store.deployments(counted) if counted else None,
        reading.deployments if reading.missions != "absent" else None,
    )
    return Difference(before, counted, result)


def _newest(store: Store, table: str) -> str | None:
    releases = store.releases()
    having = releases[releases[table] == "complete"]
    order = having[f"{table}_as_of"].sort_values(ascending=False, kind="stable").index
    return str(having.loc[order[0], "release"]) if len(order) else None


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


def incoming(draft: Draft, reading: DocumentReading) -> Incoming:
    """What the store is given to keep; raises DataError while there are errors."""
    if reading.errors:
        first = reading.errors[0]
        raise DataError("doubt_not_settled", str(first.where), value=first.printed)
    as_of, missions_as_of = dates(draft, reading)
    upload = draft.upload
    dated = as_of == reading.network_as_of  # a note is of the date that is printed
    return Incoming(
        upload.name,
        upload.sha256,
        upload.size,
        reading.network,
        as_of,
        reading.missions,
        missions_as_of,
        reading.total,
        _plain(reading.postings),
        _plain(reading.accreditations),
        _plain(reading.deployments),
        draft.decisions,
        tuple(_dated(draft)),
        reading.network_note_nl if dated else None,
        reading.network_note_en if dated else None,
    )


def _dated(draft: Draft) -> Iterator[Detail]:
    """What was decided and corrected, as the audit list keeps it: only what holds in the end."""
    for decision in draft.decisions:
        code, value = DECIDED[decision.meaning], decision.value or decision.reason
        yield Detail(code, {"printed": decision.printed, "value": value})
    last = {correction.cell: correction for correction in draft.corrections}
    for ((kind, row), field, _), correction in last.items():
        if field == LEAVE_OUT or ((kind, row), LEAVE_OUT, "") not in last:
            code = "left_out" if field == LEAVE_OUT else "corrected"
            params: dict[str, str | int] = {"kind": kind, "row": row, "value": correction.value}
            params |= {"field": field} if code == "corrected" else {}
            if correction.printed:
                yield Detail(f"{code}_printed", params | {"printed": correction.printed})
            else:
                yield Detail(code, params)
    if draft.partial:
        yield Detail("partial")


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), None)
