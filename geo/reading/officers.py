"""How many officers a row stands for: "2 LO's", "(2x)", a column with their number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_WORDS = {
    **{"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6},
    **{"zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12},
}
_MOST = 20  # officers of one row; more is a slip of the pen
_NUMBER = rf"\d{{1,3}}|{'|'.join(_WORDS)}"
_OFFICERS = (
    r"liaison\s?offic(?:ers?|ier(?:en)?)|(?:(?:fi)?lo|liaison)(?:['’]?s)?"
    r"|verbindingsofficier(?:en)?|officier(?:en)?"
    r"|posten|plaatsingen|personen|pers|stuks|(?:politie)?functionarissen|medewerkers"
)
_STATED = re.compile(
    rf"(?<![\w.,/-])({_NUMBER})\s*(?:[x×](?!\w)|(?:{_OFFICERS})\b)"
    rf"|(?:(?<=\()|(?<=[-–—]\s))({_NUMBER})\s+(?=(?:NP|KMar|GPI)\b)"
    r"|(?<![^\s(])[x×]\s?(\d{1,2})(?!\w)",
    re.I,
)
# A second officer in words or numbers that do not say how many posts there are.
_UNCLEAR = re.compile(
    rf"\b(?:(?:beide|tweede|derde|extra)\s+(?:{_OFFICERS})\b|(?:twee|drie|vier|vijf)(?:tal|maal)\b"
    r"(?!\s+(?:landen|gebieden|steden|per|keer)\b))"
    r"|(?:^|\(|[-–—,]\s)\s*(?:[2-9]|1\d|twee|drie|vier|vijf|zes)\s+(?:plekken|plaatsen|functies"
    r"|collega['’]?s|mensen|man|politiemensen|agenten|formatieplaatsen|politieattach[ée]s)\b"
    r"|\b(?:\d{1,2}\s+(?:NP|KMar|GPI)\b[^/;\n]{0,40}){2}"
    r"|\b(?:dubbel|duo)(?:post|baan|plaatsing)\b|\b(NP|KMar|GPI)(?:\s*[,&+]\s*|\s+en\s+)\1\b"
    r"|\b(?:NP|KMar|GPI)\s*\((?:[2-9]|1\d)\)"
    # "2 KMar - analist" is two of them, or the second of a list; "Kenia (1, 2)" is two posts.
    r"|^\s*(?:[2-9]|1\d|twee|drie|vier|vijf|zes)\s+(?:NP|KMar|GPI)\b"
    # "(50%)" may be half of a post that stands elsewhere too; "(24/7)" is about hours.
    r"|\(\s*\d{1,3}(?:[.,]\d{1,2})?\s?%[^()]{0,40}\)"
    r"|\(\s*(?!24\s?/\s?7)\d{1,2}(?:\s*(?:[,;/&+–-]|en|t/m)\s*\d{1,2})+\s*\)",
    re.I,
)
# Several officers, and no number; "FILO's" and "LO's" of a heading are none of a row.
_PLURAL = re.compile(r"\b(?:liaison\s?officieren|liaison\s?officers|verbindingsofficieren)\b", re.I)
_PART_TIME = re.compile(r"(?<![\w.,/])(\d{1,3}(?:[.,]\d+)?)\s*(?:fte|f\.t\.e\.)", re.I)
# A dash that stands alone at an end of a label, once the words beside it are taken out.
_LOOSE_DASH = re.compile(r"^\s*[-–—]\s+|\s+[-–—]\s*$")
_EMPTY = re.compile(r"\(\s*[,;]?\s*\)")


@dataclass(frozen=True)
class Officers:
    """`rest` is the text without the number; `count` None where none is printed.

    `doubt` is a number that does not say how many posts there are.
    """

    rest: str
    count: int | None = None
    doubt: str = ""


def take_officers(text: str) -> Officers:
    """Take the number of officers out of a label, a city or a work area."""
    counts: list[int] = []
    doubts: list[str] = []
    for stated in _STATED.finditer(text):
        word = (stated[1] or stated[2] or stated[3]).casefold()
        number = _WORDS.get(word) or int(word)
        if 0 < number <= _MOST:
            counts.append(number)
        else:
            doubts.append(stated[0].strip())
    for stated in _PART_TIME.finditer(text):
        if float(stated[1].replace(",", ".")) > 1:
            doubts.append(stated[0])
    if len(set(counts)) > 1:
        doubts.append(" / ".join(map(str, counts)))
    rest = _EMPTY.sub(" ", _PART_TIME.sub("", _STATED.sub("", text)))
    doubts += [stated[0].strip(" (,-–—") for stated in _UNCLEAR.finditer(text)]
    if rest == text and not doubts:
        return Officers(text)
    count = counts[0] if counts and not doubts else None
    return Officers(rest.strip(), count, "; ".join(doubts))


def of_label(label: str) -> Officers:
    """What a label says of the number of officers; several without a number are a doubt."""
    officers = take_officers(label)
    if officers.rest != label:
        officers = replace(officers, rest=_LOOSE_DASH.sub("", officers.rest))
    plural = _PLURAL.search(officers.rest)
    return replace(officers, doubt=plural[0]) if plural and not officers.doubt else officers


def stated_in(column: str) -> Officers:
    """What a column with the number of officers says; an empty cell says one."""
    text = column.strip()
    if not text:
        return Officers("")
    digits = int(text) if re.fullmatch(r"\d{1,3}", text) else 0
    stated = _WORDS.get(text.casefold(), digits)
    return Officers("", stated) if 0 < stated <= _MOST else Officers("", None, text)


def together(parts: list[Officers]) -> Officers:
    """What several cells of one row say: the same number, or a doubt."""
    counts = {part.count for part in parts if part.count is not None}
    doubts = [part.doubt for part in parts if part.doubt]
    if len(counts) > 1:
        doubts.append(" / ".join(map(str, sorted(counts))))
    return Officers("", counts.pop() if counts and not doubts else None, "; ".join(doubts))
