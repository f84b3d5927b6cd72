"""What a reader should know of one row, though it was read: nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Container

from geo.footnotes import is_marked
from geo.keys import one_line
from geo.mentions import Named, named_in
from geo.names import Resolver
from geo.problems import Place, Problem

FOOTNOTE_MARK = "A footnote mark stands here; what the note says is not read."
VACANT = "The post is said to be vacant; it counts as active."


def of_note(place: Place, label: str, *others: str) -> list[Problem]:
    """One warning for a row where a cell carries the mark of a footnote."""
    cells = [label] * is_marked(label, numbered=True) + [c for c in others if is_marked(c)]
    return [place.warning(one_line(cell), FOOTNOTE_MARK) for cell in cells[:1]]


def of_vacancy(place: Place, cells: str, *, vacant: bool, pending: bool) -> list[Problem]:
    """A post that is planned does not count as active, whoever is sought for it."""
    return [place.warning(cells, VACANT, "status")] if vacant and not pending else []


def of_theme(place: Place, theme: str, resolver: Resolver) -> list[Problem]:
    """A warning where a country may have been taken for part of the theme."""
    if not named_in(theme, resolver):
        return []
    message = f"A country may stand in the theme: {theme}."
    return [place.warning(theme, message, "countries")]


def of_explanation(
    place: Place, explanation: str, named: tuple[Named, ...], served: Container[str]
) -> list[Problem]:
    """A warning with the countries that only the explanation names, see reading rule 3."""
    missing = [printed for printed, units in named if not any(unit in served for unit in units)]
    if not missing:
        return []
    names = ", ".join(dict.fromkeys(missing))
    message = f"Named in the explanation and not counted: {names}."
    return [place.warning(explanation, message, "countries")]
