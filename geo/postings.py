"""Printed rows become postings and accreditations, with a problem for every doubt.

These are the reading rules that decide the numbers: each printed row is one posting; an
organisation that is not printed stays not stated; every country of the work area is served, and
the host too; regions are expanded and say so; a pending decision makes a posting planned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pandas as pd

from geo.names import Match, Region, Resolver, Unresolved, key
from geo.problems import Problem, unresolved
from geo.schemas import ORGANISATIONS, TABLES
from geo.workarea import WorkArea, read_work_area

_ORGANISATION = re.compile(rf"^(.*?)[\s\-–—]*\b({'|'.join(ORGANISATIONS)})\.?\s*$", re.I | re.S)
_FILO = re.compile(rf"^({'|'.join(ORGANISATIONS)})?\s*FILO\b\s*(.*)$", re.I | re.S)
_ORDINAL = re.compile(r"(?:\s*[-–—]\s*|\s+)\d+\s*$")
_BRACKET = re.compile(r"\s*\(([^()]*)\)?\s*")
_DASH = re.compile(r"\s+[-–—]\s+")


@dataclass(frozen=True)
class PrintedRow:
    """One row of a table as printed; `table` and `row` say where it stands in `document`."""

    kind: str
    document: str
    table: str
    row: int
    region: str
    label: str
    city: str = ""
    area: str = ""

    @property
    def where(self) -> str:
        """The place of the row in words a reader can follow."""
        return f"{self.table}, row {self.row}"


@dataclass
class Reading:
    """Postings and accreditations as rows of `geo.schemas`, and what stayed in doubt."""

    postings: list[dict[str, object]] = field(default_factory=list)
    accreditations: list[dict[str, object]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """(postings, accreditations) with the columns of `geo.schemas`, untyped."""
        return (
            pd.DataFrame(self.postings, columns=list(TABLES["postings"].columns)),
            pd.DataFrame(self.accreditations, columns=list(TABLES["accreditations"].columns)),
        )


class Gazetteer:
    """Finds a printed duty station in the tables `cities` and `city_aliases`."""

    def __init__(self, cities: pd.DataFrame, aliases: pd.DataFrame) -> None:
        self._known: dict[tuple[str, str], str] = {}
        for name, city, iso3 in zip(cities["city"], cities["city"], cities["iso3"], strict=True):
            self._known[key(name), iso3] = city
        for name, city, iso3 in zip(*(aliases[c] for c in aliases.columns), strict=True):
            self._known[key(name), iso3] = city

    def find(self, printed: str, iso3: str) -> str | None:
        """The city's own name, or None where it is not known in that country."""
        return self._known.get((key(printed), iso3))

    def within(self, text: str) -> tuple[str, str] | None:
        """(city, iso3) of the longest city name that stands in `text` as whole words."""
        pieces = re.findall(r"\w+", text)
        spans = [(i, j) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1)]
        for i, j in sorted(spans, key=lambda span: span[0] - span[1]):
            for (name, iso3), city in self._known.items():
                if name == key(" ".join(pieces[i:j])):
                    return city, iso3
        return None


def read_rows(rows: list[PrintedRow], resolver: Resolver, gazetteer: Gazetteer) -> Reading:
    """Read every printed row; the rows keep their order."""
    reading = Reading()
    readers = {"LO": _read_post, "FILO": _read_filo, "multilateral": _read_placement}
    for row in rows:
        readers[row.kind](row, resolver, gazetteer, reading)
    return reading


def _read_post(row: PrintedRow, resolver: Resolver, gazetteer: Gazetteer, reading: Reading) -> None:
    country, organisation, theme = _read_label(row, resolver, reading)
    host = resolver.unit(country)
    if isinstance(host, Unresolved):
        reading.problems.append(unresolved(host, row.where))
    if organisation is None:
        reading.problems.append(
            Problem("warning", row.where, row.label, "The organisation is not printed.")
        )
    iso3 = host.iso3 if isinstance(host, Match) else None
    area = read_work_area(row.area, resolver)
    reading.problems.extend(area.problems(row.where))
    themes = ", ".join(part for part in (theme, area.theme) if part)
    reading.postings.append(
        _posting(row, organisation, _city(row, iso3, gazetteer, reading), iso3, area, themes)
    )
    reading.accreditations.extend(_accreditations(row, area, iso3, country))


def _read_label(
    row: PrintedRow, resolver: Resolver, reading: Reading
) -> tuple[str, str | None, str]:
    """(country as printed, organisation or None, theme) of a label such as "Kenia-2 Kmar"."""
    found = _ORGANISATION.match(row.label)
    text, organisation = (found[1], _spelled(found[2])) if found else (row.label, None)
    theme = ", ".join(part.strip() for part in _BRACKET.findall(text))
    country = _ORDINAL.sub("", _BRACKET.sub(" ", text)).strip(" -–—")
    parts = _DASH.split(country)
    # "Guinee - Bissau" is one country; only a dash that no name holds sets an organisation apart.
    whole = resolver.exact(country) is not None
    if not found and not whole and len(parts) > 1 and isinstance(resolver.unit(parts[0]), Match):
        reading.problems.append(
            Problem("error", row.where, parts[-1], "Unknown organisation.", ORGANISATIONS)
        )
        country = parts[0]
    return country, organisation, theme


def _spelled(organisation: str) -> str:
    return next(name for name in ORGANISATIONS if name.casefold() == organisation.casefold())


def _city(row: PrintedRow, host: str | None, gazetteer: Gazetteer, reading: Reading) -> str | None:
    if not row.city:
        reading.problems.append(Problem("warning", row.where, "", "No duty station is printed."))
        return None
    if not host:
        return None
    choices = [part.strip() for part in row.city.split("/") if part.strip()]
    if len(choices) > 1:
        message = "Two duty stations are printed; the posting is drawn at the first."
        reading.problems.append(Problem("warning", row.where, row.city, message, tuple(choices)))
    city = gazetteer.find(choices[0], host)
    if city is None:
        message = f"This duty station is not known in {host}; it has no place on the map."
        reading.problems.append(Problem("warning", row.where, row.city, message))
    return city


def _posting(
    row: PrintedRow,
    organisation: str | None,
    city: str | None,
    host: str | None,
    area: WorkArea,
    theme: str,
) -> dict[str, object]:
    return {
        "kind": row.kind,
        "row": row.row,
        "region": row.region or None,
        "label": row.label,
        "organisation": organisation,
        "city_printed": row.city or None,
        "city": city,
        "host": host,
        "status": "planned" if area.pending else "active",
        "theme": theme or None,
        "area_printed": row.area or None,
        "document": row.document,
        "table": row.table,
        "table_row": row.row,
    }


def _accreditations(
    row: PrintedRow, area: WorkArea, host: str | None, country: str
) -> list[dict[str, object]]:
    """Named countries first, then members of regions, then the host; each unit once."""
    served: dict[str, tuple[str, str, str, float]] = {}
    for name in area.names:
        if isinstance(name, Match):
            served.setdefault(name.iso3, (name.printed, "named", name.how, name.score))
    for name in area.names:
        for member in name.members if isinstance(name, Region) else ():
            served.setdefault(member, (name.printed, "region", "region", 100.0))
    if host:
        served.setdefault(host, (country, "host", "host", 100.0))
    return [
        {"kind": row.kind, "row": row.row, "iso3": iso3}
        | dict(zip(("printed", "basis", "match", "score"), how, strict=True))
        for iso3, how in served.items()
    ]


def _read_filo(row: PrintedRow, resolver: Resolver, gazetteer: Gazetteer, reading: Reading) -> None:
    """A FILO has no post; its work area may be no list of countries at all ("wereldwijd")."""
    found = _FILO.match(row.label)
    organisation = _spelled(found[1]) if found and found[1] else None
    area = read_work_area(row.area, resolver)
    if row.area and not any(isinstance(name, Match | Region) for name in area.names):
        message = "The work area of this FILO names no country; it counts for none."
        reading.problems.append(Problem("warning", row.where, row.area, message))
        area = WorkArea(names=(), theme=area.theme, pending=area.pending)
    reading.problems.extend(area.problems(row.where))
    theme = (found[2] if found else "").strip()
    reading.postings.append(_posting(row, organisation, None, None, area, theme))
    reading.accreditations.extend(_accreditations(row, area, None, ""))


def _read_placement(
    row: PrintedRow, resolver: Resolver, gazetteer: Gazetteer, reading: Reading
) -> None:
    """A multilateral placement: the city is placed only where label or banner prints one."""
    del resolver  # a placement serves no country
    place = gazetteer.within(_DASH.split(row.label)[0]) or gazetteer.within(row.region)
    city, host = place or (None, None)
    reading.postings.append(_posting(row, None, city, host, WorkArea(names=()), ""))


def locate(postings: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """`postings` with `lat` and `lon` (degrees, WGS84) of the duty station, where one is known."""
    places = cities[["city", "iso3", "lat", "lon"]].rename(columns={"iso3": "host"})
    return postings.merge(places, on=["city", "host"], how="left")
