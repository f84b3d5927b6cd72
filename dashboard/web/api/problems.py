"""Errors as RFC 9457 has them: a status, a code for programs, and a sentence for people."""

from __future__ import annotations

import json
from http import HTTPStatus

from dashboard.i18n import texts_of
from dashboard.wording import error_line
from geo.errors import DataError

MEDIA_TYPE = "application/problem+json"
# Code of an error -> status. Any other error is one of our data, which cannot be read now.
STATUSES = {
    "api_parameter_unknown": 400,
    "api_parameter_wrong": 400,
    "api_query_too_long": 400,
    "api_sign_in_first": 401,
    "api_no_role": 403,
    "api_no_such_page": 404,
    "api_no_such_unit": 404,
    "no_such_release": 404,
    "release_withdrawn": 404,
    "no_network_table": 404,
    "no_missions_table": 404,
    "needs_of_partial_release": 404,
    "api_no_such_method": 405,
    "api_no_such_format": 406,
    "gap_kinds_unknown": 409,
    "api_too_often": 429,
    "api_fault": 500,
    "api_too_busy": 503,
}
AWAY = 503


def status_of(error: DataError) -> int:
    """The status of an answer that says this error."""
    return STATUSES.get(error.code, AWAY)


def problem(error: DataError, language: str) -> bytes:
    """The error as JSON; `detail` is worded in the language of the request."""
    status = status_of(error)
    parts = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": error_line(texts_of(language), error),
        "code": error.code,
    }
    if error.value is not None:
        parts |= {"where": error.where, "value": error.value}
    return json.dumps(parts, ensure_ascii=False).encode()


SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "where": {"type": "string"},
        "value": {"type": "string"},
    },
}
