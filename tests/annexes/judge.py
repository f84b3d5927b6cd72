"""The judge: what a reading makes of each row of an annex, against what must be read.

A row is right, or asked about, or it is wrong, lost or extra in silence. A question counts only for
what it is about: a question about one country does not excuse another that is gone.
"""

from __future__ import annotations

import importlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from rapidfuzz import fuzz

from dashboard.subjects.review import questions
from data.documents import limits
from data.documents.annex import AS_OF
from data.documents.cells import Cells
from data.documents.child import READERS
from data.documents.reading import read_cells
from data.imports.drafts import Draft, Upload, dates
from geo.errors import DataError
from geo.problems import Problem
from geo.reading.result import DocumentReading
from tests.annexes.atlas import BY_CODE
from tests.annexes.description import Annex, Golden, Table

Opener = Callable[[str, bytes], Cells]
RIGHT, ASKED, WRONG, LOST, EXTRA = "right", "asked", "wrong", "lost", "extra"
SILENT = (WRONG, LOST, EXTRA)
_ALIKE = 60  # per cent; a row that is less alike is another row
# A question about one of these is about the label as a whole, whatever it doubts there.
_AREA = {"countries", "areas"}


@dataclass(frozen=True)
class Outcome:
    """What became of one row, date or total; `expected` and `read` say more where it is wrong."""

    row: str
    result: str
    expected: str = ""
    read: str = ""


@dataclass
class Verdict:
    """All outcomes of one document, its questions and the seconds that reading took."""

    outcomes: list[Outcome] = field(default_factory=list)
    questions: int = 0
    seconds: float = 0.0
    refusal: str = ""

    @property
    def silent(self) -> list[Outcome]:
        """Return what is wrong, lost or extra without a question."""
        return [outcome for outcome in self.outcomes if outcome.result in SILENT]

    def count(self, *results: str) -> int:
        """Count the outcomes of these results."""
        return sum(outcome.result in results for outcome in self.outcomes)


def plain(text: str) -> str:
    """Return letters and digits alone, without accents and capitals."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if sign.isalnum())


def open_here(name: str, content: bytes) -> Cells:
    """Open a file in this process, as the reader's own process does."""
    module, _, function = READERS[name.rpartition(".")[2]].partition(":")
    read = getattr(importlib.import_module(module), function)
    try:
        return limits.check(read(content))
    except DataError:
        raise
    except Exception as error:  # a parser that gives up: the product calls the file damaged
        raise DataError("file_damaged", name, kind=repr(error)) from error


def judge(annex: Annex, name: str, content: bytes, opener: Opener = open_here) -> Verdict:
    """Read a file as an import does and compare it with the annex it was made from."""
    begun = perf_counter()
    verdict = Verdict()
    try:
        cells = opener(name, content)
        reading = read_cells(name, cells)
        if reading.network == reading.missions == "absent" and not reading.errors:
            raise DataError("no_tables", name)
    except DataError as error:
        verdict.seconds, verdict.refusal = perf_counter() - begun, str(error)
        verdict.outcomes = [Outcome(_row(golden), ASKED) for golden in annex.goldens]
        return verdict
    verdict.seconds = perf_counter() - begun
    verdict.outcomes = list(compare(annex, cells, reading))
    return _with_date(annex, reading, name, cells, verdict)


def compare(annex: Annex, cells: Cells, reading: DocumentReading) -> Iterator[Outcome]:
    """Judge every row of the annex, and every row that is read and was never printed."""
    tables = {id(row.golden): table for table in annex.tables for row in table.rows}
    for kind in ("LO", "FILO", "multilateral", "mission"):
        goldens = [golden for golden in annex.goldens if golden.kind == kind]
        rows = _rows(reading, kind)
        pairs = _pairs(goldens, rows)
        taken = {number for numbers in pairs.values() for number in numbers}
        loose = plain(" ".join(_words(row) for n, row in enumerate(rows) if n not in taken))
        for at, golden in enumerate(goldens):
            remarked = bool(cells.left_out) or "hidden" in _all_words(reading.problems)
            if at in pairs:
                read = [rows[number] for number in pairs[at]]
                yield _Row(golden, read, reading, remarked, loose).outcome()
            elif golden.seen:
                table = tables[id(golden)]
                alike = [] if pairs else goldens
                yield _not_there(golden, table, alike, annex.opening, reading)
            else:
                result = RIGHT if remarked else LOST
                yield Outcome(_row(golden), result, "a remark that it is left out", "no remark")
        for number, row in enumerate(rows):
            if number not in taken:
                errors = [e for e in reading.errors if e.row == (kind, row["row"])]
                result = ASKED if errors else EXTRA
                yield Outcome(_words(row), result, "no such row", _words(row))
    yield from _total(annex, reading)


def _rows(reading: DocumentReading, kind: str) -> list[dict[str, Any]]:
    frame = reading.deployments if kind == "mission" else reading.postings
    frame = frame if kind == "mission" else frame[frame["kind"] == kind]
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _words(row: dict[str, Any]) -> str:
    cells = ("label", "city_printed", "area_printed", "printed", "duty_printed", "personnel")
    return " | ".join(str(row[cell]) for cell in cells if row.get(cell) is not None)


def _row(golden: Golden) -> str:
    return " | ".join(" ".join(cell.split()) for cell in golden.printed if cell)


def _all_words(problems: Iterable[Problem]) -> str:
    return " ".join(map(_quoted, problems)).casefold()


def _quoted(problem: Problem) -> str:
    """Return all words of the document that a problem shows, and what it is about."""
    return " ".join(map(str, (problem.code, problem.printed, *problem.params.values())))


def _pairs(goldens: list[Golden], rows: list[dict[str, Any]]) -> dict[int, list[int]]:
    """Pair each golden with the rows read from it; several officers may be several rows.

    The label weighs most: the area of a row is what may be misread.
    """
    scored = []
    for at, golden in enumerate(goldens):
        for number, row in enumerate(rows):
            label = plain(str(row.get("label") or row.get("printed") or ""))
            city = plain(str(row.get("city_printed") or row.get("duty_printed") or ""))
            alike = 0.7 * fuzz.ratio(plain(golden.printed[0]), label)
            alike += 0.3 * fuzz.ratio(plain(golden.printed[1]), city)
            area = fuzz.ratio(plain(golden.printed[2]), plain(str(row.get("area_printed") or "")))
            if alike >= _ALIKE:
                scored.append((-round(alike + area / 5, 1), abs(at - number), at, number))
    pairs: dict[int, list[int]] = {}
    taken: set[int] = set()
    for _, _, at, number in sorted(scored):
        many = goldens[at].officers if goldens[at].kind == "LO" else 1
        if number not in taken and len(pairs.get(at, ())) < (many if at in pairs else 1):
            pairs.setdefault(at, []).append(number)
            taken.add(number)
    return pairs


@dataclass
class _Row:
    """One golden and the rows that were read from it.

    `loose` are the words of rows that were read from nothing: half of a row that was cut in two.
    """

    golden: Golden
    rows: list[dict[str, Any]]
    reading: DocumentReading
    remarked: bool
    loose: str = ""
    halved: bool = False  # a part of it stands in a loose row

    def __post_init__(self) -> None:
        keys = {(self.golden.kind, row["row"]) for row in self.rows}
        self.errors = [error for error in self.reading.errors if error.row in keys]
        words = plain(self.golden.words)
        self.quoted = len(words) > 3 and any(
            words in plain(_quoted(error)) for error in self.reading.errors
        )

    def outcome(self) -> Outcome:
        """Return the first fault, else whether there is a question about the row."""
        for expected, read in self._faults():
            return Outcome(_row(self.golden), WRONG, expected, read)
        return Outcome(_row(self.golden), ASKED if self.errors or self.halved else RIGHT)

    def _faults(self) -> Iterator[tuple[str, str]]:
        if not self.golden.seen:
            if not self.errors:
                yield "left out, for nobody sees it", "counted"
            return
        if "row" in self.golden.asks and not self.errors:
            yield "a question about the row", "none"
        if self.golden.unseen and not (self.remarked or self.errors):
            yield "a remark on words that nobody sees", "none"
        if self.golden.kind == "mission":
            yield from self._mission()
        else:
            yield from self._label()
            yield from self._city()
            yield from self._countries()

    def _has_question(self, *fields: str) -> bool:
        """Tell whether a question is about the label, the words in it, or one of these fields."""
        if self.quoted:
            return True
        return any(e.field in fields or e.field not in {*_AREA, "city"} for e in self.errors)

    def _label(self) -> Iterator[tuple[str, str]]:
        golden, first = self.golden, self.rows[0]
        rest = plain(golden.printed[0]).removeprefix(plain(str(first["label"])))
        if rest and rest in self.loose:
            self.halved = True
            return  # the other half of the label is asked about, with its row
        for column, expected in (("host", golden.host), ("organisation", golden.organisation)):
            if golden.kind == "multilateral" or self._has_question(column):
                continue
            read = first[column]
            if column in golden.asks:
                yield f"a question about the {column}", f"{column} {read}"
            elif (read or None) != (expected or None):
                yield f"{column} {expected}", f"{column} {read}"
        status = first["status"]
        if not self._has_question("status") and (
            "status" in golden.asks or status != golden.status
        ):
            yield f"{golden.status}, or a question", str(status)
        if (
            golden.kind == "LO"
            and len(self.rows) != golden.officers
            and not self._has_question("number")
        ):
            yield f"{golden.officers} postings, or a question", str(len(self.rows))

    def _city(self) -> Iterator[tuple[str, str]]:
        if self.golden.kind != "LO":
            return
        printed, city = self.rows[0]["city_printed"], self.rows[0]["city"]
        expected, words = self.golden.city, plain(str(printed or ""))
        remarked = any(
            p.field == "city" and p.row == ("LO", self.rows[0]["row"])
            for p in self.reading.problems
        )
        if any(e.field in ("city", "host", "") for e in self.errors):
            return
        if city is not None and plain(str(city)) != plain(expected):
            yield f"city {expected}", f"city {city}"
        elif plain(expected) not in words or (city is None and not remarked):
            yield f"city {expected}", f"city {city}, printed {printed}"

    def _countries(self) -> Iterator[tuple[str, str]]:
        golden = self.golden
        rows = {row["row"] for row in self.rows}
        frame = self.reading.accreditations
        mine = frame[(frame["kind"] == golden.kind) & frame["row"].isin(rows)]
        served = dict(zip(mine["iso3"], mine["printed"].fillna(""), strict=True))
        expected = {iso3 for iso3, _ in golden.named} | ({golden.host} - {""})
        excluded = {iso3 for iso3, _ in golden.excluded}
        for iso3, printed in (*golden.excluded, *golden.aside):
            if printed and not self._remarked(iso3, printed):
                yield f"a remark that {printed!r} is not counted", "none"
        for iso3 in sorted(excluded):
            if iso3 in served:
                yield f"{iso3} is excluded", f"{iso3} is served"
            if any(iso3 in e.suggestions for e in self.errors if e.field in _AREA):
                yield f"{iso3} is excluded", f"{iso3} is suggested"
        for iso3 in sorted(served.keys() - expected - excluded):
            if not self._about(served[iso3]):
                yield f"not {iso3}", f"{iso3} is served, from {served[iso3]!r}"
        for iso3, printed in golden.named:
            if iso3 in served or self._about(printed, iso3):
                continue
            if plain(printed) in self.loose:
                self.halved = True  # a loose row is asked about itself, or extra in silence
            else:
                yield f"{iso3}, printed {printed!r}", "neither served nor a question about it"
        if golden.host and golden.host not in served and not self._has_question("host"):
            yield f"host {golden.host} is served", "it is not"
        for printed in golden.doubtful:
            if not self._about(printed):
                yield f"a question about {printed!r}", "none"

    def _remarked(self, iso3: str, printed: str) -> bool:
        """Tell whether any problem of the row quotes these words or the country."""
        keys = {(self.golden.kind, row["row"]) for row in self.rows}
        wanted = (plain(printed), plain(BY_CODE[iso3].name))
        return any(
            problem.row in keys
            and (iso3 in _quoted(problem) or any(w in plain(_quoted(problem)) for w in wanted))
            for problem in self.reading.problems
        )

    def _about(self, printed: str, iso3: str = "") -> bool:
        """Tell whether a question on the row quotes some of these words, or names the unit."""
        wanted = plain(printed)
        for error in self.errors:
            words = plain(error.printed)
            if error.field == "" or (iso3 and iso3 in error.suggestions):
                return True
            if words and wanted and (wanted in words or (words in wanted and len(words) > 1)):
                return True
        return False

    def _mission(self) -> Iterator[tuple[str, str]]:
        golden, row = self.golden, self.rows[0]
        fields = {error.field for error in self.errors}
        if "personnel" in golden.asks:
            if "personnel" not in fields:
                yield "a question about the number", f"{row['personnel']} officers"
        elif row["personnel"] != golden.officers and "personnel" not in fields:
            yield f"{golden.officers} officers", f"{row['personnel']} officers"
        read, expected = set((row["areas"] or "").split()), {iso3 for iso3, _ in golden.named}
        if read != expected and not fields & {"areas", "", "duty_iso3"}:
            yield f"area {sorted(expected)}", f"area {sorted(read)}"
        if row["lead_organisation"] != golden.lead and "lead_organisation" not in fields:
            yield f"led by {golden.lead}", f"led by {row['lead_organisation']}"
        duty = golden.printed[1]
        if plain(duty) not in plain(row["duty_printed"] or "") and not fields & {"duty_iso3", ""}:
            yield f"duty station {duty}", f"duty station {row['duty_printed']}"


def _not_there(
    golden: Golden,
    table: Table,
    alike: list[Golden],
    opening: tuple[str, ...],
    reading: DocumentReading,
) -> Outcome:
    """Judge a row that was not read: does a question quote it, or is one about its table?

    `alike` are the rows of its kind where none of them was read.
    """
    label = plain(golden.printed[0])
    whole = [error for error in reading.errors if error.row is None and error.field != AS_OF]
    quoted = any(label in plain(error.printed) for error in reading.errors)
    heads = {plain(cell.text) for row in table.header for cell in row.cells} - {""}
    heads.add(plain(table.title))
    # One question may quote the first of all the rows that are lost.
    heads.update(plain(other.printed[0]) for other in alike)
    # A sheet may open with words of its own, by which its first table is then quoted.
    heads.update(map(plain, opening))
    about = [error for error in whole if any(head in plain(error.printed) for head in heads)]
    titled = [error for error in whole if plain(table.title) == plain(error.where.name)]
    if quoted or (alike and (about or titled)):
        return Outcome(_row(golden), ASKED)
    remarked = label in plain(_all_words(reading.problems))
    if remarked and {"status", "row"} & golden.asks:
        return Outcome(_row(golden), ASKED)  # it is said to be over, and left out with a remark
    return Outcome(_row(golden), LOST, "a row", "nothing")


def _total(annex: Annex, reading: DocumentReading) -> Iterator[Outcome]:
    """Judge the total: a right one is read or remarked, a wrong one is a problem."""
    if annex.total is None or reading.missions == "absent":
        return
    about = any("total" in problem.code for problem in reading.problems)
    if reading.total != annex.total and not about:
        yield Outcome("Totaal", LOST, str(annex.total), str(reading.total))
    elif not annex.total_is_right and not about and not reading.errors:
        yield Outcome("Totaal", WRONG, "a problem with the total", "none")
    else:
        yield Outcome("Totaal", RIGHT)


def _with_date(
    annex: Annex, reading: DocumentReading, name: str, cells: Cells, verdict: Verdict
) -> Verdict:
    """Judge the reference dates, and count the questions as the page for reviewing does."""
    read = dates(Draft(Upload(name, "", 0, cells), 0), reading)
    open_date = any(error.field == AS_OF for error in reading.errors) or not any(read)
    golden = (annex.network_as_of, annex.missions_as_of)
    states = (reading.network, reading.missions)
    for which, expected, date, state in zip(
        ("network", "missions"), golden, read, states, strict=True
    ):
        if state == "absent":
            continue
        result = ASKED if open_date else RIGHT if date in expected else WRONG
        wanted = " or ".join(sorted(expected)) or "a question"
        verdict.outcomes.append(Outcome(f"date of the {which}", result, wanted, str(date)))
    verdict.questions = len(questions(reading, "")) + open_date
    return verdict
