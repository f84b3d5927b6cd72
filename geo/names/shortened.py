"""Names of which words are cut short: "S. Arabië", "Guinee-B.", "C. Afrikaanse Republiek".

Such a name is read only where each word keeps two letters, a word before the last is cut and one
unit alone fits ("Ver. Koninkrijk"). Every other is a question; what is found here says which units
it may stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from geo.names.normalise import key_tokens

_PIECE = re.compile(r"([^\W\d_](?:['’][^\W\d_])?[^\W\d_]*)(\.?)|[&+]")
_INITIAL = re.compile(r"[^\W\d_]\.|\b[^\W\d_]\b|\b[A-Z]{2,3}\b|&|\w\.")
_CAPITALS = re.compile(r"[A-Z]{2,3}")  # "NG" in "Papoea-NG"
_SMALL_WORDS = frozenset(("&", *"de het the van of la le les du des der den and".split()))
_LEAST_LETTERS = 2  # of a word that is cut off in a name that is read
_LEAST_UNMARKED = 3  # of a word that is cut off without a point
_LEAST_SLIP = 5  # letters of a word that may be misspelt as well
_LEAST_INITIALS = 3  # of a name of which every word is cut
_SAME, _CUT, _CONTRACTED, _SLIP = range(4)  # what a word costs
_TODAY = 1  # the last rank of a name that is in use
_LONGEST = 60  # signs
_REMEMBERED = 4096


class Fit(IntEnum):
    """How the words of a shortened name stand in the full one, best first."""

    WHOLE = 0  # each in its place, and none left out but small words
    PART = 1  # in their order from the first, and some left out: "P. Guinee"
    TURNED = 2  # in another order: "B. Guinee" for Guinee-Bissau


@dataclass(frozen=True)
class FullName:
    """One name of a unit: `words` of its key; `rank` 0 in Dutch or English, 1 elsewhere, 2 old.

    `of` is what bears it: an ISO code, or the key of a region or of an ambiguous name.
    """

    words: tuple[str, ...]
    of: str
    rank: int


class _Word(NamedTuple):
    text: str
    marked: bool  # by a point, or as a single letter

    @property
    def may_be_cut(self) -> bool:
        """Whether it may stand for a longer word; "St" and "Nw" do without a point too."""
        return self.marked or self.text in ("saint", "nw")


class Shortenings:
    """Finds the full names that a shortened one may stand for."""

    def __init__(self, names: Iterable[FullName]) -> None:
        self._names = list(dict.fromkeys(names))
        self._of_words: dict[int, list[FullName]] = {}  # number of words -> names
        self._beginning: dict[str, list[FullName]] = {}  # letter -> names with a word on it
        for name in self._names:
            self._of_words.setdefault(len(name.words), []).append(name)
            for letter in {word[0] for word in name.words if word}:
                self._beginning.setdefault(letter, []).append(name)
        self._found = lru_cache(_REMEMBERED)(self._find)

    def certain(self, printed: str) -> set[str]:
        """What bears a name that fits whole, with two letters or more of each word that is cut."""
        words = _words_of(printed)
        if not any(word.marked for word in words[:-1]) or _has_initial(words):
            return set()
        return {
            name.of
            for name in self._of_words.get(len(words), ())
            if all(_begins(word, full) for word, full in zip(words, name.words, strict=True))
        }

    def fitting(self, printed: str, worst: Fit = Fit.TURNED) -> tuple[str, ...]:
        """What bears a name that `printed` may shorten, likeliest first; nothing for a full name.

        Today's names go before old ones, then the better fit.
        """
        text = printed.strip()
        if len(text) > _LONGEST or not _INITIAL.search(text):
            return ()
        return tuple(dict.fromkeys(of for fit, of in self._found(text) if fit <= worst))

    def _find(self, text: str) -> tuple[tuple[Fit, str], ...]:
        words = _words_of(text)
        is_cut = any(word.may_be_cut for word in words)
        if len(words) < 2 or not is_cut or not _says_enough(words):
            return ()
        ranked: list[tuple[tuple[bool, int, int, int], str]] = []
        for name in self._near(words):
            if fit := _fit(words, name.words):
                ranked.append(((name.rank > _TODAY, fit[0], name.rank, fit[1]), name.of))
        ranked.sort(key=lambda each: each[0])
        return tuple((Fit(order[1]), of) for order, of in ranked)

    def _near(self, words: Sequence[_Word]) -> list[FullName]:
        """The names worth a look: a word that is cut keeps its first letter."""
        cut = [word.text[0] for word in words if word.may_be_cut]
        return min((self._beginning.get(letter, []) for letter in cut), key=len)


@lru_cache(maxsize=_REMEMBERED)
def _words_of(printed: str) -> tuple[_Word, ...]:
    """The words of a name, with a saint and an "and" as `key_tokens` makes them."""
    pieces = _PIECE.findall(printed)
    words: list[_Word] = []
    for name, point in pieces:
        letters = name or "&"
        if len(pieces) > 1 and _CAPITALS.fullmatch(letters) and not printed.isupper():
            words += [_Word(letter.casefold(), marked=True) for letter in letters]
            continue
        for word in _of_letters(letters, bool(point)):
            if word.text == "saint" and words:
                word = _word(letters.casefold(), bool(point))  # "Ver. St." are the United States
            words.append(word)
    # Whoever takes a list apart takes off the point at the end of a name.
    if any(word.marked for word in words[:-1]) and len(words[-1].text) <= _LEAST_UNMARKED:
        words[-1] = _Word(words[-1].text, marked=words[-1].text != "&")
    return tuple(words)


@lru_cache(maxsize=_REMEMBERED)
def _of_letters(letters: str, point: bool) -> tuple[_Word, ...]:
    """The words of one piece, which the cuts of a list bring back again and again."""
    return tuple(_word(word, point) for word in key_tokens(letters))


def _word(text: str, point: bool) -> _Word:
    full = text in ("&", "saint")
    return _Word(text, not full and (len(text) == 1 or point))


def _has_initial(words: Sequence[_Word]) -> bool:
    return any(len(word.text) < _LEAST_LETTERS and word.text != "&" for word in words)


def _begins(word: _Word, full: str) -> bool:
    return full == word.text or (word.marked and full.startswith(word.text))


def _says_enough(words: Sequence[_Word]) -> bool:
    """Whether a word stands in full, or so many initials do that they name something."""
    return len(words) >= _LEAST_INITIALS or any(
        not word.marked and word.text not in _SMALL_WORDS for word in words
    )


def _fit(words: Sequence[_Word], name: tuple[str, ...]) -> tuple[Fit, int] | None:
    """The best way in which `words` stand in `name`, with its cost; None where they do not."""
    large = [word for word in name if word not in _SMALL_WORDS]
    printed = [word for word in words if word.text not in _SMALL_WORDS]
    if len(large) == 1:
        return (Fit.PART, _CUT) if _is_compound(printed, large[0]) else None
    if len(printed) > len(large) or not printed:
        return None
    cost = _in_order(printed, large)
    if cost is not None:
        return (Fit.WHOLE if len(printed) == len(large) else Fit.PART), cost
    cost = _in_any_order(printed, large) if len(printed) == len(words) else None
    return None if cost is None else (Fit.TURNED, cost)


def _in_order(words: Sequence[_Word], name: list[str]) -> int | None:
    """The cost of `words` as a part of `name` that begins with its first word."""
    costs: list[int] = []
    place = 0
    for word in words:
        found = ((at, _cost(word, name[at])) for at in range(place, len(name)))
        at, cost = next(((at, cost) for at, cost in found if cost is not None), (0, None))
        if cost is None or (not costs and at > 0):
            return None
        costs.append(cost)
        place = at + 1
    return _total(costs)


def _in_any_order(words: Sequence[_Word], name: list[str]) -> int | None:
    """The cost where each word, the longest first, has one word of the name for its own."""
    left: list[str] = list(name)
    total: list[int] = []
    for word in sorted(words, key=lambda word: -len(word.text)):
        costs = [(cost, full) for full in left if (cost := _cost(word, full)) is not None]
        if not costs:
            return None
        cost, full = min(costs)
        left.remove(full)
        total.append(cost)
    return _total(total)


def _total(costs: list[int]) -> int | None:
    """The cost of all words; None where neither one in full nor their number names anything."""
    named = len(costs) >= _LEAST_INITIALS or any(cost in (_SAME, _SLIP) for cost in costs)
    return sum(costs) if named else None


def _cost(word: _Word, full: str) -> int | None:
    """How far a printed word is from a word of a name; None where it is another word."""
    if word.text == full:
        return _SAME
    if full.startswith(word.text) and (word.marked or len(word.text) >= _LEAST_UNMARKED):
        return _CUT
    if word.may_be_cut:
        return _CONTRACTED if len(word.text) > 1 and _is_contraction(word.text, full) else None
    near = len(word.text) >= _LEAST_SLIP and OSA.distance(word.text, full, score_cutoff=1) <= 1
    return _SLIP if near else None


def _is_contraction(short: str, full: str) -> bool:
    """Whether letters of a word were left out, but not its first: "Nw." for Nieuw."""
    signs = iter(full)
    return short[0] == full[0] and all(sign in signs for sign in short)


def _is_compound(words: Sequence[_Word], name: str) -> bool:
    """Whether a name of one word begins and ends as printed: "M. Eilanden"."""
    if len(words) != 2 or not words[0].marked or len(words[1].text) < _LEAST_SLIP:
        return False
    begins = name.startswith(words[0].text) and name.endswith(words[1].text)
    return begins and len(name) > len(words[0].text) + len(words[1].text)
