"""The pages of a PDF in order: headings, text and the parts of tables, put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from data.documents import text as plain_text
from data.documents.cells import Cells, LeftOut, is_title, title
from data.documents.headers import kind_of, starts_header
from data.documents.pdf.columns import (
    Columns,
    header_below,
    header_lines,
    part,
    side_by_side,
    with_headings_apart,
)
from data.documents.pdf.grid import grids, header_place
from data.documents.pdf.lines import Line, Sheet, Word
from data.documents.pdf.rows import flat_rows
from data.documents.pdf.tables import (
    Cell,
    Notes,
    Part,
    Row,
    Table,
    Tagged,
    merged,
    plain_sign,
    same,
    split,
    tagged_rows,
    with_merged,
)
from data.documents.pdf.tags import TaggedTable
from data.documents.totals import is_total

_LONGEST_HEADING = 160  # letters
_LARGER = 1.12  # times the size of the text: letters of a heading
_SMALLER = 0.93  # times the size of the table: letters of a footnote
_MOST_LINES_BELOW = 4  # lines of text below a table that goes on on the next page
_LETTERS_KEPT = 80  # letters of what is left out that are kept
_TOP_OF_PAGE = 0.25  # of the height of a page: where what began on the page before goes on
_EDGE_ZONE = 0.12  # of the height of a page: where running heads and page numbers stand
_ENOUGH_LETTERS = 300  # of a page, to tell the size of the text by
_NOTE_SIZE = 1.02  # times the size of the text: a note is no larger
_NOTE_PITCH = 0.8  # of the letters' size: the lines of one note leave less between them
_HEADING_PITCH = 1.2  # of the letters' size: those of one heading
_SAME_NOTE, _SAME_HEADING = 0.4, 0.5  # points by which the letters of one may differ in size
_AROUND_TABLE = 12.0  # points: lines drawn so near to a tagged table are its own
_HEADER_ROWS = 3  # of a tagged table, among which its header is
_BANNER_SPACE = 40.0  # points between two drawn pieces that a banner without lines parts


class DistrustedError(Exception):
    """A tagged table that does not hold all words that stand in it."""

    def __init__(self, table: int) -> None:
        super().__init__(f"tagged table {table}")
        self.table = table


class Flow:
    """Reads page after page; `open` tells whether a table may go on on the next one."""

    def __init__(self, tagged: Mapping[int, TaggedTable]) -> None:
        self.open = False
        self._tagged = tagged
        self._trusted: dict[int, Table | None] = {}  # None where it is not one of ours
        self._numbers: dict[int, list[int]] = {}  # of the rows that were read of it
        self._to_come: dict[int, set[int]] = {}  # the pages where it goes on
        self.left_out: list[LeftOut] = []
        self._notes = Notes()
        self._outside: list[Line] = []  # lines of this page outside its tables
        self._text: list[str] = []
        self._tables: list[Table] = []
        self._title = ""
        self._heading: Line | None = None
        self._body = 0.0  # size of the letters of the text
        self._last: Table | None = None  # the table that may go on
        self._columns: Columns | None = None  # and its columns, where they are not drawn
        self._since: list[Line] = []  # lines behind it, footnotes apart
        self._same_page = False  # whether its last part stands on the page being read

    def pass_by(self, text: str) -> None:
        """A page without tables: its text."""
        self.open, self._last, self._heading = False, None, None
        self._text.append(text)
        lines = text.split("\n")
        for place, line in enumerate(lines):
            if is_title(line):
                more = lines[place + 1 : place + 2] if line.count("(") > line.count(")") else []
                self._title = title(" ".join([line, *more]))

    def pass_over(self, page: Sheet) -> None:
        """A page without tables that was taken apart."""
        self.pass_by(page.text)
        self._outside = list(page.lines)
        self._finish(page)

    def read(self, page: Sheet, skip: set[int]) -> None:
        """A page that may hold tables; `skip` are its running heads and feet."""
        lines = [line for place, line in enumerate(page.lines) if place not in skip]
        page, lines, tagged = self._take_tagged(page, lines)
        parts = [own for own in grids(page) if self._believed(own, page)]
        items: list[Part | Line | Tagged] = [
            *parts,
            *tagged,
            *(rest for line in lines if (rest := _beside(line, parts))),
        ]
        items.sort(key=lambda item: item.top)
        items = _one_below_the_other(items)
        self._same_page = False
        self._measure(page, items)
        place = 0
        while place < len(items):
            item = items[place]
            if not isinstance(item, Line):
                self._by_tags(item) if isinstance(item, Tagged) else self._drawn(item)
                place += 1
                continue
            run = _run(items, place)
            taken = self._undrawn(page, run, place == 0)
            if not taken:
                self._line(item)
            place += max(taken, 1)
        self._close()
        self._finish(page)

    def cells(self) -> Cells:
        """All that was read."""
        tables = tuple(table.printed(self._notes) for table in self._tables)
        return Cells("\n".join(self._text), tables, tuple(self.left_out))

    def _finish(self, page: Sheet) -> None:
        """Keep what the page says in notes, which rows stand on it, and what it strikes out."""
        for table in self._tables:
            table.stands_on(page.number)
        struck = [line.struck for line in self._outside if line.struck]
        if struck:
            text = " ".join(struck)[:_LETTERS_KEPT]
            lost = LeftOut("struck_text", len(struck), str(page.number), text, "page")
            self.left_out.append(lost)
        above: Line | None = None
        for line in self._outside:
            sign, text = line.note
            notes = self._notes.found
            near = above and line.top - above.bottom < _NOTE_PITCH * line.size
            if sign and line.size <= _NOTE_SIZE * (self._body or line.size):
                notes.append((page.number, plain_sign(sign), text))
                above = line
            elif above and near and abs(line.size - above.size) < _SAME_NOTE:
                number, sign, before = notes[-1]
                notes[-1] = (number, sign, f"{before} {line.text}")
                above = line
            else:
                above = None
        self._outside = []

    def _close(self) -> None:
        """Let go of the last table unless it may go on on the next page.

        Footnotes may stand below it, and a line or two; a drawn one is known again by its columns.
        """
        most = _MOST_LINES_BELOW if self._last and self._last.ruled else 0
        if len(self._since) > most or any(map(self._is_heading, self._since)):
            self._last = None
        self.open = self._last is not None or any(self._to_come.values())

    def _take_tagged(
        self, page: Sheet, lines: list[Line]
    ) -> tuple[Sheet, list[Line], list[Tagged]]:
        """The tables of ours that the tags tell, and the page without them."""
        by_table: dict[int, list[Word]] = defaultdict(list)
        for word in page.words:
            if word.place[0] in self._tagged:
                by_table[word.place[0]].append(word)
        tagged = []
        for number, words in by_table.items():
            table = self._tagged[number]
            rows = tagged_rows(table, words)
            if rows is None:
                raise DistrustedError(number)
            if number not in self._trusted and not _is_ours(rows):
                self._trusted[number] = None
            if number in self._trusted and self._trusted[number] is None:
                continue
            tagged.append(Tagged(number, rows, words))
            self._to_come.setdefault(number, table.pages()).discard(page.key)
        if not tagged:
            return page, lines, []
        numbers = {each.number for each in tagged}
        rest = [word for word in page.words if word.place[0] not in numbers]
        for each in tagged:
            if any(
                each.holds((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2) for word in rest
            ):
                raise DistrustedError(each.number)
        lines = [Line(own) for line in lines if (own := _without(line, numbers))]
        page = replace(
            page,
            words=tuple(rest),
            lines=tuple(Line(own) for line in page.lines if (own := _without(line, numbers))),
            rules=_beyond(page.rules, tagged),
            bands=_beyond(page.bands, tagged),
        )
        return page, lines, tagged

    def _by_tags(self, tagged: Tagged) -> None:
        """Rows of a tagged table: a new one, or the next of one from the page before."""
        table = self._trusted.get(tagged.number)
        numbers = sorted(tagged.rows)
        if table is None:
            head = tagged.rows[numbers[0]]
            rows = [tagged.rows[number] for number in numbers[1:]]
            table = Table(self._title, head, (), False, rows)
            self._begin(table)
            self._trusted[tagged.number] = table
            self._numbers[tagged.number] = numbers
        else:
            known = self._numbers[tagged.number]
            for number in numbers:
                row = with_merged(tagged.rows[number], (table.rows or [table.head])[-1])
                if number not in known:
                    known.append(number)
                    table.rows.append(row)
                elif number == known[-1] and len(known) > 1 and not same(row.texts, table.header):
                    table.rows[-1] = merged(table.rows[-1], row)
        self._last, self._columns, self._since = None, None, []

    def _believed(self, part: Part, page: Sheet) -> bool:
        """A drawn table with a header we know, one that goes on, or any with rows and columns.

        A single cell may be the end of a table; lower on the page it is a frame around a note.
        """
        goes_on = self._last is not None and self._last.fits(part)
        if header_place(part) is not None or (
            goes_on and (len(part.boxes) > 1 or part.top < _TOP_OF_PAGE * page.height)
        ):
            return True
        if part.bottom < _EDGE_ZONE * page.height or part.top > (1 - _EDGE_ZONE) * page.height:
            return False
        filled = [row for row in part.rows if any(row.texts)]
        if not filled or (filled[0].banner and starts_header(filled[0].texts[0])):
            return False  # lines between the rows only: the columns are found by their space
        columns = sum(map(any, zip(*(row.texts for row in filled), strict=True)))
        banners = sum(row.banner for row in filled)
        return columns > 1 and len(filled) > 1 and 3 * banners <= len(filled)

    def _measure(self, page: Sheet, items: Sequence[Part | Line | Tagged]) -> None:
        sizes: Counter[float] = Counter()
        for item in items:
            if isinstance(item, Line):
                sizes[round(item.size, 1)] += len(item.text)
        if not self._body or sizes.total() > _ENOUGH_LETTERS:
            self._body = max(sizes, key=lambda size: sizes[size], default=page.size)

    def _drawn(self, part: Part) -> None:
        """A drawn part: the next of the last table, or a table by itself, or several."""
        for place, piece in enumerate(split(part.rows)):
            header = piece[0].texts
            known = kind_of(header)
            last = self._last
            again = known and same(header, last.header if last else ()) and not self._same_page
            if last and last.fits(part) and (again or not known) and not self._parted(part):
                last.rows.extend(self._banners(part))
                last.add(piece, part.open_top and not known)
            elif known or len(part.edges) > 2:
                closed = place > 0 or not part.open_top
                self._begin(Table(self._title, piece[0], part.edges, True, piece[1:], closed))
            else:  # a title inside the table, above its header
                self._text.extend(text for row in piece for text in row.texts if text)
            self._since = []
        self._same_page = True
        if self._last:
            self._last.open_bottom = part.open_bottom

    def _near(self, part: Part) -> bool:
        """Whether the lines since the last table are all that stands between it and `part`."""
        near = self._same_page and bool(self._since)
        return near and part.top - self._since[0].top < _BANNER_SPACE

    def _parted(self, part: Part) -> bool:
        """Whether a heading stands between; a banner without lines around it is none."""
        if self._near(part):
            return any(is_title(line.text) for line in self._since)
        return any(map(self._is_heading, self._since))

    def _banners(self, part: Part) -> list[Row]:
        """Lines between two pieces on one page, where banners have no lines around them."""
        if not self._near(part):
            return []
        del self._text[-len(self._since) :]
        empty = (Cell(""),) * (len(part.edges) - 2)
        return [Row((Cell(line.text), *empty), True) for line in self._since]

    def _undrawn(self, page: Sheet, run: Sequence[Line], first: bool) -> int:
        """Rows of a table without lines that `run` begins with; how many lines they take."""
        last, columns = self._last, self._columns
        if first and last and not last.ruled:
            if columns:
                taken = self._resume(page, run, last, columns)
            else:
                taken = self._resume_flat(run, last)
            if taken:
                return taken
        run = with_headings_apart(run)
        begun = header_below(run)
        columns, taken = None, 0
        if begun:
            columns, count = begun
            own, taken = part(page, run, columns, count)
        if columns and taken:
            self._begin(Table(self._title, own.rows[0], own.edges, False, own.rows[1:]), columns)
        elif starts_header(run[0].text):
            taken = self._flat(run)
        return taken

    def _resume(self, page: Sheet, run: Sequence[Line], last: Table, columns: Columns) -> int:
        """Further rows of a table without lines, at the top of a page."""
        repeated = " ".join(last.header).split()[:1] == run[0].text.split()[:1]
        skip = header_lines(run, columns) if starts_header(run[0].text) and repeated else 0
        own, taken = part(page, run[skip:], columns, 0)
        if not taken:
            self._last = None
            return skip
        last.add(own.rows)
        self._since = []
        return skip + taken

    def _flat(self, run: Sequence[Line]) -> int:
        """A table of missions whose columns are lost: one cell a row, for `annex` to take apart."""
        rows, taken = flat_rows(run, plain_text.flat)
        if rows:
            self._begin(Table(self._title, rows[0], (run[0].x0,), False, rows[1:]))
        return taken

    def _resume_flat(self, run: Sequence[Line], last: Table) -> int:
        """Further rows of such a table, at the top of a page; none below its total."""
        if last.rows and is_total(last.rows[-1].texts[0]):
            return 0
        rows, taken = flat_rows(run, plain_text.flat_rows)
        if rows:
            last.rows.extend(rows)
            self._since = []
        return taken

    def _begin(self, table: Table, columns: Columns | None = None) -> None:
        self._tables.append(table)
        self._last, self._columns, self._since, self._heading = table, columns, [], None

    def _line(self, line: Line) -> None:
        """A line of text, perhaps a heading, perhaps the rest of the heading above."""
        self._outside.append(line)
        if line.plain_text:
            self._text.append(line.plain_text)
        size = self._body if not self._columns else self._columns.size
        if line.size >= _SMALLER * size:
            self._since.append(line)
        above = self._heading
        near = above and line.top - above.bottom < _HEADING_PITCH * above.size
        like = above and line.bold == above.bold and abs(line.size - above.size) < _SAME_HEADING
        rest = near and like
        if rest and (self._title.count("(") > self._title.count(")") or self._is_styled(line)):
            self._title = title(f"{self._title} {line.text}")
            self._heading = line
        elif self._is_heading(line):
            self._title, self._heading = title(line.text), line
        else:
            self._heading = None

    def _is_heading(self, line: Line) -> bool:
        return is_title(line.text) or self._is_styled(line)

    def _is_styled(self, line: Line) -> bool:
        return len(line.text) <= _LONGEST_HEADING and (
            line.bold or line.size > _LARGER * self._body
        )


def _beside(line: Line, parts: Sequence[Part]) -> Line | None:
    """The words of a line that stand in no drawn table."""
    words = tuple(word for word in line.words if not any(own.holds(word) for own in parts))
    return Line(words) if words else None


def _without(line: Line, numbers: set[int]) -> tuple[Word, ...]:
    """The words of a line that stand in none of these tagged tables."""
    return tuple(word for word in line.words if word.place[0] not in numbers)


def _one_below_the_other(items: Sequence[Part | Line | Tagged]) -> list[Part | Line | Tagged]:
    """The lines of two tables that stand side by side, those of the left one first."""
    ordered: list[Part | Line | Tagged] = []
    place = 0
    while place < len(items):
        item = items[place]
        at = side_by_side(item) if isinstance(item, Line) else None
        place += 1
        if at is None:
            ordered.append(item)
            continue
        halves: tuple[list[Line], list[Line]] = ([], [])
        for line in _run(items, place - 1):
            if any(word.x0 < at < word.x1 for word in line.words) or is_title(line.text):
                break
            for half, own in zip(halves, _cut(line, at), strict=True):
                half.extend([Line(own)] if own else [])
            place += 1
        place -= 1
        ordered += [*halves[0], *halves[1]]
    return ordered


def _cut(line: Line, at: float) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    return (
        tuple(word for word in line.words if word.x0 < at),
        tuple(word for word in line.words if word.x0 >= at),
    )


def _is_ours(rows: Mapping[int, Row]) -> bool:
    """Whether a tagged table begins with a header we know, and has no second one."""
    ordered = [rows[number] for number in sorted(rows)]
    headed = any(kind_of(row.texts) for row in ordered[:_HEADER_ROWS])
    return headed and 0 in rows and len(split(ordered)) <= 1 + (not kind_of(ordered[0].texts))


def _beyond(edges: list[dict[str, Any]], tagged: Sequence[Tagged]) -> list[dict[str, Any]]:
    """The drawn lines that are not those of tagged tables."""

    def is_of_one(edge: dict[str, Any]) -> bool:
        x, y = (edge["x0"] + edge["x1"]) / 2, (edge["top"] + edge["bottom"]) / 2
        return any(each.holds(x, y, _AROUND_TABLE) for each in tagged)

    return [edge for edge in edges if not is_of_one(edge)]


def _run(items: Sequence[Part | Line | Tagged], place: int) -> list[Line]:
    """The lines from `place` up to the next drawn table."""
    run: list[Line] = []
    for item in items[place:]:
        if not isinstance(item, Line):
            break
        run.append(item)
    return run
