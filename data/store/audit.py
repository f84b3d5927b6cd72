"""What an entry of the audit list tells beside who did what: codes with parameters, as JSON.

Whoever shows an entry words it: the texts stand under `audit.<code>` in the files of a language.
The reason that a person gives to withdraw or restore a release is a text, and stays one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# What an entry is about.
IMPORT, WITHDRAW, RESTORE, RESTORE_BACKUP = "import", "withdraw", "restore", "restore_backup"
# What a person decides about a text (`geo.names.decisions.MEANINGS`) -> the code of its detail.
DECIDED = {
    "country": "decided_country",
    "countries": "decided_countries",
    "region": "decided_region",
    "organisation": "decided_organisation",
    "column": "decided_column",
    "not-a-country": "decided_no_country",
    "leave-out": "decided_left_out",
    "as-it-is": "decided_as_it_is",
}


@dataclass(frozen=True)
class Detail:
    """One thing that a person settled, or that a backup replaced."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)


def written(details: Iterable[Detail]) -> str:
    """The details as the store keeps them; an empty text for none."""
    listed = [{"code": each.code, **each.params} for each in details]
    return json.dumps(listed, ensure_ascii=False) if listed else ""


def read(text: str) -> list[Detail] | None:
    """The details in a text of the store; None for sentences, as older versions wrote them."""
    try:
        listed = json.loads(text) if text else []
    except ValueError:
        return None
    if not isinstance(listed, list):
        return None
    if not all(isinstance(each, dict) and "code" in each for each in listed):
        return None
    return [Detail(each.pop("code"), each) for each in listed]
