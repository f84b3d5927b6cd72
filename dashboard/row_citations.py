"""Rows of a document, cited within a sentence: by number, table and what stands there."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import rows
from dashboard.document_names import table_name
from dashboard.i18n import Texts
from dashboard.links import source_address
from dashboard.report import Cell, Piece
from geo.citations import Place


def printed_rows(t: Texts, places: Iterable[Place], named: bool = True) -> str:
    """ "rij 33 van tabel 1 (Madrid, NP); rij 3 van tabel 2 (FILO)", each row once.

    Which post it is stays out where it is not `named`, as within brackets.
    """
    return leading_rows(t, "", places, named).text


def leading_rows(t: Texts, document: str, places: Iterable[Place], named: bool = True) -> Cell:
    """The same as a cell, in which each row leads to itself in the `document`."""
    tables: dict[str, dict[str, str]] = {}
    for place in dict.fromkeys(places):
        post = ", ".join(filter(None, (place.city, place.organisation)))
        what = t("kind.FILO") if place.kind == "FILO" else post
        tables.setdefault(place.table, {})[str(place.row)] = f" ({what})" if what and named else ""
    return rows.together(
        [_rows_of_table(t, document, table, posts) for table, posts in tables.items()]
    )


def _rows_of_table(t: Texts, document: str, table: str, posts: dict[str, str]) -> Cell:
    """Rows of one table, by number with what each is, as a cell."""
    key = "gaps.paragraphs" if table == "brief" else "gaps.rows"
    href = source_address(document, table, *posts)
    if len(posts) == 1:
        [(number, what)] = posts.items()
        text = t.count(key, 1, rows=number, table=table_name(t, table)) + what
        return Cell(text, href=href, documents=(document,))
    listed = t.listing([rows.PLACE] * len(posts))
    sentence = t.count(key, len(posts), rows=listed, table=table_name(t, table))
    links = [
        Piece(f"{number}{what}", source_address(document, table, number))
        for number, what in posts.items()
    ]
    return rows.linked_cell(sentence, links, document, href)
