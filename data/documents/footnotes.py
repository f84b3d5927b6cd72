"""Notes that are typed below a table, and the signs in its cells that point to them."""

from __future__ import annotations

import re
from collections import Counter

from geo.reading.flags import CellFlag
from geo.reading.footnotes import signs

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# "1. Netwerk" is a heading; a note has its sign alone or in a bracket.
_NOTE = re.compile(
    r"\s*[(\[]?(?:(\*{1,4}|[†‡]{1,2}|[⁰¹²³⁴-⁹]{1,2})[)\]:]?\s*|(\d{1,2})[)\]:]?\s+)([^\W\d_].{2,})"
)
_NAMED = re.compile(r"\s*(?:(?:voet)?noot|n\.?b\.?|let\s+op|opmerking(?:en)?)\s*:", re.I)


def typed_notes(text: str) -> dict[str, str]:
    """Return the notes that stand in running text, by their sign; raised digits as plain ones.

    A sign before several lines is a bullet, and its lines are no notes.
    """
    lines = [note for line in text.splitlines() if (note := _NOTE.fullmatch(line))]
    pairs = [((note[1] or note[2]).translate(_RAISED), " ".join(note[3].split())) for note in lines]
    counted = Counter(sign for sign, _ in pairs)
    return {sign: note for sign, note in pairs if counted[sign] == 1}


def is_note(line: str) -> bool:
    """Return whether a line begins with the sign of a note: "1) In besluitvorming."."""
    return bool(_NOTE.fullmatch(line))


def named_notes(text: str) -> list[str]:
    """Return the lines of running text that call themselves a note: "NB: …"."""
    return [" ".join(line.split()) for line in text.splitlines() if _NAMED.match(line)]


def pointed_at(
    cells: dict[str, str], flags: tuple[CellFlag, ...], notes: dict[str, str]
) -> tuple[CellFlag, ...]:
    """Return the notes that hang on the cells of a row by a typed or raised sign, each once.

    `cells` is the role of a column -> its text; `notes` as `typed_notes` gives them.
    """
    pointers = [(cell, sign) for cell, text in cells.items() for sign in signs(text)]
    pointers += [(flag.cell, flag.text) for flag in flags if flag.kind == "raised"]
    hanging = {
        notes[plain]: cell
        for cell, sign in pointers
        if (plain := sign.strip("()[], ").translate(_RAISED)) in notes
    }
    known = {flag.text for flag in flags if flag.kind == "note"}
    return tuple(
        CellFlag("note", cell, note) for note, cell in hanging.items() if note not in known
    )
