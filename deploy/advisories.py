"""Advisories about packages, read from a file instead of asked for over the network.

The file is what OSV exports of an ecosystem (`PyPI/all.zip`), or a folder with the same JSON files
in it. What an advisory says of a version follows the evaluation of the OSV schema, with the order
of versions that PEP 440 gives.
"""

from __future__ import annotations

import json
import lzma
import zipfile
import zlib
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
            names = {advisory["id"], *(advisory.get("aliases") or ())}
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
                for affected in advisory.get("affected") or ()
                if _of_python(affected)
            }
            _ = {*(advisory.get("aliases") or ())}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
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
                    content = archive.read(name)
                    yield name, content
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise UnreadableError(f"{path}: neither a zip nor a folder of advisories") from error
    except (RuntimeError, zlib.error, lzma.LZMAError) as error:  # a lock, an unknown compression
        raise UnreadableError(f"{path}: {name} in it cannot be unpacked: {error}") from error


def _of_python(affected: Advisory) -> bool:
    package = affected.get("package", {})
    return str(package.get("ecosystem", "")).partition(":")[0] == ECOSYSTEM


def _fault(advisory: Advisory, name: str, version: Version) -> Fault | None:
    """The advisory as a fault of the version; None where the version is not affected."""
    doubtful = False
    for affected in advisory.get("affected") or ():
        if not _of_python(affected) or canonicalize_name(affected["package"]["name"]) != name:
            continue
        listed, spans = affected.get("versions") or (), affected.get("ranges") or []
        spans = spans if isinstance(spans, list) else [spans]
        # Commits alone say nothing of a version.
        tell = [
            span for span in spans if not (isinstance(span, dict) and span.get("type") == "GIT")
        ]
        held = [_listed(version, listed), *(_holds(version, span) for span in tell)]
        if True in held:
            return Fault(advisory["id"], _mended(version, tell))
        doubtful = doubtful or None in held or not (tell or listed)
    return Fault(advisory["id"], (), certain=False) if doubtful else None


def _holds(version: Version, span: Advisory) -> bool | None:
    """Whether a range has the version; None where it cannot be compared."""
    try:
        return _inside(version, span)
    except (InvalidVersion, KeyError, TypeError, AttributeError):
        return None


def _listed(version: Version, versions: Sequence[str]) -> bool | None:
    """Whether a list names the version; what was never a version of PEP 440 is not ours.

    None where it is no list.
    """
    if not isinstance(versions, list | tuple):
        return None
    for each in versions:
        try:
            if Version(each) == version:
                return True
        except (InvalidVersion, TypeError):
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


def _order(event: tuple[str, str]) -> tuple[bool, Version, int]:
    """By version, "0" in front, which is before all of them.

    Where events meet, what was mended comes first and the last affected last, so that a range may
    begin where another ends, and a version may be the only one.
    """
    kind, text = event
    first = text in ("0", "*")
    rank = {"fixed": 0, "introduced": 1}.get(kind, 2)
    return not first, Version("0") if first else Version(text), rank


def _mended(version: Version, spans: Sequence[Advisory]) -> tuple[str, ...]:
    """The fixed versions that come after this one; a range that cannot be read names none."""
    fixed: dict[str, Version] = {}
    for span in spans:
        try:
            named = [event["fixed"] for event in span["events"] if "fixed" in event]
            fixed |= {text: Version(text) for text in named}
        except (InvalidVersion, KeyError, TypeError, AttributeError):
            continue
    return tuple(sorted((each for each in fixed if fixed[each] > version), key=fixed.__getitem__))
