"""A reading on its way into the store: everything about it is checked before a table is touched."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from data.load import RELEASE_TABLES, check_units, reference
from data.store.audit import Detail
from data.store.tables import rows_of, typed
from geo.errors import BroughtFileError, DataError
from geo.names.decisions import Decision, by_key
from geo.names.normalise import key
from geo.reading.persons import names_somebody
from geo.schemas import TABLES
from geo.schemas.validation import validate

_LONGEST = 80  # a role or department
_LONGEST_NAME = 255  # a file
_NO_NUMBERS: Mapping[str, Sequence[int]] = {}


@dataclass(frozen=True)
class Incoming:
    """A reading that a person confirmed.

    `name`, `sha256` and `size` (bytes) are of the document's file. `network` and `missions` are
    "complete", "partial" or "absent", each with its reference date. The frames are tables of
    `geo.schemas`; what stands in their column `document` is replaced by the id of the release.
    `corrections` are what the audit list tells of them.
    """

    name: str
    sha256: str
    size: int
    network: str
    network_as_of: str | None
    missions: str
    missions_as_of: str | None
    missions_total: int | None
    postings: pd.DataFrame
    accreditations: pd.DataFrame
    deployments: pd.DataFrame
    decisions: tuple[Decision, ...] = ()
    corrections: tuple[Detail, ...] = ()
    network_note_nl: str | None = None
    network_note_en: str | None = None

    @property
    def where(self) -> str:
        """The document as an error names it."""
        return f"document {self.name}"

    @property
    def as_of(self) -> str:
        """The reference date that names the release: of the missions, else of the network."""
        return self.missions_as_of or self.network_as_of or ""


@dataclass(frozen=True)
class Checked:
    """What `add` writes: the row of `releases`, the tables, the decisions. The id is not final."""

    release: dict[str, Any]
    facts: dict[str, pd.DataFrame]
    decisions: list[dict[str, str]]


def check(incoming: Incoming, root: Path, by: str, at: str) -> Checked:
    """The reading as rows that fit; raises DataError at the first thing that does not.

    Codes and regions are those of the tables in `root`. A decision without who or when is `by`'s,
    made `at`.
    """
    try:
        return _checked(incoming, root, by, at)
    except DataError as error:
        raise BroughtFileError.of(error) from error


def _checked(incoming: Incoming, root: Path, by: str, at: str) -> Checked:
    _check_file(incoming)
    for detail in incoming.corrections:
        check_texts(f"{incoming.where}, corrections", detail.params.values())
    row: dict[str, object] = dict.fromkeys(TABLES["releases"].columns)
    row |= {name: getattr(incoming, name) for name in row if hasattr(incoming, name)}
    row |= {"release": "provisional", "document": "provisional"}
    release = typed("releases", pd.DataFrame([row], dtype="object"))
    release = validate("releases", release, incoming.where)
    units = set(reference("units", root)["iso3"])
    facts = {name: _facts(incoming, name, units) for name in RELEASE_TABLES}
    _check_together(incoming, facts)
    _check_decisions(incoming, units, root)
    decisions = [_decision(decision, by, at) for decision in incoming.decisions]
    return Checked(rows_of(release)[0], facts, decisions)


def role(by: str) -> str:
    """Who does it, as one short line: a role or department. Raises DataError."""
    by = by.strip()
    if not by.isprintable() or not 0 < len(by) <= _LONGEST:
        raise DataError("nobody_named", "by", value=by[:_LONGEST], most=_LONGEST)
    return by


def now() -> str:
    """The time in UTC as ISO 8601, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def check_texts(where: str, texts: Iterable[object]) -> None:
    """No database keeps a NUL or half a character; raises DataError at the first text with one."""
    for text in texts:
        if isinstance(text, str) and re.search("[\0\ud800-\udfff]", text):
            raise DataError("unstorable_character", where, value=ascii(text)[:80])


def refuse_person(where: str, text: str) -> None:
    """What people type is kept and shown: it names nobody. Raises DataError."""
    if names_somebody(text):
        raise DataError("person_named", where)


def _check_file(incoming: Incoming) -> None:
    name = incoming.name
    if not name.isprintable() or not 0 < len(name) <= _LONGEST_NAME or "/" in name or "\\" in name:
        raise DataError("no_file_name", "document", value=name[:80])
    if not re.fullmatch("[0-9a-f]{64}", incoming.sha256) or incoming.size < 0:
        raise DataError("no_fingerprint", incoming.where, value=incoming.sha256[:80])


def _facts(incoming: Incoming, name: str, units: set[str]) -> pd.DataFrame:
    where = f"{incoming.where}, table {name}"
    frame: pd.DataFrame = getattr(incoming, name).reset_index(drop=True)
    if "document" in frame:
        frame = frame.assign(document="provisional")
    try:
        frame = typed(name, frame)
    except (TypeError, ValueError) as error:
        raise DataError("cell_of_wrong_kind", where, why=str(error)) from error
    frame = validate(name, frame, where)
    for column in frame:
        check_texts(f"{where}, column {column}", frame[column])
    check_units(frame, units, where)
    return frame


def _check_together(incoming: Incoming, facts: dict[str, pd.DataFrame]) -> None:
    """What the document has there are rows of, and what it has not there are none of."""
    for table, word, code in (
        ("postings", incoming.network, "network_contradicts_postings"),
        ("deployments", incoming.missions, "missions_contradict_deployments"),
    ):
        if facts[table].empty != (word == "absent"):
            raise DataError(code, incoming.where, value=word)
    if incoming.network == incoming.missions == "absent":
        raise DataError("neither_network_nor_missions", incoming.where)
    check_served(facts["postings"], facts["accreditations"], incoming.where)


def check_served(
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    where: str,
    numbers: Mapping[str, Sequence[int]] = _NO_NUMBERS,
    certain: Sequence[bool] | None = None,
) -> None:
    """Every area belongs to a posting, and every post serves its own host.

    `numbers`: the row of the file for each row of a table, where a person can look it up;
    `certain`: which postings have a host to check, where not all do. Raises DataError at the first
    row that breaks this: a post that serves nobody would read as a gap.
    """

    def at(table: str, row: int) -> tuple[str, int]:
        return f"{where}, table {table}", numbers[table][row] if table in numbers else row + 2

    keys = postings.set_index(["kind", "row"]).index
    strangers = ~accreditations.set_index(["kind", "row"]).index.isin(keys)
    if strangers.any():
        raise DataError("no_posting_of_row", *at("accreditations", int(strangers.argmax())))
    served = set(accreditations[["kind", "row", "iso3"]].itertuples(index=False, name=None))
    for row, (kind, number, host) in enumerate(
        postings[["kind", "row", "host"]].itertuples(index=False, name=None)
    ):
        if kind != "LO" or (certain and not certain[row]):
            continue
        if pd.isna(host):
            raise DataError("cell_empty", *at("postings", row), "host")
        if (kind, number, host) not in served:
            place = at("postings", row)
            raise DataError("host_not_served", *place, "host", host, kind=kind, number=int(number))


def _check_decisions(incoming: Incoming, units: set[str], root: Path) -> None:
    """The next reading must be able to use them: one that it cannot would stop every reading."""
    where = f"{incoming.where}, decisions"
    for decision in incoming.decisions:
        check_texts(where, asdict(decision).values())
    printed = [*reference("regions", root)["region"], *reference("region_aliases", root)["printed"]]
    try:
        by_key(incoming.decisions, units, {key(region) for region in printed})
    except DataError as error:
        raise error.placed(where) from error


def _decision(decision: Decision, by: str, at: str) -> dict[str, str]:
    where = f"decision about {decision.printed!r}"
    try:
        moment = dt.datetime.fromisoformat(decision.decided_at or at)
    except ValueError as error:
        value = decision.decided_at
        raise DataError("no_time", where, value=value) from error
    # One form for all, so that the newest is found by comparing texts; without zone it is UTC.
    moment = moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)
    when = moment.isoformat(timespec="seconds")
    return asdict(replace(decision, decided_by=role(decision.decided_by or by), decided_at=when))
