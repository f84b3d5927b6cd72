"""What a reader should know of one row, though it was read: nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Container

from geo.footnotes import is_marked
from geo.keys import one_line
from geo.mentions import Named, named_in
from geo.names import Resolver
from geo.problems import Place, Problem


def of_note(place: Place, label: str, *others: str) -> list[Problem]:
    """One warning for a row where a cell carries the mark of a footnote."""
    cells = [label] * is_marked(label, numbered=True) + [c for c in others if is_marked(c)]
    return [place.warning("footnote_mark", one_line(cell)) for cell in cells[:1]]


def of_vacancy(place: Place, cells: str, *, vacant: bool, pending: bool) -> list[Problem]:
    """A post that is planned does not count as active, whoever is sought for it."""
    return [place.warning("vacant", cells, "status")] if vacant and not pending else []


def of_theme(place: Place, theme: str, resolver: Resolver) -> list[Problem]:
    """A warning where a country may have been taken for part of the theme."""
    if not named_in(theme, resolver):
        return []
    return [place.warning("country_in_theme", theme, "countries", params={"theme": theme})]


def of_explanation(
    place: Place, explanation: str, named: tuple[Named, ...], served: Container[str]
) -> list[Problem]:
    """A warning with the countries that only the explanation names, see reading rule 3."""
    missing = [printed for printed, units in named if not any(unit in served for unit in units)]
    if not missing:
        return []
    names = tuple(dict.fromkeys(missing))
    return [
        place.warning("named_in_explanation", explanation, "countries", params={"names": names})
    ]
