"""The tables that a tagged PDF says it has: which marked content stands in which cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1

_DEEPEST = 60
_MOST = 200_000  # elements of a document
_WIDEST = 64  # columns, as `limits` allows
Leaf = tuple[int, int]  # the object of a page, and the number of a marked content on it


@dataclass
class TaggedCell:
    """A cell with what stands in it; `wide` and `high` count columns and rows."""

    leaves: list[Leaf] = field(default_factory=list)
    wide: int = 1
    high: int = 1


@dataclass
class TaggedTable:
    """A table, its rows of cells."""

    rows: list[list[TaggedCell]] = field(default_factory=list)
    plain: bool = True  # no table stands in a cell of it

    def places(self) -> dict[Leaf, tuple[int, int]]:
        """Where each marked content stands: row and column."""
        found: dict[Leaf, tuple[int, int]] = {}
        for row, columns in enumerate(self.columns()):
            for cell, column in zip(self.rows[row], columns, strict=True):
                found |= dict.fromkeys(cell.leaves, (row, column))
        return found

    def columns(self) -> list[list[int]]:
        """The column in which each cell begins, cells from above taken into account."""
        taken: dict[int, set[int]] = {}
        found = []
        for number, row in enumerate(self.rows):
            own, column = [], 0
            for cell in row:
                while column in taken.get(number, ()):
                    column += 1
                own.append(column)
                for below in range(number, number + cell.high):
                    taken.setdefault(below, set()).update(range(column, column + cell.wide))
                column += cell.wide
            found.append(own)
        return found

    def above(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each place that a cell from above covers, the place of that cell."""
        found = {}
        for number, columns in enumerate(self.columns()):
            for cell, column in zip(self.rows[number], columns, strict=True):
                for below in range(number + 1, min(number + cell.high, len(self.rows))):
                    found[below, column] = (number, column)
        return found

    @property
    def width(self) -> int:
        """Its columns."""
        ends = (
            column + cell.wide
            for row, columns in zip(self.rows, self.columns(), strict=True)
            for cell, column in zip(row, columns, strict=True)
        )
        return max(ends, default=0)

    def short(self) -> set[int]:
        """The rows with fewer cells than columns: some programs leave empty cells out."""
        covered: dict[int, int] = {}
        for row, column in self.above():
            number, start = self.above()[row, column]
            wide = next(
                cell.wide
                for cell, at in zip(self.rows[number], self.columns()[number], strict=True)
                if at == start
            )
            covered[row] = covered.get(row, 0) + wide
        width = self.width
        return {
            number
            for number, row in enumerate(self.rows)
            if sum(cell.wide for cell in row) + covered.get(number, 0) < width
        }

    def pages(self) -> set[int]:
        """The objects of the pages it stands on."""
        return {page for row in self.rows for cell in row for page, _ in cell.leaves}


def tagged_tables(catalog: dict[str, Any]) -> list[TaggedTable]:
    """The tables of the structure tree, in order; none where there is no tree."""
    root = resolve1(catalog.get("StructTreeRoot"))
    if not isinstance(root, dict):
        return []
    return _Tree(root).tables


class _Tree:
    """Walks the structure of a document."""

    def __init__(self, root: dict[str, Any]) -> None:
        roles = resolve1(root.get("RoleMap"))
        self._roles: dict[str, Any] = roles if isinstance(roles, dict) else {}
        self.tables: list[TaggedTable] = []
        self._left = _MOST
        self._walk(root, 0, None, 0)

    def _role(self, element: dict[str, Any]) -> str:
        name = getattr(resolve1(element.get("S")), "name", "")
        for _ in range(5):
            if name not in self._roles:
                break
            name = getattr(resolve1(self._roles[name]), "name", "")
        return str(name)

    def _kids(self, element: dict[str, Any]) -> Iterator[Any]:
        kids = resolve1(element.get("K"))
        for kid in kids if isinstance(kids, list) else [kids]:
            self._left -= 1
            if self._left > 0 and kid is not None:
                yield resolve1(kid)

    def _walk(
        self, element: dict[str, Any], page: int, table: TaggedTable | None, depth: int
    ) -> None:
        if depth > _DEEPEST:
            return
        page = _page(element, page)
        role = self._role(element)
        if role == "Table":
            table = TaggedTable()
            self.tables.append(table)
        elif role == "TR" and table is not None:
            table.rows.append([])
        elif role in ("TD", "TH") and table is not None and table.rows:
            cell = TaggedCell(wide=_span(element, "ColSpan"), high=_span(element, "RowSpan"))
            self._fill(cell, element, page, depth, table)
            table.rows[-1].append(cell)
            return
        for kid in self._kids(element):
            if isinstance(kid, dict):
                self._walk(kid, page, table, depth + 1)

    def _fill(
        self, cell: TaggedCell, element: dict[str, Any], page: int, depth: int, table: TaggedTable
    ) -> None:
        """Gather the marked contents in a cell."""
        for kid in self._kids(element):
            if isinstance(kid, int):
                cell.leaves.append((page, kid))
            elif isinstance(kid, dict) and depth <= _DEEPEST:
                number = resolve1(kid.get("MCID"))
                inner = _page(kid, page)
                if isinstance(number, int):
                    cell.leaves.append((inner, number))
                elif self._role(kid) == "Table":
                    table.plain = False
                    self._walk(kid, inner, None, depth + 1)
                else:
                    self._fill(cell, kid, inner, depth + 1, table)


def _page(element: dict[str, Any], page: int) -> int:
    own = element.get("Pg")
    return own.objid if isinstance(own, PDFObjRef) else page


def _span(element: dict[str, Any], key: str) -> int:
    """How many columns or rows a cell covers."""
    owners = resolve1(element.get("A"))
    for owner in owners if isinstance(owners, list) else [owners]:
        attributes = resolve1(owner)
        number = resolve1(attributes.get(key)) if isinstance(attributes, dict) else None
        if isinstance(number, int) and 0 < number <= (_WIDEST if key == "ColSpan" else 5000):
            return number
    return 1
