"""Rows as bytes: JSON, CSV or GeoJSON, kept for whoever asks the same again.

The same release under the same choices gives the same bytes, in every process of an installation,
so the tag of an answer (`ETag`) is made of the fingerprint of the release and of the bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from time import monotonic
from typing import Any

import pandas as pd
import shapely

from dashboard import provenance, records, snapshot
from dashboard.exports.data_files import LIGHT, STATIC, as_csv
from dashboard.i18n import texts_of
from dashboard.open_data.fields import SEPARATOR, TABLES
from dashboard.web import encoding
from dashboard.web.api import description
from dashboard.web.api.parameters import MEDIA_TYPES, Query, parse
from dashboard.web.api.resources import AREAS, POINT, Record, Resource, parts_of
from data.shapes import light_shapes

ROOM = 48 * 1024 * 1024  # bytes of all answers that a process keeps
PAUSE = 1.0  # seconds until an answer that is kept is held against the data again
SMALLEST = 1024  # bytes that are worth compressing
DECIMALS = 4  # of a coordinate: 11 metres


@dataclass
class Answer:
    """The bytes of an answer with their type and tag, and the query for the rows behind it."""

    body: bytes
    media_type: str
    tag: str
    next: str = ""
    zipped: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        if len(self.body) >= SMALLEST:
            self.zipped = encoding.packed(self.body)

    def __len__(self) -> int:
        return len(self.body) + len(self.zipped)


class Answers:
    """The answers that were asked for last, at most `room` bytes.

    All of one state of the data, `version`: that is looked at every `pause` seconds, since it costs
    more than an answer that is here.
    """

    def __init__(self, version: Callable[[], str], room: int = ROOM, pause: float = PAUSE) -> None:
        self._look, self._room, self._pause = version, room, pause
        self._version, self._looked, self._size = "", float("-inf"), 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, at: Hashable) -> Answer | None:
        """The answer for `at`, None where it is not here; raises DataError."""
        with self._lock:
            self._forget()
            if at in self._answers:
                self._answers.move_to_end(at)
            return self._answers.get(at)

    def add(self, version: str, at: Hashable, answer: Answer) -> None:
        """Keep an answer made of that state of the data; those not asked for the longest go.

        Nothing of another state is kept, as where the data changed while it was made.
        """
        with self._lock:
            if version != self._version:
                return
            if before := self._answers.pop(at, None):
                self._size -= len(before)
            self._answers[at] = answer
            self._size += len(answer)
            while self._size > self._room and len(self._answers) > 1:
                self._size -= len(self._answers.popitem(last=False)[1])

    def _forget(self) -> None:
        """Let go of the answers of data that has changed; raises DataError."""
        if monotonic() - self._looked < self._pause:
            return
        if (version := self._look()) != self._version:
            self._answers.clear()
            self._version, self._size = version, 0
        self._looked = monotonic()


ANSWERS = Answers(lambda: snapshot.current().version)


@dataclass(frozen=True)
class Demand:
    """What a request asks: `release` and `iso3` as its path names them, or "".

    `resource` None is the description of the interface; `query` is that of the address, `accept`
    the header of that name.
    """

    resource: Resource | None
    release: str
    iso3: str
    query: str
    accept: str


def make(demand: Demand) -> Answer:
    """Return the answer to a request, made and kept where it is not here; raises DataError."""
    if (answer := ANSWERS.get(demand)) is None:
        with snapshot.steady():
            version = snapshot.current().version
            answer = _described(demand.query) if demand.resource is None else _answer(demand)
        ANSWERS.add(version, demand, answer)
    return answer


def _described(query: str) -> Answer:
    """The description of the interface, OpenAPI 3.1."""
    choices = parse(query, "", "", ("taal",), ("json",))
    body = _written(description.openapi(texts_of(choices.filters.language)))
    return Answer(body, MEDIA_TYPES["json"], f'W/"{_digest(body)}"')


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:24]


def _answer(demand: Demand) -> Answer:
    resource, named = demand.resource, demand.release or demand.iso3
    assert resource
    query = parse(
        demand.query, demand.accept, demand.release, resource.parameters, resource.formats
    )
    frame = resource.rows(named, query)
    end = query.offset + query.limit
    page = frame.iloc[query.offset : end]
    following = query.from_row(end) if end < len(frame) else ""
    if query.format == "csv":
        body = as_csv(page)
    elif query.format == "geojson":
        body = _geojson(resource, page, query)
    elif resource.member:
        lists = parts_of(named, query) if resource.parts else {}
        body = _written(records.plain(page)[0] | lists)
    else:
        counts = {"total": len(frame), "offset": query.offset, "limit": query.limit}
        body = _written({"items": records.plain(page), **counts, "next": following or None})
    tag = f'W/"{_state()}-{_digest(body)}"'
    return Answer(body, MEDIA_TYPES[query.format], tag, following)


def _state() -> str:
    """Eight signs that change when a row of a release does: a gap may be of an earlier one."""
    fingerprints = " ".join(map(provenance.fingerprint, snapshot.releases()["release"]))
    return hashlib.sha256(fingerprints.encode()).hexdigest()[:8]


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _geojson(resource: Resource, page: pd.DataFrame, query: Query) -> bytes:
    """Rows as features, each under the key of its table; one row alone is a feature itself."""
    key = TABLES[resource.table].key
    features = [
        f'{{"type":"Feature","id":{_text("/".join(str(row[name]) for name in key))},'
        f'"geometry":{_geometry(resource.shape, row)},"properties":{_text(row)}}}'
        for row in records.plain(page)
    ]
    borders = _text(texts_of(query.filters.language)("provenance.borders"))
    if resource.member:
        return f'{features[0][:-1]},"borders":{borders}}}'.encode()
    joined = ",".join(features)
    return f'{{"type":"FeatureCollection","borders":{borders},"features":[{joined}]}}'.encode()


def _text(value: Any) -> str:
    return _written(value).decode()


def _geometry(shape: str, row: Record) -> str:
    """The place of a row, "null" where it has none."""
    if shape == POINT:
        if row["lon_deg"] is None or row["lat_deg"] is None:
            return "null"
        degrees = [round(row[name], DECIMALS) for name in ("lon_deg", "lat_deg")]
        return _text({"type": "Point", "coordinates": degrees})
    if shape == AREAS:
        return _together(row["areas_iso3"] or "")
    return _together(row["iso3"] or "")


@lru_cache(maxsize=512)
def _together(codes: str) -> str:
    """The shapes of units as one; "null" where none of them has a shape."""
    known = light_shapes(STATIC / LIGHT)
    shapes = [known[code] for code in codes.split(SEPARATOR) if code in known]
    if not shapes:
        return "null"
    whole = shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)
    # Rounding may close a strait, which this mends; outer rings run against the clock (RFC 7946).
    whole = shapely.orient_polygons(shapely.set_precision(whole, 10**-DECIMALS))
    return str(shapely.to_geojson(whole))
