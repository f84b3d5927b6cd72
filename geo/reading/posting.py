"""Printed rows become postings and accreditations, with a problem for every doubt.

These are the reading rules that decide the numbers: each printed row is one posting; an
organisation that is not printed stays not stated; every country of the work area is served, and
the host too; regions are expanded and say so; a pending decision makes a posting planned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pandas as pd

from geo.names.cities import Gazetteer
from geo.names.decisions import Ignored
from geo.names.normalise import one_line
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver
from geo.problems import Place, Problem, Where, decided
from geo.reading.checks import empty_areas, far_countries, repeated_rows
from geo.reading.flags import CellFlag
from geo.reading.label import Label, read_filo_label, read_label
from geo.reading.lists import FOOTNOTE
from geo.reading.officers import Officers, of_label, stated_in, take_officers, together
from geo.reading.persons import persons_in, readable, without_persons
from geo.reading.status import cell_status
from geo.reading.warnings import (
    AS_READ,
    OF_CITY,
    of_bracket,
    of_city,
    of_country_alone,
    of_explanation,
    of_flags,
    of_host,
    of_note,
    of_officers,
    of_part,
    of_status,
    of_theme,
    of_uncertain,
)
from geo.reading.workarea import WorkArea, read_work_area
from geo.schemas import TABLES

_DASH = re.compile(r"\s+[-–—]\s+")
_PARTS = re.compile(r"\s*[,(]\s*|\s+[-–—]\s+")  # of a duty station with its country
_NUMBERED = re.compile(r"\(\s*[2-9]\s*\)\s*$")  # a note that is nowhere, or so many officers


@dataclass(frozen=True)
class PrintedRow:
    """One row of a table as printed.

    `row` counts the rows of a kind in the whole document; `table` and `table_row` say where it
    stands, and where `table_row` is 0 that is `row` too. `area` keeps the ends of its lines.
    `officers` is what a column with their number holds; `posts` how many postings the printed row
    stands for, each of which is a row of its own here (see `each_post`).
    """

    kind: str
    document: str
    table: str
    row: int
    region: str
    label: str
    city: str = ""
    area: str = ""
    table_row: int = 0
    officers: str = ""
    flags: tuple[CellFlag, ...] = ()
    posts: int = 1

    @property
    def where(self) -> Where:
        """The table of the row, and which row it is there."""
        return Where(self.table, self.table_row or self.row)

    @property
    def place(self) -> Place:
        """Where problems about the row belong."""
        return Place(self.where, (self.kind, self.row))

    @property
    def cells(self) -> str:
        """All that the row prints, on one line."""
        return " | ".join(one_line(cell) for cell in (self.label, self.city, self.area) if cell)


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


def read_rows(
    rows: Iterable[PrintedRow],
    resolver: Resolver,
    gazetteer: Gazetteer,
    units: pd.DataFrame | None = None,
) -> Reading:
    """Read every printed row; the rows keep their order.

    With table `units` of `geo.schemas` a country far from its host is a warning too. A row that a
    person decided to leave out is a warning that quotes it, and no posting.
    """
    reading = Reading()
    for printed in single_posts(rows):
        row = _without_persons(printed, resolver, reading)
        if row.kind == "LO":
            _read_post(row, resolver, gazetteer, reading)
        elif row.kind == "FILO":
            _read_filo(row, resolver, reading)
        else:
            _read_placement(row, gazetteer, reading)
        reading.problems += of_flags(row.place, row.flags, resolver)
    reading.problems.extend(repeated_rows(reading.postings))
    asked = {one.row for one in reading.problems if one.row and one.code == "blank_cell"}
    reading.problems.extend(empty_areas(reading.postings, asked))
    if units is not None:
        reading.problems.extend(far_countries(reading.postings, reading.accreditations, units))
    return reading


def single_posts(rows: Iterable[PrintedRow]) -> list[PrintedRow]:
    """A row for each posting: one that prints "2 LO's" comes twice, and `row` counts on."""
    counts = [(row, _officers(row).count or 1) for row in rows]
    if all(count == 1 for _, count in counts):
        return [row for row, _ in counts]
    counted: Counter[str] = Counter()
    posts = []
    for row, count in counts:
        place = row.table_row or row.row
        for _ in range(count):
            counted[row.kind] += 1
            posts.append(replace(row, row=counted[row.kind], table_row=place, posts=count))
    return posts


def _officers(row: PrintedRow) -> Officers:
    cells = [of_label(row.label), *map(take_officers, (row.city, row.area))]
    return together([*cells, stated_in(row.officers)])


def _number_of_city(row: PrintedRow) -> str:
    """A number in brackets behind the city that points to no note: perhaps so many officers."""
    noted = any(flag.kind == "note" for flag in row.flags)
    return row.city if _NUMBERED.search(row.city) and not noted else ""


def _without_persons(row: PrintedRow, resolver: Resolver, reading: Reading) -> PrintedRow:
    """The row without names of persons, each of which is a warning."""
    cells = (row.region, row.label, row.city, row.area)
    names = tuple(name for text in cells for name in persons_in(text, resolver))
    if not names:
        return row
    printed = ", ".join(dict.fromkeys(names))
    reading.problems.append(row.place.warning("person", printed))
    region, label, city, area = (without_persons(text, names) for text in cells)
    return replace(row, region=region, label=label, city=city, area=area)


def _bare(text: str) -> str:
    """What is left to read of a cell: neither persons nor the number of officers."""
    return take_officers(readable(text)).rest


def _sure(text: str) -> str:
    """`_bare` of a label or city without the marks of doubt, which are a question of their own."""
    return re.sub(r"\(\s*\?+\s*\)|\?", " ", _bare(text)).strip()


def _read_post(row: PrintedRow, resolver: Resolver, gazetteer: Gazetteer, reading: Reading) -> None:
    label = read_label(_sure(row.label), resolver, row.place)
    if isinstance(label.host, Ignored):
        reading.problems.append(
            row.place.warning("row_left_out", row.cells, params=decided(label.host.decision))
        )
        return
    iso3 = label.host.iso3 if isinstance(label.host, Match) else None
    area = read_work_area(_bare(row.area), resolver)
    city = _city(row, iso3, gazetteer, resolver, reading)
    reading.problems.extend([*label.problems, *area.problems(row.place)])
    _keep(row, label, city, iso3, area, resolver, reading)


def _keep(
    row: PrintedRow,
    label: Label,
    city: str | None,
    host: str | None,
    area: WorkArea,
    resolver: Resolver,
    reading: Reading,
) -> None:
    """The posting with what it serves, and what a reader should know of the row as a whole."""
    status = label.status | area.status | cell_status(row.city)
    theme = ", ".join(part for part in (label.theme, area.theme) if part)
    served = _accreditations(row, area, host, label.country)
    units = {str(one["iso3"]) for one in served}
    reading.postings.append(_posting(row, label.organisation, city, host, status.pending, theme))
    reading.accreditations.extend(served)
    reading.problems += of_host(row.place, host, area)
    reading.problems += of_uncertain(row.place, row.label, row.city)
    many = _officers(row).doubt or _number_of_city(row)
    reading.problems += of_officers(row.place, row.cells, row.posts, many)
    reading.problems += of_explanation(row.place, area, units)
    if row.kind == "LO":
        reading.problems += of_bracket(row.place, label.theme, f"{row.city} {city or ''}", resolver)
        reading.problems += of_city(row.place, row.city, city, host, resolver)
        reading.problems += of_country_alone(row.place, row.label, row.city + row.area, label)
        theme = area.theme
    reading.problems += of_theme(row.place, theme, resolver)
    reading.problems += of_part(row.place, row.area, area)
    reading.problems += of_status(row.place, row.cells, status)
    reading.problems += of_note(row.place, row.flags, row.label, row.city, row.area)


def _without_host(text: str, host: str, gazetteer: Gazetteer, resolver: Resolver) -> list[str]:
    """The cities of a cell, without the host country that may stand behind them."""
    choices = [part.strip() for part in re.split(r"/|\s(?:en|&|\+)\s", text) if part.strip()]
    if gazetteer.find(text.strip(), host):
        return [text.strip()]
    cities = []
    for choice in choices:
        parts = [part.strip(" .)") for part in _PARTS.split(choice)]
        named = [resolver.exact(part) for part in parts]
        own = [isinstance(name, Match) and name.iso3 == host for name in named]
        kept = [part for part, is_host in zip(parts, own, strict=True) if part and not is_host]
        beside = [part for part in kept[1:] if not OF_CITY.search(part)]
        if kept and not beside and gazetteer.find(kept[0], host):
            cities.append(kept[0])
            continue
        # "Panama" and "Singapore" are cities too; what is left must be one part.
        if any(own) and len(kept) < 2:
            cities += kept or ([choice] if len(choices) == 1 else [])
        else:
            cities.append(choice)
    return cities or choices


def _city(
    row: PrintedRow,
    host: str | None,
    gazetteer: Gazetteer,
    resolver: Resolver,
    reading: Reading,
) -> str | None:
    if not row.city:
        reading.problems.append(row.place.warning("no_city", "", "city"))
        return None
    if not host:
        return None
    bare = FOOTNOTE.sub("", cell_status(_sure(row.city)).rest)
    choices = _without_host(bare, host, gazetteer, resolver)
    if len(choices) > 1 and "/" not in row.city:  # "Nairobi en Mombasa" may be two posts
        reading.problems.append(row.place.error("officers_unclear", row.city, "officers"))
    elif len(choices) > 1:
        reading.problems.append(row.place.warning("two_cities", row.city, "city", tuple(choices)))
    city = gazetteer.find(choices[0], host) if choices else None
    if city is None and len(choices) == 1 and _is_two_cities(choices[0], host, gazetteer):
        reading.problems.append(row.place.error("officers_unclear", row.city, "officers"))
    if city is None and choices and gazetteer.anywhere(choices[0]):
        reading.problems.append(
            row.place.error("city_elsewhere", row.city, AS_READ, params={"host": host})
        )
    elif city is None:
        reading.problems.append(
            row.place.warning("unknown_city", row.city, "city", params={"host": host})
        )
    elif not gazetteer.seen(city, host):
        reading.problems.append(row.place.warning("new_city", row.city, "city"))
    return city


def _is_two_cities(text: str, host: str, gazetteer: Gazetteer) -> bool:
    """Whether a cell holds two cities of the host and nothing between them: perhaps two posts.

    One city in two languages ("Peking Beijing") is one.
    """
    words = text.split()
    for at in range(1, min(len(words), 8)):
        first, second = (gazetteer.find(" ".join(part), host) for part in (words[:at], words[at:]))
        if first and second and first != second:
            return True
    return False


def _posting(
    row: PrintedRow,
    organisation: str | None,
    city: str | None,
    host: str | None,
    pending: bool,
    theme: str,
) -> dict[str, object]:
    return {
        "kind": row.kind,
        "row": row.row,
        "region": row.region or None,
        # A cell merged over several rows leaves the next row without a label; a label is needed.
        "label": row.label or row.city or one_line(row.area) or str(row.where),
        "organisation": organisation,
        "city_printed": row.city or None,
        "city": city,
        "host": host,
        "status": "planned" if pending else "active",
        "theme": theme or None,
        "area_printed": one_line(row.area) or None,
        "document": row.document,
        "table": row.table,
        "table_row": row.table_row or row.row,
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
    for iso3 in area.excluded_units:
        served.pop(iso3, None)
    if host:
        served.setdefault(host, (country, "host", "host", 100.0))
    return [
        {"kind": row.kind, "row": row.row, "iso3": iso3}
        | dict(zip(("printed", "basis", "match", "score"), how, strict=True))
        for iso3, how in served.items()
    ]


def _read_filo(row: PrintedRow, resolver: Resolver, reading: Reading) -> None:
    """A FILO has no post; its work area may be no list of countries at all ("wereldwijd")."""
    label = read_filo_label(_sure(row.label), resolver, row.place)
    area = read_work_area(_bare(row.area), resolver)
    settled = [name for name in area.names if not isinstance(name, Unresolved)]
    if row.area and not settled:
        reading.problems.append(
            row.place.warning("filo_without_country", one_line(row.area), "countries")
        )
        area = replace(area, names=(), explanation="", mentioned=())
    reading.problems.extend([*label.problems, *area.problems(row.place)])
    _keep(row, label, None, None, area, resolver, reading)


def _read_placement(row: PrintedRow, gazetteer: Gazetteer, reading: Reading) -> None:
    """A multilateral placement: the city is placed only where label or banner prints one."""
    place = gazetteer.within(_DASH.split(row.label)[0]) or gazetteer.within(row.region)
    city, host = place or (None, None)
    status = cell_status(row.label)
    reading.postings.append(_posting(row, None, city, host, status.pending, ""))
    reading.problems += of_officers(row.place, row.cells, row.posts, _officers(row).doubt)
    reading.problems += of_status(row.place, row.cells, status)
    reading.problems += of_note(row.place, row.flags, row.label)
