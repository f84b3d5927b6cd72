"""Real HTML tables, for readers and keyboards alike; `static/shell.js` sorts them on request."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape

from dashboard.report import Cell, Piece

_CURRENT = " aria-current='true' tabindex='-1'"
_WIDE = 24  # signs of a text that needs more room than the browser leaves it beside longer ones


def table_html(
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell | str]],
    show_caption: bool = False,
    current: Collection[int] = (),
) -> str:
    """A sortable table as HTML; every text is escaped here, the first cell heads its row.

    The `current` rows, counted from 0, are those that the reader came for.
    """
    body = "".join(
        f"<tr{_CURRENT if number in current else ''}>"
        + "".join(_td(cell, place) for place, cell in enumerate(row))
        + "</tr>"
        for number, row in enumerate(rows)
    )
    kinds = dict.fromkeys(_wide(rows), "wide") | dict.fromkeys(_numbers(rows), "number")
    return _frame(caption, headers, body, show_caption, "sortable", kinds)


def _wide(rows: Sequence[Sequence[Cell | str]]) -> Collection[int]:
    """The columns with a text of at least _WIDE signs: they stay wide enough to read."""
    return {
        place
        for row in rows
        for place, cell in enumerate(row)
        if len(cell if isinstance(cell, str) else cell.text) >= _WIDE
    }


def _numbers(rows: Sequence[Sequence[Cell | str]]) -> Collection[int]:
    """The columns with a number: their heads end where it does."""
    return {place for row in rows for place, cell in enumerate(row) if place and _is_number(cell)}


def _is_number(cell: Cell | str) -> bool:
    return isinstance(cell, Cell) and isinstance(cell.sort, int | float)


def empty_table_html(
    caption: str, headers: Sequence[str], heads: Mapping[str, Cell], numbers: Collection[int]
) -> str:
    """A table with the first cell of each row only; `static/shell.js` fills in the others.

    `heads` gives the first cell of each row by country code; `numbers` the columns of numbers.
    """
    cells = "".join(
        f"<td{' class=number' if place in numbers else ''}></td>"
        for place in range(1, len(headers))
    )
    body = "".join(
        f"<tr data-iso='{code}'>{_td(head, 0)}{cells}</tr>" for code, head in heads.items()
    )
    kinds = dict.fromkeys(numbers, "number")
    return _frame(caption, headers, body, True, "sortable filled", kinds)


def _td(cell: Cell | str, place: int) -> str:
    if isinstance(cell, str):
        text = escape(cell)
        return f"<td>{text}</td>" if place else f"<th scope='row'>{text}</th>"
    text = "".join(map(leading, cell.parts)) or leading(cell)
    if cell.parts:  # one box beside the name of the column, where a row is a card
        text = f"<span>{text}</span>"
    sort = f" data-sort='{escape(str(cell.sort), quote=True)}'" if cell.sort is not None else ""
    if place == 0:
        return f"<th scope='row'{sort}>{text}</th>"
    return f"<td{sort}{' class=number' if _is_number(cell) else ''}>{text}</td>"


def leading(piece: Piece | Cell) -> str:
    """Some words as HTML, as a link where they lead to an address."""
    text = escape(piece.text)
    if not piece.href:
        return text
    return f"<a href='{escape(piece.href, quote=True)}' target='_self'>{text}</a>"


def _frame(
    caption: str,
    headers: Sequence[str],
    body: str,
    show_caption: bool,
    kind: str,
    kinds: Mapping[int, str],
) -> str:
    seen = "" if show_caption else " class='unseen'"
    head = "".join(
        f"<th scope='col'{f' class={kinds[place]}' if place in kinds else ''}>"
        f"<button type='button' class='sort'>{escape(name)}</button></th>"
        for place, name in enumerate(headers)
    )
    label = escape(caption, quote=True)
    return (
        f"<div class='table-scroll' role='region' tabindex='0' aria-label='{label}'>"
        f"<table class='{kind}'><caption{seen}>{label}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
