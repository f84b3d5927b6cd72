"""Facts of a reading in the words of a language: problems, and the values of cells."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.i18n import Words
from geo.problems import UNITS, Problem, Value
from geo.schemas import LEADS

_LISTS_OF_UNITS = ("host", "countries", "areas", "duty_iso3")  # columns that hold ISO codes


def problem_text(t: Words, problem: Problem, names: Mapping[str, str]) -> str:
    """Return what is the matter as a sentence without its full stop.

    `names` is ISO code -> name; a code it lacks stays a code.
    """
    params = {name: _parameter(t, problem, name, names) for name in problem.params}
    if problem.params.get("reason") == "ambiguous":
        params["reason"] = str(problem.params[f"note_{t.language}"])
    return t(f"problem.{problem.code}", **params)


def _parameter(t: Words, problem: Problem, name: str, names: Mapping[str, str]) -> Value:
    value = problem.params[name]
    if name in UNITS:
        return unit_names(str(value), names)
    if name in ("before", "after") and problem.code == "corrected":
        return cell_text(t, str(problem.params["field"]), str(value), names)
    match name, value:
        case "field", _:
            return t.known(str(value))
        case "reason", "ambiguous":
            return ""  # its note says it
        case "reason", _:
            return t(f"problem.reason.{value}")
        case "organisation", "":
            return t.known("not stated")
        case "why", "":
            meaning = str(problem.params["meaning"])
            return t(f"problem.why.{meaning}") if meaning in ("not-a-country", "leave-out") else ""
        case "by", "":
            return t("problem.why.nobody")
        case "on", _:
            return t.date(str(value)) if value else t("problem.why.some_day")
        case _, tuple():
            return ", ".join(value)
    return value


def unit_names(codes: str, names: Mapping[str, str]) -> str:
    """Return the names of ISO codes with spaces between, as a list with commas."""
    return ", ".join(names.get(code, code) for code in codes.split())


def cell_text(t: Words, field: str, value: str, names: Mapping[str, str]) -> str:
    """Return the value of a cell of a reading, by the name of its column, as a reader knows it."""
    if not value:
        return t.known("not stated")
    if field in _LISTS_OF_UNITS:
        return unit_names(value, names)
    if field == "lead_organisation" and value in LEADS:
        return t(f"lead.{value}")
    return t.known(value) if field in ("status", "kind") else value
