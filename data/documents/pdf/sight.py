"""What a reader sees of a drawn page: letters that show, once each, and which of them are struck.

Everything else is left out and counted: text on a layer that is off, outside the page, invisible,
in the colour of its ground, under a filled box or a picture, or printed a second time. Invisible
text over a scan is what was recognised of it (OCR), and shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from data.documents.cells import LeftOut
from data.documents.pdf.ink import Drawing, Letter, Picture, Point, Shape
from data.documents.pdf.painting import Box, Colour

_LIKE_COLOUR = 0.07  # the most by which two colours differ that look the same
_OPAQUE = 0.95  # of 1: lets nothing through that anyone sees
_FAINT = 0.05  # of 1: opacity that nobody sees
_LEAST_SIZE = 1.0  # points: smaller letters are dots
_LEAST_AREA = 3.0  # points across: a filled shape that is narrower is a drawn line
_FARTHEST = (-1000, 20_000)  # points: what is drawn beyond lies on no page
_CLIP_MARGIN = 1.0  # points: what is cut off so near shows
_MIDDLE = 0.25  # of the letters' size above the baseline: the middle of a small letter
_GRID = 4  # points: letters are looked up by where they stand
_LIKE_SIZE = 0.2  # of the size: letters printed twice differ by less
_GOES_ON = 2  # times the size: a letter that is farther begins another run
_SAME_LINE = 0.5  # of the size, between baselines of one run
_WORD_SPACE = 0.15  # of the size: more space between letters parts two words
# What strikes letters is at least so long in points, and at most so thick in points,
_LEAST_STROKE, _MOST_STROKE = 2, 4
_MOST_SLANT = 0.1  # of its length: it leans no more, a point apart,
_MOST_THICK = 0.2  # of the letters' size: is thinner than that,
_THROUGH = (0.13, 0.5)  # and lies so much of it above the baseline.
_BAND = 24.0  # points: shapes are looked up by the height they stand at
_MOST_FIELDS = 3000  # filled areas; more are a drawing
_RECOGNISED = 0.8  # of the letters on a picture: so many unseen are what was recognised of a scan
_FULL_PAGE = 0.6  # of a page: a picture of a scan covers that much
_TWICE = 0.13  # of the size: letters printed twice stand that near; two letters do not
_LETTERS_KEPT = 80  # letters of what was left out that are kept
_LEAST_STRUCK = 0.25  # of a line's length: so much of a stroke goes through letters
_INVISIBLE_MODES = (3, 7)  # modes of text
_MISPLACED = 0.25  # of the letters: so many outside are a page set wrongly, not hidden text


def seen(drawing: Drawing, cropped: bool) -> tuple[list[Letter], list[LeftOut]]:
    """The upright letters of a page that show, and what was left out.

    `cropped` tells that the page has a crop box of its own.
    """
    letters = [letter for letter in drawing.letters if letter.turn == 0]
    grounds = _Grounds(drawing)
    unseen: dict[int, str] = {}
    for letter in letters:
        kind = _unseen(letter, grounds)
        if kind:
            unseen[letter.order] = kind
    _show_scans(drawing, letters, unseen)
    _put_outside(drawing, letters, unseen, cropped)
    kept, twice = _once(letters, unseen)
    left_out = _counted(letters, unseen, twice, drawing.number)
    return kept, left_out


def _unseen(letter: Letter, grounds: _Grounds) -> str:
    """Why a letter does not show, as a kind of `LeftOut`; '' where it does."""
    ink = letter.ink
    if not letter.text.strip():
        return ""
    if ink.off:
        return "hidden_layers"
    x, y = _middle(letter)
    clip = ink.clip
    if clip and not (
        clip[0] - _CLIP_MARGIN <= x <= clip[2] + _CLIP_MARGIN
        and clip[1] - _CLIP_MARGIN <= y <= clip[3] + _CLIP_MARGIN
    ):
        return "invisible_text"
    opacity = ink.stroke if ink.mode in (1, 5) else ink.fill
    if ink.mode in _INVISIBLE_MODES or opacity < _FAINT or letter.size < _LEAST_SIZE:
        return "invisible_text"
    if letter.colour and _alike(letter.colour, grounds.colour(letter.order, x, y)):
        return "invisible_text"
    return "covered_text" if grounds.covered(letter, x, y) else ""


def _middle(letter: Letter) -> Point:
    return (letter.x0 + letter.x1) / 2, letter.base - _MIDDLE * letter.size


def _alike(one: Colour, other: Colour | None) -> bool:
    return (
        other is not None
        and max(abs(a - b) for a, b in zip(one, other, strict=True)) < _LIKE_COLOUR
    )


class _Grounds:
    """The filled areas and pictures of a page, by height, in the order they are drawn."""

    def __init__(self, drawing: Drawing) -> None:
        self._bands: dict[int, list[tuple[int, Box, list[Shape] | Picture]]] = defaultdict(list)
        paths: dict[int, list[Shape]] = defaultdict(list)
        for shape in drawing.shapes:
            if shape.filled:
                paths[shape.path].append(shape)
        areas: list[tuple[int, Box, list[Shape] | Picture]] = []
        for pieces in paths.values():
            boxes = [piece.box for piece in pieces]
            around = (
                *(min(box[0] for box in boxes), min(box[1] for box in boxes)),
                *(max(box[2] for box in boxes), max(box[3] for box in boxes)),
            )
            if min(around[2] - around[0], around[3] - around[1]) > _LEAST_AREA:
                areas.append((pieces[0].order, around, pieces))
        if len(areas) > _MOST_FIELDS:
            areas = []
        areas += [(each.order, each.box, each) for each in drawing.pictures]
        for area in sorted(areas, key=lambda area: area[0]):
            least, most = _FARTHEST
            top, bottom = (min(max(area[1][at], least), most) for at in (1, 3))
            for band in range(int(top // _BAND), int(bottom // _BAND) + 1):
                self._bands[band].append(area)

    def _at(self, x: float, y: float) -> Iterable[tuple[int, list[Shape] | Picture]]:
        """The areas at a place, the last drawn first."""
        for order, box, area in reversed(self._bands.get(int(y // _BAND), ())):
            near = box[0] <= x <= box[2] and box[1] <= y <= box[3]
            if near and (isinstance(area, Picture) or _inside(area, x, y)):
                yield order, area

    def colour(self, order: int, x: float, y: float) -> Colour | None:
        """The colour that a letter is drawn on; None where it cannot be told."""
        for drawn, area in self._at(x, y):
            if drawn > order:
                continue
            if isinstance(area, Picture) or area[0].ink.fill < _OPAQUE:
                return None
            return area[0].colour
        return (1.0, 1.0, 1.0)

    def covered(self, letter: Letter, x: float, y: float) -> bool:
        """Whether something that lets nothing through is drawn over a letter."""
        for drawn, area in self._at(x, y):
            if drawn < letter.order:
                return False
            if isinstance(area, Picture):
                if area.opaque:
                    return True
            elif area[0].ink.fill >= _OPAQUE and area[0].colour is not None:
                return True
        return False


def _inside(pieces: Sequence[Shape], x: float, y: float) -> bool:
    """Whether a place is within a path, a hole in it apart."""
    within = False
    for piece in pieces:
        (x0, y0) = piece.points[-1]
        for x1, y1 in piece.points:
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                within = not within
            x0, y0 = x1, y1
    return within


def _show_scans(drawing: Drawing, letters: Sequence[Letter], unseen: dict[int, str]) -> None:
    """Let recognised text over, or under, the picture of a scan show."""
    filled = [letter for letter in letters if letter.text.strip()]
    area = drawing.width * drawing.height
    for picture in drawing.pictures:
        x0, y0, x1, y1 = picture.box
        on_it = [
            letter
            for letter in filled
            if x0 <= (middle := _middle(letter))[0] <= x1 and y0 <= middle[1] <= y1
        ]
        full = (x1 - x0) * (y1 - y0) > _FULL_PAGE * area
        recognised = [
            letter
            for letter in on_it
            if letter.order in unseen
            and not letter.ink.off
            and (
                letter.ink.mode in _INVISIBLE_MODES
                or (full and unseen[letter.order] == "covered_text")
            )
        ]
        if on_it and len(recognised) >= _RECOGNISED * len(on_it):
            for letter in recognised:
                del unseen[letter.order]


def _put_outside(
    drawing: Drawing, letters: Sequence[Letter], unseen: dict[int, str], cropped: bool
) -> None:
    """Mark letters outside the page.

    Where much of a page without a crop box of its own is outside, it was set wrongly: lines that
    begin or end on the page are then read as a whole.
    """
    outside = []
    for letter in letters:
        x, y = _middle(letter)
        if letter.text.strip() and not (0 <= x <= drawing.width and 0 <= y <= drawing.height):
            outside.append(letter)
    if not outside:
        return
    filled = sum(bool(letter.text.strip()) for letter in letters)
    lines: set[int] = set()
    if not cropped and len(outside) > _MISPLACED * filled:
        away = {letter.order for letter in outside}
        lines = {round(each.base) for each in letters if each.order not in away}
    for letter in outside:
        if not any(round(letter.base) + step in lines for step in (-1, 0, 1)):
            unseen.setdefault(letter.order, "text_outside_page")


def _once(
    letters: Sequence[Letter], unseen: dict[int, str]
) -> tuple[list[Letter], dict[int, Letter]]:
    """Letters that show, without those printed again in the same place, and these by order.

    A letter that does not show but stands where one does is not missed.
    """
    places: dict[tuple[str, int, int], list[Letter]] = defaultdict(list)
    kept: list[Letter] = []
    twice: dict[int, Letter] = {}

    def twin(letter: Letter) -> Letter | None:
        column, row = round(letter.x0 / _GRID), round(letter.base / _GRID)
        reach = _TWICE * letter.size
        for x in (column - 1, column, column + 1):
            for y in (row - 1, row, row + 1):
                for other in places.get((letter.text, x, y), ()):
                    near = (
                        abs(other.x0 - letter.x0) < reach and abs(other.base - letter.base) < reach
                    )
                    if near and abs(other.size - letter.size) < _LIKE_SIZE * letter.size:
                        return other
        return None

    for letter in sorted(letters, key=lambda letter: letter.order in unseen):
        first = twin(letter) if letter.text.strip() else None
        if letter.order in unseen:
            if first:
                del unseen[letter.order]
            continue
        if first:
            twice[letter.order] = first
            continue
        places[letter.text, round(letter.x0 / _GRID), round(letter.base / _GRID)].append(letter)
        kept.append(letter)
    return kept, twice


def _counted(
    letters: Sequence[Letter], unseen: dict[int, str], twice: dict[int, Letter], page: int
) -> list[LeftOut]:
    """What does not show, by kind; lines printed twice where several are, for one looks bold."""
    kinds: dict[str, list[list[Letter]]] = defaultdict(list)
    for letter in letters:
        kind = unseen.get(letter.order, "")
        if kind:
            _append(kinds[kind], letter)
    again: list[list[Letter]] = []
    for letter in letters:
        if letter.order in twice:
            _append(again, letter)
    again = [run for run in again if run[0].order - twice[run[0].order].order > 2 * len(run)]
    if len({round(run[0].base) for run in again}) > 1:
        kinds["printed_twice"] = again
    left_out = []
    for kind, runs in kinds.items():
        texts = [text for run in runs if any(map(str.isalnum, text := _text(run)))]
        if texts:
            shown = " ".join(texts)[:_LETTERS_KEPT]
            left_out.append(LeftOut(kind, len(texts), str(page), shown, "page"))
    return left_out


def _append(runs: list[list[Letter]], letter: Letter) -> None:
    """Put a letter behind the run it goes on with, or begin one."""
    last = runs[-1][-1] if runs else None
    same = last and abs(last.base - letter.base) < _SAME_LINE * letter.size
    if last and same and -letter.size < letter.x0 - last.x1 < _GOES_ON * letter.size:
        runs[-1].append(letter)
    else:
        runs.append([letter])


def _text(run: Sequence[Letter]) -> str:
    text = ""
    for place, letter in enumerate(run):
        apart = place and letter.x0 - run[place - 1].x1 > _WORD_SPACE * letter.size
        text += f" {letter.text}" if apart and not text.endswith(" ") else letter.text
    return text.strip()


def strike(letters: Sequence[Letter], shapes: Sequence[Shape]) -> set[int]:
    """Mark the letters that a thin line goes through; the orders of these lines.

    A line below the letters is an underline, and one that meets none a rule of a table.
    """
    bands: dict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        if letter.text.strip():
            bands[int(letter.base // _BAND)].append(letter)
    strokes = set()
    for shape in shapes:
        x0, top, x1, bottom = shape.box
        thick = bottom - top if shape.filled else max(shape.width, bottom - top)
        leans = bottom - top > _MOST_SLANT * (x1 - x0) + 1
        if x1 - x0 < _LEAST_STROKE or leans or thick > _MOST_STROKE:
            continue
        height = (top + bottom) / 2
        band = int(height // _BAND)
        through = [
            letter
            for letter in (*bands.get(band, ()), *bands.get(band + 1, ()))
            if _THROUGH[0] * letter.size < letter.base - height < _THROUGH[1] * letter.size
            and thick < _MOST_THICK * letter.size
            and x0 - 1 <= (letter.x0 + letter.x1) / 2 <= x1 + 1
        ]
        if sum(letter.x1 - letter.x0 for letter in through) < _LEAST_STRUCK * (x1 - x0):
            continue
        strokes.add(shape.order)
        for letter in through:
            letter.struck = True
    return strokes
