"""A person's edits in the review of a reading: a cell set by hand, or a whole row left out.

Nothing of what was printed is changed; every edit is a warning that quotes the old value and the
new one, and settles the errors of its cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from geo.errors import DataError, Value
from geo.names.cities import Gazetteer
from geo.names.decisions import decided_key
from geo.problems import Params, Place, Problem, Where
from geo.reading.cellvalues import FIELDS, checked
from geo.reading.checks import CODES, far_countries, repeated_rows
from geo.reading.missions import check_total
from geo.reading.result import DocumentReading
from geo.reading.warnings import AS_READ

Key = tuple[str, int]
Row = dict[str, object]

LEAVE_OUT = "row"
_CITY = ("unknown_city", "city_of_other_host", "city_spelt_otherwise")  # said anew once corrected
# A host is set before what hangs on it.
_ORDER = (
    *("host", "organisation", "city", "countries", "theme", "status", "officers"),
    *("mission", "lead_organisation", "personnel", "areas", "duty_iso3"),
)


@dataclass(frozen=True)
class Correction:
    """One cell as a person wants it.

    `kind` is LO, FILO, multilateral or mission; `row` the number of the row in its table; `field`
    a column ("countries" for all that a posting serves, "officers" for the number of postings that
    the row stands for, AS_READ for a row that is right as it was read, LEAVE_OUT for the row
    itself). `value` is text: "" for not stated, countries as "ISO3 ISO3", for LEAVE_OUT the reason,
    for AS_READ anything. `printed` is
    what the document prints in that cell, quoted in the warning where the reading holds nothing.
    """

    kind: str
    row: int
    field: str
    value: str
    printed: str = ""

    @property
    def cell(self) -> tuple[Key, str, str]:
        """What it settles; a row that is doubted for two reasons is confirmed for each."""
        about = decided_key(self.printed) if self.field == AS_READ else ""
        return (self.kind, self.row), self.field, about


def apply(
    reading: DocumentReading,
    corrections: Iterable[Correction],
    units: pd.DataFrame,
    cities: pd.DataFrame,
) -> DocumentReading:
    """`reading` with all corrections; of several for one cell the last holds.

    `units` and `cities` as in `geo.schemas`. Raises DataError naming row and column where a value
    cannot stand there.
    """
    last = {correction.cell: correction for correction in corrections}
    if not last:
        return reading
    edit = _Edit(reading, units, Gazetteer(cities, _NO_ALIASES))
    order = {field: place for place, field in enumerate(_ORDER)}
    for cell in sorted(last, key=lambda cell: (cell[0], order.get(cell[1], -1))):
        if cell[1] == LEAVE_OUT or (cell[0], LEAVE_OUT, "") not in last:
            edit.settle(last[cell])
    for row in sorted({row for row, field, _ in last if field in ("host", "city")}):
        edit.look_up_city(row, certain=(row, "city", "") in last)
    return edit.result()


_NO_ALIASES = pd.DataFrame(columns=["printed", "city", "iso3"])


class _Edit:
    """The rows of a reading while they are corrected."""

    def __init__(self, reading: DocumentReading, units: pd.DataFrame, gazetteer: Gazetteer) -> None:
        self._reading, self._units, self._gazetteer = reading, units, gazetteer
        self._codes = frozenset(units["iso3"])
        self._rows: dict[Key, Row] = {}
        for row in _records(reading.postings):
            self._rows[str(row["kind"]), int(str(row["row"]))] = row
        for row in _records(reading.deployments):
            self._rows["mission", int(str(row["row"]))] = row
        self._served: dict[Key, list[Row]] = {}
        for row in _records(reading.accreditations):
            self._served.setdefault((str(row["kind"]), int(str(row["row"]))), []).append(row)
        self._problems = [p for p in reading.problems if p.code not in CODES]

    def settle(self, correction: Correction) -> None:
        """Make one correction."""
        key, field = (correction.kind, correction.row), correction.field
        row = self._rows.get(key)
        if row is None:
            raise _refused("no_such_row", correction, f"table {correction.kind}")
        if field == LEAVE_OUT:
            return self._leave_out(correction, row)
        allowed = FIELDS.get(correction.kind, ())
        if field not in allowed:
            raise _refused("not_correctable", correction, str(row["table"]), fields=allowed)
        try:
            value = checked(correction.kind, field, correction.value, self._codes)
        except DataError as error:
            place = str(row["table"]), correction.row, field, correction.value
            raise error.placed(*place) from error
        if field == AS_READ:
            printed = self._settled(key, field, correction.printed) or correction.printed
            self._problems.append(_place(row, key).warning("confirmed", printed, field))
            return None
        if field == "officers":
            return self._multiply(key, int(str(value)), correction)
        old = self._countries(key) if field == "countries" else row[field]
        if field == "countries":
            self._serve(key, str(value or "").split())
        elif field == "city":
            row["city"] = self._gazetteer.find(str(value or ""), str(row["host"])) or value
        else:
            row[field] = value
        if field == "host":
            self._move_host(key, str(old or ""))
        open_texts = self._settled(key, field)
        new = self._countries(key) if field == "countries" else row[field]
        was = old if old is not None and old != "" else correction.printed or open_texts
        printed = correction.printed or open_texts or str(row.get("label") or row.get("printed"))
        change: Params = {"field": field, "before": _text(was), "after": _text(new)}
        self._problems.append(_place(row, key).warning("corrected", printed, field, params=change))

    def _leave_out(self, correction: Correction, row: Row) -> None:
        key = (correction.kind, correction.row)
        if not correction.value.strip():
            raise _refused("reason_needed", correction, str(row["table"]))
        cells = ("label", "city_printed", "area_printed", "printed", "duty_printed", "personnel")
        printed = " | ".join(str(row[cell]) for cell in cells if row.get(cell) is not None)
        del self._rows[key]
        self._served.pop(key, None)
        self._problems = [problem for problem in self._problems if problem.row != key]
        why = {"why": correction.value.strip()}
        place = _place(row, key)
        self._problems.append(place.warning("row_left_out_by_hand", printed, LEAVE_OUT, params=why))

    def _multiply(self, key: Key, many: int, correction: Correction) -> None:
        """Let a row stand for so many postings, each a row of its own with the next free number."""
        printed = self._settled(key, "officers") or correction.printed
        row = self._rows[key]
        last = max(number for kind, number in self._rows if kind == key[0])
        for number in range(last + 1, last + many):
            copy = (key[0], number)
            self._rows[copy] = row | {"row": number}
            self._served[copy] = [each | {"row": number} for each in self._served.get(key, [])]
        place = _place(row, key)
        params: Params = {"posts": many}
        self._problems.append(place.warning("several_posts", printed, "officers", params=params))

    def _settled(self, key: Key, field: str, printed: str = "") -> str:
        """Settle the errors of a corrected cell; returns what they quote. A warning stays one.

        With `printed` only those about that text: a row may be doubted for two reasons.
        """
        cell, about = ("error", key, field), decided_key(printed)
        settled = [
            p
            for p in self._problems
            if (p.severity, p.row, p.field) == cell and about in ("", decided_key(p.printed))
        ]
        self._problems = [problem for problem in self._problems if problem not in settled]
        return " | ".join(dict.fromkeys(problem.printed for problem in settled))

    def _countries(self, key: Key) -> str:
        return " ".join(str(row["iso3"]) for row in self._served.get(key, []))

    def _serve(self, key: Key, countries: list[str]) -> None:
        """Serve these countries, and the host of a post; those served already stay as they are."""
        row = self._rows[key]
        known = {str(served["iso3"]): served for served in self._served.get(key, [])}
        printed = row["area_printed"] or row["label"]
        served = [
            known.get(iso3) or _by_hand(key, iso3, printed, "named")
            for iso3 in dict.fromkeys(countries)
        ]
        host = row["host"]
        if host and host not in countries:
            served.append(known.get(str(host)) or _by_hand(key, str(host), row["label"], "host"))
        self._served[key] = served

    def _move_host(self, key: Key, old: str) -> None:
        """The former host is served no longer, unless the work area names it."""
        if key[0] in ("LO", "FILO"):
            stay = [
                str(served["iso3"])
                for served in self._served.get(key, [])
                if served["basis"] != "host" or served["iso3"] != old
            ]
            self._serve(key, stay)

    def look_up_city(self, key: Key, certain: bool) -> None:
        """Place the city in its corrected host, or warn; one that was `certain` stays as it is.

        A city that was not found in another host, or for want of one, is looked up as printed.
        """
        row = self._rows.get(key)
        if row is None or not row["host"]:
            return
        self._problems = [p for p in self._problems if p.row != key or p.code not in _CITY]
        host, printed = str(row["host"]), str(row["city_printed"] or "")
        if row["city"] is None and not certain:
            row["city"] = self._gazetteer.find(printed.split("/")[0].strip(), host)
        text = str(row["city"] or ("" if certain else printed))
        if text and not self._gazetteer.find(text, host):
            self._problems.append(
                _place(row, key).warning("unknown_city", text, "city", params={"host": host})
            )

    def _checks(self) -> list[Problem]:
        """What is checked over all rows at once, so that a correction of one may change it."""
        posts, served, missions = self._tables()
        where = Where(str(missions[0]["table"]) if missions else "")
        deployments = pd.DataFrame(missions, columns=self._reading.deployments.columns)
        return [
            *repeated_rows(posts),
            *far_countries(posts, served, self._units),
            *repeated_rows(missions),
            *check_total(deployments, self._reading.total, where),
        ]

    def _tables(self) -> tuple[list[Row], list[Row], list[Row]]:
        """(postings, accreditations, deployments) as they now are."""
        posts = [row for key, row in self._rows.items() if key[0] != "mission"]
        missions = [row for key, row in self._rows.items() if key[0] == "mission"]
        return posts, [row for key in self._rows for row in self._served.get(key, [])], missions

    def result(self) -> DocumentReading:
        """The reading as it now is; what hangs on all rows is checked anew."""
        tables = ("postings", "accreditations", "deployments")
        posts, served, missions = (
            pd.DataFrame(rows, columns=getattr(self._reading, table).columns)
            for table, rows in zip(tables, self._tables(), strict=True)
        )
        return replace(
            self._reading,
            postings=posts,
            accreditations=served,
            deployments=missions,
            problems=(*self._problems, *self._checks()),
        )


def _by_hand(key: Key, iso3: str, printed: object, basis: str) -> Row:
    row: Row = {"kind": key[0], "row": key[1], "iso3": iso3, "printed": printed}
    return row | {"basis": basis, "match": "hand", "score": 100.0}


def _records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame, missing cells as None; a column with gaps holds its counts as floats."""
    cells = frame.astype(object).where(frame.notna(), None)
    for column in {"row", "table_row", "personnel"} & set(frame.columns):
        cells[column] = [None if cell is None else int(cell) for cell in cells[column]]
        cells[column] = cells[column].astype(object).where(frame[column].notna(), None)
    return [dict(zip(frame.columns, row, strict=True)) for row in cells.to_numpy().tolist()]


def _place(row: Row, key: Key) -> Place:
    return Place(Where(str(row["table"]), int(str(row["table_row"]))), key)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _refused(code: str, correction: Correction, where: str, **params: Value) -> DataError:
    row, field, value = correction.row, correction.field, correction.value
    return DataError(code, where, row, field, value, **params)
