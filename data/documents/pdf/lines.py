"""What stands on one page of a PDF: words, lines of words, and the rules drawn between them.

All places are in points, from the left and the top of the page as a reader sees it.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import Any

from pdfplumber.utils.text import extract_words

from data.documents.cells import LIGATURES, LeftOut, is_title
from data.documents.headers import may_hold_header
from data.documents.pdf.ink import Drawing, Letter, Shape, turned
from data.documents.pdf.sight import seen, strike

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u202f\u2002\u2003\u2009", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ""),
        **{"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"},
        **{
            "\ufb05": "st",
            "\ufb06": "st",
            "\ufffe": "\u00ad",
            "\x02": "\u00ad",
            "\u2010": "\u00ad",
        },
        **LIGATURES,
    }
)
# Capitals in the middle of a word: ligatures too, which programs copy as these.
_CAPITALS = (("\u014c", "ft"), ("\u021a", "ffi"), ("\u012e", "fi"))
_CAPITAL = re.compile("(?<=[a-z])[\u014c\u021a\u012e]")
_SOFT_BREAK = re.compile(r"\u00ad\n(?=[a-zà-ÿ])")
_HARD_BREAK = re.compile(r"(?<=\w)[-\u00ad]\n(?=\w)")
_SIGN = re.compile(r"[(\[]?(?:\d{1,3}|[*\u2020\u2021\u00a7]{1,3}|[a-z])(?:,\d{1,3})*[)\],]{0,2}$")
_NOTE = re.compile(
    r"([(\[]?(?:\d{1,3}|[*\u2020\u2021\u00a7]{1,3}|[a-z](?=[)\]]))[)\]]{0,1})[:.]?\s+(\S.*)"
)
_BAND = 24.0  # points: lines are looked up by the height they stand at
_NUMBER = re.compile(r"[0-9]{1,9}")
_EDGE_ZONE = 0.12  # of the page's height: where running heads and page numbers stand
_SAME_PLACE = 0.5  # points: as near two places are one
_STRAIGHT = 0.1  # points: a line that leans less lies along the page
# Lines lie over each other where their baselines are nearer than so much of the letters' size,
_LEAST_PITCH = 0.7
_LEAST_OVERLAP = 0.5  # and two words share more than so much of it in width,
_LIKE_SIZE = 0.8  # of which neither is smaller than so much of the other.
_ONE_LINE = 0.5  # points between baselines of one line
_ONE_BASELINE = 0.3  # points: programs set letters of one word as far from its baseline
# Points from letter to letter of one word: kerning draws them over each other, or a little apart.
_KERNED, _APART = -1.0, 0.25
_LEAST_HEIGHT = 3.0  # points: an upright stroke that is shorter is no line between two columns
_LEAST_AREA = 3.0  # points across: a filled shape that is narrower is a drawn line
_FARTHEST = (-1000.0, 20_000.0)  # points: what is drawn beyond lies on no page
_MIDDLE = 0.25  # of the letters' size above the baseline: the middle of a small letter
_WORD_SPACE = 0.2  # of the letters' size: more space between letters parts two words
_JOINED = 0.12  # of the letters' size: pieces of a word, cut where its letters change, stand nearer
# Of the size of the word before: a sign of a note is smaller, stands near and is raised.
_SIGN_SIZE, _SIGN_SPACE, _SIGN_RAISED = 0.92, 0.4, 0.12
# Of the size of a line's largest word: a word whose middle is farther within it is of that line,
_LINE_MARGIN = 0.1
_LEAST_OF_LINE = 0.45  # unless it is smaller than this beside it, as beside an initial.
_SAME_HEIGHT = 2.0  # points between running heads of two pages
_MOST_SHAPES = 4000  # a page with more is a drawing, and comparing its lines takes minutes


Place = tuple[int, int, int]  # a tagged table, its row and its column
Places = Mapping[int, Place]  # by the number of marked content
NOWHERE: Place = (-1, -1, -1)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box; `size` is that of its letters in points."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    base: float = 0.0  # of its line
    struck: str = ""  # the part of it that is struck out
    signs: tuple[str, ...] = ()  # raised behind it, and no part of it
    column: int = 0  # upright lines left of it
    place: Place = NOWHERE
    letters: tuple[tuple[str, float, float], ...] = ()  # each with its left and right edge

    def parted(self, x: float) -> tuple[Word, ...]:
        """The word as two, where one of its letters begins at `x`."""
        for at, (_, left, _) in enumerate(self.letters):
            if at and abs(left - x) < _SAME_PLACE:
                old, new = self.letters[:at], self.letters[at:]
                texts = ["".join(letter for letter, *_ in own) for own in (old, new)]
                end = min(old[-1][2], left - 0.01)
                one = replace(self, text=plain(texts[0]), x1=end, signs=(), letters=old)
                return one, replace(self, text=plain(texts[1]), x0=left, letters=new)
        return (self,)


@dataclass(frozen=True)
class Line:
    """Words beside each other, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """Its words with one space between."""
        return plain(" ".join(word.text for word in self.words))

    @cached_property
    def x0(self) -> float:
        """Left edge, in points from the left of the page."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Right edge, in points from the left of the page."""
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        """Top edge, in points from the top of the page."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Bottom edge, in points from the top of the page."""
        return max(word.bottom for word in self.words)

    def begins_at(self, x: float, within: float) -> bool:
        """Whether a word of it begins at `x`, give or take `within` points."""
        return any(abs(word.x0 - x) < within for word in self.words)

    @cached_property
    def note(self) -> tuple[str, str]:
        """The sign and the text of a note that begins here; ('', '') where none does."""
        first, *others = self.words
        if others and _is_sign(first, others[0]):
            return first.text, plain(" ".join(word.text for word in others))
        typed = _NOTE.match(self.text)
        listed = self.bold or is_title(self.text)
        return (typed[1], typed[2]) if typed and not listed else ("", "")

    @cached_property
    def plain_text(self) -> str:
        """Its words without those struck out."""
        return plain(" ".join(word.text for word in self.words if not word.struck))

    @cached_property
    def struck(self) -> str:
        """Its words that are struck out."""
        return " ".join(word.struck for word in self.words if word.struck)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters, in points."""
        return median(word.size for word in self.words)

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is set bold."""
        return all(word.bold for word in self.words)


@dataclass(frozen=True)
class Sheet:
    """One page. `rules` are drawn lines; `bands` also the edges of coloured backgrounds."""

    number: int
    height: float
    words: tuple[Word, ...]
    lines: tuple[Line, ...]
    rules: list[dict[str, Any]]
    bands: list[dict[str, Any]]
    left_out: list[LeftOut] = field(default_factory=list)
    key: int = 0  # by which the structure of the document knows the page

    @cached_property
    def text(self) -> str:
        """Its lines, from top to bottom."""
        return "\n".join(line.plain_text for line in self.lines if line.plain_text)

    def with_lying(self, other: Sheet, turn: int) -> Sheet:
        """With the lines of `other`, the same page turned, as words: headings set on their side.

        Where they are the header of a table they are a line too.
        """
        words = []
        for line in other.lines if turn in (90, 270) else ():
            left, right, top, bottom = line.x0, line.x1, line.top, line.bottom
            if turn == 90:
                box = top, bottom, self.height - right, self.height - left
            else:
                box = other.height - bottom, other.height - top, left, right
            place = line.words[0].place
            words.append(Word(line.text, *box, line.size, line.bold, box[3], place=place))
        header = [Line(tuple(sorted(words, key=lambda word: word.x0)))] if words else []
        if not (header and may_hold_header(header[0].text)):
            header = []
        lines = sorted((*self.lines, *header), key=lambda line: line.top)
        return replace(self, words=(*self.words, *words), lines=tuple(lines))

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes = [word.size for word in self.words for _ in word.text]
        return median(sizes) if sizes else 0.0


def plain(text: str) -> str:
    """Without ligatures and odd spaces; a hyphen at a line end is settled (see `join`)."""
    plainer = text.translate(_PLAIN)
    return _CAPITAL.sub(lambda hit: dict(_CAPITALS)[hit[0]], plainer)


def join(lines: Iterable[str]) -> str:
    """Lines of one cell, with a word that was cut at a line end made whole.

    A soft hyphen goes; a plain one stays, for "Mexico-stad" must not become "Mexicostad" (the
    names are compared without hyphens).
    """
    text = "\n".join(line.strip() for line in lines)
    text = _HARD_BREAK.sub("-", _SOFT_BREAK.sub("", text))
    return text.replace("\u00ad", "-").strip()


def sheets(drawing: Drawing, turns: Sequence[int], cropped: bool, places: Places) -> list[Sheet]:
    """What `drawing` shows in letters of each direction of `turns`, each seen upright."""
    return [_sheet(turned(drawing, turn), cropped, places) for turn in turns]


def _sheet(drawing: Drawing, cropped: bool, places: Places) -> Sheet:
    letters, left_out = seen(drawing, cropped)
    strokes = strike(letters, drawing.shapes)
    shapes = [shape for shape in drawing.shapes if shape.order not in strokes]
    if len(shapes) > _MOST_SHAPES:
        shapes = []
    rules = [edge for shape in shapes if not _is_background(shape) for edge in _edges(shape)]
    lines = _lines(letters, _columns(letters, rules), places)
    words = tuple(word for line in lines for word in line.words)
    bands = [edge for shape in shapes for edge in _edges(shape)]
    return Sheet(drawing.number, drawing.height, words, lines, rules, bands, left_out)


def _columns(letters: Sequence[Letter], rules: Sequence[dict[str, Any]]) -> list[int]:
    """For each letter how many upright lines stand left of it: one between two parts a word."""
    bands: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
    for edge in rules:
        if edge["orientation"] == "v" and edge["height"] > _LEAST_HEIGHT:
            least, most = _FARTHEST
            top, bottom = (min(max(edge[side], least), most) for side in ("top", "bottom"))
            for band in range(int(top // _BAND), int(bottom // _BAND) + 1):
                bands[band].append((edge["x0"], edge["top"], edge["bottom"]))
    columns = []
    for letter in letters:
        x, y = (letter.x0 + letter.x1) / 2, letter.base - _MIDDLE * letter.size
        near = bands.get(int(y // _BAND), ())
        columns.append(sum(at < x and top <= y <= bottom for at, top, bottom in near))
        before = letters[len(columns) - 2] if len(columns) > 1 else letter
        if columns[-1] != columns[-2:][0] and _runs_over(before, letter, near):
            columns[-1] = columns[-2]
    return columns


def _runs_over(before: Letter, letter: Letter, lines: Iterable[tuple[float, float, float]]) -> bool:
    """Whether a word is wider than its cell, so that a line goes through it."""
    together = _KERNED < letter.x0 - before.x1 < _APART
    together = together and abs(before.base - letter.base) < _ONE_BASELINE
    through = any(
        own.x0 + _SAME_PLACE < at < own.x1 - _SAME_PLACE
        for at, *_ in lines
        for own in (before, letter)
    )
    word = before.text.isalpha() and letter.text.isalpha()
    return together and word and (through or letter.text.islower())


def _lines(letters: Sequence[Letter], columns: Sequence[int], places: Places) -> tuple[Line, ...]:
    bases = _bases(letters)
    chars = [
        {
            **{"text": letter.text, "x0": letter.x0, "x1": letter.x1, "top": letter.top},
            **{"bottom": letter.bottom, "doctop": letter.top, "upright": True},
            **{"size": letter.size, "fontname": letter.font, "bold": letter.bold},
            **{
                "base": base,
                "struck": letter.struck,
                "column": column,
                "place": places.get(letter.tag, NOWHERE),
            },
        }
        for letter, base, column in zip(letters, bases, columns, strict=True)
    ]
    attributes = ["size", "fontname", "bold", "base", "struck", "column", "place"]
    # Baseline by baseline: lines that lie over each other would mix their letters.
    lines: dict[float, list[dict[str, Any]]] = defaultdict(list)
    for char, base in zip(chars, bases, strict=True):
        lines[base].append(char)
    raw = [
        _word(word)
        for own in lines.values()
        for word in extract_words(
            own, x_tolerance_ratio=_WORD_SPACE, extra_attrs=attributes, return_chars=True
        )
        if word["text"].strip()
    ]
    return tuple(line for group in in_lines(raw) if (line := _without_signs(group)))


def _bases(letters: Sequence[Letter]) -> list[float]:
    """The baselines, those that hardly differ made one: a word is not cut for less."""
    bases: list[float] = []
    for letter in letters:
        last = bases[-1] if bases else letter.base
        bases.append(last if abs(letter.base - last) < _ONE_BASELINE else letter.base)
    return bases


def in_lines(tokens: Iterable[Word]) -> list[list[Word]]:
    """Words grouped by height on the page: a word belongs to the line that its middle meets.

    Large words go first, so that a raised footnote mark finds the line it belongs to. Lines that
    lie over each other stay apart.
    """
    lines: list[tuple[float, list[Word]]] = []
    tokens = list(tokens)
    over = _lying_over(tokens)
    for word in sorted(tokens, key=lambda word: (-word.size, word.top, word.x0)):
        middle = (word.top + word.bottom) / 2
        place = bisect(lines, middle, key=itemgetter(0))
        near = [line for _, line in lines[max(place - 1, 0) : place + 1] if _meets(line[0], word)]
        if over:
            near = [line for line in near if (line[0].base, word.base) not in over]
        if near:
            near[0].append(word)
        else:
            lines.insert(place, (middle, [word]))
    return [sorted(line, key=lambda word: word.x0) for _, line in lines]


def _lying_over(tokens: Sequence[Word]) -> set[tuple[float, float]]:
    """Pairs of baselines, so near each other that their words lie over each other."""
    lines: dict[float, list[Word]] = defaultdict(list)
    for word in tokens:
        lines[word.base].append(word)
    bases, pairs = sorted(lines), set()
    for place, base in enumerate(bases):
        for other in bases[place + 1 :]:
            if other - base > _LEAST_PITCH * lines[other][0].size:
                break
            if other - base > _ONE_LINE and lies_over(lines[base], lines[other]):
                pairs |= {(base, other), (other, base)}
    return pairs


def lies_over(above: Sequence[Word], below: Sequence[Word]) -> bool:
    """Whether words of two lines stand over each other, for the lines are too near."""
    return any(
        min(one.x1, two.x1) - max(one.x0, two.x0) > _LEAST_OVERLAP * two.size
        for one in above
        for two in below
        if abs(one.base - two.base) < _LEAST_PITCH * two.size
        and one.size > _LIKE_SIZE * two.size
        and two.size > _LIKE_SIZE * one.size
    )


def _meets(first: Word, word: Word) -> bool:
    """An initial of three lines is no part of any of them, hence the bound on the sizes."""
    middle = (word.top + word.bottom) / 2
    margin = _LINE_MARGIN * first.size
    inside = first.top + margin < middle < first.bottom - margin
    return inside and word.size > _LEAST_OF_LINE * first.size


def _word(word: dict[str, Any]) -> Word:
    left, right, top, bottom = (float(word[side]) for side in ("x0", "x1", "top", "bottom"))
    text = plain(word["text"])
    struck = text if word["struck"] else ""
    size, base = float(word["size"]), float(word["base"])
    return Word(
        text,
        left,
        right,
        top,
        bottom,
        size,
        word["bold"],
        base,
        struck,
        (),
        word["column"],
        word["place"],
        tuple((each["text"], float(each["x0"]), float(each["x1"])) for each in word["chars"]),
    )


def _without_signs(tokens: list[Word]) -> Line | None:
    """The line without footnote signs: small and raised, right behind a word, that keeps them.

    Words that were cut only where the letters change (a bold start) are made whole again.
    """
    kept: list[Word] = []
    for word in tokens:
        last = kept[-1] if kept else None
        apart = last and (last.column, last.place) != (word.column, word.place)
        near = last and not apart and word.x0 - last.x1 < _JOINED * last.size
        if last and len(kept) == 1 and _is_sign(last, word):
            kept.append(word)  # the sign that a note begins with
        elif last and not apart and _is_sign(word, last):
            kept[-1] = replace(last, x1=max(last.x1, word.x1), signs=(*last.signs, word.text))
        elif last and near:
            text, struck = last.text + word.text, last.struck + word.struck
            top, bottom = min(last.top, word.top), max(last.bottom, word.bottom)
            size, bold = max(last.size, word.size), last.bold and word.bold
            base, signs = max(last.base, word.base), (*last.signs, *word.signs)
            more = (size, bold, base, struck, signs, last.column, last.place)
            letters = last.letters + word.letters
            kept[-1] = Word(text, last.x0, word.x1, top, bottom, *more, letters)
        else:
            kept.append(word)
    return Line(tuple(kept)) if kept else None


def _is_sign(word: Word, last: Word) -> bool:
    near = word.x0 - last.x1 < _SIGN_SPACE * last.size
    smaller = near and word.size < _SIGN_SIZE * last.size
    raised = word.base < last.base - _SIGN_RAISED * last.size
    return smaller and raised and bool(_SIGN.match(word.text))


def _edges(shape: Shape) -> list[dict[str, Any]]:
    """The sides of a shape that lie along the page, as the library wants them."""
    points = [*shape.points, shape.points[0]] if len(shape.points) > 2 else shape.points
    edges = []
    for (x0, y0), (x1, y1) in pairwise(points):
        flat, upright = abs(y0 - y1) < _STRAIGHT, abs(x0 - x1) < _STRAIGHT
        if flat == upright:
            continue
        left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if flat:
            bottom = top
        else:
            right = left
        box = {"x0": left, "x1": right, "top": top, "bottom": bottom, "doctop": top}
        sides = {"width": right - left, "height": bottom - top}
        way = {"orientation": "h" if flat else "v", "object_type": "edge"}
        edges.append({**box, **sides, **way})
    return edges


def _is_background(shape: Shape) -> bool:
    x0, top, x1, bottom = shape.box
    return shape.filled and not shape.stroked and min(x1 - x0, bottom - top) > _LEAST_AREA


def running(page: Sheet, neighbours: Sequence[Sheet]) -> set[int]:
    """Which lines of `page` are running heads, feet or page numbers.

    They stand at the edge of the page and again at the same height on a page nearby, with the
    same words; a number in them may grow with the pages.
    """
    seen = [(line, other.number - page.number) for other in neighbours for line in _outer(other)]
    number = re.compile(rf"(?i)(?:pagina |blad )?{page.number}(?: van \d+| ?/ ?\d+)?")
    outer = _outer(page)
    return {
        place
        for place, line in enumerate(page.lines)
        if line in outer
        and (number.fullmatch(line.text) or any(_again(line, *other) for other in seen))
    }


def _outer(page: Sheet) -> list[Line]:
    """The lines at the upper and the lower edge of a page."""
    top, bottom = page.height * _EDGE_ZONE, page.height * (1 - _EDGE_ZONE)
    return [line for line in page.lines if line.bottom < top or line.top > bottom]


def _again(line: Line, other: Line, pages: int) -> bool:
    """Whether `other`, so many pages further, prints `line` again, its page number apart."""
    old, new = (_NUMBER.sub("#", each.text) for each in (other, line))
    if abs(line.top - other.top) > _SAME_HEIGHT or old != new:
        return False
    numbers = zip(_NUMBER.findall(line.text), _NUMBER.findall(other.text), strict=True)
    return all(int(later) - int(earlier) in (0, pages) for earlier, later in numbers)
