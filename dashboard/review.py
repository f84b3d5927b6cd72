"""What a person is asked about a reading, and what their answers and edits mean."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard import rows
from dashboard.i18n import Words
from dashboard.wording import cell_text, problem_text
from data.documents.annex import AS_OF, TABLE
from data.drafts import Draft
from geo.corrections import LEAVE_OUT, Correction
from geo.decisions import Decision
from geo.names import key
from geo.problems import Problem
from geo.reading import DocumentReading
from geo.schemas import LEADS, NOT_STATED, ORGANISATIONS

NOT_A_COUNTRY, LEFT_OUT, ROW_OUT = "not-a-country", "leave-out", "row"


@dataclass(frozen=True)
class Question:
    """One thing to settle: the errors that one answer settles together.

    `asks` says how: "name" (what a printed text stands for, wherever it stands), "cell" (the
    right value of one cell), "table" (whether something that was not read may be left out),
    "nothing" (no answer helps).
    """

    id: str
    asks: str
    problem: Problem
    where: tuple[str, ...]


def questions(found: DocumentReading, upload: str) -> list[Question]:
    """The errors of a reading as questions; the reference date is asked for apart.

    `upload` is the fingerprint of the document: two documents never share the id of a question.
    """
    grouped: dict[tuple[str, ...], list[Problem]] = {}
    for problem in found.errors:
        if problem.field == AS_OF:
            continue
        asks = _asks(problem)
        by_text = asks in ("name", "table")
        what = (key(problem.printed),) if by_text else (str(problem.row), problem.field)
        grouped.setdefault((asks, *what), []).append(problem)
    return [
        Question(
            hashlib.sha256("\n".join((upload, *group)).encode()).hexdigest()[:12],
            group[0],
            problems[0],
            tuple(dict.fromkeys(p.where for p in problems)),
        )
        for group, problems in grouped.items()
    ]


def open_count(found: DocumentReading, asked: Sequence[Question]) -> int:
    """How many things a person still has to settle, the reference date too."""
    return len(asked) + any(problem.field == AS_OF for problem in found.errors)


def context(question: Question, found: DocumentReading) -> str:
    """The whole row as printed, so that a person can decide without the document at hand."""
    kind, number = question.problem.row or ("", 0)
    if not kind:
        return ""
    frame = found.deployments if kind == "mission" else found.postings
    mine = frame["row"] == number
    if kind != "mission":
        mine &= frame["kind"] == kind
    cells = ("printed", "duty_printed", "personnel")
    if kind != "mission":
        cells = ("label", "city_printed", "area_printed")
    found_rows = frame[mine].to_dict("records")
    return " · ".join(
        text for row in found_rows[:1] for cell in cells if (text := rows.text(row[cell]))
    )


def place(t: Words, where: str) -> str:
    """Table and row of a problem in the reader's language."""
    table, row, number = where.rpartition(", row ")
    if row and number.isdigit():
        return t("review.place", table=place(t, table), row=number)
    if where == "text":
        return t("review.running_text")
    nameless = re.fullmatch(r"table (\d+)", where)
    return t("review.table", n=nameless[1]) if nameless else where


def _asks(problem: Problem) -> str:
    if problem.row is None:
        return "table" if problem.field == TABLE else "nothing"
    return "name" if problem.about_name and key(problem.printed) else "cell"


def answers(
    t: Words, question: Question, names: Mapping[str, str], regions: Collection[str]
) -> dict[str, str]:
    """Answer -> how it reads, likeliest first; an empty dict where a value is to be typed.

    `names` is code -> name of every unit, in the order to show them.
    """
    problem, row_out = question.problem, {ROW_OUT: t("review.leave_out_row")}
    if question.asks == "table":
        return {LEFT_OUT: t("review.leave_out")}
    first = [code for code in problem.suggestions if code in names]
    units = {f"country {code}": names[code] for code in dict.fromkeys([*first, *names])}
    if question.asks == "name":
        listed = {f"region {name}": t("review.region", name=name) for name in regions}
        if problem.field in ("host", "duty_iso3"):
            return units | row_out
        out = {NOT_A_COUNTRY: t("review.not_a_country"), LEFT_OUT: t("review.leave_out")}
        return _after(units, len(first), listed | out | row_out)
    if problem.field == "organisation":
        shown = {f"value {name}": t(f"organisation.{name}") for name in ORGANISATIONS}
        return shown | {f"value {NOT_STATED}": t("organisation.not_stated")} | row_out
    if problem.field == "lead_organisation":
        return {f"value {lead}": t(f"lead.{lead}") for lead in LEADS} | row_out
    if problem.field in ("host", "duty_iso3"):
        return {f"value {code.split()[1]}": name for code, name in units.items()} | row_out
    return {}


def _after(first: dict[str, str], many: int, rest: dict[str, str]) -> dict[str, str]:
    """`rest` behind the first `many` entries: before the long list that nobody reads through."""
    head = dict(list(first.items())[:many])
    return head | rest | first


def settled(question: Question, answer: str, reason: str, by: str) -> Decision | Correction:
    """What an answer to a question means, given `by` a role; a typed value comes as "value …"."""
    problem = question.problem
    meaning, _, value = answer.partition(" ")
    if meaning in ("country", "region", NOT_A_COUNTRY, LEFT_OUT):
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        return Decision(problem.printed, meaning, value, reason, by, at)
    kind, row = problem.row or ("", 0)
    if meaning == ROW_OUT:
        return Correction(kind, row, LEAVE_OUT, reason, problem.printed)
    return Correction(kind, row, problem.field, value, problem.printed)


def needs_reason(answer: str | None) -> bool:
    """Whether something is left out, which nobody may do without a reason."""
    return answer in (LEFT_OUT, ROW_OUT)


def said(t: Words, made: Decision | Correction, names: Mapping[str, str]) -> str:
    """A decision or correction in one line."""
    if isinstance(made, Correction):
        what = t("review.decided_out", reason=made.value)
        if made.field != LEAVE_OUT:
            what = f"{t.known(made.field)} {cell_text(t, made.field, made.value, names)}"
        kind, row = t.known(made.kind), str(made.row)
        return t("review.decided_cell", kind=kind, row=row, printed=made.printed, what=what)
    what = {
        "country": names.get(made.value, made.value),
        "region": t("review.region", name=made.value),
        NOT_A_COUNTRY: t("review.decided_none"),
        LEFT_OUT: t("review.decided_out", reason=made.reason),
    }[made.meaning]
    return t("review.decided_line", printed=made.printed, what=what)


def used(made: Iterable[Decision], found: DocumentReading) -> list[Decision]:
    """The earlier decisions that this reading rests on."""
    printed = {key(problem.printed) for problem in found.warnings}
    return [decision for decision in made if key(decision.printed) in printed]


def without(draft: Draft, made: Decision | Correction) -> Draft:
    """The draft before one decision or correction was made."""
    return replace(
        draft,
        decisions=tuple(each for each in draft.decisions if each != made),
        corrections=tuple(each for each in draft.corrections if each != made),
    )


def problems(t: Words, found: Iterable[Problem], names: Mapping[str, str]) -> rows.Rows:
    """Problems as rows of a table: where, what is printed, what is the matter, what it may be."""
    return [
        [
            place(t, problem.where),
            problem.printed,
            problem_text(t, problem, names),
            ", ".join(cell_text(t, problem.field, text, names) for text in problem.suggestions),
        ]
        for problem in found
    ]
