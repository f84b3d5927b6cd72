"""Scenario files: JSON, or the one line that stands in a link; read against a release, written.

    {"name": "Without Dubai", "release": "bijlage-2025-11", "changes": [
      {"close": {"organisation": "NP", "city": "Dubai"}},
      {"close": {"city": "Nairobi", "all": true}},
      {"move": {"row": 31, "to": {"host": "BEL", "city": "Brussel"}, "area": "host"}},
      {"area": {"row": 36, "add": ["Hungary"], "drop": ["SVN"]}},
      {"organisation": {"row": 3, "to": "KMar"}},
      {"decide": {"row": 10}},
      {"add": {"organisation": "NP", "host": "Ecuador", "city": "Quito", "area": ["PER"]}}]}

A post is named by its row, by the name that is printed (`label`: "Kenia-1"), or by organisation
("not-stated" where none is printed) and city, with host where needed, if that names one post; `all`
closes every post in a city. Countries are codes or certain names. The `area` of a move is "keep",
"host" (the new host alone) or {"to": [posts that take over]}; files of before leave it out, and
mean "keep". `name`, `release` (then the release asked for is meant) and the `area` of a new post
may be left out.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

from data.documents.opening import plain_name
from data.documents.reading import resolver
from data.load import gazetteer, places, reference
from data.store.read import Network
from geo.errors import DataError
from geo.names.normalise import one_line
from geo.scenario import (
    MOST_CHANGES,
    TAKERS,
    Add,
    Change,
    Close,
    Decide,
    Move,
    Rearrange,
    Reassign,
    Scenario,
    checked,
    parse,
)
from geo.scenario_entries import Entries
from geo.whatif import check, complete

LARGEST = 100_000  # bytes


def read(name: str, content: bytes, network: Network) -> Scenario:
    """The scenario of a file, checked against `network` as `geo.whatif.check` does.

    Raises DataError naming the file, the change (as row, counted from 1) and the value.
    """
    where = plain_name(name)
    if len(content) > LARGEST:
        raise DataError("scenario_too_large", where, most=LARGEST)
    try:
        written = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise DataError("scenario_not_utf8", where) from error
    if written[:1] != "{" and ("~" not in written or "\n" in written):
        raise DataError("scenario_no_file", where, value=written[:40])
    try:
        complete(network, network.release)
        scenario = _from_json(where, written, network) if written[:1] == "{" else parse(written)
        check(scenario, network.release, network, reference("units"), places())
    except DataError as error:
        if error.where == where:
            raise
        raise error.placed(where) from error
    return scenario


def release_of(content: bytes) -> str | None:
    """The release that a file says it is about; None where it does not say, or `read` refuses it.

    At most a line of it, whatever the file holds there.
    """
    if len(content) > LARGEST:
        return None
    written = content.decode("utf-8-sig", "replace").strip()
    if written[:1] != "{":
        first, mark, _ = written.partition("~")
        return first[:80] if mark and "\n" not in written else None
    try:
        release = json.loads(written).get("release")
    except (ValueError, RecursionError):
        return None
    return one_line(release)[:80] if isinstance(release, str) else None


def write(scenario: Scenario) -> str:
    """The scenario as the JSON that `read` takes."""
    return json.dumps(record(scenario), ensure_ascii=False, indent=2) + "\n"


def record(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain lists and dicts, see the top of this module."""
    changes = [_record(change) for change in scenario.changes]
    return {"name": scenario.name, "release": scenario.release, "changes": changes}


def _record(change: Change) -> dict[str, Any]:
    match change:
        case Close(row):
            return {"close": {"row": row}}
        case Decide(row):
            return {"decide": {"row": row}}
        case Reassign(row, organisation):
            return {"organisation": {"row": row, "to": organisation}}
        case Move(row, host, city, area, takers):
            written = {TAKERS: [{"row": taker} for taker in takers]} if area == TAKERS else area
            return {"move": {"row": row, "to": {"host": host, "city": city}, "area": written}}
        case Rearrange(row, more, less):
            return {"area": {"row": row, "add": list(more), "drop": list(less)}}
        case Add(organisation, host, city, area):
            where = {"organisation": organisation, "host": host, "city": city}
            return {"add": where | {"area": list(area)}}


def _from_json(where: str, written: str, network: Network) -> Scenario:
    try:
        content = json.loads(written)
    except (ValueError, RecursionError) as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else None
        raise DataError("scenario_no_json", where, value=place) from error
    strange = sorted(set(content) - {"name", "release", "changes"})
    if strange:
        raise DataError("scenario_word", where, value=strange[0][:40])
    listed = content.get("changes")
    if not isinstance(listed, list):
        raise DataError("changes_no_list", where)
    if len(listed) > MOST_CHANGES:  # before each is looked up
        raise DataError("too_many_changes", where, value=str(len(listed)), most=MOST_CHANGES)
    name, release = content.get("name", ""), content.get("release", network.release)
    if not isinstance(name, str) or not isinstance(release, str):
        raise DataError("name_no_text", where)
    if release != network.release:  # rows would be looked up among other posts
        return checked(Scenario(release, one_line(name)))
    entries = Entries(where, network.postings, resolver(), gazetteer())
    changes = (entries.changes(number, each) for number, each in enumerate(listed, start=1))
    return checked(Scenario(release, one_line(name), tuple(chain.from_iterable(changes))))
