"""What a request may ask for, and its query as choices: the same keys as the addresses of pages.

A page leaves what it does not understand at its default and says so; nobody reads such a note in a
program, so here it is an error. What is accepted stands in one table, from which the description
of the interface is made too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dashboard import links, snapshot
from dashboard.filters import BY_ORGANISATION, LAYERS, NO_LAYERS, Filters, ValidNames, slug
from dashboard.i18n import LANGUAGES
from data.load import reference
from geo.errors import DataError
from geo.options import KINDS, UNKNOWNS
from geo.ranking import WEIGHTS

MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "geojson": "application/geo+json",
}
MOST_ROWS = 1_000  # of an answer
FURTHEST = 1_000_000  # row that an answer may begin behind
LONGEST = 2_000  # characters of a query
_RANGES = {"limit": range(1, MOST_ROWS + 1), "offset": range(FURTHEST + 1)}


@dataclass(frozen=True)
class Query:
    """The choices of a request, its parameters as they were sent, its format and page of rows."""

    filters: Filters
    values: tuple[tuple[str, str], ...]
    format: str
    limit: int = MOST_ROWS
    offset: int = 0

    def names(self, parameter: str) -> bool:
        """Whether the request has the parameter itself."""
        return any(name == parameter for name, _ in self.values)

    def from_row(self, offset: int) -> str:
        """The query that asks for the same from another row on."""
        return "?" + urlencode(dict(self.values) | {"offset": str(offset)}, safe=",:")


def _several(choices: Sequence[str], none: bool = False) -> dict[str, Any]:
    """A text of one or more of these choices with commas between them, or "none"."""
    one = f"({'|'.join(choices)})"
    several = f"{one}(,{one})*"
    return {"type": "string", "pattern": f"^({NO_LAYERS}|{several})$" if none else f"^{several}$"}


def schemas() -> dict[str, dict[str, Any]]:
    """Parameter -> its JSON Schema; raises DataError."""
    units = reference("units")
    areas = sorted({slug(area) for area in (*units["continent"], *units["subregion"])})
    numbers = {
        name: {"type": "integer", "minimum": valid.start, "maximum": valid.stop - 1}
        for name, valid in _RANGES.items()
    }
    numbers["limit"]["default"], numbers["offset"]["default"] = MOST_ROWS, 0
    return {
        "org": _several(BY_ORGANISATION),
        "lagen": _several(LAYERS, none=True),
        "gebied": {"type": "string", "enum": areas},
        "land": {"type": "string", "enum": sorted(units["iso3"])},
        "soort": _several(KINDS),
        "weging": {"type": "string", "pattern": f"^{_WEIGHT}(,{_WEIGHT})*$"},
        "onbekend": {"type": "string", "enum": list(UNKNOWNS)},
        "release": {"type": "string"},
        "taal": {"type": "string", "enum": list(LANGUAGES), "default": LANGUAGES[0]},
        "format": {"type": "string", "enum": list(MEDIA_TYPES)},
        **numbers,
    }


_WEIGHT = f"({'|'.join(WEIGHTS)}):[0-5]"


@snapshot.cached(1)
def _valid() -> ValidNames:
    return snapshot.valid_names()


def parse(
    query: str, accept: str, release: str, allowed: Sequence[str], formats: Sequence[str]
) -> Query:
    """Return what a request asks for; raises DataError for whatever in it means nothing.

    `allowed` are the parameters and `formats` the formats of the resource, `release` the one that
    its path names, or "".
    """
    if len(query) > LONGEST:
        raise DataError("api_query_too_long", "query", most=LONGEST)
    values = links.joined(parse_qsl(query, keep_blank_values=True))
    for name in values:
        if name not in allowed:
            raise DataError(
                "api_parameter_unknown", "query", value=name[:40], allowed=tuple(allowed)
            )
    chosen = {name: values[name] for name in values if name not in ("format", *_RANGES)}
    if release:
        chosen["release"] = release
    if "release" in chosen:
        snapshot.store().release(chosen["release"])  # is there, or an error
    filters, notices = links.from_query(chosen, _valid())
    if notices:
        _refuse(notices[0].parameter, notices[0].value)
    rows = {name: _whole(name, values.get(name)) for name in _RANGES if name in allowed}
    wanted = _format(values.get("format"), accept, formats)
    return Query(filters, tuple(values.items()), wanted, **rows)


def _refuse(parameter: str, value: str) -> None:
    schema = schemas()[parameter]
    words = tuple(schema["enum"]) if "enum" in schema else (schema.get("pattern", ""),)
    few = words if len(words) <= 40 else (*words[:3], "…")
    raise DataError("api_parameter_wrong", parameter, value=value[:40], allowed=few)


def _whole(name: str, text: str | None) -> int:
    valid = _RANGES[name]
    if text is None:
        return MOST_ROWS if name == "limit" else 0
    if not (text.isascii() and text.isdigit()) or int(text[:9]) not in valid or len(text) > 9:
        bounds = (f"{valid.start} - {valid.stop - 1}",)
        raise DataError("api_parameter_wrong", name, value=text[:40], allowed=bounds)
    return int(text)


def _format(named: str | None, accept: str, formats: Sequence[str]) -> str:
    """The format that is named, else the one that the header `Accept` likes best."""
    if named is not None:
        if named not in MEDIA_TYPES:
            raise DataError(
                "api_parameter_wrong", "format", value=named[:40], allowed=tuple(formats)
            )
        if named not in formats:
            raise DataError("api_no_such_format", "format", value=named, allowed=tuple(formats))
        return named
    liked = [(_liking(accept, MEDIA_TYPES[each]), each) for each in formats]
    best, wanted = max(liked, key=lambda pair: pair[0])  # the first of those it likes as well
    if best <= 0:
        raise DataError("api_no_such_format", "Accept", value=accept[:80], allowed=tuple(formats))
    return wanted


def _liking(accept: str, media_type: str) -> float:
    """How much a header `Accept` wants a type of media, 0 to 1; what names it closest counts."""
    if not accept.strip():
        return 1.0
    group = f"{media_type.partition('/')[0]}/*"
    closest = {media_type: 3, group: 2, "*/*": 1}
    best = (0, 0.0)
    for part in accept.lower().split(","):
        name, *rest = (piece.strip() for piece in part.split(";"))
        weights = [piece[2:].strip() for piece in rest if piece.startswith("q=")]
        if name in closest:
            best = max(best, (closest[name], _weight(weights[0]) if weights else 1.0))
    return best[1]


def _weight(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0
