"""What is checked in the file of a release, which people edit: what a reading would have asked.

The tables are those of `geo.schemas`; `numbers` are the rows of the file that hold their rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from geo.names.cities import Gazetteer
from geo.names.outcomes import Match
from geo.names.resolver import Resolver
from geo.problems import Params, Place, Problem, Where
from geo.reading.label import read_filo_label, read_label
from geo.reading.persons import persons_in, without_persons

Numbers = Mapping[str, Sequence[int]]
_NAMED = frozenset({"host", "iso3", "areas", "duty_iso3", "release", "document"})  # codes and ids


def without_names(
    frames: Mapping[str, pd.DataFrame], numbers: Numbers, names: Resolver
) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The tables without names of persons in any text, and a warning for each row that had one."""
    cleaned, problems = {}, []
    for table, frame in frames.items():
        frame = frame.reset_index(drop=True)
        texts = [
            column
            for column in frame
            if column not in _NAMED and not pd.api.types.is_numeric_dtype(frame[column])
        ]
        for row, cells in enumerate(frame[texts].to_dict("records")):
            printed = {column: text for column, text in cells.items() if not pd.isna(text)}
            persons = tuple(
                dict.fromkeys(each for text in printed.values() for each in persons_in(text, names))
            )
            if persons:
                place = _place(table, frame, row, numbers)
                problems.append(place.warning("person", ", ".join(persons)))
                for column, text in printed.items():
                    frame.loc[row, column] = without_persons(text, persons)
        cleaned[table] = frame
    return cleaned, problems


def contradictions(
    postings: pd.DataFrame, numbers: Numbers, names: Resolver, gazetteer: Gazetteer
) -> list[Problem]:
    """An error for each cell that cannot be right beside the others of its row.

    A duty station lies in its host; host and organisation are those of the label, where it prints
    one that is certain. A person may have settled another one, so that each is a question.
    """
    problems: list[Problem] = []
    for number, row in zip(numbers["postings"], postings.to_dict("records"), strict=True):
        cells = {str(name): "" if pd.isna(cell) else str(cell) for name, cell in row.items()}
        key = (cells["kind"], int(cells["row"]))

        def place(column: str, number: int = number, key: tuple[str, int] = key) -> Place:
            return Place(Where("postings", number, column, part="data"), key)

        problems += _of_city(cells["city"], cells["host"], gazetteer, place("city"))
        problems += _of_label(cells, names, place)
    return problems


def _of_city(city: str, host: str, gazetteer: Gazetteer, place: Place) -> list[Problem]:
    if not (city and host) or gazetteer.find(city, host) == city:
        return []
    usual = gazetteer.find(city, host)
    params: Params = {"host": host}
    if usual:
        params = {"city": usual}
        return [place.error("city_spelt_otherwise", city, "city", (usual,), params)]
    elsewhere = " ".join(gazetteer.anywhere(city))
    if elsewhere:
        params = {"host": host, "countries": elsewhere}
        return [place.error("city_of_other_host", city, "city", params=params)]
    return [place.error("unknown_city", city, "city", params=params)]


def _of_label(
    cells: Mapping[str, str], names: Resolver, place: Callable[[str], Place]
) -> list[Problem]:
    """Where the label says another host or organisation than the row."""
    readers = {"LO": read_label, "FILO": read_filo_label}
    if cells["kind"] not in readers:
        return []
    label = readers[cells["kind"]](cells["label"], names, place("label"))
    stated, problems = label.organisation, []
    if stated and stated != cells["organisation"]:
        params: Params = {"label": cells["label"], "organisation": stated}
        organisation = cells["organisation"]
        field = "organisation"
        problems.append(
            place(field).error("organisation_not_of_label", organisation, field, (stated,), params)
        )
    host = label.host
    if isinstance(host, Match) and host.how != "spelling" and host.iso3 != cells["host"]:
        params = {"label": cells["label"], "country": host.iso3}
        problems.append(
            place("host").error("host_not_of_label", cells["host"], "host", (host.iso3,), params)
        )
    return problems


def _place(table: str, frame: pd.DataFrame, row: int, numbers: Numbers) -> Place:
    where = Where(table, numbers[table][row], part="data")
    if table == "releases":
        return Place(where)
    kind = "mission" if table == "deployments" else str(frame.loc[row, "kind"])
    return Place(where, (kind, int(str(frame.loc[row, "row"]))))
