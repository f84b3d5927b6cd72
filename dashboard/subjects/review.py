"""A document under review: its questions, their order, what was answered and edited."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard import records, rows
from dashboard.i18n import Texts
from dashboard.wording import cell_text, field_name, problem_text, unit_names
from data.documents.annex import AS_OF
from data.documents.unread import MISSING, TABLE
from data.imports.drafts import Draft
from geo.citations import untitled_number
from geo.names.decisions import COLUMNS, NAMES, Decision, decided_key
from geo.names.normalise import key
from geo.problems import Problem, Where
from geo.reading.corrections import LEAVE_OUT, Correction
from geo.reading.result import DocumentReading
from geo.reading.warnings import AS_READ, STATUSES
from geo.schemas import LEADS, NOT_STATED, ORGANISATIONS

POSTINGS = ("organisation", "host", "city", "status", "theme", "countries")  # may be corrected
# The cell of a row that a correction of this field corrects, as it is printed.
PRINTED = {
    "host": "label",
    "organisation": "label",
    "city": "city_printed",
    "countries": "area_printed",
    "mission": "printed",
    "areas": "printed",
    "duty_iso3": "duty_printed",
}
MISSIONS = ("mission", "lead_organisation", "personnel", "areas", "duty_iso3")


def editable(reading: DocumentReading) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(postings, missions) as a person may edit them; lists of countries as "ISO3 ISO3"."""
    served = reading.accreditations.groupby(["kind", "row"], sort=False)["iso3"].agg(" ".join)
    posts = reading.postings[
        ["kind", "row", "label", *POSTINGS[:-1], "city_printed", "area_printed"]
    ].copy()
    keys = list(zip(posts["kind"], posts["row"], strict=True))
    posts.insert(8, "countries", [served.get(each, "") for each in keys])
    missions = reading.deployments[["row", "printed", *MISSIONS, "duty_printed"]].copy()
    return _blank(posts), _blank(missions)


def _blank(frame: pd.DataFrame) -> pd.DataFrame:
    """Text cells without a value as empty ones: an editor shows a missing one as "None"."""
    plain = frame.astype(object).where(frame.notna(), "")
    for column in {"row", "personnel"} & set(frame.columns):
        plain[column] = pd.to_numeric(frame[column], errors="coerce").astype("Int64")
    return plain.reset_index(drop=True)


def edits(frame: pd.DataFrame, changed: Mapping[int, Mapping[str, Any]]) -> Sequence[Correction]:
    """What was typed into an editor over `frame`, as corrections.

    `changed` is place of the row -> column -> new value.
    """
    corrections = []
    for place, cells in changed.items():
        row = frame.iloc[int(place)]
        kind = row["kind"] if "kind" in frame else "mission"
        corrections += [
            Correction(
                kind,
                int(row["row"]),
                column,
                "" if value is None else str(value).strip(),
                str(row.get(PRINTED.get(column, ""), "")),
            )
            for column, value in cells.items()
        ]
    return corrections


NOT_A_COUNTRY, LEFT_OUT, ROW_OUT = "not-a-country", "leave-out", "row"
SEVERAL = "countries"  # an answer that names more units than one, which follow behind it
AS_IT_IS = "as-it-is"  # a table or row stands as it was read
_MOST_OFFICERS = 6  # offered; more can be typed into the table of what was read
# What a question decides, the weightiest first; what is not here comes last.
_WEIGHT = ("host", "organisation", "status", "officers", "personnel", "lead_organisation", "areas")
_LISTS = ("countries", "areas")  # cells that hold any number of units
_TYPED = ("personnel", "city", "theme", "mission")
# What a heading nobody knows may hold, likeliest first.
_LIKELY = {code: role for role, code in MISSING.items()} | {"unread_column_decides": "other"}
_ONE_OF_TWO = ("table_repeated", "table_version", "two_dates")  # tables of which one may have to go
_RIGHT_AS_READ = (
    *("no_area_column", "network_total", "table_note_decides", "unknown_status"),
    *("heading_in_table", "row_in_header"),
)


@dataclass(frozen=True)
class Question:
    """One thing to settle: the errors that one answer settles together.

    `asks` says how: "name" (what a printed text stands for, wherever it stands), "organisation"
    (what a word for a body means, wherever it stands), "column" (what stands below a heading),
    "table" (whether something that was not read may be left out), "row" (whether rows stand as they
    were read), "cell" (the right value of one cell), "nothing" (no answer helps). `rows` are the
    (kind, row) of those it is about. `beside` are other doubts that the same answer settles.
    """

    id: str
    asks: str
    problem: Problem
    where: tuple[Where, ...]
    rows: tuple[tuple[str, int], ...] = ()
    beside: tuple[Problem, ...] = ()


def questions(reading: DocumentReading, upload: str) -> list[Question]:
    """The errors of a reading as questions, the weightiest and commonest first.

    The reference date is asked for apart. `upload` is the fingerprint of the document: two
    documents never share the id of a question.
    """
    doubts: dict[tuple[str, int], list[str]] = {}  # of whole rows, which one answer settles
    for problem in reading.errors:
        if problem.row and problem.field == AS_READ:
            doubts.setdefault(problem.row, []).append(_wording(problem))
    grouped: dict[tuple[str, ...], list[Problem]] = {}
    for problem in reading.errors:
        if problem.field != AS_OF:
            of_row = doubts.get(problem.row, []) if problem.row else []
            grouped.setdefault(_group(problem, of_row), []).append(problem)
    all_questions = [_question(upload, group, problems) for group, problems in grouped.items()]
    return sorted(all_questions, key=_weight)


def _question(upload: str, group: tuple[str, ...], problems: Sequence[Problem]) -> Question:
    """The question that settles `problems`; that of a line that goes on has the most answers."""
    first = next((p for p in problems if p.code == "row_continues"), problems[0])
    distinct = {_wording(problem): problem for problem in reversed(problems)}
    return Question(
        hashlib.sha256("\n".join((upload, *group)).encode()).hexdigest()[:12],
        group[0],
        first,
        tuple(dict.fromkeys(p.where for p in problems)),
        tuple(dict.fromkeys(p.row for p in problems if p.row)),
        tuple(p for p in reversed(distinct.values()) if _wording(p) != _wording(first)),
    )


def _wording(problem: Problem) -> str:
    return f"{problem.code} {decided_key(problem.printed)}"


def _group(problem: Problem, of_row: Sequence[str]) -> tuple[str, ...]:
    """What errors have in common that one answer settles: the wording, or else the cell.

    Rows with the same doubts, `of_row`, are confirmed together.
    """
    asks = _asks(problem)
    wording = decided_key(problem.printed)
    if asks in ("name", "organisation"):
        return (asks, wording)
    if asks == "row":
        return (asks, *of_row)
    if asks in ("column", "table"):
        return (asks, problem.code, wording)
    return (asks, str(problem.row), problem.field)


def _weight(question: Question) -> tuple[int, int]:
    if question.asks in ("table", "column", "nothing"):
        return -1, 0
    field = question.problem.field
    place = _WEIGHT.index(field) if field in _WEIGHT else len(_WEIGHT)
    return place + (question.asks == "row"), -len(question.rows)


def open_count(reading: DocumentReading, questions: Sequence[Question]) -> int:
    """How many things a person still has to settle, the reference date too."""
    return len(questions) + any(problem.field == AS_OF for problem in reading.errors)


def contexts(question: Question, reading: DocumentReading) -> list[str]:
    """The whole rows as printed, so that a person can decide without the document at hand."""
    return [_context(row, question.problem, reading) for row in question.rows]


def _context(at: tuple[str, int], problem: Problem, reading: DocumentReading) -> str:
    kind, number = at
    frame = reading.deployments if kind == "mission" else reading.postings
    mine = frame["row"] == number
    if kind != "mission":
        mine &= frame["kind"] == kind
    cells = ("printed", "duty_printed", "personnel")
    if kind != "mission":
        cells = ("label", "city_printed", "area_printed")
    rows_of = frame[mine].to_dict("records")
    texts = [text for row in rows_of[:1] for cell in cells if (text := records.text(row[cell]))]
    if problem.field == "personnel" and problem.printed:  # no number was read from it
        texts.append(problem.printed)
    return " · ".join(dict.fromkeys(texts))


def around(text: str, printed: str, field: str = "") -> tuple[str, str, str]:
    """`text` as what stands before the words `printed`, those words, and what stands behind them.

    White space and case do not count, whole words come first; all of it stands before where the
    words are not in it. Those of a list (`field`) are sought from behind, where lists stand.
    """
    words = r"\s+".join(re.escape(word) for word in printed.split())
    whole = list(re.finditer(rf"(?<!\w){words}(?!\w)", text, re.I)) if words else []
    places = whole or (list(re.finditer(words, text, re.I)) if words else [])
    place = places[-1 if field in _LISTS else 0] if places else None
    if place is None or place.end() - place.start() == len(text):
        return text, "", ""
    return text[: place.start()], place[0], text[place.end() :]


def place(t: Texts, where: Where) -> str:
    """Table and row of a problem in the reader's language."""
    whole = _part(t, where)
    if where.row is None:
        return whole
    row = t("review.place", table=whole, row=str(where.row))
    return t("review.column_at", row=row, column=where.column) if where.column else row


def _part(t: Texts, where: Where) -> str:
    """What holds it: the table, sheet, page or file."""
    match where.part:
        case "text":
            return t("review.running_text")
        case "sheet" | "page" | "data":
            return t(f"review.{where.part}", name=where.name)
        case "table" if number := untitled_number(where.name):
            return t("place.table", number=number)
    return where.name


def places(t: Texts, question: Question) -> str:
    """Where the problems of a question stand, each table once."""
    tables: dict[Where, list[Where]] = {}
    for where in question.where:
        of_table = tables.setdefault(replace(where, row=None, column=""), [])
        of_table += [where] if where.row is not None else []
    listed = []
    for table, of_table in tables.items():
        if len(of_table) > 1:
            numbers = t.listing([str(where.row) for where in of_table])
            listed.append(t("review.places", table=_part(t, table), rows=numbers))
        else:
            listed.append(place(t, *of_table or [table]))
    return "; ".join(listed)


def _asks(problem: Problem) -> str:
    if problem.row is None:
        if problem.code in _LIKELY:
            return "column"
        return "table" if problem.field == TABLE else "nothing"
    if problem.code == "unknown_organisation":
        return "organisation"
    if problem.field == AS_READ:
        return "row"
    return "name" if problem.about_name and key(problem.printed) else "cell"


def answers(
    t: Texts, question: Question, names: Mapping[str, str], regions: Collection[str]
) -> dict[str, str]:
    """Answer -> how it reads, likeliest first; an empty dict where a value is to be typed.

    `names` is code -> name of every unit, in the order to show them. SEVERAL must be followed by
    the units that a person chooses.
    """
    problem, many = question.problem, len(question.rows)
    all_rows = t("review.leave_out_rows", n=many)
    row_out = {ROW_OUT: all_rows if many > 1 else t("review.leave_out_row")}
    first = [code for code in problem.suggestions if code in names]
    units = {f"country {code}": names[code] for code in dict.fromkeys([*first, *names])}
    match question.asks:
        case "table" if problem.code == "table_status":
            return {LEFT_OUT: t("review.leave_out_table"), AS_IT_IS: t("review.right_as_read")}
        case "table" if problem.code in _RIGHT_AS_READ:
            return {AS_IT_IS: t("review.right_as_read")}
        case "table" if problem.code in _ONE_OF_TWO:
            return {LEFT_OUT: t("review.leave_out_table"), AS_IT_IS: t("review.both_count")}
        case "table":
            return {LEFT_OUT: t("review.leave_out")}
        case "column":
            roles = dict.fromkeys([_LIKELY[problem.code], *COLUMNS])
            return {f"column {role}": t(f"review.column_{role}") for role in roles}
        case "row":
            out = {LEFT_OUT: t("review.leave_out")} if problem.code == "row_continues" else {}
            return {AS_IT_IS: t("review.as_it_is")} | out | row_out
        case "name" if problem.field in ("host", "duty_iso3"):
            return units | row_out
        case "name":
            several = {SEVERAL: t("review.several")}
            listed = {f"region {name}": t("review.region", name=name) for name in regions}
            out = {NOT_A_COUNTRY: t("review.not_a_country"), LEFT_OUT: t("review.leave_out")}
            return _after(units, len(first), several | listed | out | row_out)
    return _cell_answers(t, problem, units) | row_out if problem.field not in _TYPED else {}


def _cell_answers(t: Texts, problem: Problem, units: Mapping[str, str]) -> dict[str, str]:
    """The values that one cell may be given, but for those that are typed."""
    match problem.field:
        case "organisation":
            chosen = {f"value {name}": t(f"organisation.{name}") for name in ORGANISATIONS}
            return chosen | {f"value {NOT_STATED}": t("organisation.not_stated")}
        case "lead_organisation":
            return {f"value {lead}": t(f"lead.{lead}") for lead in LEADS}
        case "status":
            return {f"value {status}": t(f"review.status_{status}") for status in STATUSES}
        case "officers":
            return {f"value {n}": t.count("review.posts", n) for n in range(1, _MOST_OFFICERS + 1)}
        case "host" | "duty_iso3":
            return {f"value {code.split()[1]}": name for code, name in units.items()}
        case field if field in _LISTS:
            return {SEVERAL: t("review.several")}
    return {}


def chosen_units(question: Question, reading: DocumentReading) -> list[str]:
    """The units that a question about a list begins with: those that were read.

    A name begins with none: what it resembles is for a person to choose, not to take away.
    """
    if question.asks != "cell" or not question.problem.row:
        return []
    kind, number = question.problem.row
    if kind == "mission":
        mine = reading.deployments["row"] == number
        return " ".join(reading.deployments[mine]["areas"].dropna()).split()
    served = reading.accreditations
    return served[(served["kind"] == kind) & (served["row"] == number)]["iso3"].tolist()


def _after(first: dict[str, str], many: int, rest: dict[str, str]) -> dict[str, str]:
    """`rest` behind the first `many` entries: before the long list that nobody reads through."""
    head = dict(list(first.items())[:many])
    return head | rest | first


def settled(question: Question, answer: str, reason: str, by: str) -> list[Decision | Correction]:
    """What an answer to a question means, given `by` a role; a typed value comes as "value …".

    An answer about a wording is one decision; one about rows is a correction of each.
    """
    problem = question.problem
    meaning, _, value = answer.partition(" ")
    about_wording = meaning in (*NAMES, "column") and question.asks != "cell"
    if question.asks == "organisation" and meaning == "value":
        meaning, about_wording = "organisation", True
    if question.asks == "row" and meaning == AS_IT_IS:
        value, about_wording = "yes", False
    if about_wording:
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        return [Decision(problem.printed, meaning, value, reason, by, at)]
    field, text = problem.field, value
    if meaning == ROW_OUT:
        field, text = LEAVE_OUT, reason
    return [Correction(kind, row, field, text, problem.printed) for kind, row in question.rows]


def needs_reason(answer: str | None) -> bool:
    """Whether something is left out, which nobody may do without a reason."""
    return answer in (LEFT_OUT, ROW_OUT)


def decision_text(t: Texts, answer: Decision | Correction, names: Mapping[str, str]) -> str:
    """A decision or correction in one line."""
    if isinstance(answer, Correction):
        what = t("review.decided_out", reason=answer.value)
        if answer.field != LEAVE_OUT:
            what = (
                f"{field_name(t, answer.field)} {cell_text(t, answer.field, answer.value, names)}"
            )
        kind, row = t(f"row_kind.{answer.kind}"), str(answer.row)
        return t("review.decided_cell", kind=kind, row=row, printed=answer.printed, what=what)
    return t("review.decided_line", printed=answer.printed, what=_meaning(t, answer, names))


def _meaning(t: Texts, decision: Decision, names: Mapping[str, str]) -> str:
    match decision.meaning:
        case "country" | "countries":
            return unit_names(decision.value, names)
        case "organisation":
            return t(f"organisation.{decision.value or 'not_stated'}")
        case "column":
            return t(f"review.column_{decision.value}")
        case "region":
            return t("review.region", name=decision.value)
        case "leave-out":
            return t("review.decided_out", reason=decision.reason)
        case "as-it-is":
            return t("review.decided_right")
    return t("review.decided_none")


def used(decisions: Iterable[Decision], reading: DocumentReading) -> list[Decision]:
    """The earlier decisions that this reading rests on."""
    printed = {key(problem.printed) for problem in reading.warnings}
    return [decision for decision in decisions if key(decision.printed) in printed]


def hides_a_fault(problem: Problem) -> bool:
    """Whether a remark could hide that something was read wrongly, so that it must be seen."""
    return problem.code in _OPEN or problem.code.startswith("left_out_")


_OPEN = {
    *("unread_column", "unread_table", "above_header", "below_total", "total_differs"),
    *("small_network", "excluded", "named_in_explanation", "country_in_theme", "person"),
    *("merged", "several_posts", "repeated_row", "repeated_row_elsewhere", "table_note", "note"),
}


def without(draft: Draft, answer: Decision | Correction) -> Draft:
    """The draft before one decision or correction was made."""
    return replace(
        draft,
        decisions=tuple(each for each in draft.decisions if each != answer),
        corrections=tuple(each for each in draft.corrections if each != answer),
    )


def problems(t: Texts, unsettled: Iterable[Problem], names: Mapping[str, str]) -> rows.Rows:
    """Problems as rows of a table: where, what is printed, what is the matter, what it may be.

    What would read the same stands there once.
    """
    listed = [
        (
            place(t, problem.where),
            problem.printed,
            problem_text(t, problem, names),
            ", ".join(cell_text(t, problem.field, text, names) for text in problem.suggestions),
        )
        for problem in unsettled
    ]
    return [list(row) for row in dict.fromkeys(listed)]
