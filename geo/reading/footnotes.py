"""The marks by which a cell points to a note; the note itself is not read."""

from __future__ import annotations

import re

# A star before a space and a word is the bullet of a list.
_MARK = re.compile(
    r"[†‡¹²³⁰⁴-⁹]|(?<=\S)\*|\*(?!\s+\w)|\[(?:footnoteRef:)?\d+:?\]",
)
# A small number at the end of a written word, once a superscript ("Kosovo1", not "EC3").
_NUMBER = re.compile(r"(?<=[^\W\d_]{2}[a-zà-ÿ])\d{1,2}(?=\s|$|[/,;.)])|(?<=\w)\s?\(\d{1,2}\)")
# "NP 1)": a bracket that nothing opened; in "(EC3)" the number belongs to a name.
_CLOSED = re.compile(r"(?<=[^\W\d])\s?\d{1,2}\)(?=\W|$)")
_BRACKETS = re.compile(r"\([^()]*\)")


_SIGN = re.compile(r"\*{1,4}|[†‡]{1,2}|[¹²³⁰⁴-⁹]{1,2}|\[\d{1,2}\]|\(\d{1,2}\)")


def signs(text: str) -> list[str]:
    """The signs in a cell that may point to a note typed below the table: "*", "¹", "(2)"."""
    numbers = [*_NUMBER.finditer(text), *_CLOSED.finditer(_BRACKETS.sub("()", text))]
    digits = [number[0].strip("() ") for number in numbers]
    return [sign[0] for sign in _SIGN.finditer(text)] + digits


def is_marked(text: str, *, numbered: bool = False) -> bool:
    """Whether a mark stands in `text`; in a `numbered` one a number counts rows ("Kenia-2")."""
    if _MARK.search(text) or _CLOSED.search(_BRACKETS.sub("()", text)):
        return True
    return not numbered and bool(_NUMBER.search(text))
