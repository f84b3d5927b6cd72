"""Advisories about packages, read from a file instead of asked for over the network.

The file is what OSV exports of an ecosystem (`PyPI/all.zip`), or a folder with the same JSON files
in it. What an advisory says of a version follows the evaluation of the OSV schema, with the order
of versions that PEP 440 gives.
"""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ECOSYSTEM = "PyPI"
Advisory = Mapping[str, Any]


class UnreadableError(ValueError):
    """The database cannot be used; the text names the file and says why."""


@dataclass(frozen=True)
class Fault:
    """One advisory that holds for a version; `mended` are the fixed versions after it.

    `certain` is False where the advisory names its versions in a way that cannot be compared: it
    may or may not hold, and a person has to look.
    """

    id: str
    mended: tuple[str, ...]
    certain: bool = True


@dataclass(frozen=True)
class Database:
    """The advisories of the packages that were asked about, by normalised name.

    `modified` is when the newest advisory of the whole database was changed, `count` how many it
    has on packages of Python that are not withdrawn.
    """

    advisories: Mapping[str, Sequence[Advisory]]
    modified: datetime
    count: int

    def faults(self, name: str, version: str) -> list[Fault]:
        """What is known of a package in that version; of several names of one fault, the first."""
        found: list[Fault] = []
        named: set[str] = set()
        key, pinned = canonicalize_name(name), Version(version)
        for advisory in sorted(self.advisories.get(key, ()), key=lambda each: str(each["id"])):
            fault = _fault(advisory, key, pinned)
            names = {advisory["id"], *advisory.get("aliases", ())}
            if fault and not (fault.certain and names & named):
                found.append(fault)
                named |= names if fault.certain else set()
        return found


def read(path: Path, names: Collection[str]) -> Database:
    """The database at `path`, a zip or a folder, with the advisories of the packages named.

    Raises UnreadableError where it cannot be opened, a file in it is no advisory, or none of them
    is about packages of Python.
    """
    wanted = {canonicalize_name(name) for name in names}
    found: dict[str, list[Advisory]] = defaultdict(list)
    modified, count = None, 0
    for file, content in _files(path):
        try:
            advisory = json.loads(content)
            changed = datetime.fromisoformat(advisory["modified"])
            _ = advisory["id"] + ""
            packages = {
                canonicalize_name(affected["package"]["name"])
                for affected in advisory.get("affected", ())
                if _of_python(affected)
            }
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableError(f"{path}: {file} is no advisory in the form of OSV") from error
        if changed.tzinfo is None:
            raise UnreadableError(f"{path}: {file} gives a time without a zone")
        if not packages:
            continue
        modified = max(modified or changed, changed)
        if advisory.get("withdrawn"):
            continue
        count += 1
        for name in packages & wanted:
            found[name].append(advisory)
    if modified is None:
        raise UnreadableError(f"{path}: no advisory on a package of {ECOSYSTEM} in it")
    return Database(found, modified, count)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The JSON files of the database, by name."""
    try:
        if path.is_dir():
            for file in sorted(path.rglob("*.json")):
                yield file.name, file.read_bytes()
            return
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield name, archive.read(name)
    except (OSError, zipfile.BadZipFile) as error:
        raise UnreadableError(f"{path}: neither a zip nor a folder of advisories") from error


def _of_python(affected: Advisory) -> bool:
    package = affected.get("package", {})
    return str(package.get("ecosystem", "")).partition(":")[0] == ECOSYSTEM


def _fault(advisory: Advisory, name: str, version: Version) -> Fault | None:
    """The advisory as a fault of the version; None where the version is not affected."""
    doubtful = False
    for affected in advisory.get("affected", ()):
        if not _of_python(affected) or canonicalize_name(affected["package"]["name"]) != name:
            continue
        spans = [span for span in affected.get("ranges", ()) if span.get("type") != "GIT"]
        listed = affected.get("versions", ())
        try:
            if _listed(version, listed) or any(_inside(version, span) for span in spans):
                return Fault(advisory["id"], _mended(version, spans))
        except (InvalidVersion, KeyError, TypeError):
            doubtful = True
        # Commits alone say nothing of a version.
        doubtful = doubtful or not (spans or listed)
    return Fault(advisory["id"], (), certain=False) if doubtful else None


def _listed(version: Version, versions: Sequence[str]) -> bool:
    """Whether a list names the version; what was never a version of PEP 440 is not ours."""
    for each in versions:
        try:
            if Version(each) == version:
                return True
        except InvalidVersion:
            continue
    return False


def _inside(version: Version, span: Advisory) -> bool:
    """Whether the events of one range leave the version affected; raises InvalidVersion."""
    events = [(kind, text) for event in span["events"] for kind, text in event.items()]
    limits = [text for kind, text in events if kind == "limit"]
    if limits and not any(text == "*" or version < Version(text) for text in limits):
        return False
    affected = False
    for kind, text in sorted(events, key=_order):
        if kind == "introduced" and (text == "0" or version >= Version(text)):
            affected = True
        if kind == "fixed" and version >= Version(text):
            affected = False
        if kind == "last_affected" and version > Version(text):
            affected = False
    return affected


def _order(event: tuple[str, str]) -> tuple[bool, Version, bool]:
    """By version, "0" in front, which is before all of them; where two meet, the worse counts."""
    kind, text = event
    first = text in ("0", "*")
    return not first, Version("0") if first else Version(text), kind == "introduced"


def _mended(version: Version, spans: Sequence[Advisory]) -> tuple[str, ...]:
    """The fixed versions that come after this one."""
    fixed = {event["fixed"] for span in spans for event in span["events"] if "fixed" in event}
    return tuple(sorted((each for each in fixed if Version(each) > version), key=Version))
